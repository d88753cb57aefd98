"""Where an imported text goes in an edition, and how the three files are written in an order that
an interruption leaves sound: the source first, then the text, edition.toml at last."""

import posixpath
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from teikit.errors import TeikitError
from teikit.files import is_inside, read_own
from teikit.importing.example import Example
from teikit.importing.imported import Imported
from teikit.importing.registering import add_witness
from teikit.project import Project
from teikit.safety.writing import write_file, write_new_file
from teikit.settings import SETTINGS
from teikit.witness import Witness

EDITION = "#src"


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
    if name and not re.fullmatch(r"[\w-]+", name):
        raise TeikitError(f"--name {name}: a name has letters, digits, - and _, and no more")
    called = name or _slug(file.stem) or _free_name(project)
    suffix = file.suffix.lower() if re.fullmatch(r"\.[A-Za-z0-9]{1,8}", file.suffix) else ".txt"
    return Places(f"texts/{called}.xml", f"source/{called}{suffix}")


def _slug(stem: str) -> str:
    """Return a name of ASCII letters for a file: "Über den See" -> "uber-den-see"."""
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode("ascii")
    words = re.findall(r"[A-Za-z0-9]+", plain)
    letters = sum(one.isalnum() for one in stem)
    made = "-".join(words).lower()
    return made if made and len(made.replace("-", "")) * 2 >= letters else ""


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


def write_into(
    project: Project, places: Places, data: bytes, made: Imported, witness: Mapping[str, bytes]
) -> tuple[str, ...]:
    """Write the text, its source and the witness; return what was written.

    WITNESS are further files to keep, by path. What is there already with the same bytes stays;
    with others, nothing is written and CannotWrite raised.
    """
    settings = project.folder / SETTINGS
    text = settings.read_bytes().decode("utf-8")
    source = next(iter(witness), places.source)
    added = add_witness(
        text, Witness(places.text, source, EDITION, made.encoding, made.layout), str(settings)
    )
    files = {places.source: data, **witness, places.text: made.tei}
    new = {
        path: content
        for path, content in files.items()
        if not _is_there(project.folder / path, content)
    }
    for path in new:
        if not is_inside(project.folder, path):
            raise TeikitError(
                f"{project.folder / path}: a link leads out of the edition's folder, so nothing "
                "was written"
            )
        if (project.folder / path).exists():
            raise TeikitError(
                f"{project.folder / path}: is there already, and is left as it is: give the text "
                "another name with --name"
            )
    for path, content in new.items():
        write_new_file(project.folder / path, content)
    if added != text:
        write_file(settings, added.encode("utf-8"))
        return (*new, SETTINGS)
    return tuple(new)


def _is_there(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content
