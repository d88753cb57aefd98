"""What a page must have besides words: anchors, links, times, and notes that can be reached."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache, cached_property
from urllib.parse import unquote

from lxml import etree

from teikit.document import XML_ID, Document
from teikit.edition.readings import DATED, LINKED, NOT_LINKED
from teikit.pointers import read_prefixes, resolve, split_pointers
from teikit.publish.carried import Carried, Lost
from teikit.publish.loss_match import Matched
from teikit.publish.loss_words import Page, Words
from teikit.report import Finding
from teikit.texts import in_examples
from teikit.transform.blocks import local_name
from teikit.transform.dating import html_datetime
from teikit.transform.hrefs import safe_href

_ATTRIBUTES = " or ".join(f"@{name}" for name in ("xml:id", "when", "from", *sorted(LINKED)))


@cache
def _xpath(expression: str) -> etree.XPath:
    return etree.XPath(expression, smart_strings=False)


class Marks:
    """The elements of a document that are on its page, and how the page carries them."""

    def __init__(
        self,
        document: Document,
        parts: list[etree._Element],
        words: Words,
        page: Page,
        tree: etree._Element,
        matched: Matched,
        links: dict[str, str],
    ):
        self.document, self.words, self.matched, self.links = document, words, matched, links
        self.page, self.tree = page, tree
        self.prefixes = read_prefixes(document)
        marked = _xpath(f"descendant-or-self::*[{_ATTRIBUTES}]")
        count = _xpath("count(descendant-or-self::*)")
        examples = in_examples(document.root)
        self.elements = [one for part in parts for one in marked(part) if one not in examples]
        self.many = sum(int(count(part)) for part in parts) - len(examples)
        self.names: dict[str, etree._Element] = {}  # the first element of each xml:id
        for element in self.elements:
            if name := element.get(XML_ID):
                self.names.setdefault(name, element)
        self.ids = frozenset(_xpath("//@id")(tree))
        self.times = Counter(_xpath("//time/@datetime")(tree))
        self.empty_times = Counter(_xpath("//time[not(node())]/@datetime")(tree))

    @cached_property
    def _own_pages(self) -> frozenset[str]:
        """Return the pages of this text, as its pages call them: several where it is split."""
        known = (self.links.get(f"{self.document.path}#{name}", "") for name in self.names)
        return frozenset(unquote(url.partition("#")[0]) for url in known)

    def _href(self, url: str) -> str:
        """Return the URL as it is compared: without escapes, and without a page of this text."""
        url = unquote(url) if "%" in url else url
        page, mark, name = url.partition("#")
        return f"#{name}" if mark and page in self._own_pages else url

    @cached_property
    def by_holder(self) -> dict[etree._Element, int]:
        """Return the first stretch that each element has directly."""
        found: dict[etree._Element, int] = {}
        for number, one in enumerate(self.words.stretches):
            found.setdefault(one.holder, number)
        return found

    def check_ids(self) -> tuple[list[Carried], list[Lost]]:
        """Return how many ids are anchors, and a finding for each that is not."""
        names = self.names
        lost = [element for name, element in names.items() if name not in self.ids]
        losses = [
            self._lost(
                "ids",
                one,
                "publish:lost-id",
                f"#{one.get(XML_ID)} leads to no place of the page",
                _OWN_HINT if one.get(XML_ID).startswith("tk-") else _ID_HINT,
            )
            for one in lost
        ]
        return [Carried("ids", len(names) - len(lost), len(names))], losses

    def check_dates(self) -> tuple[list[Carried], list[Lost]]:
        """Return how many dates are times, and a finding for each that is not."""
        wanted = [
            (element, value)
            for element in self.elements
            if local_name(element) in DATED
            and (value := html_datetime(element.get("when") or element.get("from") or ""))
        ]
        losses = []
        left, empty = self.times.copy(), self.empty_times.copy()
        for element, value in wanted:
            around = self._around(element)
            if any(one.tag == "time" and one.get("datetime") == value for one in around) or (
                not around and left[value] > 0
            ):
                left[value] -= 1
                continue
            if empty[value] > 0:  # before what holds paragraphs, which a time cannot
                empty[value] -= 1
                continue
            message = f"the date {value} is not on the page as a time"
            losses.append(self._lost("dates", element, "publish:lost-date", message, _DATE_HINT))
        return [Carried("dates", len(wanted) - len(losses), len(wanted))], losses

    def check_links(self) -> tuple[list[Carried], list[Lost]]:
        """Return how many pointers are links, and a finding for each that is not."""
        losses: list[Lost] = []
        counts: Counter[str] = Counter()
        free: Counter[str] | None = None
        for element, attribute, raw in self._pointers():
            href = self._leads_to(raw)
            if not href:
                counts["unresolved"] += 1
                continue
            kind = "entities" if "registers/" in href else "links"
            counts[kind] += 1
            if self._is_linked(element, href):
                continue
            free = self._free_links() if free is None else free
            if free[href] > 0:
                free[href] -= 1
                continue
            message = f'{attribute}="{raw}" is no link on the page'
            losses.append(self._lost(kind, element, "publish:lost-link", message, _LINK_HINT))
            counts[f"lost-{kind}"] += 1
        return _rows(counts), losses

    def _free_links(self) -> Counter[str]:
        """Return the links of the page without words of the text, by where they lead."""
        found: Counter[str] = Counter()
        stretches = self.page.stretches
        for link, number in self.page.links:
            holder = stretches[number].holder if number < len(stretches) else None
            if holder is None or (holder is not link and link not in holder.iterancestors("a")):
                found[self._href(link.get("href", ""))] += 1
        return found

    def _is_linked(self, element: etree._Element, href: str) -> bool:
        """Return whether the element's own words, or its first, are in a link that leads there."""
        own = self.by_holder.get(element, -1)
        numbers = [own] if own >= 0 else []
        return any(
            one.tag == "a" and self._href(one.get("href", "")) == href
            for around in (*map(self._around_stretch, numbers), self._around(element))
            for one in around
        )

    def _pointers(self) -> Iterator[tuple[etree._Element, str, str]]:
        for element in self.elements:
            if local_name(element) in NOT_LINKED:
                continue
            for attribute, names in LINKED.items():
                said = element.get(attribute)
                if said and ("*" in names or local_name(element) in names):
                    for raw in dict.fromkeys(split_pointers(said)):
                        yield element, attribute, raw

    def _leads_to(self, raw: str) -> str:
        """Return where the page has to link to; "" where the pointer leads nowhere."""
        pointer = resolve(raw, self.document.path, self.prefixes)
        known = self.links.get(pointer.target)
        if known is not None:
            return self._href(known)
        if pointer.is_external:
            return self._href(safe_href(pointer.target))
        at, _, name = pointer.target.rpartition("#")
        return f"#{name}" if at == self.document.path and name in self.names else ""

    def _around(self, element: etree._Element) -> list[etree._Element]:
        """Return the elements of the page around the first words of the element."""
        for one in element.iter(etree.Element):
            if around := self._around_stretch(self.by_holder.get(one, -1)):
                return around
        return []

    def _around_stretch(self, number: int) -> list[etree._Element]:
        if number < 0 or (at := self.matched.places[number]) < 0:
            return []
        holder = self.page.stretches[bisect_right(self.matched.starts, at) - 1].holder
        return [holder, *holder.iterancestors(etree.Element)]

    def _lost(self, kind: str, element: etree._Element, rule: str, message: str, hint: str) -> Lost:
        place, ordinal = self.document.place(element), self.document.ordinal(element)
        return Lost(kind, Finding(place, rule, message, ordinal=ordinal, hint=hint))


_ID_HINT = "Give its element a template that keeps @tk:id, as mode attributes does."
_OWN_HINT = "Choose another id: those that begin with tk- are the page's own."
_LINK_HINT = "Give its element a template that makes a link of @tk:href."
_DATE_HINT = "Give its element a template that makes a time of @tk:datetime."


def _rows(counts: Counter[str]) -> list[Carried]:
    return [
        *(
            Carried(kind, counts[kind] - counts[f"lost-{kind}"], counts[kind])
            for kind in ("links", "entities")
        ),
        Carried("unresolved", 0, counts["unresolved"]),
    ]
