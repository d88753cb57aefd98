"""What stands before the text of a Markdown file (YAML): what a teiHeader has a place for."""

from teikit.importing.languages import check_language
from teikit.importing.losses import quote
from teikit.importing.markdown_inline import Told
from teikit.importing.markdown_nodes import Node

_NAMES = {"title": "title", "author": "author", "date": "date", "language": "language",
          "lang": "language"}  # fmt: skip
_NO_WORDS = "[{|>&*!%@`"  # with these YAML begins what is more than words


def read_front_matter(nodes: list[Node], told: Told) -> dict[str, str]:
    """Return title, author, date and language, if they are said; all else is listed."""
    found: dict[str, str] = {}
    for node in nodes:
        if node.kind != "front_matter":
            continue
        for number, line in enumerate(node.token.content.split("\n"), node.line + 1):
            name, said = _read_line(line)
            problem = check_language(said) if name == "language" else ""
            if name and said and name not in found and not problem:
                found[name] = said
            elif line.strip():
                told.tell(
                    number,
                    "lost",
                    f"what stands before the text is not carried: {quote(line)}",
                    hint=f"The language {problem}."
                    if problem
                    else "Write what it says into the teiHeader.",
                )
    return found


def _read_line(line: str) -> tuple[str, str]:
    """Return what a line gives a value to, and the value; two empty strings for all others."""
    name, _, said = line.partition(":")
    said = said.strip()
    if line[:1].isspace() or name.strip().lower() not in _NAMES or said[:1] in _NO_WORDS:
        return "", ""
    return _NAMES[name.strip().lower()], said.strip("\"'").strip()
