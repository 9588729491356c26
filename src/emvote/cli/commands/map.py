"""`emvote map`."""

from typing import Annotated

from emvote.cli.command import command
from emvote.cli.declare import Elections, Option
from emvote.cli.options import two_parties
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries.map import Shade, hexmap
from emvote.views.common import asked
from emvote.views.map import map_view
from emvote.views.view import View


@command(Group.ELECTION, listing=True, elections=Elections.BOTH)
def map(  # noqa: A001 (the command's name)
    dataset: Dataset,
    *,
    election: Annotated[
        str | None, Option("--election", metavar="ELECTION", help="Another than the latest general election.")
    ] = None,
    by: Annotated[Shade, Option("--by", help="What the colours tell.")] = Shade.WINNER,
    party: Annotated[str | None, Option("--party", metavar="PARTY", help="Whose share.")] = None,
    between: Annotated[
        tuple[str, str] | None,
        Option("--between", metavar="A B", help="Swing from A to B.", show_default=False, callback=two_parties),
    ] = None,
) -> View:
    """The region as hexagons, on screen or as a picture.

    A local election is a map of councils. A file ending in .svg is written as a picture.

    Examples:
      emvote map
      emvote map local-2019 --by change
      emvote map 2019 --by swing -o swing.svg
    """
    answer = hexmap(dataset, election, by, party=party, between=between)
    return map_view(dataset, answer, asked(party=answer.party, between=between))
