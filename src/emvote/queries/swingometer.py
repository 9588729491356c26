"""Points of interest on a swingometer: where the loser of a swing has no majority left, and the gainer is the largest.

House of Commons Library, SN/SG/3430. The third, where the gainer has a majority, is the tipping seat of a projection.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from msgspec import Struct

from emvote import measures
from emvote.model import Seat


class Point(StrEnum):
    """What happens at a swing."""

    NO_MAJORITY = "loses-majority"
    """The party that loses has half of the seats or less."""
    LARGEST = "largest"
    """The party that gains has more seats than any other."""


class Race(Struct, frozen=True):
    """One seat as it was, for a swing between two parties."""

    seat: Seat
    valid_votes: int
    winner: str | None
    """`None`: not known."""
    votes: tuple[int, int] | None
    """Of the loser and the gainer; `None`: nothing moves here."""
    other: tuple[str | None, int]
    """Whoever else has most votes, and how many; `None`: nobody knows whose they are."""


class Reached(Struct, frozen=True):
    """A point, and the seat with which it is reached."""

    point: Point
    party: str
    seats: int
    """That the party then has."""
    seat: Seat
    swing_pp: float
    """At exactly this swing that seat ties."""


class _Move(Struct, frozen=True):
    """A seat that goes from one to another beyond a swing."""

    swing: Fraction
    seat: Seat
    loser: str
    gainer: str


def points(races: Sequence[Race], loser: str, gainer: str) -> tuple[Reached, ...]:
    """The points that a swing reaches, of those that are not behind it already, lowest swing first.

    Args:
        races: every seat; where a winner is not known, no point can be told.
        loser: party that the swing takes votes from.
        gainer: party that it gives them to.
    """
    found = [_moves(race, loser, gainer) for race in races]
    if any(moves is None for moves in found):
        return ()
    seats = Counter(race.winner for race in races if race.winner is not None)
    needs = measures.seats_needed(len(races))
    wanted = {
        *([Point.NO_MAJORITY] if seats[loser] >= needs else []),
        *([] if _leads(seats, gainer) else [Point.LARGEST]),
    }
    reached = []
    moves = sorted((move for each in found for move in each or ()), key=lambda move: (move.swing, move.seat.name))
    for swing, together in groupby(moves, key=lambda move: move.swing):
        last = None
        for last in together:
            seats[last.loser] -= 1
            seats[last.gainer] += 1
        for point, party, there in (
            (Point.NO_MAJORITY, loser, seats[loser] < needs),
            (Point.LARGEST, gainer, _leads(seats, gainer)),
        ):
            if point in wanted and there and last is not None:
                wanted.remove(point)
                reached.append(Reached(point, party, seats[party], last.seat, float(swing)))
    return tuple(reached)


def _leads(seats: Counter[str], party: str) -> bool:
    return all(seats[party] > number for other, number in seats.items() if other != party)


def _moves(race: Race, loser: str, gainer: str) -> list[_Move] | None:
    """Where the seat changes hands as the swing grows; `None` where that cannot be told."""
    if race.winner is None:
        return None
    if race.votes is None or race.winner == gainer:
        return []
    (lost, gained), (other, most) = race.votes, race.other
    half_votes = measures.half_votes_to_win(lost, gained, most)
    passed = 2 * (lost - most)

    def move(at: int, giver: str, taker: str) -> _Move:
        return _Move(Fraction(50 * at, race.valid_votes), race.seat, giver, taker)

    if race.winner != loser:
        return [move(half_votes, race.winner, gainer)]
    if half_votes <= passed:
        return [move(half_votes, loser, gainer)]
    return None if other is None else [move(passed, loser, other), move(half_votes, other, gainer)]
