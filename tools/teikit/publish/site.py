"""A project -> all files of its site and of its plain texts. Nothing is written here."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType

from teikit.edition.records import HeaderRecord
from teikit.project import Project
from teikit.publish.account_words import account_fields
from teikit.publish.accounting import Account, build_account
from teikit.publish.addresses import Addresses, check_addresses, check_redirects
from teikit.publish.build import add_pages
from teikit.publish.files import SiteFiles
from teikit.publish.gathering import gather, own_templates
from teikit.publish.kept_pages import find_keeper
from teikit.publish.kinds.discovery import add_discovery
from teikit.publish.kinds.search import add_search, add_search_index
from teikit.publish.links import SiteMap, text_page
from teikit.publish.offers import add_downloads
from teikit.publish.pages import Site
from teikit.publish.pictures import add_pictures
from teikit.publish.pieces import PlainText
from teikit.publish.redirecting import add_redirects
from teikit.publish.releases import Releases, read_releases
from teikit.publish.static import add_static
from teikit.publish.templates import compile_templates, site_environment
from teikit.report import Finding, Report, build_report
from teikit.report_formats.json import render_json
from teikit.rules import apply_levels
from teikit.safety.worker import Runner
from teikit.shipped import shipped

NO_FINDINGS = Report()
NO_ACCOUNT = Account(())
NO_MAP = SiteMap({}, {})
NO_HEADER = HeaderRecord()
NOTHING_READ: Mapping[str, bytes] = MappingProxyType({})
_UNREAD = ("xml:", "file:unreadable", "safety:")  # rules on files that could not be read


@dataclass(frozen=True)
class Published:
    """The files of the output (relative path -> bytes) and what there is to say about them."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...] = ()
    account: Account = NO_ACCOUNT  # what is carried of the texts
    site_map: SiteMap = NO_MAP
    header: HeaderRecord = NO_HEADER  # that speaks for the edition


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
    account = build_account(project, parts.pieces, parts.plain)
    findings += account.findings
    edition, sources = parts.edition, parts.sources
    files = SiteFiles()
    add_static(files, shipped("templates"), own_templates(project))
    add_pictures(files, parts.pictures)
    add_downloads(files, edition, project, sources, parts.plain, parts.merged, parts.site_map)
    keeper = find_keeper(jobs, own_templates(project))
    sites: list[Site] = []
    for strings in parts.languages:
        others = tuple(one for one in parts.languages if one is not strings)
        site = Site(
            project, edition, parts.site_map, strings, others, environment, report, draft, account
        )
        mine = {
            path: piece
            for (path, language), piece in parts.pieces.items()
            if language == strings.language and piece is not None
        }
        add_pages(files, site, mine, keeper)
        add_search(files, site, parts.indexed, mine)
        sites.append(site)
    add_search_index(files, parts)
    add_discovery(files, sites)
    addresses = list(_lead_on(files, sites, read_releases(project.folder)))
    if not any(one.severity == "error" and one.rule.startswith(_UNREAD) for one in findings):
        findings += addresses  # else those of a file that cannot be read are only away for now
    findings += files.findings
    unique = tuple(apply_levels(sorted(set(findings)), project.levels))
    output = {f"site/{path}": data for path, data in files.files.items()}
    for path, text in parts.plain.items():
        if text is not None:
            output |= {f"text/{name}": data for name, data in plain_files(path, text)}
    everything = build_report([*report.findings, *unique], report.allowed + account.allowed)
    output["report.json"] = _report(everything, account, len(project.files))
    return Published(output, unique, account, parts.site_map, sites[0].header)


def _lead_on(files: SiteFiles, sites: list[Site], releases: Releases) -> Iterator[Finding]:
    """Yield what is wrong with addresses that were released; take in what leads from old ones."""
    yield from check_redirects(releases, Addresses(files.files))
    for site in sites if releases.redirects else ():
        add_redirects(files, site, releases)
    shared = bool(sites[0].project.publishing.shared_ids)
    yield from check_addresses(releases, Addresses(files.files), shared=shared)


def _report(report: Report, account: Account, files: int) -> bytes:
    sums, texts = account_fields(account)
    return render_json(report, files, {"carried": sums}, {"texts": texts}).encode("utf-8")


def plain_files(path: str, text: PlainText) -> list[tuple[str, bytes]]:
    """Return the plain text files of the text at PATH with their names."""
    name = text_page(path).removeprefix("texts/").removesuffix(".html")
    files = [(f"{name}.txt", text.reading.encode("utf-8"))]
    if text.source:
        files.append((f"{name}.source.txt", text.source.encode("utf-8")))
    if text.notes:
        files.append((f"{name}.notes.txt", text.notes.encode("utf-8")))
    return files
