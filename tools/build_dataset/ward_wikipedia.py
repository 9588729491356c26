"""Ward results of South Kesteven in 2015, as Wikipedia has them."""

from __future__ import annotations

from collections.abc import Iterator

from tools.build_dataset.parties import Parties
from tools.build_dataset.raw import RawData, Row, expect
from tools.build_dataset.ward_judgements import WardJudgements

from emvote.model import WardCandidacy, WardContest
from emvote.store.importers.ward_names import Spellings, ward_name

PATH = "ward-results/wikipedia-wards-em.csv"
SOURCE = "wikipedia-south-kesteven-2015"
PLACE = ("E07000141", "2015")
"""The council and the year that are read."""


def read_wikipedia(raw: RawData, parties: Parties, judged: WardJudgements, known: Spellings) -> Iterator[WardContest]:
    """Every contest of the council's election of 2015, that of a ward polled later among them."""
    wards: dict[tuple[str, str], list[Row]] = {}
    others = []
    for row in raw.rows(PATH):
        day = row.text("election_date")
        if (row.text("council_code"), day[:4]) == PLACE:
            wards.setdefault((day, ward_name(PLACE[0], row.text("ward"), known)), []).append(row)
        else:
            others.append(row)
    raw.leave_out("ward results of Wikipedia that the dataset does not use yet", others)
    names = {each.raw: each.party for each in judged.party_names}
    for (day, ward), rows in wards.items():
        yield _contest(day, ward, rows, parties, names)


def _contest(day: str, ward: str, rows: list[Row], parties: Parties, names: dict[str, str]) -> WardContest:
    seats = {row.whole("seats") for row in rows}
    expect(len(seats) == 1, f"{rows[0].place}: {seats} seats in {ward}")
    unopposed = {row.text("unopposed") for row in rows} == {"1"}
    people = [
        WardCandidacy(
            name=row.text("candidate"),
            party=names.get(row.text("party")) or parties.named(row.text("party")),
            votes=None if unopposed else row.whole("votes"),
            elected=row.text("elected") == "1",
        )
        for row in rows
    ]
    return WardContest(
        election=f"local.{day}",
        council=PLACE[0],
        ward=ward,
        seats_up=seats.pop(),
        uncontested=unopposed,
        candidates=tuple(sorted(people, key=lambda each: -(each.votes or 0))),
    )
