"""The downloads of a site: which files there are, and how they are listed."""

from collections.abc import Iterator, Mapping
from typing import Any

from teikit.edition.model import Edition
from teikit.project import Project
from teikit.publish.downloads import (
    entities_csv,
    register_csv,
    register_json,
    statements_csv,
    statements_json,
)
from teikit.publish.files import SiteFiles
from teikit.publish.linked_data import LinkedData
from teikit.publish.links import DOWNLOADS, SiteMap, page_name, plain_path, project_files
from teikit.publish.pieces import Merged, PlainText
from teikit.publish.shown import register_title
from teikit.publish.strings import Strings
from teikit.publish.views import text_title


def source_path(path: str) -> str:
    """Return where the plain text with the lines of the source is."""
    return f"downloads/{page_name(path)}.source.txt"


def notes_path(path: str) -> str:
    """Return where the notes on the text at PATH are as plain text."""
    return f"downloads/{page_name(path)}.notes.txt"


def merged_path(path: str) -> str:
    """Return where the text is in one TEI file with the registers."""
    return f"downloads/{page_name(path)}.merged.xml"


def data_path(path: str, suffix: str) -> str:
    """Return where the register of the file at PATH is as data."""
    return f"downloads/registers/{page_name(path)}.{suffix}"


def entities_path(suffix: str) -> str:
    """Return where all entities of the edition are as data."""
    return f"downloads/entities.{suffix}"


def add_downloads(
    files: SiteFiles,
    edition: Edition,
    project: Project,
    sources: Mapping[str, bytes],
    plain: Mapping[str, PlainText | None],
    merged: Mapping[str, Merged | None],
    site_map: SiteMap,
) -> None:
    """Take in all files that are offered."""
    for path in project_files(project):
        if path in sources:
            files.add(f"{DOWNLOADS}{path}", sources[path], path)
    for path, text in plain.items():
        if text is not None:
            files.add(plain_path(path), text.reading, path)
            if text.source:
                files.add(source_path(path), text.source, path)
            if text.notes:
                files.add(notes_path(path), text.notes, path)
    for path, one in merged.items():
        if one is not None:
            files.add(merged_path(path), one.data, path)
    _add_data(files, edition, project, site_map)
    if edition.statements:
        files.add("downloads/statements.csv", statements_csv(edition), "statements")
        files.add("downloads/statements.json", statements_json(edition), "statements")


def _add_data(files: SiteFiles, edition: Edition, project: Project, site_map: SiteMap) -> None:
    """Take in the registers and all entities as data."""
    for register in edition.registers:
        path = register.path
        files.add(data_path(path, "csv"), register_csv(edition, register), path)
        files.add(data_path(path, "json"), register_json(edition, register), path)
        if any(one.has_page for one in register.entities):
            file = data_path(path, "jsonld")
            linked = LinkedData(project, edition, site_map, file)
            files.add(file, linked.render(register.entities), path)
    entities = [
        one for uri, one in edition.entities.items() if one.has_page and edition.meant(uri) == uri
    ]
    if entities:
        file = entities_path("jsonld")
        linked = LinkedData(project, edition, site_map, file)
        files.add(file, linked.render(entities), "entities")
        files.add(entities_path("csv"), entities_csv(edition, entities), "entities")


def download_sections(
    edition: Edition, project: Project, strings: Strings, files: Mapping[str, bytes]
) -> list[dict[str, Any]]:
    """Return the downloads as their page lists them; `files` says how large they are."""
    sections = [
        {
            "id": "tk-texts",
            "title": strings("downloads.text"),
            "lead": "",
            "rows": list(_text_rows(edition, project, strings)),
        },
        {
            "id": "tk-data",
            "title": strings("downloads.data" if edition.statements else "downloads.registers"),
            "lead": "",
            "rows": list(_data_rows(edition, strings)),
        },
        {
            "id": "tk-tei",
            "title": strings("downloads.tei"),
            "lead": strings("downloads.tei-all"),
            "rows": list(_tei_rows(edition, project, strings)),
        },
    ]
    for section in sections:
        section["rows"] = [
            {
                "group": group,  # what it is of, where one heading does for several
                "kind": kind,
                "label": f"{group}{strings('site.separator')}{kind}" if group else kind,
                "path": path,
                "name": path.rpartition("/")[2],
                "size": _size(len(files[path]), strings),
            }
            for group, kind, path in section["rows"]
            if path in files
        ]
    return [section for section in sections if section["rows"]]


def _text_rows(edition: Edition, project: Project, t: Strings) -> Iterator[tuple[str, str, str]]:
    for text in edition.texts:
        title = text_title(edition, text.path, t.language).text
        for key, path in (
            ("plain", plain_path(text.path)),
            ("source-lines", source_path(text.path)),
            ("notes", notes_path(text.path)),
            ("merged", merged_path(text.path)),
        ):
            yield title, t(f"downloads.{key}"), path


def _data_rows(edition: Edition, t: Strings) -> Iterator[tuple[str, str, str]]:
    for suffix in ("csv", "jsonld"):
        yield "", _data_label(t("downloads.entities"), suffix, t), entities_path(suffix)
    for register in edition.registers:
        title = register_title(register, t).text
        for suffix in ("csv", "json", "jsonld"):
            yield "", _data_label(title, suffix, t), data_path(register.path, suffix)
    for suffix in ("csv", "json"):
        path = f"downloads/statements.{suffix}"
        yield "", _data_label(t("statements.title"), suffix, t), path


def _data_label(title: str, suffix: str, t: Strings) -> str:
    return f"{title}{t('site.separator')}{t(f'downloads.{suffix}')}"


def _tei_rows(edition: Edition, project: Project, t: Strings) -> Iterator[tuple[str, str, str]]:
    titles = {text.path: text_title(edition, text.path, t.language).text for text in edition.texts}
    titles |= {
        register.path: register_title(register, t).text
        for register in edition.registers
        if register.path not in titles
    }
    for path in project_files(project):
        other = (
            t("downloads.source")
            if any(one.source == path for one in project.witnesses)
            else t("downloads.schema")
        )
        kind = titles.get(path, path if path.endswith(".xml") else other)
        yield "", kind, f"{DOWNLOADS}{path}"


def _size(size: int, t: Strings) -> str:
    if size < 1000:
        return t("downloads.bytes", size=size)
    return t("downloads.kilobytes", size=f"{size / 1000:.1f}")
