"""Swing between two parties from one election to another, seat by seat and for the region."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from msgspec import Struct
from msgspec.structs import replace

from emvote import measures
from emvote.dataset import Dataset
from emvote.errors import NameProblem, NotDeclared, UsageProblem
from emvote.measures import Method
from emvote.model import Contest, Election, Seat
from emvote.names import regrouped
from emvote.parties import continues
from emvote.queries.contest import (
    NO_SPEAKER_SWING,
    PairSwing,
    Votes,
    joined_notes,
    pair_swing,
    seat_result,
    speaker_stood,
)
from emvote.queries.declared import Declared
from emvote.queries.pairs import (
    Pair,
    declared_at_both,
    elections_pair,
    no_seat_in_common,
    regional,
    shared_contests,
)


class SeatSwing(Struct, frozen=True, kw_only=True):
    """The swing in one seat."""

    seat: Seat
    swing: PairSwing
    from_change_pp: float | None
    """Change of the first party's share of all valid votes."""
    to_change_pp: float | None
    direction: str | None
    """Where the swing of the chosen method went, in words: `Lab to Con`; `None` when there is none."""
    note: str | None
    """Why there is no figure."""
    votes: tuple[Votes, Votes]


class SwingAnswer(Struct, frozen=True, kw_only=True):
    """Swings of the seats asked for, and of the region between one pair of parties."""

    pair: Pair
    between: tuple[str, str] | None
    """Ids of the parties asked for."""
    method: Method
    named: bool
    """Whether seats were asked for; else the rows are all of the region."""
    rows: tuple[SeatSwing, ...]
    region: PairSwing
    region_note: str | None
    region_votes: tuple[Votes, Votes]
    """Totals that the regional swing is computed from."""
    mean_butler_pp: float | None
    """Unweighted mean over the seats that have a figure for the region's pair."""
    seats_in_mean: int
    declared: Declared
    """Of the region's seats in both elections: totals are of the declared ones, at both."""
    notes: tuple[str, ...]


def swing(
    dataset: Dataset,
    names: Sequence[str] = (),
    *,
    earlier: str | None = None,
    later: str | None = None,
    between: tuple[str, str] | None = None,
    method: Method = Method.BUTLER,
) -> SwingAnswer:
    """Swing from the first party of `between` to the second; positive is to the second.

    Args:
        dataset: where to look.
        names: seats; none means every seat of the region.
        earlier: the earlier election, as typed; unsaid: the baseline of the later.
        later: the later election; unsaid: the latest general election.
        between: two parties, as typed. Unsaid, in a named seat they are its runner-up and its winner at the later
            election, and in the region its largest and second party there by votes.
        method: which definition decides the direction.

    Raises:
        NameProblem: an election, seat or party is unknown or ambiguous.
        UsageProblem: the elections cannot be compared, or the two parties are one.
    """
    pair = elections_pair(dataset, earlier, later)
    chosen = _parties(dataset, between)
    shared = shared_contests(dataset, pair)
    declared = declared_at_both(dataset, pair)
    if not shared:
        raise no_seat_in_common(pair, declared)
    wanted = _wanted(dataset, names, pair)
    contests = regional(dataset, shared)
    totals = (Votes.of(dataset, *(c for c, _ in contests)), Votes.of(dataset, *(c for _, c in contests)))
    asked = contests if wanted is None else [both for both in shared if both[1].seat in wanted]
    region_pair = chosen or _region_pair(dataset, totals[1])
    pairs = [chosen or _pair_of(dataset, both[1], region_pair, wanted) for both in asked]
    rows = tuple(_row(dataset, both, parties, method) for both, parties in zip(asked, pairs, strict=True))
    region, region_note = pair_swing(dataset, *region_pair, *totals)
    if wanted is None:
        rows = _largest_first(rows, region, method)
    each = [_row(dataset, both, region_pair, method).swing.butler_pp for both in contests]
    found = [number for number in each if number is not None]
    used = dict.fromkeys((*region_pair, *(party for parties in pairs for party in parties)))
    return SwingAnswer(
        pair=pair,
        between=chosen,
        method=method,
        named=wanted is not None,
        rows=rows,
        region=region,
        region_note=region_note,
        region_votes=totals,
        mean_butler_pp=measures.mean(found),
        seats_in_mean=len(found),
        declared=declared,
        notes=(*pair.notes, *declared.notes(), *joined_notes(dataset, used, totals[0])),
    )


def _largest_first(rows: Sequence[SeatSwing], region: PairSwing, method: Method) -> tuple[SeatSwing, ...]:
    """Return the swings in the region's direction, the largest first; those the other way and unknown ones last."""
    way = -1 if (_figure(region, method) or 0) < 0 else 1

    def place(row: SeatSwing) -> float:
        figure = _figure(row.swing, method)
        return inf if figure is None else -way * figure

    return tuple(sorted(rows, key=place))


def _figure(swing: PairSwing, method: Method) -> float | None:
    return swing.butler_pp if method is Method.BUTLER else swing.steed_pp


def _parties(dataset: Dataset, between: tuple[str, str] | None) -> tuple[str, str] | None:
    if between is None:
        return None
    a, b = (dataset.find_party(given).id for given in between)
    if continues(dataset, a, b) or continues(dataset, b, a):
        raise UsageProblem(f"a swing needs two parties, not '{between[0]}' twice")
    for party in (a, b):
        if not dataset.is_party(party):
            raise UsageProblem(f"no swing for {dataset.parties[party].name}: they are not one party")
    return a, b


def _wanted(dataset: Dataset, names: Sequence[str], pair: Pair) -> frozenset[str] | None:
    """Ids of the seats asked for, on the boundaries of the later election; None for all."""
    if not names:
        return None
    seats = [_seat_on(dataset, name, pair.later) for name in _joined(dataset, names)]
    for seat in seats:
        for election in (pair.earlier, pair.later):
            if seat.id in {contest.seat for contest in dataset.undeclared_at(election.id)}:
                raise NotDeclared(f"{seat.name} has not declared at {election.id}: there is no swing yet")
            if (election.id, seat.id) not in dataset.contests:
                raise UsageProblem(f"{seat.name} has no result at {election.id}: name another election (--from, --to)")
    return frozenset(seat.id for seat in seats)


def _joined(dataset: Dataset, names: Sequence[str]) -> Sequence[str]:
    """Words are several seats, unless together they are one, or fit together in one way: `derby north lincoln`."""
    together = " ".join(names)
    if _is_seat(dataset, together):
        return (together,)
    return regrouped(names, lambda name: _is_seat(dataset, name))


def _is_seat(dataset: Dataset, name: str) -> bool:
    try:
        dataset.find_seats(name)
    except NameProblem:
        return False
    return True


def _seat_on(dataset: Dataset, name: str, election: Election) -> Seat:
    seats = dataset.find_seats(name)
    for seat in seats:
        if election.boundaries == seat.boundaries or dataset.contests.get((election.id, seat.id)):
            return seat
    raise UsageProblem(
        f"{seats[0].name} has boundaries of {seats[0].boundaries}, {election.id} was fought on those of "
        f"{election.boundaries}: name another election (--to)"
    )


def _region_pair(dataset: Dataset, later: Votes) -> tuple[str, str]:
    ranked = sorted(later.by_party, key=lambda party: (-later.by_party[party], dataset.party_order(party)))
    if len(ranked) < 2:  # noqa: PLR2004 - a swing needs two
        raise UsageProblem("a swing needs two parties; name them with --between")
    return ranked[0], ranked[1]


def _pair_of(
    dataset: Dataset, contest: Contest, region_pair: tuple[str, str], wanted: frozenset[str] | None
) -> tuple[str, str]:
    """The pair of one row when none was asked for: its own where the seat was named, the region's otherwise."""
    if wanted is None:
        return region_pair
    result = seat_result(dataset, contest)
    if result.winner is None or result.runner_up is None:
        return region_pair
    return result.runner_up.party, result.winner.party


def _row(dataset: Dataset, both: tuple[Contest, Contest], parties: tuple[str, str], method: Method) -> SeatSwing:
    earlier, later = (Votes.of(dataset, contest) for contest in both)
    swing, note = pair_swing(dataset, *parties, earlier, later)
    for party in parties:
        if not dataset.is_party(party):
            note = f"no swing: {dataset.parties[party].name} is no party, and an independent's change is not known"
    if speaker_stood(*both):
        swing, note = replace(swing, butler_pp=None, steed_pp=None), NO_SPEAKER_SWING
    return SeatSwing(
        seat=dataset.seats[both[1].seat],
        swing=swing,
        from_change_pp=_change(dataset, parties[0], earlier, later),
        to_change_pp=_change(dataset, parties[1], earlier, later),
        direction=direction(dataset, swing, method),
        note=note,
        votes=(earlier, later),
    )


def _change(dataset: Dataset, party: str, earlier: Votes, later: Votes) -> float | None:
    before, after = earlier.of_party(dataset, party), later.of_party(dataset, party)
    if before is None or after is None:
        return None
    return measures.change_pp(before, earlier.valid, after, later.valid)


def direction(dataset: Dataset, swing: PairSwing, method: Method) -> str | None:
    """Where a swing went, in words; `no swing` when it is exactly nil, `None` when there is no figure."""
    number = swing.butler_pp if method is Method.BUTLER else swing.steed_pp
    if number is None:
        return None
    if number == 0:
        return "no swing"
    losing, gaining = (swing.from_party, swing.to_party) if number > 0 else (swing.to_party, swing.from_party)
    return f"{dataset.abbreviation(losing)} to {dataset.abbreviation(gaining)}"
