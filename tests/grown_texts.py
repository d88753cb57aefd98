"""Texts that grow from the schemas of the TEI: any element where it may stand, with words in it."""

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lxml import etree

from generate import Generator
from teikit.document import TEI, XML_ID
from teikit.schema.relaxng.nameclasses import listed
from test_relaxng_jing import load_grammar

_T = f"{{{TEI}}}"
_HEADER = (
    f'<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>Grown</title></titleStmt>'
    "<publicationStmt><p>none</p></publicationStmt><sourceDesc><p>none</p></sourceDesc>"
    "</fileDesc></teiHeader></TEI>"
)
# elements that have words of their own; a text in which most have none is no text
_WORDED = frozenset(
    f"{_T}{name}" for name in (
        "p ab hi seg note l head item name supplied unclear del add corr sic orig reg abbr expan "
        "ref cell desc stage quote q foreign emph term rdg lem rs title bibl label persName "
        "placeName orgName date time num speaker"
    ).split()
)  # fmt: skip
_DOUBTS = tuple(f"{_T}{name}" for name in ("certainty", "precision", "respons"))
_BLOCKS = frozenset(f"{_T}{name}" for name in ("p", "ab", "div"))
_POINTERS = ("target", "ref", "corresp", "resp", "wit", "hand")


@cache
def _grammar(schema: Path):
    return load_grammar(schema)


def grown_texts(schema: Path, count: int, size: int, seed: int) -> Iterator[bytes]:
    """Yield TEI files with a text of about SIZE elements, the same for the same seed."""
    generator = Generator(_grammar(schema), seed=seed)
    (text,) = (one for one in generator.elements if f"{_T}text" in listed(one.names))
    for number in range(count):
        root = etree.fromstring(_HEADER)
        generator.budget = size
        generator.grow(text.content, etree.SubElement(root, text_tag := f"{_T}text"))
        _finish(root.find(text_tag), random.Random(seed * 1000 + number))
        yield etree.tostring(root, encoding="utf-8")


def _finish(text: etree._Element, chance: random.Random) -> None:
    """Give the elements ids of their own, pointers that lead somewhere, and words."""
    for doubt in list(text.iter(*_DOUBTS)):  # nobody doubts a doubt, or says more of one than words
        for inner in list(doubt.iterdescendants(*_DOUBTS)):
            inner.getparent().remove(inner)
    for ruby in list(text.iter(f"{_T}rb", f"{_T}rt")):  # that of HTML holds running text only
        for inner in list(ruby):
            ruby.remove(inner)
    elements = list(text.iter(etree.Element))
    ids = []
    for element in elements:
        if element.get(XML_ID) is not None:
            ids.append(f"i{len(ids)}")
            element.set(XML_ID, ids[-1])
    words = 0
    for element in elements:
        for attribute in _POINTERS:
            if element.get(attribute) and ids and chance.random() < 0.7:
                element.set(attribute, f"#{chance.choice(ids)}")
        if element.tag in _WORDED and (not len(element) or element[0].tag not in _BLOCKS):
            words += 1
            element.text = f"{element.text or ''}w{words} "
        parent = element.getparent()
        if parent.tag in _WORDED and element.tag not in _BLOCKS:
            words += 1
            element.tail = f"{element.tail or ''}t{words} "
