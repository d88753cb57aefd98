"""Reading a schema in the XML syntax (section 3, and 4.1-4.4, 4.8-4.10 of the simplification)."""

from typing import NamedTuple
from urllib.parse import urljoin

from lxml import etree

from teikit.document import UnreadableDocument, decode, safe_parser
from teikit.schema.relaxng.datatypes.uris import is_absolute_uri
from teikit.schema.relaxng.errors import BadGrammar, Position
from teikit.schema.relaxng.nameclasses import (
    AnyName,
    Name,
    NameChoice,
    NameClass,
    NsName,
    clark,
)
from teikit.schema.relaxng.syntaxtree import Node, check_names
from teikit.schema.relaxng.xmlnames import is_ncname
from teikit.unreadable import say_plainly

RNG = "http://relaxng.org/ns/structure/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"
_PREFIX = len(RNG) + 2
_NAME_CLASSES = frozenset({"name", "anyName", "nsName", "choice"})
_GRAMMAR_PARTS = frozenset({"start", "define", "div", "include"})
_INCLUDE_PARTS = frozenset({"start", "define", "div"})


class _Shape(NamedTuple):
    """What section 3 allows an element to have."""

    needs: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    least: int = 0  # children
    most: int | None = None


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MANY = _Shape(least=1)
_NONE = _Shape(most=0)
_PATTERNS: dict[str, _Shape] = {
    "element": _Shape(may=_names("name"), least=1),
    "attribute": _Shape(may=_names("name")),
    **dict.fromkeys(
        _names("group interleave choice optional zeroOrMore oneOrMore list mixed"), _MANY
    ),
    "ref": _Shape(_names("name"), most=0),
    "parentRef": _Shape(_names("name"), most=0),
    **dict.fromkeys(("empty", "text", "notAllowed"), _NONE),
    "value": _Shape(may=_names("type"), most=0),
    "data": _Shape(_names("type")),
    "externalRef": _Shape(_names("href"), most=0),
    "grammar": _Shape(),
}
_OTHERS: dict[str, _Shape] = {
    "start": _Shape(may=_names("combine"), least=1, most=1),
    "define": _Shape(_names("name"), _names("combine"), least=1),
    "div": _Shape(),
    "include": _Shape(_names("href")),
    "param": _Shape(_names("name"), most=0),
    "except": _MANY,
    "name": _NONE,
    "anyName": _Shape(most=1),
    "nsName": _Shape(most=1),
}
_SHAPES = _PATTERNS | _OTHERS
_COMMON = frozenset({"ns", "datatypeLibrary"})
_TEXTUAL = frozenset({"value", "param", "name"})


class Scope(NamedTuple):
    """What an element of the schema inherits from its ancestors (4.3, 4.9)."""

    namespace: str
    library: str


def read_xml(data: bytes, uri: str, namespace: str) -> Node:
    """Return the schema in DATA; `namespace` is what the file that includes it hands down."""
    try:
        text, _encoding = decode(data, uri)
        utf8 = text.removeprefix("\ufeff").encode("utf-8")
        root = etree.fromstring(utf8, safe_parser(), base_url=uri)
    except UnreadableDocument as error:
        raise BadGrammar(Position(uri, error.place.line), error.reason) from error
    except etree.XMLSyntaxError as error:
        said, _ = say_plainly(error.msg or "")
        raise BadGrammar(Position(uri, error.lineno or 0), f"not well-formed: {said}") from error
    return _Reader(uri).pattern(root, Scope(namespace, ""))


class _Reader:
    """Reads the elements of one file."""

    def __init__(self, uri: str):
        self.uri = uri

    def pattern(self, element: etree._Element, scope: Scope) -> Node:
        """Return the pattern that the element is."""
        kind = self._kind(element)
        if kind not in _PATTERNS:
            raise self._bad(element, f"a pattern is expected here, not {kind}")
        scope, children = self._look(element, kind, scope)
        read = getattr(self, f"_read_{kind}", None)
        if read is not None:
            return read(element, scope, children)
        return Node(kind, self._at(element), self._patterns(children, scope))

    def _patterns(self, elements: list[etree._Element], scope: Scope) -> list[Node]:
        return [self.pattern(element, scope) for element in elements]

    # -- what holds for every element ---------------------------------------------------------

    def _at(self, element: etree._Element) -> Position:
        return Position(self.uri, element.sourceline or 0)

    def _bad(self, element: etree._Element, reason: str, section: str = "3") -> BadGrammar:
        return BadGrammar(self._at(element), reason, section)

    def _kind(self, element: etree._Element) -> str:
        tag = element.tag
        if not tag.startswith(f"{{{RNG}}}"):
            raise self._bad(element, f"{tag} is no element of RELAX NG; its namespace is {RNG}")
        return tag[_PREFIX:]

    def _look(
        self,
        element: etree._Element,
        kind: str,
        scope: Scope,
    ) -> tuple[Scope, list[etree._Element]]:
        """Return what the children inherit, and the children that are RELAX NG."""
        shape = _SHAPES.get(kind)
        if shape is None:
            raise self._bad(element, f"RELAX NG has no element {kind}")
        for name in element.keys():
            if name[0] == "{":
                if name.startswith(f"{{{RNG}}}"):
                    raise self._bad(element, f"attributes of {kind} have no prefix")
            elif name not in _COMMON and name not in shape.needs and name not in shape.may:
                raise self._bad(element, f"{kind} has no attribute {name}")
        for name in shape.needs:
            if element.get(name) is None:
                raise self._bad(element, f"{kind} needs an attribute {name}")
        children = self._children(element, kind)
        if len(children) < shape.least and not (kind == "element" and children):
            raise self._bad(element, f"{kind} must not be empty")
        if shape.most is not None and len(children) > shape.most:
            raise self._bad(element, f"{kind} has too many elements inside")
        return self._inherit(element, scope), children

    def _inherit(self, element: etree._Element, scope: Scope) -> Scope:
        namespace, library = element.get("ns"), element.get("datatypeLibrary")
        if library and (not is_absolute_uri(library) or "#" in library):
            raise self._bad(element, f"{library} is no absolute URI of a library", "4.3")
        if namespace is None and library is None:
            return scope
        return Scope(
            scope.namespace if namespace is None else namespace,
            scope.library if library is None else library,
        )

    def _children(self, element: etree._Element, kind: str) -> list[etree._Element]:
        """Return the RELAX NG elements inside, and refuse text between them (4.1, 4.2)."""
        textual = kind in _TEXTUAL
        found = []
        if not textual and element.text and element.text.strip(" \t\r\n"):
            raise self._bad(element, f"text is not allowed in {kind}")
        for child in element:
            if isinstance(child.tag, str):
                if textual:
                    raise self._bad(element, f"{kind} holds text only")
                if child.tag.startswith(f"{{{RNG}}}"):
                    found.append(child)
            if not textual and child.tail and child.tail.strip(" \t\r\n"):
                raise self._bad(element, f"text is not allowed in {kind}")
        return found

    def _text(self, element: etree._Element) -> str:
        return (element.text or "") + "".join(child.tail or "" for child in element)

    def _ncname(self, element: etree._Element, attribute: str) -> str:
        name = element.get(attribute).strip(" \t\r\n")
        if not is_ncname(name):
            raise self._bad(element, f"{name!r} is no name without a colon")
        return name

    def _qname(self, text: str, element: etree._Element, namespace: str) -> Name:
        """Return the name; without a prefix it is in NAMESPACE (4.10)."""
        prefix, colon, local = text.strip(" \t\r\n").rpartition(":")
        if not is_ncname(local) or (colon and not is_ncname(prefix)):
            raise self._bad(element, f"{text!r} is no name")
        if not colon:
            return Name(clark(namespace, local))
        bound = _XML if prefix == "xml" else element.nsmap.get(prefix)
        if bound is None:
            raise self._bad(element, f"the prefix {prefix} is not declared", "4.10")
        return Name(clark(bound, local))

    # -- patterns -----------------------------------------------------------------------------

    def _named(
        self, element: etree._Element, scope: Scope, children: list[etree._Element], default: str
    ) -> tuple[NameClass, list[etree._Element]]:
        """Return the name class of an element or attribute, and what follows it (4.8)."""
        kind = self._kind(element)
        name = element.get("name")
        if name is not None:
            names: NameClass = self._qname(name, element, default)
        elif children:
            names = self._name_class(children[0], scope)
            children = children[1:]
        else:
            raise self._bad(element, f"{kind} has no name")
        return check_names(names, self._at(element), kind == "attribute"), children

    def _read_element(
        self, element: etree._Element, scope: Scope, children: list[etree._Element]
    ) -> Node:
        names, rest = self._named(element, scope, children, scope.namespace)
        if not rest:
            raise self._bad(element, "element says nothing about its content")
        return Node("element", self._at(element), self._patterns(rest, scope), names=names)

    def _read_attribute(
        self, element: etree._Element, scope: Scope, children: list[etree._Element]
    ) -> Node:
        names, rest = self._named(element, scope, children, element.get("ns") or "")
        if len(rest) > 1:
            raise self._bad(element, "attribute has one pattern for its value")
        return Node("attribute", self._at(element), self._patterns(rest, scope), names=names)

    def _read_ref(self, element: etree._Element, _scope: Scope, _children: list) -> Node:
        return Node(self._kind(element), self._at(element), name=self._ncname(element, "name"))

    _read_parentRef = _read_ref  # noqa: N815 - the name of the element

    def _read_value(self, element: etree._Element, scope: Scope, _children: list) -> Node:
        typed = element.get("type") is not None
        return Node(
            "value",
            self._at(element),
            text=self._text(element),
            name=self._ncname(element, "type") if typed else "token",
            library=scope.library if typed else "",
            prefixes=self._prefixes(element, scope, typed),
        )

    def _prefixes(self, element: etree._Element, scope: Scope, needed: bool) -> dict | None:
        if not needed:
            return None
        return {prefix: uri for prefix, uri in element.nsmap.items() if prefix} | {
            "": scope.namespace
        }

    def _read_data(
        self, element: etree._Element, scope: Scope, children: list[etree._Element]
    ) -> Node:
        node = Node(
            "data", self._at(element), name=self._ncname(element, "type"), library=scope.library
        )
        for child in children:
            kind = self._kind(child)
            inner, parts = self._look(child, kind, scope)
            if kind == "param" and not node.children:
                node.params.append((self._ncname(child, "name"), self._text(child)))
            elif kind == "except" and not node.children:
                node.children = self._patterns(parts, inner)
            else:
                raise self._bad(child, f"{kind} is not allowed here in data")
        if node.params:
            node.prefixes = self._prefixes(element, scope, needed=True)
        return node

    def _read_externalRef(  # noqa: N802 - the name of the element
        self,
        element: etree._Element,
        scope: Scope,
        _children: list,
    ) -> Node:
        return Node(
            "externalRef", self._at(element), href=self._href(element), namespace=scope.namespace
        )

    def _href(self, element: etree._Element) -> str:
        """Return the address of another file, resolved against xml:base (4.5)."""
        href = element.get("href").strip(" \t\r\n")
        if "#" in href:
            raise self._bad(element, f"{href} must not have a fragment (#)", "4.5")
        return urljoin(element.base or self.uri, href)

    # -- grammars -----------------------------------------------------------------------------

    def _read_grammar(
        self, element: etree._Element, scope: Scope, children: list[etree._Element]
    ) -> Node:
        return Node("grammar", self._at(element), self._parts(children, scope, _GRAMMAR_PARTS))

    def _parts(
        self, elements: list[etree._Element], scope: Scope, allowed: frozenset[str]
    ) -> list[Node]:
        return [self._part(element, scope, allowed) for element in elements]

    def _part(self, element: etree._Element, scope: Scope, allowed: frozenset[str]) -> Node:
        kind = self._kind(element)
        if kind not in allowed:
            raise self._bad(element, f"{kind} is not allowed here")
        inner, children = self._look(element, kind, scope)
        if kind == "div":
            return Node(kind, self._at(element), self._parts(children, inner, allowed))
        if kind == "include":
            return Node(
                kind,
                self._at(element),
                self._parts(children, inner, _INCLUDE_PARTS),
                href=self._href(element),
                namespace=inner.namespace,
            )
        return Node(
            kind,
            self._at(element),
            self._patterns(children, inner),
            name=self._ncname(element, "name") if kind == "define" else "",
            combine=self._combine(element),
        )

    def _combine(self, element: etree._Element) -> str:
        combine = (element.get("combine") or "").strip(" \t\r\n")
        if element.get("combine") is not None and combine not in ("choice", "interleave"):
            raise self._bad(element, 'combine is "choice" or "interleave"')
        return combine

    # -- name classes -------------------------------------------------------------------------

    def _name_class(self, element: etree._Element, scope: Scope) -> NameClass:
        kind = self._kind(element)
        if kind not in _NAME_CLASSES:
            raise self._bad(element, f"a name is expected here, not {kind}")
        inner, children = self._look(element, kind, scope)
        if kind == "name":
            return self._qname(self._text(element), element, inner.namespace)
        if kind == "choice":
            return NameChoice(tuple(self._name_class(child, inner) for child in children))
        besides = self._besides(children[0], inner) if children else None
        return AnyName(besides) if kind == "anyName" else NsName(inner.namespace, besides)

    def _besides(self, element: etree._Element, scope: Scope) -> NameClass:
        if self._kind(element) != "except":
            raise self._bad(element, "only except is allowed here")
        inner, children = self._look(element, "except", scope)
        return NameChoice(tuple(self._name_class(child, inner) for child in children))
