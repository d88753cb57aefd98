"""The files of a site, collected before any is written; two with one name are a finding."""

import unicodedata

from teikit.place import Place
from teikit.report import Finding


class SiteFiles:
    """Path -> bytes. Names that differ only in case clash: many file systems hold them one."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.findings: list[Finding] = []
        self._origins: dict[str, tuple[str, str]] = {}

    def add(self, path: str, data: bytes | str, origin: str) -> None:
        """Take in a file; ORIGIN is what in the edition it comes from."""
        key = unicodedata.normalize("NFC", path).casefold()
        if key in self._origins:
            other, name = self._origins[key]
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
        self.files[path] = data.encode("utf-8") if isinstance(data, str) else data
