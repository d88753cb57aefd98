"""What every message of a RELAX NG finding keeps to, whatever the mistake is."""

import sys
import time
from pathlib import Path

import pytest
from lxml import etree

import mutations
from shared_data import SHARED, TEI_ALL, needs
from teikit.check.completing import complete_findings
from teikit.document import TEI, read_document, safe_parser
from teikit.location import plain_name
from teikit.report_formats.caret import caret_lines
from teikit.schema.relaxng import join_moved, load_grammar
from teikit.schema.relaxng.check import check_relaxng
from teikit.schema.relaxng.explanation import explain
from teikit.schema.relaxng.words import SchemaWords
from teikit.schema.relaxng.words.nearness import distance, near_names
from usual_figures import count_usual

PLAYS = sorted((SHARED / "corpora" / "drama").glob("*.xml"))
LETTERS = sorted((SHARED / "corpora" / "letters").glob("*.xml"))
APPARATUS = sorted((SHARED / "corpora" / "apparatus").glob("*.xml"))
pytestmark = needs(TEI_ALL)
NAMES = 12


def told(root):
    """Return the findings of a changed document, and the document."""
    document = read_document(etree.tostring(root, encoding="utf-8"), "a.xml")
    return list(complete_findings(document, check_relaxng(document, str(TEI_ALL)))), document


def check_words(finding, document):
    element = document.element(finding.ordinal)
    words = f"{finding.message} {finding.hint}"
    assert finding.message and not finding.message.endswith(".")
    assert "{http" not in words + finding.gloss + " ".join(finding.expected)
    assert "None" not in words and "..." not in words and "  " not in words
    assert len(words) < 500, words
    assert len(finding.gloss) < 280
    names = [name for group in finding.groups for name in group.names]
    assert len(names) <= NAMES, finding.groups
    assert words.count(",") + sum(len(group.names) for group in finding.groups) <= NAMES + 6
    assert plain_name(element.tag).split(" ")[0] in words.replace("’", "'"), (words, element.tag)
    assert finding.path.endswith(plain_name(element.tag)) or finding.path.split(" ")[-1].isdigit()
    source, caret = caret_lines(finding)
    assert source and caret.strip("\t ~") == "^"
    assert finding.hint or finding.groups, words


def mutants(files, count, seed):
    names = sorted(load_grammar(TEI_ALL).automaton.declared)
    trees = [etree.fromstring(path.read_bytes(), safe_parser()) for path in files]
    for kind in mutations.KINDS:
        for number in range(count):
            tree = trees[number % len(trees)]
            mutant = mutations.mutate(tree, kind, names, seed + number)
            if mutant is not None:
                yield mutant


def test_whatever_the_mistake_the_words_keep_to_their_measure():
    files = [min(paths, key=lambda path: path.stat().st_size) for paths in (PLAYS, LETTERS)]
    count = 0
    for mutant in mutants([*files, APPARATUS[0]], 9, 0):
        findings, document = told(mutant.tree)
        for finding in findings[:20]:
            check_words(finding, document)
            count += 1
    assert count > 40


@pytest.mark.slow
def test_whatever_the_mistake_the_words_keep_to_their_measure_at_length():
    for mutant in mutants([*LETTERS[:40], *APPARATUS[:5], *PLAYS[:3]], 300, 1000):
        findings, document = told(mutant.tree)
        for finding in findings[:50]:
            check_words(finding, document)


def test_many_findings_do_not_make_telling_slow():
    body = "".join(f"<p a{n}='1'><x{n}y/><l><head/></l></p>" for n in range(60))
    xml = f'<TEI xmlns="{TEI}"><teiHeader/><text><body>{body}</body></text></TEI>'
    document = read_document(xml.encode(), "a.xml")
    grammar = load_grammar(TEI_ALL)
    problems = join_moved(grammar.validate(document.tree))
    words = SchemaWords(grammar, TEI_ALL)
    begin = time.process_time()
    assert len(list(explain(document, problems, words))) > 170
    assert time.process_time() - begin < 10  # some 0.4 s


def test_the_figures_are_those_of_the_corpora():
    kept = Path(sys.modules[near_names.__module__].__file__).with_name("usual.toml")
    assert kept.read_text("utf-8") == count_usual(SHARED / "corpora")


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("name", "name", 0),
        ("nmae", "name", 1),
        ("nam", "name", 1),
        ("namme", "name", 1),
        ("mane", "name", 2),
        ("title", "table", 2),
        ("abcd", "wxyz", None),
    ],
)
def test_letters_that_changed_places_are_one_slip(one, other, steps):
    assert distance(one, other, 2) == steps


@pytest.mark.parametrize(
    ("written", "names", "near"),
    [
        ("persname", ("placeName", "persName"), ("persName",)),
        ("pers-name", ("persName",), ("persName",)),
        ("lang", ("xml:lang", "lane"), ("xml:lang", "lane")),
        ("x", ("p", "l", "s"), ()),
        ("pp", ("p", "l"), ("p",)),
        ("ih", ("hi", "h"), ("hi",)),
        ("z" * 100, ("z",), ()),
        ("", ("p",), ()),
        ("宗教", ("p", "宗旨"), ()),
    ],
)
def test_what_is_near_is_found_and_what_is_far_is_not(written, names, near):
    assert near_names(written, names, "element") == near
