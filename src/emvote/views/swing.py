"""Swings for readers: the two parties always named, the direction always in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from emvote.dataset import Dataset
from emvote.measures import Method
from emvote.model import ElectionKind
from emvote.queries.pairs import regional, shared_contests
from emvote.queries.swing import SeatSwing, SwingAnswer, direction
from emvote.views import common, phrases, workings
from emvote.views.columns import Column, Field, Table, part, record_of, records_of, table_of
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View, Working, Workings, by_row

FIELDS = (
    Field("seat_id", Kind.TEXT, "GSS code of the seat", of="seat.id"),
    Field("seat", Kind.NAME, "name of the seat", of="seat.name"),
    Field("from_election", Kind.TEXT, "id of the earlier election"),
    Field("to_election", Kind.TEXT, "id of the later election"),
    *part("swing", common.SWING_FIELDS),
    Field("from_change_pp", Kind.PP, "change of the first party's share of all valid votes", null=True),
    Field("to_change_pp", Kind.PP, "change of the second party's share of all valid votes", null=True),
    Field("direction", Kind.TEXT, "where the swing of the chosen method went: `Lab to Con`", null=True),
    Field("note", Kind.TEXT, "why there is no figure", null=True),
)
SUMMARY = (
    *part("region", common.SWING_FIELDS),
    Field("mean_butler_pp", Kind.PP, "unweighted mean of the seats' Butler swings between the same pair", null=True),
    Field("seats_in_mean", Kind.COUNT, "seats in that mean"),
    Field("direction", Kind.TEXT, "where the regional swing went", null=True),
    Field("method", Kind.TEXT, "definition that decides the direction", choices=tuple(Method)),
    Field("scope", Kind.TEXT, "what the totals are of"),
    *common.DECLARED_FIELDS,
)


def swing_view(dataset: Dataset, answer: SwingAnswer, query: Mapping[str, Any]) -> View:
    """The swings of some seats and of the region."""
    pair = answer.pair
    seats = {"seats": [row.seat.id for row in answer.rows]} if answer.named else {}
    return View(
        command="swing",
        query={**seats, **query, "from": pair.earlier.id, "to": pair.later.id},
        baseline=common.baseline_record(pair.earlier),
        fields=FIELDS,
        rows=records_of(FIELDS, answer.rows, from_election=pair.earlier.id, to_election=pair.later.id),
        summary=record_of(
            SUMMARY,
            answer,
            direction=direction(dataset, answer.region, answer.method),
            scope=dataset.record.region,
        ),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            table=_table(dataset, answer),
            closing=tuple(_closing(dataset, answer)),
        ),
        notes=common.unique(_notes(answer)),
        declared=answer.declared,
        sources=common.citations(dataset, _sources(dataset, answer)),
        workings=Workings(lambda: _workings(dataset, answer)),
        empty="no seat has a result at both elections",
    )


def _table(dataset: Dataset, answer: SwingAnswer) -> Table:
    steed = answer.method is Method.STEED
    columns = [
        Column("Seat", Kind.NAME, "seat.name"),
        Column(
            "Butler",
            Kind.TEXT,
            lambda row: common.swing_cell(dataset, row.swing),
            priority=2 if steed else 0,
            field="butler_pp",
        ),
        Column(
            "Steed",
            Kind.TEXT,
            lambda row: common.swing_cell(dataset, row.swing, Method.STEED),
            priority=0 if steed else 2,
            field="steed_pp",
        ),
        Column("Changes in share", Kind.TEXT, lambda row: _changes_cell(dataset, row), priority=3),
    ]
    if any(row.note for row in answer.rows):
        columns.append(Column("Note", Kind.TEXT, lambda row: row.note or "", priority=4))
    return table_of(columns, answer.rows, common.labels(dataset))


def _changes_cell(dataset: Dataset, row: SeatSwing) -> Sentence | None:
    """The changes of both parties' shares: `Con -20.1, Lab +5.2`."""
    if row.from_change_pp is None and row.to_change_pp is None:
        return None
    first, second = (dataset.abbreviation(party) for party in (row.swing.from_party, row.swing.to_party))
    changes = (Value(row.from_change_pp, Kind.PP), f", {second} ", Value(row.to_change_pp, Kind.PP))
    return f"{first} ", *changes


def _closing(dataset: Dataset, answer: SwingAnswer) -> Iterable[Sentence]:
    if answer.pair.later.kind is ElectionKind.BY_ELECTION:  # one seat's figures are not the region's
        return
    words = common.swing_words(dataset, answer.region, answer.method) if answer.named else ()
    if words:
        region = f"{dataset.record.region}, from regional totals: a {answer.method.value.title()} swing of "
        yield (region, *words, ".")
    if answer.mean_butler_pp is not None:
        words = common.swing_words(dataset, replace(answer.region, butler_pp=answer.mean_butler_pp))
        number = f"{answer.seats_in_mean} {common.plural(answer.seats_in_mean, 'seat')}"
        yield (f"Mean of the Butler swings of {number}: ", *words, ".")


def _notes(answer: SwingAnswer) -> Iterable[str]:
    yield from answer.notes
    if answer.region_note:
        yield answer.region_note
    for row in answer.rows:
        if row.note:
            yield f"{row.seat.name}: {row.note}"


def _sources(dataset: Dataset, answer: SwingAnswer) -> Iterable[str | None]:
    for election in (answer.pair.earlier, answer.pair.later):
        yield election.source
        for row in answer.rows:
            contest = dataset.contests.get((election.id, row.seat.id))
            yield contest.source if contest else None


def _workings(dataset: Dataset, answer: SwingAnswer) -> Iterable[Working]:
    contests = {later.seat: (earlier, later) for earlier, later in shared_contests(dataset, answer.pair)}

    def working(row: SeatSwing) -> Iterable[Working]:
        sources = common.cited_both(dataset, (contests[row.seat.id],))
        if row.note is None:
            yield from workings.swings(dataset, row.seat.name, row.swing, row.votes, sources=sources)
        yield from _explain_changes(dataset, row, sources)

    yield from by_row(working(row) for row in answer.rows)
    sources = common.cited_both(dataset, regional(dataset, contests.values()))
    yield from workings.swings(dataset, dataset.record.region, answer.region, answer.region_votes, sources=sources)


def _explain_changes(dataset: Dataset, row: SeatSwing, sources: tuple[str, str]) -> Iterable[Working]:
    """The working of the change of either party's share, where it stood at both elections."""
    earlier, later = row.votes
    changes = ((row.swing.from_party, row.from_change_pp), (row.swing.to_party, row.to_change_pp))
    for party, change_pp in changes:
        if change_pp is not None:
            votes = (earlier.of_party(dataset, party), later.of_party(dataset, party))
            name = f"{dataset.abbreviation(party)}, {row.seat.name}"
            yield workings.change(name, votes, (earlier.valid, later.valid), change_pp, sources)


def sentence(view: View, dataset: Dataset) -> Sentence:
    """Return the swings of the seats asked for, else that of the region."""
    method = view.query["method"]
    key = f"{method}_pp"
    days = " to ".join(common.day(dataset.elections[view.query[end]]) for end in ("from", "to"))
    begin = f"{days}, {method.capitalize()} swing: "
    if view.query.get("seats") and len(view.rows) <= phrases.MOST_NAMED:
        named = [
            (row["seat"], " ", *phrases.swing(row[key], row["from_party"], row["to_party"], dataset))
            for row in view.rows
        ]
        return (begin, *phrases.joined(named), ".")
    summary = view.summary or {}
    whole = phrases.swing(summary[key], summary["from_party"], summary["to_party"], dataset)
    return (begin, f"{summary['scope']} ", *whole, f"{common.declared_aside(view.declared)}.")
