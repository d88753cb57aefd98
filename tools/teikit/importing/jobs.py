"""The job `import`: the bytes of a source -> a TEI file, and what there is to say about it."""

import hashlib

from teikit.check.encoded_lines import read_encoded_lines
from teikit.check.witness import check_witness
from teikit.document import TEI, read_document
from teikit.errors import TeikitError
from teikit.importing.elements import Transcript
from teikit.importing.imported import Imported
from teikit.importing.languages import guess_language, refuse_language
from teikit.importing.prefixes import render_prefixes
from teikit.importing.readers import read_any
from teikit.importing.settings import ImportSettings
from teikit.importing.writing import SourceFile, TeiOptions, render_tei
from teikit.witness import Witness


def import_job(data: bytes, path: str, settings: ImportSettings) -> Imported:
    """Return the TEI file made of DATA; where that cannot be, `problem` says why."""
    try:
        return _import(data, path, settings)
    except TeikitError as problem:
        return Imported(problem=str(problem))


def _import(data: bytes, path: str, settings: ImportSettings) -> Imported:
    refuse_language(settings.language)
    reading = read_any(data, path, settings)
    transcript = reading.transcript
    source = SourceFile(
        settings.source_name, len(data), hashlib.sha256(data).hexdigest(), settings.source_path
    )
    prefixes = render_prefixes(settings.example)
    options = TeiOptions(
        source,
        settings.language,
        settings.models,
        site_language=settings.site_language,
        prefixes=prefixes,
    )
    tei = render_tei(transcript, options)
    return Imported(
        tei,
        transcript.encoding,
        reading.how,
        reading.sample,
        transcript.layout,
        transcript.rules,
        _proved(
            tei, path, transcript, "the file" if reading.format == "text" else "the words found"
        ),
        transcript.lost,
        format=reading.format,
        witness=reading.witness,
        language=transcript.language or guess_language(transcript.witness),
        language_from="its front matter" if transcript.language else "its script",
    )


def _proved(tei: bytes, path: str, transcript: Transcript, where: str) -> str:
    """Return how much text there is; raise TeikitError where the TEI has not all of it."""
    document = read_document(tei, path)
    witness = Witness(path, path, "#src", "utf-8", transcript.layout)
    problem = next(check_witness(document, witness, transcript.witness.encode("utf-8")), None)
    if problem is not None:
        raise TeikitError(
            f"{path}: the TEI would not have the words of the file: {problem.message}. This is a "
            "mistake of teikit: please report it"
        )
    lines = read_encoded_lines(document, "#src")[0]
    characters = sum(len(line.text.replace(" ", "")) for line in lines)
    text = document.root.find(f"{{{TEI}}}text")
    paragraphs, verses, stanzas, headings, sentences = (
        sum(1 for _ in text.iter(f"{{{TEI}}}{name}")) for name in ("p", "l", "lg", "head", "s")
    )
    pages = max((line.page for line in lines), default=0)
    counted = [
        (pages, "page"),
        (len(lines), "line"),
        (paragraphs, "paragraph"),
        (headings, "heading"),
        (stanzas, "stanza"),
        (verses, "verse"),
        (sentences, "sentence"),
    ]
    said = [f"{number:,} {word}{'s' * (number != 1)}" for number, word in counted if number]
    return (
        ", ".join(said)
        + f"; {characters:,} characters in {where}, spaces not counted, and as many in the TEI"
    )
