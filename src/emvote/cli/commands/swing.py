"""`emvote swing`."""

from typing import Annotated

from emvote.cli.command import command
from emvote.cli.declare import Argument, Option
from emvote.cli.elections import take_last
from emvote.cli.options import two_parties
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.measures import Method
from emvote.queries.swing import swing as query
from emvote.views.common import asked
from emvote.views.swing import swing_view
from emvote.views.view import View


@command(Group.COMPARE, listing=True)
def swing(
    dataset: Dataset,
    seats: Annotated[
        list[str] | None, Argument(metavar="[SEAT]...", help="Seats; none means all.", show_default=False)
    ] = None,
    *,
    from_: Annotated[str | None, Option("--from", metavar="ELECTION", help="The earlier election.")] = None,
    to: Annotated[str | None, Option("--to", metavar="ELECTION", help="The later election.")] = None,
    between: Annotated[
        tuple[str, str] | None,
        Option(
            "--between",
            metavar="PARTY PARTY",
            help="Positive means from the first to the second.",
            show_default=False,
            callback=two_parties,
        ),
    ] = None,
    method: Annotated[Method, Option("--method", help="Definition that decides the direction.")] = Method.BUTLER,
) -> View:
    """Swing between two parties, Butler and Steed, seat by seat.

    Unsaid, the elections are the latest general election and its published baseline, and the parties in a named
    seat its runner-up and winner, in the region its largest and second party.

    Examples:
      emvote swing rushcliffe 2017 2019
      emvote swing 2017 2019 --sort butler --desc --limit 5
      emvote swing rushcliffe --between lab con
      emvote swing derby north --explain
    """
    words = list(seats or ())
    to = take_last(words, to, name="--to")
    from_ = take_last(words, from_, name="--from")
    answer = query(dataset, tuple(words), earlier=from_, later=to, between=between, method=method)
    return swing_view(dataset, answer, asked(between=answer.between, method=method))
