"""Councils by the seats that a party needs for control, for readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from emvote import measures
from emvote.model import CouncilType, Cycle
from emvote.views import common, phrases
from emvote.views.columns import Column, Field, Table, record_of, records_of, table_of
from emvote.views.values import Kind, Sentence
from emvote.views.view import Layout, View, Working, Workings, by_row
from emvote.views.workings import working

if TYPE_CHECKING:  # a list of seats takes the fields from here and nothing else
    from emvote.dataset import Dataset
    from emvote.queries.control_targets import ControlTarget, ControlTargets

FIELDS = (
    Field("rank", Kind.COUNT, "place in the whole list; null: the party's seats are not known", null=True),
    Field("council_id", Kind.TEXT, "GSS code of the council", of="council.id"),
    Field("council", Kind.NAME, "name of the council", of="council.name"),
    Field("party", Kind.PARTY, "the party of the list"),
    Field(
        "control",
        Kind.PARTY,
        "party in control, or `noc`; null: an aggregate may be a majority",
        null=True,
        of="year.control",
    ),
    Field(
        "seats_short", Kind.COUNT, "seats that the party is short of control; null: it has control, or not known", True
    ),
    Field("seats_to_lose", Kind.COUNT, "seats whose loss ends its control; null: it has none", null=True),
    Field("seats", Kind.COUNT, "seats of the party; null: they may be in an aggregate of the record", null=True),
    Field("seats_needed", Kind.COUNT, "seats that give control", of="needed"),
    Field("seats_total", Kind.COUNT, "all seats of the council, vacancies counted in", of="year.seats_total"),
    Field("largest", Kind.PARTY, "who has most seats; null: several, or not known", null=True, of="year.largest"),
    Field("cycle", Kind.TEXT, "part elected at once", null=True, choices=tuple(Cycle)),
    Field("type", Kind.TEXT, "tier of the council", choices=tuple(CouncilType), of="council.type"),
    Field("county", Kind.TEXT, "ceremonial county", of="council.county"),
    Field("year", Kind.YEAR, "year of the composition: the latest on record", of="year.year"),
    Field("date", Kind.DATE, "its day, as exactly as known; null: only the year is", null=True, of="year.date"),
    Field(
        "flags",
        Kind.TEXTS,
        "codes of the findings about the composition",
        of=lambda target: dict.fromkeys(target.year.flags),
    ),
)
SUMMARY = (
    Field("party", Kind.PARTY, "the party of the list"),
    Field("scope", Kind.TEXT, "what the list is of"),
    Field("councils", Kind.COUNT, "councils in it that have a composition on record"),
    Field("controlled", Kind.COUNT, "councils that the party controls"),
    Field("listed", Kind.COUNT, "councils in the list before filtering", of=lambda answer: len(answer.every)),
    Field("shown", Kind.COUNT, "councils that the conditions keep", of=lambda answer: len(answer.rows)),
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
        rows=records_of(FIELDS, answer.rows, party=answer.party),
        summary=record_of(SUMMARY, answer, scope=dataset.record.region),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=((f"{name}, {dataset.record.region}: {number}; {answer.councils} councils in all.",),),
            table=_table(dataset, answer),
        ),
        notes=tuple(_notes(answer)),
        sources=common.citations(dataset, {target.year.source for target in answer.rows}),
        workings=Workings(
            lambda: by_row([_explain(dataset, answer, each)] if each.rank is not None else () for each in answer.rows)
        ),
        empty=f"{name} controls no council on record" if answer.defend and not answer.every else "no council matches",
    )


def _table(dataset: Dataset, answer: ControlTargets) -> Table:
    lacking = ("To lose", "seats_to_lose") if answer.defend else ("Short", "seats_short")
    columns = (
        Column("Rank", Kind.COUNT, "rank"),
        Column("Council", Kind.NAME, "council.name"),
        Column("Control", Kind.PARTY, "year.control"),
        Column(lacking[0], Kind.COUNT, lacking[1]),
        Column("Seats", Kind.COUNT, "seats"),
        Column("of", Kind.COUNT, "year.seats_total"),
        Column("Needed", Kind.COUNT, "needed"),
        Column("Largest", Kind.PARTY, "year.largest", priority=1),
        Column("Cycle", Kind.TEXT, "cycle", priority=2),
        Column("Seats in", Kind.YEAR, "year.year", priority=3),
        Column("County", Kind.TEXT, "council.county", priority=4),
    )
    return table_of(columns, answer.rows, common.labels(dataset))


def _notes(answer: ControlTargets) -> Iterable[str]:
    yield "of the latest composition on record, with by-elections and changes of party since the last election"
    yield "which seats are up next is not on record; a council by thirds or halves elects no more than that at once"
    unknown = [target.council.name for target in answer.rows if target.seats is None]
    if unknown:
        yield f"seats not known, as the record may have them in an aggregate: {common.listed(unknown)}"
    if answer.without:
        yield f"without a composition on record: {common.listed(answer.without)}"
    for target in answer.rows:
        if target.year.note:
            yield f"{target.council.name}, {target.year.year}: {target.year.note}"


def _explain(dataset: Dataset, answer: ControlTargets, target: ControlTarget) -> Working:
    source = dataset.sources[target.year.source].title if target.year.source else "not on record"
    party = f"seats of {dataset.abbreviation(answer.party)} S, {target.year.year}"
    inputs, what = {"N": target.year.seats_total, party: target.seats}, f"control of {target.council.name}"
    if answer.defend:
        return working(measures.seats_to_lose, what, inputs, target.seats_to_lose, cited={"both": source})
    return working(measures.seats_short, what, inputs, target.seats_short, cited={"both": source})


def sentence(view: View, dataset: Dataset) -> Sentence:
    """The nearest council."""
    row, summary = view.rows[0], view.summary or {}
    party, number = phrases.full_name(dataset, row["party"]), row["seats_to_lose"] or row["seats_short"]
    begin: Sentence = (
        f"{summary['scope']}: ",
        party,
        f" controls {summary['controlled']} of {summary['councils']} councils",
    )
    if number is None:
        return (*begin, ".")
    seats = f"{number} {common.plural(number, 'seat')}"
    what = (
        f"; {row['council']} is lost with {seats}"
        if row["seats_to_lose"]
        else f"; it is {seats} short of {row['council']}"
    )
    return (*begin, f"{what} ({row['seats']} of {row['seats_total']}, {row['year']}).")
