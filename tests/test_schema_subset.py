"""Whatever edition.rng accepts, tei_all accepts: tried with documents that nobody would write.

Two kinds of them, both from a fixed seed: the edition's own files with random damage, and
documents grown at random out of edition.rng itself. Those that edition.rng accepts go to jing.
The schema of tei/ is tried, and that of starter/, which new editions begin with.
"""

import copy
import random
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from math import inf
from pathlib import Path

import pytest
from lxml import etree

from jing import complaints
from schema_tools import (
    RNG,
    TEI,
    XML,
    attributes_by_element,
    definitions,
    files_of,
    jing,
)  # fmt: skip
from shared_data import PROJECT, TEI_ALL, needs

SCHEMA = Path("schema", "edition.rng")
MUTATIONS = 1200
GROWN = {"tei": 200, "starter": 70}  # the second grammar is four times as large
LARGEST = 600  # elements of a document that grows
USUAL = "1|0.5|true|en|#x|#x #y|P1D|12:00:00|10mm|text/plain|1.0|0,0 1,1 2,0|U+4E00|//p|@n"
pytestmark = needs(TEI_ALL)
TEI_EDITION, STARTER = PROJECT / "tei", PROJECT / "starter"


@pytest.mark.parametrize("edition", [TEI_EDITION, STARTER], ids=list(GROWN))
def test_damaged_files_that_pass_ours_pass_tei_all(edition, tmp_path):
    damaged = _damaged(files_of(edition), random.Random(20120607))
    accepted = _accepted(damaged, edition / SCHEMA, tmp_path)
    assert len(accepted) >= 200
    assert jing(TEI_ALL, accepted) == []


@pytest.mark.parametrize(
    "edition",
    [
        pytest.param(TEI_EDITION, id="tei"),
        pytest.param(STARTER, id="starter", marks=pytest.mark.slow),  # a minute
    ],
)
def test_documents_grown_from_our_grammar_pass_tei_all(edition, tmp_path):
    grammar = etree.parse(edition / SCHEMA).getroot()
    grower = Grower(grammar, random.Random(20120607), files_of(edition))
    number = GROWN[edition.name]
    grown = (grower.document() for _ in range(number))
    accepted = _accepted(grown, edition / SCHEMA, tmp_path)
    assert len(accepted) >= number * 0.9, "what grows out of the grammar is valid against it"
    assert len(grower.used) > 0.9 * len(attributes_by_element(grower.grammar))
    assert jing(TEI_ALL, accepted) == []


def _accepted(trees: Iterator[etree._Element], rng: Path, folder: Path) -> list[Path]:
    """Return a file for each tree that the schema accepts, by jing: libxml2 may take for ever."""
    paths = []
    for number, tree in enumerate(trees):
        paths.append(folder / f"{number}.xml")
        paths[-1].write_bytes(etree.tostring(tree, encoding="utf-8"))
    wrong = complaints(rng, paths)
    return [path for path in paths if not wrong[path.name]]


# Damage


def _damaged(files: list[Path], chance: random.Random) -> Iterator[etree._Element]:
    """Yield copies of the edition's files, each with one to three random changes."""
    roots = [_shortened(etree.parse(path).getroot()) for path in files]
    texts = [etree.tostring(root) for root in roots]
    names = sorted({element.tag for root in roots for element in root.iter(f"{TEI}*")})
    values = sorted({pair for root in roots for e in root.iter() for pair in e.attrib.items()})
    for _ in range(MUTATIONS):
        root = etree.fromstring(chance.choice(texts))
        for _ in range(chance.randint(1, 3)):
            _damage(root, chance, names, values)
        yield root


def _shortened(root: etree._Element) -> etree._Element:
    """Return the file with two of each kind of long sequence: damage is tried quicker."""
    for parent in list(root.iter()):
        for name in {child.tag for child in parent if isinstance(child.tag, str)}:
            for child in parent.findall(name)[2:]:
                if child.tag not in (f"{TEI}lb", f"{TEI}note", f"{TEI}idno"):
                    parent.remove(child)
    return root


def _damage(root: etree._Element, chance: random.Random, names: list, values: list) -> None:
    """Change one thing in the tree, most often something that may well be allowed."""
    element = chance.choice(list(root.iter(f"{TEI}*")))
    parent, other = element.getparent(), chance.choice(list(root.iter(f"{TEI}*")))
    kind = chance.randrange(8)
    if kind == 0 and element.attrib:
        del element.attrib[chance.choice(sorted(element.attrib))]
    elif kind == 1:
        name, value = chance.choice(values)
        element.set(name, value)
    elif kind == 2 and element.attrib:
        name = chance.choice(sorted(element.attrib))
        element.set(name, chance.choice([value for key, value in values if key == name] or ["x"]))
    elif parent is None:
        element.set("n", "1")
    elif kind == 3:
        parent.remove(element)
    elif kind == 4:
        element.addnext(copy.deepcopy(element))
    elif kind == 5:
        element.tag = chance.choice(names)
    elif kind == 6:
        element.text = None if element.text else "字"
    elif kind == 7 and other is not root and element not in (other, *other.iterancestors()):
        other.append(element) if chance.random() < 0.5 else other.addnext(element)


# Growth


class Grower:
    """Grows documents out of a RELAX NG grammar, every choice in it left to chance."""

    def __init__(self, grammar: etree._Element, chance: random.Random, files: list[Path]):
        self.grammar, self.chance, self.files = grammar, chance, files
        self.defined = definitions(grammar)
        self.used: set[str] = set()
        self.data: dict[etree._Element, list[str]] = {}
        self.ids: set[str] = set()  # in the document that is growing
        self.size = 0  # how many elements it has

    @cached_property
    def pool(self) -> dict[str, set[str]]:
        """Return what stands in each attribute of our files, to find data among; more ids."""
        usual = {"x", "p", "2012", "2012-06-07", *USUAL.split("|")}
        usual |= {value.text for value in self.datatypes.iter(f"{RNG}value") if value.text}
        found = defaultdict(lambda: set(usual))
        for path in self.files:
            for element in etree.parse(path).iter(f"{TEI}*"):
                for name, value in element.attrib.items():
                    found[name].add(value)
        for n in range(1, 60):
            found[f"{XML}id"] |= {f"s{n}", f"s{n}.p{n}", f"s{n}.p{n}.{n}", f"s{n}.head", f"m-{n}"}
            found[f"{XML}id"].add(f"e{n}")
        return found

    @cached_property
    def datatypes(self) -> etree._Element:
        """Return the grammar without its elements: quick to compile, again and again."""
        grammar = copy.deepcopy(self.grammar)
        for part in list(grammar):
            named = part.get("name", "") if isinstance(part.tag, str) else ""
            if not named.startswith("teidata."):
                grammar.remove(part)
        return grammar

    def document(self) -> etree._Element:
        (start,) = self.grammar.findall(f"{RNG}start")
        holder = etree.Element("holder")
        self.ids, self.size = set(), 0
        self.grow(start, holder, 0)
        (root,) = holder
        return root

    def grow(self, pattern: etree._Element, element: etree._Element, depth: int) -> None:
        """Add to ELEMENT what the children of PATTERN allow or demand."""
        for child in pattern.iterchildren(f"{RNG}*"):
            self.one(child, element, depth)

    def one(self, pattern: etree._Element, element: etree._Element, depth: int) -> None:
        kind = etree.QName(pattern).localname
        if kind == "ref":
            for definition in self.defined[pattern.get("name")]:
                self.grow(definition, element, depth)
        elif kind == "element":
            self.used.add(pattern.get("name"))
            self.size += 1
            self.grow(pattern, etree.SubElement(element, TEI + pattern.get("name")), depth + 1)
        elif kind == "attribute":
            element.set(pattern.get("name").replace("xml:", XML), self.value(pattern))
        elif kind in ("text", "data", "value"):
            _append(element, self.value(pattern) if kind != "text" else "字")
        elif kind == "choice":
            ways = [way for way in pattern.findall(f"{RNG}*") if self.least(way) < inf]
            small = self.size > LARGEST
            way = min(ways, key=self.least) if small else self.chance.choice(ways)
            self.one(way, element, depth)
        elif kind in ("optional", "zeroOrMore", "oneOrMore"):
            possible = self.inside(pattern) < inf
            for _ in range(self.times(kind, depth) if possible else 0):
                self.grow(pattern, element, depth)
        elif kind in ("group", "interleave"):
            self.grow(pattern, element, depth)

    @cached_property
    def costs(self) -> dict[str, float]:
        """Return how many elements each definition needs at least."""
        costs = dict.fromkeys(self.defined, inf)
        self.__dict__["costs"] = costs  # read while it is made, until nothing becomes less
        before = None
        while before != costs:
            before = dict(costs)
            for name, parts in self.defined.items():
                costs[name] = sum(self.least(child) for part in parts for child in part)
        return costs

    def least(self, pattern: etree._Element) -> float:
        """Return how many elements the pattern needs at least."""
        if not str(pattern.tag).startswith(RNG):
            return 0
        kind = etree.QName(pattern).localname
        if kind == "notAllowed":
            return inf
        if kind == "ref":
            return self.costs[pattern.get("name")]
        if kind in ("optional", "zeroOrMore", "attribute", "data", "value", "list"):
            return 0
        return (kind == "element") + self.inside(pattern)

    def inside(self, pattern: etree._Element) -> float:
        """Return how many elements what is in the pattern needs, if it is taken."""
        found = [self.least(child) for child in pattern if str(child.tag).startswith(RNG)]
        return min(found, default=0) if pattern.tag == f"{RNG}choice" else sum(found)

    def times(self, kind: str, depth: int) -> int:
        """Return how often to repeat: less and less the deeper the document is, or larger."""
        if self.size > LARGEST:
            return int(kind == "oneOrMore")
        if kind == "optional":
            return int(self.chance.random() < (0.6 if depth < 9 else 0.1))
        most = 3 if depth < 6 else 1
        if kind == "oneOrMore":
            return self.chance.randint(1, most)
        return self.chance.randint(0, most if depth < 9 else 0)

    def value(self, pattern: etree._Element) -> str:
        """Return some value that an attribute, data or value pattern allows."""
        if pattern.tag == f"{RNG}value":
            return pattern.text or ""
        if pattern not in self.data:
            self.data[pattern] = self.candidates(pattern)
            assert self.data[pattern], f"nothing fits {etree.tostring(pattern)}"
        values = self.data[pattern]
        if pattern.get("name") != "xml:id":
            return self.chance.choice(values)
        chosen = self.chance.choice([value for value in values if value not in self.ids] or values)
        self.ids.add(chosen)
        return chosen

    def candidates(self, pattern: etree._Element) -> list[str]:
        """Return the values of the pool that the pattern allows, and the values it names."""
        names = {value.text or "" for value in pattern.iter(f"{RNG}value")}
        inner = list(pattern) if pattern.tag == f"{RNG}attribute" else [pattern]
        grammar = copy.deepcopy(self.datatypes)
        start = etree.SubElement(grammar, f"{RNG}start")
        whole = etree.SubElement(start, f"{RNG}element", name="value", ns="")
        for part in inner or [etree.Element(f"{RNG}text")]:
            if part.tag.startswith(RNG):
                whole.append(copy.deepcopy(part))
        if len(whole) == 0:
            etree.SubElement(whole, f"{RNG}text")
        schema = etree.RelaxNG(grammar)
        pairs = [f"{a} {b}" for a in sorted(names) for b in sorted(names)] if names else []
        found = []
        pool = self.pool[pattern.get("name", "").replace("xml:", XML)]
        for text in [*sorted(pool), *sorted(names), *pairs]:
            element = etree.Element("value")
            element.text = text
            if schema.validate(element):
                found.append(text)
        return found


def _append(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
