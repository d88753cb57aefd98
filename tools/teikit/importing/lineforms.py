"""What the lines of a plain text look like: wrapped prose, verse, ends of sentences."""

import itertools
import re
import unicodedata
from statistics import median

from teikit.lines import writes_without_spaces

_SENTENCE_END = re.compile(r"[.!?…:;。！？：；][”’」』）)\"'»›\]]*\s*\Z")
_PAUSE = re.compile(r"[,.!?…:;，。、！？：；—–-][”’」』）)\"'»›\]]*\s*\Z")
_FIRST_WORD = re.compile(r"\s*(\S+)")
_OPENERS = "“”‘’«»„\"'([—–- \t\u3000_*"
_HAN_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_SYLLABLES = frozenset({4, 5, 6, 7})  # of a line of Chinese verse
_VERSE_WIDTH, _EAST_VERSE_WIDTH = 65, 24  # columns of most verses, at most


def ends_sentence(line: str) -> bool:
    """Return whether the line ends as a sentence does."""
    return bool(_SENTENCE_END.search(line[-40:]))


def width(text: str) -> int:
    """Return how many columns the text takes: two for each character of East Asia."""
    return sum(1 + (unicodedata.east_asian_width(one) in "WF") for one in text)


def is_filled(groups: list[list[str]]) -> bool:
    """Return whether lines end where the next word would not have fitted, as wrapped ones do."""
    pairs = [
        (width(line.strip()), _first_width(following))
        for group in groups
        for line, following in itertools.pairwise(group)
    ]
    if not pairs:
        return False
    widths = sorted(width(line.strip()) for group in groups for line in group)
    full = widths[int(len(widths) * 0.97)]
    return sum(one + first >= full for one, first in pairs) > 0.75 * len(pairs)


def _first_width(line: str) -> int:
    word = _FIRST_WORD.match(line)
    if word is None:
        return 0
    first = word[1]
    return 2 if writes_without_spaces(first[0]) else width(first) + 1


def _is_regular(groups: list[list[str]]) -> bool:
    """Return whether it is verse in Chinese: of equally long lines of four to seven characters.

    Two such may stand in a line, with a pause between them. What else there is, titles say, has no
    more lines than the verse, nor more than two together.
    """
    verses, lines, others = 0, 0, 0
    for group in groups:
        parts = [_HAN_RUN.findall(line) for line in group]
        lengths = {len(part) for one in parts for part in one}
        is_alone = all("".join(one) == _bare(line) for one, line in zip(parts, group, strict=True))
        is_stanza = is_alone and len({len(one) for one in parts}) == 1 and len(group) > 1
        if is_stanza and len(lengths) == 1 and lengths <= _SYLLABLES:
            verses, lines = verses + sum(map(len, parts)), lines + len(group)
        elif len(group) > 2:
            return False
        else:
            others += len(group)
    return verses >= 4 and lines >= others


def _bare(line: str) -> str:
    return "".join(one for one in line if one.isalnum())


def looks_like_verse(groups: list[list[str]]) -> bool:
    """Return whether the text is in verse: short lines, not filled, each with a beginning of verse.

    Each begins with a capital letter; in East Asian scripts each ends with a pause. Where it is
    doubtful, it is prose.
    """
    if _is_regular(groups):
        return True
    lines = [line.strip() for group in groups for line in group]
    stanzas = [group for group in groups if len(group) > 1]
    if len(lines) < 4 or sum(map(len, stanzas)) < 0.7 * len(lines):
        return False
    east = sum(writes_without_spaces(line[:1]) for line in lines) > len(lines) / 2
    if east:
        pauses = sum(bool(_PAUSE.search(line)) for line in lines)
        wide = median(map(width, lines))
        return wide <= _EAST_VERSE_WIDTH * 2 and pauses > 0.85 * len(lines)
    if median(map(width, lines)) > _VERSE_WIDTH:
        return False
    capitals = sum(line.lstrip(_OPENERS)[:1].isupper() for line in lines)
    return capitals > (0.9 if is_filled(stanzas) else 0.8) * len(lines)
