"""The XML catalog of an edition: read once in a run, before any file; and what is wrong with it."""

import os

from teikit.errors import TeikitError
from teikit.place import Place
from teikit.project import Project
from teikit.report import Finding
from teikit.safety.worker import JobFailed, Runner
from teikit.schema.catalog import NO_CATALOG, Catalog

USUAL = "catalog.xml"


def load_catalog(project: Project, jobs: Runner) -> tuple[Catalog, Finding | None]:
    """Return the catalog of the project, empty where it has none, and what is wrong with it.

    It is the one that edition.toml names, or else catalog.xml, if that is one.
    """
    path = project.catalog or USUAL
    if not os.path.isfile(project.folder / path):
        if project.catalog:
            raise TeikitError(
                f"{project.folder / path}: there is no such catalog; catalog under [schema] in "
                "edition.toml names it: correct the path, or put the catalog there"
            )
        return NO_CATALOG, None
    named = bool(project.catalog)
    try:
        state = jobs.run("catalog", path, os.path.abspath(project.folder), named)
    except JobFailed as failure:
        return NO_CATALOG, _finding(Place(path), str(failure))
    if not state.problem:
        return state.catalog, None
    line = state.line
    place = Place(state.file, line, 1, line, 1) if line else Place(state.file)
    return state.catalog, _finding(place, state.problem)


def _finding(place: Place, reason: str) -> Finding:
    return Finding(
        place,
        "schema:catalog",
        f"this catalog was not used: {reason}",
        severity="warning",
        hint="Correct it; the README shows what a catalog looks like.",
    )
