"""The arguments of a method, as its command declares them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from inspect import Parameter, Signature, signature
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, get_args, get_origin

import msgspec
from msgspec import Struct

from emvote.cli.declare import Argument, Option
from emvote.cli.options import COMMON
from emvote.cli.registry import command_names, function_of
from emvote.errors import UsageProblem

if TYPE_CHECKING:
    from emvote.cli.question import Question


class Given(Struct, frozen=True):
    """One argument of a method."""

    name: str
    """As Python has it: `from_`."""
    parameter: Parameter
    """As the command has it."""
    type: Any
    declared: Argument | Option

    @property
    def is_option(self) -> bool:
        """Whether it is given by its name."""
        return isinstance(self.declared, Option)

    @property
    def is_required(self) -> bool:
        """Whether the command cannot do without it."""
        return self.parameter.default is Parameter.empty

    @property
    def is_words(self) -> bool:
        """Whether it takes all the words after the command."""
        return isinstance(self.declared, Argument) and list in (
            get_origin(self.type),
            *map(get_origin, get_args(self.type)),
        )

    def taken(self, value: Any) -> Any:
        """Return a value as the command takes it; a year may be a number.

        Raises:
            UsageProblem: it is of another kind, or none of the choices.
        """
        if self.name == "sort" and isinstance(value, Iterable) and not isinstance(value, str):
            value = ",".join(value)
        if self.is_words:
            value = [str(each) for each in value] or None
        elif self.type in (str, str | None) and _is_plain(value):
            value = str(value)
        try:
            value = msgspec.convert(value, self.type)
        except msgspec.ValidationError as error:
            raise UsageProblem(f"{self.name}: {error}") from None
        settings = self.declared.settings
        if settings.get("min") is not None and value is not None and value < settings["min"]:
            raise UsageProblem(f"{self.name} is at least {settings['min']}, got {value}")
        if isinstance(self.declared, Option) and settings["callback"]:
            value = settings["callback"](value)
        return value


@cache
def command_of(name: str) -> Callable[..., Question]:
    """Return a command by the name of its method.

    Raises:
        AttributeError: there is none, or it answers nothing from a dataset.
    """
    command = name.replace("_", "-")
    if command in command_names():
        found: Callable[..., Question] = function_of(command)
        if getattr(found, "listed", False):
            return found
    raise AttributeError(f"there is no question called '{name}'")


@cache
def arguments_of(command: Callable[..., Question]) -> tuple[Given, ...]:
    """Return the arguments of a method, without options for printing."""
    shared = {"columns", *(each.name for each in COMMON)}
    own = (each for each in signature(command).parameters.values() if each.name not in shared)
    return tuple(_given(each) for each in own)


def _is_plain(value: Any) -> bool:
    """Whether the text of a value will do: a year, a path."""
    return (isinstance(value, int) and not isinstance(value, bool)) or hasattr(value, "__fspath__")


def _given(parameter: Parameter) -> Given:
    of, declared, *_ = get_args(parameter.annotation)
    name = parameter.name
    if isinstance(declared, Option):
        name = declared.names[0].lstrip("-").replace("-", "_")
    return Given(f"{name}_" if iskeyword(name) else name, parameter, of, declared)


def question_names() -> list[str]:
    """Return the names of the methods."""
    names = (each.replace("-", "_") for each in command_names())
    return [name for name in names if _is_question(name)]


def _is_question(name: str) -> bool:
    try:
        command_of(name)
    except AttributeError:
        return False
    return True


def signature_of(command: Callable[..., Question]) -> Signature:
    """Return the signature of a method: words by place, options by name."""
    words, options = [], []
    for each in arguments_of(command):
        if each.is_option:
            options.append(Parameter(each.name, Parameter.KEYWORD_ONLY, default=each.parameter.default))
        elif each.is_words:
            words.append(Parameter(each.name, Parameter.VAR_POSITIONAL))
        else:
            words.append(Parameter(each.name, Parameter.POSITIONAL_ONLY, default=each.parameter.default))
    return Signature([*words, *options])
