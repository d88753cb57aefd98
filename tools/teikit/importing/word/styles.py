"""The styles of a document: what a paragraph is called, its level, how its letters look."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from teikit.importing.word.names import W, is_on, number, value
from teikit.importing.word.package import Package

_HEADING = re.compile(r"heading ([1-9])")
_TOGGLES = (  # property, the same for complex scripts, what @rend says
    ("b", "bCs", "bold"),
    ("i", "iCs", "italic"),
    ("smallCaps", "", "small-caps"),
    ("caps", "", "all-caps"),
    ("strike", "", "strikethrough"),
    ("dstrike", "", "strikethrough"),
    ("vanish", "", "hidden"),
)
_LETTER_SPACED = 20  # twentieths of a point from which on letters are spaced on purpose
_RAISED = 3  # half points from which on letters are raised or lowered on purpose
# what belongs to a kind of text, and is marked by its element
_BY_ELEMENT = frozenset(
    "hyperlink,followed hyperlink,followedhyperlink,internet link,visited internet link,"
    "footnote reference,endnote reference,annotation reference,footnote anchor,endnote anchor,"
    "footnote characters,endnote characters,footnote symbol,endnote symbol,comment reference,"
    "default paragraph font".split(",")
)


@dataclass(frozen=True, eq=False)
class Style:
    """A style, with those it is based on, nearest first (itself among them)."""

    name: str  # as Word calls it in English, in small letters; or as the writer called it
    is_own: bool  # made by whoever wrote the document
    chain: tuple[etree._Element, ...]

    @cached_property
    def level(self) -> int:
        """Return the level of a heading, from 1; 0: it is none."""
        for one in self.chain:
            if found := _HEADING.fullmatch(_name(one)):
                return int(found[1])
            level = one.find(f"{W}pPr/{W}outlineLvl")
            if level is not None:
                return outline_level(level)
        return 0

    def is_called(self, *names: str) -> bool:
        """Return whether it, or one it is based on, has one of these names."""
        return any(_name(one) in names for one in self.chain)

    def find(self, path: str) -> etree._Element | None:
        """Return the first element at PATH in it or in what it is based on."""
        return next((found for one in self.chain if (found := one.find(path)) is not None), None)

    def run_properties(self) -> Iterator[etree._Element]:
        """Yield each w:rPr, that of the style itself first."""
        for one in self.chain:
            if (found := one.find(f"{W}rPr")) is not None:
                yield found


NO_STYLE = Style("", False, ())


class Styles:
    """The styles of a package by their ids."""

    def __init__(self, package: Package):
        self._elements: dict[str, etree._Element] = {}
        self._made: dict[str, Style] = {}
        self._defaults: dict[str, str] = {}
        for part in package.related(package.main, "styles"):
            for one in part.root.iterchildren(f"{W}style"):
                name = one.get(f"{W}styleId", "")
                self._elements.setdefault(name, one)
                if one.get(f"{W}default") in ("1", "true", "on"):
                    self._defaults.setdefault(one.get(f"{W}type", ""), name)

    def get(self, name: str, kind: str = "paragraph") -> Style:
        """Return the style with this id; the default of its kind where there is none."""
        if name not in self._elements:
            name = self._defaults.get(kind, "")
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> Style:
        chain, seen = [], set()
        while name in self._elements and name not in seen:
            seen.add(name)
            chain.append(self._elements[name])
            name = value(chain[-1], "basedOn")
        if not chain:
            return NO_STYLE
        own = chain[0].get(f"{W}customStyle") in ("1", "true", "on")
        return Style(_name(chain[0]), own, tuple(chain))


def _name(style: etree._Element) -> str:
    return " ".join(value(style, "name").lower().split())


def outline_level(element: etree._Element) -> int:
    """Return the level of a heading that w:outlineLvl says, from 1; 0: it is body text."""
    level = number(element.get(f"{W}val"), 9)
    return level + 1 if 0 <= level < 9 else 0


def looks(run: etree._Element | None, character: Style, paragraph: Style) -> str:
    """Return what @rend says of a run: how it differs from the paragraph that it stands in."""
    own = [] if run is None else [run]
    styled = [] if character.name in _BY_ELEMENT else list(character.run_properties())
    sources, around = [*own, *styled], list(paragraph.run_properties())
    is_complex = bool(is_on(run, "rtl") or is_on(run, "cs"))
    found = []
    for name, complex_name, word in _TOGGLES:
        asked = complex_name if is_complex and complex_name else name
        here, there = _first(sources, asked), _first(around, asked)
        if here is not None and here != bool(there):
            found.append(word if here else f"not-{word}")
    found += _valued(sources, around)
    if character.is_own and character.name not in _BY_ELEMENT:
        found.append(slug(character.name))
    return " ".join(dict.fromkeys(filter(None, found)))


def _first(sources: list[etree._Element], name: str) -> bool | None:
    return next((on for one in sources if (on := is_on(one, name)) is not None), None)


def _valued(sources: list[etree._Element], around: list[etree._Element]) -> Iterator[str]:
    for name in ("u", "vertAlign", "position", "highlight", "em", "spacing"):
        here, there = _said(sources, name), _said(around, name)
        if here and here != there:
            yield _word(name, here)


def _said(sources: list[etree._Element], name: str) -> str:
    return next((said for one in sources if (said := value(one, name))), "")


def _word(name: str, said: str) -> str:
    if name == "spacing":
        return "letter-spaced" if number(said) >= _LETTER_SPACED else ""
    if name == "position":
        raised = number(said)
        return "" if abs(raised) < _RAISED else "superscript" if raised > 0 else "subscript"
    if said in ("none", "baseline"):
        return ""
    if name == "u":
        return "double-underline" if said == "double" else "underline"
    if name == "vertAlign":
        return {"superscript": "superscript", "subscript": "subscript"}.get(said, "")
    return f"highlight-{slug(said)}" if name == "highlight" else "emphasis-marks"


def slug(name: str) -> str:
    """Return the name of a style as one word for @rend."""
    return re.sub(r"[\W_]+", "-", name.lower()).strip("-")[:60]
