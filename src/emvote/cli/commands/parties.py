"""`emvote parties`."""

from typing import Annotated

from emvote.cli.command import command
from emvote.cli.declare import Option
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.model import PartyKind
from emvote.queries import listings
from emvote.views.parties import parties_view
from emvote.views.view import View


@command(Group.DATA, listing=True)
def parties(
    dataset: Dataset, *, kind: Annotated[PartyKind | None, Option("--kind", help="Only this kind.")] = None
) -> View:
    """The parties, their names and their colours.

    Id, name, abbreviation and every alias can be typed wherever a party is asked for, in any case.

    Examples:
        emvote parties --kind local
        emvote parties --csv --columns party,name,colour
    """
    return parties_view(dataset, listings.parties(dataset, kind), kind)
