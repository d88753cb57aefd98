"""Imported texts point to the registers as the other texts of the edition do."""

import pytest
from lxml import etree

from shared_data import PROJECT
from teikit.importing.example import Example
from teikit.importing.jobs import import_job
from teikit.importing.prefixes import render_prefixes
from teikit.importing.settings import ImportSettings

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{}</teiHeader></TEI>'
DEFINED = '<prefixDef ident="{}" matchPattern="([a-z]+)" replacementPattern="{}"/>'


def moved(pattern: str, path: str, target: str) -> str:
    """Return the replacementPattern in a new text at TARGET; "" where it is left out."""
    data = TEI.format(DEFINED.format("p", pattern)).encode()
    made = render_prefixes(Example(data, path, target))
    return etree.fromstring(made)[0].get("replacementPattern") if made else ""


@pytest.mark.parametrize(
    ("pattern", "path", "target", "expected"),
    [
        ("../registers/p.xml#$1", "texts/a.xml", "texts/b.xml", "../registers/p.xml#$1"),
        ("../../registers/p.xml#$1", "texts/old/a.xml", "texts/b.xml", "../registers/p.xml#$1"),
        ("registers/p.xml#$1", "a.xml", "texts/b.xml", "../registers/p.xml#$1"),
        ("https://d-nb.info/gnd/$1", "a.xml", "texts/b.xml", "https://d-nb.info/gnd/$1"),
        ("#$1", "texts/a.xml", "texts/b.xml", ""),
    ],
)
def test_a_prefix_leads_to_the_same_file_from_the_new_text(pattern, path, target, expected):
    assert moved(pattern, path, target) == expected


def test_an_imported_text_declares_the_prefixes_of_the_edition():
    text = (PROJECT / "starter/texts/letter.xml").read_bytes()
    example = Example(text, "texts/letter.xml", "texts/new.xml")
    made = import_job(b"Words.\n", "new.txt", ImportSettings(example=example))
    idents = [one.get("ident") for one in etree.fromstring(made.tei).iter("{*}prefixDef")]
    assert idents == ["person", "place"]


def test_an_example_that_is_no_xml_gives_no_prefixes():
    assert render_prefixes(Example(b"<TEI>", "texts/a.xml", "texts/b.xml")) == ""
