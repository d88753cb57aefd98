"""BibTeX, RIS and CSL-JSON of what a header says, read back by other programs."""

import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared_data import real_files
from teikit.edition.extract import extract_job
from teikit.edition.records import Name, Words
from teikit.publish.citation import Rights
from teikit.publish.citation_formats import (
    csl_item,
    one_line,
    render_bibtex,
    render_csl,
    render_ris,
)
from teikit.publish.citation_work import Person, Work

HEADER = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>{}</titleStmt>'
    "{}</fileDesc></teiHeader><text><body><p>a</p></body></text></TEI>"
)


def agents(title: str, rest: str = "") -> list[tuple]:
    header = extract_job(HEADER.format(title, rest).encode("utf-8"), "a.xml").header
    return [
        (one.role, one.names[0].text, one.names[0].family, one.names[0].given, one.is_group)
        for one in header.agents
    ]


@pytest.mark.parametrize(
    "author, expected",
    [
        (
            "<persName><forename>Joost</forename> <nameLink>van den</nameLink> "
            "<surname>Vondel</surname></persName><idno type='wikidata'>Q312673</idno>",
            ("author", "Joost van den Vondel", "Vondel", "Joost", False),
        ),
        ("Kraus, Karl", ("author", "Kraus, Karl", "Kraus", "Karl", False)),
        ("Jane Austen", ("author", "Jane Austen", "", "", False)),
        ("鲁迅", ("author", "鲁迅", "", "", False)),
        (
            "<persName><surname>鲁</surname><forename>迅</forename></persName>",
            ("author", "鲁迅", "鲁", "迅", False),
        ),
        ("<orgName>Dupont, Durand</orgName>", ("author", "Dupont, Durand", "", "", True)),
        ("Barry, William (1849-1930)", ("author", "Barry, William", "Barry", "William", False)),
        ("Reade, Charles (1814-1884).", ("author", "Reade, Charles", "Reade", "Charles", False)),
        ("Reade, Charles, 1814-1884", ("author", "Reade, Charles", "Reade", "Charles", False)),
        ("司马迁（前145-前86）", ("author", "司马迁", "", "", False)),
        ("Room 101 (1984)", ("author", "Room 101 (1984)", "", "", False)),
        ("Group 47, 1947-1967", ("author", "Group 47, 1947-1967", "", "", False)),
    ],
)
def test_names_have_the_parts_that_the_encoding_tells_apart(author, expected):
    assert agents(f"<author>{author}</author>") == [expected]


def test_without_an_editor_those_of_resp_stmt_are_the_editors():
    person = "<respStmt><resp>encoding</resp><name>Ada Byron</name></respStmt>"
    assert agents(person) == [("editor", "Ada Byron", "", "", False)]
    found = agents(f"<editor>Bo Li</editor><editor role='translator'>C. D</editor>{person}")
    assert [one[:2] for one in found] == [
        ("editor", "Bo Li"),
        ("translator", "C. D"),
        ("contributor", "Ada Byron"),
    ]


def test_an_orcid_is_found_where_a_pointer_leads():
    title = (
        '<editor ref="#jp">J. Prag</editor><respStmt><name xml:id="jp" '
        'ref="http://orcid.org/0000-0003-3819-8537">J. Prag</name><resp>all</resp></respStmt>'
    )
    header = extract_job(HEADER.format(title, "").encode(), "a.xml").header
    assert [(one.type, one.value) for one in header.agents[0].identifiers] == [
        ("orcid", "0000-0003-3819-8537")
    ]


WORK = Work(
    key="letters:a1",
    title="100 % {of} A_B & C~ \\d^ #1 $",
    language="de",
    page="texts/a1.html",
    url="https://a.example/texts/a1.html",
    container="The «letters», “all”",
    authors=(
        Person(Name("Ludwig van Beethoven", "", "Beethoven", "Ludwig", "van")),
        Person(Name("King and Sons, Ltd"), is_group=True),
        Person(Name("张三", "zh", "张", "三")),
    ),
    editors=(Person(Name("Martin Luther King Jr.", "", "King", "Martin Luther", "", "Jr.")),),
    publishers=("Barnes & Noble",),
    date="2026-11-02",
    original_date="1801",
    version="1.2",
    doi="10.1234/a_b",
    place="Bonn",
    known_as=("urn:nbn:de:1-2", "https://hdl.handle.net/1/2"),
    other_titles=(Words("Everything", "en"),),
    rights=(Rights("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),),
)


def test_bibtex_is_read_as_it_was_meant():
    bibtexparser = pytest.importorskip("bibtexparser", minversion="2")
    library = bibtexparser.parse_string(render_bibtex(WORK))
    assert not library.failed_blocks
    (entry,) = library.entries
    fields = {field.key: field.value for field in entry.fields}
    assert (entry.key, entry.entry_type) == ("letters:a1", "incollection")
    assert fields["author"] == "van Beethoven, Ludwig and {King and Sons, Ltd} and 张, 三"
    assert fields["editor"] == "King, Jr., Martin Luther"
    assert fields["publisher"] == r"{Barnes \& Noble}"
    assert fields["doi"] == "10.1234/a_b"
    assert fields["address"] == "Bonn"
    assert fields["note"] == "urn:nbn:de:1-2; https://hdl.handle.net/1/2"
    assert (fields["year"], fields["date"], fields["origdate"]) == ("2026", "2026-11-02", "1801")
    names = bibtexparser.middlewares.names
    people = [
        names.parse_single_name_into_parts(one)
        for one in names.split_multiple_persons_names(fields["author"])
    ]
    assert [(one.von, one.last, one.first) for one in people] == [
        (["van"], ["Beethoven"], ["Ludwig"]),
        ([], ["{King and Sons, Ltd}"], []),
        ([], ["张"], ["三"]),
    ]


def test_ris_is_read_as_it_was_meant():
    rispy = pytest.importorskip("rispy")
    (entry,) = rispy.loads(render_ris(WORK).replace("\r\n", "\n"))
    assert entry["title"] == WORK.title
    assert entry["authors"] == ["van Beethoven, Ludwig", "King and Sons, Ltd", "张, 三"]
    assert entry["secondary_title"] == WORK.container
    assert (entry["year"], entry["date"], entry["doi"]) == ("2026", "2026/11/02", "10.1234/a_b")
    assert entry["type_of_reference"] == "CHAP"
    assert (entry["place_published"], entry["accession_number"]) == ("Bonn", "urn:nbn:de:1-2")
    assert render_ris(WORK).endswith("ER  - \r\n")


def test_csl_json_is_set_by_a_citation_processor():
    citeproc = pytest.importorskip("citeproc")
    source = pytest.importorskip("citeproc.source.json").CiteProcJSON(json.loads(render_csl(WORK)))
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    made = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
    made.register(citeproc.Citation([citeproc.CitationItem("letters:a1")]))
    words = str(made.bibliography()[0])
    assert "Beethoven" in words and "King and Sons, Ltd" in words and "2026" in words


# Facts of the CSL-JSON schema 1.0: what a name, a date and an item may have
_WORDS = {"type": "string", "minLength": 1}
_CSL_NAME = {
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "properties": dict.fromkeys(
        "family given literal non-dropping-particle suffix".split(), _WORDS
    ),
}
_CSL_PARTS = {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}}
_CSL_DATE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "date-parts": {"type": "array", "minItems": 1, "maxItems": 2, "items": _CSL_PARTS}
    },
}
_TEXTS = (
    "id title container-title collection-title publisher publisher-place version language DOI URL "
    "note"
).split()
_PEOPLE = "author editor translator contributor".split()
_CSL_ITEM = {
    "type": "object",
    "additionalProperties": False,
    "required": ["type", "id"],
    "properties": {
        **dict.fromkeys(_TEXTS, _WORDS),
        "type": {"enum": ["book", "chapter"]},
        **{key: {"type": "array", "items": _CSL_NAME} for key in _PEOPLE},
        **dict.fromkeys(("issued", "original-date"), _CSL_DATE),
    },
}
_CSL = {"type": "array", "items": _CSL_ITEM}

_SPECIAL = "{}\\\"%$#&_~^@,;<>'=/|-《》“” \n\t\r\u2028\u202e\u05d0张三é́and"
TEXTS = st.text(
    st.one_of(
        st.sampled_from(_SPECIAL),
        st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"),
    ),
    max_size=30,
).filter(lambda one: bool(one_line(one)))
NAMES = st.builds(
    lambda text, family, given_, is_group: Person(
        Name(text, "", "" if is_group else family, "" if is_group else given_), is_group
    ),
    TEXTS,
    st.one_of(st.just(""), TEXTS),
    TEXTS,
    st.booleans(),
)
WORKS = st.builds(
    lambda title, container, authors, publisher: Work(
        key="k",
        title=title,
        language="zh-Hans",
        page="p.html",
        container=container,
        authors=tuple(authors),
        editors=tuple(authors[:1]),
        publishers=(publisher,),
        date="2026",
    ),
    TEXTS,
    st.one_of(st.just(""), TEXTS),
    st.lists(NAMES, max_size=3),
    TEXTS,
)


def plain(tex: str) -> str:
    """Return what TeX would set: the judge of our escaping."""
    for macro, char in (("backslash", "\x01"), ("braceleft", "\x02"), ("braceright", "\x03"),
                        ("asciitilde", "~"), ("asciicircum", "^")):  # fmt: skip
        tex = tex.replace(f"\\text{macro}{{}}", char)
    assert not re.search(r"(?<!\\)[#$%&_]", tex), "a character that TeX takes for a command"
    tex = re.sub(r"\\([#$%&_])", r"\1", tex).replace("{", "").replace("}", "")
    return tex.replace("\x01", "\\").replace("\x02", "{").replace("\x03", "}")


@given(WORKS)
@example(Work("k", "}", "", "p.html", container="{"))
@example(Work("k", "\\", "", "p.html", authors=(Person(Name("a", "", "x and y", "z")),)))
@settings(max_examples=150, deadline=None)
def test_whatever_a_header_says_comes_back_from_bibtex(work):
    bibtexparser = pytest.importorskip("bibtexparser", minversion="2")
    library = bibtexparser.parse_string(render_bibtex(work))
    assert not library.failed_blocks
    (entry,) = library.entries
    fields = {field.key: field.value for field in entry.fields}
    assert plain(fields["title"]) == one_line(work.title)
    if work.container:
        assert plain(fields["booktitle"]) == one_line(work.container)
    people = fields.get("author", "")
    names = bibtexparser.middlewares.names.split_multiple_persons_names(people) if people else []
    assert len(names) == len(work.authors)


@given(WORKS)
@settings(max_examples=100, deadline=None)
def test_whatever_a_header_says_comes_back_from_ris(work):
    rispy = pytest.importorskip("rispy")
    text = render_ris(work)
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.split("\r\n") if line)
    (entry,) = rispy.loads(text.replace("\r\n", "\n"))
    assert entry["title"] == one_line(work.title)
    assert len(entry.get("authors", [])) == len(work.authors)


@given(WORKS)
@settings(max_examples=100, deadline=None)
def test_csl_json_keeps_to_its_schema(work):
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(json.loads(render_csl(work)), _CSL)
    jsonschema.validate([csl_item(WORK)], _CSL)


@pytest.mark.parametrize("path", real_files()[::9])
def test_the_people_of_real_headers_have_names(path):
    header = extract_job(path.read_bytes(), path.name).header
    for one in header.agents:
        assert one.names[0].text and "\n" not in one.names[0].text
        assert not re.search(r"\bQ\d{4,}", one.names[0].text)
