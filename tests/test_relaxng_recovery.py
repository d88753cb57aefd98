"""One mistake gives one finding, at the right line; two mistakes give two."""

import random
import time
from collections import Counter
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from lxml import etree

import jing
import mutations
from recovery_figures import (
    SCHEMAS,
    Figures,
    findings,
    invalid_mutants,
    real_sources,
    sources,
)
from shared_data import shared_files
from teikit.document import TEI, read_document
from teikit.schema.relaxng import Grammar, load_grammar
from teikit.schema.relaxng import problems as kinds
from teikit.schema.relaxng.nameclasses import local_name

FEW, MANY, PAIRS = 8, 200, 40
HELD_OUT = 500_000  # seeds with which the engine was not tuned begin here
EACH, ALL = 0.90, 0.95  # shares with exactly one finding, at the right line
PARAMETERS = shared_files(*SCHEMAS)
PRESENT = [path for path in SCHEMAS if path.is_file()]


def judged(
    schema: Path,
    grammar: Grammar,
    documents: list[etree._Element],
    changes: list[str],
    number: int,
    folder: Path,
) -> Figures:
    """Return the figures of mutants that jing rejects."""
    figures, made = Figures(), {}
    for mutant in invalid_mutants(documents, grammar, changes, number, HELD_OUT):
        made[f"{schema.stem}-{len(made)}.xml"] = mutant
    for name, mutant in made.items():
        (folder / name).write_bytes(mutant.lined())
    said = jing.complaints(schema, [folder / name for name in made])
    assert [name for name in made if not said[name]] == []
    for name, mutant in made.items():
        document = read_document((folder / name).read_bytes(), name)
        figures.count(mutant, document, findings(grammar, document))
    return figures


def assert_good(figures: Figures) -> None:
    worst = min(map(figures.share, figures.rejected))
    report = "\n".join([figures.table(), *figures.bad[:40]])
    assert worst >= EACH, report
    assert figures.share() >= ALL, report


@pytest.mark.parametrize("schemas", [PRESENT[:3], PRESENT[3:]], ids=["TEI", "edition"])
def test_a_mistake_is_one_finding_at_its_line(schemas, tmp_path):
    if not schemas:
        pytest.skip("../shared is not here")
    figures = Figures()
    for schema in schemas:
        grammar = load_grammar(schema)
        number = FEW if len(schemas) > 1 else 3 * FEW
        documents = sources(schema, grammar, HELD_OUT)
        kinds_of_change = list(mutations.KINDS)
        figures.add(judged(schema, grammar, documents, kinds_of_change, number, tmp_path))
    assert set(figures.rejected) == set(mutations.KINDS)
    assert_good(figures)


@pytest.mark.slow
@pytest.mark.parametrize("schema", PARAMETERS)
def test_many_mistakes_are_one_finding_each(schema, tmp_path):
    grammar = load_grammar(schema)
    for documents in (sources(schema, grammar, HELD_OUT), real_sources(schema, grammar)):
        changes = list(mutations.KINDS)
        figures = judged(schema, grammar, documents, changes, MANY, tmp_path)
        print(schema.stem, len(documents), figures.table(), sep="\n")
        assert_good(figures)


@pytest.mark.slow
@pytest.mark.parametrize("schema", PARAMETERS)
def test_wrong_boundaries_of_elements_are_one_finding_each(schema, tmp_path):
    grammar = load_grammar(schema)
    documents = sources(schema, grammar, HELD_OUT) + real_sources(schema, grammar)
    figures = judged(schema, grammar, documents, list(mutations.BOUNDARIES), MANY // 2, tmp_path)
    print(schema.stem, figures.table(), sep="\n")
    for kind, number in figures.rejected.items():
        assert figures.one[kind] >= EACH * number, "\n".join([figures.table(), *figures.bad[:40]])


# -- two mistakes -----------------------------------------------------------------------------


@pytest.mark.parametrize("schema", PARAMETERS)
def test_two_mistakes_are_two_findings(schema):
    grammar = load_grammar(schema)
    documents = sources(schema, grammar, HELD_OUT)[:20]
    names = sorted(grammar.automaton.declared)
    changes = list(mutations.KINDS)
    numbers: Counter[int] = Counter()
    for seed in count(HELD_OUT):
        root = documents[seed % len(documents)]
        one = mutations.mutate(root, changes[seed % 8], names, seed)
        other = mutations.mutate(root, changes[seed // 8 % 8], names, seed + HELD_OUT)
        if None in (one, other) or grammar.is_valid(one.tree) or grammar.is_valid(other.tree):
            continue
        mutant = mutations.both(root, one, other)
        if mutant is not None:
            document = read_document(mutant.lined(), "mutant.xml")
            numbers[len(findings(grammar, document))] += 1
        if numbers.total() == PAIRS:
            break
    assert numbers[0] == 0
    assert numbers[1] <= 0.05 * PAIRS, numbers
    assert numbers[2] >= 0.9 * PAIRS, numbers


def test_two_misspelt_siblings_are_two_findings():
    found = problems("<p>a <nmae>b</nmae> c <hii>d</hii></p>")
    assert [problem.name for problem in found] == [f"{{{TEI}}}nmae", f"{{{TEI}}}hii"]


def test_what_is_wrong_in_a_misspelt_element_is_told():
    found = problems('<lisst><item/><head n="a b" foo="x">a</head></lisst>')
    assert [problem.kind for problem in found] == [kinds.UNKNOWN_ELEMENT, kinds.UNKNOWN_ATTRIBUTE]
    assert found[0].meant == f"{{{TEI}}}list"


# -- what people do wrong ---------------------------------------------------------------------

HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>t</title></titleStmt><publicationStmt><p>p</p>"
    "</publicationStmt><sourceDesc><p>s</p></sourceDesc></fileDesc></teiHeader>"
)


@cache
def tei_all() -> Grammar:
    if not SCHEMAS[0].is_file():
        pytest.skip("../shared is not here")
    return load_grammar(SCHEMAS[0])


def problems(body: str, around: str = "<TEI>{header}<text><body>{body}</body></text></TEI>"):
    """Return what tei_all says of a fragment."""
    source = around.format(header=HEADER, body=body).replace("<TEI>", f'<TEI xmlns="{TEI}">')
    return findings(tei_all(), read_document(source.encode(), "x.xml"))


TEXT = "<TEI>{header}<text>{body}</text></TEI>"
BODY = "<text><body><p/></body></text></TEI>"


@pytest.mark.parametrize(
    ("body", "around", "kind", "name", "wrapper"),
    [
        # text without a paragraph
        ("<div>a <hi>b</hi> c <name>d</name></div>", "", kinds.TEXT_NOT_ALLOWED, "div", "p"),
        ("<div><hi>a</hi> b <name>c</name></div>", "", kinds.MISPLACED_ELEMENT, "hi", "p"),
        # elements without the one that holds them
        ("<p>a<item/><item/><item/></p>", "", kinds.MISPLACED_ELEMENT, "item", "list"),
        ("<div><p/><item/><item/><p/></div>", "", kinds.MISPLACED_ELEMENT, "item", "list"),
        ("<div><row><cell/></row><row><cell/></row></div>", "", kinds.MISPLACED_ELEMENT, "row",
         "table"),
        ("<list>one, two</list>", "", kinds.TEXT_NOT_ALLOWED, "list", "item"),
        ("<castItem/><castItem/>", "", kinds.MISPLACED_ELEMENT, "castItem", "castList"),
        # the parts of the whole
        ("<p/><p/><div><p/></div>", TEXT, kinds.MISPLACED_ELEMENT, "p", "body"),
        ("<div><p/></div><div><p/></div>", TEXT, kinds.MISPLACED_ELEMENT, "div", "body"),
        ("<p/>", "<TEI>{header}<body>{body}</body></TEI>", kinds.MISPLACED_ELEMENT, "body", "text"),
        ("", "<TEI>" + BODY, kinds.MISSING_ELEMENT, "TEI", ""),
        ("<title/>", "<TEI><teiHeader><fileDesc>{body}<publicationStmt><p/></publicationStmt>"
         "<sourceDesc><p/></sourceDesc></fileDesc></teiHeader>" + BODY,
         kinds.MISPLACED_ELEMENT, "title", "titleStmt"),
        ("<sourceDesc>born digital</sourceDesc>",
         "<TEI><teiHeader><fileDesc><titleStmt><title/></titleStmt><publicationStmt><p/>"
         "</publicationStmt>{body}</fileDesc></teiHeader>" + BODY,
         kinds.TEXT_NOT_ALLOWED, "sourceDesc", "p"),
    ],
)  # fmt: skip
def test_a_missing_element_around_is_one_finding(body, around, kind, name, wrapper):
    (problem,) = problems(body, around) if around else problems(body)
    assert (problem.kind, local_name(problem.name)) == (kind, name)
    assert local_name(problem.wrapper) == wrapper


@pytest.mark.parametrize(
    ("body", "name", "meant"),
    [
        ("<p><perName>a</perName></p>", "perName", "persName"),
        ("<divv type='x'><head>h</head><p>b</p><div><p/></div></divv>", "divv", "div"),
        ("<lisst><item>a</item><item>b</item></lisst>", "lisst", "list"),
        ("<P>a <hi>b</hi></P>", "P", "p"),
        ("<p/><gl><l>a</l><l>b</l></gl>", "gl", "lg"),
    ],
)
def test_a_misspelt_element_is_one_finding_that_says_what_was_meant(body, name, meant):
    (problem,) = problems(body)
    assert (problem.kind, local_name(problem.name)) == (kinds.UNKNOWN_ELEMENT, name)
    assert local_name(problem.meant) == meant


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("<div><p/><list><item/></list><item/><item/><p/></div>", "item"),  # closed too early
        ("<p><argument>a <hi>b</hi></argument></p>", "argument"),  # tags too much
        ("<p><p>a</p></p>", "p"),
        ("<sp who='#a'><l/><speaker/><l/></sp>", "speaker"),
        ("<p who='#a'><speaker>a</speaker><l>b</l><stage/><lg><l/></lg></p>", "p"),  # was sp
        ("<div><head/><byline/><p/><p/><div><p/></div></div>", ""),  # allowed
        ("<div><p/><closer/><p/><p/><div><p/></div><div><p/></div></div>", "closer"),
    ],
)
def test_an_element_in_the_wrong_place_is_one_finding(body, name):
    assert [local_name(problem.name) for problem in problems(body)] == [name] * bool(name)


def test_the_wrong_namespace_is_one_finding():
    (problem,) = problems(
        "<p>a</p>", "<TEI xmlns=''>{header}<text><body>{body}</body></text></TEI>"
    )
    assert (problem.kind, problem.name) == (kinds.UNKNOWN_ELEMENT, "TEI")
    assert problem.meant == f"{{{TEI}}}TEI"


# -- documents full of mistakes ---------------------------------------------------------------


@pytest.mark.parametrize("shape", ["known", "unknown", "deep", "attributes", "left outside"])
def test_a_document_full_of_mistakes_takes_no_longer(shape):
    grammar = tei_all()
    names = sorted(grammar.automaton.declared)
    rng = random.Random(shape)
    root = etree.Element(f"{{{TEI}}}TEI")
    body = etree.SubElement(etree.SubElement(root, f"{{{TEI}}}text"), f"{{{TEI}}}body")
    place = body
    for number in range(20_000):
        name = rng.choice(names) if shape in ("known", "deep") else f"{{{TEI}}}p"
        name = {
            "unknown": f"{{{TEI}}}x{number}",
            "left outside": f"{{{TEI}}}{('list', 'item', 'head')[number % 3]}",
        }.get(shape, name)
        element = etree.SubElement(place, name)
        place = element if shape == "deep" and number % 500 else body
        if shape == "attributes":
            element.set("foo", str(number))
    begin = time.process_time()
    found = list(grammar.validate(root))
    assert len(found) > 10_000
    assert time.process_time() - begin < 30
    assert len(grammar.pool) < 30_000


@pytest.mark.parametrize("body", ["<p>x<head>y</head></p><lg/>", "<lg/><p>x<head>y</head></p>"])
def test_what_could_stand_elsewhere_is_not_taken_for_what_lacks_there(body):
    assert {local_name(problem.name) for problem in problems(body)} == {"head", "lg"}


def test_what_lacks_elsewhere_is_joined_to_where_it_stands():
    (found,) = problems("<p>a <row><cell/></row></p><table><head>c</head></table>")
    assert (local_name(found.name), local_name(found.lacking.tag)) == ("row", "table")
