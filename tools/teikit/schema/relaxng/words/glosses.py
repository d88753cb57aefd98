"""Glosses: what a schema says that its elements, attributes and values are for.

A schema compiled from an ODD carries gloss and desc in `a:documentation` (`##` in the compact
syntax); one that carries none may have its ODD beside it. They are read only once something is
wrong in a document: validation itself does not need them.
"""

import itertools
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from teikit.document import TEI, XML, UnreadableDocument, decode, safe_parser
from teikit.schema.odd.specs import read_gloss
from teikit.schema.relaxng.compacttokens import read_tokens
from teikit.schema.relaxng.errors import BadGrammar
from teikit.schema.relaxng.resolving import folder_resolver
from teikit.visible import visible

_RNG = "{http://relaxng.org/ns/structure/1.0}"
_DOCUMENTATION = "{http://relaxng.org/ns/compatibility/annotations/1.0}documentation"
_LONGEST = 200
_SECTION = re.compile(r"\s*\[[0-9A-Z][0-9.]*\.? [^\[\]]*\]$")  # [14.2.1. Personal Names]
_VALUES = re.compile(r"\n(?:Suggested|Sample|Recommended) values include:")
_TAG = r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
_LANGUAGES = re.compile(rf" / (?={_TAG} )")
_LANGUAGE = re.compile(rf"({_TAG}) (.+)", re.DOTALL)


class Glosses:
    """The glosses of one schema. Names are written "{namespace}local"."""

    def __init__(self, language: str = "en"):
        self.language = language
        self._elements: dict[str, list[etree._Element]] = {}
        self._defines: dict[str, list[etree._Element]] = {}
        self._known: dict[tuple[str, ...], str] = {}  # by local names: element, attribute, value
        self._cleaned: dict[str, str] = {}  # of elements, as they are shown
        self._attributes: dict[tuple[str, str], etree._Element | None] = {}

    # -- reading ------------------------------------------------------------------------------

    def add_xml(self, root: etree._Element) -> None:
        """Take the glosses of a schema in the XML syntax."""
        for node in root.iter(f"{_RNG}element", f"{_RNG}define"):
            if node.tag == f"{_RNG}define":
                self._defines.setdefault(node.get("name", "").strip(), []).append(node)
            else:
                for name in _names(node):
                    self._elements.setdefault(name, []).append(node)

    def add_compact(self, data: bytes, uri: str) -> None:
        """Take the glosses of a schema in the compact syntax: ## before element or attribute."""
        text, _encoding = decode(data, uri)
        lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
        element, begin, before = "", 0, ""  # the line in which the pattern begins, `p = element p`
        tokens = read_tokens(data, uri)
        for token, named in itertools.pairwise(tokens):
            if token.kind == "name" and token.plain and token.text in ("element", "attribute"):
                local = named.text.rpartition(":")[2]
                element = local if token.text == "element" else element
                key = (element,) if token.text == "element" else (element, local)
                said = _comment_above(lines, begin if before in ("=", "|=", "&=") else token.line)
                if said:
                    self._known.setdefault(key, said)
            elif token.kind == "name":
                begin = token.line
            before = token.text

    def add_odd(self, root: etree._Element) -> None:
        """Take the glosses of an ODD."""
        for spec in root.iter(f"{{{TEI}}}elementSpec"):
            element = _ident(spec)
            self._keep((element,), spec)
            for attribute in spec.iter(f"{{{TEI}}}attDef"):
                self._keep((element, _ident(attribute)), attribute)
                for item in attribute.iter(f"{{{TEI}}}valItem"):
                    self._keep((element, _ident(attribute), _ident(item)), item)

    def _keep(self, key: tuple[str, ...], node: etree._Element) -> None:
        gloss = read_gloss(node)
        if gloss:
            self._known.setdefault(key, gloss)

    def has_any(self) -> bool:
        """Return whether anything is documented."""
        nodes = (node for found in self._elements.values() for node in found)
        return bool(self._known) or any(map(_said_in, nodes))

    # -- asking -------------------------------------------------------------------------------

    def of_element(self, name: str) -> str:
        """Return the gloss of an element; "" where there is none."""
        if name not in self._cleaned:
            said = next(filter(None, map(_said_in, self._elements.get(name, ()))), "")
            self._cleaned[name] = self._clean(said or self._known.get((_local(name),), ""))
        return self._cleaned[name]

    def of_attribute(self, element: str, attribute: str) -> str:
        """Return the gloss of an attribute of an element; "" where there is none."""
        node = self._attribute(element, attribute)
        said = _said_in(node) if node is not None else ""
        return self._clean(said or self._known.get((_local(element), _local(attribute)), ""))

    def of_value(self, element: str, attribute: str, value: str) -> str:
        """Return the gloss of one of the values that an attribute may have."""
        node = self._attribute(element, attribute)
        if node is not None:
            for part in self._parts([node]):
                if part.tag == f"{_RNG}value" and (part.text or "").strip() == value:
                    return self._clean(_said_after(part))
        return self._clean(self._known.get((_local(element), _local(attribute), value), ""))

    def _attribute(self, element: str, attribute: str) -> etree._Element | None:
        key = element, attribute
        if key not in self._attributes:
            nodes = self._elements.get(element, [])
            self._attributes[key] = next(
                (
                    part
                    for part in self._parts(nodes)
                    if part.tag == f"{_RNG}attribute" and attribute in _names(part)
                ),
                None,
            )
        return self._attributes[key]

    def _parts(self, nodes: list[etree._Element]) -> Iterator[etree._Element]:
        """Yield what the nodes consist of, in order, through references; no inner elements."""
        seen: set[str] = set()
        waiting = [child for node in reversed(nodes) for child in reversed(node)]
        while waiting:
            node = waiting.pop()
            if not isinstance(node.tag, str) or node.tag == f"{_RNG}element":
                continue
            yield node
            children = [node]
            if node.tag == f"{_RNG}ref":
                name = node.get("name", "").strip()
                children = self._defines.get(name, []) if name not in seen else []
                seen.add(name)
            waiting.extend(inner for child in reversed(children) for inner in reversed(child))

    def _clean(self, said: str) -> str:
        said = _VALUES.split(said)[0]
        said = " ".join(said.split())
        return visible(shortened(_SECTION.sub("", self._in_language(said))))

    def _in_language(self, said: str) -> str:
        """Return the part in our language of "zh … / en …"; the first where it is not there."""
        parts = [_LANGUAGE.fullmatch(part) for part in _LANGUAGES.split(said)]
        if len(parts) < 2 or None in parts:
            return said
        told = {part[1]: part[2] for part in reversed(parts)}
        wanted = self.language
        exact = told.get(wanted)
        near = (text for tag, text in told.items() if tag.partition("-")[0] == wanted)
        return exact or next(near, parts[0][2])


def read_glosses(schema: Path, uris: Iterable[str], language: str = "en") -> Glosses:
    """Return the glosses in the files of a schema, or in the ODD beside it.

    A file that cannot be read any more has none: a gloss is never worth stopping for.
    """
    glosses, resolve = Glosses(language), folder_resolver(schema.parent)
    for uri in uris:
        try:
            data = resolve(uri)
            if uri.endswith(".rnc"):
                glosses.add_compact(data, uri)
            else:
                glosses.add_xml(_parse(data, uri))
        except (BadGrammar, UnreadableDocument, etree.XMLSyntaxError):
            continue
    if not glosses.has_any():
        try:
            uri = Path(os.path.realpath(schema.with_suffix(".odd"))).as_uri()
            glosses.add_odd(_parse(resolve(uri), uri))
        except (BadGrammar, UnreadableDocument, etree.XMLSyntaxError):
            return glosses
    return glosses


def shortened(text: str) -> str:
    """Return the text, or as many of its sentences or words as fit."""
    if len(text) <= _LONGEST:
        return text
    sentence = text.rfind(". ", _LONGEST // 3, _LONGEST)
    if sentence > 0:
        return text[: sentence + 1]
    return f"{text[: text.rfind(' ', 0, _LONGEST - 1)].rstrip(' ,;:(')}…"


def _comment_above(lines: list[str], number: int) -> str:
    """Return the ## comment that ends before the line."""
    first = number - 1
    while first and lines[first - 1].startswith("##"):
        first -= 1
    return " ".join(line.lstrip("# ") for line in lines[first : number - 1])


def _names(node: etree._Element) -> list[str]:
    """Return the names of an element or attribute pattern."""
    if (name := node.get("name")) is not None:
        return [_clark(node, name.strip(), node.tag == f"{_RNG}attribute")]
    first = next(node.iterchildren(f"{_RNG}name", f"{_RNG}choice"), None)
    found = first.iter(f"{_RNG}name") if first is not None else ()
    return [_clark(one, (one.text or "").strip(), False) for one in found]


def _clark(node: etree._Element, name: str, own: bool) -> str:
    """Return the name with its namespace; an attribute with @name has none but its OWN."""
    prefix, colon, local = name.partition(":")
    if colon:
        namespace = XML if prefix == "xml" else node.nsmap.get(prefix, "")
        return f"{{{namespace}}}{local}" if namespace else local
    namespace = node.get("ns") or ""
    while not own and node is not None and node.get("ns") is None:
        node = node.getparent()
        namespace = "" if node is None else node.get("ns") or ""
    return f"{{{namespace}}}{name}" if namespace else name


def _said_in(node: etree._Element) -> str:
    return "\n".join("".join(child.itertext()) for child in node.iterchildren(_DOCUMENTATION))


def _said_after(node: etree._Element) -> str:
    """Return the documentation of a value, which stands after it."""
    following = node.getnext()
    if following is None or following.tag != _DOCUMENTATION:
        return ""
    return "".join(following.itertext())


def _local(name: str) -> str:
    return f"xml:{name.partition('}')[2]}" if name.startswith(f"{{{XML}}}") else _after(name)


def _after(name: str) -> str:
    return name.rpartition("}")[2]


def _ident(spec: etree._Element) -> str:
    other = spec.find(f"{{{TEI}}}altIdent")
    return (other.text or "").strip() if other is not None else spec.get("ident", "")


def _parse(data: bytes, uri: str) -> etree._Element:
    text, _encoding = decode(data, uri)
    return etree.fromstring(text.removeprefix("\ufeff").encode("utf-8"), safe_parser())
