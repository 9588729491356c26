"""What is on record of people in office: councillors in the yearly lists, and who ran each council."""

# No `from __future__ import annotations`: msgspec would have to evaluate each text before it reads a dataset.
from datetime import date
from enum import StrEnum

from emvote.model.common import CouncilId, Flag, PartyId, SourceId
from emvote.model.rows import Row, dataclass


@dataclass(frozen=True, kw_only=True)
class Councillor(Row):
    """One councillor of a ward, over the years in which the lists say the same of them."""

    name: str | None = None
    """Name. As in the list; absent: the seat was vacant."""
    party: PartyId | None = None
    """Party id, as in the list. `other` is the list's word for independents and small parties together."""
    first: int
    """Year of the first list that says so."""
    last: int
    """Year of the last list that says so. None between the two is missing."""
    due: date | None = None
    """Polling day on which the seat is next due, by the list; absent: the list does not say.

    A seat whose day was put off, or whose council ended before it, keeps the day of the list.
    """
    seats: int = 1
    """Lines of the list. More than one where several seats are vacant, or where the list repeats a name."""


@dataclass(frozen=True, kw_only=True)
class WardCouncillors(Row):
    """Who sat for one ward or division on one set of boundaries, by the yearly lists of councillors."""

    council: CouncilId
    ward: str
    """Name of the ward or division. Spelled as in its results."""
    ward_id: str | None = None
    """GSS code. Absent: the record has no result with a code that these councillors were elected at."""
    since: int
    """Year of its first list. Of these boundaries, as far as codes tell."""
    until: int
    """Year of its last list."""
    councillors: tuple[Councillor, ...]
    """Everybody in it, by year: see [Councillor](#councillor)."""
    source: SourceId
    flags: tuple[Flag, ...] = ()


class AdministrationType(StrEnum):
    """On what footing a council was run."""

    MAJORITY = "majority"
    """One party with more than half of the seats."""
    MINORITY = "minority"
    """Without."""
    COALITION = "coalition"
    """Several parties together."""
    RAINBOW = "rainbow"
    """Several parties of every colour."""
    ELECTED_MAYOR = "elected mayor"
    """By the mayor, whoever controls the council."""
    COMMISSIONERS = "commissioners"
    """Sent by the government, beside the council's own executive."""
    NONE = "none"
    """Nobody: the council had no leader."""


class Current(StrEnum):
    """Whether an administration holds today."""

    YES = "yes"
    NO = "no"
    DOUBTFUL = "doubtful"
    """The last one known, which a later composition contradicts."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class CouncilAdministration(Row):
    """Who ran one council over some time: decided weeks after a poll, so never computed from seats."""

    council: CouncilId
    number: int
    """Place among those of the council, oldest first."""
    type: AdministrationType | None = None
    """On what footing; absent: not found."""
    parties: tuple[PartyId, ...] = ()
    """Ids of the parties in it."""
    leader: str | None = None
    """Leader of the council, or the elected mayor; absent: not found, or there was none."""
    leader_party: PartyId | None = None
    """Party id of the leader."""
    since: str | None = None
    """When it began: ISO date, month or year, as exactly as known; absent: not found."""
    until: str | None = None
    """When it ended, likewise; absent: it has not, or that was not found."""
    current: Current
    """Whether it holds today. An absent end alone does not say so."""
    evidence: str
    """Where each part of it is published."""
    note: str | None = None
    source: SourceId
