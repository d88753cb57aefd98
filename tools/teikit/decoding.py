"""From bytes to characters, by the encoding that an XML file declares (XML 1.0, appendix F)."""

import codecs
import re

from teikit.place import Place
from teikit.unreadable import UnreadableDocument

_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, path: str) -> tuple[str, str]:
    """Return the characters of an XML file and the Python name of the encoding it declares.

    Raises UnreadableDocument where the bytes are not what the file declares.
    """
    encoding, declared = _encoding_of(data)
    try:
        codec = codecs.lookup(encoding)
        if not getattr(codec, "_is_text_encoding", True):
            raise LookupError(encoding)
    except LookupError:
        raise UnreadableDocument(
            Place(path, 1, 1, 1, 1),
            "xml:encoding",
            f"the file declares an unknown encoding, {encoding}",
            'Save the file as UTF-8 and declare encoding="UTF-8".',
        ) from None
    try:
        return data.decode(encoding), codec.name
    except UnicodeDecodeError as error:
        head = data[: error.start].decode(encoding, "replace")
        line = head.count("\n") + 1
        column = len(head) - (head.rfind("\n") + 1) + 1
        says = f"declares {encoding}" if declared else "declares no encoding, so it must be UTF-8"
        raise UnreadableDocument(
            Place(path, line, column, line, column + 1),
            "xml:encoding",
            f"the file {says}, but the byte 0x{data[error.start]:02X} here does not fit that",
            "Save the file as UTF-8, or declare the encoding that it really has.",
        ) from error


def _encoding_of(data: bytes) -> tuple[str, bool]:
    """Return the name of the encoding, and whether the file says so itself."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name, True
    for prefix, name in (
        (b"<\0?\0", "utf-16-le"),
        (b"\0<\0?", "utf-16-be"),
        (b"<\0\0\0", "utf-32-le"),
        (b"\0\0\0<", "utf-32-be"),
    ):
        if data.startswith(prefix):
            return name, True
    match = _DECLARED.match(data[:400].lstrip())
    if match:
        return match[1].decode("ascii"), True
    return "utf-8", False
