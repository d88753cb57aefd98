"""The job that tells whether a file is TEI, and which schemas it names."""

from lxml import etree

from teikit.document import TEI, XML_LANG, read_document
from teikit.schema.associations import read_associations, read_other_schemas
from teikit.starting.records import Kind
from teikit.texts import find_texts, is_register
from teikit.unreadable import UnreadableDocument

_LISTS = tuple(f"{{{TEI}}}{name}" for name in (
    "listPerson listPlace listOrg listEvent listObject listBibl interpGrp particDesc settingDesc "
    "standOff"
).split())  # fmt: skip


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
        return Kind(role="part" if name.namespace == TEI else "other")
    named = (*read_associations(document), *read_other_schemas(document))
    return Kind(
        is_tei=True,
        schemas=tuple(dict.fromkeys(one.href for one in named if one.href)),
        language=_language(document.root),
        role=_role(document.root),
    )


def _language(root: etree._Element) -> str:
    """Return the xml:lang that holds for the first text, or an empty string."""
    for one in (*find_texts(root)[:1], root):
        for element in (one, *one.iterancestors()):
            if element.get(XML_LANG):
                return element.get(XML_LANG)
    return ""


def _role(root: etree._Element) -> str:
    """Return what a TEI document is to an edition; see Kind."""
    if next(root.iter(f"{{{TEI}}}schemaSpec"), None) is not None:
        return "odd"
    if find_texts(root) and not is_register(root):
        return "text"
    has_lists = next(root.iter(*_LISTS), None) is not None
    return "register" if has_lists else "header"
