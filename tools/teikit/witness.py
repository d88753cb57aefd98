"""A witness: the source file that a text was encoded from, and how it marks its layout."""

from dataclasses import dataclass, field

SPACES = ("exact", "fold")
PARAGRAPHS = ("blank", "indent", "line")
NUMBER = "{n}"  # in a page marker: where the number of the page stands


def find_layout_problem(given: dict[str, str]) -> tuple[str, str] | None:
    """Return the setting (as edition.toml writes it) that cannot be, and what it must be."""
    if given.get("line") == "":
        return "line", "must not be empty"
    for name, known in (("spaces", SPACES), ("paragraphs", PARAGRAPHS)):
        if given.get(name, known[0]) not in known:
            return name, "must be one of " + ", ".join(f'"{one}"' for one in known)
    marker = given.get("page_marker", "")
    if marker and (marker.count(NUMBER) != 1 or not marker.replace(NUMBER, "").strip()):
        return "page-marker", f'must be such as "[p. {NUMBER}]"'
    return None


@dataclass(frozen=True)
class Layout:
    """How a source file marks its lines, paragraphs and pages; see `check/witness.py`."""

    line: str = "\n"
    page: str = "\f"
    paragraph_end: str = ""
    blank_line: str = ""
    start: str = ""
    end: str = ""
    spaces: str = "exact"  # one of SPACES
    paragraphs: str = "blank"  # one of PARAGRAPHS
    page_marker: str = ""  # such as "[p. {n}]"
    paragraph_start: str = ""  # white space that is no text


@dataclass(frozen=True)
class Witness:
    """A source file that a text must agree with, character for character."""

    text: str  # path of the TEI file, relative to the project
    source: str  # path of the source file, relative to the project
    edition: str = ""  # what @edRef of its lb and pb must be; empty: all of them count
    encoding: str = "utf-8"
    layout: Layout = field(default_factory=Layout)
