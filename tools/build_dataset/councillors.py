"""Councillors ward by ward, from one list a year: what lists say alike of one person and seat is joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import NamedTuple

from tools.build_dataset.books import Books
from tools.build_dataset.compositions import MIXED, VACANT
from tools.build_dataset.flags import flag
from tools.build_dataset.parties import Parties
from tools.build_dataset.people_judgements import PeopleJudgements, WrongDay, read_people_judgements
from tools.build_dataset.raw import Row, expect

from emvote.model import OTHER, Councillor, Flag, WardContest, WardCouncillors
from emvote.store.importers.ward_names import Spellings, compared, tidy, ward_name

SOURCE = "ocd-councillors"


class Line(NamedTuple):
    """One line of a list."""

    name: str | None
    """`None`: the seat is vacant."""
    party: str | None
    due: date | None


Lists = Mapping[int, Counter[Line]]
"""Year to the lines of a ward, each with how often the list has it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading the lists takes, and which decisions met their rows."""

    parties: Parties
    judged: PeopleJudgements
    known: Spellings
    met: set[object] = field(default_factory=set)

    def ward(self, council: str, raw: str) -> str:
        """The name of a ward as its results spell it."""
        name = ward_name(council, raw, self.known)
        for entry in self.judged.ward_names:
            for wrong, right in entry.names.items():
                if entry.council == council and compared(wrong) == compared(name):
                    self.met.add((council, wrong))
                    return right
        return name

    def line(self, council: str, row: Row) -> Line:
        """What a row says, with what people.toml corrects."""
        party, raw = row.text("party_name"), row.text("next_election")
        due = next((entry.day for entry in self.judged.days if self._is_wrong_day(entry, council, row)), None)
        if party == VACANT:
            return Line(None, None, due or date.fromisoformat(raw))
        name = tidy(row.text("councillor_name"))
        for entry in self.judged.parties:
            if (entry.year, entry.council, entry.name) == (row.whole("year"), council, name):
                expect(party == entry.raw, f"{row.place}: {party!r}, people.toml has {entry.raw!r}")
                self.met.add(entry)
                party = entry.party
        return Line(name, OTHER if party == MIXED else self.parties.named(party), due or date.fromisoformat(raw))

    def _is_wrong_day(self, entry: WrongDay, council: str, row: Row) -> bool:
        same = (entry.year, entry.council, entry.raw) == (row.whole("year"), council, row.text("next_election"))
        if same:
            self.met.add(entry)
        return same

    def flags(self, council: str, ward: str, years: range) -> Iterator[Flag]:
        """What people.toml says of a ward in some years."""
        for wrong in self.judged.parties:
            if (wrong.council, wrong.ward) == (council, ward) and wrong.year in years:
                yield flag("party-of-list", wrong.note)
        for day in self.judged.days:
            if day.council == council and day.year in years:
                yield flag("due-misprint", day.note)
        for remark in self.judged.remarks:
            if (remark.council, remark.ward) == (council, ward) and remark.year in years:
                self.met.add(remark)
                yield flag(remark.code, remark.note)

    def check_all_met(self) -> None:
        """Every decision must have met its row."""
        names = {(entry.council, wrong) for entry in self.judged.ward_names for wrong in entry.names}
        wanted = {*names, *self.judged.parties, *self.judged.days, *self.judged.remarks}
        expect(wanted == self.met, f"people.toml: no rows for {wanted - self.met}")


def read_councillors(
    books: Books, parties: Parties, known: Spellings, contests: Iterable[WardContest]
) -> tuple[WardCouncillors, ...]:
    """Every ward of every list, by council, ward and year."""
    reader = Reader(parties, read_people_judgements(), known)
    codes = _codes(contests)
    wards: dict[tuple[str, str], dict[int, Counter[Line]]] = {}
    elsewhere: dict[tuple[str, int, str], set[str]] = {}
    for (council, year), rows in books.lists.items():
        for row in rows:
            ward, line = reader.ward(council, row.text("ward_name")), reader.line(council, row)
            wards.setdefault((council, ward), {}).setdefault(year, Counter())[line] += 1
            if line.name is not None:
                elsewhere.setdefault((council, year, line.name), set()).add(ward)
    found = []
    for (council, ward), lists in sorted(wards.items()):
        by_code = groupby(sorted(lists), lambda year: _code(codes.get((council, ward), ()), year))  # noqa: B023
        for code, years in by_code:
            part = {year: lists[year] for year in years}
            flags = (*reader.flags(council, ward, range(min(part), max(part) + 1)), *_repeats(part))
            flags += tuple(_elsewhere(part, ward, council, elsewhere))
            found.append(_ward(council, ward, code, part, flags))
    reader.check_all_met()
    return tuple(found)


def _codes(contests: Iterable[WardContest]) -> dict[tuple[str, str], tuple[tuple[int, str | None], ...]]:
    """Of each ward the years of its ordinary elections on record with the codes, latest first."""
    found: dict[tuple[str, str], dict[int, str | None]] = {}
    for contest in contests:
        if not contest.by_election:
            year = int(contest.election.removeprefix("local.")[:4])
            found.setdefault((contest.council, contest.ward), {})[year] = contest.ward_id
    return {ward: tuple(sorted(years.items(), reverse=True)) for ward, years in found.items()}


def _code(elections: Iterable[tuple[int, str | None]], year: int) -> str | None:
    """The code of a ward in the list of a year: that of its last election, which the list follows."""
    return next((code for voted, code in elections if voted <= year), None)


def _ward(council: str, ward: str, code: str | None, lists: Lists, flags: Sequence[Flag]) -> WardCouncillors:
    return WardCouncillors(
        council=council,
        ward=ward,
        ward_id=code,
        since=min(lists),
        until=max(lists),
        councillors=tuple(_councillors(lists)),
        source=SOURCE,
        flags=tuple(flags),
    )


def _councillors(lists: Lists) -> list[Councillor]:
    """Each line with the years without a gap in which the lists have it, oldest first."""
    found: list[Councillor] = []
    for line in {line: None for year in sorted(lists) for line in lists[year]}:
        years = [(year, lists[year][line]) for year in sorted(lists) if line in lists[year]]
        for _, run in groupby(enumerate(years), lambda each: (each[1][0] - each[0], each[1][1])):
            spell = [year for _, (year, _) in run]
            times = lists[spell[0]][line]
            found.append(
                Councillor(name=line.name, party=line.party, first=spell[0], last=spell[-1], due=line.due, seats=times)
            )
    return sorted(found, key=lambda one: (one.first, one.last, one.name or "~", str(one.due)))


def _repeats(lists: Lists) -> Iterator[Flag]:
    """A flag for each name that a list has twice for the ward."""
    twice: dict[str, list[int]] = {}
    for year, lines in lists.items():
        times = Counter[str]()
        for line, number in lines.items():
            times[line.name or ""] += number
        for name, number in times.items():
            if name and number > 1:
                twice.setdefault(name, []).append(year)
    for name, years in twice.items():
        yield flag("listed-twice", f"{_lists(years)} {name} twice: who had the other seat is not known.")


def _elsewhere(lists: Lists, ward: str, council: str, wards: Mapping[tuple[str, int, str], set[str]]) -> Iterator[Flag]:
    """A flag for each name that a list has for other wards of the council too."""
    found: dict[tuple[str, str], list[int]] = {}
    for year, lines in lists.items():
        for name in {line.name for line in lines if line.name is not None}:
            for other in sorted(wards[council, year, name] - {ward}):
                found.setdefault((name, other), []).append(year)
    for (name, other), years in sorted(found.items()):
        yield flag("listed-elsewhere", f"{_lists(years)} {name} for {other} as well: one person, or two of one name.")


def _lists(years: Sequence[int]) -> str:
    """The lists of some years as the subject of a sentence: `The lists of 2016 to 2018 have`."""
    first, last = min(years), max(years)
    return f"The list of {first} has" if first == last else f"The lists of {first} to {last} have"
