"""Years of a life behind a name, which catalogues write and citations do not."""

import re

_SAID = r"(?:(?:b|d|c|ca|fl|um|geb|gest|born|died)\.? ?|约)"
_YEAR = rf"(?:{_SAID}?\d{{3,4}} ?\??|(?:公元)?前\d{{1,4}}年?)"
_SPAN = rf"{_YEAR} ?[-–—/] ?(?:{_YEAR})?"
_IN_BRACKETS = re.compile(rf",? ?[(（\[](?:{_SPAN}|[-–—] ?{_YEAR}|{_SAID}\d{{3,4}})[)）\]]\.?$")
_BEHIND_COMMAS = re.compile(rf"([^,]+, [^,]+), {_SPAN}\.?")
_LONGEST = 60  # characters of what such years may be


def without_life_dates(name: str) -> str:
    """Return the name without the years at its end: "Reade, Charles (1814-1884)."."""
    match = _BEHIND_COMMAS.fullmatch(name) if len(name) < 5 * _LONGEST else None
    if match:
        return match[1]
    match = _IN_BRACKETS.search(name[-_LONGEST:])
    bare = name[: len(name) - len(match[0])].strip() if match else ""
    return bare if any(one.isalpha() for one in bare) else name
