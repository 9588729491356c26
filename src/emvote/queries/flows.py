"""Who took seats from whom, ward by ward, at one local election; and seat by seat at a general election.

What a ward is compared with is, first, its own last result; then the first list of councillors made after the election
at which its seats were last filled; else nothing. Where several parties lost and several gained nobody can say who took
what from whom, and no flow is given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from msgspec import Struct

from emvote.dataset import FOUGHT, LOCAL, Dataset
from emvote.errors import UsageProblem
from emvote.model import IND, OTHER, Council, Election, ElectionKind
from emvote.names import normalise
from emvote.queries.conditions import COUNTY, PARTY, condition, resolved
from emvote.queries.seats import seats

if TYPE_CHECKING:
    from emvote.model import Councillor, WardContest

TERM = 4
"""Years after which a seat is ordinarily filled again."""
LATER = 1
"""Years by which an election may have been put off."""
PUT_OFF = 2021
"""The year in which the elections of 2020 were held too."""


class Basis(StrEnum):
    """What the seats of a ward are compared with."""

    RESULT = "result"
    """The ward's last result."""
    LIST = "list"
    """A list of councillors made after the seats were last filled."""
    NONE = "none"
    """Nothing on record."""


class FlowFilter(Struct, frozen=True, kw_only=True):
    """Which wards to keep: every condition that is given must hold."""

    council: Annotated[str | None, condition("Of this council.", "COUNCIL")] = None
    county: Annotated[str | None, condition("In this ceremonial county.", COUNTY)] = None
    from_: Annotated[str | None, condition("This party lost a seat.", PARTY)] = None
    to: Annotated[str | None, condition("This party gained a seat.", PARTY)] = None


class Flow(Struct, frozen=True, kw_only=True):
    """Seats that one party took from another."""

    from_party: str
    to_party: str
    seats: int


class WardFlows(Struct, frozen=True, kw_only=True):
    """One ward, or one constituency: who held its seats before, and who won them."""

    council: Council | None
    """`None`: a constituency."""
    counties: tuple[str, ...]
    ward_id: str | None
    ward: str
    seats_up: int
    before: Mapping[str, int] | None
    """Party to seats; `None`: nothing to compare with. Vacant seats are nobody's."""
    after: Mapping[str, int]
    basis: Basis
    source: str | None
    """Of what it is compared with."""

    @property
    def net(self) -> Counter[str]:
        """Seats won less seats held before, by party, without the noughts."""
        found = Counter(self.after)
        found.subtract(self.before or {})
        return Counter({party: number for party, number in found.items() if number})

    @property
    def certain(self) -> bool:
        """Whether the record tells who took seats from whom."""
        if self.before is None or sum(self.before.values()) != sum(self.after.values()):
            return False
        gained = [party for party, number in self.net.items() if number > 0]
        return len(gained) <= 1 or len(self.net) - len(gained) <= 1

    @property
    def flows(self) -> tuple[Flow, ...] | None:
        """Who took seats from whom, holds left out; `None` where that is not certain."""
        if not self.certain:
            return None
        lost = {party: -number for party, number in self.net.items() if number < 0}
        gained = {party: number for party, number in self.net.items() if number > 0}
        return tuple(
            Flow(from_party=loser, to_party=gainer, seats=min(seats, number))
            for loser, seats in lost.items()
            for gainer, number in gained.items()
        )

    def moved(self, party: str, sign: int) -> bool:
        """Whether a party has fewer (-1) or more (1) seats than before."""
        return self.before is not None and self.net[party] * sign > 0


class FlowsAnswer(Struct, frozen=True, kw_only=True):
    """The wards kept, by council and name."""

    election: Election
    keep: FlowFilter
    """The conditions as understood: ids in place of names."""
    rows: tuple[WardFlows, ...]

    @property
    def flows(self) -> tuple[Flow, ...]:
        """The certain ones added up, most seats first."""
        added = Counter[tuple[str, str]]()
        for row in self.rows:
            added.update({(flow.from_party, flow.to_party): flow.seats for flow in row.flows or ()})
        ranked = sorted(added.items(), key=lambda each: (-each[1], each[0]))
        return tuple(Flow(from_party=one, to_party=other, seats=number) for (one, other), number in ranked)

    @property
    def uncertain_seats(self) -> int:
        """Seats of wards of which it is not certain who took them."""
        return sum(row.seats_up for row in self.rows if not row.certain)


def flows(dataset: Dataset, election: str | None = None, keep: FlowFilter | None = None) -> FlowsAnswer:
    """Who took seats from whom at one election in the region.

    Args:
        dataset: where to look; opened with its ward results, and its councillors where lists are to be used.
        election: as typed; the dataset's default local election for `None`.
        keep: conditions.

    Raises:
        NameProblem: the election, the council, the county or a party is unknown or ambiguous.
        UsageProblem: the dataset has no default local election and none was named.
    """
    chosen = _election(dataset, election)
    keep = resolved(dataset, keep or FlowFilter())
    local = chosen.kind in LOCAL
    council = None if keep.council is None else dataset.find_council(keep.council)
    rows = _wards(dataset, chosen, council) if local else () if council else _seats(dataset, chosen)
    return FlowsAnswer(election=chosen, keep=keep, rows=tuple(row for row in rows if _meets(row, keep)))


def _election(dataset: Dataset, given: str | None) -> Election:
    if given is None and dataset.record.default_local is None:
        raise UsageProblem("this dataset has no default local election: name one with --election")
    if given is None:
        return dataset.elections[dataset.record.default_local or ""]
    return dataset.find_election(given, FOUGHT | LOCAL)


def _meets(row: WardFlows, keep: FlowFilter) -> bool:
    return (
        (keep.county is None or keep.county in row.counties)
        and (keep.from_ is None or row.moved(keep.from_, -1))
        and (keep.to is None or row.moved(keep.to, 1))
    )


def _seats(dataset: Dataset, chosen: Election) -> Iterator[WardFlows]:
    """The constituencies at a general election, each against its own winner at the baseline."""
    answer = seats(dataset, chosen.id)
    for result in answer.results:
        if result.winner is None:
            continue
        known = result.previous_party is not None
        yield WardFlows(
            council=None,
            counties=tuple(result.seat.counties),
            ward_id=result.seat.id,
            ward=result.seat.name,
            seats_up=1,
            before={result.previous_party: 1} if result.previous_party is not None else None,
            after={result.winner.party: 1},
            basis=Basis.RESULT if known else Basis.NONE,
            source=result.baseline.source if known and result.baseline else None,
        )


def _wards(dataset: Dataset, chosen: Election, only: Council | None) -> Iterator[WardFlows]:
    """The wards whose winners are known, by council and name."""
    ordinary = chosen.kind is ElectionKind.LOCAL
    contests = [
        contest
        for contest in dataset.wards_at(chosen.id)
        if contest.declared
        and contest.candidates
        and not (ordinary and contest.by_election)
        and (contest.council == only.id if only else dataset.council_in_region(contest.council))
    ]
    for contest in sorted(contests, key=lambda each: (dataset.councils[each.council].name, each.ward)):
        council = dataset.councils[contest.council]
        before, basis, source = _before(dataset, contest, chosen)
        yield WardFlows(
            council=council,
            counties=(council.county,),
            ward_id=contest.ward_id,
            ward=contest.ward,
            seats_up=contest.seats_up,
            before=before,
            after=Counter(each.party for each in contest.candidates if each.elected),
            basis=basis,
            source=source,
        )


def _before(
    dataset: Dataset, contest: WardContest, chosen: Election
) -> tuple[Mapping[str, int] | None, Basis, str | None]:
    """Who won the seats of a ward when they were last filled, by its result, else by a list; else nothing."""
    last = _last_result(dataset, contest, chosen)
    if last is not None:
        source = last.source or dataset.elections[last.election].source
        return Counter(each.party for each in last.candidates if each.elected), Basis.RESULT, source
    listed = _listed(dataset, contest, chosen)
    if listed is not None:
        return listed[0], Basis.LIST, listed[1]
    return None, Basis.NONE, None


def _last_result(dataset: Dataset, contest: WardContest, chosen: Election) -> WardContest | None:
    """The result of the same ward at which as many seats were last filled, a term before."""
    found = [
        each
        for each in dataset.wards_of(contest.council)
        if each.declared and each.candidates and not each.by_election and same_ward(each, contest)
        if TERM <= _years(dataset, each, chosen) <= TERM + LATER and each.seats_up == contest.seats_up
    ]
    return max(found, key=lambda each: dataset.elections[each.election].date, default=None)


def _years(dataset: Dataset, contest: WardContest, chosen: Election) -> int:
    return chosen.date.year - dataset.elections[contest.election].date.year


def same_ward(one: WardContest, other: WardContest) -> bool:
    """Whether two contests are of one ward: of one code, or of one name where a code is not known."""
    if one.ward_id is not None and other.ward_id is not None:
        return one.ward_id == other.ward_id
    return _folded(one.ward) == _folded(other.ward)


def _folded(name: str) -> str:
    return normalise(name.replace("-", " "))


def _listed(dataset: Dataset, contest: WardContest, chosen: Election) -> tuple[Mapping[str, int], str] | None:
    """Who sat in a ward by the first list after its seats were last filled; those of a part only by their due day."""
    wards = [each for each in dataset.councillors_of(contest.council) if _is_of(each.ward_id, each.ward, contest)]
    years = range(chosen.date.year - TERM - (LATER if chosen.date.year == PUT_OFF else 0), chosen.date.year)
    for ward in wards:
        for year in years:
            sat = [each for each in ward.councillors if each.first <= year <= each.last]
            if not sat:
                continue
            due = [each for each in sat if each.due == chosen.date]
            for part in (sat, due):
                if sum(each.seats for each in part) == contest.seats_up:
                    return _by_party(part), ward.source
            break
    return None


def _is_of(ward_id: str | None, name: str, contest: WardContest) -> bool:
    if ward_id is not None and contest.ward_id is not None:
        return ward_id == contest.ward_id
    return _folded(name) == _folded(contest.ward)


def _by_party(sat: Iterable[Councillor]) -> Counter[str]:
    found = Counter[str]()
    for each in sat:
        if each.party is not None:
            found[IND if each.party == OTHER else each.party] += each.seats
    return found
