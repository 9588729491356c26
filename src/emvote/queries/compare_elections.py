"""Two elections side by side, party by party."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from emvote import measures, parties
from emvote.dataset import PARLIAMENT, Dataset
from emvote.errors import NameProblem, UnknownName, UsageProblem
from emvote.model import Contest, Seat
from emvote.queries.contest import PairSwing, Votes, pair_swing, seat_result, winner_party
from emvote.queries.declared import Declared, declared_and_out
from emvote.queries.pairs import (
    Pair,
    declared_at_both,
    elections_pair,
    no_seat_in_common,
    regional,
    shared_contests,
)
from emvote.queries.sides import Side, turnout


class PartyChange(Struct, frozen=True, kw_only=True):
    """One party at both elections."""

    party: str
    seats_from: int | None
    """`None` for an aggregate of parties where some winner is not known: it may be one of them."""
    seats_to: int | None
    votes_from: int | None
    """`None`: did not stand."""
    votes_to: int | None
    share_from_pct: float | None
    share_to_pct: float | None
    share_change_pp: float | None
    """`None` where it stood only once, and for independents, who are not the same people."""

    @property
    def seats_net(self) -> int | None:
        """Seats at the later election less those at the earlier."""
        return None if self.seats_to is None or self.seats_from is None else self.seats_to - self.seats_from


class ChangedHands(Struct, frozen=True, kw_only=True):
    """A seat that another party won."""

    seat: str
    from_party: str
    to_party: str
    majority_votes: int | None


class ElectionsCompared(Struct, frozen=True, kw_only=True):
    """Two elections in the seats that have both."""

    pair: Pair
    place: Seat | None
    """The seat of which everything here is; `None`: the region."""
    contests: tuple[tuple[Contest, Contest], ...]
    """The results at both, seat by seat."""
    rows: tuple[PartyChange, ...]
    seats: int
    declared: Declared
    """Of the seats in both elections: everything here is of the declared ones, at both."""
    changed_hands: tuple[ChangedHands, ...]
    turnout_from_pct: float | None
    turnout_to_pct: float | None
    swing: PairSwing | None
    swing_votes: tuple[Votes, Votes]
    notes: tuple[str, ...]


def compare_elections(dataset: Dataset, earlier: str, later: str, place: Seat | None = None) -> ElectionsCompared:
    """Two elections party by party: most seats at the later first, then most votes.

    Args:
        dataset: where to look.
        earlier: as typed.
        later: as typed.
        place: a seat, whichever boundaries it is on; absent: the region.

    Raises:
        NameProblem: one of them is unknown or ambiguous.
        UsageProblem: they cannot be compared.
    """
    for given in (earlier, later):
        if not is_parliamentary(dataset, given):
            raise UsageProblem(f"'{given}' is local: only parliamentary elections can be compared party by party")
    pair = elections_pair(dataset, earlier, later)
    contests = _shared(dataset, pair, place)
    declared = declared_and_out(1, ()) if place else declared_at_both(dataset, pair)
    if not contests and place:
        raise UsageProblem(f"{place.name} has no results at both {pair.earlier.id} and {pair.later.id}")
    if not contests:
        raise no_seat_in_common(pair, declared)
    before, after = [c for c, _ in contests], [c for _, c in contests]
    sides = (Side.of(dataset, before), Side.of(dataset, after))
    rows, joined = _party_rows(dataset, *sides)
    votes = (Votes.of(dataset, *before), Votes.of(dataset, *after))
    largest = sorted(votes[1].by_party, key=lambda party: -votes[1].by_party[party])[:2]
    swing = pair_swing(dataset, largest[0], largest[1], *votes)[0] if len(largest) > 1 else None
    return ElectionsCompared(
        pair=pair,
        place=place,
        contests=contests,
        rows=rows,
        seats=len(contests),
        declared=declared,
        changed_hands=tuple(_changed_hands(dataset, contests)),
        turnout_from_pct=turnout(before),
        turnout_to_pct=turnout(after),
        swing=swing,
        swing_votes=votes,
        notes=(*pair.notes, *declared.notes(), *joined, *_unknown_winners(pair, *sides), *_left_out(before, after)),
    )


def _shared(dataset: Dataset, pair: Pair, place: Seat | None) -> tuple[tuple[Contest, Contest], ...]:
    """The results at both elections, of the region or of one seat."""
    shared = shared_contests(dataset, pair)
    if place is None:
        return regional(dataset, shared)
    same = {seat.id for seat in dataset.namesakes(place)}
    return tuple(both for both in shared if both[1].seat in same)


def _unknown_winners(pair: Pair, *sides: Side) -> Iterator[str]:
    """Seats that count for nobody, because their winner is not known."""
    for election, side in zip((pair.earlier, pair.later), sides, strict=True):
        if side.unknown:
            number = f"{len(side.unknown)} seat{'s' if len(side.unknown) > 1 else ''}"
            yield f"counted for nobody, winner not known in {number} of {election.id}: {', '.join(side.unknown)}"


def _left_out(*sides: Sequence[Contest]) -> Iterator[str]:
    """How many seats are not in the totals of votes and turnout, because nobody voted or no total is known."""
    for contests, when in zip(sides, ("earlier", "later"), strict=True):
        number = sum(contest.valid_votes is None for contest in contests)
        if number:
            seats = "1 seat" if number == 1 else f"{number} seats"
            yield f"without the votes of {seats} at the {when} election: nobody voted there, or the total is not known"


def is_parliamentary(dataset: Dataset, given: str) -> bool:
    """Whether an election as typed is one of Parliament, or could be one of several."""
    try:
        dataset.find_election(given, PARLIAMENT)
    except UnknownName:
        return False
    except NameProblem:
        return True
    return True


def _party_rows(dataset: Dataset, before: Side, after: Side) -> tuple[tuple[PartyChange, ...], tuple[str, ...]]:
    """A row a party; one that continues another stands in one row with it, and the notes say so."""
    joined = parties.joined(dataset, after.votes, before.votes)
    rows = []
    for party in dict.fromkeys((*after.votes, *before.votes)):
        if party in joined.values():
            continue
        rows.append(_party_row(dataset, party, joined.get(party, party), before, after))
    rows.sort(key=lambda row: (-(row.seats_to or 0), -(row.votes_to or 0), -(row.votes_from or 0)))
    return tuple(rows), tuple(parties.predecessor_notes(dataset, joined.items()))


def _party_row(dataset: Dataset, party: str, earlier_party: str, before: Side, after: Side) -> PartyChange:
    votes_from, votes_to = before.votes.get(earlier_party), after.votes.get(party)
    change = None
    if votes_from is not None and votes_to is not None and dataset.is_party(party):
        change = measures.change_pp(votes_from, before.valid, votes_to, after.valid)
    return PartyChange(
        party=party,
        seats_from=before.seats_of(dataset, earlier_party),
        seats_to=after.seats_of(dataset, party),
        votes_from=votes_from,
        votes_to=votes_to,
        share_from_pct=None if votes_from is None else measures.share_pct(votes_from, before.valid),
        share_to_pct=None if votes_to is None else measures.share_pct(votes_to, after.valid),
        share_change_pp=change,
    )


def _changed_hands(dataset: Dataset, contests: Sequence[tuple[Contest, Contest]]) -> Iterator[ChangedHands]:
    for earlier, later in contests:
        was, now = winner_party(dataset, earlier), winner_party(dataset, later)
        if was is None or now is None or parties.continues(dataset, now, was):
            continue
        result = seat_result(dataset, later)
        yield ChangedHands(seat=result.seat.name, from_party=was, to_party=now, majority_votes=result.majority_votes)
