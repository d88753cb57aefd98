"""The names of WordprocessingML, and small questions about its elements."""

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"

# what ISO 29500 Strict calls the same
STRICT = (
    (
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        "http://purl.oclc.org/ooxml/officeDocument/math",
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (
        "http://purl.oclc.org/ooxml/drawingml/",
        "http://schemas.openxmlformats.org/drawingml/2006/",
    ),
)

TEXTS = frozenset({f"{W}t", f"{W}delText", f"{M}t", f"{A}t"})  # what holds characters to be read


def text_of(element: etree._Element) -> str:
    """Return the characters of a w:t or its like, without what a comment in it says.

    What stands in another w:t inside it, which is no Word, belongs to that one.
    """
    if not len(element):
        return element.text or ""
    return "".join(
        str(text)
        for text in element.xpath(".//text()")
        if _holder(text.getparent() if text.is_text else text.getparent().getparent()) is element
    )


def _holder(node: etree._Element | None) -> etree._Element | None:
    while node is not None and node.tag not in TEXTS:
        node = node.getparent()
    return node


def find_chosen(alternatives: etree._Element) -> etree._Element | None:
    """Return what is read of an mc:AlternateContent: its first choice, else what it falls back on.

    The others say the same again for other programs.
    """
    chosen = alternatives.find(f"{MC}Choice")
    return alternatives.find(f"{MC}Fallback") if chosen is None else chosen


def is_repeated(node: etree._Element) -> bool:
    """Return whether the node stands in what says the same again for other programs."""
    inner = node
    for around in node.iterancestors():
        if around.tag == f"{MC}AlternateContent" and inner is not find_chosen(around):
            return True
        inner = around
    return False


def value(element: etree._Element | None, name: str, default: str = "") -> str:
    """Return w:val of the child NAME of the element."""
    child = None if element is None else element.find(f"{W}{name}")
    return default if child is None else child.get(f"{W}val", default)


def is_on(element: etree._Element | None, name: str) -> bool | None:
    """Return whether the property NAME (w:b, w:i, ...) is set; None where nothing is said."""
    child = None if element is None else element.find(f"{W}{name}")
    if child is None:
        return None
    return child.get(f"{W}val", "1").lower() not in ("0", "false", "off", "none")


def number(text: str | None, default: int = 0) -> int:
    """Return a number that a document says; DEFAULT where it is none, or beyond all reason."""
    try:
        found = int(text or "")
    except ValueError:
        return default
    return found if abs(found) < 10**6 else default
