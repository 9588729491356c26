"""The majority in the House of Commons: of the party with most seats, and only where the answer is of the whole House.

Rule: House of Commons Library, 2·seats − 650. The Speaker's seat is no party's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from emvote import measures
from emvote.baselines import WHOLE
from emvote.dataset import Dataset
from emvote.model import Contest, Election
from emvote.queries.declared import Declared


class CommonsMajority(Struct, frozen=True, kw_only=True):
    """How many more seats the largest party has than all others together, or why that cannot be said."""

    party: str | None = None
    """With most seats; `None` where several have as many, and where there is no figure."""
    seats: int | None = None
    """That it has; `None` where there is no figure."""
    reason: str | None = None
    """Why there is no figure."""

    @property
    def of(self) -> int:
        """Seats of the House."""
        return measures.COMMONS_SEATS

    @property
    def majority(self) -> int | None:
        """Seats more than all others have together; 0 and below: no majority."""
        return None if self.seats is None else measures.commons_majority(self.seats)

    @property
    def short(self) -> int | None:
        """Seats more with which it would have a majority; `None`: it has one, or there is no figure."""
        needs = measures.seats_needed(self.of)
        return None if self.seats is None or self.seats >= needs else needs - self.seats


def no_house(
    dataset: Dataset, election: Election, contests: Iterable[Contest], declared: Declared, county: str | None = None
) -> str | None:
    """Why some results are not those of the whole House; `None`: they are.

    Args:
        dataset: where they are.
        election: at which.
        contests: those that are declared.
        declared: how many are.
        county: the only one that they are of.
    """
    if county is not None or not dataset.is_national:
        return f"of {county or dataset.record.region}, not of the whole House of Commons"
    if election.kind not in WHOLE:
        return f"{election.name} did not elect the whole House of Commons"
    if not declared.complete:
        return f"not all seats of the House of Commons are declared: {declared.waiting}"
    seats = sum(contest.members for contest in contests)
    if seats != measures.COMMONS_SEATS:
        return f"{seats} seats are on record, and the House of Commons is known to have {measures.COMMONS_SEATS}"
    return None


def commons_majority(
    dataset: Dataset, won: Mapping[str, int], *, untold: int = 0, inexact: Collection[str] = ()
) -> CommonsMajority:
    """The majority of the party with most seats in the whole House.

    Args:
        dataset: where the parties are.
        won: party to seats that it is known to have.
        untold: seats of which nobody is known to have them.
        inexact: parties that may have one of those.
    """
    parties = {party: seats for party, seats in won.items() if dataset.is_party(party)}
    most = max(parties.values(), default=0)
    largest = [party for party, seats in parties.items() if seats == most]
    sure = len(largest) == 1 and largest[0] not in inexact
    # one that is named nowhere may have all of them
    rivals = (seats for party, seats in parties.items() if party not in largest)
    if not most or (untold and not (sure and max(rivals, default=0) + untold < most)):
        return CommonsMajority(reason="who won is not known of so many seats that no majority can be told")
    return CommonsMajority(party=largest[0] if len(largest) == 1 else None, seats=most)
