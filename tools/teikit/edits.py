"""Changes to a file that leave every other byte of it as it was.

An edit speaks of the characters of the file as they were read (`Source.utf8`); the file itself may
be in any encoding, with or without a byte order mark, and keeps both.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from teikit.decoding import decode
from teikit.errors import TeikitError

_BOM = "\ufeff"


class CannotEdit(TeikitError):
    """The file cannot be changed so that all the rest of it stays as it is."""


@dataclass(frozen=True, order=True)
class Edit:
    """What stands at utf8[start:end] of a Source is replaced by TEXT; start == end inserts it."""

    start: int
    end: int
    text: str


def apply_edits(data: bytes, path: str, edits: Iterable[Edit]) -> bytes:
    """Return DATA with the edits, all of which speak of DATA as it is.

    A character that the file's encoding does not have is written as a character reference, and a
    line end as the file writes its own. Raises CannotEdit where two edits overlap, or where the
    bytes of the file cannot be written again as they are; UnreadableDocument as `decode` does.
    """
    text, encoding = decode(data, path)
    mark = _BOM if text.startswith(_BOM) else ""
    if text.encode(encoding) != data:  # say, two ways of writing one character in ISO-2022
        raise CannotEdit(
            f"{path}: its bytes can be written in more than one way in {encoding}, so it is left "
            "as it is: save it as UTF-8 first"
        )
    utf8 = text.removeprefix(_BOM).encode("utf-8")
    line_end = "\r\n" if b"\r\n" in utf8 else "\n"
    pieces, done = [], 0
    for edit in sorted(edits):
        if edit.start < done or edit.end < edit.start:
            raise CannotEdit(f"{path}: two changes are for the same place")
        pieces.append(utf8[done : edit.start].decode("utf-8"))
        pieces.append(as_written(edit.text.replace("\n", line_end), encoding))
        done = edit.end
    pieces.append(utf8[done:].decode("utf-8"))
    return (mark + "".join(pieces)).encode(encoding)


def as_written(text: str, encoding: str) -> str:
    """Return the text as an edit writes it: what the encoding lacks, as character references."""
    return text.encode(encoding, "xmlcharrefreplace").decode(encoding)
