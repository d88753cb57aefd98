"""The short forms of pointers that the other texts of an edition use, for a new text too."""

import posixpath
import re
from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from teikit.document import read_document
from teikit.importing.example import Example
from teikit.pointers import Prefix, read_prefixes
from teikit.unreadable import UnreadableDocument

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/")


def render_prefixes(example: Example) -> str:
    """Return the listPrefixDef of EXAMPLE as it is for the new text; empty where it has none."""
    if not example.data:
        return ""
    try:
        prefixes = read_prefixes(read_document(example.data, example.path))
    except UnreadableDocument:
        return ""
    lines = [_render(one, example) for one in prefixes if _leads_elsewhere(one.replacement)]
    if not lines:
        return ""
    inner = "".join(f"      {line}\n" for line in lines)
    return f"    <listPrefixDef>\n{inner}    </listPrefixDef>\n"


def _leads_elsewhere(pattern: str) -> bool:
    """Return whether the pattern names a file or an address, and not what is in its own file."""
    return bool(pattern) and pattern[0] not in "#$"


def _render(prefix: Prefix, example: Example) -> str:
    def attributes() -> Iterator[str]:
        yield f"ident={quoteattr(prefix.ident)}"
        yield f"matchPattern={quoteattr(prefix.match)}"
        yield f"replacementPattern={quoteattr(_moved(prefix.replacement, example))}"

    return f"<prefixDef {' '.join(attributes())}/>"


def _moved(pattern: str, example: Example) -> str:
    """Return the pattern as it is written in the folder of the new text."""
    file, mark, fragment = pattern.partition("#")
    there, here = posixpath.dirname(example.path), posixpath.dirname(example.target)
    if there == here or _ABSOLUTE.match(file):
        return pattern
    moved = posixpath.relpath(posixpath.normpath(posixpath.join(there, file)), here or ".")
    return f"{moved}{mark}{fragment}"
