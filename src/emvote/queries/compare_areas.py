"""A place against its county, region and country: the same figures of each at one general election."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from emvote import measures, names
from emvote.baselines import contest_before, published_baseline
from emvote.dataset import Dataset
from emvote.errors import NotDeclared, UsageProblem
from emvote.model import UNITED_KINGDOM, Contest, Election, ElectionKind, Seat
from emvote.queries.areas import AreaKind, is_area
from emvote.queries.contest import (
    NO_SPEAKER_SWING,
    PairSwing,
    Votes,
    in_region,
    joined_notes,
    pair_swing,
    seat_result,
    speaker_stood,
)
from emvote.queries.declared import Declared, declared_and_out
from emvote.queries.sides import Side, turnout

Country = Callable[[], Dataset]
"""Where the country's results are: a dataset of every seat."""


class Area(Struct, frozen=True, kw_only=True):
    """A place and its seats at one election."""

    kind: AreaKind
    name: str
    dataset: Dataset
    """Where its results are: the country's may be in another one."""
    contests: tuple[Contest, ...]
    out: tuple[Contest, ...]
    """Those that have not declared, and are in no figure."""
    before: tuple[Contest, ...]
    """Of those that have one, the results at the election that they are compared with."""
    baseline: Election | None

    @property
    def declared(self) -> Declared:
        """How many of its seats have declared."""
        return declared_and_out(len(self.contests), (self.dataset.seats[each.seat].name for each in self.out))

    @property
    def after(self) -> tuple[Contest, ...]:
        """The contests that have a result at both elections."""
        both = {contest.seat for contest in self.before}
        return tuple(contest for contest in self.contests if contest.seat in both)


class AreaRow(Struct, frozen=True, kw_only=True):
    """The figures of one place."""

    area: Area
    side: Side
    electorate: int | None
    turnout_pct: float | None
    winner: str | None
    """Party that won the seat, or most seats; `None`: not known, or several won as many."""
    swing: PairSwing
    votes: tuple[Votes, Votes]
    note: str | None
    """Why there is no swing."""

    def share_pct(self, party: str) -> float | None:
        """Share of all valid votes; `None`: did not stand."""
        votes = self.side.votes.get(party)
        return None if votes is None else measures.share_pct(votes, self.side.valid)

    def change_pp(self, party: str) -> float | None:
        """Change of its share in the seats that have both elections; `None`: stood once only, or is no party."""
        earlier, later = self.votes
        before, after = earlier.of_party(self.area.dataset, party), later.by_party.get(party)
        if before is None or after is None:
            return None
        return measures.change_pp(before, earlier.valid, after, later.valid)


class AreasCompared(Struct, frozen=True, kw_only=True):
    """Places side by side, in the order in which they were named."""

    election: Election
    pair: tuple[str, str]
    rows: tuple[AreaRow, ...]
    notes: tuple[str, ...]

    @property
    def declared(self) -> Declared:
        """Of the seats of all of them; one that is in several counts once."""
        done = {contest.seat for row in self.rows for contest in row.area.contests}
        out = {contest.seat: row.area.dataset.seats[contest.seat].name for row in self.rows for contest in row.area.out}
        return declared_and_out(len(done), out.values())

    @property
    def parties(self) -> tuple[str, ...]:
        """Every party that stood in any of them, by its largest share."""
        every = dict.fromkeys(party for row in self.rows for party in row.side.votes)
        return tuple(sorted(every, key=lambda party: -max(row.share_pct(party) or 0.0 for row in self.rows)))


def compare_areas(
    dataset: Dataset,
    given: Sequence[str],
    *,
    election: str | None = None,
    between: tuple[str, str] | None = None,
    country: Country | None = None,
) -> AreasCompared:
    """Seats, counties, the region and the country side by side at one general election.

    Args:
        dataset: where to look.
        given: a seat's name, `county:NAME`, `region`, `region:NAME` or `country`.
        election: as typed; unsaid: the latest general election.
        between: parties between which the swing is; unsaid: the runner-up and winner of the first place, where that is
            a seat, else its largest and second party; of the next place where it has no two parties.
        country: how to open a dataset of the whole country.

    Raises:
        NameProblem: a name is unknown or ambiguous.
        UsageProblem: it is no general election, or a place has no result at it.
    """
    chosen = dataset.find_or_latest(election)
    if chosen.kind is ElectionKind.BY_ELECTION:
        raise UsageProblem(f"{chosen.id} is a by-election: counties, regions and the country voted at general ones")
    areas = [_area(dataset, each, chosen, country) for each in given]
    pair = _between(dataset, between) if between else next((pair for pair in map(_pair, areas) if pair), None)
    if pair is None:
        raise UsageProblem("a swing needs two parties; name them with --between")
    rows = tuple(_row(area, pair) for area in areas)
    return AreasCompared(election=chosen, pair=pair, rows=rows, notes=tuple(dict.fromkeys(_notes(rows))))


def _between(dataset: Dataset, between: tuple[str, str]) -> tuple[str, str]:
    a, b = (dataset.find_party(given).id for given in between)
    if a == b or not (dataset.is_party(a) and dataset.is_party(b)):
        raise UsageProblem(f"a swing needs two parties, not '{between[0]}' and '{between[1]}'")
    return a, b


def _area(dataset: Dataset, given: str, election: Election, country: Country | None) -> Area:
    kind, colon, name = (part.strip() for part in given.partition(":"))
    match kind.casefold() if is_area(given) else AreaKind.SEAT:
        case AreaKind.COUNTY:
            found = dataset.find_county(name)
            return _of(dataset, AreaKind.COUNTY, found, election, lambda seat: found in seat.counties)
        case AreaKind.REGION if colon:
            region = _find_region(dataset, name)
            return _of(dataset, AreaKind.REGION, region, election, lambda seat: seat.region == region)
        case AreaKind.REGION:
            return _of(dataset, AreaKind.REGION, dataset.record.region, election, None)
        case AreaKind.COUNTRY:
            return _country(dataset, election, country)
    return _seat(dataset, name if colon else given, election)


def _find_region(dataset: Dataset, given: str) -> str:
    regions = sorted({seat.region for seat in dataset.record.seats})
    hint = f"there are: {', '.join(regions)}"
    return names.resolve(given, regions, kind="region", names=lambda name: (name,), shown=str, hint=hint)


def _country(dataset: Dataset, election: Election, country: Country | None) -> Area:
    whole = dataset if dataset.is_national or country is None else country()
    if not whole.is_national:
        raise UsageProblem("this dataset has no results of the whole country")
    if election.id not in whole.elections:
        first = min(each.date.year for each in whole.record.elections if each.kind is ElectionKind.GENERAL)
        raise UsageProblem(f"the results of the whole country on record begin in {first}: {election.id} is not there")
    return _of(whole, AreaKind.COUNTRY, UNITED_KINGDOM, whole.elections[election.id], None)


def _seat(dataset: Dataset, name: str, election: Election) -> Area:
    found = dataset.find_seats(name)
    out = {contest.seat for contest in dataset.undeclared_at(election.id)}
    on = next((each for each in found if (election.id, each.id) in dataset.contests or each.id in out), None)
    if on is None:
        raise UsageProblem(f"{found[0].name} has no result at {election.id}: name another election (--election)")
    return _of(dataset, AreaKind.SEAT, on.name, election, lambda seat: seat.id == on.id)


def _of(dataset: Dataset, kind: AreaKind, name: str, election: Election, inside: Callable[[Seat], bool] | None) -> Area:
    """A place's contests; without a condition those of the region's totals."""

    def here(contest: Contest) -> bool:
        return in_region(dataset, contest) if inside is None else inside(dataset.seats[contest.seat])

    contests = tuple(filter(here, dataset.contests_at(election.id)))
    out = tuple(filter(here, dataset.undeclared_at(election.id)))
    if not contests and out:
        raise NotDeclared(f"{name} has not declared at {election.id}: there is nothing to compare yet")
    if not contests:
        raise UsageProblem(_no_seat(dataset, kind, name, election))
    before = (contest_before(dataset, contest) for contest in contests)
    return Area(
        kind=kind,
        name=name,
        dataset=dataset,
        contests=contests,
        out=out,
        before=tuple(contest for contest in before if contest is not None),
        baseline=published_baseline(dataset, election),
    )


def _no_seat(dataset: Dataset, kind: AreaKind, name: str, election: Election) -> str:
    """What is wrong with a place without a result; Rutland's seats, say, are published under Leicestershire."""
    if kind is not AreaKind.COUNTY:
        return f"{name} has no result at {election.id}: name another election (--election)"
    seats = (dataset.seats[contest.seat] for contest in dataset.contests_at(election.id))
    counties = sorted({county for seat in seats for county in seat.counties})
    return f"no seat of {election.id} is published under {name}; the counties there are: {', '.join(counties)}"


def _pair(first: Area) -> tuple[str, str] | None:
    """Between whom the swing is, unless that is said: a seat's runner-up and winner, else its two largest parties."""
    if first.kind is AreaKind.SEAT and not speaker_stood(*first.contests):
        result = seat_result(first.dataset, first.contests[0])
        if result.winner and result.runner_up:
            parties = result.runner_up.party, result.winner.party
            if all(first.dataset.is_party(each) for each in parties):
                return parties
    votes = Votes.of(first.dataset, *first.contests).by_party
    ranked = sorted(votes, key=lambda party: (-votes[party], first.dataset.party_order(party)))
    return (ranked[0], ranked[1]) if len(ranked) > 1 else None


def _row(area: Area, pair: tuple[str, str]) -> AreaRow:
    votes = (Votes.of(area.dataset, *area.before), Votes.of(area.dataset, *area.after))
    swing, note = pair_swing(area.dataset, *pair, *votes)
    if not area.before:
        note = "no swing: the record holds no earlier result to compare with"
    elif area.kind is AreaKind.SEAT and speaker_stood(*area.before, *area.after):
        swing = PairSwing(from_party=pair[0], to_party=pair[1], butler_pp=None, steed_pp=None)
        note = NO_SPEAKER_SWING
    electorates = [contest.electorate for contest in area.contests]
    known = [number for number in electorates if number is not None]
    side = Side.of(area.dataset, area.contests)
    return AreaRow(
        area=area,
        side=side,
        electorate=sum(known) if len(known) == len(electorates) else None,
        turnout_pct=turnout(area.contests),
        winner=_winner(side),
        swing=swing,
        votes=votes,
        note=note,
    )


def _winner(side: Side) -> str | None:
    ranked = sorted(side.seats.items(), key=lambda item: -item[1])
    if not ranked or (side.unknown and len(ranked) > 1):
        return None
    tied = len(ranked) > 1 and ranked[1][1] == ranked[0][1]
    return None if tied or side.unknown else ranked[0][0]


def _notes(rows: Sequence[AreaRow]) -> Iterator[str]:
    for row in rows:
        area = row.area
        yield from (f"{area.name}: {note}" for note in area.declared.notes())
        if area.baseline is not None and area.baseline.kind is ElectionKind.NOTIONAL:
            yield f"changes and swings are against a notional result: {area.baseline.name}"
        if row.note:
            yield f"{area.name}: {row.note}"
        if area.before and len(area.before) < len(area.contests):
            number = f"{len(area.before)} of {len(area.contests)} seats"
            yield f"{area.name}: changes and swing are of the {number} that have both elections"
        if row.side.unknown:
            yield f"{area.name}: counted for nobody, winner not known: {', '.join(row.side.unknown)}"
        stood = (party for party in row.side.votes if area.dataset.is_party(party))
        yield from joined_notes(area.dataset, stood, row.votes[0])
        if area.kind is AreaKind.COUNTY and any(len(_counties(area, each)) > 1 for each in area.contests):
            yield f"{area.name}: a seat in two counties counts in both"
        if area.kind is AreaKind.COUNTRY:
            yield f"the country's figures are of the {len(area.contests)} seats of {area.dataset.record.title}"


def _counties(area: Area, contest: Contest) -> tuple[str, ...]:
    return area.dataset.seats[contest.seat].counties
