"""Councils by the seats that a party needs for control, for readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from emvote import measures
from emvote.model import CouncilType, Cycle
from emvote.views import common
from emvote.views.view import Column, Explanation, Field, Kind, Layout, Table, View, Workings, by_row
from emvote.views.workings import working

if TYPE_CHECKING:  # a list of seats takes the fields from here and nothing else
    from emvote.dataset import Dataset
    from emvote.queries.control_targets import ControlTarget, ControlTargets

FIELDS = (
    Field("rank", Kind.COUNT, "place in the whole list; null: the party's seats are not known", null=True),
    Field("council_id", Kind.TEXT, "GSS code of the council"),
    Field("council", Kind.NAME, "name of the council"),
    Field("party", Kind.PARTY, "the party of the list"),
    Field("control", Kind.PARTY, "party in control, or `noc`; null: a lump may be a majority", null=True),
    Field(
        "seats_short", Kind.COUNT, "seats that the party is short of control; null: it has control, or not known", True
    ),
    Field("seats_to_lose", Kind.COUNT, "seats whose loss ends its control; null: it has none", null=True),
    Field("seats", Kind.COUNT, "seats of the party; null: they may be in a lump of the record", null=True),
    Field("seats_needed", Kind.COUNT, "seats that give control"),
    Field("seats_total", Kind.COUNT, "all seats of the council, vacancies counted in"),
    Field("largest", Kind.PARTY, "who has most seats; null: several, or not known", null=True),
    Field("cycle", Kind.TEXT, "part elected at once", null=True, choices=tuple(Cycle)),
    Field("type", Kind.TEXT, "tier of the council", choices=tuple(CouncilType)),
    Field("county", Kind.TEXT, "ceremonial county"),
    Field("year", Kind.YEAR, "year of the composition: the latest on record"),
    Field("date", Kind.DATE, "its day, as exactly as known; null: only the year is", null=True),
    Field("flags", Kind.TEXTS, "codes of the findings about the composition"),
)
SUMMARY = (
    Field("party", Kind.PARTY, "the party of the list"),
    Field("scope", Kind.TEXT, "what the list is of"),
    Field("councils", Kind.COUNT, "councils in it that have a composition on record"),
    Field("controlled", Kind.COUNT, "councils that the party controls"),
    Field("listed", Kind.COUNT, "councils in the list before filtering"),
    Field("shown", Kind.COUNT, "councils that the conditions keep"),
)


def control_targets_view(dataset: Dataset, answer: ControlTargets, query: Mapping[str, Any]) -> View:
    """The councils that a party does not control, or that it does."""
    name = dataset.parties[answer.party].name
    what = "councils that it controls" if answer.defend else "councils that it does not control"
    number = f"{len(answer.rows)} of {len(answer.every)} {what}"
    return View(
        command="targets",
        query={"party": answer.party, "councils": True, **query},
        fields=FIELDS,
        rows=tuple(_record(answer, target) for target in answer.rows),
        summary={
            "party": answer.party,
            "scope": dataset.record.region,
            "councils": answer.councils,
            "controlled": answer.controlled,
            "listed": len(answer.every),
            "shown": len(answer.rows),
        },
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=((f"{name}, {dataset.record.region}: {number}; {answer.councils} councils in all.",),),
            table=_table(dataset, answer),
        ),
        notes=tuple(_notes(answer)),
        sources=common.citations(dataset, {target.year.source for target in answer.rows}),
        explanations=Workings(
            lambda: by_row([_explain(dataset, answer, each)] if each.rank is not None else () for each in answer.rows)
        ),
        empty=f"{name} controls no council on record" if answer.defend and not answer.every else "no council matches",
    )


def _record(answer: ControlTargets, target: ControlTarget) -> dict[str, Any]:
    short = target.short
    return {
        "rank": target.rank,
        "council_id": target.council.id,
        "council": target.council.name,
        "party": answer.party,
        "control": target.year.control,
        "seats_short": short if short is not None and short > 0 else None,
        "seats_to_lose": 1 - short if short is not None and short <= 0 else None,
        "seats": target.seats,
        "seats_needed": target.needed,
        "seats_total": target.year.seats_total,
        "largest": target.year.largest,
        "cycle": target.cycle,
        "type": target.council.type,
        "county": target.council.county,
        "year": target.year.year,
        "date": target.year.date,
        "flags": list(dict.fromkeys(target.year.flags)),
    }


def _table(dataset: Dataset, answer: ControlTargets) -> Table:
    columns = (
        Column("Rank", Kind.COUNT),
        Column("Council", Kind.NAME),
        Column("Control", Kind.PARTY),
        Column("To lose" if answer.defend else "Short", Kind.COUNT),
        Column("Seats", Kind.COUNT),
        Column("of", Kind.COUNT),
        Column("Needed", Kind.COUNT),
        Column("Largest", Kind.PARTY, priority=1),
        Column("Cycle", Kind.TEXT, priority=2),
        Column("Seats in", Kind.YEAR, priority=3),
        Column("County", Kind.TEXT, priority=4),
    )
    rows = []
    for target in answer.rows:
        row = _record(answer, target)
        rows.append(
            (
                target.rank,
                target.council.name,
                common.party(dataset, target.year.control),
                row["seats_to_lose" if answer.defend else "seats_short"],
                target.seats,
                target.year.seats_total,
                target.needed,
                common.party(dataset, target.year.largest),
                target.cycle.value if target.cycle else None,
                target.year.year,
                target.council.county,
            )
        )
    return Table(columns, tuple(rows))


def _notes(answer: ControlTargets) -> Iterable[str]:
    yield "of the latest composition on record, with by-elections and changes of party since the last election"
    yield "which seats are up next is not on record; a council by thirds or halves elects no more than that at once"
    unknown = [target.council.name for target in answer.rows if target.seats is None]
    if unknown:
        yield f"seats not known, as the record may have them in a lump: {common.listed(unknown)}"
    if answer.without:
        yield f"without a composition on record: {common.listed(answer.without)}"
    for target in answer.rows:
        if target.year.note:
            yield f"{target.council.name}, {target.year.year}: {target.year.note}"


def _explain(dataset: Dataset, answer: ControlTargets, target: ControlTarget) -> Explanation:
    source = dataset.sources[target.year.source].title if target.year.source else "not on record"
    party = f"seats of {dataset.abbreviation(answer.party)} S, {target.year.year}"
    inputs, what = {"N": target.year.seats_total, party: target.seats}, f"control of {target.council.name}"
    if answer.defend:
        return working(measures.seats_to_lose, what, inputs, target.seats_to_lose, cited={"both": source})
    return working(measures.seats_short, what, inputs, target.seats_short, cited={"both": source})
