"""`emvote schema`."""

from typing import Annotated, Any

import msgspec

from emvote.cli.catalogue import catalogue, json_schema_of
from emvote.cli.command import command
from emvote.cli.declare import Argument
from emvote.cli.output import Raw
from emvote.cli.registry import Group
from emvote.render import Format


@command(Group.PROGRAM, dataset=False)
def schema(
    *,
    name: Annotated[
        str | None,
        Argument(metavar="[COMMAND]", help="Whose answer; none lists every command.", show_default=False),
    ] = None,
) -> Raw:
    """The JSON Schema of a command's answer; without COMMAND every command with its options and fields.

    Examples:
        emvote schema councils
        emvote schema seat | jq '.properties.rows.items.properties | keys'
        emvote schema --query keys(@)
    """
    found: Any = catalogue() if name is None else json_schema_of(name)
    return Raw(msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n", Format.JSON)
