"""Lists: which paragraph is an item, at which level, and the number that Word shows before it."""

import re
from dataclasses import dataclass, field

from lxml import etree

from teikit.importing.word.names import W, number, value
from teikit.importing.word.package import Package
from teikit.importing.word.styles import Style

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_HAN = "〇一二三四五六七八九"
_HAN_FORMATS = frozenset(
    "chineseCounting chineseCountingThousand japaneseCounting taiwaneseCounting "
    "taiwaneseCountingThousand ideographTraditional koreanCounting".split()
)
_LEVELS = 9
_LIST_STYLE = re.compile(r"list (?:bullet|number) ([2-5])")


@dataclass(frozen=True)
class Label:
    """What Word shows before a paragraph of a list."""

    list_id: str
    level: int  # from 0
    is_numbered: bool
    text: str  # "2.1", "iv"; empty of a bullet


@dataclass
class _Abstract:
    levels: dict[int, etree._Element]
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)
    seen: set[tuple[str, int]] = field(default_factory=set)


class Numbering:
    """Counts the paragraphs of lists, in the order of the document."""

    def __init__(self, package: Package):
        self._abstracts: dict[str, _Abstract] = {}
        self._nums: dict[str, etree._Element] = {}
        for part in package.related(package.main, "numbering"):
            for one in part.root.iterchildren(f"{W}abstractNum"):
                levels = {
                    number(level.get(f"{W}ilvl")): level for level in one.iterchildren(f"{W}lvl")
                }
                self._abstracts[one.get(f"{W}abstractNumId", "")] = _Abstract(levels)
            for one in part.root.iterchildren(f"{W}num"):
                self._nums[one.get(f"{W}numId", "")] = one

    def next_label(self, properties: etree._Element | None, style: Style) -> Label | None:
        """Return the label of the next paragraph, whose w:pPr is given; None: it is in no list."""
        direct = None if properties is None else properties.find(f"{W}numPr")
        styled = style.find(f"{W}pPr/{W}numPr")
        list_id = value(direct, "numId") or value(styled, "numId")
        num = self._nums.get(list_id)
        abstract = self._abstracts.get(value(num, "abstractNumId"))
        if num is None or abstract is None or list_id == "0":
            return None
        level = self._level(direct, styled, style, abstract)
        kind = self._kind(num, abstract, level)
        self._count(list_id, num, abstract, level)
        form = value(kind, "numFmt", "decimal")
        shown = max(level, _styled_level(style))
        if form in ("none", "bullet"):
            return Label(list_id, shown, False, "")
        return Label(list_id, shown, True, self._render(kind, num, abstract, level))

    def _level(
        self,
        direct: etree._Element | None,
        styled: etree._Element | None,
        style: Style,
        abstract: _Abstract,
    ) -> int:
        said = value(direct, "ilvl") or value(styled, "ilvl")
        if not said and direct is None and style.chain:
            name = style.chain[0].get(f"{W}styleId")
            linked = (at for at, one in abstract.levels.items() if value(one, "pStyle") == name)
            return min(max(next(linked, 0), 0), _LEVELS - 1)
        return min(max(number(said), 0), _LEVELS - 1)

    def _override(self, num: etree._Element, level: int) -> etree._Element | None:
        return next(
            (
                one
                for one in num.iterchildren(f"{W}lvlOverride")
                if number(one.get(f"{W}ilvl")) == level
            ),
            None,
        )

    def _kind(self, num: etree._Element, abstract: _Abstract, level: int) -> etree._Element | None:
        override = self._override(num, level)
        own = None if override is None else override.find(f"{W}lvl")
        return abstract.levels.get(level) if own is None else own

    def _count(self, list_id: str, num: etree._Element, abstract: _Abstract, level: int) -> None:
        override = self._override(num, level)
        start = value(override, "startOverride")
        is_first = (list_id, level) not in abstract.seen
        abstract.seen.add((list_id, level))
        for at in range(level):
            if abstract.counts[at] is None:  # a level that was left out counts as begun
                abstract.counts[at] = self._start(num, abstract, at)
        if start and is_first:
            abstract.counts[level] = number(start)
        elif abstract.counts[level] is None:
            abstract.counts[level] = self._start(num, abstract, level)
        else:
            abstract.counts[level] += 1
        abstract.counts[level + 1 :] = [None] * (_LEVELS - level - 1)

    def _start(self, num: etree._Element, abstract: _Abstract, level: int) -> int:
        return number(value(self._kind(num, abstract, level), "start", "1"), 1)

    def _render(
        self, kind: etree._Element | None, num: etree._Element, abstract: _Abstract, level: int
    ) -> str:
        """Return the label, without the full stop or the brackets around it."""

        def shown(found: re.Match) -> str:
            at = int(found[1]) - 1
            form = value(self._kind(num, abstract, at), "numFmt", "decimal")
            return format_number(abstract.counts[at] or 0, form)

        text = re.sub(r"%([1-9])", shown, value(kind, "lvlText", f"%{level + 1}"))
        return " ".join(text.strip(" .()[]:\t").split())


def _styled_level(style: Style) -> int:
    """Return the level, from 0, that a style of Word has by its name: List Bullet 2."""
    found = _LIST_STYLE.fullmatch(style.name)
    return int(found[1]) - 1 if found else 0


def format_number(count: int, form: str) -> str:
    """Return the number as Word writes it; in digits where its way is not known here."""
    if count < 1 or count > 9999:
        return str(count)
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(count)
        return roman if form == "lowerRoman" else roman.upper()
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 9)
        return letter if form == "lowerLetter" else letter.upper()
    if form == "decimalZero":
        return f"{count:02}"
    if form in _HAN_FORMATS and count < 100:
        tens, ones = divmod(count, 10)
        return (
            ("" if tens < 2 else _HAN[tens]) + ("十" if tens else "") + (_HAN[ones] if ones else "")
        )
    return str(count)


def _roman(count: int) -> str:
    out = ""
    for size, letters in _ROMAN:
        out += letters * (count // size)
        count %= size
    return out
