"""What others say of the same councils: the House of Commons Library's tables, and the ward results of 2017."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tools.build_dataset.flags import flag
from tools.build_dataset.judgements import HocDifference, Judgements
from tools.build_dataset.parties import Parties
from tools.build_dataset.raw import RawData, Row, expect
from tools.build_dataset.wards import read_winners, seats_by_council

from emvote.model import Flag, Seats

MAIN = {"con": "Con", "lab": "Lab", "ld": "LD", "green": "Green"}
"""Parties that both publishers count everywhere, with their abbreviations; what is left is compared as one number."""
OTHERS = "others and vacancies"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the House of Commons Library: where it is and how its columns are called."""

    path: str
    source: str
    code: str
    """Column of the council's GSS code."""
    years: tuple[int, int]
    column: str
    """Pattern of the columns of seats: party and year."""
    vacant: str


TABLES = (
    Table(
        "councils/hoc-council-compositions-2019-2023-em.csv",
        "hoc-cbp-9798",
        "ONS code",
        (2019, 2023),
        "{party}_seats_{short}",
        "Vacant_seats_{short}",
    ),
    Table(
        "councils/hoc-council-compositions-2018-2022-em.csv",
        "hoc-cbp-9545",
        "ons code",
        (2018, 2022),
        "{year}_{party}",
        "{year}_Vacant",
    ),
)
NAMES = {"con": "CON", "lab": "LAB", "ld": "LD", "green": "GRN"}
REST = ("UKIP", "OTH")


@dataclass(frozen=True, slots=True)
class Differences:
    """Flags for councils and years in which another publisher has other seats."""

    hoc: Mapping[tuple[str, int], tuple[HocDifference, Flag]]
    elected: Mapping[tuple[str, int], Flag]
    """Snapshots that are not the result of their year."""

    def flags(self, council: str, year: int) -> Iterator[Flag]:
        """The flag of a composition, if there is a difference."""
        if (council, year) in self.hoc:
            yield self.hoc[council, year][1]

    def poll_flags(self, council: str, year: int) -> Iterator[Flag]:
        """The flag of a poll, where the difference is about its result."""
        if (council, year) in self.hoc and self.hoc[council, year][0].poll:
            yield self.hoc[council, year][1]


def read_differences(
    raw: RawData, rows: Mapping[tuple[str, int], Row], parties: Parties, judged: Judgements
) -> Differences:
    """All differences; each must have been judged, and each judgement must find its difference."""
    found = {}
    for table in TABLES:
        for line in raw.rows(table.path):
            for year in table.years:
                key = (line.text(table.code), year)
                sentence = _difference(line, rows[key], table, year)
                if sentence:
                    found[key] = (sentence, table.source)
    judgements = {(entry.council, entry.year): entry for entry in judged.hoc_differences}
    for (council, year), entry in judgements.items():
        if entry.elected:
            elected = _elected(raw, parties, council, year)
            expect(elected == entry.elected, f"{council} {year}: elected {elected}, judged {entry.elected}")
    expect(found.keys() == judgements.keys(), f"differences {sorted(found)}, judged {sorted(judgements)}")
    return Differences(
        hoc={
            key: (judgements[key], flag("hoc-differs", f"{sentence}: {judgements[key].note}.", source))
            for key, (sentence, source) in found.items()
        },
        elected=dict(_not_election_day(raw, rows, parties, judged)),
    )


def _difference(line: Row, row: Row, table: Table, year: int) -> str | None:
    """How the table's seats differ from the composition's, or nothing."""
    theirs = {party: _seats(line, table, NAMES[party], year) for party in MAIN}
    theirs[OTHERS] = sum(_seats(line, table, name, year) for name in REST) + _vacant(line, table, year)
    ours = {party: row.seats(party) for party in MAIN}
    ours[OTHERS] = row.whole("total") - sum(ours.values())
    differing = [party for party in theirs if theirs[party] != ours[party]]
    if not differing:
        return None
    there = ", ".join(f"{MAIN.get(party, party)} {theirs[party]}" for party in differing)
    here = ", ".join(f"{MAIN.get(party, party)} {ours[party]}" for party in differing)
    return f"The House of Commons Library has {there} for {year}, Open Council Data {here}"


def _seats(line: Row, table: Table, party: str, year: int) -> int:
    column = table.column.format(party=party, year=year, short=year % 100)
    return line.seats(column) if column in line.values else 0


def _vacant(line: Row, table: Table, year: int) -> int:
    column = table.vacant.format(year=year, short=year % 100)
    return line.seats(column) if column in line.values else 0


def _not_election_day(
    raw: RawData, rows: Mapping[tuple[str, int], Row], parties: Parties, judged: Judgements
) -> Iterator[tuple[tuple[str, int], Flag]]:
    """Compositions that differ from the winners counted in the ward results of the same May."""
    for entry in judged.not_election_day:
        elected = _elected(raw, parties, entry.council, entry.year)
        expect(elected == entry.elected, f"{entry.council} {entry.year}: elected {elected}, judged {entry.elected}")
        snapshot = rows[entry.council, entry.year]
        changed = [party for party in MAIN if elected.get(party, 0) != snapshot.seats(party)]
        expect(changed, f"{entry.council} {entry.year}: the snapshot is the result")
        there = ", ".join(f"{MAIN[party]} {elected.get(party, 0)}" for party in changed)
        here = ", ".join(f"{MAIN[party]} {snapshot.seats(party)}" for party in changed)
        note = f"Not the result of the election of {entry.year}: {there} were elected, the snapshot has {here}."
        yield (entry.council, entry.year), flag("not-election-day", note, f"leap-{entry.year}")


def _elected(raw: RawData, parties: Parties, council: str, year: int) -> Seats:
    """The seats of one council in the ward results of a year."""
    return seats_by_council(read_winners(raw, parties, year, {council}), parties)[council]
