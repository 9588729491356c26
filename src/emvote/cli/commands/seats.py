"""`emvote seats`."""

from typing import Annotated

from msgspec.structs import asdict

from emvote.cli.command import command
from emvote.cli.declare import Option
from emvote.cli.options import BandsOption
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries.seats import SeatFilter
from emvote.queries.seats import seats as query
from emvote.views.common import asked
from emvote.views.seats import seats_view
from emvote.views.view import View


@command(Group.ELECTION, listing=True)
def seats(
    dataset: Dataset,
    *,
    election: Annotated[
        str | None,
        Option("--election", metavar="ELECTION", help="Another one: year, 2019-notional, or its id."),
    ] = None,
    keep: SeatFilter,
    bands: BandsOption = None,
) -> View:
    """All constituencies at one general election.

    Unsaid, it is the latest. The conditions add up. Holds and gains are against the preceding general election, or its
    notional result on new boundaries.

    Examples:
      emvote seats --changed
      emvote seats --sort majority --limit 10
      emvote seats --second reform --winner lab --sort reform --desc
      emvote seats 2019 --gained-by con
      emvote seats --marginal --county nottinghamshire --csv
    """
    answer = query(dataset, election, keep, bands=bands)
    return seats_view(dataset, answer, asked(**asdict(answer.keep), bands=bands))
