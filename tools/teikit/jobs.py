"""The jobs: what is done with one document, by name, here or in a worker process.

A job takes bytes and plain settings and gives back plain frozen values. Trees never leave it.
The functions import lxml; the kinds of their results do not, so that a command that only hands
out jobs starts fast.
"""

import importlib
import inspect
import typing
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any


@dataclass(frozen=True)
class Job:
    """Where a job's function is, and where the kind of its result: "module:name"."""

    function: str
    result: str


JOBS = {
    "check": Job("teikit.check.document:check_job", "teikit.check.records:Checked"),
    "schema": Job("teikit.schema.relaxng.loading:schema_job", "teikit.schema.state:SchemaState"),
    "catalog": Job(
        "teikit.schema.catalog_reading:catalog_job", "teikit.schema.catalog:CatalogState"
    ),
    "complete": Job("teikit.check.completing:complete_job", "teikit.check.records:Completed"),
    "named": Job("teikit.check.document:named_job", "teikit.check.records:Named"),
    "ids": Job("teikit.check.document:ids_job", "teikit.check.records:Ids"),
    "unmarked": Job("teikit.check.unmarked:unmarked_job", "teikit.check.records:Unmarked"),
    "entities": Job("teikit.entities.reading:entities_job", "teikit.entities.records:Listed"),
    "suggest": Job("teikit.entities.suggest:suggest_job", "teikit.entities.records:Suggested"),
    "mark": Job("teikit.entities.marking:mark_job", "teikit.entities.records:Marked"),
    "render_html": Job("teikit.transform.jobs:html_job", "teikit.transform.rendering:Rendered"),
    "render_header": Job("teikit.transform.jobs:header_job", "teikit.transform.rendering:Rendered"),
    "render_text": Job("teikit.transform.jobs:text_job", "teikit.transform.rendering:Rendered"),
    "run_stylesheet": Job(
        "teikit.transform.jobs:stylesheet_job", "teikit.transform.rendering:Produced"
    ),
    "kind": Job("teikit.starting.job:kind_job", "teikit.starting.records:Kind"),
    "format": Job("teikit.formatting.job:format_job", "teikit.formatting.records:Formatted"),
    "import": Job("teikit.importing.jobs:import_job", "teikit.importing.imported:Imported"),
    "extract": Job("teikit.edition.extract:extract_job", "teikit.edition.records:Extracted"),
    "register_entries": Job("teikit.edition.entries:entries_job", "teikit.edition.leading:Entries"),
    "piece": Job("teikit.publish.work:piece_job", "teikit.publish.pieces:Piece"),
    "plain": Job("teikit.publish.work:plain_job", "teikit.publish.pieces:PlainText"),
    "folding": Job("teikit.search.folding:folding_job", "teikit.search.records:FoldData"),
    "index": Job("teikit.search.indexing:index_job", "teikit.search.records:Indexed"),
    "sheet_rows": Job("teikit.entities.sheet_jobs:rows_job", "teikit.entities.sheet:Rows"),
    "sheet_edit": Job("teikit.entities.sheet_jobs:edit_job", "teikit.entities.edited:Edited"),
    "compare": Job("teikit.comparing.jobs:compare_job", "teikit.comparing.records:Compared"),
    "passages": Job("teikit.comparing.jobs:passages_job", "teikit.comparing.records:Passages"),
    "noted": Job("teikit.keeping.job:noted_job", "teikit.keeping.job:Noted"),
    "merge": Job("teikit.publish.work:merge_job", "teikit.publish.pieces:Merged"),
}


def get_function(name: str) -> Callable[..., Any]:
    """Return the function of the job NAME."""
    return _get(JOBS[name].function)


def get_result_kind(name: str) -> Any:
    """Return the type of what the job NAME gives back."""
    return _get(JOBS[name].result)


@cache
def get_argument_kinds(name: str) -> tuple[Any, ...]:
    """Return the types of the arguments of the job NAME, in order."""
    function = get_function(name)
    hints = typing.get_type_hints(function)
    return tuple(hints[parameter] for parameter in inspect.signature(function).parameters)


def _get(where: str) -> Any:
    module, _, name = where.partition(":")
    return getattr(importlib.import_module(module), name)
