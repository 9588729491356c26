"""Seats side by side at one election for readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emvote.dataset import Dataset
from emvote.queries.compare import SeatsCompared
from emvote.queries.contest import Standing
from emvote.views import common, seat, seats
from emvote.views.columns import Column, Field, Table, records_of
from emvote.views.values import Kind, Value
from emvote.views.view import Layout, View, Workings, by_row

FIELDS = (
    *seat.SEATS_FIELDS,
    Field(
        "shares_pct",
        Kind.PCTS,
        "share of valid votes by party, per cent",
        of=lambda result: {each.key: each.share_pct for each in result.standings},
    ),
)


def seats_view(dataset: Dataset, answer: SeatsCompared, query: Mapping[str, Any]) -> View:
    """The seats, in the order in which they were named."""
    results = answer.results
    return View(
        command="compare",
        query={**query, "election": answer.election.id, "places": [result.seat.id for result in results]},
        fields=FIELDS,
        rows=records_of(FIELDS, results),
        laid_out=lambda: Layout(
            headline=((f"{answer.election.name}, side by side.",),),
            table=seats.seats_table(dataset, results),
            more=(_side_by_side(dataset, answer),),
        ),
        notes=common.unique(f"{result.seat.name}: {note}" for result in results for note in result.notes),
        sources=common.citations(dataset, common.source_ids(results)),
        workings=Workings(
            lambda: by_row((*seat.explain(dataset, each), *seat.explain_candidates(dataset, each)) for each in results)
        ),
    )


def _side_by_side(dataset: Dataset, answer: SeatsCompared) -> Table:
    """A column a seat: the figures, then the shares by party, largest first; each independent apart."""
    columns = (Column("", Kind.TEXT), *(Column(result.seat.name, Kind.TEXT) for result in answer.results))
    rows: list[tuple[Any, ...]] = [
        ("Result", *(result.outcome for result in answer.results)),
        ("Winner", *((result.winner.candidate if result.winner else None) for result in answer.results)),
        ("Majority", *(Value(result.majority_votes, Kind.COUNT) for result in answer.results)),
        ("Majority, %", *(Value(result.majority_pct, Kind.PCT) for result in answer.results)),
        ("Turnout", *(Value(result.turnout_pct, Kind.PCT) for result in answer.results)),
        ("Electorate", *(Value(result.contest.electorate, Kind.COUNT) for result in answer.results)),
    ]
    shares = [{_who(dataset, each): each.share_pct for each in result.standings} for result in answer.results]
    everyone = dict.fromkeys(who for seat_shares in shares for who in seat_shares)
    ranked = sorted(everyone, key=lambda who: -max(each.get(who) or 0 for each in shares))
    rows.extend((who, *(Value(each.get(who), Kind.PCT) for each in shares)) for who in ranked)
    return Table(columns, tuple(rows))


def _who(dataset: Dataset, standing: Standing) -> str:
    """A party, or an independent by name."""
    party = dataset.abbreviation(standing.party)
    return party if standing.key == standing.party else f"{party}: {standing.candidate}"
