"""How words look in the source: @rend, @rendition and @style as tokens for a class.

No CSS of a document reaches a page. Of @style, and of the rendition elements that @rendition
points to, a few declarations are known, and mean what the same word in @rend does.
"""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from teikit.document import OURS, TEI, XML_ID, XML_LANG
from teikit.page_languages import page_language
from teikit.transform.carriers import Carriers, of_any
from teikit.transform.dating import html_datetime
from teikit.transform.directions import direction_of

_CLASS, _DIR, _DATETIME, _TO = (f"{{{OURS}}}{name}" for name in ("class", "dir", "datetime", "to"))
_CLASSES = (
    ("type", ""),
    ("rend", "rend-"),
    ("rendition", "rend-"),
    ("place", "place-"),
    ("level", "level-"),
)
_LOOKS = (*(name for name, _ in _CLASSES), "cert", "style")
_TOKEN = re.compile(r"[^\w.-]+")
_LONGEST = 2_000  # characters of CSS that are looked at
# what declarations are called in @rend
_VALUES = {
    "font-style": {"italic": "italic", "oblique": "italic"},
    "font-weight": {"bold": "bold", "bolder": "bold", "600": "bold", "700": "bold"},
    "font-variant": {"small-caps": "small-caps"},
    "font-variant-caps": {"small-caps": "small-caps"},
    "text-decoration": {"underline": "underline", "line-through": "line-through"},
    "text-decoration-line": {"underline": "underline", "line-through": "line-through"},
    "text-transform": {"uppercase": "all-caps"},
    "text-align": {"center": "center", "right": "right", "left": "left", "justify": "justify"},
    "vertical-align": {"super": "superscript", "sub": "subscript"},
    "writing-mode": {"vertical-rl": "vertical", "tb-rl": "vertical", "vertical-lr": "vertical-lr"},
}
_CALLED = {"vertical-rl": "vertical", "tb-rl": "vertical"}


def mark_looks(root: etree._Element, carriers: Carriers) -> None:
    """Set tk:class, tk:dir and tk:datetime where attributes of the element ask for them."""
    renditions = _renditions(root) if carriers.get("rendition") else {}
    for element in of_any(carriers, _LOOKS):
        tokens = [*_tokens(element)]
        tokens += (f"rend-{token}" for token in looks_of(element.get("style", "")))
        for pointer in element.get("rendition", "").split():
            tokens += renditions.get(pointer, ())
        if tokens:
            name = element.tag.rpartition("}")[2]
            element.set(_CLASS, " ".join(dict.fromkeys((name, *tokens))))
    _mark_languages(carriers.get(XML_LANG, ()))
    for element in of_any(carriers, ("when", "from")):
        _mark_date(element)


def _mark_languages(elements: Iterable[etree._Element]) -> None:
    """Set tk:dir on the elements that say their language, from the first right to left on."""
    turned = False
    for element in elements:
        language = element.get(XML_LANG)
        if not language:
            continue
        if page_language(language) != language:
            language = page_language(language)
            element.set(XML_LANG, language)
        direction = direction_of(language)
        turned = turned or direction == "rtl"
        if turned:
            element.set(_DIR, direction)


def looks_of(css: str) -> Iterator[str]:
    """Yield what the declarations in this CSS are called in @rend, of those that are known."""
    for declaration in css[:_LONGEST].split(";"):
        name, _, value = declaration.partition(":")
        values = _VALUES.get(name.strip().lower(), {})
        for word in value.lower().split():
            if word in values:
                yield values[word]


def _renditions(root: etree._Element) -> dict[str, tuple[str, ...]]:
    """Return "#id" of each rendition element -> class tokens."""
    return {
        f"#{one.get(XML_ID)}": tuple(f"rend-{token}" for token in looks_of(one.text or ""))
        for one in root.iter(f"{{{TEI}}}rendition")
        if one.get(XML_ID)
    }


def _tokens(element: etree._Element) -> Iterator[str]:
    """Yield class tokens; none of them looks like one of ours (tk-)."""
    for attribute, prefix in _CLASSES:
        for token in element.get(attribute, "").split():
            if attribute == "rendition":
                token = token.removeprefix("simple:")
            token = _TOKEN.sub("-", token).strip("-")
            if token and not token.startswith("tk-"):
                yield prefix + _CALLED.get(token, token)
    certainty = element.get("cert")
    if certainty is not None:
        yield "cert"
        yield "cert-" + _TOKEN.sub("-", certainty).strip("-")


def _mark_date(element: etree._Element) -> None:
    start = html_datetime(element.get("when") or element.get("from") or "")
    if start:
        element.set(_DATETIME, start)
        end = html_datetime(element.get("to") or "")
        if end:
            element.set(_TO, end)
