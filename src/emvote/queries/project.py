"""What the seats would be if votes changed as told: arithmetic on a past result, and no forecast.

Rules: docs/method.md, "Projections". Numbers are whole from the votes on record and the digits typed to the comparison
of two contenders, so that a tie is a tie and a rounded swing is not the swing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from math import fsum, lcm

from msgspec import Struct
from msgspec.structs import replace

from emvote import measures
from emvote.baselines import WHOLE
from emvote.dataset import Dataset
from emvote.errors import UsageProblem
from emvote.model import SPEAKER, Contest, Election
from emvote.parties import continues
from emvote.queries.changes import Changes, Copy, Model, Swing, Transfer
from emvote.queries.commons import CommonsMajority, commons_majority, no_house
from emvote.queries.contenders import Contender, contenders, contests_in_scope, winner_of
from emvote.queries.contest import speaker_stood, winner_party
from emvote.queries.declared import Declared, declared_seats
from emvote.queries.equal_votes import EqualVotes, Lines, polled, swing_to_equal_votes
from emvote.queries.projection import Fall, Projected, Step, Tipping, Total
from emvote.queries.swingometer import Race, Reached, points
from emvote.queries.targets import targets
from emvote.queries.typed import Exact

NORTHERN_IRELAND = "Northern Ireland"
"""Region of the United Kingdom that is no part of Great Britain."""
AGGREGATE_LEADS = "not known who leads: votes of several are counted together"


class ProjectAnswer(Struct, frozen=True, kw_only=True):
    """A projection of every seat in the scope."""

    baseline: Election
    changes: Changes
    shares_of: str
    """The area whose shares are set."""
    shares_before: Mapping[str, float]
    """Shares there before, of the parties that are given new ones."""
    rows: tuple[Projected, ...]
    every: tuple[Projected, ...]
    """Before filtering, by name."""
    totals: tuple[Total, ...]
    undecided_before: int
    undecided_after: int
    tipping: Tipping | None
    """`None` where several parties lead, and while seats are still out."""
    points: tuple[Reached, ...]
    """Of one swing: where its loser has no majority left, and its gainer is the largest; none while seats are out."""
    steps: tuple[Step, ...]
    falls: tuple[Fall, ...]
    """In a table: seats that its gainer does not hold, by the swing at which each falls."""
    equal: EqualVotes | None
    """Where the votes of two are to be equal: what the swing is, and what comes of it."""
    commons: CommonsMajority
    """After the changes."""
    speakers: tuple[str, ...]
    """Names of seats that the Speaker has."""
    declared: Declared


class _Plan(Struct, frozen=True):
    """The changes as whole numbers of one unit."""

    unit: int
    factors: Mapping[str, int]
    points: Mapping[str, int]
    swings: tuple[tuple[str, str, int], ...]
    outside: str | None
    """Region in which shares do not change."""
    copies: tuple[Copy, ...]
    transfers: tuple[Transfer, ...]
    lines: Mapping[str, tuple[str, ...]]
    """Party to itself and its predecessors."""


def project(
    dataset: Dataset,
    change: Changes,
    baseline: str | None = None,
    *,
    great_britain: Dataset | None = None,
    only_changed: bool = False,
    gained_by: str | None = None,
    lost_by: str | None = None,
    county: str | None = None,
) -> ProjectAnswer:
    """Every seat of the scope after a change of votes.

    Args:
        dataset: where to look; its region, or the country, is the scope.
        change: what changes.
        baseline: a general election or a notional result, as typed; the latest general election for `None`.
        great_britain: a dataset of the country, whose shares in Great Britain are meant; `None`: those of the scope.
        only_changed: keep rows where another party leads.
        gained_by: keep rows that this party gains, as typed; likewise `lost_by` and `county`.
        lost_by: who held them.
        county: where they are.

    Raises:
        NameProblem: a name is unknown or ambiguous.
        UsageProblem: elections have other boundaries, or no votes are there to be projected.
    """
    if great_britain is not None and not change.shares:
        raise UsageProblem("--shares-of gb is about new shares: give them with --shares lab=39,con=24")
    election = dataset.find_or_latest(baseline, WHOLE)
    contests = contests_in_scope(dataset, election)
    if not contests:
        raise UsageProblem(f"{election.id} has no declared result in {dataset.record.region}")
    _stop_at_boundaries(election, change.copies)
    totals = _area_totals(dataset, election, contests, great_britain, change.shares)
    if not totals[1]:  # every seat unopposed
        raise UsageProblem(f"{election.id} has no votes in {dataset.record.region}, so no share to change")
    last = change.steps.last if change.steps else None
    starts = [_start(dataset, contest) for contest in contests]
    change = _to_equal_votes(dataset, starts, change)
    plan = _plan(dataset, change, totals, great_britain, last)
    found = (_seat(dataset, start, plan, change) for start in starts)
    every = tuple(sorted(found, key=lambda row: row.seat.name))
    who_gained = None if gained_by is None else dataset.find_party(gained_by).id
    who_lost = None if lost_by is None else dataset.find_party(lost_by).id
    where = None if county is None else dataset.find_county(county)
    rows = tuple(
        row
        for row in every
        if (not only_changed or row.changed)
        and (who_gained is None or (row.changed and row.to_party == who_gained))
        and (who_lost is None or (row.changed and row.from_party == who_lost))
        and (where is None or where in row.seat.counties)
    )
    scoreboard = _scoreboard(every)
    declared = declared_seats(dataset, election.id)
    return ProjectAnswer(
        baseline=election,
        changes=change,
        shares_of="Great Britain" if great_britain else dataset.record.region,
        shares_before={party: 100 * votes / totals[1] for party, votes in totals[0].items()},
        rows=rows,
        every=every,
        totals=scoreboard,
        undecided_before=sum(row.from_party is None for row in every),
        undecided_after=sum(row.to_party is None for row in every),
        tipping=_tipping(dataset, election, change, every, scoreboard) if declared.complete else None,
        points=_points(dataset, starts, plan, change) if declared.complete else (),
        steps=tuple(_steps(dataset, starts, change, totals)),
        falls=_falls(every, change),
        equal=_equal_votes(dataset, starts, change, every),
        commons=_commons(dataset, election, every, scoreboard, declared),
        speakers=tuple(row.seat.name for row in every if row.to_party == SPEAKER),
        declared=declared,
    )


def _pair_votes(starts: Sequence[_Start], lines: Lines) -> tuple[tuple[int, int], int]:
    """Votes of two parties in the scope, and all valid votes of the seats where a swing between them moves any."""
    found, swung = [0, 0], 0
    for start in starts:
        at = [_index(start.ranked, line) for line in lines]
        for side, index in enumerate(at):
            found[side] += 0 if index is None else start.ranked[index].votes
        if start.why is None and None not in at:
            swung += start.contest.valid_votes or 0
    return (found[0], found[1]), swung


def _lines(dataset: Dataset, pair: tuple[str, str]) -> Lines:
    return dataset.with_predecessors(pair[0]), dataset.with_predecessors(pair[1])


def _to_equal_votes(dataset: Dataset, starts: Sequence[_Start], change: Changes) -> Changes:
    """The changes with the swing that makes the votes of two parties equal, where that is what is asked for."""
    if change.equal is None:
        return change
    votes, _ = _pair_votes(starts, _lines(dataset, change.equal))
    ahead, behind = change.equal if votes[0] >= votes[1] else change.equal[::-1]
    lines = _lines(dataset, (ahead, behind))
    most_first, swung = _pair_votes(starts, lines)

    def swung_by(amount: Exact) -> Changes:
        return replace(change, swings=(Swing(ahead, behind, amount),))

    def after(amount: Exact) -> list[Projected]:
        changed = swung_by(amount)
        plan = _plan(dataset, changed, ({}, 0), None, None)
        return [_seat(dataset, start, plan, changed) for start in starts]

    names = (dataset.parties[ahead].name, dataset.parties[behind].name)
    return swung_by(swing_to_equal_votes(most_first, swung, after, lines, names))


def _equal_votes(
    dataset: Dataset, starts: Sequence[_Start], change: Changes, rows: Sequence[Projected]
) -> EqualVotes | None:
    """What comes of equal votes, where these are asked for."""
    if change.equal is None:
        return None
    first, second = lines = _lines(dataset, change.equal)
    votes, swung = _pair_votes(starts, lines)
    (swing,) = change.swings
    amount = swing.amount or Exact(0, 1)
    return EqualVotes(
        first=change.equal[0],
        second=change.equal[1],
        votes=votes,
        valid_votes=sum(row.votes for row in rows),
        swung_votes=swung,
        swing=amount if swing.from_party == change.equal[0] else Exact(-amount.top, amount.bottom),
        votes_after=polled(rows, lines),
        seats_before=(sum(row.from_party in first for row in rows), sum(row.from_party in second for row in rows)),
        seats=(sum(row.to_party in first for row in rows), sum(row.to_party in second for row in rows)),
        tied=tuple(row.seat.name for row in rows if row.tied and {*row.tied} & {*first, *second}),
        unknown=tuple(row.seat.name for row in rows if row.to_party is None and not row.tied),
        national=dataset.is_national,
    )


def _commons(
    dataset: Dataset, election: Election, rows: Sequence[Projected], totals: Sequence[Total], declared: Declared
) -> CommonsMajority:
    """The majority in the House of Commons after the changes."""
    reason = no_house(dataset, election, (row.contest for row in rows), declared)
    if reason is not None:
        return CommonsMajority(reason=reason)
    untold = [row for row in rows if row.to_party is None]
    won = {total.party: total.seats_after for total in totals}
    inexact = [party for party in won if any(not row.tied or party in row.tied for row in untold)]
    return commons_majority(dataset, won, untold=len(untold), inexact=inexact)


def _stop_at_boundaries(election: Election, copies: Iterable[Copy]) -> None:
    for copy in copies:
        if copy.election.boundaries != election.boundaries:
            raise UsageProblem(
                f"{copy.election.id} has the boundaries of {copy.election.boundaries} and {election.id} those of "
                f"{election.boundaries}: shares of a seat can be copied on the same ones only (--baseline)"
            )


def _area_totals(
    dataset: Dataset,
    election: Election,
    contests: Sequence[Contest],
    great_britain: Dataset | None,
    shares: Iterable[str],
) -> tuple[Mapping[str, int], int]:
    """Votes of the parties that are given shares, and all valid votes, in the area that those shares are of."""
    area, where = contests, dataset
    if great_britain is not None:
        where = great_britain
        if election.id not in where.elections:
            raise UsageProblem(
                f"{where.record.title} has no {election.id}, so its shares in Great Britain are not known"
            )
        of_country = where.contests_at(election.id)
        area = tuple(each for each in of_country if where.seats[each.seat].region != NORTHERN_IRELAND)
    votes = dict.fromkeys(shares, 0)
    lines = {party: dataset.with_predecessors(party) for party in votes}
    for contest in area if votes else ():
        ranked = contenders(where, contest)
        for party, line in lines.items():
            index = _index(ranked, line)
            votes[party] += 0 if index is None else ranked[index].votes
    for party, number in votes.items():
        if great_britain is not None and not number:
            name = dataset.parties[party].name
            raise UsageProblem(f"{name} had no votes in Great Britain at {election.id}, so no share to change")
    return votes, sum(contest.valid_votes or 0 for contest in area)


def _plan(
    dataset: Dataset,
    change: Changes,
    totals: tuple[Mapping[str, int], int],
    great_britain: Dataset | None,
    last: Exact | None,
) -> _Plan:
    """The changes as whole numbers of one unit, which every quotient among them divides."""
    votes, valid = totals
    by_factor = [party for party in change.shares if change.model is Model.PROPORTIONAL and votes[party]]
    factors: dict[str, tuple[int, int]] = {}
    points: dict[str, tuple[int, int]] = {}
    for party, share in change.shares.items():
        if party in by_factor:
            factors[party] = (share.top * valid, 100 * share.bottom * votes[party])
        else:
            bottom = 100 * share.bottom * max(valid, 1)
            points[party] = (share.top * max(valid, 1) - 100 * share.bottom * votes[party], bottom)
    amounts = [(swing, swing.amount or last or Exact(0, 1)) for swing in change.swings]
    unit = lcm(*(each[1] for each in (*factors.values(), *points.values())), *(100 * a.bottom for _, a in amounts))
    parties = {*change.shares, *(copy.to_party for copy in change.copies)}
    parties |= {party for swing in change.swings for party in (swing.from_party, swing.to_party)}
    parties |= {party for transfer in change.transfers for party in (transfer.from_party, transfer.to_party)}
    return _Plan(
        unit=unit,
        factors={party: top * (unit // bottom) for party, (top, bottom) in factors.items()},
        points={party: top * (unit // bottom) for party, (top, bottom) in points.items()},
        swings=tuple((s.from_party, s.to_party, a.top * (unit // (100 * a.bottom))) for s, a in amounts),
        outside=NORTHERN_IRELAND if great_britain else None,
        copies=change.copies,
        transfers=change.transfers,
        lines={party: dataset.with_predecessors(party) for party in parties},
    )


def _index(ranked: Sequence[Contender], line: Sequence[str]) -> int | None:
    """Where a party, or the one that it continues, stands among the contenders."""
    return next((i for i, each in enumerate(ranked) if each.single and each.party in line), None)


class _Start(Struct, frozen=True):
    """A seat as it was, whatever is to change."""

    contest: Contest
    ranked: tuple[Contender, ...]
    before: Contender | None
    holder: str | None
    why: str | None
    """Why it is left so."""


def _start(dataset: Dataset, contest: Contest) -> _Start:
    ranked = contenders(dataset, contest)
    before = winner_of(contest, ranked)
    holder = before.party if before else winner_party(dataset, contest)
    return _Start(contest, ranked, before, holder, _not_projected(contest, ranked))


class _Working(Struct, frozen=True):
    """A seat half way through its projection."""

    ranked: tuple[Contender, ...]
    weights: tuple[int, ...]
    clamped: tuple[str, ...]
    standing: bool


def _seat(dataset: Dataset, start: _Start, plan: _Plan, change: Changes) -> Projected:
    contest, ranked = start.contest, start.ranked
    if start.why is not None:
        work = _Working(ranked, tuple(each.votes for each in ranked), (), standing=True)
        return _projected(dataset, start, work, half_votes=None)
    work = _changed(ranked, contest, plan, dataset.seats[contest.seat].region)
    for copy in plan.copies:
        work = _copied(dataset, contest, work, copy, plan.lines[copy.to_party])
    for transfer in plan.transfers:
        work = _transferred(work, transfer, plan.lines)
    return _projected(dataset, start, work, half_votes=_falls_at(ranked, change.one_swing, plan.lines))


def _not_projected(contest: Contest, ranked: Sequence[Contender]) -> str | None:
    """Why a seat is left as it was."""
    if contest.unopposed or not (ranked and contest.valid_votes):
        return "as it was: returned unopposed" if contest.unopposed else "as it was: no votes are known"
    if contest.members > 1:
        return f"as it was: {contest.members} members were returned"
    if contest.winner_unknown is not None:
        return f"as it was: {contest.winner_unknown}"
    if speaker_stood(contest):
        return "as it was: the Speaker sought re-election"
    return None


def _changed(ranked: tuple[Contender, ...], contest: Contest, plan: _Plan, region: str) -> _Working:
    """New shares and swings, all at once, and then nobody below 0."""
    factors, points = [plan.unit] * len(ranked), [0] * len(ranked)
    found = {party: _index(ranked, line) for party, line in plan.lines.items()}
    standing = True
    if region != plan.outside:
        for party, factor in plan.factors.items():
            index = found[party]
            standing = standing and index is not None
            if index is not None:
                factors[index] = factor
        for party, more in plan.points.items():
            index = found[party]
            standing = standing and index is not None
            if index is not None:
                points[index] += more
    for a, b, amount in plan.swings:
        giver, taker = found[a], found[b]
        standing = standing and giver is not None and taker is not None
        if giver is not None and taker is not None:
            points[giver] -= amount
            points[taker] += amount
    votes = [each.votes for each in ranked]
    weights = measures.projected_weights(votes, contest.valid_votes or 0, factors, points)
    clamped = tuple(each.key for each, weight in zip(ranked, weights, strict=True) if weight < 0)
    return _Working(ranked, measures.held_at_nought(weights), clamped, standing)


def _copied(dataset: Dataset, contest: Contest, work: _Working, copy: Copy, line: Sequence[str]) -> _Working:
    """One party's share as another's, or its own, was at another election."""
    source = dataset.contests.get((copy.election.id, contest.seat))
    if source is None or not source.valid_votes:
        return replace(work, standing=False)
    polled = contenders(dataset, source)
    there = _index(polled, dataset.with_predecessors(copy.party))
    here = _index(work.ranked, line)
    standing = work.standing and there is not None
    ranked, weights = work.ranked, work.weights
    if here is None:
        new = Contender(copy.to_party, copy.to_party, None, 0, single=True)
        here, ranked, weights = len(ranked), (*ranked, new), (*weights, 0)
    else:
        renamed = replace(ranked[here], party=copy.to_party, key=copy.to_party)
        ranked = (*ranked[:here], renamed, *ranked[here + 1 :])
    if sum(weights) == weights[here]:  # nobody else whose votes it could take, or leave
        return work
    votes = 0 if there is None else polled[there].votes
    weights = measures.polling_like(weights, here, votes, source.valid_votes)
    return _Working(ranked, weights, work.clamped, standing)


def _transferred(work: _Working, transfer: Transfer, lines: Mapping[str, tuple[str, ...]]) -> _Working:
    """Votes of one party gone to another; never more than it has."""
    giver, taker = (_index(work.ranked, lines[party]) for party in (transfer.from_party, transfer.to_party))
    if giver is None or taker is None:
        return replace(work, standing=False)
    weights, amount = work.weights, transfer.amount
    part, whole = amount.top, 100 * amount.bottom
    clamped = work.clamped
    if transfer.points:
        part, whole = sum(weights) * part, weights[giver] * whole
        if part > whole:
            clamped = (*clamped, work.ranked[giver].key)
        part, whole = (part, whole) if part < whole else (1, 1)
    return replace(work, weights=measures.transferred(weights, giver, taker, part, whole), clamped=clamped)


def _falls_at(ranked: Sequence[Contender], swing: Swing | None, lines: Mapping[str, tuple[str, ...]]) -> int | None:
    """Where the gainer of one swing ties for the seat, in half votes; `None` where one of the two did not stand."""
    if swing is None:
        return None
    giver, taker = (_index(ranked, lines[party]) for party in (swing.from_party, swing.to_party))
    if giver is None or taker is None:
        return None
    others = [each for i, each in enumerate(ranked) if i not in (giver, taker)]
    most = others[0] if others else None
    gap = measures.half_votes_to_win(ranked[giver].votes, ranked[taker].votes)
    half_votes = (
        gap if most is None else measures.half_votes_to_win(ranked[giver].votes, ranked[taker].votes, most.votes)
    )
    return None if most is not None and not most.single and half_votes > gap else half_votes


def _projected(dataset: Dataset, start: _Start, work: _Working, *, half_votes: int | None) -> Projected:
    contest, before, holder, note = start.contest, start.before, start.holder, start.why
    ranked, weights = work.ranked, work.weights
    order = sorted(range(len(ranked)), key=lambda i: -weights[i])
    leaders = [i for i in order if weights[i] == weights[order[0]]] if order else []
    unchanged = note is not None or _same(ranked, weights)
    after, why = (holder, note) if unchanged else _leader(ranked, leaders)
    tied = tuple(ranked[i].key for i in leaders) if len(leaders) > 1 and not unchanged else ()
    same = unchanged or (len(leaders) == 1 and before is not None and _is(ranked[leaders[0]], before))
    known = [i for i in order[1:] if weights[i] == weights[order[1]]] if len(order) > 1 else []
    lead = (
        weights[order[0]] - weights[order[1]] if known and all(ranked[i].single for i in (order[0], *known)) else None
    )
    return Projected(
        seat=dataset.seats[contest.seat],
        contest=contest,
        from_party=holder,
        to_party=after,
        changed=None if holder is None or after is None else not same,
        tied=tied,
        keys=tuple(each.key for each in ranked),
        weights=weights,
        second_party=ranked[known[0]].party if lead is not None and len(known) == 1 else None,
        majority_pct=None if lead is None else measures.share_pct(lead, sum(weights)),
        clamped=work.clamped,
        standing=work.standing,
        half_votes=half_votes,
        note=why,
    )


def _leader(ranked: Sequence[Contender], leaders: Sequence[int]) -> tuple[str | None, str | None]:
    """The party with most votes, or why there is none."""
    if not all(ranked[i].single for i in leaders):
        return None, AGGREGATE_LEADS
    if len(leaders) > 1:
        return None, "an exact tie"
    return ranked[leaders[0]].party, None


def _is(one: Contender, other: Contender) -> bool:
    return (one.key, one.candidate) == (other.key, other.candidate)


def _same(ranked: Sequence[Contender], weights: Sequence[int]) -> bool:
    """Whether shares are what they were."""
    votes, total = sum(each.votes for each in ranked), sum(weights)
    return all(weight * votes == each.votes * total for each, weight in zip(ranked, weights, strict=True))


def _scoreboard(rows: Sequence[Projected]) -> tuple[Total, ...]:
    """Seats and shares of every party that wins a seat or is named in a share, most seats first."""
    valid = sum(row.votes for row in rows if row.weights)
    before: dict[str, int] = {}
    after: dict[str, list[float]] = {}
    for row in rows:
        total = sum(row.weights)
        for entry in row.contest.entries:
            before[entry.party] = before.get(entry.party, 0) + entry.votes
        for key, weight in zip(row.keys, row.weights, strict=True):
            after.setdefault(key.partition(":")[0], []).append(row.votes * weight / total if total else 0.0)
    won = {party for row in rows for party in (row.from_party, row.to_party) if party is not None}
    found = [
        Total(
            party,
            sum(row.from_party == party for row in rows),
            sum(row.to_party == party for row in rows),
            measures.share_pct(before[party], valid) if party in before else None,
            100 * fsum(after[party]) / valid if party in after and valid else None,
        )
        for party in {**before, **after, **dict.fromkeys(won)}
    ]
    shown = [
        each for each in found if each.party in won or (each.share_after_pct or 0) + (each.share_before_pct or 0) > 0
    ]
    return tuple(sorted(shown, key=lambda each: (-each.seats_after, -each.seats_before, -(each.share_after_pct or 0))))


def _by_swing(rows: Iterable[Projected]) -> list[Projected]:
    """Rows that have a swing at which they fall, lowest first, on exact fractions; by name where they are the same."""
    found = [row for row in rows if row.half_votes is not None]
    scale = max((row.votes for row in found), default=0) ** 2
    return sorted(found, key=lambda row: ((row.half_votes or 0) * scale // row.votes, row.seat.name))


def _tipping(
    dataset: Dataset,
    election: Election,
    change: Changes,
    rows: Sequence[Projected],
    totals: Sequence[Total],
) -> Tipping | None:
    """The seat that makes a majority: by the one swing, else of the party with most seats after, from any holder."""
    needs = measures.seats_needed(len(rows))
    swing = change.one_swing
    if swing is not None:
        fixed = sum(row.half_votes is None and row.from_party == swing.to_party for row in rows)
        order = _by_swing(rows)
        place = needs - fixed - 1
        row = order[place] if 0 <= place < len(order) else None
        return Tipping(
            swing.to_party, swing.from_party, needs, row.seat if row else None, row.falls_at_pp if row else None
        )
    most = [each for each in totals if each.seats_after == totals[0].seats_after]
    if len(most) > 1 or not dataset.is_party(most[0].party):
        return None
    party = most[0].party
    won = sum(continues(dataset, party, row.from_party) for row in rows)
    listed = [row for row in targets(dataset, party, election.id, defend=won >= needs).every if row.rank is not None]
    place = won - needs if won >= needs else needs - won - 1
    if place >= len(listed):
        return Tipping(party, None, needs, None, None)
    target = listed[place]
    sign = -1 if won >= needs else 1
    return Tipping(party, None, needs, target.seat, sign * (target.swing_pp or 0.0))


def _points(dataset: Dataset, starts: Sequence[_Start], plan: _Plan, change: Changes) -> tuple[Reached, ...]:
    """What one swing reaches on its way."""
    swing = change.one_swing
    if swing is None:
        return ()
    pair = (swing.from_party, swing.to_party)
    return points([_race(dataset, start, plan, pair) for start in starts], *pair)


def _race(dataset: Dataset, start: _Start, plan: _Plan, pair: tuple[str, str]) -> Race:
    """A seat as it was: predecessors of the two under the names of these, and whoever is of no party by the seat's."""

    def name(party: str | None) -> str | None:
        """Independents are not one party that could be the largest."""
        return party if party is None or dataset.is_party(party) else f"{party} of {start.contest.seat}"

    ranked = start.ranked
    giver, taker = (_index(ranked, plan.lines[party]) for party in pair)
    winner = next((party for party in pair if start.holder in plan.lines[party]), name(start.holder))
    moving = start.why is None and giver is not None and taker is not None
    most = next((each for i, each in enumerate(ranked) if i not in (giver, taker)), None)
    return Race(
        seat=dataset.seats[start.contest.seat],
        valid_votes=start.contest.valid_votes or 0,
        winner=winner,
        votes=(ranked[giver].votes, ranked[taker].votes)
        if moving and giver is not None and taker is not None
        else None,
        other=(name(most.party) if most.single else None, most.votes) if most else (None, 0),
    )


def _steps(
    dataset: Dataset, starts: Sequence[_Start], change: Changes, totals: tuple[Mapping[str, int], int]
) -> Iterable[Step]:
    """The scoreboard at every step of a table."""
    if change.steps is None:
        return
    for amount in change.steps.swings():
        swung = replace(change, swings=tuple(replace(swing, amount=amount) for swing in change.swings))
        plan = _plan(dataset, swung, totals, None, None)
        rows = [_seat(dataset, start, plan, swung) for start in starts]
        seats: dict[str, int] = {}
        for row in rows:
            if row.to_party is not None:
                seats[row.to_party] = seats.get(row.to_party, 0) + 1
        yield Step(amount, seats, sum(row.to_party is None for row in rows), sum(bool(row.changed) for row in rows))


def _falls(rows: Sequence[Projected], change: Changes) -> tuple[Fall, ...]:
    """Seats that fall to the gainer of a table's swing within it, with how many it then has."""
    swing, steps = change.one_swing, change.steps
    if swing is None or steps is None:
        return ()
    held = sum(row.from_party == swing.to_party for row in rows)
    numbers = count(held + 1)
    return tuple(
        Fall(next(numbers), row)
        for row in _by_swing(rows)
        if row.from_party != swing.to_party
        and (row.half_votes or 0) * 50 * steps.last.bottom <= steps.last.top * row.votes
    )
