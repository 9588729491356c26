"""Three or more elections side by side: a party from each to the next.

A change is against the election before in the series where both were fought on the same boundaries, else against that
election's notional result; where there is none, nothing is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from emvote import measures
from emvote.dataset import PARLIAMENT, Dataset
from emvote.errors import UsageProblem
from emvote.model import Contest, Election, ElectionKind
from emvote.queries.compare_elections import (
    ElectionsCompared,
    PartyChange,
    compare_elections,
    is_parliamentary,
)
from emvote.queries.contest import PairSwing, in_region
from emvote.queries.declared import Declared, declared_and_out, declared_seats
from emvote.queries.sides import Side, turnout


class PartyAt(Struct, frozen=True, kw_only=True):
    """One party at one election of a series."""

    party: str
    """The latest of its line in the series: one that continues another stands in its rows."""
    stood_as: str
    election: Election
    seats: int | None
    """`None` for an aggregate of parties where some winner is not known."""
    seats_net: int | None
    """Against `compared_with`; `None` also where that is not known."""
    votes: int | None
    """`None`: did not stand."""
    share_pct: float | None
    share_change_pp: float | None
    compared_with: Election | None
    """The election before in the series or its notional result; `None`: the first, or none to compare with."""


class ElectionAt(Struct, frozen=True, kw_only=True):
    """One election of a series as a whole."""

    election: Election
    seats: int
    declared: Declared
    valid: int
    turnout_pct: float | None
    compared_with: Election | None
    swing: PairSwing | None
    """From the largest to the second party by votes, since `compared_with`."""
    contests: tuple[Contest, ...]
    step: ElectionsCompared | None
    """The comparison with `compared_with`, of the seats that are in both."""


class SeriesCompared(Struct, frozen=True, kw_only=True):
    """Elections in the order of their days."""

    elections: tuple[ElectionAt, ...]
    rows: tuple[PartyAt, ...]
    """Party by party, the one with most seats and votes at the last election first; in each the oldest first."""
    notes: tuple[str, ...]

    @property
    def declared(self) -> Declared:
        """Of the seats of all its elections together."""
        every = [each.declared for each in self.elections]
        return declared_and_out(sum(each.declared for each in every), (out for each in every for out in each.missing))

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties in the order of the rows."""
        return tuple(dict.fromkeys(row.party for row in self.rows))


def compare_series(dataset: Dataset, given: Sequence[str]) -> SeriesCompared:
    """Three or more elections, in the order of their days.

    Raises:
        NameProblem: one of them is unknown or ambiguous.
        UsageProblem: one of them is local or a by-election, or is named twice.
    """
    elections = sorted(
        (_election(dataset, each) for each in given), key=lambda one: (one.date, one.kind is ElectionKind.NOTIONAL)
    )
    for one, other in pairwise(elections):
        if one.id == other.id:
            raise UsageProblem(f"{one.id} is named twice")
    contests = {
        one.id: tuple(each for each in dataset.contests_at(one.id) if in_region(dataset, each)) for one in elections
    }
    sides = {one.id: Side.of(dataset, contests[one.id]) for one in elections}
    steps = {later.id: _step(dataset, earlier, later) for earlier, later in pairwise(elections)}
    names = _lines(dataset, [sides[one.id] for one in elections])
    last = sides[elections[-1].id]
    order = sorted(dict.fromkeys(names.values()), key=lambda party: _rank(dataset, party, names, last, sides))
    return SeriesCompared(
        elections=tuple(_whole(dataset, one, contests[one.id], steps.get(one.id)) for one in elections),
        rows=tuple(_row(dataset, party, names, one, sides, steps) for party in order for one in elections),
        notes=tuple(_notes(dataset, elections, sides, steps, names)),
    )


def _election(dataset: Dataset, given: str) -> Election:
    if not is_parliamentary(dataset, given):
        raise UsageProblem(f"'{given}' is local: only parliamentary elections can be compared party by party")
    found = dataset.find_election(given, PARLIAMENT)
    if found.kind is ElectionKind.BY_ELECTION:
        raise UsageProblem(f"{found.id} is a by-election: a series is of general elections and notional results")
    return found


def _step(dataset: Dataset, earlier: Election, later: Election) -> ElectionsCompared | None:
    """The later election against the earlier, through a notional result where need be; `None`: not to be compared."""
    try:
        return compare_elections(dataset, earlier.id, later.id)
    except UsageProblem:
        return None


def _lines(dataset: Dataset, sides: Sequence[Side]) -> Mapping[str, str]:
    """Every party id of the series to the latest of its line; two that stood at one election stay apart."""
    every = list(dict.fromkeys(party for side in reversed(sides) for party in (*side.votes, *side.seats)))
    names = {party: party for party in every}
    for party in every:
        for older in dataset.with_predecessors(party)[1:]:
            together = any(party in side.votes and older in side.votes for side in sides)
            if names.get(older) == older and not together:
                names[older] = names[party]
    return names


def _rank(
    dataset: Dataset, party: str, names: Mapping[str, str], last: Side, sides: Mapping[str, Side]
) -> tuple[int, int, int, int]:
    """Most seats at the last election first, then most votes there, then most anywhere."""
    line = [each for each, name in names.items() if name == party]
    seats = max((last.seats_of(dataset, each) or 0) for each in line)
    votes = max(last.votes.get(each, 0) for each in line)
    most = max(side.votes.get(each, 0) for side in sides.values() for each in line)
    return -seats, -votes, -most, dataset.party_order(party)


def _row(
    dataset: Dataset,
    party: str,
    names: Mapping[str, str],
    election: Election,
    sides: Mapping[str, Side],
    steps: Mapping[str, ElectionsCompared | None],
) -> PartyAt:
    side = sides[election.id]
    line = [each for each, name in names.items() if name == party]
    stood = next((each for each in line if each in side.votes or each in side.seats), party)
    votes = side.votes.get(stood)
    step = steps.get(election.id)
    change = change_of(step, stood)
    return PartyAt(
        party=party,
        stood_as=stood,
        election=election,
        seats=side.seats_of(dataset, stood),
        seats_net=change.seats_net if change else None,
        votes=votes,
        share_pct=None if votes is None else measures.share_pct(votes, side.valid),
        share_change_pp=change.share_change_pp if change else None,
        compared_with=step.pair.earlier if step else None,
    )


def change_of(step: ElectionsCompared | None, party: str) -> PartyChange | None:
    """What became of one party from one election of a series to the next."""
    return next((row for row in step.rows if row.party == party), None) if step else None


def _whole(
    dataset: Dataset, election: Election, contests: tuple[Contest, ...], step: ElectionsCompared | None
) -> ElectionAt:
    return ElectionAt(
        election=election,
        seats=len(contests),
        declared=declared_seats(dataset, election.id),
        valid=sum(contest.valid_votes or 0 for contest in contests),
        turnout_pct=turnout(contests),
        compared_with=step.pair.earlier if step else None,
        swing=step.swing if step else None,
        contests=contests,
        step=step,
    )


def _notes(
    dataset: Dataset,
    elections: Sequence[Election],
    sides: Mapping[str, Side],
    steps: Mapping[str, ElectionsCompared | None],
    names: Mapping[str, str],
) -> Iterator[str]:
    for earlier, later in pairwise(elections):
        step = steps[later.id]
        if earlier.boundaries != later.boundaries:
            how = f"changes are against {step.pair.earlier.name}" if step else "nothing is compared across that"
            yield f"boundaries changed between {earlier.id} and {later.id}: {how}"
        elif step is None:
            yield f"{earlier.id} and {later.id} are not compared with each other"
    for one in elections:
        yield from declared_seats(dataset, one.id).notes()
        unknown = sides[one.id].unknown
        if unknown:
            yield f"{one.id}: counted for nobody, winner not known: {', '.join(unknown)}"
        if one.note:
            yield f"{one.id}: {one.note}"
    for older, party in names.items():
        if older != party:
            name = dataset.parties[party].name
            yield f"{dataset.parties[older].name} stands in the rows of {name}, which continues it"
