"""Whether the edition has a text from the same file already, imported in another way."""

import posixpath
from pathlib import Path

from teikit.errors import TeikitError
from teikit.files import read_own
from teikit.importing.formats import MARKDOWN, WORD
from teikit.project import Project
from teikit.settings import SETTINGS
from teikit.witness import Witness


def refuse_copy(project: Project, text: str, data: bytes, file: str, *, is_named: bool) -> None:
    """Raise TeikitError where a text of the edition is from a file with the same bytes.

    Where a person names the new text (IS_NAMED), only TEXT itself may not be such a one.
    """
    for witness in project.witnesses:
        if is_named and witness.text != text:
            continue
        source = _find_source(project.folder, witness, data)
        if source:
            files = ", ".join(dict.fromkeys((witness.text, source, witness.source)))
            raise TeikitError(
                f"{file}: is in the edition already, as {witness.text}, which is not what it would "
                f"be now: to import it anew, take away {files} and the [[witness]] of the text in "
                f"{SETTINGS}; to have it twice, give the second a --name"
            )


def _find_source(folder: Path, witness: Witness, data: bytes) -> str:
    """Return the path of the file with these bytes that a text was imported from, or "".

    It is the witness; or what its words were found in, which stands beside it.
    """
    stem = posixpath.splitext(witness.source)[0]
    for path in (witness.source, *(f"{stem}{suffix}" for suffix in (*WORD, *MARKDOWN))):
        try:
            is_likely = (folder / path).stat().st_size == len(data)
        except OSError:
            continue
        if is_likely and read_own(folder, path) == data:
            return path
    return ""
