"""The words of the interface."""

import re

import pytest

from shared_data import PROJECT
from teikit.publish.carried import KINDS
from teikit.publish.strings import FAMILIES, MissingString, Strings, read_strings
from teikit.shipped import shipped

LANGUAGES = ("en", "zh", "zh-Hant")


def strings(language: str) -> Strings:
    return read_strings(language, (shipped("templates"),))


def words_asked_for() -> set[str]:
    """Return every literal "table.key" in templates, stylesheets and the code of publishing."""
    files = [
        *shipped("templates").glob("*.html"),
        *shipped("xslt").rglob("*.xsl"),
        *(PROJECT / "tools" / "teikit" / "publish").rglob("*.py"),
    ]
    tables = {key.partition(".")[0] for key in strings("en").table}
    found = set()
    for path in files:
        for key in re.findall(
            r"""["'>](\w[\w-]*\.[a-z][\w-]*\w)["'<]""", path.read_text(encoding="utf-8")
        ):
            if key.partition(".")[0] in tables:
                found.add(key)
    return found - {
        "index.html",
        "text.html",
        "text.css",
        "entity.html",
        "about.html",
        "statements.html",
        "downloads.html",
        "registers.html",
        "search.html",
        "search.js",
        "moved.html",
        "header.xsl",
        "help.html",
    }


def test_languages_have_the_same_words():
    first, *others = (set(strings(language).table) for language in LANGUAGES)
    assert others == [first, first]


def test_every_word_that_is_asked_for_is_there():
    assert words_asked_for() - set(strings("en").table) == set()


def test_every_word_that_is_there_is_asked_for():
    made = {
        f"downloads.{key}"
        for key in ("plain", "source-lines", "notes", "merged", "csv", "json", "jsonld")
    }
    made |= {f"carried.{kind}" for kind in KINDS}
    made |= {f"help.tk-as-{key}" for key in ("reading", "original", "source")}
    known = {key for key in strings("en").table if key.partition(".")[0] not in FAMILIES}
    assert known - words_asked_for() - made == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_take_the_same_values_in_each_language(language):
    def places(words: str) -> list[str]:
        return sorted(re.findall(r"\{(\w+)\}", words))

    for key, words in strings(language).table.items():
        assert places(words) == places(strings("en").table[key]), key


def test_missing_word_is_an_error_that_names_it():
    with pytest.raises(MissingString, match=r"zh\.toml: has no words for nav\.nowhere"):
        strings("zh")("nav.nowhere")


def test_traditional_chinese_has_no_simplified_characters():
    words = "".join(strings("zh-Hant").table.values()).replace("「国」", "")
    assert not set("国语检页书录别级码编关据应说话译条图际标题见间时问") & set(words)
    both = strings("zh").table, strings("zh-Hant").table
    for key, said in both[0].items():
        assert sorted(re.findall(r"{\w+}", said)) == sorted(re.findall(r"{\w+}", both[1][key]))


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [("en", 0, "0 entries"), ("en", 1, "1 entry"), ("en", 20, "20 entries"), ("zh", 1, "1 条")],
)
def test_noun_fits_its_number(language, count, said):
    assert strings(language)("registers.entries", count=count) == said
    assert str(strings(language).rich("registers.entries", count=count)) == said


# always many: lists are filtered where there are several texts, and files hold more than a byte
MANY = {"list.shown", "downloads.bytes", "index.measure-short", "index.measure-short-spaced"}


def test_each_noun_after_a_number_can_be_one_or_several():
    for key, words in strings("en").table.items():
        nouns = re.findall(r"\{(\w+)\} ([a-z]+s)\b", words)
        assert not [one for one in nouns if one[0] != "characters"] or key in MANY, key
