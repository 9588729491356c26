"""The ceremonial counties at one general election: their seats and electors."""

from __future__ import annotations

from msgspec import Struct

from emvote.dataset import Dataset
from emvote.model import Contest, Election


class County(Struct, frozen=True):
    """One ceremonial county."""

    name: str
    contests: tuple[Contest, ...]
    """Results of its seats; a seat in two counties counts in both."""

    @property
    def electorate(self) -> int | None:
        """Registered electors of its seats; `None`: not known of every seat."""
        known = [contest.electorate for contest in self.contests if contest.electorate is not None]
        return sum(known) if len(known) == len(self.contests) else None


class CountiesAnswer(Struct, frozen=True):
    """The counties of the region at one election."""

    election: Election
    counties: tuple[County, ...]
    """In alphabetical order."""


def counties(dataset: Dataset, election: str | None = None) -> CountiesAnswer:
    """The counties of the region at a general election, or the latest.

    Raises:
        NameProblem: the election is unknown or ambiguous.
    """
    chosen = dataset.latest_general() if election is None else dataset.find_election(election)
    by_county: dict[str, list[Contest]] = {}
    for contest in dataset.contests_at(chosen.id):
        if dataset.seat_in_region(contest.seat):
            for name in dataset.seats[contest.seat].counties:
                by_county.setdefault(name, []).append(contest)
    found = (County(name, tuple(contests)) for name, contests in sorted(by_county.items()))
    return CountiesAnswer(chosen, tuple(found))
