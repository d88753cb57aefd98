"""The tokens of the compact syntax (RELAX NG Compact Syntax, sections 2-4)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from teikit.document import UnreadableDocument, decode
from teikit.schema.relaxng.errors import BadGrammar, Position
from teikit.schema.relaxng.xmlnames import begins_name, continues_name, is_ncname

_WORDS = """
attribute default datatypes div element empty external grammar include inherit list mixed
namespace notAllowed parent start string text token
"""
KEYWORDS = frozenset(_WORDS.split())
_ESCAPE = re.compile(r"\\x+\{([0-9A-Fa-f]{1,8})\}")
_NEWLINE = "\0"  # an escaped line end, which ends neither a comment nor a short literal
_LITERAL = re.compile(
    r'"""((?:(?!""").)*)"""|\'\'\'((?:(?!\'\'\').)*)\'\'\'|"([^"\n]*)"|\'([^\'\n]*)\'', re.DOTALL
)
_SIGNS = (
    ">>",
    "|=",
    "&=",
    "=",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "+",
    "*",
    "?",
    ",",
    "&",
    "|",
    "-",
    "~",
)


class Token(NamedTuple):
    """A token; `kind` is name, cname, nsname, literal, documentation, sign or end."""

    kind: str
    text: str  # a name without its backslash, a literal without its quotation marks
    line: int
    plain: bool = True  # whether a name was written without a backslash


def read_tokens(data: bytes, uri: str) -> list[Token]:
    """Return the tokens of a schema; comments are left out."""
    try:
        text, _encoding = decode(data, uri)
    except UnreadableDocument as error:
        raise BadGrammar(Position(uri, error.place.line), error.reason) from error
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return list(_Scanner(_unescape(text, uri), uri).tokens())


def _unescape(text: str, uri: str) -> str:
    def character(match: re.Match) -> str:
        code = int(match[1], 16)
        if code in (10, 13):
            return _NEWLINE
        if code in (0, 0xFFFE, 0xFFFF) or code > 0x10FFFF or 0xD800 <= code < 0xE000:
            raise BadGrammar(
                Position(uri, text.count("\n", 0, match.start()) + 1),
                f"{match[0]} is no character of XML",
            )
        return chr(code)

    if _NEWLINE in text:
        raise BadGrammar(Position(uri), "the file contains the character U+0000")
    return _ESCAPE.sub(character, text)


class _Scanner:
    """Reads the characters from left to right."""

    def __init__(self, text: str, uri: str):
        self.text, self.uri, self.at, self.line = text, uri, 0, 1

    def tokens(self) -> Iterator[Token]:
        while self._skip():
            yield self._token()
        yield Token("end", "", self.line)

    def _skip(self) -> bool:
        """Go over white space and comments; return whether something follows."""
        text = self.text
        while self.at < len(text):
            if text[self.at] in " \t\n":
                self.line += text[self.at] == "\n"
                self.at += 1
            elif text[self.at] == "#":
                end = text.find("\n", self.at)
                self.at = len(text) if end < 0 else end
            else:
                return True
        return False

    def _token(self) -> Token:
        character = self.text[self.at]
        if character in "\"'":
            return self._literal()
        if character == "\\" or (begins_name(character) and character != ":"):
            return self._name()
        for sign in _SIGNS:
            if self.text.startswith(sign, self.at):
                self.at += len(sign)
                return Token("sign", sign, self.line)
        raise self._bad(f"{character!r} means nothing here")

    def _literal(self) -> Token:
        match = _LITERAL.match(self.text, self.at)
        if match is None:
            raise self._bad("a quotation mark is not closed in its line")
        found = next(group for group in match.groups() if group is not None)
        token = Token("literal", found.replace(_NEWLINE, "\n"), self.line)
        self.line += match[0].count("\n")
        self.at = match.end()
        return token

    def _name(self) -> Token:
        plain = self.text[self.at] != "\\"
        self.at += not plain
        name = self._ncname()
        if plain and self.text.startswith(":*", self.at):
            self.at += 2
            return Token("nsname", name, self.line)
        after = self.text[self.at + 1 : self.at + 2]
        if plain and self.text.startswith(":", self.at) and after and begins_name(after):
            self.at += 1
            return Token("cname", f"{name}:{self._ncname()}", self.line)
        return Token("name", name, self.line, plain)

    def _ncname(self) -> str:
        begin = self.at
        while (
            self.at < len(self.text)
            and self.text[self.at] != ":"
            and continues_name(self.text[self.at])
        ):
            self.at += 1
        name = self.text[begin : self.at]
        if not is_ncname(name):
            raise self._bad(f"{name!r} is no name")
        return name

    def _bad(self, reason: str) -> BadGrammar:
        return BadGrammar(Position(self.uri, self.line), reason)
