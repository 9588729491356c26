"""Who sat on a council in each year: the compositions, told apart by the lists of councillors where the two agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tools.build_dataset.books import Books
from tools.build_dataset.flags import flag
from tools.build_dataset.hoc import Differences
from tools.build_dataset.judgements import Judgements
from tools.build_dataset.parties import Parties
from tools.build_dataset.raw import Row, expect

from emvote.model import OTHER, Composition, CouncilType, Flag, Seats
from emvote.store.importers import compositions as source

MIXED = "Independent / Other"
"""The list's word for independents and small parties together."""
VACANT = "Vacant"


@dataclass(frozen=True, slots=True)
class CompositionReader:
    """Everything that reading a composition needs."""

    books: Books
    parties: Parties
    judged: Judgements
    hoc: Differences

    def all_of(self, council: str, kind: CouncilType) -> Iterator[Composition]:
        """One a year, oldest first, without a gap."""
        years = sorted(year for code, year in self.books.rows if code == council)
        expect(years == [*range(years[0], years[-1] + 1)], f"{council}: a year is missing")
        for year in years:
            yield self.one(council, year, kind)

    def one(self, council: str, year: int, kind: CouncilType) -> Composition:
        """One snapshot."""
        row = self.books.rows[council, year]
        seats, size, flags = self.seats(council, year)
        published = source.published(row)
        flags += self.remarks(council, year)
        flags += self.label_flags(council, year, published, seats, size)
        if kind is CouncilType.COUNTY and year == source.LAST_RESULTS:
            flags.append(self.repeated(council, year))
        return Composition(
            year=year,
            size=size,
            seats=self.parties.ordered(seats),
            published=published,
            date=source.day(year, kind),
            flags=tuple(flags),
        )

    def seats(self, council: str, year: int) -> tuple[Seats, int, list[Flag]]:
        """The seats and the size used, and what is to be said of them."""
        row = self.books.rows[council, year]
        for override in self.judged.composition_overrides:
            if (override.council, override.year) == (council, year):
                found = {
                    column: row.seats(column) for column in ("total", "con", "lab", "ld", "other") if row.seats(column)
                }
                expect(found == override.raw, f"{row.place}: {found}, judgements.toml has {override.raw}")
                return override.seats, override.size, [flag("override", override.note, override.source)]
        expect(sum(source.counted(row).values()) == row.whole("total"), f"{row.place}: seats do not add up")
        if (council, year) in self.books.lists:
            seats, flags = split(row, self.books.lists[council, year], self.parties)
            return seats, row.whole("total"), flags
        return source.counted(row), row.whole("total"), []

    def remarks(self, council: str, year: int) -> Iterator[Flag]:
        """The flags of one composition that were judged by hand or found by comparing with other publishers."""
        for remark in self.judged.composition_flags:
            if (remark.council, remark.year) == (council, year):
                yield flag(remark.code, remark.note, remark.source)
        if (council, year) in self.hoc.elected:
            yield self.hoc.elected[council, year]
        yield from self.hoc.flags(council, year)

    def label_flags(self, council: str, year: int, published: str, seats: Seats, size: int) -> Iterator[Flag]:
        """A label of control that the seats do not bear out must have been judged, and no other."""
        judged = [entry for entry in self.judged.labels_of_control if entry.council == council and year in entry.years]
        odd = not source.bears_out(published, seats, size, self.books.rows[council, year])
        expect(odd == bool(judged), f"{council} {year}: labelled {published!r} with {seats} of {size}")
        for entry in judged:
            expect(entry.label == published, f"{council} {year}: labelled {published!r}, judged as {entry.label!r}")
            yield flag("control-label", entry.note)

    def repeated(self, council: str, year: int) -> Flag:
        """The remark on counties in a year in which only districts voted."""
        before, now = self.books.rows[council, year - 1], self.books.rows[council, year]
        expect(source.counted(before) == source.counted(now), f"{now.place}: not the seats of the year before")
        note = f"No county was elected in {year}: the row repeats that of {year - 1}, the council elected in 2013."
        return flag("repeated-snapshot", note)

    def check_all_judged(self) -> None:
        """Every judgement about a composition must have met its row."""
        places = {(entry.council, entry.year) for entry in self.judged.composition_overrides}
        places |= {(entry.council, entry.year) for entry in self.judged.composition_flags}
        places |= {(entry.council, year) for entry in self.judged.labels_of_control for year in entry.years}
        missing = places - self.books.rows.keys()
        expect(not missing, f"judgements.toml: no rows {missing}")


def split(row: Row, councillors: tuple[Row, ...], parties: Parties) -> tuple[dict[str, int], list[Flag]]:
    """The seats of a composition with its `other` told apart by the list of councillors, where the two agree."""
    seats = source.counted(row)
    named = Counter(councillor.text("party_name") for councillor in councillors)
    expect(named.total() == row.whole("total"), f"{row.place}: {named.total()} councillors in the list")
    vacant, mixed = named.pop(VACANT, 0), named.pop(MIXED, 0)
    listed = {parties.named(name): number for name, number in named.items()}
    rest = {party: number for party, number in listed.items() if party not in source.COLUMNS.values()}
    agree = all(seats.get(party, 0) == listed.get(party, 0) for party in source.COLUMNS.values())
    if not agree:
        return seats, [_list_differs(seats, listed, mixed, vacant, parties)]
    expect(sum(rest.values()) + mixed + vacant == seats[OTHER], f"{row.place}: other is not the rest of the list")
    return {**seats, **rest, OTHER: mixed}, [_vacancy(vacant)] if vacant else []


def _list_differs(seats: Seats, listed: Seats, mixed: int, vacant: int, parties: Parties) -> Flag:
    """How the list and the row differ, in seats."""
    there = _shown({**listed, OTHER: mixed}, parties) + (f", vacant {vacant}" if vacant else "")
    note = f"The list of councillors has {there}; the composition, which is used, has {_shown(seats, parties)}."
    return flag("list-differs", note, "ocd-councillors")


def _shown(seats: Seats, parties: Parties) -> str:
    """Seats in words: `Con 30, Lab 23, Oth 11`."""
    names = {party.id: party.abbreviation for party in parties.all}
    return ", ".join(f"{names[party]} {number}" for party, number in parties.ordered(seats).items())


def _vacancy(vacant: int) -> Flag:
    seats, verb = ("One seat", "is") if vacant == 1 else (f"{vacant} seats", "are")
    note = f"{seats} of the source's other {verb} vacant in the list of councillors: left out of the seats held."
    return flag("vacancy", note, "ocd-councillors")
