"""What each reading of a text leaves out (TEI P5, chapters 11 and 12).

The table is read by whoever counts or compares words; stylesheets have rules of their own, so
that the one can show where the other is wrong.
"""

from collections.abc import Mapping

# elements that are no part of the words as the source has them
NOT_IN_SOURCE = frozenset(
    "note noteGrp figDesc corr reg expan ex supplied rdg rdgGrp witDetail interp interpGrp "
    "certainty precision respons fw desc".split()
)
# corr, reg and expan stand outside a choice too: then they hold the only words there are
ONLY_IN_CHOICE = frozenset({"corr", "reg", "expan"})
# an inline note is printed in the line of the source, unless its @type says that it is not
INLINE = "inline"
NOTES_OF_THE_EDITION = frozenset("editor editorial translator translation".split())


def is_in_line(note: Mapping[str, str]) -> bool:
    """Return whether the source has a note, given by its attributes, within its lines.

    Who is responsible (@resp) does not tell: a commentary that is printed with its text has an
    author, too.
    """
    said_by = NOTES_OF_THE_EDITION.intersection(note.get("type", "").split())
    return note.get("place") == INLINE and not said_by
