"""Jobs of which the results are kept in the user's cache folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from teikit.keeping.keys import surroundings_digest, tool_digest
from teikit.keeping.runner import KeepingRunner
from teikit.keeping.store import open_store
from teikit.project import Project
from teikit.safety.worker import Runner

# jobs that read schemas, catalogs and what these include, wherever they lie in the project
_READ_BESIDE = ("check", "schema", "catalog")


@contextmanager
def keeping_results(project: Project, jobs: Runner) -> Iterator[Runner]:
    """Give a runner that takes from earlier runs over the project what is as it was then."""
    folder = os.path.abspath(project.folder)
    store = open_store(folder)
    if store is None or project.given:  # schemas that may lie anywhere
        yield jobs
        return
    beside = surroundings_digest(project.folder, project.files)
    with store:
        yield KeepingRunner(jobs, store, tool_digest(), dict.fromkeys(_READ_BESIDE, beside))
