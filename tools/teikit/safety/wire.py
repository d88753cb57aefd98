"""Plain values as JSON and back: what passes between this process and its workers.

Not pickle: a worker that reads a stranger's file must not be able to make us run anything.
Only the types that a job's annotations name are ever built.
"""

import base64
import dataclasses
import functools
import types
import typing
from typing import Any


def to_plain(value: Any) -> Any:
    """Return the value as lists, dictionaries, strings, numbers, booleans and None."""
    if dataclasses.is_dataclass(value):
        return [to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, (tuple, list, frozenset, set)):
        members = sorted(value) if isinstance(value, (frozenset, set)) else value
        return [to_plain(member) for member in members]
    if isinstance(value, dict):
        return [[to_plain(key), to_plain(item)] for key, item in value.items()]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise TypeError(f"{type(value).__name__} is no plain value")


def from_plain(kind: Any, plain: Any) -> Any:
    """Return the value of type KIND that `to_plain` made PLAIN from.

    Raises TypeError, ValueError or KeyError where PLAIN is nothing of the kind.
    """
    if dataclasses.is_dataclass(kind):
        kinds = _field_kinds(kind)
        if len(plain) != len(kinds):
            raise TypeError(f"{kind.__name__} has {len(kinds)} fields, not {len(plain)}")
        return kind(*(from_plain(of, member) for of, member in zip(kinds, plain, strict=True)))
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (tuple, list, frozenset, set):
        if origin is tuple and not (len(arguments) == 2 and arguments[1] is Ellipsis):
            pairs = zip(arguments, plain, strict=True)
            return tuple(from_plain(of, member) for of, member in pairs)
        return origin(from_plain(arguments[0], member) for member in plain)
    if origin is dict:
        return {
            from_plain(arguments[0], key): from_plain(arguments[1], item) for key, item in plain
        }
    if origin in (typing.Union, types.UnionType):
        if plain is None and type(None) in arguments:
            return None
        (kind,) = [argument for argument in arguments if argument is not type(None)]
        return from_plain(kind, plain)
    if kind is bytes:
        return base64.b64decode(plain, validate=True)
    if kind is float and isinstance(plain, int):
        return float(plain)
    if kind in (str, int, float, bool) and isinstance(plain, kind):
        return plain
    if kind is type(None) and plain is None:
        return None
    raise TypeError(f"{plain!r:.60} is no {kind}")


@functools.cache
def _field_kinds(kind: type) -> tuple[Any, ...]:
    hints = typing.get_type_hints(kind)
    return tuple(hints[field.name] for field in dataclasses.fields(kind))
