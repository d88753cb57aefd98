"""A .docx, which is a stranger's zip, opened: checked against limits first, then by python-docx.

python-docx sees a copy made here, of the XML alone: nothing in it is compressed, every part was
parsed by us and has no DTD, pictures and macros are not in it, and each relationship leads to a
part that is there (Word writes some that lead nowhere, on which python-docx stops).
"""

import copy
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from teikit.decoding import decode
from teikit.document import safe_parser
from teikit.errors import TeikitError
from teikit.importing.word.names import STRICT
from teikit.unreadable import UnreadableDocument

MOST_MEMBERS = 10_000
LARGEST_PART = 60_000_000  # bytes of one XML part
LARGEST_TOTAL = 200_000_000  # bytes of all of them
LARGEST_RATIO = 400  # of what one part is to what it is compressed to, from a million bytes on
_RATIO_FROM = 1_000_000
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_MAINS = re.compile(  # .docm, .dotx, .dotm: the same but for macros
    r"application/vnd\.(?:ms-word\.(?:document|template)\.macroEnabled(?:Template)?\.main\+xml"
    r"|ms-word\.template\.macroEnabledTemplate\.main\+xml"
    r"|openxmlformats-officedocument\.wordprocessingml\.template\.main\+xml)"
)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, eq=False)
class Part:
    """An XML part of the package: its name, its tree, and where its relationships lead."""

    name: str  # "word/document.xml"
    root: etree._Element
    links: dict[str, tuple[str, str, bool]]  # rId -> (kind, target, whether it is outside)


@dataclass(frozen=True, eq=False)
class Package:
    """The parts of a document, and what its properties say."""

    main: Part
    parts: dict[str, Part]  # all XML parts by name, `main` too
    others: tuple[str, ...]  # names of the members that are no XML: pictures, macros
    title: str = ""

    def related(self, part: Part, kind: str) -> Iterator[Part]:
        """Yield the parts that PART is related to as KIND ("footnotes"), each once, by name."""
        names = {
            target
            for said, target, outside in part.links.values()
            if said == kind and not outside and target in self.parts
        }
        for name in sorted(names):
            yield self.parts[name]


def open_package(data: bytes, path: str) -> Package:
    """Return the parts of a .docx; raise TeikitError where it is none, or beyond the limits."""
    texts, others = read_members(data, path)
    trees = {name: _parse(text, f"{path}: {name}") for name, text in texts.items()}
    opened = _open_with_library(_copy(texts, others, trees), path)
    parts = {}
    for name, tree in trees.items():
        if not name.endswith(".rels") and name != "[Content_Types].xml":
            parts[name] = Part(name, tree, opened.links.get(name, {}))
    if opened.main not in parts:
        raise TeikitError(f"{path}: is no Word document: it has no main part")
    return Package(parts[opened.main], parts, others, opened.title)


def read_members(data: bytes, path: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the XML parts of the zip as text, by name, and the names of all others."""
    texts: dict[str, str] = {}
    others, total = [], 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            members = [one for one in file.infolist() if not one.is_dir()]
            if len(members) > MOST_MEMBERS:
                raise TeikitError(f"{path}: holds {len(members)} parts, which no document needs")
            for member in members:
                name = member.filename.replace("\\", "/").lstrip("/")
                if name in texts or name in others:
                    raise TeikitError(f"{path}: holds two parts with the name {name}")
                if not name.lower().endswith((".xml", ".rels")):
                    others.append(name)
                    continue
                content = _read_member(file, member, path)
                total += len(content)
                if total > LARGEST_TOTAL:
                    raise TeikitError(f"{path}: is more than {LARGEST_TOTAL // 10**6} MB of XML")
                texts[name] = _as_text(content, f"{path}: {name}")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, ValueError) as error:
        raise TeikitError(
            f"{path}: is damaged ({error}): open it in Word and save it again"
        ) from error
    except RuntimeError as error:
        raise TeikitError(f"{path}: is encrypted: save it without a password") from error
    return dict(sorted(texts.items())), tuple(sorted(others))


def _read_member(file: zipfile.ZipFile, member: zipfile.ZipInfo, path: str) -> bytes:
    """Return the content; what the zip says of its size is not believed."""
    with file.open(member) as stream:
        content = stream.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise TeikitError(
            f"{path}: {member.filename} is more than {LARGEST_PART // 10**6} MB: split the document"
        )
    if len(content) > max(_RATIO_FROM, LARGEST_RATIO * member.compress_size):
        raise TeikitError(
            f"{path}: {member.filename} is {len(content) // max(member.compress_size, 1)} times "
            "as large as what it is packed to, which is no document of words"
        )
    return content


def _as_text(content: bytes, where: str) -> str:
    try:
        text, _ = decode(content, where)
    except UnreadableDocument as error:
        raise TeikitError(f"{where}: is damaged: {error}") from error
    text = text.removeprefix("\ufeff")
    if "http://purl.oclc.org/ooxml/" in text:
        for strict, usual in STRICT:
            text = text.replace(strict, usual)
    return text


def _parse(text: str, where: str) -> etree._Element:
    try:
        root = etree.fromstring(text.encode("utf-8"), safe_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise TeikitError(f"{where}: is damaged: it is not well-formed XML ({error})") from error
    if root.getroottree().docinfo.doctype:
        raise TeikitError(f"{where}: has a document type, which Word never writes: it is refused")
    return root


# -- python-docx --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Opened:
    main: str
    links: dict[str, dict[str, tuple[str, str, bool]]]
    title: str


def _open_with_library(copy: bytes, path: str) -> _Opened:
    """Return what python-docx knows: the main part, all relationships, the document's title."""
    try:
        from docx.package import Package as Opener
    except ImportError as error:
        raise TeikitError(
            'Word documents need the extra "word": pip install "teikit[word]"'
        ) from error
    try:
        package = Opener.open(io.BytesIO(copy))
        main = package.main_document_part
        links = {str(part.partname).lstrip("/"): _links(part.rels) for part in package.iter_parts()}
        title = _title(package)
    except RecursionError:
        raise TeikitError(f"{path}: its parts are nested too deeply") from None
    except Exception as error:  # python-docx raises whatever it stumbles over
        what = f"{type(error).__name__}: {error}"[:200]
        raise TeikitError(f"{path}: is no Word document that can be read ({what})") from error
    return _Opened(str(main.partname).lstrip("/"), links, title)


def _links(rels: Any) -> dict[str, tuple[str, str, bool]]:
    return {
        rid: (
            rel.reltype.rpartition("/")[2],
            rel.target_ref if rel.is_external else str(rel.target_part.partname).lstrip("/"),
            rel.is_external,
        )
        for rid, rel in sorted(rels.items())
    }


def _title(package: Any) -> str:
    """Return the title of the document's properties; one that Word made up is none."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    related = [rel.reltype for rel in package.rels.values()]
    if RELATIONSHIP_TYPE.CORE_PROPERTIES not in related:
        return ""
    return " ".join((package.core_properties.title or "").split())


def _copy(
    texts: dict[str, str], others: tuple[str, ...], trees: dict[str, etree._Element]
) -> bytes:
    """Return the parts as a plain zip that python-docx can open; what is no XML is empty in it."""
    known = _KnownKinds(trees.get("[Content_Types].xml"))
    there = {name for name in (*texts, *others) if known.has(name)}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in others:
            file.writestr(zipfile.ZipInfo(name), b"")
        for name, text in texts.items():
            if name == "[Content_Types].xml":
                text = _OTHER_MAINS.sub(_MAIN, text)
            elif name.endswith(".rels"):
                text = _relationships(name, trees[name], there)
            file.writestr(zipfile.ZipInfo(name), text.encode("utf-8"))
    return made.getvalue()


class _KnownKinds:
    """Of which parts the package says what they are; python-docx stops at any other."""

    def __init__(self, root: etree._Element | None):
        told = [] if root is None else list(root.iterchildren("{*}Default", "{*}Override"))
        self._endings = {one.get("Extension", "").lower() for one in told}
        self._names = {one.get("PartName", "").lstrip("/").lower() for one in told}

    def has(self, name: str) -> bool:
        return name.lower() in self._names or name.rpartition(".")[2].lower() in self._endings


def _relationships(name: str, root: etree._Element, there: set[str]) -> str:
    """Return the relationships of a part without those that lead to what is not there."""
    base = name.replace("_rels/", "", 1).rpartition("/")[0]
    kept = etree.Element(root.tag, nsmap=root.nsmap)
    for one in root.iterchildren(_RELATIONSHIP):
        target = one.get("Target")
        if not one.get("Id") or not one.get("Type") or target is None:
            continue
        if one.get("TargetMode") == "External" or _resolve(base, target) in there:
            kept.append(copy.copy(one))
    return etree.tostring(kept, encoding="unicode")


def _resolve(base: str, target: str) -> str:
    """Return the name of the part that a relationship leads to."""
    steps: list[str] = []
    for step in (target if target.startswith("/") else f"{base}/{target}").split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)
