"""Which way a text is written."""

import re
import unicodedata

from lxml import etree

from teikit.document import OURS, XML_LANG

_DIR = f"{{{OURS}}}dir"
# languages that are written from right to left where nothing says a script
_RIGHT_TO_LEFT = re.compile(
    r"(?:aii|apc|ar|arb|arc|ary|arz|bqi|chg|ckb|dv|fa|glk|hbo|he|iw|ji|jpa|ks|lrc|mid|mzn|nqo|ota"
    r"|pal|pes|phn|pnb|prs|ps|sam|sd|skr|sog|sqr|syc|syr|tmr|ug|ur|xpu|yi)(?:-|$)",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"[a-z]{2,8}(?:-[a-z]{3})*-([a-z]{4})(?:-|$)", re.IGNORECASE)
_SCRIPTS = frozenset(
    "adlm arab aran armi avst chrs cprt elym hatr hebr hung khar lydi mand mani mend merc mero"
    " narb nbat nkoo orkh ougr palm phli phlp phnx prti rohg samr sarb sogd sogo syrc syre syrj"
    " syrn thaa yezi".split()
)
_LOOKED_AT = 200  # letters of a text that tell how it is written


def direction_of(language: str) -> str:
    """Return "rtl" or "ltr", as texts in this language are written."""
    script = _SCRIPT.match(language)
    if script:
        return "rtl" if script[1].lower() in _SCRIPTS else "ltr"
    return "rtl" if _RIGHT_TO_LEFT.match(language) else "ltr"


def mark_directions(texts: list[etree._Element]) -> None:
    """Set tk:dir on texts of which nothing says the language, by the letters they begin with."""
    for text in texts:
        if any(one.get(XML_LANG) for one in (text, *text.iterancestors())):
            continue
        if _is_mostly_from_the_right(text):
            for one in text.iter(etree.Element):
                if one.get(XML_LANG):
                    one.set(_DIR, direction_of(one.get(XML_LANG)))
            text.set(_DIR, "rtl")


def _is_mostly_from_the_right(text: etree._Element) -> bool:
    seen = right = 0
    for words in text.itertext():
        for character in words:
            kind = unicodedata.bidirectional(character)
            if kind in ("L", "R", "AL"):
                seen += 1
                right += kind != "L"
                if seen == _LOOKED_AT:
                    return right * 2 > seen
    return right * 2 > seen
