"""What the schema says of a value already is not said again by a check of our own."""

from collections.abc import Iterable
from dataclasses import replace

from teikit.place import Place
from teikit.report import Finding

_SAID = "relaxng:bad-value"
# rules that judge the form of one value, as a schema's datatypes do
_ECHOES = frozenset(
    {
        "dates:impossible",
        "dates:unknown-form",
        "ids:no-name",
        "languages:malformed",
        "pointers:malformed",
    }
)


def join_echoes(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings; what the schema refuses as well stands there once.

    That is the schema's finding, which names the other rule in `also`. It is done when the
    settings of the edition were heard: where they switch one of the two off, the other is left.
    """
    found = list(findings)
    said = {one.place for one in found if one.rule == _SAID and one.severity == "error"}
    also: dict[Place, list[str]] = {}
    for one in found:
        if one.rule in _ECHOES and one.place in said:
            also.setdefault(one.place, []).append(one.rule)
    if not also:
        return found
    return [
        replace(one, also=tuple(sorted({*one.also, *also[one.place]})))
        if one.rule == _SAID and one.place in also
        else one
        for one in found
        if one.rule not in _ECHOES or one.place not in said
    ]
