"""`emvote council`."""

from collections.abc import Mapping
from typing import Annotated, Any

from emvote.cli import streams
from emvote.cli.command import command
from emvote.cli.declare import Elections, Option
from emvote.cli.options import CouncilOrAll, Request, join_words
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries.council import council as query
from emvote.queries.council import councils_of_today
from emvote.queries.wards import wards_by_election
from emvote.render import Format
from emvote.views.common import asked
from emvote.views.council import council_view
from emvote.views.council_list import council_list_view
from emvote.views.view import View


def _wards_are_shown(given: Mapping[str, Any], request: Request) -> bool:
    """People who read a terminal see wards without asking; in any other table they must ask. Programs see none."""
    if request.format not in (None, Format.TABLE, Format.PLAIN, Format.MARKDOWN, Format.HTML):
        return False
    terminal = request.format in (None, Format.TABLE) and request.output is None and streams.is_terminal()
    return given["wards"] or terminal


@command(Group.PLACE, listing=True, wards=_wards_are_shown, elections=Elections.LOCAL)
def council(
    dataset: Dataset,
    name: CouncilOrAll = None,
    *,
    request: Request,
    election: Annotated[
        str | None,
        Option("--election", metavar="ELECTION", help="Only the year of this local election; or any year."),
    ] = None,
    wards: Annotated[
        bool,
        Option("--wards", help="In tables also the wards of every election; a terminal shows the latest's."),
    ] = False,
    all_: Annotated[bool, Option("--all", help="Every year since 1973 in tables, not the last five.")] = False,
) -> View:
    """One council: its make-up now, its elections, and its make-up year by year.

    Without a name it lists the councils of today, each as it was last recorded.

    Control is computed from the seats; the label that the source published stands beside it.

    Examples:
      emvote council ashfield
      emvote council ashfield 2023
      emvote council "North Kesteven" --csv
      emvote council Derby --wards
    """
    if not name:
        return council_list_view(dataset, councils_of_today(dataset))
    answer = query(dataset, join_words(name), election=election)
    shown = _wards_are_shown({"wards": wards}, request) and (election is None or answer.election is not None)
    found = wards_by_election(dataset, answer.council, election, every=wards) if shown else ()
    return council_view(dataset, answer, asked(election=election), found, whole=all_)
