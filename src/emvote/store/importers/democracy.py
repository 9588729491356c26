"""Candidates and results as the Democracy Club has them: one row a candidacy, a ballot paper for each place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from emvote.model import Candidacy, Contest, Flag, WardCandidacy, WardContest
from emvote.store.importers.rows import Row, Unexpected
from emvote.store.importers.ward_names import tidy

TRUE: Final = frozenset({"t", "true", "1", "yes"})
FALSE: Final = frozenset({"f", "false", "0", "no"})
BY_ELECTION: Final = "by"
JOINT: Final = {"joint-party:53-119": "PP53"}
"""Joint candidates to the registration of the party under which results count them."""
NO_REGISTRATION: Final = {"ynmp-party:2": "ind", "ynmp-party:12522": "spk"}
"""Ids of candidates without a registered party to the party that stands for them: independents, the Speaker."""
OLD_FORM: Final = re.compile(r"party:(\d+)")
WARD_CODE: Final = re.compile(r"[EWSN]\d{8}")


class Ballot(Struct, frozen=True):
    """What the id of a ballot paper says."""

    sort: str
    """`local`, `parl`, `mayor` and others."""
    place: str
    """Slug of the council, or of the seat."""
    division: str | None
    """Slug of the ward; `None` where the place is the whole."""
    day: date
    by_election: bool


def ballot(row: Row) -> Ballot:
    """The parts of the id of a row's ballot paper.

    Raises:
        Unexpected: it is no such id.
    """
    text = row.text("ballot_paper_id")
    sort, *parts = text.split(".")
    by_election = parts[-2:-1] == [BY_ELECTION]
    places = parts[: -2 if by_election else -1]
    try:
        day = date.fromisoformat(parts[-1])
    except (ValueError, IndexError):
        day = None
    if day is None or not all(places) or not 1 <= len(places) <= 2:  # noqa: PLR2004 (council and ward)
        raise row.unexpected(f"ballot_paper_id is {text!r}, expected an id such as local.boston.coastal.2027-05-06")
    dated = row.text("election_date")
    row.expect(dated in {"", str(day)}, f"ballot_paper_id is {text!r}, and election_date {dated}")
    return Ballot(sort, places[0], places[1] if len(places) > 1 else None, day, by_election)


def registration(row: Row) -> str:
    """The registration of a candidate's party with the Electoral Commission, or the id of who has none."""
    given = row.text("party_id")
    old = OLD_FORM.fullmatch(given)
    return f"PP{old[1]}" if old else JOINT.get(given, given)


def yes(row: Row, column: str) -> bool | None:
    """A value that is true or false; `None`: blank, or no such column."""
    text = row.values.get(column, "").strip().casefold()
    row.expect(not text or text in TRUE | FALSE, f"{column} is {text!r}, expected t or f")
    return text in TRUE if text else None


class Standing(Struct, frozen=True):
    """The candidates of one ballot paper, and how it went."""

    seats: int
    declared: bool
    uncontested: bool
    elected: frozenset[str]
    """Places of the rows of those elected."""
    flags: tuple[Flag, ...]


def standing(rows: Sequence[Row]) -> Standing:
    """How a ballot went, from the rows of its candidates.

    Raises:
        Unexpected: a value cannot be read, the poll was put off, or the rows contradict each other.
    """
    first = rows[0]
    seats = _same(rows, "seats_contested")
    first.expect(seats, "seats_contested is blank: the number of seats is not known")
    up = first.whole("seats_contested")
    first.expect(up, "seats_contested is 0, expected a positive number")
    elected = [row for row in rows if yes(row, "elected")]
    counted = [row for row in rows if row.has("votes_cast")]
    _same(rows, "cancelled_poll")
    enough = len(rows) <= up and not counted
    if yes(first, "cancelled_poll"):
        lost = [row for row in rows if yes(row, "elected") is False]
        first.expect(enough and not lost, "the poll was cancelled, and is held on another day")
        return Standing(up, declared=True, uncontested=True, elected=_places(rows), flags=())
    if not counted:
        if enough and len(elected) == len(rows):
            return Standing(up, declared=True, uncontested=True, elected=_places(rows), flags=())
        note = "The source says who was elected and has no votes: not declared here until it has."
        flags = (Flag(code="votes-missing", note=note),) if elected else ()
        return Standing(up, declared=False, uncontested=False, elected=frozenset(), flags=flags)
    for row in rows:
        row.whole("votes_cast")
    if elected:
        first.expect(len(elected) == up, f"{len(elected)} elected for {up} seat{'' if up == 1 else 's'}")
        return Standing(up, declared=True, uncontested=False, elected=_places(elected), flags=_lots(rows))
    return _by_votes(rows, up)


def _by_votes(rows: Sequence[Row], seats: int) -> Standing:
    """A count whose winners are not told: those with most votes, where no tie leaves it open."""
    ranked = sorted(rows, key=lambda row: -row.whole("votes_cast"))
    rows[0].expect(len(ranked) >= seats, f"{len(ranked)} candidates for {seats} seats, and nobody is marked as elected")
    tied = len(ranked) > seats and ranked[seats - 1].whole("votes_cast") == ranked[seats].whole("votes_cast")
    rows[0].expect(not tied, "a tie for the last seat, and nobody is marked as elected")
    note = "The source does not say who was elected: those with most votes are taken to be."
    flags = (Flag(code="winners-inferred", note=note),)
    return Standing(seats, declared=True, uncontested=False, elected=_places(ranked[:seats]), flags=flags)


def _lots(rows: Iterable[Row]) -> tuple[Flag, ...]:
    """A flag for each winner of a lot."""
    won = [tidy(row.text("person_name")) for row in rows if yes(row, "tied_vote_winner")]
    return tuple(Flag(code="tie-by-lot", note=f"{name} won a tie by lot.") for name in won)


def _places(rows: Iterable[Row]) -> frozenset[str]:
    return frozenset(row.place for row in rows)


def _same(rows: Sequence[Row], column: str) -> str:
    """The one value that all rows of a ballot have."""
    values = {row.values.get(column, "").strip() for row in rows}
    rows[0].expect(len(values) == 1, f"{column} is {' and '.join(sorted(map(repr, values)))} on one ballot paper")
    return values.pop()


def _figure(rows: Sequence[Row], column: str) -> int | None:
    return rows[0].whole(column) if _same(rows, column) else None


def _turnout(rows: Sequence[Row]) -> float | None:
    return rows[0].number("turnout_percentage") if _same(rows, "turnout_percentage") else None


class Names(Struct, frozen=True):
    """What the rows name, looked up in a dataset."""

    party: Callable[[Row], str]
    """The id of a candidate's party."""
    label: Callable[[str, str], str | None]
    """For a party's id and the name that it has here: the name, where it says more than the party's label."""


def ward(rows: Sequence[Row], of: Ballot, election: str, council: str, name: str, names: Names) -> WardContest:
    """One ward from the rows of its candidates.

    Raises:
        Unexpected: a value cannot be read, or the rows contradict each other.
    """
    went = standing(rows)
    code = _same(rows, "gss")
    candidates = []
    for row in rows:
        party = names.party(row)
        votes = row.whole("votes_cast") if went.declared and not went.uncontested else None
        candidates.append(
            WardCandidacy(
                name=tidy(row.text("person_name")),
                party=party,
                votes=votes,
                label=names.label(party, row.text("party_name")),
                elected=row.place in went.elected,
            )
        )
    polled = went.declared and not went.uncontested
    made = WardContest(
        election=election,
        council=council,
        ward=name,
        ward_id=code if WARD_CODE.fullmatch(code) else None,
        seats_up=went.seats,
        declared=went.declared,
        by_election=of.by_election,
        uncontested=went.uncontested,
        electorate=_figure(rows, "total_electorate"),
        turnout_pct=_turnout(rows) if polled else None,
        candidates=tuple(sorted(candidates, key=lambda each: -(each.votes or 0))),
        flags=went.flags,
    )
    _check(made, rows[0])
    return made


def _check(made: WardContest, row: Row) -> None:
    """A result must be one that there can be."""
    lost = [each.votes or 0 for each in made.candidates if not each.elected]
    won = [each.votes or 0 for each in made.candidates if each.elected]
    if made.declared and won and lost:
        row.expect(min(won) >= max(lost), f"a candidate with {max(lost)} votes is not elected, one with {min(won)} is")
        row.expect(sum(won) + sum(lost), "no candidate has a vote")
    most = max((each.votes or 0 for each in made.candidates), default=0)
    electors = made.electorate
    row.expect(electors is None or most <= electors, f"a candidate has {most} votes of {electors} electors")
    turnout = made.turnout_pct
    row.expect(turnout is None or 0 <= turnout <= 100, f"turnout_percentage is {turnout}, expected 0 to 100")  # noqa: PLR2004


def seat(rows: Sequence[Row], election: str, seat_id: str, names: Names) -> Contest:
    """One constituency from the rows of its candidates; until it is declared it holds none.

    Raises:
        Unexpected: a value cannot be read, or the rows contradict each other.
    """
    went = standing(rows)
    first = rows[0]
    first.expect(went.seats == 1 and not went.uncontested, "a constituency returns one member, by a poll")
    electorate = _figure(rows, "total_electorate")
    if not went.declared:
        note = "Imported before the declaration: the source's candidates are not kept."
        return Contest(
            election=election, seat=seat_id, declared=False, flags=(Flag(code="constituency-missing", note=note),)
        )
    candidates = []
    for row in rows:
        party = names.party(row)
        candidates.append(
            Candidacy(
                name=tidy(row.text("person_name")),
                party=party,
                votes=row.whole("votes_cast"),
                label=names.label(party, row.text("party_name")),
                elected=row.place in went.elected,
                dc_id=row.whole("person_id") if row.has("person_id") else None,
            )
        )
    candidates.sort(key=lambda each: (-each.votes, not each.elected, each.name))
    first.expect(candidates[0].elected, "a candidate with fewer votes than another is marked as elected")
    first.expect(len(candidates) > 1, "one candidate with votes and no other: the others are missing")
    spoilt = _figure(rows, "spoilt_ballots")
    cast = sum(each.votes for each in candidates) + (spoilt or 0)
    first.expect(electorate is None or cast <= electorate, f"{cast} votes were cast by {electorate} electors")
    flags = [*went.flags]
    if electorate is None:
        flags.append(Flag(code="constituency-missing", note="The source has no electorate."))
    note = "The source does not tell who sat in the last Parliament: nobody is marked so."
    flags.append(Flag(code="sitting-mp-missing", note=note))
    return Contest(
        election=election,
        seat=seat_id,
        electorate=electorate,
        valid_votes=sum(each.votes for each in candidates),
        invalid_votes=spoilt,
        candidates=tuple(candidates),
        flags=tuple(flags),
    )


def once(rows: Sequence[Row]) -> None:
    """Stop where one person stands twice on a ballot paper.

    Raises:
        Unexpected: somebody does.
    """
    seen: dict[str, Row] = {}
    for row in rows:
        who = row.text("person_id")
        if who and who in seen:
            why = f"person {who} stands twice on this ballot paper"
            raise Unexpected(f"{row.place}: {why}", place=row.place, why=why)
        seen[who] = row
