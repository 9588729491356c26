"""`emvote sources`."""

from typing import Annotated

from emvote.cli.command import command
from emvote.cli.declare import Argument
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries import listings
from emvote.views.sources import sources_view
from emvote.views.view import View


@command(Group.DATA, listing=True, people=True)
def sources(
    dataset: Dataset,
    *,
    source: Annotated[str | None, Argument(metavar="[ID]", help="Only this source.", show_default=False)] = None,
) -> View:
    """The sources, and how many records cite each.

    Examples:
        emvote sources --sort used --desc
        emvote councils --sources
    """
    return sources_view(dataset, listings.sources(dataset, source), source)
