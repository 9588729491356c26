"""`emvote project`."""

from enum import StrEnum
from typing import Annotated

from emvote.cli.command import command
from emvote.cli.declare import Option
from emvote.cli.options import Scope, ScopeOption
from emvote.cli.question import Country
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries.changes import Model, changes
from emvote.queries.project import project as query
from emvote.views.common import asked
from emvote.views.project import project_view
from emvote.views.view import View


class _Area(StrEnum):
    """Whose shares are given."""

    REGION = "region"
    GB = "gb"


@command(Group.AHEAD, listing=True)
def project(  # noqa: PLR0913 (one parameter an option)
    dataset: Dataset,
    *,
    swing: Annotated[
        list[str] | None,
        Option("--swing", metavar="A:B:POINTS", help="So many points from A to B in every seat; repeatable."),
    ] = None,
    shares: Annotated[
        str | None, Option("--shares", metavar="PARTY=N,...", help="New shares in per cent: lab=39,con=24.")
    ] = None,
    shares_of: Annotated[
        _Area, Option("--shares-of", help="Whose shares those are: the region's, or Great Britain's.")
    ] = _Area.REGION,
    model: Annotated[
        Model, Option("--model", help="New shares: as many points everywhere, or in proportion.")
    ] = Model.UNIFORM,
    copy: Annotated[
        list[str] | None,
        Option("--copy", metavar="A@ELECTION:B", help="B polls in each seat what A did then; repeatable."),
    ] = None,
    transfer: Annotated[
        list[str] | None,
        Option("--transfer", metavar="A:B:AMOUNT", help="50% of A's votes, or 5pp of all, to B; repeatable."),
    ] = None,
    table: Annotated[
        str | None, Option("--table", metavar="FROM:TO:STEP", help="Seats at each swing between --swing A:B.")
    ] = None,
    equal_votes: Annotated[
        str | None,
        Option("--equal-votes", metavar="A:B", help="The swing after which both have as many votes: the bias."),
    ] = None,
    baseline: Annotated[
        str | None, Option("--baseline", metavar="ELECTION", help="Another result than the latest general one.")
    ] = None,
    scope: ScopeOption = Scope.REGION,
    changed: Annotated[bool, Option("--changed", help="Only seats that change hands.")] = False,
    gained_by: Annotated[str | None, Option("--gained-by", metavar="PARTY", help="This party gains it.")] = None,
    lost_by: Annotated[str | None, Option("--lost-by", metavar="PARTY", help="This party loses it.")] = None,
    county: Annotated[str | None, Option("--county", metavar="COUNTY", help="In this ceremonial county.")] = None,
    country: Country,
) -> View:
    """Seats after a swing or new shares: arithmetic, no forecast.

    In this order: new shares and swings together, nobody below 0; copies; transfers. An exact tie is a tie.

    Examples:
      emvote project --swing lab:con:5 --changed
      emvote project --baseline 2019-notional --swing con:lab:5.91 --changed
      emvote project --shares lab=39,con=24,reform=20 --model proportional
      emvote project --baseline 2019 --copy ukip@2015:reform --changed
      emvote project --transfer reform:con:50% --gained-by con
      emvote project --swing lab:con --table 0:10:1
      emvote project --equal-votes lab:con --scope uk
    """
    told = {"swings": swing or (), "copies": copy or (), "transfers": transfer or ()}
    change = changes(dataset, **told, shares=shares, model=model, table=table, equal_votes=equal_votes)
    whole = country() if shares_of is _Area.GB else None
    keep = {"gained_by": gained_by, "lost_by": lost_by, "county": county}
    answer = query(dataset, change, baseline, great_britain=whole, only_changed=changed, **keep)
    words = asked(swing=swing, shares=shares, shares_of=shares_of, model=model, copy=copy, transfer=transfer)
    return project_view(
        dataset, answer, {**words, **asked(table=table, equal_votes=equal_votes, scope=scope, changed=changed, **keep)}
    )
