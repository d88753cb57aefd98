"""Which schemas a document is checked against: those given, the edition's, or its own.

What the command line names goes before all; then what edition.toml names; then the document's
own xml-model. Schemas that a document names are data: what is wrong with them is a finding.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from teikit.addresses import Address, find_address
from teikit.document import Document
from teikit.errors import TeikitError
from teikit.files import NotReadable, find_inside, shown_inside
from teikit.place import Place
from teikit.report import Finding
from teikit.schema.associations import (
    Association,
    kind_of_file,
    read_associations,
    read_other_schemas,
)
from teikit.schema.catalog import Catalog, find_entry


class SchemaSettings(Protocol):
    """What is known of schemas before the document is read: a CheckSettings."""

    folder: str  # the only folder that schemas may be read from; empty: none
    given: tuple[str, ...]  # by the command line
    relaxng: str  # by edition.toml; empty: none
    schematron: str
    phase: str  # of these rules; empty: their default
    catalog: Catalog  # which files of the project addresses stand for


@dataclass(frozen=True)
class Chosen:
    """The schemas to check one document against, as absolute paths, and what was found wrong.

    Each Schematron file comes with the phase to run; empty: the default. `named_at` has the
    schemas that the document itself names, each with the place where it does.
    """

    relaxng: tuple[str, ...] = ()
    schematron: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    named_at: tuple[tuple[str, Place], ...] = ()

    @property
    def families(self) -> tuple[str, ...]:
        """Return the families of rules that the schemas give."""
        both = (("relaxng", self.relaxng), ("schematron", self.schematron))
        return tuple(family for family, schemas in both if schemas)

    def place_of(self, path: str) -> Place | None:
        """Return where the document names the schema; None where others chose it."""
        return dict(self.named_at).get(path)


def choose_schemas(document: Document, settings: SchemaSettings) -> Chosen:
    """Return what the document is checked against."""
    if settings.given:
        return _given(settings.given)
    associations = read_associations(document)
    if settings.relaxng or settings.schematron:
        return Chosen(
            (settings.relaxng,) if settings.relaxng else (),
            ((settings.schematron, settings.phase),) if settings.schematron else (),
            tuple(_others(document, associations, settings)),
        )
    return _Chooser(document, settings.folder, settings.catalog).choose(associations)


def broken_schema(chosen: Chosen, path: str, reason: str, folder: str) -> Finding | None:
    """Return the finding that the schema is not sound; None where the document did not name it.

    REASON names file and line; paths in FOLDER are shown relative to it.
    """
    place = chosen.place_of(path)
    if place is None:
        return None
    return Finding(
        place,
        "schema:broken",
        "was not checked against this schema, which is not sound: "
        + reason.replace(folder.rstrip(os.sep) + os.sep, ""),
        hint="Mend the schema, or name another: with --schema FILE, or here.",
    )


def _given(paths: Iterable[str]) -> Chosen:
    relaxng, schematron = [], []
    for path in dict.fromkeys(paths):
        kind = kind_of_file(path)
        if kind == "RELAX NG":
            relaxng.append(path)
        elif kind == "Schematron":
            schematron.append((path, ""))
        elif kind == "ODD":
            raise TeikitError(
                f"{path}: is an ODD: make a schema of it by `teikit odd compile`, and name that"
            )
        else:
            raise TeikitError(
                f"{path}: is no schema that teikit validates by: name a file that ends in "
                ".rng, .rnc (RELAX NG) or .sch (Schematron)"
            )
    return Chosen(tuple(relaxng), tuple(schematron))


def _others(
    document: Document, associations: Iterable[Association], settings: SchemaSettings
) -> Iterator[Finding]:
    """Yield a warning for each schema that the document names and the edition does not."""
    known = {"RELAX NG": settings.relaxng, "Schematron": settings.schematron}
    for association in associations:
        if association.kind not in known:
            continue
        address, _ = _address(association, document, settings.catalog)
        named = os.path.realpath(os.path.join(settings.folder, address.path or address.url))
        ours = {os.path.realpath(path) for path in known.values() if path}
        same_name = os.path.basename(named) in {os.path.basename(path) for path in ours}
        if named in ours or (address.url and same_name):
            continue
        used = known[association.kind]
        yield Finding(
            association.place,
            "schema:other",
            f"{association.href[:200]} was not used: the edition is checked against "
            + (shown_inside(settings.folder, used) if used else f"no {association.kind} schema"),
            severity="warning",
            hint="Name the same schema here as under [schema] in edition.toml, so that editors "
            "and teikit agree.",
        )


def _file(association: Association) -> str:
    return association.href.partition("#")[0]


def _address(association: Association, document: Document, catalog: Catalog) -> tuple[Address, str]:
    """Return where the schema is that the document names, and the catalog that says so, if any."""
    address = find_address(_file(association), Address(document.path))
    found = find_entry(catalog, address.url) if address.url else None
    return (found[1], found[0].file) if found else (address, "")


class _Chooser:
    """Looks for the schemas that one document names; says what is in the way, each once."""

    def __init__(self, document: Document, folder: str, catalog: Catalog):
        self.document, self.folder, self.catalog = document, folder, catalog
        self.findings: dict[tuple[str, str], Finding] = {}
        self.found: list[tuple[str, Association]] = []

    def choose(self, associations: tuple[Association, ...]) -> Chosen:
        used = [one for one in associations if one.group == associations[0].group]
        if not any(one.kind == "RELAX NG" for one in used):
            used.extend(read_other_schemas(self.document))
        for association in used:
            self.take(association)
        for association in associations:
            if association.group != associations[0].group:
                self.say(
                    association,
                    "schema:other-group",
                    f"was not checked against {association.href[:200]}, which is of another "
                    "group of schemas than the first",
                    "Name it with --schema FILE to check against it.",
                    "info",
                )
        if not used:
            self.findings["schema:none", ""] = Finding(
                Place(self.document.path),
                "schema:none",
                "was checked without a schema: it names none",
                severity="warning",
                hint='Name one in the file, <?xml-model href="schema.rng"?>, by --schema FILE, or '
                "under [schema] in edition.toml.",
            )
        found = dict.fromkeys((path, one.kind, one.phase) for path, one in self.found)
        return Chosen(
            tuple(dict.fromkeys(path for path, kind, _ in found if kind == "RELAX NG")),
            tuple((path, phase) for path, kind, phase in found if kind == "Schematron"),
            tuple(self.findings.values()),
            tuple({path: one.place for path, one in reversed(self.found)}.items()),
        )

    def take(self, association: Association) -> None:
        """Note the file that the association names, or what is in the way."""
        href = association.href[:200]
        if association.problem:
            self.say(
                association,
                "schema:malformed-model",
                f"this xml-model names no schema: {association.problem}",
                'Write <?xml-model href="schema.rng" '
                'schematypens="http://relaxng.org/ns/structure/1.0"?>.',
            )
            return
        if association.kind not in ("RELAX NG", "Schematron"):
            self.unsupported(association)
            return
        address, by = _address(association, self.document, self.catalog)
        if address.url:
            self.say(
                association,
                "schema:remote",
                f"was not checked against {href}: teikit reads no schema from the network",
                "Download it, and give it with --schema FILE; or put it into the folder and name "
                "that here, or in catalog.xml.",
                "warning",
            )
        elif address.problem:
            self.outside(association, address.problem.strip(), by)
        else:
            self.look_for(association, address.path, by)

    def look_for(self, association: Association, path: str, by: str) -> None:
        """Note the file at the path, if it is there; BY is the catalog that names it, if any."""
        try:
            self.found.append((find_inside(self.folder, path), association))
        except NotReadable as problem:
            if problem.kind == "outside":
                self.outside(association, problem.reason, by)
                return
            reason = f"{by} leads to {path[:200]}, and {problem.reason}" if by else problem.reason
            what = by or "href"
            self.say(
                association,
                "schema:missing",
                f"was not checked against {association.href[:200]}: {reason}",
                f"Correct {what}, put the schema there, or name another with --schema FILE.",
            )

    def outside(self, association: Association, reason: str, by: str) -> None:
        """Say that the schema lies where teikit does not read."""
        hint = (
            "Run `teikit validate FOLDER` on the folder that holds both, or give the schema with "
            "--schema FILE."
        )
        self.say(
            association,
            "schema:outside",
            f"was not checked against {association.href[:200]}: "
            + (f"where {by} leads: {reason}" if by else reason),
            f"Put the schema into the folder, and correct {by}." if by else hint,
            "warning",
        )

    def unsupported(self, association: Association) -> None:
        """Say that teikit does not validate by this kind of schema."""
        href, kind = association.href[:200], association.kind
        what = f"which is {kind}" if kind else "of a kind that it does not say"
        hint = "Name a RELAX NG schema: most projects publish one beside their other schemas."
        if kind == "ODD":
            hint = "Make a schema of it by `teikit odd compile`, and name that."
        if not kind:
            hint = "Say by schematypens which kind of schema it is."
        self.say(
            association,
            "schema:unsupported",
            f"{href}, {what}, was not used: teikit validates by RELAX NG and Schematron",
            hint,
            "warning",
        )

    def say(
        self,
        association: Association,
        rule: str,
        message: str,
        hint: str,
        severity: str = "error",
    ) -> None:
        """Note a finding; one for each file, though it be named as two kinds of schema."""
        finding = Finding(association.place, rule, message, severity=severity, hint=hint)
        self.findings.setdefault((rule, association.href), finding)
