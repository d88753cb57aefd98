"""Name classes: which names an element or attribute pattern stands for (section 6.2.3).

A name is written as lxml writes it: "{namespace}local", or "local" where there is no namespace.
So a tag that comes out of a document can be looked up as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_OTHER = "\0"  # no XML name and no namespace can be this: it stands for "any other one"


def clark(namespace: str, local: str) -> str:
    """Return the name in the form that lxml uses."""
    return f"{{{namespace}}}{local}" if namespace else local


def namespace_of(name: str) -> str:
    """Return the namespace of a name; "" where it has none."""
    return name[1:].rpartition("}")[0] if name[:1] == "{" else ""


def local_name(name: str) -> str:
    """Return the name without its namespace."""
    return name.rpartition("}")[2]


@dataclass(frozen=True, slots=True)
class Name:
    """One name."""

    name: str


@dataclass(frozen=True, slots=True)
class AnyName:
    """Every name, but for those in `besides`."""

    besides: "NameClass | None" = None


@dataclass(frozen=True, slots=True)
class NsName:
    """Every name of a namespace, but for those in `besides`."""

    namespace: str
    besides: "NameClass | None" = None


@dataclass(frozen=True, slots=True)
class NameChoice:
    """The names of several classes."""

    members: tuple["NameClass", ...]


NameClass = Name | AnyName | NsName | NameChoice


def contains(names: NameClass, name: str) -> bool:
    """Return whether the name belongs to the class."""
    match names:
        case Name(known):
            return known == name
        case AnyName(besides):
            return besides is None or not contains(besides, name)
        case NsName(namespace, besides):
            return namespace_of(name) == namespace and not (besides and contains(besides, name))
        case NameChoice(members):
            return any(contains(member, name) for member in members)


def is_open(names: NameClass) -> bool:
    """Return whether the class holds names without end (anyName or nsName, section 7.3)."""
    if isinstance(names, NameChoice):
        return any(is_open(member) for member in names.members)
    return not isinstance(names, Name)


def listed(names: NameClass) -> Iterator[str]:
    """Yield the names that the class lists one by one, without those of exceptions."""
    if isinstance(names, Name):
        yield names.name
    elif isinstance(names, NameChoice):
        for member in names.members:
            yield from listed(member)


def _samples(names: NameClass) -> Iterator[str]:
    """Yield names that tell this class from any other: two classes overlap in one of them."""
    match names:
        case Name(name):
            yield name
        case AnyName(besides):
            yield clark(_OTHER, _OTHER)
            if besides:
                yield from _samples(besides)
        case NsName(namespace, besides):
            yield clark(namespace, _OTHER)
            if besides:
                yield from _samples(besides)
        case NameChoice(members):
            for member in members:
                yield from _samples(member)


def overlap(one: NameClass, other: NameClass) -> bool:
    """Return whether some name belongs to both classes (section 7.3, 7.4)."""
    if isinstance(one, Name):
        return contains(other, one.name)
    if isinstance(other, Name):
        return contains(one, other.name)
    return any(
        contains(one, name) and contains(other, name)
        for names in (one, other)
        for name in _samples(names)
    )


def all_namespaces(names: NameClass) -> Iterator[str]:
    """Yield each namespace that the class speaks of, exceptions included (section 7.1.6)."""
    for name in _samples(names):
        yield namespace_of(name)


def mentioned(names: NameClass) -> Iterator[str]:
    """Yield the name of every `name` in the class, exceptions included."""
    return (name for name in _samples(names) if not name.endswith(_OTHER))
