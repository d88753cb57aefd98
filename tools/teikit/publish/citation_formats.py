"""What is cited as reference managers read it: BibTeX, RIS, CSL-JSON."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from teikit.publish.citation_work import Person, Work

# BibTeX counts braces even behind a backslash, so that none of the text may stand as one
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "#$%&_"},
}
_TEX_TABLE = str.maketrans(_TEX)
_NOT_TEXT = ("Cc", "Cs")  # categories of Unicode
_AND = re.compile(r"(?i)(^|\s)and(\s|$)|,")


def one_line(text: str) -> str:
    """Return the text in one line, without what is no character."""
    kept = (char for char in text if char.isspace() or unicodedata.category(char) not in _NOT_TEXT)
    return " ".join("".join(kept).split())


def render_bibtex(work: Work) -> str:
    """Return the work as an entry for BibTeX and biblatex."""
    fields = [
        ("author", _bibtex_names(work.authors)),
        ("title", _protected(work.title)),
        ("titleaddon", " / ".join(map(_tex, _translations(work)))),
        ("booktitle", _protected(work.container)),
        ("series", _protected(work.series)),
        ("editor", _bibtex_names(work.editors)),
        ("translator", _bibtex_names(work.translators)),
        ("publisher", "{" + _tex(work.publishers[0]) + "}" if work.publishers else ""),
        ("address", _tex(work.place)),
        ("version", _tex(work.version)),
        ("year", work.date[:4]),
        ("date", work.date),
        ("origdate", work.original_date),
        ("language", _tex(work.language)),
        ("doi", _raw(work.doi)),
        ("url", _raw(work.url)),
        ("note", _tex("; ".join(work.known_as))),
        ("copyright", _tex("; ".join(_rights(work)))),
    ]
    kind = "incollection" if work.container else "book"
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    return f"@{kind}{{{work.key},\n{lines}}}\n"


def _tex(text: str) -> str:
    return one_line(text).translate(_TEX_TABLE)


def _protected(text: str) -> str:
    """Return a title whose letters no style may change."""
    return "{" + _tex(text) + "}" if text else ""


def _raw(value: str) -> str:
    """Return an address, which TeX takes as it is."""
    return re.sub(r"[{}\\\s]", lambda one: f"%{ord(one[0]):02X}", value)


def _bibtex_names(people: Iterable[Person]) -> str:
    return " and ".join(filter(None, map(_bibtex_name, people)))


def _bibtex_name(person: Person) -> str:
    name = person.name
    if person.is_group or not name.family:
        return "{" + _tex(name.text) + "}"
    family = " ".join(filter(None, (_tex(name.particle), _part(name.family))))
    return ", ".join(filter(None, (family, _part(name.suffix), _part(name.given))))


def _part(text: str) -> str:
    """Return a part of a name, in braces where BibTeX would divide it."""
    shown = _tex(text)
    return "{" + shown + "}" if _AND.search(text) or text[:1].islower() else shown


def render_ris(work: Work) -> str:
    """Return the work as a record in RIS."""
    lines = [
        ("TY", "CHAP" if work.container else "BOOK"),
        ("ID", work.key),
        *(("AU", inverted(one)) for one in work.authors),
        ("TI", work.title),
        *(("TT", one) for one in _translations(work)),
        ("T2", work.container),
        ("T3", work.series),
        *(("A2" if work.container else "ED", inverted(one)) for one in work.editors),
        *(("A4", inverted(one)) for one in work.translators),
        ("CY", work.place),
        *(("PB", one) for one in work.publishers[:1]),
        ("PY", work.date[:4]),
        ("DA", work.date.replace("-", "/") + "/" * (3 - len(work.date.split("-"))))
        if work.date
        else ("DA", ""),
        ("ET", work.version),
        ("LA", work.language),
        ("DO", work.doi),
        ("UR", work.url),
        *(("AN", one) for one in work.known_as[:1]),
        *(("N1", one) for one in (*work.known_as[1:], *_rights(work))),
    ]
    said = ((tag, one_line(value)) for tag, value in lines)
    return "".join(f"{tag}  - {value}\r\n" for tag, value in said if value) + "ER  - \r\n"


def inverted(person: Person) -> str:
    """Return a name as it is sorted: Family, Given."""
    name = person.name
    if person.is_group or not name.family:
        return name.text
    family = " ".join(filter(None, (name.particle, name.family)))
    return ", ".join(filter(None, (family, name.given, name.suffix)))


def render_csl(work: Work) -> str:
    """Return the work as CSL-JSON."""
    return json.dumps([csl_item(work)], ensure_ascii=False, indent=1) + "\n"


def csl_item(work: Work) -> dict[str, Any]:
    """Return the work as an item of CSL-JSON."""
    item: dict[str, Any] = {
        "id": work.key,
        "type": "chapter" if work.container else "book",
        "title": one_line(work.title),
        "container-title": one_line(work.container),
        "collection-title": one_line(work.series),
        "author": [_csl_name(one) for one in work.authors],
        "editor": [_csl_name(one) for one in work.editors],
        "translator": [_csl_name(one) for one in work.translators],
        "contributor": [_csl_name(one) for one in work.contributors],
        "publisher": one_line(work.publishers[0]) if work.publishers else "",
        "publisher-place": one_line(work.place),
        "issued": _csl_date(work.date),
        "original-date": _csl_date(work.original_date),
        "version": one_line(work.version),
        "language": work.language,
        "DOI": work.doi,
        "URL": work.url,
        "note": one_line("; ".join((*work.known_as, *_rights(work)))),
    }
    return {name: value for name, value in item.items() if value}


def _csl_name(person: Person) -> dict[str, str]:
    name = person.name
    if person.is_group or not name.family:
        return {"literal": one_line(name.text)}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {key: one_line(value) for key, value in parts.items() if value}


def _csl_date(date: str) -> dict[str, Any]:
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else {}


def _translations(work: Work) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one_line(one.text) for one in work.other_titles))


def _rights(work: Work) -> Iterator[str]:
    """Yield each licence with what it is about."""
    for one in work.rights:
        name = one_line(f"{one.name} <{one.url}>" if one.url and one.url != one.name else one.name)
        yield f"{one.scope}: {name}" if one.scope else name
