"""The agreed layout: the tokens of a file, with other white space where that is no text.

- Line ends are LF, which is what an XML parser makes of all others; one ends the file.
- One child a line, two spaces deeper than its parent; the elements that carry the structure of a
  text do not indent. At most one empty line is kept between two siblings.
- A comment or processing instruction that stands on the line of what is before it stays there.
- The tags of these children are on one line, with one space between attributes.
- In running text every byte stays. What has no text of its own but stands in running text (a list
  in a p, an app) is left alone where it is on one line; where it has line ends of its own, these
  are indented from the line on which it begins. Of what no reader sets apart (app, choice) only
  the line ends that are there change, so that no words are parted or joined.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from teikit.formatting.spaces import Space
from teikit.formatting.tokens import (
    CDATA,
    CHARACTERS,
    COMMENT,
    EMPTY,
    END,
    PI,
    REFERENCE,
    START,
    WHITE,
    read_tag,
)

_STEP = b"  "
_DEEPEST = 200  # columns: a line that begins with a million spaces would be multiplied
_OUTSIDE = Space("free", indents=False)  # before and after the outermost element

Token = tuple[int, bytes]


def put_together(tokens: Sequence[Token], spaces: Sequence[Space]) -> bytes:
    """Return the tokens of a well-formed file in the agreed layout.

    SPACES is what `settle` gave back for them.
    """
    return _Layout(spaces).run(tokens)


def with_lf(utf8: bytes) -> bytes:
    """Return the characters with LF for all line ends, as an XML parser reads them."""
    return utf8.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


@dataclass
class _Content:
    """What an element was found to hold, apart from other elements."""

    ordinal: int
    has_text: bool = False
    has_line_end: bool = False
    has_elements: bool = False


def settle(tokens: Sequence[Token], spaces: Iterable[Space]) -> list[Space]:
    """Return SPACES, with what this document really has in its elements, and where they stand.

    There is one for each start tag or empty tag, in order: what the white space in the element is.
    An element that holds text against its schema is one with text, and so is one with references
    or CDATA, which are text or may be. What stands in running text is never simply free.
    """
    contents = list(_contents(tokens))
    settled = list(spaces)
    for content in contents:
        space = settled[content.ordinal]
        if space.kind == "kept":
            continue
        if content.has_text:
            settled[content.ordinal] = space.of_kind("text")
        elif not content.has_elements and not content.has_line_end and space.kind == "free":
            settled[content.ordinal] = space.of_kind("loose")  # empty, or a comment alone
    lines = {content.ordinal for content in contents if content.has_line_end}
    _look_around(tokens, settled, lines)
    return settled


def _contents(tokens: Sequence[Token]) -> list[_Content]:
    """Return what each element with a start tag of its own holds."""
    found: list[_Content] = []
    around: list[_Content] = []
    ordinal = -1
    for kind, piece in tokens:
        if kind in (START, EMPTY):
            ordinal += 1
            if around:
                around[-1].has_elements = True
            if kind == START:
                around.append(_Content(ordinal))
                found.append(around[-1])
        elif kind == END:
            around.pop()
        elif around and kind == CHARACTERS and not piece.strip(WHITE):
            around[-1].has_line_end = around[-1].has_line_end or b"\n" in piece
        elif around and kind in (CHARACTERS, REFERENCE, CDATA):
            around[-1].has_text = True
    return found


def _look_around(tokens: Sequence[Token], spaces: list[Space], lines: Container[int]) -> None:
    """Let what stands in running text, or where all is kept, be what it can be there.

    LINES are the elements that have a line end of their own between their children.
    """
    around = ["free"]  # "kept"; "text" in an element with text or anywhere below one; "free"
    ordinal = -1
    for kind, _piece in tokens:
        if kind in (START, EMPTY):
            ordinal += 1
            outside, space = around[-1], spaces[ordinal]
            if outside == "kept":
                space = space.of_kind("kept")
            elif outside == "text" and space.kind == "free":
                is_free = space.is_set_apart and ordinal in lines
                space = space if is_free else space.of_kind("loose")
            spaces[ordinal] = space
            if kind == START:
                inside = "text" if space.kind in ("text", "loose") else space.kind
                around.append("text" if outside == "text" and inside == "free" else inside)
        elif kind == END:
            around.pop()


class _Layout:
    """Puts tokens out, with the white space between them that the layout wants."""

    def __init__(self, spaces: Sequence[Space]):
        self._spaces = spaces
        self._count = 0  # of the elements that came
        self._out: list[bytes] = []
        self._margin = b""  # white space that the current line begins with
        self._is_margin = True  # nothing else came on it yet
        self._open: list[tuple[Space, bytes]] = [(_OUTSIDE, b"")]  # and where its line begins
        self._gap = b""  # white space that waits for what follows
        self._is_first = True  # nothing came yet in this element
        self._runs = False  # the words of the element before may run on

    def run(self, tokens: Sequence[Token]) -> bytes:
        for kind, piece in tokens:
            space, _ = self._open[-1]
            if kind == CHARACTERS and not space.is_text:
                self._gap = piece
                continue
            if not space.is_text:
                self._put(self._separator(kind, space))
            around = self._open[-2][0] if kind == END else space
            margin = self._margin
            self._put(_one_line(kind, piece) if around.kind == "free" else piece)
            self._step(kind, margin)
        return b"".join(self._out).rstrip(WHITE) + b"\n"

    def _step(self, kind: int, margin: bytes) -> None:
        """Go into an element or out of one."""
        self._gap, self._is_first = b"", False
        if kind in (START, EMPTY):
            space = self._spaces[self._count]
            self._count += 1
            self._runs = space.runs and kind == EMPTY
            if kind == START:
                self._open.append((space, margin[:_DEEPEST]))
                self._is_first = True
        elif kind == END:
            self._runs = self._open.pop()[0].runs

    def _separator(self, kind: int, space: Space) -> bytes:
        """Return the white space between what came before and a token where it is no text."""
        if not self._out:
            return b""
        lines = self._gap.count(b"\n")
        if not lines:
            if space.kind == "loose" or (self._is_first and kind == END) or self._run_on(kind):
                return self._gap
            if kind in (COMMENT, PI) and len(self._open) > 1:
                return b" " if self._gap else b""
        margin = self._open[-1][1]
        if kind != END and space.indents:
            margin += _STEP
        is_apart = lines > 1 and kind != END and not self._is_first
        return (b"\n\n" if is_apart else b"\n") + margin

    def _run_on(self, kind: int) -> bool:
        """Return whether the words of two neighbours would be parted, or joined, by a line end."""
        return self._runs and kind in (START, EMPTY) and self._spaces[self._count].runs

    def _put(self, piece: bytes) -> None:
        self._out.append(piece)
        line = piece[piece.rfind(b"\n") + 1 :]
        if len(line) < len(piece):
            self._margin, self._is_margin = b"", True
        if self._is_margin:
            rest = line.lstrip(b" \t")
            self._margin += line[: len(line) - len(rest)]
            self._is_margin = not rest


def _one_line(kind: int, tag: bytes) -> bytes:
    """Return the tag on one line, with one space before each attribute."""
    if kind not in (START, EMPTY, END):
        return tag
    name, attributes = read_tag(tag)
    if kind == END:
        return b"</" + name + b">"
    pairs = [b" " + key + b"=" + value for key, value in attributes]
    return b"<" + name + b"".join(pairs) + (b"/>" if kind == EMPTY else b">")
