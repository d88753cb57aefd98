"""The lines of a source file, by the Layout that edition.toml gives."""

from dataclasses import dataclass

from teikit.witness import Layout

_SPACE = " \t\r\n"  # the white space that an encoding folds


@dataclass(frozen=True)
class SourceLine:
    """A line of text in the source: page and line from 1, counted on the page without blanks."""

    text: str
    page: int
    number: int
    ends_paragraph: bool
    file_line: int  # in the source file

    @property
    def label(self) -> str:
        """Return what the line is called: page.line."""
        return f"{self.page}.{self.number}"


class SourceProblem(Exception):
    """The source does not have the layout that edition.toml describes; says why."""


def read_source(text: str, layout: Layout) -> tuple[SourceLine, ...]:
    """Return the lines of text in the source; raise SourceProblem where the layout is another."""
    if not text.startswith(layout.start):
        raise SourceProblem(f"it does not begin with {layout.start!r}")
    if not text.endswith(layout.end) or len(text) < len(layout.start) + len(layout.end):
        raise SourceProblem(f"it does not end with {layout.end!r}")
    body = text[len(layout.start) : len(text) - len(layout.end)]
    file_line = layout.start.count("\n") + 1
    lines: list[SourceLine] = []
    for page, block in enumerate(body.split(layout.page) if layout.page else [body], 1):
        slots, number = block.split(layout.line), 0
        for index, slot in enumerate(slots):
            if slot != layout.blank_line:
                number += 1
                ends = _ends_paragraph(slot, slots[index + 1 : index + 2], layout)
                kept = slot.removesuffix(layout.paragraph_end) if ends else slot
                if kept != kept.strip(_SPACE):  # others, such as U+3000, are characters of the text
                    raise SourceProblem(
                        f"line {file_line} has white space at its edge that the "
                        "layout in edition.toml does not account for"
                    )
                lines.append(SourceLine(kept, page, number, ends, file_line))
            file_line += slot.count("\n") + layout.line.count("\n")
        file_line += layout.page.count("\n") - layout.line.count("\n")
    return tuple(lines)


def _ends_paragraph(slot: str, after: list[str], layout: Layout) -> bool:
    if layout.paragraph_end:
        return slot.endswith(layout.paragraph_end)
    return bool(after) and after[0] == layout.blank_line
