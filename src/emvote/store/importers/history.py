"""Party votes of each seat at general elections since 1918, from the House of Commons Library's file.

Four columns of votes (Conservative, Liberal, Labour, all others together) and no candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from emvote.model import OTHER, Contest, Flag, Tally
from emvote.store.importers.rows import MOST_DIGITS, Row

SETS: Final = {
    "1918-1935": "1918",
    "1945": "1918",
    "1950-1951": "1950",
    "1955-1970": "1955",
    "1974-1979": "1974",
    "1983-1992": "1983",
    "1997-2001": "1997",
    "2005": "1997",
    "2010-2017": "2010",
    "2010-2019": "2010",
}
"""The file's boundary sets, and the first year of the boundaries.

In 1945 and in 2005 boundaries changed elsewhere: in the East Midlands the file keeps all seats and their numbers.
"""
LIBERALS: Final = (("1983", "liberal"), ("1992", "alliance"))
"""The column of the Liberals stands, until the year given, for this party; then for the Liberal Democrats."""
UNOPPOSED: Final = "-1"
"""In place of votes: returned unopposed."""
SHARE_TOLERANCE: Final = 0.0011
"""Printed shares and turnouts (0 to 1) have three places."""
WHOLE_PER_CENT: Final = 0.0055
"""The shares of February 1974 have two."""
HALVED: Final = (
    "Two members were returned, and every elector had two votes: the source has one row for both seats and halves each "
    "party's votes, so that they add up to the total only to within rounding."
)
HALVED_WINNER: Final = (
    "two members were returned, and the source, which halves each party's votes, does not say of which parties"
)
UNKNOWN_WINNER: Final = "returned unopposed by a party that the source counts among all others together"


def boundaries(row: Row) -> str:
    """The first year of the boundaries."""
    row.expect(row.text("boundary_set") in SETS, f"boundary set {row.text('boundary_set')!r}")
    return SETS[row.text("boundary_set")]


def contest(election: str, seat: str, row: Row, electorate: int | None, flags: Iterable[Flag] = ()) -> Contest:
    """One row as a result.

    Args:
        election: its id.
        seat: the id of the seat.
        row: of the file.
        electorate: as it is to be used.
        flags: what is to be said of it besides.

    Raises:
        Unexpected: a value cannot be read, or the votes contradict the total or the printed shares.
    """
    said = [*flags]
    votes, valid, members = _votes(row), _total(row), row.whole("seats")
    unopposed = [party for party, number in votes.items() if number == UNOPPOSED]
    if unopposed:
        said.append(
            Flag(code="unopposed", note="Returned unopposed, as the source says with -1 for the votes: nobody voted.")
        )
        row.expect(len(votes) == members == 1 and valid is None, f"unopposed with {votes}")
    if members > 1:
        said.append(Flag(code="halved-votes", note=HALVED))
    found = Contest(
        election=election,
        seat=seat,
        electorate=electorate,
        valid_votes=valid,
        members=members,
        unopposed=bool(unopposed),
        returned=tuple(party for party in unopposed if party != OTHER),
        winner_unknown=_winner_unknown(members, unopposed),
        tallies=() if unopposed else _tallies(votes),
        flags=tuple(said),
    )
    _check(row, found)
    return found


def _total(row: Row) -> int | None:
    """The total; blank or -1 where there is none."""
    return None if row.text("total_votes") in {"", UNOPPOSED} else row.whole("total_votes")


def _votes(row: Row) -> dict[str, str]:
    """The columns of the parties that stood: the file has 0 or a blank for one that did not."""
    year = row.text("election")[:4]
    liberal = next((party for until, party in LIBERALS if year < until), "ld")
    columns = {"con": "con", "lab": "lab", "lib": liberal, "oth": OTHER, "nat_sw": _nationalists(row)}
    votes = {party: row.text(f"{column}_votes") for column, party in columns.items()}
    for number in votes.values():
        whole = number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS
        row.expect(number in {"", UNOPPOSED} or whole, f"votes {number!r}, expected a whole number")
    return {party: number for party, number in votes.items() if number not in {"", "0"}}


NATIONS: Final = {"scotland": "snp", "wales": "pc"}
"""Country to the party of its nationalists."""


def _nationalists(row: Row) -> str:
    """The party of the column of nationalists; it is blank elsewhere."""
    if row.text("nat_sw_votes") in {"", "0"}:
        return "nat"
    party = NATIONS.get(row.text("country_or_region").casefold())
    row.expect(party, "votes for a party of Scotland or Wales, in neither")
    return str(party)


def _tallies(votes: Mapping[str, str]) -> tuple[Tally, ...]:
    """Most votes first."""
    tallies = [Tally(party=party, votes=int(number)) for party, number in votes.items()]
    return tuple(sorted(tallies, key=lambda tally: -tally.votes))


def _winner_unknown(members: int, unopposed: Sequence[str]) -> str | None:
    """Why nobody can tell who won, where the votes do not show it."""
    if members > 1:
        return HALVED_WINNER
    return UNKNOWN_WINNER if OTHER in unopposed else None


def _check(row: Row, found: Contest) -> None:
    """The sum and the shares that the file prints must follow from its votes."""
    if not found.valid_votes:
        return
    votes = [tally.votes for tally in found.tallies]
    rounding = 1 if found.members > 1 else 0
    row.expect(
        abs(sum(votes) - found.valid_votes) <= rounding,
        f"votes add up to {sum(votes)}, the total is {found.valid_votes}",
    )
    row.expect(len(votes) == len(set(votes)), "two columns with the same votes")
    tolerance = WHOLE_PER_CENT if row.text("election") == "1974F" else SHARE_TOLERANCE
    for column in ("con", "lib", "lab", "nat_sw", "oth"):
        printed, number = row.values.get(f"{column}_share", "").strip(), int(row.text(f"{column}_votes") or 0)
        fits = not printed or abs(row.number(f"{column}_share") - number / found.valid_votes) <= tolerance
        row.expect(fits, f"{column}_share is {printed}, computed {number / found.valid_votes:.4f}")


def turnout_differs(row: Row, found: Contest) -> bool:
    """Whether the turnout that the file prints is another than its own figures give."""
    electorate, printed = row.whole("electorate"), row.text("turnout")
    if found.valid_votes is None or not electorate or not printed:
        return False
    return abs(row.number("turnout") - found.valid_votes / electorate) > SHARE_TOLERANCE
