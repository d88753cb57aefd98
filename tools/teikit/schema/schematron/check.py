"""Schematron rules -> findings about one document."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from teikit.document import Document
from teikit.place import Place
from teikit.report import Finding
from teikit.safety.serving import SAXON_RESERVES
from teikit.schema.schematron import saxon
from teikit.schema.schematron.embedded import RNG, find_in_odd, find_in_relaxng
from teikit.schema.schematron.hits import Hit, Source
from teikit.schema.schematron.includes import read_from, read_xml
from teikit.schema.schematron.libxslt import compile_here
from teikit.schema.schematron.planning import Plan, plan_schema
from teikit.schema.schematron.reading import build_schema, read_schema
from teikit.schema.schematron.running import Failure, Runner
from teikit.schema.schematron.stylesheet import all_assertions
from teikit.schema.schematron.values import Assertion, BadRules, Schema

_MOST_NAMES = 30  # that one finding lists
_LARGEST = 64 * 2**20  # bytes of a schema
_HINTS = {
    "missing": 'Install the extra: pip install "teikit[xslt3]".',
    "memory": f"Saxon needs {SAXON_RESERVES >> 30} GB of address space, which it does not "
    "fill: allow the process that much (ulimit -v).",
}


@dataclass(frozen=True, eq=False)
class Rules:
    """A Schematron schema, ready to run."""

    path: str
    plan: Plan
    here: Runner
    there: Runner
    order: dict[Assertion, int]


def check_schematron(document: Document, schema: bytes, name: str = "") -> Iterator[Finding]:
    """Yield a finding for each assertion of the Schematron SCHEMA that the document breaks.

    The finding's rule is "schematron:" and the assertion's id, or else its rule's or pattern's.
    """
    yield from run_rules(document, compile_rules(schema, name or "the Schematron file"))


def check_schematron_file(
    document: Document, path: str, folder: str = "", phase: str = ""
) -> Iterator[Finding]:
    """Yield what `check_schematron` does, with the rules in the file at PATH.

    The file is Schematron, or a RELAX NG schema or an ODD with Schematron in it. What it includes
    is read from its own folder and from FOLDER, the project's. PHASE is one that the schema
    defines, "#ALL", or "" for its default.
    """
    file = Path(path)
    changed = file.stat().st_mtime_ns if os.path.exists(path) else 0
    yield from run_rules(document, _read_rules(path, changed, folder, phase))


@lru_cache(maxsize=4)
def _read_rules(path: str, _changed: int, folder: str, phase: str) -> Rules:
    file = Path(path)
    if not os.path.isfile(path):  # a pipe would be waited for
        raise BadRules(f"{path}: there is no such file")
    try:
        with file.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        raise BadRules(f"{path}: cannot be read: {error.strerror}") from error
    if len(data) > _LARGEST:
        raise BadRules(f"{path}: is larger than any schema")
    root = read_xml(data, path)
    read = read_from(file.resolve().parent, *([Path(folder)] if folder else []))
    base = file.resolve().as_uri()
    if file.suffix.lower() == ".odd":
        root = find_in_odd(data, path)
    elif root.tag.startswith(f"{{{RNG}}}"):
        root = find_in_relaxng(root, path, read, base)
    schema = build_schema(root, path, read=read, base=base, phase=phase)
    return _ready(schema, path)


def compile_rules(schema: bytes, name: str, phase: str = "") -> Rules:
    """Return the rules ready to run; raise BadRules where SCHEMA is no Schematron."""
    return _ready(read_schema(schema, name, phase=phase), name)


def _ready(schema: Schema, name: str) -> Rules:
    plan = plan_schema(schema)
    assertions = (*all_assertions(plan.here), *all_assertions(plan.there))
    return Rules(
        name,
        plan,
        Runner(compile_here, plan.schema, plan.here),
        Runner(saxon.compile_there, plan.schema, plan.there),
        {assertion: number for number, assertion in enumerate(dict.fromkeys(assertions))},
    )


def run_rules(document: Document, rules: Rules) -> Iterator[Finding]:
    """Yield the findings of RULES: what is broken in document order, then what did not run."""
    source = Source(document)
    obstacle = saxon.find_obstacle() if rules.plan.there else ""
    hits, failures = rules.here.run(source)
    if not obstacle:
        more_hits, more_failures = rules.there.run(source)
        hits, failures = hits + more_hits, failures + more_failures
    broken = [hit for hit in hits if not hit.failed]
    for hit in sorted(broken, key=lambda hit: (hit.ordinal, rules.order[hit.assertion])):
        yield _finding(document, hit)
    yield from _failed_somewhere(document, [hit for hit in hits if hit.failed])
    failed = [*rules.plan.failed, *map(_entry, failures)]
    yield from _not_run(document, rules.plan.refused, failed)
    if obstacle:
        names = [assertion.name for assertion in all_assertions(rules.plan.there)]
        yield Finding(
            Place(document.path),
            "schematron:not-run",
            f"{len(names)} rules did not run, because they need XPath 2 or 3: {_listed(names)}",
            severity="warning",
            hint=_HINTS[obstacle],
            expected=tuple(dict.fromkeys(names)),
        )


def _entry(failure: Failure) -> tuple[str, str]:
    test = " ".join(failure.assertion.test.split())
    test = f"{test[:57]}..." if len(test) > 60 else test
    return failure.assertion.name, f"{test}: {failure.reason}"


def _finding(document: Document, hit: Hit) -> Finding:
    assertion = hit.assertion
    return Finding(
        document.place_of(hit.ordinal),
        f"schematron:{assertion.name}",
        " ".join(hit.message.split()),
        severity=assertion.severity,
        hint=f"See {assertion.see}" if assertion.see else "",
        ordinal=hit.ordinal,
    )


def _failed_somewhere(document: Document, hits: list[Hit]) -> Iterator[Finding]:
    """Yield one finding for each assertion that could not be judged of some nodes."""
    first: dict[Assertion, list[Hit]] = {}
    for hit in sorted(hits, key=lambda hit: hit.ordinal):
        first.setdefault(hit.assertion, []).append(hit)
    for assertion, found in first.items():
        more = f", and of {len(found) - 1} more" if len(found) > 1 else ""
        reason = " ".join(found[0].message.split())
        yield Finding(
            document.place_of(found[0].ordinal),
            "schematron:failed",
            f"the rule {assertion.name} cannot be judged of this element{more}: {reason}",
            severity="warning",
            hint="Look whether a value here is not what the rule expects, or mend the rule.",
            ordinal=found[0].ordinal,
        )


def _not_run(
    document: Document, refused: Iterable[tuple[str, str]], failed: Iterable[tuple[str, str]]
) -> Iterator[Finding]:
    kinds = (
        ("refused", tuple(refused), "were refused", "A rule may look at the document only."),
        ("failed", tuple(failed), "cannot be run", "Mend the rules; the others did run."),
    )
    for rule, entries, verb, hint in kinds:
        if entries:
            parts = [f"{name} ({reason})" for name, reason in dict.fromkeys(entries)]
            yield Finding(
                Place(document.path),
                f"schematron:{rule}",
                f"some rules {verb}: {_listed(parts)}",
                severity="warning",
                hint=hint,
            )


def _listed(names: list[str]) -> str:
    """Return NAMES in one line, each once and not too many of them."""
    names = list(dict.fromkeys(names))
    more = f", and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more
