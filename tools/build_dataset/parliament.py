"""General elections and by-elections: every figure is checked against its twin in the other file of the source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tools.build_dataset.area import Area, Roll
from tools.build_dataset.corrections import Corrections
from tools.build_dataset.flags import flag
from tools.build_dataset.judgements import Judgements
from tools.build_dataset.notional import read_notional
from tools.build_dataset.published import with_published_changes
from tools.build_dataset.raw import RawData, Row, expect

from emvote.model import IND, Candidacy, Contest, Election, ElectionKind, Flag, Seat

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
OUTCOME = re.compile(r"(?P<first>\w+) (?:hold|gain from \w+)")
SHIFTED = ("snp", "pc", "dup", "sf", "sdlp", "uup", "apni")
"""Columns of parties of Scotland, Wales or Northern Ireland, in which votes of others may stand by mistake."""
RENAMED = {"brx": "brexit", "ruk": "reform"}
COLUMNS = {name: RENAMED.get(name, name) for name in ("con", "lab", "ld", "ukip", "brx", "ruk", "green", *SHIFTED)}
"""Column of the constituencies' files that repeats the votes of a party, and the id of that party."""
MOJIBAKE = re.compile("[ÂÃ]")
UCUNF = "ucunf"
"""The joint candidates of the Conservatives and the Ulster Unionists in 2010."""


@dataclass(frozen=True, slots=True)
class Parliament:
    """What the module gives to the record."""

    elections: tuple[Election, ...]
    contests: tuple[Contest, ...]


@dataclass(slots=True)
class Reader:
    """Everything that reading a contest needs."""

    area: Area
    parties: Roll
    judged: Judgements
    corrections: Corrections
    names: Mapping[str, str]
    """Seat id to name."""


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
    reader = Reader(area, parties, judged, corrections, {seat.id: seat.name for seat in seats})
    elections, contests = [], []
    notional = read_notional(raw, parties, reader.names)
    for election, results in (*notional, *_general(raw, reader), *_by_elections(raw, reader)):
        elections.append(election)
        contests.extend(sorted(results, key=lambda contest: reader.names[contest.seat]))
    elections.sort(key=lambda election: (election.date, election.id))
    order = {election.id: i for i, election in enumerate(elections)}
    contests.sort(key=lambda contest: order[contest.election])
    contests = [*with_published_changes(raw, contests, elections, parties, judged)]
    _check_names_used(contests, judged)
    corrections.check_used()
    return Parliament(tuple(elections), tuple(contests))


def spoken(day: date) -> str:
    """A date as people write it: `12 December 2019`."""
    return f"{day.day} {day:%B %Y}"


# --- general elections and by-elections ---------------------------------------------------------------------------


def _general(raw: RawData, reader: Reader) -> Iterator[tuple[Election, list[Contest]]]:
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
        constituencies = _inside(raw, reader.area, f"general-elections/constituencies-{year}.csv")
        candidacies = _inside(raw, reader.area, f"general-elections/candidacies-{year}.csv")
        expect(all(row.text("election_date") == str(day) for row in candidacies), f"{election.id}: another polling day")
        by_seat = _by_seat(candidacies)
        yield election, [_contest(election.id, row, by_seat[row.text("ons_id")], reader) for row in constituencies]


def _by_elections(raw: RawData, reader: Reader) -> Iterator[tuple[Election, list[Contest]]]:
    candidacies = _inside(raw, reader.area, "general-elections/by-elections-candidacies.csv")
    for row in _inside(raw, reader.area, "general-elections/by-elections-constituencies.csv"):
        day = date.fromisoformat(row.text("election_date"))
        name = reader.names[row.text("ons_id")]
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
        yield election, [_contest(election.id, row, _by_seat(same_day)[row.text("ons_id")], reader)]


def slug(name: str) -> str:
    """A name as ids of elections write it.

    >>> slug("Sheffield, Brightside and Hillsborough")
    'sheffield-brightside-and-hillsborough'
    """
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    words = "".join(char if char.isalnum() else " " for char in plain.lower().replace("'", ""))
    return "-".join(words.split())


def _inside(raw: RawData, area: Area, path: str) -> list[Row]:
    """The rows of the area."""
    inside: dict[bool, list[Row]] = {True: [], False: []}
    for row in raw.rows(path):
        inside[area.has(row)].append(row)
    what = "candidacies" if "candidacies" in path else "constituency results"
    if inside[False]:
        raw.leave_out(f"{what} outside the region", inside[False])
    return inside[True]


def _by_seat(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    """The candidates of each seat."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.text("ons_id"), []).append(row)
    return found


def _contest(election: str, row: Row, candidacies: Iterable[Row], reader: Reader) -> Contest:
    """One contest, its candidates most votes first."""
    flags: list[Flag] = []
    row = reader.corrections.contest(election, row, flags)
    own = [reader.corrections.candidate(election, line, flags) for line in candidacies]
    standing = [_candidacy(election, line, reader, flags) for line in own]
    standing = [*_joint(row, standing, reader, flags)]
    standing.sort(key=lambda candidacy: (-candidacy.votes, candidacy.name))
    standing[0] = replace(standing[0], elected=True)
    invalid = row.text("invalid_votes")
    if invalid == "[x]":
        flags.append(
            flag("invalid-votes-missing", "The source has [x] for the invalid votes: not published, left absent.")
        )
    contest = Contest(
        election=election,
        seat=row.text("ons_id"),
        electorate=row.whole("electorate"),
        valid_votes=row.whole("valid_votes"),
        invalid_votes=None if invalid == "[x]" else row.whole("invalid_votes"),
        majority=row.whole("majority"),
        outcome=_outcome(row, flags),
        candidates=tuple(standing),
        flags=(*flags, *_column_shift(row, standing)),
    )
    _check(contest, row, reader)
    return contest


def _outcome(row: Row, flags: list[Flag]) -> str:
    """The outcome as published, in the one spelling of its words."""
    published = row.text("result")
    spelt = published.replace("Lab Coop", "Lab").replace(" Hold", " hold")
    if spelt != published:
        flags.append(flag("outcome-spelling", f"The source has the outcome as '{published}': given as '{spelt}'."))
    return spelt


def _joint(row: Row, standing: Iterable[Candidacy], reader: Reader, flags: list[Flag]) -> Iterator[Candidacy]:
    """The candidates; those whom the source calls independents and yet counts for the Ulster Unionists as UCUNF."""
    together = row.whole("uup") if row.text("uup") else 0
    own = any(candidacy.party == "uup" for candidacy in standing)
    party = next((party for party in reader.parties.all if party.id == UCUNF), None)
    for candidacy in standing:
        if party is None or own or not together or (candidacy.party, candidacy.votes) != (IND, together):
            yield candidacy
            continue
        expect(row.text("election_date") == str(GENERAL_ELECTIONS[0][1]), f"{row.place}: joint candidates only in 2010")
        note = (
            f"The source has {candidacy.name} as an independent among the candidates, and counts the same {together:,} "
            f"votes under the Ulster Unionists in its row of the constituency, where it calls such candidates UCUNF: "
            f"given as the joint candidate of the Conservatives and the Ulster Unionists."
        )
        flags.append(flag("joint-candidate", note))
        yield replace(candidacy, party=UCUNF, label=None)


def _candidacy(election: str, row: Row, reader: Reader, flags: list[Flag]) -> Candidacy:
    party = reader.parties.by_mnis[row.whole("mnis_party_id")]
    label = _label(row, reader, flags)
    return Candidacy(
        name=_name(election, row, reader, flags),
        party=party.id,
        votes=row.whole("votes"),
        label=None if label == party.ballot_label else label,
        sitting_mp=_sat(row, flags),
    )


def _name(election: str, row: Row, reader: Reader, flags: list[Flag]) -> str:
    """First name and surname, repaired where the source is damaged."""
    name = f"{row.text('candidate_first_name')} {row.text('candidate_surname')}"
    for repair in reader.judged.names:
        if (repair.election, repair.seat, repair.raw) == (election, row.text("ons_id"), name):
            flags.append(flag("name-repaired", repair.note))
            return repair.name
    expect(not MOJIBAKE.search(name) and name.isprintable() and "  " not in name, f"{row.place}: name {name!r}")
    if name != f"{row.raw('candidate_first_name')} {row.raw('candidate_surname')}":
        flags.append(
            flag("name-repaired", f"The source has a space or tab around a part of the name {name}: left out.")
        )
    return name


def _label(row: Row, reader: Reader, flags: list[Flag]) -> str:
    label = row.text("party_name")
    for repair in reader.judged.labels:
        if repair.raw == label:
            flags.append(flag("name-repaired", repair.note))
            return repair.label
    return label


def _sat(row: Row, flags: list[Flag]) -> bool:
    """Whether the candidate sat in the last Parliament."""
    answer = row.text("sitting_mp")
    if answer == "" and row.raw("sitting_mp") == "\xa0":
        name = f"{row.text('candidate_first_name')} {row.text('candidate_surname')}"
        flags.append(
            flag(
                "blank-sitting-mp",
                f"The source has a no-break space for whether {name} sat in the last Parliament: read as no.",
            )
        )
        return False
    expect(answer in {"Yes", "No"}, f"{row.place}: sitting_mp is {row.raw('sitting_mp')!r}")
    return answer == "Yes"


def _column_shift(row: Row, standing: Iterable[Candidacy]) -> Iterator[Flag]:
    """Votes in the column of a party that does not stand there."""
    for column in SHIFTED:
        votes = row.whole(column) if row.text(column) else 0
        if votes and not _stands(column, standing):
            owner = [candidacy for candidacy in standing if candidacy.votes == votes]
            expect(len(owner) == 1, f"{row.place}: {votes} votes in {column}, nobody's")
            yield flag(
                "column-shift",
                f"The source's constituency row has {votes} votes in the column of another country's party ({column}); "
                f"they are those of {owner[0].name} ({owner[0].party}), as in its row of the candidate.",
            )


def _stands(column: str, standing: Iterable[Candidacy]) -> bool:
    """Whether a party has a candidate whose votes its column holds; that of the Ulster Unionists has joint ones too."""
    return any(_column_party(candidacy.party) == COLUMNS[column] for candidacy in standing)


def _column_party(party: str) -> str:
    return "uup" if party == UCUNF else party


def _check(contest: Contest, row: Row, reader: Reader) -> None:
    """The figures of the constituency and of its candidates must be the same."""
    votes = [candidacy.votes for candidacy in contest.candidates]
    where = f"{row.place} ({row.text('constituency_name')})"
    name = reader.names[contest.seat]
    expect(reader.area.same_name(name, row.text("constituency_name")), f"{where}: the register has {name}")
    expect(
        sum(votes) == contest.valid_votes,
        f"{where}: candidates have {sum(votes)}, valid votes are {contest.valid_votes}",
    )
    expect(
        votes[0] - votes[1] == contest.majority,
        f"{where}: majority {contest.majority}, first less second {votes[0] - votes[1]}",
    )
    expect(
        row.whole("electorate") >= row.whole("valid_votes") + (contest.invalid_votes or 0),
        f"{where}: more votes than electors",
    )
    winner = contest.candidates[0]
    member = f"{row.text('member_first_name')} {row.text('member_surname')}"
    expect(winner.name == member, f"{where}: most votes for {winner.name}, member is {member}")
    outcome = OUTCOME.fullmatch(contest.outcome or "")
    party = next(party for party in reader.parties.all if party.id == winner.party)
    expect(
        outcome and outcome["first"] == party.abbreviation, f"{where}: outcome {contest.outcome!r}, winner {party.id}"
    )
    for column, party_id in COLUMNS.items():
        own = [candidacy.votes for candidacy in contest.candidates if _column_party(candidacy.party) == party_id]
        published = row.whole(column) if column in row.values and row.text(column) else None
        shifted = column in SHIFTED and not own
        expect(shifted or published in {sum(own), None}, f"{where}: {column} {published}, its candidates have {own}")


def _check_names_used(contests: Iterable[Contest], judged: Judgements) -> None:
    """Every repair in the judgements must have found its place."""
    used = {one.note for contest in contests for one in contest.flags}
    repairs = {repair.raw: repair.note for repair in judged.names} | {one.raw: one.note for one in judged.labels}
    for raw, note in repairs.items():
        expect(note in used, f"judgements.toml: {raw!r} is not in the source any more")
