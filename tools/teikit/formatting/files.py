"""Files in the agreed layout: each laid out by the job `format`, and put in place whole."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from teikit.cachefolder import find_cache_folder
from teikit.check.catalogs import load_catalog
from teikit.check.records import CheckSettings
from teikit.check.schemas import check_schema, load_schema
from teikit.errors import TeikitError
from teikit.files import is_inside, read_file, shown_inside
from teikit.formatting.records import Formatted
from teikit.project import Project
from teikit.report import Finding
from teikit.safety.worker import JobFailed, Runner
from teikit.safety.writing import CannotWrite, write_file

_GRAMMARS = (".rng", ".rnc")


def format_files(
    project: Project, paths: Sequence[str], jobs: Runner, read: Mapping[str, bytes]
) -> Iterator[tuple[bytes, Formatted]]:
    """Yield each file (relative to the project) as it is, and as it is to be.

    READ holds the bytes of files that are not to be read from the disk. Raises TeikitError where
    the schema that the edition or the command line names cannot be used.
    """
    settings = _settings(project, jobs)
    for path in paths:
        data = read.get(path)
        content = read_file(project.folder, path, jobs.largest_document) if data is None else data
        if isinstance(content, Finding):
            yield b"", Formatted(path, finding=content)
            continue
        (result,) = jobs.run_all("format", [(content, path, settings)])
        if isinstance(result, JobFailed):
            result = Formatted(path, problem=f"{path}: was not laid out: {result}")
        yield content, result


def write_formatted(file: Path, before: bytes, after: bytes) -> None:
    """Put AFTER into the file, whole or not at all, if it still holds BEFORE."""
    if file.is_symlink():
        raise CannotWrite(f"{file}: is a link: name the file that it leads to")
    try:
        now = file.read_bytes()
    except OSError as error:
        raise CannotWrite(f"{file}: cannot be read again: {error.strerror}") from error
    if now != before:
        raise CannotWrite(
            f"{file}: was changed by another program meanwhile, so it is left as it is: "
            "run the command again"
        )
    write_file(file, after)


def first_difference(before: bytes, after: bytes) -> int:
    """Return the first line, from 1, that is not the same; 0 where all are."""
    if before == after:
        return 0
    old, new = before.split(b"\n"), after.split(b"\n")
    pairs = enumerate(zip(old, new, strict=False), 1)
    return next((line for line, (one, other) in pairs if one != other), min(len(old), len(new)))


def _settings(project: Project, jobs: Runner) -> CheckSettings:
    """Return the schemas that count; they must be there and sound, or the layout would differ."""
    folder, cache = os.path.abspath(project.folder), str(find_cache_folder() or "")
    own = project.relaxng
    if own and not is_inside(project.folder, own):
        raise TeikitError(
            f"{project.folder / own}: a link leads out of the edition's folder: put the schema "
            "itself there, or name it with --schema FILE"
        )
    relaxng = os.path.abspath(project.folder / own) if own else ""
    for path in project.given or (relaxng,):
        if path.lower().endswith(_GRAMMARS):
            problem = check_schema(
                load_schema(jobs, path, folder, cache), shown_inside(folder, path)
            )
            if problem is not None:
                raise TeikitError(f"{problem.place}: {problem.message}")
    if project.given or relaxng:
        return CheckSettings(relaxng, folder=folder, cache=cache, given=project.given)
    catalog, problem = load_catalog(project, jobs)
    if problem is not None:
        raise TeikitError(f"{problem.place}: {problem.message}")
    return CheckSettings(folder=folder, cache=cache, catalog=catalog)
