"""Entries of one person or place in many files: what would make one page of them."""

import os.path
from collections import defaultdict
from collections.abc import Iterable, Iterator

from teikit.authorities import same_address
from teikit.edition.model import Edition
from teikit.edition.records import Entity
from teikit.place import Place
from teikit.project import SETTINGS, Project
from teikit.report import Finding
from teikit.wording import counted

# kinds whose ids mean something else in each file: A is another witness, h1 another hand
_OF_ONE_FILE = frozenset(("witness", "hand", "interp", "nym", "concept", "character"))
_DOUBTFUL = 0.1  # share of ids with different names, above which an id means nothing by itself


def find_repeated(project: Project, edition: Edition) -> Iterator[Finding]:
    """Yield what to set, or to write, where things have an entry each in several files."""
    entries = [
        one
        for one in edition.entities.values()
        if one.uri and one.kind not in _OF_ONE_FILE and not _is_told_elsewhere(project, one)
    ]
    by_id: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for one in entries:
        by_id[one.kind, one.id].append(one)
    several = [group for group in by_id.values() if _are_several(edition, group)]
    alike = [group for group in several if _are_alike(group)]
    if alike and len(several) - len(alike) <= _DOUBTFUL * len(several):
        yield _to_set(project, alike)
        return
    by_address: dict[str, list[Entity]] = defaultdict(list)
    for one in entries:
        for address in dict.fromkeys(map(same_address, one.addresses)):
            by_address[address].append(one)
    known = [group for group in by_address.values() if _are_several(edition, group)]
    if known:
        yield _to_write(known)


def _is_told_elsewhere(project: Project, entity: Entity) -> bool:
    """Return whether the rule ids:entity-clash is about the entry's file."""
    return project.has_settings and _path(entity) in project.registers


def _path(entity: Entity) -> str:
    return entity.uri.partition("#")[0]


def _are_several(edition: Edition, group: Iterable[Entity]) -> bool:
    """Return whether these are entries of several files, and have pages of their own."""
    return len({_path(one) for one in group if edition.meant(one.uri) == one.uri}) > 1


def _are_alike(group: list[Entity]) -> bool:
    """Return whether each entry has a name or an address of the first."""
    first = _marks(group[0])
    return all(_marks(one) & first for one in group[1:])


def _marks(entity: Entity) -> set[str]:
    names = {" ".join(one.text.casefold().split()) for one in entity.names}
    return names | set(map(same_address, entity.addresses))


def _to_set(project: Project, groups: list[list[Entity]]) -> Finding:
    pattern = _pattern({_path(one) for group in groups for one in group})
    lines = f'[publish] and, under it, shared-ids = ["{pattern}"]'
    where = f"{SETTINGS} has" if project.has_settings else f"a file {SETTINGS} in the folder has"
    return _told(
        groups,
        f"If one xml:id means the same in all these files, see that {where} {lines}: then there "
        f"is one page of each, with all mentions.",
    )


def _to_write(groups: list[list[Entity]]) -> Finding:
    return _told(
        groups,
        "They lead to the same record of an authority. To have one page of each, let the other "
        'entries lead to the first: sameAs="FILE.xml#ID".',
    )


def _told(groups: list[list[Entity]], hint: str) -> Finding:
    most = max(groups, key=lambda group: len({_path(one) for one in group}))
    first, files = most[0], {_path(one) for one in most}
    name = first.names[0].text if first.names else first.id
    things = counted(len(groups), "person, place or other thing", "persons, places or other things")
    have = "has an entry" if len(groups) == 1 else "have an entry"
    return Finding(
        Place(_path(first)),
        "publish:repeated-entries",
        f"{things} {have} in several files, and a page for each entry: “{name[:60]}” in "
        f"{counted(len(files), 'file', 'files')}",
        severity="info",
        hint=hint,
    )


def _pattern(paths: set[str]) -> str:
    """Return a pattern of the nearest folder that has all the files."""
    folder = os.path.commonpath([os.path.dirname(path) for path in paths])
    suffixes = {os.path.splitext(path)[1] for path in paths}
    name = f"*{suffixes.pop()}" if len(suffixes) == 1 else "*"
    return f"{folder}/{name}" if folder else name
