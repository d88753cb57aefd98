"""What a site is made from: the files of the project go through the jobs. Nothing is rendered
into pages here.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from teikit.edition.leading import Leading
from teikit.edition.model import Edition, build_edition
from teikit.edition.records import Extracted, TextRecord
from teikit.errors import TeikitError
from teikit.files import is_inside, read_file
from teikit.place import Place
from teikit.project import Project
from teikit.publish.drafts import findings_of
from teikit.publish.links import (
    DOWNLOADS,
    SiteMap,
    beside_parts,
    build_site_map,
    part_page,
    project_files,
    relative,
    text_page,
)
from teikit.publish.offers import merged_path
from teikit.publish.own_stylesheets import read_own_stylesheets
from teikit.publish.pages import main_text
from teikit.publish.pictures import Picture, read_pictures
from teikit.publish.pieces import Merged, Piece, PieceSettings, PlainText
from teikit.publish.repeated import find_repeated
from teikit.publish.strings import Strings, read_strings
from teikit.report import Finding, Report
from teikit.safety.worker import JobFailed, Runner
from teikit.search.records import FoldData, Indexed
from teikit.search.variants import find_variants
from teikit.shipped import shipped
from teikit.transform.rendering import PartPage, Stylesheet

# tables of the words that stylesheets ask for
_ASKED_FOR = frozenset(
    "language xslt header site sign said value unit place note kinds division".split()
)


@dataclass(frozen=True)
class Parts:
    """What the pages and downloads of a site are made from."""

    edition: Edition
    site_map: SiteMap
    languages: list[Strings]
    sources: Mapping[str, bytes]
    pieces: Mapping[tuple[str, str], Piece | None]  # by path and language
    plain: Mapping[str, PlainText | None]
    merged: Mapping[str, Merged | None]
    pictures: Mapping[str, Picture] = field(default_factory=dict)  # by path in the project
    indexed: tuple[Indexed, ...] = ()  # in the order of the texts; those that could be
    folding: FoldData | None = None  # where there is a search


def gather(
    project: Project, jobs: Runner, report: Report, read: Mapping[str, bytes], draft: bool
) -> tuple[Parts, list[Finding]]:
    """Return what the jobs make of the files, and what there is to say about it."""
    languages = _read_languages(project)
    sources, findings = _read_sources(project, read)
    xml, folder = [path for path in project.files if path in sources], _folder(project)
    extracted = _all(
        jobs,
        "extract",
        [(sources[path], path, folder, project.publishing.split) for path in xml],
        xml,
        findings,
    )
    findings += [one.problem for one in extracted if one.problem is not None]
    edition = build_edition(
        _in_order(project, [one for one in extracted if not one.problem]),
        project.publishing.shared_ids,
    )
    findings += find_repeated(project, edition)
    pictures, faults = read_pictures(project, extracted)
    findings += faults
    site_map = build_site_map(project, edition, pictures)
    own = read_own_stylesheets(project)
    targets = {one.path: one.targets for one in extracted}
    pieces = _render(
        project,
        edition,
        targets,
        site_map,
        languages,
        jobs,
        sources,
        report,
        draft,
        own.pages,
        findings,
        _shown(extracted, pictures),
    )
    texts = [text.path for text in edition.texts]
    plain = dict(
        zip(
            texts,
            _all(
                jobs,
                "plain",
                [(sources[path], path, own.plain, folder) for path in texts],
                texts,
                findings,
                keep=True,
            ),
            strict=True,
        )
    )
    merged = _merge(project, edition, targets, jobs, sources, findings)
    indexed = _index(project, texts, jobs, sources, findings)
    for one in (*pieces.values(), *plain.values(), *merged.values()):
        findings += one.findings if one is not None else ()
    return Parts(
        edition,
        site_map,
        languages,
        sources,
        pieces,
        plain,
        merged,
        pictures,
        indexed,
        jobs.run("folding") if indexed else None,
    ), findings


def _shown(
    extracted: list[Extracted], pictures: Mapping[str, Picture]
) -> dict[str, dict[str, str]]:
    """Return of each file the pictures that its page can show, with their sizes."""
    return {
        one.path: {
            named.path: pictures[named.path].size
            for named in one.pictures
            if named.path in pictures and pictures[named.path].is_shown
        }
        for one in extracted
        if one.pictures
    }


def _index(
    project: Project,
    texts: Sequence[str],
    jobs: Runner,
    sources: Mapping[str, bytes],
    findings: list[Finding],
) -> tuple[Indexed, ...]:
    """Return what a search finds in each text."""
    if not project.publishing.search:
        return ()
    variants = find_variants()
    calls = [(sources[path], path, variants, _folder(project)) for path in texts]
    return tuple(_all(jobs, "index", calls, texts, findings))


def _read_sources(
    project: Project, read: Mapping[str, bytes]
) -> tuple[dict[str, bytes], list[Finding]]:
    sources: dict[str, bytes] = {}
    findings: list[Finding] = []
    for path in project_files(project):
        data = read[path] if path in read else read_file(project.folder, path)
        if isinstance(data, Finding):
            findings.append(data)
        else:
            sources[path] = data
    return sources, findings


def _in_order(project: Project, extracted: list[Extracted]) -> list[Extracted]:
    """Return the files with the main text first, then the introduction, then by name."""
    first = [path for path in (project.main, project.introduction) if path]
    return sorted(
        extracted,
        key=lambda one: (first.index(one.path) if one.path in first else len(first), one.path),
    )


def _all(
    jobs: Runner,
    name: str,
    calls: list[tuple],
    paths: Sequence[str],
    findings: list[Finding],
    *,
    keep: bool = False,
) -> list[Any]:
    """Return the results of a job for all calls; those that failed are findings (keep: None)."""
    results = []
    for path, result in zip(paths, jobs.run_all(name, calls), strict=True):
        if isinstance(result, JobFailed):
            findings.append(Finding(Place(path), "publish:failed", f"not published: {result}"))
            result = None
        if result is not None or keep:
            results.append(result)
    return results


def _read_languages(project: Project) -> list[Strings]:
    folders = [shipped("templates")]
    own = own_templates(project)
    return [
        read_strings(one, tuple([*folders, own] if own else folders)) for one in project.languages
    ]


def own_templates(project: Project) -> Path | None:
    """Return the edition's own templates, if it has any; no link may lead to them elsewhere."""
    if not project.publishing.templates:
        return None
    folder = project.folder / project.publishing.templates
    if not os.path.isdir(folder):
        return None
    if not is_inside(project.folder, project.publishing.templates):
        raise TeikitError(f"{folder}: a link leads out of the edition's folder: copy the templates")
    return folder


def _render(
    project: Project,
    edition: Edition,
    targets: Mapping[str, tuple[str, ...]],
    site_map: SiteMap,
    languages: list[Strings],
    jobs: Runner,
    sources: Mapping[str, bytes],
    report: Report,
    draft: bool,
    stylesheet: Stylesheet | None,
    findings: list[Finding],
    shown: Mapping[str, dict[str, str]],
) -> dict[tuple[str, str], Piece | None]:
    """Return each text as HTML in each language of the interface."""
    keys, calls = [], []
    labels = {strings.language: _labels(strings) for strings in languages}
    for text in edition.texts:
        marks = findings_of(report, text) if draft else ()
        wanted = _wanted(edition, targets, text.path)
        for strings in languages:
            prefix = "" if strings is languages[0] else f"{strings.language}/"
            page = beside_parts(text.path) if text.parts else text_page(text.path)
            is_main = text.path == main_text(project, edition)
            keys.append((text.path, strings.language))
            calls.append(
                (
                    sources[text.path],
                    text.path,
                    PieceSettings(
                        strings.language,
                        labels[strings.language],
                        _links(site_map, wanted, prefix, page),
                        _links(site_map, wanted, prefix, "about.html") if is_main else None,
                        marks,
                        stylesheet,
                        dict(project.publishing.parameters),
                        text.path == project.introduction,
                        _pages(text),
                        _folder(project),
                        edition.witnesses_of(text.path),
                        shown.get(text.path, {}),
                        _meanings(edition, text.path),
                    ),
                )
            )
    results = _all(jobs, "piece", calls, [path for path, _ in keys], findings, keep=True)
    return dict(zip(keys, results, strict=True))


def _folder(project: Project) -> str:
    return os.path.abspath(project.folder)


def _pages(text: TextRecord) -> tuple[PartPage, ...]:
    """Return the pages of a text that is split, as they link to one another."""
    here = beside_parts(text.path)
    return tuple(
        PartPage(part.start, relative(here, part_page(text.path, part))) for part in text.parts
    )


def _labels(strings: Strings) -> dict[str, str]:
    """Return the strings that stylesheets ask for."""
    return {key: words for key, words in strings.table.items() if key.split(".")[0] in _ASKED_FOR}


def _wanted(edition: Edition, targets: Mapping[str, tuple[str, ...]], path: str) -> tuple[str, ...]:
    """Return the URIs of all that the text at PATH points to, and of the entities it means."""
    text = edition.text(path)
    meant = (uri for uris in _meanings(edition, path).values() for uri in uris)
    return tuple(dict.fromkeys((*targets[path], *(text.targets if text else ()), *meant)))


def _links(site_map: SiteMap, targets: Sequence[str], prefix: str, page: str) -> dict[str, str]:
    """Return resolved URI -> URL as seen from a page, for the targets that are in the site."""
    links = {}
    for uri in targets:
        target = site_map.find(uri)
        if target:
            links[uri] = relative(page, target)
        elif uri in site_map.files:
            links[uri] = relative(prefix + page, site_map.files[uri])
    return links


def _meanings(edition: Edition, path: str) -> dict[str, tuple[str, ...]]:
    """Return what the elements of a text mean that mean an entity, by ordinal."""
    return {
        str(ordinal): uris
        for ordinal, uris in edition.meanings.get(path, {}).items()
        if any(uri in edition.entities for uri in uris)
    }


def _merge(
    project: Project,
    edition: Edition,
    targets: Mapping[str, tuple[str, ...]],
    jobs: Runner,
    sources: Mapping[str, bytes],
    findings: list[Finding],
) -> dict[str, Merged | None]:
    """Return each text that points to registers as one TEI file with them.

    The text that speaks for the edition has the registers whole, each other one the entries that
    it leads to: else many texts would each repeat a large register.
    """
    whole = tuple(
        (one.path, sources[one.path])
        for one in edition.registers
        if one.path in sources and edition.text(one.path) is None
    )
    main, folder = main_text(project, edition), _folder(project)
    calls, paths = [], []
    leading = _leading(jobs, whole, findings)
    for text in edition.texts:
        if any(one.targets for one in text.mentions) or text.statements:
            registers = (
                whole if text.path == main else leading.cut(_wanted(edition, targets, text.path))
            )
            if registers:
                elsewhere = relative(merged_path(text.path), DOWNLOADS + "x")[:-1]
                calls.append((sources[text.path], text.path, registers, elsewhere, folder))
                paths.append(text.path)
    results = _all(jobs, "merge", calls, paths, findings, keep=True)
    return dict(zip(paths, results, strict=True))


def _leading(
    jobs: Runner, registers: tuple[tuple[str, bytes], ...], findings: list[Finding]
) -> Leading:
    calls = [(data, path) for path, data in registers]
    entries = _all(jobs, "register_entries", calls, [path for path, _ in registers], findings)
    return Leading(entries, dict(registers))
