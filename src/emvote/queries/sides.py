"""What the results of one election add up to: seats and votes of every party, and turnout."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from emvote import measures
from emvote.dataset import Dataset
from emvote.model import Contest
from emvote.queries.contest import winner_party


class Side(Struct, frozen=True):
    """Seats and votes of every party id at one election; independents and aggregates pooled under theirs."""

    seats: dict[str, int]
    votes: dict[str, int]
    valid: int
    unknown: tuple[str, ...]
    """Names of the seats whose winner is not known."""

    @classmethod
    def of(cls, dataset: Dataset, contests: Sequence[Contest]) -> Side:
        """Added up over contests; votes where no total is known are left out."""
        seats: dict[str, int] = {}
        votes: dict[str, int] = {}
        unknown: list[str] = []
        for contest in contests:
            winner = winner_party(dataset, contest)
            if winner is None:
                unknown.append(dataset.seats[contest.seat].name)
            else:
                seats[winner] = seats.get(winner, 0) + 1
            for entry in contest.entries if contest.valid_votes is not None else ():
                votes[entry.party] = votes.get(entry.party, 0) + entry.votes
        return cls(seats, votes, sum(contest.valid_votes or 0 for contest in contests), tuple(unknown))

    def seats_of(self, dataset: Dataset, party: str) -> int | None:
        """Seats of a party, counting the winners that are known."""
        hidden = self.unknown and not dataset.is_contender(party)
        return None if hidden else self.seats.get(party, 0)


def turnout(contests: Sequence[Contest]) -> float | None:
    """Turnout over the contests whose valid votes and electorate are both known."""
    return measures.turnout_pct(*polled(contests))


def polled(contests: Sequence[Contest]) -> tuple[int, int]:
    """Valid votes and electorate of those contests together."""
    known = [(c.valid_votes, c.electorate) for c in contests if c.valid_votes is not None and c.electorate is not None]
    return sum(valid for valid, _ in known), sum(electors for _, electors in known)
