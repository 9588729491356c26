"""`emvote schema`."""

from importlib import import_module
from importlib.util import find_spec
from typing import Annotated

import msgspec

from emvote.cli.command import command
from emvote.cli.declare import Argument
from emvote.cli.output import Raw
from emvote.cli.registry import Group, require_command
from emvote.errors import UsageProblem
from emvote.render import Format
from emvote.views.schema import json_schema


@command(Group.PROGRAM, dataset=False)
def schema(*, name: Annotated[str, Argument(metavar="COMMAND", help="Whose answer.", show_default=False)]) -> Raw:
    """The JSON Schema of a command's answer.

    Examples:
        emvote schema councils
        emvote schema seat | jq '.properties.rows.items.properties | keys'
    """
    module = require_command(name)
    if find_spec(f"emvote.views.{module}") is None or name == "schema":
        raise UsageProblem(f"the answer of '{name}' has no rows, and so no schema")
    view = import_module(f"emvote.views.{module}")
    others = [import_module(f"emvote.views.{each}") for each in getattr(view, "VARIANTS", ())]
    (fields, summary), *variants = [(each.FIELDS, getattr(each, "SUMMARY", ())) for each in (view, *others)]
    answer = json_schema(name, fields, summary, variants)
    return Raw(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode() + "\n", Format.JSON)
