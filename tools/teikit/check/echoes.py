"""What the schema says of a value already is not said again by a check of our own."""

from collections.abc import Iterable

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


def without_echoes(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings, without those on a value that the schema refuses as well.

    It is done when the settings of the edition were heard: where they switch the schema's finding
    off, ours is left.
    """
    found = list(findings)
    said = {one.place for one in found if one.rule == _SAID and one.severity == "error"}
    return [one for one in found if one.rule not in _ECHOES or one.place not in said]
