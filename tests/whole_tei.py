"""Fragments held against the whole TEI, and what is said of them."""

from shared_data import TEI_ALL, needs
from teikit.check.completing import complete_findings
from teikit.document import TEI, read_document
from teikit.schema.relaxng.check import check_relaxng

with_tei_all = needs(TEI_ALL)
HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>"
    "<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
)


def whole(body, header=HEADER):
    """Return the one finding of a document against tei_all."""
    xml = f'<TEI xmlns="{TEI}">{header}<text><body><div>\n{body}\n</div></body></text></TEI>'
    document = read_document(xml.encode(), "a.xml")
    (found,) = complete_findings(document, check_relaxng(document, str(TEI_ALL)))
    return found


def said(finding):
    """Return all that is said to the scholar, without the gloss, a line each."""
    groups = [f"{one.label}: {' '.join(one.names)} +{one.more}" for one in finding.groups]
    return [finding.message, finding.hint, *groups]
