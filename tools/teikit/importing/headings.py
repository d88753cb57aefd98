"""Which paragraphs of a plain text are headings, and which is its title."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from teikit.check.source_lines import SourceLine
from teikit.errors import TeikitError
from teikit.importing.numerals import han_value
from teikit.wording import shortened

_HAN = "零〇○一二三四五六七八九十百千廿卅卌"
_ROMAN = r"(?=[IVXLC])(?:X{0,3}|X?L|L X{0,3}|X?C)(?:IX|IV|V?I{0,3})"
_WORDS = (
    "chapter|book|part|section|letter|canto|act|scene|volume|appendix|preface|prologue|epilogue|"
    "introduction|kapitel|buch|teil|abschnitt|brief|vorwort|nachwort|einleitung|anhang|"
    "chapitre|livre|partie|lettre|acte|pr[ée]face|capitolo|libro|parte|lettera|cap[ií]tulo|carta|"
    "hoofdstuk|boek|deel|voorrede|глава|часть|книга|письмо|rozdzia[łl]|kapitola|kapitel"
)
_ORDINALS = (
    "(?:erst|zweit|dritt|viert|fünft|sechst|sieb(?:en)?t|acht|neunt|zehnt|elft|zwölft|"
    "[a-zäöüß]{3,14}(?:zehnt|zigst))e[rs]?|premi(?:er|ère)|[a-zè]{3,14}i[eè]me|first|second|third|"
    "(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|[a-z]{3,6}teen|[a-z-]{3,14}tie)th|"
    "primer[oa]?|segund[oa]|tercer[oa]?|prim[oa]|terz[oa]"
)
_COUNTED = re.compile(r"[(（]?(\d{1,3})[)）.．、]?")
_BOOK = r"(?:[\u4e00-\u9fff]{1,8}[·・‧•．\s　])?"  # 論語·
_NAMED = re.compile(  # 學而第一, 史記卷一
    rf"{_BOOK}[\u4e00-\u9fff]{{1,6}}第([{_HAN}]{{1,3}})|{_BOOK}[\u4e00-\u9fff]{{1,8}}卷([{_HAN}]{{1,4}})"
)
_OWN = re.compile(
    rf"""
      [{_HAN}]{{1,4}}[、.．]?
    | （[{_HAN}]{{1,4}}）
    | 第[{_HAN}\d]{{1,6}}[章节節回卷冊册部编編篇幕場场折齣出](?:[\s　:：].{{1,40}}|.{{0,12}})
    | 卷[之第]?[{_HAN}\d]{{1,4}}(?:[上中下]|[\s　:：].{{1,40}})? | 卷[上中下首末]
    | [上中下][卷冊册篇編编] | [\u4e00-\u9fff]{{1,10}}卷[之第][{_HAN}\d]{{1,4}}[上中下]?
    | [冊册][{_HAN}]{{1,3}}
    | 其[{_HAN}]{{1,3}}
    | [序引]言 | 前言 | 结语 | 結語 | 附[录錄] | 后记 | 後記
    | 自?序 | 跋 | 楔子 | 引子 | 尾[聲声] | 凡例
    | {_ROMAN}\.?
    | (?i:{_WORDS})\.?
    | (?i:{_WORDS})\s+(?:[IVXLC]+|[ivxlc]+|\d{{1,3}}|[A-Za-zéèü]{{3,12}})
      (?:[.:]?|[.:—–-]\s*.{{1,60}})
    | (?i:{_WORDS})\s+(?i:the)\s+[A-Za-z-]{{3,20}}\.?
    | (?i:{_ORDINALS})\s+(?i:{_WORDS})\.?
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
    counted: frozenset[str] = frozenset()  # numbers alone that are headings, since they count up

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
        if self.given_title:  # it may be the first paragraph, or the first line of a title
            given = _squeezed(self.given_title)
            is_title = given == _squeezed(_words(first)) or (
                given == _squeezed(first[0].text) and self._seems(paragraphs)
            )
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
        if len(lines) > 2 or len(text) > _LONGEST_HEADING:
            return False
        return text in self.counted or bool(_OWN.fullmatch(text)) or _has_title_below(lines)

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


def find_counted(paragraphs: Sequence[tuple[SourceLine, ...]]) -> frozenset[str]:
    """Return the paragraphs that are a number alone and count up from one: a lone year does not.

    They may begin again with one, as in the parts of a book. A name with a number (論語·學而第一,
    史記卷二) counts up from any.
    """
    found = [
        (lines[0].text, int(match[1]))
        for lines in paragraphs
        if len(lines) == 1 and (match := _COUNTED.fullmatch(lines[0].text))
    ]
    named = [
        (lines[0].text, han_value(match[1] or match[2]))
        for lines in paragraphs
        if len(lines) == 1 and (match := _NAMED.fullmatch(lines[0].text))
    ]
    begins = bool(found) and found[0][1] == 1
    return frozenset((*(_counting(found) if begins else ()), *_counting(named)))


def _counting(found: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Yield the paragraphs, if there are two or more and their numbers count up."""
    if len(found) > 1 and all(two[1] in (one[1] + 1, 1) for one, two in pairwise(found)):
        for text, _ in found:
            yield text


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _has_title_below(lines: Sequence[SourceLine]) -> bool:
    """Return whether the first of two lines is a heading, and the other what it is about."""
    if len(lines) != 2 or not _OWN.fullmatch(lines[0].text):
        return False
    return not lines[1].text[0].islower() and not _ENDS_A_SENTENCE.search(lines[1].text)


def _words(lines: Sequence[SourceLine]) -> str:
    return " ".join(line.text for line in lines)
