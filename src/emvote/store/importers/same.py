"""Which result on record is of the same poll as one that was read, under whatever name each of them has it.

A publisher does not tell a by-election from the ordinary poll of the day, files a poll that was put off under the day
from which it was, and spells a ward as it likes. Read as another result, it would be counted twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from emvote.dataset import FOUGHT
from emvote.model import Contest, Election, ElectionKind, WardContest
from emvote.store.importers.parliament import spoken
from emvote.store.importers.ward_names import compared

PUT_OFF: Final = timedelta(days=100)
"""Within this time a poll that a candidate's death puts off is held: 35 working days and what weather may add."""

ContestKey = tuple[str, str]
WardKey = tuple[str, str, str, bool]


def contest_key(contest: Contest) -> ContestKey:
    """What tells a parliamentary result from all others of a record."""
    return contest.election, contest.seat


def ward_key(ward: WardContest) -> WardKey:
    """What tells a ward's result from all others of a record."""
    return ward.election, ward.council, ward.ward, ward.by_election


class Polls:
    """The parliamentary polls of a record, by seat and day."""

    def __init__(self, contests: Iterable[Contest], elections: Iterable[Election]) -> None:
        self._elections = {each.id: each for each in elections}
        self._held: dict[tuple[str, str], ContestKey] = {}
        for contest in contests:
            self.add(contest)

    def add(self, contest: Contest) -> None:
        """One more result."""
        self._held.setdefault(self._day(contest), contest_key(contest))

    def same(self, contest: Contest) -> ContestKey:
        """The key of the result of the same poll; its own, where there is none."""
        return self._held.get(self._day(contest), contest_key(contest))

    def _day(self, contest: Contest) -> tuple[str, str]:
        """Seat and day of a poll; an estimate is no poll, and is told by its election."""
        election = self._elections[contest.election]
        return contest.seat, str(election.date) if election.kind in FOUGHT else election.id


class WardPolls:
    """The polls of a record in each ward."""

    def __init__(self, wards: Iterable[WardContest], elections: Iterable[Election]) -> None:
        self._elections = {each.id: each for each in elections}
        self._held: dict[tuple[str, str], list[WardContest]] = {}
        for ward in wards:
            self.add(ward)

    def add(self, ward: WardContest) -> None:
        """One more result."""
        for name in _names(ward):
            self._held.setdefault((ward.council, name), []).append(ward)

    def same(self, ward: WardContest) -> WardContest | None:
        """The result of the same poll: of the same day, or put off from that day, or the same figures soon after."""
        of_ward = self._of_ward(ward)
        of_day = [each for each in of_ward if each.election == ward.election]
        of_day.sort(key=lambda each: (_entries(each) != _entries(ward), each.by_election))
        later = [each for each in of_ward if self._put_off(each, ward)]
        again = [each for each in of_ward if _same_votes(each, ward) and abs(self._days(each, ward)) <= PUT_OFF]
        return next(iter((*of_day, *later, *again)), None)

    def again(self, ward: WardContest) -> str | None:
        """The name of another election for which the same figures are on record."""
        found = (each for each in self._of_ward(ward) if each.election != ward.election and _same_votes(each, ward))
        return next((self._elections[each.election].name for each in found), None)

    def _of_ward(self, ward: WardContest) -> list[WardContest]:
        return [each for name in _names(ward) for each in self._held.get((ward.council, name), ())]

    def _days(self, known: WardContest, ward: WardContest) -> timedelta:
        """Time from the day of a result that was read to that of one on record."""
        return self._elections[known.election].date - self._elections[ward.election].date

    def _put_off(self, known: WardContest, ward: WardContest) -> bool:
        """Whether a poll on record is one held later, for an ordinary election of the day of another."""
        held, said = self._elections[known.election], self._elections[ward.election]
        later = held.kind is ElectionKind.LOCAL_LATER and said.kind is ElectionKind.LOCAL
        return later and timedelta(0) < self._days(known, ward) <= PUT_OFF

    def how(self, known: WardContest, ward: WardContest) -> str:
        """Under what the result of the same poll is on record, where that is something else; else nothing."""
        said = []
        if known.by_election and not ward.by_election:
            said.append("as a by-election")
        if known.election != ward.election:
            said.append(f"as polled on {spoken(self._elections[known.election].date)}")
        if known.ward != ward.ward:
            said.append(f"as {known.ward!r}")
        return " and ".join(said)


def _names(ward: WardContest) -> tuple[str, ...]:
    """By what a ward is found: its code, then its name as compared."""
    return (*filter(None, [ward.ward_id]), f"called {compared(ward.ward)}")


def _entries(ward: WardContest) -> frozenset[tuple[str, str, int | None]]:
    return frozenset((getattr(each, "name", ""), each.party, each.votes) for each in ward.entries)


def _same_votes(known: WardContest, ward: WardContest) -> bool:
    """Whether the same candidates or parties have the same votes, which does not happen twice."""
    return bool(ward.entries) and not ward.uncontested and _entries(known) == _entries(ward)


def as_known(known: WardContest, ward: WardContest) -> WardContest:
    """A result under the name, the election and the sort of poll under which it is on record."""
    return replace(
        ward,
        election=known.election,
        ward=known.ward,
        ward_id=ward.ward_id or known.ward_id,
        by_election=known.by_election,
    )
