"""`emvote counties`."""

from typing import Annotated

from emvote.cli.command import command
from emvote.cli.declare import Option
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries.counties import counties as query
from emvote.views.counties import counties_view
from emvote.views.view import View


@command(Group.ELECTION, listing=True)
def counties(
    dataset: Dataset,
    *,
    election: Annotated[
        str | None, Option("--election", metavar="ELECTION", help="Another general election: year or id.")
    ] = None,
) -> View:
    """The ceremonial counties at a general election: seats and electors of each.

    Examples:
      emvote counties
      emvote counties 2019 --sort electorate --desc
    """
    return counties_view(dataset, query(dataset, election))
