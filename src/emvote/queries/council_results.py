"""The scoreboard of one local election: councils and seats of every party, and the votes cast in its wards.

Councils and seats are as `queries/councils.py` has them, against both of its baselines: control against the eve of the
poll, seats against the last ordinary election for the same seats. Votes are all votes of all candidates, so parties
with a candidate for every seat weigh more, and shares are of votes and not of voters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from emvote.baselines import Baseline
from emvote.dataset import Dataset
from emvote.errors import UsageProblem
from emvote.measures import ShareMethod
from emvote.model import OTHER, CouncilType, Election, ElectionKind
from emvote.queries.councils import (
    CouncilFilter,
    CouncilRow,
    CouncilsAnswer,
    PartyTotal,
    councils,
    party_total,
)
from emvote.queries.declared import Declared, declared_and_out, declared_wards
from emvote.queries.indices import NO_WARD_DEPOSITS, Distribution, Indices, disproportion, wards_distribution
from emvote.queries.ratios import Ratios

if TYPE_CHECKING:
    from emvote.model import WardContest


class CouncilsParty(Ratios, Struct, frozen=True, kw_only=True):
    """One party, or all independents, at a local election."""

    party: str
    seats: int | None
    """Seats won; `None`: the record may have some in an aggregate."""
    seats_known: int
    """Seats that it is known to have won."""
    total: PartyTotal | None
    """Its councils and its seats against the baselines; `None` where the councils' results are not on record."""
    votes: int | None
    """All votes of its candidates; `None`: not known, or it stood only where nobody voted."""
    valid: int | None
    """All votes of all candidates."""
    all_seats: int
    """Seats filled."""
    candidates: int | None

    @property
    def net(self) -> int | None:
        """Seats won less those of the seats baseline."""
        return self.total.seats_net if self.total else None


class CouncilsBoard(Struct, frozen=True, kw_only=True):
    """The scoreboard of a local election."""

    election: Election
    place: str
    """What the totals are of: the dataset's region, or a county."""
    county: str | None
    control_baseline: Baseline
    seats_baseline: Baseline
    rows: tuple[CouncilsParty, ...]
    """Most seats first, then most votes."""
    councils: tuple[CouncilRow, ...]
    """Declared councils, by name; empty where only their wards are on record."""
    names: tuple[str, ...]
    """Councils in the answer, by name."""
    noc_before: int
    noc_after: int
    noc_net: int
    seats_up: int
    vacancies: int
    declared: Declared
    """Of the councils; of their wards where only those are on record."""
    share_method: ShareMethod | None
    """`None` where votes are not known."""
    distribution: Distribution | None
    """Everybody who stood in the wards; `None` where candidates are not published."""
    wards: tuple[WardContest, ...]
    uncontested: int
    indices: Indices
    notes: tuple[str, ...]

    @property
    def seats(self) -> int | None:
        """Seats filled; `None` where nobody is known to have won any."""
        return self.rows[0].all_seats if self.rows else None

    @property
    def valid_votes(self) -> int | None:
        """All votes of all candidates."""
        return self.distribution.votes if self.distribution else None

    @property
    def changed_control(self) -> tuple[CouncilRow, ...]:
        """Councils whose control is another."""
        return tuple(row for row in self.councils if row.change in ("gain", "loss"))


def council_results(
    dataset: Dataset, chosen: Election, *, county: str | None = None, baseline: str | None = None
) -> CouncilsBoard:
    """The scoreboard of one local election in the region.

    Args:
        dataset: where to look, opened with its ward results; without, votes are not known.
        chosen: the election.
        county: only the councils of this ceremonial county, by its name in the record.
        baseline: `eve-of-poll` or `last-election`, for control and seats alike.

    Raises:
        UsageProblem: that is no baseline of a local election.
    """
    answer = councils(dataset, CouncilFilter(county=county), election=chosen.id, baseline=_baseline(baseline))
    mine = _wards(dataset, chosen, county)
    # a council that has not declared counts in nothing, even where some of its wards have
    out = {poll.council for poll in dataset.undeclared_polls_at(chosen.id)}
    wards = [each for each in mine if each.declared and each.council not in out]
    named = bool(wards) and all(each.candidates for each in wards)
    missing = _without_wards(answer, wards)
    distribution = wards_distribution(dataset, wards) if named else None
    counted = distribution if not missing else None
    return CouncilsBoard(
        election=chosen,
        place=county or dataset.record.region,
        county=county,
        control_baseline=answer.control_baseline,
        seats_baseline=answer.seats_baseline,
        rows=tuple(_rows(dataset, answer, wards, distribution, counted)) if answer.on_record or named else (),
        councils=answer.rows,
        names=tuple(
            sorted({row.council.name for row in answer.rows} or {dataset.councils[w.council].name for w in wards})
        ),
        noc_before=answer.noc_before,
        noc_after=answer.noc_after,
        noc_net=answer.noc_net,
        seats_up=answer.seats_up if answer.on_record else sum(each.seats_up for each in wards),
        vacancies=answer.vacancies if answer.on_record else 0,
        declared=_declared(dataset, answer, county) if answer.on_record else declared_wards(mine),
        share_method=ShareMethod.ALL_VOTES if counted else None,
        distribution=counted,
        wards=tuple(wards),
        uncontested=sum(each.uncontested for each in wards),
        indices=_indices(dataset, answer, wards, counted),
        notes=tuple(_notes(dataset, answer, wards, missing, named=named)),
    )


def _baseline(given: str | None) -> Baseline | None:
    if given is None:
        return None
    if given.strip().casefold() not in tuple(Baseline):
        raise UsageProblem(f"'{given}' is no baseline of a local election: --baseline {' or '.join(Baseline)}")
    return Baseline(given.strip().casefold())


def _wards(dataset: Dataset, chosen: Election, county: str | None) -> tuple[WardContest, ...]:
    """The wards of the ordinary election; by-elections of the day fill other seats."""
    ordinary = chosen.kind is ElectionKind.LOCAL
    inside = {
        council.id
        for council in dataset.councils.values()
        if dataset.council_in_region(council.id) and county in (None, council.county)
    }
    every = dataset.wards_at(chosen.id)
    return tuple([each for each in every if each.council in inside and not (ordinary and each.by_election)])


def _declared(dataset: Dataset, answer: CouncilsAnswer, county: str | None) -> Declared:
    """Of the councils of the county, where one was asked for."""
    out = [dataset.councils[poll.council] for poll in dataset.undeclared_polls_at(answer.election.id)]
    missing = [each.name for each in out if dataset.council_in_region(each.id) and county in (None, each.county)]
    done = sum(row.voted for row in answer.rows)
    return declared_and_out(done, missing)


def _without_wards(answer: CouncilsAnswer, wards: Sequence[WardContest]) -> tuple[str, ...]:
    """Councils whose seats won are not all among the ward results: without them, votes are not all votes."""
    up: Counter[str] = Counter()
    for each in wards:
        up[each.council] += each.seats_up
    return tuple(row.council.name for row in answer.rows if up[row.council.id] < _filled([row]))


def _filled(rows: Iterable[CouncilRow]) -> int:
    """Seats filled, those that the record counts together too."""
    return sum(number or 0 for row in rows for number in row.seats_won.values())


def _rows(
    dataset: Dataset,
    answer: CouncilsAnswer,
    wards: Sequence[WardContest],
    distribution: Distribution | None,
    counted: Distribution | None,
) -> Iterator[CouncilsParty]:
    candidates = [candidate for ward in wards for candidate in ward.candidates]
    stood = Counter([each.party for each in candidates])
    # only where there is no record of the councils that says it
    won = Counter([] if answer.on_record else [each.party for each in candidates if each.elected])
    votes: dict[str, int] = {}
    for each in candidates:
        if each.votes is not None:
            votes[each.party] = votes.get(each.party, 0) + each.votes
    valid = counted.votes if counted else None
    all_seats = _filled(answer.rows) if answer.on_record else won.total()
    totals = {total.party: total for total in answer.parties}
    nothing = party_total(answer.rows, "") if answer.on_record else None
    rows = []
    for party in {**totals, **dict.fromkeys(stood if distribution else ())}:
        total = totals.get(party, nothing)
        rows.append(
            CouncilsParty(
                party=party,
                seats=total.seats_won if total else won[party],
                seats_known=total.seats_won_known if total else won[party],
                total=total,
                votes=votes.get(party) if counted else None,
                valid=valid,
                all_seats=all_seats,
                candidates=stood[party] if counted else None,
            )
        )
    yield from sorted(rows, key=lambda row: (-row.seats_known, -(row.votes or 0), dataset.party_order(row.party)))


def _indices(
    dataset: Dataset, answer: CouncilsAnswer, wards: Sequence[WardContest], distribution: Distribution | None
) -> Indices:
    fixed = (NO_WARD_DEPOSITS, "Pedersen: there are no earlier shares of the same method on record")
    if distribution is None:
        why = "effective number of parties, Gallagher, Loosemore–Hanby and candidates: not all candidates are on record"
        return Indices(reasons=(why, *fixed))
    found = disproportion(dataset, distribution)
    if answer.on_record and not _same_seats(answer, distribution):
        why = "councils and wards differ on the seats won"
        why = f"effective number of parties by seats, Gallagher and Loosemore–Hanby: {why}"
        found = replace(found, enp_seats=None, gallagher=None, loosemore_hanby=None, reasons=(*found.reasons, why))
    stood = sum(len(ward.candidates) for ward in wards)
    return replace(found, candidates=stood, reasons=(*found.reasons, *fixed))


def _same_seats(answer: CouncilsAnswer, distribution: Distribution) -> bool:
    """Whether councils and wards agree on the seats won, as far as the councils' record tells parties apart."""
    won: Counter[str] = Counter()
    for each in distribution.strengths:
        won[each.party] += each.seats
    told = {total.party: total.seats_won for total in answer.parties}
    agreed = all(won[party] == seats for party, seats in told.items() if seats is not None and party != OTHER)
    return agreed and won.total() == _filled(answer.rows)


def _notes(
    dataset: Dataset, answer: CouncilsAnswer, wards: Sequence[WardContest], missing: Sequence[str], *, named: bool
) -> Iterator[str]:
    chosen = answer.election
    yield from answer.declared.notes()
    if not answer.on_record and named:
        yield f"what {chosen.id} did to councils is not on record: seats are of its wards, and there is no net"
    if not wards:
        yield f"votes and shares are not known: no ward results of {chosen.id} are on record"
    elif not named:
        yield "votes, shares and who was elected are not known: only the best candidate of each party is published"
    elif missing:
        yield f"votes and shares are not known: not all wards are on record in {', '.join(missing)}"
    else:
        yield from _share_notes(dataset, wards)
    if answer.on_record:
        yield "gross gains and losses of seats are not known: the record has the councils' totals, not seat by seat"
    yield "turnout is not added up: with several votes a voter, votes do not say how many voted"
    yield from (note for row in answer.rows for note in row.notes)


def _share_notes(dataset: Dataset, wards: Sequence[WardContest]) -> Iterator[str]:
    if any(each.seats_up > 1 for each in wards):
        yield (
            "share_method all-votes: a voter has as many votes as there are seats in the ward, so that shares are of "
            "votes, and parties with a candidate for every seat weigh more; indices inherit that"
        )
    yield "sums of local votes are no national estimate: not all places voted"
    unopposed = sum(each.uncontested for each in wards)
    if unopposed:
        wards_were = "one ward was" if unopposed == 1 else f"{unopposed} wards were"
        yield f"{wards_were} not contested: their seats count, and there are no votes"
    if len({dataset.councils[each].type is CouncilType.COUNTY for each in {ward.council for ward in wards}}) > 1:
        yield "counties and other councils are added up: who lives under both voted for both"
