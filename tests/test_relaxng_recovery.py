"""One mistake gives one finding, at the right line; two mistakes give two."""

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
from shared_data import ABSENT
from teikit.document import TEI, read_document
from teikit.schema.relaxng import Grammar, load_grammar
from teikit.schema.relaxng import problems as kinds

FEW, MANY, PAIRS = 8, 200, 40
HELD_OUT = 500_000  # seeds with which the engine was not tuned begin here
EACH, ALL = 0.90, 0.95  # shares with exactly one finding, at the right line
PARAMETERS = [
    pytest.param(path, id=path.stem, marks=[] if path.is_file() else [ABSENT]) for path in SCHEMAS
]
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
    assert [problem.kind for problem in found][:1] == [kinds.UNKNOWN_ELEMENT]
    assert len(found) == 3


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
