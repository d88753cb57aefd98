"""The pictures that a document names."""

from collections.abc import Iterator

from teikit.document import TEI, Document
from teikit.edition.records import NamedPicture
from teikit.pointers import read_prefixes, resolve

_PICTURES = frozenset((f"{{{TEI}}}graphic", f"{{{TEI}}}media"))


def find_pictures(document: Document) -> Iterator[NamedPicture]:
    """Yield each file of the project that graphic, media or @facs names, where it is first."""
    prefixes, seen = read_prefixes(document), set()
    for element in document.root.xpath("//*[@facs or @url]"):
        names = element.get("facs", "").split()
        if element.tag in _PICTURES and element.get("url"):
            names.append(element.get("url").strip())
        for raw in names:
            pointer = resolve(raw, document.path, prefixes)
            path = pointer.target
            if path and path not in seen and "#" not in path and not pointer.is_external:
                seen.add(path)
                yield NamedPicture(path, document.place(element))
