"""Bytes written as text (XML Schema part 2, 3.2.15, 3.2.16)."""

import base64
import re

from teikit.schema.relaxng.datatypes.base import Context

_HEX = re.compile("(?:[0-9A-Fa-f]{2})*")
_BASE64 = re.compile(
    "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?"
)


def parse_hex(text: str, _context: Context) -> bytes | None:
    """Return the bytes of hexadecimal digits."""
    return bytes.fromhex(text) if _HEX.fullmatch(text) else None


def parse_base64(text: str, _context: Context) -> bytes | None:
    """Return the bytes of a base64 text."""
    text = text.replace(" ", "")
    return base64.b64decode(text) if _BASE64.fullmatch(text) else None
