"""How a Report is printed: one module a format, each with one function Report -> text."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from teikit.report import Finding
from teikit.report_formats.json import render_json
from teikit.report_formats.readable import render_readable

FORMATS = {"readable": render_readable, "json": render_json}


def with_prefix(findings: Iterable[Finding], prefix: str) -> Iterator[Finding]:
    """Yield the findings with PREFIX before their paths."""
    for finding in findings:
        yield replace(finding, place=replace(finding.place, path=prefix + finding.place.path))
