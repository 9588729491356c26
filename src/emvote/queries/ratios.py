"""What follows from the votes and the seats of a party, at whatever election it won them."""

from __future__ import annotations

from emvote import measures


class Ratios:
    """Shares of a party and what they say of each other; `None` where one of the figures is not known."""

    votes: int | None
    """Its own; `None`: not known, or it did not stand."""
    valid: int | None
    """All votes, of which its own are a share."""
    seats: int | None
    """Its own."""
    all_seats: int
    """Of which its own are a share."""

    @property
    def share_pct(self) -> float | None:
        """Of all votes."""
        return None if self.votes is None or self.valid is None else measures.share_pct(self.votes, self.valid)

    @property
    def seat_share_pct(self) -> float | None:
        """Of all seats."""
        return None if self.seats is None else measures.share_pct(self.seats, self.all_seats)

    @property
    def seat_vote_gap_pp(self) -> float | None:
        """Share of seats less share of votes."""
        if self.votes is None or self.valid is None or self.seats is None:
            return None
        return measures.seat_vote_gap_pp(self.votes, self.valid, self.seats, self.all_seats)

    @property
    def seat_vote_ratio(self) -> float | None:
        """Share of seats over share of votes."""
        if self.votes is None or self.valid is None or self.seats is None:
            return None
        return measures.seat_vote_ratio(self.votes, self.valid, self.seats, self.all_seats)

    @property
    def votes_per_seat(self) -> float | None:
        """`None` also where it won no seat."""
        return None if self.votes is None or not self.seats else measures.votes_per_seat(self.votes, self.seats)
