"""`emvote mayor`."""

from typing import Annotated

from emvote.cli.command import command
from emvote.cli.declare import Option
from emvote.cli.options import MayorWords, join_words
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries.mayor import mayor as query
from emvote.views.common import asked
from emvote.views.mayor import mayor_view
from emvote.views.view import View


@command(Group.PLACE, listing=True)
def mayor(
    dataset: Dataset,
    name: MayorWords = None,
    *,
    election: Annotated[
        str | None, Option("--election", metavar="ELECTION", help="Only this one: its year or id.")
    ] = None,
) -> View:
    """A directly elected mayor: every election, latest first.

    Without a name it lists the mayors, each by the latest election.

    Examples:
      emvote mayor
      emvote mayor "East Midlands"
      emvote mayor mansfield 2019
      emvote mayor Leicester --json
    """
    return mayor_view(dataset, query(dataset, join_words(name or []), election=election), asked(election=election))
