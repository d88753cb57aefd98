"""What the files say -> the table of entities, with their mentions, and mentions of none."""

import posixpath
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from teikit.check.records import PlacedEntity, ShortForm
from teikit.check.targets import write_pointer
from teikit.edition.resolving import Resolver
from teikit.entities.records import Listed, PlacedMention
from teikit.entities.usage import MARKING, kind_of
from teikit.place import Place

SORTS = ("mentions", "name", "kind")


@dataclass(frozen=True)
class Row:
    """One entity of the table."""

    uri: str
    id: str
    pointer: str  # how the texts point to it
    kind: str
    name: str
    place: Place
    mentions: tuple[PlacedMention, ...] = ()

    @property
    def texts(self) -> tuple[tuple[str, int], ...]:
        """Return the files that mention it, each with how often."""
        return tuple(sorted(Counter(one.place.path for one in self.mentions).items()))


@dataclass(frozen=True)
class Table:
    """The entities, and the mentions that belong to none of them."""

    rows: tuple[Row, ...]
    lost: tuple[PlacedMention, ...] = ()  # @ref or @key leads to nothing
    elsewhere: tuple[PlacedMention, ...] = ()  # it leads to what is no entity of the registers
    unreferred: tuple[PlacedMention, ...] = ()  # names without @ref and @key

    @property
    def mentioned_in(self) -> int:
        """Return how many texts mention an entity."""
        return len({path for row in self.rows for path, _ in row.texts})


def build_table(
    files: Sequence[Listed], is_there: Callable[[str], bool], shared: Sequence[str] = ()
) -> Table:
    """Return the table of what the files say; `is_there` tells whether a file that is not read is.

    What stands in several of them, since one includes another, is one thing. SHARED are patterns
    of files in which one id means one thing.
    """
    entities = {one.uri: one for file in reversed(files) for one in reversed(file.entities)}
    entities = {uri: one for uri, one in entities.items() if one.kind != "interp"}
    is_text = {file.path: file.is_text for file in files}
    resolver = Resolver(
        (
            (is_text.get(one.place.path, False), entities[uri])
            for uri, one in sorted(entities.items())
        ),
        shared,
    )
    ids = {file.path: frozenset(file.ids) for file in files if file.problem is None}
    found: dict[str, list[PlacedMention]] = defaultdict(list)
    lost, elsewhere, unreferred = [], [], []
    for mention in _each_once(files):
        known = tuple(dict.fromkeys(resolver.find_all(mention)))
        for uri in known:
            found[uri].append(mention)
        if known or mention.where == "file" or mention.element not in MARKING:
            continue
        if not mention.targets and not mention.raw.split() and not mention.key:
            unreferred.append(mention)
        elif any(not _is_lost(target, ids, is_there) for target in mention.targets):
            elsewhere.append(mention)
        else:
            lost.append(mention)
    forms = _usual_forms(files)
    rows = tuple(
        _row(one, forms, found.get(uri, ()))
        for uri, one in sorted(entities.items())
        if uri in found or not one.if_mentioned
    )
    return Table(rows, tuple(lost), tuple(elsewhere), tuple(unreferred))


def _each_once(files: Iterable[Listed]) -> list[PlacedMention]:
    """Return the mentions in the order of places; a part is read by itself and in the whole."""
    found: dict[Place, PlacedMention] = {}
    for file in files:
        for mention in file.mentions:
            known = found.get(mention.place)
            if known is None or (mention.targets and not known.targets):
                found[mention.place] = mention
    return [found[place] for place in sorted(found)]


def _is_lost(target: str, ids: dict[str, frozenset[str]], is_there: Callable[[str], bool]) -> bool:
    path, _, name = target.partition("#")
    if ":" in path.split("/")[0]:
        return False  # an address
    return name not in ids[path] if path in ids and name else not is_there(path)


def _usual_forms(files: Iterable[Listed]) -> tuple[ShortForm, ...]:
    """Return the prefixes of the first file that has any."""
    return next((file.short_forms for file in files if file.short_forms), ())


def _row(
    entity: PlacedEntity, forms: tuple[ShortForm, ...], mentions: Sequence[PlacedMention]
) -> Row:
    name = entity.uri.rpartition("#")[2]
    pointer = write_pointer(entity.uri, posixpath.join("texts", "x.xml"), forms)
    return Row(
        entity.uri,
        name,
        pointer if ":" in pointer else name,
        kind_of(entity),
        entity.names[0] if entity.names else entity.name,
        entity.place,
        tuple(mentions),
    )


def select_rows(table: Table, kinds: Iterable[str], text: str, sort: str) -> Table:
    """Return the table of these kinds (empty: all), mentioned in TEXT (empty: any), sorted.

    Mentions that belong to no entity are of no kind, and so in no table of some kinds.
    """
    wanted = set(kinds)
    rows = [row for row in table.rows if not wanted or row.kind in wanted]

    def of_text(mentions: Iterable[PlacedMention]) -> tuple[PlacedMention, ...]:
        return tuple(one for one in mentions if not text or one.place.path == text)

    rows = [replace(row, mentions=of_text(row.mentions)) for row in rows]
    rows = [row for row in rows if row.mentions or not text]
    orders = {
        "mentions": lambda row: (-len(row.mentions), row.kind, row.name, row.uri),
        "name": lambda row: (row.name.casefold(), row.name, row.uri),
        "kind": lambda row: (row.kind, row.name.casefold(), row.name, row.uri),
    }
    return Table(
        tuple(sorted(rows, key=orders[sort])),
        *(
            () if wanted else of_text(one)
            for one in (table.lost, table.elsewhere, table.unreferred)
        ),
    )


def find_rows(table: Table, asked: str) -> list[Row]:
    """Return the entities that ASKED means: their id, pointer or URI, or else their name."""
    found = [row for row in table.rows if asked in (row.id, row.pointer, row.uri)]
    return found or [row for row in table.rows if row.name == asked]
