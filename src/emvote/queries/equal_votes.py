"""Two parties at equal votes: who would have more seats, and by how many.

Brookes's measure of electoral bias, as Johnston, Pattie, Dorling and Rossiter use it (From Votes to Seats, 2001): a
uniform swing between the two makes their votes equal, and the seats are counted. A projection of that swing gives them;
this module says how large it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import fsum

from msgspec import Struct

from emvote import measures
from emvote.errors import UsageProblem
from emvote.queries.projection import Projected
from emvote.queries.typed import Exact

Lines = tuple[Sequence[str], Sequence[str]]
"""The two parties, each with those that it continues."""
FINEST = 10**9
"""Where somebody is held at 0, the swing is found to so many parts of a point."""
TRIALS = 200
"""And in so many steps at most."""


class EqualVotes(Struct, frozen=True):
    """Two parties in one scope, as they are and at equal votes."""

    first: str
    second: str
    votes: tuple[int, int]
    """At the baseline, in the whole scope."""
    valid_votes: int
    """All valid votes of the scope."""
    swung_votes: int
    """Those of the seats where the swing moves any: where both stood."""
    swing: Exact
    """From the first to the second; negative: from the second to the first."""
    votes_after: tuple[float, float]
    seats_before: tuple[int, int]
    seats: tuple[int, int]
    """After it, without ties."""
    tied: tuple[str, ...]
    """Seats, by name, where one of the two ties exactly for most votes after it."""
    unknown: tuple[str, ...]
    """Seats, by name, of which nobody knows who has them after it; exact ties are not among them."""
    national: bool
    """Whether the scope is the country, where the difference is called electoral bias."""

    @property
    def difference(self) -> int | None:
        """Seats of the first less those of the second; positive: the first has more. `None`: winners are not known."""
        return None if self.unknown else self.seats[0] - self.seats[1]


def swing_to_equal_votes(
    votes: tuple[int, int],
    swung: int,
    project: Callable[[Exact], Sequence[Projected]],
    lines: Lines,
    names: tuple[str, str],
) -> Exact:
    """The uniform swing, from the one with more votes to the other, after which both have as many.

    Where it takes more from somebody than that has, a further swing is needed, which is found step by step.

    Args:
        votes: of the two in the whole scope, the larger number first.
        swung: valid votes in the seats where both stood.
        project: every seat after such a swing.
        lines: the two parties.
        names: theirs.

    Raises:
        UsageProblem: they did not stand together anywhere, or in too few seats.
    """
    if not swung:
        raise UsageProblem(f"{names[0]} and {names[1]} stood together in no seat, so that no swing is between them")
    swing = Exact(*measures.swing_to_equal_votes(*votes, swung))
    for _ in range(TRIALS):
        if swing.top > 100 * swing.bottom:
            break
        rows = project(swing)
        first, second = polled(rows, lines)
        if abs(first - second) < 1 or not any(row.clamped for row in rows):
            return swing
        swing = Exact(round(FINEST * (swing.near + 50 * (first - second) / swung)), FINEST)
    both = f"{names[0]} and {names[1]}"
    raise UsageProblem(f"no swing makes the votes of {both} equal: there are too few seats where both stood")


def polled(rows: Iterable[Projected], lines: Lines) -> tuple[float, float]:
    """Votes of the two after a projection, each seat with the valid votes of the baseline."""
    found: tuple[list[float], list[float]] = ([], [])
    for row in rows:
        total = sum(row.weights)
        for line, votes in zip(lines, found, strict=True):
            weight = next((each for key, each in zip(row.keys, row.weights, strict=True) if key in line), 0)
            votes.append(row.votes * weight / total if total else 0.0)
    return fsum(found[0]), fsum(found[1])
