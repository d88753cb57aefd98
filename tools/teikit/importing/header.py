"""The header of an imported text: what is known of it, and gaps for what only a person knows.

A gap is a processing instruction, <?teikit fill="..."?>, in the place of the words; `teikit
validate` names each (rule header:gap).
"""

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from teikit.importing.elements import Transcript
from teikit.importing.numbering import Numbered

if TYPE_CHECKING:
    from teikit.importing.writing import TeiOptions


def gap(what: str) -> str:
    """Return the mark for words that a person has to write."""
    return f"<?teikit fill={quoteattr(what)}?>"


def render_header(
    transcript: Transcript, numbered: Numbered, options: "TeiOptions", language: str
) -> str:
    """Return the teiHeader, with its line end."""
    source = options.source
    title = escape(transcript.title) or gap("the title of the text")
    file = escape(source.name)
    kept = (
        f"\n        <ref target={quoteattr(source.path)}>{escape(source.path.rpartition('/')[2])}</ref>"
        if source.path
        else ""
    )
    encoding = f", in {escape(transcript.encoding)}" if transcript.encoding else ""
    return f"""<teiHeader>
  <fileDesc>
    <titleStmt>
      <title>{title}</title>
      <author>{gap("who wrote the text; if nobody knows, take the author element out")}</author>
      <respStmt>
        <resp>transcription and encoding</resp>
        <name>{gap("who transcribed and encoded the text")}</name>
      </respStmt>
    </titleStmt>
    <extent>{_extent(numbered)}</extent>
    <publicationStmt>
      <publisher>{gap("who publishes the edition")}</publisher>
      <date>{gap("when it is published, as words; and as a date in @when: 2026-05-31")}</date>
      <availability>
        <licence>{gap("what others may do with text and encoding, with the address of the licence in @target")}</licence>
      </availability>
    </publicationStmt>
    <sourceDesc>
      <bibl xml:id="src">
        <title>{gap("what the text was taken from: the book, manuscript or website, where it is kept, and its shelf mark or address")}</title>
        <idno type="filename">{file}</idno>
        <idno type="SHA-256">{source.sha256}</idno>{kept}
        <note>The file has {source.size} bytes{encoding}.</note>
      </bibl>
    </sourceDesc>
  </fileDesc>
  <encodingDesc>
    <editorialDecl>
      <p>How the file marks lines, paragraphs and pages: {escape("; ".join(_plainly(transcript)))}.</p>
    </editorialDecl>
{_references(numbered)}  </encodingDesc>
  <profileDesc>
    <creation><date>{gap("when the text was written, as words; and as a date in @when, or in @notBefore and @notAfter")}</date></creation>
    <langUsage>
      {_language(options, language)}
    </langUsage>
  </profileDesc>
</teiHeader>
"""


def _plainly(transcript: Transcript) -> list[str]:
    """Return the rules without the options by which they can be changed."""
    return [rule.rpartition(" (--")[0] or rule for rule in transcript.rules]


def _extent(numbered: Numbered) -> str:
    pages = [f'<measure unit="pages" quantity="{numbered.pages}">{numbered.pages} pages</measure>']
    lines = f'<measure unit="lines" quantity="{numbered.lines}">{numbered.lines} lines</measure>'
    return ", ".join((pages if numbered.pages else []) + [lines])


def _language(options: "TeiOptions", language: str) -> str:
    if options.language:
        return f"<language ident={quoteattr(language)}>{escape(language)}</language>"
    wanted = gap(
        "the language of the text, and its code in @ident and in the xml:lang of TEI (de, la, zh-Hant)"
    )
    return f'<language ident="{language or "und"}">{wanted}</language>'


def _references(numbered: Numbered) -> str:
    """Return the declaration of how the text is cited; what it says is what the ids are."""
    has = set(numbered.references)
    inner = [(unit, name) for unit, name in (("paragraph", "p"), ("stanza", "lg")) if unit in has]
    if not inner:
        return ""
    lines = []
    sections = "section" in has
    tops = "//body//div/" if sections else "//body/"
    for unit, name in inner:
        below = {"paragraph": ("sentence", "s"), "stanza": ("line", "l")}[unit]
        deeper = below[0] == "line" or "sentence" in has
        match = f"{tops}{name}"
        lines.append(
            f'      <citeStructure unit="{unit}" match="{match}" use="@xml:id"{">" if deeper else "/>"}'
        )
        if deeper:
            lines.append(
                f'        <citeStructure unit="{below[0]}" match="{below[1]}" use="position()" delim="."/>'
            )
            lines.append("      </citeStructure>")
    if sections:
        lines[:0] = ['      <citeStructure unit="section" match="//body//div" use="@xml:id"/>']
    return "    <refsDecl>\n" + "\n".join(lines) + "\n    </refsDecl>\n"
