"""The language of our own words in a page: what a reader hears must be said in its language."""

from lxml import etree

_OURS = frozenset(("tk-label", "tk-blank"))
_BLOCKS = frozenset(("h2", "p", "div"))
_NOT = frozenset(("tk-lemma", "tk-witnesses"))  # words of the edition, which ours only repeat


def tag_labels(root: etree._Element, language: str) -> None:
    """Set lang, and dir, on each label in LANGUAGE that stands among words of another."""
    for element in root.iter(etree.Element):
        classes = element.get("class", "").split()
        if element.tag == "rp" or _OURS.isdisjoint(classes) or not _NOT.isdisjoint(classes):
            continue
        if element.get("lang") is not None:
            continue
        around = next((one for one in element.iterancestors() if one.get("lang")), None)
        if around is None or _short(around.get("lang")) == _short(language):
            continue
        element.set("lang", language)
        if element.tag in _BLOCKS:
            continue  # its letters turn by themselves, and it begins where the text does
        turned = next((one for one in element.iterancestors() if one.get("dir")), None)
        if turned is not None and turned.get("dir") == "rtl":
            element.set("dir", "ltr")


def _short(language: str) -> str:
    return language.split("-")[0].lower()
