"""Addresses of a released site in a site that was built: which are there, which have vanished."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from teikit.check.nearest import Nearest
from teikit.place import Place
from teikit.publish.links import SiteMap
from teikit.publish.releases import MANIFEST, ReleasedPage, Releases
from teikit.report import Finding

_ID = re.compile(r"""<[a-zA-Z][^<>]*?\sid=(?:"([^"]*)"|'([^']*)')""")
_SHOWN = 12  # vanished ids of one page that are told one by one
_NEAR = 3
_QUOTED = 200  # characters of an id that a message quotes


class Addresses:
    """The pages of a site and their ids, read when they are asked for."""

    def __init__(self, files: Mapping[str, bytes]):
        self.files = files
        self._ids: dict[str, frozenset[str]] = {}

    def ids(self, page: str) -> frozenset[str]:
        """Return the ids on a page."""
        if page not in self._ids:
            html = self.files[page].decode("utf-8")
            self._ids[page] = frozenset(unescape(one or two) for one, two in _ID.findall(html))
        return self._ids[page]

    def has(self, address: str) -> bool:
        """Return whether there is this page, and this id on it."""
        page, _, name = address.partition("#")
        return page in self.files and (not name or name in self.ids(page))


def released_pages(
    site_map: SiteMap, files: Mapping[str, bytes], folders: Sequence[str]
) -> dict[str, ReleasedPage]:
    """Return what a release records: each page, and each id on it that comes from the edition.

    Pages are as in the first language; FOLDERS has that of each.
    """
    addresses = Addresses(files)
    others = tuple(one for one in folders if one)
    found: dict[str, tuple[str, list[str]]] = {
        path: ("", []) for path in files if path.endswith(".html") and not path.startswith(others)
    }
    for uri, address in site_map.pages.items():
        page, _, name = address.partition("#")
        if not addresses.has(address):
            continue
        file, ids = found.get(page, ("", []))
        found[page] = (file or uri.partition("#")[0], ids)
        if name and not name.startswith("tk-"):  # those last only as long as what is before them
            ids.append(name)
    return {page: ReleasedPage(file, tuple(ids)) for page, (file, ids) in found.items()}


def check_addresses(
    releases: Releases, addresses: Addresses, *, shared: bool = False
) -> Iterator[Finding]:
    """Yield an error for each released address that the site does not have, and no redirect.

    With SHARED, one id means one entity in several files, so that its page may be that of another.
    """
    others = _Others(releases, addresses)
    for page, released in releases.pages.items():
        if any(f"{folder}{page}" not in addresses.files for folder in releases.folders):
            if page not in releases.redirects:
                yield _vanished(page, released, others, shared)
            continue
        lost = [
            name
            for name in released.ids
            if f"{page}#{name}" not in releases.redirects
            and not all(addresses.has(f"{folder}{page}#{name}") for folder in releases.folders)
        ]
        new = addresses.ids(page) - set(released.ids) if lost else ()
        near = Nearest(one for one in new if not one.startswith("tk-"))
        for name in lost[:_SHOWN]:
            yield _lost(page, name, released, near)
        if len(lost) > _SHOWN:
            more = ", ".join(f"#{one}" for one in lost[_SHOWN:][:100])
            yield _finding(
                f"{page}: {len(lost) - _SHOWN} more of its released addresses are gone: {more}",
                "",
            )


class _Others:
    """The pages that may be meant by one that is gone: what was released is another thing."""

    def __init__(self, releases: Releases, addresses: Addresses):
        pages = sorted(one for one in addresses.files if one.endswith(".html"))
        self.near = Nearest(one for one in pages if one not in releases.pages)
        self.of_id: dict[str, list[str]] = {}  # pages of registers by name: each for one file's
        for one in pages:
            if one.startswith("registers/") and one.count("/") > 1:
                self.of_id.setdefault(posixpath.basename(one), []).append(one)


def _vanished(page: str, released: ReleasedPage, others: _Others, shared: bool) -> Finding:
    """Return what to say of a page that is gone."""
    near = others.near.find(page)
    if shared and page.startswith("registers/"):
        near = others.of_id.get(posixpath.basename(page)) or near
    ids = f", and with it {len(released.ids)} ids" if released.ids else ""
    return _finding(
        f"{page} was released{_from(released.file)} and is gone{ids}: citations of it would break",
        _advice(page, near[:_NEAR]),
    )


def _lost(page: str, name: str, released: ReleasedPage, near: Nearest) -> Finding:
    return _finding(
        f"{page}#{name[:_QUOTED]} was released{_from(released.file)} and is gone: citations of it "
        "would break",
        _advice(f"{page}#{name[:_QUOTED]}", [f"{page}#{one}" for one in near.find(name)]),
    )


def _from(file: str) -> str:
    return f" (from {file})" if file else ""


def _advice(old: str, near: Sequence[str]) -> str:
    new = near[0] if near else "new page#id"
    also = f" Near it are: {', '.join(near)}." if near else ""
    return (
        f"Give the element its xml:id, or the file its name, back; or say under [redirects] in "
        f'{MANIFEST}: "{old}" = "{new}".{also}'
    )


def check_redirects(releases: Releases, addresses: Addresses) -> Iterator[Finding]:
    """Yield what is wrong with redirects; ADDRESSES are those of the site without them."""
    for old, new in releases.redirects.items():
        if new in releases.redirects:
            end = _end(releases.redirects, new)
            said = f'say "{end}" at once' if end else "they lead in a circle"
            yield _finding(
                f'"{old}" is redirected to "{new}", which is itself redirected: {said}',
                "",
                "publish:bad-redirect",
            )
        elif not addresses.has(new):
            yield _finding(
                f'"{old}" is redirected to "{new}", which there is not', "", "publish:bad-redirect"
            )
        elif addresses.has(old):
            yield _finding(
                f'"{old}" is redirected, but it is still there',
                "Take the redirect out.",
                "publish:idle-redirect",
                "info",
            )


def _end(redirects: Mapping[str, str], start: str) -> str:
    """Return where a chain of redirects ends; "" where it does not."""
    seen: set[str] = set()
    while start in redirects and start not in seen:
        seen.add(start)
        start = redirects[start]
    return "" if start in seen else start


def _finding(
    message: str, hint: str, rule: str = "publish:dropped-address", severity: str = "error"
) -> Finding:
    return Finding(Place(MANIFEST), rule, message, severity, hint=hint)
