"""What a site carries of its texts, summed; what the editors allow to be lost, and what not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import chain

from teikit.place import Place
from teikit.project import Project
from teikit.publish.carried import KINDS, Carried, Unknown
from teikit.publish.pieces import Piece, PlainText
from teikit.publishing import Loss
from teikit.report import Finding

SETTINGS = "edition.toml"


@dataclass(frozen=True)
class TextCarried:
    """What the site carries of one text."""

    path: str
    rows: tuple[Carried, ...]  # one of each kind that it has, in the order of KINDS
    unknown: tuple[Unknown, ...] = ()  # its elements without a template
    reasons: tuple[tuple[str, str], ...] = ()  # kind and reason of what may be missing

    def row(self, kind: str) -> Carried:
        """Return the row of this kind; there may be nothing of it."""
        return next((one for one in self.rows if one.what == kind), Carried(kind, 0, 0))


@dataclass(frozen=True)
class Account:
    """What a site carries of each text, the findings about it, and how many were allowed."""

    texts: tuple[TextCarried, ...]
    findings: tuple[Finding, ...] = ()
    allowed: int = 0

    def sums(self) -> tuple[Carried, ...]:
        """Return the rows of all texts summed, of each kind that there is."""
        return self._sums

    @cached_property
    def _sums(self) -> tuple[Carried, ...]:
        rows: dict[str, list[Carried]] = {}
        for row in chain.from_iterable(one.rows for one in self.texts):
            rows.setdefault(row.what, []).append(row)
        sums = (_sum(kind, rows[kind]) for kind in KINDS if kind in rows)
        return tuple(one for one in sums if one.of)


def build_account(
    project: Project,
    pieces: Mapping[tuple[str, str], Piece | None],
    plain: Mapping[str, PlainText | None],
) -> Account:
    """Return the account of a site: its texts as HTML, by path and language, and as plain text."""
    made: dict[str, list[Piece | PlainText]] = {}
    for path, one in (*((path, one) for (path, _), one in pieces.items()), *plain.items()):
        if one is not None:
            made.setdefault(path, []).append(one)
    texts: list[TextCarried] = []
    findings: list[Finding] = []
    used: set[Loss] = set()
    allowed = 0
    for path, forms in made.items():
        losses = dict.fromkeys(lost for one in forms for lost in one.losses)
        rules = {one.kind: one for one in project.publishing.losses if fnmatchcase(path, one.text)}
        rules = {
            kind: one for kind, one in rules.items() if any(kind == lost.kind for lost in losses)
        }
        used.update(rules.values())
        findings += [lost.finding for lost in losses if lost.kind not in rules]
        allowed += sum(lost.kind in rules for lost in losses)
        texts.append(_text(path, forms, rules))
    findings += _unused(project, used)
    return Account(tuple(texts), tuple(dict.fromkeys(findings)), allowed)


def _text(path: str, forms: list[Piece | PlainText], allowed: Mapping[str, Loss]) -> TextCarried:
    """Return the rows of a text: of its pages in several languages that which lacks most."""
    worst: dict[str, Carried] = {}
    for row in (row for one in forms for row in one.carried):
        other = worst.get(row.what)
        if other is None or (row.missing, row.of) > (other.missing, other.of):
            worst[row.what] = row
    found = [
        replace(row, allowed=row.missing) if row.what in allowed else row
        for kind in KINDS
        if (row := worst.get(kind)) is not None and row.of
    ]
    unknown = next((one.unknown for one in forms if isinstance(one, Piece)), ())
    reasons = tuple((kind, one.reason) for kind, one in sorted(allowed.items()))
    return TextCarried(path, tuple(found), unknown, reasons)


def _sum(kind: str, rows: list[Carried]) -> Carried:
    return Carried(
        kind,
        sum(one.carried for one in rows),
        sum(one.of for one in rows),
        sum(one.allowed for one in rows),
    )


def _unused(project: Project, used: set[Loss]) -> Iterable[Finding]:
    """Yield a finding for each loss that edition.toml allows and nothing needs."""
    for one in project.publishing.losses:
        if one.kind not in KINDS:
            kinds = ", ".join(KINDS)
            yield Finding(
                Place(SETTINGS),
                "publish:unused-allowance",
                f'[[publish.losses]] names the kind "{one.kind}", which there is not: '
                f"the kinds are {kinds}",
                "info",
            )
        elif one not in used:
            yield Finding(
                Place(SETTINGS),
                "publish:unused-allowance",
                f"{one.text} loses nothing of the kind {one.kind}, which [[publish.losses]] allows",
                "info",
                hint="Take the entry out, so that a later loss is told.",
            )
