"""Seats that went with the government: won, at one general election after another, by the party that formed it.

The government after a general election is the Prime Minister's party, in a hung Parliament and a coalition too. Source
of the definition: usage of the Press Association, which names bellwethers with the election since which they have been.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from emvote.dataset import GENERAL, Dataset
from emvote.errors import UsageProblem
from emvote.model import Contest, Election, Government, Seat
from emvote.queries.contest import in_region
from emvote.queries.declared import Declared, declared_and_out
from emvote.queries.runs import Win, general_wins, generals


class Ended(StrEnum):
    """Why a run of general elections, counted back from the last, goes no further."""

    MISS = "miss"
    """The general election before was won by another party than the government's."""
    UNKNOWN = "winner-unknown"
    """The record does not know who won the general election before."""
    GOVERNMENT = "government-unknown"
    """The record does not say which party formed the government then, or cannot tell its candidates from others."""
    GAP = "gap"
    """The general election before is on record without a result here."""
    NEW = "new-seat"
    """The seat was new, or made of parts of others."""
    RECORD = "start-of-record"
    """There is no earlier general election on record: the run may be longer."""


class Called(Struct, frozen=True, kw_only=True):
    """One general election in a line of seats, held against the government formed after it."""

    win: Win
    government: Government

    @property
    def right(self) -> bool:
        """Whether the winner was of the government's party."""
        return self.win.party == self.government.party


class Bellwether(Struct, frozen=True, kw_only=True):
    """How long a seat has gone with the government."""

    seat: Seat
    called: tuple[Called, ...]
    """The general elections of its run, latest first, misses that are allowed among them; it begins with a hit."""
    ended: Ended
    ended_at: Election | None
    """The general election at which the run, going back, ended; `None` at the start of the record."""
    ended_win: Win | None
    """The result there, where there is one."""
    ended_government: Government | None
    """The government formed there, where it is on record."""

    @property
    def first(self) -> Election | None:
        """The first general election of the run; `None`: the last one was missed already."""
        return self.called[-1].win.election if self.called else None

    @property
    def since(self) -> date | None:
        """Polling day of the first general election of the run; `None`: the last one was missed already."""
        return self.first.date if self.first else None

    @property
    def missed(self) -> tuple[Called, ...]:
        """The general elections within the run that another party won."""
        return tuple(each for each in self.called if not each.right)

    @property
    def line(self) -> tuple[Seat, ...]:
        """The seats of the run, latest first: one on each set of boundaries."""
        return tuple({each.win.seat.id: each.win.seat for each in self.called}.values())


class BellwethersAnswer(Struct, frozen=True, kw_only=True):
    """The seats asked for, longest run first."""

    until: Election
    since: Election | None
    """Election since which a seat must have gone with the government; `None`: any that did so last."""
    misses: int
    rows: tuple[Bellwether, ...]
    seats: int
    """How many seats were looked at."""
    declared: Declared
    """Of the seats asked about, at the last general election that counts."""
    governments: tuple[tuple[Election, Government], ...]
    """Those of the general elections that the rows shown go back to, latest first."""
    first: Election
    """The first general election on record."""
    unknown: tuple[str, ...]
    """Names of seats of which the record cannot tell, because a winner is not known, or there is a gap."""

    @property
    def bellwethers(self) -> int:
        """How many of the seats shown went with the government last."""
        return sum(row.since is not None for row in self.rows)


def bellwethers(
    dataset: Dataset,
    *,
    since: str | None = None,
    until: str | None = None,
    misses: int = 0,
    county: str | None = None,
    everything: bool = False,
) -> BellwethersAnswer:
    """The seats that were won by the party that formed the government, at each general election up to one.

    Args:
        dataset: where to look.
        since: only seats that did so at every one since this election, as typed; unsaid: all that did so at the last.
        until: the last general election that counts, and whose seats they are; unsaid: the latest on record of which
            it is on record who formed the government, so that a night of counting leaves the list as it was.
        misses: so many general elections of the run may have been won by another party.
        county: only seats of this county.
        everything: also the seats that missed the last one.

    Raises:
        NameProblem: an election or the county is unknown or ambiguous.
        UsageProblem: the dataset has no general election, or `since` is after `until`.
    """
    last = _latest_governed(dataset) if until is None else dataset.find_election(until, GENERAL)
    first = None if since is None else dataset.find_election(since, GENERAL)
    if first is not None and first.date > last.date:
        raise UsageProblem(f"{first.id} is after {last.id}: give the earlier election as --since")
    within = None if county is None else dataset.find_county(county)
    due = generals(dataset, last.date)

    def asked(contests: Iterable[Contest]) -> list[Seat]:
        mine = (dataset.seats[contest.seat] for contest in contests if in_region(dataset, contest))
        return [seat for seat in mine if within is None or within in seat.counties]

    seats, out = asked(dataset.contests_at(last.id)), asked(dataset.undeclared_at(last.id))
    found = [_counted(dataset, seat, due, misses, first) for seat in seats]
    kept = [each for each in found if everything or _answers(each, first)]
    kept.sort(key=lambda each: (-len(each.called), len(each.missed), each.seat.name))
    return BellwethersAnswer(
        until=last,
        since=first,
        misses=misses,
        rows=tuple(kept),
        seats=len(seats),
        declared=declared_and_out(len(seats), (seat.name for seat in out)),
        governments=tuple(_governments(dataset, due, kept, first)),
        first=due[-1],
        unknown=tuple(sorted(each.seat.name for each in found if _not_told(each, first))),
    )


def _latest_governed(dataset: Dataset) -> Election:
    governed = [dataset.elections[each] for each in dataset.governments if each in dataset.elections]
    return max(governed, key=lambda election: election.date) if governed else dataset.latest_general()


def _answers(found: Bellwether, since: Election | None) -> bool:
    """Whether a seat went with the government at the last general election, or at every one since the one asked for."""
    return found.since is not None and (since is None or found.since <= since.date)


def _not_told(found: Bellwether, since: Election | None) -> bool:
    """Whether the record, and not another winner, is why a seat is no bellwether since the election asked for."""
    unsettled = found.ended in (Ended.UNKNOWN, Ended.GOVERNMENT, Ended.GAP)
    return unsettled and (found.since is None or (since is not None and found.since > since.date))


def _counted(dataset: Dataset, seat: Seat, due: Sequence[Election], misses: int, since: Election | None) -> Bellwether:
    """A seat's run, counted back from the last general election."""
    back = (win for win in general_wins(dataset, seat) if win.election.date <= due[0].date)
    ahead = next(back, None)
    called: list[Called] = []
    left, ended, at, win = misses, Ended.RECORD, None, None
    for election in due:
        if ahead is None or ahead.election.id != election.id:
            ended, at, win = Ended.NEW if ahead is None else Ended.GAP, election, None
            break
        win, ahead = ahead, next(back, None)
        step = _step(dataset, win)
        if isinstance(step, Ended):
            ended, at = step, election
            break
        left -= not step.right
        if left < 0:
            ended, at = Ended.MISS, election
            break
        called.append(step)
    counted = _from_a_hit(called, since)
    if len(counted) < len(called):
        ended, win = Ended.MISS, called[len(counted)].win
        at = win.election
    return Bellwether(
        seat=seat,
        called=counted,
        ended=ended,
        ended_at=at,
        ended_win=None if at is None else win,
        ended_government=None if at is None else dataset.governments.get(at.id),
    )


def _from_a_hit(called: Sequence[Called], since: Election | None) -> tuple[Called, ...]:
    """A run without misses before its first hit, unless they are since the election that was asked for."""
    end = len(called)
    while end and not called[end - 1].right and not (since and called[end - 1].win.election.date >= since.date):
        end -= 1
    return tuple(called[:end])


def _step(dataset: Dataset, win: Win) -> Called | Ended:
    """A win held against the government formed then, or why that cannot be."""
    if win.party is None:
        return Ended.UNKNOWN
    government = dataset.governments.get(win.election.id)
    if government is None or government.party is None:
        return Ended.GOVERNMENT
    return Called(win=win, government=government)


def _governments(
    dataset: Dataset, due: Sequence[Election], rows: Sequence[Bellwether], since: Election | None
) -> Iterator[tuple[Election, Government]]:
    """The governments that rows were held against, and those since the election asked for."""
    begins = [each.since for each in rows if each.since is not None]
    if since is not None:
        begins.append(since.date)
    for election in due:
        if begins and election.date >= min(begins) and election.id in dataset.governments:
            yield election, dataset.governments[election.id]
