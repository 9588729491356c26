"""`emvote seat`."""

from typing import Annotated

from emvote.cli.command import command
from emvote.cli.declare import Option
from emvote.cli.options import SeatWords, join_words
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries.seat import seat as query
from emvote.queries.seats import seats
from emvote.views.common import asked
from emvote.views.seat import seat_view
from emvote.views.seats import seats_view
from emvote.views.view import View


@command(Group.PLACE, listing=True)
def seat(
    dataset: Dataset,
    name: SeatWords = None,
    *,
    election: Annotated[
        str | None,
        Option("--election", metavar="ELECTION", help="Only this one: year, ge2019, 2019-notional, or its id."),
    ] = None,
    notional: Annotated[bool, Option("--notional", help="Also estimates of old results on new boundaries.")] = False,
    all_: Annotated[bool, Option("--all", help="All results in tables, not the last ten.")] = False,
) -> View:
    """One constituency: who stood at the last election, and the results before it.

    Without a name it lists the constituencies.

    Examples:
      emvote seat derby north
      emvote seat derby north 2019 --explain
      emvote seat newark 2014
      emvote seat Newark --json | jq '.rows[].outcome'
    """
    if not name:
        return seats_view(dataset, seats(dataset, election), {})
    answer = query(dataset, join_words(name), election=election, notional=notional)
    return seat_view(dataset, answer, asked(election=election, notional=notional), whole=all_)
