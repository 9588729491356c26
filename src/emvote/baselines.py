"""What a result is compared with: the published baseline, another election, the eve of the poll.

Results of Parliament are never compared across a change of boundaries except through a notional result on the later
ones. Those of councils have two baselines: see `Baseline`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from emvote.dataset import GENERAL, Dataset
from emvote.errors import UsageProblem
from emvote.model import Contest, Election, ElectionKind

if TYPE_CHECKING:
    from emvote.model import CouncilPoll, SeatsHeld

WHOLE = GENERAL | {ElectionKind.NOTIONAL}
"""Kinds of elections of every seat, and not of one: what targets are of and projections start from."""


class Baseline(StrEnum):
    """What a result is compared with."""

    EVE = "eve-of-poll"
    """The council as published just before the poll, else the latest composition on record before it.

    By-elections and defections count.
    """
    LAST = "last-election"
    """The last ordinary election: for seats that of the same seats, for control that of any part of the council."""


BASELINES = {"control": Baseline.EVE.value, "seats": Baseline.LAST.value}
"""What control and seats are compared with where nothing else is asked for."""


def published_baseline(dataset: Dataset, election: Election) -> Election | None:
    """The election that the record compares one with: the one before, or its notional result; `None`: none."""
    return dataset.elections[election.previous] if election.previous else None


def contest_before(dataset: Dataset, contest: Contest) -> Contest | None:
    """The result of the same seat at the published baseline: same seat, so same boundaries."""
    previous = dataset.elections[contest.election].previous
    return dataset.contests.get((previous, contest.seat)) if previous else None


def baseline_of(dataset: Dataset, election: Election, given: str | None) -> tuple[Election | None, tuple[str, ...]]:
    """The baseline of a parliamentary election, as typed or as published, and a note where a notional result stands in.

    Raises:
        NameProblem: no general election or notional result, or several, have that name.
        UsageProblem: it is later, of local elections, or of other boundaries without a notional result on these.
    """
    if given is None:
        return published_baseline(dataset, election), ()
    if given.strip().casefold() in tuple(Baseline):
        raise UsageProblem(f"'{given}' is a baseline of local elections: --baseline takes an election here (2017)")
    asked = dataset.find_election(given, WHOLE)
    if asked.date >= election.date:
        raise UsageProblem(f"{asked.id} is not before {election.id}; {comparable(dataset, election)}")
    return on_boundaries_of(dataset, asked, election)


def on_boundaries_of(dataset: Dataset, asked: Election, later: Election) -> tuple[Election, tuple[str, ...]]:
    """An election as it can be compared with a later one: itself, or its notional result on the boundaries of that.

    With it comes a note that says so where it is not itself.

    Raises:
        UsageProblem: it has other boundaries, and no notional result on those of the later one.
    """
    if asked.boundaries == later.boundaries:
        return asked, ()
    estimate = next(
        (
            election
            for election in dataset.record.elections
            if election.kind is ElectionKind.NOTIONAL
            and election.date == asked.date
            and election.boundaries == later.boundaries
        ),
        None,
    )
    if estimate is None:
        raise UsageProblem(
            f"{asked.id} and {later.id} have different boundaries, and the record has no notional result "
            f"of the first on those of the second; {comparable(dataset, later)}"
        )
    return estimate, (f"{asked.name} was fought on other boundaries: its notional result ({estimate.id}) is used",)


def comparable(dataset: Dataset, later: Election) -> str:
    """With which general elections and notional results one can be compared, in words."""
    fit = [
        each.id
        for each in dataset.record.elections
        if each.kind in WHOLE and each.boundaries == later.boundaries and each.date < later.date
    ]
    if not fit:
        return f"nothing on record before {later.id} has its boundaries"
    return f"{later.id} can be compared with {' or '.join(fit)}"


def whole_council(poll: CouncilPoll, baseline: Baseline) -> SeatsHeld | None:
    """The whole council that control is compared with; `None` where that is not on record."""
    if baseline is Baseline.EVE:
        return poll.eve
    return poll.last_council or (poll.last_election if poll.seats_up == poll.size else None)


def seats_up(poll: CouncilPoll, baseline: Baseline) -> SeatsHeld | None:
    """The seats now up, as they were held; `None` where the record does not tell them from the others."""
    if baseline is Baseline.LAST:
        return poll.last_election
    return poll.eve_up or (poll.eve if poll.seats_up == poll.size else None)
