"""What is on record of governments."""

# No `from __future__ import annotations`: msgspec would have to evaluate each text before it reads a dataset.
from enum import StrEnum

from emvote.model.common import ElectionId, PartyId, SourceId
from emvote.model.rows import Row, dataclass


class GovernmentForm(StrEnum):
    """On what footing a government was formed after a general election."""

    MAJORITY = "majority"
    """One party with more than half of the seats."""
    MINORITY = "minority"
    """One party without."""
    COALITION = "coalition"
    """Several parties."""


@dataclass(frozen=True, kw_only=True)
class Government(Row):
    """Who formed the government of the country after one general election."""

    election: ElectionId
    party: PartyId | None = None
    """Party of the Prime Minister; absent: the results cannot tell its candidates from others.

    A note says so then.
    """
    prime_minister: str
    """Name of the Prime Minister. The one who formed it."""
    form: GovernmentForm
    """On what footing."""
    note: str | None = None
    """What was special. A hung Parliament, the parties of a coalition."""
    source: SourceId
