"""Pictures of a document: where a page shows or links them."""

from collections.abc import Iterable, Mapping

from lxml import etree

from teikit.document import OURS, TEI, XML_ID
from teikit.pointers import resolve
from teikit.transform.hrefs import Hrefs

_T = f"{{{TEI}}}"
_SRC, _WIDTH, _HEIGHT, _FACS = (f"{{{OURS}}}{name}" for name in ("src", "width", "height", "facs"))
_SHOWN = (f"{_T}graphic", f"{_T}media")
_AREAS = frozenset(f"{_T}{name}" for name in ("surface", "surfaceGrp", "zone", "line", "facsimile"))


def mark_pictures(
    root: etree._Element,
    with_facs: Iterable[etree._Element],
    hrefs: Hrefs,
    pictures: Mapping[str, str],
) -> None:
    """Set tk:src, tk:width and tk:height on pictures of the edition, and tk:facs on what has one.

    WITH_FACS are the elements that have @facs; PICTURES are the pictures that a page can show:
    path in the project -> "WIDTHxHEIGHT", or "".
    """
    for element in root.iter(*_SHOWN):
        if element.get("url"):
            _mark_picture(element, hrefs, pictures)
    described = [one for one in with_facs if one.tag not in _AREAS]
    areas = _areas(root) if described else {}
    for element in described:
        found = (_facs(raw, areas, hrefs) for raw in element.get("facs").split())
        href = next(filter(None, found), "")
        if href:
            element.set(_FACS, href)


def _mark_picture(element: etree._Element, hrefs: Hrefs, pictures: Mapping[str, str]) -> None:
    target = resolve(element.get("url").strip(), hrefs.path, hrefs.prefixes).target
    href = hrefs.links.get(target)
    if href is None or target not in pictures:
        return
    element.set(_SRC, href)
    width, _, height = pictures[target].partition("x")
    if height:
        element.set(_WIDTH, width)
        element.set(_HEIGHT, height)


def _areas(root: etree._Element) -> dict[str, etree._Element]:
    """Return the surfaces, zones and pictures that @facs may point to, by id."""
    found: dict[str, etree._Element] = {}
    for element in root.iter(*_AREAS, *_SHOWN):
        if element.get(XML_ID):
            found.setdefault(element.get(XML_ID), element)
    return found


def _facs(raw: str, areas: Mapping[str, etree._Element], hrefs: Hrefs) -> str:
    """Return where the picture is that a pointer of @facs means, or ""."""
    if not raw.startswith("#"):
        return hrefs.href(raw)
    area = areas.get(raw[1:])
    while area is not None:  # a zone is shown by the picture of its surface
        if area.tag in _SHOWN:
            return hrefs.href(area.get("url", "").strip())
        picture = next((one for one in area.iterchildren(*_SHOWN) if one.get("url")), None)
        if picture is not None:
            return hrefs.href(picture.get("url").strip())
        area = area.getparent()
        if area is not None and area.tag not in _AREAS:
            return ""
    return ""
