"""Editions made for measuring: many small texts with a register that they mention.

The letters of ../shared, cut short, again and again; the same count gives the same bytes.
"""

from pathlib import Path

import workers
from lxml import etree

from teikit.pointers import POINTER_ATTRIBUTES

PERSONS = 400
A_TEXT = 3  # mentions in each

_SETTINGS = """[edition]
title = "Small letters"
languages = ["en"]
"""
_REGISTER = f"""<TEI xmlns="{workers.TEI[1:-1]}"><teiHeader><fileDesc>
<titleStmt><title>Persons</title></titleStmt><publicationStmt><p>none</p></publicationStmt>
<sourceDesc><p>none</p></sourceDesc></fileDesc></teiHeader><standOff><listPerson>
{{}}
</listPerson></standOff></TEI>
"""
_PERSON = '<person xml:id="p{0}"><persName>Person {0}</persName><note>Number {0}.</note></person>'


def write_small_texts(source: Path, folder: Path, count: int) -> None:
    """Write an edition of COUNT texts of some 5 kB to FOLDER, made of the letters in SOURCE."""
    (folder / "texts").mkdir(parents=True)
    (folder / "registers").mkdir()
    (folder / "edition.toml").write_text(_SETTINGS, encoding="utf-8")
    persons = "\n".join(_PERSON.format(number) for number in range(PERSONS))
    (folder / "registers" / "persons.xml").write_text(_REGISTER.format(persons), encoding="utf-8")
    letters = [workers.cut_short(path.read_bytes()) for path in sorted(source.glob("*.xml"))]
    for number in range(count):
        data = _mention(letters[number % len(letters)], number)
        (folder / "texts" / f"letter-{number:04}.xml").write_bytes(data)


def write_long_text(source: Path, folder: Path, size: int) -> int:
    """Write an edition of one novel of SOURCE to FOLDER, doubled until it has SIZE bytes.

    Return how many bytes the text has.
    """
    (folder / "texts").mkdir(parents=True)
    novel = max(sorted(source.glob("*.xml")), key=lambda one: one.stat().st_size)
    root = etree.fromstring(novel.read_bytes())
    body = next(root.iter(workers.TEI + "body"))
    parts = [etree.tostring(one) for one in body]
    while len(etree.tostring(root)) < size:
        for one in map(etree.fromstring, parts):
            for element in one.iter(etree.Element):
                element.attrib.pop("{http://www.w3.org/XML/1998/namespace}id", None)
            body.append(one)
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    (folder / "texts" / "novel.xml").write_bytes(data)
    return len(data)


def _mention(letter: bytes, number: int) -> bytes:
    """Return the letter with its number in the title; it points to the register alone."""
    root = etree.fromstring(letter)
    title = next(root.iter(workers.TEI + "title"))
    title.text = f"{title.text} ({number})"
    for element in root.iter(etree.Element):
        for attribute in POINTER_ATTRIBUTES:
            element.attrib.pop(attribute, None)
    paragraph = etree.SubElement(next(root.iter(workers.TEI + "body")), workers.TEI + "p")
    paragraph.text = "Greetings to "
    for step in range(A_TEXT):
        person = (number * 7 + step * 31) % PERSONS
        name = etree.SubElement(paragraph, workers.TEI + "persName")
        name.set("ref", f"../registers/persons.xml#p{person}")
        name.text, name.tail = f"Person {person}", " and to "
    paragraph[-1].tail = "."
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
