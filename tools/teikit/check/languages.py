"""Languages: each tag is one that BCP 47 knows, and that the header declares."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from teikit.check.language_tags import TagProblem, check_tag
from teikit.document import TEI, XML_LANG, Document
from teikit.location import attribute_place
from teikit.report import Finding

_T = f"{{{TEI}}}"
# attributes whose datatype is teidata.language, besides xml:lang (p5subset.xml)
LANGUAGE_ATTRIBUTES = {
    "ident": frozenset({"language"}),
    "mainLang": frozenset({"textLang"}),
    "otherLangs": frozenset({"textLang"}),
    "tag": frozenset({"langKnown"}),
    "tags": frozenset({"langKnowledge"}),
    "docLang": frozenset({"schemaSpec"}),
    "targetLang": None,  # on whatever has it
}
_NO_LANGUAGE = frozenset({"", "und", "mul", "zxx", "mis"})


@dataclass
class _Use:
    """One tag as one attribute has it: where first, and how often."""

    element: etree._Element
    count: int = 1


def check_languages(document: Document) -> Iterator[Finding]:
    """Yield a finding for each tag that is none, at its first use; and for each undeclared one."""
    uses: dict[tuple[str, str], _Use] = {}
    for element in document.root.iter(etree.Element):
        for attribute, tag in _tags_of(element):
            use = uses.get((attribute, tag))
            if use:
                use.count += 1
            else:
                uses[attribute, tag] = _Use(element)
    for (attribute, tag), use in uses.items():
        problem = check_tag(tag)
        if problem:
            yield _wrong(document, attribute, tag, use, problem)
    yield from _check_declared(document)


def _tags_of(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield (attribute, language tag); an empty xml:lang says nothing about the language."""
    for attribute in element.keys():
        if attribute == XML_LANG:
            tag = element.get(attribute)
            if tag.strip():
                yield "xml:lang", tag
        elif attribute in LANGUAGE_ATTRIBUTES and element.tag.startswith(_T):
            only = LANGUAGE_ATTRIBUTES[attribute]
            if only is None or element.tag.removeprefix(_T) in only:
                for tag in element.get(attribute).split():
                    yield attribute, tag


def _wrong(document: Document, attribute: str, tag: str, use: _Use, problem: TagProblem) -> Finding:
    again = f" ({use.count} times in this file)" if use.count > 1 else ""
    return Finding(
        attribute_place(document, use.element, XML_LANG if attribute == "xml:lang" else attribute),
        problem.rule,
        f'{attribute}="{tag}"{again} {problem.message}',
        severity="error" if problem.rule == "languages:malformed" else "warning",
        hint=f'Write "{problem.better}".'
        if problem.better
        else "Write a tag such as en, grc, zh-Hans or de-AT; what has no code of its own is "
        "written like en-x-mine.",
        expected=(problem.better,) if problem.better else (),
        ordinal=document.ordinal(use.element),
    )


def _check_declared(document: Document) -> Iterator[Finding]:
    """Yield a finding at the first use of each language of a text that langUsage leaves out."""
    declared = [element.get("ident", "").lower() for element in document.root.iter(f"{_T}language")]
    if not any(declared):
        return
    seen: set[str] = set()
    for text in document.elements("text", "facsimile", "sourceDoc"):
        for element in text.iter(etree.Element):
            tag = element.get(XML_LANG)
            if tag is None or tag.lower() in seen:
                continue
            seen.add(tag.lower())
            if tag.strip().lower() in _NO_LANGUAGE or _is_declared(tag.lower(), declared):
                continue
            problem = check_tag(tag)
            if problem and problem.rule != "languages:deprecated":
                continue  # said already
            yield Finding(
                document.place(element),
                "languages:undeclared",
                f'xml:lang="{tag}" is no language of langUsage',
                severity="info",
                hint=f'Add <language ident="{tag}"> to langUsage in the header.',
                ordinal=document.ordinal(element),
            )


def _is_declared(tag: str, declared: list[str]) -> bool:
    """Return whether the tag, or one that it narrows (zh for zh-Hans), is declared."""
    return any(tag == one or tag.startswith(f"{one}-") for one in declared if one)
