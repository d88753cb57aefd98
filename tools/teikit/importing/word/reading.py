"""A Word document as a Transcript."""

from dataclasses import replace
from xml.parsers.expat import ExpatError

from teikit.errors import TeikitError
from teikit.importing.building import (
    PB,
    WITNESS_LAYOUT,
    Element,
    drop_empty_lines,
    has_pages,
    has_words,
    render_witness,
    words_of,
)
from teikit.importing.elements import Transcript
from teikit.importing.losses import Loss, quote, tell
from teikit.importing.nesting import nest
from teikit.importing.word.accounting import close_account
from teikit.importing.word.blocks import Blocks
from teikit.importing.word.context import Context
from teikit.importing.word.generated import find_generated
from teikit.importing.word.languages import find_main_language
from teikit.importing.word.lists import group
from teikit.importing.word.names import W
from teikit.importing.word.notes import Notes
from teikit.importing.word.numbering import Numbering
from teikit.importing.word.package import open_package
from teikit.importing.word.styles import Styles
from teikit.importing.word.sweeping import sweep
from teikit.place import Place

_RULES = (
    "a paragraph of Word is a paragraph, an item, a heading or a row of a table, by its style",
    "a line is a paragraph, or what stands between two line breaks in it: Word keeps no others",
    "a page begins where Word broke it when the document was last saved, and where it had to",
    "a div begins at each heading",
    "the words of notes are not compared with the source, all others are",
)


def read_word(data: bytes, path: str) -> Transcript:
    """Return the text of a .docx; raise TeikitError where it cannot be read."""
    try:
        body, losses, title = read_parts(data, path)
    except RecursionError:
        raise TeikitError(f"{path}: is nested too deeply to be read") from None
    if not has_words(body):
        raise TeikitError(f"{path}: has no text")
    return Transcript(
        body,
        render_witness(body),
        WITNESS_LAYOUT,
        title,
        rules=_RULES,
        lost=tuple(loss.finding for loss in losses),
    )


def read_parts(data: bytes, path: str) -> tuple[tuple[Element, ...], tuple[Loss, ...], str]:
    """Return the body of a .docx, what is not in it, and its title."""
    package = open_package(data, path)
    main = package.main
    container = main.root.find(f"{W}body")
    if container is None:
        raise TeikitError(f"{path}: is no Word document: it has no body")
    context = Context(path, package, Styles(package), Numbering(package))
    styles = [part.root for part in package.related(main, "styles")]
    context.language = find_main_language(main, styles)
    sections = list(main.root.iter(f"{W}sectPr"))
    context.next_sections = dict(zip(sections, [*sections[1:], None], strict=False))
    for part in package.parts.values():
        context.generated |= find_generated(part)
    flats = Blocks(context, main, Notes(context).read).read(container)
    body = drop_empty_lines(_with_first_page(nest(group(flats), divs=True)))
    sweep(context)
    if any(name.endswith("vbaProject.bin") for name in package.others):
        context.tell_once("lost", "macros are left out; they are never run")
    losses = context.losses
    _close(data, path, body, losses)
    return body, tuple(losses), _title(body) or package.title


def _with_first_page(body: tuple[Element, ...]) -> tuple[Element, ...]:
    """Return the body; where it has pages, the first begins at its beginning."""
    if not has_pages(body):
        return body
    return (PB, *body)


def _title(body: tuple[Element, ...]) -> str:
    first = next((one for one in body if one.name == "head"), None)
    return " ".join(words_of(_without_notes(first).content).split()) if first else ""


def _without_notes(one: Element) -> Element:
    kept = (
        piece if isinstance(piece, str) else _without_notes(piece)
        for piece in one.content
        if isinstance(piece, str) or piece.name != "note"
    )
    return replace(one, content=tuple(" " if piece == Element("lb") else piece for piece in kept))


def _close(data: bytes, path: str, body: tuple[Element, ...], losses: list[Loss]) -> None:
    """Note what the account does not close on: a fault of ours that must not stay silent."""
    try:
        account = close_account(data, body, [loss.words for loss in losses])
    except ExpatError as error:  # stricter about names than lxml
        raise TeikitError(f"{path}: is damaged: it is not well-formed XML ({error})") from error
    for characters, what in (
        (account.missing, "are in the document, but neither in the TEI nor in this list"),
        (account.surplus, "are in the TEI, or in this list, more often than in the document"),
    ):
        if characters:
            losses.append(
                Loss(
                    tell(
                        Place(path),
                        "unaccounted",
                        f"{len(characters)} characters {what}: {quote(characters, 200)}",
                        "error",
                        "This is a fault of teikit: please report it, with the document.",
                    )
                )
            )
