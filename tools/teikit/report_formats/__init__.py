"""How a Report is printed: one module a format, each with one function Report -> text.

What documents say goes through `teikit.visible` or an escape of the format, so that no file can
make a terminal, or whoever reads the findings, do what it wants.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from teikit.report import Finding
from teikit.report_formats.github import render_github
from teikit.report_formats.json import render_json
from teikit.report_formats.readable import render_readable
from teikit.report_formats.sarif import render_sarif

FORMATS = {
    "readable": render_readable,
    "json": render_json,
    "sarif": render_sarif,
    "github": render_github,
}


def with_paths(findings: Iterable[Finding], name: Callable[[str], str]) -> Iterator[Finding]:
    """Yield the findings with what NAME makes of their paths."""
    for finding in findings:
        yield replace(finding, place=replace(finding.place, path=name(finding.place.path)))
