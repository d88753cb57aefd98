"""Names, tokens and languages (XML Schema part 2, 3.2.18, 3.2.19, 3.3)."""

import re

from teikit.schema.relaxng.datatypes.base import Context
from teikit.schema.relaxng.xmlnames import is_name, is_ncname, is_nmtoken

_LANGUAGE = re.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def parse_string(text: str, _context: Context) -> str:
    """Return the text: every text is a string."""
    return text


def parse_ncname(text: str, _context: Context) -> str | None:
    """Return the text where it is a name without a colon."""
    return text if is_ncname(text) else None


def parse_name(text: str, _context: Context) -> str | None:
    """Return the text where it is a name."""
    return text if is_name(text) else None


def parse_nmtoken(text: str, _context: Context) -> str | None:
    """Return the text where it consists of name characters."""
    return text if is_nmtoken(text) else None


def parse_language(text: str, _context: Context) -> str | None:
    """Return the text where it has the form of a language tag."""
    return text if _LANGUAGE.fullmatch(text) else None


def parse_entity(text: str, context: Context) -> str | None:
    """Return the text where the document declares an unparsed entity of this name."""
    return text if is_ncname(text) and context.is_entity(text) else None


def parse_qname(text: str, context: Context) -> tuple[str, str] | None:
    """Return (namespace, local name): two QNames are one where these are, whatever the prefix."""
    prefix, colon, local = text.rpartition(":")
    if not is_ncname(local) or (colon and not is_ncname(prefix)):
        return None
    namespace = context.namespace(prefix)
    return None if namespace is None else (namespace, local)
