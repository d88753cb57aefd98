"""Which reader reads a source: plain text, Markdown, or a Word document."""

from dataclasses import dataclass

from teikit.importing.elements import Transcript
from teikit.importing.encodings import Decoded, decode_text, sample_line
from teikit.importing.formats import tell_format
from teikit.importing.layouts import find_page_marker
from teikit.importing.plain import PlainOptions, read_plain_text
from teikit.importing.settings import ImportSettings
from teikit.importing.unmatched import refuse_layout, refuse_marker


@dataclass(frozen=True)
class Reading:
    """What a reader made of a source, and how the reader knew what it is."""

    transcript: Transcript
    format: str  # one of FORMATS
    how: str = ""  # how the encoding is known
    sample: str = ""  # a line by which a guess of the encoding can be judged

    @property
    def witness(self) -> str:
        """Return the words to compare with from now on; empty where the file has just these."""
        return "" if self.format == "text" else self.transcript.witness


def read_any(data: bytes, path: str, settings: ImportSettings) -> Reading:
    """Return the Transcript of a source in the format that is said, else in what it seems to be."""
    kind = settings.format or tell_format(data, path)
    if kind == "docx":
        from teikit.importing.word.reading import read_word

        refuse_layout(path, settings.layout, "a Word document")
        return Reading(read_word(data, path), kind, "a Word document")
    decoded = decode_text(data, path, settings.encoding)
    read = _read_markdown if kind == "markdown" else _read_plain
    return Reading(
        read(decoded, path, settings),
        kind,
        decoded.how,
        "" if decoded.is_sure else sample_line(decoded.text),
    )


def _read_markdown(decoded: Decoded, path: str, settings: ImportSettings) -> Transcript:
    from teikit.importing.markdown import read_markdown

    refuse_layout(path, settings.layout.keys() - {"page_marker"}, "Markdown")
    refuse_marker(decoded.text, path, settings.layout.get("page_marker", ""))
    marker = settings.layout.get("page_marker", find_page_marker(decoded.text))
    return read_markdown(decoded.text, path, marker)


def _read_plain(decoded: Decoded, path: str, settings: ImportSettings) -> Transcript:
    options = PlainOptions(
        settings.layout,
        settings.title,
        settings.heading,
        settings.headings,
        settings.verse,
        settings.sentences,
        settings.hyphens,
    )
    return read_plain_text(decoded.text, path, decoded.encoding, options)
