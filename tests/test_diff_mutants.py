"""What must hold for every text: each small change is told, once and in its place, and no other."""

import random
from pathlib import Path

import pytest

from shared_data import PROJECT, real_files
from teikit.comparing.jobs import compare_documents
from teikit.comparing.reading import read_streams
from teikit.document import read_document
from text_mutations import (
    change_attribute,
    change_letter,
    change_space,
    laid_out_anew,
    split_file,
    with_more_lines,
    with_prefixes,
    without_inline_tags,
)

_LARGE = 400_000  # bytes from which on a file is changed but a few times
OWN = PROJECT / "tei/texts/declaration.xml"
TEXTS = [OWN, *real_files("apparatus", "drama", "letters")]
OTHERS = [*TEXTS[1:], *real_files("inscriptions")[::6], *real_files("novels")]
SMALL = [one for one in OTHERS if one.stat().st_size < _LARGE]
SOME = [*SMALL[:8], *SMALL[8::9]]  # the others take long
ALL = [
    OWN,
    *SOME,
    *(pytest.param(one, marks=pytest.mark.slow) for one in OTHERS if one not in SOME),
]
SEEDS = 8


def content_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


def document(content: str, path: str = "new.xml"):
    return read_document(content.encode("utf-8"), path)


def line_of(content: str, at: int) -> int:
    return content.count("\n", 0, at) + 1


def replayed(old, new, changes) -> list[tuple[str, str, str]]:
    """Return what of each part is left on either side without the changes."""
    streams = read_streams(old), read_streams(new)
    left = []
    for part in {**streams[0], **streams[1]}:
        mine = [one for one in changes if one.part == part]
        sides = []
        for side, at, words in ((0, "old_at", "old"), (1, "new_at", "new")):
            text = streams[side][part].folded if part in streams[side] else ""
            spans = sorted((getattr(one, at), len(getattr(one, words))) for one in mine)
            for begin, length in reversed(spans):
                text = text[:begin] + text[begin + length :]
            sides.append(text)
        left.append((part, *sides))
    return left


@pytest.mark.parametrize("path", ALL)
def test_one_letter_is_one_change_in_its_place(path):
    content = content_of(path)
    pieces, old = split_file(content), document(content, "old.xml")
    for seed in range(2 if len(content) > _LARGE else SEEDS):
        mutant = change_letter(content, pieces, random.Random(seed))
        if mutant is None:
            return
        changed, at = mutant
        new = document(changed)
        text, markup = compare_documents(old, new)
        assert len(text) == 1, (seed, changed[at - 20 : at + 20], text)
        (change,) = text
        place, column = change.new_place, at - changed.rfind("\n", 0, at)
        assert change.part == "text" and changed[at] in change.new
        assert (place.line, place.column) <= (line_of(changed, at), column), (seed, place)
        assert (place.end_line, place.end_column) > (line_of(changed, at), column), (seed, place)
        assert change.citation == change.old_citation and change.citation
        assert markup == [], (seed, changed[at - 20 : at + 20])
        assert all(one == other for _, one, other in replayed(old, new, text))


@pytest.mark.parametrize("path", ALL)
def test_one_space_is_one_change_of_white_space(path):
    content = content_of(path)
    pieces, old = split_file(content), document(content, "old.xml")
    for seed in range(1 if len(content) > _LARGE else 3):
        mutant = change_space(content, pieces, random.Random(seed))
        if mutant is None:
            return
        changed, at = mutant
        new = document(changed)
        text, markup = compare_documents(old, new)
        assert [one.only for one in text] == ["white space"], (seed, changed[at - 9 : at + 9], text)
        assert text[0].new_place.line == line_of(changed, at)
        assert markup == []
        assert all(one == other for _, one, other in replayed(old, new, text))


@pytest.mark.parametrize("path", ALL)
def test_one_attribute_is_one_change_of_the_markup_in_its_place(path):
    content = content_of(path)
    pieces, old = split_file(content), document(content, "old.xml")
    for seed in range(2 if len(content) > _LARGE else SEEDS):
        mutant = change_attribute(content, pieces, random.Random(seed))
        if mutant is None:
            return
        changed, at, name = mutant
        text, markup = compare_documents(old, document(changed))
        said = seed, changed[at - 40 : at + 10], markup
        assert text == [], said
        assert len(markup) == 1, said
        assert markup[0].kind == ("id" if name == "xml:id" else "attribute"), said
        assert markup[0].new == markup[0].old + "x", said
        place = markup[0].new_place
        assert place.line <= line_of(changed, at) <= place.end_line, said


@pytest.mark.parametrize("path", ALL)
def test_markup_alone_is_no_change_of_the_text(path):
    content = content_of(path)
    pieces, old = split_file(content), document(content, "old.xml")
    stripped, removed = without_inline_tags(pieces)
    text, markup = compare_documents(old, document(stripped))
    assert [(one.old, one.new, one.before, one.after) for one in text] == []
    assert (len(markup) > 0) == (removed > 0)
    assert sum(one.kind == "removed" for one in markup) == removed
    lined, added = with_more_lines(pieces, random.Random(1))
    text, markup = compare_documents(old, document(lined))
    assert [(one.old, one.new, one.before, one.after) for one in text] == []
    assert [one.kind for one in markup] == ["added"] * added


@pytest.mark.parametrize("path", ALL)
def test_layout_alone_is_no_change_at_all(path):
    content = content_of(path)
    pieces, old = split_file(content), document(content, "old.xml")
    assert compare_documents(old, old) == ([], [])
    assert compare_documents(old, document(laid_out_anew(pieces))) == ([], [])
    if ' xmlns="http://www.tei-c.org/ns/1.0"' in content and content.count(" xmlns=") == 1:
        assert compare_documents(old, document(with_prefixes(pieces))) == ([], [])


@pytest.mark.parametrize("pair", range(12))
def test_any_two_texts_differ_by_what_is_told_and_the_same_way_back(pair):
    paths = [one for one in TEXTS if isinstance(one, Path)]
    if len(paths) < 20:
        pytest.skip("the folder ../shared with other people's texts is not here")
    old, new = (document(content_of(paths[(pair * 5 + by) % len(paths)]), "x.xml") for by in (0, 7))
    there, _ = compare_documents(old, new)
    assert there
    assert all(one == other for _, one, other in replayed(old, new, there))
    back, _ = compare_documents(new, old)
    turned = sorted(
        (one.part, *told(one.old_at, one.old), *told(one.new_at, one.new)) for one in there
    )
    assert turned == sorted(
        (one.part, *told(one.new_at, one.new), *told(one.old_at, one.old)) for one in back
    )


def told(at: int, words: str) -> tuple[int, str]:
    """Return the words with their place; that of no words may be on either side of others."""
    return (at if words else -1), words
