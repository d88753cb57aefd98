"""The job that tells whether a file is TEI, and which schemas it names."""

from lxml import etree

from teikit.document import TEI, read_document
from teikit.schema.associations import read_associations, read_other_schemas
from teikit.starting.kind_of_file import Kind
from teikit.unreadable import UnreadableDocument


def kind_job(data: bytes, path: str) -> Kind:
    """Return what the file DATA is to an edition; an empty one is nothing."""
    if not data.strip():
        return Kind()
    try:
        document = read_document(data, path)
    except UnreadableDocument:
        return Kind(is_readable=False)
    name = etree.QName(document.root)
    if name.namespace != TEI or name.localname not in ("TEI", "teiCorpus"):
        return Kind()
    named = (*read_associations(document), *read_other_schemas(document))
    return Kind(is_tei=True, schemas=tuple(dict.fromkeys(one.href for one in named if one.href)))
