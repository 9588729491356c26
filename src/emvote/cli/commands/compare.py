"""`emvote compare`."""

from typing import Annotated

import typer

from emvote.cli.command import command
from emvote.dataset import Dataset
from emvote.queries.compare import compare as query
from emvote.views.common import asked
from emvote.views.compare import compare_view
from emvote.views.view import View


@command(listing=True)
def compare(
    dataset: Dataset,
    things: Annotated[
        list[str], typer.Argument(metavar="A B...", help="Two elections, or two or more seats or councils.")
    ],
    *,
    election: Annotated[
        str | None, typer.Option("--election", metavar="ELECTION", help="At which to compare places.")
    ] = None,
) -> View:
    """Two elections, or two or more places, side by side.

    A name that a seat and a council share is written seat:Ashfield or council:Ashfield.

    Examples:
      emvote compare 2017 2019
      emvote compare 2019-notional 2024 --json
      emvote compare "Derby North" "Derby South" --election 2019
      emvote compare council:Ashfield council:Mansfield
    """
    return compare_view(dataset, query(dataset, things, election=election), asked(things=things, election=election))
