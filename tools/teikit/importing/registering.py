"""edition.toml with one more [[witness]]: the rest of the file stays as it is."""

import tomllib
from pathlib import Path

from teikit.errors import TeikitError
from teikit.settings import BadSettings, parse_settings
from teikit.witness import Layout, Witness

_NAMES = ("line", "page", "paragraph_end", "blank_line", "start", "end", "spaces", "paragraphs",
          "page_marker", "paragraph_start")  # fmt: skip


def add_witness(settings: str, witness: Witness, path: str) -> str:
    """Return the text of edition.toml (at PATH) with WITNESS at its end.

    It is the same text where the witness is there already. Raises TeikitError where it could not
    be added without changing what the settings say.
    """
    before = tomllib.loads(settings)
    table = _table(witness)
    found = before.get("witness", [])
    if table in found:
        return settings
    if any(isinstance(one, dict) and one.get("text") == witness.text for one in found):
        raise TeikitError(f"{path}: has another witness for {witness.text} already: take it out")
    ending = "" if not settings or settings.endswith("\n") else "\n"
    line_end = "\r\n" if "\r\n" in settings else "\n"
    added = settings + ending + "\n" * bool(settings) + _toml(table)
    added = added if line_end == "\n" else added.replace("\r\n", "\n").replace("\n", "\r\n")
    try:
        after = parse_settings(added, Path(path))
    except BadSettings as problem:
        if _is_read(table, Path(path)):
            after = {}
        else:  # say, lines that begin with a million spaces
            raise TeikitError(
                f"{problem}: this is what a witness would make of it, with the layout that the "
                "file has: say another with --line, --blank-line, --start, --end"
            ) from problem
    if after != {**before, "witness": [*found, table]}:
        raise TeikitError(
            f"{path}: a witness cannot be added at its end: write [[witness]] tables, no list"
        )
    return added


def _is_read(table: dict, path: Path) -> bool:
    """Return whether settings that have this witness alone could be read."""
    try:
        return bool(parse_settings(_toml(table), path))
    except BadSettings:
        return False


def _table(witness: Witness) -> dict:
    table: dict = {"text": witness.text, "source": witness.source}
    if witness.edition:
        table["edition"] = witness.edition
    if witness.encoding != "utf-8":
        table["encoding"] = witness.encoding
    usual = Layout()
    layout = {
        name.replace("_", "-"): getattr(witness.layout, name)
        for name in _NAMES
        if getattr(witness.layout, name) != getattr(usual, name)
    }
    if layout:
        table["layout"] = layout
    return table


def _toml(table: dict) -> str:
    lines = ["[[witness]]"]
    lines += [f"{key} = {_quoted(value)}" for key, value in table.items() if key != "layout"]
    if "layout" in table:
        lines += ["", "[witness.layout]"]
        lines += [f"{key} = {_quoted(value)}" for key, value in table["layout"].items()]
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f"}
    return (
        '"'
        + "".join(
            escapes.get(one) or (one if one.isprintable() else f"\\u{ord(one):04X}")
            for one in value
        )
        + '"'
    )
