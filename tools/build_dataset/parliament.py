"""General elections and by-elections: every figure is checked against its twin in the other file of the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tools.build_dataset.area import Area, Roll
from tools.build_dataset.corrections import Corrections
from tools.build_dataset.flags import flag
from tools.build_dataset.judgements import Judgements
from tools.build_dataset.notional import read_notional
from tools.build_dataset.published import with_published_changes
from tools.build_dataset.raw import RawData, Row, expect

from emvote.model import Contest, Election, ElectionKind, Flag, Seat
from emvote.store.importers.parliament import Reader, Repair, by_seat, contest, slug, spoken

GENERAL_ELECTIONS = (
    ("2010", date(2010, 5, 6), "parl.2005-05-05.notional"),
    ("2015", date(2015, 5, 7), "parl.2010-05-06"),
    ("2017", date(2017, 6, 8), "parl.2015-05-07"),
    ("2019", date(2019, 12, 12), "parl.2017-06-08"),
    ("2024", date(2024, 7, 4), "parl.2019-12-12.notional"),
)
"""Year, polling day, and the election it is compared with."""
REDRAWN = 2024
"""From this general election on the boundaries are new."""


@dataclass(frozen=True, slots=True)
class Parliament:
    """What the module gives to the record."""

    elections: tuple[Election, ...]
    contests: tuple[Contest, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that reading a contest needs."""

    area: Area
    corrections: Corrections
    reader: Reader


def _reader(area: Area, parties: Roll, judged: Judgements, seats: Iterable[Seat]) -> Reader:
    """What the record knows, with the repairs that were judged."""

    def repair_name(election: str, row: Row, name: str) -> Repair | None:
        for each in judged.names:
            if (each.election, each.seat, each.raw) == (election, row.text("ons_id"), name):
                return each.name, flag("name-repaired", each.note)
        return None

    def repair_label(label: str) -> Repair | None:
        for each in judged.labels:
            if each.raw == label:
                return each.label, flag("name-repaired", each.note)
        return None

    return Reader(
        parties=parties.all,
        party=lambda row: parties.by_mnis[row.whole("mnis_party_id")],
        names={seat.id: seat.name for seat in seats},
        same_name=area.same_name,
        repair_name=repair_name,
        repair_label=repair_label,
    )


def read_parliament(
    raw: RawData,
    area: Area,
    parties: Roll,
    judged: Judgements,
    seats: Iterable[Seat],
    corrections: Corrections | None = None,
) -> Parliament:
    """All elections to the House of Commons in an area, by date."""
    corrections = corrections or Corrections()
    desk = Desk(area, corrections, _reader(area, parties, judged, seats))
    elections, contests = [], []
    notional = read_notional(raw, parties, desk.reader.names)
    for election, results in (*notional, *_general(raw, desk), *_by_elections(raw, desk)):
        elections.append(election)
        contests.extend(sorted(results, key=lambda contest: desk.reader.names[contest.seat]))
    elections.sort(key=lambda election: (election.date, election.id))
    order = {election.id: i for i, election in enumerate(elections)}
    contests.sort(key=lambda contest: order[contest.election])
    contests = [*with_published_changes(raw, contests, elections, parties, judged)]
    _check_names_used(contests, judged)
    corrections.check_used()
    return Parliament(tuple(elections), tuple(contests))


# --- general elections and by-elections ---------------------------------------------------------------------------


def _general(raw: RawData, desk: Desk) -> Iterator[tuple[Election, list[Contest]]]:
    for year, day, previous in GENERAL_ELECTIONS:
        election = Election(
            id=f"parl.{day}",
            name=f"General election, {spoken(day)}",
            kind=ElectionKind.GENERAL,
            date=day,
            boundaries="2024" if day.year >= REDRAWN else "2010",
            previous=previous,
            source=f"parliament-{year}",
        )
        constituencies = _inside(raw, desk.area, f"general-elections/constituencies-{year}.csv")
        candidacies = _inside(raw, desk.area, f"general-elections/candidacies-{year}.csv")
        expect(all(row.text("election_date") == str(day) for row in candidacies), f"{election.id}: another polling day")
        standing = by_seat(candidacies)
        yield election, [_contest(election, row, standing[row.text("ons_id")], desk) for row in constituencies]


def _by_elections(raw: RawData, desk: Desk) -> Iterator[tuple[Election, list[Contest]]]:
    candidacies = _inside(raw, desk.area, "general-elections/by-elections-candidacies.csv")
    for row in _inside(raw, desk.area, "general-elections/by-elections-constituencies.csv"):
        day = date.fromisoformat(row.text("election_date"))
        name = desk.reader.names[row.text("ons_id")]
        _year, before, _previous = [general for general in GENERAL_ELECTIONS if general[1] < day][-1]
        election = Election(
            id=f"parl.{slug(name)}.by.{day}",
            name=f"{name} by-election, {spoken(day)}",
            kind=ElectionKind.BY_ELECTION,
            date=day,
            boundaries="2024" if before.year >= REDRAWN else "2010",
            previous=f"parl.{before}",
            source="parliament-by-elections",
        )
        same_day = [line for line in candidacies if line.text("election_date") == row.text("election_date")]
        yield election, [_contest(election, row, by_seat(same_day)[row.text("ons_id")], desk)]


def _inside(raw: RawData, area: Area, path: str) -> list[Row]:
    """The rows of the area."""
    inside: dict[bool, list[Row]] = {True: [], False: []}
    for row in raw.rows(path):
        inside[area.has(row)].append(row)
    what = "candidacies" if "candidacies" in path else "constituency results"
    if inside[False]:
        raw.leave_out(f"{what} outside the region", inside[False])
    return inside[True]


def _contest(election: Election, row: Row, candidacies: Iterable[Row], desk: Desk) -> Contest:
    """One contest, corrected where that was judged."""
    flags: list[Flag] = []
    row = desk.corrections.contest(election.id, row, flags)
    own = [desk.corrections.candidate(election.id, line, flags) for line in candidacies]
    return contest(election.id, election.date, row, own, desk.reader, flags)


def _check_names_used(contests: Iterable[Contest], judged: Judgements) -> None:
    """Every repair in the judgements must have found its place."""
    used = {one.note for contest in contests for one in contest.flags}
    repairs = {repair.raw: repair.note for repair in judged.names} | {one.raw: one.note for one in judged.labels}
    for raw, note in repairs.items():
        expect(note in used, f"judgements.toml: {raw!r} is not in the source any more")
