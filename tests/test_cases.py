"""One folder, one feature: tests/cases/NAME/input.xml and what must come out of it.

`pytest --update` writes the expected files anew; read the difference like any other change.
"""

from pathlib import Path

import pytest
from lxml import etree

from html_rules import html_problems
from teikit.document import read_document
from teikit.transform.render import render_html, render_text

FORMS = {
    "html": lambda document: render_html(document).content,
    "text": lambda document: render_text(document, "reading").content,
    "source": lambda document: render_text(document, "source").content,
}
CASES = sorted(Path(__file__).with_name("cases").glob("*/input.xml"))
REPORTED = {
    "apparatus",
    "apparatus-located",
    "formulae",
    "unknown-elements",
}  # the cases that are about what is reported


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_case(path, form, request):
    document = read_document(path.read_bytes(), f"{path.parent.name}/input.xml")
    result = FORMS[form](document)
    expected = path.with_name(f"{form}.expected")
    if request.config.getoption("--update"):
        expected.write_text(result, encoding="utf-8", newline="\n")
    assert result == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_case_breaks_no_rule_of_html(path):
    document = read_document(path.read_bytes(), "input.xml")
    rendered = render_html(document)
    page = etree.fromstring(f"<div>{rendered.content}</div>")
    assert sorted(set(html_problems(page))) == []
    assert not rendered.messages or path.parent.name in REPORTED
