"""Two elections to be compared: which two they really are, and what they share.

Results are never compared across a change of boundaries except through a notional result on the later ones.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from emvote.baselines import on_boundaries_of, published_baseline
from emvote.dataset import PARLIAMENT, Dataset
from emvote.errors import NotDeclared, UsageProblem
from emvote.model import Contest, Election, ElectionKind
from emvote.queries.contest import in_region
from emvote.queries.declared import Declared, declared_and_out


class Pair(Struct, frozen=True, kw_only=True):
    """An earlier and a later election on the same boundaries."""

    earlier: Election
    later: Election
    notes: tuple[str, ...]
    """That a notional result stands in for the election that was asked for."""


def elections_pair(dataset: Dataset, earlier: str | None, later: str | None) -> Pair:
    """The two elections, as typed; unsaid: the latest general election and its published baseline.

    Raises:
        NameProblem: one of them is unknown or ambiguous.
        UsageProblem: they cannot be compared, or are in the wrong order.
    """
    to = dataset.find_or_latest(later)
    if earlier is None:
        published = published_baseline(dataset, to)
        if published is None:
            raise UsageProblem(f"{to.id} has no published baseline: say which election to compare it with (--from)")
        return _pair(published, (), to)
    asked = dataset.find_election(earlier, PARLIAMENT)
    if asked.date >= to.date:
        raise UsageProblem(f"{asked.id} is not before {to.id}: give the earlier election first")
    return _pair(*on_boundaries_of(dataset, asked, to), to)


def _pair(earlier: Election, notes: tuple[str, ...], later: Election) -> Pair:
    if earlier.kind is ElectionKind.NOTIONAL and not notes:
        notes = (f"compared with a notional result: {earlier.name}",)
    return Pair(earlier=earlier, later=later, notes=notes)


def shared_contests(dataset: Dataset, pair: Pair) -> tuple[tuple[Contest, Contest], ...]:
    """The contests of both elections in the seats that have both, by seat name."""
    both = [
        (before, contest)
        for contest in dataset.contests_at(pair.later.id)
        if (before := dataset.contests.get((pair.earlier.id, contest.seat))) is not None
    ]
    return tuple(sorted(both, key=lambda pair: dataset.seats[pair[1].seat].name))


def declared_at_both(dataset: Dataset, pair: Pair) -> Declared:
    """How many of the region's seats have declared at both elections, of those that are in both.

    Totals and swings are of these at both ends, so that like is compared with like.
    """
    shared = regional(dataset, shared_contests(dataset, pair))
    at_earlier = {contest.seat for contest in _every(dataset, pair.earlier)}
    done = {later.seat for _, later in shared}
    out = [
        dataset.seats[contest.seat].name
        for contest in _every(dataset, pair.later)
        if contest.seat in at_earlier and contest.seat not in done and in_region(dataset, contest)
    ]
    return declared_and_out(len(done), out)


def _every(dataset: Dataset, election: Election) -> tuple[Contest, ...]:
    return (*dataset.contests_at(election.id), *dataset.undeclared_at(election.id))


def no_seat_in_common(pair: Pair, declared: Declared) -> UsageProblem:
    """The problem that two elections have no declared seat in common, told apart from having none at all."""
    if declared.of:
        return NotDeclared(f"no seat has declared at both {pair.earlier.id} and {pair.later.id} yet: {declared.words}")
    return UsageProblem(f"{pair.earlier.id} and {pair.later.id} have no seat in common")


def regional(dataset: Dataset, contests: Iterable[tuple[Contest, Contest]]) -> tuple[tuple[Contest, Contest], ...]:
    """Those of the region: what its totals are of."""
    return tuple(both for both in contests if in_region(dataset, both[1]))
