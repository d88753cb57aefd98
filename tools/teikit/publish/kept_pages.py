"""Pages that are as an earlier run made them: what they were made from is the same."""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from teikit.files import NotReadable, find_files, read_inside
from teikit.keeping.keys import Digests
from teikit.keeping.runner import KeepingRunner
from teikit.keeping.store import Store
from teikit.publish.files import SiteFiles
from teikit.publish.kinds.adder import Adder
from teikit.publish.pages import Site
from teikit.publish.pieces import Piece
from teikit.publish.tracing import Facts, Trace
from teikit.safety.worker import Runner

_LARGEST = 1_000_000  # bytes of a template


class KeepingAdder(Adder):
    """Takes pages from an earlier run where all that they asked is answered as it was then."""

    def __init__(self, files: SiteFiles, site: Site, pieces: Mapping[str, Piece], keeper: "Keeper"):
        super().__init__(files, site, pieces)
        self._keeper = keeper
        subjects = {
            "site": site,
            "edition": site.edition,
            "site_map": site.site_map,
            "pieces": pieces,
            "add": self,
        }
        self._facts = Facts(subjects, keeper.digests)
        self._words = [(one.language, dict(one.table)) for one in (site.strings, *site.others)]

    def each(self, kind: str, item: Any, make: Callable[[Adder, Any], None]) -> None:
        """Take in what MAKE adds for the item, unless it was kept."""
        key = self._keeper.key(kind, item, self._words)
        kept = self._keeper.find(key)
        if kept is None or not self._holds(kept["asked"]):
            trace = Trace(self._facts)
            pages = _Collected()
            make(_TracedAdder(pages, trace), item)
            kept = {"asked": list(trace.asked.items()), "pages": pages.pages}
            if trace.is_complete:
                self._keeper.keep(key, kept)
        for path, html, origin in kept["pages"]:
            self.files.add(path, html, origin)

    def _holds(self, asked: list) -> bool:
        return all(self._facts.ask(tuple(question)) == answer for question, answer in asked)


class _Collected:
    """Stands for the files of the site while one page is made."""

    def __init__(self) -> None:
        self.pages: list[tuple[str, str, str]] = []

    def add(self, path: str, data: str, origin: str) -> None:
        self.pages.append((path, data, origin))


class _TracedAdder(Adder):
    """Renders one page; what it asks of the site is noted."""

    def __init__(self, files: _Collected, trace: Trace):
        super().__init__(files, trace.subject("site"), trace.subject("pieces"))
        self._whole = trace.subject("add")

    def beside(self, path: str) -> Any:
        """Return the texts beside the one at PATH."""
        return self._whole.beside(path)


class Keeper:
    """Keeps pages in the store of the results of jobs."""

    def __init__(self, store: Store, digests: Digests, tool: str, templates: str):
        self._store, self._made_with = store, tool + templates
        self.digests = digests

    def key(self, kind: str, item: Any, words: Any) -> bytes:
        """Return the key of what is made for an item."""
        return self.digests.of_call("page", (kind, self.digests.of(item), words), self._made_with)

    def find(self, key: bytes) -> dict | None:
        """Return what was kept."""
        kept = self._store.get(key)
        return None if kept is None else json.loads(kept)

    def keep(self, key: bytes, value: dict) -> None:
        """Keep it."""
        self._store.put(key, json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def find_keeper(jobs: Runner, own: Path | None) -> Keeper | None:
    """Return what keeps pages, where the results of jobs are kept; OWN: an edition's templates."""
    if not isinstance(jobs, KeepingRunner):
        return None
    return Keeper(jobs.store, jobs.digests, jobs.tool, _digest(own) if own else "")


def _digest(folder: Path) -> str:
    """Return what stands for all templates in the folder."""
    digest = hashlib.sha256()
    for name in find_files(folder):
        try:
            data = read_inside(str(folder), name, _LARGEST)
        except NotReadable as problem:
            data = problem.kind.encode()
        digest.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        digest.update(data)
    return digest.hexdigest()
