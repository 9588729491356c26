"""What is on record of wards and county divisions."""

# No `from __future__ import annotations`: msgspec would have to evaluate each text before it reads a dataset.

from emvote.model.common import CouncilId, ElectionId, Flag, PartyId, SourceId, Tally
from emvote.model.rows import Row, dataclass


@dataclass(frozen=True, kw_only=True)
class WardCandidacy(Row):
    """One candidate in a ward or county division."""

    name: str
    """Name. First name and surname, as published."""
    ballot_name: str | None = None
    """Name as the source of the votes has it. Absent: `name`; the full name comes from a list of councillors then."""
    party: PartyId
    votes: int | None = None
    """Votes; absent: nobody voted. There was no other candidate."""
    label: str | None = None
    """What the source calls the party. Given where that says more than the party's `label`."""
    elected: bool = False
    """Won a seat. Never inferred from the votes, because a tie is decided by lot."""


@dataclass(frozen=True, kw_only=True)
class WardContest(Row):
    """The result of one local election in one ward of a district or unitary, or division of a county.

    Where candidates are not published, `tallies` has the votes of the best candidate of each party: fewer than all
    votes in a ward with several seats.
    """

    election: ElectionId
    council: CouncilId
    ward: str
    """Name of the ward or division."""
    ward_id: str | None = None
    """GSS code."""
    seats_up: int
    """Seats to be filled."""
    declared: bool = True
    """The result is declared. Until it is, candidates may be named, without votes, and nobody is elected."""
    by_election: bool = False
    """Held to fill a vacancy on a day of ordinary elections. Those of other councils or wards."""
    uncontested: bool = False
    """Nobody voted. There were as many candidates as seats, or fewer."""
    electorate: int | None = None
    """Registered electors."""
    turnout_pct: float | None = None
    """As published: ballot papers in per cent of the electorate."""
    candidates: tuple[WardCandidacy, ...] = ()
    tallies: tuple[Tally, ...] = ()
    source: SourceId | None = None
    """Id of the source. Absent: the election's."""
    flags: tuple[Flag, ...] = ()

    @property
    def entries(self) -> tuple[WardCandidacy | Tally, ...]:
        """Whatever has votes: the candidates, or the tallies where those are not published."""
        return self.candidates + self.tallies
