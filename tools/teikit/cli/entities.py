"""The group `teikit entities`: without a subcommand it shows the table."""

import importlib

import click

# subcommand -> what it does, in the order of the work; each is NAME_command in entities_NAME.py
SUBCOMMANDS = {
    "list": "Show the entities and how often each is mentioned (so too without a word).",
    "show": "Show every mention of one entity, with its place.",
    "suggest": "Show where a known name stands and is not marked; mark it if you say so.",
    "export": "Write registers as a sheet (CSV), one row an entry.",
    "import": "Show what a sheet changes in the registers; change them if you say so.",
}
_USUAL = "list"
_HELP = {"-h", "--help"}


class _Subcommands(click.Group):
    """Loads a subcommand when it is named; where none is, what follows is for the table."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take in the arguments, with the usual subcommand where they name none."""
        if not args or (args[0] not in SUBCOMMANDS and args[0] not in _HELP):
            args = [_USUAL, *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the subcommands, in the order of the work."""
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return the subcommand NAME, or None."""
        if name not in SUBCOMMANDS:
            return None
        module = importlib.import_module(f"teikit.cli.entities_{name}")
        return getattr(module, f"{name}_command")

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of subcommands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(SUBCOMMANDS.items()))


@click.group(cls=_Subcommands, subcommand_metavar="[COMMAND] [ARGUMENTS]...")
def entities() -> None:
    """Work with the entities of an edition and the places that mention them.

    Entities are the persons, places, organisations, works, events, concepts ... of the registers;
    a mention is a place in a text that points to one. `teikit entities` alone shows the table of
    them; `teikit entities list --help` tells its options.

    Next: `teikit entities suggest`, for the mentions that are not marked yet.
    """
