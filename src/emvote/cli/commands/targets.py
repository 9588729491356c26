"""`emvote targets`."""

from typing import Annotated

from msgspec.structs import asdict

from emvote.cli.command import command
from emvote.cli.declare import Argument, Option
from emvote.cli.options import BandsOption, Scope, ScopeOption, join_words
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries.targets import TargetFilter
from emvote.queries.targets import targets as query
from emvote.views.common import asked
from emvote.views.targets import targets_view
from emvote.views.view import View


@command(Group.AHEAD, listing=True)
def targets(  # noqa: PLR0913 (one parameter an option)
    dataset: Dataset,
    party: Annotated[
        list[str],
        Argument(metavar="PARTY", help="The party that is to win; its words need no quotes.", show_default=False),
    ],
    *,
    scope: ScopeOption = Scope.REGION,
    election: Annotated[
        str | None,
        Option("--election", metavar="ELECTION", help="Another one: year, 2019-notional, or its id."),
    ] = None,
    defend: Annotated[bool, Option("--defend", help="The party's own seats, easiest to lose first.")] = False,
    gap_only: Annotated[
        bool, Option("--gap-only", help="The gap to the holder alone, whoever else stands between.")
    ] = False,
    keep: TargetFilter,
    councils: Annotated[bool, Option("--councils", help="Councils, by the seats it needs for control.")] = False,
    bands: BandsOption = None,
) -> View:
    """Seats that a party could win, by the swing it needs.

    With --defend, the seats that it could lose. The swing also takes the party past everybody else, as in the Press
    Association's lists. The rank is that in the whole list, whatever the conditions leave of it.

    Examples:
      emvote targets lab
      emvote targets lab --scope uk --election 2019-notional --limit 10
      emvote targets con --holder lab --under 5
      emvote targets reform uk --gap-only --county lincolnshire
      emvote targets lab --defend --second reform
      emvote targets lab --councils --county derbyshire
    """
    if councils:
        from emvote.queries.control_targets import control_targets, councils_filter
        from emvote.views.control_targets import control_targets_view

        kept = councils_filter(keep, seats_only=(gap_only, election, bands, scope) != (False, None, None, Scope.REGION))
        found = control_targets(dataset, join_words(party), defend=defend, **kept)
        return control_targets_view(dataset, found, asked(defend=defend, **kept))
    answer = query(dataset, join_words(party), election, keep, gap_only=gap_only, defend=defend, bands=bands)
    words = asked(scope=scope, defend=defend, gap_only=gap_only, **asdict(answer.keep), bands=bands)
    return targets_view(dataset, answer, words)
