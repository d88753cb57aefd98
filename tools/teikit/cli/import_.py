"""`teikit import`."""

import codecs
from pathlib import Path

import click

from teikit.cli.options import (
    color_option,
    jobs_options,
    limits_for,
    make_jobs,
    shown_path,
)
from teikit.cli.printing import echo_line, echo_readable, use_colour
from teikit.cli.selection import read_named
from teikit.errors import TeikitError
from teikit.importing.example import Example
from teikit.importing.imported import Imported
from teikit.importing.settings import HYPHENS
from teikit.project import Project, find_project, read_project
from teikit.safety.worker import JobFailed
from teikit.settings import SETTINGS
from teikit.witness import PARAGRAPHS, SPACES
from teikit.wording import shortened

_MARKS = ("line", "page", "paragraph_end", "paragraph_start", "blank_line", "start", "end")
_LONGEST = 1000  # characters of a line that says how the text was read


def _layout_option(name: str, what: str):
    return click.option(f"--{name}", help=f"{what}; \\n, \\t and \\f as in TOML.")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    help="The folder of the edition. [default: the current one, or one above it]",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write the TEI alone, into this file."
)
@click.option("--name", default="", help="What the text is called in the edition: texts/NAME.xml.")
@click.option(
    "--format",
    type=click.Choice(["text", "markdown", "docx"]),
    help="What FILE is. [default: told by its content and name]",
)
@click.option("--encoding", default="", help="Encoding of a plain text, such as gb18030.")
@click.option("--language", default="", help="Language of the text (BCP 47): en, la, zh-Hant.")
@click.option(
    "--title",
    default="auto",
    show_default=True,
    metavar="auto|first|none|TEXT",
    help="The title: told by its look, the first paragraph, not in the text, or these words.",
)
@click.option(
    "--heading",
    default="",
    metavar="REGEX",
    help="Which paragraphs are headings: those that it matches from beginning to end.",
)
@click.option("--no-headings", is_flag=True, help="No paragraph is a heading.")
@click.option(
    "--verse/--no-verse",
    default=None,
    help="The lines are verses; blank lines part stanzas. [default: as they look]",
)
@click.option("--sentences", is_flag=True, help="Mark sentences, so that each can be cited.")
@click.option(
    "--hyphens",
    type=click.Choice(HYPHENS),
    default=HYPHENS[0],
    show_default=True,
    help="A hyphen at the end of a line, before a small letter: of the line, open, or of the word.",
)
@_layout_option("line", "What stands between two lines")
@_layout_option("page", "What stands between two pages")
@_layout_option("paragraph-end", "What ends the last line of a paragraph")
@_layout_option("paragraph-start", "What the first line of a paragraph begins with")
@_layout_option("blank-line", "What a blank line consists of")
@_layout_option("start", "What comes before the first line")
@_layout_option("end", "What comes after the last line")
@click.option("--paragraphs", type=click.Choice(PARAGRAPHS), help="What begins a paragraph.")
@click.option("--spaces", type=click.Choice(SPACES), help="Whether runs of white space are one.")
@click.option("--page-marker", metavar='"[p. {n}]"', help="What says that a page begins.")
@color_option
@jobs_options
def import_(file: Path, into: Path | None, output: Path | None, **options: object) -> None:
    """Make FILE, a plain text, a Markdown file or a Word document (.docx), into TEI.

    Lines, paragraphs, pages and headings are kept. How they were told apart is printed, with the
    option that changes each. In an edition the text goes to texts/, the file itself to source/,
    and edition.toml gets a [[witness]]: from then on `teikit validate` compares the two character
    by character. Of Markdown and Word, the words found are kept beside it as plain text, to compare
    with, and what could not be carried is listed. What only you know (author, source, licence) is
    marked in the header.

    It never overwrites a file that is there; of edition.toml nothing changes but what is added.

    \b
    Examples: teikit import letter.txt
              teikit import old.txt --encoding windows-1252 --page-marker "[S. {n}]"
              teikit import letter.docx -o letter.xml

    Next: `teikit validate`, which names what is to be filled in; then `teikit entities suggest`.

    Exit code: 0 done, 2 could not go on.
    """
    data = read_named(file)
    if output is not None:
        _write_alone(file, data, output, options)
        return
    folder = find_project(into if into is not None else Path.cwd())
    if into is not None and not (into / SETTINGS).is_file():
        raise TeikitError(f"{into}: is no edition: there is no {SETTINGS} in it")
    if folder is None:
        raise TeikitError(
            "there is no edition here: make one with `teikit new NAME` and go there, name one with "
            "--into, or write the TEI alone with -o FILE.xml"
        )
    _write_into(read_project(folder), file, data, options)


def _write_into(project: Project, file: Path, data: bytes, options: dict) -> None:
    from teikit.importing.copies import refuse_copy
    from teikit.importing.placing import (
        find_example,
        find_places,
        is_there,
        models_for,
        write_into,
    )

    places = find_places(project, file, str(options["name"]))
    models, example = models_for(project, places.text), find_example(project, places.text)
    source = places.source_from_text, places.source
    made = _make(project, file, data, options, source, models, example)
    words = f"{places.source.rpartition('.')[0]}.txt"
    witness = {words: made.witness.encode("utf-8")} if made.witness else {}
    if not is_there(project, places, data, made, witness):
        refuse_copy(project, places.text, data, str(file), is_named=bool(options["name"]))
    written = write_into(project, places, data, made, witness)
    _tell(file, made, options)
    if not written:
        echo_line("all of it is in the edition already, and was left as it is")
    if Path(places.text).stem not in (file.stem, options["name"]):
        echo_line(f"the text is called {Path(places.text).stem} here; --name calls it otherwise")
    for path in written:
        echo_line(f"written: {shown_path(project.folder, path)}")
    echo_line("Next: teikit validate, which names what the header still needs.")


def _write_alone(file: Path, data: bytes, output: Path, options: dict) -> None:
    from teikit.safety.writing import write_new_file

    made = _make(Project(file.absolute().parent), file, data, options, ("", file.name))
    write_new_file(output, made.tei)
    _tell(file, made, options)
    echo_line(f"written: {output}")


def _make(
    project: Project,
    file: Path,
    data: bytes,
    options: dict,
    source: tuple[str, str],
    models: tuple[str, ...] = (),
    example: Example | None = None,
) -> Imported:
    from teikit.importing.settings import ImportSettings
    from teikit.visible import visible

    settings = ImportSettings(
        format=str(options["format"] or ""),
        encoding=str(options["encoding"]),
        layout=_layout(options),
        title=str(options["title"]),
        heading=str(options["heading"]),
        headings=not options["no_headings"],
        verse=options["verse"],
        sentences=bool(options["sentences"]),
        hyphens=str(options["hyphens"]),
        language=str(options["language"]),
        site_language=project.languages[0],
        models=models,
        source_name=visible(file.name),  # a name may have what no XML can hold
        source_path=source[0],
        example=example or Example(),
    )
    with make_jobs() as jobs:
        jobs.limits = limits_for(project, options["timeout"], options["memory"])
        try:
            made = jobs.run("import", data, file.as_posix(), settings)
        except JobFailed as failure:
            raise TeikitError(
                f"{file}: {failure}: --timeout gives it more seconds, --memory more megabytes"
            ) from failure
    if made.problem:
        raise TeikitError(made.problem)
    return made


def _layout(options: dict) -> dict[str, str]:
    """Return what the options say of the layout, with the escapes of TOML made characters."""
    given = {name: _unescaped(name, options[name]) for name in _MARKS if options[name] is not None}
    for name in ("paragraphs", "spaces", "page_marker"):
        if options[name] is not None:
            given[name] = str(options[name])
    return given


def _unescaped(name: str, value: str) -> str:
    try:
        return codecs.decode(
            value.encode("ascii", "backslashreplace").decode("ascii"), "unicode_escape"
        )
    except ValueError:
        raise click.BadParameter(
            f"{value}: a \\ stands before n, t, f or another \\", param_hint=f"--{name}"
        ) from None


def _tell(file: Path, made: Imported, options: dict) -> None:
    """Print what was told of the text, and what could not be carried."""
    from teikit.report import build_report
    from teikit.report_formats.readable import render_readable

    kind = {"markdown": "Markdown, ", "docx": "Word document, "}.get(made.format, "")
    lines = [f"{file}: {kind}encoding {made.encoding} ({made.how})"]
    if made.format == "docx":
        lines = [f"{file}: Word document"]
    if made.sample:
        lines.append(f"    Is this as it should be? {made.sample}")
        lines.append("    If not, name the encoding with --encoding.")
    if not options["language"]:
        told = f"{made.language}, by {made.language_from}" if made.language else "not told"
        lines.append(f"    language: {told} (--language)")
    lines += [f"    {rule}" for rule in made.rules]
    lines.append(f"    {made.counts}")
    for line in lines:
        echo_line(shortened(line, _LONGEST))
    if made.lost:
        report = build_report(made.lost)
        colour = use_colour(str(options["color"]))
        echo_readable(render_readable(report, 1, colour=colour), colour)
