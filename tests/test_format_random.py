"""Documents that nobody wrote: whatever stands in them, the layout changes white space alone."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from formatting_tools import canonical, lay_out
from teikit.document import TEI
from teikit.formatting.spaces import element_only_names
from teikit.transform.jobs import text_job

NAMES = (
    "div", "div1", "lg", "list", "item", "p", "l", "app", "lem", "rdg", "choice", "abbr", "expan",
    "table", "row", "cell", "figure", "head", "note", "cit", "quote", "bibl", "lb", "pb",
    "listPerson", "person", "persName", "sp", "speaker", "floatingText", "body", "teiHeader",
)  # fmt: skip
SPACES = ("", " ", "\n", "\t", "\n\n\n   ", "\r\n  ", "  \r\r", "\n" + " " * 7)
TEXTS = (
    "a", " b ", "中", "\n文", "&#10;", "&#x20;", "&amp;", "&word;", "&both;", "<![CDATA[ ]]>",
    "<![CDATA[<p>\r\n]]>", "\U00020bb7", "]]&gt;",
)  # fmt: skip
MARKS = (
    "<!-- c -->",
    "<!--a\n   b\r\n<p> -- >-->".replace("-- >", "- - >"),
    "<?x y='>'?>",
    "<?z?>",
)
TAGS = (
    "",
    " n='1'",
    '\r\n  n="a > b"',
    "\n\tn = '\"\n2'  ",
    " xml:space='preserve'",
    " n='&amp;&#9;'",
)
DTD = (
    '<!DOCTYPE TEI [ <!ENTITY word "w  w">  <!-- ]> -->\n'
    ' <?x ]>?> <!ENTITY both "<p>x</p> <lg> <l/></lg>"> ]>'
)

space = st.sampled_from(SPACES)
leaf = st.one_of(space, st.sampled_from(TEXTS), st.sampled_from(MARKS))


def element(children: st.SearchStrategy[list[str]]) -> st.SearchStrategy[str]:
    """Return elements that hold such children, written in one of the ways that XML has."""

    def write(name: str, tag: str, inner: list[str], end: str) -> str:
        content = "".join(inner)
        if not content and end == " ":
            return f"<{name}{tag}/>"
        return f"<{name}{tag}>{content}</{name}{end.strip(' ')}>"

    return st.builds(
        write, st.sampled_from(NAMES), st.sampled_from(TAGS), children, st.sampled_from(SPACES)
    )


def between(one: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    """Return lists with white space between what is in them."""
    return st.lists(st.tuples(space, one).map("".join), max_size=5)


fragments = st.recursive(
    leaf, lambda inner: element(st.one_of(between(inner), between(element(between(inner))))),
    max_leaves=25,
)  # fmt: skip
documents = st.builds(
    lambda prolog, inner, after: (
        f'<?xml version="1.0"?>{prolog[0]}{DTD}{prolog[1]}<TEI xmlns="{TEI}">{prolog[0]}<text>'
        f"<body>{''.join(inner)}</body>{prolog[1]}</text></TEI>{after}"
    ),
    st.tuples(space, st.one_of(space, st.sampled_from(MARKS))),
    between(fragments),
    st.one_of(space, st.sampled_from(MARKS)),
)


def is_idle(one: etree._Element) -> bool:
    """Return whether white space in the element is no text: by the table, and with no text there.

    Spaces written as references or CDATA, or kept by xml:space, are not told apart from others in
    a tree, so that an element that may have these is not idle here.
    """
    return one.tag.removeprefix(f"{{{TEI}}}") in element_only_names()


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents)
@example(f'<TEI xmlns="{TEI}"><text><body><app><lem>a</lem></app></body></text></TEI>')
def test_any_document_stays_what_it_is(document):
    before = document.encode()
    after = lay_out(before)
    assert lay_out(after) == after
    assert canonical(before, is_idle) == canonical(after, is_idle)
    assert _protected(before) == _protected(after)
    assert b"\r" not in after and after.endswith(b">\n")
    for form in ("reading", "source"):
        assert text_job(before, "a.xml", form) == text_job(after, "a.xml", form)


def _protected(data: bytes) -> list[str | None]:
    """Return all white space that is kept or stands beside text, element by element."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, strip_cdata=False))
    found: list[str | None] = []
    for one in root.iter(etree.Element):
        parts = [one.text, *(child.tail for child in one)]
        has_entity = any(child.tag is etree.Entity for child in one)
        is_text = has_entity or any((part or "").strip() for part in parts)
        is_kept = any(
            around.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
            for around in (one, *one.iterancestors())
        )
        if is_text or is_kept or not is_idle(one):
            found.extend(parts)
    return found


WORDS = st.sampled_from(["a", "中", "文", ","])
READINGS = st.builds(
    "<app>{1}<lem>{0}</lem>{2}<rdg>{0}x</rdg>{3}</app>".format, WORDS, space, space, space
)
CHOICES = st.builds(
    "<choice>{1}<sic>{0}</sic>{2}<corr>{0}</corr></choice>".format, WORDS, space, space
)
BLOCKS = st.one_of(
    st.builds("<p>{0}</p>".format, WORDS),
    st.builds(
        "<list>{1}<item>{0}</item>{2}<item>{0}</item>{3}</list>".format, *[WORDS, *[space] * 3]
    ),
    st.builds("<lg>{1}<l>{0}</l>{2}<l>{0}</l></lg>".format, WORDS, space, space),
    st.builds("<table>{1}<row>{2}<cell>{0}</cell>{3}<cell>{0}</cell></row></table>".format,
              *[WORDS, *[space] * 3]),
    st.builds("<cit>{1}<quote>{0}</quote>{2}<bibl>{0}</bibl></cit>".format, WORDS, space, space),
)  # fmt: skip
NEIGHBOURS = between(
    st.one_of(READINGS, CHOICES, BLOCKS, st.sampled_from(["<lb/>", "<!-- c -->", "<gap/>"]))
).map("".join)
INSIDE = st.sampled_from(["{}", "<p>{}</p>", "<lg>{}</lg>", "<div>{}</div>", "<p>a{}b</p>"])


@settings(max_examples=400, deadline=None)
@given(st.lists(st.builds(str.format, INSIDE, NEIGHBOURS), min_size=1, max_size=3), space)
def test_words_that_stand_side_by_side_are_read_as_before(parts, between_parts):
    before = (
        f'<TEI xmlns="{TEI}"><text><body>{between_parts.join(parts)}</body></text></TEI>'
    ).encode()
    after = lay_out(before)
    assert lay_out(after) == after
    for form in ("reading", "source"):
        assert text_job(before, "a.xml", form) == text_job(after, "a.xml", form)
