"""Language tags: what BCP 47 knows."""

import subprocess
import sys
from pathlib import Path

import pytest

from shared_data import P5SUBSET, shared_files
from tei_attributes import attributes_of
from teikit.check.language_tags import check_tag, read_subtags
from teikit.check.languages import LANGUAGE_ATTRIBUTES, check_languages
from teikit.document import read_document


@pytest.mark.parametrize("tag", [
    "en", "zh-Hans", "zh-cn", "ZH-hant-tw", "grc", "grc-Latn", "la", "und", "mul", "zxx", "mis",
    "de-AT-1996", "sl-rozaj-biske", "de-CH-1901", "es-419", "en-x-mine", "x-mine", "qaa", "qtz",
    "zh-Qaaa", "en-XA", "en-QM", "en-u-co-phonebk", "en-a-bbb-x-a-ccc", "de-DE-u-co-phonebk-x-y",
    "i-default", "zh-Latn-pinyin", "sr-Cyrl-RS", "hy-Latn-IT-arevela-x-a", "ar-arb", "sgn-ase",
    "fr-fonipa", "akk", "cop", "egy-Latn", "ja-Latn-hepburn",
])  # fmt: skip
def test_tags_that_are_good(tag):
    problem = check_tag(tag)
    assert problem is None or (problem.rule == "languages:deprecated" and "arevela" in tag)


@pytest.mark.parametrize(("tag", "rule", "better"), [
    ("eng", "unknown", "en"),
    ("ger", "unknown", "de"),
    ("deu", "unknown", "de"),
    ("fre-CA", "unknown", "fr-CA"),
    ("chinese", "unknown", "zh"),
    ("latin", "unknown", "la"),
    ("gr", "unknown", "el"),
    ("en-UK", "unknown", "en-GB"),
    ("zh-hanz", "unknown", "zh-Hant"),
    ("qqqqq", "unknown", ""),
    ("en-yue", "unknown", "yue"),
    ("de-1999", "unknown", "de-1996"),
    ("en_GB", "malformed", "en-GB"),
    ("en GB", "malformed", "en-GB"),
    ("eng_UK", "malformed", "en-UK"),
    ("español", "malformed", ""),
    ("en-", "malformed", ""),
    ("e", "malformed", ""),
    ("1234", "malformed", ""),
    ("en-a", "malformed", ""),
    ("x", "malformed", ""),
    ("en-x", "malformed", ""),
    ("en-GB-Latn", "malformed", ""),
    ("de-1901-1901", "malformed", ""),
    ("en-a-bb-a-cc", "malformed", ""),
    ("iw", "deprecated", "he"),
    ("iw-Latn", "deprecated", "he-Latn"),
    ("de-DD", "deprecated", "de-DE"),
    ("i-klingon", "deprecated", "tlh"),
    ("zh-min", "deprecated", ""),
    ("sgn-BE-FR", "deprecated", "sfb"),
    ("x" * 100_000, "malformed", ""),
])  # fmt: skip
def test_tags_that_are_not_say_which_is_meant(tag, rule, better):
    problem = check_tag(tag)
    assert (problem.rule, problem.better) == (f"languages:{rule}", better)


def test_what_is_suggested_is_itself_good():
    subtags = read_subtags()
    for kind in ("iso639-2", "name"):
        for better in subtags.kinds[kind].values():
            assert check_tag(better) is None, better
    replaced = {better for better in subtags.kinds["deprecated"].values() if better}
    assert [tag for tag in sorted(replaced) if "-" in tag and check_tag(tag)] == []


def test_the_registry_has_what_it_should():
    kinds = read_subtags().kinds
    assert len(kinds["language"]) > 8000
    assert len(kinds["script"]) > 200
    assert len(kinds["region"]) > 300
    assert not set(kinds["iso639-2"]) & set(kinds["language"])


def test_a_tag_is_reported_once_where_it_is_first_used(tei):
    document = tei('<p xml:lang="en">a</p>\n<p xml:lang="ger">b</p>\n<p xml:lang="ger">c</p>')
    (finding,) = check_languages(document)
    assert (finding.place.line, finding.ordinal) == (3, 5)
    assert "(2 times in this file)" in finding.message
    assert (finding.severity, finding.expected) == ("warning", ("de",))


def test_an_empty_tag_says_nothing(tei):
    assert list(check_languages(tei('<p xml:lang=""/>'))) == []


@pytest.mark.parametrize("fragment", [
    '<textLang mainLang="ger"/>', '<textLang otherLangs="en ger la"/>', '<langKnown tag="ger"/>',
    '<langKnowledge tags="en ger"/>', '<language ident="ger"/>', '<w xml:lang="ger"/>',
])  # fmt: skip
def test_every_attribute_with_tags_is_read(tei, fragment):
    assert [one.expected for one in check_languages(tei(fragment))] == [("de",)]


def test_other_idents_are_no_languages(tei):
    assert list(check_languages(tei('<prefixDef ident="ger"/><elementSpec ident="p"/>'))) == []


HEADED = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader xml:lang="fr"><langUsage>'
    '<language ident="zh"/></langUsage></teiHeader><text xml:lang="{}"><body><p xml:lang="la"/>'
    '<p xml:lang="LA"/><p xml:lang="ger"/><p xml:lang="und"/></body></text></TEI>'
)


@pytest.mark.parametrize(("tag", "undeclared"), [
    ("zh", ["la"]), ("zh-Hans", ["la"]), ("ZH", ["la"]), ("zho-Hans", ["la"]), ("en", ["en", "la"])
])  # fmt: skip
def test_what_the_header_leaves_out_is_said_once_for_each_language(tag, undeclared):
    document = read_document(HEADED.format(tag).encode(), "a.xml")
    found = [one for one in check_languages(document) if one.rule == "languages:undeclared"]
    assert [one.message.split('"')[1] for one in found] == undeclared
    assert {one.severity for one in found} == {"info"}


@pytest.mark.parametrize("subset", shared_files(P5SUBSET))
def test_the_attributes_are_those_of_the_guidelines(subset):
    languages, _ = attributes_of(subset, "teidata.language")
    del languages["xml:lang"]
    assert set(languages) == set(LANGUAGE_ATTRIBUTES)
    for attribute, elements in LANGUAGE_ATTRIBUTES.items():
        assert elements is None or elements == languages[attribute]


def test_a_text_in_a_known_language_reads_the_registry_in_no_time():
    """The registry is read once a process: that may take no more than a few milliseconds."""
    program = (
        "import time; from teikit.check.language_tags import check_tag, read_subtags\n"
        "best = 1\n"
        "for _ in range(5):\n"
        "    read_subtags.cache_clear(); start = time.perf_counter(); read_subtags()\n"
        "    best = min(best, time.perf_counter() - start)\n"
        "print(best)"
    )
    tools = Path(__file__).resolve().parents[1] / "tools"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tools
    )
    assert float(done.stdout) < 0.05
