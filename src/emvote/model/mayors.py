"""What is on record of directly elected mayors."""

# No `from __future__ import annotations`: msgspec would have to evaluate each text before it reads a dataset.

from emvote.model.common import CouncilId, ElectionId, Flag, MayoraltyId, PartyId, SourceId
from emvote.model.rows import Row, dataclass


@dataclass(frozen=True, kw_only=True)
class Mayoralty(Row):
    """The office of a directly elected mayor."""

    id: str
    """Mayoralty id. As in the ids of its elections: `east-midlands-cca`."""
    name: str
    area: str
    """Places whose electors vote for it. They are named in words."""
    council: CouncilId | None = None
    """Council whose executive the mayor runs. Absent for a combined authority."""
    aliases: tuple[str, ...] = ()
    note: str | None = None
    source: SourceId


@dataclass(frozen=True, kw_only=True)
class MayorCandidacy(Row):
    """One candidate for mayor."""

    name: str
    """Name. First name and surname, as published."""
    party: PartyId
    votes: int | None = None
    """Votes, first preferences where there were two. Absent: not found."""
    second_round: int | None = None
    """Votes after the second round. Only the two in it have any."""
    share_pct: float | None = None
    """As published, where votes are not. Only where not everybody's were found."""
    label: str | None = None
    """Label of the party."""
    elected: bool = False
    """Won. Never inferred from the votes, because a tie is decided by lot."""


@dataclass(frozen=True, kw_only=True)
class MayorContest(Row):
    """The election of a mayor."""

    election: ElectionId
    mayoralty: MayoraltyId
    electorate: int | None = None
    """Registered electors."""
    invalid_votes: int | None = None
    """Ballot papers rejected at the count."""
    turnout_pct: float | None = None
    """As published. Ballot papers in per cent of the electorate."""
    complete: bool = True
    """Every candidate is named."""
    candidates: tuple[MayorCandidacy, ...] = ()
    sources: tuple[SourceId, ...] = ()
    """Further ones, besides the election's."""
    flags: tuple[Flag, ...] = ()
