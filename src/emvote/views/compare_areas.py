"""A place against its county, region and country for readers: the same figures of each, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from emvote.dataset import Dataset
from emvote.measures import Method
from emvote.queries.areas import AreaKind
from emvote.queries.compare_areas import Area, AreaRow, AreasCompared
from emvote.views import common, phrases, workings
from emvote.views.columns import Column, Field, Table, part, record_of, table_of
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View, Working, Workings, by_row

FIELDS = (
    Field("place", Kind.NAME, "name of the place", of="area.name"),
    Field("kind", Kind.TEXT, "what sort of place it is", choices=tuple(AreaKind), of="area.kind.value"),
    Field(
        "seat_id",
        Kind.TEXT,
        "id of the seat; null: it is no seat",
        null=True,
        of=lambda row: row.area.contests[0].seat if row.area.kind is AreaKind.SEAT else None,
    ),
    Field("election", Kind.TEXT, "election id"),
    Field("seats", Kind.COUNT, "seats of the place with a declared result", of=lambda row: len(row.area.contests)),
    Field("electorate", Kind.COUNT, "registered electors; null: not known everywhere", null=True),
    Field("valid_votes", Kind.COUNT, "valid votes", of="side.valid"),
    Field("turnout_pct", Kind.PCT, "valid votes over the electorate", null=True),
    Field(
        "winner_party",
        Kind.PARTY,
        "party that won the seat, or most seats; null: not known, or a tie",
        null=True,
        of="winner",
    ),
    Field("seats_won", Kind.COUNTS, "seats by party", absent=0),
    Field(
        "compared_with",
        Kind.TEXT,
        "id of the election that changes and swings are against",
        null=True,
        of=lambda row: row.area.baseline.id if row.area.baseline and row.area.before else None,
    ),
    *part("swing", common.SWING_FIELDS),
    Field("shares_pct", Kind.PCTS, "share of valid votes by party, per cent; a party that is not named did not stand"),
    Field("changes_pp", Kind.PPS, "change of the share by party, percentage points; null: stood once only"),
    Field("note", Kind.TEXT, "why there is no swing", null=True),
)
SUMMARY = (
    Field("election", Kind.TEXT, "election id"),
    Field("from_party", Kind.PARTY, "party that a positive swing goes from, the same in every place"),
    Field("to_party", Kind.PARTY, "party that a positive swing goes to"),
)


def areas_view(dataset: Dataset, answer: AreasCompared, query: Mapping[str, Any]) -> View:
    """The places, in the order in which they were named."""
    a, b = answer.pair
    places = [f"{row.area.kind}:{row.area.name}" for row in answer.rows]
    return View(
        command="compare",
        query={**query, "election": answer.election.id, "places": places, "between": [a, b]},
        fields=FIELDS,
        rows=tuple(_record(answer, row) for row in answer.rows),
        summary={"election": answer.election.id, "from_party": a, "to_party": b},
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=(_headline(dataset, answer),),
            table=_table(dataset, answer),
            more=(_side_by_side(dataset, answer),),
        ),
        notes=answer.notes,
        declared=answer.declared,
        sources=tuple(_sources(answer)),
        workings=Workings(lambda: by_row(_workings(answer, row) for row in answer.rows)),
    )


def _record(answer: AreasCompared, row: AreaRow) -> dict[str, Any]:
    stood = [party for party in answer.parties if party in row.side.votes]
    return record_of(
        FIELDS,
        row,
        election=answer.election.id,
        seats_won={party: number for party in answer.parties if (number := row.side.seats.get(party))},
        shares_pct={party: row.share_pct(party) for party in stood},
        changes_pp={party: row.change_pp(party) for party in stood},
    )


def _headline(dataset: Dataset, answer: AreasCompared) -> Sentence:
    a, b = (common.party(dataset, each) or each for each in answer.pair)
    return (
        f"{answer.election.name}, side by side; a positive swing is from ",
        a,
        " to ",
        b,
        ".",
        *common.declared_words(answer.declared),
    )


def _table(dataset: Dataset, answer: AreasCompared) -> Table:
    a, b = answer.pair
    columns = (
        Column("Place", Kind.NAME, "area.name"),
        Column("Kind", Kind.TEXT, "area.kind.value", priority=3),
        Column("Seats", Kind.COUNT, lambda row: len(row.area.contests), priority=2),
        Column("Most seats", Kind.PARTY, "winner"),
        Column("Turnout", Kind.PCT, "turnout_pct"),
        Column(f"{dataset.abbreviation(a)} %", Kind.PCT, lambda row: row.share_pct(a)),
        Column("change", Kind.PP, lambda row: row.change_pp(a), priority=1),
        Column(f"{dataset.abbreviation(b)} %", Kind.PCT, lambda row: row.share_pct(b)),
        Column("change", Kind.PP, lambda row: row.change_pp(b), priority=1),
        Column("Butler swing", Kind.TEXT, lambda row: common.swing_cell(dataset, row.swing), field="swing.butler_pp"),
        Column(
            "Steed swing",
            Kind.TEXT,
            lambda row: common.swing_cell(dataset, row.swing, Method.STEED),
            priority=4,
            field="swing.steed_pp",
        ),
    )
    return table_of(columns, answer.rows, common.labels(dataset))


def _side_by_side(dataset: Dataset, answer: AreasCompared) -> Table:
    """A column a place: shares by party, largest first, of those that stood in the first place or won a seat."""
    first = answer.rows[0].side
    shown = [
        party
        for party in answer.parties
        if party in first.votes or any(row.side.seats.get(party) for row in answer.rows)
    ]
    columns = (Column("Share of votes", Kind.PARTY), *(Column(row.area.name, Kind.PCT) for row in answer.rows))
    rows = tuple((_label(dataset, answer, party), *(row.share_pct(party) for row in answer.rows)) for party in shown)
    return Table(columns, rows, title="Parties that stood in the first place, or won a seat in any")


def _label(dataset: Dataset, answer: AreasCompared, party: str) -> Any:
    """A party as the dataset of a place knows it."""
    area: Area = next(row.area for row in answer.rows if party in row.side.votes)
    return common.party(dataset if party in dataset.parties else area.dataset, party)


def _sources(answer: AreasCompared) -> Iterable[Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for row in answer.rows:
        area = row.area
        contests = (*area.contests, *area.before)
        ids = {contest.source or area.dataset.elections[contest.election].source for contest in contests}
        found.update({each["id"]: each for each in common.citations(area.dataset, ids)})
    return found.values()


def _workings(answer: AreasCompared, row: AreaRow) -> Iterator[Working]:
    """The working of a place's turnout and swing, and of every party's share with its change."""
    area, side = row.area, row.side
    sources = (common.cited(area.dataset, area.before), common.cited(area.dataset, area.contests))
    if row.turnout_pct is not None:
        yield workings.turnout(area.name, side.valid, row.electorate, row.turnout_pct, sources[1])
    if row.swing.butler_pp is not None:
        yield from workings.swings(area.dataset, area.name, row.swing, row.votes, sources=sources)
    earlier, later = row.votes
    for party in answer.parties:
        if party not in side.votes:
            continue
        name = f"{area.dataset.abbreviation(party)}, {area.name}"
        if (share_pct := row.share_pct(party)) is not None:
            yield workings.share(name, side.votes[party], side.valid, share_pct, sources[1])
        if (change_pp := row.change_pp(party)) is not None:
            votes = (earlier.of_party(area.dataset, party), later.by_party[party])
            yield workings.change(name, votes, (earlier.valid, later.valid), change_pp, sources)


def sentence(view: View, dataset: Dataset) -> Sentence:
    """Turnout and swing of each place."""
    places = []
    for row in view.rows[: phrases.MOST_NAMED]:
        turnout = () if row["turnout_pct"] is None else (", turnout ", Value(row["turnout_pct"], Kind.PCT))
        points = row["butler_pp"]
        swing = () if points is None else phrases.swing(points, row["from_party"], row["to_party"], dataset)
        places.append((row["place"], *turnout, *phrases.after(", swing ", swing)))
    begin = f"{phrases.election_name(view, dataset)}{common.declared_aside(view.declared)}: "
    return (begin, *phrases.joined(places), ".")
