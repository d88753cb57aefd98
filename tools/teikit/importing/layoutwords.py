"""A layout in words, with the option that changes each part of it."""

from collections.abc import Iterator

from teikit.witness import NUMBER, Layout

_ESCAPES = (("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"), ("\f", "\\f"), ("\x1a", "\\u001A"))
_NAMES = {
    "\r\n": "carriage return and line feed",
    "\n": "line feed",
    "\r": "carriage return",
    "\f": "form feed",
    " ": "space",
    "\t": "tab",
    "\u3000": "ideographic space",
    "\u00a0": "no-break space",
    "\x1a": "control character U+001A",
}
_NUMBERS = ("no", "a", "two", "three", "four", "five", "six", "seven", "eight")


def layout_rules(layout: Layout, *, has_pages: bool, is_verse: bool = False) -> Iterator[str]:
    """Yield how lines, paragraphs and pages are told, one sentence each, with its option."""
    unit = "stanza" if is_verse else "paragraph"
    yield f"a line ends with {in_words(layout.line)} (--line {shown(layout.line)})"
    if layout.paragraph_end:
        yield (
            f"the last line of a {unit} ends with {in_words(layout.paragraph_end)} "
            f"(--paragraph-end {shown(layout.paragraph_end)})"
        )
    elif layout.paragraphs == "line":
        yield f"each line is a {unit} (--paragraphs line)"
    else:
        also = ", or with a line that begins with white space" * (layout.paragraphs == "indent")
        yield f"a {unit} begins after a blank line{also} (--paragraphs {layout.paragraphs})"
    if layout.paragraph_start:
        yield (
            f"a {unit} begins with {in_words(layout.paragraph_start)} "
            f"(--paragraph-start {shown(layout.paragraph_start)})"
        )
    if layout.blank_line:
        yield (
            f"a blank line is {in_words(layout.blank_line)} "
            f"(--blank-line {shown(layout.blank_line)})"
        )
    if layout.page_marker:
        yield (
            f"a page begins at {layout.page_marker}, where {NUMBER} is its number "
            f'(--page-marker "{layout.page_marker}")'
        )
    if has_pages:
        yield f"a page ends with {in_words(layout.page)} (--page {shown(layout.page)})"
    elif not layout.page_marker:
        yield "nothing marks pages (--page, --page-marker)"
    if layout.start:
        yield f"before the first line stands {in_words(layout.start)} (--start)"
    if layout.end:
        yield f"after the last line stands {in_words(layout.end)} (--end)"
    if layout.spaces == "fold":
        yield (
            "white space at the edges of a line is no text, and within it a single space "
            "(--spaces fold)"
        )


def shown(mark: str) -> str:
    """Return a mark of a layout as it is written in edition.toml and in options."""
    for character, said in (("\\", "\\\\"), ('"', '\\"'), *_ESCAPES):
        mark = mark.replace(character, said)
    return f'"{mark}"'


def in_words(mark: str) -> str:
    """Return a mark in words: "two line feeds", "a space"; as it is written where it has others."""
    said, at = [], 0
    while at < len(mark):
        unit = next((one for one in _NAMES if mark.startswith(one, at)), "")
        if not unit:
            return shown(mark)
        count = 0
        while mark.startswith(unit, at):
            at, count = at + len(unit), count + 1
        name = _NAMES[unit]
        number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
        number = "an" if number == "a" and name[0] in "aeiou" else number
        said.append(f"{number} {name}" + "s" * (count > 1))
    return " and ".join(said) or "nothing"
