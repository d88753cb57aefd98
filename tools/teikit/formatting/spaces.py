"""What the white space in each element of a document is: by its schemas, or by what the TEI says.

A schema may define one name in two ways, so each element is asked in its place. Where there is no
schema, or it does not know the element there, the TEI's own definition counts (`element_only.txt`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from teikit.document import TEI, XML, Document
from teikit.schema.relaxng.errors import TooComplex
from teikit.schema.relaxng.loading import read_grammar
from teikit.schema.relaxng.whitespace import find_element_only

# The elements that carry the structure of a text: to put a div around something changes two lines.
STRUCTURE = frozenset(
    "TEI teiCorpus text group front body back div div1 div2 div3 div4 div5 div6 div7".split()
)
# What every reader sets apart, also in the middle of a paragraph: no word runs on between two
# children of these, so that they may be laid out there too. Not so choice, app, subst and the like.
SET_APART = frozenset(
    """list table row lg sp spGrp castList castGroup floatingText listBibl listPerson listPlace
    listOrg listEvent listObject listNym listRelation listApp listWit listChange""".split()
)
_SPACE = f"{{{XML}}}space"


@dataclass(frozen=True)
class Space:
    """What may be done with the white space in an element.

    Of the first three the first that is true counts; with none, every byte stays.
    """

    is_kept: bool = False  # xml:space="preserve": nothing below is touched either
    is_free: bool = False  # it is no text: one child a line
    is_loose: bool = False  # no text, but readers may see a space: line ends stay line ends
    indents: bool = True
    is_set_apart: bool = False  # may be laid out in the middle of running text


KEPT, TEXT, LOOSE = Space(is_kept=True), Space(), Space(is_loose=True)


def find_spaces(document: Document, schemas: Sequence[str], folder: str, cache: str) -> list[Space]:
    """Return what the white space in each element is, in document order.

    SCHEMAS are RELAX NG files, all of which count. Raises TeikitError where one is not sound.
    """
    ways = [_by_schema(document, schema, folder, cache) for schema in schemas]
    return [
        _space(element, *verdicts)
        for element, *verdicts in zip(document.root.iter(etree.Element), *ways, strict=True)
    ]


def _by_schema(
    document: Document, schema: str, folder: str, cache: str
) -> Sequence[bool | None] | Iterator[None]:
    grammar = read_grammar(schema, folder, cache)
    try:
        return list(find_element_only(grammar, document.clean_tree()))
    except (TooComplex, RecursionError):
        return [None for _ in document.root.iter(etree.Element)]


def _space(element: etree._Element, *verdicts: bool | None) -> Space:
    """Return what the white space in the element is, given what each schema says of it."""
    if element.get(_SPACE) == "preserve":
        return KEPT
    known = [verdict for verdict in verdicts if verdict is not None]
    name = element.tag.removeprefix(f"{{{TEI}}}")
    by_tei = name in element_only_names()
    if not (all(known) if known else by_tei):
        return TEXT
    return _free(name) if by_tei else LOOSE


@cache
def _free(name: str) -> Space:
    return Space(is_free=True, indents=name not in STRUCTURE, is_set_apart=name in SET_APART)


@cache
def element_only_names() -> frozenset[str]:
    """Return the TEI elements in which there is no text of their own, wherever they stand."""
    text = Path(__file__).with_name("element_only.txt").read_text(encoding="ascii")
    return frozenset(
        name for line in text.splitlines() if not line.startswith("#") for name in line.split()
    )
