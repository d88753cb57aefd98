"""Whether the marks of a layout that a person gives are in the text at all."""

from collections.abc import Collection

from teikit.check.page_numbers import page_pattern
from teikit.errors import TeikitError
from teikit.importing.layoutwords import shown
from teikit.witness import NUMBER, Layout

_SAID = {
    "line": "no such line end is in it",
    "page": "nothing of the kind stands between two pages",
    "paragraph_end": "no line ends so",
    "paragraph_start": "no line begins so",
    "blank_line": "no line is so",
    "paragraphs": "no line begins with white space",
}


def refuse_unmatched(text: str, path: str, given: dict[str, str], layout: Layout) -> None:
    """Raise TeikitError where a mark that was GIVEN is nowhere in TEXT, which has LAYOUT."""
    refuse_marker(text, path, given.get("page_marker", ""))
    pages = text.split(layout.page) if layout.page else [text]
    slots = [slot for page in pages for slot in page.split(layout.line)]
    found = {
        "line": given.get("line", "") in text,
        "page": given.get("page", "") in text,
        "paragraph_end": any(one.endswith(layout.paragraph_end) for one in slots),
        "paragraph_start": any(one.startswith(layout.paragraph_start) for one in slots),
        "blank_line": layout.blank_line in slots,
        "paragraphs": layout.paragraphs != "indent" or any(one[:1].isspace() for one in slots),
    }
    for name, is_found in found.items():
        if given.get(name) and not is_found:
            mark = given[name] if name == "paragraphs" else shown(given[name])
            option = name.replace("_", "-")
            raise TeikitError(f"--{option} {mark}: matches nothing in {path}: {_SAID[name]}")


def refuse_marker(text: str, path: str, marker: str) -> None:
    """Raise TeikitError where the page marker that was given is nowhere in TEXT."""
    pattern = page_pattern(marker)
    if pattern is not None and not pattern.search(text):
        raise TeikitError(
            f"--page-marker {marker}: stands nowhere in {path}: {NUMBER} is a number in digits, "
            "Roman or Chinese (12, 12r, xii, 十二, 一上), and all around it has to stand as in the "
            "text"
        )


def refuse_layout(path: str, given: Collection[str], kind: str) -> None:
    """Raise TeikitError where a layout was given for a file of a KIND that has its own."""
    for name in sorted(given):
        option = name.replace("_", "-")
        raise TeikitError(
            f"--{option}: is for plain text, and {path} is {kind}: leave the option out"
        )
