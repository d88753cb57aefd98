"""A grammar: a schema that has been read, simplified and found sound."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from teikit.schema.relaxng.errors import BadGrammar, Position, TooComplex
from teikit.schema.relaxng.patterns import LARGEST_POOL, Pattern, Pool
from teikit.schema.relaxng.problems import Problem
from teikit.schema.relaxng.recovery import RecoveringAutomaton
from teikit.schema.relaxng.resolving import Resolver, folder_resolver, refuse
from teikit.schema.relaxng.validator import validate_tree

if TYPE_CHECKING:  # what reads a schema is not loaded where it comes out of the cache
    from teikit.schema.relaxng.ids import IdTypes
    from teikit.schema.relaxng.syntaxtree import Node

_DEEPEST = 60  # files that include one another
_MOST_FILES = 2_000


@dataclass(eq=False)
class Grammar:
    """A sound grammar; the automaton grows as documents need it."""

    pool: Pool = field(repr=False)
    start: Pattern = field(repr=False)
    sources: tuple[tuple[str, str], ...] = ()  # each file that was read, with its SHA-256
    kept_ids: "IdTypes | str | None" = field(default=None, repr=False)  # or why there are none

    def __post_init__(self) -> None:
        self._size = len(self.pool)
        self.automaton = RecoveringAutomaton(self.pool, self.start)

    def validate(self, tree: etree._ElementTree | etree._Element) -> Iterator[Problem]:
        """Yield what is wrong in the tree, one problem for each mistake.

        Raises TooComplex where the grammar was made to take too long.
        """
        if len(self.pool) > LARGEST_POOL // 2:  # documents before this one used up the room
            self.pool.forget_after(self._size)
            self.automaton = RecoveringAutomaton(self.pool, self.start)
        try:
            yield from validate_tree(self.automaton, tree)
        except RecursionError:
            raise TooComplex("the patterns of the schema are nested too deeply") from None

    @cached_property
    def id_types(self) -> "IdTypes":
        """Return which attributes are IDs or refer to them.

        Raises BadGrammar where the schema leaves that open, as the TEI's schemas do.
        """
        if isinstance(self.kept_ids, str):
            raise BadGrammar(None, self.kept_ids)
        if self.kept_ids is not None:
            return self.kept_ids
        from teikit.schema.relaxng.ids import find_id_types

        return find_id_types(self.start)

    def check_ids(self, tree: etree._ElementTree | etree._Element) -> Iterator[Problem]:
        """Yield each ID that comes twice or is referred to and missing (DTD compatibility)."""
        from teikit.schema.relaxng.ids import check_ids

        return check_ids(tree, self.id_types)

    def is_valid(self, tree: etree._ElementTree | etree._Element) -> bool:
        """Return whether nothing is wrong in the tree."""
        return next(self.validate(tree), None) is None


def load_grammar(
    source: Path | bytes, resolver: Resolver | None = None, uri: str = "schema"
) -> Grammar:
    """Return the grammar in a file or in bytes; raise BadGrammar where it is none.

    Other files that it includes come from `resolver`, which is asked for URIs; without one, a
    file may include what lies in its own folder, and bytes may include nothing. `uri` is the
    address of bytes: what they include is resolved against it.
    """
    from teikit.schema.relaxng.restrictions import check_restrictions
    from teikit.schema.relaxng.simplify import simplify

    if isinstance(source, Path):
        uri = source.resolve().as_uri()
        resolver = resolver or folder_resolver(source.parent)
        data = resolver(uri)
    else:
        data, resolver = source, resolver or refuse
    files = _Files(resolver)
    pool = Pool()
    try:
        start = simplify(files.read(data, uri, ""), pool, files.load)
        check_restrictions(start, pool)
    except RecursionError:
        raise BadGrammar(Position(uri), "the patterns are nested too deeply") from None
    return Grammar(pool, start, tuple(files.seen.items()))


class _Files:
    """The files that a schema consists of."""

    def __init__(self, resolver: Resolver):
        self.resolver = resolver
        self.seen: dict[str, str] = {}
        self.count = 0

    def load(self, uri: str, namespace: str, asked_from: Position) -> "Node":
        """Return the schema at the address."""
        self.count += 1
        if self.count > _MOST_FILES:
            raise BadGrammar(asked_from, "the schema consists of too many files")
        try:
            data = self.resolver(uri)
        except BadGrammar as error:
            raise BadGrammar(asked_from, f"{uri}: {error.reason}") from error
        return self.read(data, uri, namespace)

    def read(self, data: bytes, uri: str, namespace: str) -> "Node":
        """Return the schema in the bytes, whichever syntax they are in."""
        self.seen[uri] = hashlib.sha256(data).hexdigest()
        if uri.endswith(".rnc") or not data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(
            b"<"
        ):
            from teikit.schema.relaxng.compact import read_compact

            return read_compact(data, uri, namespace)
        from teikit.schema.relaxng.xmlsyntax import read_xml

        return read_xml(data, uri, namespace)
