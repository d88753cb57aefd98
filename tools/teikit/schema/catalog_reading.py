"""Reading an XML catalog and those that it names: untrusted, inside the project, bounded."""

from collections.abc import Iterator

from lxml import etree

from teikit.addresses import find_address
from teikit.bases import base_of
from teikit.document import Document, read_document
from teikit.files import NotReadable, read_inside
from teikit.schema.catalog import NO_CATALOG, Catalog, CatalogState, Entry, normal_address
from teikit.unreadable import UnreadableDocument

CATALOG = "urn:oasis:names:tc:entity:xmlns:xml:catalog"
_LARGEST = 4_000_000  # bytes of one file
_MOST_ENTRIES = 2_000
_MOST_CHARACTERS = 1_000_000  # in all entries: they go to the job of every document
_MOST_FILES = 50
_ENTRIES = {  # the attributes that say what is meant, and where it leads
    "uri": ("name", "uri"),
    "rewriteURI": ("uriStartString", "rewritePrefix"),
    "uriSuffix": ("uriSuffix", "uri"),
}


class _BadCatalog(Exception):
    """A catalog cannot be used."""

    def __init__(self, reason: str, file: str, line: int = 0):
        super().__init__(reason)
        self.reason, self.file, self.line = reason, file, line


def catalog_job(path: str, folder: str, named: bool) -> CatalogState:
    """Return the catalog at PATH in FOLDER, with those that it names.

    Where nobody NAMED it, a file that is no catalog is just another file of that name.
    """
    files: dict[str, tuple[Entry, ...]] = {}
    waiting, problems, room = [path], [], _Room()
    while waiting and len(problems) < _MOST_FILES:
        file = waiting.pop(0)
        if file in files:
            continue
        files[file] = ()
        try:
            if len(files) > _MOST_FILES:
                raise _BadCatalog(f"it names more than {_MOST_FILES} catalogs", path)
            document = _read(file, folder, named or file != path)
            if document is None:
                return CatalogState(NO_CATALOG)
            files[file] = tuple(map(room.take, _entries(document, file)))
            waiting[:0] = _others(document, file)
        except _BadCatalog as bad:
            problems.append(bad)
    catalog = Catalog(tuple(files.values()))
    if not problems:
        return CatalogState(catalog)
    return CatalogState(catalog, problems[0].reason, problems[0].file, problems[0].line)


class _Room:
    """How much more may come."""

    def __init__(self) -> None:
        self.entries, self.characters = _MOST_ENTRIES, _MOST_CHARACTERS

    def take(self, entry: Entry) -> Entry:
        """Return the entry; raise _BadCatalog where there is no room for it."""
        base = entry.base
        self.entries -= 1
        self.characters -= sum(
            map(len, (entry.name, entry.target, base.path, base.url, base.problem))
        )
        if self.entries < 0:
            raise _BadCatalog(f"there are more than {_MOST_ENTRIES} entries", entry.file)
        if self.characters < 0:
            raise _BadCatalog("its addresses are too long", entry.file)
        return entry


def _read(file: str, folder: str, named: bool) -> Document | None:
    """Return the document; None where it is no catalog and need not be one."""
    try:
        data = read_inside(folder, file, _LARGEST)
        document = read_document(data, file)
    except NotReadable as problem:
        raise _BadCatalog(problem.reason, file) from problem
    except UnreadableDocument as problem:
        if not named and CATALOG.encode() not in data:
            return None
        raise _BadCatalog(problem.reason, file, problem.place.line) from problem
    if document.root.tag == f"{{{CATALOG}}}catalog":
        return document
    if not named:
        return None
    reason = f"its outermost element is not catalog in the namespace {CATALOG}"
    raise _BadCatalog(reason, file, document.place(document.root).line)


def _entries(document: Document, file: str) -> Iterator[Entry]:
    for element in _in_order(document.root):
        kind = etree.QName(element).localname
        if kind not in _ENTRIES:
            continue
        name, target = map(element.get, _ENTRIES[kind])
        if name and target is not None:
            base = base_of(element, file)
            yield Entry(kind, normal_address(name), target.strip(" \t\r\n"), base, file)


def _others(document: Document, file: str) -> list[str]:
    """Return the catalogs that one names, by their paths."""
    found = []
    for element in _in_order(document.root):
        if etree.QName(element).localname != "nextCatalog":
            continue
        address = find_address(element.get("catalog", ""), base_of(element, file))
        if not address.path:
            reason = address.problem or "teikit reads no catalog from the network"
            what = f'nextCatalog says "{element.get("catalog", "")[:200]}": {reason}'
            raise _BadCatalog(what, file, document.place(element).line)
        found.append(address.path)
    return found


def _in_order(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the entries: children of catalog and of its groups."""
    for child in root.iterchildren(f"{{{CATALOG}}}*"):
        if child.tag == f"{{{CATALOG}}}group":
            yield from child.iterchildren(f"{{{CATALOG}}}*")
        else:
            yield child
