"""The header of an imported text: what is known of it, and gaps for what only a person knows.

A gap is a processing instruction, <?teikit fill="..."?>, in the place of the words; `teikit
validate` names each (rule header:gap).
"""

import datetime
import re
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from teikit.importing.elements import Transcript
from teikit.importing.headerwords import HeaderWords, words_for
from teikit.importing.numbering import Numbered

if TYPE_CHECKING:
    from teikit.importing.writing import TeiOptions


def gap(what: str) -> str:
    """Return the mark for words that a person has to write."""
    return f"<?teikit fill={quoteattr(what)}?>"


_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_GAPS = {
    "title": "the title of the text",
    "author": "who wrote the text; if nobody knows, take the author element out",
    "editor": "who transcribed and encoded the text",
    "publisher": "who publishes the edition",
    "published": "when it is published, in words, and as a date in @when: 2026-05-31",
    "licence": "what others may do with text and encoding; the licence's address goes into @target",
    "source": "what the text was taken from: a book, a manuscript, a website; where it is kept, "
    "and its shelf mark or address",
    "written": "when the text was written, in words, and as a date in @when, or in @notBefore and "
    "@notAfter",
    "language": "the language of the text; its code goes into @ident, and into xml:lang of TEI: "
    "de, la, zh-Hant",
}


def render_header(
    transcript: Transcript, numbered: Numbered, options: "TeiOptions", language: str
) -> str:
    """Return the teiHeader, with its line end."""
    gaps = {name: gap(what) for name, what in _GAPS.items()}
    title = escape(transcript.title) or gaps["title"]
    words = words_for(language, options.site_language)
    ours = f" xml:lang={quoteattr(words.language)}"
    author = escape(transcript.author) or gaps["author"]
    return f"""<teiHeader>
  <fileDesc>
    <titleStmt>
      <title>{title}</title>
      <author>{author}</author>
      <respStmt>
        <resp{ours}>{words.responsibility}</resp>
        <name>{gaps["editor"]}</name>
      </respStmt>
    </titleStmt>
    <extent{ours}>{_extent(numbered, words)}</extent>
    <publicationStmt>
      <publisher>{gaps["publisher"]}</publisher>
      <date>{gaps["published"]}</date>
      <availability>
        <licence>{gaps["licence"]}</licence>
      </availability>
    </publicationStmt>
    <sourceDesc>
      <bibl xml:id="src">
        <title>{gaps["source"]}</title>
{_file(options, transcript.encoding, words)}
      </bibl>
    </sourceDesc>
  </fileDesc>
  <encodingDesc>
    <editorialDecl>
      <p xml:lang="en">{escape(_layout_in_words(transcript))}</p>
    </editorialDecl>
{_references(numbered)}{options.prefixes}  </encodingDesc>
  <profileDesc>
    <creation>{_written(transcript.date, gaps["written"])}</creation>
    <langUsage>
      {_language(options.language or transcript.language, language, gaps["language"])}
    </langUsage>
  </profileDesc>
</teiHeader>
"""


def _file(options: "TeiOptions", encoding: str, words: HeaderWords) -> str:
    """Return what is known of the file: its name, its hash, where it is kept, its size."""
    source = options.source
    said = [
        f'<idno type="filename">{escape(source.name)}</idno>',
        f'<idno type="SHA-256">{source.sha256}</idno>',
    ]
    if source.path:
        name = escape(source.path.rpartition("/")[2])
        said.append(f"<ref target={quoteattr(quote(source.path))}>{name}</ref>")
    kind = words.encoding.format(escape(encoding)) if encoding else ""
    size = f"{words.size.format(source.size)}{kind}{words.end}"
    said.append(f"<note xml:lang={quoteattr(words.language)}>{size}</note>")
    return "\n".join(f"        {one}" for one in said)


def _layout_in_words(transcript: Transcript) -> str:
    """Return how the text was read, for its readers: without options, and without doubts."""
    return f"How the source file was read: {'; '.join(_plainly(transcript))}."


def _plainly(transcript: Transcript) -> list[str]:
    """Return the rules without the options by which they can be changed."""
    return [rule.rpartition(" (--")[0] or rule for rule in transcript.rules]


def _extent(numbered: Numbered, words: HeaderWords) -> str:
    counted = [("pages", numbered.pages, words.page, words.pages)] if numbered.pages else []
    counted.append(("lines", numbered.lines, words.line, words.lines))
    return words.between.join(
        f'<measure unit="{unit}" quantity="{count}">'
        f"{(one if count == 1 else many).format(count)}</measure>"
        for unit, count, one, many in counted
    )


def _written(date: str, wanted: str) -> str:
    """Return when the text was written; a date of the calendar says it to machines too."""
    when = f" when={quoteattr(date)}" if _is_day(date) else ""
    return f"<date{when}>{escape(date) or wanted}</date>"


def _is_day(date: str) -> bool:
    """Return whether it is a year, a month or a day as TEI writes them."""
    if not _DATE.fullmatch(date) or date.startswith("0000"):
        return False
    try:
        datetime.date.fromisoformat(f"{date}-01-01"[:10])
    except ValueError:
        return False
    return True


def _language(known: str, language: str, wanted: str) -> str:
    if known:
        return f"<language ident={quoteattr(language)}>{escape(language)}</language>"
    return f'<language ident="{language or "und"}">{wanted}</language>'


def _references(numbered: Numbered) -> str:
    """Return the declaration of how the text is cited; what it says is what the ids are."""
    has = set(numbered.references)
    top = "//body//div/" if "section" in has else "//body/"
    lines = []
    if "section" in has:
        lines.append('<citeStructure unit="section" match="//body//div" use="@xml:id"/>')
    if "paragraph" in has:
        lines += _cited("paragraph", f"{top}p", "sentence" if "sentence" in has else "", "s")
    if "stanza" in has:
        lines += _cited("stanza", f"{top}lg", "line", "l")
    inner = "".join(f"      {line}\n" for line in lines)
    return f"    <refsDecl>\n{inner}    </refsDecl>\n" if lines else ""


def _cited(unit: str, match: str, part: str, name: str) -> list[str]:
    start = f'<citeStructure unit="{unit}" match="{match}" use="@xml:id"'
    if not part:
        return [start + "/>"]
    inner = f'  <citeStructure unit="{part}" match="{name}" use="position()" delim="."/>'
    return [start + ">", inner, "</citeStructure>"]
