"""Councils as published just before a poll, which the snapshot of the year before is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tools.build_dataset.flags import flag
from tools.build_dataset.judgements import Entry, decided
from tools.build_dataset.parties import Parties
from tools.build_dataset.raw import RawData, Row, expect

from emvote.model import IND, NOC, OTHER, Flag, Seats, SeatsHeld

PATH, SOURCE = "councils/eve-of-poll.csv", "compiled-eves"
VACANT = "vacant"
EVERYWHERE, REFORM_SINCE = ("con", "lab", "ld", "green"), 2021
"""Parties that may sit on any council, with UKIP until Reform UK took its place."""
CODES = {
    "avind": IND,
    "noti_ind": OTHER,
    "notting_ind": "nottmind",
    "othind": IND,
    "shi": "shind",
    "skegness": "suds",
}
"""Codes of the file that are no party's id or abbreviation: parties under other names, and groups of no party."""


class Eve(Entry, frozen=True, kw_only=True):
    """One row of the file."""

    council: str
    year: int
    by: str | None = None
    """Who published it; absent: the row is not used, as the note says."""
    note: str | None = None
    """What other sources say."""


class Eves(Entry, frozen=True, kw_only=True):
    """The whole of eves.toml."""

    eves: tuple[Eve, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """What was published of one council, as the file has it."""

    row: Row
    parties: Parties
    entry: Eve

    def held(self, seen: Iterable[Seats]) -> SeatsHeld:
        """The council on the eve; of those left out, large parties and any with seats before or after are unknown."""
        listed, size = self._listed(), self.row.whole("council_size")
        what = "Control and seats" if listed else "Control"
        vacant = listed.pop(VACANT, 0)
        # a group that is no party may be of several, so that nobody's part but the large parties' is known beside it
        aggregate = listed.get(OTHER, 0)
        left_out = size - sum(listed.values()) - vacant
        hidden = {party for seats in seen for party in seats} - {OTHER}
        hidden |= {*EVERYWHERE, "ukip" if self.entry.year < REFORM_SINCE else "reform"}
        unknown: set[str] = set()
        if left_out:
            unknown = (hidden | {IND}) - listed.keys()
        if aggregate:
            listed[OTHER] += listed.pop(IND, 0)
            unknown |= (hidden & self.parties.local()) - listed.keys() | {IND}
        return SeatsHeld(
            date=str(date.fromisoformat(self.row.text("election")) - timedelta(days=1)),
            size=size,
            seats=self.parties.ordered(listed),
            unknown=tuple(sorted(unknown, key=self.parties.rank.__getitem__)),
            control=self.control,
            source=SOURCE,
            note=f"{what} on the eve of the poll as published: {self.entry.by}.",
        )

    @property
    def control(self) -> str:
        """Control as published: a party or `noc`."""
        given = self.row.text("control_before")
        return NOC if given == NOC else self._party(given)

    def flags(self) -> tuple[Flag, ...]:
        """What other sources say."""
        return (flag("sources-differ", self.entry.note, SOURCE),) if self.entry.note else ()

    def _listed(self) -> dict[str, int]:
        pairs = [pair.partition("=")[::2] for pair in self.row.text("seats_before").split(";") if pair]
        expect(
            sum(int(number) for _, number in pairs) == (self.row.whole("seats_listed") if pairs else 0),
            f"{self.row.place}: the seats are not the number listed",
        )
        listed: dict[str, int] = {}
        for code, number in pairs:
            party = code if code == VACANT else self._party(code)
            listed[party] = listed.get(party, 0) + int(number)
        return listed

    def _party(self, code: str) -> str:
        return CODES.get(code) or self.parties.named(code)


def read_eves(raw: RawData, parties: Parties) -> Mapping[tuple[str, int], Published]:
    """What was published just before polls, by council and year; rows that are of another day are left out."""
    entries = {(entry.council, entry.year): entry for entry in decided("eves.toml", Eves).eves}
    rows = {(row.text("council_id"), int(row.text("election")[:4])): row for row in raw.rows(PATH)}
    expect(entries.keys() == rows.keys(), f"eves.toml and {PATH}: {sorted(entries.keys() ^ rows.keys())}")
    raw.leave_out(
        "states of councils that were published as the eve of a poll and are of another day",
        [row for key, row in rows.items() if entries[key].by is None],
    )
    return {key: Published(row, parties, entries[key]) for key, row in rows.items() if entries[key].by is not None}
