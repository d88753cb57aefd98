"""Names of files and ids -> names of pages, which every file system and address bar takes."""

import hashlib
import re
import unicodedata

# names that Windows gives to devices
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LONGEST = 150  # bytes; most file systems take 255, with what is put behind a name
_KEPT = "LMN"  # letters, marks and numbers of any script, by Unicode's categories


def slug(name: str) -> str:
    """Return NAME for an address: letters and numbers of any script, and . _ - between them.

    It is in NFC, whatever the file system made of it. It may be empty.
    """
    kept = "".join(
        one if one in "._-" or unicodedata.category(one)[0] in _KEPT else " "
        for one in unicodedata.normalize("NFC", name)
    )
    return re.sub(r" *-[ -]*| +", "-", kept.strip(" .-")).replace("-.", ".")


def file_name(name: str) -> str:
    """Return NAME as every file system takes it."""
    name = re.sub(r'[\x00-\x1f<>:"/\\|?*]', "-", name).strip(" .") or "-"
    name = f"{name}_" if _RESERVED.fullmatch(name) else name
    if len(name.encode("utf-8")) <= _LONGEST:
        return name
    short = name.encode("utf-8")[: _LONGEST - 9].decode("utf-8", "ignore")
    return f"{short}-{hashlib.sha256(name.encode('utf-8')).hexdigest()[:8]}"
