"""One document held against its schemas: RELAX NG and Schematron."""

from collections.abc import Iterable, Iterator

from lxml import etree

from teikit.check.choosing import Chosen, broken_schema
from teikit.check.records import CheckSettings
from teikit.document import Document
from teikit.errors import TeikitError
from teikit.report import Finding
from teikit.schema.relaxng.check import check_relaxng
from teikit.xinclude.names import MISSING

_LACKING = ("relaxng:incomplete-content", "relaxng:missing-element")


def check_schemas(document: Document, chosen: Chosen, settings: CheckSettings) -> Iterator[Finding]:
    """Yield what is wrong with the document by its schemas, and which of these were not used.

    Raises TeikitError where a schema that others chose for the document is not sound.
    """
    yield from chosen.findings
    checks = [
        (path, check_relaxng(document, path, settings.folder, settings.cache))
        for path in chosen.relaxng
    ]
    if chosen.schematron:
        from teikit.schema.schematron import check_schematron_file  # takes as long as lxml to load
    checks += [
        (path, check_schematron_file(document, path, settings.folder, phase))
        for path, phase in chosen.schematron
    ]
    broken = set(settings.unusable)
    for path, findings in checks:
        if path in broken:
            continue
        try:
            yield from _beside_gaps(document, findings)
        except TeikitError as error:
            finding = broken_schema(chosen, path, str(error), settings.folder)
            if finding is None:
                raise
            broken.add(path)
            yield finding


def _beside_gaps(document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings, but for what is missing only because an xi:include brought nothing."""
    gaps = {document.ordinal(gap) for gap in document.root.iter(etree.PI) if gap.target == MISSING}
    for finding in findings:
        if gaps and finding.rule in _LACKING and finding.ordinal >= 0:
            around = document.element(finding.ordinal).getparent()
            if finding.ordinal in gaps or (around is not None and document.ordinal(around) in gaps):
                continue
        yield finding
