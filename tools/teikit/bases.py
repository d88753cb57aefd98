"""What the relative addresses in an element are relative to (XML Base; XInclude 1.1, 4.7.5)."""

from lxml import etree

from teikit.addresses import Address, find_address
from teikit.document import BASE, XML

XML_BASE = f"{{{XML}}}base"


def base_of(element: etree._Element, path: str) -> Address:
    """Return what the addresses in the element are relative to: by xml:base, and by its file."""
    references, base = [], Address(path)
    for one in (element, *element.iterancestors()):
        if one.get(XML_BASE) is not None:
            references.append(one.get(XML_BASE))
        if one.get(BASE) is not None:
            base = read_base(one.get(BASE))
            break
    for reference in reversed(references):
        base = find_address(reference.partition("#")[0], base)
    return base


def write_base(base: Address) -> str:
    """Return the address as it stands in a `tk:base` attribute."""
    return f"url {base.url}" if base.url else f"path {base.path}"


def read_base(written: str) -> Address:
    """Return the address that `write_base` wrote."""
    kind, _, value = written.partition(" ")
    return Address(url=value) if kind == "url" else Address(value)
