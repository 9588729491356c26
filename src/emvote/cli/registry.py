"""The commands: a module each in `commands/`, with its help and group.

To run one command, only the names of the modules are read. The list that `emvote --help` shows is made of their text,
so that it imports none of them; a test holds it to what the modules say when they are imported.
"""

from __future__ import annotations

import os
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from emvote.errors import UsageProblem

FOLDER: Final = Path(__file__).with_name("commands")


OWN: Final = frozenset({"-h", "--help", "-V", "--version"})
"""Options of the program itself."""


FIRST: Final = ("seat", "council", "wards", "results", "seats", "councils", "swing", "compare", "targets", "explain")
"""Commands that come first in their groups, as most people want them; the others follow by name."""


class Group(StrEnum):
    """What commands are for: headings of `emvote --help`, in order."""

    PLACE = "A place or a person"
    ELECTION = "An election"
    COMPARE = "Compare"
    AHEAD = "Look ahead"
    WRITE = "Write and check"
    DATA = "Data"
    PROGRAM = "The program"


class UnknownCommand(UsageProblem):
    """There is no such command; near ones are in `suggestions`."""

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.suggestions = suggestions


def command_names() -> list[str]:
    """Names of all commands, in alphabetical order."""
    files = os.listdir(FOLDER)  # noqa: PTH208 (a tenth of the time of Path.glob, in every answer)
    modules = (file.removesuffix(".py") for file in files if file.endswith(".py") and not file.startswith("_"))
    return sorted(module.rstrip("_").replace("_", "-") for module in modules)


@cache
def grouped() -> dict[Group, dict[str, str]]:
    """Line of help by name, for each group."""
    found: dict[Group, dict[str, str]] = {group: {} for group in Group}
    for name in command_names():
        group, line = _declared((FOLDER / f"{module_of(name)}.py").read_text(encoding="utf-8"))
        found[group][name] = line
    return {group: dict(sorted(lines.items(), key=_place)) for group, lines in found.items()}


def _place(line: tuple[str, str]) -> int:
    """Where a command stands in its group; those that are not told apart stay in alphabetical order."""
    return FIRST.index(line[0]) if line[0] in FIRST else len(FIRST)


def _declared(module: str) -> tuple[Group, str]:
    """A command's group and first line of help, from its text."""
    _, _, decorated = module.partition("@command(")
    group, _, after = decorated.partition("Group.")[2].partition(")")
    _, _, doc = after.partition('\n    """')
    return Group[group.partition(",")[0]], doc.partition("\n")[0].removesuffix('"""')


def help_lines() -> dict[str, str]:
    """Line of help by name, in the order of `emvote --help`."""
    return {name: line for group in grouped().values() for name, line in group.items()}


def require_command(name: str) -> str:
    """The module, and in it the function, of a command.

    Raises:
        UnknownCommand: there is none of that name; near ones are suggested.
    """
    if name not in command_names():
        raise _unknown(name)
    return module_of(name)


def function_of(name: str) -> Any:
    """Function of a command, imported now."""
    module = module_of(name)
    return getattr(import_module(f"emvote.cli.commands.{module}"), module)


def module_of(name: str) -> str:
    """Module of a command: `import` is a word of Python, hence `import_`.

    >>> module_of("councils"), module_of("import")
    ('councils', 'import_')
    """
    return "import_" if name == "import" else name.replace("-", "_")


MEANT: Final = {
    "constituency": ("seat",),
    "constituencies": ("seats",),
    "mp": ("seat",),
    "mps": ("seats",),
    "marginals": ("seats",),
    "district": ("council",),
    "local": ("councils",),
    "locals": ("councils",),
    "general": ("results",),
    "election": ("results", "elections"),
    "scoreboard": ("results",),
    "summary": ("results",),
    "history": ("seat", "council"),
    "person": ("candidate",),
    "people": ("candidate",),
    "councillor": ("candidate", "wards"),
    "mayors": ("mayor",),
    "forecast": ("project",),
    "predict": ("project",),
    "prediction": ("project",),
    "define": ("explain",),
    "glossary": ("explain",),
    "term": ("explain",),
    "factcheck": ("claims",),
    "fact-check": ("claims",),
    "verify": ("claims", "check"),
    "validate": ("check",),
    "settings": ("config",),
    "configure": ("config",),
    "download": ("export",),
    "convert": ("export",),
}
"""What people call commands, to the names that they have."""


def _unknown(name: str) -> UnknownCommand:
    from difflib import get_close_matches

    if name.startswith("-"):
        return UnknownCommand(f"no such option: {name}; options go after the command (see emvote --help)")
    meant = [command for command in MEANT.get(name.casefold(), ()) if command in command_names()]
    near = tuple(meant or get_close_matches(name.casefold(), command_names()))
    hint = f"did you mean {' or '.join(near)}?" if near else "see emvote --help"
    return UnknownCommand(f"no command called '{name}'; {hint}", near)
