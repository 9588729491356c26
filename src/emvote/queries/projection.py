"""Parts of a projection: seats after it, totals, the tipping-point seat and steps of a swing."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from emvote import measures
from emvote.model import Contest, Seat
from emvote.queries.typed import Exact


class Projected(Struct, frozen=True):
    """One seat after the projection."""

    seat: Seat
    contest: Contest
    from_party: str | None
    """Who won at the baseline; `None` where it is not known."""
    to_party: str | None
    """Who has most votes; `None` on an exact tie, and where it is not known."""
    changed: bool | None
    """Whether another contender has most votes; `None` where either winner is not known."""
    tied: tuple[str, ...]
    """Keys of those who tie for most votes; empty: nobody does."""
    keys: tuple[str, ...]
    """Contenders, by key: independents each their own."""
    weights: tuple[int, ...]
    """Their votes as whole numbers in proportion; empty: not projected, and no votes are known."""
    second_party: str | None
    majority_pct: float | None
    clamped: tuple[str, ...]
    """Parties that had less to lose than they were to, and are held at 0."""
    standing: bool
    """Whether every change that names a party found it standing here."""
    half_votes: int | None
    """For one swing alone: where its gainer ties for the seat, in half votes, negative where it leads already."""
    note: str | None
    """Why the seat is as it was, or the winner not known."""

    @property
    def shares_pct(self) -> dict[str, float]:
        """Contender to share of the votes, most first."""
        total = sum(self.weights)
        pooled: dict[str, int] = {}
        for key, weight in zip(self.keys, self.weights, strict=True):
            pooled[key] = pooled.get(key, 0) + weight
        ordered = sorted(pooled.items(), key=lambda item: -item[1])
        return {key: 100 * weight / total for key, weight in ordered} if total else {}

    @property
    def falls_at_pp(self) -> float | None:
        """The swing at which the gainer of the one swing ties for the seat."""
        return None if self.half_votes is None else measures.swing_required_pp(self.half_votes, self.votes)

    @property
    def votes(self) -> int:
        """Valid votes at the baseline; 0: not known."""
        return self.contest.valid_votes or 0


class Total(Struct, frozen=True):
    """What one party has in the scope."""

    party: str
    seats_before: int
    seats_after: int
    share_before_pct: float | None
    share_after_pct: float | None

    @property
    def net(self) -> int:
        """Seats after less seats before."""
        return self.seats_after - self.seats_before


class Tipping(Struct, frozen=True):
    """The seat that takes a party to more than half of the seats."""

    party: str
    against: str | None
    """The one party from which it gains; `None`: from whoever holds each seat."""
    needs: int
    """Seats that are more than half."""
    seat: Seat | None
    """`None`: no swing takes it so far."""
    swing_pp: float | None
    """Swing at which it ties there; negative: the swing that it can lose."""


class Step(Struct, frozen=True):
    """The scoreboard at one swing."""

    swing: Exact
    seats: Mapping[str, int]
    undecided: int
    """Seats that are tied, or whose winner is not known."""
    changed: int


class Fall(Struct, frozen=True):
    """A seat that falls to the gainer of a swing."""

    seats: int
    """How many the gainer has when this one has fallen."""
    row: Projected
