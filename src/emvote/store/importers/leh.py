"""Ward results as the Local Elections Handbook has them: four layouts of candidates and wards, and totals of 2023."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from emvote.model import Flag, Tally, WardCandidacy, WardContest
from emvote.store.importers.kinds import LAYOUTS, TOTALS_APART
from emvote.store.importers.rows import Row
from emvote.store.importers.ward_names import forwards, tidy

COUNTY_DIVISION: Final = "SC"
DIVISION_CODE: Final = "E58"
"""Beginning of the codes of county divisions."""
NO_DESCRIPTION: Final = "ND"
MISSING: Final = "NA"
ELECTED: Final = frozenset({"1", "TRUE"})
NOT_ELECTED: Final = frozenset({"0", "FALSE"})
NO_VOTES: Final = frozenset({"", "0", MISSING})
SEATS_OF_CANDIDATES: Final = ("Seats contested",)
"""Name of the number of seats in the sheet of candidates, where it is another than in that of wards."""
FULL_NAMES: Final = 2025
"""The year whose sheets name parties and candidates in full."""
VALID_TURNOUT: Final = 2024
"""The year whose turnout is of valid votes only."""


class Names(Protocol):
    """What the sheets name, as the record knows it."""

    def council(self, name: str) -> str:
        """The GSS code of a council."""

    def party(self, code: str) -> str:
        """The id of the party of a code."""

    def named(self, name: str) -> str:
        """The id of the party of a name in full."""

    def is_plain(self, party_id: str, name: str) -> bool:
        """Whether a name is what a party is called where nothing else is said."""

    def key(self, year: int, code: str) -> str:
        """What a code stands for, as the sheets of a year explain it."""

    def ward(self, election: str, council: str, raw: str) -> tuple[str, tuple[Flag, ...]]:
        """A ward's name as people write it, with a flag where it is not what the source says."""

    def doubts(self, code: str) -> tuple[Flag, ...]:
        """What is not certain about the party of a code."""

    def settle(
        self, election: str, code: str, candidates: tuple[WardCandidacy, ...]
    ) -> tuple[tuple[WardCandidacy, ...], tuple[Flag, ...]]:
        """The candidates of a ward as they are to be read, where the source is known to be wrong about them."""


def contest(election: str, year: int, ward: Row | None, rows: Sequence[Row], names: Names) -> WardContest:
    """One ward from its row and those of its candidates.

    Args:
        election: its id.
        year: of the sheets.
        ward: its row; `None` where nobody voted, as the sheet of wards leaves those out.
        rows: of its candidates.
        names: what the sheets name.

    Raises:
        Unexpected: a value cannot be read, the two sheets contradict each other, or more are elected than there are
            seats.
    """
    layout, own = LAYOUTS[year], ward or rows[0]
    council = names.council(authority(own, year))
    unopposed = ward is None or nobody_voted(year, rows)
    candidates = tuple(_candidate(names, year, row, unopposed=unopposed) for row in rows)
    name, renamed = names.ward(election, council, rows[0].text(layout.ward))
    column, settled = layout.seats, tuple[Flag, ...]()
    if ward is None:
        column = next((each for each in (layout.seats, *SEATS_OF_CANDIDATES) if own.has(each)), layout.seats)
    else:
        candidates, settled = names.settle(election, own.text(layout.code), candidates)
    seats, missing = _seats(own, column, candidates, name)
    return WardContest(
        election=election,
        council=council,
        ward=name,
        ward_id=own.text(layout.code),
        seats_up=seats,
        uncontested=unopposed,
        electorate=ward.whole("Electorate") if ward and ward.has("Electorate") else None,
        turnout_pct=_turnout(ward, year) if ward and not unopposed else None,
        candidates=tuple(sorted(candidates, key=lambda each: -(each.votes or 0))),
        flags=(*renamed, *settled, *missing),
    )


def nobody_voted(year: int, rows: Sequence[Row]) -> bool:
    """Whether all candidates are elected without a vote."""
    votes = LAYOUTS[year].votes
    return all(row.text("Elected") in ELECTED and row.text(votes) in NO_VOTES for row in rows)


def _seats(row: Row, column: str, candidates: Sequence[WardCandidacy], name: str) -> tuple[int, tuple[Flag, ...]]:
    """How many seats were up; with a flag where the source does not say it."""
    won = sum(candidate.elected for candidate in candidates)
    if not row.has(column) or row.text(column) == MISSING:
        note = "The source leaves out how many seats were up: as many as were elected."
        return won, (Flag(code="seats-missing", note=note),)
    seats = row.whole(column)
    few = won < seats and all(candidate.votes is None for candidate in candidates)
    row.expect(won == seats or few, f"{won} elected for {seats} seats ({name})")
    return seats, ()


def authority(row: Row, year: int) -> str:
    """The council that was elected: in 2021 and 2025 the name of a division's district stands beside the county's."""
    if year == FULL_NAMES:
        return row.text("Upper tier authority")
    divided = row.text(LAYOUTS[year].code).startswith(DIVISION_CODE)
    if row.text("Type") == COUNTY_DIVISION if "Type" in row.values else divided:
        return row.text("County name")
    return row.text("Local authority name")


def _turnout(ward: Row, year: int) -> float | None:
    """Ballot papers in per cent of the electorate, where they are published: in 2024 there are valid votes only."""
    column = "Turnout (EC method)" if year == FULL_NAMES else "Turnout (%)"
    if year == VALID_TURNOUT or not ward.has(column):
        return None
    return round(ward.number(column) * 100, 1) if year == FULL_NAMES else ward.number(column)


def _candidate(names: Names, year: int, row: Row, *, unopposed: bool) -> WardCandidacy:
    layout = LAYOUTS[year]
    elected, party = row.text("Elected"), row.text("Party name")
    row.expect(elected in ELECTED | NOT_ELECTED, f"Elected is {elected!r}")
    named = tidy(row.text(layout.candidate))
    if year == FULL_NAMES:
        of_party = names.named(party)
        label = None if names.is_plain(of_party, party) else party
    else:
        of_party, named = names.party(party), forwards(named)
        label = names.key(year, party) if party == NO_DESCRIPTION else None
    return WardCandidacy(
        name=named,
        party=of_party,
        votes=None if unopposed else row.whole(layout.votes),
        label=label,
        elected=elected in ELECTED,
    )


def totals(election: str, row: Row, names: Names, rank: Mapping[str, int]) -> WardContest:
    """One contested ward of 2023, whose candidates are not published: the best candidate of each party.

    Raises:
        Unexpected: a value cannot be read, or the votes do not add up.
    """
    columns = {code: row.whole(code) for code in row.values if code not in TOTALS_APART and row.text(code)}
    votes = {code: number for code, number in columns.items() if number}
    added = sum(votes.values())
    row.expect(added == row.whole("Grand Total"), f"votes add up to {added}, the total is {row.text('Grand Total')}")
    council = names.council(row.text("DISTRICTNAME"))
    name, renamed = names.ward(election, council, row.text("WARDNAME"))
    tallies = [Tally(party=names.party(code), votes=number) for code, number in votes.items()]
    return WardContest(
        election=election,
        council=council,
        ward=name,
        seats_up=row.whole("VACS"),
        electorate=row.whole("ELECT") if row.has("ELECT") else None,
        turnout_pct=row.number("TURNOUT") if row.has("TURNOUT") else None,
        tallies=tuple(sorted(tallies, key=lambda tally: (-tally.votes, rank[tally.party]))),
        flags=(*renamed, *(flag for code in votes for flag in names.doubts(code))),
    )
