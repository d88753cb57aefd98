"""Reading a schema in the compact syntax (RELAX NG Compact Syntax, OASIS 2002).

Annotations are read over: they say nothing about documents.
"""

from urllib.parse import urljoin

from teikit.schema.relaxng.compactcursor import Cursor
from teikit.schema.relaxng.compacttokens import KEYWORDS, Token, read_tokens
from teikit.schema.relaxng.datatypes import XSD
from teikit.schema.relaxng.datatypes.base import XML_NAMESPACE
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

_REPEATED = {"?": "optional", "*": "zeroOrMore", "+": "oneOrMore"}
_JOINED = {",": "group", "&": "interleave", "|": "choice"}
_COMBINED = {"=": "", "|=": "choice", "&=": "interleave"}
_EMPTY_PATTERNS = frozenset({"empty", "text", "notAllowed"})
_DEEPEST = 200


def read_compact(data: bytes, uri: str, namespace: str) -> Node:
    """Return the schema in DATA; `namespace` is what the file that includes it hands down."""
    return _Reader(read_tokens(data, uri), uri, namespace).schema()


class _Reader(Cursor):
    """Reads declarations, grammars, patterns and name classes."""

    def __init__(self, tokens: list[Token], uri: str, inherited: str):
        super().__init__(tokens, uri)
        self.inherited = inherited
        self.default = inherited  # the default namespace
        self.namespaces = {"xml": XML_NAMESPACE}
        self.inheriting: set[str] = set()  # prefixes declared by `inherit`
        self.libraries = {"xsd": XSD}
        self.depth = 0

    # -- declarations -------------------------------------------------------------------------

    def schema(self) -> Node:
        """Return the whole schema."""
        self._declarations()
        where = self.here()
        self.skip_annotations()
        if self._begins_grammar():
            result = Node("grammar", where, self._grammar_parts(top=True))
        else:
            result = self._pattern()
        if self.token.kind != "end":
            raise self.bad(f"{self.shown()} is not expected here")
        return result

    def _declarations(self) -> None:
        while True:
            if self.is_word("namespace"):
                self.take()
                self._bind(self.identifier())
            elif self.is_word("default"):
                self.take()
                self._default_namespace()
            elif self.is_word("datatypes"):
                self.take()
                self._datatypes()
            else:
                break

    def _default_namespace(self) -> None:
        if not self.is_word("namespace"):
            raise self.bad("default is followed by namespace")
        self.take()
        prefix = None if self.sees("=") else self.identifier()
        uri, inherits = self._namespace_uri()
        self.default = uri
        if prefix is not None:
            self._set_prefix(prefix, uri, inherits)

    def _bind(self, prefix: str) -> None:
        self._set_prefix(prefix, *self._namespace_uri())

    def _namespace_uri(self) -> tuple[str, bool]:
        self.need("=")
        if self.is_word("inherit"):
            self.take()
            return self.inherited, True
        return self.literal(), False

    def _set_prefix(self, prefix: str, uri: str, inherits: bool) -> None:
        if prefix == "xmlns" or (prefix in self.namespaces and prefix != "xml"):
            raise self.bad(f"the prefix {prefix} cannot be declared (again)")
        if (prefix == "xml") != (uri == XML_NAMESPACE):
            raise self.bad(f"the prefix xml belongs to {XML_NAMESPACE}")
        self.namespaces[prefix] = uri
        if inherits:
            self.inheriting.add(prefix)

    def _datatypes(self) -> None:
        prefix = self.identifier()
        self.need("=")
        uri = self.literal()
        if not is_absolute_uri(uri) or "#" in uri:
            raise self.bad(f"{uri} is no absolute URI of a library")
        self.libraries[prefix] = uri

    def _resolve(self, prefix: str) -> str:
        if prefix not in self.namespaces:
            raise self.bad(f"the prefix {prefix} is not declared")
        return self.namespaces[prefix]

    # -- grammars -----------------------------------------------------------------------------

    def _begins_grammar(self) -> bool:
        """Return whether definitions follow, and not a pattern."""
        token, after = self.token, self.tokens[min(self.next + 1, len(self.tokens) - 1)]
        if token.kind == "end" or self.is_word("include", "div"):
            return True
        if self.is_annotation_element():
            return True
        return token.kind == "name" and after.kind == "sign" and after.text in _COMBINED

    def _grammar_parts(self, top: bool = False, in_include: bool = False) -> list[Node]:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.bad("grammars are nested too deeply")
        parts = []
        while not self.sees("}") and self.token.kind != "end":
            self.skip_annotations()
            if self.is_annotation_element():
                self.take()
                self.skip_brackets()
                continue
            parts.append(self._grammar_part(in_include))
        if top and self.sees("}"):
            raise self.bad("} closes nothing")
        self.depth -= 1
        return parts

    def _grammar_part(self, in_include: bool) -> Node:
        where = self.here()
        if self.is_word("div"):
            self.take()
            return Node("div", where, self._braced_parts(in_include))
        if self.is_word("include") and not in_include:
            self.take()
            href = self._href()
            namespace = self._inherit()
            children = self._braced_parts(in_include=True) if self.sees("{") else []
            return Node("include", where, children, href=href, namespace=namespace)
        starts = self.is_word("start")
        if self.is_word(*(KEYWORDS - {"start"})):
            raise self.bad(f"{self.shown()} does not begin a definition; is a \\ missing?")
        name = self.identifier()
        sign = self.token.text if self.sees(*_COMBINED) else ""
        if not sign:
            raise self.bad(f"= is expected here, not {self.shown()}")
        self.take()
        return Node(
            "start" if starts else "define",
            where,
            [self._pattern()],
            name="" if starts else name,
            combine=_COMBINED[sign],
        )

    def _braced_parts(self, in_include: bool) -> list[Node]:
        self.need("{")
        parts = self._grammar_parts(in_include=in_include)
        self.need("}")
        return parts

    def _href(self) -> str:
        href = self.literal()
        if "#" in href:
            raise self.bad(f"{href} must not have a fragment (#)")
        return urljoin(self.uri, href)

    def _inherit(self) -> str:
        """Return the namespace that an included file gets."""
        if not self.is_word("inherit"):
            return self.default
        self.take()
        self.need("=")
        return self._resolve(self.identifier())

    # -- patterns -----------------------------------------------------------------------------

    def _pattern(self) -> Node:
        """Return patterns that are joined by one kind of sign, or a single one."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.bad("patterns are nested too deeply")
        where = self.here()
        first = self._particle()
        if not self.sees(*_JOINED):
            self.depth -= 1
            return first
        sign = self.token.text
        members = [first]
        while self.skip(sign):
            members.append(self._particle())
        if self.sees(*_JOINED):
            raise self.bad(f"{sign} and {self.token.text} are mixed: use parentheses")
        self.depth -= 1
        return Node(_JOINED[sign], where, members)

    def _particle(self) -> Node:
        self.skip_annotations()
        where = self.here()
        node = self._primary()
        self.skip_following()
        if self.sees(*_REPEATED):
            node = Node(_REPEATED[self.take().text], where, [node])
            self.skip_following()
        return node

    def _primary(self) -> Node:
        where, token = self.here(), self.token
        if self.skip("("):
            node = self._pattern()
            self.need(")")
            return node
        if token.kind == "literal":
            return self._value(where, "", "token")
        if token.kind == "cname":
            self.take()
            prefix, _colon, name = token.text.partition(":")
            if prefix not in self.libraries:
                raise self.bad(f"the datatype prefix {prefix} is not declared")
            return self._data(where, self.libraries[prefix], name)
        if token.kind != "name":
            raise self.bad(f"a pattern is expected here, not {self.shown()}")
        if not token.plain or token.text not in KEYWORDS:
            self.take()
            return Node("ref", where, name=token.text)
        return self._keyword(self.take().text, where)

    def _keyword(self, word: str, where: Position) -> Node:
        if word in ("element", "attribute"):
            names = check_names(self._name_class(word == "element"), where, word == "attribute")
            return Node(word, where, [self._braced()], names=names)
        if word in ("list", "mixed"):
            return Node(word, where, [self._braced()])
        if word in _EMPTY_PATTERNS:
            return Node(word, where)
        if word in ("string", "token"):
            return self._data(where, "", word)
        if word == "parent":
            return Node("parentRef", where, name=self.identifier())
        if word == "external":
            href = self._href()
            return Node("externalRef", where, href=href, namespace=self._inherit())
        if word == "grammar":
            return Node("grammar", where, self._braced_parts(in_include=False))
        raise BadGrammar(where, f"a pattern is expected here, not {word!r}")

    def _braced(self) -> Node:
        self.need("{")
        node = self._pattern()
        self.need("}")
        return node

    # -- data ---------------------------------------------------------------------------------

    def _data(self, where: Position, library: str, name: str) -> Node:
        if self.token.kind == "literal":
            return self._value(where, library, name)
        node = Node("data", where, name=name, library=library, prefixes=self._prefixes())
        if self.skip("{"):
            while not self.skip("}"):
                self.skip_annotations()
                param = self.identifier()
                self.need("=")
                node.params.append((param, self.literal()))
        if self.skip("-"):
            node.children = [self._particle_without_repetition()]
        return node

    def _particle_without_repetition(self) -> Node:
        self.skip_annotations()
        return self._primary()

    def _value(self, where: Position, library: str, name: str) -> Node:
        return Node(
            "value",
            where,
            name=name,
            library=library,
            text=self.literal(),
            prefixes=self._prefixes(),
        )

    def _prefixes(self) -> dict[str, str]:
        return self.namespaces | {"": self.default}

    # -- name classes -------------------------------------------------------------------------

    def _name_class(self, element: bool) -> NameClass:
        names = [self._name_part(element)]
        while self.skip("|"):
            names.append(self._name_part(element))
        return names[0] if len(names) == 1 else NameChoice(tuple(names))

    def _name_part(self, element: bool) -> NameClass:
        self.skip_annotations()
        names = self._simple_name(element)
        self.skip_following()
        return names

    def _simple_name(self, element: bool) -> NameClass:
        if self.skip("("):
            names = self._name_class(element)
            self.need(")")
            return names
        if self.skip("*"):
            return AnyName(self._besides(element))
        token = self.take()
        if token.kind == "nsname":
            return NsName(self._resolve(token.text), self._besides(element))
        if token.kind == "cname":
            prefix, _colon, local = token.text.partition(":")
            return Name(clark(self._resolve(prefix), local))
        if token.kind == "name":
            return Name(clark(self.default if element else "", token.text))
        raise self.bad(f"a name is expected before {self.shown()}")

    def _besides(self, element: bool) -> NameClass | None:
        return self._name_part(element) if self.skip("-") else None
