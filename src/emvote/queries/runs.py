"""A seat followed across changes of boundaries: its general elections in a row, and who won them in runs.

A seat continues the one that the record names as its predecessor: that of its name on the boundaries before, or the one
that was renamed with most of its electors. A run of wins ends at another winner, at a winner who is not known, at a
general election on record without a result here, and where the seat was new, divided or merged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from emvote.dataset import Dataset
from emvote.model import Contest, Election, ElectionKind, Seat
from emvote.parties import continues
from emvote.queries.contest import winner_party


class Win(Struct, frozen=True, kw_only=True):
    """A general election in a line of seats."""

    seat: Seat
    election: Election
    contest: Contest
    party: str | None
    """Of the winner; `None`: not known."""


class Begins(StrEnum):
    """Why a run of wins does not begin earlier."""

    OTHER = "other-party"
    """Another party won the general election before."""
    UNKNOWN = "winner-unknown"
    """Who won the general election before is not known."""
    GAP = "gap"
    """The general election before is on record without a result here."""
    NEW = "new-seat"
    """The line of seats begins there: the seat was new, or made of parts of others."""
    RECORD = "start-of-record"
    """It is the first general election on record."""


class Run(Struct, frozen=True, kw_only=True):
    """General elections that one party won in a row in a line of seats."""

    party: str
    wins: tuple[Win, ...]
    """Latest first; never empty."""
    begins: Begins
    before: Win | None
    """The win before the first of the run: another party's, or one whose winner is not known."""

    @property
    def since(self) -> date:
        """Polling day of its first win."""
        return self.wins[-1].election.date

    @property
    def until(self) -> date:
        """Polling day of its last win."""
        return self.wins[0].election.date


class History(Struct, frozen=True, kw_only=True):
    """The general elections in a seat's line, and who won them in runs."""

    seats: tuple[Seat, ...]
    """The line, latest first."""
    wins: tuple[Win, ...]
    """Latest first."""
    runs: tuple[Run, ...]
    """Latest first; an election whose winner is not known is in none."""

    @property
    def current(self) -> Run | None:
        """The run that the last general election belongs to; `None` where there is none or its winner is not known."""
        return self.runs[0] if self.runs and self.runs[0].wins[0] == self.wins[0] else None


def line(dataset: Dataset, last: Seat) -> Iterator[Seat]:
    """A seat and its predecessors, latest first."""
    step: Seat | None = last
    while step is not None:
        yield step
        step = dataset.seats[step.predecessor] if step.predecessor else None


def general_wins(dataset: Dataset, last: Seat) -> Iterator[Win]:
    """Every general election in a seat's line, latest first; a seat is looked up when its turn comes."""
    for seat in line(dataset, last):
        here = [
            (election, contest)
            for contest in dataset.results_of(seat.id)
            if (election := dataset.elections[contest.election]).kind is ElectionKind.GENERAL
        ]
        for election, contest in sorted(here, key=lambda each: each[0].date, reverse=True):
            yield Win(seat=seat, election=election, contest=contest, party=winner_party(dataset, contest))


def generals(dataset: Dataset, until: date) -> tuple[Election, ...]:
    """The general elections on record up to a day, latest first: a run has no gap among them."""
    found = (each for each in dataset.record.elections if each.kind is ElectionKind.GENERAL and each.date <= until)
    return tuple(sorted(found, key=lambda each: each.date, reverse=True))


def history(dataset: Dataset, last: Seat) -> History:
    """The general elections in the line of a seat, from its last on, and the runs of wins in them."""
    wins = tuple(general_wins(dataset, last))
    return History(seats=tuple(line(dataset, last)), wins=wins, runs=tuple(_runs(dataset, wins)) if wins else ())


def _runs(dataset: Dataset, wins: Sequence[Win]) -> Iterator[Run]:
    place = {each.id: i for i, each in enumerate(generals(dataset, wins[0].election.date))}
    start = 0
    while start < len(wins):
        end = _end(dataset, wins, start, place)
        party = wins[start].party
        if party is not None:
            begins = _begins(wins, end, place)
            before = wins[end] if begins in (Begins.OTHER, Begins.UNKNOWN) else None
            yield Run(party=party, wins=tuple(wins[start:end]), begins=begins, before=before)
        start = end


def _end(dataset: Dataset, wins: Sequence[Win], start: int, place: dict[str, int]) -> int:
    """Where the run that begins, going back, at `start` ends: the index after its last win."""
    party, end = wins[start].party, start + 1
    while party is not None and end < len(wins) and _in_a_row(wins, end, place):
        if not continues(dataset, party, wins[end].party):
            break
        end += 1
    return end


def _in_a_row(wins: Sequence[Win], index: int, place: dict[str, int]) -> bool:
    """Whether no general election on record lies between a win and the later one."""
    return place[wins[index].election.id] == place[wins[index - 1].election.id] + 1


def _begins(wins: Sequence[Win], end: int, place: dict[str, int]) -> Begins:
    if end == len(wins):
        return Begins.RECORD if place[wins[-1].election.id] == len(place) - 1 else Begins.NEW
    if not _in_a_row(wins, end, place):
        return Begins.GAP
    return Begins.UNKNOWN if wins[end].party is None else Begins.OTHER
