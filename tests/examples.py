"""What a command is asked where a test has no question of its own for it, so that a new one needs no line there."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tools.pages.commands import examples

from emvote.cli.main import load
from emvote.cli.registry import command_names

Words = tuple[str, ...]


def of_others(asked: Collection[str]) -> dict[str, list[Words]]:
    """The examples of every command that is not among those that are asked."""
    return {name: examples(name) for name in command_names() if name not in asked}


def named_of_others(asked: Collection[str], names: Mapping[str, str]) -> dict[str, Words]:
    """Every command that is not among those asked, with what it must be told.

    Args:
        asked: the commands that are.
        names: a name in the dataset at hand for each metavar: `SEAT` to a seat.
    """
    required = {
        name: [parameter.metavar for parameter in load(name).params if parameter.required]
        for name in command_names()
        if name not in asked
    }
    return {name: (name, *(names[metavar] for metavar in metavars)) for name, metavars in required.items()}
