"""Plain values as JSON and back: what passes between this process and its workers.

Not pickle: a worker that reads a stranger's file must not be able to make us run anything.
Only the types that a job's annotations name are ever built.
"""

import dataclasses
import functools
import json
import operator
import struct
import types
import typing
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">Q")
_TEXT = frozenset({str})
_ATOMS = frozenset({str, int, float, bool, type(None)})

Keep = Callable[[bytes], int]  # keeps bytes for the message; what stands in JSON is a number
Give = Callable[[int], bytes]  # and back


# -- messages: JSON, and after it all bytes as they are ---------------------------------------


def pack(value: Any) -> bytes:
    """Return the value as a message."""
    return b"".join(pack_parts(value))


def pack_parts(value: Any) -> list[bytes]:
    """Return the value as a message in parts: what is large in it is not copied."""
    parts: list[bytes] = []

    def keep(data: bytes) -> int:
        parts.append(data)
        return len(parts) - 1

    head = json.dumps(_plain(value, keep)).encode("utf-8")
    sizes = [len(head), *map(len, parts)]
    return [struct.pack(f">{len(sizes) + 1}Q", len(sizes), *sizes), head, *parts]


def unpack(message: bytes) -> "Packed":
    """Return what `pack` made the message from, its kinds still to be said."""
    (count,) = _LENGTH.unpack_from(message)
    sizes = struct.unpack_from(f">{count}Q", message, _LENGTH.size)
    begin, parts = _LENGTH.size * (count + 1), []
    for size in sizes:
        parts.append(message[begin : begin + size])
        begin += size
    return Packed(json.loads(parts[0]), parts[1:])


@dataclasses.dataclass(frozen=True)
class Packed:
    """A message that was read: plain values, and the bytes to which they refer by number."""

    plain: Any
    parts: list[bytes]

    def as_kind(self, kind: Any, plain: Any) -> Any:
        """Return the value of type KIND that PLAIN, a part of the message, stands for.

        Raises TypeError, ValueError, KeyError or IndexError where PLAIN is nothing of the kind.
        """
        return _reader(kind)(plain, self.parts.__getitem__)


def largest_answer(memory: int) -> int:
    """Return how many bytes a worker with so much memory may answer.

    The command makes values of them, which take several times as much: a document must not be
    able to fill the memory of the command either.
    """
    return memory // 8


def largest_document(memory: int) -> int:
    """Return how many bytes a document may have for a worker with so much memory.

    It holds them as bytes, as characters and as a tree, and never less than five times: what is
    larger need not be sent, nor be held by the command.
    """
    return memory // 5


def read_frame(stream: BinaryIO, largest: Callable[[], int] = lambda: 2**40) -> bytes | None:
    """Return the next message of the stream; None where it ends, or says that it is larger."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > largest():
        return None
    body = stream.read(length)
    return body if len(body) == length else None


def write_frame(stream: BinaryIO, *parts: bytes) -> None:
    """Write a message, given in parts, to the stream."""
    stream.write(_LENGTH.pack(sum(map(len, parts))))
    for part in parts:
        stream.write(part)
    stream.flush()


# -- one way ----------------------------------------------------------------------------------


def _plain(value: Any, keep: Keep) -> Any:
    kind = type(value)
    if kind in _ATOMS:
        return value
    if kind is bytes:
        return keep(value)
    if kind is tuple or kind is list:
        members = value
    else:
        fields = _field_values(kind)
        members = fields(value) if fields is not None else None
    if members is not None:
        kinds = set(map(type, members))
        if kinds <= _ATOMS:
            return list(members)
        if len(kinds) == 1 and len(members) > 1:
            (kind,) = kinds
            if _field_values(kind) is not None:
                return _columns(kind, members, keep)
        return [_plain(member, keep) for member in members]
    if isinstance(value, (frozenset, set)):
        return [_plain(member, keep) for member in sorted(value)]
    if isinstance(value, dict):
        return [[_plain(key, keep), _plain(item, keep)] for key, item in value.items()]
    if isinstance(value, (str, int, float)):
        return value
    raise TypeError(f"{kind.__name__} is no plain value")


def _columns(kind: type, members: Sequence[Any], keep: Keep) -> dict[str, Any]:
    """Return many records of one kind by their fields, which takes a third of the time."""
    columns = zip(*map(_field_values(kind), members), strict=True)
    return {"columns": [_plain(column, keep) for column in columns]}


@functools.cache
def _field_values(kind: type) -> Callable[[Any], tuple] | None:
    """Return what gives the values of a dataclass; None for every other kind."""
    if not dataclasses.is_dataclass(kind):
        return None
    names = [field.name for field in dataclasses.fields(kind)]
    if len(names) < 2:
        return lambda value: tuple(getattr(value, name) for name in names)
    return operator.attrgetter(*names)


# -- and back ---------------------------------------------------------------------------------


@functools.cache
def _reader(kind: Any) -> Callable[[Any, Give], Any]:
    """Return the function that makes a value of type KIND of a plain one."""
    if dataclasses.is_dataclass(kind):
        return _reads_dataclass(kind)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple and not (len(arguments) == 2 and arguments[1] is Ellipsis):
        return _reads_tuple(tuple(_reader(of) for of in arguments))
    if origin in (tuple, list, frozenset, set):
        read = _reader(arguments[0])
        if dataclasses.is_dataclass(arguments[0]):
            return _reads_records(origin, arguments[0], read)
        if arguments[0] is str:
            return lambda plain, give: origin(
                plain if _only_text(plain) else [read(member, give) for member in plain]
            )
        return lambda plain, give: origin([read(member, give) for member in plain])
    if origin is dict:
        key, item = map(_reader, arguments)
        return lambda plain, give: {key(one, give): item(other, give) for one, other in plain}
    if origin in (typing.Union, types.UnionType):
        (other,) = [argument for argument in arguments if argument is not type(None)]
        read = _reader(other)
        return lambda plain, give: None if plain is None else read(plain, give)
    return _reads_atom(kind)


def _only_text(plain: Any) -> bool:
    return type(plain) is list and _TEXT.issuperset(map(type, plain))


def _reads_dataclass(kind: type) -> Callable[[Any, Give], Any]:
    hints = typing.get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    readers = [_reader(hints[name]) for name in names]
    made_of = [
        (index, one) for index, one in enumerate(readers) if hints[names[index]] not in _ATOMS
    ]
    types = [hints[name] if hints[name] in _ATOMS else None for name in names]
    make = _maker(kind, names)

    def read(plain: Any, give: Give) -> Any:
        if len(plain) != len(names):
            raise TypeError(f"{kind.__name__} has {len(names)} fields, not {len(plain)}")
        found = list(map(type, plain))
        for index, _ in made_of:
            found[index] = None
        if found != types:
            return make([one(member, give) for one, member in zip(readers, plain, strict=True)])
        members = list(plain)
        for index, one in made_of:
            members[index] = one(members[index], give)
        return make(members)

    return read


def _maker(kind: type, names: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    """Return what makes a value of a dataclass of the values of its fields."""
    if hasattr(kind, "__post_init__") or hasattr(kind, "__slots__"):
        return lambda values: kind(*values)

    def make(values: Sequence[Any]) -> Any:
        made = object.__new__(kind)  # a frozen dataclass takes long over each of its fields
        made.__dict__.update(zip(names, values, strict=True))
        return made

    return make


def _reads_records(origin: Any, kind: type, read: Callable) -> Callable[[Any, Give], Any]:
    """Return what reads many records of one kind, by their fields or one by one."""
    hints = typing.get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    readers = [_reads_column(hints[name]) for name in names]
    make = _maker(kind, names)

    def read_all(plain: Any, give: Give) -> Any:
        if type(plain) is not dict:
            return origin([read(member, give) for member in plain])
        columns = plain["columns"]
        if len(columns) != len(names):
            raise TypeError(f"{kind.__name__} has {len(names)} fields, not {len(columns)}")
        found = [one(column, give) for one, column in zip(readers, columns, strict=True)]
        return origin(map(make, zip(*found, strict=True)))

    return read_all


def _reads_column(kind: Any) -> Callable[[Any, Give], Any]:
    """Return what reads one field of many records."""
    if dataclasses.is_dataclass(kind):
        return _reads_records(tuple, kind, _reader(kind))
    read = _reader(kind)

    def read_column(plain: Any, give: Give) -> Any:
        if type(plain) is list and set(map(type, plain)) <= {kind} and kind in _ATOMS:
            return plain
        return [read(member, give) for member in plain]

    return read_column


def _reads_tuple(readers: tuple) -> Callable[[Any, Give], Any]:
    def read(plain: Any, give: Give) -> tuple:
        return tuple([one(member, give) for one, member in zip(readers, plain, strict=True)])

    return read


def _reads_atom(kind: Any) -> Callable[[Any, Give], Any]:
    def read(plain: Any, give: Give) -> Any:
        if type(plain) is kind and kind in _ATOMS:
            return plain
        if kind is bytes:
            return give(plain)
        if kind is float and isinstance(plain, int):
            return float(plain)
        raise TypeError(f"{plain!r:.60} is no {kind}")

    return read
