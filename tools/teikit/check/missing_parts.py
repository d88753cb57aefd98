"""Where parts of a document are missing: what cannot be judged without them."""

from collections.abc import Iterable, Iterator

from teikit.check.records import PlacedPointer
from teikit.document import Document
from teikit.report import Finding

_SHOWN = 8  # pointers that the message lists


def find_not_judged(
    document: Document, pointers: Iterable[PlacedPointer]
) -> tuple[PlacedPointer, ...]:
    """Return the pointers to ids of this document that may stand in a part it lacks."""
    return tuple(
        pointer
        for pointer in pointers
        if pointer.raw.startswith("#") and pointer.target.partition("#")[2] not in document.ids
    )


def check_not_judged(pointers: tuple[PlacedPointer, ...]) -> Iterator[Finding]:
    """Yield one finding for all pointers that cannot be judged."""
    if not pointers:
        return
    raws = tuple(dict.fromkeys(pointer.raw[:60] for pointer in pointers))
    shown = ", ".join(raws[:_SHOWN]) + (", …" if len(raws) > _SHOWN else "")
    lead = "1 pointer leads" if len(raws) == 1 else f"{len(raws)} pointers lead"
    yield Finding(
        pointers[0].place,
        "xinclude:not-judged",
        f"{lead} to what may stand in a part that was not included: {shown}",
        severity="warning",
        hint="See to it that all parts can be included; then it is told whether they are right.",
        ordinal=pointers[0].ordinal,
    )
