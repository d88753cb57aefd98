"""What teikit keeps between runs: safe to share, safe to lose, and it changes no finding."""

import os
from pathlib import Path, PurePath

import pytest
from click.testing import CliRunner
from lxml import etree

from mutations import KINDS, mutate
from shared_data import SHARED, TEI_ALL, needs
from teikit import cachefolder
from teikit.cachefolder import find_cache_folder, read_kept, write_kept
from teikit.cli.commands import teikit
from teikit.schema.relaxng import load_grammar
from teikit.schema.relaxng.cache import cached_grammar
from teikit.schema.relaxng.loading import read_grammar, schema_job

PLAY = SHARED / "corpora" / "drama" / "alpha-et-omega-ipre.xml"
posix = pytest.mark.skipif(os.name == "nt", reason="owners and modes are those of POSIX")


# -- where --------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize(
    ("environment", "platform", "folder"),
    [
        ({"TEIKIT_CACHE": "/c", "XDG_CACHE_HOME": "/x", "HOME": "/h"}, "linux", "/c"),
        ({"TEIKIT_CACHE": "", "HOME": "/h"}, "linux", None),
        ({"XDG_CACHE_HOME": "/x", "HOME": "/h"}, "linux", "/x/teikit"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/h"}, "linux", "/h/.cache/teikit"),
        ({"HOME": "/h"}, "linux", "/h/.cache/teikit"),
        ({"HOME": "/h"}, "darwin", "/h/Library/Caches/teikit"),
        ({"LOCALAPPDATA": "/l"}, "win32", "/l/teikit/cache"),
        ({}, "linux", None),
        ({}, "win32", None),
    ],
)
def test_the_folder_is_where_the_system_keeps_such_things(
    monkeypatch, environment, platform, folder
):
    monkeypatch.setattr(cachefolder.sys, "platform", platform)
    found = find_cache_folder(environment)
    assert (found and found.as_posix()) == folder


def test_doctor_says_where_the_cache_is(cache):
    assert str(cache) in CliRunner().invoke(teikit, ["doctor"]).output


# -- what is kept -------------------------------------------------------------------------------


def test_what_was_kept_comes_back(tmp_path):
    path = tmp_path / "new" / "a.json"
    write_kept(path, b"data")
    assert read_kept(path) == b"data"
    assert [one.name for one in path.parent.iterdir()] == ["a.json"]


@posix
def test_only_the_user_can_read_and_write_it(tmp_path):
    path = tmp_path / "new" / "a.json"
    write_kept(path, b"data")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("change", ["cut", "bit", "empty", "longer"])
def test_damage_is_noticed(tmp_path, change):
    path = tmp_path / "a.json"
    write_kept(path, b'{"x": 1}')
    data = path.read_bytes()
    flipped = data[:-2] + bytes([data[-2] ^ 1]) + data[-1:]
    changed = {"cut": data[:-1], "bit": flipped, "empty": b"", "longer": data + b" "}[change]
    path.write_bytes(changed)
    assert read_kept(path) is None


@posix
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_may_write_is_not_believed(tmp_path, mode):
    path = tmp_path / "a.json"
    write_kept(path, b"data")
    path.chmod(mode)
    assert read_kept(path) is None


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root may give files away")
def test_a_file_of_another_user_is_not_believed(tmp_path, monkeypatch):
    path = tmp_path / "a.json"
    write_kept(path, b"data")
    os.chown(path, 12345, -1)
    assert read_kept(path) is None
    monkeypatch.setattr(cachefolder.os, "geteuid", lambda: 12345)
    assert read_kept(path) == b"data"


@posix
def test_what_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "fifo.json")
    write_kept(tmp_path / "a.json", b"data")
    (tmp_path / "link.json").symlink_to("a.json")
    (tmp_path / "folder.json").mkdir()
    for name in ("fifo", "link", "folder", "missing"):
        assert read_kept(tmp_path / f"{name}.json") is None


def test_the_oldest_files_make_room(tmp_path, monkeypatch):
    monkeypatch.setattr(cachefolder, "MOST_FILES", 3)
    for number in range(5):
        write_kept(tmp_path / f"{number}.json", b"x")
        os.utime(tmp_path / f"{number}.json", (number, number))
    write_kept(tmp_path / "5.json", b"x")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["3.json", "4.json", "5.json"]
    monkeypatch.setattr(cachefolder, "MOST_BYTES", 1000)
    write_kept(tmp_path / "6.json", b"x" * 900)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["6.json"]


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path):
    (tmp_path / "file").write_text("")
    schema = tmp_path / "s.rnc"
    schema.write_text("start = element a { text }")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        assert cached_grammar(schema, folder).is_valid(etree.fromstring("<a/>"))


# -- grammars -----------------------------------------------------------------------------------


def problems(grammar, tree) -> list[tuple]:
    """Return the problems with everything that a finding is made of, positions included."""
    return [
        tuple(
            value.sourceline if isinstance(value, etree._Element) else value
            for value in vars(problem).values()
        )
        for problem in grammar.validate(tree)
    ]


@needs(TEI_ALL)
def test_a_kept_grammar_finds_what_the_schema_finds(tei_all):
    fresh, kept = tei_all
    root = etree.parse(PLAY).getroot()
    names = sorted({element.tag for element in root.iter(etree.Element)})
    mutants = [mutate(root, kind, names, seed) for kind in KINDS for seed in range(8)]
    trees = [mutant.tree for mutant in mutants if mutant]
    found = [problems(fresh, tree) for tree in trees]
    assert sum(map(bool, found)) > 20
    assert [problems(kept, tree) for tree in trees] == found


@pytest.fixture(scope="module")
def tei_all(tmp_path_factory):
    """Return the grammar of tei_all.rng as it is read, and as it comes from the cache."""
    folder = tmp_path_factory.mktemp("kept")
    cached_grammar(TEI_ALL, folder)
    (file,) = folder.iterdir()
    before = file.stat().st_mtime_ns
    kept = cached_grammar(TEI_ALL, folder)
    assert file.stat().st_mtime_ns == before  # it was used, and not written again
    return load_grammar(TEI_ALL), kept


def test_elements_of_a_kept_grammar_stand_where_they_stood(tmp_path):
    part = tmp_path / "parts" / "part.rnc"
    part.parent.mkdir()
    part.write_text("b = element b {\n element c { text } }")
    main = tmp_path / "schema" / "main.rnc"
    main.parent.mkdir()
    main.write_text('include "../parts/part.rnc"\nstart = element a { b }')
    grammars = [read_grammar(str(main), str(tmp_path), str(tmp_path / "kept"))]
    read_grammar.__globals__["_read"].cache_clear()
    grammars.append(read_grammar(str(main), str(tmp_path), str(tmp_path / "kept")))
    places = [
        [(PurePath(one.position.source).name, one.position.line) for one in grammar.pool.elements]
        for grammar in grammars
    ]
    assert places[0] == places[1] == [("main.rnc", 2), ("part.rnc", 1), ("part.rnc", 2)]
    (kept,) = (tmp_path / "kept").iterdir()
    assert str(tmp_path).encode() not in kept.read_bytes()  # it can be taken to another machine


def test_the_same_schema_in_two_places_is_kept_once(tmp_path):
    for name in ("a/one.rnc", "b/two.rnc"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("start = element a { text }")
    cached_grammar(tmp_path / "a/one.rnc", tmp_path / "kept")
    (file,) = (tmp_path / "kept").iterdir()
    before = file.stat().st_ino
    grammar = cached_grammar(tmp_path / "b/two.rnc", tmp_path / "kept")
    assert file.stat().st_ino == before
    (element,) = grammar.pool.elements
    assert element.position.source.endswith("/b/two.rnc")


def test_a_file_that_is_included_may_change_while_we_run(tmp_path):
    (tmp_path / "part.rnc").write_text("b = element b { empty }")
    main = tmp_path / "main.rnc"
    main.write_text('include "part.rnc"\nstart = element a { b }')
    other = etree.fromstring("<a><other/></a>")
    assert not read_grammar(str(main)).is_valid(other)
    (tmp_path / "part.rnc").write_text("b = element other { empty }")
    assert read_grammar(str(main)).is_valid(other)
    (tmp_path / "part.rnc").unlink()
    assert schema_job(str(main), "", "").reason == "unsound"


def test_a_schema_may_include_files_of_the_edition_and_no_others(tmp_path):
    for folder in ("schema", "common"):
        (tmp_path / "edition" / folder).mkdir(parents=True)
    main = tmp_path / "edition" / "schema" / "main.rnc"
    (tmp_path / "edition" / "common" / "part.rnc").write_text("start = element a { empty }")
    main.write_text('include "../common/part.rnc"')
    assert schema_job(str(main), str(tmp_path / "edition"), "").problem == ""
    assert schema_job(str(main), "", "").reason == "unsound"
    (tmp_path / "part.rnc").write_text("start = element a { empty }")
    main.write_text('include "../../part.rnc"')
    state = schema_job(str(main), str(tmp_path / "edition"), "")
    assert state.reason == "unsound"
    assert "../part.rnc" in state.problem
    assert Path(state.path) == main
    assert state.line == 1
