"""`emvote explain`."""

from typing import Annotated

from emvote.cli.asking import Asker
from emvote.cli.command import command
from emvote.cli.declare import Argument
from emvote.cli.options import join_words
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.views.explain import find_term, term_view, terms_view
from emvote.views.view import View


@command(Group.WRITE, listing=True)
def explain(
    dataset: Dataset,
    *,
    term: Annotated[
        list[str] | None,
        Argument(metavar="[TERM]", help="A term; its words need no quotes. None lists all.", show_default=False),
    ] = None,
    ask: Asker,
) -> View:
    """What a term means: its formula, its source and an example.

    Examples:
      emvote explain
      emvote explain steed swing
      emvote explain NOC --json | jq '.rows[].definition'
    """
    return term_view(dataset, find_term(join_words(term)), lambda line: ask(line)[:2]) if term else terms_view()
