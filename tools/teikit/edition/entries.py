"""Where the entries of a register stand in its file, and what they lead to: the job `entries`.

So that a text can be offered with the entries that it leads to, and not with all.
"""

from collections.abc import Iterator

from lxml import etree

from teikit.document import TEI, XML_ID, Document, UnreadableDocument, read_document
from teikit.edition.leading import Entries, Entry
from teikit.pointers import Prefix, pointers_of, read_prefixes, resolve

_T = f"{{{TEI}}}"
_BOM = b"\xef\xbb\xbf"


def entries_job(data: bytes, path: str) -> Entries:
    """Return the entries of the register called PATH; none where it cannot be cut."""
    try:
        document = read_document(data, path)
    except UnreadableDocument:
        return Entries(path)
    if document.utf8 != data.removeprefix(_BOM) or document.tree.docinfo.internalDTD is not None:
        return Entries(path)  # places in the bytes are not known
    prefixes = read_prefixes(document)
    return Entries(path, tuple(_entries(document, prefixes)))


def _entries(document: Document, prefixes: tuple[Prefix, ...]) -> Iterator[Entry]:
    for stand_off in document.elements("standOff"):
        for element in stand_off.iterdescendants(etree.Element):
            if _is_list(element.getparent()) and (element.get(XML_ID) or _is_relation(element)):
                start, end = document.extent(element)
                ids = (one.get(XML_ID) for one in element.iter(etree.Element) if one.get(XML_ID))
                targets = {
                    resolve(raw, document.path, prefixes).target
                    for one in element.iter(etree.Element)
                    for _, raw in pointers_of(one)
                }
                yield Entry(
                    start,
                    end,
                    tuple(f"{document.path}#{name}" for name in ids),
                    tuple(sorted(targets - {""})),
                    _is_relation(element),
                )


def _is_list(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and element.tag.startswith(f"{_T}list")


def _is_relation(element: etree._Element) -> bool:
    return element.tag == f"{_T}relation"
