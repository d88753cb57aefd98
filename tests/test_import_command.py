"""`teikit import` of plain texts: what it writes into an edition, prints and refuses."""

import os
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from folders import files_in
from shared_data import PROJECT
from teikit.cli.commands import teikit as command
from teikit.project import read_project

LETTER = "Dear Anna,\n\nthank you for the po-\nem.\n[p. 2]\n\nYours,\nEllen\n"
SETTINGS = '[edition]\ntitle = "Letters" # and more\n\n[checks]\nHDR001 = "warning"'


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "edition"
    (folder / "texts").mkdir(parents=True)
    (folder / "edition.toml").write_bytes(SETTINGS.encode())
    monkeypatch.chdir(folder)
    return folder


def teikit(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def source(edition: Path, name: str, text: str | bytes) -> str:
    path = edition.parent / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


def test_the_file_the_text_and_the_witness_are_written_and_nothing_else(edition):
    ran = teikit("import", source(edition, "A Letter.txt", LETTER))
    assert ran.exit_code == 0, ran.output
    assert sorted(files_in(edition)) == [
        "edition.toml", "source/a-letter.txt", "texts/a-letter.xml",
    ]  # fmt: skip
    assert (edition / "source/a-letter.txt").read_text() == LETTER
    settings = (edition / "edition.toml").read_text()
    assert settings.startswith(SETTINGS)
    (witness,) = read_project(edition).witnesses
    assert (witness.text, witness.source) == ("texts/a-letter.xml", "source/a-letter.txt")
    assert witness.layout.page_marker == "[p. {n}]"
    assert '(--page-marker "[p. {n}]")' in ran.output and "teikit validate" in ran.output


def test_what_was_imported_is_compared_from_then_on_and_its_gaps_are_named(edition):
    teikit("import", source(edition, "letter.txt", LETTER), "--language", "en")
    checked = teikit("validate")
    assert checked.exit_code == 0 and "witness:" not in checked.output
    assert checked.output.count("header:gap") >= 6
    assert teikit("validate", "--strict").exit_code == 1
    text = edition / "texts/letter.xml"
    text.write_text(text.read_text().replace("Ellen", "Helen"))
    assert "witness:text" in teikit("validate").output


def test_a_gap_stands_at_its_own_place_and_can_be_allowed(edition):
    teikit("import", source(edition, "letter.txt", LETTER), "--language", "en")
    text = edition / "texts/letter.xml"
    lines = text.read_text().split("\n")
    number = next(at for at, line in enumerate(lines, 1) if "<author>" in line)
    column = lines[number - 1].index("<?teikit") + 1
    assert f"texts/letter.xml:{number}:{column}: warning: author" in teikit("validate").output
    allowed = '<?teikit allow="header:gap" reason="nobody knows"?><author>'
    text.write_text(text.read_text().replace("<author>", allowed))
    output = teikit("validate").output
    assert "warning: author" not in output and "allow:" not in output


def test_the_same_file_again_changes_nothing_and_another_is_refused(edition):
    path = source(edition, "letter.txt", LETTER)
    assert teikit("import", path).exit_code == 0
    before = files_in(edition)
    again = teikit("import", path)
    assert again.exit_code == 0 and "already" in again.output
    assert files_in(edition) == before
    source(edition, "letter.txt", LETTER + "more\n")
    other = teikit("import", path)
    assert other.exit_code == 2 and "--name" in other.output
    assert files_in(edition) == before
    assert teikit("import", path, "--name", "second").exit_code == 0
    assert len(read_project(edition).witnesses) == 2


@pytest.mark.parametrize(
    "settings",
    [
        "",
        "[edition]\r\ntitle = 'x'\r\n",
        "witness = []\n",
        '[[witness]]\ntext = "texts/a.xml"\nsource = "source/a"',
    ],
    ids=["empty", "crlf", "list", "another"],
)  # fmt: skip
def test_settings_are_only_added_to(edition, settings):
    (edition / "edition.toml").write_bytes(settings.encode())
    ran = teikit("import", source(edition, "letter.txt", LETTER))
    after = (edition / "edition.toml").read_bytes().decode()
    if ran.exit_code == 2:
        assert settings == "witness = []\n" == after
        assert sorted(files_in(edition)) == ["edition.toml"]
        return
    assert after.startswith(settings)
    assert tomllib.loads(after)["witness"][-1]["text"] == "texts/letter.xml"
    assert "\n" not in after.replace("\r\n", "") or "\r" not in after


@pytest.mark.parametrize(
    ("name", "called"),
    [("Über den See.txt", "uber-den-see"), ("宣言.txt", "宣言"), ("..txt", "text-1")],
)
def test_names_of_files_become_names_of_pages(edition, name, called):
    assert teikit("import", source(edition, name, LETTER)).exit_code == 0
    assert (edition / f"texts/{called}.xml").is_file()


def test_outside_an_edition_the_tei_alone_is_written_or_it_is_said_what_to_do(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(LETTER)
    lost = teikit("import", "a.txt")
    assert lost.exit_code == 2 and "teikit new" in lost.output and "-o" in lost.output
    assert teikit("import", "a.txt", "-o", "a.xml").exit_code == 0
    assert b"<TEI" in (tmp_path / "a.xml").read_bytes()
    again = teikit("import", "a.txt", "-o", "a.xml")
    assert again.exit_code == 2 and "already" in again.output


@pytest.mark.parametrize(
    ("data", "options", "says"),
    [
        (b"", (), "no text"),
        (b"\n \n", (), "no text"),
        (b"a\nb\x00c\n", (), "text.txt:2: "),
        (b"one\ntwo \x02\n", (), "U+0002"),
        (b"caf\xe9\n", ("--encoding", "utf-8"), "text.txt:1: the byte 0xE9"),
        (b"abc\n", ("--encoding", "klingon"), "--encoding klingon"),
        (b"abc\n", ("--encoding", "rot13"), "--encoding rot13"),
        (b"abc\n", ("--line", ""), "--line"),
        (b"abc\n", ("--page-marker", "[p.]"), "--page-marker"),
        (b"abc\n", ("--start", "x"), "does not begin"),
        (b"abc\n", ("--page-marker", "[S. {n}]"), "--page-marker [S. {n}]: stands nowhere in"),
        (b"abc\n", ("--page", "x"), '--page "x": matches nothing in'),
        (b"abc\n", ("--line", "\\r"), '--line "\\r": matches nothing in'),
        (b"abc\n", ("--paragraph-start", "\\t"), '--paragraph-start "\\t": matches nothing in'),
        (b"abc\n", ("--paragraph-end", ";"), "no line ends so"),
        (b"abc\n", ("--blank-line", "~"), "no line is so"),
        (b"abc\n", ("--paragraphs", "indent"), "no line begins with white space"),
        (b"abc\n", ("--format", "markdown", "--line", "\\n"), "--line: is for plain text"),
        (b"abc\n", ("--heading", "("), "--heading ("),
    ],
)
def test_what_cannot_be_carried_is_one_line_and_nothing_is_written(edition, data, options, says):
    ran = teikit("import", source(edition, "text.txt", data), *options)
    assert ran.exit_code == 2 and says in ran.output, ran.output
    assert len(ran.output.strip().splitlines()) == 1 and "mistake of teikit" not in ran.output
    assert sorted(files_in(edition)) == ["edition.toml"]


def test_a_guess_of_the_encoding_is_shown_with_a_line_to_judge_it_by(edition):
    pytest.importorskip("charset_normalizer", reason="the extra encodings is not installed")
    text = "Первый день\n\nВчера утром я встретил у вокзала старого друга.\n"
    ran = teikit("import", source(edition, "text.txt", text.encode("koi8-r")), "--name", "t")
    assert "koi8" in ran.output and "a guess" in ran.output and "Первый день" in ran.output
    assert read_project(edition).witnesses[0].encoding == "koi8_r"


def test_without_the_extra_it_is_said_how_to_name_the_encoding(edition, monkeypatch):
    from teikit.importing.encodings import UnknownEncoding, decode_text

    monkeypatch.setitem(sys.modules, "charset_normalizer", None)
    with pytest.raises(UnknownEncoding, match=r"--encoding .*teikit\[encodings\]"):
        decode_text("über".encode("latin-1"), "text.txt")


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("after", [0.2, 0.5, 0.8, 1.1])
def test_an_interruption_leaves_the_old_files_whole_and_the_next_run_ends_it(edition, after):
    path = source(edition, "letter.txt", LETTER)
    running = subprocess.Popen(
        [sys.executable, "-m", "teikit", "import", path],
        cwd=edition, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(PROJECT / "tools")},
    )  # fmt: skip
    time.sleep(after)
    running.send_signal(signal.SIGKILL)
    running.wait()
    settings = (edition / "edition.toml").read_text()
    assert settings.startswith(SETTINGS)
    tomllib.loads(settings)
    assert teikit("import", path).exit_code == 0
    assert len(read_project(edition).witnesses) == 1
    assert "witness:" not in teikit("validate").output


@pytest.mark.parametrize("stop", [1, 2, 3])
def test_stopped_between_two_files_the_next_run_writes_the_rest(edition, monkeypatch, stop):
    from teikit.importing import placing

    path = source(edition, "letter.txt", LETTER)
    written = []

    def counted(write):
        def stopping(*arguments):
            written.append(arguments[0])
            if len(written) == stop:
                raise KeyboardInterrupt
            write(*arguments)

        return stopping

    with monkeypatch.context() as patch:
        patch.setattr(placing, "write_new_file", counted(placing.write_new_file))
        patch.setattr(placing, "write_file", counted(placing.write_file))
        assert teikit("import", path).exit_code != 0
    assert (edition / "edition.toml").read_text() == SETTINGS
    assert teikit("import", path).exit_code == 0
    assert len(read_project(edition).witnesses) == 1


def test_nothing_is_written_through_a_link_that_leads_out_of_the_edition(edition, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (edition / "source").symlink_to(outside)
    ran = teikit("import", source(edition, "letter.txt", LETTER))
    assert ran.exit_code == 2 and "link" in ran.output
    assert list(outside.iterdir()) == [] and list((edition / "texts").iterdir()) == []


def test_the_folder_that_is_named_must_be_an_edition(edition):
    ran = teikit("import", source(edition, "letter.txt", LETTER), "--into", "texts")
    assert ran.exit_code == 2 and "is no edition" in ran.output


def test_publishing_shows_no_gap_and_does_without_a_title(edition, tmp_path):
    teikit("import", source(edition, "letter.txt", LETTER), "--language", "en", "--title", "none")
    made = teikit("publish", ".", "-o", str(tmp_path / "out"))
    assert made.exit_code == 0, made.output
    pages = list((tmp_path / "out" / "site").rglob("*.html"))
    assert pages and not [page for page in pages if b"<?teikit" in page.read_bytes()]
    assert not [page for page in pages if b"who wrote the text" in page.read_bytes()]
