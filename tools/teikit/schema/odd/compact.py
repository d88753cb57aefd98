"""The compiled grammar in the compact syntax of RELAX NG, which Emacs reads and nothing else.

The grammar is one that relaxng.py wrote: without files of its own, and with documentation only
where an element, an attribute or a definition begins, or behind a value.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from lxml import etree

from teikit.document import XML, safe_parser
from teikit.schema.odd.patterns import ANNOTATIONS, XSD, Pattern, local
from teikit.schema.relaxng.compacttokens import KEYWORDS

_WIDTH = 90  # characters up to which a pattern stays on one line
_REPEATED = {"optional": "?", "zeroOrMore": "*", "oneOrMore": "+"}
_JOINED = {"group": ",", "interleave": "&", "choice": "|"}
_CONSTANT = ("text", "empty", "notAllowed")
_ESCAPE = re.compile(r"\\(?=x+\{)")  # what a reader would take for the number of a character
_DOCUMENTATION = f"{{{ANNOTATIONS}}}documentation"

Lines = list[str]


def render_compact(relaxng: bytes) -> bytes:
    """Return the grammar RELAXNG, as `render_relaxng` writes it, in the compact syntax."""
    grammar = etree.fromstring(relaxng, safe_parser())
    writer = _Writer(grammar)
    parts = [writer.definition(node) for node in grammar if _kind(node)]
    lines = [*_head(grammar), "", *writer.declarations(), "", *(line for p in parts for line in p)]
    return "".join(f"{line}\n" for line in lines).encode()


def _head(grammar: Pattern) -> Iterator[str]:
    """Yield the comment at the head of the file, as one of the compact syntax."""
    for comment in grammar.itersiblings(etree.Comment, preceding=True):
        for line in (comment.text or "").strip("\n").split("\n"):
            yield f"# {_escaped(line.strip())}"


class _Writer:
    """Writes patterns as lines; notes which namespaces and datatype libraries they need."""

    def __init__(self, grammar: Pattern):
        self.default = grammar.get("ns", "")
        self.prefixes = {XML: "xml"}
        self.libraries = {XSD: "xsd"}

    def declarations(self) -> Iterator[str]:
        """Yield the declarations of what was written."""
        yield f"default namespace = {_literal(self.default)}"
        for uri, prefix in self.prefixes.items():
            if uri != XML:
                yield f"namespace {prefix} = {_literal(uri)}"
        for uri, prefix in self.libraries.items():
            if uri != XSD:
                yield f"datatypes {prefix} = {_literal(uri)}"

    def definition(self, node: Pattern) -> Lines:
        """Return one definition of the grammar, or its start."""
        name = "start" if _kind(node) == "start" else _identifier(node.get("name", ""))
        pattern = self.together(node, ",")
        if len(pattern) == 1 and len(name) + len(pattern[0]) < _WIDTH:
            return [*_documentation(node), f"{name} = {pattern[0]}"]
        return [*_documentation(node), f"{name} =", *_indented(pattern)]

    def pattern(self, node: Pattern) -> Lines:
        """Return one pattern, in parentheses where it is joined of several."""
        kind = _kind(node)
        if kind in _REPEATED:
            return _ending(self.enclosed(node, ","), _REPEATED[kind])
        if kind in _JOINED:
            return self.enclosed(node, _JOINED[kind])
        if kind in ("element", "attribute"):
            head = f"{kind} {self.names(node)}"
            return [*_documentation(node), *_braced(head, self.together(node, ","))]
        if kind in ("list", "mixed"):
            return _braced(kind, self.together(node, ","))
        if kind == "ref":
            return [_identifier(node.get("name", ""))]
        if kind == "value":
            return [*_documentation_behind(node), self.value(node)]
        return [kind] if kind in _CONSTANT else self.data(node)

    def enclosed(self, node: Pattern, sign: str) -> Lines:
        """Return what stands in NODE so that a sign can follow it."""
        inside = list(_patterns(node))
        if len(inside) == 1 and _kind(inside[0]) not in _REPEATED:
            return self.pattern(inside[0])
        lines = self.together(node, sign)
        if len(lines) == 1:
            return [f"({lines[0]})"]
        return ["(", *_indented(lines), ")"]

    def together(self, node: Pattern, sign: str) -> Lines:
        """Return what stands in NODE, joined by the sign, without parentheses."""
        inside = list(_patterns(node))
        if not inside:  # an attribute that says no more holds any text
            return ["text"]
        if len(inside) == 1 and _kind(inside[0]) in _JOINED:
            return self.together(inside[0], _JOINED[_kind(inside[0])])
        members = [self.pattern(child) for child in inside]
        gap = " " if sign == "|" else ""
        joined = f"{gap}{sign} ".join(member[-1] for member in members)
        if all(len(member) == 1 for member in members) and len(joined) <= _WIDTH:
            return [joined]
        ended = [_ending(member, gap + sign) for member in members[:-1]]
        return [line for member in (*ended, members[-1]) for line in member]

    # -- data ---------------------------------------------------------------------------------

    def value(self, node: Pattern) -> str:
        """Return one literal value, with its type unless it is a token of RELAX NG's own."""
        text = _literal(node.text or "")
        kind = self.type_of(node) if node.get("type") else "token"
        return text if kind == "token" else f"{kind} {text}"

    def data(self, node: Pattern) -> Lines:
        """Return a datatype with its facets."""
        facets = [
            f"{_identifier(child.get('name', ''))} = {_literal(child.text or '')}"
            for child in node
            if _kind(child) == "param"
        ]
        lines = [self.type_of(node)]
        if facets:
            lines = _braced(lines[0], [" ".join(facets)] if len(facets) < 2 else facets)
        for besides in (child for child in node if _kind(child) == "except"):
            first, *others = self.enclosed(besides, "|")
            lines = [*lines[:-1], f"{lines[-1]} - {first}", *others]
            lines = _ending([f"({lines[0]}", *lines[1:]], ")")
        return lines

    def type_of(self, node: Pattern) -> str:
        """Return the name of a datatype with the prefix of its library."""
        name, library = node.get("type", ""), _inherited(node, "datatypeLibrary")
        if not library:
            return name
        prefix = self.libraries.setdefault(library, f"d{len(self.libraries)}")
        return f"{prefix}:{name}"

    # -- names --------------------------------------------------------------------------------

    def names(self, node: Pattern) -> str:
        """Return the name class of an element or attribute."""
        is_attribute = _kind(node) == "attribute"
        name = node.get("name")
        if name is None:
            return self.name_class(next(iter(_children(node))), is_attribute)
        uri = node.get("ns", "") if is_attribute else _inherited(node, "ns")
        return self.name(name.strip(), uri, is_attribute)

    def name_class(self, node: Pattern, is_attribute: bool) -> str:
        """Return the name class that stands at NODE."""
        kind = _kind(node)
        if kind == "name":
            return self.name((node.text or "").strip(), _inherited(node, "ns"), is_attribute)
        if kind == "choice":
            return f"({' | '.join(self.name_class(one, is_attribute) for one in _children(node))})"
        text = "*" if kind == "anyName" else f"{self.prefix(_inherited(node, 'ns'))}:*"
        for besides in _children(node):
            inside = [self.name_class(one, is_attribute) for one in _children(besides)]
            text += f" - ({' | '.join(inside)})" if len(inside) > 1 else f" - {inside[0]}"
        return text if " - " not in text else f"({text})"

    def name(self, name: str, uri: str, is_attribute: bool) -> str:
        """Return a name, with a prefix where its namespace is not the one without."""
        if name.startswith("xml:"):
            return name
        if uri == ("" if is_attribute else self.default):
            return _identifier(name)
        return f"{self.prefix(uri)}:{name}"

    def prefix(self, uri: str) -> str:
        """Return the prefix of a namespace."""
        return self.prefixes.setdefault(uri, f"ns{len(self.prefixes)}")


def _kind(node: Pattern) -> str:
    """Return the name of a pattern; empty for a comment or an annotation."""
    return local(node) if isinstance(node.tag, str) else ""


def _children(node: Pattern) -> Iterator[Pattern]:
    return (child for child in node if _kind(child))


def _patterns(node: Pattern) -> Iterator[Pattern]:
    """Yield the patterns in NODE; its first child may be a name class instead."""
    children = list(_children(node))
    has_names = _kind(node) in ("element", "attribute") and node.get("name") is None
    return iter(children[has_names:])


def _inherited(node: Pattern | None, attribute: str) -> str:
    """Return what the nearest element at or above NODE says in an attribute."""
    while node is not None:
        value = node.get(attribute)
        if value is not None:
            return value
        node = node.getparent()
    return ""


def _documentation(node: Pattern) -> Lines:
    """Return the documentation that NODE begins with."""
    return _documentation_lines(takewhile(lambda one: one.tag == _DOCUMENTATION, node))


def _documentation_behind(value: Pattern) -> Lines:
    """Return the documentation that follows a value: a value itself can hold none."""
    behind = takewhile(lambda one: one.tag == _DOCUMENTATION, value.itersiblings())
    return _documentation_lines(behind)


def _documentation_lines(notes: Iterable[Pattern]) -> Lines:
    text = "\n".join(note.text or "" for note in notes)
    return [f"## {_escaped(line)}".rstrip() for line in text.split("\n")] if text else []


def _braced(head: str, inside: Lines) -> Lines:
    """Return HEAD { INSIDE }."""
    if len(inside) == 1 and len(head) + len(inside[0]) < _WIDTH:
        return [f"{head} {{ {inside[0]} }}"]
    return [f"{head} {{", *_indented(inside), "}"]


def _indented(lines: Lines) -> Lines:
    return [f"  {line}" for line in lines]


def _ending(lines: Lines, sign: str) -> Lines:
    return [*lines[:-1], lines[-1] + sign]


def _identifier(name: str) -> str:
    name = name.strip()
    return f"\\{name}" if name in KEYWORDS else name


def _escaped(text: str) -> str:
    return _ESCAPE.sub(r"\\x{5C}", text).replace("\r", "\\x{D}")


def _literal(text: str) -> str:
    """Return TEXT in quotation marks."""
    text = _escaped(text).replace("\n", "\\x{A}")
    if '"' not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    return " ~ ".join(f"'{part}'" if '"' in part else f'"{part}"'
                      for part in re.findall(r'"+|[^"]+', text))  # fmt: skip
