"""Mistakes for valid documents: one in each copy, of a known kind, the same for the same seed."""

import copy
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree

Names = Sequence[str]
# what was done, for whoever reads a failing test, and the elements at which a finding about it
# is in the right place; None where there was no room
Change = tuple[str, tuple[etree._Element, ...]] | None

_START_TAG = re.compile(rb"(<[^/!?<>][^<>]*?)(/?>)")


@dataclass(frozen=True)
class Mutant:
    """A document with one change."""

    kind: str
    tree: etree._Element
    what: str  # for whoever reads a failing test
    places: tuple[int, ...]  # which elements, in document order, a finding should be at

    def lined(self) -> bytes:
        """Return the document as bytes, each start tag in a line of its own, the text unchanged."""
        data = etree.tostring(self.tree, encoding="utf-8")
        return _START_TAG.sub(rb"\1\n\2", data)


def mutate(root: etree._Element, kind: str, names: Names, seed: int) -> Mutant | None:
    """Return a copy of the document with one change of the kind; None where there is no room.

    `names` are the elements that the schema has.
    """
    rng = random.Random(f"{kind} {seed}")
    tree = copy.deepcopy(root)
    change = (KINDS | BOUNDARIES)[kind](tree, rng, names)
    if change is None:
        return None
    what, elements = change
    order = list(tree.iter(etree.Element))
    return Mutant(kind, tree, what, tuple(order.index(element) for element in elements))


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


def rename(tree: etree._Element, rng: random.Random, names: Names) -> Change:
    """Misspell an element, or give it the name of another one."""
    element = _pick(tree, rng)
    if element is None:
        return None
    old = element.tag
    element.tag = _misspelt(old, rng) if rng.random() < 0.5 else rng.choice(names)
    return f"{old} -> {element.tag}", (element,)


def move(tree: etree._Element, rng: random.Random, _names: Names) -> Change:
    """Put an element somewhere else; it may be too much here, or lack there."""
    element, target = _pick(tree, rng), _pick(tree, rng, root=True)
    if element is None or element in set(target.iterancestors()) | {target}:
        return None
    before = element.getparent()
    _cut(element)
    target.insert(rng.randint(0, len(target)), element)
    return f"{element.tag} into {target.tag}", (element, before)


def _cut(element: etree._Element) -> None:
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)


def drop(tree: etree._Element, rng: random.Random, _names: Names) -> Change:
    """Leave an element out, with all that is in it: its parent lacks it."""
    element = _pick(tree, rng)
    if element is None:
        return None
    parent = element.getparent()
    _cut(element)
    return f"{element.tag} from {parent.tag}", (parent,)


def double(tree: etree._Element, rng: random.Random, _names: Names) -> Change:
    """Write an element twice; either may be called the one too many."""
    element = _pick(tree, rng)
    if element is None:
        return None
    again = copy.deepcopy(element)
    element.addnext(again)
    return element.tag, (element, again)


def add_attribute(tree: etree._Element, rng: random.Random, _names: Names) -> Change:
    """Give an element an attribute that another one has, or a misspelt one."""
    owners = [element for element in tree.iter(etree.Element) if element.attrib]
    if not owners:
        return None
    name, value = rng.choice(rng.choice(owners).items())
    element = _pick(tree, rng, root=True)
    if rng.random() < 0.5:
        name = _misspelt(name, rng)
    if element.get(name) is not None or name.startswith("{http://www.w3.org/XML"):
        return None
    element.set(name, value)
    return f"{name}={value!r} on {element.tag}", (element,)


def remove_attribute(tree: etree._Element, rng: random.Random, _names: Names) -> Change:
    """Take an attribute away."""
    owners = [element for element in tree.iter(etree.Element) if element.attrib]
    if not owners:
        return None
    element = rng.choice(owners)
    name = rng.choice(element.keys())
    del element.attrib[name]
    return f"{name} from {element.tag}", (element,)


def change_value(tree: etree._Element, rng: random.Random, _names: Names) -> Change:
    """Give an attribute another value."""
    owners = [element for element in tree.iter(etree.Element) if element.attrib]
    if not owners:
        return None
    element = rng.choice(owners)
    name = rng.choice(element.keys())
    old = element.get(name)
    element.set(name, rng.choice(VALUES) if rng.random() < 0.6 else old + rng.choice(" %0x-:"))
    return f"{name}={element.get(name)!r} on {element.tag}", (element,)


def insert_text(tree: etree._Element, rng: random.Random, _names: Names) -> Change:
    """Write words where an element begins or ends: the text of the element, or its parent's."""
    element = _pick(tree, rng)
    if element is None:
        return None
    if rng.random() < 0.5:
        element.text = "words " + (element.text or "")
        return f"text in {element.tag}", (element,)
    element.tail = "words" + (element.tail or "")
    return f"text after {element.tag}", (element.getparent(),)


def unwrap(tree: etree._Element, rng: random.Random, _names: Names) -> Change:
    """Leave out the tags of an element and keep what is in it: its parent lacks it."""
    holders = [element for element in tree.iter(etree.Element) if _children(element)][1:]
    if not holders:
        return None
    element = rng.choice(holders)
    parent, first = element.getparent(), _children(element)[0]
    _splice(element)
    return f"{element.tag} around {first.tag} in {parent.tag}", (parent, first)


def _children(element: etree._Element) -> list[etree._Element]:
    return list(element.iterchildren(etree.Element))


def _splice(element: etree._Element) -> None:
    """Put the content of an element in its place."""
    parent, at = element.getparent(), element.getparent().index(element)
    tail, element.tail = element.tail, None
    children = list(element)
    text = element.text or ""
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent[at : at + 1] = children
    if tail:
        children[-1].tail = (children[-1].tail or "") + tail


def wrap(tree: etree._Element, rng: random.Random, names: Names) -> Change:
    """Put an element around another one."""
    element = _pick(tree, rng)
    if element is None:
        return None
    around = etree.Element(rng.choice(names))
    element.getparent().replace(element, around)
    around.tail, element.tail = element.tail, None
    around.append(element)
    return f"{around.tag} around {element.tag}", (around,)


def swap(tree: etree._Element, rng: random.Random, _names: Names) -> Change:
    """Let an element change places with the next one."""
    element = _pick(tree, rng)
    other = element.getnext() if element is not None else None
    if other is None or not isinstance(other.tag, str) or other.tag == element.tag:
        return None
    element.tail, other.tail = other.tail, element.tail
    other.addnext(element)
    element.tail, other.tail = other.tail, element.tail
    return f"{element.tag} and {other.tag}", (element, other, element.getparent())


def close_early(tree: etree._Element, rng: random.Random, _names: Names) -> Change:
    """End an element before its last children, which so come to stand beside it."""
    holders = [element for element in tree.iter(etree.Element) if len(_children(element)) > 1][1:]
    if not holders:
        return None
    element = rng.choice(holders)
    left = element[element.index(rng.choice(_children(element)[1:])) :]
    tail, element.tail = element.tail, left[0].getprevious().tail
    left[0].getprevious().tail = None
    for child in reversed(left):
        after = child.tail
        element.addnext(child)
        child.tail = after
    if tail:
        left[-1].tail = (left[-1].tail or "") + tail
    return f"{element.tag} before {left[0].tag}", (element, element.getparent(), left[0])


def both(root: etree._Element, one: Mutant, other: Mutant) -> Mutant | None:
    """Return a document with the changes of two mutants of ROOT; None where they touch."""
    here, there = _way(root, one.tree), _way(root, other.tree)
    shorter = min(len(here), len(there))
    if here[:shorter] == there[:shorter]:
        return None
    tree = copy.deepcopy(one.tree)
    _follow(tree, there[:-1])[there[-1]] = copy.deepcopy(_follow(other.tree, there))
    return Mutant(f"{one.kind} + {other.kind}", tree, f"{one.what}; {other.what}", ())


def _follow(tree: etree._Element, way: Sequence[int]) -> etree._Element:
    for index in way:
        tree = tree[index]
    return tree


def _way(root: etree._Element, changed: etree._Element) -> list[int]:
    """Return the child indices that lead to the smallest element with the whole change in it."""
    way: list[int] = []
    while True:
        differ = [
            index
            for index, (child, other) in enumerate(zip(root, changed, strict=False))
            if etree.tostring(child) != etree.tostring(other)
        ]
        same = len(root) == len(changed) and _own(root) == _own(changed)
        if not same or len(differ) != 1:
            return way
        root, changed = root[differ[0]], changed[differ[0]]
        way.append(differ[0])


def _own(element: etree._Element) -> tuple:
    tails = [child.tail for child in element]
    return element.tag, dict(element.attrib), element.text, tails


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

KINDS: dict[str, Callable[[etree._Element, random.Random, Names], Change]] = {
    "renamed": rename,
    "moved": move,
    "dropped": drop,
    "doubled": double,
    "attribute added": add_attribute,
    "attribute removed": remove_attribute,
    "value changed": change_value,
    "text inserted": insert_text,
}
# the boundaries of elements in the wrong place
BOUNDARIES: dict[str, Callable[[etree._Element, random.Random, Names], Change]] = {
    "unwrapped": unwrap,
    "wrapped": wrap,
    "swapped": swap,
    "closed early": close_early,
}
