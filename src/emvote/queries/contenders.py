"""Who has votes in a contest, each contender apart from whatever the record counts together.

Targets and projections ask of every vote whether it is one contender's: an aggregate of independents or small parties
may be one or many, so nobody can be said to have to pass it, and it cannot be said to win. The source may settle it:
where its published majority is the lead over an aggregate, it has counted the aggregate as one.
"""

from __future__ import annotations

from msgspec import Struct

from emvote.dataset import Dataset
from emvote.model import Contest, Election
from emvote.queries.contest import in_region, is_majority_over, keyed


class Contender(Struct, frozen=True):
    """One candidate or party with votes, or an aggregate of them."""

    party: str
    """As on record at that election."""
    key: str
    """The party, but each independent's own (`ind:adam`)."""
    candidate: str | None
    """`None` where the record has parties only."""
    votes: int
    single: bool
    """Whether the votes are one contender's."""


def contenders(dataset: Dataset, contest: Contest) -> tuple[Contender, ...]:
    """Everybody with votes, most votes first; who was elected leads a tie."""
    found: list[Contender] = []
    for candidacy, key in keyed(dataset, contest):
        found.append(Contender(candidacy.party, key, candidacy.name, candidacy.votes, single=True))
    for tally in sorted(contest.tallies, key=lambda entry: -entry.votes):
        first = found[0] if found else None
        lead = first is not None and first.single and is_majority_over(contest, first.votes, tally.votes)
        single = dataset.is_contender(tally.party) or lead
        found.append(Contender(tally.party, tally.party, None, tally.votes, single=single))
    return tuple(found)


def winner_of(contest: Contest, ranked: tuple[Contender, ...]) -> Contender | None:
    """Who won, of contenders with most votes first; `None` where the record cannot tell."""
    if not ranked or contest.winner_unknown is not None or contest.members > 1:
        return None
    first = ranked[0]
    if contest.candidates:
        elected = {candidacy.name for candidacy in contest.candidates if candidacy.elected}
        return first if first.candidate in elected else None
    tied = len(ranked) > 1 and ranked[1].votes == first.votes
    return first if first.single and not tied else None


def contests_in_scope(dataset: Dataset, election: Election) -> tuple[Contest, ...]:
    """The declared contests of the dataset's region, or of the country where that is its region."""
    return tuple(contest for contest in dataset.contests_at(election.id) if in_region(dataset, contest))
