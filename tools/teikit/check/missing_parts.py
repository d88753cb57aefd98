"""Where parts of a document are missing: what cannot be judged without them."""

from collections.abc import Iterable, Sequence

from teikit.check.records import PlacedPointer
from teikit.document import Document
from teikit.report import Finding

_SHOWN = 8  # pointers that the message lists


def set_apart(
    document: Document, pointers: Iterable[PlacedPointer]
) -> tuple[tuple[PlacedPointer, ...], tuple[Finding, ...]]:
    """Return the pointers that can be judged, and one finding for all that cannot.

    These lead to ids of this document that may stand in a part it lacks.
    """
    judged, lost = [], []
    for pointer in pointers:
        is_lost = (
            pointer.raw.startswith("#") and pointer.target.partition("#")[2] not in document.ids
        )
        (lost if is_lost else judged).append(pointer)
    return tuple(judged), (_not_judged(lost),) if lost else ()


def _not_judged(pointers: Sequence[PlacedPointer]) -> Finding:
    raws = tuple(dict.fromkeys(pointer.raw[:60] for pointer in pointers))
    shown = ", ".join(raws[:_SHOWN]) + (", …" if len(raws) > _SHOWN else "")
    lead = "1 pointer leads" if len(raws) == 1 else f"{len(raws)} pointers lead"
    return Finding(
        pointers[0].place,
        "xinclude:not-judged",
        f"{lead} to what may stand in a part that was not included: {shown}",
        severity="warning",
        hint="See to it that all parts can be included; then it is told whether they are right.",
        ordinal=pointers[0].ordinal,
    )
