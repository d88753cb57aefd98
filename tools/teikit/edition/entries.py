"""Where the entries of a register stand in its file, and what they lead to: the job `entries`.

So that a text can be offered with the entries that it leads to, and not with all.
"""

from collections.abc import Iterator

from lxml import etree

from teikit.document import TEI, XML_ID, Document, UnreadableDocument, read_document
from teikit.edition.leading import Entries, Entry
from teikit.pointers import Prefix, pointers_of, read_prefixes, resolve

_T = f"{{{TEI}}}"
_RELATION = f"{_T}relation"
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
    last = -1  # where the last one ended
    for stand_off in document.elements("standOff"):
        for element in stand_off.iterdescendants(f"{_T}*"):
            if not _is_list(element.getparent()) or _is_list(element):
                continue
            start, end = document.extent(element)
            if start >= last and (element.get(XML_ID) or element.tag == _RELATION):
                yield _entry(document, element, (start, end), prefixes)
                last = end


def _entry(
    document: Document, top: etree._Element, extent: tuple[int, int], prefixes: tuple[Prefix, ...]
) -> Entry:
    ids = [name for one in top.iter(etree.Element) if (name := one.get(XML_ID))]
    pointers = {raw for one in top.iter(etree.Element) for _, raw in pointers_of(one)}
    targets = {resolve(raw, document.path, prefixes).target for raw in pointers}
    return Entry(
        *extent,
        tuple(f"{document.path}#{name}" for name in ids),
        tuple(sorted(targets - {""})),
        top.tag == _RELATION,
    )


def _is_list(element: etree._Element) -> bool:
    return element.tag.startswith(f"{_T}list")
