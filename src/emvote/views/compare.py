"""Two elections, or several places, side by side for readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, assert_never

from emvote.dataset import Dataset
from emvote.queries.compare import CouncilsCompared, SeatsCompared
from emvote.queries.compare_elections import ElectionsCompared, PartyChange
from emvote.queries.sides import polled
from emvote.views import common, phrases, workings
from emvote.views.columns import Column, Field, Table, record_of, records_of, table_of
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View, Working, Workings, by_row

if TYPE_CHECKING:
    from emvote.queries.compare import Compared

FIELDS = (
    Field("party", Kind.PARTY, "party id; one that continues another stands in one row with it"),
    Field(
        "seats_from", Kind.COUNT, "seats at the earlier election; null: an aggregate that may have won some", null=True
    ),
    Field("seats_to", Kind.COUNT, "seats at the later election, likewise", null=True),
    Field("seats_net", Kind.CHANGE, "the later less the earlier", null=True),
    Field("votes_from", Kind.COUNT, "votes at the earlier election; null: did not stand", null=True),
    Field("votes_to", Kind.COUNT, "votes at the later election; null: did not stand", null=True),
    Field("share_from_pct", Kind.PCT, "per cent of all valid votes at the earlier election", null=True),
    Field("share_to_pct", Kind.PCT, "per cent of all valid votes at the later election", null=True),
    Field("share_change_pp", Kind.PP, "change of the share; null: stood once only, or independents", null=True),
)
CHANGED_FIELDS = (
    Field("seat", Kind.NAME, "name of the seat"),
    Field("from_party", Kind.PARTY, "party that won it at the earlier election"),
    Field("to_party", Kind.PARTY, "party that won it at the later election"),
    Field("majority_votes", Kind.COUNT, "majority at the later election", null=True),
)
SUMMARY = (
    Field("seats", Kind.COUNT, "seats compared"),
    *common.DECLARED_FIELDS,
    Field("changed_hands", Kind.RECORDS, "seats that another party won, by name", fields=CHANGED_FIELDS),
    Field("turnout_from_pct", Kind.PCT, "valid votes over the electorate at the earlier election", null=True),
    Field("turnout_to_pct", Kind.PCT, "valid votes over the electorate at the later election", null=True),
    Field(
        "swing",
        Kind.RECORD,
        "swing from the largest to the second party of the later election, from totals",
        null=True,
        fields=common.SWING_FIELDS,
    ),
)
VARIANTS: Final = ("compare_seats", "compare_councils", "compare_series", "compare_areas")
"""Views whose `FIELDS` and `SUMMARY` stand in place of these where something else is compared."""


def compare_view(dataset: Dataset, answer: Compared, query: Mapping[str, Any]) -> View:
    """Whatever was compared."""
    if isinstance(answer, ElectionsCompared):
        return _elections_view(dataset, answer, query)
    from emvote.queries.compare_areas import AreasCompared  # the query has loaded what it is, but not the others
    from emvote.queries.compare_series import SeriesCompared
    from emvote.views import compare_areas, compare_councils, compare_seats, compare_series

    match answer:
        case SeriesCompared():
            return compare_series.series_view(dataset, answer, query)
        case AreasCompared():
            return compare_areas.areas_view(dataset, answer, query)
        case SeatsCompared():
            return compare_seats.seats_view(dataset, answer, query)
        case CouncilsCompared():
            return compare_councils.councils_view(dataset, answer, query)
        case _:
            assert_never(answer)


def _elections_view(dataset: Dataset, answer: ElectionsCompared, query: Mapping[str, Any]) -> View:
    pair = answer.pair
    contests = [contest for both in answer.contests for contest in both]
    place = {} if answer.place is None else {"place": answer.contests[0][1].seat}
    return View(
        command="compare",
        query={**query, **place, "from": pair.earlier.id, "to": pair.later.id},
        baseline=common.baseline_record(pair.earlier),
        fields=FIELDS,
        rows=records_of(FIELDS, answer.rows),
        summary=record_of(SUMMARY, answer),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=() if answer.declared.complete else (tuple(common.declared_words(answer.declared)),),
            table=_party_table(dataset, answer),
            more=(_changed_table(dataset, answer),) if answer.changed_hands else (),
            closing=tuple(_closing(dataset, answer)),
        ),
        notes=answer.notes,
        declared=answer.declared,
        sources=common.citations(
            dataset, [pair.earlier.source, pair.later.source, *(contest.source for contest in contests)]
        ),
        workings=Workings(lambda: _workings(dataset, answer)),
    )


def _workings(dataset: Dataset, answer: ElectionsCompared) -> Iterator[Working]:
    """The workings row by row, then those of turnouts and of the swing over the region."""
    both, where = answer.contests, answer.place.name if answer.place else dataset.record.region
    sources = common.cited_both(dataset, both)
    years = common.election_years(dataset, answer.pair.earlier, answer.pair.later)
    yield from by_row(_explain_party(dataset, answer, row, sources) for row in answer.rows)
    turnouts = (answer.turnout_from_pct, answer.turnout_to_pct)
    for side, turnout_pct, year, source in zip(zip(*both, strict=True), turnouts, years, sources, strict=True):
        if turnout_pct is not None:
            yield workings.turnout(f"{where}, {year}", *polled(side), turnout_pct, source)
    yield from workings.step_swing(dataset, answer, sources)


def _explain_party(
    dataset: Dataset, answer: ElectionsCompared, row: PartyChange, sources: tuple[str, str]
) -> Iterator[Working]:
    """The working of one party's shares at both elections, and of its changes."""
    name = dataset.abbreviation(row.party)
    years = common.election_years(dataset, answer.pair.earlier, answer.pair.later)
    sides = ((row.votes_from, row.share_from_pct), (row.votes_to, row.share_to_pct))
    for (votes, share_pct), totals, year, source in zip(sides, answer.swing_votes, years, sources, strict=True):
        if share_pct is not None:
            yield workings.share(f"{name}, {year}", votes, totals.valid, share_pct, source)
    yield from workings.step_changes(answer, row, name, sources)


def _party_table(dataset: Dataset, answer: ElectionsCompared) -> Table:
    before, after = common.election_years(dataset, answer.pair.earlier, answer.pair.later)
    columns = (
        Column("Party", Kind.PARTY, "party"),
        Column(f"Seats {before}", Kind.COUNT, "seats_from"),
        Column(f"Seats {after}", Kind.COUNT, "seats_to"),
        Column("net", Kind.CHANGE, "seats_net"),
        Column(f"Votes {before}", Kind.COUNT, "votes_from", priority=3),
        Column(f"Votes {after}", Kind.COUNT, "votes_to", priority=2),
        Column(f"% {before}", Kind.PCT, "share_from_pct", priority=1),
        Column(f"% {after}", Kind.PCT, "share_to_pct"),
        Column("change", Kind.PP, "share_change_pp"),
    )
    return table_of(columns, answer.rows, common.labels(dataset))


def _changed_table(dataset: Dataset, answer: ElectionsCompared) -> Table:
    columns = (
        Column("Seat", Kind.NAME, "seat"),
        Column("From", Kind.PARTY, "from_party"),
        Column("To", Kind.PARTY, "to_party"),
        Column("Majority", Kind.COUNT, "majority_votes"),
    )
    changed = answer.changed_hands
    title = f"Seats that changed hands: {len(changed)}"
    return table_of(columns, changed, common.labels(dataset), title=title)


def _closing(dataset: Dataset, answer: ElectionsCompared) -> Iterable[Sentence]:
    before, after = Value(answer.turnout_from_pct, Kind.PCT), Value(answer.turnout_to_pct, Kind.PCT)
    yield ("Turnout (valid votes): ", before, " before, ", after, " after.")
    if answer.swing is not None:
        words = common.swing_words(dataset, answer.swing)
        if words:
            yield ("Butler swing from totals: ", *words, ".")


def sentence(view: View, dataset: Dataset) -> Sentence:
    """Return the answer in one sentence, by what was compared."""
    if "stood_as" in view.rows[0]:
        from emvote.views import compare_series

        return compare_series.sentence(view, dataset)
    if "party" in view.rows[0]:
        return _two_elections(view, dataset)
    if "place" in view.rows[0]:
        from emvote.views import compare_areas

        return compare_areas.sentence(view, dataset)
    places = []
    for row in view.rows[: phrases.MOST_NAMED]:
        seat = "seat" in row
        ends = ("previous_party", "winner_party") if seat else ("control_before", "control_after")
        majority = phrases.majority(row) if seat else ()
        name = row["seat"] if seat else row["council"]
        places.append((name, ": ", *phrases.outcome(row, *ends, dataset), *phrases.after(", ", majority)))
    return (f"{phrases.election_name(view, dataset)}: ", *phrases.joined(places), ".")


def _two_elections(view: View, dataset: Dataset) -> Sentence:
    """The parties with seats, and the three with most votes."""
    summary = view.summary or {}
    days = [common.day(dataset.elections[view.query[end]]) for end in ("from", "to")]
    by_votes = sorted(view.rows, key=lambda row: -(row["votes_to"] or 0))[:3]
    kept = [row for row in view.rows if row["seats_from"] or row["seats_to"] or row in by_votes]
    parties = [
        (
            phrases.party_words(dataset, row["party"], inside=True),
            f" {phrases.number(row['seats_to'] or 0, 'seat')}",
            *phrases.net(row["seats_net"]),
            *phrases.and_share(row["share_to_pct"], row["share_change_pp"]),
        )
        for row in kept
    ]
    hands = phrases.number(len(summary["changed_hands"]), "seat")
    begin = f"{days[0]} to {days[1]}{common.declared_aside(view.declared)}: "
    return (begin, *phrases.joined(parties), f"; {hands} changed hands.")
