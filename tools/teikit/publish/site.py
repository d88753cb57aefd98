"""A project -> all files of its site and of its plain texts. Nothing is written here."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from teikit.edition.model import Edition, build_edition
from teikit.edition.records import Extracted
from teikit.files import read_file
from teikit.place import Place
from teikit.project import Project
from teikit.publish.build import add_pages
from teikit.publish.files import SiteFiles
from teikit.publish.links import (
    DOWNLOADS,
    SiteMap,
    build_site_map,
    project_files,
    relative,
    text_page,
)
from teikit.publish.offers import add_downloads, merged_path
from teikit.publish.pages import Site, compile_templates, main_text, site_environment
from teikit.publish.pieces import Merged, Piece, PieceSettings, PlainText
from teikit.publish.static import add_static
from teikit.publish.strings import Strings, read_strings
from teikit.report import Finding, Report, build_report
from teikit.report_formats.json import render_json
from teikit.rules import apply_levels
from teikit.safety.worker import JobFailed, Runner
from teikit.shipped import shipped

NO_FINDINGS = Report()
NOTHING_READ: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True)
class Published:
    """The files of the output (relative path -> bytes) and what there is to say about them."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...] = ()


def publish_site(
    project: Project,
    jobs: Runner,
    report: Report = NO_FINDINGS,
    *,
    read: Mapping[str, bytes] = NOTHING_READ,
    draft: bool = False,
) -> Published:
    """Return all files of the output and the findings that publishing itself has.

    `report` is that of the validation, and `read` the files it read: what is published is what
    was validated, even if an editor saves a file meanwhile.

    Files are `site/...`, `text/...` and `report.json`. An error among the findings means that
    the output is wrong somewhere: whoever writes it should not, unless it is a draft.
    """
    environment = site_environment(shipped("templates"), _templates(project))
    with ThreadPoolExecutor(1) as thread:  # while others work, this process compiles templates
        compiled = thread.submit(compile_templates, environment)
        parts, findings = _gather(project, jobs, report, read, draft)
        compiled.result()
    edition, sources = parts.edition, parts.sources
    files = SiteFiles()
    add_static(files, shipped("templates"), _templates(project))
    add_downloads(files, edition, project, sources, parts.plain, parts.merged)
    for strings in parts.languages:
        others = tuple(one for one in parts.languages if one is not strings)
        site = Site(project, edition, parts.site_map, strings, others, environment, report, draft)
        mine = {
            path: piece
            for (path, language), piece in parts.pieces.items()
            if language == strings.language and piece is not None
        }
        add_pages(files, site, mine)
    findings += files.findings
    unique = tuple(apply_levels(sorted(set(findings)), project.levels))
    output = {f"site/{path}": data for path, data in files.files.items()}
    for path, text in parts.plain.items():
        if text is not None:
            output |= {f"text/{name}": data for name, data in plain_files(path, text)}
    everything = build_report([*report.findings, *unique], report.allowed)
    output["report.json"] = render_json(everything, len(project.files)).encode("utf-8")
    return Published(output, unique)


@dataclass(frozen=True)
class _Parts:
    """What the pages and downloads of a site are made from."""

    edition: Edition
    site_map: SiteMap
    languages: list[Strings]
    sources: Mapping[str, bytes]
    pieces: Mapping[tuple[str, str], Piece | None]  # by path and language
    plain: Mapping[str, PlainText | None]
    merged: Mapping[str, Merged | None]


def _gather(
    project: Project, jobs: Runner, report: Report, read: Mapping[str, bytes], draft: bool
) -> tuple[_Parts, list[Finding]]:
    """Return what the jobs make of the files, and what there is to say about it."""
    languages = _read_languages(project)
    sources, findings = _read_sources(project, read)
    xml = [path for path in project.files if path in sources]
    extracted = _all(jobs, "extract", [(sources[path], path) for path in xml], xml, findings)
    findings += [one.problem for one in extracted if one.problem is not None]
    edition = build_edition(_in_order(project, [one for one in extracted if not one.problem]))
    site_map = build_site_map(project, edition)
    pieces = _render(project, edition, site_map, languages, jobs, sources, report, draft, findings)
    texts = [text.path for text in edition.texts]
    plain = dict(
        zip(
            texts,
            _all(
                jobs, "plain", [(sources[path], path) for path in texts], texts, findings, keep=True
            ),
            strict=True,
        )
    )
    merged = _merge(edition, jobs, sources, findings)
    for one in (*pieces.values(), *plain.values(), *merged.values()):
        findings += one.findings if one is not None else ()
    return _Parts(edition, site_map, languages, sources, pieces, plain, merged), findings


def plain_files(path: str, text: PlainText) -> list[tuple[str, bytes]]:
    """Return the plain text files of the text at PATH with their names."""
    name = text_page(path).removeprefix("texts/").removesuffix(".html")
    files = [(f"{name}.txt", text.reading.encode("utf-8"))]
    if text.source:
        files.append((f"{name}.source.txt", text.source.encode("utf-8")))
    return files


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
    own = _templates(project)
    return [
        read_strings(one, tuple([*folders, own] if own else folders)) for one in project.languages
    ]


def _templates(project: Project) -> Path | None:
    """Return the edition's own templates, if it has any."""
    folder = project.folder / "templates"
    return folder if folder.is_dir() else None


def _render(
    project: Project,
    edition: Edition,
    site_map: SiteMap,
    languages: list[Strings],
    jobs: Runner,
    sources: Mapping[str, bytes],
    report: Report,
    draft: bool,
    findings: list[Finding],
) -> dict[tuple[str, str], Piece | None]:
    """Return each text as HTML in each language of the interface."""
    keys, calls = [], []
    for text in edition.texts:
        marks = (
            tuple(one for one in report.findings if one.place.path == text.path) if draft else ()
        )
        for strings in languages:
            prefix = "" if strings is languages[0] else f"{strings.language}/"
            page = text_page(text.path)
            is_main = text.path == main_text(project, edition)
            keys.append((text.path, strings.language))
            calls.append(
                (
                    sources[text.path],
                    text.path,
                    PieceSettings(
                        strings.language,
                        _labels(strings),
                        _links(site_map, prefix, page),
                        _links(site_map, prefix, "about.html") if is_main else {},
                        marks,
                        text.path == project.introduction,
                    ),
                )
            )
    results = _all(jobs, "piece", calls, [path for path, _ in keys], findings, keep=True)
    return dict(zip(keys, results, strict=True))


def _labels(strings: Strings) -> dict[str, str]:
    """Return the strings that stylesheets ask for."""
    return {
        key: words
        for key, words in strings.table.items()
        if key.split(".")[0] in ("xslt", "header", "site")
    }


def _links(site_map: SiteMap, prefix: str, page: str) -> dict[str, str]:
    """Return resolved URI -> URL as seen from a page."""
    links = {uri: relative(page, target) for uri, target in site_map.pages.items()}
    for path, file in site_map.files.items():
        links.setdefault(path, relative(prefix + page, file))
    return links


def _merge(
    edition: Edition, jobs: Runner, sources: Mapping[str, bytes], findings: list[Finding]
) -> dict[str, Merged | None]:
    """Return each text that points to registers as one TEI file with them."""
    registers = tuple(
        (one.path, sources[one.path]) for one in edition.registers if edition.text(one.path) is None
    )
    paths = [
        text.path
        for text in edition.texts
        if registers and (any(one.targets for one in text.mentions) or text.statements)
    ]
    results = _all(
        jobs,
        "merge",
        [
            (sources[path], path, registers, relative(merged_path(path), DOWNLOADS + "x")[:-1])
            for path in paths
        ],
        paths,
        findings,
        keep=True,
    )
    return dict(zip(paths, results, strict=True))
