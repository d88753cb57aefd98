"""Which paragraphs of a plain text are headings, and which is its title."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from teikit.check.source_lines import SourceLine
from teikit.errors import TeikitError
from teikit.wording import shortened

_HAN = "零〇一二三四五六七八九十百千"
_ROMAN = r"(?=[IVXLC])(?:X{0,3}|X?L|L X{0,3}|X?C)(?:IX|IV|V?I{0,3})"
_WORDS = (
    "chapter|book|part|section|letter|canto|act|scene|volume|appendix|preface|prologue|epilogue|"
    "introduction|kapitel|buch|teil|abschnitt|brief|vorwort|nachwort|einleitung|anhang|"
    "chapitre|livre|partie|lettre|acte|pr[ée]face|capitolo|libro|parte|lettera|cap[ií]tulo|carta|"
    "hoofdstuk|boek|deel|voorrede|глава|часть|книга|письмо|rozdzia[łl]|kapitola|kapitel"
)
_OWN = re.compile(
    rf"""
      [{_HAN}]{{1,4}}[、.．]?
    | （[{_HAN}]{{1,4}}）
    | 第[{_HAN}\d]{{1,6}}[章节節回卷部编編篇幕場场](?:[\s　:：].{{1,40}}|.{{0,12}})
    | [序引]言 | 前言 | 结语 | 結語 | 附[录錄] | 后记 | 後記
    | {_ROMAN}\.?
    | (?i:{_WORDS})\.?
    | (?i:{_WORDS})\s+(?:[IVXLC]+|[ivxlc]+|\d{{1,3}}|[A-Za-zéèü]{{3,12}})
      (?:[.:]?|[.:—–-]\s*.{{1,60}})
    """,
    re.VERBOSE,
)
_ENDS_A_SENTENCE = re.compile(r"""[.!?。！？：:;；,，]["”’»」』)]*$""")
_IS_DATED = re.compile(r",.{0,40}\b\d{4}$|^\d")  # "Paris, 12 May 1888": so a letter begins
_LONGEST_TITLE = 120  # characters
_LONGEST_HEADING = 100


@dataclass(frozen=True)
class Headings:
    """What counts as a heading, and as the title: as a person says, or as we guess."""

    title: str  # "auto", "first", "none", or the title itself
    pattern: str
    wanted: bool

    @property
    def given_title(self) -> str:
        """Return the title that a person has given; empty where it stands in the text."""
        return "" if self.title in ("auto", "first", "none") else self.title

    def title_of(
        self, paragraphs: Sequence[tuple[SourceLine, ...]]
    ) -> tuple[tuple[SourceLine, ...], Sequence[tuple[SourceLine, ...]]]:
        """Return the lines of the title, perhaps none, and the paragraphs that come after it."""
        first = paragraphs[0]
        is_title = self.title == "first" or (self.title == "auto" and self._seems(paragraphs))
        return (first, paragraphs[1:]) if is_title else ((), paragraphs)

    def _seems(self, paragraphs: Sequence[tuple[SourceLine, ...]]) -> bool:
        first, text = paragraphs[0], _words(paragraphs[0])
        return (
            len(paragraphs) > 1
            and len(first) <= 3
            and first[0].page == first[-1].page
            and not any(line.pages for line in first)
            and any(one.isalpha() for one in text)
            and not _IS_DATED.search(text)
            and not paragraphs[1][0].text[:1].islower()
            and len(text) <= _LONGEST_TITLE
            and not _ENDS_A_SENTENCE.search(text)
            and not self.is_heading(paragraphs[0])
        )

    def is_heading(self, lines: tuple[SourceLine, ...]) -> bool:
        """Return whether a paragraph is a heading."""
        if not self.wanted:
            return False
        text = _words(lines)
        if self.pattern:
            return bool(self._given.fullmatch(text))
        return len(lines) <= 2 and len(text) <= _LONGEST_HEADING and bool(_OWN.fullmatch(text))

    @cached_property
    def _given(self) -> re.Pattern[str]:
        try:
            return re.compile(self.pattern)
        except re.error as error:
            raise TeikitError(
                f"--heading {self.pattern}: is no regular expression: {error}"
            ) from None

    def rules(
        self, title: tuple[SourceLine, ...], rest: Sequence[tuple[SourceLine, ...]]
    ) -> Iterator[str]:
        """Yield how title and headings were told, one sentence each."""
        if title:
            yield f"the first paragraph, “{shortened(_words(title), 60)}”, is the title (--title)"
        else:
            yield "the text has no title of its own (--title)"
        if not self.wanted:
            yield "there are no headings (--no-headings)"
            return
        found = [_words(lines) for lines in rest if self.is_heading(lines)]
        if found:
            said = ", ".join(f"“{shortened(one, 20)}”" for one in found[:6])
            said += " …" * (len(found) > 6)
            yield f"paragraphs such as {said} are headings and begin a division (--heading)"
        else:
            yield "no paragraph is a heading (--heading)"


def _words(lines: Sequence[SourceLine]) -> str:
    return " ".join(line.text for line in lines)
