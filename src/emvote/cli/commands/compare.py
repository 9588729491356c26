"""`emvote compare`."""

from typing import Annotated

from emvote.cli.command import command
from emvote.cli.declare import Argument, Elections, Option
from emvote.cli.options import two_parties
from emvote.cli.question import Country
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries.compare import compare as query
from emvote.views.common import asked
from emvote.views.compare import compare_view
from emvote.views.view import View


@command(Group.COMPARE, listing=True, elections=Elections.BOTH)
def compare(
    dataset: Dataset,
    things: Annotated[
        list[str],
        Argument(metavar="A B...", help="Elections, places, or a seat and two elections."),
    ],
    *,
    election: Annotated[
        str | None, Option("--election", metavar="ELECTION", help="At which to compare places.")
    ] = None,
    between: Annotated[
        tuple[str, str] | None,
        Option(
            "--between",
            metavar="A B",
            help="With a county, region or country: swing from A to B.",
            show_default=False,
            callback=two_parties,
        ),
    ] = None,
    country: Country,
) -> View:
    """Elections or places side by side.

    A name that a seat and a council share is written seat:Ashfield or council:Ashfield; beside a seat it is the seat.
    Beside a seat, county:NAME, region and country are places too. Names need no quotes where their words fit together
    in one way only.

    Examples:
      emvote compare 2017 2019
      emvote compare 2019-notional 2024 --json
      emvote compare "Derby North" 2017 2019
      emvote compare 2010 2015 2017 2019
      emvote compare "Derby North" "Derby South" --election 2019
      emvote compare seat:"Derby North" county:derbyshire region country --election 2019
      emvote compare council:Ashfield council:Mansfield
    """
    answer = query(dataset, things, election=election, between=between, country=country)
    return compare_view(dataset, answer, asked(things=things, election=election, between=between))
