"""Released addresses: recorded, missed when they vanish, led on where the editors say so."""

import time
import tomllib

import pytest
from click.testing import CliRunner

from shared_data import PROJECT
from sites import SMALL, build, copy_of, dead_links
from teikit.cli.commands import teikit
from teikit.publish.addresses import Addresses, check_addresses
from teikit.publish.releases import (
    MANIFEST,
    BadReleases,
    Release,
    ReleasedPage,
    Releases,
    add_release,
    read_releases,
    write_releases,
)


@pytest.fixture
def released(tmp_path):
    """Return a copy of the small edition after its first release."""
    folder = copy_of(SMALL, tmp_path)
    result = CliRunner().invoke(
        teikit, ["release", str(folder), "--version", "1.0", "--date", "2026-01-01"]
    )
    assert result.exit_code == 0, result.output
    return folder


def change(folder, path: str, old: str, new: str) -> None:
    file = folder / path
    said = file.read_text(encoding="utf-8")
    assert old in said
    file.write_text(said.replace(old, new), encoding="utf-8")


def redirect(folder, old: str, new: str) -> None:
    with (folder / MANIFEST).open("a", encoding="utf-8") as file:
        file.write(f'"{old}" = "{new}"\n')


def told(folder) -> list:
    return [one for one in build(folder).findings if one.place.path == MANIFEST]


def test_a_release_records_pages_and_ids_and_a_second_one_changes_no_line(released):
    before = (released / MANIFEST).read_bytes()
    table = tomllib.loads(before.decode("utf-8"))
    assert table["releases"] == [{"version": "1.0", "date": "2026-01-01"}]
    page = table["pages"]["texts/first.html"]
    assert page["file"] == "texts/first.xml"
    assert "d1.p2" in page["ids"][0].split()
    assert "registers/people/anna.html" in table["pages"]
    CliRunner().invoke(
        teikit, ["release", str(released), "--version", "1.0", "--date", "2026-01-01"]
    )
    assert (released / MANIFEST).read_bytes() == before
    assert told(released) == []


def test_the_version_comes_from_the_header_and_never_from_the_clock(tmp_path):
    folder = copy_of(PROJECT / "tei", tmp_path)
    result = CliRunner().invoke(teikit, ["release", str(folder)])
    assert result.exit_code == 0, result.output
    (release,) = read_releases(folder).releases
    assert release.version and release.version in result.output


def test_an_id_that_vanishes_stops_publishing_and_says_which_citations_break(released):
    change(released, "texts/first.xml", "d1.p2", "d1.p9")
    found = told(released)
    assert {one.rule for one in found} == {"publish:dropped-address"}
    message = next(one.message for one in found if "#d1.p2 " in one.message)
    assert "texts/first.html#d1.p2 was released (from texts/first.xml) and is gone" in message
    assert any("texts/first.html#d1.p9" in one.hint for one in found)
    result = CliRunner().invoke(teikit, ["release", str(released), "--version", "2.0"])
    assert result.exit_code == 1 and "Not released" in result.output


def test_a_text_that_differs_from_its_source_is_not_released(released):
    before = (released / MANIFEST).read_bytes()
    change(released, "source/first.txt", "well", "wells")
    result = CliRunner().invoke(teikit, ["release", str(released), "--version", "2.0"])
    assert result.exit_code == 1
    assert "of them against the source" in result.output and "witness:text" in result.output
    assert (released / MANIFEST).read_bytes() == before


def test_what_a_file_that_cannot_be_read_would_have_is_not_told_as_gone(released):
    change(released, "texts/first.xml", "</body>", "")
    findings = build(released).findings
    assert {one.rule for one in findings if one.severity == "error"} == {"xml:not-well-formed"}


def test_a_page_that_vanishes_is_told(released):
    (released / "texts" / "introduction.xml").unlink()
    change(released, "edition.toml", "texts/introduction.xml", "texts/first.xml")
    (page,) = (one for one in told(released) if "texts/introduction.html was" in one.message)
    assert "and with it 4 ids" in page.message


def test_no_page_that_was_released_itself_is_advised_in_the_place_of_another():
    releases = Releases(pages={f"texts/{n}.html": ReleasedPage(ids=("p1", "p2")) for n in (1, 2)})
    renamed = Addresses({"texts/1.html": b'<p id="p1">', "texts/two.html": b""})
    gone, lost = check_addresses(releases, renamed)
    assert "texts/1.html#p2" in gone.message and '= "new page#id"' in gone.hint
    assert '"texts/2.html" = "texts/two.html"' in lost.hint
    (lost,) = check_addresses(releases, Addresses({"texts/1.html": b'<p id="p1"><p id="p2">'}))
    assert '"texts/2.html" = "new page#id"' in lost.hint and "texts/1.html" not in lost.hint


def test_of_one_id_in_many_files_the_page_of_another_file_is_advised():
    pages = {f"registers/{path}.html": ReleasedPage() for path in ("1/emma", "1/emil1", "2/emma")}
    files = {"registers/2/emma.html": b"", "registers/2/emmi.html": b""}
    found = {
        shared: [
            one.hint
            for one in check_addresses(Releases(pages=pages), Addresses(files), shared=shared)
        ]
        for shared in (True, False)
    }
    assert '"registers/1/emma.html" = "registers/2/emma.html"' in found[True][0]
    assert "2/emma.html" not in "".join(found[False])


def test_an_old_id_is_an_anchor_at_its_new_place_in_every_language(released):
    change(released, "texts/first.xml", 'd1.p2"', 'd1.p9"')
    redirect(released, "texts/first.html#d1.p2", "texts/first.html#d1.p9")
    published = build(released)
    assert not [one for one in published.findings if one.place.path == MANIFEST]
    for page in ("texts/first.html", "zh/texts/first.html"):
        html = published.files[f"site/{page}"].decode("utf-8")
        assert 'id="d1.p9"><span id="d1.p2"></span>' in html
    assert not list(dead_links(published))


def test_an_old_page_leads_on_without_a_script_and_its_ids_are_there(released):
    for old, new in (
        ("registers/people/bob.html", "registers/people/anna.html"),
        ("texts/old.html", "texts/first.html"),
        ("texts/old.html#gone", "texts/first.html#d1"),
        ("texts/introduction.html#gone", "texts/first.html#d1"),
    ):
        redirect(released, old, new)
    published = build(released)
    assert told(released) == []
    files = {path: data.decode("utf-8") for path, data in published.files.items()
             if path.endswith(".html")}  # fmt: skip
    assert 'content="0; url=anna.html"' in files["site/registers/people/bob.html"]
    assert 'http-equiv="refresh"' not in files["site/texts/old.html"]
    assert '<li id="gone">gone → <a href="first.html#d1">' in files["site/texts/old.html"]
    assert (
        '<li id="gone">gone → <a href="first.html#d1">' in files["site/zh/texts/introduction.html"]
    )
    assert not list(dead_links(published))


@pytest.mark.parametrize(
    ("redirects", "rule", "words"),
    [
        ({"a.html": "nowhere.html"}, "bad-redirect", "which there is not"),
        ({"a.html": "b.html", "b.html": "index.html"}, "bad-redirect", 'say "index.html" at once'),
        ({"a.html": "b.html", "b.html": "a.html"}, "bad-redirect", "in a circle"),
        ({"index.html": "about.html"}, "idle-redirect", "still there"),
    ],
)
def test_redirects_that_lead_nowhere_or_on_and_on_are_told(released, redirects, rule, words):
    for old, new in redirects.items():
        redirect(released, old, new)
    found = told(released)
    assert {one.rule for one in found} == {f"publish:{rule}"}
    assert any(words in one.message for one in found)


@pytest.mark.parametrize(
    "said",
    [
        "format = 2\n",
        "format = 1\nfolders = 3\n",
        "format = 1\n[[releases]]\nversion = 1.0\n",
        'format = 1\n[redirects]\n"../x.html" = "index.html"\n',
        'format = 1\n[redirects]\n"/etc/x.html" = "index.html"\n',
        'format = 1\n[redirects]\n"x.html" = "javascript:alert(1)"\n',
        "format = 1\n[pages]\nx = 1\n",
        "format = = 1\n",
        f"format = {'9' * 5000}\n",
        f"{'a.' * 40_000}a = 1\n",
        'format = 1\n[redirects]\n"a\\u0000.html" = "index.html"\n',
    ],
)
def test_a_file_that_says_what_cannot_be_is_one_line(tmp_path, said):
    (tmp_path / MANIFEST).write_text(said, encoding="utf-8")
    with pytest.raises(BadReleases, match=r"^releases\.toml: "):
        read_releases(tmp_path)


def test_a_link_brings_no_releases_in(tmp_path):
    (tmp_path / "outside.toml").write_text("format = 1\n", encoding="utf-8")
    (tmp_path / "edition").mkdir()
    (tmp_path / "edition" / MANIFEST).symlink_to(tmp_path / "outside.toml")
    with pytest.raises(BadReleases, match="leads out"):
        read_releases(tmp_path / "edition")


def test_thousands_of_pages_that_vanish_are_told_in_a_moment():
    names = [f"letters/brief-{n:04}.html" for n in range(2000)]
    releases = Releases(pages={f"texts/{one[8:]}": ReleasedPage() for one in names})
    start = time.process_time()
    found = list(check_addresses(releases, Addresses(dict.fromkeys(names, b""))))
    assert len(found) == 2000 and '= "letters/brief-' in found[0].hint
    assert time.process_time() - start < 10  # seconds; comparing each with each took 80


def test_what_editors_write_under_redirects_is_kept(tmp_path):
    tail = '[redirects]\n# Anna married in 1890.\n"a.html" = "b.html"\n'
    (tmp_path / MANIFEST).write_text(f"format = 1\n{tail}", encoding="utf-8")
    before = read_releases(tmp_path)
    after = add_release(
        before, Release("2"), ["", "zh/"], {"p.html": ReleasedPage("p.xml", ("p10", "p9"))}
    )
    written = write_releases(after).decode("utf-8")
    assert written.endswith(tail)
    assert '  "p9 p10",' in written
    (tmp_path / MANIFEST).write_text(written, encoding="utf-8")
    assert read_releases(tmp_path).redirects == {"a.html": "b.html"}
    assert write_releases(read_releases(tmp_path)).decode("utf-8") == written
