"""A directly elected mayor for readers: a sentence, and a row a candidate and round, latest election first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from emvote import measures
from emvote.dataset import Dataset
from emvote.queries.mayor import FIRST, SECOND, MayorAnswer, MayorResult, MayorStanding
from emvote.views import common, phrases, workings
from emvote.views.columns import Column, Field, Table, between, part, record_of, records_of, table_of
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View, Working, Workings, by_group, by_row

OFFICE_FIELDS = (
    Field("mayoralty_id", Kind.TEXT, "id of the office, as in its elections' ids", of="mayoralty.id"),
    Field("mayoralty", Kind.NAME, "name of the office", of="mayoralty.name"),
    Field("election", Kind.TEXT, "election id", of="election.id"),
    Field("polling_date", Kind.DATE, "polling day", of="election.date"),
)
CONTEST_FIELDS = (
    Field("electorate", Kind.COUNT, "registered electors; null: not found", null=True),
    Field("turnout_pct", Kind.PCT, "ballot papers in per cent of the electorate, as published", null=True),
    Field("invalid_votes", Kind.COUNT, "ballot papers rejected at the count; null: not found", null=True),
)
STANDING_FIELDS = (
    Field("round", Kind.TEXT, "first preferences, or the second round between the two ahead", choices=(FIRST, SECOND)),
    Field("candidate", Kind.NAME, "name of the candidate"),
    Field("party", Kind.PARTY, "party id; `ind` for an independent"),
    Field("party_label", Kind.TEXT, "label on the ballot paper or in the source"),
    Field("votes", Kind.COUNT, "votes of the round; null: not found", null=True),
    Field(
        "share_pct", Kind.PCT, "per cent of the round's votes; as published where votes are not all known", null=True
    ),
    Field("elected", Kind.BOOL, "whether this round elected the candidate"),
)
RECORD_FIELDS = (Field("complete", Kind.BOOL, "whether every candidate of the election is on record"), common.FLAGS)
FIELDS = (
    *part("result", OFFICE_FIELDS),
    *part("result.contest", CONTEST_FIELDS),
    *part("standing", STANDING_FIELDS),
    *part("result.contest", RECORD_FIELDS),
)
ELECTION_FIELDS = (
    Field("election", Kind.TEXT, "election id", of="election.id"),
    Field("winner", Kind.NAME, "name of who was elected", null=True, of="winner.candidate"),
    Field("winner_party", Kind.PARTY, "party of the winner", null=True, of="winner.party"),
    Field("round", Kind.TEXT, "round that decided", null=True, choices=(FIRST, SECOND), of="winner.round"),
    Field("majority_votes", Kind.COUNT, "in that round, winner less runner-up; 0: the lot decided", null=True),
    Field("majority_pct", Kind.PCT, "the majority in per cent of that round's votes", null=True),
)
AREA_FIELDS = (
    Field("area", Kind.TEXT, "places whose electors vote for it; null: every office", null=True),
    Field(
        "council_id", Kind.TEXT, "council whose executive it runs; null: a combined authority", null=True, of="council"
    ),
)
SUMMARY = (
    Field("mayoralty_id", Kind.TEXT, "id of the office; null: every office", null=True, of="mayoralty.id"),
    Field("mayoralty", Kind.NAME, "name of the office; null: every office", null=True, of="mayoralty.name"),
    *part("mayoralty", AREA_FIELDS),
    Field("elections", Kind.RECORDS, "who was elected, latest first", fields=ELECTION_FIELDS, of="results"),
)
OF_THE_ROUND = "of all votes of the round"


def mayor_view(dataset: Dataset, answer: MayorAnswer, query: Mapping[str, Any]) -> View:
    """The elections of one mayor."""
    office = answer.mayoralty
    return View(
        command="mayor",
        query={**({"mayoralty": office.id} if office else {}), **query},
        fields=FIELDS,
        rows=records_of(FIELDS, answer.rows),
        summary=record_of(SUMMARY, answer),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=tuple(_headline(dataset, answer)) if answer.mayoralty is None else (),
            table=_table(dataset, answer),
        ),
        notes=common.unique(answer.notes),
        sources=common.citations(dataset, _sources(answer)),
        workings=Workings(lambda: _workings(answer)),
        empty=f"no election of {f'the {office.name}' if office else 'a mayor'} is on record",
    )


def _headline(dataset: Dataset, answer: MayorAnswer) -> Iterator[Sentence]:
    """The last election of every mayor but the first, whose the sentence of the answer tells."""
    for result in answer.results[1:]:
        winner = result.winner
        label = common.party(dataset, winner.party) if winner else None
        if winner is None or label is None:
            continue
        parts: Sentence = (f"{result.election.name}: {winner.candidate} (", label, ") elected")
        if winner.votes is not None:
            votes = (" with ", Value(winner.votes, Kind.COUNT), " votes")
            share: Sentence = () if winner.share_pct is None else (" (", Value(winner.share_pct, Kind.PCT), ")")
            parts = (*parts, *votes, *share)
        if winner.round == SECOND:
            parts = (*parts, " in the second round")
        if result.majority_votes is not None:
            parts = (*parts, ", majority ", Value(result.majority_votes, Kind.COUNT))
        yield (*parts, ".")


def _table(dataset: Dataset, answer: MayorAnswer) -> Table:
    columns = (
        Column("Election", Kind.DATE, "result.election.date"),
        *(() if answer.mayoralty else (Column("Office", Kind.NAME, "result.mayoralty.name"),)),
        Column("Round", Kind.TEXT, "standing.round", priority=1),
        Column("Candidate", Kind.NAME, "standing.candidate"),
        Column("Party", Kind.PARTY, "standing.party"),
        Column("Votes", Kind.COUNT, "standing.votes"),
        Column("%", Kind.PCT, "standing.share_pct", priority=1),
        Column("", Kind.TEXT, lambda row: "elected" if row.standing.elected else ""),
    )
    rules = between(row.result.election.id for row in answer.rows)
    return table_of(columns, answer.rows, common.labels(dataset), rules=rules)


def _sources(answer: MayorAnswer) -> Iterator[str | None]:
    for result in answer.results:
        yield result.mayoralty.source
    if answer.mayoralty is not None:
        yield answer.mayoralty.source
    for result in answer.results:
        yield result.election.source
        yield from result.contest.sources
        yield from common.flag_sources(result.contest.flags)


def _workings(answer: MayorAnswer) -> Iterator[Working]:
    """The workings of each election, and of each of its rows."""
    groups = [(len(each.standings), [*_explain(each)]) for each in answer.results]
    own = [_explain_share(row.result, row.standing) for row in answer.rows]
    # an election's first, then those of its rows, as they stand in the answer
    yield from sorted((*by_group(groups), *by_row(own)), key=lambda each: (each.row or 0, each.rows == 1))


def _explain(result: MayorResult) -> Iterator[Working]:
    """The working of the majority."""
    winner = result.winner
    if winner is None or result.majority_votes is None:
        return
    others = [each for each in result.standings if each.round == winner.round and each is not winner]
    second = max(others, key=lambda each: each.votes or 0, default=None)
    if second is None:
        return
    source = _source(result)
    two = ((f"{winner.candidate} v1", winner.votes), (f"{second.candidate} v2", second.votes))
    where = f"{result.election.name}, {winner.round} round"
    votes, pct = measures.majority_votes, measures.majority_pct
    yield workings.working(votes, f"majority, {where}", two, result.majority_votes, source=source, rule="")
    with_total = (*two, ("T", winner.share_of))
    name = f"majority in per cent, {where}"
    yield workings.working(pct, name, with_total, result.majority_pct, source=source, rule=OF_THE_ROUND)


def _explain_share(result: MayorResult, standing: MayorStanding) -> Iterator[Working]:
    """The working of a share, where it is not as published."""
    if standing.share_of is not None:
        name = f"{standing.candidate}, {result.election.name}, {standing.round} round"
        of, source = standing.share_of, _source(result)
        yield workings.share(name, standing.votes, of, standing.share_pct, source, OF_THE_ROUND)


def _source(result: MayorResult) -> str:
    return "; ".join(result.contest.sources) or result.election.source


def sentence(view: View, dataset: Dataset) -> Sentence:
    """Return who was elected last, with votes and majority."""
    row = view.rows[0]
    election = next(each for each in (view.summary or {})["elections"] if each["election"] == row["election"])
    begin = (row["mayoralty"], f", {phrases.day(row['polling_date'])}: ")
    if election["winner"] is None:
        return (*begin, "winner not known.")
    mine = [each for each in view.rows if each["election"] == row["election"]]
    decisive = next(
        (each for each in mine if each["round"] == election["round"] and each["candidate"] == election["winner"]), None
    )
    votes = phrases.of_votes(decisive["votes"], decisive["share_pct"]) if decisive else ()
    stage = f" in the {election['round']} round" if len({each["round"] for each in mine}) > 1 else ""
    who = phrases.person(election["winner"], election["winner_party"], dataset)
    majority = phrases.after(", ", phrases.majority(election))
    return (*begin, *who, " elected", *phrases.after(" with ", votes), stage, *majority, ".")
