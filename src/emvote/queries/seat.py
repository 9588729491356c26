"""One constituency: its results, and who has held it since when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from emvote.command_line import printed, question
from emvote.dataset import FOUGHT, PARLIAMENT, Dataset
from emvote.errors import UnknownName
from emvote.model import Contest, Election, ElectionKind, Seat
from emvote.queries.contest import SeatResult, seat_result, winner_party
from emvote.queries.declared import Declared, declared_and_out
from emvote.queries.runs import Begins, History, Run, generals, history, line
from emvote.queries.sitting import changed_parties, sentence


class Held(Struct, frozen=True, kw_only=True):
    """The current run of general-election wins by one party."""

    party: str
    since: date
    """Polling day of the first win of the run."""
    elections: int
    """General elections won in the run."""
    by_elections: tuple[tuple[str, str | None], ...]
    """By-elections since the run began, oldest first: election id, and the winner's party."""
    from_start: bool
    """Whether the run reaches back to the first result of this line of seats on record, so that it may be longer."""


class LastChange(Struct, frozen=True, kw_only=True):
    """The general election at which another party last won the seat than at the one before."""

    election: str
    since: date
    """Its polling day."""
    from_party: str
    to_party: str


class LongestHold(Struct, frozen=True, kw_only=True):
    """The longest run of general-election wins on record: the later of two of one length."""

    party: str
    since: date
    """Polling day of its first win."""
    until: date
    """Polling day of its last win."""
    elections: int
    current: bool
    """Whether it is the run that the last general election belongs to."""
    from_start: bool
    """Whether it reaches back to the first result on record, so that it may be longer."""


class SeatAnswer(Struct, frozen=True, kw_only=True):
    """Every result asked for, latest first."""

    name: str
    seats: tuple[Seat, ...]
    """The seats of that name, latest boundaries first."""
    results: tuple[SeatResult, ...]
    held: Held | None
    last_change: LastChange | None
    """`None` where the record shows none: it begins there, has a gap, or does not know a winner."""
    longest: LongestHold | None
    run: Run | None
    """The general elections that `held` counts."""
    declared: Declared
    """How many of its elections asked for have declared here."""
    notes: tuple[str, ...]


def seat(dataset: Dataset, name: str, *, election: str | None = None, notional: bool = False) -> SeatAnswer:
    """The results of a seat, latest first.

    Args:
        dataset: where to look.
        name: of the seat, or its GSS code. The same name on earlier boundaries is another seat, shown too.
        election: only this one, as typed; a year in which the seat had only a by-election is that.
        notional: also the estimates of old results on new boundaries.

    Raises:
        NameProblem: the seat or the election is unknown or ambiguous.
    """
    seats = dataset.find_seats(name)
    contests = dataset.contests_of(each.id for each in seats)
    if election is not None:
        contests = _at(dataset, contests, election)
    elif not notional:
        contests = tuple(contest for contest in contests if dataset.elections[contest.election].kind in FOUGHT)
    results = tuple(seat_result(dataset, contest) for contest in contests)
    out = tuple(_still_out(dataset, seats, election))
    past = history(dataset, seats[0])
    current = held(dataset, past)
    return SeatAnswer(
        name=seats[0].name,
        seats=seats,
        results=results,
        held=current,
        last_change=last_change(past),
        longest=longest_hold(past),
        run=past.current,
        declared=declared_and_out(len(results), [seats[0].name for _ in out]),
        notes=(
            *(f"{each.name}: not declared here yet, and in no figure" for each in out),
            *_notes(dataset, _shown(seats, results), current),
            *_members(dataset, results),
        ),
    )


def _still_out(dataset: Dataset, seats: tuple[Seat, ...], asked: str | None) -> Iterator[Election]:
    """The elections of a seat that have not declared here yet, of one that was asked for only that."""
    chosen = None if asked is None else _election_here(dataset, asked)
    for contest in dataset.undeclared_of(each.id for each in seats):
        if chosen in (None, contest.election):
            yield dataset.elections[contest.election]


def _election_here(dataset: Dataset, given: str) -> str:
    """The id of an election as typed, or what was typed where that is only the year of by-elections."""
    try:
        return dataset.find_election(given, PARLIAMENT).id
    except UnknownName:
        return given


def _at(dataset: Dataset, contests: tuple[Contest, ...], given: str) -> tuple[Contest, ...]:
    """The results of one election; of a year without a general election here, the by-elections here.

    Raises:
        NameProblem: it is unknown or ambiguous.
    """
    by_elections = tuple(
        contest
        for contest in contests
        if dataset.elections[contest.election].kind is ElectionKind.BY_ELECTION
        and str(dataset.elections[contest.election].date.year) == given.strip()
    )
    try:
        chosen = dataset.find_election(given, PARLIAMENT)
    except UnknownName:
        if by_elections:
            return by_elections
        raise
    return tuple(contest for contest in contests if contest.election == chosen.id) or by_elections


def _members(dataset: Dataset, results: tuple[SeatResult, ...]) -> Iterator[str]:
    """Who sat at a dissolution for another party than had won the seat, as far as candidacies show it."""
    for result in results:
        for change in changed_parties(dataset, result.contest):
            yield f"{result.seat.name}, {dataset.short_year(result.election)}: {sentence(dataset, change)}"


def held(dataset: Dataset, past: History) -> Held | None:
    """The run of general-election wins that the last result of a seat continues.

    The run follows the seat to the boundaries before where the record names a predecessor, and ends at a gap, a split
    or a merger. By-elections neither lengthen nor break it: they are told apart.
    """
    run = past.current
    if run is None:
        return None
    between = [
        (election, winner_party(dataset, contest))
        for seat in past.seats
        for contest in dataset.results_of(seat.id)
        if (election := dataset.elections[contest.election]).kind is ElectionKind.BY_ELECTION
        and election.date > run.since
    ]
    between.sort(key=lambda each: each[0].date)
    return Held(
        party=run.party,
        since=run.since,
        elections=len(run.wins),
        by_elections=tuple((election.id, party) for election, party in between),
        from_start=_from_start(run),
    )


def last_change(past: History) -> LastChange | None:
    """When another party than before last won a general election here; by-elections do not count."""
    run = past.current
    if run is None or run.begins is not Begins.OTHER or run.before is None or run.before.party is None:
        return None
    first = run.wins[-1]
    return LastChange(
        election=first.election.id,
        since=first.election.date,
        from_party=run.before.party,
        to_party=first.party or run.party,
    )


def longest_hold(past: History) -> LongestHold | None:
    """The longest run of general-election wins in a seat's line, in elections; `None` where no winner is known."""
    if not past.runs:
        return None
    longest = max(past.runs, key=lambda run: len(run.wins))
    return LongestHold(
        party=longest.party,
        since=longest.since,
        until=longest.until,
        elections=len(longest.wins),
        current=longest == past.current,
        from_start=_from_start(longest),
    )


def _from_start(run: Run) -> bool:
    return run.begins in (Begins.RECORD, Begins.NEW)


def _shown(seats: tuple[Seat, ...], results: tuple[SeatResult, ...]) -> tuple[Seat, ...]:
    """The seats that have a result in the answer; all of them in an empty one."""
    answered = frozenset(result.seat.id for result in results)
    return tuple(each for each in seats if each.id in answered) or seats


def _notes(dataset: Dataset, seats: tuple[Seat, ...], current: Held | None) -> Iterator[str]:
    if len(seats) > 1:
        changes = ", ".join(each.boundaries for each in reversed(seats[:-1]))
        yield f"boundaries changed in {changes}: results are not compared across that but through a notional result"
    for each in seats:
        before = dataset.seats[each.predecessor] if each.predecessor else None
        if before is not None and before.name != each.name:
            command = printed(question("seat", before.name))
            yield f"{each.name} continues {before.name} ({before.boundaries} boundaries): {command}"
        after = dataset.seats[each.successor] if each.successor else None
        if after is not None and after.name != each.name:
            command = printed(question("seat", after.name))
            yield f"{each.name} is continued by {after.name} ({after.boundaries} boundaries): {command}"
        if each.note:
            yield each.note
    if current is not None and current.from_start:
        # A seat that the record says was new, or made of parts of others, was not held by anybody before.
        first = [*line(dataset, seats[0])][-1]
        open_start = first.note is None or len(generals(dataset, current.since)) == 1
        longer = ": the run may be longer" if open_start else ""
        yield f"the record of this seat begins in {current.since.year}{longer}"
