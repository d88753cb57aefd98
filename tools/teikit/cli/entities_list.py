"""`teikit entities list`, which is `teikit entities` too."""

import click


@click.command("list")
def list_command() -> None:
    """Show the entities of an edition and how often each is mentioned."""
