"""The witnesses of an apparatus: the sigla and words by which a document describes them.

The module imports no lxml, so that the command's own process can pass them on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from teikit.pointers import Prefix, resolve

if TYPE_CHECKING:
    from lxml import etree

_T = "{http://www.tei-c.org/ns/1.0}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
WITNESSES = (f"{_T}witness", f"{_T}listWit")
_WHOLE = (f"{_T}witness", f"{_T}bibl")  # all their words describe the witness
_NAMES = tuple(f"{_T}{name}" for name in ("head", "persName", "orgName", "name"))
_LONGEST = 600  # characters of a description
_LEADS = " =:;,.–—-"


@dataclass(frozen=True)
class Witness:
    """A manuscript, print or person that readings come from."""

    uri: str
    sigla: tuple[tuple[str, str], ...]  # (language, siglum), the first is the usual one
    words: str = ""
    lang: str = ""

    def siglum(self, language: str) -> str:
        """Return its siglum in the language, else the usual one."""
        short = language.split("-")[0].lower()
        for lang, siglum in self.sigla:
            if lang and lang.split("-")[0].lower() == short:
                return siglum
        return self.sigla[0][1]


def find_witnesses(root: "etree._Element", path: str) -> Iterator[Witness]:
    """Yield the witnesses that the document describes, and the groups of them, in order."""
    for element in root.iter(*WITNESSES):
        name = element.get(f"{_XML}id") or element.get("n", "")
        if name:
            yield read_witness(element, f"{path}#{name}")


def cited_elsewhere(
    root: "etree._Element", path: str, prefixes: tuple[Prefix, ...]
) -> tuple[str, ...]:
    """Return the URIs of the witnesses in other files that @wit names, sorted."""
    tokens = {
        token
        for element in root.iter("{*}*")
        for token in element.get("wit", "").split()
        if ("#" in token or ":" in token) and not token.startswith("#")
    }
    return tuple(sorted({resolve(token, path, prefixes).target for token in tokens} - {""}))


def read_witness(element: "etree._Element", uri: str) -> Witness:
    """Return the witness that the element describes."""
    name = uri.rpartition("#")[2]
    said = [
        (language_of(one), " ".join("".join(one.itertext()).split()))
        for one in element.iter(f"{_T}abbr")
        if one.get("type") == "siglum"
    ]
    sigla = tuple(one for one in said if one[1]) or (("", name),)
    named = element if element.tag in _WHOLE else next(element.iterchildren(*_NAMES), None)
    words = "" if named is None else _words(named)
    number = element.get("n", "")
    if not words and number != name:
        words = number
    return Witness(uri, sigla, words, language_of(element))


def language_of(element: "etree._Element") -> str:
    """Return the xml:lang that holds for the element, or an empty string."""
    for one in (element, *element.iterancestors()):
        said = one.get(f"{_XML}lang")
        if said is not None:
            return said
    return ""


def _words(element: "etree._Element") -> str:
    """Return what is said of a witness, without its first siglum."""
    first = next((one for one in element.iter(f"{_T}abbr") if one.get("type") == "siglum"), None)
    if first is None:
        words = "".join(element.itertext())
    else:
        words = "".join(element.itertext()).replace("".join(first.itertext()), "", 1)
    words = " ".join(words.split()).strip(_LEADS)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
