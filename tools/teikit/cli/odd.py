"""`teikit odd`."""

from pathlib import Path

import click

from teikit.errors import TeikitError


@click.group()
def odd() -> None:
    """Work with TEI customisations (ODD)."""


@odd.command("compile")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--source",
    type=click.Path(path_type=Path),
    required=True,
    help="The TEI itself as ODD: p5subset.xml of the TEI version the ODD names.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Folder for the result; without it, that of FILE.",
)
def compile_command(file: Path, source: Path, output: Path | None) -> None:
    """Compile the TEI customisation FILE into FILE.rng, FILE.rnc and FILE.sch.

    The RELAX NG schema carries the glosses of FILE as documentation, so that editors show them;
    FILE.rnc is the same in the compact syntax, which Emacs reads. The Schematron file has the
    rules. Each is written whole or not at all.
    """
    from teikit.safety.writing import write_file
    from teikit.schema.odd import compile_odd

    compiled = compile_odd(_read(file), _read(source), name=file.name)
    folder = output or file.parent
    if not folder.is_dir():
        raise TeikitError(f"{folder}: there is no such folder")
    for suffix, data in (
        (".rng", compiled.relaxng),
        (".rnc", compiled.compact),
        (".sch", compiled.schematron),
    ):
        if not data:
            continue
        target = folder / (file.stem + suffix)
        write_file(target, data)
        click.echo(f"{target} written")
    for message in compiled.messages:
        click.echo(f"warning: {message}", err=True)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TeikitError(f"{path}: cannot be read: {error.strerror}") from error
