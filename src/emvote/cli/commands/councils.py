"""`emvote councils`."""

from typing import Annotated

import typer
from msgspec.structs import asdict

from emvote.baselines import Baseline
from emvote.cli.command import command
from emvote.dataset import Dataset
from emvote.model import CouncilType, Cycle
from emvote.queries.councils import CouncilFilter
from emvote.queries.councils import councils as query
from emvote.views.common import asked
from emvote.views.councils import councils_view
from emvote.views.view import View


@command(listing=True)
def councils(  # noqa: PLR0913 (one parameter an option)
    dataset: Dataset,
    *,
    lost_control: Annotated[
        bool, typer.Option("--lost-control", help="A party that held it no longer does, whoever does now.")
    ] = False,
    gained_control: Annotated[
        bool, typer.Option("--gained-control", help="A party holds it that did not before.")
    ] = False,
    changed_control: Annotated[bool, typer.Option("--changed-control", help="Control is not what it was.")] = False,
    held: Annotated[bool, typer.Option("--held", help="The same party holds it as before.")] = False,
    party: Annotated[str | None, typer.Option("--party", metavar="PARTY", help="Who lost, gained or held it.")] = None,
    control: Annotated[
        str | None, typer.Option("--control", metavar="PARTY|noc", help="Who holds it after the poll.")
    ] = None,
    county: Annotated[str | None, typer.Option("--county", metavar="COUNTY", help="In this ceremonial county.")] = None,
    type_: Annotated[CouncilType | None, typer.Option("--type", help="Of this tier.")] = None,
    cycle: Annotated[Cycle | None, typer.Option("--cycle", help="That elected this part of its seats.")] = None,
    election: Annotated[
        str | None, typer.Option("--election", metavar="ELECTION", help="Another local election: its id or year.")
    ] = None,
    baseline: Annotated[
        Baseline | None, typer.Option("--baseline", help="Compare control and seats with this one.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Also councils that did not vote.")] = False,
    outside: Annotated[
        bool, typer.Option("--outside", help="Also councils outside the region; they never count in totals.")
    ] = False,
) -> View:
    """Councils that voted at a local election: control and seats, before and after.

    Control is compared with the eve of the poll as published, or else with the latest composition before it; seats
    with the last ordinary election for them. --baseline sets both to one. The conditions add up.

    Examples:
      emvote councils --lost-control --party con
      emvote councils --county derbyshire --explain
      emvote councils --baseline last-election --csv -o councils.csv
    """
    keep = CouncilFilter(
        lost_control=lost_control,
        gained_control=gained_control,
        changed_control=changed_control,
        held=held,
        party=party,
        control=control,
        county=county,
        type=type_,
        cycle=cycle,
        all=all_,
        outside=outside,
    )
    answer = query(dataset, keep, election=election, baseline=baseline)
    return councils_view(dataset, answer, asked(**asdict(answer.keep), baseline=baseline))
