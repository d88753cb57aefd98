"""A project -> all files of its site and of its plain texts. Nothing is written here."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType

from teikit.project import Project
from teikit.publish.build import add_pages
from teikit.publish.files import SiteFiles
from teikit.publish.gathering import gather, own_templates
from teikit.publish.kinds.search import add_search, add_search_index
from teikit.publish.links import text_page
from teikit.publish.offers import add_downloads
from teikit.publish.pages import Site
from teikit.publish.pictures import add_pictures
from teikit.publish.pieces import PlainText
from teikit.publish.static import add_static
from teikit.publish.templates import compile_templates, site_environment
from teikit.report import Finding, Report, build_report
from teikit.report_formats.json import render_json
from teikit.rules import apply_levels
from teikit.safety.worker import Runner
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
    environment = site_environment(shipped("templates"), own_templates(project))
    with ThreadPoolExecutor(1) as thread:  # while others work, this process compiles templates
        compiled = thread.submit(compile_templates, environment)
        parts, findings = gather(project, jobs, report, read, draft)
        compiled.result()
    edition, sources = parts.edition, parts.sources
    files = SiteFiles()
    add_static(files, shipped("templates"), own_templates(project))
    add_pictures(files, parts.pictures)
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
        add_search(files, site, parts.indexed, mine)
    add_search_index(files, parts)
    findings += files.findings
    unique = tuple(apply_levels(sorted(set(findings)), project.levels))
    output = {f"site/{path}": data for path, data in files.files.items()}
    for path, text in parts.plain.items():
        if text is not None:
            output |= {f"text/{name}": data for name, data in plain_files(path, text)}
    everything = build_report([*report.findings, *unique], report.allowed)
    output["report.json"] = render_json(everything, len(project.files)).encode("utf-8")
    return Published(output, unique)


def plain_files(path: str, text: PlainText) -> list[tuple[str, bytes]]:
    """Return the plain text files of the text at PATH with their names."""
    name = text_page(path).removeprefix("texts/").removesuffix(".html")
    files = [(f"{name}.txt", text.reading.encode("utf-8"))]
    if text.source:
        files.append((f"{name}.source.txt", text.source.encode("utf-8")))
    return files
