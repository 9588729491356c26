"""Three or more elections for readers: a row a party and election, and the shares of all of them at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from emvote.dataset import Dataset
from emvote.queries.compare_elections import ElectionsCompared, polled
from emvote.queries.compare_series import ElectionAt, PartyAt, SeriesCompared, change_of
from emvote.queries.pairs import regional, shared_contests
from emvote.views import common, compare
from emvote.views.view import Column, Explanation, Field, Kind, Layout, Sentence, Table, View, Workings, by_row

FIELDS = (
    Field("party", Kind.PARTY, "party id, the latest of its line in the series: one that continues another is with it"),
    Field("election", Kind.TEXT, "election id"),
    Field("polling_date", Kind.DATE, "polling day; of an estimate, that of the election it re-estimates"),
    Field("stood_as", Kind.PARTY, "party id under which it stood at this election"),
    Field("seats", Kind.COUNT, "seats won; null: a lump that may have won some", null=True),
    Field(
        "seats_net", Kind.CHANGE, "seats less those at `compared_with`; null: there is none, or not known", null=True
    ),
    Field("votes", Kind.COUNT, "votes; null: did not stand", null=True),
    Field("share_pct", Kind.PCT, "per cent of all valid votes", null=True),
    Field(
        "share_change_pp", Kind.PP, "change since `compared_with`; null: stood once only, or independents", null=True
    ),
    Field(
        "compared_with",
        Kind.TEXT,
        "the election before in the series, or its notional result; null: none on the same boundaries",
        null=True,
    ),
)
ELECTION_FIELDS = (
    Field("election", Kind.TEXT, "election id"),
    Field("polling_date", Kind.DATE, "polling day"),
    Field("boundaries", Kind.TEXT, "first year of the constituency boundaries", null=True),
    Field("seats", Kind.COUNT, "seats of the region with a declared result"),
    *common.DECLARED_FIELDS,
    Field("valid_votes", Kind.COUNT, "valid votes"),
    Field("turnout_pct", Kind.PCT, "valid votes over the electorate", null=True),
    Field("compared_with", Kind.TEXT, "id of the election that changes are against", null=True),
    Field(
        "swing",
        Kind.RECORD,
        "from the largest to the second party by votes, since `compared_with`",
        null=True,
        fields=common.SWING_FIELDS,
    ),
)
SUMMARY = (Field("elections", Kind.RECORDS, "the elections, oldest first", fields=ELECTION_FIELDS),)

SMALL_PCT = 1
"""Share below which a party without a seat is left out at a glance."""


def series_view(dataset: Dataset, answer: SeriesCompared, query: Mapping[str, Any]) -> View:
    """The elections of a series, party by party."""
    ids = [each.election.id for each in answer.elections]
    return View(
        command="compare",
        query={**query, "elections": ids},
        fields=FIELDS,
        rows=tuple(_record(row) for row in answer.rows),
        summary={"elections": [_election_record(each) for each in answer.elections]},
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=(_headline(dataset, answer),),
            table=_table(dataset, answer),
            more=(_glance(dataset, answer), _elections(dataset, answer)),
        ),
        notes=common.unique(answer.notes),
        declared=answer.declared,
        sources=common.citations(dataset, _source_ids(answer)),
        explanations=Workings(lambda: _explanations(dataset, answer)),
    )


def _record(row: PartyAt) -> dict[str, Any]:
    return {
        "party": row.party,
        "election": row.election.id,
        "polling_date": row.election.date.isoformat(),
        "stood_as": row.stood_as,
        "seats": row.seats,
        "seats_net": row.seats_net,
        "votes": row.votes,
        "share_pct": row.share_pct,
        "share_change_pp": row.share_change_pp,
        "compared_with": row.compared_with.id if row.compared_with else None,
    }


def _election_record(each: ElectionAt) -> dict[str, Any]:
    return {
        "election": each.election.id,
        "polling_date": each.election.date.isoformat(),
        "boundaries": each.election.boundaries,
        "seats": each.seats,
        **common.declared_record(each.declared),
        "valid_votes": each.valid,
        "turnout_pct": each.turnout_pct,
        "compared_with": each.compared_with.id if each.compared_with else None,
        "swing": common.swing_record(each.swing),
    }


def _headline(dataset: Dataset, answer: SeriesCompared) -> Sentence:
    years = common.election_years(dataset, *(each.election for each in answer.elections))
    return (f"{dataset.record.region}, {len(years)} elections: {common.listed(years)}.",)


def _table(dataset: Dataset, answer: SeriesCompared) -> Table:
    """The rows, with a rule between parties."""
    years = _years(dataset, answer)
    columns = (
        Column("Party", Kind.PARTY),
        Column("Election", Kind.TEXT),
        Column("Seats", Kind.COUNT),
        Column("net", Kind.CHANGE, priority=1),
        Column("Votes", Kind.COUNT, priority=2),
        Column("%", Kind.PCT),
        Column("change", Kind.PP),
    )
    cells = tuple(
        (
            common.party(dataset, row.stood_as),
            years[row.election.id],
            row.seats,
            row.seats_net,
            row.votes,
            row.share_pct,
            row.share_change_pp,
        )
        for row in answer.rows
    )
    rules = (i for i in range(1, len(answer.rows)) if answer.rows[i].party != answer.rows[i - 1].party)
    return Table(columns, cells, rules=frozenset(rules))


def _years(dataset: Dataset, answer: SeriesCompared) -> dict[str, str]:
    elections = [each.election for each in answer.elections]
    words = common.election_years(dataset, *elections)
    return {election.id: word for election, word in zip(elections, words, strict=True)}


def _glance(dataset: Dataset, answer: SeriesCompared) -> Table:
    """A row a party and a column an election: seats and share."""
    at = {(row.party, row.election.id): row for row in answer.rows}
    years = _years(dataset, answer)
    columns = [Column("Party", Kind.PARTY)]
    for year in years.values():
        columns += [Column(f"Seats {year}", Kind.COUNT, priority=1), Column(f"% {year}", Kind.PCT)]
    rows = []
    for party in answer.parties:
        line = [at[party, election] for election in years]
        if not any(row.seats or (row.share_pct or 0) >= SMALL_PCT for row in line):
            continue
        cells: list[Any] = [common.party(dataset, party)]
        for row in line:
            cells += [row.seats, row.share_pct]
        rows.append(tuple(cells))
    return Table(tuple(columns), tuple(rows), title="At a glance: parties with a seat or 1% of votes at any of them")


def _elections(dataset: Dataset, answer: SeriesCompared) -> Table:
    years = _years(dataset, answer)
    columns = (
        Column("Election", Kind.TEXT),
        Column("Seats", Kind.COUNT),
        Column("Boundaries", Kind.YEAR, priority=2),
        Column("Valid votes", Kind.COUNT, priority=1),
        Column("Turnout", Kind.PCT),
        Column("Butler swing", Kind.PP),
        Column("from – to", Kind.TEXT),
        Column("Compared with", Kind.NAME, priority=3),
    )
    rows = tuple(
        (
            years[each.election.id],
            each.seats,
            each.election.boundaries,
            each.valid,
            each.turnout_pct,
            each.swing.butler_pp if each.swing else None,
            f"{dataset.abbreviation(each.swing.from_party)} – {dataset.abbreviation(each.swing.to_party)}"
            if each.swing
            else None,
            each.compared_with.id if each.compared_with else None,
        )
        for each in answer.elections
    )
    return Table(columns, rows, title="Elections")


def _source_ids(answer: SeriesCompared) -> Iterable[str | None]:
    for each in answer.elections:
        yield each.election.source
        yield each.compared_with.source if each.compared_with else None
        yield from (contest.source for contest in each.contests)


def _explanations(dataset: Dataset, answer: SeriesCompared) -> Iterator[Explanation]:
    """The workings row by row, then those of each election as a whole."""
    from emvote.views import workings  # most answers are never asked for theirs

    years = _years(dataset, answer)
    at = {each.election.id: each for each in answer.elections}
    yield from by_row(_explain(dataset, row, at[row.election.id], years[row.election.id]) for row in answer.rows)
    for each in answer.elections:
        where = f"{dataset.record.region}, {years[each.election.id]}"
        if each.turnout_pct is not None:
            source = common.cited(dataset, each.contests)
            yield workings.turnout(where, *polled(each.contests), each.turnout_pct, source)
        if each.step is not None:
            yield from compare.explain_swing(dataset, each.step, _sources(dataset, each.step), where)


def _explain(dataset: Dataset, row: PartyAt, at: ElectionAt, year: str) -> Iterator[Explanation]:
    """The working of one party's share at one election, and of its changes since the one before."""
    from emvote.views import workings

    name = f"{dataset.abbreviation(row.stood_as)}, {year}"
    if row.share_pct is not None:
        yield workings.share(name, row.votes, at.valid, row.share_pct, common.cited(dataset, at.contests))
    change = change_of(at.step, row.stood_as)
    if at.step is not None and change is not None:
        yield from compare.explain_changes(at.step, change, name, _sources(dataset, at.step))


def _sources(dataset: Dataset, step: ElectionsCompared) -> tuple[str, str]:
    return common.cited_both(dataset, regional(dataset, shared_contests(dataset, step.pair)))
