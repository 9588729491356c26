"""The wards of 2023 without a contest: the source has the others only, the list of councillors has them all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tools.build_dataset.books import Books
from tools.build_dataset.compositions import MIXED
from tools.build_dataset.flags import flag
from tools.build_dataset.raw import Row, expect
from tools.build_dataset.ward_leh import LehBook, read_totals

from emvote.model import IND, WardCandidacy, WardContest
from emvote.store.importers.ward_names import tidy, ward_name

NOTE = (
    "Not among the contested wards of the source, and the list of councillors of {year} has as many councillors here "
    "as its council lacks: read as returned without a contest, with the names and parties of the list, where {mixed} "
    "is read as independent."
)


def uncontested(book: LehBook, books: Books, day: date) -> Iterator[WardContest]:
    """Wards of the councils elected as a whole that the results do not have, with those who sat after the day."""
    contested: dict[str, set[str]] = {}
    seats: dict[str, int] = {}
    for contest in read_totals(book, day):
        contested.setdefault(contest.council, set()).add(contest.ward)
        seats[contest.council] = seats.get(contest.council, 0) + contest.seats_up
    for council, wards in contested.items():
        listed = books.lists[council, day.year]
        missing: dict[str, list[Row]] = {}
        for row in listed:
            name = ward_name(council, row.text("ward_name"), book.known)
            if name not in wards:
                missing.setdefault(name, []).append(row)
        absent = sum(len(rows) for rows in missing.values())
        expect(not absent or absent + seats[council] == len(listed), f"{council}: {absent} seats without a result")
        for name, rows in missing.items():
            yield _contest(book, council, name, rows, day)


def _contest(book: LehBook, council: str, ward: str, rows: list[Row], day: date) -> WardContest:
    return WardContest(
        election=f"local.{day}",
        council=council,
        ward=ward,
        seats_up=len(rows),
        uncontested=True,
        candidates=tuple(
            WardCandidacy(name=tidy(row.text("councillor_name")), party=_party(book, row), elected=True) for row in rows
        ),
        source="ocd-councillors",
        flags=(flag("unopposed-from-list", NOTE.format(year=day.year, mixed=MIXED)),),
    )


def _party(book: LehBook, row: Row) -> str:
    name = row.text("party_name")
    return IND if name == MIXED else book.parties.named(name)
