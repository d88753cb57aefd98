"""`teikit entities show`."""

import click


@click.command("show")
def show_command() -> None:
    """Show every mention of one entity, with its place."""
