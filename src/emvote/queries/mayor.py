"""A directly elected mayor: every election of the office, round by round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from emvote import measures
from emvote.dataset import MAYOR, Dataset
from emvote.model import Election, Mayoralty, MayorCandidacy, MayorContest

FIRST, SECOND = "first", "second"


class MayorStanding(Struct, frozen=True, kw_only=True):
    """One candidate in one round."""

    round: str
    candidate: str
    party: str
    party_label: str
    votes: int | None
    """`None` where they were not found."""
    share_pct: float | None
    """Of all votes of the round; as published where not everybody's votes were found."""
    share_of: int | None
    """All votes of the round; `None`: the share is as published, or not known."""
    elected: bool
    """Whether this round elected the candidate."""


class MayorResult(Struct, frozen=True, kw_only=True):
    """One election of a mayor."""

    mayoralty: Mayoralty
    election: Election
    contest: MayorContest
    standings: tuple[MayorStanding, ...]
    """The first round, most votes first, then the second where one was needed."""
    winner: MayorStanding | None
    majority_votes: int | None
    """In the round that decided; `None` where votes are not known."""
    majority_pct: float | None
    second_round_missing: bool
    """Whether a second round decided that is not on record."""

    @property
    def decided_by_lot(self) -> bool:
        """Whether two candidates had the same votes in the round that decided."""
        return self.majority_votes == 0


class MayorRow(Struct, frozen=True):
    """One candidate in one round of an election."""

    result: MayorResult
    standing: MayorStanding


class MayorAnswer(Struct, frozen=True, kw_only=True):
    """The elections of a mayor, latest first."""

    mayoralty: Mayoralty | None
    """The one asked for; `None`: every one, by its latest election."""
    results: tuple[MayorResult, ...]
    notes: tuple[str, ...]

    @property
    def rows(self) -> tuple[MayorRow, ...]:
        """The candidates and rounds of every election."""
        return tuple(MayorRow(result, standing) for result in self.results for standing in result.standings)


def mayor(dataset: Dataset, name: str, *, election: str | None = None) -> MayorAnswer:
    """The elections of a mayor, latest first.

    Args:
        dataset: where to look.
        name: of the mayoralty, its area or its id; empty: every one, by its latest election.
        election: only this one: its id, or its year.

    Raises:
        NameProblem: the mayoralty or the election is unknown or ambiguous.
    """
    if not name:
        return _every(dataset, election)
    found = dataset.find_mayoralty(name)
    contests = dataset.mayor_contests_of(found.id)
    if election is not None:
        own = frozenset(contest.election for contest in contests)
        chosen = dataset.find_election(election, MAYOR, among=own)
        contests = tuple(contest for contest in contests if contest.election == chosen.id)
    results = tuple(mayor_result(dataset, contest) for contest in contests)
    return MayorAnswer(mayoralty=found, results=results, notes=tuple(_notes(found, results)))


def _every(dataset: Dataset, election: str | None) -> MayorAnswer:
    """Each office by its latest election, or by that asked for, the latest first."""
    chosen = None if election is None else dataset.find_election(election, MAYOR)
    results, notes = [], []
    for office in dataset.record.mayoralties:
        for contest in [
            each for each in dataset.mayor_contests_of(office.id) if chosen in (None, dataset.elections[each.election])
        ][:1]:
            results.append(mayor_result(dataset, contest))
            notes += [f"{office.name}: {note}" for note in _notes(office, (results[-1],))]
    results.sort(key=lambda result: result.election.date, reverse=True)
    return MayorAnswer(mayoralty=None, results=tuple(results), notes=tuple(notes))


def mayor_result(dataset: Dataset, contest: MayorContest) -> MayorResult:
    """What the election of a mayor decided."""
    mayoralty = next(each for each in dataset.record.mayoralties if each.id == contest.mayoralty)
    first = tuple(_round(dataset, contest, FIRST))
    second = tuple(_round(dataset, contest, SECOND))
    last = second or first
    winner = next((standing for standing in last if standing.elected), None)
    votes = [standing.votes for standing in last]
    day = dataset.elections[contest.election].date
    missing = _second_round_missing(first, second, day)
    known = winner is not None and winner.votes is not None and None not in votes and contest.complete and not missing
    beaten = max((one.votes or 0 for one in last if one is not winner), default=0)
    total = sum(number or 0 for number in votes)
    return MayorResult(
        mayoralty=mayoralty,
        election=dataset.elections[contest.election],
        contest=contest,
        standings=(*first, *second),
        winner=winner,
        majority_votes=winner.votes - beaten if winner and winner.votes is not None and known else None,
        majority_pct=measures.majority_pct(winner.votes, beaten, total)
        if winner and winner.votes is not None and known
        else None,
        second_round_missing=missing and contest.complete and None not in votes,
    )


def _second_round_missing(first: Sequence[MayorStanding], second: Sequence[MayorStanding], day: date) -> bool:
    """Whether a second round decided that is not on record: the winner has no majority of first preferences."""
    if second or not measures.supplementary_vote(day, len(first)):
        return False
    total = sum(standing.votes or 0 for standing in first)
    return any(standing.elected and 2 * (standing.votes or 0) <= total for standing in first)


def _round(dataset: Dataset, contest: MayorContest, which: str) -> Iterator[MayorStanding]:
    """Who stood in a round, most votes first; nobody where it was not held."""
    entered = [(one, one.votes) for one in contest.candidates]
    decided = not any(one.second_round is not None for one in contest.candidates)
    if which == SECOND:
        entered = [(one, one.second_round) for one in contest.candidates if one.second_round is not None]
        decided = True
    counted = [votes for _, votes in entered if votes is not None]
    total = sum(counted) if len(counted) == len(entered) and contest.complete else None
    for one, votes in sorted(entered, key=_place):
        share = measures.share_pct(votes, total) if votes is not None and total else None
        yield MayorStanding(
            round=which,
            candidate=one.name,
            party=one.party,
            party_label=one.label or dataset.parties[one.party].ballot_label,
            votes=votes,
            share_pct=one.share_pct if share is None and which == FIRST else share,
            share_of=None if share is None else total,
            elected=one.elected and decided,
        )


def _place(entered: tuple[MayorCandidacy, int | None]) -> tuple[int, float, bool]:
    candidate, votes = entered
    return (-(votes or 0), -(candidate.share_pct or 0), not candidate.elected)


def _notes(mayoralty: Mayoralty, results: tuple[MayorResult, ...]) -> Iterator[str]:
    if mayoralty.note:
        yield mayoralty.note
    for result in results:
        year = result.election.date.year
        for flag in result.contest.flags:
            yield f"{year}: {flag.note}"
        if result.election.note:
            yield f"{year}: {result.election.note}"
        if result.decided_by_lot:
            yield f"{year}: decided by lot"
        if result.second_round_missing:
            yield f"{year}: the second round, which decided, is not on record, so the majority is not known"
