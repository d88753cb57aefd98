"""A folder of TEI files without edition.toml -> Project: which are texts, which registers.

What each file is, is asked of the job `kind`. Anything in the folder may be TEI, in any layout;
what is no text or register (an ODD, a schema, a stylesheet) is left out, and said to be.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from teikit.errors import TeikitError
from teikit.files import find_documents, read_file
from teikit.place import Place
from teikit.project import Project, find_project
from teikit.publishing import Publishing
from teikit.report import Finding
from teikit.safety.worker import JobFailed, Runner
from teikit.settings import SETTINGS
from teikit.shipped import shipped
from teikit.starting.records import Kind

_TEI_NAME = b"http://www.tei-c.org/ns/1.0"
# languages whose readers are at home in another's interface
_SPOKEN = {"lzh": "zh", "cmn": "zh", "yue": "zh", "wuu": "zh", "nan": "zh", "hak": "zh"}
# subtags that say that Chinese is written in traditional characters
_TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))
# what the job calls a file that is neither -> why it is left out
_REASONS = {
    "odd": "it is an ODD, which describes a schema",
    "part": "it is a part of a TEI document, not a whole one",
    "header": "it has a teiHeader, but neither a text nor a register",
    "other": "it is no TEI",
}


def read_folder(folder: Path, jobs: Runner) -> Project:
    """Return the Project that the TEI files in FOLDER make; raise TeikitError where none is."""
    above = find_project(folder)
    if above is not None:
        raise TeikitError(
            f"{folder}: is a part of the edition in {above}: name that folder, or go there"
        )
    root = Path(os.path.abspath(folder))
    found = _find_files(root, jobs)
    if not found.texts and not found.registers:
        raise TeikitError(
            f"{folder}: holds neither {SETTINGS} nor a TEI file with a text (.xml, .tei): "
            "name the folder of your TEI files"
        )
    return Project(
        folder,
        has_settings=False,
        title=() if len(found.texts) == 1 else (("", root.name),),
        languages=(found.language,),
        texts=found.texts,
        registers=found.registers,
        publishing=Publishing(templates=""),
        left_out=found.left_out,
    )


def with_all_files(project: Project, jobs: Runner) -> Project:
    """Return the project with the TEI files that lie anywhere in its folder.

    For one whose folders texts/ and registers/ hold none: whoever has made a folder of TEI files
    an edition need not move them.
    """
    found = _find_files(Path(os.path.abspath(project.folder)), jobs)
    return replace(project, texts=found.texts, registers=found.registers, left_out=found.left_out)


@dataclass(frozen=True)
class _Found:
    """The TEI files of a folder by what they are, and what is no text of it."""

    texts: tuple[str, ...]
    registers: tuple[str, ...]
    language: str
    left_out: tuple[Finding, ...]


def _find_files(root: Path, jobs: Runner) -> _Found:
    files, editions = find_documents(root)
    kinds = _find_kinds([file.relative_to(root).as_posix() for file in files], root, jobs)
    left_out = [
        _left_out(path, _REASONS[kind.role])
        for path, kind in kinds.items()
        if kind.role in _REASONS
    ]
    left_out += [
        _left_out((one / SETTINGS).relative_to(root).as_posix(), "it belongs to another edition")
        for one in editions
    ]
    return _Found(
        tuple(path for path, kind in kinds.items() if kind.role == "text"),
        tuple(path for path, kind in kinds.items() if kind.role == "register"),
        _language_of(kinds.values()),
        tuple(left_out),
    )


def _find_kinds(paths: list[str], root: Path, jobs: Runner) -> Mapping[str, Kind]:
    """Return what each file is; one that cannot be read is a text, so that this is reported."""
    kinds = dict.fromkeys(paths, Kind(role="text"))
    asked: list[str] = []

    def calls() -> Iterator[tuple[bytes, str]]:
        for path in paths:
            data = read_file(root, path, jobs.largest_document)
            if isinstance(data, Finding):
                continue
            if _TEI_NAME not in data and b"\0" not in data:  # UTF-16 hides the name
                kinds[path] = Kind()
                continue
            asked.append(path)
            yield data, path

    for path, kind in zip(asked, jobs.run_all("kind", calls()), strict=True):
        if not isinstance(kind, JobFailed) and kind.is_readable:
            kinds[path] = kind
    return kinds


def _language_of(kinds: Iterable[Kind]) -> str:
    """Return the language of the interface: that of most texts, if we have words in it."""
    found = Counter(_spoken(kind.language.lower()) for kind in kinds if kind.role == "text")
    language = found.most_common(1)[0][0] if found else ""
    known = shipped("templates") / "strings" / f"{language}.toml"
    return language if language.replace("-", "").isalpha() and known.is_file() else "en"


def _spoken(tag: str) -> str:
    language, *others = tag.split("-")
    language = _SPOKEN.get(language, language)
    is_traditional = language == "zh" and not _TRADITIONAL.isdisjoint(others)
    return "zh-Hant" if is_traditional else language


def _left_out(path: str, reason: str) -> Finding:
    return Finding(
        Place(path), "publish:left-out", f"has no page of its own: {reason}", severity="info"
    )
