"""One constituency: its results, and who has held it since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from emvote.dataset import FOUGHT, PARLIAMENT, Dataset
from emvote.errors import UnknownName
from emvote.model import Contest, ElectionKind, Seat
from emvote.queries.contest import SeatResult, seat_result, winner_party
from emvote.queries.sitting import changed_parties, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatAnswer:
    """Every result asked for, latest first."""

    name: str
    seats: tuple[Seat, ...]
    """The seats of that name, latest boundaries first."""
    results: tuple[SeatResult, ...]
    held: Held | None
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
    current = held(dataset, seats[0])
    return SeatAnswer(
        name=seats[0].name,
        seats=seats,
        results=results,
        held=current,
        notes=(*_notes(dataset, _shown(seats, results), current), *_members(dataset, results)),
    )


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


def held(dataset: Dataset, last: Seat) -> Held | None:
    """The run of general-election wins that a seat's last result continues.

    The run follows the seat to the boundaries before where the record names a predecessor, and ends at a gap, a split
    or a merger. By-elections neither lengthen nor break it: they are told apart.
    """
    wins = tuple(_general_wins(dataset, last))
    if not wins or wins[0][1] is None:
        return None
    party = wins[0][1]
    run: list[tuple[date, str | None]] = []
    due = _general_dates(dataset, wins[0][0])
    for win, polling_day in zip(wins, due, strict=False):
        if win[0] != polling_day or win[1] is None or win[1] not in dataset.lineage(party):
            break
        run.append(win)
    line = frozenset(each.id for each in _line(dataset, last))
    between = [
        (contest.election, winner_party(dataset, contest))
        for contest in reversed(dataset.contests_of(line))
        if dataset.elections[contest.election].kind is ElectionKind.BY_ELECTION
        and dataset.elections[contest.election].date > run[-1][0]
    ]
    return Held(
        party=party,
        since=run[-1][0],
        elections=len(run),
        by_elections=tuple(between),
        from_start=len(run) == len(wins),
    )


def _line(dataset: Dataset, last: Seat) -> Iterator[Seat]:
    """A seat and its predecessors, latest first."""
    step: Seat | None = last
    while step is not None:
        yield step
        step = dataset.seats[step.predecessor] if step.predecessor else None


def _general_wins(dataset: Dataset, last: Seat) -> Iterator[tuple[date, str | None]]:
    """Polling day and winner's party of every general election in a seat's line, latest first."""
    for each in _line(dataset, last):
        for contest in dataset.contests_of([each.id]):
            election = dataset.elections[contest.election]
            if election.kind is ElectionKind.GENERAL:
                yield election.date, winner_party(dataset, contest)


def _general_dates(dataset: Dataset, last: date) -> tuple[date, ...]:
    """Polling days of the general elections on record up to one, latest first: a run has no gap among them."""
    generals = (each.date for each in dataset.record.elections if each.kind is ElectionKind.GENERAL)
    return tuple(sorted((each for each in generals if each <= last), reverse=True))


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
            yield f"{each.name} continues {before.name} ({before.boundaries} boundaries): emvote seat '{before.name}'"
        after = dataset.seats[each.successor] if each.successor else None
        if after is not None and after.name != each.name:
            boundaries = f"{after.boundaries} boundaries"
            yield f"{each.name} is continued by {after.name} ({boundaries}): emvote seat '{after.name}'"
        if each.note:
            yield each.note
    if current is not None and current.from_start:
        # A seat that the record says was new, or made of parts of others, was not held by anybody before.
        first = [*_line(dataset, seats[0])][-1]
        open_start = first.note is None or current.since == _general_dates(dataset, current.since)[-1]
        longer = ": the run may be longer" if open_start else ""
        yield f"the record of this seat begins in {current.since.year}{longer}"
