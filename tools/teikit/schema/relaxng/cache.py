"""A grammar written down as data, so that the next run need not read the schema again.

The file is JSON: patterns by number, each made of earlier ones. It holds no code and no path of
a machine. It is kept under the hash of the schema and of this engine, and knows the hashes of all
files that the schema includes; where anything differs, or the file is damaged, it is not used.
"""

import contextlib
import functools
import hashlib
import json
from pathlib import Path
from posixpath import relpath
from typing import Any
from urllib.parse import urljoin

from teikit import __version__
from teikit.cachefolder import read_kept, write_kept
from teikit.schema.relaxng.datatypes import BadDatatype, Datatype, Nowhere, find_datatype
from teikit.schema.relaxng.errors import BadGrammar, Position
from teikit.schema.relaxng.grammar import Grammar, load_grammar
from teikit.schema.relaxng.nameclasses import AnyName, Name, NameChoice, NameClass, NsName
from teikit.schema.relaxng.patterns import Pattern, Pool
from teikit.schema.relaxng.resolving import Resolver, folder_resolver

ENGINE = "1"  # of the format of the file
_COMBINATIONS = frozenset({"choice", "group", "interleave", "oneOrMore"})
_DAMAGED = (
    KeyError,
    IndexError,
    TypeError,
    ValueError,
    AttributeError,
    BadDatatype,
    RecursionError,
)


def cached_grammar(path: Path, folder: Path, resolver: Resolver | None = None) -> Grammar:
    """Return the grammar in the file; keep it in FOLDER, or take it from there.

    A folder that cannot be written to is no reason to stop: the cache may be lost at any time.
    """
    resolver = _each_once(resolver or folder_resolver(path.parent))
    uri = path.resolve().as_uri()
    data = resolver(uri)
    kept = folder / f"{_key(data)}.json"
    known = read_kept(kept)
    grammar = load(known, uri, resolver) if known is not None else None
    if grammar is None:
        grammar = load_grammar(data, resolver, uri)
        with contextlib.suppress(RecursionError):  # nested too deeply to be written down
            write_kept(kept, dump(grammar, uri))
    return grammar


def _each_once(resolver: Resolver) -> Resolver:
    """Return a resolver that reads each file once, so that all see the same bytes."""
    return functools.cache(resolver)


def _key(data: bytes) -> str:
    return hashlib.sha256(_engine().encode() + b"\0" + data).hexdigest()


@functools.cache
def _engine() -> str:
    """Return what tells this engine from every other: a hash of its own source.

    Whoever changes how schemas are simplified need not remember that grammars are kept.
    """
    digest = hashlib.sha256(f"{ENGINE} {__version__}".encode())
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


# -- writing ----------------------------------------------------------------------------------


def dump(grammar: Grammar, uri: str) -> bytes:
    """Return the grammar as data; addresses are written relative to URI, that of the schema."""
    return _Writer(uri).write(grammar)


class _Writer:
    """Numbers patterns, datatypes and files as they come."""

    def __init__(self, uri: str):
        self.uri, self.folder = uri, urljoin(uri, ".")
        self.patterns: list[list] = []
        self.numbers: dict[int, int] = {}
        self.datatypes: dict[tuple, int] = {}
        self.files: dict[str, int] = {}

    def write(self, grammar: Grammar) -> bytes:
        known = sorted(_used(grammar.start), key=lambda pattern: pattern.number)
        for index, pattern in enumerate(known):
            self.numbers[pattern.number] = index
        rows = [self._row(pattern) for pattern in known]
        result = {
            "engine": ENGINE,
            "sources": [[self._relative(uri), digest] for uri, digest in grammar.sources],
            "files": list(self.files),
            "datatypes": list(self.datatypes),
            "patterns": rows,
            "start": self.numbers[grammar.start.number],
            "ids": _ids(grammar),
        }
        return json.dumps(result, ensure_ascii=False, separators=(",", ":")).encode("utf-8")

    def _relative(self, uri: str) -> str:
        if uri == self.uri:
            return ""  # the same schema may lie elsewhere under another name
        if uri.startswith(self.folder) or not uri.startswith("file:///"):
            return uri.removeprefix(self.folder)
        return relpath(uri.removeprefix("file://"), self.folder.removeprefix("file://"))

    def _row(self, pattern: Pattern) -> list:
        kind = pattern.kind
        if kind in ("element", "attribute"):
            return [
                kind,
                _names_as_data(pattern.names),
                self.numbers[pattern.content.number],
                *self._place(pattern.position),
            ]
        if kind == "data":
            besides = pattern.content
            return [
                kind,
                self._datatype(pattern.datatype),
                None if besides is None else self.numbers[besides.number],
            ]
        if kind == "value":
            value = pattern.value if pattern.datatype.needs_context else None
            return [kind, self._datatype(pattern.datatype), pattern.lexical, value]
        if kind == "list":
            return [kind, self.numbers[pattern.content.number]]
        return [kind, *(self.numbers[member.number] for member in pattern.members)]

    def _place(self, position: Position | None) -> tuple[int, int]:
        if position is None:
            return -1, 0
        name = self._relative(position.source)
        return self.files.setdefault(name, len(self.files)), position.line

    def _datatype(self, datatype: Datatype) -> int:
        return self.datatypes.setdefault(datatype.key, len(self.datatypes))


def _ids(grammar: Grammar) -> dict[str, dict[str, str]] | str:
    """Return the ID types, which take as long to find as the schema to load; or why none."""
    try:
        return grammar.id_types
    except BadGrammar as error:
        return error.reason


def _used(start: Pattern) -> list[Pattern]:
    """Return every pattern that the start leads to, contents and exceptions included."""
    found: dict[int, Pattern] = {}
    waiting = [start]
    while waiting:
        pattern = waiting.pop()
        if pattern.number not in found:
            found[pattern.number] = pattern
            waiting.extend(pattern.members)
            if pattern.content is not None:
                waiting.append(pattern.content)
    return list(found.values())


def _names_as_data(names: NameClass) -> Any:
    """Return a string for one name, a list that begins with a sign for everything else."""
    match names:
        case Name(name):
            return name
        case AnyName(besides):
            return ["*", None if besides is None else _names_as_data(besides)]
        case NsName(namespace, besides):
            return [":", namespace, None if besides is None else _names_as_data(besides)]
        case NameChoice(members):
            return ["|", *(_names_as_data(member) for member in members)]


# -- reading ----------------------------------------------------------------------------------


def load(data: bytes, uri: str, resolver: Resolver) -> Grammar | None:
    """Return the grammar in the data; None where it is damaged, or a file of the schema changed."""
    try:
        kept = json.loads(data)
        if kept["engine"] != ENGINE:
            return None
        sources = tuple((urljoin(uri, name), digest) for name, digest in kept["sources"])
        if not all(_unchanged(source, digest, resolver) for source, digest in sources):
            return None
        pool = Pool()
        patterns = _Rebuilder(pool, kept, uri).rebuild(kept["patterns"])
        if not isinstance(kept["ids"], (dict, str)):
            return None
        return Grammar(pool, patterns[kept["start"]], sources, kept["ids"])
    except _DAMAGED:
        return None


def _unchanged(uri: str, digest: str, resolver: Resolver) -> bool:
    try:
        return hashlib.sha256(resolver(uri)).hexdigest() == digest
    except BadGrammar:
        return False


class _Rebuilder:
    """Makes the patterns again, in the order in which they were made first."""

    def __init__(self, pool: Pool, kept: dict, uri: str):
        self.pool = pool
        self.files = [urljoin(uri, name) for name in kept["files"]]
        self.datatypes = [
            find_datatype(library, name, tuple((param, text) for param, text in params))
            for library, name, params in kept["datatypes"]
        ]
        self.made: list[Pattern] = []

    def rebuild(self, rows: list[list]) -> list[Pattern]:
        contents = []
        for row in rows:
            pattern = self._pattern(row)
            self.made.append(pattern)
            if row[0] == "element":
                contents.append((pattern, row[2]))
        for element, content in contents:
            element.content = self.made[content]
        return self.made

    def _pattern(self, row: list) -> Pattern:
        pool, made, kind = self.pool, self.made, row[0]
        if kind in _COMBINATIONS:
            return pool.again(kind, tuple([made[number] for number in row[1:]]))
        if kind == "element":
            return pool.element(_names_from_data(row[1]), self._position(row[3], row[4]))
        if kind == "attribute":
            names = _names_from_data(row[1])
            return pool.attribute(names, made[row[2]], self._position(row[3], row[4]))
        if kind == "data":
            besides = None if row[2] is None else made[row[2]]
            return pool.data(self.datatypes[row[1]], besides)
        if kind == "value":
            return self._value(self.datatypes[row[1]], row[2], row[3])
        if kind == "list":
            return pool.list_of(made[row[1]])
        return {"empty": pool.empty, "text": pool.text, "notAllowed": pool.not_allowed}[kind]

    def _value(self, datatype: Datatype, lexical: str, value: Any) -> Pattern:
        # of a QName, or several names, the value itself is kept: their prefixes are gone
        value = datatype.value(lexical, Nowhere()) if value is None else tuple(value)
        return self.pool.value_of(datatype, value, lexical)

    def _position(self, file: int, line: int) -> Position | None:
        return Position(self.files[file], line) if file >= 0 else None


def _names_from_data(data: Any) -> NameClass:
    if isinstance(data, str):
        return Name(data)
    sign, *rest = data
    if sign == "|":
        return NameChoice(tuple(_names_from_data(member) for member in rest))
    besides = None if rest[-1] is None else _names_from_data(rest[-1])
    return AnyName(besides) if sign == "*" else NsName(rest[0], besides)
