"""Reading a schema in the compact syntax (RELAX NG Compact Syntax, OASIS 2002).

Annotations are read over: they say nothing about documents.
"""

from urllib.parse import urljoin

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


class _Reader:
    """Reads the tokens from left to right."""

    def __init__(self, tokens: list[Token], uri: str, inherited: str):
        self.tokens, self.uri, self.next = tokens, uri, 0
        self.inherited = inherited
        self.default = inherited  # the default namespace
        self.namespaces = {"xml": XML_NAMESPACE}
        self.inheriting: set[str] = set()  # prefixes declared by `inherit`
        self.libraries = {"xsd": XSD}
        self.depth = 0

    # -- tokens -------------------------------------------------------------------------------

    @property
    def token(self) -> Token:
        return self.tokens[self.next]

    def _take(self) -> Token:
        token = self.tokens[self.next]
        if token.kind != "end":
            self.next += 1
        return token

    def _is(self, *signs: str) -> bool:
        return self.token.kind == "sign" and self.token.text in signs

    def _is_word(self, *words: str) -> bool:
        return self.token.kind == "name" and self.token.plain and self.token.text in words

    def _try(self, sign: str) -> bool:
        if self._is(sign):
            self.next += 1
            return True
        return False

    def _need(self, sign: str) -> None:
        if not self._try(sign):
            raise self._bad(f"{sign} is expected here, not {self._shown()}")

    def _shown(self) -> str:
        return "the end of the file" if self.token.kind == "end" else repr(self.token.text)

    def _bad(self, reason: str) -> BadGrammar:
        return BadGrammar(self._here(), reason)

    def _here(self) -> Position:
        return Position(self.uri, self.token.line)

    def _identifier(self) -> str:
        token = self._take()
        if token.kind != "name":
            raise self._bad(f"a name is expected before {self._shown()}")
        return token.text

    def _literal(self) -> str:
        if self.token.kind != "literal":
            raise self._bad(f"a text in quotation marks is expected, not {self._shown()}")
        text = self._take().text
        while self._try("~"):
            text += self._literal()
        return text

    # -- annotations --------------------------------------------------------------------------

    def _skip_annotations(self) -> None:
        """Go over [annotations] that stand before something."""
        while self._is("["):
            self._skip_brackets()

    def _skip_brackets(self) -> None:
        depth = 0
        while True:
            if self._is("["):
                depth += 1
            elif self._is("]"):
                depth -= 1
            elif self.token.kind == "end":
                raise self._bad("an annotation is not closed by ]")
            self.next += 1
            if depth == 0:
                return

    def _skip_following(self) -> None:
        """Go over >> annotations [...] that stand after something."""
        while self._try(">>"):
            self._take()
            self._skip_brackets()

    def _is_annotation_element(self) -> bool:
        """Return whether an annotation stands here as an element of its own: a:name [ ... ]."""
        after = self.tokens[min(self.next + 1, len(self.tokens) - 1)]
        return self.token.kind in ("cname", "name") and after.kind == "sign" and after.text == "["

    # -- declarations -------------------------------------------------------------------------

    def schema(self) -> Node:
        """Return the whole schema."""
        self._declarations()
        where = self._here()
        self._skip_annotations()
        if self._begins_grammar():
            result = Node("grammar", where, self._grammar_parts(top=True))
        else:
            result = self._pattern()
        if self.token.kind != "end":
            raise self._bad(f"{self._shown()} is not expected here")
        return result

    def _declarations(self) -> None:
        while True:
            if self._is_word("namespace"):
                self._take()
                self._bind(self._identifier())
            elif self._is_word("default"):
                self._take()
                self._default_namespace()
            elif self._is_word("datatypes"):
                self._take()
                self._datatypes()
            else:
                break

    def _default_namespace(self) -> None:
        if not self._is_word("namespace"):
            raise self._bad("default is followed by namespace")
        self._take()
        prefix = None if self._is("=") else self._identifier()
        uri, inherits = self._namespace_uri()
        self.default = uri
        if prefix is not None:
            self._set_prefix(prefix, uri, inherits)

    def _bind(self, prefix: str) -> None:
        self._set_prefix(prefix, *self._namespace_uri())

    def _namespace_uri(self) -> tuple[str, bool]:
        self._need("=")
        if self._is_word("inherit"):
            self._take()
            return self.inherited, True
        return self._literal(), False

    def _set_prefix(self, prefix: str, uri: str, inherits: bool) -> None:
        if prefix == "xmlns" or (prefix in self.namespaces and prefix != "xml"):
            raise self._bad(f"the prefix {prefix} cannot be declared (again)")
        if (prefix == "xml") != (uri == XML_NAMESPACE):
            raise self._bad(f"the prefix xml belongs to {XML_NAMESPACE}")
        self.namespaces[prefix] = uri
        if inherits:
            self.inheriting.add(prefix)

    def _datatypes(self) -> None:
        prefix = self._identifier()
        self._need("=")
        uri = self._literal()
        if not is_absolute_uri(uri) or "#" in uri:
            raise self._bad(f"{uri} is no absolute URI of a library")
        self.libraries[prefix] = uri

    def _resolve(self, prefix: str) -> str:
        if prefix not in self.namespaces:
            raise self._bad(f"the prefix {prefix} is not declared")
        return self.namespaces[prefix]

    # -- grammars -----------------------------------------------------------------------------

    def _begins_grammar(self) -> bool:
        """Return whether definitions follow, and not a pattern."""
        token, after = self.token, self.tokens[min(self.next + 1, len(self.tokens) - 1)]
        if token.kind == "end" or self._is_word("include", "div"):
            return True
        if self._is_annotation_element():
            return True
        return token.kind == "name" and after.kind == "sign" and after.text in _COMBINED

    def _grammar_parts(self, top: bool = False, in_include: bool = False) -> list[Node]:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._bad("grammars are nested too deeply")
        parts = []
        while not self._is("}") and self.token.kind != "end":
            self._skip_annotations()
            if self._is_annotation_element():
                self._take()
                self._skip_brackets()
                continue
            parts.append(self._grammar_part(in_include))
        if top and self._is("}"):
            raise self._bad("} closes nothing")
        self.depth -= 1
        return parts

    def _grammar_part(self, in_include: bool) -> Node:
        where = self._here()
        if self._is_word("div"):
            self._take()
            return Node("div", where, self._braced_parts(in_include))
        if self._is_word("include") and not in_include:
            self._take()
            href = self._href()
            namespace = self._inherit()
            children = self._braced_parts(in_include=True) if self._is("{") else []
            return Node("include", where, children, href=href, namespace=namespace)
        starts = self._is_word("start")
        if self._is_word(*(KEYWORDS - {"start"})):
            raise self._bad(f"{self._shown()} does not begin a definition; is a \\ missing?")
        name = self._identifier()
        sign = self.token.text if self._is(*_COMBINED) else ""
        if not sign:
            raise self._bad(f"= is expected here, not {self._shown()}")
        self._take()
        return Node("start" if starts else "define", where, [self._pattern()],
                    name="" if starts else name, combine=_COMBINED[sign])

    def _braced_parts(self, in_include: bool) -> list[Node]:
        self._need("{")
        parts = self._grammar_parts(in_include=in_include)
        self._need("}")
        return parts

    def _href(self) -> str:
        href = self._literal()
        if "#" in href:
            raise self._bad(f"{href} must not have a fragment (#)")
        return urljoin(self.uri, href)

    def _inherit(self) -> str:
        """Return the namespace that an included file gets."""
        if not self._is_word("inherit"):
            return self.default
        self._take()
        self._need("=")
        return self._resolve(self._identifier())

    # -- patterns -----------------------------------------------------------------------------

    def _pattern(self) -> Node:
        """Return patterns that are joined by one kind of sign, or a single one."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._bad("patterns are nested too deeply")
        where = self._here()
        first = self._particle()
        if not self._is(*_JOINED):
            self.depth -= 1
            return first
        sign = self.token.text
        members = [first]
        while self._try(sign):
            members.append(self._particle())
        if self._is(*_JOINED):
            raise self._bad(f"{sign} and {self.token.text} are mixed: use parentheses")
        self.depth -= 1
        return Node(_JOINED[sign], where, members)

    def _particle(self) -> Node:
        self._skip_annotations()
        where = self._here()
        node = self._primary()
        self._skip_following()
        if self._is(*_REPEATED):
            node = Node(_REPEATED[self._take().text], where, [node])
            self._skip_following()
        return node

    def _primary(self) -> Node:
        where, token = self._here(), self.token
        if self._try("("):
            node = self._pattern()
            self._need(")")
            return node
        if token.kind == "literal":
            return self._value(where, "", "token")
        if token.kind == "cname":
            self._take()
            prefix, _colon, name = token.text.partition(":")
            if prefix not in self.libraries:
                raise self._bad(f"the datatype prefix {prefix} is not declared")
            return self._data(where, self.libraries[prefix], name)
        if token.kind != "name":
            raise self._bad(f"a pattern is expected here, not {self._shown()}")
        if not token.plain or token.text not in KEYWORDS:
            self._take()
            return Node("ref", where, name=token.text)
        return self._keyword(self._take().text, where)

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
            return Node("parentRef", where, name=self._identifier())
        if word == "external":
            href = self._href()
            return Node("externalRef", where, href=href, namespace=self._inherit())
        if word == "grammar":
            return Node("grammar", where, self._braced_parts(in_include=False))
        raise BadGrammar(where, f"a pattern is expected here, not {word!r}")

    def _braced(self) -> Node:
        self._need("{")
        node = self._pattern()
        self._need("}")
        return node

    # -- data ---------------------------------------------------------------------------------

    def _data(self, where: Position, library: str, name: str) -> Node:
        if self.token.kind == "literal":
            return self._value(where, library, name)
        node = Node("data", where, name=name, library=library, prefixes=self._prefixes())
        if self._try("{"):
            while not self._try("}"):
                self._skip_annotations()
                param = self._identifier()
                self._need("=")
                node.params.append((param, self._literal()))
        if self._try("-"):
            node.children = [self._particle_without_repetition()]
        return node

    def _particle_without_repetition(self) -> Node:
        self._skip_annotations()
        return self._primary()

    def _value(self, where: Position, library: str, name: str) -> Node:
        return Node("value", where, name=name, library=library, text=self._literal(),
                    prefixes=self._prefixes())

    def _prefixes(self) -> dict[str, str]:
        return self.namespaces | {"": self.default}

    # -- name classes -------------------------------------------------------------------------

    def _name_class(self, element: bool) -> NameClass:
        names = [self._name_part(element)]
        while self._try("|"):
            names.append(self._name_part(element))
        return names[0] if len(names) == 1 else NameChoice(tuple(names))

    def _name_part(self, element: bool) -> NameClass:
        self._skip_annotations()
        names = self._simple_name(element)
        self._skip_following()
        return names

    def _simple_name(self, element: bool) -> NameClass:
        if self._try("("):
            names = self._name_class(element)
            self._need(")")
            return names
        if self._try("*"):
            return AnyName(self._besides(element))
        token = self._take()
        if token.kind == "nsname":
            return NsName(self._resolve(token.text), self._besides(element))
        if token.kind == "cname":
            prefix, _colon, local = token.text.partition(":")
            return Name(clark(self._resolve(prefix), local))
        if token.kind == "name":
            return Name(clark(self.default if element else "", token.text))
        raise self._bad(f"a name is expected before {self._shown()}")

    def _besides(self, element: bool) -> NameClass | None:
        return self._name_part(element) if self._try("-") else None
