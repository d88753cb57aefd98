"""Where parts of a document are missing: what cannot be judged without them."""

from collections.abc import Iterable

from teikit.check.records import PlacedPointer
from teikit.document import Document
from teikit.place import Place
from teikit.report import Finding

_SHOWN = 8  # pointers that the message lists


_PREFIX = "pointers:unknown-prefix"


def set_apart(
    document: Document, pointers: Iterable[PlacedPointer], wrong: Iterable[Finding]
) -> tuple[tuple[PlacedPointer, ...], tuple[Finding, ...]]:
    """Return the pointers that can be judged, and the findings on pointers.

    One finding is for all that cannot be judged: they lead to ids of this document that may stand
    in a part it lacks, or have a prefix that may be declared there. WRONG are the other findings.
    """
    judged, lost = [], []
    for pointer in pointers:
        is_lost = (
            pointer.raw.startswith("#") and pointer.target.partition("#")[2] not in document.ids
        )
        (lost if is_lost else judged).append(pointer)
    others = [one for one in wrong if one.rule != _PREFIX]
    prefixed = [one for one in wrong if one.rule == _PREFIX]
    raws = [*(one.raw for one in lost), *(one.message.split('"')[1] for one in prefixed)]
    first = min([*lost, *prefixed], key=lambda one: one.place, default=None)
    if first is not None:
        others.append(_not_judged(raws, first.place, first.ordinal))
    return tuple(judged), tuple(others)


def _not_judged(pointers: Iterable[str], place: Place, ordinal: int) -> Finding:
    raws = tuple(dict.fromkeys(raw[:60] for raw in pointers))
    shown = ", ".join(raws[:_SHOWN]) + (", …" if len(raws) > _SHOWN else "")
    lead = "1 pointer leads" if len(raws) == 1 else f"{len(raws)} pointers lead"
    return Finding(
        place,
        "xinclude:not-judged",
        f"{lead} to what may stand in a part that was not included: {shown}",
        severity="warning",
        hint="See to it that all parts can be included; then it is told whether they are right.",
        ordinal=ordinal,
    )
