"""What Typer makes the parser of a command from: the command's own declarations, in Typer's terms."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, get_args

import typer

from emvote.cli.declare import Argument, Option

if TYPE_CHECKING:
    from emvote.cli.question import Question


def for_typer(command: Callable[..., Question]) -> Callable[..., Question]:
    """Return a command as Typer reads one, which does the same."""

    def run(**given: Any) -> Question:
        return command(**given)

    parameters = [*map(_parameter, inspect.signature(command).parameters.values())]
    run.__name__ = run.__qualname__ = command.__name__
    run.__doc__ = help_text(command.__doc__ or "")
    run.__annotations__ = {}  # which Typer would evaluate besides the signature
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return run


def _parameter(declared: inspect.Parameter) -> inspect.Parameter:
    """Return a parameter with its declaration as its default, which takes Typer half as long as an annotation."""
    of, *about = get_args(declared.annotation)
    default = ... if declared.default is declared.empty else declared.default
    for each in about:
        if isinstance(each, Option):
            return declared.replace(annotation=of, default=typer.Option(default, *each.names, **each.settings))
        if isinstance(each, Argument):
            return declared.replace(annotation=of, default=typer.Argument(default, **each.settings))
    return declared


def help_text(doc: str) -> str:
    r"""A docstring as Typer should show it: paragraphs with indented lines keep their lines.

    >>> help_text("Seats.\n\nExamples:\n    emvote seats\n")
    'Seats.\n\n\x08\nExamples:\n    emvote seats'
    """
    paragraphs = inspect.cleandoc(doc).split("\n\n")
    return "\n\n".join(f"\b\n{each}" if "\n " in f"\n{each}" else each for each in paragraphs)


def misfit(parameter: Any, value: Any) -> str | None:
    """Say why an option does not take a value from a file; `None`: it does."""
    several = parameter.multiple or parameter.nargs > 1
    if parameter.is_flag:
        return None if isinstance(value, bool) else "expected true or false"
    if several != isinstance(value, list):
        return "expected a list" if several else "expected one value"
    try:
        for each in value if several else [value]:
            if isinstance(each, bool) or not isinstance(each, (str, int, float)):
                return "expected a text or a number"
            if parameter.nargs == 1:
                parameter.type.convert(each, parameter, None)
    except typer.BadParameter as error:
        return f"expected what --{parameter.name} takes: {error.message.removesuffix('.')}"
    return None
