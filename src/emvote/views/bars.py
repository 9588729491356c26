"""The bars and letters that several views draw beside their figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from emvote.dataset import Dataset
from emvote.views import common
from emvote.views.picture import SeatBar, ShareBar

SHORTEST: Final = 3
"""Elections that make a line of history."""


def letters(dataset: Dataset, parties: Iterable[str]) -> dict[str, str]:
    """One letter for each party, different ones as far as their abbreviations allow: `C`, `L`, and `D` for LD.

    The order of the parties in the record decides who has the first choice.
    """
    found: dict[str, str] = {}
    for party in sorted(set(parties), key=dataset.party_order):
        wanted = [char.upper() for char in dataset.abbreviation(party) if char.isalnum()]
        found[party] = next((char for char in wanted if char not in found.values()), wanted[0] if wanted else "?")
    return found


def share_bar(dataset: Dataset, share_pct: float | None, party: str) -> ShareBar | None:
    """A bar of a party's share; `None` where that is not known."""
    return None if share_pct is None else ShareBar(share_pct, common.party(dataset, party))


def seat_bar(dataset: Dataset, seats: Mapping[str, int | None], size: int, letter: dict[str, str]) -> SeatBar | None:
    """A bar of the seats that are known; `None` where there are none."""
    known = sorted(((party, number) for party, number in seats.items() if number), key=lambda item: -item[1])
    parts = []
    for party, number in known:
        label = common.party(dataset, party)
        if label is not None:
            parts.append((label, letter[party], number))
    return SeatBar(tuple(parts), size) if parts else None
