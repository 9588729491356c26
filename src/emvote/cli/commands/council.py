"""`emvote council`."""

from typing import Annotated

import typer

from emvote.cli.command import command
from emvote.cli.options import CouncilWords, join_words
from emvote.dataset import Dataset
from emvote.queries.council import council as query
from emvote.views.common import asked
from emvote.views.council import council_view
from emvote.views.view import View


@command(listing=True)
def council(
    dataset: Dataset,
    name: CouncilWords,
    *,
    election: Annotated[
        str | None, typer.Option("--election", metavar="ELECTION", help="Only the year of this local election.")
    ] = None,
) -> View:
    """One council: who sat on it year by year since 1973, and its elections on record.

    Control is computed from the seats; the label that the source published stands beside it.

    Examples:
      emvote council ashfield
      emvote council "North Kesteven" --csv
    """
    answer = query(dataset, join_words(name), election=election)
    return council_view(dataset, answer, asked(election=election))
