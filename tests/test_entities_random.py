"""Marking in random documents: only tags are added, and what was added is found no more."""

import random
import re

import pytest

from teikit.check.records import CheckSettings, KnownName
from teikit.document import read_document, text_of
from teikit.entities.marking import mark_job
from teikit.entities.records import Choice, Known, Search, Tag
from teikit.entities.suggest import find_unmarked_names

HEAD = (
    '<!DOCTYPE TEI [<!ENTITY u "&#252;"><!ENTITY nna "nna"><!ENTITY hi "<hi>Anna</hi>">'
    '<!ENTITY cm "<!-- x -->Anna"><!ENTITY two "a<lb/>Anna">]>\n'
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>'
)
NAMES = ("Anna", "Anna Bell", "München", "北京", "京都", "a>b", "x]]y")
PIECES = (
    *(
        " Anna ",
        " Anna ",
        "Anna",
        "An",
        "na",
        " Bell",
        " ",
        "\n",
        "\r\n",
        "München",
        "M&#252;n",
        "M&u;n",
        "chen",
    ),
    *("北", "京", "都", "&nna;", "A&nna;", "&hi;", "&cm;", "&two;", "&amp;", "&#65;nna", "a&gt;b"),
    *("<!-- Anna -->", "<!---->", "<?x Anna?>", "<?x?>", "<![CDATA[Anna]]>", "<![CDATA[]]>"),
    *("<![CDATA[<p>Anna &]]>", "x<![CDATA[]]]]><![CDATA[y]]>", "<lb/>", '<lb break="no"/>'),
    *("<pb n='\">'/>", "<note>Anna</note>", "<gap />", '<rs ref="#x">Anna</rs>'),
)
ELEMENTS = ("hi", "p", "w", "seg", "choice", "orig", "corr", "title", "q", 'hi rend="a>b"', "u")
ADDED = re.compile(r'<name ref="people\.xml#added">|</name>')


def write(chance: random.Random, depth: int = 0) -> str:
    """Return random content."""
    written = []
    for _ in range(chance.randrange(1, 7)):
        if depth < 4 and chance.random() < 0.3:
            element = chance.choice(ELEMENTS)
            inside = write(chance, depth + 1)
            written.append(f"<{element}\n>{inside}</{element.split()[0]} >")
        else:
            written.append(chance.choice(PIECES))
    return "".join(written)


@pytest.mark.parametrize("seed", range(25))
def test_only_tags_are_added_to_a_random_document(seed):
    chance = random.Random(seed)
    search = Search(
        "",
        tuple(KnownName(name, ("people.xml#added",)) for name in sorted(NAMES)),
        (Known("people.xml#added", "person", "Added", (Tag("name"),)),),
    )
    marked = 0
    for _ in range(40):
        data = f"{HEAD}<p>{write(chance)}</p></body></text></TEI>".encode()
        document = read_document(data, "a.xml")
        found = [one.suggestion for one in find_unmarked_names(document, search)]
        choices = tuple(Choice(one.number, "people.xml#added") for one in found if not one.problem)
        result = mark_job(data, "a.xml", search, choices, CheckSettings())
        assert result.refused == ()
        assert ADDED.sub("", result.data.decode()).encode() == data
        changed = read_document(result.data, "a.xml")
        assert text_of(changed.root) == text_of(document.root)
        again = find_unmarked_names(changed, search)
        assert [one.suggestion.name for one in again] == [one.name for one in found if one.problem]
        assert all(one.suggestion.problem for one in again)
        marked += len(choices)
    assert marked > 10
