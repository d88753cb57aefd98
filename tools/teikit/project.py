"""edition.toml -> Project: where an edition's files are and how it wants to be published."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from teikit.files import find_xml_files
from teikit.publishing import NO_WISHES, Publishing, read_publishing
from teikit.report import Finding
from teikit.rules import LEVELS, find_near, find_rule, is_key, is_prefix
from teikit.settings import LONGEST_KEY, SETTINGS, Tables, read_settings
from teikit.witness import Layout, Witness, find_layout_problem

_LANGUAGE = re.compile(r"[A-Za-z]{1,20}(-[A-Za-z0-9]{1,20}){0,4}")


@dataclass(frozen=True)
class Project:
    """One edition: its folder and what edition.toml says. Paths inside are relative, with `/`."""

    folder: Path
    id: str = ""
    title: tuple[tuple[str, str], ...] = ()  # (language, title)
    languages: tuple[str, ...] = ("en",)  # of the interface; the first at the site's root
    main: str = ""  # the text whose header speaks for the edition
    introduction: str = ""
    base_url: str = ""
    contact: tuple[tuple[str, str], ...] = ()  # (language, where to report an error)
    relaxng: str = ""
    schematron: str = ""
    phase: str = ""  # of the Schematron rules; empty: their default
    catalog: str = ""  # an XML catalog
    witnesses: tuple[Witness, ...] = ()
    texts: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()
    publishing: Publishing = NO_WISHES
    limit_seconds: float = 30  # that one document may take
    limit_memory: int = 1000  # megabytes
    levels: tuple[tuple[str, str], ...] = ()  # (rule; one of rules.LEVELS)
    given: tuple[str, ...] = ()  # schemas from the command line: absolute paths
    has_settings: bool = True  # an edition.toml; False: any folder of TEI files
    left_out: tuple[Finding, ...] = ()  # of a folder without edition.toml: what is no text, and why

    @property
    def files(self) -> tuple[str, ...]:
        """Return the texts and registers, relative to the folder."""
        return (*self.texts, *self.registers)

    def witness_of(self, path: str) -> Witness | None:
        """Return the witness of the text at PATH, if it has one."""
        return next((witness for witness in self.witnesses if witness.text == path), None)


def find_project(start: Path) -> Path | None:
    """Return the nearest folder at or above START that holds an edition.toml, if any."""
    start = Path(os.path.abspath(start))
    for folder in (start, *start.parents):
        if os.path.isfile(folder / SETTINGS):  # not an error where it may not be looked at
            return folder
    return None


def read_project(folder: Path) -> Project:
    """Return the Project in FOLDER; raise BadSettings where edition.toml is missing or wrong."""
    return _Reader(folder / SETTINGS, read_settings(folder)).project(folder)


class _Reader(Tables):
    """Reads the tables of one edition.toml."""

    def project(self, folder: Path) -> Project:
        self.only(self.data, "", "edition", "schema", "publish", "witness", "checks", "limits")
        edition = self.table("edition")
        self.only(
            edition,
            "edition.",
            "id",
            "title",
            "languages",
            "main",
            "introduction",
            "base-url",
            "contact",
        )
        schema = self.table("schema")
        self.only(schema, "schema.", "relaxng", "schematron", "phase", "catalog")
        limits = self.table("limits")
        self.only(limits, "limits.", "seconds", "memory")
        return Project(
            folder,
            id=self.text(edition, "edition.id"),
            title=self.by_language(edition, "edition.title"),
            languages=self.languages(edition),
            main=self.inside(edition, "edition.main"),
            introduction=self.inside(edition, "edition.introduction"),
            base_url=self.text(edition, "edition.base-url"),
            contact=self.by_language(edition, "edition.contact"),
            relaxng=self.inside(schema, "schema.relaxng"),
            schematron=self.inside(schema, "schema.schematron"),
            phase=self.phase(schema),
            catalog=self.inside(schema, "schema.catalog"),
            publishing=read_publishing(self, self.table("publish")),
            witnesses=tuple(map(self.witness, self.witness_tables())),
            texts=find_xml_files(folder, "texts"),
            registers=find_xml_files(folder, "registers"),
            limit_seconds=self.number(limits, "limits.seconds", 30, (0.1, 600)),
            limit_memory=int(self.number(limits, "limits.memory", 1000, (64, 8000))),
            levels=tuple(self.level(*pair) for pair in self.table("checks").items()),
        )

    def languages(self, edition: dict[str, Any]) -> tuple[str, ...]:
        languages = edition.get("languages", ["en"])
        if not (
            isinstance(languages, list)
            and languages
            and all(isinstance(one, str) and _LANGUAGE.fullmatch(one) for one in languages)
        ):
            raise self.wrong("edition.languages", 'must be a list such as ["en", "zh"]')
        return tuple(languages)

    def phase(self, schema: dict[str, Any]) -> str:
        phase = self.text(schema, "schema.phase")
        if phase and not schema.get("schematron"):
            raise self.wrong("schema.phase", "is one of the rules in schema.schematron: name these")
        return phase

    def level(self, name: str, value: object) -> tuple[str, str]:
        key = f"checks.{name}"
        if not (is_key(name) or is_prefix(name)):
            near = find_near(name[:LONGEST_KEY])
            raise self.wrong(
                key,
                "is no rule, code or kind of rules"
                + (f": did you mean {near}?" if near else "; teikit explain lists them"),
            )
        if value not in LEVELS:
            raise self.wrong(key, "must be one of " + ", ".join(f'"{one}"' for one in LEVELS))
        rule = find_rule(name)
        if rule is not None and rule.fixed and value != rule.severity:
            raise self.wrong(
                key, f"cannot be changed: {rule.name} says that a file was not checked, or lost"
            )
        return name, value

    def witness_tables(self) -> list[dict[str, Any]]:
        tables = self.data.get("witness", [])
        if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
            raise self.wrong("witness", "must be tables: [[witness]]")
        return tables

    def witness(self, table: dict[str, Any]) -> Witness:
        self.only(table, "witness.", "text", "source", "edition", "encoding", "layout")
        layout = table.get("layout", {})
        if not isinstance(layout, dict):
            raise self.wrong("witness.layout", "must be a table: [witness.layout]")
        self.only(
            layout,
            "witness.layout.",
            "line",
            "page",
            "paragraph-end",
            "blank-line",
            "start",
            "end",
            "spaces",
            "paragraphs",
            "page-marker",
            "paragraph-start",
        )
        given = {
            name.replace("-", "_"): self.text(layout, f"witness.layout.{name}") for name in layout
        }
        problem = find_layout_problem(given)
        if problem is not None:
            raise self.wrong(f"witness.layout.{problem[0]}", problem[1])
        return Witness(
            text=self.inside(table, "witness.text"),
            source=self.inside(table, "witness.source"),
            edition=self.text(table, "witness.edition"),
            encoding=self.text(table, "witness.encoding") or "utf-8",
            layout=Layout(**given),
        )
