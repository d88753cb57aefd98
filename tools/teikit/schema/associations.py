"""Which schemas a document names: xml-model, and what came before it.

"Associating Schemas with XML documents 1.0" (W3C, ISO/IEC 19757-11) is followed; so is the
older instruction of the oXygen editor. A DTD in the DOCTYPE and an XML Schema in
xsi:schemaLocation are read too, so that it can be said that they are not used.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from teikit.document import Document
from teikit.place import Place

_KINDS = {  # by @schematypens
    "http://relaxng.org/ns/structure/1.0": "RELAX NG",
    "http://purl.oclc.org/dsdl/schematron": "Schematron",
    "http://www.ascc.net/xml/schematron": "Schematron",
    "http://www.w3.org/2001/XMLSchema": "XML Schema",
    "http://purl.oclc.org/dsdl/nvdl/ns/structure/1.0": "NVDL",
    "http://www.tei-c.org/ns/1.0": "ODD",
}
_TYPES = {"application/relax-ng-compact-syntax": "RELAX NG", "application/xml-dtd": "DTD"}
_SUFFIXES = {
    ".rng": "RELAX NG",
    ".rnc": "RELAX NG",
    ".sch": "Schematron",
    ".xsd": "XML Schema",
    ".dtd": "DTD",
    ".nvdl": "NVDL",
    ".odd": "ODD",
}
_OXYGEN = {"RNGSchema": "RELAX NG", "SCHSchema": "Schematron", "NVDLSchema": "NVDL"}
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

# atomic groups: each piece is looked at once, whatever follows
_PROLOG = re.compile(
    rb"""\s+|<!--.*?-->|<\?(?P<pi>.*?)\?>"""
    rb"""|(?P<doctype><!DOCTYPE(?>[^\[>"']|"[^"]*"|'[^']*')*+"""
    rb"""(?:\[(?>[^\]"'<]|"[^"]*"|'[^']*'|<!--.*?-->|<\?.*?\?>|<)*+\]\s*)?>)""",
    re.DOTALL,
)
_EXTERNAL = re.compile(
    rb"""<!DOCTYPE\s+[^\s\[>]+\s+(?:SYSTEM|PUBLIC\s+(?:"[^"]*"|'[^']*'))\s+("[^"]*"|'[^']*')"""
)
_ATTRIBUTE = re.compile(r"""\s+([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


@dataclass(frozen=True)
class Association:
    """A schema that a document names.

    `kind` is "RELAX NG", "Schematron", or what teikit does not validate by; empty: not to be
    told. `problem` says what is wrong with the instruction itself.
    """

    place: Place
    href: str
    kind: str
    phase: str = ""
    group: str = ""
    problem: str = ""


def read_associations(document: Document) -> tuple[Association, ...]:
    """Return the schemas that the document's processing instructions name, in order."""
    return tuple(_of_prolog(document))


def read_other_schemas(document: Document) -> tuple[Association, ...]:
    """Return the DTD that the DOCTYPE names and the XML Schemas of xsi:schemaLocation."""
    found = []
    for match in _prolog(document.utf8):
        external = _EXTERNAL.match(match["doctype"] or b"")
        if external:
            place = document.sources[0].span(match.start(), match.end())
            found.append(Association(place, external[1][1:-1].decode(), "DTD"))
    root, place = document.root, document.place(document.root)
    for name, step in (("schemaLocation", 2), ("noNamespaceSchemaLocation", 1)):
        for href in root.get(_XSI + name, "").split()[step - 1 :: step]:
            found.append(Association(place, href, "XML Schema"))
    return tuple(found)


def kind_of_file(path: str) -> str:
    """Return what kind of schema a file is by its name; empty where that does not tell."""
    return next((kind for end, kind in _SUFFIXES.items() if path.lower().endswith(end)), "")


def _prolog(utf8: bytes) -> Iterator[re.Match]:
    """Yield what stands before the outermost element, piece by piece."""
    at = 0
    while match := _PROLOG.match(utf8, at):
        yield match
        at = match.end()


def _of_prolog(document: Document) -> Iterator[Association]:
    for match in _prolog(document.utf8):
        target, _, rest = re.split(r"(\s|$)", (match["pi"] or b"").decode(), maxsplit=1)
        if target not in ("xml-model", "oxygen"):
            continue
        place = document.sources[0].span(match.start(), match.end())
        attributes = _attributes(rest)
        if target == "oxygen":
            for name, kind in _OXYGEN.items():
                if attributes and attributes.get(name):
                    yield Association(place, attributes[name], kind)
        elif attributes is None:
            yield Association(place, "", "", problem='it is not made of name="value" pairs')
        elif not attributes.get("href", "").strip():
            yield Association(place, "", "", problem="it has no href")
        else:
            yield Association(
                place,
                attributes["href"].strip(),
                _kind(attributes),
                attributes.get("phase", ""),
                attributes.get("group", ""),
            )


def _attributes(text: str) -> dict[str, str] | None:
    """Return the pseudo-attributes, or None where it is not made of them."""
    text, at, found = f" {text.rstrip()}", 0, {}
    while match := _ATTRIBUTE.match(text, at):
        if match[1] in found:
            return None
        found[match[1]] = _REFERENCE.sub(_character, match[2][1:-1])
        at = match.end()
    return found if at == len(text) or not text.strip() else None


def _character(reference: re.Match) -> str:
    decimal, hexadecimal, name = reference.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if code < 0x110000 else reference[0]


def _kind(attributes: dict[str, str]) -> str:
    namespace = attributes.get("schematypens", "").strip()
    if namespace:
        return _KINDS.get(namespace, "")
    kind = _TYPES.get(attributes.get("type", "").partition(";")[0].strip().lower())
    return kind or kind_of_file(attributes["href"].strip().partition("#")[0])
