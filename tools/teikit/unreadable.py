"""Why a file cannot be read as XML, in words for the scholar."""

import re

from lxml import etree

from teikit.errors import TeikitError
from teikit.malformed.scene import Fault, Stop
from teikit.place import Place, line_starts
from teikit.report import Finding
from teikit.source import Source

_EXTERNAL_ENTITY = re.compile(rb"""<!ENTITY\s+([^\s%]+)\s+(?:SYSTEM|PUBLIC)\s""")

_AT_A_LOSS = (
    "Look at this place and the line before it: a tag or a quotation mark may lack its end."
)

# how files begin that are something else, whatever they are called
_OTHER_KINDS = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip file (as .docx, .odt and .epub are)"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
)


# what libxml2 says of a document that goes beyond what any text needs, and what that means
_LIMITS = (
    (
        "amplification factor",
        "its entities make far more text out of it than it has",
        "An entity that contains entities which contain entities can fill a computer: write the "
        "text itself.",
    ),
    (
        "Excessive depth",
        "its elements stand inside one another more than 256 deep",
        "No text needs that: look for end tags that are missing.",
    ),
    (
        "(?:Text node|AttValue length|Comment|PI).*too (?:long|big)|Buffer size limit|huge",
        "a text without any tag, an attribute, a comment or a tag in it is longer than ten million "
        "characters",
        "Divide it, or keep what is no text (a picture, a sound) in a file of its own.",
    ),
    ("Name too long|name too long", "a name in it is longer than 50,000 characters", "Shorten it."),
)


class UnreadableDocument(TeikitError):
    """The file cannot be read as XML; carries the parts of the finding that says so."""

    def __init__(self, place: Place, rule: str, reason: str, hint: str = ""):
        super().__init__(f"{place}: {reason}")
        self.place, self.rule, self.reason, self.hint = place, rule, reason, hint

    def as_finding(self) -> Finding:
        """Return the finding that says why the file cannot be read."""
        return Finding(self.place, self.rule, self.reason, hint=self.hint)


def explain_unreadable(
    path: str, utf8: bytes, problem: etree.XMLSyntaxError | None, stop: Stop | None
) -> UnreadableDocument:
    """Return the exception that says best why this is not well-formed."""
    external = _external_entity(utf8, problem)
    if problem is not None and problem.code == etree.ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError  # not what is wrong with the document, but that it is too large
    fault = _find_fault(utf8, problem, stop)
    place = Source(path, utf8).span(fault.start, max(fault.end, fault.start + 1))
    if external:
        return UnreadableDocument(
            place,
            "xml:external-entity",
            f"the entity &{external}; stands for another file, which teikit refuses to read",
            "Put the text itself here, or include the file by xi:include.",
        )
    return UnreadableDocument(
        place, "xml:not-well-formed", f"not well-formed XML: {fault.reason}", fault.hint
    )


def _find_fault(utf8: bytes, problem: etree.XMLSyntaxError | None, stop: Stop | None) -> Fault:
    """Return the fault as plainly as it is known; where expat stopped, in expat's place."""
    from teikit.malformed.names import find_name_fault
    from teikit.malformed.table import find_fault

    at = stop.offset if stop is not None else _offset_of(utf8, problem)
    if utf8[:1024].lstrip()[:1] != b"<":
        return Fault(
            "the file does not begin with a tag, so it is not XML",
            "teikit reads TEI-XML files; is this the right file?",
            at,
            at + 1,
        )
    found = find_fault(utf8, stop) if stop is not None else find_name_fault(utf8, problem, at)
    if found is not None:
        return found
    reason, hint = say_plainly((problem.msg if problem is not None else stop.reason) or "")
    return Fault(reason, hint or _AT_A_LOSS, at, at + 1)


def _offset_of(utf8: bytes, problem: etree.XMLSyntaxError) -> int:
    """Return about where libxml2 stopped; its columns are not always those of the characters."""
    line, column = problem.position
    lines = line_starts(utf8)
    return min(lines[min(max(line, 1), len(lines)) - 1] + max(column - 2, 0), len(utf8))


def _external_entity(utf8: bytes, problem: etree.XMLSyntaxError | None) -> str:
    """Return the name of the external entity that the parser refused, or an empty string."""
    missing = re.search(r"Entity '([^']+)' not defined", problem.msg or "") if problem else None
    if missing is None:
        return ""
    names = {name.decode("utf-8") for name in _EXTERNAL_ENTITY.findall(utf8)}
    return missing[1] if missing[1] in names else ""


def say_plainly(reason: str) -> tuple[str, str]:
    """Return what a message of the XML parser means, and what to do about it if that is known."""
    for said, meant, hint in _LIMITS:
        if re.search(said, reason, re.IGNORECASE):
            return meant, hint
    code = re.search(r"Char (0x[0-9A-Fa-f]+) out of allowed range", reason)
    if code:
        return (
            f"XML has no character U+{int(code[1], 16):04X}",
            "It is invisible and often comes from a program or a scan: delete it.",
        )
    return re.sub(r", line \d+, column \d+.*$", "", reason.strip() or "unknown reason"), ""


def refuse_other_kinds(data: bytes, path: str) -> None:
    """Raise UnreadableDocument where the bytes begin as those of another kind of file do."""
    for beginning, kind in _OTHER_KINDS:
        if data.startswith(beginning):
            raise UnreadableDocument(
                Place(path, 1, 1, 1, 1),
                "xml:not-well-formed",
                f"this is {kind}, not XML, whatever it is called",
                "teikit reads TEI-XML files; is this the right file?",
            )
