"""w:sym: a character by its place in a font, as Unicode where the font is one that all have."""

from lxml import etree

from teikit.importing.word.context import Context
from teikit.importing.word.names import W

# Adobe's Symbol encoding, by rows of the code table (0x41-0x5A and 0x61-0x7A are Greek)
_CAPITALS = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_SMALL = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_OTHERS = {
    0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓",
    0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠",
    0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC7: "∩", 0xC8: "∪", 0xCE: "∈", 0xD6: "√", 0xD7: "⋅",
    0x22: "∀", 0x24: "∃", 0x2A: "∗", 0x2D: "−", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠",
}  # fmt: skip


def find_symbol(context: Context, child: etree._Element) -> str:
    """Return the character of a w:sym; one that only its font knows stays as it is, and is told."""
    font, said = child.get(f"{W}font", ""), child.get(f"{W}char", "")
    try:
        code = int(said, 16)
    except ValueError:
        code = 0
    if font.lower() == "symbol" and (known := _in_symbol(code & 0xFF)):
        return known
    if not 0x20 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF or (code & 0xFFFE) == 0xFFFE:
        context.tell("lost", f"a symbol of the font {font[:60]} has no such code as {said[:20]}")
        return "\ufffd"
    if 0xE000 <= code <= 0xF8FF:
        context.tell(
            "changed",
            f"a symbol (U+{code:04X}) means something only in the font {font[:60]}",
            "warning",
            "Put the character in its place that Unicode has for it, or <g>.",
        )
    return chr(code)


def _in_symbol(code: int) -> str:
    if 0x41 <= code <= 0x5A:
        return _CAPITALS[code - 0x41]
    if 0x61 <= code <= 0x7A:
        return _SMALL[code - 0x61]
    return _OTHERS.get(code) or (chr(code) if 0x20 < code < 0x40 else "")
