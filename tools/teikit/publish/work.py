"""The jobs of publishing: a document's bytes -> HTML, plain text, one merged TEI file."""

import copy
import dataclasses
from collections.abc import Iterator

from lxml import etree

from teikit.assembling import assemble
from teikit.divisions import anchors_of
from teikit.document import OURS, TEI, XML_ID, XML_LANG, Document
from teikit.edition.merge import merge
from teikit.pointers import resolve
from teikit.publish.carried import Carried, Lost, Unknown
from teikit.publish.html import finish_html
from teikit.publish.loss import count_page
from teikit.publish.loss_plain import count_notes, count_plain, find_all_notes
from teikit.publish.pieces import Merged, Piece, PieceSettings, PlainText
from teikit.references import find_references
from teikit.report import Finding
from teikit.transform.render import (
    RenderSettings,
    render_header,
    render_html,
    render_origin,
    render_text,
)
from teikit.transform.rendering import Stylesheet

_NOTES = frozenset(("explanation", "certainty"))
_UNWRAPPED = f"{{{OURS}}}unwrapped"


def piece_job(data: bytes, path: str, settings: PieceSettings) -> Piece:
    """Return the text in DATA as HTML for one page, and its header for another."""
    document = assemble(data, path, settings.folder).document
    reader = for_readers(document, settings)
    rendered = render_html(
        reader,
        RenderSettings(
            settings.language,
            settings.strings,
            settings.links,
            settings.findings,
            settings.stylesheet,
            settings.parameters,
            settings.pages,
            pictures=settings.pictures,
            witnesses=settings.witnesses,
            references=find_references(document),
            mentions=settings.mentions,
        ),
    )
    findings = list(rendered.messages)
    header = ""
    if settings.header_links is not None:
        about = render_header(
            document,
            RenderSettings(
                settings.language,
                settings.strings,
                settings.header_links,
                mentions=settings.mentions,
            ),
        )
        header = finish_html(about.content)
        findings += about.messages
    origin = render_origin(
        document,
        RenderSettings(
            settings.language, settings.strings, settings.links, pictures=settings.pictures
        ),
    )
    parts = rendered.parts or (rendered.content,)
    if settings.pages and len(parts) != len(settings.pages):
        findings.append(_not_split(document))
        parts = (rendered.content, *[""] * (len(settings.pages) - 1))
    counted = count_page(document, parts, settings.language, settings.links, len(rendered.unknown))
    return Piece(
        tuple(map(finish_html, parts)),
        header,
        tuple(dict.fromkeys(findings)),
        finish_html(origin.content),
        counted.rows,
        counted.losses,
        tuple(sorted(_unknown(document, rendered.unknown))),
    )


def _unknown(document: Document, found: tuple[tuple[str, int], ...]) -> Iterator[Unknown]:
    for name, ordinal in found:
        place = document.place_of(ordinal)
        yield Unknown(place.path, place.line, name)


def _not_split(document: Document) -> Finding:
    return Finding(
        document.place_of(0),
        "publish:not-split",
        "this long text cannot be parted: the stylesheet of the edition does not make one piece "
        "of each part",
        hint="Leave the templates of / and of text as they are in teikit:html.xsl, "
        "or set split = 0 in [publish] of edition.toml.",
    )


def plain_job(
    data: bytes, path: str, stylesheet: Stylesheet | None = None, folder: str = ""
) -> PlainText:
    """Return the text in DATA as plain text; the edition may have a stylesheet for it.

    What it includes is read in FOLDER.
    """
    document = assemble(data, path, folder).document
    made: dict[str, str] = {}
    findings: list[Finding] = []
    carried: list[Carried] = []
    losses: list[Lost] = []
    for form in _forms(document):
        rendered = render_text(document, form, stylesheet)
        row, told = (
            count_notes(document, rendered.content)
            if form == "notes"
            else count_plain(document, rendered.content, form)
        )
        made[form] = rendered.content
        findings += rendered.messages
        losses += told
        carried.append(row)
    return PlainText(
        made["reading"],
        made.get("source", ""),
        tuple(dict.fromkeys(findings)),
        made.get("notes", ""),
        tuple(carried),
        tuple(losses),
    )


def _forms(document: Document) -> Iterator[str]:
    """Yield the forms in which a text is plain text."""
    yield "reading"
    if next(document.elements("lb"), None) is not None:
        yield "source"
    if find_all_notes(document):
        yield "notes"


def merge_job(
    data: bytes,
    path: str,
    registers: tuple[tuple[str, bytes], ...],
    elsewhere: str,
    folder: str = "",
) -> Merged:
    """Return the text in DATA with the registers (path, bytes) in one TEI file; see `merge`."""
    documents = [assemble(other, name, folder).document for name, other in registers]
    return Merged(merge(assemble(data, path, folder).document, documents, elsewhere))


def for_readers(document: Document, settings: PieceSettings) -> Document:
    """Return the document without what its page does not show.

    Notes in standOff come in several languages: a reader gets those of the page's, where there
    are such. What statements are analysed as has a page of its own.
    """
    tree = copy.deepcopy(document.tree)
    if not settings.findings:  # a draft has marks at elements, so it keeps them all
        _unwrap_statements(tree)
    if settings.is_parallel and not settings.pages:
        _put_first(tree, settings.language)
    notes = [
        note
        for note in tree.iter(f"{{{TEI}}}note")
        if note.get("type") in _NOTES
        and note.get("target")
        and note.get(XML_LANG)
        and next(note.iterancestors(f"{{{TEI}}}standOff"), None) is not None
    ]
    spoken = {_about(note, document.path) for note in notes if _speaks(note, settings.language)}
    for note in notes:
        if not _speaks(note, settings.language) and _about(note, document.path) in spoken:
            note.getparent().remove(note)  # its tail goes with it: standOff holds no text
    return dataclasses.replace(document, tree=tree)


def _unwrap_statements(tree: etree._ElementTree) -> None:
    """Take the statements' tags away and leave their words, where nothing points to them."""
    for segment in list(tree.iter(f"{{{TEI}}}seg")):
        if segment.get("type") == "statement" and not segment.get(XML_ID):
            segment.tag = _UNWRAPPED
    etree.strip_tags(tree, _UNWRAPPED)


def _put_first(tree: etree._ElementTree, language: str) -> None:
    """Move the divisions in the language before those in others."""
    for text in tree.iter(f"{{{TEI}}}text"):
        for division, anchor in anchors_of(text).items():
            division.set(f"{{{OURS}}}id", anchor)  # by its place in the file
    for body in tree.iter(f"{{{TEI}}}body"):
        divisions = body.findall(f"{{{TEI}}}div[@{XML_LANG}]")
        if divisions:
            at = body.index(divisions[0])
            for division in sorted(divisions, key=lambda one: not _speaks(one, language)):
                body.insert(at, division)
                at += 1


def _about(note: etree._Element, path: str) -> tuple[str, str]:
    return note.get("type", ""), resolve(note.get("target").split()[0], path).target


def _speaks(note: etree._Element, language: str) -> bool:
    return note.get(XML_LANG).lower().split("-")[0] == language.lower().split("-")[0]
