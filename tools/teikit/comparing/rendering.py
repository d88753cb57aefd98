"""An outcome to read, as JSON, and the passages of a document for git."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import name

from teikit.comparing.likeness import UNSEEN, is_unseen
from teikit.comparing.outcome import FileOutcome, Outcome, counts
from teikit.comparing.records import TEXT, MarkupChange, Passage, TextChange
from teikit.place import Place
from teikit.report_formats.json import finding_fields, with_list
from teikit.visible import no_command, visible
from teikit.wording import counted

_QUOTED = 160  # characters of words that a readable line shows
_ALIKE = 10  # changes of one sort from which on they are told together
_UNSEEN = 6  # characters that cannot be seen of which number and name are told
_SHOWN = 3  # of these, how many in full
_STYLES = {"old": "31", "new": "32", "place": "1", "aside": "2"}


def render_readable(outcome: Outcome, *, colour: bool = False) -> str:
    """Return the outcome as text; each change begins with its place."""
    return "".join(f"{no_command(line)}\n" for line in _Readable(colour).lines(outcome))


class _Readable:
    def __init__(self, colour: bool):
        self.colour = colour

    def style(self, text: str, name: str) -> str:
        return f"\x1b[{_STYLES[name]}m{text}\x1b[0m" if self.colour else text

    def lines(self, outcome: Outcome) -> Iterator[str]:
        """Yield the changes file by file, the text first, and what they come to."""
        for file in outcome.files:
            if file.state:
                yield f"{self.style(visible(file.name), 'place')}: the file was {file.state}"
            in_text = [one for one in file.compared.text if one.part == TEXT]
            for change in in_text:
                yield from self.text(change)
            for change in file.compared.text:
                if change.part != TEXT:
                    yield from self.text(change)
            yield from self.markup(file.compared.markup)
        yield summary_line(outcome)

    def place(self, change: TextChange | MarkupChange) -> str:
        is_gone = change.kind == "removed" or not change.new_place.path
        place = change.old_place if is_gone else change.new_place
        return self.style(visible(str(place)), "place")

    def text(self, change: TextChange) -> Iterator[str]:
        """Yield the change, and below it the words around it."""
        yield f"{self.place(change)}: {change.part}: {visible(change.citation)}: {describe(change)}"
        if change.kind == "moved":
            return
        old, new = _shown(change.old, change.only), _shown(change.new, change.only)
        shown = [
            "…" if len(change.before) > 20 else "",
            visible(change.before[-20:]),
            self.style(f"[-{old}-]", "old") if old else "",
            self.style(f"{{+{new}+}}", "new") if new else "",
            visible(change.after[:20]),
            "…" if len(change.after) > 20 else "",
        ]
        yield "    " + "".join(shown)

    def markup(self, changes: Sequence[MarkupChange]) -> Iterator[str]:
        """Yield the changes in the markup; what comes again and again is told once."""
        alike: dict[tuple[str, ...], list[MarkupChange]] = defaultdict(list)
        for one in changes:
            alike[one.part, one.kind, one.element, one.attribute].append(one)
        for one in changes:
            same = alike[one.part, one.kind, one.element, one.attribute]
            if len(same) <= _ALIKE or one in same[:_SHOWN]:
                part = "markup" if one.part == TEXT else f"markup of {one.part}"
                citation = f"{visible(one.citation)}: " if one.citation else ""
                yield f"{self.place(one)}: {part}: {citation}{visible(one.message)}"
            elif one is same[_SHOWN]:
                yield self.style(f"    {_more(same[_SHOWN:])}", "aside")


def _more(same: Sequence[MarkupChange]) -> str:
    first = same[0]
    what = f"@{first.attribute} of {first.element}" if first.attribute else first.element
    places = [one.new_place if one.new_place.path else one.old_place for one in same]
    lines = ", ".join(dict.fromkeys(str(place.line) for place in places))
    return f"and {len(same)} more alike ({visible(what or first.kind)}), in lines {lines}"


def describe(change: TextChange) -> str:
    """Return what changed in a sentence."""
    old, new = (f"“{_shown(one.strip(' '), change.only)}”" for one in (change.old, change.new))
    if change.kind == "moved":
        return f"{new} was moved here from {visible(change.old_citation)}"
    if change.only == "white space":
        return _spaces(change)
    if change.kind in ("added", "removed"):
        said = f"{new if change.kind == 'added' else old} was {change.kind}"
    else:
        said = f"{old} became {new}"
    if change.only in ("normalisation", "characters that look alike"):
        before, after = _differing(change.old, change.new)
        said += f": {_points(before) or 'nothing'}, now {_points(after) or 'nothing'}"
    elif change.only == UNSEEN and change.kind == "changed":
        before, after = map(_unseen_points, (change.old, change.new))
        both = f"{before}, now {after}"
        said += (
            f": {both if before and after else f'without {before}' if before else f'with {after}'}"
        )
    elif change.only == UNSEEN:
        said += f": {_unseen_points(change.old or change.new)}"
    aside = {
        "normalisation": " (the same letters, encoded in another way)",
        "characters that look alike": " (they look alike)",
        "capitals": " (capitals only)",
        "punctuation": " (punctuation only)",
        UNSEEN: " (the letters are the same)" if change.kind == "changed" else "",
    }
    return said + aside.get(change.only, "")


def _spaces(change: TextChange) -> str:
    if not change.old:
        return "a space was added" if change.new == " " else f"{_points(change.new)} was added"
    if not change.new:
        return "a space was removed" if change.old == " " else f"{_points(change.old)} was removed"
    before, after = _differing(change.old, change.new)
    return (
        f"only white space differs: {_points(before) or 'none'} became {_points(after) or 'none'}"
    )


def _differing(old: str, new: str) -> tuple[str, str]:
    """Return the two without what they begin and end with alike."""
    begin = _alike(old, new)
    old, new = old[begin:], new[begin:]
    end = _alike(old[::-1], new[::-1])
    return old[: len(old) - end], new[: len(new) - end]


def _alike(one: str, other: str) -> int:
    """Return how many letters the two begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _points(text: str) -> str:
    """Return the numbers of characters: U+00E9."""
    shown = " ".join(f"U+{ord(one):04X}" for one in text[:12])
    return f"{shown} …" if len(text) > 12 else shown


def _unseen_points(text: str) -> str:
    """Return the numbers and names of the characters that cannot be seen."""
    found = [f"U+{ord(one):04X} ({name(one, '?').lower()})" for one in text if is_unseen(one)]
    return ", ".join(found[:_UNSEEN]) + (" …" if len(found) > _UNSEEN else "")


def _shown(text: str, only: str = "") -> str:
    if len(text) > _QUOTED:
        half = _QUOTED // 2
        text = f"{text[:half]} … {text[-half:]}"
    if only != UNSEEN:
        return visible(text)
    return "".join(f"\\u{{{ord(one):X}}}" if is_unseen(one) else visible(one) for one in text)


def summary_line(outcome: Outcome) -> str:
    """Return what all comes to in one line."""
    found = counts(outcome.files)
    states = [one for one in outcome.files if one.state]
    if not any(found.values()) and not states:
        return _same(outcome.files, outcome.shown)
    parts = _numbers(found, outcome.shown)
    for state in ("added", "removed"):
        number = sum(one.state == state for one in states)
        if number:
            parts.append(f"{counted(number, 'file')} {state}")
    return f"{', '.join(parts)}."


def _numbers(found: dict[str, int], shown: str) -> list[str]:
    """Return how many changes there are of what is shown; what is not is not spoken of."""
    if shown == "markup":
        return [f"{counted(found['markup'], 'change', 'changes')} in the markup"]
    parts = [f"{counted(found['text'], 'change', 'changes')} in the text"]
    if found["elsewhere"]:
        parts.append(f"{found['elsewhere']} in the words of headers and registers")
    if not shown:
        parts.append(f"{found['markup']} in the markup")
    return parts


def _same(files: Sequence[FileOutcome], shown: str) -> str:
    wrong = sum(bool(one.compared.problems) for one in files)
    if wrong:
        same = f"the {shown} of the others" if shown else "all else"
        rest = f"; {same} is the same" if wrong < len(files) else ""
        return f"{counted(wrong, 'file', 'files')} could not be compared{rest}."
    if all(one.compared.is_same_file for one in files):
        return "The files are the same."
    if shown:
        return f"The {shown} is the same; only the {shown} is shown."
    return "Text and markup are the same: only the layout of the file differs."


def render_json(outcome: Outcome) -> str:
    """Return the outcome as JSON. Fields are added, never renamed."""
    found = counts(outcome.files)
    head: dict[str, object] = {
        "format": 1,
        "files": len(outcome.files),
        **found,
        "shown": outcome.shown,
        "added": [one.name for one in outcome.files if one.state == "added"],
        "removed": [one.name for one in outcome.files if one.state == "removed"],
        "problems": [finding_fields(one) for one in outcome.problems],
    }
    return with_list(head, "changes", _all_fields(outcome.files))


def _all_fields(files: Iterable[FileOutcome]) -> Iterator[dict[str, object]]:
    for file in files:
        for one in (*file.compared.text, *file.compared.markup):
            yield change_fields(one)


def change_fields(change: TextChange | MarkupChange) -> dict[str, object]:
    """Return the fields of one change; those that it has not are empty."""
    is_text = isinstance(change, TextChange)
    return {
        "what": "text" if is_text else "markup",
        "kind": change.kind,
        "part": change.part,
        "citation": change.citation,
        "message": describe(change) if is_text else change.message,
        "old": change.old,
        "new": change.new,
        **_place_fields("old", change.old_place),
        **_place_fields("new", change.new_place),
        "only": change.only if is_text else "",
        "old_citation": change.old_citation if is_text else "",
        "before": change.before if is_text else "",
        "after": change.after if is_text else "",
        "old_at": change.old_at if is_text else -1,
        "new_at": change.new_at if is_text else -1,
        "element": "" if is_text else change.element,
        "attribute": "" if is_text else change.attribute,
        "words": "" if is_text else change.words,
    }


def _place_fields(side: str, place: Place) -> dict[str, object]:
    return {
        f"{side}_file": place.path,
        f"{side}_line": place.line,
        f"{side}_column": place.column,
    }


def render_passages(passages: Iterable[Passage]) -> str:
    """Return one line for each passage: its part, but for the text, its citation, its words."""
    return "".join(
        f"{'' if one.part == TEXT else f'{one.part}: '}{visible(one.citation)}\t"
        f"{visible(one.text)}\n"
        for one in passages
    )
