"""A command's declarations in Typer's terms."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
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
    """Return a parameter as Typer reads it fastest: declaration as default."""
    of, *about = get_args(declared.annotation)
    default = ... if declared.default is declared.empty else declared.default
    for part in about:
        if isinstance(part, Option):
            return declared.replace(annotation=of, default=typer.Option(default, *part.names, **part.settings))
        if isinstance(part, Argument):
            return declared.replace(annotation=of, default=typer.Argument(default, **part.settings))
    return declared


def help_text(doc: str) -> str:
    r"""A docstring as Typer should show it: the examples first; paragraphs with indented lines keep their lines.

    >>> help_text("Seats.\n\nExamples:\n    emvote seats\n")
    'Seats.\n\n\x08\nExamples:\n    emvote seats'
    """
    first, *others = inspect.cleandoc(doc).split("\n\n")
    examples = [each for each in others if each.startswith("Examples:")]
    paragraphs = [first, *examples, *(each for each in others if each not in examples)]
    return "\n\n".join(f"\b\n{each}" if "\n " in f"\n{each}" else each for each in paragraphs)


def sections(parameters: Iterable[Any]) -> dict[str, list[Any]]:
    """The parameters of a command by the heading of its help under which they stand."""
    from emvote.cli.options import COMMON, LISTING

    rows, shared = ({each.name for each in some} for some in (LISTING, COMMON))
    found: dict[str, list[Any]] = {"Arguments": [], "Options": [], "Rows and columns": [], "Every command": []}
    for each in parameters:
        if each.param_type_name == "argument":
            found["Arguments"].append(each)
        elif each.name in rows:
            found["Rows and columns"].append(each)
        else:
            found["Every command" if each.name in shared or each.name == "help" else "Options"].append(each)
    return found


def misfit(parameter: Any, value: Any) -> str | None:
    """Say why an option refuses a value; `None`: it takes it."""
    several = parameter.multiple or parameter.nargs > 1
    if parameter.is_flag:
        return None if isinstance(value, bool) else "expected true or false"
    if several != isinstance(value, list):
        return "expected a list" if several else "expected one value"
    try:
        for single in value if several else [value]:
            if isinstance(single, bool) or not isinstance(single, (str, int, float)):
                return "expected a text or a number"
            if parameter.nargs == 1:
                parameter.type.convert(single, parameter, None)
    except typer.BadParameter as error:
        return f"expected what --{parameter.name} takes: {error.message.removesuffix('.')}"
    return None
