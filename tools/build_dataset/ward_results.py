"""Every ward and county division from 2016 to 2025: the files put together, checked, and their elections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from tools.build_dataset.books import Books
from tools.build_dataset.flags import flag
from tools.build_dataset.judgements import read_judgements
from tools.build_dataset.parties import Parties
from tools.build_dataset.polls import MAY
from tools.build_dataset.raw import RawData, expect
from tools.build_dataset.ward_codes import with_codes
from tools.build_dataset.ward_judgements import WardJudgements, read_ward_judgements
from tools.build_dataset.ward_leap import read_leap
from tools.build_dataset.ward_leh import LehBook, read_leh, read_totals
from tools.build_dataset.ward_people import with_people
from tools.build_dataset.ward_wikipedia import SOURCE as WIKIPEDIA
from tools.build_dataset.ward_wikipedia import read_wikipedia
from tools.build_dataset.wards_uncontested import uncontested

from emvote.model import Election, ElectionKind, WardContest
from emvote.store.importers.parliament import spoken
from emvote.store.importers.ward_names import spellings

LEAP = {2016: date(2016, 5, 5), 2017: date(2017, 5, 4), 2018: date(2018, 5, 3), 2019: date(2019, 5, 2)}
LEH = {2021: date(2021, 5, 6), 2022: date(2022, 5, 5), 2024: date(2024, 5, 2), 2025: date(2025, 5, 1)}
TOTALS = date(2023, 5, 4)
FIRST = date(2015, 5, 7)
NOTES = {
    2015: "South Kesteven alone: of the other councils that voted the record has no results.",
    2016: "Lincoln as a whole, thirds of four more councils.",
    2017: "Five county councils, and by-elections to four other councils on the day.",
    2018: "Thirds of five councils.",
    2021: "Four county councils, the two new unitaries of Northamptonshire, and thirds of four councils, put off from "
    "2020. What the poll did to Milton Keynes is not on record: the snapshot after it is out of date.",
    2022: "Thirds of four councils. What the poll did to Milton Keynes is not on record: the snapshot before it is out "
    "of date.",
    2023: "Every district and unitary but those of Northamptonshire; of Milton Keynes no candidates, but the best of "
    "each party. Candidates are known by surname and initials, those elected mostly by their full names. What the poll "
    "did to Milton Keynes is not on record: two seats were filled in one ward.",
    2024: "Thirds of two councils.",
    2025: "Four county councils and the two unitaries of Northamptonshire.",
}
ROUNDING = 0.05
"""A published turnout has one decimal: percentage points by which the true one may be higher."""


def ward_elections() -> tuple[Election, ...]:
    """The ordinary local elections with ward results; those of 2019 come with its polls."""
    days = [(FIRST.year, FIRST), *LEAP.items(), *LEH.items(), (TOTALS.year, TOTALS)]
    return tuple(
        Election(
            id=f"local.{day}",
            name=f"Local elections, {spoken(day)}",
            kind=ElectionKind.LOCAL,
            date=day,
            source=_source(year),
            note=NOTES[year],
        )
        for year, day in days
        if f"local.{day}" != MAY
    )


def _source(year: int) -> str:
    """The source of the ward results of a year."""
    if year == FIRST.year:
        return WIKIPEDIA
    return f"leap-{year}" if year in LEAP else f"leh-{year}"


def read_wards(raw: RawData, books: Books, parties: Parties) -> tuple[WardContest, ...]:
    """Every contest, by polling day, council and ward."""
    judged = read_ward_judgements()
    councils = {council.text("gss_code"): council.text("name") for council in books.register}
    known = ward_spellings(raw, books)
    book = LehBook(raw, parties, judged, {name: code for code, name in councils.items()}, known)
    contests = [contest for year, day in LEAP.items() for contest in read_leap(raw, parties, year, day)]
    contests += [contest for year, day in LEH.items() for contest in read_leh(book, year, day)]
    contests += [*with_people(read_totals(book, TOTALS), book, books), *uncontested(book, books, TOTALS)]
    contests += read_wikipedia(raw, parties, judged, known)
    later = {entry.id: entry.source for entry in read_judgements().later_elections}
    contests = [*with_codes(raw, contests)]
    decided = [_decided(contest, judged, later) for contest in contests]
    _check_used(contests, judged)
    for contest in decided:
        _check(contest, councils)
    return tuple(sorted(decided, key=lambda each: (each.election.removeprefix("local."), each.council, each.ward)))


def ward_spellings(raw: RawData, books: Books) -> dict[tuple[str, str], str]:
    """How each ward is spelled, whatever the spelling of a source."""
    return spellings([*_leap_names(raw), *_listed(books)])


def _listed(books: Books) -> Iterator[tuple[str, str]]:
    for (council, _), rows in books.lists.items():
        yield from ((council, row.text("ward_name")) for row in rows)


def _leap_names(raw: RawData) -> Iterator[tuple[str, str]]:
    for year in LEAP:
        for row in raw.rows(f"ward-results/leap-{year}-em.csv"):
            yield row.text("council_ons"), row.text("ward_name")


def _decided(contest: WardContest, judged: WardJudgements, later: Mapping[str, str]) -> WardContest:
    """A contest with what wards.toml says of it."""
    for by in judged.by_elections:
        of_all = not by.wards or contest.ward_id in by.wards
        if by.election == contest.election and contest.council in by.councils and of_all:
            return replace(contest, by_election=True)
    for double in judged.double_seats:
        if double.election == contest.election and contest.ward_id in double.wards:
            note = "Two seats: the one that was due and one that was vacant; the source does not tell which is which."
            return _flagged(contest, "double-seat", note)
    for empty in judged.unfilled:
        if (empty.election, empty.council, empty.ward) == (contest.election, contest.council, contest.ward):
            return _flagged(replace(contest, seats_up=empty.seats_up), "vacancy", empty.note)
    for late in judged.postponed:
        if (late.election, late.council, late.ward) == (contest.election, contest.council, contest.ward):
            source = contest.source or _source(int(late.election[-10:-6]))
            own = None if later[late.later] == source else source
            moved = replace(contest, election=late.later, source=own)
            return _flagged(moved, "postponed-poll", late.note)
    return _turnout_checked(contest)


def _flagged(contest: WardContest, code: str, note: str) -> WardContest:
    return _turnout_checked(replace(contest, flags=(*contest.flags, flag(code, note))))


def _turnout_checked(contest: WardContest) -> WardContest:
    """Flag a published turnout that leaves room for fewer votes than were counted."""
    votes = sum(entry.votes or 0 for entry in contest.entries)
    if contest.turnout_pct is None or contest.electorate is None:
        return contest
    most = contest.seats_up * contest.electorate * (contest.turnout_pct + ROUNDING) / 100
    if votes <= most:
        return contest
    note = (
        f"The published turnout, {contest.turnout_pct}% of {contest.electorate}, is too low for the {votes} votes "
        f"counted for {contest.seats_up} seat{'s' if contest.seats_up > 1 else ''}."
    )
    return replace(contest, flags=(*contest.flags, flag("turnout-doubtful", note)))


def _check_used(contests: Iterable[WardContest], judged: WardJudgements) -> None:
    """Every decision must be about something that is there."""
    by_id = {(contest.election, contest.ward_id) for contest in contests}
    by_council = {(contest.election, contest.council) for contest in contests}
    by_name = {(contest.election, contest.council, contest.ward) for contest in contests}
    for by in judged.by_elections:
        expect(all((by.election, council) in by_council for council in by.councils), f"wards.toml: {by}")
        expect(all((by.election, ward) in by_id for ward in by.wards), f"wards.toml: {by}")
    for double in judged.double_seats:
        expect(all((double.election, ward) in by_id for ward in double.wards), f"wards.toml: {double}")
    places = [(each.election, each.council, each.ward) for each in judged.unfilled]
    places += [(each.election, each.council, each.ward) for each in judged.postponed]
    expect(by_name.issuperset(places), f"wards.toml: {set(places) - by_name}")


def _check(contest: WardContest, councils: dict[str, str]) -> None:
    """The winners must be as many as the seats, and have the most votes."""
    where = f"{contest.election} {councils.get(contest.council)} {contest.ward}"
    expect(contest.council in councils, f"{where}: no such council")
    if not contest.candidates:
        expect(contest.tallies, f"{where}: neither candidates nor tallies")
        return
    won = sum(candidate.elected for candidate in contest.candidates)
    expect(won == contest.seats_up or contest.uncontested, f"{where}: {won} elected, {contest.seats_up} seats up")
    lost = [candidate.votes or 0 for candidate in contest.candidates if not candidate.elected]
    least = min(candidate.votes or 0 for candidate in contest.candidates if candidate.elected)
    expect(least >= max(lost, default=0), f"{where}: a loser has more votes than a winner")
