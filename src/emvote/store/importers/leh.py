"""Ward results as the Local Elections Handbook has them: four layouts of candidates and wards, and totals of 2023."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from emvote.model import Flag, Tally, WardCandidacy, WardContest
from emvote.store.importers.kinds import LAYOUTS, TOTALS_APART
from emvote.store.importers.rows import Row
from emvote.store.importers.ward_names import forwards, tidy

COUNTY_DIVISION: Final = "SC"
NO_DESCRIPTION: Final = "ND"
MISSING: Final = "NA"
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


def contest(election: str, year: int, ward: Row, rows: Sequence[Row], names: Names) -> WardContest:
    """One ward from its row and those of its candidates.

    Raises:
        Unexpected: a value cannot be read, or the two sheets contradict each other.
    """
    layout = LAYOUTS[year]
    council = names.council(authority(ward, year))
    candidates = tuple(_candidate(names, year, row) for row in rows)
    name, renamed = names.ward(election, council, rows[0].text(layout.ward))
    candidates, settled = names.settle(election, ward.text(layout.code), candidates)
    flags = [*renamed, *settled]
    won = sum(candidate.elected for candidate in candidates)
    if ward.text(layout.seats) == MISSING:
        note = "The source leaves out how many seats were up: as many as were elected."
        flags.append(Flag(code="seats-missing", note=note))
    else:
        ward.expect(ward.whole(layout.seats) == won, f"{won} elected for {ward.text(layout.seats)} seats ({name})")
    return WardContest(
        election=election,
        council=council,
        ward=name,
        ward_id=ward.text(layout.code),
        seats_up=won,
        electorate=ward.whole("Electorate"),
        turnout_pct=_turnout(ward, year),
        candidates=tuple(sorted(candidates, key=lambda each: -(each.votes or 0))),
        flags=tuple(flags),
    )


def authority(ward: Row, year: int) -> str:
    """The council that was elected: in 2021 and 2025 the name of a division's district stands beside the county's."""
    if year == FULL_NAMES:
        return ward.text("Upper tier authority")
    if "Type" in ward.values and ward.text("Type") == COUNTY_DIVISION:
        return ward.text("County name")
    return ward.text("Local authority name")


def _turnout(ward: Row, year: int) -> float | None:
    """Ballot papers in per cent of the electorate, where they are published: in 2024 there are valid votes only."""
    if year == FULL_NAMES:
        return round(ward.number("Turnout (EC method)") * 100, 1)
    return None if year == VALID_TURNOUT else ward.number("Turnout (%)")


def _candidate(names: Names, year: int, row: Row) -> WardCandidacy:
    layout = LAYOUTS[year]
    elected, party = row.text("Elected"), row.text("Party name")
    row.expect(elected in {"0", "1", "TRUE", "FALSE"}, f"Elected is {elected!r}")
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
        votes=row.whole(layout.votes),
        label=label,
        elected=elected in {"1", "TRUE"},
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
        electorate=row.whole("ELECT"),
        turnout_pct=row.number("TURNOUT"),
        tallies=tuple(sorted(tallies, key=lambda tally: (-tally.votes, rank[tally.party]))),
        flags=(*renamed, *(flag for code in votes for flag in names.doubts(code))),
    )
