"""What the rows of the files make: contests, wards and compositions; rows that make none are set aside with the reason.

A contest is read whole or not at all: one candidate whose votes cannot be read would make every share of it wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar

from emvote.model import Composition, Contest, Election, ElectionKind, Flag, Seat, Seats, WardContest
from emvote.names import normalise
from emvote.store.importers import codes, compositions, democracy, history, leap, leh, parliament, ward_names
from emvote.store.importers.kinds import CODE, LAYOUTS, LEH_DAYS, FileKind, Sheet
from emvote.store.importers.known import Elsewhere, HandbookNames, Known, NotKnown
from emvote.store.importers.ledger import Ledger
from emvote.store.importers.rows import Row, Unexpected, expect

Made = TypeVar("Made")
Key = TypeVar("Key", bound=tuple[object, ...])
Sheets = Mapping[FileKind, Sequence[tuple[Sheet, Sequence[Row]]]]
"""The files by kind, with their rows."""


@dataclass(slots=True)
class Found:
    """What some files make."""

    contests: list[tuple[Contest, Sequence[Row]]] = field(default_factory=list)
    wards: list[tuple[WardContest, Sequence[Row]]] = field(default_factory=list)
    compositions: list[tuple[str, Composition, Sequence[Row]]] = field(default_factory=list)
    """With the id of the council."""
    elections: list[Election] = field(default_factory=list)
    """Those that the dataset does not have."""

    def without(self, left_out: Collection[int]) -> Found:
        """The same without the results of some rows, each told by the identity of its rows."""
        return Found(
            [each for each in self.contests if id(each[-1]) not in left_out],
            [each for each in self.wards if id(each[-1]) not in left_out],
            [each for each in self.compositions if id(each[-1]) not in left_out],
            self.elections,
        )

    def __len__(self) -> int:
        return len(self.contests) + len(self.wards) + len(self.compositions)


def make(sheets: Sheets, known: Known, ledger: Ledger) -> Found:
    """Everything that the files make.

    Raises:
        UsageProblem: a file has no date, and none was said.
        UnknownName, AmbiguousName: the election that was said is not one.
    """
    found = Found()
    found.contests += _parliament(sheets, known, ledger)
    found.contests += _history(sheets, known, ledger)
    found.wards += _leap(sheets, known, ledger)
    found.wards += _handbook(sheets, known, ledger)
    found.wards += _totals(sheets, known, ledger)
    for result, rows in _ballots(sheets, known, ledger):
        if isinstance(result, WardContest):
            found.wards.append((result, rows))
        else:
            found.contests.append((result, rows))
    found.compositions += _compositions(sheets, known, ledger)
    found.elections += known.new.values()
    return found


def _tried(make_one: Callable[[], Made], rows: Sequence[Row], what: str, ledger: Ledger) -> Made | None:
    """What some rows make; `None` where they make nothing, which is told."""
    try:
        return make_one()
    except Elsewhere as error:
        ledger.set_aside(rows, "place", error.why)
    except NotKnown as error:
        ledger.set_aside(rows, what, error.why, error.suggestions)
    except Unexpected as error:
        at = f"{error.place.rpartition('/')[2]}: " if error.place and len(rows) > 1 else ""
        ledger.set_aside(rows, what, f"{at}{error.why}")
    return None


def _lost(sheets: Sheets, kind: FileKind) -> dict[str, str]:
    """Seats and wards of which a row may be missing, as one that is no row of the table may be a candidate's of theirs.

    Such a line names the code of its seat or ward, or else stands between the rows of those that it may belong to.

    Returns:
        Code to why.
    """
    found: dict[str, str] = {}
    for sheet, rows in sheets.get(kind, ()):
        column = LAYOUTS[sheet.year].code if sheet.year else CODES[kind]
        codes_here = {row.text(column) for row in rows}
        for cells in sheet.ragged:
            own = codes_here.intersection((*CODE.findall(" ".join(cells.values)), *map(str.strip, cells.values)))
            before = [row.text(column) for row in rows if row.line < cells.line][-1:]
            after = [row.text(column) for row in rows if row.line > cells.last][:1]
            why = f"line {cells.line} is no row of the table, and may be of a candidate here"
            for code in own or {*before, *after}:
                found.setdefault(code, why)
    return found


CODES = {FileKind.CANDIDATES: "ons_id", FileKind.LEAP: "ward_ons", FileKind.DEMOCRACY: "ballot_paper_id"}
"""Column of the code of a seat or ward."""


def _under_two_codes(groups: Mapping[Key, Sequence[Row]], name: Callable[[Key, Row], object]) -> dict[Key, str]:
    """Contests whose name stands under another code too, so that a candidate of one may have got into the other."""
    keys: dict[object, dict[Key, None]] = {}
    for key, rows in groups.items():
        for row in rows:
            keys.setdefault(name(key, row), {})[key] = None
    why = "rows of this name have several codes"
    return {key: why for same in keys.values() if len(same) > 1 for key in same}


def _flags(rows: Iterable[Row]) -> tuple[Flag, ...]:
    """What was put right about names before they were read."""
    return tuple(Flag(code="name-repaired", note=note) for row in rows for note in row.repairs)


def _day(row: Row, column: str = "election_date") -> date | None:
    """The date of a row, where it has one: `2019-12-12` or `12/12/2019`."""
    if not row.has(column):
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(row.text(column), form).date()  # noqa: DTZ007 (a day, no moment)
        except ValueError:
            continue
    raise row.unexpected(f"{column} is {row.raw(column)!r}, expected a date (2019-12-12 or 12/12/2019)")


# --- Parliament -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Pair:
    """The rows of one contest in the two files."""

    result: list[Row] = field(default_factory=list)
    candidates: list[Row] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        return [*self.result, *self.candidates]

    @property
    def name(self) -> str:
        return self.rows[0].text("constituency_name")


def _parliament(sheets: Sheets, known: Known, ledger: Ledger) -> Iterator[tuple[Contest, Sequence[Row]]]:
    pairs: dict[tuple[date | None, str], _Pair] = {}
    lost = _lost(sheets, FileKind.CANDIDATES)
    both = (*sheets.get(FileKind.CONSTITUENCIES, ()), *sheets.get(FileKind.CANDIDATES, ()))
    said = known.said_day if both else None
    for kind in (FileKind.CONSTITUENCIES, FileKind.CANDIDATES):
        for _, rows in sheets.get(kind, ()):
            for row in rows:
                dated = _tried(lambda row=row: (_day(row),), [row], "date", ledger)  # type: ignore[misc]
                if dated is not None:
                    pair = pairs.setdefault((dated[0] or said, row.text("ons_id")), _Pair())
                    (pair.result if kind is FileKind.CONSTITUENCIES else pair.candidates).append(row)
                else:
                    lost.setdefault(row.text("ons_id"), f"the date of line {row.line} cannot be read")
    for day, _ in pairs:
        if day is not None:
            known.per_day[day] = known.per_day.get(day, 0) + 1
    reader = parliament.Reader(
        parties=known.dataset.record.parties,
        party=known.numbered,
        names={seat.id: seat.name for seat in known.dataset.record.seats},
        same_name=known.may_be_called,
    )
    alone = not sheets.get(FileKind.CONSTITUENCIES)
    torn = _under_two_codes(
        {key: pair.candidates for key, pair in pairs.items()},
        lambda key, row: (key[0], normalise(row.text("constituency_name"))),
    )
    for (day, code), pair in pairs.items():
        # where there is a row of the constituency, its total of the votes tells that no candidate is missing
        why = None if pair.result else lost.get(code) or torn.get((day, code))
        made = _tried(lambda: _contest(day, pair, reader, known, alone=alone, why=why), pair.rows, pair.name, ledger)  # noqa: B023
        if made is not None:
            yield _spelt_otherwise(made, pair.rows, reader.names[made.seat], ledger), pair.rows


def _spelt_otherwise(made: Contest, rows: Sequence[Row], name: str, ledger: Ledger) -> Contest:
    """A contest with a flag where its rows do not spell the seat as the dataset does; they have its code."""
    spellings: dict[str, None] = {}
    for row in rows:
        spelling = row.text("constituency_name")
        if normalise(spelling) != normalise(name):
            spellings[spelling] = None
            ledger.read_as(row, "constituency_name", f"{spelling!r} read as {name!r}: the code is that seat's")
    note = f"The source spells the seat {' and '.join(map(repr, spellings))}."
    return replace(made, flags=(*made.flags, Flag(code="name-variant", note=note))) if spellings else made


def _contest(
    day: date | None, pair: _Pair, reader: parliament.Reader, known: Known, *, alone: bool, why: str | None
) -> Contest:
    first = pair.rows[0]
    seat = known.seat(first)
    expect(why is None, why or "")
    election = _with_boundaries(known.parliamentary(day, seat, first.file), seat, known)
    first.expect(day in (None, election.date), f"dated {day}, and --election says {election.id}")
    first.expect(pair.candidates, "no candidates of this contest in the files")
    if len(pair.result) > 1:
        lines = " and ".join(str(row.line) for row in pair.result)
        raise first.unexpected(f"two rows of the constituency, with different figures: lines {lines}")
    twice = _twice(pair.candidates)
    first.expect(twice is None, f"{twice} is a candidate twice, with different figures")
    if pair.result:
        return parliament.contest(election.id, election.date, first, pair.candidates, reader, _flags(pair.rows))
    first.expect(alone, "no row of this constituency in the other file")
    return parliament.contest_of_candidates(election.id, pair.candidates, reader, _flags(pair.rows))


def _twice(rows: Iterable[Row]) -> str | None:
    """A candidate of the same name and party as another."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        who = (parliament.candidate_name(row), row.values.get("mnis_party_id", row.text("party_name")).strip())
        if who in seen:
            return who[0]
        seen.add(who)
    return None


def _with_boundaries(election: Election, seat: Seat, known: Known) -> Election:
    """A new election with the boundaries of its first seat, and the general election before it on them."""
    if election.id not in known.new or election.boundaries is not None:
        return election
    before = [
        each
        for each in known.dataset.record.elections
        if each.kind is ElectionKind.GENERAL and each.boundaries == seat.boundaries and each.date < election.date
    ]
    previous = max(before, key=lambda each: each.date).id if before else None
    known.new[election.id] = replace(election, boundaries=seat.boundaries, previous=previous)
    return known.new[election.id]


def _history(sheets: Sheets, known: Known, ledger: Ledger) -> Iterator[tuple[Contest, Sequence[Row]]]:
    for _, rows in sheets.get(FileKind.HISTORY, ()):
        for row in rows:
            what = f"{row.text('constituency')} {row.text('election')}"
            made = _tried(lambda row=row: _past(row, known), [row], what, ledger)  # type: ignore[misc]
            if made is not None:
                yield made, [row]


def _past(row: Row, known: Known) -> Contest:
    seat, flags = known.past_seat(row)
    election = known.past(row)
    electorate = row.whole("electorate") if row.has("electorate") else None
    found = history.contest(election.id, seat.id, row, electorate, (*_flags([row]), *flags))
    parties = dict.fromkeys((*(tally.party for tally in found.tallies), *found.returned))
    unknown = [party for party in parties if party not in known.dataset.parties]
    row.expect(not unknown, "; ".join(f"no party called {party!r}" for party in unknown))
    said = [*found.flags]
    if electorate is None:
        said.append(Flag(code="electorate-missing", note="The source leaves the electorate blank."))
    elif history.turnout_differs(row, found):
        note = f"The source prints a turnout of {row.text('turnout')}, which its own figures do not give."
        said.append(Flag(code="turnout-differs", note=note))
    if found.valid_votes is None and not found.unopposed:
        said.append(Flag(code="votes-missing", note="The source has no total of the votes."))
    return replace(found, flags=tuple(said))


# --- wards ----------------------------------------------------------------------------------------------------------


def _leap(sheets: Sheets, known: Known, ledger: Ledger) -> Iterator[tuple[WardContest, Sequence[Row]]]:
    wards: dict[tuple[str, str, str, str], list[Row]] = {}
    for _, rows in sheets.get(FileKind.LEAP, ()):
        for row in rows:
            if leap.is_placeholder(row):
                why = "the place of an elected mayor, and no candidate of a ward"
                ledger.set_aside([row], row.text("ward_name"), why)
                continue
            day = row.text("election_date") if row.has("election_date") else ""
            key = (row.file, day, row.text("council_ons"), row.text("ward_ons"))
            wards.setdefault(key, []).append(row)
    lost = _lost(sheets, FileKind.LEAP)
    torn = _under_two_codes(wards, lambda key, row: (*key[:3], ward_names.compared(row.text("ward_name"))))
    dated = {}
    for key, own in wards.items():
        if _tried(lambda: (_day(own[0]),), own, "date", ledger) is None:  # noqa: B023
            lost.setdefault(key[3], f"the date of line {own[0].line} cannot be read")
        else:
            dated[key] = own
    for key, own in dated.items():
        what = f"{own[0].text('ward_name')}, {own[0].text('council_name')}"
        missing = lost.get(key[3]) or torn.get(key)
        made = _tried(lambda: _leap_ward(own, key[0], known, missing), own, what, ledger)  # noqa: B023
        if made is not None:
            _told_of_ward(made, own, what, ledger)
            yield made, own


def _told_of_ward(made: WardContest, rows: Sequence[Row], what: str, ledger: Ledger) -> None:
    """Tell what in a ward of the archive is not as it is written there."""
    for row in rows:
        name = ward_names.tidy(row.text("ward_name"))
        if name != made.ward:
            ledger.read_as(row, "ward_name", f"{name!r} read as {made.ward!r}: the code is the same")
    if made.uncontested:
        ledger.noted(rows, what, f"seats up taken to be {made.seats_up}, as many as were elected: {NO_SEATS}")


INFERRED = "seats-inferred"
"""Code of the flag of seats up that the source does not have."""
NO_SEATS = "the source has no number of seats, and fewer people than seats may have stood"


def _leap_ward(rows: Sequence[Row], file: str, known: Known, why: str | None) -> WardContest:
    known.council_of_code(rows[0])
    expect(why is None, why or "")
    day = _day(rows[0])
    election = known.local(day, file)
    rows[0].expect(day in (None, election.date), f"dated {day}, and --election says {election.id}")
    made = leap.contest(election.id, rows, lambda row: known.coded(row, row.text("party_short"), codes.LEAP))
    said = [*_flags(rows), *made.flags]
    if made.uncontested:
        note = f"Seats up are taken to be as many as were elected: {NO_SEATS}."
        said.append(Flag(code=INFERRED, note=note))
    return replace(made, flags=tuple(said))


def _handbook(sheets: Sheets, known: Known, ledger: Ledger) -> Iterator[tuple[WardContest, Sequence[Row]]]:
    wards: dict[tuple[int, str], list[Row]] = {}
    candidates: dict[tuple[int, str], list[Row]] = {}
    for kind, found in ((FileKind.LEH_WARDS, wards), (FileKind.LEH_CANDIDATES, candidates)):
        for sheet, rows in sheets.get(kind, ()):
            year = sheet.year or 0
            for row in rows:
                found.setdefault((year, row.text(LAYOUTS[year].code)), []).append(row)
    lost = _lost(sheets, FileKind.LEH_CANDIDATES)
    for year, code in {**wards, **candidates}:
        parts = _apart(year, wards.get((year, code), []), candidates.get((year, code), []))
        for own, standing in parts:
            rows = [*own, *standing]
            what = rows[0].text(LAYOUTS[year].ward) if wards else "ward"
            made = _tried(lambda: _handbook_ward(year, own, standing, known, lost.get(code)), rows, what, ledger)  # noqa: B023
            if made is not None:
                yield made if len(parts) == 1 else _without_code(made), rows


def _apart(year: int, wards: Sequence[Row], candidates: Sequence[Row]) -> list[tuple[list[Row], list[Row]]]:
    """The rows of one code by the ward that they name, where the source gives several wards one code.

    Rows whose name is only spelled otherwise than that of the ward are not taken apart.
    """
    column = LAYOUTS[year].ward
    parts: dict[str, tuple[list[Row], list[Row]]] = {}
    for row in wards:
        parts.setdefault(normalise(row.text(column)), ([], []))[0].append(row)
    named = {*parts}
    for row in candidates:
        parts.setdefault(normalise(row.text(column)), ([], []))[1].append(row)
    others = [standing for name, (_, standing) in parts.items() if name not in named]
    if len(wards) > len(named) or not all(leh.nobody_voted(year, standing) for standing in others):
        return [([*wards], [*candidates])]
    return [*parts.values()]


def _without_code(made: WardContest) -> WardContest:
    """A ward whose code the source gives to another one too."""
    note = f"The source gives the code {made.ward_id} to several wards: left absent."
    return replace(made, ward_id=None, flags=(*made.flags, Flag(code="ward-code-shared", note=note)))


def _handbook_ward(
    year: int, wards: Sequence[Row], candidates: Sequence[Row], known: Known, why: str | None
) -> WardContest:
    first = (wards or candidates)[0]
    expect(why is None, why or "")
    first.expect(len(wards) <= 1, "two rows of this ward, with different figures")
    unopposed = leh.nobody_voted(year, candidates)
    expect(wards or unopposed, NO_WARD_ROW)
    names = HandbookNames(known, first, LEH_DAYS[year], year)
    names.council(leh.authority(first, year))
    first.expect(candidates, "no candidates: import the sheet of candidates of the same year with that of wards")
    election = known.local(LEH_DAYS[year], first.file)
    for row in candidates:
        same = not row.has("Year") or row.whole("Year") == election.date.year
        row.expect(same, f"of {row.values.get('Year', '')}, and --election says {election.id}")
    made = leh.contest(election.id, year, wards[0] if wards else None, candidates, names)
    return replace(made, flags=(*_flags([*wards, *candidates]), *made.flags))


NO_WARD_ROW = "no row of this ward: import the sheet of wards of the same year with that of candidates"


def _totals(sheets: Sheets, known: Known, ledger: Ledger) -> Iterator[tuple[WardContest, Sequence[Row]]]:
    rank = {party: i for i, party in enumerate(known.dataset.parties)}
    for sheet, rows in sheets.get(FileKind.LEH_TOTALS, ()):
        day = LEH_DAYS[sheet.year or 0]
        election = known.local(day, sheet.table.file)
        for row in rows:
            names = HandbookNames(known, row, day, sheet.year or 0)
            what = f"{row.text('WARDNAME')}, {row.text('DISTRICTNAME')}"
            made = _tried(lambda: leh.totals(election.id, row, names, rank), [row], what, ledger)  # noqa: B023
            if made is not None:
                yield replace(made, flags=(*_flags([row]), *made.flags)), [row]


# --- ballot papers --------------------------------------------------------------------------------------------------


def _ballots(sheets: Sheets, known: Known, ledger: Ledger) -> Iterator[tuple[Contest | WardContest, Sequence[Row]]]:
    papers: dict[str, list[Row]] = {}
    for _, rows in sheets.get(FileKind.DEMOCRACY, ()):
        for row in rows:
            papers.setdefault(row.text("ballot_paper_id"), []).append(row)
    lost = _lost(sheets, FileKind.DEMOCRACY)
    for paper, rows in papers.items():
        made = _tried(lambda: _ballot(rows, known, lost.get(paper)), rows, paper, ledger)  # noqa: B023
        if made is not None:
            if any(flag.code == "winners-inferred" for flag in made.flags):
                ledger.noted(rows, paper, "nobody is marked as elected: those with most votes are taken to be")
            yield made, rows


def _ballot(rows: Sequence[Row], known: Known, why: str | None) -> Contest | WardContest:
    first = rows[0]
    of = democracy.ballot(first)
    names = democracy.Names(party=lambda row: known.registered(row, democracy.registration(row)), label=known.label_of)
    if of.sort == "local":
        first.expect(of.division, "a ballot paper of a whole council, expected one of a ward")
        council = known.council(first, of.place.replace("-", " "), of.day)
        election = known.local(of.day, first.file)
        name = ward_names.ward_name(council.id, first.text("post_label"), known.spellings)
        result: Contest | WardContest = democracy.ward(rows, of, election.id, council.id, name, names)
    else:
        first.expect(of.sort == "parl", f"a ballot paper of the kind {of.sort!r}: only local and parl ones are read")
        seat = known.seat_of_slug(first, of.place, of.day)
        election = known.parliamentary(of.day, seat, first.file) if of.by_election else known.general(of.day)
        election = _with_boundaries(election, seat, known)
        result = democracy.seat(rows, election.id, seat.id, names)
    expect(why is None, why or "")
    first.expect(of.day == election.date, f"dated {of.day}, and --election says {election.id}")
    democracy.once(rows)
    return replace(result, flags=(*_flags(rows), *result.flags))


# --- councils -------------------------------------------------------------------------------------------------------


def _compositions(sheets: Sheets, known: Known, ledger: Ledger) -> Iterator[tuple[str, Composition, Sequence[Row]]]:
    for _, rows in sheets.get(FileKind.COMPOSITIONS, ()):
        found: dict[tuple[str, int], list[tuple[Composition, Row]]] = {}
        for row in rows:
            made = _tried(lambda row=row: _composition(row, known), [row], row.text("authority"), ledger)  # type: ignore[misc]
            if made is not None:
                found.setdefault((made[0], made[1].year), []).append((made[1], row))
        for (council, year), same in found.items():
            own = [row for _, row in same]
            if all(composition == same[0][0] for composition, _ in same):
                yield council, same[0][0], own
            else:  # two councils of one name, of which the dataset may have either
                why = f"{len(own)} rows of a council of this name in {year}, with different figures"
                ledger.set_aside(own, own[0].text("authority"), why)


def _composition(row: Row, known: Known) -> tuple[str, Composition]:
    year = row.whole("year")
    row.expect(date.min.year <= year <= date.max.year, f"year is {row.raw('year')!r}, expected a year")
    council = known.council(row, row.text("authority"), date(year, 6, 1))
    code = row.text("gss_code") if row.has("gss_code") else council.id
    row.expect(code == council.id, f"code {code}, the dataset has {council.id} for {council.name}")
    seats, size = compositions.counted(row, council.id), row.whole("total")
    row.expect(sum(seats.values()) == size, f"seats add up to {sum(seats.values())}, the total is {size}")
    label = compositions.published(row)
    order = {party: i for i, party in enumerate(known.dataset.parties)}
    unknown = [party for party in seats if party not in order]
    row.expect(not unknown, "; ".join(f"no party called {party!r}" for party in unknown))
    held = {party: seats[party] for party in sorted(seats, key=order.__getitem__) if seats[party]}
    return council.id, Composition(
        year=year,
        size=size,
        seats=held,
        published=label or None,
        date=compositions.day(year, council.type),
        flags=(*_flags([row]), *_control(label, seats, size, row)),
    )


def _control(label: str, seats: Seats, size: int, row: Row) -> Iterator[Flag]:
    """What is to be said of a label of control: the seats are read whatever it says."""
    try:
        if not label or compositions.bears_out(label, seats, size, row):
            return
        note = f"The source labels control {label!r}, which its own seats do not bear out."
    except Unexpected:
        note = f"The source labels control {label!r}, which says nothing that its columns of seats could bear out."
    yield Flag(code="control-label", note=note)
