"""The characters of an XML file as tokens, of which not one is left out.

Only for what was read as well-formed XML before: the pieces are told apart by their beginning.
"""

import re
from collections.abc import Iterator

CHARACTERS, REFERENCE, START, EMPTY, END, COMMENT, PI, CDATA, DOCTYPE, DECLARATION = range(10)
WHITE = b" \t\r\n"

# Each piece is looked at once, whatever follows: possessive, or ended by the first end there is.
_TOKEN = re.compile(
    rb"""(?P<text>[^<&]++)|(?P<end></[^>]*+>)|(?P<comment><!--.*?-->)|(?P<pi><\?.*?\?>)"""
    rb"""|(?P<cdata><!\[CDATA\[.*?\]\]>)|(?P<reference>&[^;]*+;)"""
    rb"""|(?P<doctype><!DOCTYPE(?:[^\[>"']|"[^"]*+"|'[^']*+')*+"""
    rb"""(?:\[(?:[^\]"'<]|"[^"]*+"|'[^']*+'|(?><!--.*?-->)|(?><\?.*?\?>)|<)*+\][ \t\r\n]*+)?+>)"""
    rb"""|(?P<start><(?:[^>"']|"[^"]*+"|'[^']*+')*+>)""",
    re.DOTALL,
)
_KINDS = {
    "text": CHARACTERS,
    "end": END,
    "comment": COMMENT,
    "pi": PI,
    "cdata": CDATA,
    "reference": REFERENCE,
    "doctype": DOCTYPE,
}
_XML = re.compile(rb"<\?xml[ \t\r\n]")
_ATTRIBUTE = re.compile(rb"""([^ \t\r\n=/>"']+)[ \t\r\n]*=[ \t\r\n]*("[^"]*"|'[^']*')""")
_NAME = re.compile(rb"[^ \t\r\n/>]+")


class NoToken(ValueError):
    """The characters are no XML."""


def read_tokens(utf8: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each token: its kind and its characters. Put together they are UTF8 again."""
    at = 0
    while at < len(utf8):
        match = _TOKEN.match(utf8, at)
        if match is None:
            raise NoToken(f"no token at {at}")
        piece = match[0]
        kind = _KINDS.get(match.lastgroup or "")
        if kind is None:
            kind = EMPTY if piece.endswith(b"/>") else START
        elif kind == PI and _XML.match(piece):
            kind = DECLARATION
        yield kind, piece
        at = match.end()


def read_tag(tag: bytes) -> tuple[bytes, tuple[tuple[bytes, bytes], ...]]:
    """Return the name in a start tag, an empty tag or an end tag, and its attributes, as written.

    The values are with their quotation marks.
    """
    name = _NAME.match(tag, 2 if tag.startswith(b"</") else 1)
    if name is None:
        raise NoToken("a tag without a name")
    return name[0], tuple(_ATTRIBUTE.findall(tag, name.end()))
