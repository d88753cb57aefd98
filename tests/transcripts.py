"""A Transcript as a TEI document, by the simplest means: what tests of readers look at."""

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from teikit.check.witness import check_witness
from teikit.document import read_document
from teikit.importing.elements import Element, Transcript
from teikit.witness import Witness

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>t</title>
</titleStmt><publicationStmt><p>p</p></publicationStmt><sourceDesc><p>s</p></sourceDesc></fileDesc>
</teiHeader><text><body>"""


def as_xml(piece: Element | str) -> str:
    """Return an element as it is written in XML."""
    if isinstance(piece, str):
        return escape(piece).replace("\r", "&#13;")
    given = "".join(f" {name}={quoteattr(value)}" for name, value in piece.attributes)
    content = "".join(map(as_xml, piece.content))
    return (
        f"<{piece.name}{given}>{content}</{piece.name}>" if content else f"<{piece.name}{given}/>"
    )


def show(transcript: Transcript) -> str:
    """Return the body in short: what is in it, without lb."""
    return "".join(map(as_xml, transcript.body)).replace("<lb/>", "")


def as_tei(transcript: Transcript) -> bytes:
    """Return a whole TEI document."""
    body = "".join(map(as_xml, transcript.body)) or "<p/>"
    return f"{_HEAD}{body}</body></text></TEI>".encode()


def find_differences(transcript: Transcript, tei: bytes | None = None) -> list[str]:
    """Return what the witness check says of a document (the transcript's own) and the witness."""
    document = read_document(tei or as_tei(transcript), "a.xml")
    witness = Witness("a.xml", "a.txt", layout=transcript.layout)
    found = check_witness(document, witness, transcript.witness.encode())
    return [f"{one.rule}: {one.message}" for one in found]


def write_tei(folder: Path, name: str, transcript: Transcript) -> Path:
    """Write the document into the folder and return its path."""
    path = folder / f"{name}.xml"
    path.write_bytes(as_tei(transcript))
    return path
