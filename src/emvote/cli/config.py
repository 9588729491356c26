"""The user's configuration file: defaults for options.

    [defaults]
    format = "markdown"

    [defaults.councils]
    election = "local-2023"

Keys are options without their dashes. A default yields to whatever says the same on the command line: a format to any
option of format, and to the ending of a file; an election to last words.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from emvote.claims import located
from emvote.cli.elections import is_election
from emvote.cli.folders import config_file
from emvote.cli.options import COMMON, LISTING
from emvote.cli.parser import misfit
from emvote.cli.registry import command_names
from emvote.errors import BadData, Problem

if TYPE_CHECKING:
    from inspect import Parameter

RULE: Final = "config"
DEFAULTS: Final = "defaults"
NO_DEFAULTS: Final = {
    "json": 'write format = "json"',
    "csv": 'write format = "csv"',
    "sentence": 'write format = "sentence"',
    "no-color": 'write color = "never"',
    "output": "a default would write over one file again and again",
    "help": "this is no default",
}
"""Options that the file does not set, and what to do instead."""
OF_ONE: Final = ("sort", "columns")
"""Options that are set for one command only, as each has fields of its own."""
FORMATS: Final = ("as_json", "as_csv", "sentence")
ELECTIONS: Final = ("election", "from_", "to")
ENVIRONMENT: Final[Mapping[str, tuple[str, ...]]] = {
    "color": ("NO_COLOR", "FORCE_COLOR"),
    "no_pager": ("EMVOTE_PAGER",),
    "data": ("EMVOTE_DATA",),
}
"""Parameters to the variables that outdo the file."""


class Default(Struct, frozen=True):
    """A value that the file sets."""

    command: str | None
    """The command that it is for; `None`: every command that has the option."""
    option: str
    """Without dashes."""
    value: Any
    line: int | None


class Config(Struct, frozen=True):
    """What a configuration file says."""

    file: str
    defaults: tuple[Default, ...]
    lines: Mapping[str, int]

    def of(self, command: str) -> dict[str, Default]:
        """The defaults of a command by option, its own first."""
        kept = [default for default in self.defaults if default.command in (None, command)]
        return {default.option: default for default in sorted(kept, key=lambda default: default.command is not None)}

    def problem(self, default: Default, expected: str) -> Problem:
        """What is wrong with a default, and where it stands."""
        path = ".".join(filter(None, (DEFAULTS, default.command, default.option)))
        return Problem(self.file, located(path, self.lines), RULE, repr(default.value), expected)


def read() -> Config | None:
    """The user's configuration; `None` where there is none.

    Raises:
        BadData: it cannot be read, is not TOML, or sets what is no option.
    """
    file = config_file()
    if file is None:
        return None
    from emvote.store.files import read_bytes
    from emvote.store.lines import key_lines
    from emvote.store.read import parse

    content = read_bytes(file, str(file))
    data = parse(content, str(file))
    lines = key_lines(content.decode("utf-8-sig"))
    config = Config(str(file), tuple(_defaults(data, lines)), lines)
    problems = tuple(_problems(config, data))
    if problems:
        raise BadData(problems)
    return config


def _defaults(data: Mapping[str, Any], lines: Mapping[str, int]) -> Iterator[Default]:
    tables = data.get(DEFAULTS)
    for key, value in tables.items() if isinstance(tables, dict) else ():
        if isinstance(value, dict):
            for option, inner in value.items():
                yield Default(key, option, inner, lines.get(f"{DEFAULTS}.{key}.{option}"))
        else:
            yield Default(None, key, value, lines.get(f"{DEFAULTS}.{key}"))


def _problems(config: Config, data: Mapping[str, Any]) -> Iterator[Problem]:
    """Problems of the file that can be found without loading a command."""
    from emvote.names import suggestions

    for key, value in data.items():
        if key != DEFAULTS or not isinstance(value, dict):
            expected = "expected the tables [defaults] and [defaults.COMMAND] only"
            yield Problem(config.file, located(key, config.lines), RULE, "", expected)
    commands, shared = command_names(), _shared()
    for default in config.defaults:
        if default.option in NO_DEFAULTS:
            yield config.problem(default, f"the file does not set {default.option}: {NO_DEFAULTS[default.option]}")
        elif default.command is not None and default.command not in commands:
            near = suggestions(default.command, commands)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            yield config.problem(default, f"no command called '{default.command}'{hint}")
        elif default.command is None and default.option not in shared:
            hint = f"there are {', '.join(shared)}"
            yield config.problem(default, f"no option of every command called '{default.option}'; {hint}")


def _shared() -> list[str]:
    """The options that all commands, or all listings, share, without their dashes."""
    names = [name for parameter in (*COMMON, *LISTING) for name in _option_names(parameter)]
    return [name for name in names if name not in {*NO_DEFAULTS, *OF_ONE}]


def _option_names(parameter: Parameter) -> Iterator[str]:
    for about in getattr(parameter.annotation, "__metadata__", ()):
        yield from (name.removeprefix("--") for name in about.names if name.startswith("--"))


def defaults(command: str, parameters: Sequence[Any]) -> dict[str, Any]:
    """Values by parameter for one command, as Typer takes them.

    Raises:
        BadData: the file is wrong, or sets an option that the command lacks, or to a value that it does not take.
    """
    config = read()
    if config is None:
        return {}
    by_option = {
        name.removeprefix("--"): parameter
        for parameter in parameters
        for name in parameter.opts
        if parameter.param_type_name == "option" and name.startswith("--")
    }
    values, problems = {}, []
    for option, default in config.of(command).items():
        parameter = by_option.get(option)
        if parameter is None and default.command is not None:
            problems.append(config.problem(default, f"'{command}' has no option --{option}"))
        elif parameter is not None:
            wrong = misfit(parameter, default.value)
            if wrong:
                problems.append(config.problem(default, wrong))
            values[parameter.name] = default.value
    if problems:
        raise BadData(tuple(problems))
    return values


def yielding(values: dict[str, Any], is_default: Callable[[str], bool]) -> dict[str, Any]:
    """Drop the defaults that the command line or environment overrides.

    Args:
        values: by parameter.
        is_default: whether a parameter has its value from the file.
    """
    outdone = {name for name in ENVIRONMENT if outdoing(name)}
    if values.get("query") or any(values.get(name) for name in FORMATS) or Path(values.get("output") or "").suffix:
        outdone.add("format")
    if values.get("no_color"):
        outdone.add("color")
    words = [value for value in values.values() if isinstance(value, (list, tuple)) and value]
    if values.get("election_words") or any(isinstance(each[-1], str) and is_election(each[-1]) for each in words):
        outdone.update(ELECTIONS)
    unset = {"no_pager": False}
    return {name: unset.get(name) if name in outdone and is_default(name) else value for name, value in values.items()}


def outdoing(name: str) -> str | None:
    """The environment variable that overrides a parameter, if one is set."""
    set_ = (variable for variable in ENVIRONMENT.get(name, ()) if variable in os.environ)
    return next((variable for variable in set_ if name != "color" or os.environ[variable]), None)
