"""From the bytes of a plain text to its characters: by the encoding that is named, or found.

Nothing is ever replaced: bytes that do not fit the encoding stop the import, with their place. The
encoding is given by the name by which Python decodes it, since the witness check decodes the file
again.
"""

import codecs
import contextlib
import re
import unicodedata
from dataclasses import dataclass

from teikit.errors import TeikitError
from teikit.importing.alphabets import (
    find_cyrillic,
    is_european,
    looks_latin,
    order_encodings,
)

_BOMS = (  # the longer first
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# what has all characters of the encoding, and more
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "gb18030",
    "big5": "cp950",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "johab": "cp949",
    "ascii": "utf-8",
}
_LINE = re.compile(r"\r\n?|\n")
_SHIFTS = (b"\x1b$B", b"\x1b$@")  # to Japanese, in ISO-2022-JP
_LOOKED_AT = 200_000  # bytes by which the encoding is guessed
_SAMPLE = 60  # characters
_HELP = "name the encoding with --encoding, as in --encoding windows-1252 or gb18030"
# what a file often is in that is said to be in the other
_OFTEN = {
    "gb2312": "gb18030", "gbk": "gb18030", "hz": "gb18030", "shift_jis": "cp932",
    "euc_jp": "eucjis2004", "big5": "cp950 or big5hkscs", "cp950": "big5hkscs",
    "euc_kr": "cp949", "iso8859-1": "windows-1252", "iso8859-15": "windows-1252",
    "iso8859-9": "windows-1254", "iso8859-7": "windows-1253", "iso8859-8": "windows-1255",
    "iso8859-6": "windows-1256", "iso8859-2": "windows-1250", "iso8859-11": "cp874",
    "tis-620": "cp874", "koi8-r": "koi8-u", "ascii": "utf-8, windows-1252 or mac_roman",
}  # fmt: skip
_CONTROL = re.compile("[\x80-\x84\x86-\x9f]")  # what ISO 8859 has where Windows has letters


@dataclass(frozen=True)
class Decoded:
    """The characters of a file, the encoding they were in, and how that is known, in words."""

    text: str
    encoding: str
    how: str
    is_sure: bool = True


class UnknownEncoding(TeikitError):
    """The bytes cannot be made characters without somebody saying how."""


def decode_text(data: bytes, path: str, encoding: str = "") -> Decoded:
    """Return the characters of the file; raise UnknownEncoding where they cannot be told."""
    bom = next((name for mark, name in _BOMS if data.startswith(mark)), "")
    if encoding:
        name = _named(encoding, bom)
        text = _decode(data, path, name)
        _check_controls(data, path, text, name)
        return Decoded(text, name, "as you said")
    if bom:
        return Decoded(_decode(data, path, bom), bom, "by its byte order mark")
    wide = _find_wide(data)
    if wide:
        how = "by where its bytes of value 0 stand"
        return Decoded(_decode(data, path, wide), wide, how, is_sure=False)
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise UnknownEncoding(
            f"{path}:{line}: there is a byte of value 0: it is no text, or {_HELP}"
        )
    if any(mark in data for mark in _SHIFTS):
        with contextlib.suppress(UnicodeDecodeError):
            how = "by its escape sequences"
            return Decoded(data.decode("iso2022_jp"), "iso2022_jp", how, is_sure=False)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guess(data, path, error)
    return Decoded(text, "utf-8", "all of it is ASCII" if text.isascii() else "every byte fits")


def sample_line(text: str) -> str:
    """Return a line with letters beyond ASCII to judge the encoding by; "" where there is none."""
    for line in text.splitlines():
        line = " ".join(line.split())  # without spaces beyond ASCII, which nobody can judge
        if not line.isascii():
            at = next(index for index, one in enumerate(line) if ord(one) > 127)
            start = max(0, min(at - _SAMPLE // 2, len(line) - _SAMPLE))
            return line[start : start + _SAMPLE]
    return ""


def _named(given: str, bom: str) -> str:
    """Return the encoding that was named; where the file has a byte order mark, without it."""
    try:
        codec = codecs.lookup(given)
        if not getattr(codec, "_is_text_encoding", True):
            raise LookupError(given)
    except (LookupError, ValueError):  # ValueError: no name can have such letters
        raise UnknownEncoding(
            f"--encoding {given}: is no encoding that Python knows; names are utf-8, utf-16, "
            "gb18030, big5, shift_jis, euc-kr, windows-1252, windows-1251, iso-8859-1, koi8-r and "
            "many more"
        ) from None
    if bom and codec.name in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        return bom if bom.startswith(codec.name[:6]) else codec.name
    return codec.name


def _decode(data: bytes, path: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _misfit(data, path, encoding, error) from error
    except ValueError as error:
        raise UnknownEncoding(f"{path}: cannot be read as {encoding}: {error}") from error


def _misfit(data: bytes, path: str, encoding: str, error: UnicodeDecodeError) -> UnknownEncoding:
    """Return what says which byte does not fit, and where."""
    before = data[: error.start].decode(encoding, "ignore")
    line = len(before.splitlines()) + (before[-1:] in ("\n", "\r", "") or not before)
    byte = f"0x{data[error.start]:02X}" if error.start < len(data) else "the end"
    return UnknownEncoding(
        f"{path}:{line}: the byte {byte} (number {error.start + 1} of the file) is none of "
        f"{encoding}: {_hint(encoding)}, or mend the file"
    )


def _hint(encoding: str) -> str:
    """Return what to do where a byte is none of the encoding."""
    often = _OFTEN.get(encoding)
    return f"it may be in the wider --encoding {often}" if often else _HELP


def _check_controls(data: bytes, path: str, text: str, encoding: str) -> None:
    """Raise UnknownEncoding where control characters say that Windows wrote the file."""
    found = _CONTROL.search(text) if encoding.startswith("iso8859") else None
    if found:
        line = len(_LINE.findall(text, 0, found.start())) + 1
        raise UnknownEncoding(
            f"{path}:{line}: the byte 0x{data[found.start()]:02X} (number {found.start() + 1} of "
            f"the file) is a control character in {encoding}: {_hint(encoding)}, or mend the file"
        )


def _find_wide(data: bytes) -> str:
    """Return the UTF-16 (without byte order mark) that the bytes are; "" where they are none."""
    if b"\0" not in data or len(data) % 2:
        return ""
    best, fewest = "", 0.01
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)[:_LOOKED_AT]
        except UnicodeDecodeError:
            continue
        odd = sum(unicodedata.category(one) in ("Cn", "Co", "Cc") for one in text)
        odd -= sum(text.count(one) for one in "\t\n\r\f")
        if odd / len(text) < fewest and any(one in text for one in " \n\u3000，。"):
            best, fewest = name, odd / len(text)
    return best


def _guess(data: bytes, path: str, error: UnicodeDecodeError) -> Decoded:
    """Return the text by the encoding that is likeliest."""
    try:
        import charset_normalizer
    except ImportError:
        line = data[: error.start].count(b"\n") + 1
        raise UnknownEncoding(
            f"{path}: is not UTF-8 (line {line}, byte {error.start + 1}): {_HELP}; or let teikit "
            'guess it: pip install "teikit[encodings]"'
        ) from None
    cyrillic = find_cyrillic(_part(data))
    guesses = charset_normalizer.from_bytes(_part(data), explain=False)
    for encoding in _candidates(
        data, [*filter(None, [cyrillic]), *(guess.encoding for guess in guesses)]
    ):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Decoded(text, encoding, "a guess", is_sure=False)
    raise UnknownEncoding(f"{path}: its encoding cannot be told: {_HELP}")


def _part(data: bytes) -> bytes:
    """Return what the encoding is guessed by: whole lines from the first that is not ASCII."""
    if len(data) <= _LOOKED_AT:
        return data
    first = next(index for index, byte in enumerate(data) if byte > 127)
    start = max(0, data.rfind(b"\n", 0, first) + 1)
    end = data.rfind(b"\n", start, start + _LOOKED_AT) + 1
    return data[start:end] if end > start else data[start : start + _LOOKED_AT]


def _candidates(data: bytes, guessed: list[str]) -> list[str]:
    found = []
    for name in guessed:
        wide = _WIDER.get(name, name)
        found.append(wide)
    if looks_latin(_part(data)):
        found = order_encodings(_part(data), list(filter(is_european, found))) + found
    elif found and is_european(found[0]):
        found = order_encodings(_part(data), found)
    return list(dict.fromkeys(found))
