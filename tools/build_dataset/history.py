"""General elections from 1918 to 2005: party votes of each seat, from the House of Commons Library's file.

The file has four columns of votes (Conservative, Liberal, Labour, all others together) and no candidates. Names, odd
figures and what became of each seat when the boundaries changed are judged in history.toml; anything that is not stops
the build. Its rows from 2010 on are not used, but held against the results that are.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import msgspec
from tools.build_dataset.flags import flag
from tools.build_dataset.raw import RawData, Row, Unexpected, expect, only

from emvote.model import Contest, Election, ElectionKind, Flag, Seat
from emvote.names import normalise
from emvote.store.importers import history as library
from emvote.store.importers.history_names import DAMAGED, VARIANTS

FILE = "history/constituency-results-1918-2017.csv"
SOURCE = "hoc-cbp-8647"
REGION = "East Midlands"
OUTSIDE = "Peterborough"
"""A seat that the file counts in the region until 1970; it lies in the East of England."""
LAST = "1997"
"""The last boundaries whose results are taken from the file."""
GSS = "2010"
"""The first boundaries whose seats have codes, and results of each candidate from other sources."""


class Name(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A seat's name, and how the file spells it."""

    name: str
    counties: tuple[str, ...]
    variants: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()


class Renamed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"before": "from"}):
    """A seat that took the place of one of another name."""

    before: str
    to: str
    evidence: str


class Why(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A seat that begins or ends, and why."""

    name: str
    why: str


class Change(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became of every seat when the boundaries changed."""

    boundaries: str
    same: tuple[str, ...]
    renamed: tuple[Renamed, ...] = ()
    new: tuple[Why, ...]
    ended: tuple[Why, ...] = ()


class Odd(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure that is not used, and what the file must have for that."""

    election: str
    name: str
    raw: int | str
    note: str


class Judged(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of history.toml."""

    names: tuple[Name, ...]
    changes: tuple[Change, ...]
    electorates: tuple[Odd, ...]
    turnouts: tuple[Odd, ...]


@dataclass(frozen=True, slots=True)
class History:
    """What the module gives to the record."""

    elections: tuple[Election, ...]
    seats: tuple[Seat, ...]
    """Those of before 2010, and the later ones with their links to them."""
    contests: tuple[Contest, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Everything that reading a row needs."""

    judged: Judged
    names: Mapping[str, Name]
    """The file's spelling to the name."""
    elections: Mapping[str, Election]
    """The file's election (`1974F`) to ours."""


def read_history(raw: RawData, later: Sequence[Seat], results: Iterable[Contest]) -> History:
    """The elections, seats and results of 1918 to 2005.

    Args:
        raw: the raw files.
        later: the seats of 2010 and after.
        results: their results, which the file's own rows of those years must agree with.
    """
    judged = read_judged()
    names = {spelling: name for name in judged.names for spelling in _spellings(name)}
    rows = [*_inside(raw)]
    _check_later(
        {(one.election, one.seat): one for one in results}, [row for row in rows if library.boundaries(row) == GSS]
    )
    past = [row for row in rows if library.boundaries(row) != GSS]
    parliaments = raw.rows("general-elections/parliament-periods.csv")
    elections = _elections(past, parliaments)
    reader = Reader(judged, names, elections)
    contests = [_contest(row, reader) for row in past]
    _check_all_judged(judged, past)
    seats = _seats(past, reader, parliaments)
    _check_register(raw, seats)
    order = {election.id: i for i, election in enumerate(elections.values())}
    contests.sort(key=lambda contest: (order[contest.election], contest.seat))
    return History(tuple(elections.values()), tuple(_linked((*seats, *later), judged)), tuple(contests))


def read_judged() -> Judged:
    """The decisions in history.toml."""
    text = Path(__file__).with_name("history.toml").read_text(encoding="utf-8")
    judged = msgspec.convert(tomllib.loads(text), Judged)
    names = [
        msgspec.structs.replace(name, variants=VARIANTS.get(name.name, ()), damaged=DAMAGED.get(name.name, ()))
        for name in judged.names
    ]
    expect({*VARIANTS, *DAMAGED} <= {name.name for name in names}, "a spelling of no seat in history.toml")
    return msgspec.structs.replace(judged, names=tuple(names))


def slug(name: str, boundaries: str) -> str:
    """The id of a seat that has no code: `derby-north.1950`."""
    return f"{normalise(name).replace(' ', '-')}.{boundaries}"


def _spellings(name: Name) -> tuple[str, ...]:
    """Every spelling of a name that the file has, the plain ones and those after the county among them."""
    plain = name.name.upper()
    return (plain, *(f"{county.upper()} {plain}" for county in name.counties), *name.variants, *name.damaged)


def _inside(raw: RawData) -> Iterator[Row]:
    """The rows of the region."""
    outside: dict[bool, list[Row]] = {True: [], False: []}
    for row in raw.rows(FILE):
        peterborough = row.text("constituency").endswith(OUTSIDE.upper())
        if row.text("country_or_region") == REGION and not peterborough:
            yield row
        else:
            outside[row.text("country_or_region") == REGION].append(row)
    raw.leave_out("constituency results of 1918 to 2017 outside the region", outside[False])
    raw.leave_out("results of Peterborough, which the file has in the region until 1970", outside[True])


# --- elections ----------------------------------------------------------------------------------------------------


def _day(row: Row, key: str = "elected_or_label") -> date | None:
    """A date written `14/12/1918`; the oldest Parliaments have a text there."""
    try:
        return datetime.strptime(row.text(key), "%d/%m/%Y").date()  # noqa: DTZ007 -- a day, no moment
    except ValueError:
        return None


def _elections(rows: Iterable[Row], parliaments: Sequence[Row]) -> dict[str, Election]:
    """The file's elections, in its order, with their polling days."""
    sets = {row.text("election"): library.boundaries(row) for row in rows}
    days = {code: _polling_day(code, parliaments) for code in sets}
    before = {later: earlier for earlier, later in pairwise(days) if sets[earlier] == sets[later]}
    return {
        code: Election(
            id=f"parl.{day}",
            name=f"General election, {day.day} {day:%B %Y}",
            kind=ElectionKind.GENERAL,
            date=day,
            boundaries=sets[code],
            previous=f"parl.{days[before[code]]}" if code in before else None,
            source=SOURCE,
            note="Party votes without candidates, in four columns: Conservative, Liberal, Labour, all others together.",
        )
        for code, day in days.items()
    }


def _polling_day(code: str, parliaments: Iterable[Row]) -> date:
    """The day of the election that the file calls `1950` or `1974F`."""
    months = {"F": 2, "O": 10}
    year, month = int(code[:4]), months.get(code[4:])
    found = [
        day for day in map(_day, parliaments) if day is not None and day.year == year and month in {None, day.month}
    ]
    expect(len(found) == 1, f"{FILE}: election {code} on {found}")
    return found[0]


# --- results ------------------------------------------------------------------------------------------------------


def _contest(row: Row, reader: Reader) -> Contest:
    """One row as a result."""
    name, election = _name(row, reader), reader.elections[row.text("election")]
    flags = [*_spelling(row, name)]
    electorate = _electorate(row, name, reader, flags)
    found = library.contest(election.id, slug(name.name, library.boundaries(row)), row, electorate, flags)
    return replace(found, flags=(*found.flags, *_turnout(row, name, found, reader)))


def _name(row: Row, reader: Reader) -> Name:
    spelling = row.raw("constituency")
    expect(spelling in reader.names, f"{row.place}: {spelling!r} is not in history.toml")
    return reader.names[spelling]


def _spelling(row: Row, name: Name) -> Iterator[Flag]:
    spelling = row.raw("constituency")
    if spelling in name.damaged:
        yield flag("name-repaired", f"The source has {spelling!r} [sic].")
    elif spelling in name.variants:
        yield flag("name-variant", f"The source spells the seat {spelling!r}.")


def _electorate(row: Row, name: Name, reader: Reader, flags: list[Flag]) -> int | None:
    for odd in reader.judged.electorates:
        if (odd.election, odd.name) == (row.text("election"), name.name):
            expect(row.whole("electorate") == odd.raw, f"{row.place}: history.toml has {odd.raw}")
            flags.append(flag("electorate-doubtful", odd.note))
            return None
    return row.whole("electorate")


# --- checks -------------------------------------------------------------------------------------------------------


def _turnout(row: Row, name: Name, contest: Contest, reader: Reader) -> Iterator[Flag]:
    """The turnout that the file prints must follow from its votes, or have been judged."""
    odd = [one for one in reader.judged.turnouts if (one.election, one.name) == (row.text("election"), name.name)]
    for one in odd:
        expect(row.text("turnout") == one.raw, f"{row.place}: history.toml has {one.raw}")
        yield flag("turnout-differs", one.note)
    if contest.valid_votes is None:
        expect(contest.unopposed or odd, f"{row.place}: no total")
        return
    differs = library.turnout_differs(row, contest)
    expect(differs == bool(odd), f"{row.place}: turnout {row.text('turnout')} does not follow from the votes")


def _check_later(results: Mapping[tuple[str, str], Contest], rows: Iterable[Row]) -> None:
    """The file's rows of 2010 to 2017 say the same as the results in use."""
    days = {"2010": "parl.2010-05-06", "2015": "parl.2015-05-07", "2017": "parl.2017-06-08"}
    for row in rows:
        contest = results[days[row.text("election")], row.text("constituency_id")]
        columns = {"con": "con", "lab": "lab", "ld": "lib"}
        counted = {
            column: sum(one.votes for one in contest.candidates if one.party == party)
            for party, column in columns.items()
        }
        there = {column: int(row.text(f"{column}_votes") or 0) for column in columns.values()}
        expect(there == counted, f"{row.place}: {there}, the candidates have {counted}")
        figures = (row.whole("electorate"), row.whole("total_votes"))
        expect(figures == (contest.electorate, contest.valid_votes), f"{row.place}: {figures}")


def _check_all_judged(judged: Judged, rows: Iterable[Row]) -> None:
    """Every spelling and every odd figure of history.toml is still in the file."""
    found = {row.raw("constituency") for row in rows}
    listed = {spelling for name in judged.names for spelling in (*name.variants, *name.damaged)}
    expect(listed <= found, f"history.toml: not in the file any more: {sorted(listed - found)}")


def _check_register(raw: RawData, seats: Iterable[Seat]) -> None:
    """The seats of 1997 are in Parliament's register, by these names and with these dates."""
    register = raw.rows("general-elections/constituencies-1997-2024.csv")
    for seat in seats:
        if seat.boundaries == LAST:
            named = [row for row in register if normalise(row.text("name")) == normalise(seat.name)]
            begins = f"{seat.since:%d/%m/%Y} 00:00"
            row = only((row for row in named if row.text("start_date") == begins), f"{seat.name} from {begins}")
            expect(row.text("end_date") == f"{seat.until:%d/%m/%Y} 00:00", f"{row.place}: until {seat.until}")


# --- seats --------------------------------------------------------------------------------------------------------


def _seats(rows: Sequence[Row], reader: Reader, parliaments: Sequence[Row]) -> list[Seat]:
    """One seat for each name on each boundaries; the file must have one row of it for each election on them."""
    found: dict[str, Seat] = {}
    numbers: dict[str, set[str]] = {}
    fought: dict[str, int] = {}
    for row in rows:
        name, boundaries = _name(row, reader), library.boundaries(row)
        key = slug(name.name, boundaries)
        found.setdefault(key, _seat(key, name, boundaries, reader, parliaments))
        numbers.setdefault(key, set()).add(row.text("constituency_id"))
        fought[key] = fought.get(key, 0) + 1
    for key, seat in found.items():
        elections = sum(election.boundaries == seat.boundaries for election in reader.elections.values())
        expect(fought[key] == elections, f"{key}: {fought[key]} results in {elections} elections")
        expect(len(numbers[key]) == 1, f"{key}: the file numbers it {numbers[key]}")
    expect(len({(seat.boundaries, *numbers[seat.id]) for seat in found.values()}) == len(found), "a number twice")
    return sorted(found.values(), key=lambda seat: (seat.boundaries, seat.name))


def _seat(key: str, name: Name, boundaries: str, reader: Reader, parliaments: Sequence[Row]) -> Seat:
    days = [election.date for election in reader.elections.values() if election.boundaries == boundaries]
    first = next(i for i, row in enumerate(parliaments) if _day(row) == days[0])
    last = only((row for row in parliaments if _day(row) == days[-1]), f"Parliament of {days[-1]}")
    since, until = _dissolved(first, parliaments), _day(last, "dissolved_on")
    rutland = " Rutland is published under Leicestershire." if "Rutland" in name.name else ""
    return Seat(
        id=key,
        name=name.name,
        region=REGION,
        counties=name.counties,
        boundaries=boundaries,
        since=since,
        until=until,
        note=rutland.strip() or None,
        source=SOURCE,
    )


def _dissolved(first: int, parliaments: Sequence[Row]) -> date:
    """The day after the last Parliament before ended, from which the seats of the next are counted."""
    if first == 0:
        raise Unexpected("no Parliament before the first")
    ended = _day(parliaments[first - 1], "dissolved_on")
    if ended is None:
        raise Unexpected(f"{parliaments[first - 1].place}: not dissolved")
    return ended + timedelta(days=1)


def _linked(seats: Sequence[Seat], judged: Judged) -> Iterator[Seat]:
    """The seats with predecessor, successor and the reason, in their order."""
    linked = {seat.id: seat for seat in seats}
    years = [*dict.fromkeys(seat.boundaries for seat in seats if seat.boundaries <= GSS)]
    expect(years[1:] == [change.boundaries for change in judged.changes], f"history.toml: changes of {years[1:]}")
    for (before, after), change in zip(pairwise(years), judged.changes, strict=True):
        old = {seat.name: seat.id for seat in seats if seat.boundaries == before}
        new = {seat.name: seat.id for seat in seats if seat.boundaries == after}
        _check_complete(change, old.keys(), new.keys())
        for earlier, later, evidence in _continued(change):
            link = f"Taken as one seat renamed, from {earlier} to {later}: {evidence}." if evidence else None
            _join(linked, old[earlier], link, successor=new[later])
            _join(linked, new[later], link, predecessor=old[earlier])
        for one in change.ended:
            _join(linked, old[one.name], f"Ended in {after}: {one.why}.")
        for one in change.new:
            _join(linked, new[one.name], f"New in {after}: {one.why}.")
    yield from linked.values()


def _continued(change: Change) -> Iterator[tuple[str, str, str | None]]:
    """Every seat that goes on: its names before and after, and the evidence where they differ."""
    yield from ((name, name, None) for name in change.same)
    yield from ((one.before, one.to, one.evidence) for one in change.renamed)


def _check_complete(change: Change, old: Iterable[str], new: Iterable[str]) -> None:
    """Every seat before and after is named once."""
    before = [*(earlier for earlier, _, _ in _continued(change)), *(one.name for one in change.ended)]
    after = [*(later for _, later, _ in _continued(change)), *(one.name for one in change.new)]
    for what, listed, there in (("before", before, old), ("after", after, new)):
        expect(
            sorted(listed) == sorted(there),
            f"history.toml: {change.boundaries}, {what}: {sorted(set(listed) ^ set(there))}",
        )


def _join(
    seats: dict[str, Seat], seat: str, note: str | None, *, predecessor: str | None = None, successor: str | None = None
) -> None:
    """Add to what is known of a seat."""
    known = seats[seat]
    notes = " ".join(filter(None, (known.note, note)))
    seats[seat] = replace(
        known,
        predecessor=predecessor or known.predecessor,
        successor=successor or known.successor,
        note=notes or None,
    )
