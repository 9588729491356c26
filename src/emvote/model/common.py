"""What every part of the record uses: ids, parties, elections, sources, flags."""

# No `from __future__ import annotations`: msgspec would have to evaluate each text before it reads a dataset.
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from emvote.model.rows import Row, dataclass

NOC = "noc"
"""In place of a party id: no overall control."""
IND = "ind"
"""Independents of no party: counted together in council maps, never in control together."""
OTHER = "other"
"""Seats or votes that the record counts together: independents, local parties and small parties, not told apart."""
SPEAKER = "spk"
"""The Speaker of the House of Commons seeking re-election: of no party, and not fought by the large ones."""
UNITED_KINGDOM = "United Kingdom"
"""Region of a dataset whose totals are of every seat in it."""

# An id that names a row of a table: the table, and then words that may stand in the place of such an id.
SourceId = Annotated[str, "sources"]
PartyId = Annotated[str, "parties"]
ElectionId = Annotated[str, "elections"]
SeatId = Annotated[str, "seats"]
CouncilId = Annotated[str, "councils"]
MayoraltyId = Annotated[str, "mayoralties"]
Control = Annotated[str, "parties", NOC]

Seats = Mapping[PartyId, int]
"""Party id to number of seats; a party that is not named has none."""


class ElectionKind(StrEnum):
    """What sort of poll an election is."""

    GENERAL = "general"
    BY_ELECTION = "by-election"
    NOTIONAL = "notional"
    """An estimate of an old general election on new boundaries."""
    LOCAL = "local"
    """The ordinary local elections of one day."""
    LOCAL_LATER = "local-later"
    """Local polls held later for seats that an ordinary election left unfilled."""
    MAYOR = "mayor"
    """The election of one mayor."""


class PartyKind(StrEnum):
    """What sort of group a party id stands for."""

    NATIONAL = "national"
    LOCAL = "local"
    """A registered party of one area: it can control a council."""
    INDEPENDENT = "independent"
    """Candidates of no party: together they never control a council."""
    AGGREGATE = "aggregate"
    """Votes or seats added up in the record, which may be of parties of every kind."""


@dataclass(frozen=True, kw_only=True)
class Source(Row):
    """Where figures come from."""

    id: str
    title: str
    """Title of the work."""
    publisher: str
    """Who published it."""
    licence: str
    """Terms on which its figures may be used."""
    url: str | None = None
    """Where it is."""
    date: str | None = None
    """What it says of its own date. It is a text."""
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Flag(Row):
    """A figure that sources dispute, that is missing, or that this dataset reads or overrides on purpose."""

    code: str
    """Kind of finding. A short id, the same for the same kind; answers list it in `flags`."""
    note: str
    """What was found and done, with the evidence. A sentence, which answers print in `notes`."""
    source: SourceId | None = None
    """Id of the source that is evidence, where not the record's own."""


@dataclass(frozen=True, kw_only=True)
class Party(Row):
    """A party, or what stands in the place of one."""

    id: str
    name: str
    """Full name."""
    abbreviation: str
    """As in outcomes. The House of Commons Library's where it has one."""
    kind: PartyKind
    """What sort of group it is."""
    label: str | None = None
    """Label on ballot papers unless the candidacy says otherwise; absent: the name."""
    colour: str | None = None
    """#RRGGBB. Absent where none was found."""
    aliases: tuple[str, ...] = ()
    predecessor: PartyId | None = None
    """Party that it continues. Its shares and seats are compared with that one's (Reform UK: the Brexit Party)."""
    ec_ids: tuple[str, ...] = ()
    """Registrations with the Electoral Commission."""
    mnis_ids: tuple[int, ...] = ()
    """Ids in the Members' Names Information Service of Parliament."""
    source: SourceId
    note: str | None = None

    @property
    def ballot_label(self) -> str:
        """The label on the ballot paper of a candidate whose record gives none."""
        return self.label or self.name


@dataclass(frozen=True, kw_only=True)
class Election(Row):
    """A polling day of one kind, or an estimate of one."""

    id: str
    name: str
    """In words."""
    kind: ElectionKind
    """What sort of poll it is."""
    date: date
    """Polling day; of an estimate, that of the election it re-estimates."""
    boundaries: str | None = None
    """First year of the constituency boundaries; absent for local elections."""
    previous: ElectionId | None = None
    """Election that it is compared with. The last general election or its notional result."""
    source: SourceId
    note: str | None = None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Tally(Row):
    """The votes of one party in a result whose candidates are not known or do not exist (notional)."""

    party: PartyId
    """Party id. `other` is an aggregate."""
    votes: int
    """Valid votes."""
    label: str | None = None
    """Label of the party there. Absent: the party's `label`."""
