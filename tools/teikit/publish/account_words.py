"""The account of a site in words: for a terminal, and for programs."""

from collections.abc import Iterable

from teikit.publish.accounting import Account
from teikit.publish.carried import Carried
from teikit.wording import counted


def account_lines(account: Account) -> list[str]:
    """Return the account as lines for a terminal: a line for each kind, and what is missing."""
    sums = account.sums()
    if not sums:
        return []
    texts = counted(len(account.texts), "text")
    rows = [("Carried of " + texts, "has", "published", "")]
    rows += [_row(_WORDS[one.what], one) for one in sums]
    for text in account.texts:
        rows += [
            _row(f"  {text.path}: {_WORDS[one.what]}", one)
            for one in text.rows
            if one.missing and one.what != "unresolved" and len(account.texts) > 1
        ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return [
        f"{name:<{widths[0]}}  {of:>{widths[1]}}  {there:>{widths[2]}}  {note}".rstrip()
        for name, of, there, note in rows
    ]


_WORDS = {
    "text": "characters of the text",
    "annotations": "characters of annotations",
    "reading": "characters of the plain text",
    "source": "characters of the source as plain text",
    "notes-text": "characters of notes as plain text",
    "ids": "ids as anchors",
    "notes": "notes at their place",
    "entities": "mentions linked to their entity",
    "links": "other pointers as links",
    "dates": "dates as time",
    "elements": "elements with a template",
    "unresolved": "pointers that lead nowhere",
}


def _row(name: str, row: Carried) -> tuple[str, str, str, str]:
    if row.what == "unresolved":
        return name, f"{row.of:,}", "-", ""
    note = ""
    if row.missing:
        kind = "without" if row.what == "elements" else "lost" if row.is_loss else "allowed"
        note = f"{row.missing:,} {kind}"
    return name, f"{row.of:,}", f"{row.carried:,}", note


def account_fields(account: Account) -> tuple[dict[str, object], list[dict[str, object]]]:
    """Return the account for report.json: the sums, and what there is of each text."""
    return _fields(account.sums()), [
        {
            "file": text.path,
            "carried": _fields(text.rows),
            "reasons": dict(text.reasons),
            "without_template": [
                {"file": one.path, "line": one.line, "element": one.name} for one in text.unknown
            ],
        }
        for text in account.texts
    ]


def _fields(rows: Iterable[Carried]) -> dict[str, object]:
    return {
        row.what: {"of": row.of, "carried": row.carried, "allowed": row.allowed} for row in rows
    }
