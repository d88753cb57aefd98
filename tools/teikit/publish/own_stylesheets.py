"""The stylesheets that an edition brings along, with what they may import."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from teikit.errors import TeikitError
from teikit.files import NotReadable, find_files, read_inside
from teikit.project import Project
from teikit.transform.rendering import Stylesheet

_LARGEST = 10_000_000  # bytes of one
_MOST = 1000  # of which what the pages are made with depends
_SUFFIXES = (".xsl", ".xslt")


@dataclass(frozen=True)
class OwnStylesheets:
    """The edition's stylesheet for pages, and the one for plain text; None: ours is taken."""

    pages: Stylesheet | None = None
    plain: Stylesheet | None = None


def read_own_stylesheets(project: Project) -> OwnStylesheets:
    """Return what edition.toml names; raise TeikitError where a file cannot be read."""
    wishes = project.publishing
    return OwnStylesheets(
        _read(project, wishes.stylesheet, "stylesheet"),
        _read(project, wishes.plain_stylesheet, "plain-stylesheet"),
    )


def _read(project: Project, path: str, setting: str) -> Stylesheet | None:
    if not path:
        return None
    try:
        data = read_inside(str(project.folder), path, _LARGEST)
    except NotReadable as problem:
        raise TeikitError(
            f"{project.folder / 'edition.toml'}: publish.{setting} names {path}: {problem.reason}"
        ) from None
    folder = (project.folder / path).absolute().parent
    return Stylesheet(data, path, str(folder), _digest(folder))


def _digest(folder: Path) -> str:
    """Return what stands for all that a stylesheet in the folder may import."""
    files = [one for one in find_files(folder) if one.endswith(_SUFFIXES)]
    if len(files) > _MOST:
        raise TeikitError(
            f"{folder}: holds {len(files)} stylesheets: put those of the edition into a folder "
            "of their own"
        )
    digest = hashlib.sha256()
    for name in files:
        try:
            data = read_inside(str(folder), name, _LARGEST)
        except NotReadable:
            continue  # importing it fails, too
        digest.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        digest.update(data)
    return digest.hexdigest()
