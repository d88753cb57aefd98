"""What a reader of a format could not carry into the TEI, with the words that it is about."""

from dataclasses import dataclass

from teikit.place import Place
from teikit.report import Finding

_LONGEST = 1200  # characters of lost words that are quoted


@dataclass(frozen=True)
class Loss:
    """What to tell the scholar, and the characters of the source that are in no element."""

    finding: Finding
    words: str = ""


def tell(
    place: Place, rule: str, message: str, severity: str = "warning", hint: str = ""
) -> Finding:
    """Return a finding about the source; it belongs to no element of a TEI file."""
    return Finding(place, f"import:{rule}", message, severity, hint)


def quote(words: str, longest: int = _LONGEST) -> str:
    """Return the words as they are quoted in a message, cut where nobody reads on."""
    folded = " ".join(words.split())
    if len(folded) <= longest:
        return f"“{folded}”"
    return f"“{folded[:longest]}…” ({len(folded)} characters in all)"
