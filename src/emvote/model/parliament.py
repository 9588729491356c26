"""What is on record of the House of Commons: constituencies, and their results."""

# No `from __future__ import annotations`: msgspec would have to evaluate each text before it reads a dataset.
from datetime import date

from emvote.model.common import ElectionId, Flag, PartyId, SeatId, SourceId, Tally
from emvote.model.rows import Row, dataclass


@dataclass(frozen=True, kw_only=True)
class Seat(Row):
    """A Westminster constituency on one set of boundaries."""

    id: str
    """GSS code; before 2010 name and first year of the boundaries. For example `derby-north.1950`."""
    name: str
    region: str
    """Region of England, or nation. Figures outside the dataset's region never count in totals."""
    counties: tuple[str, ...]
    """Ceremonial counties, as published for seats."""
    boundaries: str
    """Year of the first general election on its boundaries."""
    since: date
    """First day. Its boundaries came into use then."""
    until: date | None = None
    """Last day; absent: still there."""
    predecessor: SeatId | None = None
    """Seat of earlier boundaries that it continues. Same name, or renamed with most of the electors."""
    successor: SeatId | None = None
    """Seat of later boundaries that continues it. Same name, or renamed with most of the electors."""
    note: str | None = None
    source: SourceId


@dataclass(frozen=True, kw_only=True)
class Candidacy(Row):
    """One candidate in one contest."""

    name: str
    """Name. First name and surname, as published."""
    party: PartyId
    votes: int
    """Valid votes."""
    label: str | None = None
    """Label on the ballot paper. Absent: the party's `label`."""
    elected: bool = False
    """Won the seat. Never inferred from the votes, because a tie is decided by lot."""
    sitting_mp: bool = False
    """Was a member of the Parliament before, for any seat. The one that had just been dissolved."""
    mnis_id: int | None = None
    """Number of the person among Parliament's members; absent: never one, or not in the source."""
    dc_id: int | None = None
    """Number of the person at the Democracy Club; absent: not in the source. It has 2024 and by-elections."""


@dataclass(frozen=True, kw_only=True)
class Contest(Row):
    """The result of one election in one seat. Either `candidates` or, where they are not known, `tallies` is filled.

    Returned unopposed, nobody has votes: then `returned` names the party, and there are no `tallies`.
    """

    election: ElectionId
    seat: SeatId
    declared: bool = True
    """The result is declared. Until it is, it has no votes and counts in nothing."""
    electorate: int | None = None
    """Registered electors. Absent only with a flag that says why."""
    valid_votes: int | None = None
    """Valid votes; absent: nobody voted, or not known.

    The sum of all votes below. Not known only with a flag that says why.
    """
    members: int = 1
    """Members returned. Two in a few boroughs until 1950, where every elector had two votes."""
    unopposed: bool = False
    """No poll was held. There was no more than one candidate for each place."""
    returned: tuple[PartyId, ...] = ()
    """Parties of the members where votes do not tell. So when they were unopposed; absent: the votes do."""
    winners: tuple[str, ...] = ()
    """Names of the members where candidates are not known. Absent: not found, or several members."""
    winners_source: SourceId | None = None
    """Id of the source of those names."""
    winner_unknown: str | None = None
    """Why the record cannot tell who won. Given where that does not follow from the votes on record."""
    invalid_votes: int | None = None
    """Ballot papers rejected at the count."""
    majority: int | None = None
    """As declared. `check` holds it against the votes."""
    outcome: str | None = None
    """As published. `check` holds it (`Con gain from Lab`) against the computed one."""
    candidates: tuple[Candidacy, ...] = ()
    """Everybody who stood: see [Candidacy](#candidacy)."""
    tallies: tuple[Tally, ...] = ()
    """Votes by party where candidates are not known: see [Tally](#tally)."""
    source: SourceId | None = None
    """Id of the source. Absent: the election's."""
    flags: tuple[Flag, ...] = ()

    @property
    def entries(self) -> tuple[Candidacy | Tally, ...]:
        """Whatever has votes: the candidates, or the tallies where those are not known."""
        return self.candidates + self.tallies
