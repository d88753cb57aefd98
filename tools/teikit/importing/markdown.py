"""Markdown (CommonMark with tables, strikethrough and footnotes) as a Transcript."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from teikit.check.page_numbers import page_pattern
from teikit.errors import TeikitError
from teikit.importing.building import (
    PB,
    SPACE,
    WITNESS_LAYOUT,
    drop_empty_lines,
    has_pages,
    has_words,
    render_witness,
    words_of,
)
from teikit.importing.elements import Element, Transcript
from teikit.importing.front_matter import read_front_matter
from teikit.importing.losses import quote, tell
from teikit.importing.markdown_blocks import Blocks
from teikit.importing.markdown_inline import Told
from teikit.importing.markdown_nodes import Node, build_nodes
from teikit.importing.nesting import nest
from teikit.place import Place
from teikit.report import Finding

_DEEPEST = 90  # blocks in blocks; the parser leaves out what is deeper
_RULES = (
    "headings, paragraphs, lists, quotations and tables are those of CommonMark",
    "each line of the file is a line, and so is what follows a hard line break",
    "a paragraph all of whose lines end with a hard line break is verse",
    "the words of notes are not compared with the source, all others are",
)
# characters that XML does not have
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read_markdown(text: str, path: str, page_marker: str = "") -> Transcript:
    """Return the text of a Markdown file; PAGE_MARKER ("[p. {n}]") stands where a page begins.

    A marker is no part of the words.
    """
    told = Told(path)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = _without_impossible(text, told)
    pattern = page_pattern(page_marker)
    try:
        tokens, references = _parse(text, path)
        nodes = build_nodes(tokens)
        reader = Blocks(told, pattern)
        body = drop_empty_lines(nest(reader.read(nodes), divs=True))
    except RecursionError:
        raise TeikitError(f"{path}: is nested too deeply to be read") from None
    if not has_words(body):
        raise TeikitError(f"{path}: has no text")
    front = read_front_matter(nodes, told)
    told.findings += _uncovered(text, reader.without_unread(nodes), references, told)
    if has_pages(body) and not _begins_with_page(body):
        body = (PB, *body)
    layout = replace(WITNESS_LAYOUT, page_marker=page_marker)
    if pattern and pattern.search(render_witness(body)):
        raise TeikitError(
            f"{path}: a page marker like {page_marker} stands within code, where no page can begin"
        )
    return Transcript(
        body,
        render_witness(body, layout),
        layout,
        front.get("title") or _title(body),
        author=front.get("author", ""),
        date=front.get("date", ""),
        language=front.get("language", ""),
        rules=_RULES,
        lost=tuple(sorted(set(told.findings))),
    )


def _parse(text: str, path: str) -> tuple[list[Any], dict[str, Any]]:
    try:
        from markdown_it import MarkdownIt
        from mdit_py_plugins.footnote import footnote_plugin
        from mdit_py_plugins.front_matter import front_matter_plugin
    except ImportError as error:
        raise TeikitError(
            f'{path}: Markdown needs the extra "markdown": pip install "teikit[markdown]"'
        ) from error
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(front_matter_plugin)
    environment: dict[str, Any] = {}
    return parser.parse(text, environment), environment.get("references", {})


def _without_impossible(text: str, told: Told) -> str:
    """Return the text; what XML cannot say is U+FFFD, and a form feed a space."""
    for number, line in enumerate(text.split("\n"), 1):
        for found in sorted(set(_IMPOSSIBLE.findall(line))):
            told.tell(
                number,
                "changed",
                f"the character U+{ord(found):04X} cannot stand in XML; it is U+FFFD in the TEI",
            )
    return _IMPOSSIBLE.sub("\ufffd", text)


def _title(body: tuple[Element, ...]) -> str:
    first = next((one for one in body if one.name == "head"), None)
    return " ".join(words_of(_heading(first)).split()) if first else ""


def _heading(one: Element) -> Iterator[Element | str]:
    for piece in one.content:
        if isinstance(piece, str):
            yield piece
        elif piece.name == "lb":
            yield " "
        elif piece.name not in ("note", "figure"):
            yield from _heading(piece)


def _begins_with_page(body: tuple[Element, ...]) -> bool:
    """Return whether a page begins before the first words."""
    waiting: list[Element | str] = list(reversed(body))
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if one.strip(SPACE):
                return False
        elif one.name == "pb":
            return True
        else:
            waiting.extend(reversed(one.content))
    return False


# -- what nobody read -------------------------------------------------------------------------

_WORD = re.compile(r"\w")


def _uncovered(
    text: str, nodes: list[Node], references: dict[str, Any], told: Told
) -> Iterator[Finding]:
    """Yield a finding for each line with words that no block of the parser has.

    Such are definitions of links, notes to which nothing refers, and what is nested too deeply.
    """
    covered = set(_lines_of(nodes))
    for one in references.values():
        covered.update(range(one["map"][0] + 1, one["map"][1] + 1))
        if one["href"] not in told.targets:
            yield tell(
                Place(told.path, one["map"][0] + 1, 1),
                "lost",
                f"the address {quote(html.unescape(one['href']), 300)} is not carried: no link "
                "uses it",
                "info",
            )
    for number, line in enumerate(text.split("\n"), 1):
        if number not in covered and _WORD.search(line):
            yield tell(
                Place(told.path, number, 1),
                "lost",
                f"this line is in no block of the text: {quote(line)}",
                "warning",
                "It may be a note to which nothing refers, or nested too deeply.",
            )


def _lines_of(nodes: list[Node]) -> Iterator[int]:
    """Yield the lines that blocks with content of their own stand on."""
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if node.children and node.kind not in ("table", "tr", "thead", "tbody"):
            waiting.extend(node.children)
        if node.token.map and not _holds_blocks(node):
            yield from range(node.token.map[0] + 1, node.token.map[1] + 1)


def _holds_blocks(node: Node) -> bool:
    return node.kind in ("blockquote", "bullet_list", "ordered_list", "list_item", "footnote")
