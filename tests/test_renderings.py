"""What must hold for every text: no word lost, no rule of HTML broken, no dead link.

Random trees of TEI's elements, mostly invalid ones, find what real files do not have.
"""

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from html_rules import characters, html_problems, is_ours
from shared_data import real_files
from teikit.document import TEI, Document, read_document
from teikit.transform.render import render_html, render_text

# a sample of the inscriptions, which are much alike; all of them with TEIKIT_ALL_CORPORA=1
EVERY = 1 if os.environ.get("TEIKIT_ALL_CORPORA") else 8
FILES = [
    *real_files("apparatus", "drama")[:: 1 if EVERY == 1 else 2],
    *real_files("inscriptions")[::EVERY],
    *real_files("letters")[::EVERY],
    *real_files("novels")[-1:],
]
ROLES = """p ab l lg sp speaker stage div head list item label table row cell note app lem rdg
    choice sic corr abbr expan hi name persName rs title date quote q cit bibl listBibl figure
    figDesc seg s w supplied unclear gap lb pb cb milestone anchor ptr ref opener closer salute
    signed address addrLine castList castItem castGroup role titlePage docTitle titlePart del add
    subst space person place desc idno term foreign graphic g caesura floatingText body text front
    postscript egXML unknown emph num time label trailer
    msDesc msIdentifier msItem physDesc support height dimensions history origin correspDesc
    correspAction correspContext listPerson person event birth relation listRelation annotation
    listAnnotation entry sense form oRef u pause vocal fs f symbol graph arc char mapping formula
    certainty media index docTitle byline monogr biblStruct imprint change language elementSpec
    content msPart listBibl divGen""".split()
ATTRIBUTES = st.dictionaries(
    st.sampled_from(
        [
            "xml:id",
            "ref",
            "target",
            "type",
            "rend",
            "n",
            "when",
            "place",
            "ana",
            "cert",
            "xml:lang",
            "break",
            "role",
            "facs",
            "url",
            "style",
            "unit",
            "who",
            "name",
        ]
    ),
    st.sampled_from(
        [
            "a",
            "b",
            "tk-notes",
            "#a",
            "#b",
            "http://example.org/",
            "foot",
            "italic",
            "javascript:alert(1)",
            "summary",
            "2012-06-07",
            "no",
            "label",
            "ar",
        ]
    ),
    max_size=3,
)


def elements(inner):
    return st.tuples(st.sampled_from(ROLES), ATTRIBUTES, st.lists(inner, max_size=4))


TREES = st.lists(
    st.recursive(st.sampled_from(["x", "y ", " z", "\n"]), elements, max_leaves=25), max_size=4
)


def written(tree) -> str:
    if isinstance(tree, str):
        return tree
    name, attributes, inner = tree
    said = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{said}>{''.join(map(written, inner))}</{name}>"


def words_of(document: Document) -> Counter:
    """Return the characters of the outermost texts and of the notes that explain them."""
    found: Counter = Counter()
    for text in document.elements("text"):
        if next(text.iterancestors(f"{{{TEI}}}text"), None) is None:
            found += characters(text, lambda element: False)
    return found


def page_of(document: Document) -> tuple[etree._Element, tuple]:
    rendered = render_html(document)
    return etree.fromstring(f"<div>{rendered.content}</div>"), rendered.messages


def check(document: Document) -> tuple:
    page, messages = page_of(document)
    assert sorted(set(html_problems(page))) == []
    assert characters(page, is_ours) == words_of(document)
    return messages


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_text_loses_no_word_and_breaks_no_rule_of_html(path):
    document = read_document(path.read_bytes(), path.name)
    messages = check(document)
    told = [one for one in messages if one.rule != "transform:located-apparatus"]  # no fault
    assert [one.message for one in told if "include" not in one.message] == []
    assert "\n\n\n" not in render_text(document, "source").content


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(TREES)
def test_any_tree_loses_no_word_and_breaks_no_rule_of_html(trees):
    body = "".join(map(written, trees))
    document = read_document(
        f'<TEI xmlns="{TEI}"><text><body>{body}</body></text></TEI>'.encode(), "texts/random.xml"
    )
    check(document)
    for form in ("reading", "source"):
        text = render_text(document, form).content
        assert text.endswith("\n") and "\n\n\n" not in text and " \n" not in text
