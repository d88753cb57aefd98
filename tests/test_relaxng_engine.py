"""The engine: one mistake, one problem; both syntaxes; the cache; schemas made to do harm."""

import contextlib
import time
from pathlib import Path

import pytest
from lxml import etree

from teikit.schema.relaxng import BadGrammar, TooComplex, join_moved, load_grammar
from teikit.schema.relaxng import problems as kinds
from teikit.schema.relaxng.cache import cached_grammar, dump, load
from teikit.schema.relaxng.resolving import refuse
from teikit.schema.relaxng.validator import Validation

LETTER = """
start = element letter { attribute n { xsd:integer }, head, p+, closer? }
head = element head { text }
p = element p { attribute rend { "left" | "right" }?, (text | name | element list { item+ })* }
name = element name { attribute ref { xsd:anyURI }?, text }
item = element item { text }
closer = element closer { xsd:date }
"""
SOUND = '<letter n="1"><head>h</head><p>a <name>b</name></p><closer>2012-06-07</closer></letter>'


def compact(text: str, **options):
    return load_grammar(text.encode("utf-8"), uri="schema.rnc", **options)


def found(document: str, schema: str = LETTER) -> list[tuple[str, str]]:
    problems = compact(schema).validate(etree.fromstring(document))
    return [(problem.kind, problem.found or problem.name) for problem in problems]


def test_a_sound_document_has_no_problem():
    assert found(SOUND) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("name", "nmae", (kinds.UNKNOWN_ELEMENT, "nmae")),
        ("head>", "haed>", (kinds.UNKNOWN_ELEMENT, "haed")),
        ("<head>h</head>", "", (kinds.MISSING_ELEMENT, "p")),
        ("<head>h</head>", "<head>h</head><head>i</head>", (kinds.MISPLACED_ELEMENT, "head")),
        ("a <name>", "a <item>i</item><item>j</item><name>", (kinds.MISPLACED_ELEMENT, "item")),
        ("<p>", "text <p>", (kinds.TEXT_NOT_ALLOWED, "text")),
        (' n="1"', "", (kinds.MISSING_ATTRIBUTE, "letter")),
        (' n="1"', ' m="1"', (kinds.UNKNOWN_ATTRIBUTE, "m")),
        ('n="1"', 'n="one"', (kinds.BAD_VALUE, "one")),
        ("<p>", '<p rend="up">', (kinds.BAD_VALUE, "up")),
        ("2012-06-07", "2011-02-29", (kinds.BAD_VALUE, "2011-02-29")),
        ("2012-06-07", "2012-06-07<name/>", (kinds.MISPLACED_ELEMENT, "name")),
        ("<closer>", "<p><list/></p><closer>", (kinds.INCOMPLETE_CONTENT, "list")),
    ],
)
def test_one_mistake_is_one_problem(before, after, expected):
    document = SOUND.replace(before, after)
    if before in ("name", "head>"):
        document = SOUND.replace(f"<{before}", f"<{after}").replace(f"</{before}", f"</{after}")
    assert found(document) == [expected]


def test_what_is_expected_is_told():
    grammar = compact(LETTER)
    (problem,) = grammar.validate(etree.fromstring(SOUND.replace("<head>h</head>", "")))
    assert problem.expected == ("head",)
    (problem,) = grammar.validate(etree.fromstring(SOUND.replace("<p>", '<p rend="up">')))
    assert problem.expected == ("left", "right")


def test_the_inside_of_a_misplaced_element_is_still_checked():
    document = SOUND.replace("<closer>", '<name ref="%">x</name><closer>')
    assert found(document) == [(kinds.MISPLACED_ELEMENT, "name"), (kinds.BAD_VALUE, "%")]


def test_an_element_that_was_moved_is_one_problem():
    tree = etree.fromstring(SOUND.replace("<head>h</head>", "").replace("a <", "a <head>h</head><"))
    (problem,) = join_moved(compact(LETTER).validate(tree))
    assert (problem.kind, problem.name, problem.lacking) == (kinds.MISPLACED_ELEMENT, "head", tree)


def test_comments_do_not_cut_a_text():
    assert found(SOUND.replace("2012-06", "2012<!-- c -->-06<?x?>")) == []


def test_our_ordinals_are_not_seen():
    tree = etree.fromstring(SOUND)
    tree.set("{urn:teikit}ordinal", "0")
    assert list(compact(LETTER).validate(tree)) == []


def test_an_ambiguous_schema_keeps_all_readings():
    schema = (
        "start = element a { (element b { element c { empty } }, element d { empty }) | "
        "(element b { element e { empty } }, element f { empty }) }"
    )
    assert found("<a><b><c/></b><d/></a>", schema) == []
    assert found("<a><b><e/></b><f/></a>", schema) == []
    assert found("<a><b><c/></b><f/></a>", schema)


def test_a_mistake_inside_keeps_apart_what_many_readings_lead_to():
    readings = " | ".join(
        f"(element b {{ element c {{ empty }}, element x{number} {{ empty }} }}, "
        f"element d{number} {{ empty }})"
        for number in range(8)
    )
    schema = f"start = element a {{ {readings} }}"
    assert found("<a><b><c/><x7/></b><d7/></a>", schema) == []
    assert found("<a><b><c/><x0/><y/></b><d0/></a>", schema) == [(kinds.UNKNOWN_ELEMENT, "y")]
    assert found("<a><b><c/><x7/><y/></b><d7/></a>", schema) == [(kinds.UNKNOWN_ELEMENT, "y")]


@pytest.mark.parametrize(
    ("schema", "line", "reason"),
    [
        ("start = \n element a { b }", 2, "b is not defined"),
        ("start = element a {\n text, }", 2, "a pattern is expected"),
        ("start = element a { text & text }", 1, "text is in two branches"),
        ("start = element a {\n\n xsd:dat }", 3, "no datatype dat"),
        ('start = element a { xsd:string { pattern = "(" } }', 1, "no regular expression"),
        ("start = element a { b | c , d }", 1, "use parentheses"),
    ],
)
def test_a_bad_schema_says_where_and_why(schema, line, reason):
    with pytest.raises(BadGrammar) as caught:
        compact(schema)
    assert str(caught.value).startswith(f"schema.rnc:{line}: ")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


# -- other files ------------------------------------------------------------------------------


def test_includes_stay_in_the_folder_of_the_schema(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "secret.rnc").write_text("start = element a { text }")
    (inner / "part.rnc").write_text("start |= element b { text }")
    (inner / "main.rnc").write_text('start = element a { text }\ninclude "part.rnc"')
    assert load_grammar(inner / "main.rnc").is_valid(etree.fromstring("<b/>"))
    for href in ("../secret.rnc", "http://example.org/x.rnc", "file:///etc/passwd", "part.rnc#x"):
        (inner / "bad.rnc").write_text(f'include "{href}"')
        with pytest.raises(BadGrammar):
            load_grammar(inner / "bad.rnc")


# -- the cache --------------------------------------------------------------------------------


def test_a_kept_grammar_says_the_same(tmp_path):
    path = tmp_path / "letter.rnc"
    path.write_text(LETTER)
    kept = tmp_path / "kept"
    documents = [SOUND, SOUND.replace("head", "haed"), SOUND.replace('"1"', '"x"')]
    for _run in range(2):
        grammar = cached_grammar(path, kept)
        assert [len(list(grammar.validate(etree.fromstring(text)))) for text in documents] == [
            0,
            1,
            1,
        ]
    (file,) = kept.iterdir()
    assert str(tmp_path).encode() not in file.read_bytes()
    for damage in (b"", b"{}", b'{"engine":"1"}', file.read_bytes()[:-40]):
        file.write_bytes(damage)
        assert cached_grammar(path, kept).is_valid(etree.fromstring(SOUND))


def test_a_kept_grammar_knows_when_an_included_file_changed(tmp_path):
    (tmp_path / "part.rnc").write_text("b = element b { empty }")
    (tmp_path / "main.rnc").write_text('include "part.rnc"\nstart = element a { b }')
    sound, other = etree.fromstring("<a><b/></a>"), etree.fromstring("<a><c/></a>")
    assert cached_grammar(tmp_path / "main.rnc", tmp_path / "kept").is_valid(sound)
    (tmp_path / "part.rnc").write_text("b = element c { empty }")
    assert cached_grammar(tmp_path / "main.rnc", tmp_path / "kept").is_valid(other)


def test_dumping_twice_gives_the_same_bytes():
    grammar = compact(LETTER)
    data = dump(grammar, "schema.rnc")
    assert data == dump(compact(LETTER), "schema.rnc")
    assert load(data, "schema.rnc", refuse) is None  # the schema itself is out of reach


# -- schemas and documents made to do harm ----------------------------------------------------


def test_depth_is_no_matter():
    grammar = compact("start = x\nx = element x { x? }")
    validation = Validation(grammar.automaton)
    for _ in range(100_000):
        validation.start("x", ())
    for _ in range(100_000):
        validation.end("")
    assert validation.problems == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(a|a?)+b", "a" * 5000),
        ("((a{0,100}){0,100}){0,100}", "a" * 3000),
        (".*" * 2000 + "x", "a" * 300),
        ("(x{0,1000}){0,1000}", "x" * 3000),
        ("(a|b)*a(a|b){30}", "ab" * 5000),
    ],
)
def test_a_regular_expression_ends(pattern, text):
    grammar = compact(f'start = element a {{ xsd:string {{ pattern = "{pattern}" }} }}')
    begin = time.process_time()
    with contextlib.suppress(TooComplex):
        grammar.is_valid(etree.fromstring(f"<a>{text}</a>"))
    assert time.process_time() - begin < 20


@pytest.mark.parametrize(
    "schema",
    [
        "element r {" + "(" * 100_000 + "text" + ")" * 100_000 + "}",
        "element " + "(" * 100_000 + "r" + ")" * 100_000 + " { text }",
        "start = element r { d0 }\n"
        + "\n".join(f"d{i} = d{i + 1}?" for i in range(5000))
        + "\nd5000 = text",
        'external "schema.rnc"',
        'include "schema.rnc"',
        "\\x{0}",
        "start = a\na = b\nb = a",
        '"""',
    ],
)
def test_a_schema_made_to_do_harm_is_one_error(schema):
    with pytest.raises(BadGrammar):
        compact(schema)


def test_definitions_that_double_stop_in_time():
    doubling = "\n".join(f"d{i} = d{i + 1}, d{i + 1}" for i in range(60))
    grammar = compact(f"start = element r {{ d0 }}\n{doubling}\nd60 = element a {{ empty }}?")
    with pytest.raises(TooComplex):
        list(grammar.validate(etree.fromstring("<r>" + "<a/>" * 200 + "</r>")))


def test_a_wide_interleave_makes_few_states():
    parts = " & ".join(f"element e{i} {{ empty }}?" for i in range(100))
    grammar = compact(f"start = element r {{ {parts} }}")
    children = "".join(f"<e{i}/>" for i in reversed(range(100)))
    assert grammar.is_valid(etree.fromstring(f"<r>{children}</r>"))
    assert len(grammar.pool) < 1000


# -- IDs --------------------------------------------------------------------------------------


def test_ids_can_be_checked():
    schema = (
        "start = element r { (element a { attribute id { xsd:ID } } | "
        "element b { attribute to { xsd:IDREFS } })* }"
    )
    tree = etree.fromstring('<r><a id="x"/><a id="x"/><b to="x y"/></r>')
    problems = list(compact(schema).check_ids(tree))
    assert [(problem.kind, problem.found) for problem in problems] == [
        (kinds.DUPLICATE_ID, "x"),
        (kinds.UNKNOWN_ID, "y"),
    ]


@pytest.mark.parametrize(
    "schema",
    [
        "start = element a { attribute id { xsd:ID }, element a { attribute id { text } } }",
        "start = element * { attribute id { xsd:ID } }",
        "start = element a { xsd:ID }",
    ],
)
def test_a_schema_that_leaves_ids_open_is_told(schema):
    with pytest.raises(BadGrammar):
        _ = compact(schema).id_types


def test_no_file_of_the_engine_is_long():
    folder = Path(__file__).parents[1] / "tools" / "teikit" / "schema" / "relaxng"
    lengths = {path.name: len(path.read_text().splitlines()) for path in folder.rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > 360} == {}
