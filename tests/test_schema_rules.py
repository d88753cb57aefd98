"""Each rule of edition.sch has a document that keeps it and one that breaks it, and it alone."""

import re

import pytest
from lxml import etree

from schema_tools import relaxng
from shared_data import PROJECT
from teikit.document import TEI, read_document
from teikit.schema.schematron import check_schematron

SCHEMA = PROJECT / "tei" / "schema"
SCH = "{http://purl.oclc.org/dsdl/schematron}"
RULES = (SCHEMA / "edition.sch").read_bytes()

BY = "https://creativecommons.org/licenses/by/4.0/"
CNE = "http://rightsstatements.org/vocab/CNE/1.0/"
PREFIXES = {"org": "organisations", "place": "places", "concept": "concepts", "work": "works",
            "act": "statements", "speaker": "statements"}  # fmt: skip


def file(content: str, *, licences: str = BY, source: str = '<p xml:lang="zh-Hans">本版。</p>'
         '<p xml:lang="en">Ours.</p>', more: str = "") -> str:  # fmt: skip
    """Return a whole file of the edition with this content."""
    rights = "".join(f'<licence target="{target}">x</licence>' for target in licences.split())
    return (
        f'<TEI xmlns="{TEI}" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>甲</title>'
        '<title>A</title><respStmt xml:id="teikit"><orgName>teikit</orgName><resp>all</resp>'
        "</respStmt></titleStmt><publicationStmt><publisher>teikit</publisher><availability>"
        f"{rights}</availability></publicationStmt><sourceDesc>{source}</sourceDesc></fileDesc>"
        f"{more}</teiHeader>{content}</TEI>"
    )


def line(number: str, inside: bool = True) -> str:
    runs_on = ' break="no"' if inside else ""
    return f'<lb\nn="{number}" edRef="#src"{runs_on}/>'


def page(number: int) -> str:
    return f'<pb n="{number}" edRef="#src" cert="high" resp="#teikit"/>'


def statement(text: str, act: str = "states", speaker: str = "member-states") -> str:
    return f'<seg type="statement" ana="act:{act} speaker:{speaker}">{text}</seg>'


DECLARATION = file(
    f'<text xml:lang="zh-Hans"><body>{page(1)}<head xml:id="title">{line("1.1", False)}宣言</head>'
    '<div type="preamble" xml:id="pre"><p xml:id="pre.p1"><s xml:id="pre.p1.1">'
    + statement(
        f'{line("1.2", False)}<orgName xml:id="m-sco" ref="org:sco">上合组织</orgName>（“'
        '<rs type="org" ref="org:sco">本组织</rs>”）于'
        f'<date when="2012-06">2012年6{line("1.3")}月</date>说，'
    )
    + statement('《<title ref="work:charter">宪章</title>》“<soCalled>好</soCalled>”。')
    + '</s><s xml:id="pre.p1.2">'
    + statement('<rs xml:id="m-all" type="group" cert="unknown">各方</rs>同意。', "supports")
    + f'</s></p>{page(2)}<p xml:id="pre.p2"><s xml:id="pre.p2.1">'
    + statement(f'{line("2.1", False)}<country ref="place:iran">伊</country>安。')
    + '</s></p></div><div type="section" n="1" xml:id="s1"><head xml:id="s1.head">'
    + f'{line("2.2", False)}一</head><p xml:id="s1.p1"><s xml:id="s1.p1.1">'
    + statement(f'{line("2.3", False)}<term ref="concept:peace">和平</term>好。')
    + "</s></p></div></body></text><standOff>"
    '<note type="explanation" target="#m-sco" xml:lang="zh-Hans">即本组织。</note>'
    '<note type="explanation" target="#m-sco" xml:lang="en">This one.</note>'
    '<note type="certainty" target="#m-all" xml:lang="en">It is not said who.</note>'
    + "".join(
        f'<note type="summary" target="#{name}" xml:lang="en" resp="#teikit">So.</note>'
        for name in ("pre.p1", "pre.p2", "s1.p1")
    )
    + "</standOff>",
    licences=f"{BY} {CNE}",
    source='<bibl xml:id="src"><idno type="filename">x.txt</idno>'
    f'<idno type="SHA-256">{"0a" * 32}</idno><note xml:lang="en">x</note></bibl>',
    more="<encodingDesc><listPrefixDef>"
    + "".join(
        f'<prefixDef ident="{ident}" matchPattern="([a-z0-9\\-]+)" '
        f'replacementPattern="../registers/{name}.xml#$1"><p xml:lang="zh-Hans">甲</p>'
        '<p xml:lang="en">A</p></prefixDef>'
        for ident, name in PREFIXES.items()
    )
    + "</listPrefixDef></encodingDesc>",
)

INTRODUCTION = file(
    "<text><body>"
    + "".join(
        f'<div type="introduction" xml:id="intro-{short}" xml:lang="{language}"><head>A</head>'
        f'<div type="part" xml:id="{short}.use"><head>B</head>'
        f'<p xml:id="{short}.use.p1">“C”.</p></div></div>'
        for short, language in (("zh", "zh-Hans"), ("en", "en"))
    )
    + "</body></text>"
)


def both(element: str, attributes: str = "") -> str:
    return "".join(
        f'<{element} xml:lang="{language}"{attributes}>{word}</{element}>'
        for language, word in (("zh-Hans", "甲"), ("en", "A"))
    )


def entry(names: str, words: str, attributes: str = "") -> str:
    return both(names, ' type="main"') + both(words, attributes)


IDENTIFIED = ' type="identification"'
ORGANISATIONS = file(
    f'<standOff><listOrg><org xml:id="sco" type="group">{entry("orgName", "desc")}'
    '<idno type="wikidata">Q485207</idno></org></listOrg><listRelation>'
    '<relation name="member" active="places.xml#china" passive="#sco" when="2012-06">'
    f'<desc>{both("gloss")}<ref target="http://example.org/">x</ref></desc></relation>'
    "</listRelation></standOff>"
)
PLACES = file(
    f'<standOff><listPlace><place xml:id="iran" type="country">{entry("placeName", "desc")}'
    '<idno type="geonames">130758</idno></place></listPlace></standOff>'
)
WORKS = file(
    '<standOff><listBibl><bibl xml:id="charter" type="treaty">'
    f"{entry('title', 'note', IDENTIFIED)}</bibl></listBibl></standOff>"
)
EVENTS = file(
    '<standOff><listEvent><event xml:id="meeting" type="meeting" from="2012-06-06" to="2012-06-07">'
    f"{entry('eventName', 'note', IDENTIFIED)}</event></listEvent></standOff>"
)
CONCEPTS = file(
    f'<standOff><list type="concept"><item xml:id="peace">{entry("term", "gloss")}</item></list>'
    "</standOff>"
)
STATEMENTS = file(
    "<standOff>"
    + "".join(
        f'<interpGrp type="{kind}">{both("desc")}<interp xml:id="{kind}-one">'
        '<desc xml:lang="zh-Hans"><term>甲</term></desc><desc xml:lang="en"><term>A</term></desc>'
        "</interp></interpGrp>"
        for kind in ("act", "speaker")
    )
    + "</standOff>"
)
WHOLE = {
    "declaration": DECLARATION, "introduction": INTRODUCTION, "organisations": ORGANISATIONS,
    "places": PLACES, "works": WORKS, "events": EVENTS, "concepts": CONCEPTS,
    "statements": STATEMENTS,
}  # fmt: skip

# rule, file, what is there, what breaks the rule
BROKEN = [
    ("name-pointer", DECLARATION, ' ref="place:iran"', ""),
    ("doubt-note", DECLARATION, 'ref="concept:peace"', 'ref="concept:peace" cert="low"'),
    ("prefix-declared", DECLARATION, 'ident="place"', 'ident="event"'),
    ("statement-prefix", DECLARATION, 'ident="speaker"', 'ident="event"'),
    ("no-quotation-element", DECLARATION, "说，", "<q>说</q>，"),
    ("rights-apart", DECLARATION, f'<licence target="{CNE}">x</licence>', ""),
    ("source-identified", DECLARATION, "0a0a0a", "0a0a0"),
    ("source-identified", DECLARATION, "0a0a0a", "0A0A0A"),
    ("header-languages", DECLARATION, '<p xml:lang="en">A</p></prefixDef>', "</prefixDef>"),
    ("header-languages", PLACES, '<p xml:lang="en">Ours.', "<p>Ours."),
    ("identifier-form", ORGANISATIONS, "Q485207", "https://www.wikidata.org/wiki/Q485207"),
    ("identifier-form", PLACES, "130758", "Q794"),
    ("introduction-languages", INTRODUCTION, ' xml:id="intro-en" xml:lang="en"',
     ' xml:id="intro-en"'),
    ("section-id", DECLARATION, 'n="1" xml:id="s1"', 'n="2" xml:id="s1"'),
    ("preamble-id", DECLARATION, 'type="preamble"', 'type="preamble" n="1"'),
    ("part-id", INTRODUCTION, 'xml:id="en.use"><head>B</head><p xml:id="en.use.p1">',
     'xml:id="zh.end"><head>B</head><p xml:id="zh.end.p1">'),
    ("heading-id", DECLARATION, "s1.head", "s2.head"),
    ("title-id", DECLARATION, ' xml:id="title"', ""),
    ("sentences", DECLARATION, f'<s xml:id="pre.p2.1">{statement("")[:-6]}{line("2.1", False)}'
     '<country ref="place:iran">伊</country>安。</seg></s>', f"{line('2.1', False)}安。"),
    ("paragraph-id", INTRODUCTION, "zh.use.p1", "zh.use.p2"),
    ("summary", DECLARATION, '<note type="summary" target="#s1.p1"',
     '<note type="explanation" target="#m-sco"'),
    ("marks-in-pairs", DECLARATION, "</rs>”）", "</rs>）"),
    ("marks-in-pairs", DECLARATION, "（“<rs", "“<rs"),
    ("marks-in-pairs", INTRODUCTION, "“C”", "“C"),
    ("line-opens", DECLARATION, f'{line("2.1", False)}<country ref="place:iran">伊</country>',
     f'<country ref="place:iran">伊</country>{line("2.1", False)}'),
    ("white-space", DECLARATION, "</seg></s></p></div>", "</seg></s>\n</p></div>"),
    ("white-space", DECLARATION, "月</date>说", "月</date> 说"),
    ("sentence-id", DECLARATION, 'xml:id="pre.p1.2"', 'xml:id="pre.p1.3"'),
    ("sentence-end", DECLARATION, "同意。", "同意，"),
    ("statement-analysis", DECLARATION, "act:supports speaker:member-states",
     "speaker:member-states act:supports"),
    ("statement-analysis", DECLARATION, "act:supports speaker:member-states",
     "act:supports act:states"),
    ("statement-end", DECLARATION, "月</date>说，", "月</date>说"),
    ("quoted-words", DECLARATION, "“<soCalled>好</soCalled>”", "“好”"),
    ("quoted-words", DECLARATION, '《<title ref="work:charter">宪章</title>》',
     '《<rs type="work" ref="work:charter">宪章</rs>》'),
    ("line-first", DECLARATION, line("2.2", False), line("2.2")),
    ("line-inside", DECLARATION, line("1.3"), line("1.3", False)),
    ("line-page", DECLARATION, line("2.3", False), line("3.1", False)),
    ("line-order", DECLARATION, line("2.3", False), line("2.4", False)),
    ("page-order", DECLARATION, f"{page(2)}<p", f"{page(2)}{page(2)}<p"),
    ("expression-type", DECLARATION, 'type="org" ref="org:sco"', 'type="place" ref="org:sco"'),
    ("dated", DECLARATION, 'when="2012-06"', 'from="2012-06"'),
    ("dated", EVENTS, 'from="2012-06-06"', 'when="2012" from="2012-06-06"'),
    ("note-target", DECLARATION, "</standOff>", '<note xml:lang="en">x</note></standOff>'),
    ("explanation-languages", DECLARATION,
     '<note type="explanation" target="#m-sco" xml:lang="en">This one.</note>', ""),
    ("summary-ours", DECLARATION, ' resp="#teikit">So', ">So"),
    ("doubt-exists", DECLARATION, ' cert="unknown"', ' ref="org:all"'),
    ("concept-id", CONCEPTS, ' xml:id="peace"', ""),
    ("entity-names", ORGANISATIONS, '<orgName xml:lang="en" type="main">',
     '<orgName xml:lang="en" type="short">'),
    ("entity-names", PLACES, '<placeName xml:lang="en"', '<placeName xml:lang="zh-Hans"'),
    ("entity-names", WORKS, '<title xml:lang="zh-Hans"', "<title"),
    ("entity-names", EVENTS, '<eventName xml:lang="en" type="main">A</eventName>', ""),
    ("entity-names", CONCEPTS, '<term xml:lang="en" type="main">', '<term xml:lang="en">'),
    ("entity-description", ORGANISATIONS, '<desc xml:lang="en">', "<desc>"),
    ("entity-description", PLACES, '<desc xml:lang="en">', '<desc xml:lang="zh-Hans">'),
    ("entity-description", WORKS, 'xml:lang="en" type="identification"',
     'xml:lang="en" type="evidence"'),
    ("entity-description", EVENTS, 'xml:lang="en" type="identification"', 'xml:lang="en"'),
    ("entity-description", CONCEPTS, '<gloss xml:lang="en">A</gloss>', ""),
    ("entity-description", STATEMENTS, '<desc xml:lang="en"><term>', "<desc><term>"),
    ("relation-evidence", ORGANISATIONS, '<ref target="http://example.org/">x</ref>', ""),
    ("relation-dated", ORGANISATIONS, ' when="2012-06"', ""),
    ("relation-languages", ORGANISATIONS, '<gloss xml:lang="en">A</gloss>', ""),
    ("kind-named", STATEMENTS, "<term>A</term>", "A"),
]  # fmt: skip


def broken_rules(text: str) -> set[str]:
    findings = check_schematron(read_document(text.encode(), "texts/x.xml"), RULES)
    return {finding.rule.removeprefix("schematron:") for finding in findings}


@pytest.mark.parametrize("name", WHOLE)
def test_documents_that_keep_everything_are_found_right(name):
    schema = relaxng(SCHEMA / "edition.rng")
    assert schema.validate(etree.fromstring(WHOLE[name])), schema.error_log
    assert broken_rules(WHOLE[name]) == set()


@pytest.mark.parametrize(
    ("rule", "text", "old", "new"), BROKEN, ids=[f"{n}-{row[0]}" for n, row in enumerate(BROKEN)]
)
def test_a_broken_rule_is_found_and_no_other(rule, text, old, new):
    assert old in text
    assert broken_rules(text.replace(old, new, 1)) == {rule}


def test_every_rule_is_broken_by_some_document():
    patterns = etree.fromstring(RULES).findall(f"{SCH}pattern")
    assert [pattern.get("id") for pattern in patterns] == sorted(
        {row[0] for row in BROKEN}, key=[pattern.get("id") for pattern in patterns].index
    )


def test_every_rule_looks_at_something_that_keeps_it():
    trees = [etree.fromstring(text) for text in WHOLE.values()]
    for rule in etree.fromstring(RULES).iter(f"{SCH}rule"):
        paths = re.split(r" \| ", rule.get("context"))
        if "tei:q" in paths:
            continue  # forbids what it looks at
        contexts = " | ".join(f"//{path}" for path in paths)
        found = [tree.xpath(contexts, namespaces={"tei": TEI}) for tree in trees]
        assert any(found), rule.get("context")


def test_messages_say_what_to_do():
    for assertion in etree.fromstring(RULES).iter(f"{SCH}assert"):
        text = "".join(assertion.itertext()).strip()
        assert len(text) > 40 and re.search(r"[.)]$", text), text
        assert "tei:" not in text and "xpath" not in text.lower(), text


def test_the_findings_of_a_rule_stand_where_the_error_is():
    text = DECLARATION.replace(line("1.3"), line("1.3", False))
    (finding,) = check_schematron(read_document(text.encode(), "texts/x.xml"), RULES)
    assert text.splitlines()[finding.place.line - 1][finding.place.column - 1 :].startswith("<lb")
    assert 'add break="no"' in finding.message
    assert finding.hint.endswith("edition.odd#lines")


def test_ids_numbers_types_and_pointers_are_closed():
    schema = relaxng(SCHEMA / "edition.rng")
    wrong = {
        "s1.p1.1": "s1-p1-1", 'xml:id="m-all"': 'xml:id="all"', 'xml:id="src"': 'xml:id="Source"',
        'n="1.3"': 'n="3"', ' edRef="#src" break': " break", 'type="section"': 'type="chapter"',
        'ref="place:iran"': 'ref="org:iran"', "act:supports": "act:likes",
    }  # fmt: skip
    for old, new in wrong.items():
        assert old in DECLARATION
        assert not schema.validate(etree.fromstring(DECLARATION.replace(old, new, 1))), new
