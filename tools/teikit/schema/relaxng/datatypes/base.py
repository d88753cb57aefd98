"""What every datatype is: a way from text to a value, facets that narrow it, and a context."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
_SPACE = str.maketrans("\t\r\n", "   ")


class BadDatatype(Exception):
    """The schema asks for a type, a facet or a value that does not exist; says why."""


class Context:
    """What a value may depend on besides its text; remembers whether it was asked.

    A verdict that did not ask can be kept for the same text elsewhere.
    """

    used = False

    def namespace(self, prefix: str) -> str | None:
        """Return the namespace of the prefix ("" is the default one), None where there is none."""
        self.used = True
        return self._namespace(prefix)

    def is_entity(self, name: str) -> bool:
        """Return whether the document declares an unparsed entity of this name."""
        self.used = True
        return self._is_entity(name)

    def _namespace(self, prefix: str) -> str | None:
        return "" if not prefix else None

    def _is_entity(self, name: str) -> bool:
        return False


class Nowhere(Context):
    """A place without prefixes and entities."""


class Prefixes(Context):
    """A place where these prefixes are bound."""

    def __init__(self, bound: Mapping[str, str]):
        self._bound = {"xml": XML_NAMESPACE, "": "", **bound}

    def _namespace(self, prefix: str) -> str | None:
        return self._bound.get(prefix)


def preserve(text: str) -> str:
    """Return the text as it is (whiteSpace="preserve")."""
    return text


def replace(text: str) -> str:
    """Return the text with every white space character as a space."""
    return text.translate(_SPACE)


def collapse(text: str) -> str:
    """Return the text with white space folded and none at the ends.

    Only the four characters that XML calls white space count: a no-break space is text.
    """
    return " ".join(word for word in replace(text).split(" ") if word)


Parse = Callable[[str, Context], Any]  # None where the text is no value of the type
Check = Callable[[str, Any], bool]  # of the normalised text and its value


class Datatype:
    """A type with its facets."""

    __slots__ = ("anything", "checks", "id_type", "key", "name", "needs_context", "parse", "space")

    def __init__(
        self,
        key: tuple,
        name: str,
        space: Callable[[str], str],
        parse: Parse,
        checks: tuple[Check, ...] = (),
        *,
        anything: bool = False,
        needs_context: bool = False,
        id_type: str = "",
    ):
        self.key = key  # library, name, facets: equal for equal types
        self.name = name
        self.space = space
        self.parse = parse
        self.checks = checks
        self.anything = anything and not checks  # every text is a value
        self.needs_context = needs_context
        self.id_type = id_type  # "ID", "IDREF", "IDREFS" or ""

    def value(self, text: str, context: Context) -> Any:
        """Return the value that the text stands for; None where there is none."""
        text = self.space(text)
        value = self.parse(text, context)
        if value is None or not all(check(text, value) for check in self.checks):
            return None
        return value

    def allows(self, text: str, context: Context) -> bool:
        """Return whether the text is a value of the type."""
        return self.anything or self.value(text, context) is not None

    def same(self, text: str, value: Any, context: Context) -> bool:
        """Return whether the text stands for this very value."""
        return self.parse(self.space(text), context) == value

    def hashable(self, value: Any) -> Hashable:
        """Return the value as a key."""
        return (type(value).__name__, value)
