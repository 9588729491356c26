"""Three or more elections for readers: a row a party and election, and the shares of all of them at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from emvote.dataset import Dataset
from emvote.queries.compare_elections import ElectionsCompared
from emvote.queries.compare_series import ElectionAt, PartyAt, SeriesCompared, change_of
from emvote.queries.pairs import regional, shared_contests
from emvote.queries.sides import polled
from emvote.views import common, phrases, workings
from emvote.views.columns import Column, Field, Table, between, record_of, records_of, table_of
from emvote.views.values import Kind, Sentence
from emvote.views.view import Layout, View, Working, Workings, by_row

FIELDS = (
    Field("party", Kind.PARTY, "party id, the latest of its line in the series: one that continues another is with it"),
    Field("election", Kind.TEXT, "election id", of="election.id"),
    Field(
        "polling_date",
        Kind.DATE,
        "polling day; of an estimate, that of the election it re-estimates",
        of="election.date",
    ),
    Field("stood_as", Kind.PARTY, "party id under which it stood at this election"),
    Field("seats", Kind.COUNT, "seats won; null: an aggregate that may have won some", null=True),
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
        of="compared_with.id",
    ),
)
ELECTION_FIELDS = (
    Field("election", Kind.TEXT, "election id", of="election.id"),
    Field("polling_date", Kind.DATE, "polling day", of="election.date"),
    Field("boundaries", Kind.TEXT, "first year of the constituency boundaries", null=True, of="election.boundaries"),
    Field("seats", Kind.COUNT, "seats of the region with a declared result"),
    *common.DECLARED_FIELDS,
    Field("valid_votes", Kind.COUNT, "valid votes", of="valid"),
    Field("turnout_pct", Kind.PCT, "valid votes over the electorate", null=True),
    Field("compared_with", Kind.TEXT, "id of the election that changes are against", null=True, of="compared_with.id"),
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
        rows=records_of(FIELDS, answer.rows),
        summary=record_of(SUMMARY, answer),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=(_headline(dataset, answer),),
            table=_table(dataset, answer),
            more=(_glance(dataset, answer), _elections(dataset, answer)),
        ),
        notes=common.unique(answer.notes),
        declared=answer.declared,
        sources=common.citations(dataset, _source_ids(answer)),
        workings=Workings(lambda: _workings(dataset, answer)),
    )


def _headline(dataset: Dataset, answer: SeriesCompared) -> Sentence:
    years = common.election_years(dataset, *(each.election for each in answer.elections))
    return (f"{dataset.record.region}, {len(years)} elections: {common.listed(years)}.",)


def _table(dataset: Dataset, answer: SeriesCompared) -> Table:
    """The rows, with a rule between parties."""
    years = _years(dataset, answer)
    columns = (
        Column("Party", Kind.PARTY, "stood_as"),
        Column("Election", Kind.TEXT, lambda row: years[row.election.id]),
        Column("Seats", Kind.COUNT, "seats"),
        Column("net", Kind.CHANGE, "seats_net", priority=1),
        Column("Votes", Kind.COUNT, "votes", priority=2),
        Column("%", Kind.PCT, "share_pct"),
        Column("change", Kind.PP, "share_change_pp"),
    )
    rules = between(row.party for row in answer.rows)
    return table_of(columns, answer.rows, common.labels(dataset), rules=rules)


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
        Column("Election", Kind.TEXT, lambda at: years[at.election.id]),
        Column("Seats", Kind.COUNT, "seats"),
        Column("Boundaries", Kind.YEAR, "election.boundaries", priority=2),
        Column("Valid votes", Kind.COUNT, "valid", priority=1),
        Column("Turnout", Kind.PCT, "turnout_pct"),
        Column("Butler swing", Kind.TEXT, lambda at: common.swing_cell(dataset, at.swing)),
        Column("Compared with", Kind.NAME, "compared_with.id", priority=3),
    )
    return table_of(columns, answer.elections, common.labels(dataset), title="Elections")


def _source_ids(answer: SeriesCompared) -> Iterable[str | None]:
    for each in answer.elections:
        yield each.election.source
        yield each.compared_with.source if each.compared_with else None
        yield from (contest.source for contest in each.contests)


def _workings(dataset: Dataset, answer: SeriesCompared) -> Iterator[Working]:
    """The workings row by row, then those of each election as a whole."""
    years = _years(dataset, answer)
    at = {each.election.id: each for each in answer.elections}
    yield from by_row(_explain(dataset, row, at[row.election.id], years[row.election.id]) for row in answer.rows)
    for each in answer.elections:
        where = f"{dataset.record.region}, {years[each.election.id]}"
        if each.turnout_pct is not None:
            source = common.cited(dataset, each.contests)
            yield workings.turnout(where, *polled(each.contests), each.turnout_pct, source)
        if each.step is not None:
            yield from workings.step_swing(dataset, each.step, _sources(dataset, each.step), where)


def _explain(dataset: Dataset, row: PartyAt, at: ElectionAt, year: str) -> Iterator[Working]:
    """The working of one party's share at one election, and of its changes since the one before."""
    name = f"{dataset.abbreviation(row.stood_as)}, {year}"
    if row.share_pct is not None:
        yield workings.share(name, row.votes, at.valid, row.share_pct, common.cited(dataset, at.contests))
    change = change_of(at.step, row.stood_as)
    if at.step is not None and change is not None:
        yield from workings.step_changes(at.step, change, name, _sources(dataset, at.step))


def _sources(dataset: Dataset, step: ElectionsCompared) -> tuple[str, str]:
    return common.cited_both(dataset, regional(dataset, shared_contests(dataset, step.pair)))


def sentence(view: View, dataset: Dataset) -> Sentence:
    """The seats of each party that won any, election by election."""
    ids = [each for each in view.query["elections"] if any(row["election"] == each for row in view.rows)]
    parties = []
    for party in dict.fromkeys(row["party"] for row in view.rows):
        seats = {row["election"]: row["seats"] for row in view.rows if row["party"] == party}
        if any(seats.values()):
            numbers = ", ".join("unknown" if seats.get(each) is None else str(seats[each]) for each in ids)
            parties.append((phrases.full_name(dataset, party), f" {numbers}"))
    summary = view.summary or {}
    out = {
        each["election"]: f" ({each['declared']} of {each['of']} declared)"
        for each in summary["elections"]
        if each["declared"] < each["of"]
    }
    names = "; ".join(f"{dataset.elections[each].name}{out.get(each, '')}" for each in ids)
    return (f"Seats at {names}: ", *(phrases.joined(parties) if parties else ("none won",)), ".")
