"""Which characters are words by themselves, and which make words together.

Some scripts part no words (Chinese, Japanese, Thai, Khmer ...): there each character is a unit, and
one searches for any sequence of them. In all others a word is a run of letters, digits and marks.
"""

import re
import unicodedata
from functools import cache

# Blocks of scripts that part no words by spaces, and of private use, where rare characters are kept
_UNITS = (
    "0E01-0E3A 0E40-0E5B 0E81-0EDF 0F00-0FFF 1000-109F 1780-17FF 1950-19DF 19E0-19FF 1A20-1AAD "
    "1B00-1B7F 2E80-2FDF 3005-3007 3021-3029 3038-303C 3041-3096 309D-309F 30A1-30FA 30FC-30FF "
    "3105-312F 31A0-31BF 31F0-31FF 3400-4DBF 4E00-9FFF A000-A4CF A980-A9FE AA60-AADF E000-F8FF "
    "F900-FAFF FF66-FF9D 12000-1254F 13000-1345F 14400-1467F 16FE0-18DFF 1AFF0-1B2FF 20000-3FFFD "
    "F0000-FFFFD 100000-10FFFD"
)
_MARKS_END = 0x20000  # above there are only variation selectors, which folding drops


@cache
def unit_ranges() -> str:
    """Return the characters of scripts without spaces, as they stand in brackets in a pattern."""
    return "".join(
        "-".join(chr(int(end, 16)) for end in span.split("-")) for span in _UNITS.split()
    )


@cache
def unit_pattern() -> re.Pattern:
    """Return the pattern of a character of a script without spaces."""
    return re.compile(f"[{unit_ranges()}]")


@cache
def token_pattern() -> re.Pattern:
    """Return the pattern of a word (group 1), or of a run of units."""
    marks = as_ranges(
        code for code in range(_MARKS_END) if unicodedata.category(chr(code))[0] == "M"
    )
    word = f"(?:[^\\W_{unit_ranges()}]|(?![{unit_ranges()}])[{marks}])+"
    return re.compile(f"({word})|[{unit_ranges()}]+")


def as_ranges(codes) -> str:
    """Return code points, in order, as they stand in brackets in a pattern."""
    spans: list[list[int]] = []
    for code in codes:
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(
        chr(first) if first == last else f"{chr(first)}-{chr(last)}" for first, last in spans
    )
