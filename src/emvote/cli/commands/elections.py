"""`emvote elections`."""

from typing import Annotated

from emvote.cli.command import command
from emvote.cli.declare import Option
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.model import ElectionKind
from emvote.queries import listings
from emvote.views.elections import elections_view
from emvote.views.view import View


@command(Group.DATA, listing=True)
def elections(
    dataset: Dataset, *, kind: Annotated[ElectionKind | None, Option("--kind", help="Only this kind.")] = None
) -> View:
    """The elections on record, oldest first.

    Their ids can be typed wherever an election is asked for, and so can short forms: ge2019, feb1974, local-2019.

    Examples:
        emvote elections --kind local
        emvote elections --sort contests --desc --limit 5
    """
    return elections_view(dataset, listings.elections(dataset, kind), kind)
