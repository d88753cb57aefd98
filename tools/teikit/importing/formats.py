"""Which format a file is in: by its bytes first, since names lie, and then by its name."""

import io
import re
import zipfile

from teikit.errors import TeikitError

FORMATS = ("text", "markdown", "docx")
MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mkdn")
WORD = (".docx", ".docm", ".dotx", ".dotm")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word before 2007, and whatever has a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(rb"\s{0,400}(?:<!--[^>]{0,400}-->\s{0,400})?<(?:!doctype\s+html|html)\b", re.I)
_XML = re.compile(rb"\s{0,400}<(?:\?xml\s|TEI\b|teiCorpus\b)")
_AS_DOCX = "open it in Word or LibreOffice and save it as .docx"
_ZIPPED = (  # a member that only one kind of file has, and what that is
    ("content.xml", f"is an OpenDocument file (.odt and the like): {_AS_DOCX}"),
    ("xl/workbook.xml", "is a spreadsheet: save it as CSV, or its text as .docx"),
    ("ppt/presentation.xml", "is a presentation: save its text as .docx or .txt"),
    ("META-INF/container.xml", f"is an EPUB: convert it to .docx or .txt ({_AS_DOCX})"),
    ("Index/Document.iwa", "is a document of Pages: export it as Word (.docx)"),
)


def tell_format(data: bytes, path: str) -> str:
    """Return which of FORMATS a file is in; raise TeikitError where it is none of them."""
    name = path.lower()
    if data.startswith(b"PK"):
        return _tell_zip(data, path)
    if problem := _other_kind(data):
        raise TeikitError(f"{path}: {problem}")
    if name.endswith(WORD):
        raise TeikitError(f"{path}: is called .docx but is none: {_AS_DOCX}")
    return "markdown" if name.endswith(MARKDOWN) else "text"


def _other_kind(data: bytes) -> str:
    """Return what the bytes are where they are of a kind that cannot be imported."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            return "is protected by a password: open it in Word and save it without one, as .docx"
        return f"is a document of an old Word (.doc): {_AS_DOCX}"
    if data.startswith(b"{\\rtf"):
        return f"is RTF: {_AS_DOCX}"
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return (
            "is a PDF, which has no paragraphs, only letters at places: find the text it was made "
            "from, or convert it to .docx or .txt and look it through"
        )
    begin = data[:2000].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(begin):
        return f"is HTML: {_AS_DOCX}, or as plain text"
    if _XML.match(begin):
        return "is XML already: check it with teikit validate"
    return ""


def _tell_zip(data: bytes, path: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            names = {name.replace("\\", "/").lstrip("/") for name in file.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise TeikitError(
            f"{path}: is a .docx or another zip, and damaged ({error}): {_AS_DOCX}"
        ) from error
    for member, what in _ZIPPED:
        if member in names:
            raise TeikitError(f"{path}: {what}")
    if "[Content_Types].xml" not in names:
        raise TeikitError(f"{path}: is a zip, but no Word document: unpack it first")
    return "docx"
