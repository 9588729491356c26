"""`emvote browse`."""

from typing import Annotated

from emvote.cli.asking import Asker
from emvote.cli.command import command
from emvote.cli.declare import Argument
from emvote.cli.options import Request, join_words
from emvote.cli.question import Shown
from emvote.cli.registry import Group
from emvote.cli.screen import browser
from emvote.dataset import Dataset
from emvote.queries.places import places


@command(Group.PLACE)
def browse(
    dataset: Dataset,
    typed: Annotated[
        list[str] | None,
        Argument(metavar="[TEXT]...", help="The filter to begin with.", show_default=False),
    ] = None,
    *,
    request: Request,
    ask: Asker,
) -> Shown:
    """Walk through seats and councils by keyboard.

    Letters narrow the list, arrows move in it, Enter opens; the keys of each screen stand on its last line. Needs a
    terminal, and the extra: pip install 'emvote[browse]'.

    Examples:
      emvote browse
      emvote browse derby
      emvote browse --data uk
    """
    return browser(dataset, places(dataset), request, ask, join_words(typed or []))
