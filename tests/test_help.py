"""What the help of every command says, in one shape and in one order."""

import re

import click
import pytest
from click.testing import CliRunner

from teikit.cli.commands import teikit

PARTS = ("It never |They never ", "Examples?: ", "Next: ", "Exit code: 0")


def names_of(group: click.Group, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Return all commands, those of groups too, as they are called."""
    found = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        found.append((*before, name))
        if isinstance(command, click.Group):
            found += names_of(command, (*before, name))
    return found


NAMES = names_of(teikit)


def help_of(*name: str) -> str:
    """Return the help of a command, with white space folded."""
    result = CliRunner().invoke(teikit, [*name, "--help"])
    assert result.exit_code == 0
    return " ".join(result.output.split())


@pytest.mark.parametrize("name", NAMES, ids=" ".join)
def test_it_says_what_is_never_done_an_example_what_is_next_and_the_exit_codes(name):
    said = help_of(*name).partition(" Options: ")[0]
    places = [re.search(part, said) for part in PARTS]
    assert all(places), [part for part, place in zip(PARTS, places, strict=True) if not place]
    starts = [place.start() for place in places]
    assert starts == sorted(starts)


@pytest.mark.parametrize("name", NAMES, ids=" ".join)
def test_the_commands_and_options_it_shows_are_there(name):
    said = help_of(*name)
    examples = re.search(r"Examples?: (.*?) Next: ", said)[1]
    shown = re.findall(r"`teikit ([^`]*)`", said)
    for one in [*shown, *re.findall(r"teikit (.*?)(?=\"| teikit | git |$)", examples)]:
        words = tuple(one.split())
        assert words[:1] in NAMES or words[0].isupper() or words[0].startswith("-"), one
        options = help_of(*(words[:2] if words[:2] in NAMES else words[:1]))
        if words[0] == "entities":
            options += help_of("entities", "list")
        for option in (word for word in words if re.fullmatch("--?[a-z][a-z-]*", word)):
            assert f"{option} " in options or f"{option}," in options, (one, option)


def test_one_option_is_called_and_told_the_same_everywhere():
    told: dict[str, set[str]] = {}
    for name in NAMES:
        command = teikit
        for word in name:
            command = command.get_command(click.Context(command), word)
        for option in command.params:
            if isinstance(option, click.Option) and option.name in (
                "timeout", "memory", "color", "stdin_name"
            ):  # fmt: skip
                told.setdefault(option.name, set()).add(f"{option.opts} {option.help}")
    assert {name: len(said) for name, said in told.items()} == dict.fromkeys(told, 1)
    assert len(told) == 4
