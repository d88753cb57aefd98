"""A schema as it was written, one tree for both syntaxes: what reading gives to simplification.

Reading does the steps of the specification that look at one element and its ancestors alone
(4.1-4.4, 4.8-4.10): annotations are gone, names are resolved, every datatype has its library.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from teikit.schema.relaxng.errors import BadGrammar, Position
from teikit.schema.relaxng.nameclasses import (
    AnyName,
    Name,
    NameChoice,
    NameClass,
    NsName,
    all_namespaces,
    mentioned,
)

XMLNS = "http://www.w3.org/2000/xmlns"


@dataclass(slots=True)
class Node:
    """A pattern, or a part of a grammar; `kind` is the name of its element in the XML syntax."""

    kind: str
    position: Position
    children: list["Node"] = field(default_factory=list)
    name: str = ""  # of ref, parentRef, define; the type of data and value
    names: NameClass | None = None  # of element and attribute
    combine: str = ""  # of start and define: "choice", "interleave" or ""
    library: str = ""  # the datatype library of data and value
    text: str = ""  # of value
    prefixes: Mapping[str, str] | None = None  # what a QName in value or data may use
    params: list[tuple[str, str]] = field(default_factory=list)
    href: str = ""  # of include and externalRef, resolved
    namespace: str = ""  # what include and externalRef hand down


def check_names(names: NameClass, position: Position, attribute: bool) -> NameClass:
    """Return the name class; raise BadGrammar where it breaks section 4.16."""
    _check_besides(names, position, ())
    if attribute:
        if "xmlns" in mentioned(names):
            raise BadGrammar(position, "an attribute cannot be called xmlns", "4.16")
        if XMLNS in all_namespaces(names):
            raise BadGrammar(position, f"an attribute cannot be in the namespace {XMLNS}", "4.16")
    return names


def _check_besides(names: NameClass, position: Position, inside: tuple[type, ...]) -> None:
    if isinstance(names, inside):
        raise BadGrammar(position, "an except cannot take away that many names", "4.16")
    match names:
        case NameChoice(members):
            for member in members:
                _check_besides(member, position, inside)
        case AnyName(besides) if besides:
            _check_besides(besides, position, (AnyName,))
        case NsName(_, besides) if besides:
            _check_besides(besides, position, (AnyName, NsName))
        case Name():
            pass
