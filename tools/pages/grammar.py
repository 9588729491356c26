"""What completion knows of the commands, made from the commands: `src/emvote/cli/grammar.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from tools.pages.shell import ROOT

from emvote.cli.main import load
from emvote.cli.options import COMMON, LISTING
from emvote.cli.registry import COMMANDS, module_of
from emvote.views.view import Field, Kind

FILE: Final = ROOT / "src" / "emvote" / "cli" / "grammar.json"
SHARED: Final = [each.name for each in COMMON]
LISTED: Final = [each.name for each in LISTING]


def grammar() -> str:
    """The grammar as text."""
    commands = {name: load(name) for name in COMMANDS}
    example = next(each for each in commands.values() if _listing(each))
    content = {
        "common": [_parameter(each) for each in example.params if each.name in SHARED],
        "listing": [_parameter(each) for each in example.params if each.name in LISTED],
        "commands": {name: _command(name, each) for name, each in commands.items()},
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _listing(command: Any) -> bool:
    return set(LISTED) <= {each.name for each in command.params}


def _command(name: str, command: Any) -> dict[str, Any]:
    listing = _listing(command)
    own = [each for each in command.params if each.name not in {*SHARED, *(LISTED if listing else ())}]
    return {
        "listing": listing,
        "arguments": [_parameter(each) for each in own if each.param_type_name == "argument"],
        "options": [_parameter(each) for each in own if each.param_type_name == "option" and not each.hidden],
        "fields": list(_fields(_fields_of(name))) if listing else [],
    }


def _parameter(parameter: Any) -> dict[str, Any]:
    choices = getattr(parameter.type, "choices", None) or ()
    told: dict[str, Any] = {
        "metavar": parameter.metavar or "",
        "choices": [getattr(each, "value", each) for each in choices],
        "takes": 0 if getattr(parameter, "is_flag", False) else parameter.nargs,
    }
    if parameter.param_type_name == "option":
        names = sorted([*parameter.opts, *parameter.secondary_opts], key=len, reverse=True)
        told |= {"help": parameter.help or "", "names": names, "repeats": bool(parameter.multiple)}
    return told


def _fields_of(name: str) -> Sequence[Field]:
    module = f"emvote.views.{module_of(name)}"
    return getattr(import_module(module), "FIELDS", ()) if find_spec(module) else ()


def _fields(fields: Sequence[Field], before: str = "") -> Iterator[str]:
    for field in fields:
        yield f"{before}{field.key}"
        if field.kind is Kind.RECORD:
            yield from _fields(field.fields, f"{before}{field.key}.")
