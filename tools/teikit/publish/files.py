"""The files of a site, collected before any is written; two with one name are a finding."""

import unicodedata

from teikit.place import Place
from teikit.report import Finding


class SiteFiles:
    """Path -> bytes. Names that differ only in case clash: many file systems hold them one.

    So do a file and a folder of one name.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.findings: list[Finding] = []
        self._origins: dict[str, tuple[str, str]] = {}
        self._folders: dict[str, tuple[str, str]] = {}  # each with one that is in it

    def add(self, path: str, data: bytes | str, origin: str) -> None:
        """Take in a file; ORIGIN is what in the edition it comes from."""
        key = unicodedata.normalize("NFC", path).casefold()
        found = self._origins.get(key) or self._folders.get(key)
        found = found or next(filter(None, map(self._origins.get, _folders_of(key))), None)
        if found:
            other, name = found
            self.findings.append(
                Finding(
                    Place(origin.partition("#")[0]),
                    "publish:page-clash",
                    f"{origin} and {other} would both become {path}"
                    if path == name
                    else f"{origin} would become {path} and {other} {name}, "
                    "which many computers take for the same file",
                    hint="Give one of the two another name or xml:id.",
                )
            )
            return
        self._origins[key] = (origin, path)
        self._folders.update((folder, (origin, path)) for folder in _folders_of(key))
        self.files[path] = data.encode("utf-8") if isinstance(data, str) else data


def _folders_of(path: str) -> list[str]:
    """Return the folders that a path leads through."""
    parts = path.split("/")
    return ["/".join(parts[:number]) for number in range(1, len(parts))]
