"""The words of an XPath: enough to see what it calls and which variables it takes.

Holds for XPath 1.0 to 3.1. Nothing here understands an expression; xpath1.py does, for a part of
XPath 1.0.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_NAME = r"[^\W\d][\w.\-\u00b7]*"
_TOKEN = re.compile(
    rf"""(?P<space>\s+) | (?P<comment>\(:)
    | (?P<literal>"(?:[^"]|"")*"|'(?:[^']|'')*')
    | (?P<uri>Q\{{[^{{}}]*\}})
    | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<name>{_NAME}(?::(?:{_NAME}|\*))?)
    | (?P<symbol>::|//|!=|<=|>=|<<|>>|:=|=>|\|\||\.\.|.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Token:
    """A word of an XPath."""

    kind: str  # space (comments too), literal, uri, number, name, symbol
    text: str


def split_xpath(expression: str) -> Iterator[Token]:
    """Yield the words of EXPRESSION; joined together they are EXPRESSION again."""
    index = 0
    while index < len(expression):
        match = _TOKEN.match(expression, index)
        kind, end = match.lastgroup or "symbol", match.end()
        if kind == "comment":
            kind, end = "space", _comment_end(expression, index)
        yield Token(kind, expression[index:end])
        index = end


def _comment_end(expression: str, start: int) -> int:
    depth = 0
    for match in re.compile(r"\(:|:\)").finditer(expression, start):
        depth += 1 if match[0] == "(:" else -1
        if not depth:
            return match.end()
    return len(expression)


def read_words(expression: str) -> list[Token]:
    """Return the words of EXPRESSION without white space and comments."""
    return [token for token in split_xpath(expression) if token.kind != "space"]


def find_calls(expression: str) -> Iterator[tuple[str, str]]:
    """Yield (URI, name) of each function that EXPRESSION calls or names (`name#1`).

    The URI is "" unless it is written out: Q{uri}name. Node tests and the keywords of the
    language look the same and come too.
    """
    words = read_words(expression)
    for index, word in enumerate(words[:-1]):
        if word.kind != "name" or words[index + 1].text not in ("(", "#"):
            continue
        before = words[index - 1] if index else Token("", "")
        if before.text != "$":
            yield (before.text[2:-1].strip() if before.kind == "uri" else "", word.text)


def find_keys(expression: str) -> set[str]:
    """Return the names of the keys that EXPRESSION uses; "?" stands for one that is computed."""
    words = read_words(expression)
    found = set()
    for call, opening, name, after in zip(words, words[1:], words[2:], words[3:], strict=False):
        if call.text == "key" and opening.text == "(":
            written = name.kind == "literal" and after.text == ","
            found.add(name.text[1:-1] if written else "?")
    return found


def find_variables(expression: str) -> set[str]:
    """Return the names of the variables that EXPRESSION takes or binds."""
    words = read_words(expression)
    pairs = itertools.pairwise(words)
    return {after.text for word, after in pairs if word.text == "$" and after.kind == "name"}


def rename_variables(expression: str, names: Mapping[str, str]) -> str:
    """Return EXPRESSION with other names for its variables."""
    result, after_dollar = [], False
    for token in split_xpath(expression):
        known = after_dollar and token.kind == "name"
        result.append(names.get(token.text, token.text) if known else token.text)
        after_dollar = token.text == "$" or (after_dollar and token.kind == "space")
    return "".join(result)


_TEST = rf"(?:{_NAME}(?::(?:{_NAME}|\*))?|\*)"
_STEP = re.compile(rf"(?:attribute :: |@ ){_TEST}|(?:child :: )?(?:{_TEST}|(?:text|comment) \( \))")


def find_candidates(context: str) -> str:
    """Return an XPath to all nodes that the pattern CONTEXT may match, and perhaps others.

    Most patterns end in a name: then it is enough to look at the elements of that name.
    """
    found = []
    for step in _last_steps(context):
        if step == "/":
            found.append("/")
        elif _STEP.fullmatch(step):
            found.append("//" + step.replace(" ", ""))
        else:
            return "/ | //node() | //@*"
    return " | ".join(dict.fromkeys(found))


def _last_steps(context: str) -> list[str]:
    """Return the words of the last step of each alternative of a pattern, without predicates."""
    steps: list[list[str]] = [[]]
    depth = 0
    for word in read_words(context):
        if word.text in ("]", ")"):
            depth -= 1
        if depth == 0 and word.text in ("|", "union"):
            steps.append([])
        elif depth == 0 and word.text in ("/", "//"):
            steps[-1] = [] if steps[-1] else ["/"]
        elif depth == 0 and word.text not in ("[", "]"):
            steps[-1] = [*(part for part in steps[-1] if part != "/"), word.text]
        if word.text in ("[", "("):
            depth += 1
    return [" ".join(step) for step in steps]
