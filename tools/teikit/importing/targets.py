"""Targets of links and addresses of pictures, as TEI can write them."""

import re

_SCHEMES = ("http", "https", "mailto", "ftp", "ftps", "doi", "urn", "tel", "")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:")
_NO_SCHEME = re.compile(r"[^/?#:]*:")  # a colon where only that of a scheme may stand
_UNSAFE = re.compile(r"[\[\]\s<>\"{}|\\^`\x00-\x1f\x7f]|%(?![0-9A-Fa-f]{2})")


def as_pointer(target: str) -> str:
    """Return the target of a link as a URI reference; empty where none can be written.

    What leads to a place in the source itself (#x) leads nowhere in the TEI; what names a scheme
    that runs something (javascript:), or a place on one machine (file:), is of no use in it.
    """
    target = target.strip()
    scheme = target.partition(":")[0].lower() if _SCHEME.match(target) else ""
    if not scheme and _NO_SCHEME.match(target):
        return ""
    if not target or scheme not in _SCHEMES or target.startswith("#"):
        return ""
    return _UNSAFE.sub(lambda one: "".join(f"%{byte:02X}" for byte in one[0].encode()), target)


def is_relative(pointer: str) -> bool:
    """Return whether it leads to a file, from where it stands."""
    return not _SCHEME.match(pointer) and not pointer.startswith("//")
