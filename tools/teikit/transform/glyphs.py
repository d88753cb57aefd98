"""Characters that Unicode may lack: what stands for an empty g, and what it is called."""

from lxml import etree

from teikit.document import OURS, TEI

_GLYPH, _NAME, _ID = (f"{{{OURS}}}{name}" for name in ("glyph", "glyph-name", "id"))
_SRC, _WIDTH, _HEIGHT = (f"{{{OURS}}}{name}" for name in ("src", "width", "height"))
_T = f"{{{TEI}}}"
_BEST = ("standard", "Unicode", "normalized", "simplified", "composed", "precomposed")
_NAMES = frozenset(("name", "unicode name", "entity"))


def mark_glyphs(root: etree._Element) -> None:
    """Set tk:glyph, tk:glyph-name and tk:src on each g whose char or glyph this file describes."""
    chars = {
        f"#{one.get(_ID)}": one
        for one in root.iter(f"{_T}char", f"{_T}glyph")
        if one.get(_ID) is not None
    }
    if not chars:
        return
    known = {ref: _said(char) for ref, char in chars.items()}
    for element in root.iter(f"{_T}g"):
        for name, value in known.get(element.get("ref", "").strip(), {}).items():
            element.set(name, value)


def _said(char: etree._Element) -> dict[str, str]:
    """Return the attributes of a g that stands for it; its picture where there is no mapping."""
    said = {_GLYPH: _mapping(char), _NAME: _name(char)}
    picture = next((one for one in char.iter(f"{_T}graphic") if one.get(_SRC)), None)
    if picture is not None and not said[_GLYPH]:
        said |= {name: picture.get(name, "") for name in (_SRC, _WIDTH, _HEIGHT)}
    return {name: value for name, value in said.items() if value}


def _mapping(char: etree._Element) -> str:
    """Return the characters that may be read for it: of several mappings the most usual kind."""
    mappings = {
        one.get("type", ""): words
        for one in reversed(char.findall(f"{_T}mapping"))
        if (words := _words(one)) and one.get("type") != "PUA"
    }
    found = (mappings[kind] for kind in (*_BEST, *mappings) if kind in mappings)
    return next(found, "")


def _name(char: etree._Element) -> str:
    """Return what it is called: by its properties, else by its name or description."""
    for name in ("unicodeProp", "localProp", "unihanProp"):
        for one in char.iter(f"{_T}{name}"):
            if one.get("name", "").lower() in _NAMES and one.get("value"):
                return one.get("value")
    for prop in char.iter(f"{_T}charProp"):
        value = prop.find(f"{_T}value")
        called = (_words(one).lower() for one in prop.iterchildren() if one is not value)
        if value is not None and _NAMES.intersection(called):
            return _words(value)
    for name in ("charName", "glyphName", "desc"):
        for one in char.iterchildren(f"{_T}{name}"):
            if _words(one):
                return _words(one)
    return ""


def _words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())
