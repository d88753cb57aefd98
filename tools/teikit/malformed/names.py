"""What libxml2 alone finds wrong: prefixes, names, entities of a DTD that is not read."""

import re

from lxml import etree

from teikit.malformed.entities import advise_entity
from teikit.malformed.scene import Fault

_ERRORS = etree.ErrorTypes
_UNDECLARED = re.compile(r"Namespace prefix (\S+) (?:for (\S+) )?on (\S+) is not defined")
_QUOTED = re.compile(r"'([^']{1,100})'")
_KNOWN = {
    "tei": "http://www.tei-c.org/ns/1.0",
    "xi": "http://www.w3.org/2001/XInclude",
    "xlink": "http://www.w3.org/1999/xlink",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "svg": "http://www.w3.org/2000/svg",
    "m": "http://www.w3.org/1998/Math/MathML",
    "mei": "http://www.music-encoding.org/ns/mei",
}


def find_name_fault(utf8: bytes, problem: etree.XMLSyntaxError, at: int) -> Fault | None:
    """Return what is wrong with a name or an entity near the byte AT; None where nothing is."""
    said = problem.msg or ""
    if problem.code == _ERRORS.NS_ERR_UNDEFINED_NAMESPACE:
        return _undeclared(utf8, said, at)
    missing = re.search(r"Entity '([^']+)' not defined", said)
    if missing:
        reason = f"the entity &{missing[1]}; is not defined"
        start = utf8.rfind(f"&{missing[1]};".encode(), 0, at + 2)
        span = (start, start + len(missing[1].encode()) + 2) if start >= 0 else (at, at + 1)
        return Fault(reason, advise_entity(missing[1], in_dtd=_names_dtd(utf8)), *span)
    found = _SAID.get(problem.code)
    if found is None:
        return None
    quoted = _QUOTED.search(said)
    reason, hint = found
    return Fault(reason.format(quoted[1] if quoted else "this"), hint, at, at + 1)


def _names_dtd(utf8: bytes) -> bool:
    return re.search(rb"<!DOCTYPE\s+\S+\s+(?:SYSTEM|PUBLIC)\s", utf8[:4096]) is not None


def _undeclared(utf8: bytes, said: str, at: int) -> Fault | None:
    match = _UNDECLARED.search(said)
    if match is None:
        return None
    prefix, attribute, element = match.groups()
    written = f"{prefix}:{attribute}" if attribute else f"{prefix}:{element}"
    start = utf8.rfind(written.encode(), 0, at + 2)
    address = _KNOWN.get(prefix, "...")
    declare = f'declare it on the outermost element: xmlns:{prefix}="{address}"'
    hint = f"{declare[0].upper()}{declare[1:]}; or take {prefix}: away."
    if prefix == "tei" and not attribute:
        hint = f"Write <{element}> without tei:, as the elements around it; or {declare}."
    return Fault(
        f"the prefix {prefix} in {written} is not declared",
        hint,
        *((start, start + len(written.encode())) if start >= 0 else (at, at + 1)),
    )


_SAID = {
    _ERRORS.WAR_NS_URI: (
        "{0}, the address of a namespace, is no URI",
        'Correct it: the namespace of the TEI is xmlns="http://www.tei-c.org/ns/1.0".',
    ),
    _ERRORS.NS_ERR_XML_NAMESPACE: (
        "a prefix is declared with an address that it cannot have",
        'Give the prefix the address of its namespace; xml: needs no declaration, xmlns:x="" is '
        "none.",
    ),
    _ERRORS.NS_ERR_QNAME: (
        "{0} is no name: a colon parts a prefix from a name, once",
        "Take the colon out, or put one prefix before it.",
    ),
    _ERRORS.NS_ERR_ATTRIBUTE_REDEFINED: (
        "one attribute stands twice in a tag, under two prefixes of the same namespace ({0})",
        "Keep one of them.",
    ),
    _ERRORS.ERR_UNKNOWN_VERSION: (
        "the file declares itself as XML {0}, which teikit does not read",
        'Write <?xml version="1.0" encoding="UTF-8"?>.',
    ),
}
