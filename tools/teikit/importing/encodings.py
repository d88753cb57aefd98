"""Which encoding a plain text is in: what its bytes prove, or else a guess that is told as one."""

import codecs
from dataclasses import dataclass

from teikit.errors import TeikitError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 2_000_000  # bytes that a guess looks at
_SHOWN = 60  # characters of the line by which a scholar judges a guess


@dataclass(frozen=True)
class Decoded:
    """The characters of a file, the encoding they were in, and how that is known, in words."""

    text: str
    encoding: str
    how: str
    is_sure: bool


class UnknownEncoding(TeikitError):
    """The bytes cannot be made characters without somebody saying how."""


def decode_text(data: bytes, path: str, encoding: str = "") -> Decoded:
    """Return the characters of DATA, in ENCODING where it is named, else in what it seems to be.

    Raises UnknownEncoding where a byte does not fit, or nothing can be guessed.
    """
    if encoding:
        return Decoded(_strictly(data, path, _known(encoding)), encoding, "as you said", True)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Decoded(_strictly(data, path, name), name, "by its byte order mark", True)
    wide = _without_mark(data)
    if wide:
        return Decoded(_strictly(data, path, wide), wide, "by its zero bytes", True)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data, path)
    return Decoded(text, "utf-8", "every byte fits", True)


def sample_line(text: str) -> str:
    """Return the first line that has a letter beyond ASCII, by which an encoding can be judged."""
    for line in text.splitlines():
        first = next((at for at, one in enumerate(line) if ord(one) > 127), -1)
        if first >= 0:
            start = max(0, first - _SHOWN // 2)
            return line[start : start + _SHOWN].strip()
    return ""


def _known(encoding: str) -> str:
    try:
        codec = codecs.lookup(encoding)
    except LookupError:
        codec = None
    if codec is None or not getattr(codec, "_is_text_encoding", True):
        raise UnknownEncoding(
            f"--encoding {encoding}: is no encoding that Python knows; known are utf-8, utf-16, "
            "gb18030, big5, shift_jis, euc-kr, windows-1252, iso-8859-1 and many others"
        )
    return encoding


def _strictly(data: bytes, path: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        raise UnknownEncoding(
            f"{path}:{before.count(chr(10)) + 1}: the byte 0x{data[error.start]:02X} (number "
            f"{error.start + 1} of the file) is none of {encoding}: name another with --encoding"
        ) from error


def _without_mark(data: bytes) -> str:
    """Return UTF-16 where every second byte is mostly zero, as in European text without a mark."""
    sample = data[:4000]
    if len(sample) < 4 or len(data) % 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.6 and odd < half * 0.1 else ""


def _guess(data: bytes, path: str) -> Decoded:
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        raise UnknownEncoding(
            f"{path}: is not UTF-8: name its encoding with --encoding (gb18030, windows-1252 ...), "
            'or install what can guess it: pip install "teikit[encodings]"'
        ) from None
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise UnknownEncoding(
            f"{path}: its encoding cannot be told: name it with --encoding (gb18030, big5, "
            "shift_jis, windows-1252 ...)"
        )
    name = _wider(best.encoding, data)
    return Decoded(_strictly(data, path, name), name, "a guess", False)


def _wider(name: str, data: bytes) -> str:
    """Return the encoding that has all characters of NAME and is what programs mean by it."""
    wider = {
        "gb2312": "gb18030", "gbk": "gb18030", "hz": "gb18030", "iso8859_1": "cp1252",
        "latin_1": "cp1252", "euc_kr": "cp949", "shift_jis": "cp932", "iso8859_9": "cp1254",
    }.get(name, name)  # fmt: skip
    try:
        data.decode(wider)
    except UnicodeDecodeError:
        return name
    return wider
