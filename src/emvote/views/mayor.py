"""A directly elected mayor for readers: a sentence, and a row a candidate and round, latest election first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from emvote.dataset import Dataset
from emvote.queries.mayor import FIRST, SECOND, MayorAnswer, MayorResult, MayorStanding
from emvote.views import common, phrases, workings
from emvote.views.view import (
    Column,
    Explanation,
    Field,
    Kind,
    Layout,
    Sentence,
    Table,
    Value,
    View,
    Workings,
    by_group,
    by_row,
    in_groups,
)

FIELDS = (
    Field("mayoralty_id", Kind.TEXT, "id of the office, as in its elections' ids"),
    Field("mayoralty", Kind.NAME, "name of the office"),
    Field("election", Kind.TEXT, "election id"),
    Field("polling_date", Kind.DATE, "polling day"),
    Field("electorate", Kind.COUNT, "registered electors; null: not found", null=True),
    Field("turnout_pct", Kind.PCT, "ballot papers in per cent of the electorate, as published", null=True),
    Field("invalid_votes", Kind.COUNT, "ballot papers rejected at the count; null: not found", null=True),
    Field("round", Kind.TEXT, "first preferences, or the second round between the two ahead", choices=(FIRST, SECOND)),
    Field("candidate", Kind.NAME, "name of the candidate"),
    Field("party", Kind.PARTY, "party id; `ind` for an independent"),
    Field("party_label", Kind.TEXT, "label on the ballot paper or in the source"),
    Field("votes", Kind.COUNT, "votes of the round; null: not found", null=True),
    Field(
        "share_pct", Kind.PCT, "per cent of the round's votes; as published where votes are not all known", null=True
    ),
    Field("elected", Kind.BOOL, "whether this round elected the candidate"),
    Field("complete", Kind.BOOL, "whether every candidate of the election is on record"),
    common.FLAGS,
)
ELECTION_FIELDS = (
    Field("election", Kind.TEXT, "election id"),
    Field("winner", Kind.NAME, "name of who was elected", null=True),
    Field("winner_party", Kind.PARTY, "party of the winner", null=True),
    Field("round", Kind.TEXT, "round that decided", null=True, choices=(FIRST, SECOND)),
    Field("majority_votes", Kind.COUNT, "in that round, winner less runner-up; 0: the lot decided", null=True),
    Field("majority_pct", Kind.PCT, "the majority in per cent of that round's votes", null=True),
)
SUMMARY = (
    Field("mayoralty_id", Kind.TEXT, "id of the office"),
    Field("mayoralty", Kind.NAME, "name of the office"),
    Field("area", Kind.TEXT, "places whose electors vote for it"),
    Field("council_id", Kind.TEXT, "council whose executive it runs; null: a combined authority", null=True),
    Field("elections", Kind.RECORDS, "who was elected, latest first", fields=ELECTION_FIELDS),
)


def mayor_view(dataset: Dataset, answer: MayorAnswer, query: Mapping[str, Any]) -> View:
    """The elections of one mayor."""
    office, results = answer.mayoralty, answer.results
    return View(
        command="mayor",
        query={"mayoralty": office.id, **query},
        fields=FIELDS,
        rows=tuple(_row(result, standing) for result in results for standing in result.standings),
        summary={
            "mayoralty_id": office.id,
            "mayoralty": office.name,
            "area": office.area,
            "council_id": office.council,
            "elections": [_elected(result) for result in results],
        },
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(headline=tuple(_headline(dataset, answer)), table=_table(dataset, results)),
        notes=common.unique(answer.notes),
        sources=common.citations(dataset, _sources(answer)),
        explanations=Workings(lambda: _workings(results)),
        empty=f"no election of the {office.name} is on record",
    )


def _row(result: MayorResult, standing: MayorStanding) -> dict[str, Any]:
    contest = result.contest
    return {
        "mayoralty_id": result.mayoralty.id,
        "mayoralty": result.mayoralty.name,
        "election": result.election.id,
        "polling_date": result.election.date.isoformat(),
        "electorate": contest.electorate,
        "turnout_pct": contest.turnout_pct,
        "invalid_votes": contest.invalid_votes,
        "round": standing.round,
        "candidate": standing.candidate,
        "party": standing.party,
        "party_label": standing.party_label,
        "votes": standing.votes,
        "share_pct": standing.share_pct,
        "elected": standing.elected,
        "complete": contest.complete,
        "flags": common.codes(contest.flags),
    }


def _elected(result: MayorResult) -> dict[str, Any]:
    winner = result.winner
    return {
        "election": result.election.id,
        "winner": winner.candidate if winner else None,
        "winner_party": winner.party if winner else None,
        "round": winner.round if winner else None,
        "majority_votes": result.majority_votes,
        "majority_pct": result.majority_pct,
    }


def _headline(dataset: Dataset, answer: MayorAnswer) -> Iterator[Sentence]:
    """The last election in a sentence."""
    for result in answer.results[:1]:
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


def _table(dataset: Dataset, results: tuple[MayorResult, ...]) -> Table:
    columns = (
        Column("Election", Kind.DATE),
        Column("Round", Kind.TEXT, priority=1),
        Column("Candidate", Kind.NAME),
        Column("Party", Kind.PARTY),
        Column("Votes", Kind.COUNT),
        Column("%", Kind.PCT, priority=1),
        Column("", Kind.TEXT),
    )
    return in_groups(columns, (_rows(dataset, result) for result in results))


def _rows(dataset: Dataset, result: MayorResult) -> Iterator[tuple[Any, ...]]:
    day = result.election.date.isoformat()
    for each in result.standings:
        words = "elected" if each.elected else ""
        label = common.party(dataset, each.party)
        yield (day, each.round, each.candidate, label, each.votes, each.share_pct, words)


def _sources(answer: MayorAnswer) -> Iterator[str | None]:
    yield answer.mayoralty.source
    for result in answer.results:
        yield result.election.source
        yield from result.contest.sources
        yield from common.flag_sources(result.contest.flags)


def _workings(results: Iterable[MayorResult]) -> Iterator[Explanation]:
    """The workings of each election, and of each of its rows."""
    results = tuple(results)
    groups = [(len(each.standings), [*_explain(each)]) for each in results]
    own = [_explain_share(result, each) for result in results for each in result.standings]
    # an election's first, then those of its rows, as they stand in the answer
    yield from sorted((*by_group(groups), *by_row(own)), key=lambda each: (each.row or 0, each.rows == 1))


def _explain(result: MayorResult) -> Iterator[Explanation]:
    """The working of the majority."""
    winner = result.winner
    if winner is None or result.majority_votes is None:
        return
    others = [each for each in result.standings if each.round == winner.round and each is not winner]
    second = max(others, key=lambda each: each.votes or 0, default=None)
    if second is None:
        return
    source = _source(result)
    two = (
        (f"{winner.candidate} v1 [{source}]", Value(winner.votes, Kind.COUNT)),
        (f"{second.candidate} v2 [{source}]", Value(second.votes, Kind.COUNT)),
    )
    total = (f"valid votes T [{source}]", Value(winner.share_of, Kind.COUNT))
    where = f"{result.election.name}, {winner.round} round"
    yield Explanation(f"majority, {where}", "v1 − v2", two, Value(result.majority_votes, Kind.COUNT))
    formula, pct = "100 × (v1 − v2) / T", Value(result.majority_pct, Kind.PCT)
    yield Explanation(f"majority in per cent, {where}", formula, (*two, total), pct, "of all votes of the round")


def _explain_share(result: MayorResult, standing: MayorStanding) -> Iterator[Explanation]:
    """The working of a share, where it is not as published."""
    if standing.share_of is not None:
        name = f"{standing.candidate}, {result.election.name}, {standing.round} round"
        of, rule = standing.share_of, "of all votes of the round"
        yield workings.share(name, standing.votes, of, standing.share_pct, _source(result), rule)


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
