"""What an xi:include asks for, and why it may not get it (XInclude 1.1, section 3.1)."""

from dataclasses import dataclass

from lxml import etree

from teikit.addresses import find_address
from teikit.bases import base_of
from teikit.place import Place
from teikit.xinclude.names import FALLBACK, INCLUDE


class CannotInclude(Exception):
    """A part cannot be included; carries the parts of the finding that says so.

    `is_fatal`: by XInclude 1.1 the fallback does not stand in for it. `place` is in the included
    file, where the fault is there; None: at the xi:include.
    """

    def __init__(
        self,
        rule: str,
        reason: str,
        hint: str = "",
        *,
        is_fatal: bool = False,
        place: Place | None = None,
    ):
        super().__init__(reason)
        self.rule, self.reason, self.hint = rule, reason, hint
        self.is_fatal, self.place = is_fatal, place
        self.severity = "error" if is_fatal else "warning"


@dataclass(frozen=True)
class Request:
    """What one xi:include asks for: a file of the project, and what of it."""

    path: str
    is_text: bool
    pointer: str = ""  # xpointer or fragid; empty: the whole file
    encoding: str = ""  # of a text
    new_id: str | None = None  # set-xml-id


def read_request(include: etree._Element, path: str) -> Request:
    """Return what the xi:include asks for; raise CannotInclude where that is nothing teikit reads.

    `path` is the document's: what an address is relative to where no file was included yet.
    """
    href = include.get("href", "")
    is_text = _asks_for_text(include)
    pointer = include.get("xpointer", "") or include.get("fragid", "")
    _check_form(include, href, is_text, pointer)
    address = find_address(href, base_of(include, path))
    if address.url:
        raise CannotInclude(
            "xinclude:remote",
            f"{_shown(address.url)} was not included: teikit reads nothing from the network",
            "Put a copy of the file into the project, and name that in @href.",
        )
    if address.problem:
        raise CannotInclude(
            "xinclude:outside",
            f'"{_shown(href)}" was not included: {address.problem.strip()}',
            "Run teikit on the folder that holds both files, or put a copy into the project.",
        )
    return Request(
        address.path, is_text, pointer, include.get("encoding", ""), include.get("set-xml-id")
    )


def fallback_of(include: etree._Element) -> etree._Element | None:
    """Return the xi:fallback of the xi:include, if it has one."""
    return include.find(FALLBACK)


def _check_form(include: etree._Element, href: str, is_text: bool, pointer: str) -> None:
    if "#" in href:
        file, _, fragment = href.partition("#")
        raise _malformed(
            f'@href "{_shown(href)}" has a part after #, which XInclude does not allow',
            f'Write href="{file}" xpointer="{fragment}".' if fragment else "Take out the #.",
        )
    if not href and (is_text or not pointer) and include.get("href") is None:
        raise _malformed("xi:include has no @href", "Name the file that is to stand here in @href.")
    if is_text and include.get("xpointer"):
        raise _malformed("a text (@parse) has no @xpointer", "Take out @xpointer.")
    if len(include.findall(FALLBACK)) > 1 or include.find(INCLUDE) is not None:
        raise _malformed(
            "xi:include may hold one xi:fallback and nothing else of XInclude",
            "Put what is to be included instead into the xi:fallback.",
        )


def _asks_for_text(include: etree._Element) -> bool:
    parse = include.get("parse", "xml")
    kind = parse.partition(";")[0].strip().lower()
    if kind in ("xml", "application/xml", "text/xml") or kind.endswith("+xml"):
        return False
    if kind == "text" or kind.startswith("text/"):
        return True
    raise _malformed(
        f'@parse says "{_shown(parse)}", but a file is included as "xml" or as "text"',
        'Write parse="text" for a text without tags; else leave out @parse.',
    )


def _malformed(reason: str, hint: str) -> CannotInclude:
    return CannotInclude("xinclude:malformed", reason, hint, is_fatal=True)


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 200 else text[:199] + "…"
