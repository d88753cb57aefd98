"""The group of commands: one module each, loaded when it is called."""

import importlib
import keyword

import click

from teikit import __version__
from teikit.errors import TeikitError

# what one does -> command -> what it does, in the order of the work (so that `teikit --help` loads
# no command)
SECTIONS = {
    "To begin": {
        "new": "Make a new edition, or make one of a folder of TEI files.",
        "import": "Make a text, Markdown or a Word document into TEI.",
    },
    "While you write": {
        "validate": "Say what is wrong in an edition, and where.",
        "explain": "Say what a rule means, and what to do.",
        "entities": "Show entities and mentions, and names that are not marked yet.",
        "diff": "Say what changed between two versions, text and markup apart.",
        "format": "Lay out TEI files in one agreed way, for readable diffs.",
    },
    "For readers": {
        "serve": "Show the site on this computer, anew whenever a file is saved.",
        "publish": "Make the site and the plain text of an edition.",
        "release": "Record the addresses of the site, so that none is lost later.",
        "transform": "Make HTML or plain text of one TEI file.",
    },
    "About the tools": {
        "odd": "Compile a TEI customisation (ODD) into schemas.",
        "doctor": "Say what teikit finds on this system.",
    },
}
COMMANDS = {name: help for section in SECTIONS.values() for name, help in section.items()}

_LONGEST = 4000  # characters of what stops a command


class Commands(click.Group):
    """Loads a command when it is named, and turns what stops it into one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return the command NAME, or None."""
        if name not in COMMANDS:
            return None
        module = f"{name}_" if keyword.iskeyword(name) else name
        return getattr(importlib.import_module(f"teikit.cli.{module}"), module)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading them."""
        width = max(map(len, COMMANDS))
        for section, commands in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(name.ljust(width), text) for name, text in commands.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what stops it is one line and exit code 2."""
        try:
            return super().invoke(ctx)
        except click.ClickException as error:  # say, of names that a * on the command line gave
            from teikit.visible import visible

            error.message = "\n".join(map(visible, error.message.split("\n")))
            raise
        except TeikitError as error:
            from teikit.visible import no_command, visible  # it may quote what a stranger wrote

            click.echo(f"Error: {no_command(visible(str(error)[:_LONGEST]))}", err=True)
            ctx.exit(2)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="teikit %(version)s")
def teikit() -> None:
    """Make, validate and publish scholarly editions in TEI-XML.

    An edition is a folder with an edition.toml. Begin with `teikit new NAME`, or, in a folder of
    TEI files, with `teikit validate .`; bring texts into it with `teikit import FILE`. The
    commands stand below in the order of the work, and `teikit COMMAND --help` says what comes
    after each.
    """
