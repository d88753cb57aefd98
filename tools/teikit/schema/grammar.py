"""RELAX NG validation by libxml2, with its complaints placed and put into plain words."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from lxml import etree

from teikit.document import Document, safe_parser
from teikit.errors import TeikitError
from teikit.place import Place
from teikit.report import Finding

# what libxml2 says of an element only because something inside it, or beside it, is wrong
_ECHO = re.compile(
    r"failed to validate content|Invalid sequence in interleave|"
    r"^Expecting (an )?element|^Invalid attribute .* for element \S+$|"
    r"Extra element \S+ in interleave"
)
_PLAIN = (
    (re.compile(r"Did not expect element (\S+) there"), r"the element \1 is not allowed here"),
    (
        re.compile(r"Expecting element (\S+), got (\S+)"),
        r"the element \2 stands where \1 is expected",
    ),
    (
        re.compile(r"Element (\S+) failed to validate attributes"),
        r"an attribute of \1 is missing, or has a value that is not allowed",
    ),
    (re.compile(r"Element (\S+) has extra content: (\S+)"), r"\1 must not contain \2 here"),
    (
        re.compile(r"Invalid attribute (\S+) for element (\S+)"),
        r"the attribute \1 of \2 is not allowed, or its value is not",
    ),
    (re.compile(r"Expecting an element (\S*), got nothing"), r"an element \1 is missing here"),
    (
        re.compile(r"Did not expect text in element (\S+) content"),
        r"\1 must not contain text directly",
    ),
    (
        re.compile(r"Element (\S+) failed to validate content"),
        r"the content of \1 is incomplete or not in the order that the schema asks for",
    ),
)


class BadSchema(TeikitError):
    """A schema cannot be read or is wrong in itself."""


def check_relaxng(document: Document, schema: str) -> Iterator[Finding]:
    """Yield a finding for each thing in the document that the RELAX NG file SCHEMA forbids."""
    path = Path(schema)
    grammar = _read_grammar(schema, path.stat().st_mtime_ns if path.exists() else 0)
    tree = etree.fromstring(document.utf8, safe_parser()).getroottree()
    if grammar.validate(tree):
        return
    entries = list(grammar.error_log)
    telling = [entry for entry in entries if not _ECHO.search(entry.message)] or entries[-1:]
    for entry in telling:
        yield _finding(document, entry)


def _finding(document: Document, entry: etree._LogEntry) -> Finding:
    message = _in_plain_words(entry.message)
    if not entry.path and not entry.line:
        return Finding(
            Place(document.path),
            "relaxng:invalid",
            f"somewhere in this file, {message}",
            hint="The validator did not say where; look at what was changed last.",
        )
    element = _element_at(document, entry)
    return Finding(
        document.place(element),
        "relaxng:invalid",
        message,
        hint="The schema's documentation says what may stand here.",
        ordinal=document.ordinal(element),
    )


@lru_cache(maxsize=4)
def _read_grammar(schema: str, _changed: int) -> etree.RelaxNG:
    try:
        return etree.RelaxNG(etree.fromstring(Path(schema).read_bytes(), safe_parser()))
    except OSError as error:
        raise BadSchema(f"{schema}: cannot be read: {error.strerror}") from error
    except etree.XMLSyntaxError as error:
        raise BadSchema(f"{schema}:{error.lineno}: not well-formed: {error.msg}") from error
    except etree.RelaxNGParseError as error:
        raise BadSchema(f"{schema}: is no RELAX NG schema: {error}") from error


def _element_at(document: Document, entry: etree._LogEntry) -> etree._Element:
    """Return the element that the complaint is about: by its path, else by its name and line."""
    found = document.tree.xpath(entry.path) if entry.path else []
    element = found[0] if found and isinstance(found[0].tag, str) else document.root
    named = re.search(r"[Ee]lement (\S+)", entry.message)
    if element is document.root and named and entry.line != element.sourceline:
        same = document.root.iter(f"{{*}}{named[1]}")
        return next((one for one in same if one.sourceline == entry.line), element)
    return element


def _in_plain_words(message: str) -> str:
    for pattern, words in _PLAIN:
        match = pattern.search(message)
        if match:
            return match.expand(words)
    return message
