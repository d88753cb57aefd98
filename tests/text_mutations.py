"""Small changes to a TEI file as bytes of characters, with what a comparison must say of each.

Made with regular expressions on the file itself, so that they do not lean on what they judge.
"""

import random
import re
from dataclasses import dataclass

_PIECE = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>"
    r"""|<(?:[^>"']|"[^"]*"|'[^']*')*>|&[^;]*;|[^<&]+""",
    re.DOTALL,
)
_NAME = re.compile(r"</?(?:[\w.-]+:)?([\w.-]+)")
_ATTRIBUTE = re.compile(r"""\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
INLINE = frozenset("persName placeName orgName name rs hi emph seg s date w c pc unclear".split())


@dataclass(frozen=True)
class Piece:
    """A tag, a comment or some characters of a file, and which elements are open there."""

    start: int
    text: str
    inside: tuple[str, ...]

    @property
    def is_tag(self) -> bool:
        return self.text[0] == "<" and self.text[1] not in "!?"

    @property
    def name(self) -> str:
        return _NAME.match(self.text)[1]

    @property
    def is_in_text(self) -> bool:
        return "text" in self.inside


def split_file(content: str) -> list[Piece]:
    """Return the pieces of a file."""
    pieces, inside = [], []
    for match in _PIECE.finditer(content):
        piece = Piece(match.start(), match[0], tuple(inside))
        pieces.append(piece)
        if not piece.is_tag:
            continue
        if piece.text[1] == "/":
            inside.pop()
        elif not piece.text.endswith("/>"):
            inside.append(piece.name)
    return pieces


def change_letter(content: str, pieces: list[Piece], rng: random.Random) -> tuple[str, int] | None:
    """Return the file with one letter of the text changed, and where."""
    plain = [one for one in pieces if one.is_in_text and one.text[0] not in "<&"]
    plain = [one for one in plain if one.text.strip(" \t\r\n")]
    if not plain:
        return None
    piece = rng.choice(plain)
    at = rng.choice([at for at, letter in enumerate(piece.text) if letter not in " \t\r\n"])
    at += piece.start
    other = rng.choice([one for one in "bcdfghx繁ж" if one != content[at]])
    return content[:at] + other + content[at + 1 :], at


def change_space(content: str, pieces: list[Piece], rng: random.Random) -> tuple[str, int] | None:
    """Return the file with a space between two letters that no space parted, and where."""
    found = [
        one.start + match.end()
        for one in pieces
        if one.is_in_text and one.text[0] not in "<&"
        for match in re.finditer(r"[^\W\d_](?=[^\W\d_])", one.text)
    ]
    if not found:
        return None
    at = rng.choice(found)
    return f"{content[:at]} {content[at:]}", at


def change_attribute(
    content: str, pieces: list[Piece], rng: random.Random
) -> tuple[str, int, str] | None:
    """Return the file with the value of one attribute changed, where, and its name."""
    found = [
        (one.start + match.end() - 1, match[1])
        for one in pieces
        if one.is_tag
        for match in _ATTRIBUTE.finditer(one.text)
        if not match[1].startswith(("xmlns", "break"))
    ]
    if not found:
        return None
    at, name = rng.choice(found)
    return f"{content[:at]}x{content[at:]}", at, name


def without_inline_tags(pieces: list[Piece]) -> tuple[str, int]:
    """Return the file without the tags of elements in the line, and how many were left out."""
    parts, count = [], 0
    for one in pieces:
        parents = one.inside[:-1] if one.text.startswith("</") else one.inside
        parent = parents[-1] if parents else ""
        if (
            one.is_tag
            and one.is_in_text
            and one.name in INLINE
            and parent in ("p", "l", "ab", "q", *INLINE)
        ):
            count += not one.text.startswith("</")
            continue
        parts.append(one.text)
    return "".join(parts), count


def with_more_lines(pieces: list[Piece], rng: random.Random) -> tuple[str, int]:
    """Return the file with lb beside white space in the text, and how many."""
    parts, count = [], 0
    for one in pieces:
        text = one.text
        if one.is_in_text and one.text[0] not in "<&" and one.inside[-1] in ("p", "l", "hi"):
            spaces = [m.end() for m in re.finditer(r"(?<=\w)\s+(?=\w)", text)]
            if spaces and rng.random() < 0.3:
                at = rng.choice(spaces)
                text = f"{text[:at]}<lb/>{text[at:]}"
                count += 1
        parts.append(text)
    return "".join(parts), count


def laid_out_anew(pieces: list[Piece]) -> str:
    """Return the file with other line ends and indentation, and attributes turned round."""
    parts = []
    for one in pieces:
        if one.is_tag and one.text[1] != "/":
            parts.append(_turned(one.text))
        elif one.text[0] in "<&":
            parts.append(one.text)
        else:
            parts.append(re.sub(r"[ \t]*[\r\n][ \t\r\n]*", "\r\n \t \r\n", one.text))
    return "".join(parts)


def _turned(tag: str) -> str:
    found = [match[0] for match in _ATTRIBUTE.finditer(tag)]
    end = "/>" if tag.endswith("/>") else ">"
    head = re.match(r"<[\w:.-]+", tag)[0]
    return head + "\n".join(reversed(found)) + end


def with_prefixes(pieces: list[Piece]) -> str:
    """Return the file with the prefix `t` for all that is TEI by the default namespace."""
    parts = []
    for one in pieces:
        text = one.text
        if one.is_tag:
            text = re.sub(r"^(</?)([\w.-]+)(?=[\s/>])", r"\1t:\2", text)
            text = text.replace(" xmlns=", " xmlns:t=", 1)
        parts.append(text)
    return "".join(parts)
