"""Languages as a page may say them: HTML takes only tags that BCP 47 knows."""

from functools import lru_cache

from lxml import etree

from teikit.check.language_tags import check_tag
from teikit.document import XML_LANG


def set_page_languages(root: etree._Element) -> None:
    """Put the tag that pages use in place of each xml:lang of a working tree."""
    for element in root.xpath("//*[@xml:lang]"):
        tag = element.get(XML_LANG)
        if page_language(tag) != tag:
            element.set(XML_LANG, page_language(tag))


@lru_cache(10_000)
def page_language(tag: str) -> str:
    """Return the tag itself, or the one that is surely meant ("nl" for "dut"), or what is known
    of it ("en" of "en-XY"); "", which says that the language is unknown, where nothing is.
    """
    tag = tag.strip()
    if tag[:2].lower() == "x-":  # a language of the editors' own
        return ""
    problem = check_tag(tag) if tag else None
    if problem is None:
        return tag
    if problem.better and check_tag(problem.better) is None:
        return problem.better
    language = tag.partition("-")[0]
    return language if language != tag and check_tag(language) is None else ""
