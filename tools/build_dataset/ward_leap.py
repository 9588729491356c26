"""Ward results of 2016 to 2019, as the Local Elections Archive Project has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tools.build_dataset.parties import Parties
from tools.build_dataset.raw import RawData, Row, expect
from tools.build_dataset.ward_names import tidy

from emvote.model import WardCandidacy, WardContest


def read_leap(raw: RawData, parties: Parties, year: int, day: date) -> Iterator[WardContest]:
    """Every contest of one May; the placeholders of elected mayors are left out."""
    wards: dict[tuple[str, str], list[Row]] = {}
    for row in raw.rows(f"ward-results/leap-{year}-em.csv"):
        if row.text("elected_flag") == "NULL":
            raw.leave_out("places of elected mayors in the ward results", [row])
            continue
        expect(row.text("election_date") == str(day), f"{row.place}: expected {day}")
        wards.setdefault((row.text("council_ons"), row.text("ward_ons")), []).append(row)
    for (council, ward_id), rows in wards.items():
        yield _contest(council, ward_id, rows, parties, day)


def _contest(council: str, ward_id: str, rows: list[Row], parties: Parties, day: date) -> WardContest:
    names = {tidy(row.text("ward_name")) for row in rows}
    expect(len(names) == 1, f"{rows[0].place}: one ward, two names {names}")
    # where every candidate was elected nobody voted: the source writes 0
    unopposed = all(row.text("elected_flag") == "1" for row in rows)
    if unopposed:
        expect(all(row.whole("votes") == 0 for row in rows), f"{rows[0].place}: votes without a contest")
    return WardContest(
        election=f"local.{day}",
        council=council,
        ward=names.pop(),
        ward_id=ward_id,
        seats_up=sum(row.text("elected_flag") == "1" for row in rows),
        uncontested=unopposed,
        candidates=tuple(_candidate(row, parties, unopposed=unopposed) for row in rows),
    )


def _candidate(row: Row, parties: Parties, *, unopposed: bool) -> WardCandidacy:
    code, elected = row.text("party_short"), row.text("elected_flag")
    expect(code in parties.by_leap, f"{row.place}: party {code!r} is not in parties.toml")
    expect(elected in {"0", "1"}, f"{row.place}: elected_flag {elected!r}")
    return WardCandidacy(
        name=tidy(row.text("candidate_name")),
        party=parties.by_leap[code],
        votes=None if unopposed else row.whole("votes"),
        elected=elected == "1",
    )
