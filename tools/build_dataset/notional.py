"""Notional results: what an old general election would have been on new boundaries, as Parliament publishes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tools.build_dataset.area import Roll
from tools.build_dataset.flags import flag
from tools.build_dataset.raw import RawData, Row, expect

from emvote.model import IND, OTHER, Contest, Election, ElectionKind, Flag, Tally

NOT_COUNTED_AGAIN = frozenset({"TOTOTHV", "MAXOTHV"})
"""Rows of the notional result of 2019 that repeat votes of other rows: all others, and the largest other."""
GROUPED = {"IND2V": "Independent 2 etc.", **{f"IND{i}V": f"Independent {i}" for i in (3, 4, 5, 6)}}
"""Columns of further independents, and the label that keeps them apart from the first."""
RENUMBERED = {
    "ADVV": (1015, "Advance Together under the number of the Trade Unionist and Socialist Coalition (157)"),
    "YRKSV": (262, "the Yorkshire Party of 2019 under the number of Yorkshire First (182)"),
    "PBPV": (177, "Northern Ireland's People Before Profit under the number of an English party (242)"),
    "Commons Speaker": (47, "the Speaker without a number"),
}
"""Columns whose party has another number in Parliament's register than the candidates of 2019, and what is wrong."""
RECODED = {
    f"S140000{old}": f"S14000{new}" for old, new in zip(("06", "08", "10", "40", "58"), range(107, 112), strict=True)
}
"""Seats of Scotland that the estimate of 2019 has under the codes of 2010."""
ELECTIONS = (
    Election(
        id="parl.2005-05-05.notional",
        name="Notional general election of 2005 on the boundaries of 2010",
        kind=ElectionKind.NOTIONAL,
        date=date(2005, 5, 5),
        boundaries="2010",
        source="notional-2005",
        note="An estimate, published with the results of 2010: nobody voted in these seats in 2005.",
        flags=(
            flag(
                "notional-aggregates",
                "The source adds up, as NA, the parties that it does not name: given as others together.",
            ),
        ),
    ),
    Election(
        id="parl.2019-12-12.notional",
        name="Notional general election of 2019 on the boundaries of 2024",
        kind=ElectionKind.NOTIONAL,
        date=date(2019, 12, 12),
        boundaries="2024",
        source="notional-2019",
        note="An estimate, published with the results of 2024: nobody voted in these seats in 2019.",
        flags=(
            flag(
                "notional-aggregates",
                "Rows of the source for all other parties together, and for the largest of them, repeat votes of other "
                "rows: left out.",
            ),
        ),
    ),
)


def read_notional(raw: RawData, parties: Roll, seats: Mapping[str, str]) -> Iterator[tuple[Election, list[Contest]]]:
    """Both notional elections with their contests; `seats` is seat id to name."""
    first, second = ELECTIONS
    yield first, [*_of_2005(raw, parties, seats)]
    yield second, [*_of_2019(raw, parties, seats)]


def _of_2005(raw: RawData, parties: Roll, seats: Mapping[str, str]) -> Iterator[Contest]:
    rows = raw.rows("general-elections/notional-2005-on-2010-boundaries.csv")
    for seat, own in _by_seat(raw, rows, "constituency_id", seats):
        flags: list[Flag] = []
        tallies = [_tally(row, parties, flags) for row in own]
        contest = Contest(
            election=ELECTIONS[0].id,
            seat=seat,
            electorate=own[0].whole("electorate"),
            valid_votes=own[0].whole("total_votes"),
            tallies=_ordered(tallies, parties),
            flags=(*flags, *_spelling(own[0], seats[seat])),
        )
        _check(contest, own[0])
        yield contest


def _of_2019(raw: RawData, parties: Roll, seats: Mapping[str, str]) -> Iterator[Contest]:
    rows = raw.rows("general-elections/notional-2019-on-2024-boundaries.csv")
    single = [row for row in rows if row.text("party_column_code") not in NOT_COUNTED_AGAIN]
    repeats = (row for row in rows if row.text("party_column_code") in NOT_COUNTED_AGAIN)
    raw.leave_out("the notional result of 2019: they repeat others", repeats)
    for seat, own in _by_seat(raw, single, "ons_id", seats):
        flags: list[Flag] = [*_recoded(own[0], seat)]
        tallies = [_tally(row, parties, flags) for row in own]
        contest = Contest(
            election=ELECTIONS[1].id,
            seat=seat,
            electorate=own[0].whole("electorate"),
            valid_votes=own[0].whole("valid_votes"),
            majority=own[0].whole("majority"),
            tallies=_ordered(tallies, parties),
            flags=(*flags, *_spelling(own[0], seats[seat])),
        )
        _check(contest, own[0])
        yield contest


def _by_seat(raw: RawData, rows: Iterable[Row], key: str, seats: Mapping[str, str]) -> Iterator[tuple[str, list[Row]]]:
    """The rows of each seat of the region."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        code = row.text(key)
        grouped.setdefault(RECODED.get(code, code) if key == "ons_id" else code, []).append(row)
    outside = [row for seat, own in grouped.items() if seat not in seats for row in own]
    if outside:
        raw.leave_out("notional results outside the region", outside)
    return ((seat, own) for seat, own in grouped.items() if seat in seats)


def _tally(row: Row, parties: Roll, flags: list[Flag]) -> Tally:
    """The votes of one party, or of independents that the source groups."""
    column = row.values.get("party_column_code", "")
    if column in GROUPED:
        name = row.text("party_name")
        named = f"{row.text('votes')} votes as {name!r} (column {column})"
        note = f"The source has {named}: independents that it does not name one by one."
        flags.append(flag("grouped-independents", note))
        return Tally(party=IND, votes=row.whole("votes"), label=GROUPED[column])
    if column in RENUMBERED:
        number, found = RENUMBERED[column]
        flags.append(
            flag("party-number", f"The source has {found}: the {row.text('votes')} votes are given as its own.")
        )
        return Tally(party=parties.by_mnis[number].id, votes=row.whole("votes"))
    if row.text("mnis_party_id") == "NA":
        return Tally(party=OTHER, votes=row.whole("votes"))
    return Tally(party=parties.by_mnis[row.whole("mnis_party_id")].id, votes=row.whole("votes"))


def _recoded(row: Row, seat: str) -> Iterator[Flag]:
    if row.text("ons_id") != seat:
        yield flag("seat-code", f"The source of the estimate has the seat under the code {row.text('ons_id')}.")


def _ordered(tallies: Iterable[Tally], parties: Roll) -> tuple[Tally, ...]:
    """Most votes first."""
    return tuple(sorted(tallies, key=lambda tally: (-tally.votes, parties.rank[tally.party], tally.label or "")))


def _spelling(row: Row, name: str) -> Iterator[Flag]:
    if row.text("constituency_name") != name:
        yield flag("name-variant", f"The source of the estimate spells the seat {row.text('constituency_name')!r}.")


def _check(contest: Contest, row: Row) -> None:
    votes = [tally.votes for tally in contest.tallies]
    expect(sum(votes) == contest.valid_votes, f"{row.place}: parties have {sum(votes)}, total {contest.valid_votes}")
    expect(len({(t.party, t.label) for t in contest.tallies}) == len(votes), f"{row.place}: a party twice")
    if contest.majority is not None:
        expect(votes[0] - votes[1] == contest.majority, f"{row.place}: majority {contest.majority}, {votes[:2]}")
