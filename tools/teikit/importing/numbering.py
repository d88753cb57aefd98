"""Numbers and ids for an imported text: what its lines, pages, divisions, paragraphs are called.

The ids are canonical references: s3.p4.2 is the second sentence of the fourth paragraph of section
three; pre is what stands before the first section, title the title. Without divisions, paragraphs
are p1, p2. Lines are numbered by page.line.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from teikit.importing.elements import Element
from teikit.lines import needs_space

BLOCKS = frozenset(
    "p head l ab item cell note quote label salute signed dateline byline opener closer trailer "
    "figDesc desc".split()
)
_HYPHENS = "-\u2010\u00ad\u2e17¬⸗"
_LINE, _PAGE = "\x00", "\x01"
_CALLED = {"p": "p", "lg": "lg", "ab": "ab", "list": "list", "table": "table", "quote": "q"}


@dataclass
class _Count:
    """How far the numbering is."""

    edition: str
    has_pages: bool
    names_pages: bool  # the source says itself what its pages are called
    page: int = 0
    page_n: str = ""
    line: int = 0
    lines: int = 0

    def of_page(self) -> str:
        """Return what the page is called; empty where the source should say it and does not."""
        return self.page_n or ("" if self.names_pages else str(self.page))

    def of_line(self) -> str:
        """Return what the line is called."""
        if not self.has_pages:
            return str(self.lines)
        return f"{self.of_page()}.{self.line}" if self.of_page() else ""


@dataclass(frozen=True)
class Numbered:
    """The body with its numbers, and how many pages and lines it has."""

    body: tuple[Element, ...]
    pages: int
    lines: int
    references: tuple[str, ...]  # what can be cited: "section", "paragraph", "stanza", "sentence"


def number(body: tuple[Element, ...], edition: str) -> Numbered:
    """Return BODY with ids, and with @n, @edRef and @break on lb and pb.

    EDITION is what @edRef says. Where the body tells no pages apart, a line is called by its
    number alone.
    """
    pages = [one for top in body for one in _all(top) if one.name == "pb"]
    count = _Count(edition, bool(pages), any("n" in dict(one.attributes) for one in pages))
    numbered = tuple(_number(one, count) for one in _with_ids(body, ""))
    return Numbered(numbered, count.page, count.lines, _references(body))


def _references(body: tuple[Element, ...]) -> tuple[str, ...]:
    names = {one.name for top in body for one in _all(top)}
    known = (("div", "section"), ("p", "paragraph"), ("lg", "stanza"), ("s", "sentence"))
    return tuple(word for name, word in known if name in names)


def _all(element: Element) -> Iterator[Element]:
    waiting = [element]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(part for part in one.content if not isinstance(part, str))


def _with_ids(content: tuple[Element | str, ...], parent: str) -> Iterator[Element | str]:
    """Yield what is in the body or a division, with ids."""
    own: Counter = Counter()
    for part in content:
        if isinstance(part, str):
            yield part
        elif part.name == "div":
            yield _division(part, parent, own)
        elif part.name == "head":
            own["head"] += 1
            name = f"{parent}.head" if parent else "title"
            yield _named(part, name if own["head"] == 1 else f"{name}{own['head']}")
        elif part.name in _CALLED:
            short = _CALLED[part.name]
            own[short] += 1
            yield _block(
                part, f"{parent}.{short}{own[short]}" if parent else f"{short}{own[short]}"
            )
        else:
            yield part


def _division(part: Element, parent: str, own: Counter) -> Element:
    if dict(part.attributes).get("type") == "preamble":
        return _named(replace(part, content=tuple(_with_ids(part.content, "pre"))), "pre")
    own["div"] += 1
    name = f"{parent}.{own['div']}" if parent else f"s{own['div']}"
    attributes = (*part.attributes, ("n", str(own["div"])))
    content = tuple(_with_ids(part.content, name))
    return _named(Element(part.name, attributes, content), name)


def _block(part: Element, name: str) -> Element:
    """Return a paragraph or stanza with its id, and its sentences or verses with theirs."""
    numbers: Counter = Counter()
    content: list[Element | str] = []
    for one in part.content:
        if isinstance(one, Element) and one.name in ("s", "l"):
            numbers[one.name] += 1
            one = _named(one, f"{name}.{numbers[one.name]}")
        content.append(one)
    return _named(replace(part, content=tuple(content)), name)


def _named(element: Element, name: str) -> Element:
    if any(key == "xml:id" for key, _ in element.attributes):
        return element
    return replace(element, attributes=(*element.attributes, ("xml:id", name)))


def _number(part: Element, count: _Count) -> Element:
    """Return an element that is no part of running text, with what is in it numbered."""
    if part.name in ("lb", "pb"):
        return _beginning(part, count, within_word=False)
    if part.name in BLOCKS:
        return _number_block(part, count)
    content = tuple(one if isinstance(one, str) else _number(one, count) for one in part.content)
    return replace(part, content=content)


def _number_block(part: Element, count: _Count) -> Element:
    """Return a block of running text; a beginning within a word gets break="no"."""
    joins = iter(tuple(_joins("".join(_flat(part)))))

    def walk(element: Element) -> Element:
        content: list[Element | str] = []
        for one in element.content:
            if isinstance(one, str):
                content.append(one)
            elif one.name in ("lb", "pb"):
                content.append(_beginning(one, count, within_word=next(joins)))
            elif one.name in BLOCKS:
                content.append(_number_block(one, count))
            else:
                content.append(walk(one))
        return replace(element, content=tuple(content))

    return walk(part)


def _flat(element: Element) -> Iterator[str]:
    """Yield the words of a block, and marks for the lines and pages that begin in it."""
    for one in element.content:
        if isinstance(one, str):
            yield one.replace(_LINE, "").replace(_PAGE, "")
        elif one.name in ("lb", "pb"):
            yield _LINE if one.name == "lb" else _PAGE
        elif one.name not in BLOCKS:
            yield from _flat(one)


def _joins(flat: str) -> Iterator[bool]:
    """Yield for each mark whether what stands before and after it is one word."""
    for at, mark in enumerate(flat):
        if mark not in (_LINE, _PAGE):
            continue
        before, after = at, at + 1
        while before and flat[before - 1] in (_LINE, _PAGE):
            before -= 1
        while after < len(flat) and flat[after] in (_LINE, _PAGE):
            after += 1
        has_line = _LINE in flat[before:after]
        yield _is_one_word(flat[max(0, before - 2) : before], flat[after : after + 1], has_line)


def _is_one_word(before: str, after: str, has_line: bool) -> bool:
    if not before or not after or before[-1].isspace() or after.isspace():
        return False
    if not has_line:
        return True  # the mark of a page in the midst of a word
    if not needs_space(before[-1], after):
        return True
    return before[-1] in _HYPHENS and before[-2:-1].isalpha() and after.islower()


def _beginning(part: Element, count: _Count, *, within_word: bool) -> Element:
    if part.name == "pb":
        count.page += 1
        count.page_n, count.line = dict(part.attributes).get("n", ""), 0
        n = count.of_page()
    else:
        count.line += 1
        count.lines += 1
        n = count.of_line()
    attributes = [("n", n)] if n else []
    attributes += [("edRef", count.edition)] if count.edition else []
    broken = dict(part.attributes).get("break", "no" if within_word else "")
    attributes += [("break", broken)] if broken else []
    return Element(part.name, tuple(attributes))
