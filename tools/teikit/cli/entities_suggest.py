"""`teikit entities suggest`."""

import click


@click.command("suggest")
def suggest_command() -> None:
    """Show where a known name stands and is not marked; mark it if you say so."""
