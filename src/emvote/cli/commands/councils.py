"""`emvote councils`."""

from typing import Annotated

from msgspec.structs import asdict, replace

from emvote.baselines import Baseline
from emvote.cli.command import command
from emvote.cli.declare import Elections, Option
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries.councils import CouncilFilter
from emvote.queries.councils import councils as query
from emvote.views.common import asked
from emvote.views.councils import councils_view
from emvote.views.view import View


@command(Group.ELECTION, listing=True, elections=Elections.LOCAL)
def councils(
    dataset: Dataset,
    *,
    keep: CouncilFilter,
    election: Annotated[
        str | None, Option("--election", metavar="ELECTION", help="Another local election: its id or year.")
    ] = None,
    baseline: Annotated[Baseline | None, Option("--baseline", help="Compare control and seats with this one.")] = None,
    all_: Annotated[bool, Option("--all", help="Also councils that did not vote.")] = False,
    outside: Annotated[
        bool, Option("--outside", help="Also councils outside the region; they never count in totals.")
    ] = False,
) -> View:
    """Councils at a local election: who held, gained and lost control.

    Control is compared with the eve of the poll as published, or else with the latest composition before it; seats
    with the last ordinary election for them. --baseline sets both to one. The conditions add up.

    Examples:
      emvote councils --lost-control --party con
      emvote councils 2023 --county derbys
      emvote councils --changed-control --explain
      emvote councils --baseline last-election --csv -o councils.csv
    """
    keep = replace(keep, all=all_, outside=outside)
    answer = query(dataset, keep, election=election, baseline=baseline)
    return councils_view(dataset, answer, asked(**asdict(answer.keep), baseline=baseline))
