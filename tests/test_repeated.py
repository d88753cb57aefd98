"""Entries of the same person in many files: what to set is said, once, where it would help."""

from pathlib import Path

import pytest

from teikit.loose import read_folder, with_all_files
from teikit.project import read_project
from teikit.publish.site import publish_site
from teikit.safety.worker import Here

LETTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
<titleStmt><title>Letter {number}</title></titleStmt>
<publicationStmt><p>x</p></publicationStmt><sourceDesc><p>x</p></sourceDesc></fileDesc>
<profileDesc><particDesc><listPerson>{persons}</listPerson></particDesc></profileDesc></teiHeader>
<text><body><p>To <persName ref="#{ref}">her</persName>.</p></body></text></TEI>"""
PERSON = '<person xml:id="{id}"><persName>{name}</persName>{more}</person>'


def write_letters(folder: Path, persons: list[tuple[str, str, str]]) -> Path:
    """Write a letter for each of (id, name, more) into FOLDER/letters."""
    (folder / "letters").mkdir()
    for number, (id_, name, more) in enumerate(persons, 1):
        person = PERSON.format(id=id_, name=name, more=more)
        (folder / "letters" / f"{number}.xml").write_text(
            LETTER.format(number=number, persons=person, ref=id_), encoding="utf-8"
        )
    return folder


def told(project) -> list:
    return [
        one
        for one in publish_site(project, Here()).findings
        if one.rule == "publish:repeated-entries"
    ]


def test_one_id_in_many_files_says_what_to_set(tmp_path):
    folder = write_letters(tmp_path, [("emma", "Emma Fox", "")] * 3)
    (one,) = told(read_folder(folder, Here()))
    assert one.severity == "info"
    assert one.message == (
        "1 person, place or other thing has an entry in several files, and a page for each "
        "entry: “Emma Fox” in 3 files"
    )
    assert '[publish] and, under it, shared-ids = ["letters/*.xml"]' in one.hint


def test_what_is_said_helps(tmp_path):
    folder = write_letters(tmp_path, [("emma", "Emma Fox", "")] * 3)
    settings = '[publish]\nshared-ids = ["letters/*.xml"]\n'
    (folder / "edition.toml").write_text(settings, encoding="utf-8")
    assert told(with_all_files(read_project(folder), Here())) == []


def test_the_same_record_of_an_authority_under_different_ids_asks_for_same_as(tmp_path):
    idno = '<idno type="VIAF">12345</idno>'
    folder = write_letters(tmp_path, [("a", "Emma", idno), ("b", "E. Fox", idno)])
    (one,) = told(read_folder(folder, Here()))
    assert "sameAs=" in one.hint and "shared-ids" not in one.hint


@pytest.mark.parametrize(
    "persons",
    [
        [("p1", "Emma Fox", ""), ("p1", "John Hill", "")],
        [("p1", "Emma Fox", ""), ("p2", "John Hill", "")],
    ],
    ids=["one id for two people", "two ids for two people"],
)
def test_nothing_is_said_where_nothing_is_the_same(tmp_path, persons):
    assert told(read_folder(write_letters(tmp_path, persons), Here())) == []
