"""What is on record of principal councils: what they are, who sat on them, and what their polls did."""

# No `from __future__ import annotations`: msgspec would have to evaluate each text before it reads a dataset.
from dataclasses import field
from datetime import date
from enum import StrEnum

from emvote.model.common import Control, CouncilId, ElectionId, Flag, PartyId, Seats, SourceId
from emvote.model.rows import Row, dataclass


class CouncilType(StrEnum):
    """The tier of a principal council."""

    DISTRICT = "district"
    UNITARY = "unitary"
    COUNTY = "county"


class Cycle(StrEnum):
    """How many of its seats a council fills at one ordinary election."""

    ALL = "all"
    THIRD = "third"
    HALF = "half"


@dataclass(frozen=True, kw_only=True)
class CyclePeriod(Row):
    """How a council was elected over some years; open at an end that is absent."""

    cycle: Cycle
    """How many of the seats are filled at one ordinary election."""
    since: int | None = None
    """First year; absent: open."""
    until: int | None = None
    """Last year; absent: open."""


@dataclass(frozen=True, kw_only=True)
class Composition(Row):
    """Who sat on a council in one year: a snapshot, not a result."""

    year: int
    """Calendar year. Unique within the council."""
    size: int
    """All seats, vacancies counted in."""
    seats: Seats
    """Seats held by each party after that May; an aggregate is under `other`."""
    published: str | None = None
    """Control as the source labels it."""
    date: str | None = None
    """ISO date or month; absent: only the year is known.

    When the snapshot was taken, as exactly as known: `2015-05-07`, `2018-05`.
    """
    source: SourceId | None = None
    """Id of the source. Absent: the council's `compositions_source`."""
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Council(Row):
    """A principal local authority."""

    id: str
    """GSS code."""
    name: str
    """Name. The short one, as typed and shown."""
    full_name: str
    """Name in full. With its title, as in `Derby City Council`."""
    type: CouncilType
    """Its last one: four of the unitaries were districts until the 1990s."""
    county: str
    """Ceremonial county."""
    region: str
    """Region of England. Figures outside the dataset's region never count in totals."""
    cycles: tuple[CyclePeriod, ...]
    """How it was elected, period by period: see [CyclePeriod](#cycleperiod)."""
    created: date
    """First day."""
    abolished: date | None = None
    """Day from which it is no more. Absent: it still exists."""
    predecessors: tuple[CouncilId, ...] = ()
    """Ids of the councils that it replaced."""
    successors: tuple[CouncilId, ...] = ()
    """Ids of the councils that replaced it."""
    former_names: tuple[str, ...] = ()
    """Names that may be typed for it as well."""
    elected_mayor_since: int | None = None
    """Year since which an elected mayor runs the executive. It is the mayor's whoever controls the council."""
    note: str | None = None
    source: SourceId
    compositions_source: SourceId | None = None
    """Id of the source of its compositions. It counts for all that name none."""
    compositions: tuple[Composition, ...] = ()
    """One a year: see [Composition](#composition)."""


@dataclass(frozen=True, kw_only=True)
class SeatsHeld(Row):
    """Who held some seats of a council at a moment: a baseline."""

    date: str
    """ISO date or month. The month where the record is no more exact."""
    size: int
    """Seats that it covers. Vacancies are counted in."""
    seats: Seats
    """An aggregate of local parties and independents is under `other`."""
    unknown: tuple[PartyId, ...] = ()
    """Parties whose part of `other`, or of the seats not accounted for, is not known; never to be read as none."""
    control: Control | None = None
    """Control as published for that moment, a party id or noc; absent: counted from the seats."""
    source: SourceId
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Administration(Row):
    """Who ran a council after a poll: decided weeks later, so never computed from seats."""

    type: str
    """`majority`, `minority`, `coalition`, `rainbow` or `none`."""
    parties: tuple[PartyId, ...]
    """Ids of the parties in it."""
    leader_party: PartyId | None = None
    """Party id of the leader."""
    since: date | None = None
    """First day."""
    source: SourceId


@dataclass(frozen=True, kw_only=True)
class CouncilPoll(Row):
    """What a local election did to one council, with both of its baselines."""

    election: ElectionId
    council: CouncilId
    cycle: Cycle
    """Part elected that day."""
    size: int
    """All seats after the poll. Vacancies are counted in."""
    seats_up: int
    """Seats due to be filled. Those where no poll was held that day are counted."""
    vacancies: int = 0
    """Seats left vacant. Those of the whole council after the poll."""
    declared: bool = True
    """The result is declared. Until that of the whole council is, it has no seats won and counts in nothing."""
    won: Seats = field(default_factory=dict)
    """Seats won that day by each party; absent only where the result is not declared."""
    after: Seats | None = None
    """The whole council after the poll; absent when every seat was up, so that it is `won`."""
    last_election: SeatsHeld | None = None
    """The seats now up, as won at the last ordinary election for them; absent: not on record, and a flag says why."""
    last_council: SeatsHeld | None = None
    """The whole council after the last ordinary election of any part of it; absent: `last_election` was all of it."""
    eve: SeatsHeld | None = None
    """The whole council as published just before the poll, dated the day before it, else in the latest record.

    Absent only at the first election of a new council.
    """
    eve_up: SeatsHeld | None = None
    """The seats now up before the poll; absent: all were, or where they were not, a flag says why it is not known."""
    published_before: str | None = None
    """Control before, as the source labels it."""
    published_after: str | None = None
    """Control after, likewise."""
    administration: Administration | None = None
    sources: tuple[SourceId, ...]
    """Ids of every source that its figures rest on."""
    flags: tuple[Flag, ...] = ()
