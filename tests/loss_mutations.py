"""Pages that went wrong: one thing dropped, doubled, moved or unlinked, by chance and seed."""

import random
from collections.abc import Callable, Iterator

from lxml import etree

from teikit.publish.loss_words import OURS_ON_A_PAGE

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


class Mutant:
    """A page as a tree, of which one thing will be changed."""

    def __init__(self, content: str, seed: int):
        self.tree = etree.fromstring(f"<div>{content}</div>")
        self.random = random.Random(seed)

    @property
    def html(self) -> str:
        return etree.tostring(self.tree, encoding="unicode")

    def texts(self) -> list[tuple[etree._Element, str]]:
        """Return the places of text that are not ours."""
        return [
            (node, where)
            for node in self.tree.iter()
            for where in ("text", "tail")
            if (getattr(node, where) or "").strip() and not _is_ours(node, where)
        ]

    def words(self) -> str:
        return "".join("".join(getattr(*one).split()) for one in self.texts())

    def pick(self) -> tuple[etree._Element, str, int]:
        """Return a place of text, and which of its characters; it is no white space."""
        node, where = self.random.choice(self.texts())
        text = getattr(node, where)
        return node, where, self.random.choice([i for i, one in enumerate(text) if one.strip()])

    def elements(self, wanted: Callable[[etree._Element], bool]) -> list[etree._Element]:
        return [one for one in self.tree.iter(etree.Element) if wanted(one)]


def _is_ours(node: etree._Element, where: str) -> bool:
    around = node if where == "text" else node.getparent()
    if around is None:
        return True
    return any(
        OURS_ON_A_PAGE & set((one.get("class") or "").split())
        for one in (around, *around.iterancestors())
    )


def drop_character(page: Mutant) -> bool:
    node, where, at = page.pick()
    text = getattr(node, where)
    setattr(node, where, text[:at] + text[at + 1 :])
    return True


def double_character(page: Mutant) -> bool:
    node, where, at = page.pick()
    text = getattr(node, where)
    setattr(node, where, text[: at + 1] + text[at:])
    return True


def drop_stretch(page: Mutant) -> bool:
    node, where, _ = page.pick()
    setattr(node, where, " ")
    return True


def double_stretch(page: Mutant) -> bool:
    node, where, _ = page.pick()
    setattr(node, where, getattr(node, where) * 2)
    return True


def move_character(page: Mutant) -> bool:
    before = page.words()
    node, where, at = page.pick()
    text = getattr(node, where)
    sign = text[at]
    setattr(node, where, text[:at] + text[at + 1 :])
    if not page.texts():
        return False
    node, where, at = page.pick()
    text = getattr(node, where)
    setattr(node, where, text[:at] + sign + text[at:])
    return page.words() != before


def exchange_characters(page: Mutant) -> bool:
    node, where, at = page.pick()
    text = getattr(node, where)
    if at + 1 >= len(text) or not text[at + 1].strip() or text[at] == text[at + 1]:
        return False
    setattr(node, where, text[:at] + text[at + 1] + text[at] + text[at + 2 :])
    return True


def drop_id(page: Mutant, ids: frozenset[str]) -> bool:
    found = page.elements(lambda one: one.get("id") in ids)
    if found:
        del page.random.choice(found).attrib["id"]
    return bool(found)


def drop_link(page: Mutant, classes: frozenset[str]) -> bool:
    found = page.elements(lambda one: one.tag == "a" and _has(one, classes))
    if found:
        page.random.choice(found).attrib.pop("href")
    return bool(found)


def turn_link(page: Mutant, classes: frozenset[str]) -> bool:
    found = page.elements(lambda one: one.tag == "a" and _has(one, classes))
    if found:
        page.random.choice(found).set("href", "#elsewhere")
    return bool(found)


def drop_note_call(page: Mutant) -> bool:
    notes = {f"#{one.get('id')}" for one in _notes(page)}
    found = page.elements(
        lambda one: _has(one, frozenset(("tk-noteref",))) and one.get("href") in notes
    )
    if found:
        page.random.choice(found).attrib.pop("href")
    return bool(found)


def drop_note(page: Mutant) -> bool:
    found = _notes(page)
    if found:
        chosen = page.random.choice(found)
        chosen.getparent().remove(chosen)
    return bool(found)


def _notes(page: Mutant) -> list[etree._Element]:
    """Return the notes in the list at the end that have words of the document."""
    around = {one for node, where in page.texts() for one in (node, *node.iterancestors())}
    return page.elements(
        lambda one: one.tag == "li" and one in around and one.get("id", "").startswith("tk-note-")
    )


def drop_date(page: Mutant) -> bool:
    found = page.elements(lambda one: one.tag == "time" and one.get("datetime"))
    if found:
        del page.random.choice(found).attrib["datetime"]
    return bool(found)


def _has(element: etree._Element, classes: frozenset[str]) -> bool:
    return not classes.isdisjoint((element.get("class") or "").split())


LINKS = frozenset("ref ptr persName placeName orgName rs title".split())


def mutants(content: str, ids: frozenset[str], seed: int, times: int) -> Iterator[tuple[str, str]]:
    """Yield (what was done, the page) for each way of going wrong, TIMES over."""
    ways: dict[str, Callable[[Mutant], bool]] = {
        one.__name__: one
        for one in (
            drop_character, double_character, drop_stretch, double_stretch, move_character,
            exchange_characters, drop_note_call, drop_note, drop_date,
        )
    }  # fmt: skip
    ways["drop_id"] = lambda page: drop_id(page, ids)
    ways["drop_link"] = lambda page: drop_link(page, LINKS)
    ways["turn_link"] = lambda page: turn_link(page, LINKS)
    if not Mutant(content, seed).texts():
        return
    for number in range(times):
        for name, change in ways.items():
            page = Mutant(content, seed + number)
            if change(page):
                yield name, page.html
