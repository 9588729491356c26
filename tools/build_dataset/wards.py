"""Winners of the wards, as the Local Elections Archive Project has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tools.build_dataset.parties import Parties
from tools.build_dataset.raw import RawData, expect

from emvote.model import Seats
from emvote.store.importers.leap import is_placeholder


@dataclass(frozen=True, slots=True)
class Winner:
    """One seat won."""

    council: str
    """GSS code."""
    ward: str
    party: str


def read_winners(raw: RawData, parties: Parties, year: int, councils: Collection[str] | None = None) -> list[Winner]:
    """Everybody elected in the May of a year, in some councils or in all."""
    winners = []
    for row in raw.rows(f"ward-results/leap-{year}-em.csv"):
        council, elected = row.text("council_ons"), row.text("elected_flag")
        if is_placeholder(row):
            raw.leave_out("places of elected mayors in the ward results", [row])
            continue
        expect(elected in {"0", "1"}, f"{row.place}: elected_flag {elected!r}")
        if elected == "1" and (councils is None or council in councils):
            winners.append(Winner(council, row.text("ward_name"), parties.leap(row)))
    return winners


def seats_by_council(winners: Iterable[Winner], parties: Parties) -> dict[str, Seats]:
    """Council to seats won, in the order of the parties."""
    counts: dict[str, Counter[str]] = {}
    for winner in winners:
        counts.setdefault(winner.council, Counter())[winner.party] += 1
    return {council: parties.ordered(seats) for council, seats in counts.items()}
