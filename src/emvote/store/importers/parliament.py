"""Contests of general elections and by-elections: every figure is held against its twin in the source's other file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from msgspec import Struct

from emvote.model import IND, Candidacy, Contest, Flag, Party
from emvote.store.importers.rows import Row

OUTCOME: Final = re.compile(r"(?P<first>\w+) (?:hold|gain from \w+)")
SHIFTED: Final = ("snp", "pc", "dup", "sf", "sdlp", "uup", "apni")
"""Columns of parties of Scotland, Wales or Northern Ireland, in which votes of others may stand by mistake."""
COLUMN_IDS: Final = {"brx": "brexit", "ruk": "reform"}
COLUMNS: Final = {
    name: COLUMN_IDS.get(name, name) for name in ("con", "lab", "ld", "ukip", "brx", "ruk", "green", *SHIFTED)
}
"""Column of the constituencies' files that repeats the votes of a party, and the id of that party."""
MOJIBAKE: Final = re.compile("[ÂÃ]")
UCUNF: Final = "ucunf"
"""The joint candidates of the Conservatives and the Ulster Unionists in 2010."""
UCUNF_DAY: Final = date(2010, 5, 6)
NO_FIGURE: Final = "[x]"
"""What the source has in place of a number of invalid votes that it does not know."""

Repair = tuple[str, Flag]
"""The right text for a damaged one, and the flag that says so."""


def _no_repair(*_: object) -> None:
    return None


class Reader(Struct, frozen=True):
    """Everything that reading a contest needs."""

    parties: tuple[Party, ...]
    party: Callable[[Row], Party]
    """The party of a candidate's row, by its number in Parliament's register."""
    names: Mapping[str, str]
    """Seat id to name."""
    same_name: Callable[[str, str], bool]
    """Whether the results spell a seat as the record does."""
    repair_name: Callable[[str, Row, str], Repair | None] = _no_repair
    """For an election, a candidate's row and the name that it has."""
    repair_label: Callable[[str], Repair | None] = _no_repair

    def abbreviation(self, party_id: str) -> str:
        """A party as outcomes write it."""
        return next(party.abbreviation for party in self.parties if party.id == party_id)


def spoken(day: date) -> str:
    """A date as people write it: `12 December 2019`.

    >>> spoken(date(2019, 12, 12))
    '12 December 2019'
    """
    return f"{day.day} {day:%B %Y}"


def slug(name: str) -> str:
    """A name as ids of elections write it.

    >>> slug("Sheffield, Brightside and Hillsborough")
    'sheffield-brightside-and-hillsborough'
    """
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    words = "".join(char if char.isalnum() else " " for char in plain.lower().replace("'", ""))
    return "-".join(words.split())


def by_seat(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows of each seat."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.text("ons_id"), []).append(row)
    return found


def contest(
    election: str, day: date, row: Row, candidacies: Iterable[Row], reader: Reader, flags: Sequence[Flag] = ()
) -> Contest:
    """One contest from its row and those of its candidates, who are put most votes first.

    Args:
        election: its id.
        day: its polling day.
        row: of the constituencies' file.
        candidacies: of the candidates' file.
        reader: what the record knows.
        flags: what was done to the rows before.

    Raises:
        Unexpected: a value cannot be read, or the two files contradict each other.
    """
    said = [*flags]
    standing = [_candidacy(election, line, reader, said) for line in candidacies]
    row.expect(standing, "no candidates in the other file")
    standing = [*_joint(row, day, standing, reader, said)]
    standing = _elected(standing)
    found = Contest(
        election=election,
        seat=row.text("ons_id"),
        electorate=row.whole("electorate"),
        valid_votes=row.whole("valid_votes"),
        invalid_votes=_invalid(row, said),
        majority=row.whole("majority"),
        outcome=_outcome(row, said),
        candidates=tuple(standing),
        flags=(*said, *_column_shift(row, standing)),
    )
    _check(found, row, reader)
    return found


def contest_of_candidates(
    election: str, candidacies: Sequence[Row], reader: Reader, flags: Sequence[Flag] = ()
) -> Contest:
    """One contest where only the candidates' file is there: electorate, rejected ballots and outcome are not known.

    Raises:
        Unexpected: a value cannot be read, or two candidates share the most votes.
    """
    said = [*flags]
    standing = _elected([_candidacy(election, line, reader, said) for line in candidacies])
    tied = len(standing) > 1 and standing[0].votes == standing[1].votes
    candidacies[0].expect(not tied, "two candidates share the most votes, and nothing here tells who was elected")
    name = reader.names[candidacies[0].text("ons_id")]
    for row in candidacies:
        published = row.text("constituency_name")
        row.expect(reader.same_name(name, published), f"the seat is {published!r} here, {name!r} on record")
    candidacies[0].expect(len(candidacies) > 1, "one candidate with votes and no other: the others are missing")
    said.append(Flag(code="constituency-missing", note=MISSING_ROW))
    return Contest(
        election=election,
        seat=candidacies[0].text("ons_id"),
        valid_votes=sum(candidacy.votes for candidacy in standing),
        candidates=tuple(standing),
        flags=tuple(said),
    )


MISSING_ROW: Final = (
    "Imported from the file of candidates alone: electorate and rejected ballots are not known, the valid votes are "
    "the sum of the candidates' votes, and the candidate with most votes is taken as elected."
)


def _elected(standing: Iterable[Candidacy]) -> list[Candidacy]:
    """The candidates most votes first; the first is elected."""
    found = sorted(standing, key=lambda candidacy: (-candidacy.votes, candidacy.name))
    found[0] = replace(found[0], elected=True)
    return found


def _invalid(row: Row, flags: list[Flag]) -> int | None:
    found = row.text("invalid_votes")
    if found and found != NO_FIGURE:
        return row.whole("invalid_votes")
    shown = NO_FIGURE if found else "a blank"
    note = f"The source has {shown} for the invalid votes: not published, left absent."
    flags.append(Flag(code="invalid-votes-missing", note=note))
    return None


def _outcome(row: Row, flags: list[Flag]) -> str:
    """The outcome as published, in the one spelling of its words."""
    published = row.text("result")
    spelt = published.replace("Lab Coop", "Lab").replace(" Hold", " hold").replace("Alliance", "APNI")
    if spelt != published:
        note = f"The source has the outcome as '{published}': given as '{spelt}'."
        flags.append(Flag(code="outcome-spelling", note=note))
    return spelt


def _joint(
    row: Row, day: date, standing: Iterable[Candidacy], reader: Reader, flags: list[Flag]
) -> Iterator[Candidacy]:
    """The candidates; those whom the source calls independents and yet counts for the Ulster Unionists as UCUNF."""
    together = row.whole("uup") if row.has("uup") else 0
    own = any(candidacy.party == "uup" for candidacy in standing)
    party = next((party for party in reader.parties if party.id == UCUNF), None)
    for candidacy in standing:
        if party is None or own or not together or (candidacy.party, candidacy.votes) != (IND, together):
            yield candidacy
            continue
        row.expect(day == UCUNF_DAY, "joint candidates only in 2010")
        note = (
            f"The source has {candidacy.name} as an independent among the candidates, and counts the same {together:,} "
            f"votes under the Ulster Unionists in its row of the constituency, where it calls such candidates UCUNF: "
            f"given as the joint candidate of the Conservatives and the Ulster Unionists."
        )
        flags.append(Flag(code="joint-candidate", note=note))
        yield replace(candidacy, party=UCUNF, label=None)


def _candidacy(election: str, row: Row, reader: Reader, flags: list[Flag]) -> Candidacy:
    party = reader.party(row)
    label = _label(row, reader, flags)
    return Candidacy(
        name=_name(election, row, reader, flags),
        party=party.id,
        votes=row.whole("votes"),
        label=None if label == party.ballot_label else label,
        sitting_mp=_sat(row, flags),
        mnis_id=row.whole("member_mnis_id") if row.has("member_mnis_id") else None,
        dc_id=row.whole("dc_person_id") if row.has("dc_person_id") else None,
    )


def candidate_name(row: Row) -> str:
    """First name and surname."""
    return f"{row.text('candidate_first_name')} {row.text('candidate_surname')}"


def _name(election: str, row: Row, reader: Reader, flags: list[Flag]) -> str:
    """First name and surname, repaired where the source is damaged."""
    name = candidate_name(row)
    repair = reader.repair_name(election, row, name)
    if repair is not None:
        flags.append(repair[1])
        return repair[0]
    row.expect(not MOJIBAKE.search(name) and name.isprintable() and "  " not in name, f"name {name!r}")
    if name != f"{row.raw('candidate_first_name')} {row.raw('candidate_surname')}":
        note = f"The source has a space or tab around a part of the name {name}: left out."
        flags.append(Flag(code="name-repaired", note=note))
    return name


def _label(row: Row, reader: Reader, flags: list[Flag]) -> str:
    label = row.text("party_name")
    repair = reader.repair_label(label)
    if repair is not None:
        flags.append(repair[1])
        return repair[0]
    return label


def _sat(row: Row, flags: list[Flag]) -> bool:
    """Whether the candidate sat in the last Parliament."""
    answer = row.text("sitting_mp")
    if answer == "" and row.raw("sitting_mp") == "\xa0":
        note = (
            f"The source has a no-break space for whether {candidate_name(row)} sat in the last Parliament: read as no."
        )
        flags.append(Flag(code="blank-sitting-mp", note=note))
        return False
    row.expect(answer in {"Yes", "No"}, f"sitting_mp is {row.raw('sitting_mp')!r}, expected Yes or No")
    return answer == "Yes"


def _column_shift(row: Row, standing: Iterable[Candidacy]) -> Iterator[Flag]:
    """Votes in the column of a party that does not stand there."""
    for column in SHIFTED:
        votes = row.whole(column) if row.has(column) else 0
        if votes and not _stands(column, standing):
            owner = [candidacy for candidacy in standing if candidacy.votes == votes]
            row.expect(len(owner) == 1, f"{votes} votes in {column}, nobody's")
            note = (
                f"The source's constituency row has {votes} votes in the column of another country's party ({column}); "
                f"they are those of {owner[0].name} ({owner[0].party}), as in its row of the candidate."
            )
            yield Flag(code="column-shift", note=note)


def _stands(column: str, standing: Iterable[Candidacy]) -> bool:
    """Whether a party has a candidate whose votes its column holds; that of the Ulster Unionists has joint ones too."""
    return any(_column_party(candidacy.party) == COLUMNS[column] for candidacy in standing)


def _column_party(party: str) -> str:
    return "uup" if party == UCUNF else party


def _check(found: Contest, row: Row, reader: Reader) -> None:
    """The figures of the constituency and of its candidates must be the same."""
    votes = [candidacy.votes for candidacy in found.candidates]
    name, published = reader.names[found.seat], row.text("constituency_name")
    row.expect(reader.same_name(name, published), f"the seat is {published!r} here, {name!r} on record")
    where = f"({published})"
    row.expect(
        sum(votes) == found.valid_votes,
        f"candidates have {sum(votes)} votes, valid votes are {found.valid_votes} {where}",
    )
    lead = votes[0] - votes[1] if len(votes) > 1 else votes[0]
    row.expect(lead == found.majority, f"majority is {found.majority}, first less second {lead} {where}")
    cast = row.whole("valid_votes") + (found.invalid_votes or 0)
    row.expect(row.whole("electorate") >= cast, f"more votes than electors {where}")
    winner = found.candidates[0]
    if "member_surname" in row.values:  # the first edition of 2017 names no members
        member = f"{row.text('member_first_name')} {row.text('member_surname')}"
        row.expect(winner.name == member, f"most votes for {winner.name}, member is {member} {where}")
    outcome = OUTCOME.fullmatch(found.outcome or "")
    row.expect(
        outcome and outcome["first"] == reader.abbreviation(winner.party),
        f"outcome {found.outcome!r}, winner {winner.party} {where}",
    )
    for column, party_id in COLUMNS.items():
        own = [candidacy.votes for candidacy in found.candidates if _column_party(candidacy.party) == party_id]
        given = row.whole(column) if row.has(column) else None
        shifted = column in SHIFTED and not own
        row.expect(shifted or given in {sum(own), None}, f"{column} is {given}, its candidates have {own} {where}")
