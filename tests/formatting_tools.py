"""What the tests of `teikit format` share: laying out, and a judge that knows nothing of teikit."""

import subprocess
from collections.abc import Callable
from functools import cache

from lxml import etree

from shared_data import TEI_ALL
from teikit.check.records import CheckSettings
from teikit.document import TEI
from teikit.formatting.job import format_job

HEAD = f'<TEI xmlns="{TEI}">\n<teiHeader/>\n<text>\n<body>\n'
TAIL = "\n</body>\n</text>\n</TEI>\n"
_RNG = "{http://relaxng.org/ns/structure/1.0}"


def lay_out(data: str | bytes, *schemas: object, cache: str = "") -> bytes:
    """Return the file in the agreed layout, by these schemas or by what the TEI says."""
    data = data.encode() if isinstance(data, str) else data
    result = format_job(data, "a.xml", CheckSettings(given=tuple(map(str, schemas)), cache=cache))
    assert (result.finding, result.problem) == (None, "")
    return result.data


def body(inner: str, *schemas: object) -> str:
    """Return what becomes of INNER in the body of a TEI file."""
    laid_out = lay_out(f"{HEAD}{inner}{TAIL}", *schemas).decode()
    assert lay_out(laid_out, *schemas).decode() == laid_out  # once is enough
    assert laid_out.startswith(HEAD) and laid_out.endswith(TAIL)
    return laid_out[len(HEAD) : -len(TAIL)]


@cache
def elements_only() -> frozenset[str]:
    """Return the elements of tei_all.rng in whose content nothing leads to text or data.

    Found by following the references of the schema file itself.
    """
    root = etree.parse(str(TEI_ALL)).getroot()
    defines: dict[str, list] = {}
    for define in root.iter(f"{_RNG}define"):
        defines.setdefault(define.get("name"), []).append(define)
    found: dict[str, bool] = {}
    for element in root.iter(f"{_RNG}element"):
        name = element.get("name")
        if name:
            found[name] = found.get(name, True) and not _leads_to_text(element, defines)
    return frozenset(name for name, only in found.items() if only)


def _leads_to_text(element: etree._Element, defines: dict[str, list]) -> bool:
    waiting, seen = list(element), set()
    while waiting:
        node = waiting.pop()
        if node.tag in (f"{_RNG}{one}" for one in ("text", "mixed", "data", "value", "list")):
            return True
        if node.tag in (f"{_RNG}attribute", f"{_RNG}element") or not isinstance(node.tag, str):
            continue
        if node.tag == f"{_RNG}ref" and node.get("name") not in seen:
            seen.add(node.get("name"))
            waiting += [child for one in defines.get(node.get("name"), ()) for child in one]
        waiting += list(node)
    return False


def canonical(data: bytes, is_idle: Callable[[etree._Element], bool]) -> bytes:
    """Return the canonical XML of a file, without white space directly in idle elements."""
    tree = etree.fromstring(data, etree.XMLParser(collect_ids=False)).getroottree()
    for element in tree.iter(etree.Element):
        if is_idle(element):
            if not (element.text or "").strip():
                element.text = None
            for child in element:
                if not (child.tail or "").strip():
                    child.tail = None
    return etree.tostring(tree, method="c14n", with_comments=True)


def is_idle(element: etree._Element) -> bool:
    """Return whether the TEI has no text in this element."""
    return element.tag.removeprefix(f"{{{TEI}}}") in elements_only()


def by_xmllint(data: bytes) -> bytes:
    """Return the canonical XML that xmllint makes of the file."""
    command = ["xmllint", "--nonet", "--c14n", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout
