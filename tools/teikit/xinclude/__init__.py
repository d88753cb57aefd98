"""XInclude 1.1, of our own: inside the project, counted, every element placed in its own file."""

from teikit.document import Document, read_document
from teikit.report import Finding
from teikit.xinclude.names import FALLBACK, INCLUDE

__all__ = ["read_whole"]


def read_whole(
    data: bytes, path: str, folder: str
) -> tuple[Document, tuple[Finding, ...], tuple[str, ...]]:
    """Return the document in DATA with what it includes, findings, and the paths of those files.

    Files are read inside FOLDER only, to which PATH is relative; none where it is empty. Raises
    UnreadableDocument where DATA itself is not well-formed XML.
    """
    document = read_document(data, path)
    if (
        b"XInclude" not in document.utf8
        or next(document.root.iter(INCLUDE, FALLBACK), None) is None
    ):
        return document, (), ()
    from teikit.xinclude.reading import include_parts

    return include_parts(document, data, folder)
