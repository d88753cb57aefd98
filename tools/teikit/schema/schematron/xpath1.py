"""Which XPath means the same in version 1.0 as in 2.0 and later.

Rules written for XPath 2 or 3 run in libxslt only where this parser can say so, so that what is
found does not depend on whether the extra is installed. The rest goes to Saxon. What differs, and
is therefore not accepted: a function of strings on several nodes (an error in 2.0, the first node
in 1.0); `<` on anything but numbers; a node compared with a number (an error in 2.0 where it is
none) or a boolean; decimals, division, number() and sum(); id(); value-of several nodes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from teikit.schema.schematron.tokens import Token, read_words

# the kinds of values: at most one node, nodes, a string, a whole number, a boolean, and what
# generate-id() gives, which each engine makes up for itself
ONE, NODES, STRING, NUMBER, BOOLEAN, IDENT = "one", "nodes", "string", "number", "boolean", "ident"
PRINTABLE = frozenset((ONE, STRING, NUMBER, BOOLEAN))  # the same as the text of a message
_TEXT = frozenset((ONE, STRING))
_SET = frozenset((ONE, NODES))
_COMPARABLE = frozenset((ONE, NODES, STRING))
_ANY = frozenset((ONE, NODES, STRING, NUMBER, BOOLEAN))
_ONE = frozenset((ONE,))
_NUMBER = frozenset((NUMBER,))
# name -> (kinds of its arguments, how many of them may be left out, kind of its result)
_FUNCTIONS = {
    "last": ((), 0, NUMBER),
    "position": ((), 0, NUMBER),
    "count": ((_SET,), 0, NUMBER),
    "local-name": ((_ONE,), 1, STRING),
    "namespace-uri": ((_ONE,), 1, STRING),
    "name": ((_ONE,), 1, STRING),
    "string": ((_TEXT | _NUMBER,), 1, STRING),
    "starts-with": ((_TEXT, _TEXT), 0, BOOLEAN),
    "contains": ((_TEXT, _TEXT), 0, BOOLEAN),
    "substring-before": ((_TEXT, _TEXT), 0, STRING),
    "substring-after": ((_TEXT, _TEXT), 0, STRING),
    "substring": ((_TEXT, _NUMBER, _NUMBER), 1, STRING),
    "string-length": ((_TEXT,), 1, NUMBER),
    "normalize-space": ((_TEXT,), 1, STRING),
    "translate": ((_TEXT, _TEXT, _TEXT), 0, STRING),
    "boolean": ((_ANY,), 0, BOOLEAN),
    "not": ((_ANY,), 0, BOOLEAN),
    "true": ((), 0, BOOLEAN),
    "false": ((), 0, BOOLEAN),
    "lang": ((_TEXT,), 0, BOOLEAN),
    "current": ((), 0, ONE),
    "generate-id": ((_ONE,), 1, IDENT),
}
_TESTS = ("node", "text", "comment", "processing-instruction")
_AXES = frozenset(
    "ancestor ancestor-or-self attribute child descendant descendant-or-self following "
    "following-sibling parent preceding preceding-sibling self".split()
)
_DEEPEST = 60


class _Differs(Exception):
    """The expression is none that surely means the same in both."""


def find_kind(
    expression: str, variables: Mapping[str, str], keys: frozenset[str] = frozenset()
) -> str | None:
    """Return the kind of value of EXPRESSION, None where the versions of XPath may differ.

    `variables` has the kinds of those that may be taken, `keys` the names of keys that may be.
    """
    parser = _Parser(read_words(expression), variables, keys)
    try:
        kind = parser.expression()
    except _Differs:
        return None
    return kind if parser.index == len(parser.words) else None


@dataclass
class _Parser:
    words: list[Token]
    variables: Mapping[str, str]
    keys: frozenset[str]
    index: int = 0
    depth: int = field(default=0)

    def at(self, *texts: str, ahead: int = 0) -> bool:
        place = self.index + ahead
        if place >= len(self.words):
            return False
        word = self.words[place]
        return word.kind in ("symbol", "name") and word.text in texts

    def take(self) -> Token:
        if self.index >= len(self.words):
            raise _Differs
        self.index += 1
        return self.words[self.index - 1]

    def expect(self, text: str) -> None:
        if not self.at(text):
            raise _Differs
        self.index += 1

    def expression(self) -> str:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _Differs
        kind = self.conjunction()
        while self.at("or"):
            self.take()
            self.conjunction()
            kind = BOOLEAN
        self.depth -= 1
        return kind

    def conjunction(self) -> str:
        kind = self.equality()
        while self.at("and"):
            self.take()
            self.equality()
            kind = BOOLEAN
        return kind

    def equality(self) -> str:
        left = self.relation()
        if not self.at("=", "!="):
            return left
        self.take()
        right = self.relation()
        if not (left == right or {left, right} <= _COMPARABLE):
            raise _Differs
        return BOOLEAN  # a = b = c is no XPath 2: what follows is not taken

    def relation(self) -> str:
        left = self.sum()
        if not self.at("<", ">", "<=", ">="):
            return left
        self.take()
        if left != NUMBER or self.sum() != NUMBER:
            raise _Differs
        return BOOLEAN

    def sum(self) -> str:
        kind = self.product()
        while self.at("+", "-"):
            self.take()
            if kind != NUMBER or self.product() != NUMBER:
                raise _Differs
        return kind

    def product(self) -> str:
        kind = self.unary()
        while self.at("*", "mod"):
            remainder = self.take().text == "mod"
            nonzero = self.index < len(self.words) and self.words[self.index].text.strip("0")
            if kind != NUMBER or self.unary() != NUMBER or (remainder and not nonzero):
                raise _Differs
            if remainder and self.words[self.index - 1].kind != "number":
                raise _Differs  # by something that may be nought
        return kind

    def unary(self) -> str:
        if self.at("-"):
            self.take()
            if self.union() != NUMBER:
                raise _Differs
            return NUMBER
        return self.union()

    def union(self) -> str:
        kind = self.path()
        while self.at("|"):
            self.take()
            if kind not in _SET or self.path() not in _SET:
                raise _Differs
            kind = NODES
        return kind

    def path(self) -> str:
        if self.at("/", "//"):
            slash = self.take().text
            if slash == "/" and not self.begins_step():
                if self.index < len(self.words) and self.words[self.index].kind == "name":
                    raise _Differs  # "/ or (x)": a step in some parsers, an operator in others
                return ONE
            return self.steps(self.step(ONE if slash == "/" else NODES))
        kind = self.step(ONE) if self.begins_step() else self.filtered()
        return self.steps(kind)

    def steps(self, kind: str) -> str:
        while self.at("/", "//"):
            if kind not in _SET:
                raise _Differs
            kind = self.step(NODES if self.take().text == "//" else kind)
        return kind

    def begins_step(self) -> bool:
        if self.at(".", "..", "@", "*"):
            return True
        if self.index >= len(self.words) or self.words[self.index].kind != "name":
            return False
        return not self.at("(", ahead=1) or self.words[self.index].text in _TESTS

    def step(self, start: str) -> str:
        """Read one step from a START of one node or several."""
        if self.at(".", ".."):
            self.take()
            return start
        axis = "child"
        if self.at("@"):
            self.take()
            axis = "attribute"
        elif self.at("::", ahead=1):
            axis = self.take().text
            self.take()
            if axis not in _AXES:
                raise _Differs
        named = self.node_test()
        single = axis in ("self", "parent") or (axis == "attribute" and named)
        return self.predicates(start if single else NODES, start)

    def node_test(self) -> bool:
        """Read a node test, and return whether it is one name."""
        word = self.take()
        if word.kind == "name" and word.text in _TESTS and self.at("("):
            self.take()
            named = word.text == "processing-instruction" and not self.at(")")
            if named and self.take().kind != "literal":
                raise _Differs
            self.expect(")")
            return False
        if word.kind != "name" and word.text != "*":
            raise _Differs
        return not word.text.endswith("*")

    def predicates(self, kind: str, start: str) -> str:
        """Read predicates; [1] and [last()] leave one node for each START."""
        while self.at("["):
            self.take()
            first = self.index
            self.expression()
            texts = [word.text for word in self.words[first : self.index]]
            if texts == ["last", "(", ")"] or (len(texts) == 1 and texts[0].isdigit()):
                kind = start
            self.expect("]")
        return kind

    def filtered(self) -> str:
        kind = self.primary()
        if self.at("[") and kind not in _SET:
            raise _Differs
        return self.predicates(kind, ONE)

    def primary(self) -> str:
        word = self.take()
        if word.kind == "literal":
            return STRING
        if word.kind == "number":
            if not word.text.isdigit() or len(word.text) > 9:
                raise _Differs
            return NUMBER
        if word.text == "(":
            kind = self.expression()
            self.expect(")")
            return kind
        if word.text == "$":
            kind = self.variables.get(self.take().text)
            if kind is None:
                raise _Differs
            return kind
        if word.kind == "name" and self.at("("):
            return self.call(word.text)
        raise _Differs

    def call(self, name: str) -> str:
        first = self.index + 1
        self.take()
        kinds = []
        while not self.at(")"):
            if kinds:
                self.expect(",")
            kinds.append(self.expression())
        self.take()
        if name == "key":
            return self.key(self.words[first], kinds)
        if name not in _FUNCTIONS:
            raise _Differs
        accepted, optional, result = _FUNCTIONS[name]
        if not len(accepted) - optional <= len(kinds) <= len(accepted):
            raise _Differs
        if any(kind not in wanted for kind, wanted in zip(kinds, accepted, strict=False)):
            raise _Differs
        return result

    def key(self, name: Token, kinds: list[str]) -> str:
        known = name.kind == "literal" and name.text[1:-1] in self.keys
        if not known or len(kinds) != 2 or kinds[1] not in _COMPARABLE:
            raise _Differs
        return NODES
