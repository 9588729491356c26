"""The commands by name, with the line that `emvote --help` shows for each.

Static, so that neither the list nor a suggestion has to import a command; a test holds each line equal to the first of
the command's docstring. A new command is its module in `emvote.cli.commands`, with a function of the module's name, and
a line here.
"""

from __future__ import annotations

from typing import Final

from emvote.errors import UsageProblem

COMMANDS: Final[dict[str, str]] = {
    "councils": "Councils that voted at a local election: control and seats, before and after.",
    "council": "One council: who sat on it year by year since 1973, and its elections on record.",
    "seat": "One constituency: its results, latest first, and the candidates of the last.",
    "seats": "Every constituency at one general election; the latest unless --election names another.",
    "swing": "The swing between two parties: Butler and Steed, seat by seat and for the region.",
    "compare": "Two or more elections, or two or more places, side by side.",
    "results": "The scoreboard of one election: seats, gains, losses, votes and shares by party, turnout, and indices.",
    "targets": "Seats that a party does not hold, by the swing it needs; with --defend, those it may lose.",
    "project": "What the seats would be if votes changed as told: arithmetic, not a forecast.",
    "wards": "The wards of one council at one election: every candidate, and who was elected.",
    "map": "The region as hexagons, one a seat or council: by winner, change, swing or majority.",
    "mayor": "A directly elected mayor: every election of the office, latest first.",
    "candidate": "One name: every candidacy on record for Parliament, in wards and for mayor.",
    "bellwethers": "Seats won by the party that formed the government, one general election after another.",
    "explain": "A term of elections: what it means, its formula and source, and an example from the dataset.",
    "report": "A document of many answers, in one file: scoreboard, changes, maps, charts, tables that sort, sources.",
    "browse": "Walk the region by keyboard: every seat and council, its history, and the command that shows it.",
    "elections": "The elections in the dataset, oldest first.",
    "parties": "The parties, their names and their colours.",
    "sources": "The sources, and how many records cite each.",
    "check": "Whether a dataset is sound: structure, references, sums, winners, majorities, labels.",
    "claims": "The figures of an article held against the record, each with a verdict.",
    "import": "Published files as a dataset of your own: what was read, set aside and why, line by line.",
    "diff": "Which figures differ between two datasets.",
    "export": "Take the whole dataset elsewhere: SQLite, CSV with a data package, or Parquet.",
    "schema": "The JSON Schema of a command's answer.",
    "cache": "What emvote keeps to open datasets faster, and where; it can be removed at any time.",
    "completion": "The script that makes a shell complete commands, options and names.",
}
"""Name to help, in the order of the list."""


class UnknownCommand(UsageProblem):
    """There is no such command; near ones are in `suggestions`."""

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.suggestions = suggestions


def require_command(name: str) -> str:
    """The module, and in it the function, of a command.

    Raises:
        UnknownCommand: there is none of that name; near ones are suggested.
    """
    if name not in COMMANDS:
        raise _unknown(name)
    return module_of(name)


def module_of(name: str) -> str:
    """How a command's module is called: `import` is a word of Python, hence `import_`.

    >>> module_of("councils"), module_of("import")
    ('councils', 'import_')
    """
    return "import_" if name == "import" else name.replace("-", "_")


def _unknown(name: str) -> UnknownCommand:
    from difflib import get_close_matches

    if name.startswith("-"):
        return UnknownCommand(f"no such option: {name}; options go after the command (see emvote --help)")
    near = tuple(get_close_matches(name, COMMANDS))
    hint = f"did you mean {' or '.join(near)}?" if near else "see emvote --help"
    return UnknownCommand(f"no command called '{name}'; {hint}", near)
