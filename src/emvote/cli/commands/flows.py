"""`emvote flows`."""

from typing import Annotated

from msgspec.structs import asdict

from emvote.cli.command import command
from emvote.cli.declare import Elections, Option
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries.flows import FlowFilter
from emvote.queries.flows import flows as query
from emvote.views.common import asked
from emvote.views.flows import flows_view
from emvote.views.view import View


@command(Group.ELECTION, listing=True, wards=True, people=True, elections=Elections.BOTH)
def flows(
    dataset: Dataset,
    *,
    election: Annotated[str | None, Option("--election", metavar="ELECTION", help="Another one: year or id.")] = None,
    keep: FlowFilter,
) -> View:
    """Who took seats from whom, ward by ward.

    Wards are compared with their own last result, else with the first list of councillors after it. At a general
    election it is the constituencies.

    Examples:
      emvote flows
      emvote flows local-2019 --council chesterfield
      emvote flows 2023 --from con --to ld
    """
    answer = query(dataset, election, keep)
    return flows_view(dataset, answer, asked(**{key.rstrip("_"): value for key, value in asdict(answer.keep).items()}))
