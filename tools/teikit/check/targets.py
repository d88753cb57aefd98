"""What pointers lead to: the files and ids are there, or the right pointer is suggested."""

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from urllib.parse import quote

from teikit.check.nearest import Effort, Nearest
from teikit.check.records import PlacedPointer, ShortForm
from teikit.report import Finding

_SHOWN = 8  # pointers of one attribute that a message lists
_MOST_FORMS = 10  # prefixes for one file that a suggestion tries
_BARE_WORD = re.compile(r"[\w*-]+")
_WORD_OF_A_NAME = re.compile(r"[^#:?]*[^#:?./]")
_END_OF_A_NAME = re.compile(r"[^#:?]*\.[A-Za-z]{2,5}(?:#.*)?")


@dataclass(frozen=True)
class Elsewhere:
    """Where else an id may stand: what suggestions are made from."""

    registers: tuple[str, ...] = ()  # the files that are looked into first
    short_forms: Mapping[str, tuple[ShortForm, ...]] = field(default_factory=dict)  # by document


def check_targets(
    pointers: Iterable[PlacedPointer],
    ids: Mapping[str, frozenset[str] | None],
    elsewhere: Elsewhere | None = None,
) -> Iterator[Finding]:
    """Yield a finding for each pointer whose file or id is not there.

    `ids` has the ids of each file that is pointed to: None where there is no such file.
    """
    guesses = _Guesses(ids, elsewhere or Elsewhere())
    of_attributes = groupby(pointers, lambda one: (one.place, one.ordinal, one.attribute))
    for _, together in of_attributes:
        lost: dict[str, list[tuple[PlacedPointer, Finding]]] = {}
        for run in _by_name(together, ids):
            if len(run) > 1:
                yield _spaced(run)
                continue
            (pointer,) = run
            finding = _check_target(pointer, ids, guesses)
            if finding is not None and finding.expected:
                yield finding
            elif finding is not None:
                lost.setdefault(finding.rule, []).append((pointer, finding))
        for found in lost.values():
            yield _several(found)


def _check_target(
    pointer: PlacedPointer, ids: Mapping[str, frozenset[str] | None], guesses: "_Guesses"
) -> Finding | None:
    path, _, fragment = pointer.target.partition("#")
    known = ids.get(path)
    if known is None:
        return _unknown_file(pointer, path, fragment, guesses)
    if fragment and fragment not in known:
        return _unknown_target(pointer, path, fragment, guesses)
    return None


def _several(found: list[tuple[PlacedPointer, Finding]]) -> Finding:
    """Return one finding for pointers of one attribute of which nothing better is known."""
    first, finding = found[0]
    raws = list(dict.fromkeys(pointer.raw for pointer, _ in found))
    if len(raws) == 1:
        return finding
    said = ", ".join(f'"{raw}"' for raw in raws[:_SHOWN])
    said += f" and {len(raws) - _SHOWN} others" * (len(raws) > _SHOWN)
    if finding.rule == "pointers:unknown-target":
        return replace(
            finding, message=f"@{first.attribute} says {said}, but there are no such ids"
        )
    hint = "Correct the pointers, or add the files."
    if all(_BARE_WORD.fullmatch(raw) for raw in raws):
        written = " ".join(f"#{raw}" for raw in raws[:_SHOWN]) + " …" * (len(raws) > _SHOWN)
        hint = f"Pointers to ids begin with #: write {written}, if ids are meant; or add the files."
    message = f"@{first.attribute} says {said}, but there are no such files"
    return replace(finding, message=message, hint=hint)


def _by_name(
    pointers: Iterable[PlacedPointer], ids: Mapping[str, frozenset[str] | None]
) -> Iterator[list[PlacedPointer]]:
    """Yield each pointer by itself; together those that spaces in the name of a file made of it.

    So it is where none of them leads to a file, and only the last has the ending of one.
    """
    run: list[PlacedPointer] = []
    for pointer in pointers:
        path, _, fragment = pointer.target.partition("#")
        is_missing = path in ids and ids[path] is None
        if run and not (is_missing and _is_beside(pointer, run[0])):
            yield from ([one] for one in run)
            run = []
        run.append(pointer)
        if is_missing and _END_OF_A_NAME.fullmatch(pointer.raw):
            yield run
        elif is_missing and not fragment and _WORD_OF_A_NAME.fullmatch(pointer.raw):
            continue
        else:
            yield from ([one] for one in run)
        run = []
    yield from ([one] for one in run)


def _is_beside(one: PlacedPointer, other: PlacedPointer) -> bool:
    return (one.ordinal, one.place, one.attribute) == (other.ordinal, other.place, other.attribute)


def _spaced(run: list[PlacedPointer]) -> Finding:
    first, better = run[0], "%20".join(one.raw for one in run)
    return Finding(
        first.place,
        "pointers:unknown-file",
        f'@{first.attribute} says "{better.replace("%20", " ")}", but a space parts pointers, and '
        f"there is no file {first.target}",
        hint=f"If it is one file, write {better}.",
        expected=(better,),
        ordinal=first.ordinal,
    )


def _unknown_file(pointer: PlacedPointer, path: str, fragment: str, guesses: "_Guesses") -> Finding:
    own = guesses.ids.get(pointer.place.path) or frozenset()
    if not fragment and pointer.raw in own:
        near = (f"#{pointer.raw}",)
    elif not fragment:
        near = guesses.right_pointers(pointer.raw, pointer.place.path)
    else:
        near = guesses.files_like(path, fragment, pointer.place.path)
    return Finding(
        pointer.place,
        "pointers:unknown-file",
        f'@{pointer.attribute} says "{pointer.raw}", but there is no file {path}',
        hint=f"Did you mean {_listed(near)}?" if near else _hint(pointer.raw),
        expected=near,
        ordinal=pointer.ordinal,
    )


def _hint(raw: str) -> str:
    """Return what to do about a pointer to a file that is not there, and that nothing is like."""
    if _BARE_WORD.fullmatch(raw):
        return (
            f"A pointer to an id begins with #: write #{raw}, if an id is meant; or add the file."
        )
    if "\\" in raw:
        return "The folders in a path are parted by /, not by \\."
    return "Correct the pointer, or add the file."


def _unknown_target(
    pointer: PlacedPointer, path: str, fragment: str, guesses: "_Guesses"
) -> Finding:
    right = guesses.right_pointers(fragment, pointer.place.path, besides=path)
    near = () if right else guesses.like(path, fragment)
    if not right and not near:
        right = guesses.right_pointers_like(fragment, pointer.place.path, besides=path)
    hint = "Correct the pointer, or give the id to the element that is meant."
    if right:
        hint = f"Did you mean {_listed(right)}?"
    elif near:
        hint = f"Did you mean {near[0]}?"
        if _looks_like(near[0], fragment):
            hint += " The two look the same, but are made of different characters."
    return Finding(
        pointer.place,
        "pointers:unknown-target",
        f'@{pointer.attribute} says "{pointer.raw}", but {_where(pointer, path)} '
        f'has no xml:id="{fragment}"',
        hint=hint,
        expected=right or near,
        ordinal=pointer.ordinal,
    )


def _where(pointer: PlacedPointer, path: str) -> str:
    return "this file" if path == pointer.place.path else path


def _listed(pointers: tuple[str, ...]) -> str:
    """Return the first pointer, and the others in brackets."""
    first, *others = pointers
    return f"{first} (or {' or '.join(others)})" if others else first


def _looks_like(one: str, other: str) -> bool:
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)


class _Guesses:
    """What may be meant by an id that is not where it is looked for."""

    def __init__(self, ids: Mapping[str, frozenset[str] | None], elsewhere: Elsewhere):
        self.ids, self.elsewhere = ids, elsewhere
        self._effort = Effort()
        self._forms: dict[str, dict[str, list[ShortForm]]] = {}
        self._homes: dict[str, list[str]] | None = None
        self._registered: Nearest | None = None
        self._files: Nearest | None = None
        self._near: dict[str, Nearest] = {}

    def like(self, path: str, fragment: str) -> tuple[str, ...]:
        """Return the ids of the file that are like this one."""
        if path not in self._near:
            self._near[path] = Nearest(self.ids[path] or (), self._effort)
        return self._near[path].find(fragment)

    def right_pointers(self, name: str, document: str, besides: str = "") -> tuple[str, ...]:
        """Return how the document would point to NAME where it stands in another file."""
        if self._homes is None:
            self._homes = self._find_homes()
        homes = [path for path in self._homes.get(name, ()) if path != besides][:3]
        written = [pointer for home in homes for pointer in self._written(home, name, document)]
        return tuple(dict.fromkeys(written))[:3]

    def right_pointers_like(self, name: str, document: str, besides: str) -> tuple[str, ...]:
        """Return the same for the nearest id of the registers."""
        if self._registered is None:
            registers = self.elsewhere.registers
            self._registered = Nearest(
                {one for path in registers for one in self.ids.get(path) or ()}, self._effort
            )
        near = self._registered.find(name)
        return self.right_pointers(near[0], document, besides) if near else ()

    def files_like(self, path: str, fragment: str, document: str) -> tuple[str, ...]:
        """Return pointers to files that are there and whose names are like this one."""
        if self._files is None:
            self._files = Nearest(
                (one for one, ids in self.ids.items() if ids is not None), self._effort
            )
        near = [one for one in self._files.find(path) if fragment in self.ids[one]]
        return tuple(pointer for one in near for pointer in self._written(one, fragment, document))

    def _find_homes(self) -> dict[str, list[str]]:
        """Return the registers in which each id stands, else the one other file that has it."""
        homes: dict[str, list[str]] = {}
        others: dict[str, list[str]] = {}
        for path in sorted(self.ids):
            found = homes if path in self.elsewhere.registers else others
            for name in self.ids[path] or ():
                found.setdefault(name, []).append(path)
        for name, paths in others.items():
            if len(paths) == 1:  # one that recurs in many texts ("p1") is no help
                homes.setdefault(name, paths)
        return homes

    def _written(self, home: str, name: str, document: str) -> tuple[str, ...]:
        return write_pointers(home, name, document, self._forms_of(document).get(f"{home}#", ()))

    def _forms_of(self, document: str) -> dict[str, list[ShortForm]]:
        """Return the short forms of a document by what they stand for."""
        if document not in self._forms:
            forms = self._forms[document] = {}
            for form in self.elsewhere.short_forms.get(document, ()):
                forms.setdefault(form.start, []).append(form)
        return self._forms[document]


def write_pointers(
    home: str, name: str, document: str, forms: Iterable[ShortForm]
) -> tuple[str, ...]:
    """Return how DOCUMENT can point to the id NAME in the file HOME: by its path, by prefixes."""
    if home == document:
        return (f"#{name}",)
    at = posixpath.relpath(home, posixpath.dirname(document) or ".")
    fitting = (form for form in forms if form.start == f"{home}#")
    short = (
        f"{form.ident}:{name}"
        for form in islice(fitting, _MOST_FORMS)
        if re.fullmatch(form.pattern, name)
    )
    path = quote(at.encode("utf-8", "surrogateescape"))  # names of files are bytes
    return (f"{path}#{name}", *short)


def write_pointer(uri: str, path: str, forms: tuple[ShortForm, ...]) -> str:
    """Return how the file at PATH would point to the entity: by a prefix where it has one."""
    home, _, name = uri.partition("#")
    by_path, *short = write_pointers(home, name, path, forms)
    return short[0] if short else by_path
