"""A Document -> HTML, plain text, or whatever a stylesheet of the scholar makes of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from lxml import etree

from teikit.document import OURS, TEI, Document, label_of
from teikit.report import Finding
from teikit.transform.apparatus import check_apparatus
from teikit.transform.labels import tag_labels
from teikit.transform.plain import lay_out
from teikit.transform.prepare import Surroundings, prepare
from teikit.transform.rendering import PartPage, Rendered, RenderSettings, Stylesheet
from teikit.transform.splitting import mend_links
from teikit.transform.stylesheets import (
    Compiled,
    compile_shipped,
    compile_stylesheet,
    run,
)

_PART = "data-tk-part"  # on the first element of each page of a split text
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_NO_TEMPLATE = re.compile(r"no template for (\S+) in (\S*) \[(\d*)\]")


def render_html(document: Document, settings: RenderSettings | None = None) -> Rendered:
    """Return the text as an HTML fragment, an article."""
    settings = settings or RenderSettings()
    if settings.stylesheet is None:
        compiled = compile_shipped("html.xsl")
    else:
        compiled = compile_stylesheet(settings.stylesheet)
    rendered = _render(document, compiled, settings, settings.parameters)
    return replace(rendered, messages=(*rendered.messages, *check_apparatus(document)))


def render_header(document: Document, settings: RenderSettings | None = None) -> Rendered:
    """Return the teiHeader as an HTML fragment."""
    settings = settings or RenderSettings()
    return _render(
        document,
        compile_shipped("header.xsl"),
        settings,
        {"language": settings.language.partition("-")[0]},
        "teiHeader",
    )


def render_origin(document: Document, settings: RenderSettings | None = None) -> Rendered:
    """Return what the header says of a letter, or of the manuscript, as HTML; "" for nothing."""
    header = next(document.elements("teiHeader"), None)
    told = (f"{{{TEI}}}correspAction", f"{{{TEI}}}msDesc")
    if header is None or next(header.iter(*told), None) is None:
        return Rendered("")
    settings = settings or RenderSettings()
    return _render(
        document,
        compile_shipped("origin.xsl"),
        settings,
        {"language": settings.language.partition("-")[0]},
        "teiHeader",
    )


def render_text(
    document: Document, form: str = "reading", stylesheet: Stylesheet | None = None
) -> Rendered:
    """Return the words of the text: FORM "reading", "source" (its lines and pages), or "notes"."""
    tree = prepare(document, Surroundings())
    compiled = compile_stylesheet(stylesheet) if stylesheet else compile_shipped("text.xsl")
    result, messages = run(compiled, tree, {"form": form})
    return Rendered(lay_out(result.getroot(), form), tuple(_findings(document, messages)))


def run_stylesheet(
    document: Document, stylesheet: Stylesheet, settings: RenderSettings | None = None
) -> tuple[bytes, tuple[Finding, ...]]:
    """Return what a stylesheet makes of the document, and its messages as findings.

    One that imports ours reads the working tree, as ours do; any other reads the document as
    it is. Nothing of our namespace is in the result.
    """
    settings = settings or RenderSettings()
    compiled = compile_stylesheet(stylesheet)
    tree = (
        prepare(document, _surroundings(settings)) if compiled.uses_ours else _as_written(document)
    )
    result, messages = run(compiled, tree, settings.parameters)
    _remove_ours(result)
    return bytes(result), tuple(_findings(document, messages))


def _render(
    document: Document,
    compiled: Compiled,
    settings: RenderSettings,
    parameters: Mapping[str, str] | None = None,
    shown: str = "text",
) -> Rendered:
    tree = prepare(document, _surroundings(settings), shown)
    result, messages = run(compiled, tree, parameters)
    findings, title = tuple(_findings(document, messages)), title_of(document)
    if settings.strings and result.getroot() is not None:
        language = settings.strings.get("language.tag") or settings.language
        for top in (result.getroot(), *result.getroot().itersiblings(etree.Element)):
            tag_labels(top, language)
    parts = _write_html(result, settings.pages)
    pages = tuple(parts) if settings.pages else ()
    return Rendered("".join(parts), findings, title, pages, tuple(_unknown(messages)))


def _write_html(result: etree._XSLTResultTree, pages: Sequence[PartPage]) -> list[str]:
    """Return the fragments, one a page, with every element closed, so that XML and HTML read them
    alike.

    libxml2's own HTML leaves out end tags where HTML allows that.
    """
    root = result.getroot()
    if root is None:
        return [str(result)]
    _remove_ours(result)
    etree.cleanup_namespaces(result)
    parts: list[list[etree._Element]] = []
    for top in (root, *root.itersiblings(etree.Element)):
        for element in _find_empty()(top):
            if element.tag not in _VOID:
                element.text = ""  # <a></a>, not <a/>
        begins_page = top.attrib.pop(_PART, None) is not None
        if begins_page or not parts:
            parts.append([])
        parts[-1].append(top)
    if len(parts) == len(pages):
        mend_links(parts, pages)
    return ["\n".join(map(_written, part)) + "\n" for part in parts]


@cache
def _find_empty() -> etree.XPath:
    return etree.XPath("descendant-or-self::*[not(node())]")


@cache
def _has_ours() -> etree.XPath:
    return etree.XPath("boolean(//@tk:*)", namespaces={"tk": OURS})


def _written(top: etree._Element) -> str:
    return etree.tostring(top, encoding="unicode", with_tail=False)


def title_of(document: Document) -> str:
    """Return the title that the header gives the text itself, or an empty string."""
    titles = document.root.findall(f".//{{{TEI}}}titleStmt/{{{TEI}}}title")
    own = [title for title in titles if title.get("level", "m") in ("a", "m", "u")]
    own.sort(key=lambda title: title.get("type", "main") != "main")
    return label_of(next(iter(own or titles), None))


def _surroundings(settings: RenderSettings) -> Surroundings:
    return Surroundings(
        settings.strings,
        settings.links,
        settings.findings,
        settings.pages,
        settings.witnesses,
        settings.pictures,
        settings.references,
        settings.mentions,
    )


def _as_written(document: Document) -> etree._ElementTree:
    """Return a copy of the tree without what reading added to it."""
    tree = etree.ElementTree(etree.fromstring(etree.tostring(document.tree)))
    _remove_ours(tree)
    return tree


def _remove_ours(tree: etree._ElementTree) -> None:
    """Remove attributes and elements of our namespace, and its declaration."""
    root = tree.getroot()
    if root is None:
        return
    found = _has_ours()(root)
    etree.strip_attributes(tree, f"{{{OURS}}}*")
    for element in list(root.iter(f"{{{OURS}}}strings", f"{{{OURS}}}witnesses")):
        found = True
        if element.getparent() is not None:
            element.getparent().remove(element)
    if found or OURS in root.nsmap.values():
        prefixes = {
            prefix
            for element in root.iter(etree.Element)
            for prefix, uri in element.nsmap.items()
            if uri != OURS and prefix
        }
        etree.cleanup_namespaces(tree, keep_ns_prefixes=sorted(prefixes))


def _unknown(messages: list[str]) -> Iterator[tuple[str, int]]:
    """Yield the elements that no template knows: name and ordinal."""
    for message in messages:
        if match := _NO_TEMPLATE.fullmatch(message.strip()):
            yield match[1], int(match[3] or 0)


def _findings(document: Document, messages: list[str]) -> Iterator[Finding]:
    """Yield a warning for each kind of element that no template knows, and for each message."""
    seen: dict[str, list[int]] = {}
    for message in messages:
        match = _NO_TEMPLATE.fullmatch(message.strip())
        if match:
            seen.setdefault(match[1], []).append(int(match[3] or 0))
        else:
            place = document.place_of(0)
            yield Finding(place, "transform:message", " ".join(message.split()), "info")
    for name, ordinals in seen.items():
        often = f", here and {len(ordinals) - 1} times more" if len(ordinals) > 1 else ""
        yield Finding(
            document.place_of(ordinals[0]),
            "transform:no-template",
            f"no template for {name}{often}; its words are kept",
            "warning",
            "If its words should look different, add a template for it to a stylesheet that "
            "imports teikit:html.xsl.",
            ordinal=ordinals[0],
        )
