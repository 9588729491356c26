"""The region as a map of hexagons: every seat or council of one election, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from emvote import measures
from emvote.dataset import LOCAL, PARLIAMENT, Dataset
from emvote.errors import UsageProblem
from emvote.model import NOC, Election, HexMap, HexPlaces
from emvote.queries.contest import PairSwing, SeatResult, in_region, joined_notes
from emvote.queries.councils import CouncilFilter, CouncilRow, councils
from emvote.queries.declared import Declared, declared_and_out
from emvote.queries.pairs import Pair
from emvote.queries.seats import seats
from emvote.queries.swing import SeatSwing, swing


class Shade(StrEnum):
    """What the colours of a map tell."""

    WINNER = "winner"
    """Party that won the seat, or controls the council."""
    CHANGE = "change"
    """The winner's colour where it changed hands, grey elsewhere."""
    SWING = "swing"
    """Butler swing between two parties; seats only."""
    MAJORITY = "majority"
    """Of seats in per cent of valid votes, of councils in seats over all others together."""
    TURNOUT = "turnout"
    """Valid votes in per cent of the electorate; seats only."""
    SHARE = "share"
    """One party's share of valid votes; seats only."""


SEATS_ONLY = frozenset({Shade.SWING, Shade.TURNOUT, Shade.SHARE})


class Spot(Struct, frozen=True, kw_only=True):
    """One hexagon, or a place that has none on this map (`q` and `r` are `None`)."""

    id: str
    name: str
    q: int | None
    r: int | None
    declared: bool
    """Whether the record has its result."""
    party: str | None = None
    """Winner, or party in control after the poll, or `noc`; `None`: not known."""
    change: str | None = None
    outcome: str | None = None
    majority_pct: float | None = None
    majority_seats: int | None = None
    """Seats of the party in control less all other seats, vacancies among them; `None` under no overall control."""
    swing_pp: float | None = None
    turnout_pct: float | None = None
    share_pct: float | None = None
    of: SeatResult | CouncilRow | None = None
    """What the figures are of; `None`: not declared."""
    swing: SeatSwing | None = None
    """The swing, where it was asked for and the seat has both elections."""


class MapAnswer(Struct, frozen=True, kw_only=True, dict=True):
    """The places of one map at one election."""

    map: HexMap
    election: Election
    baseline: Election | None
    shade: Shade
    between: PairSwing | None
    """Parties of the swing, and the swing from totals."""
    pair: Pair | None
    """The two elections of the swing."""
    unswung: Mapping[str, tuple[str, ...]]
    """Why there is no swing, with the seats where that is so."""
    party: str | None
    """Whose share it is."""
    every: tuple[Spot, ...]
    """All places, those that have not declared last."""
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    """Whose votes stand for those of a party that continues another."""

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """The places that have a hexagon, by name."""
        return tuple(sorted((spot for spot in self.every if spot.q is not None), key=lambda spot: spot.name))

    @cached_property
    def off(self) -> tuple[Spot, ...]:
        """Places for which the map has no hexagon."""
        return tuple(spot for spot in self.every if spot.q is None)

    @property
    def declared(self) -> Declared:
        """How many of them have declared."""
        out = [spot.name for spot in self.every if not spot.declared]
        return declared_and_out(len(self.every) - len(out), out)


def hexmap(
    dataset: Dataset,
    election: str | None = None,
    shade: Shade = Shade.WINNER,
    *,
    party: str | None = None,
    between: tuple[str, str] | None = None,
) -> MapAnswer:
    """Every place of the region at one election, with its spot on the map.

    Args:
        dataset: where to look.
        election: as typed; the latest general election for `None`. A local election is a map of councils.
        shade: what the colours are to tell.
        party: whose share, as typed.
        between: the parties of the swing, as typed; unsaid: the region's largest and second party.

    Raises:
        NameProblem: the election or a party is unknown or ambiguous.
        UsageProblem: the dataset has no map for it, or councils have no such figure.
    """
    _require(shade, party, between)
    chosen = dataset.find_or_latest(election, PARLIAMENT | LOCAL)
    if chosen.kind in LOCAL:
        return _of_councils(dataset, chosen, shade)
    return _of_seats(dataset, chosen, shade, party, between)


def _require(shade: Shade, party: str | None, between: tuple[str, str] | None) -> None:
    if (shade is Shade.SHARE) != (party is not None):
        raise UsageProblem("a map of shares needs its party, and no other does: --by share --party lab")
    if between is not None and shade is not Shade.SWING:
        raise UsageProblem("--between goes with a map of the swing: --by swing --between con lab")


def _of_seats(
    dataset: Dataset, election: Election, shade: Shade, party: str | None, between: tuple[str, str] | None
) -> MapAnswer:
    drawn = _required_map(dataset, election)
    answer = seats(dataset, election.id)
    of = None if party is None else dataset.find_party(party).id
    swings: dict[str, SeatSwing] = {}
    region: PairSwing | None = None
    pair: Pair | None = None
    notes: tuple[str, ...] = ()
    if shade is Shade.SWING:
        if election.previous is None:
            raise UsageProblem(f"no map of the swing to {election.id}: it has no published baseline to swing from")
        swung = swing(dataset, later=election.id, between=between)
        region, pair = swung.region, swung.pair
        # one pair over the whole map, or the colours could not be compared
        every = swing(dataset, later=election.id, between=(region.from_party, region.to_party))
        swings = {row.seat.id: row for row in every.rows}
        notes = tuple(joined_notes(dataset, (region.from_party, region.to_party), every.region_votes[0]))
    places = {hexagon.place: (hexagon.q, hexagon.r) for hexagon in drawn.hexagons}
    spots = [_seat(result, places, swings, of) for result in answer.all_results]
    missing = (contest.seat for contest in dataset.undeclared_at(election.id) if in_region(dataset, contest))
    spots += (_undeclared(seat, dataset.seats[seat].name, places) for seat in missing)
    return MapAnswer(
        map=drawn,
        election=election,
        baseline=answer.baseline,
        shade=shade,
        between=region,
        pair=pair,
        unswung=_unswung(swings.values()),
        party=of,
        every=tuple(spots),
        sources=(*_cited(dataset, answer.all_results), drawn.source),
        notes=notes,
    )


def _unswung(swings: Iterable[SeatSwing]) -> Mapping[str, tuple[str, ...]]:
    seats: dict[str, tuple[str, ...]] = {}
    for each in swings:
        if each.note is not None:
            seats[each.note] = (*seats.get(each.note, ()), each.seat.name)
    return seats


def _cited(dataset: Dataset, results: Iterable[SeatResult]) -> Iterator[str]:
    for result in results:
        yield result.contest.source or dataset.elections[result.contest.election].source
        if result.baseline is not None:
            yield result.baseline.source


def _seat(
    result: SeatResult, places: dict[str, tuple[int, int]], swings: dict[str, SeatSwing], party: str | None
) -> Spot:
    q, r = places.get(result.seat.id, (None, None))
    swung = swings.get(result.seat.id)
    return Spot(
        id=result.seat.id,
        name=result.seat.name,
        q=q,
        r=r,
        declared=True,
        party=result.winner.party if result.winner else None,
        change=result.change,
        outcome=result.outcome,
        majority_pct=result.majority_pct,
        swing_pp=swung.swing.butler_pp if swung else None,
        turnout_pct=result.turnout_pct,
        share_pct=_share(result, votes_of(result, party)),
        of=result,
        swing=swung,
    )


def votes_of(result: SeatResult, party: str | None) -> int | None:
    """Votes of everybody who stood for a party: of all independents, as in the region's totals. `None`: nobody did."""
    votes = [standing.votes for standing in result.standings if standing.party == party and standing.votes is not None]
    return sum(votes) if votes else None


def _share(result: SeatResult, votes: int | None) -> float | None:
    valid = result.contest.valid_votes
    return None if votes is None or valid is None else measures.share_pct(votes, valid)


def _undeclared(place: str, name: str, places: dict[str, tuple[int, int]]) -> Spot:
    q, r = places.get(place, (None, None))
    return Spot(id=place, name=name, q=q, r=r, declared=False)


def _of_councils(dataset: Dataset, election: Election, shade: Shade) -> MapAnswer:
    if shade in SEATS_ONLY:
        raise UsageProblem(
            f"a council has no {shade.value} on record: colour councils by winner, change or majority (--by)"
        )
    answer = councils(dataset, CouncilFilter(), election=election.id)
    missing = [
        dataset.councils[poll.council]
        for poll in dataset.undeclared_polls_at(election.id)
        if dataset.council_in_region(poll.council)
    ]
    if not answer.rows and not missing:
        raise UsageProblem(f"no map for {election.id}: the dataset holds no council's result of that day")
    chosen = _required_map(dataset, election)
    places = {hexagon.place: (hexagon.q, hexagon.r) for hexagon in chosen.hexagons}
    spots = [_council(row, places) for row in answer.rows]
    spots += (_undeclared(council.id, council.name, places) for council in missing)
    return MapAnswer(
        map=chosen,
        election=election,
        baseline=None,
        shade=shade,
        between=None,
        pair=None,
        unswung={},
        party=None,
        every=tuple(spots),
        sources=(*(source for row in answer.rows for source in row.sources), chosen.source),
        notes=(),
    )


def map_of(dataset: Dataset, election: Election) -> HexMap | None:
    """The map on which an election can be drawn: of its boundaries, or of most of the councils that voted."""
    if election.kind not in LOCAL:
        return next((each for each in dataset.record.hex_maps if each.boundaries == election.boundaries), None)
    polls = (*dataset.polls_at(election.id), *dataset.undeclared_polls_at(election.id))
    voted = {poll.council for poll in polls if dataset.council_in_region(poll.council)}
    fits = [each for each in dataset.record.hex_maps if _is_of_year(each, election.date.year)]
    # where counties voted, the map of counties shows more of them than that of districts
    best = max(fits, key=lambda each: _overlap(each, voted), default=None)
    return best if best is not None and _overlap(best, voted) else None


def _required_map(dataset: Dataset, election: Election) -> HexMap:
    found = map_of(dataset, election)
    if found is None:
        titles = ", ".join(each.title for each in dataset.record.hex_maps)
        raise UsageProblem(f"this dataset has no map for {election.id}; it has: {titles or 'none'}")
    return found


def _is_of_year(each: HexMap, year: int) -> bool:
    """Whether a map of councils shows those of a year."""
    begun, ended = each.since is None or year >= each.since, each.until is None or year <= each.until
    return each.places is not HexPlaces.SEATS and begun and ended


def _overlap(each: HexMap, voted: set[str]) -> int:
    return sum(hexagon.place in voted for hexagon in each.hexagons)


def _council(row: CouncilRow, places: dict[str, tuple[int, int]]) -> Spot:
    q, r = places.get(row.council.id, (None, None))
    return Spot(
        id=row.council.id,
        name=row.council.name,
        q=q,
        r=r,
        declared=True,
        party=row.control_after,
        change=row.change,
        outcome=row.outcome,
        majority_seats=_majority(row),
        of=row,
    )


def _majority(row: CouncilRow) -> int | None:
    """Seats of the party in control less all other seats of the council."""
    if row.control_after in (None, NOC):
        return None
    held = row.seats_after.get(row.control_after or "")
    return None if held is None else 2 * held - row.seats_total
