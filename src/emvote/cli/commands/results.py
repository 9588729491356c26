"""`emvote results`."""

from collections.abc import Mapping
from typing import Annotated, Any

from emvote.cli.command import command
from emvote.cli.declare import Elections, Option
from emvote.cli.options import BandsOption, Request, Scope, ScopeOption
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries.results import results as query
from emvote.views.common import asked
from emvote.views.results import results_view
from emvote.views.view import View


def _is_local(given: Mapping[str, Any], _: Request) -> bool | None:
    """Whether a local election is asked for, which has ward results; of a bare year only the dataset can tell."""
    said = (given["election"] or "").strip().casefold()
    return None if said.isdecimal() else "local" in said


@command(Group.ELECTION, listing=True, wards=_is_local, elections=Elections.BOTH)
def results(
    dataset: Dataset,
    *,
    election: Annotated[
        str | None,
        Option("--election", metavar="ELECTION", help="Another than the latest general election: 2019, local-2019…"),
    ] = None,
    scope: ScopeOption = Scope.REGION,
    county: Annotated[str | None, Option("--county", metavar="COUNTY", help="Of this ceremonial county.")] = None,
    baseline: Annotated[
        str | None,
        Option("--baseline", metavar="ELECTION", help="Compare with this; local: eve-of-poll or last-election."),
    ] = None,
    bands: BandsOption = None,
    all_: Annotated[bool, Option("--all", help="In tables also parties without a seat and with few votes.")] = False,
) -> View:
    """The scoreboard of one election: seats, votes, turnout.

    Seats are compared with the general election before, or its notional result on new boundaries; at local elections
    control with the eve of the poll, seats with the last ordinary election for them.

    Examples:
      emvote results 2019
      emvote results local-2019 --county derbyshire
      emvote results 2024 --scope uk --csv
      emvote results 2019 --baseline 2010 --explain
    """
    answer = query(dataset, election, county=county, baseline=baseline, bands=bands)
    return results_view(
        dataset, answer, asked(scope=scope, county=answer.county, baseline=baseline, bands=bands), whole=all_
    )
