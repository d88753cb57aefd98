"""`teikit transform`."""

import os
from dataclasses import replace
from pathlib import Path

import click

from teikit.cli.options import jobs_options, limits_for, make_jobs, shown_path
from teikit.cli.printing import echo_line
from teikit.cli.selection import read_named
from teikit.project import Project, find_project, read_project
from teikit.report_formats import with_paths
from teikit.transform.rendering import Produced, Rendered, RenderSettings, Stylesheet

_STYLES = ("teikit.css", "text.css", "looks.css", "signs.css")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "kind",
    type=click.Choice(["html", "text"]),
    help="What to make: a page that stands alone, or plain text.",
)
@click.option(
    "--form",
    type=click.Choice(["reading", "source"]),
    default="reading",
    show_default=True,
    help="Of plain text: one paragraph a line, or the lines and pages of the source.",
)
@click.option(
    "--xsl",
    type=click.Path(path_type=Path),
    help="A stylesheet of your own (XSLT 1.0); it may import teikit:html.xsl and files beside it.",
)
@click.option(
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the stylesheet; may be given several times.",
)
@click.option("--language", default="en", show_default=True, help="Language of labels in HTML.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write into this file instead of printing.",
)
@jobs_options
def transform(
    file: Path,
    kind: str | None,
    form: str,
    xsl: Path | None,
    parameters: tuple[str, ...],
    language: str,
    output: Path | None,
    timeout: float | None,
    memory: int | None,
) -> None:
    """Make HTML or plain text of one TEI FILE.

    The result goes to the standard output, as UTF-8, or into the file named by -o. What there
    is to say about it (an element that no template knows) goes to the standard error.

    It never changes FILE.

    \b
    Examples: teikit transform texts/letter.xml --to html -o letter.html
              teikit transform texts/letter.xml --xsl my.xsl --param show=notes

    Next: `teikit publish`, for the whole edition.

    Exit code: 0 done, 2 could not go on.
    """
    if (kind is None) == (xsl is None):
        raise click.UsageError("say either --to html, --to text, or --xsl FILE")
    data = read_named(file)
    folder = find_project(file.absolute().parent)
    project = read_project(folder) if folder is not None else Project(file.parent)
    root = os.path.abspath(project.folder)
    path = Path(os.path.relpath(file.absolute(), root)).as_posix()
    with make_jobs() as jobs:
        jobs.limits = limits_for(project, timeout, memory)
        if xsl is not None:
            made = jobs.run(
                "run_stylesheet", data, path, replace(_own(xsl, parameters, language), folder=root)
            )
        elif kind == "text":
            made = jobs.run("render_text", data, path, form, root)
        else:
            settings = RenderSettings(
                language, _strings(language), parameters=_pairs(parameters), folder=root
            )
            made = jobs.run("render_html", data, path, settings)
    for finding in with_paths(made.messages, lambda one: shown_path(project.folder, one)):
        echo_line(f"{finding.place}: {finding.severity}: {finding.message}", err=True)
    _give(_bytes(made, kind, file.as_posix(), language), output)


def _own(xsl: Path, parameters: tuple[str, ...], language: str) -> RenderSettings:
    """Return the settings for a stylesheet of the scholar's."""
    folder = xsl.absolute().parent
    return RenderSettings(
        language,
        _strings(language),
        stylesheet=Stylesheet(read_named(xsl), xsl.as_posix(), str(folder)),
        parameters=_pairs(parameters),
    )


def _pairs(parameters: tuple[str, ...]) -> dict[str, str]:
    wrong = next(
        (one for one in parameters if not one.partition("=")[0].strip() or "=" not in one), None
    )
    if wrong is not None:
        raise click.BadParameter(f"{wrong}: write NAME=VALUE", param_hint="--param")
    return {name.strip(): value for name, _, value in (one.partition("=") for one in parameters)}


def _strings(language: str) -> dict[str, str]:
    from teikit.publish.strings import read_strings
    from teikit.shipped import shipped

    folder = shipped("templates")
    if not (folder / "strings" / f"{Path(language).name}.toml").is_file():
        known = ", ".join(sorted(path.stem for path in (folder / "strings").glob("*.toml")))
        raise click.BadParameter(
            f"there are no labels in {language}; known: {known}", param_hint="--language"
        )
    return dict(read_strings(language, (folder,)).table)


def _bytes(made: Rendered | Produced, kind: str | None, path: str, language: str) -> bytes:
    if isinstance(made, Produced):
        return made.content
    if kind == "text":
        return made.content.encode("utf-8")
    return _page(made, path, language).encode("utf-8")


def _page(made: Rendered, path: str, language: str) -> str:
    """Return the fragment in a page that stands alone."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from teikit.shipped import shipped

    folder = shipped("templates")
    styles = [folder / "static" / name for name in _STYLES]
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
    )
    return environment.get_template("transform.html").render(
        language=language,
        title=made.title or Path(path).stem,
        content=_safe(made.content),
        style=_safe("\n".join(one.read_text(encoding="utf-8") for one in styles if one.is_file())),
    )


def _safe(markup: str) -> object:
    """Return markup of ours, which the template must not escape."""
    from markupsafe import Markup

    return Markup(markup)


def _give(data: bytes, output: Path | None) -> None:
    if output is None:
        click.echo(data, nl=False)  # bytes go out as they are, whatever the terminal's encoding
        return
    from teikit.safety.writing import write_file

    write_file(output, data)
