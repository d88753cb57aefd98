"""All records together."""

from sites import SMALL
from teikit.edition.extract import extract_job
from teikit.edition.model import Edition, build_edition
from teikit.project import read_project


def small() -> Edition:
    project = read_project(SMALL)
    return build_edition(extract_job((SMALL / path).read_bytes(), path) for path in project.files)


def test_entities_are_keyed_by_uri_and_keep_the_order_of_the_files():
    assert [uri.partition("/")[2] for uri in small().entities] == [
        "first.xml#clara",
        "acts.xml#tells",
        "acts.xml#asks",
        "acts.xml#claraspeaks",
        "people.xml#anna",
        "people.xml#league",
        "places.xml#county",
        "places.xml#neudorf",
        "places.xml#wells",
    ]


def test_mentions_are_found_by_what_they_point_to():
    edition = small()
    assert [one.surface for one in edition.mentions["registers/people.xml#league"]] == [
        "League of Wells",
        "It",
    ]
    assert "registers/places.xml#county" not in edition.mentions


def test_relations_are_found_from_every_side():
    edition = small()
    for uri in ("registers/people.xml#anna", "texts/first.xml#clara"):
        assert [one.name for one in edition.relations[uri]] == ["member", "correspondent"]
    assert [one.name for one in edition.relations["registers/people.xml#league"]] == ["member"]
    assert edition.relations["registers/places.xml#neudorf"][0].name == "part-of"


def test_statements_are_found_by_act_and_by_speaker():
    edition = small()
    assert edition.interp_groups == ("act", "speaker")
    assert [one.number for one in edition.said("registers/acts.xml#tells")] == [1, 2]
    assert len(edition.said("registers/acts.xml#claraspeaks")) == 2
    assert [one.id for one in edition.interps("act")] == ["tells", "asks"]


def test_words_of_a_passage_are_found_by_uri():
    assert small().passages["texts/first.xml#d1.p2.1"] == "It meets in May."


def test_same_files_make_the_same_edition():
    assert small() == small()
