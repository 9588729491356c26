"""Every command with its options and fields, for scripts and agents."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from importlib.util import find_spec
from inspect import Parameter, cleandoc, signature
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin

from emvote.cli.declare import Argument, Option
from emvote.cli.registry import command_names, function_of, module_of, require_command
from emvote.errors import UsageProblem
from emvote.views.schema import Schema, json_schema

if TYPE_CHECKING:
    from emvote.views.columns import Field

Entry = dict[str, Any]
TYPES = {bool: "flag", int: "number", float: "number"}
"""What a value is; of any other type it is text."""


def catalogue() -> dict[str, Entry]:
    """Return every command by its name."""
    return {name: entry(name) for name in command_names()}


def entry(name: str) -> Entry:
    """Return one command: summary, arguments, options, fields of its rows."""
    command = function_of(name)
    parameters = list(signature(command).parameters.values())
    about = cleandoc(command.__doc__ or "").splitlines()
    return {
        "summary": about[0],
        "arguments": [_argument(each) for each in parameters if isinstance(declared(each), Argument)],
        "options": [_option(each) for each in parameters if isinstance(declared(each), Option)],
        "fields": [_field(each) for each in fields_of(name)],
    }


def fields_of(name: str) -> tuple[Field, ...]:
    """Return the fields of a command's rows, if it has any."""
    module = f"emvote.views.{module_of(name)}"
    return getattr(import_module(module), "FIELDS", ()) if find_spec(module) else ()


def declared(parameter: Parameter) -> Argument | Option:
    """Return what a parameter says of itself."""
    _, found, *_ = get_args(parameter.annotation)
    return found  # type: ignore[no-any-return]


def json_schema_of(name: str) -> Schema:
    """Return the JSON Schema of a command's answer.

    Raises:
        UsageProblem: there is no such command, or its answer has no rows.
    """
    module = require_command(name)
    if not fields_of(name):
        raise UsageProblem(f"the answer of '{name}' has no rows, and so no schema")
    view = import_module(f"emvote.views.{module}")
    others = [import_module(f"emvote.views.{each}") for each in getattr(view, "VARIANTS", ())]
    (fields, summary), *variants = [(each.FIELDS, getattr(each, "SUMMARY", ())) for each in (view, *others)]
    return json_schema(name, fields, summary, variants)


def _argument(parameter: Parameter) -> Entry:
    about = declared(parameter).settings
    return {"name": about["metavar"], "help": about["help"], **_taken(parameter)}


def _option(parameter: Parameter) -> Entry:
    option = declared(parameter)
    assert isinstance(option, Option)  # noqa: S101 (what its caller asked for)
    about = {
        "name": option.names[0],
        "short": next(iter(option.names[1:]), None),
        "metavar": option.settings["metavar"],
    }
    default = None if parameter.default is Parameter.empty else parameter.default
    return {
        **about,
        "help": option.settings["help"],
        **_taken(parameter),
        "default": default.value if isinstance(default, Enum) else default,
    }


def _taken(parameter: Parameter) -> Entry:
    """Return what values a parameter takes."""
    types = list(_types(get_args(parameter.annotation)[0]))
    of = types[-1]
    choices = [each.value for each in of] if isinstance(of, type) and issubclass(of, Enum) else None
    return {
        "type": "choice" if choices else TYPES.get(of, "text"),
        "choices": choices,
        "several": list in types or tuple in types,
        "required": parameter.default is Parameter.empty,
    }


def _types(of: Any) -> Iterator[Any]:
    """Yield a type and its parts, innermost last, without None."""
    if get_args(of):
        if get_origin(of) in (list, tuple):
            yield get_origin(of)
        for each in get_args(of):
            yield from _types(each)
    elif of is not NoneType:
        yield of


def _field(field: Field) -> Entry:
    return {"name": field.key, "kind": field.kind.value, "null": field.null, "doc": field.doc}
