"""What is in a paragraph of Markdown: letters, emphasis, links, pictures, notes, line breaks."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from teikit.importing.building import LB, PB, Element, Piece, element, has_words, join_pieces
from teikit.importing.losses import quote, tell
from teikit.importing.markdown_nodes import Node, build_nodes
from teikit.importing.targets import as_pointer, is_relative
from teikit.place import Place
from teikit.report import Finding

_REND = {"em": "italic", "strong": "bold", "s": "strikethrough"}
_UNDEFINED = re.compile(r"\[\^[^\]\s]{1,100}\]")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_HTML_REND = {
    "em": "italic", "i": "italic", "cite": "italic", "strong": "bold", "b": "bold",
    "u": "underline", "ins": "underline", "s": "strikethrough", "del": "strikethrough",
    "sup": "superscript", "sub": "subscript", "small": "small", "mark": "highlight",
}  # fmt: skip


@dataclass(eq=False)
class Told:
    """What is told of a file while it is read, and which addresses were used."""

    path: str
    findings: list[Finding] = field(default_factory=list)
    targets: set[str] = field(default_factory=set)

    def tell(
        self, line: int, rule: str, message: str, severity: str = "warning", hint: str = ""
    ) -> None:
        """Note something about a line of the file."""
        self.findings.append(tell(Place(self.path, line, 1), rule, message, severity, hint))


NoteReader = Callable[[Node], Element | None]


class Inline:
    """Reads what is in one block into pieces."""

    def __init__(self, told: Told, read_note: NoteReader, page_marker: re.Pattern[str] | None):
        self.told, self.read_note, self.page_marker = told, read_note, page_marker
        self.has_lines = True  # not in notes
        self._line = 0
        self._handlers = {
            "text": self._text,
            "text_special": self._text,
            "softbreak": self._break,
            "hardbreak": self._break,
            "code_inline": self._code,
            "link": self._link,
            "image": self._image,
            "html_inline": self._html,
            "footnote_ref": self._note,
        }

    def read(self, node: Node) -> list[Piece]:
        """Return the pieces of an inline node, without a lb at its beginning."""
        self._line = node.line
        return list(join_pieces(self._all(build_nodes(node.token.children or []))))

    def _all(self, nodes: list[Node]) -> list[Piece]:
        out: list[Piece] = []
        for node in _with_html(nodes):
            if node.kind in _REND:
                rend = _REND[node.kind]
            elif node.kind == "html":
                rend = node.token
            else:
                handler = self._handlers.get(node.kind, self._unknown)
                handler(node, out)
                continue
            inner = self._all(node.children)
            out.extend([element("hi", inner, rend=rend)] if has_words(inner) else inner)
        return out

    def _text(self, node: Node, out: list[Piece]) -> None:
        text = node.token.content
        for name in _UNDEFINED.findall(text):
            self.told.tell(
                self._line,
                "changed",
                f"{quote(name)} leads to no note: it is a word of the text",
                hint="Write the note, or take the reference out.",
            )
        if self.page_marker is None:
            out.append(text)
            return
        done = 0
        for found in self.page_marker.finditer(text):
            out.append(text[done : found.start()])
            out.append(replace(PB, attributes=(("n", found["n"]),)))
            out.append(LB)
            done = found.end()
        out.append(text[done:])

    def _break(self, node: Node, out: list[Piece]) -> None:
        self._line += 1
        is_line = self.has_lines or node.kind == "hardbreak"
        out.append(LB if is_line else "\n")

    def _code(self, node: Node, out: list[Piece]) -> None:
        out.append(element("code", [node.token.content]))

    def _link(self, node: Node, out: list[Piece]) -> None:
        target, title = node.get("href"), node.get("title")
        self.told.targets.add(target)
        inner = self._all(node.children)
        pointer = as_pointer(target)
        if title:
            self.told.tell(self._line, "lost", f"the title of a link is left out: {quote(title)}")
        if pointer and has_words(inner):
            out.append(element("ref", inner, target=pointer))
            if is_relative(pointer):
                self.told.tell(
                    self._line,
                    "changed",
                    f"the link to {target[:300]} leads to a file beside the source",
                    "info",
                    "Say where it leads to as seen from the TEI file.",
                )
            return
        out.extend(inner)
        if target:
            self.told.tell(
                self._line,
                "changed",
                f"the link to {target[:300]} is not carried, its words are",
                "info",
                "Give the place an xml:id, and point to it with <ref target='#...'>.",
            )

    def _image(self, node: Node, out: list[Piece]) -> None:
        source, title = node.get("src"), node.get("title")
        self.told.targets.add(source)
        words = _plain(build_nodes(node.token.children or []))
        self._line += words.count("\n")
        description = " ".join(words.split())
        url = as_pointer(source)
        if title:
            self.told.tell(
                self._line, "lost", f"the title of a picture is left out: {quote(title)}"
            )
        if not url:
            self.told.tell(
                self._line,
                "lost",
                f"a picture without a usable address ({source[:100]}) is left out: "
                f"{quote(description)}",
            )
            return
        if is_relative(url):
            self.told.tell(
                self._line,
                "picture",
                f"the picture {source[:300]} is named, but not copied",
                hint="Copy it to where the url of <graphic> says, seen from the TEI file.",
            )
        described = [element("figDesc", [description])] if description else []
        out.append(element("figure", [element("graphic", url=url), *described]))

    def _html(self, node: Node, out: list[Piece]) -> None:
        text = node.token.content
        for name in _UNDEFINED.findall(text):
            self.told.tell(
                self._line,
                "changed",
                f"{quote(name)} leads to no note: it is a word of the text",
                hint="Write the note, or take the reference out.",
            )
        self._line += text.count("\n")
        if re.match(r"<br\s*/?>", text, re.I):
            out.append(LB)
        elif re.match(r"<wbr", text, re.I):
            out.append("\u200b")
        else:
            self.told.tell(
                self._line,
                "lost",
                f"HTML is left out: {quote(text)}",
                hint="Words between two tags are kept; say in TEI what the tags were for.",
            )

    def _note(self, node: Node, out: list[Piece]) -> None:
        line = self._line
        note = self.read_note(node)
        self._line = line
        out.extend([note] if note is not None else [])

    def _unknown(self, node: Node, out: list[Piece]) -> None:
        if node.kind == "footnote_anchor":
            return
        if node.children:
            out.extend(self._all(node.children))
        elif node.token.content:
            out.append(node.token.content)


@dataclass(eq=False)
class _Marked:
    """A pair of tags of HTML that say how letters look."""

    token: str  # what @rend says
    children: list[Node]
    kind: str = "html"


def _with_html(nodes: list[Node]) -> list[Node]:
    """Return the nodes; what stands between <sup> and </sup>, and the like, is one of them."""
    out: list[list] = [[]]
    opened: list[tuple[str, Node]] = []
    for node in nodes:
        found = _TAG.match(node.token.content) if node.kind == "html_inline" else None
        name = found[2].lower() if found else ""
        if found is None or name not in _HTML_REND:
            out[-1].append(node)
        elif not found[1]:
            opened.append((name, node))
            out.append([])
        elif opened and opened[-1][0] == name:
            opened.pop()
            inner = out.pop()
            out[-1].append(_Marked(_HTML_REND[name], inner))
        else:
            out[-1].append(node)
    while opened:  # tags that nothing closes
        _, node = opened.pop()
        inner = out.pop()
        out[-1] += [node, *inner]
    return out[0]


def _plain(nodes: list[Node]) -> str:
    """Return the words of an image's description."""
    out = []
    for node in nodes:
        if node.kind in ("softbreak", "hardbreak"):
            out.append("\n")
        elif node.kind == "image":
            out.append(_plain(build_nodes(node.token.children or [])))
        elif node.kind != "html_inline":
            out.append(node.token.content if not node.children else _plain(node.children))
    return "".join(out)


def words_of_html(text: str) -> str:
    """Return what is left of HTML without its tags and comments."""
    text = re.sub(r"<!--.*?(?:-->|\Z)|<[!?/A-Za-z][^<>]*>", " ", text, flags=re.S)
    return html.unescape(text)
