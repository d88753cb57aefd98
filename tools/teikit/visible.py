"""A document's words where they are shown: nothing in them is hidden, or speaks to a terminal."""

import re
import unicodedata

# Characters that change how others are shown, or are not seen at all: marks of direction,
# separators of lines, a byte order mark, tags. Joiners (200C, 200D) belong to many scripts.
_HIDDEN = frozenset(
    {
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xE0000, 0xE0080),
        *(0x00AD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF),
    }
)

_WHITE = re.compile(r"\s+")
_COMMAND = re.compile(r"##(?=\w*\[)")


def visible(text: str) -> str:
    r"""Return the text with control characters and what steers the direction as \u{202E}.

    Tabs are kept.
    """
    if text.isprintable():  # none of the hidden ones is
        return text
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character == "\t":
        return character
    if ord(character) in _HIDDEN or unicodedata.category(character) in ("Cc", "Cs"):
        return f"\\u{{{ord(character):X}}}"
    return character


def fold_spaces(words: str) -> str:
    """Return the words with each run of white space as one space, and none around them.

    A run with an ideographic space is one of these: it is set to part words in Chinese and
    Japanese.
    """
    if "\u3000" not in words:
        return " ".join(words.split())
    return _WHITE.sub(lambda run: "\u3000" if "\u3000" in run[0] else " ", words).strip()


def no_command(line: str) -> str:
    r"""Return a line for a log, without what makes the host of a continuous check obey it.

    GitHub takes a line that begins with :: for a command, spaces apart, and ##[ anywhere; others
    ##vso[ and ##teamcity[.
    """
    if line.lstrip().startswith("::"):
        line = line.replace("::", r"\u{3A}:", 1)
    return no_hashes(line)


def no_hashes(text: str) -> str:
    r"""Return the text with ##[ and its like, commands wherever they stand, as \u{23}#[."""
    return _COMMAND.sub(r"\\u{23}#", text) if "##" in text else text


def width(text: str) -> int:
    """Return how many columns of a terminal the text takes; a tab counts one."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
