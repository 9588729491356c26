"""The record: what a dataset holds, as frozen dataclasses.

Only facts as published or overridden live here; everything that can be computed from them (majorities, control, swings)
is computed by `emvote.queries` with the formulas of `emvote.measures`. `None` means that the record does not say; it
is never a zero. The TOML file has the same names:
`docs/dataset.md` describes it key by key.
"""

# No `from __future__ import annotations`: msgspec would have to evaluate each text before it reads a dataset.
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from emvote.frozen import dataclass, field

NOC = "noc"
"""In place of a party id: no overall control."""
IND = "ind"
"""Independents of no party: counted together in council maps, never in control together."""
OTHER = "other"
"""Seats or votes that the record lumps together: independents, local parties and small parties, not told apart."""
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
    """A lump in the record that may hold parties of every kind."""


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


class GovernmentForm(StrEnum):
    """On what footing a government was formed after a general election."""

    MAJORITY = "majority"
    """One party with more than half of the seats."""
    MINORITY = "minority"
    """One party without."""
    COALITION = "coalition"
    """Several parties."""


class HexPlaces(StrEnum):
    """What the hexagons of a map are."""

    SEATS = "seats"
    COUNCILS = "councils"
    """Districts and unitaries."""
    UPPER_TIER = "upper-tier"
    """Counties and unitaries."""


@dataclass(frozen=True, kw_only=True)
class Source:
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
class Flag:
    """A figure that sources dispute, that is missing, or that this dataset reads or overrides on purpose."""

    code: str
    """Kind of finding. A short id, the same for the same kind; answers list it in `flags`."""
    note: str
    """What was found and done, with the evidence. A sentence, which answers print in `notes`."""
    source: SourceId | None = None
    """Id of the source that is evidence, where not the record's own."""


@dataclass(frozen=True, kw_only=True)
class Party:
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
class Election:
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
class Seat:
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
class Candidacy:
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
class Tally:
    """The votes of one party in a result whose candidates are not known or do not exist (notional)."""

    party: PartyId
    """Party id. `other` is a lump."""
    votes: int
    """Valid votes."""
    label: str | None = None
    """Label of the party there. Absent: the party's `label`."""


@dataclass(frozen=True, kw_only=True)
class Contest:
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


@dataclass(frozen=True, kw_only=True)
class CyclePeriod:
    """How a council was elected over some years; open at an end that is absent."""

    cycle: Cycle
    """How many of the seats are filled at one ordinary election."""
    since: int | None = None
    """First year; absent: open."""
    until: int | None = None
    """Last year; absent: open."""


@dataclass(frozen=True, kw_only=True)
class Composition:
    """Who sat on a council in one year: a snapshot, not a result."""

    year: int
    """Calendar year. Unique within the council."""
    size: int
    """All seats, vacancies counted in."""
    seats: Seats
    """Seats held by each party after that May; a lump is under `other`."""
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
class Council:
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
class SeatsHeld:
    """Who held some seats of a council at a moment: a baseline."""

    date: str
    """ISO date or month. The month where the record is no more exact."""
    size: int
    """Seats that it covers. Vacancies are counted in."""
    seats: Seats
    """A lump of local parties and independents is under `other`."""
    unknown: tuple[PartyId, ...] = ()
    """Parties whose part of `other`, or of the seats not accounted for, is not known; never to be read as none."""
    control: Control | None = None
    """Control as published for that moment, a party id or noc; absent: counted from the seats."""
    source: SourceId
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Administration:
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
class CouncilPoll:
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


@dataclass(frozen=True, kw_only=True)
class WardCandidacy:
    """One candidate in a ward or county division."""

    name: str
    """Name. First name and surname, as published."""
    party: PartyId
    votes: int | None = None
    """Votes; absent: nobody voted. There was no other candidate."""
    label: str | None = None
    """What the source calls the party. Given where that says more than the party's `label`."""
    elected: bool = False
    """Won a seat. Never inferred from the votes, because a tie is decided by lot."""


@dataclass(frozen=True, kw_only=True)
class WardContest:
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


@dataclass(frozen=True, kw_only=True)
class Mayoralty:
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
class MayorCandidacy:
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
class MayorContest:
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


@dataclass(frozen=True, kw_only=True)
class Hexagon:
    """Where one seat or council stands on a map of hexagons of equal size."""

    place: str
    """Seat id or council id, as the map says."""
    q: int
    """Column."""
    r: int
    """Row, growing northwards; odd rows stand half a hexagon further right."""


@dataclass(frozen=True, kw_only=True)
class HexMap:
    """A map on which every seat, or every council, is one hexagon: no large one hides a small one."""

    id: str
    title: str
    """Title. It says in words what the map shows."""
    places: HexPlaces
    """`councils` are districts and unitaries, `upper-tier` counties and unitaries."""
    boundaries: str | None = None
    """First year of the constituency boundaries; absent: a map of councils."""
    since: int | None = None
    """First year whose councils it shows; absent: any before until."""
    until: int | None = None
    """Last year whose councils it shows; absent: any later one."""
    hexagons: tuple[Hexagon, ...]
    """One a place: see [Hexagon](#hexagon)."""
    source: SourceId


@dataclass(frozen=True, kw_only=True)
class Government:
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


@dataclass(frozen=True, kw_only=True)
class Record:
    """A whole dataset, as in its file."""

    schema: int
    """Version of the format."""
    title: str
    """Name of the dataset, printed with every answer."""
    version: str
    """Version of the dataset, printed with every answer."""
    licence: str
    """Licence of the dataset."""
    attribution: str
    """What must be said when it is passed on."""
    region: str
    """The region whose councils and seats make its totals; anything else in the file is outside it."""
    default_local: ElectionId | None = None
    """Local election that `councils` answers for unless another is asked for."""
    sources: tuple[Source, ...] = ()
    parties: tuple[Party, ...] = ()
    """See [Party](#party); their order is that of columns in tables."""
    elections: tuple[Election, ...] = ()
    seats: tuple[Seat, ...] = ()
    contests: tuple[Contest, ...] = ()
    councils: tuple[Council, ...] = ()
    council_polls: tuple[CouncilPoll, ...] = ()
    mayoralties: tuple[Mayoralty, ...] = ()
    mayor_contests: tuple[MayorContest, ...] = ()
    hex_maps: tuple[HexMap, ...] = ()
    governments: tuple[Government, ...] = ()
    wards: tuple[WardContest, ...] = ()
    """Of a dataset in one file: kept in another beside it, `X.wards.toml`, and read only where they are asked for."""
