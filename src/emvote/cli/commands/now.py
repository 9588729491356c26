"""`emvote now`."""

from typing import Annotated

from msgspec.structs import asdict

from emvote.cli.command import command
from emvote.cli.declare import Argument
from emvote.cli.options import join_words
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries.now import NowFilter
from emvote.queries.now import now as query
from emvote.views.common import asked
from emvote.views.now import now_view
from emvote.views.view import View


@command(Group.PLACE, listing=True, people=True)
def now(
    dataset: Dataset,
    name: Annotated[list[str] | None, Argument(metavar="[COUNCIL]", help="One council; none: all of today.")] = None,
    *,
    keep: NowFilter,
) -> View:
    """Councils today: who sits, who controls and runs them, and when they vote next.

    Seats are those of the latest composition on record. An administration that a later composition contradicts is
    flagged, and no council counts as run by it.

    Examples:
      emvote now --control noc
      emvote now --run-by reform
      emvote now lincoln
      emvote now --next 2027
    """
    council = join_words(name) if name else None
    answer = query(dataset, council, keep)
    return now_view(dataset, answer, asked(council=council, **asdict(answer.keep)))
