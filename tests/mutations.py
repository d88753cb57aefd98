"""Mistakes for valid documents: one in each copy, of a known kind, the same for the same seed."""

import copy
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree

Names = Sequence[str]


@dataclass(frozen=True)
class Mutant:
    """A document with one change."""

    kind: str
    tree: etree._Element
    what: str  # for whoever reads a failing test


def mutate(root: etree._Element, kind: str, names: Names, seed: int) -> Mutant | None:
    """Return a copy of the document with one change of the kind; None where there is no room.

    `names` are the elements that the schema has.
    """
    rng = random.Random(f"{kind} {seed}")
    tree = copy.deepcopy(root)
    what = KINDS[kind](tree, rng, names)
    return Mutant(kind, tree, what) if what else None


def _pick(tree: etree._Element, rng: random.Random, root: bool = False) -> etree._Element | None:
    elements = list(tree.iter(etree.Element))[0 if root else 1 :]
    return rng.choice(elements) if elements else None


def _misspelt(name: str, rng: random.Random) -> str:
    """Return the name with one letter too few, too many, or two in the wrong order."""
    namespace, brace, local = name.rpartition("}")
    at = rng.randrange(len(local))
    ways = [
        local[:at] + local[at + 1 :],
        local[:at] + local[at] + local[at:],
        local[:at] + local[at + 1 : at + 2] + local[at] + local[at + 2 :],
    ]
    usable = [way for way in ways if way and way != local and (way[0].isalpha() or way[0] == "_")]
    return namespace + brace + (rng.choice(usable) if usable else local + "x")


def rename(tree: etree._Element, rng: random.Random, names: Names) -> str:
    """Misspell an element, or give it the name of another one."""
    element = _pick(tree, rng)
    if element is None:
        return ""
    old = element.tag
    element.tag = _misspelt(old, rng) if rng.random() < 0.5 else rng.choice(names)
    return f"{old} -> {element.tag}"


def move(tree: etree._Element, rng: random.Random, _names: Names) -> str:
    """Put an element somewhere else."""
    element, target = _pick(tree, rng), _pick(tree, rng, root=True)
    if element is None or element in set(target.iterancestors()) | {target}:
        return ""
    _cut(element)
    target.insert(rng.randint(0, len(target)), element)
    return f"{element.tag} into {target.tag}"


def _cut(element: etree._Element) -> None:
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)


def drop(tree: etree._Element, rng: random.Random, _names: Names) -> str:
    """Leave an element out, with all that is in it."""
    element = _pick(tree, rng)
    if element is None:
        return ""
    parent = element.getparent().tag
    _cut(element)
    return f"{element.tag} from {parent}"


def double(tree: etree._Element, rng: random.Random, _names: Names) -> str:
    """Write an element twice."""
    element = _pick(tree, rng)
    if element is None:
        return ""
    element.addnext(copy.deepcopy(element))
    return element.tag


def add_attribute(tree: etree._Element, rng: random.Random, _names: Names) -> str:
    """Give an element an attribute that another one has, or a misspelt one."""
    owners = [element for element in tree.iter(etree.Element) if element.attrib]
    if not owners:
        return ""
    name, value = rng.choice(rng.choice(owners).items())
    element = _pick(tree, rng, root=True)
    if rng.random() < 0.5:
        name = _misspelt(name, rng)
    if element.get(name) is not None or name.startswith("{http://www.w3.org/XML"):
        return ""
    element.set(name, value)
    return f"{name}={value!r} on {element.tag}"


def remove_attribute(tree: etree._Element, rng: random.Random, _names: Names) -> str:
    """Take an attribute away."""
    owners = [element for element in tree.iter(etree.Element) if element.attrib]
    if not owners:
        return ""
    element = rng.choice(owners)
    name = rng.choice(element.keys())
    del element.attrib[name]
    return f"{name} from {element.tag}"


def change_value(tree: etree._Element, rng: random.Random, _names: Names) -> str:
    """Give an attribute another value."""
    owners = [element for element in tree.iter(etree.Element) if element.attrib]
    if not owners:
        return ""
    element = rng.choice(owners)
    name = rng.choice(element.keys())
    old = element.get(name)
    element.set(name, rng.choice(VALUES) if rng.random() < 0.6 else old + rng.choice(" %0x-:"))
    return f"{name}={element.get(name)!r} on {element.tag}"


def insert_text(tree: etree._Element, rng: random.Random, _names: Names) -> str:
    """Write words where an element begins or ends."""
    element = _pick(tree, rng)
    if element is None:
        return ""
    if rng.random() < 0.5:
        element.text = "words " + (element.text or "")
        return f"text in {element.tag}"
    element.tail = "words" + (element.tail or "")
    return f"text after {element.tag}"


# not here: what jing takes for wrong though it is right (24:00:00, -14:00, years of ten digits)
VALUES = (
    "",
    " ",
    "x",
    "2011-02-29",
    "2012-13-01",
    "0000",
    "-0001",
    "24:00:01",
    "1e3",
    "INF",
    "NaN",
    "two words",
    "a%zz",
    "#a#b",
    ":x",
    "1:b",
    "http://example.org/%41",
    "+1",
    "-1",
    "1.",
    ".5",
    "P1Y",
    "P",
    "12pt",
    "é",
    "\u00a0",
    "#x #y",
    "en-GB",
    "a_b",
    "2012-06-07+13:00",
    "2012-06-07+15:00",
    "99999999999999999999",
    "true",
    "yes",
    "--02-30",
    "---31",
    "--13",
)

KINDS: dict[str, Callable[[etree._Element, random.Random, Names], str]] = {
    "renamed": rename,
    "moved": move,
    "dropped": drop,
    "doubled": double,
    "attribute added": add_attribute,
    "attribute removed": remove_attribute,
    "value changed": change_value,
    "text inserted": insert_text,
}
