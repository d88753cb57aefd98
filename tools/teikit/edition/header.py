"""What the teiHeader says that pages and citations need."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from teikit.document import NS, TEI, XML_ID, XML_LANG, label_of
from teikit.edition.agents import extract_agents
from teikit.edition.origin import extract_origin
from teikit.edition.records import HeaderRecord, Identifier, Licence, Words

_T = f"{{{TEI}}}"
# where an address may stand of those who are told of errors, the first that has one counts
_CONTACTS = (
    "tei:fileDesc/tei:publicationStmt//tei:email/text()",
    "tei:fileDesc/tei:publicationStmt/tei:publisher//tei:ref/@target",
    "tei:fileDesc/tei:publicationStmt/tei:publisher/@ref[starts-with(., 'http')]",
    "tei:fileDesc/tei:titleStmt/tei:respStmt//tei:email/text()",
    "tei:fileDesc/tei:titleStmt/tei:respStmt//tei:ref/@target[starts-with(., 'mailto:')]",
)
_DAY = re.compile(r"(-?\d{4,}(?:-\d\d(?:-\d\d)?)?)(?:T.*|Z|[+-]\d\d:\d\d)?")
_LONGEST_ADDRESS = 200
_NAMES = tuple(f"{_T}{name}" for name in ("name", "persName", "orgName"))


def extract_header(root: etree._Element) -> HeaderRecord:
    """Return the header of the document whose outermost element is ROOT."""
    header = root.find(f"{_T}teiHeader")
    if header is None:
        return HeaderRecord()
    edition = next(iter(_find(header, "fileDesc/editionStmt/edition")), None)
    return HeaderRecord(
        titles=read_titles(header),
        authors=_words(header, "fileDesc/titleStmt/author"),
        editors=(*_words(header, "fileDesc/titleStmt/editor"), *_responsible(header)),
        publishers=_publishers(header),
        places=_words(header, "fileDesc/publicationStmt/pubPlace"),
        edition=edition.get("n", "") if edition is not None else "",
        date=_date(header),
        identifiers=tuple(_identifiers(header)),
        licences=tuple(_licences(header)),
        abstracts=_paragraphs(header, "profileDesc/abstract"),
        origin=extract_origin(header),
        ids=tuple(one.get(XML_ID) for one in header.iter(etree.Element) if one.get(XML_ID)),
        agents=extract_agents(header),
        contact=_contact(header),
        is_letter=bool(_find(header, "profileDesc/correspDesc")),
        changed=_newest_change(header),
        is_published=bool(_published(header)),
    )


def completed_header(holders: Sequence[etree._Element]) -> HeaderRecord | None:
    """Return the header of a text; for what it lacks, those of the corpora around it speak.

    HOLDERS are its TEI and these corpora, the outermost last; without any there is no header.
    """
    headers = [extract_header(one) for one in holders]
    if not headers:
        return None
    own = headers[0]
    for around in headers[1:]:
        is_dated = own.edition or own.date
        own = replace(
            own,
            titles=own.titles or around.titles,
            authors=own.authors or around.authors,
            editors=own.editors or around.editors,
            publishers=own.publishers or around.publishers,
            places=own.places if own.publishers else around.places,
            edition=own.edition if is_dated else around.edition,
            date=own.date if is_dated else around.date,
            is_published=own.is_published if is_dated else around.is_published,
            identifiers=own.identifiers,
            licences=own.licences or around.licences,
            ids=(*own.ids, *around.ids),
        )
    return own


def read_titles(header: etree._Element) -> tuple[Words, ...]:
    """Return the titles of the file: its own, then those of the series or journal it is part of.

    The latter are of type "series", so that they are taken where there is no other.
    """
    own, around = [], []
    for title in _find(header, "fileDesc/titleStmt/title"):
        words = words_of(title)
        if not words.text:
            continue
        if title.get("level") in ("s", "j"):
            around.append(replace(words, type="series"))
        else:
            own.append(words)
    return (*own, *around)


def words_of(element: etree._Element) -> Words:
    """Return the element's words with its language, type and links."""
    links = tuple(
        (label_of(one), one.get("target"))
        for one in element.iter(f"{_T}ref")
        if label_of(one) and one.get("target")
    )
    lang = next(
        (one.get(XML_LANG) for one in (element, *element.iterancestors()) if one.get(XML_LANG)), ""
    )
    return Words(label_of(element), lang, element.get("type", ""), links)


def _find(header: etree._Element, path: str) -> list[etree._Element]:
    return header.xpath("/".join(f"tei:{step}" for step in path.split("/")), namespaces=NS)


def _words(header: etree._Element, path: str) -> tuple[Words, ...]:
    """Return the words at PATH; where their children are several names, or one in several
    languages, those.
    """
    found = []
    for one in _find(header, path):
        spoken = [child for child in one.iterchildren(f"{_T}*") if child.get(XML_LANG)]
        names = list(one.iterchildren(*_NAMES))
        parts = next((several for several in (spoken, names) if len(several) > 1), [one])
        if names and parts == [one] and one.find(f"{_T}idno") is not None:
            parts = names  # the number that stands beside a name is no part of it
        found += [words for part in parts if (words := words_of(part)).text]
    return tuple(found)


def _publishers(header: etree._Element) -> tuple[Words, ...]:
    """Return who publishes the file; else who distributes it, or has the authority over it."""
    for name in ("publisher", "distributor", "authority"):
        found = _words(header, f"fileDesc/publicationStmt/{name}")
        if found:
            return found
    return ()


def _paragraphs(header: etree._Element, path: str) -> tuple[Words, ...]:
    """Return the paragraphs in the elements at PATH, or their words where they have none."""
    return tuple(
        words
        for one in _find(header, path)
        for part in (one.findall(f"{_T}p") or [one])
        if (words := words_of(part)).text
    )


def _responsible(header: etree._Element) -> Iterator[Words]:
    for name in header.xpath(
        "tei:fileDesc/tei:titleStmt/tei:respStmt/*[self::tei:name or self::tei:orgName or "
        "self::tei:persName]",
        namespaces=NS,
    ):
        words = words_of(name)
        if not words.text:  # still to be written
            continue
        task = label_of(name.getparent().find(f"{_T}resp"))
        yield Words(words.text, words.lang, task)


def _date(header: etree._Element) -> str:
    """Return the date of the edition, else of its publication, else of the newest change."""
    return _published(header) or _newest_change(header)


def _published(header: etree._Element) -> str:
    """Return the date of the edition, else of its publication; "" where none is said."""
    for path in (
        "fileDesc/editionStmt/edition/date",
        "fileDesc/editionStmt/date",
        "fileDesc/publicationStmt/date",
    ):
        for element in _find(header, path):
            value = element.get("when") or element.get("to") or ""
            if value:
                return _day(value)
            if _DAY.fullmatch(label_of(element)):
                return label_of(element)
    return ""


def _newest_change(header: etree._Element) -> str:
    changes = header.xpath("tei:revisionDesc//tei:change/@when", namespaces=NS)
    return max(map(_day, changes), default="")


def _day(value: str) -> str:
    """Return a date without the time of day and its zone."""
    match = _DAY.fullmatch(str(value).strip())
    return match[1] if match else str(value)


def _contact(header: etree._Element) -> str:
    """Return an address of whoever publishes or made the edition, as it is written: an email, or
    a page of theirs.
    """
    for path in _CONTACTS:
        for found in header.xpath(path, namespaces=NS):
            words = " ".join(str(found).removeprefix("mailto:").split())
            if 0 < len(words) <= _LONGEST_ADDRESS and ("@" in words or "://" in words):
                return words
    return ""


def _identifiers(header: etree._Element) -> Iterator[Identifier]:
    for element in _find(header, "fileDesc/publicationStmt/idno"):
        if label_of(element):
            yield Identifier(element.get("type", ""), label_of(element))


def _licences(header: etree._Element) -> Iterator[Licence]:
    """Yield the licences; those with one target are one, in several languages."""
    found: dict[tuple[str, str], list[Words]] = {}
    for element in header.xpath(
        "tei:fileDesc/tei:publicationStmt/tei:availability/tei:licence", namespaces=NS
    ):
        scope = element.get("n") or element.get(XML_ID, "").removeprefix("licence-")
        parts = element.findall(f"{_T}p") or [element]
        found.setdefault((element.get("target", ""), scope), []).extend(
            words for part in parts if (words := words_of(part)).text
        )
    if not found:  # rights that are told without the element
        for element in _find(header, "fileDesc/publicationStmt/availability"):
            parts = element.findall(f"{_T}p") or [element]
            found["", ""] = [words for part in parts if (words := words_of(part)).text]
    for (target, scope), words in found.items():
        if target or words:
            yield Licence(target, scope, tuple(words))
