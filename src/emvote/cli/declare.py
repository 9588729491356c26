"""Declarations of a command's parameters, for the command line, Python and agents."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any


class Elections(Enum):
    """The elections that a command can be asked about, which Tab offers."""

    GENERAL = "general"
    LOCAL = "local"
    BOTH = "both"
    """A bare year is a general one."""


class Option:
    """A parameter with a name: `--county NAME`."""

    def __init__(
        self,
        *names: str,
        help: str,  # noqa: A002 (as Typer calls it)
        metavar: str | None = None,
        envvar: str | None = None,
        show_default: bool = True,
        min: int | None = None,  # noqa: A002 (as Typer calls it)
        callback: Callable[[Any], Any] | None = None,
    ) -> None:
        self.names = names
        """As typed; the first with two dashes is its name."""
        self.settings: dict[str, Any] = {
            "help": help,
            "metavar": metavar,
            "envvar": envvar,
            "show_default": show_default,
            "min": min,
            "callback": callback,
        }
        """As Typer calls them."""

    @property
    def help(self) -> str:
        """What it is for."""
        return str(self.settings["help"])


class Argument:
    """A parameter without a name: words after the command."""

    def __init__(self, *, metavar: str, help: str, show_default: bool = True) -> None:  # noqa: A002 (as Typer calls it)
        self.settings: dict[str, Any] = {"metavar": metavar, "help": help, "show_default": show_default}
        """As Typer calls them; the metavar says what completes it."""

    @property
    def metavar(self) -> str:
        """What it is called in the help."""
        return str(self.settings["metavar"])

    @property
    def help(self) -> str:
        """What it is for."""
        return str(self.settings["help"])
