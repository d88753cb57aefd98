"""Where an imported text goes in an edition, and how the three files are written in an order that
an interruption leaves sound: the source first, then the text, edition.toml at last."""

import contextlib
import os
import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from teikit.errors import TeikitError
from teikit.files import read_own
from teikit.importing.example import Example
from teikit.importing.imported import Imported
from teikit.importing.registering import add_witness
from teikit.project import Project
from teikit.safety.writing import check_inside, take_back, write_file, write_new_file
from teikit.settings import SETTINGS
from teikit.witness import Witness

EDITION = "#src"
_LONGEST_NAME = 100  # bytes of UTF-8: with what is added to it, a file may have 255
# what Windows takes for a device, whatever suffix comes after it
_DEVICES = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9¹²³]", re.IGNORECASE)


@dataclass(frozen=True)
class Places:
    """Paths in the edition: of the text, of the source, and of what the source was made from."""

    text: str
    source: str

    @property
    def source_from_text(self) -> str:
        """Return where the source is as seen from the text."""
        return posixpath.relpath(self.source, posixpath.dirname(self.text))


def find_places(project: Project, file: Path, name: str) -> Places:
    """Return where the file goes; NAME is what a person calls the text, perhaps empty."""
    if name:
        _check_name(name)
    called = name or _slug(file.stem) or _free_name(project)
    suffix = file.suffix.lower() if re.fullmatch(r"\.[A-Za-z0-9]{1,8}", file.suffix) else ".txt"
    places = Places(f"texts/{called}.xml", f"source/{called}{suffix}")
    for path in (places.text, places.source):
        _check_clash(project.folder, path)
    return places


def _check_name(name: str) -> None:
    """Raise TeikitError where a file of this name could not be had on every computer."""
    if not all(_is_of_name(one) or one in "-_" for one in name):
        raise TeikitError(f"--name {name}: a name has letters, digits, - and _, and no more")
    if name.startswith("-"):
        raise TeikitError(
            f"--name {name}: a name does not begin with -: commands take it for an option"
        )
    if _DEVICES.fullmatch(name):
        raise TeikitError(f"--name {name}: Windows can have no file of this name: choose another")
    if len(name.encode("utf-8", "replace")) > _LONGEST_NAME:
        raise TeikitError(f"--name {name[:20]}…: is too long: choose a shorter name")


def _check_clash(folder: Path, path: str) -> None:
    """Raise TeikitError where a file is there whose name differs only in case."""
    top, own = posixpath.split(path)
    try:
        names = os.listdir(folder / top)
    except OSError:
        return
    other = next((one for one in sorted(names) if one != own and _folded(one) == _folded(own)), "")
    if other:
        raise TeikitError(
            f"{top}/{other}: is there already, and many computers take {own} for the same file: "
            "give the text another name with --name"
        )


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _slug(stem: str) -> str:
    """Return a name for a file, Latin letters without accents: "Über den 湖" -> "uber-den-湖"."""
    letters = map(_without_accents, unicodedata.normalize("NFC", stem.casefold()))
    kept = "".join(one if _is_of_name(one) else " " for one in "".join(letters))
    made = "-".join(kept.split()).encode("utf-8")[:_LONGEST_NAME].decode("utf-8", "ignore")
    made = made.strip("-")
    return f"text-{made}" if _DEVICES.fullmatch(made) else made


def _without_accents(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[:1]
    return base.lower() if base.isascii() and base.isalnum() else letter


def _is_of_name(letter: str) -> bool:
    """Return whether it is a letter, a digit, or a sign on a letter, as vowels of Hindi are."""
    return letter.isalnum() or unicodedata.category(letter) in ("Mn", "Mc")


def _free_name(project: Project) -> str:
    taken = {Path(one).stem for one in project.texts}
    number = 1
    while f"text-{number}" in taken:
        number += 1
    return f"text-{number}"


def models_for(project: Project, text: str) -> tuple[str, ...]:
    """Return the schemas of the edition as seen from the text, each once."""
    own = dict.fromkeys(one for one in (project.relaxng, project.schematron) if one)
    return tuple(posixpath.relpath(one, posixpath.dirname(text)) for one in own)


def find_example(project: Project, text: str) -> Example:
    """Return the text that a new one is made like: the main one, else the first."""
    others = [one for one in (project.main, *project.texts) if one and one != text]
    for path in others:
        data = read_own(project.folder, path)
        if isinstance(data, bytes):
            return Example(data, path, text)
    return Example()


def is_there(
    project: Project, places: Places, data: bytes, made: Imported, witness: Mapping[str, bytes]
) -> bool:
    """Return whether the edition has all the files of an import, with these bytes."""
    files = {places.source: data, **witness, places.text: made.tei}
    return all(_is_there(project.folder / path, content) for path, content in files.items())


def write_into(
    project: Project, places: Places, data: bytes, made: Imported, witness: Mapping[str, bytes]
) -> tuple[str, ...]:
    """Write the text, its source and the witness; return what was written.

    WITNESS are further files to keep, by path. What is there already with the same bytes stays;
    with others, nothing is written and CannotWrite raised.
    """
    files = {places.source: data, **witness, places.text: made.tei}
    for path in files:
        check_inside(project.folder, path)
    source = next(iter(witness), places.source)
    told = Witness(places.text, source, EDITION, made.encoding, made.layout)
    with _alone(project.folder):
        text, added = _settings_with(project, told)
        new = {
            path: content
            for path, content in files.items()
            if not _is_there(project.folder / path, content)
        }
        for path in new:
            if os.path.lexists(project.folder / path):
                raise TeikitError(
                    f"{project.folder / path}: is there already, and is left as it is: give the "
                    "text another name with --name"
                )
        with _all_or_none(project, told, new) as written:
            for path, content in new.items():
                write_new_file(project.folder / path, content)
                written.append(path)
            if added != text:
                text, added = _settings_with(project, told)  # an editor may have saved it
                write_file(project.folder / SETTINGS, added.encode("utf-8"))
                return (*new, SETTINGS)
    return tuple(new)


def _settings_with(project: Project, witness: Witness) -> tuple[str, str]:
    """Return the text of edition.toml as it is now, and as it is with the witness."""
    settings = project.folder / SETTINGS
    text = settings.read_bytes().decode("utf-8")
    return text, add_witness(text, witness, str(settings))


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other imports into FOLDER waiting: two would write one edition.toml at a time."""
    try:
        import fcntl
    except ImportError:  # Windows: there a loss is told by the text that has no witness
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _all_or_none(
    project: Project, witness: Witness, files: Mapping[str, bytes]
) -> Iterator[list[str]]:
    """Give a list for the paths that were written; where it fails, they are taken away again."""
    written: list[str] = []
    new = {folder for one in files if not (folder := (project.folder / one).parent).exists()}
    try:
        yield written
    except BaseException:
        text, added = _settings_with(project, witness)
        if text != added:  # else all of it was done when it was stopped
            for path in reversed(written):
                take_back(project.folder / path, files[path])
            for folder in new:
                take_back(folder, b"")
        raise


def _is_there(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False
