"""James Clark's RELAX NG test suite: 385 schemas, right and wrong, with documents for them."""

from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from lxml import etree

from shared_data import SHARED
from teikit.schema.relaxng import BadGrammar, Grammar, load_grammar

SUITE = SHARED / "relaxng" / "spectest.xml"
BASE = "http://suite.example/"
HOW_MANY = 385


def cases() -> list:
    if not SUITE.is_file():
        return [pytest.param(None, marks=pytest.mark.skip(reason="../shared is not here"))]
    parser = etree.XMLParser(remove_comments=False)
    found = list(etree.parse(SUITE, parser).iter("testCase"))
    return [
        pytest.param(case, id=f"{number}-{case.findtext('section')}")
        for number, case in enumerate(found, 1)
    ]


def content(element: etree._Element) -> bytes:
    """Return the document inside the element."""
    (child,) = element.iterchildren(etree.Element)
    return etree.tostring(child, with_tail=False, encoding="utf-8")


def resources(element: etree._Element, base: str) -> Iterator[tuple[str, bytes]]:
    for child in element.iterchildren("resource", "dir"):
        name = child.get("name")
        if child.tag == "dir":
            yield from resources(child, f"{base}{name}/")
        else:
            yield base + name, content(child)


def load(case: etree._Element, schema: bytes) -> Grammar:
    files = dict(resources(case, BASE))

    def resolve(uri: str) -> bytes:
        if uri not in files:
            raise BadGrammar(None, f"{uri} is not in the suite")
        return files[uri]

    return load_grammar(schema, resolve, urljoin(BASE, "schema.rng"))


@pytest.mark.parametrize("case", cases())
def test_the_suite(case):
    for wrong in case.iterchildren("incorrect"):
        with pytest.raises(BadGrammar):
            load(case, content(wrong))
    for right in case.iterchildren("correct"):
        grammar = load(case, content(right))
        for document in case.iterchildren("valid"):
            assert list(grammar.validate(etree.fromstring(content(document)))) == []
        for document in case.iterchildren("invalid"):
            assert list(grammar.validate(etree.fromstring(content(document))))


def test_the_suite_is_whole():
    found = cases()
    assert not SUITE.is_file() or len(found) == HOW_MANY
