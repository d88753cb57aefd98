"""What the white space in each element of a document is: by its schemas, or by what the TEI says.

A schema may define one name in two ways, so each element is asked in its place. Where there is no
schema, or it does not know the element there, the TEI's own definition counts (`element_only.txt`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from lxml import etree

from teikit.document import TEI, XML, Document
from teikit.schema.relaxng.errors import TooComplex
from teikit.schema.relaxng.loading import read_grammar
from teikit.schema.relaxng.whitespace import find_element_only
from teikit.transform.blocks import BY_PLACE, RUNNING, STRUCTURAL

# The elements that carry the structure of a text: to put a div around something changes two lines.
STRUCTURE = frozenset(
    "TEI teiCorpus text group front body back div div1 div2 div3 div4 div5 div6 div7".split()
)
_SPACE = f"{{{XML}}}space"
_HEADER = f"{{{TEI}}}teiHeader"


@dataclass(frozen=True)
class Space:
    """What the white space in an element is, and what is known of the element for that.

    - "kept": it says xml:space="preserve"; nothing in it is touched, at any depth
    - "text": it is text, or may be
    - "loose": it is no text, but a reader might take it for a space between words, as between the
      readings of an app: what has a line end may have another line end
    - "free": it is no text, and nobody takes it for that: in the header, and where each child
      stands on its own in a page (a paragraph in a div, an item in a list)
    """

    kind: str
    indents: bool = True  # its children stand deeper than it does
    is_set_apart: bool = False  # free also in the middle of a paragraph, as a list is
    runs: bool = False  # its words run on into those of the element beside it

    @property
    def is_text(self) -> bool:
        """Return whether every byte between the tags stays."""
        return self.kind in ("kept", "text")

    def of_kind(self, kind: str) -> "Space":
        """Return the same of another kind."""
        return self if self.kind == kind else _of_kind(self, kind)


def find_spaces(document: Document, schemas: Sequence[str], folder: str, cache: str) -> list[Space]:
    """Return what the white space in each element is, in document order.

    SCHEMAS are RELAX NG files, all of which count. Raises TeikitError where one is not sound.
    """
    ways = [_by_schema(document, schema, folder, cache) for schema in schemas]
    spaces, header_ends = [], -1
    elements = document.root.iter(etree.Element)
    for ordinal, (element, *verdicts) in enumerate(zip(elements, *ways, strict=True)):
        if element.tag == _HEADER and ordinal > header_ends:
            header_ends = ordinal + sum(1 for _ in element.iterdescendants(etree.Element))
        spaces.append(_space(element, verdicts, ordinal <= header_ends))
    return spaces


def _by_schema(document: Document, schema: str, folder: str, cache: str) -> Sequence[bool | None]:
    """Return what a schema says of each element; nothing where it was made to take too long."""
    grammar = read_grammar(schema, folder, cache)
    try:
        return list(find_element_only(grammar, document.tree))
    except (TooComplex, RecursionError):
        return [None for _ in document.root.iter(etree.Element)]


def _space(element: etree._Element, verdicts: Sequence[bool | None], is_in_header: bool) -> Space:
    """Return what the white space in the element is, given what each schema says of it."""
    name = element.tag.removeprefix(f"{{{TEI}}}")
    if element.get(_SPACE) == "preserve":
        return _described("kept", name, is_in_header)
    known = [verdict for verdict in verdicts if verdict is not None]
    by_tei = name in element_only_names()
    if not (all(known) if known else by_tei):
        return _described("text", name, is_in_header)
    is_free = by_tei and (is_in_header or name in STRUCTURAL or name in BY_PLACE)
    return _described("free" if is_free else "loose", name, is_in_header)


@lru_cache(maxsize=4096)
def _of_kind(space: Space, kind: str) -> Space:
    return replace(space, kind=kind)


@lru_cache(maxsize=4096)
def _described(kind: str, name: str, is_in_header: bool) -> Space:
    return Space(
        kind,
        indents=name not in STRUCTURE,
        is_set_apart=name in STRUCTURAL,
        runs=not is_in_header and name in RUNNING,
    )


@cache
def element_only_names() -> frozenset[str]:
    """Return the TEI elements in which there is no text of their own, wherever they stand."""
    text = Path(__file__).with_name("element_only.txt").read_text(encoding="ascii")
    return frozenset(
        name for line in text.splitlines() if not line.startswith("#") for name in line.split()
    )
