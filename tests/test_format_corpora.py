"""Real texts in the agreed layout: the same document, the same text, by judges of their own."""

import random
import re
import shutil

import pytest
from lxml import etree

from formatting_tools import by_xmllint, canonical, is_idle, lay_out
from shared_data import PROJECT, SHARED, TEI_ALL, TEI_P5, needs, real_files
from teikit.document import read_document
from teikit.formatting.spaces import element_only_names
from teikit.schema.relaxng.check import check_relaxng
from teikit.transform.jobs import text_job

SOME = [
    pytest.param(path, id=path.stem, marks=needs(path))
    for path in (
        SHARED / "corpora" / name
        for name in (
            "apparatus/BAlam52.tei.xml", "apparatus/ubs_ephesians.xml", "apparatus/lam42.tei.xml",
            "drama/alpha-et-omega-ipre.xml", "inscriptions/ISic000636.xml", "letters/L00001.xml",
            "letters/L00445.xml",
        )
    )
]  # fmt: skip
SCHEMAS = {"none": (), "tei_all": (TEI_ALL,), "tei_lite": (TEI_P5 / "tei_lite.rng",)}


@pytest.fixture(params=SCHEMAS)
def schemas(request):
    if not TEI_ALL.exists():
        pytest.skip("the schemas of ../shared are not here")
    return SCHEMAS[request.param]


def check(before: bytes, after: bytes) -> None:
    """Assert that both are the same document with the same text."""
    assert canonical(before, is_idle) == canonical(after, is_idle)
    for form in ("reading", "source"):
        rendered = [text_job(data, "a.xml", form) for data in (before, after)]
        assert rendered[0].content == rendered[1].content
        assert [one.rule for one in rendered[0].messages] == [
            one.rule for one in rendered[1].messages
        ]
    assert _doctype(before) == _doctype(after)
    assert re.findall(rb"&#?\w+;|<!\[CDATA\[", before) == re.findall(rb"&#?\w+;|<!\[CDATA\[", after)


def _doctype(data: bytes) -> str:
    return etree.fromstring(data).getroottree().docinfo.doctype


@pytest.mark.parametrize("path", SOME)
def test_a_real_text_stays_the_same_document(path, schemas, cache):
    before = path.read_bytes()
    after = lay_out(before, *schemas, cache=str(cache))
    assert after != before and lay_out(after, *schemas, cache=str(cache)) == after
    check(before, after)


@pytest.mark.slow
@pytest.mark.parametrize("path", real_files())
def test_every_real_text_stays_the_same_document(path, schemas, cache):
    test_a_real_text_stays_the_same_document(path, schemas, cache)


@pytest.mark.parametrize("path", SOME)
def test_xmllint_too_finds_the_same_document(path):
    if shutil.which("xmllint") is None:
        pytest.skip("xmllint (libxml2-utils) is not installed")
    before = path.read_bytes()
    both = [re.sub(rb">\s+<", b"><", by_xmllint(data)) for data in (before, lay_out(before))]
    assert both[0] == both[1]


@pytest.mark.parametrize("path", SOME)
def test_white_space_that_is_no_text_may_be_any_before(path):
    chance = random.Random(path.name)
    root = etree.fromstring(path.read_bytes())
    for element in filter(is_idle, root.iter(etree.Element)):
        for child in element:
            if not (child.tail or "").strip():
                child.tail = chance.choice(["", "", " ", "\n", "\n\n\n\n    ", "\t"])
    before = etree.tostring(root.getroottree(), encoding="utf-8")
    after = lay_out(before)
    check(before, after)
    assert lay_out(after) == after


@needs(TEI_ALL)
@pytest.mark.parametrize("path", SOME)
def test_the_findings_are_the_same_but_for_their_place(path, cache):
    def found(data: bytes) -> list[tuple[str, str]]:
        document = read_document(data, "a.xml")
        return [
            (finding.rule, re.sub(r"lines? \d+", "line", finding.message), finding.ordinal)
            for finding in check_relaxng(document, str(TEI_ALL), cache=str(cache))
        ]

    before = path.read_bytes()
    assert found(before) == found(lay_out(before, TEI_ALL, cache=str(cache)))


def test_the_cases_stay_the_same_document():
    paths = sorted((PROJECT / "tests/cases").glob("*/input.xml"))
    assert len(paths) > 10
    for path in paths:
        before = path.read_bytes()
        after = lay_out(before)
        assert lay_out(after) == after, path
        idle = [canonical(data, lambda one: _name(one) in element_only_names())
                for data in (before, after)]  # fmt: skip
        assert idle[0] == idle[1], path
        for form in ("reading", "source"):
            assert text_job(before, "a", form) == text_job(after, "a", form), path


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2]
