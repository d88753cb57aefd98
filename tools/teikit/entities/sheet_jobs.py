"""The jobs of a sheet: a register -> its rows; a register and changes -> the register changed."""

from teikit.document import UnreadableDocument, read_document
from teikit.edits import apply_edits
from teikit.entities.columns import Step
from teikit.entities.edited import Change, Edited
from teikit.entities.entries import Entry, find_entries, rows_of
from teikit.entities.entry_adding import add_entries
from teikit.entities.entry_edits import EntryEditor
from teikit.entities.sheet import Rows


def rows_job(data: bytes, path: str) -> Rows:
    """Return the entries of the file called PATH as rows of a sheet."""
    try:
        return rows_of(read_document(data, path))
    except UnreadableDocument as problem:
        return Rows(path, problem=problem.as_finding())


def edit_job(data: bytes, path: str, changes: tuple[Change, ...]) -> Edited:
    """Return the file called PATH with the changes; what cannot be written is refused."""
    document = read_document(data, path)
    entries = {entry.id: entry for entry in find_entries(document)[0]}
    names = frozenset(step.name for entry in entries.values() for step in _steps(entry))
    edits, refused = add_entries(document, [one for one in changes if one.is_new], names)
    for change in changes:
        if not change.is_new:
            editor = EntryEditor(document, entries[change.id], change, names)
            editor.work()
            edits += editor.edits
            refused += editor.refused
    changed = apply_edits(data, path, edits) if edits else data
    return Edited(changed, rows_of(read_document(changed, path)), tuple(refused))


def _steps(entry: Entry) -> list[Step]:
    return [step for steps in entry.elements for step in steps]
