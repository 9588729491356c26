"""`emvote candidates`."""

from typing import Annotated

from msgspec.structs import asdict

from emvote.cli.command import command
from emvote.cli.declare import Elections, Option
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries.candidates import CandidateFilter
from emvote.queries.candidates import candidates as query
from emvote.views.candidates import candidates_view
from emvote.views.common import asked
from emvote.views.view import View


@command(Group.ELECTION, listing=True, wards=True, elections=Elections.BOTH)
def candidates(
    dataset: Dataset,
    *,
    election: Annotated[str | None, Option("--election", metavar="ELECTION", help="Only this one: year or id.")] = None,
    keep: CandidateFilter,
) -> View:
    """Every candidate on record: seats, wards and mayors.

    Examples:
      emvote candidates --party reform --county derbyshire
      emvote candidates 2019 --lost-deposit --limit 20
      emvote candidates --name "Ben Bradley"
    """
    answer = query(dataset, election, keep)
    return candidates_view(dataset, answer, asked(**asdict(answer.keep)))
