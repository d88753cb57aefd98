"""The job `import`: the bytes of a source -> a TEI file, and what there is to say about it."""

import hashlib
from dataclasses import dataclass, field

from teikit.errors import TeikitError
from teikit.importing.elements import Transcript
from teikit.importing.encodings import decode_text, sample_line
from teikit.importing.imported import Imported
from teikit.importing.plain import PlainOptions, read_plain_text
from teikit.importing.writing import SourceFile, TeiOptions, render_tei


@dataclass(frozen=True)
class ImportSettings:
    """What a person says about the source and the TEI file; see `teikit import --help`."""

    format: str = "text"
    encoding: str = ""
    layout: dict[str, str] = field(default_factory=dict)
    title: str = "auto"
    heading: str = ""
    headings: bool = True
    verse: bool = False
    sentences: bool = False
    language: str = ""
    models: tuple[str, ...] = ()
    source_name: str = ""
    source_path: str = ""  # as seen from the TEI file


def import_job(data: bytes, path: str, settings: ImportSettings) -> Imported:
    """Return the TEI file made of DATA; where that cannot be, `problem` says why."""
    try:
        return _import(data, path, settings)
    except TeikitError as problem:
        return Imported(problem=str(problem))


def _import(data: bytes, path: str, settings: ImportSettings) -> Imported:
    decoded = decode_text(data, path, settings.encoding)
    options = PlainOptions(
        settings.layout,
        settings.title,
        settings.heading,
        settings.headings,
        settings.verse,
        settings.sentences,
    )
    transcript = read_plain_text(decoded.text, path, decoded.encoding, options)
    return _imported(data, transcript, settings, decoded.how, decoded.is_sure, decoded.text)


def _imported(
    data: bytes,
    transcript: Transcript,
    settings: ImportSettings,
    how: str,
    is_sure: bool,
    text: str,
) -> Imported:
    source = SourceFile(
        settings.source_name, len(data), hashlib.sha256(data).hexdigest(), settings.source_path
    )
    tei = render_tei(transcript, TeiOptions(source, settings.language, settings.models))
    return Imported(
        tei,
        transcript.encoding,
        how,
        "" if is_sure else sample_line(text),
        transcript.layout,
        transcript.rules,
        transcript.lost,
    )
