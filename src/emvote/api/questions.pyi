"""The methods of an open dataset, for editors and type checkers. Made by `python dev.py docs`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from emvote.api.answer import Answer
from emvote.api.records import Record
from emvote.cli.question import Question

class BellwethersRow(Record, frozen=True):
    seat_id: str
    seat: str
    county: str
    since: str | None
    since_election: str | None
    elections: int
    missed: int
    missed_at: Sequence[str]
    ended_by: str
    ended_at: str | None
    ended_winner_party: str | None
    ended_government_party: str | None
    lineage: Sequence[str]
    note: str | None

class CandidateRow(Record, frozen=True):
    candidate: str
    election: str
    kind: str
    polling_date: str
    place: str
    place_id: str | None
    counties: Sequence[str]
    party: str
    party_label: str
    votes: int | None
    share_pct: float | None
    position: int | None
    candidates_total: int | None
    seats_up: int
    elected: bool | None
    uncontested: bool
    result: str
    sitting_mp: bool | None
    group: int
    person: int | None
    mnis_id: int | None
    dc_id: int | None
    listed_by: str
    note: str | None
    flags: Sequence[str]

class CandidatesRow(Record, frozen=True):
    election: str
    polling_date: str
    kind: str
    place_id: str | None
    place: str
    county: str | None
    candidate: str
    party: str
    party_label: str
    votes: int | None
    share_pct: float | None
    rank: int | None
    elected: bool | None
    deposit_lost: bool | None
    sitting: bool | None
    flags: Sequence[str]

class ClaimsRow(Record, frozen=True):
    id: str
    article: str
    subject: str
    claim: str
    stated: Any
    computed: Any
    verdict: str
    command: str | None
    note: str | None
    wording: str
    tolerance: float | None
    flags: Sequence[str]

class CompareRow(Record, frozen=True):
    party: str
    seats_from: int | None
    seats_to: int | None
    seats_net: int | None
    votes_from: int | None
    votes_to: int | None
    share_from_pct: float | None
    share_to_pct: float | None
    share_change_pp: float | None

class Compare2SwingRow(Record, frozen=True):
    from_party: str
    to_party: str
    butler_pp: float | None
    steed_pp: float | None

class Compare2Row(Record, frozen=True):
    seat_id: str
    seat: str
    county: str
    region: str
    boundaries: str
    election: str
    kind: str
    polling_date: str
    electorate: int | None
    valid_votes: int | None
    invalid_votes: int | None
    turnout_pct: float | None
    turnout_ballot_pct: float | None
    winner: str | None
    winner_party: str | None
    runner_up: str | None
    runner_up_party: str | None
    majority_votes: int | None
    majority_pct: float | None
    decided_by: str | None
    outcome: str | None
    change: str | None
    previous_party: str | None
    previous_election: str | None
    swing: Compare2SwingRow | None
    candidates_known: bool
    flags: Sequence[str]
    shares_pct: str

class Compare3AdministrationRow(Record, frozen=True):
    type: str
    parties: Sequence[str]
    leader_party: str | None
    since: str | None
    source: str

class Compare3Row(Record, frozen=True):
    council_id: str
    council: str
    type: str
    county: str
    region: str
    election: str
    polling_date: str
    cycle: str | None
    seats_total: int
    seats_up: int
    seats_needed: int
    control_before: str | None
    control_after: str | None
    control_change: str | None
    outcome: str | None
    largest_before: str | None
    largest_after: str | None
    seats_last_election: Mapping[str, float | None] | None
    seats_before: Mapping[str, float | None] | None
    seats_won: Mapping[str, float | None]
    seats_after: Mapping[str, float | None]
    seats_net: Mapping[str, float | None] | None
    vacancies: int
    administration: Compare3AdministrationRow | None
    baseline_date: str | None
    flags: Sequence[str]

class Compare4Row(Record, frozen=True):
    party: str
    election: str
    polling_date: str
    stood_as: str
    seats: int | None
    seats_net: int | None
    votes: int | None
    share_pct: float | None
    share_change_pp: float | None
    compared_with: str | None

class Compare5Row(Record, frozen=True):
    place: str
    kind: str
    seat_id: str | None
    election: str
    seats: int
    electorate: int | None
    valid_votes: int
    turnout_pct: float | None
    winner_party: str | None
    seats_won: Mapping[str, float | None]
    compared_with: str | None
    from_party: str
    to_party: str
    butler_pp: float | None
    steed_pp: float | None
    shares_pct: str
    changes_pp: str
    note: str | None

class CouncilRow(Record, frozen=True):
    year: int
    date: str | None
    control: str | None
    published_control: str | None
    seats: Mapping[str, float | None]
    seats_total: int
    vacancies: int
    largest: str | None
    note: str | None
    source: str | None
    flags: Sequence[str]

class Council2Row(Record, frozen=True):
    council_id: str
    council: str
    type: str
    county: str
    year: int
    control: str | None
    published_control: str | None
    largest: str | None
    seats_total: int
    flags: Sequence[str]

class CouncilsAdministrationRow(Record, frozen=True):
    type: str
    parties: Sequence[str]
    leader_party: str | None
    since: str | None
    source: str

class CouncilsRow(Record, frozen=True):
    council_id: str
    council: str
    type: str
    county: str
    region: str
    election: str
    polling_date: str
    cycle: str | None
    seats_total: int
    seats_up: int
    seats_needed: int
    control_before: str | None
    control_after: str | None
    control_change: str | None
    outcome: str | None
    largest_before: str | None
    largest_after: str | None
    seats_last_election: Mapping[str, float | None] | None
    seats_before: Mapping[str, float | None] | None
    seats_won: Mapping[str, float | None]
    seats_after: Mapping[str, float | None]
    seats_net: Mapping[str, float | None] | None
    vacancies: int
    administration: CouncilsAdministrationRow | None
    baseline_date: str | None
    flags: Sequence[str]

class ElectionsRow(Record, frozen=True):
    id: str
    name: str
    kind: str
    polling_date: str
    boundaries: str | None
    previous: str | None
    contests: int
    source: str
    flags: Sequence[str]

class ExplainExampleRow(Record, frozen=True):
    name: str
    formula: str | None
    value: float | None
    text: str | None

class ExplainInputsRow(Record, frozen=True):
    name: str
    value: float | None
    text: str | None

class ExplainRow(Record, frozen=True):
    term: str
    also: Sequence[str]
    definition: str
    formula: str | None
    source: str | None
    command: str | None
    example: ExplainExampleRow | None
    inputs: Sequence[ExplainInputsRow]
    see: Sequence[str]

class FlowsFlowsRow(Record, frozen=True):
    from_party: str
    to_party: str
    seats: int

class FlowsRow(Record, frozen=True):
    council_id: str | None
    council: str | None
    county: str
    ward_id: str | None
    ward: str
    seats_up: int
    from_: Mapping[str, float | None] | None
    to: Mapping[str, float | None]
    flows: Sequence[FlowsFlowsRow] | None
    basis: str
    certain: bool

class MapRow(Record, frozen=True):
    place_id: str
    place: str
    code: str
    map: str
    q: int | None
    r: int | None
    election: str
    party: str | None
    change: str | None
    outcome: str | None
    majority_pct: float | None
    majority_seats: int | None
    swing_pp: float | None
    turnout_pct: float | None
    share_pct: float | None

class MayorRow(Record, frozen=True):
    mayoralty_id: str
    mayoralty: str
    election: str
    polling_date: str
    electorate: int | None
    turnout_pct: float | None
    invalid_votes: int | None
    round: str
    candidate: str
    party: str
    party_label: str
    votes: int | None
    share_pct: float | None
    elected: bool
    complete: bool
    flags: Sequence[str]

class NowRow(Record, frozen=True):
    council_id: str
    council: str
    type: str
    county: str
    as_of: str
    seats_total: int
    seats: Mapping[str, float | None]
    control: str | None
    published_control: str | None
    largest: str | None
    administration_type: str | None
    administration_parties: Sequence[str] | None
    administration_as_of: str | None
    leader: str | None
    leader_party: str | None
    last_election: str | None
    next_election: str | None
    seats_due: int | None
    vacancies: int
    flags: Sequence[str]

class PartiesRow(Record, frozen=True):
    party: str
    name: str
    abbreviation: str
    kind: str
    label: str
    colour: str | None
    predecessor: str | None
    aliases: Sequence[str]
    ec_ids: Sequence[str]
    source: str
    note: str | None

class ProjectRow(Record, frozen=True):
    seat_id: str
    seat: str
    from_party: str | None
    to_party: str | None
    changed: bool | None
    shares_pct: str
    majority_pct: float | None
    second_party: str | None
    tied: Sequence[str]
    clamped: Sequence[str]
    falls_at_pp: float | None
    county: str
    region: str
    note: str | None
    flags: Sequence[str]

class ProofRow(Record, frozen=True):
    n: int
    line: int
    start: int
    end: int
    sentence: str
    text: str
    kind: str
    subject: str | None
    election: str | None
    measure: str | None
    stated: Any
    computed: Any
    verdict: str
    note: str | None
    command: str | None

class ResultsRow(Record, frozen=True):
    party: str
    seats: int | None
    seat_share_pct: float | None
    gains: int | None
    losses: int | None
    net: int | None
    votes: int | None
    share_pct: float | None
    change_pp: float | None
    candidates: int | None
    lost_deposits: int | None
    seat_vote_gap_pp: float | None
    seat_vote_ratio: float | None
    votes_per_seat: float | None
    councils_held: int | None
    councils_gained: int | None
    councils_lost: int | None
    councils_net: int | None
    councils_won_before_unknown: int | None
    seats_known: int | None
    net_known: int | None
    net_unknown_in: Sequence[str]

class SeatSwingRow(Record, frozen=True):
    from_party: str
    to_party: str
    butler_pp: float | None
    steed_pp: float | None

class SeatCandidatesRow(Record, frozen=True):
    candidate: str
    party: str
    key: str
    party_label: str
    votes: int
    share_pct: float | None
    change_pp: float | None
    elected: bool
    deposit_lost: bool | None
    sitting_mp: bool | None

class SeatPartyVotesRow(Record, frozen=True):
    party: str
    party_label: str
    votes: int | None
    share_pct: float | None
    change_pp: float | None

class SeatRow(Record, frozen=True):
    seat_id: str
    seat: str
    county: str
    region: str
    boundaries: str
    election: str
    kind: str
    polling_date: str
    electorate: int | None
    valid_votes: int | None
    invalid_votes: int | None
    turnout_pct: float | None
    turnout_ballot_pct: float | None
    winner: str | None
    winner_party: str | None
    runner_up: str | None
    runner_up_party: str | None
    majority_votes: int | None
    majority_pct: float | None
    decided_by: str | None
    outcome: str | None
    change: str | None
    previous_party: str | None
    previous_election: str | None
    swing: SeatSwingRow | None
    candidates: Sequence[SeatCandidatesRow]
    party_votes: Sequence[SeatPartyVotesRow]
    candidates_known: bool
    flags: Sequence[str]

class SeatsSwingRow(Record, frozen=True):
    from_party: str
    to_party: str
    butler_pp: float | None
    steed_pp: float | None

class SeatsRow(Record, frozen=True):
    seat_id: str
    seat: str
    county: str
    region: str
    boundaries: str
    election: str
    kind: str
    polling_date: str
    electorate: int | None
    valid_votes: int | None
    invalid_votes: int | None
    turnout_pct: float | None
    turnout_ballot_pct: float | None
    winner: str | None
    winner_party: str | None
    runner_up: str | None
    runner_up_party: str | None
    majority_votes: int | None
    majority_pct: float | None
    decided_by: str | None
    outcome: str | None
    change: str | None
    previous_party: str | None
    previous_election: str | None
    swing: SeatsSwingRow | None
    candidates_known: bool
    shares_pct: str
    flags: Sequence[str]

class SourcesRow(Record, frozen=True):
    id: str
    title: str
    publisher: str
    licence: str
    url: str | None
    date: str | None
    note: str | None
    used: int

class SwingRow(Record, frozen=True):
    seat_id: str
    seat: str
    from_election: str
    to_election: str
    from_party: str
    to_party: str
    butler_pp: float | None
    steed_pp: float | None
    from_change_pp: float | None
    to_change_pp: float | None
    direction: str | None
    note: str | None

class TargetsRow(Record, frozen=True):
    rank: int | None
    seat_id: str
    seat: str
    holder: str | None
    challenger: str | None
    swing_pp: float | None
    votes_needed: int | None
    majority_votes: int | None
    majority_pct: float | None
    position: int | None
    election: str
    second: str | None
    passes: str | None
    holder_candidate: str | None
    challenger_candidate: str | None
    band: str | None
    swing_band: str | None
    county: str
    region: str
    note: str | None
    flags: Sequence[str]

class Targets2Row(Record, frozen=True):
    rank: int | None
    council_id: str
    council: str
    party: str
    control: str | None
    seats_short: int | None
    seats_to_lose: int | None
    seats: int | None
    seats_needed: int
    seats_total: int
    largest: str | None
    cycle: str | None
    type: str
    county: str
    year: int
    date: str | None
    flags: Sequence[str]

class WardsRow(Record, frozen=True):
    council_id: str
    council: str
    ward_id: str | None
    ward: str
    election: str
    polling_date: str
    by_election: bool
    seats_up: int
    electorate: int | None
    turnout_pct: float | None
    turnout_basis: str | None
    candidate: str | None
    party: str
    party_label: str
    votes: int | None
    share_pct: float | None
    share_method: str | None
    elected: bool | None
    uncontested: bool
    margin_votes: int | None
    flags: Sequence[str]

class Questions:
    def _ask(self, command: Callable[..., Question], given: dict[str, Any]) -> Answer[Any]: ...
    def bellwethers(
        self,
        *,
        since: str | int | None = None,
        until: str | int | None = None,
        misses: int = 0,
        county: str | None = None,
        all: bool = False,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[BellwethersRow]:
        """Seats that went with the government, election by election.

        Args:
            since: Only seats that went with every one since this.
            until: As of this election.  [default: the latest]
            misses: So many may have gone another way.
            county: Only seats of this county.
            all: Also seats that went another way at the last one.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def candidate(
        self, *name: str | int, sort: str | Sequence[str] | None = None, desc: bool = False, limit: int | None = None
    ) -> Answer[CandidateRow]:
        """One person: every candidacy on record.

        Args:
            name: A name; its words need no quotes.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def candidates(
        self,
        *election_words: str | int,
        election: str | int | None = None,
        party: str | None = None,
        name: str | None = None,
        elected: bool = False,
        lost_deposit: bool = False,
        county: str | None = None,
        council: str | None = None,
        seat: str | None = None,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[CandidatesRow]:
        """Every candidate on record: seats, wards and mayors.

        Args:
            election_words: Year, local-2019, feb1974, 2019-notional, or its id.
            election: Only this one: year or id.
            party: Of this party.
            name: With all of these words in the name.
            elected: Who were elected.
            lost_deposit: Who lost the deposit.
            county: In this ceremonial county.
            council: For this council, or to run it as mayor.
            seat: In this constituency.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def claims(
        self,
        *files: str | int,
        verdict: Sequence[Literal["confirmed", "approximate", "contradicted", "not checkable"]] | None = None,
        article: str | None = None,
        subject: str | None = None,
        strict: bool = False,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[ClaimsRow]:
        """Check the figures of an article against the record.

        Args:
            files: A claims file, or a shipped name; may be several.
            verdict: Only claims of this verdict; may be repeated.
            article: Only this article: its id or title.
            subject: Only claims about this seat, council or subject.
            strict: Exit with code 5 unless all are confirmed or approximate.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def compare(
        self,
        *things: str | int,
        election: str | int | None = None,
        between: tuple[str, str] | None = None,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[CompareRow | Compare2Row | Compare3Row | Compare4Row | Compare5Row]:
        """Elections or places side by side.

        Args:
            things: Elections, places, or a seat and two elections.
            election: At which to compare places.
            between: With a county, region or country: swing from A to B.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def council(
        self,
        *name: str | int,
        election: str | int | None = None,
        wards: bool = False,
        all: bool = False,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[CouncilRow | Council2Row]:
        """One council: its make-up now, its elections, and its make-up year by year.

        Args:
            name: A name; its words need no quotes.
            election: Only the year of this local election; or any year.
            wards: In tables also the wards of every election; a terminal shows the latest's.
            all: Every year since 1973 in tables, not the last five.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def councils(
        self,
        *election_words: str | int,
        lost_control: bool = False,
        gained_control: bool = False,
        changed_control: bool = False,
        held: bool = False,
        party: str | None = None,
        control: str | None = None,
        county: str | None = None,
        type: Literal["district", "unitary", "county"] | None = None,
        cycle: Literal["all", "third", "half"] | None = None,
        election: str | int | None = None,
        baseline: Literal["eve-of-poll", "last-election"] | None = None,
        all: bool = False,
        outside: bool = False,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[CouncilsRow]:
        """Councils at a local election: who held, gained and lost control.

        Args:
            election_words: Year, local-2019, feb1974, 2019-notional, or its id.
            lost_control: A party that held it no longer does, whoever does now.
            gained_control: A party holds it that did not before.
            changed_control: Control is not what it was.
            held: The same party holds it as before.
            party: Who lost, gained or held it.
            control: Who holds it after the poll.
            county: In this ceremonial county.
            type: Of this tier.
            cycle: That elected this part of its seats.
            election: Another local election: its id or year.
            baseline: Compare control and seats with this one.
            all: Also councils that did not vote.
            outside: Also councils outside the region; they never count in totals.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def elections(
        self,
        *,
        kind: Literal["general", "by-election", "notional", "local", "local-later", "mayor"] | None = None,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[ElectionsRow]:
        """The elections on record, oldest first.

        Args:
            kind: Only this kind.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def explain(
        self, *term: str | int, sort: str | Sequence[str] | None = None, desc: bool = False, limit: int | None = None
    ) -> Answer[ExplainRow]:
        """What a term means: its formula, its source and an example.

        Args:
            term: A term; its words need no quotes. None lists all.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def flows(
        self,
        *election_words: str | int,
        election: str | int | None = None,
        council: str | None = None,
        county: str | None = None,
        from_: str | None = None,
        to: str | None = None,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[FlowsRow]:
        """Who took seats from whom, ward by ward.

        Args:
            election_words: Year, local-2019, feb1974, 2019-notional, or its id.
            election: Another one: year or id.
            council: Of this council.
            county: In this ceremonial county.
            from_: This party lost a seat.
            to: This party gained a seat.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def map(
        self,
        *election_words: str | int,
        election: str | int | None = None,
        by: Literal["winner", "change", "swing", "majority", "turnout", "share"] = "winner",
        party: str | None = None,
        between: tuple[str, str] | None = None,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[MapRow]:
        """The region as hexagons, on screen or as a picture.

        Args:
            election_words: Year, local-2019, feb1974, 2019-notional, or its id.
            election: Another than the latest general election.
            by: What the colours tell.
            party: Whose share.
            between: Swing from A to B.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def mayor(
        self,
        *name: str | int,
        election: str | int | None = None,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[MayorRow]:
        """A directly elected mayor: every election, latest first.

        Args:
            name: A name; its words need no quotes.
            election: Only this one: its year or id.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def now(
        self,
        *name: str | int,
        control: str | None = None,
        run_by: str | None = None,
        county: str | None = None,
        type: Literal["district", "unitary", "county"] | None = None,
        next: int | None = None,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[NowRow]:
        """Councils today: who sits, who controls and runs them, and when they vote next.

        Args:
            name: One council; none: all of today.
            control: Only councils that this party controls, or noc.
            run_by: Only councils that this party runs, alone or with others.
            county: Only councils of this county.
            type: Only councils of this tier.
            next: Only councils that vote next in this year.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def parties(
        self,
        *,
        kind: Literal["national", "local", "independent", "aggregate"] | None = None,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[PartiesRow]:
        """The parties, their names and their colours.

        Args:
            kind: Only this kind.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def project(
        self,
        *,
        swing: Sequence[str] | None = None,
        shares: str | None = None,
        shares_of: Literal["region", "gb"] = "region",
        model: Literal["uniform", "proportional"] = "uniform",
        copy: Sequence[str | int] | None = None,
        transfer: Sequence[str] | None = None,
        table: str | None = None,
        equal_votes: str | None = None,
        baseline: str | int | None = None,
        scope: Literal["region", "uk"] = "region",
        changed: bool = False,
        gained_by: str | None = None,
        lost_by: str | None = None,
        county: str | None = None,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[ProjectRow]:
        """Seats after a swing or new shares: arithmetic, no forecast.

        Args:
            swing: So many points from A to B in every seat; repeatable.
            shares: New shares in per cent: lab=39,con=24.
            shares_of: Whose shares those are: the region's, or Great Britain's.
            model: New shares: as many points everywhere, or in proportion.
            copy: B polls in each seat what A did then; repeatable.
            transfer: 50% of A's votes, or 5pp of all, to B; repeatable.
            table: Seats at each swing between --swing A:B.
            equal_votes: The swing after which both have as many votes: the bias.
            baseline: Another result than the latest general one.
            scope: The dataset's region, or every seat of the country (the dataset uk).
            changed: Only seats that change hands.
            gained_by: This party gains it.
            lost_by: This party loses it.
            county: In this ceremonial county.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def proof(
        self,
        file: str,
        *,
        about: str | int | None = None,
        date: str | None = None,
        claims: str | None = None,
        strict: bool = False,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[ProofRow]:
        """Proof-read an article against the record.

        Args:
            file: The article: text, Markdown or HTML; - is standard input.
            about: Seat, council or election that it is about.
            date: Day of the article: 2019-05-04.
            claims: Write what was found as a claims file.
            strict: Exit with code 5 unless all that was read is confirmed or approximate.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def results(
        self,
        *election_words: str | int,
        election: str | int | None = None,
        scope: Literal["region", "uk"] = "region",
        county: str | None = None,
        baseline: str | int | None = None,
        bands: str | None = None,
        all: bool = False,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[ResultsRow]:
        """The scoreboard of one election: seats, votes, turnout.

        Args:
            election_words: Year, local-2019, feb1974, 2019-notional, or its id.
            election: Another than the latest general election: 2019, local-2019…
            scope: The dataset's region, or every seat of the country (the dataset uk).
            county: Of this ceremonial county.
            baseline: Compare with this; local: eve-of-poll or last-election.
            bands: Other lower bounds of the bands of majorities than 2,5,10,20,50.
            all: In tables also parties without a seat and with few votes.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def seat(
        self,
        *name: str | int,
        election: str | int | None = None,
        notional: bool = False,
        all: bool = False,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[SeatRow]:
        """One constituency: who stood at the last election, and the results before it.

        Args:
            name: A name; its words need no quotes.
            election: Only this one: year, ge2019, 2019-notional, or its id.
            notional: Also estimates of old results on new boundaries.
            all: All results in tables, not the last ten.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def seats(
        self,
        *election_words: str | int,
        election: str | int | None = None,
        changed: bool = False,
        winner: str | None = None,
        second: str | None = None,
        party: str | None = None,
        held_by: str | None = None,
        gained_by: str | None = None,
        lost_by: str | None = None,
        county: str | None = None,
        majority_under: str | None = None,
        marginal: bool = False,
        bands: str | None = None,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[SeatsRow]:
        """All constituencies at one general election.

        Args:
            election_words: Year, local-2019, feb1974, 2019-notional, or its id.
            election: Another one: year, 2019-notional, or its id.
            changed: Another party won than before.
            winner: This party won it.
            second: This party came second.
            party: This party stood; its share is shown.
            held_by: The same as --winner.
            gained_by: This party gained it.
            lost_by: This party lost it.
            county: In this ceremonial county.
            majority_under: Majority under N votes, or N per cent.
            marginal: Majority under 10% of valid votes.
            bands: Other lower bounds of the bands of majorities than 2,5,10,20,50.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def sources(
        self,
        source: str | None = None,
        *,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[SourcesRow]:
        """The sources, and how many records cite each.

        Args:
            source: Only this source.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def swing(
        self,
        *seats: str | int,
        from_: str | int | None = None,
        to: str | int | None = None,
        between: tuple[str, str] | None = None,
        method: Literal["butler", "steed"] = "butler",
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[SwingRow]:
        """Swing between two parties, Butler and Steed, seat by seat.

        Args:
            seats: Seats; none means all.
            from_: The earlier election.
            to: The later election.
            between: Positive means from the first to the second.
            method: Definition that decides the direction.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def targets(
        self,
        *party: str | int,
        scope: Literal["region", "uk"] = "region",
        election: str | int | None = None,
        defend: bool = False,
        gap_only: bool = False,
        holder: str | None = None,
        second: str | None = None,
        county: str | None = None,
        band: str | None = None,
        swing_band: str | None = None,
        under: str | None = None,
        stood: bool = False,
        councils: bool = False,
        bands: str | None = None,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[TargetsRow | Targets2Row]:
        """Seats that a party could win, by the swing it needs.

        Args:
            party: The party that is to win; its words need no quotes.
            scope: The dataset's region, or every seat of the country (the dataset uk).
            election: Another one: year, 2019-notional, or its id.
            defend: The party's own seats, easiest to lose first.
            gap_only: The gap to the holder alone, whoever else stands between.
            holder: This party won it.
            second: This party came second.
            county: In this ceremonial county.
            band: Majority in this band: ultra-marginal, marginal, safe…
            swing_band: Twice the swing in this band.
            under: Swing below so many points.
            stood: Only seats with a rank.
            councils: Councils, by the seats it needs for control.
            bands: Other lower bounds of the bands of majorities than 2,5,10,20,50.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
    def wards(
        self,
        *name: str | int,
        election: str | int | None = None,
        ward: str | None = None,
        sort: str | Sequence[str] | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Answer[WardsRow]:
        """Wards of one council: every candidate, and who was elected.

        Args:
            name: A name; its words need no quotes.
            election: Another than the latest on record: year or id.
            ward: Only this ward or division.
            sort: Sort by a field, heading or party; several: a,b.
            desc: The other way round.
            limit: At most N rows.
        """
