"""`emvote seats`."""

from typing import Annotated

import typer
from msgspec.structs import asdict

from emvote.cli.command import command
from emvote.cli.options import BandsOption
from emvote.dataset import Dataset
from emvote.queries.seats import SeatFilter
from emvote.queries.seats import seats as query
from emvote.views.common import asked
from emvote.views.seats import seats_view
from emvote.views.view import View


@command(listing=True)
def seats(  # noqa: PLR0913 (one parameter an option)
    dataset: Dataset,
    *,
    election: Annotated[
        str | None,
        typer.Option("--election", metavar="ELECTION", help="Another one: year, 2019-notional, or its id."),
    ] = None,
    changed: Annotated[bool, typer.Option("--changed", help="Another party won than before.")] = False,
    held_by: Annotated[str | None, typer.Option("--held-by", metavar="PARTY", help="This party won it.")] = None,
    gained_by: Annotated[str | None, typer.Option("--gained-by", metavar="PARTY", help="This party gained it.")] = None,
    lost_by: Annotated[str | None, typer.Option("--lost-by", metavar="PARTY", help="This party lost it.")] = None,
    county: Annotated[str | None, typer.Option("--county", metavar="COUNTY", help="In this ceremonial county.")] = None,
    majority_under: Annotated[
        str | None, typer.Option("--majority-under", metavar="N|N%", help="Majority under N votes, or N per cent.")
    ] = None,
    marginal: Annotated[bool, typer.Option("--marginal", help="Majority under 10% of valid votes.")] = False,
    bands: BandsOption = None,
) -> View:
    """Every constituency at one general election; the latest unless --election names another.

    The conditions add up. Holds and gains are against the preceding general election, or its notional result on
    new boundaries.

    Examples:
      emvote seats --changed
      emvote seats --election 2019 --gained-by con --sort majority_votes
      emvote seats --marginal --county nottinghamshire --csv
    """
    keep = SeatFilter(
        changed=changed,
        held_by=held_by,
        gained_by=gained_by,
        lost_by=lost_by,
        county=county,
        majority_under=majority_under,
        marginal=marginal,
    )
    answer = query(dataset, election, keep, bands=bands)
    return seats_view(dataset, answer, asked(**asdict(answer.keep), bands=bands))
