"""Where something stands in a file."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Place:
    """A stretch of a file: from LINE, COLUMN up to, not including, END_LINE, END_COLUMN.

    Lines and columns count from 1; columns count Unicode characters, not bytes.
    Line 0 means the file as a whole. `path` is relative to the project, with slashes.
    """

    path: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}"
