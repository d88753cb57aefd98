"""What a stranger's edition may try beside its texts: templates, words, links, releases."""

import os
import sys

import pytest
from click.testing import CliRunner

from sites import SMALL, build, copy_of
from teikit.cli.commands import teikit
from teikit.errors import TeikitError
from teikit.publish.strings import Strings
from teikit.safety.filling import CannotWrite
from teikit.safety.writing import write_folder


def test_words_of_an_edition_tell_nothing_but_the_values_they_are_given():
    asked = "{count.__class__} {name.escape.__func__.__globals__} {count:>9999999999} {other} {"
    strings = Strings("en", {"a": f"<b> {{count}} {asked}"})
    assert strings("a", count=3, name="n") == f"<b> 3 {asked}"
    assert strings.rich("a", count="<i>") == f"&lt;b&gt; &lt;i&gt; {asked.replace('>', '&gt;')}"


@pytest.mark.parametrize("linked", ("templates", "templates/static"))
def test_a_link_brings_no_files_of_others_into_the_site(tmp_path, linked):
    folder, outside = copy_of(SMALL, tmp_path), tmp_path / "outside"
    for one in (outside, outside / "static"):
        one.mkdir()
        (one / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / linked).parent.mkdir(exist_ok=True)
    (folder / linked).symlink_to(outside)
    try:
        files = build(folder).files
    except TeikitError as error:
        assert "leads out" in str(error)
    else:
        assert not any("secret" in name for name in files)


def test_no_site_has_folders_that_nobody_could_remove(tmp_path):
    deep = "d/" * 1500
    with pytest.raises(CannotWrite, match="100 folders deep"):
        write_folder(tmp_path / "build", {f"site/{deep}x.html": b""})
    assert not (tmp_path / "build").exists()


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="no such names there")
@pytest.mark.parametrize("name", ("texts/a.xml", "templates/static/a.css"))
def test_a_name_that_is_not_in_utf_8_is_one_line(tmp_path, name):
    folder = copy_of(SMALL, tmp_path)
    file = os.fsencode(folder / name)
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(file.replace(b"a.", b"\xff."), "wb") as stream:
        stream.write((folder / "texts" / "first.xml").read_bytes())
    done = CliRunner().invoke(teikit, ["publish", str(folder), "-o", str(tmp_path / "build")])
    assert done.exit_code == 2 and "not in UTF-8" in done.stderr
