"""One document held against another: pointers, ids, names and mentions of a whole edition."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from teikit.check.names import (
    check_entity_ids,
    check_mentions,
    check_text_ids,
    check_two_ids,
    known_names,
)
from teikit.check.records import Checked, CheckSettings, Ids, PlacedEntity, PlacedPointer, Unmarked
from teikit.check.targets import Elsewhere, check_targets
from teikit.files import is_inside, read_own
from teikit.project import Project
from teikit.report import Finding
from teikit.rules import level_of
from teikit.safety.worker import Runner

_WITH_IDS = (".xml", ".odd", ".tei", ".rng", ".svg")


def find_across(
    project: Project, results: Sequence[Checked], jobs: Runner, *, whole: bool
) -> Iterator[Finding]:
    """Yield what is found by holding one document against another."""
    own = {checked.path for checked in results}
    pointers = [
        pointer
        for checked in results
        for pointer in checked.pointers
        if pointer.place.path == checked.path or pointer.place.path not in own
    ]
    ids = _known_ids(project, results, pointers, jobs)
    registers = tuple(path for path in project.registers if path in ids)
    short_forms = {checked.path: checked.short_forms for checked in results}
    between = [
        pointer
        for pointer in _not_within_a_whole(pointers, results)
        if pointer.target.partition("#")[0] in ids
    ]
    yield from check_targets(between, ids, Elsewhere(registers, short_forms))
    entities = [entity for checked in results for entity in checked.entities]
    if project.files:  # an edition; elsewhere files that lie together need not belong together
        listed = [entity for entity in entities if entity.place.path in registers]
        yield from check_text_ids(text for checked in results for text in checked.texts)
        yield from check_entity_ids(listed)
        yield from check_two_ids(listed)
    if whole:
        keys = {key for checked in results for key in checked.keys}
        yield from check_mentions(entities, pointers, keys)


def _not_within_a_whole(
    pointers: Iterable[PlacedPointer], results: Iterable[Checked]
) -> Iterator[PlacedPointer]:
    """Yield the pointers that do not lead from one part of a document to another.

    What a part points to may stand in another, which it knows only in the whole that includes both.
    """
    wholes = [
        (frozenset((checked.path, *checked.includes)), frozenset(checked.ids))
        for checked in results
        if checked.includes
    ]
    by_part: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {}
    for whole in wholes:
        for part in whole[0]:
            by_part.setdefault(part, []).append(whole)
    known: dict[tuple[str, str], bool] = {}  # where from and where to: whether within a whole
    for pointer in pointers:
        way = pointer.place.path, pointer.target
        if way not in known:
            path, _, fragment = pointer.target.partition("#")
            known[way] = any(
                fragment in ids and path in parts for parts, ids in by_part.get(way[0], ())
            )
        if not known[way]:
            yield pointer


def find_unmarked(
    project: Project, results: Sequence[Checked], jobs: Runner, given: Mapping[str, bytes]
) -> Iterator[Finding]:
    """Yield the mentions that are not marked; none unless the rule is switched on.

    `given` holds the bytes of files that are not to be read from the disk.
    """
    if level_of("registers:unmarked", project.levels) == "off":
        return
    names = known_names(_registered(project, results, jobs))
    texts = [
        checked.path
        for checked in results
        if names and checked.is_readable and checked.path not in project.registers
    ]
    calls = (
        (content, path, names)
        for path, content in _contents(project, texts, given, jobs.largest_document)
    )
    for result in jobs.run_all("unmarked", calls):
        if isinstance(result, Unmarked):
            yield from result.findings


def _registered(
    project: Project, results: Sequence[Checked], jobs: Runner
) -> Iterator[PlacedEntity]:
    """Yield the entities of all registers, those that are not themselves validated too."""
    here = {checked.path: checked for checked in results}
    missing = [path for path in project.registers if path not in here]
    contents = _contents(project, missing, {}, jobs.largest_document)
    settings = CheckSettings(folder=os.path.abspath(project.folder))  # for what they include
    others = jobs.run_all("check", ((content, path, settings) for path, content in contents))
    for checked in (*(here[path] for path in project.registers if path in here), *others):
        if isinstance(checked, Checked):
            yield from checked.entities


def _contents(
    project: Project, paths: Iterable[str], given: Mapping[str, bytes], largest: int
) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        content = given[path] if path in given else read_own(project.folder, path, largest)
        if isinstance(content, bytes):
            yield path, content


def _known_ids(
    project: Project, results: Iterable[Checked], pointers: Sequence[PlacedPointer], jobs: Runner
) -> dict[str, frozenset[str] | None]:
    """Return the ids of every XML file that is pointed to; None for one that is not there.

    A file that cannot be read, a picture, and whatever else has no ids is not among them.
    """
    known: dict[str, frozenset[str] | None] = {
        checked.path: frozenset(checked.ids) for checked in results if checked.is_readable
    }
    not_judged = {checked.path for checked in results if not checked.is_readable}
    wanted = {pointer.target.partition("#")[0] for pointer in pointers}
    if any(_is_broken(pointer, known) for pointer in pointers):
        wanted.update(project.registers)  # from which the right pointer can be suggested
    to_read = []
    for path in sorted(wanted - set(known) - not_judged):
        if not _is_there(project.folder, path):
            known[path] = None
        elif path.lower().endswith(_WITH_IDS):
            to_read.append(path)
    folder, asked = os.path.abspath(project.folder), []

    def calls() -> Iterator[tuple[bytes, str, str]]:
        for path, content in _contents(project, to_read, {}, jobs.largest_document):
            asked.append(path)
            yield content, path, folder

    for path, result in zip(asked, jobs.run_all("ids", calls()), strict=True):
        if isinstance(result, Ids) and result.is_readable:
            known[path] = frozenset(result.ids)
    return known


def _is_broken(pointer: PlacedPointer, known: Mapping[str, frozenset[str] | None]) -> bool:
    path, _, fragment = pointer.target.partition("#")
    return path not in known or bool(fragment and fragment not in (known[path] or ()))


def _is_there(folder: Path, path: str) -> bool:
    """Return whether there is something at FOLDER/PATH, and not by a link that leads out."""
    return is_inside(folder, path) and os.path.exists(folder / path)


def what_ran(
    project: Project, results: Iterable[Checked], *, whole: bool
) -> Callable[[str, str], bool]:
    """Return a function that says whether a rule (by its name) was tried on the file at a path."""
    ran_on = {checked.path: checked for checked in results}
    found_in: dict[str, set[str]] = {}  # the rules of what was found, by file

    def ran(rule: str, path: str) -> bool:
        checked = ran_on.get(path)
        if checked is None or level_of(rule, project.levels) == "off":
            return False
        if path not in found_in:
            found_in[path] = {one.rule for one in checked.findings}
        found = found_in[path]
        family = rule.partition(":")[0]
        if "tei:not-tei" in found:
            return False
        if family in ("relaxng", "schematron"):
            return family in checked.against and "schematron:not-run" not in found
        if family == "witness":
            return project.witness_of(path) is not None
        if family == "registers" or rule in ("ids:text-clash", "ids:entity-clash"):
            return whole
        return True

    return ran
