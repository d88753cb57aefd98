"""Pictures, charts and drawn shapes of Word: what is named in TEI, and what is only listed."""

from lxml import etree

from teikit.importing.building import Element, element
from teikit.importing.targets import as_pointer
from teikit.importing.word.context import Context
from teikit.importing.word.names import WP, A, C, R, V, is_repeated
from teikit.importing.word.package import Part


def read_pictures(context: Context, part: Part, node: etree._Element) -> list[Element]:
    """Return a figure for each picture in a drawing; what is no picture is listed."""
    inside = [one for one in node.iter(etree.Element) if not is_repeated(one)]
    pictures = [one for one in inside if one.tag in (f"{A}blip", f"{V}imagedata")]
    charts = [one for one in inside if one.tag == f"{C}chart"]
    names = {etree.QName(one).localname for one in inside}
    for chart in charts:
        link = part.links.get(chart.get(f"{R}id", ""))
        name = f" ({link[1][:300]})" if link else ""
        context.tell("lost", f"a chart is not carried{name}")
    if "relIds" in names:
        context.tell("lost", "a drawing (SmartArt) is not carried; its words are listed")
    if "OLEObject" in names:
        context.tell("lost", "an embedded object is not carried, only its picture")
    if not pictures and not charts and not names & {"relIds", "OLEObject", "txbxContent"}:
        context.tell("lost", "a drawn shape is not carried", "info")
    return [one for one in (_figure(context, part, node, one) for one in pictures) if one]


def _figure(
    context: Context, part: Part, node: etree._Element, picture: etree._Element
) -> Element | None:
    rid = picture.get(f"{R}embed") or picture.get(f"{R}link") or picture.get(f"{R}id") or ""
    link = part.links.get(rid)
    if link is None:
        context.tell("lost", "a picture is named here, but is not in the document")
        return None
    context.at_page_start = False
    context.tell(
        "picture",
        f"the picture {link[1][:300]} is named, but not copied",
        "warning",
        "A .docx is a zip: take the picture out of it, put it beside the text, and correct the url "
        "of <graphic>.",
    )
    about = node.find(f".//{WP}docPr")
    said = "" if about is None else about.get("descr") or about.get("title") or ""
    described = [element("figDesc", [" ".join(said.split())])] if said.strip() else []
    return element("figure", [element("graphic", url=_address(*link)), *described])


def _address(kind: str, target: str, is_outside: bool) -> str:
    """Return where the picture is, or will be, as seen from the TEI file."""
    name = as_pointer(f"figures/{target.rpartition('/')[2]}")
    return (as_pointer(target) if is_outside else "") or name or "figures/"
