"""Ward results of 2016 to 2019, as the Local Elections Archive Project has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tools.build_dataset.parties import Parties
from tools.build_dataset.raw import RawData, Row, expect

from emvote.model import WardContest
from emvote.store.importers.leap import contest, is_placeholder


def read_leap(raw: RawData, parties: Parties, year: int, day: date) -> Iterator[WardContest]:
    """Every contest of one May; the placeholders of elected mayors are left out."""
    wards: dict[tuple[str, str], list[Row]] = {}
    for row in raw.rows(f"ward-results/leap-{year}-em.csv"):
        if is_placeholder(row):
            raw.leave_out("places of elected mayors in the ward results", [row])
            continue
        expect(row.text("election_date") == str(day), f"{row.place}: expected {day}")
        wards.setdefault((row.text("council_ons"), row.text("ward_ons")), []).append(row)
    for rows in wards.values():
        yield contest(f"local.{day}", rows, parties.leap)
