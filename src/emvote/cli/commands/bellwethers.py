"""`emvote bellwethers`."""

from typing import Annotated

from emvote.cli.command import command
from emvote.cli.declare import Option
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries.bellwethers import bellwethers as query
from emvote.views.bellwethers import bellwethers_view
from emvote.views.common import asked
from emvote.views.view import View


@command(Group.ELECTION, listing=True)
def bellwethers(
    dataset: Dataset,
    *,
    since: Annotated[
        str | None, Option("--since", metavar="ELECTION", help="Only seats that went with every one since this.")
    ] = None,
    until: Annotated[
        str | None, Option("--until", metavar="ELECTION", help="As of this election.  [default: the latest]")
    ] = None,
    misses: Annotated[
        int, Option("--misses", metavar="N", min=0, help="So many may have gone another way.", show_default=False)
    ] = 0,
    county: Annotated[str | None, Option("--county", metavar="COUNTY", help="Only seats of this county.")] = None,
    all_: Annotated[bool, Option("--all", help="Also seats that went another way at the last one.")] = False,
) -> View:
    """Seats that went with the government, election by election.

    Examples:
      emvote bellwethers
      emvote bellwethers --since feb1974
      emvote bellwethers --since 1983 --until 2019
      emvote bellwethers --since 1979 --misses 1
      emvote bellwethers --all --county derbyshire
    """
    answer = query(dataset, since=since, until=until, misses=misses, county=county, everything=all_)
    return bellwethers_view(
        dataset, answer, asked(misses=misses or None, county=county and dataset.find_county(county), all=all_)
    )
