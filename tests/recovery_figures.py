"""How many findings one mistake gives, and where: mutants that jing rejects, counted."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

import mutations
from generate import Generator
from shared_data import PROJECT, SHARED, TEI_P5
from teikit.document import Document, read_document, safe_parser
from teikit.schema.relaxng import Grammar, join_moved
from teikit.schema.relaxng import problems as kinds
from teikit.schema.relaxng.problems import Problem

SCHEMAS = [TEI_P5 / f"tei_{name}.rng" for name in ("all", "lite", "simplePrint")] + [
    PROJECT / "tei" / "schema" / "edition.rng"
]
PLAYS = sorted((SHARED / "corpora" / "drama").glob("*.xml"))
DOCUMENTS = 40  # grown from each schema
_TRIES = 1000  # changes that leave the document valid, before a kind is given up


@dataclass
class Figures:
    """Counts of mutants by kind."""

    rejected: Counter[str] = field(default_factory=Counter)
    one: Counter[str] = field(default_factory=Counter)  # exactly one finding
    good: Counter[str] = field(default_factory=Counter)  # and that at the right line
    bad: list[str] = field(default_factory=list)  # what went wrong, in words

    def count(self, mutant: mutations.Mutant, document: Document, found: list[Problem]) -> None:
        """Count a mutant that jing rejects, with what we say of it."""
        kind = mutant.kind
        lines = [document.place(problem.element).line for problem in found]
        right = {document.place_of(ordinal).line for ordinal in mutant.places}
        self.rejected[kind] += 1
        self.one[kind] += len(found) == 1
        if len(found) == 1 and lines[0] in right:
            self.good[kind] += 1
        else:
            said = ", ".join(
                f"{problem.kind} {_local(problem.name)} in {_local(problem.parent)}:{line}"
                f" {problem.found[:20]!r}"
                for problem, line in zip(found, lines, strict=True)
            )
            self.bad.append(f"{kind}: {mutant.what}: {said}; right: {sorted(right)}")

    def add(self, other: "Figures") -> None:
        """Add the counts of another."""
        for name in ("rejected", "one", "good"):
            getattr(self, name).update(getattr(other, name))
        self.bad += other.bad

    def share(self, kind: str = "") -> float:
        """Return the share that is good, of one kind or of all."""
        if kind:
            return self.good[kind] / max(self.rejected[kind], 1)
        return sum(self.good.values()) / max(sum(self.rejected.values()), 1)

    def table(self) -> str:
        """Return the figures in lines."""
        lines = [f"{'':18} rejected   one  right"]
        for kind in sorted(self.rejected):
            of = max(self.rejected[kind], 1)
            lines.append(
                f"{kind:18} {self.rejected[kind]:8} {self.one[kind] / of:5.1%}"
                f" {self.share(kind):6.1%}"
            )
        of = max(sum(self.rejected.values()), 1)
        lines.append(f"{'all':18} {of:8} {sum(self.one.values()) / of:5.1%} {self.share():6.1%}")
        return "\n".join(lines)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def parse(data: bytes) -> etree._Element:
    return etree.fromstring(data, safe_parser())


def sources(schema: Path, grammar: Grammar, seed: int = 1) -> list[etree._Element]:
    """Return valid documents: grown from the schema, and the plays for tei_all."""
    generator = Generator(grammar, seed=seed)
    grown = [generator.document(60) for _ in range(DOCUMENTS)]
    plays = [parse(path.read_bytes()) for path in PLAYS] if schema.stem == "tei_all" else []
    return grown + plays


def real_sources(schema: Path, grammar: Grammar) -> list[etree._Element]:
    """Return real documents, some made to fit the schema."""
    corpora = SHARED / "corpora"
    if schema.stem == "edition":
        paths = sorted((PROJECT / "tei").glob("texts/*.xml"))
        paths += sorted((PROJECT / "tei").glob("registers/*.xml"))
    else:
        paths = [*PLAYS[:3], PLAYS[4], corpora / "novels" / "ENG19001_Glyn.xml"]
    if schema.stem == "tei_all":
        for folder in ("letters", "inscriptions", "apparatus"):
            paths += sorted((corpora / folder).glob("*.xml"))[::40]
    trees = [fitted(grammar, parse(path.read_bytes())) for path in paths]
    return [tree for tree in trees if tree is not None]


def fitted(grammar: Grammar, tree: etree._Element) -> etree._Element | None:
    """Return the document without what the schema forbids; None where that leaves nothing."""
    for _ in range(60):
        found = list(grammar.validate(tree))
        if not found:
            return tree
        for problem in found:
            _mend(problem)
    return None


def _mend(problem: Problem) -> None:
    element = problem.element
    if problem.kind == kinds.UNKNOWN_ATTRIBUTE:
        element.attrib.pop(problem.found, None)
    elif problem.attribute:
        element.attrib.pop(problem.attribute, None)
    elif problem.kind == kinds.TEXT_NOT_ALLOWED:
        element.text = None
        for child in element:
            child.tail = None
    elif element.getparent() is not None:
        element.getparent().remove(element)


def invalid_mutants(
    documents: list[etree._Element],
    grammar: Grammar,
    changes: Iterable[str],
    count: int,
    first: int = 0,
) -> Iterator[mutations.Mutant]:
    """Yield COUNT mutants of each kind that we find invalid, the same for the same FIRST seed."""
    names = sorted(grammar.automaton.declared)
    for kind in changes:
        found, seed, tries = 0, first, 0
        while found < count and tries < _TRIES:
            seed += 1
            mutant = mutations.mutate(documents[seed % len(documents)], kind, names, seed)
            if mutant is None or grammar.is_valid(mutant.tree):
                tries += 1
                continue
            found, tries = found + 1, 0
            yield mutant


def findings(grammar: Grammar, document: Document) -> list[Problem]:
    """Return what users are told of the document, before it is put into words."""
    return join_moved(grammar.validate(document.tree))


def measure(grammar: Grammar, mutants: Iterable[mutations.Mutant]) -> Figures:
    """Return the figures of mutants that are known to be invalid."""
    figures = Figures()
    for mutant in mutants:
        document = read_document(mutant.lined(), "mutant.xml")
        figures.count(mutant, document, findings(grammar, document))
    return figures
