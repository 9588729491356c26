"""Settings of options that are not typed, and where each is from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

from emvote.cli.config import Config, Default, defaults, outdoing, read
from emvote.cli.folders import NO_CACHE, cache_folder
from emvote.cli.main import load
from emvote.cli.pager import DEFAULT, OURS, THEIRS
from emvote.errors import BadData, Problem
from emvote.views.config import Setting

BUILT_IN: Final = {"data": "results", "format": "table", "color": "auto"}
"""Options of every command to the values that hold without a file."""
ANY: Final = "seats"
"""A command that has every shared option."""
COLOURS: Final = {"NO_COLOR": "never", "FORCE_COLOR": "always"}


def settings() -> tuple[list[Setting], bool]:
    """The settings, and whether there is a configuration file.

    Raises:
        BadData: it is wrong.
    """
    config = _checked()
    return [*_of_all(config), *_of_one(config), _pager(), _cache()], config is not None


def _checked() -> Config | None:
    """The user's configuration, held against every command that it names.

    Raises:
        BadData: it is wrong anywhere.
    """
    config = read()
    if config is None:
        return None
    problems: list[Problem] = []
    for command in dict.fromkeys(default.command or ANY for default in config.defaults):
        try:
            defaults(command, load(command).params)
        except BadData as error:
            problems += error.problems
    if problems:
        raise BadData(tuple(dict.fromkeys(problems)))
    return config


def _of_all(config: Config | None) -> Iterator[Setting]:
    """Those of every command: the environment's before the file's before the program's."""
    said = {default.option: default for default in config.defaults if default.command is None} if config else {}
    for option, built_in in BUILT_IN.items():
        yield (
            _from_environment(option, None)
            or _from_file(said.pop(option, None))
            or Setting(option, None, built_in, "built in", None)
        )
    for default in said.values():
        yield _from_environment(default.option, None) or _of_file(default)


def _of_one(config: Config | None) -> Iterator[Setting]:
    for default in config.defaults if config else ():
        if default.command is not None and _from_environment(default.option, default.command) is None:
            yield _of_file(default)


def _from_environment(option: str, command: str | None) -> Setting | None:
    variable = outdoing(option.replace("-", "_"))
    if variable is None:
        return None
    return Setting(option, command, COLOURS.get(variable, os.environ[variable]), "environment", variable)


def _from_file(default: Default | None) -> Setting | None:
    return None if default is None else _of_file(default)


def _of_file(default: Default) -> Setting:
    value = default.value
    if isinstance(value, bool):
        text = "true" if value else "false"
    else:
        text = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    place = None if default.line is None else f"line {default.line}"
    return Setting(default.option, default.command, text, "file", place)


def _pager() -> Setting:
    """The pager of the environment; options and the file only switch it off."""
    for variable in (OURS, THEIRS):
        if variable in os.environ:
            return Setting("pager", None, os.environ[variable] or "none", "environment", variable)
    return Setting("pager", None, DEFAULT, "built in", None)


def _cache() -> Setting:
    folder = cache_folder()
    if os.environ.get(NO_CACHE):
        return Setting("cache", None, "none", "environment", NO_CACHE)
    return Setting("cache", None, str(folder or "none"), "built in", None)
