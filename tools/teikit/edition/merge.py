"""A text and the registers -> one TEI file that points to nothing beside it.

The lists of the registers move into the text's standOff; pointers to them become `#id`. Ids of
a register that are taken already get the register's name before them.
"""

import copy
import posixpath
import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from lxml import etree

from teikit.document import OURS, TEI, XML_ID, Document
from teikit.pointers import POINTER_ATTRIBUTES, Prefix, pointers_of, read_prefixes, resolve

_T = f"{{{TEI}}}"

_NO_ENTRIES = frozenset(f"{_T}{name}" for name in ("head", "desc"))


def merge(main: Document, registers: Sequence[Document], elsewhere: str = "") -> bytes:
    """Return the bytes of the merged TEI file.

    ELSEWHERE is the URL of the project's folder as seen from the merged file; pointers to other
    files of the project begin with it.
    """
    tree = copy.deepcopy(main.tree)
    root = tree.getroot()
    names = _new_names(main, registers)
    _rewrite(root, main, names, elsewhere)
    holder = _stand_off(root)
    for register in registers:
        for stand_off in register.elements("standOff"):
            moved = copy.deepcopy(stand_off)
            _rewrite(moved, register, names, elsewhere)
            _drop_empty_lists(moved)
            _append(holder, moved)
    _drop_prefixes(root)
    _drop_models(root)
    etree.strip_attributes(root, f"{{{OURS}}}*")
    etree.cleanup_namespaces(root)
    if OURS in (root.nsmap or {}).values():
        raise ValueError("a name of ours is left in the merged file")
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True) + b"\n"


def _new_names(main: Document, registers: Sequence[Document]) -> dict[str, str]:
    """Return `path#id` -> id in the merged file, for the text and the registers' standOff."""
    names = {f"{main.path}#{name}": name for name in main.ids}
    taken = set(names.values())
    for register in registers:
        prefix = re.sub(r"[^\w.-]", "-", posixpath.basename(register.path).removesuffix(".xml"))
        for stand_off in register.elements("standOff"):
            for element in stand_off.iter(etree.Element):
                name = element.get(XML_ID)
                if name is None:
                    continue
                new, number = name, 1
                while new in taken:
                    new = f"{prefix}-{name}" if number == 1 else f"{prefix}-{name}-{number}"
                    number += 1
                taken.add(new)
                names[f"{register.path}#{name}"] = new
    return names


def _rewrite(
    root: etree._Element, document: Document, names: Mapping[str, str], elsewhere: str
) -> None:
    prefixes = read_prefixes(document)
    for element in root.iter(f"{_T}*"):
        name = element.get(XML_ID)
        if name is not None and f"{document.path}#{name}" in names:
            element.set(XML_ID, names[f"{document.path}#{name}"])
        followed = {attribute for attribute, _ in pointers_of(element)}
        for attribute in POINTER_ATTRIBUTES:
            if attribute in followed:
                element.set(
                    attribute,
                    " ".join(
                        _rewritten(raw, document.path, prefixes, names, elsewhere)
                        for raw in element.get(attribute).split()
                    ),
                )


def _rewritten(
    raw: str, path: str, prefixes: tuple[Prefix, ...], names: Mapping[str, str], elsewhere: str
) -> str:
    pointer = resolve(raw, path, prefixes)
    if pointer.target in names:
        return f"#{names[pointer.target]}"
    if not pointer.target or pointer.is_external or pointer.target.startswith(f"{path}#"):
        return raw
    at, _, fragment = pointer.target.partition("#")
    return elsewhere + quote(at) + (f"#{fragment}" if fragment else "")


def _stand_off(root: etree._Element) -> etree._Element:
    """Return the document's standOff; a new one where it has none."""
    found = root.find(f"{_T}standOff")
    if found is None:
        found = etree.SubElement(root, f"{_T}standOff")
        found.tail = "\n"
    return found


def _append(holder: etree._Element, moved: etree._Element) -> None:
    if len(holder):
        holder[-1].tail = "\n"
    for child in list(moved):
        child.tail = "\n"
        holder.append(child)


def _drop_empty_lists(top: etree._Element) -> None:
    """Take out the lists of which no entry is left; TEI allows none without entries."""
    for element in reversed(list(top.iterdescendants(f"{_T}*"))):
        if element.tag.startswith(f"{_T}list") and all(
            child.tag in _NO_ENTRIES for child in element.iterchildren(etree.Element)
        ):
            element.getparent().remove(element)


def _drop_prefixes(root: etree._Element) -> None:
    """Take out the prefixes that no pointer uses any more."""
    used = {
        raw.partition(":")[0]
        for element in root.iter(f"{_T}*")
        for _, raw in pointers_of(element)
        if ":" in raw
    }
    for prefix in list(root.iter(f"{_T}prefixDef")):
        if prefix.get("ident") not in used:
            parent = prefix.getparent()
            parent.remove(prefix)
            if len(parent) == 0:
                parent.getparent().remove(parent)


def _drop_models(root: etree._Element) -> None:
    """Take out the <?xml-model?> lines: the edition's schema is not beside this file."""
    before = root.getprevious()
    while before is not None:
        following = before.getprevious()
        if before.tag is etree.ProcessingInstruction and before.target == "xml-model":
            etree.Element("elsewhere").append(before)  # a node before the root has no parent
        before = following
