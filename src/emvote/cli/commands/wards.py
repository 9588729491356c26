"""`emvote wards`."""

from typing import Annotated

from emvote.cli.command import command
from emvote.cli.declare import Elections, Option
from emvote.cli.options import CouncilWords, join_words
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries.wards import wards as query
from emvote.views.common import asked
from emvote.views.view import View
from emvote.views.wards import wards_view


@command(Group.PLACE, listing=True, wards=True, elections=Elections.LOCAL)
def wards(
    dataset: Dataset,
    name: CouncilWords,
    *,
    election: Annotated[
        str | None,
        Option("--election", metavar="ELECTION", help="Another than the latest on record: year or id."),
    ] = None,
    ward: Annotated[str | None, Option("--ward", metavar="WARD", help="Only this ward or division.")] = None,
) -> View:
    """Wards of one council: every candidate, and who was elected.

    Examples:
      emvote wards ashfield 2023
      emvote wards lincs 2025 --ward "Boston Coastal"
      emvote wards derby 2022 --csv
    """
    return wards_view(dataset, query(dataset, join_words(name), election=election, ward=ward), asked(ward=ward))
