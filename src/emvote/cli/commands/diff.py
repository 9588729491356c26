"""`emvote diff`."""

from typing import Annotated

from emvote.cli.command import command
from emvote.cli.declare import Argument, Option
from emvote.cli.options import require_named
from emvote.cli.question import Answer, Failing
from emvote.cli.registry import Group
from emvote.errors import CheckFailed
from emvote.queries.diff import diff as query
from emvote.store import open_dataset
from emvote.views.common import asked
from emvote.views.diff import diff_view


@command(Group.DATA, dataset=False, listing=True)
def diff(
    old: Annotated[str, Argument(metavar="OLD", help="A file, a folder, or a shipped name.")],
    new: Annotated[str, Argument(metavar="NEW", help="Likewise.")],
    *,
    strict: Annotated[bool, Option("--strict", help="Exit with code 5 where anything differs.")] = False,
) -> Answer:
    """Which figures differ between two datasets.

    Examples:
      emvote diff old-results.toml results
      emvote diff results my-results.toml --strict --json
    """
    require_named("OLD", old)
    require_named("NEW", new)
    before, after = (open_dataset(each, wards=True, people=True) for each in (old, new))
    found = query(before, after)
    view = diff_view(before, after, found, asked(old=old, new=new, strict=strict))
    return Failing(view, CheckFailed("the datasets differ")) if strict and found else view
