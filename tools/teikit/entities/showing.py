"""The table of entities and the suggestions, for people and for programs.

JSON fields and the columns of CSV are added to, never renamed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import category

from teikit.entities.records import PlacedMention, Suggestion
from teikit.entities.table import Row, Table
from teikit.report_formats.json import with_list
from teikit.spreadsheets import render_table
from teikit.visible import fold_spaces, no_command, visible, width
from teikit.wording import counted

_WIDEST = 40  # columns of a terminal that a cell may take
_SHOWN = 10  # mentions that belong to no entity, of each kind
_CUT = "…"
_KINDS_OF_LOOSE = {
    "lost": ("leads to nothing", "lead to nothing"),
    "elsewhere": ("leads to what is no entity", "lead to what is no entity"),
    "unreferred": ("is a name without @ref", "are names without @ref"),
}


def table_lines(table: Table) -> Iterator[str]:
    """Yield the table for a terminal."""
    head = ["entity", "kind", "name", "mentions", "texts", "first"]
    rows = [
        [
            row.pointer,
            row.kind,
            row.name,
            str(len(row.mentions)),
            str(len(row.texts)),
            _at(row.mentions[0]) if row.mentions else "-",
        ]
        for row in table.rows
    ]
    homes = _homes(table.rows)
    if any(homes):
        head.append("listed in")
        rows = [[*row, home] for row, home in zip(rows, homes, strict=True)]
    if rows:
        yield from _columns([head, *rows], right=(3, 4), whole=(5, 6))
        yield ""
    yield _summary(table)
    for name, words in _KINDS_OF_LOOSE.items():
        yield from _loose(getattr(table, name), *words)


def _homes(rows: Sequence[Row]) -> list[str]:
    """Return for each entity the file that lists it, "" where its pointer tells it from all."""
    counts = Counter(row.pointer for row in rows)
    return [row.place.path if counts[row.pointer] > 1 else "" for row in rows]


def _summary(table: Table) -> str:
    silent = sum(not row.mentions for row in table.rows)
    mentions = sum(len(row.mentions) for row in table.rows)
    return (
        f"{counted(len(table.rows), 'entity', 'entities')}, {counted(mentions, 'mention')} in "
        f"{counted(table.mentioned_in, 'text')}; {silent} mentioned in no text."
    )


def _loose(mentions: Sequence[PlacedMention], one: str, many: str) -> Iterator[str]:
    if not mentions:
        return
    yield ""
    yield f"{counted(len(mentions), 'mention')} {one if len(mentions) == 1 else many}:"
    for mention in mentions[:_SHOWN]:
        yield _line(f"  {mention.place}: {_tag(mention)} {cut(mention.surface)}")
    if len(mentions) > _SHOWN:
        yield f"  … and {len(mentions) - _SHOWN} more (--format json has them all)"


def _tag(mention: PlacedMention) -> str:
    written = mention.raw or mention.key
    attribute = "ref" if mention.raw else "key"
    said = f' {attribute}="{cut(written)}"' if written else ""
    return f"<{mention.element}{said}>"


def row_lines(row: Row) -> Iterator[str]:
    """Yield one entity with all its mentions, for a terminal."""
    yield _line(f"{row.name} ({row.kind} {row.pointer}, {row.place})")
    yield ""
    for one in row.mentions:
        yield _line(f"  {one.place}: {one.before}【{one.surface}】{one.after} <{one.element}>")
    if row.mentions:
        yield ""
    yield f"{counted(len(row.mentions), 'mention')} in {counted(len(row.texts), 'text')}."


def suggestion_lines(suggestions: Sequence[Suggestion]) -> Iterator[str]:
    """Yield the suggestions for a terminal, file by file."""
    widest = len(str(max((one.number for one in suggestions), default=0)))
    path = ""
    for one in suggestions:
        if one.place.path != path and path:
            yield ""
        path = one.place.path
        yield suggestion_line(one, widest)
        for candidate in one.candidates if len(one.candidates) > 1 else ():
            said = f"{candidate.pointer}  {candidate.kind}, {candidate.name}"
            yield _line(f"{'':{widest}}    or {said}")
        if one.problem:
            yield _line(f"{'':{widest}}    cannot be marked by teikit: {one.problem}")


def suggestion_line(one: Suggestion, widest: int = 0) -> str:
    """Return a suggestion in one line: number, place, context, and what is meant."""
    meant = one.candidates[0].pointer
    if len(one.candidates) > 1:
        meant = f"one of {len(one.candidates)} of this name"
    words = f"{one.before}【{one.name}】{one.after}".strip()
    return _line(f"{one.number:>{widest}}  {one.place}  {words}  -> {meant}")


def render_table_csv(table: Table) -> str:
    """Return the entities as CSV, one a row."""
    head = ["entity", "kind", "name", "mentions", "texts", "first_file", "first_line"]
    head += ["uri", "file", "line"]
    rows = []
    for row in table.rows:
        first = row.mentions[0].place if row.mentions else None
        rows.append(
            [
                row.pointer,
                row.kind,
                row.name,
                len(row.mentions),
                " ".join(path for path, _ in row.texts),
                first.path if first else "",
                first.line if first else "",
                row.uri,
                row.place.path,
                row.place.line,
            ]
        )
    return _csv(head, rows)


def render_table_json(table: Table) -> str:
    """Return the table as JSON, with the mentions that belong to no entity."""
    loose = {
        name: [_mention_fields(one) for one in getattr(table, name)] for name in _KINDS_OF_LOOSE
    }
    return with_list({"format": 1, **loose}, "entities", map(_row_fields, table.rows))


def _row_fields(row: Row) -> dict[str, object]:
    return {
        "id": row.id,
        "uri": row.uri,
        "pointer": row.pointer,
        "kind": row.kind,
        "name": row.name,
        "file": row.place.path,
        "line": row.place.line,
        "texts": [{"file": path, "mentions": count} for path, count in row.texts],
        "mentions": [_mention_fields(one) for one in row.mentions],
    }


def _mention_fields(mention: PlacedMention) -> dict[str, object]:
    return {
        "file": mention.place.path,
        "line": mention.place.line,
        "column": mention.place.column,
        "element": mention.element,
        "type": mention.type,
        "ref": mention.raw,
        "key": mention.key,
        "words": mention.surface,
        "before": mention.before,
        "after": mention.after,
    }


def render_suggestions_csv(suggestions: Iterable[Suggestion]) -> str:
    """Return the suggestions as CSV, one a row."""
    head = ["number", "file", "line", "column", "before", "name", "after", "entities", "problem"]
    rows = [
        [
            one.number,
            one.place.path,
            one.place.line,
            one.place.column,
            one.before,
            one.name,
            one.after,
            " ".join(candidate.pointer for candidate in one.candidates),
            one.problem,
        ]
        for one in suggestions
    ]
    return _csv(head, rows)


def render_suggestions_json(suggestions: Sequence[Suggestion], files: int) -> str:
    """Return the suggestions as JSON; FILES is how many files were searched."""
    head = {"format": 1, "files": files}
    return with_list(head, "suggestions", map(_suggestion_fields, suggestions))


def _suggestion_fields(one: Suggestion) -> dict[str, object]:
    return {
        "number": one.number,
        "file": one.place.path,
        "line": one.place.line,
        "column": one.place.column,
        "end_line": one.place.end_line,
        "end_column": one.place.end_column,
        "name": one.name,
        "before": one.before,
        "after": one.after,
        "candidates": [
            {
                "uri": candidate.uri,
                "pointer": candidate.pointer,
                "kind": candidate.kind,
                "name": candidate.name,
                "element": candidate.tags[0].element,
                "type": candidate.tags[0].type,
            }
            for candidate in one.candidates
        ],
        "problem": one.problem,
    }


def cut(text: str) -> str:
    """Return the text as wide as a cell may be, with an ellipsis where it was cut."""
    text = visible(fold_spaces(text))
    if width(text) <= _WIDEST:
        return text
    kept, used = [], 0
    for character in text:
        used += width(character)
        if used > _WIDEST - 1:
            break
        kept.append(character)
    return "".join(kept).rstrip() + _CUT


def _columns(
    rows: Sequence[Sequence[str]], right: tuple[int, ...], whole: tuple[int, ...]
) -> Iterator[str]:
    """Yield rows in columns; those in RIGHT are numbers, those in WHOLE are not cut."""
    cells = [
        [visible(cell) if index in whole else cut(cell) for index, cell in enumerate(row)]
        for row in rows
    ]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        parts = []
        for index, cell in enumerate(row):
            gap = " " * (widths[index] - width(cell))
            parts.append(gap + cell if index in right else cell + gap)
        yield _line("  ".join(parts).rstrip())


def _at(mention: PlacedMention) -> str:
    return f"{mention.place.path}:{mention.place.line}"


def _line(text: str) -> str:
    return no_command(visible(text))


def _csv(head: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Return rows as CSV in which nothing steers a terminal, nor a line a host of checks."""
    shown = ([_without_controls(cell) for cell in row] for row in rows)
    return render_table(head, shown)


def _without_controls(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    return "".join(visible(one) if category(one) == "Cc" else one for one in cell)
