"""The seats that a party might win, or lose, by the swing that it takes.

Rules: the swing required is conventional swing from the holder (SN02608); the challenger must pass every other party
too, with only the holder's votes falling, as in the Press Association's lists. The holder is whoever won at the
election; by-elections and changes of party since are not counted. Seats are ranked on exact fractions; those of
exactly the same swing share a rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from emvote import measures
from emvote.baselines import WHOLE
from emvote.dataset import Dataset
from emvote.errors import UsageProblem
from emvote.model import Contest, Election, Flag, Seat
from emvote.parties import is_aggregate
from emvote.queries.conditions import COUNTY, PARTY, condition, resolved
from emvote.queries.contenders import Contender, contenders, contests_in_scope, winner_of
from emvote.queries.contest import speaker_stood, winner_party
from emvote.queries.declared import Declared, declared_seats
from emvote.queries.typed import Exact, parse_bands, percentage

NOBODY_VOTED = "returned unopposed: nobody voted"
NO_WINNER = "not known who won"
THE_SPEAKER = "the Speaker sought re-election, against whom the large parties do not stand"
DID_NOT_STAND = "did not stand"


class TargetFilter(Struct, frozen=True, kw_only=True):
    """Which seats to keep: every condition that is given must hold. Ranks stay those of the whole list."""

    holder: Annotated[str | None, condition("This party won it.", PARTY)] = None
    second: Annotated[str | None, condition("This party came second.", PARTY)] = None
    county: Annotated[str | None, condition("In this ceremonial county.", COUNTY)] = None
    band: Annotated[str | None, condition("Majority in this band: ultra-marginal, marginal, safe…", "BAND")] = None
    swing_band: Annotated[str | None, condition("Twice the swing in this band.", "BAND")] = None
    under: Annotated[str | None, condition("Swing below so many points.", "PP")] = None
    stood: Annotated[bool, condition("Only seats with a rank.")] = False


class Target(Struct, frozen=True):
    """One seat with what it takes to change hands."""

    rank: int | None
    """In the whole list of the scope; `None`: there is no swing."""
    contest: Contest
    election: Election
    seat: Seat
    holder: Contender | None
    """Who won; `None` where nobody voted or it is not known."""
    holder_party: str | None
    challenger: Contender | None
    """Who is to win; `None`: did not stand, or is not known."""
    challenger_party: str | None
    """As it stood, else as asked for; `None`: several share second place, or it is not known who has it."""
    best_other: Contender | None
    """The strongest of all others, an aggregate too; whom the challenger must also pass."""
    half_votes: int | None
    """The swing in halves of votes."""
    passes: Contender | None
    """The other whom it takes more swing to pass than the holder."""
    swing_pp: float | None
    votes_needed: int | None
    majority_votes: int | None
    majority_pct: float | None
    position: int | None
    """The challenger's place; `None` where it did not stand or an aggregate may be above it."""
    second: str | None
    """Party in second place; `None` where that is shared or not known."""
    note: str | None
    """Why there is no swing."""
    bands: measures.Bands = measures.BANDS

    @property
    def did_not_stand(self) -> bool:
        """Whether the party has no votes of its own in the seat."""
        return self.note is not None and self.note.startswith(DID_NOT_STAND)

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Those of the result and of its election."""
        return (*self.contest.flags, *self.election.flags)

    @property
    def source(self) -> str:
        """Id of the source of the votes."""
        return self.contest.source or self.election.source

    @property
    def band(self) -> str | None:
        """The band of the majority."""
        return None if self.majority_pct is None else measures.band(self.majority_pct, self.bands)

    @property
    def swing_band(self) -> str | None:
        """The band of twice the swing: of the majority that it would be if the challenger were second."""
        return None if self.swing_pp is None else measures.band(2 * self.swing_pp, self.bands)


class TargetsAnswer(Struct, frozen=True, kw_only=True):
    """The list of one party."""

    party: str
    election: Election
    defend: bool
    gap_only: bool
    keep: TargetFilter
    """The conditions as understood: ids in place of names."""
    rows: tuple[Target, ...]
    every: tuple[Target, ...]
    """Before filtering."""
    held: int
    """Seats of the scope that the party won."""
    seats: int
    """Declared seats of the scope."""
    declared: Declared
    joined: tuple[str, ...]
    """Predecessors whose votes stand for the party's."""


def targets(
    dataset: Dataset,
    party: str,
    election: str | None = None,
    keep: TargetFilter | None = None,
    *,
    gap_only: bool = False,
    defend: bool = False,
    bands: str | None = None,
) -> TargetsAnswer:
    """The seats that a party does not hold, easiest first; or with `defend` those that it holds, easiest to lose first.

    Args:
        dataset: where to look; its region, or the country, is the scope.
        party: as typed.
        election: a general election or a notional result, as typed; the latest general election for `None`.
        keep: conditions.
        gap_only: count the gap to the holder alone, not whom else the challenger must pass.
        defend: turn the question round.
        bands: lower bounds of the bands of majorities, as typed; `None`: the usual ones.

    Raises:
        NameProblem: the party, the election or a filter's name is unknown or ambiguous.
        UsageProblem: the party is not one party; a number or a band is none.
    """
    chosen = dataset.find_or_latest(election, WHOLE)
    wanted = dataset.find_party(party)
    if not dataset.is_party(wanted.id):
        raise UsageProblem(f"a target list is of one party, and {wanted.name} is none: name a party (emvote parties)")
    keep = _resolved(dataset, keep or TargetFilter(), defend=defend)
    line = dataset.with_predecessors(wanted.id)
    contests = contests_in_scope(dataset, chosen)
    held = {contest.seat for contest in contests if winner_party(dataset, contest) in line}
    if defend:
        found = [_defence(dataset, contest) for contest in contests if contest.seat in held]
    else:
        found = [_chance(dataset, contest, line, gap_only=gap_only) for contest in contests if contest.seat not in held]
    every = in_target_order(found, parse_bands(bands))
    of_party = {t.challenger.party for t in every if t.challenger} if not defend else {t.holder_party for t in every}
    return TargetsAnswer(
        party=wanted.id,
        election=chosen,
        defend=defend,
        gap_only=gap_only,
        keep=keep,
        rows=tuple(_kept(every, keep)),
        every=every,
        held=len(held),
        seats=len(contests),
        declared=declared_seats(dataset, chosen.id),
        joined=tuple(each for each in line[1:] if each in of_party),
    )


def _resolved(dataset: Dataset, keep: TargetFilter, *, defend: bool) -> TargetFilter:
    """The conditions with ids in place of names as typed."""
    if defend and keep.holder is not None:
        raise UsageProblem("--defend lists the party's own seats: --holder does not go with it; --second does")

    keep = resolved(dataset, keep)
    return replace(keep, band=_band(keep.band), swing_band=_band(keep.swing_band))


def _band(given: str | None) -> str | None:
    """The band of that name; a hyphen is as good as a space.

    Raises:
        UsageProblem: there is none.
    """
    if given is None:
        return None
    names = [name for name, _ in measures.BANDS]
    plain = " ".join(given.casefold().replace("-", " ").split())
    found = next((name for name in names if name.replace("-", " ") == plain), None)
    if found is None:
        raise UsageProblem(f"there is no band '{given}'; there are: {', '.join(names)}")
    return found


def _chance(dataset: Dataset, contest: Contest, line: Sequence[str], *, gap_only: bool) -> Target:
    """What a party needs to win a seat that it does not hold."""
    ranked = contenders(dataset, contest)
    own = [each for each in ranked if each.single and each.party in line]
    challenger = own[0] if own else None
    target = _seat(dataset, contest, ranked, challenger)
    target = replace(target, challenger_party=challenger.party if challenger else line[0])
    if target.note is not None:
        return target
    if challenger is None:
        together = any(is_aggregate(dataset.parties[each.party]) for each in ranked)
        return replace(target, note=f"{DID_NOT_STAND}, or is not told apart from others" if together else DID_NOT_STAND)
    return _with_swing(target, gap_only=gap_only)


def _defence(dataset: Dataset, contest: Contest) -> Target:
    """What it takes to lose a seat, to whoever is second."""
    ranked = contenders(dataset, contest)
    seconds = [each for each in ranked[1:] if each.votes == ranked[1].votes]
    single = bool(seconds) and all(each.single for each in seconds)
    target = _seat(dataset, contest, ranked, seconds[0] if single else None)
    if target.note is not None:
        return target
    if not single:
        return replace(target, note="not known who is second")
    target = _with_swing(target, gap_only=True)
    return target if len(seconds) == 1 else replace(target, challenger=None, challenger_party=None)


def _seat(dataset: Dataset, contest: Contest, ranked: tuple[Contender, ...], challenger: Contender | None) -> Target:
    """A seat as it was left, with the reason where no swing can be said; the swing itself is not yet worked out."""
    holder = winner_of(contest, ranked)
    others = [each for each in ranked if each is not holder and each is not challenger]
    seconds = [each for each in ranked[1:] if each.votes == ranked[1].votes]
    lead = holder.votes - seconds[0].votes if holder and seconds and all(each.single for each in seconds) else None
    return Target(
        rank=None,
        contest=contest,
        election=dataset.elections[contest.election],
        seat=dataset.seats[contest.seat],
        holder=holder,
        holder_party=holder.party if holder else winner_party(dataset, contest),
        challenger=challenger,
        challenger_party=challenger.party if challenger else None,
        best_other=others[0] if others else None,
        half_votes=None,
        passes=None,
        swing_pp=None,
        votes_needed=None,
        majority_votes=lead,
        majority_pct=None if lead is None else measures.share_pct(lead, contest.valid_votes or 0),
        position=_position(ranked, challenger),
        second=seconds[0].party if lead is not None and len(seconds) == 1 else None,
        note=_no_swing(contest, ranked, holder),
    )


def _no_swing(contest: Contest, ranked: tuple[Contender, ...], holder: Contender | None) -> str | None:
    """Why there can be no swing from the holder."""
    if contest.unopposed or not (ranked and contest.valid_votes):
        return NOBODY_VOTED if contest.unopposed else "no votes are known"
    if speaker_stood(contest):
        return THE_SPEAKER
    return NO_WINNER if holder is None else None


def _position(ranked: tuple[Contender, ...], challenger: Contender | None) -> int | None:
    if challenger is None:
        return None
    above = [each for each in ranked if each.votes > challenger.votes]
    return len(above) + 1 if all(each.single for each in above) else None


def _with_swing(target: Target, *, gap_only: bool) -> Target:
    """The seat with the swing worked out, or with the reason why an aggregate leaves it unknown."""
    holder, challenger, other = target.holder, target.challenger, target.best_other
    if holder is None or challenger is None:
        return target
    gap = measures.half_votes_to_win(holder.votes, challenger.votes)
    half_votes = gap
    if other is not None and not gap_only:
        half_votes = measures.half_votes_to_win(holder.votes, challenger.votes, other.votes)
    if other is not None and not other.single and half_votes > gap:
        return replace(target, note="not known whether one of those counted together has more votes")
    return replace(
        target,
        half_votes=half_votes,
        passes=other if half_votes > gap else None,
        swing_pp=measures.swing_required_pp(half_votes, target.contest.valid_votes or 0),
        votes_needed=measures.votes_to_win(half_votes),
    )


def in_target_order(found: Sequence[Target], bands: measures.Bands) -> tuple[Target, ...]:
    """Easiest first, by name where the swing is exactly the same; those without a swing last, by name; with the bands.

    Two swings are quotients by valid votes, so they differ by no less than one over the square of the most valid
    votes: multiplied by that square and rounded down they are whole numbers in the same order, and equal only where
    the swings are.
    """
    scale = max((target.contest.valid_votes or 0 for target in found), default=0) ** 2
    keys = {
        target.seat.id: target.half_votes * scale // (target.contest.valid_votes or 1)
        for target in found
        if target.half_votes is not None
    }
    last = max(keys.values(), default=0) + 1
    ordered = sorted(found, key=lambda target: (keys.get(target.seat.id, last), target.seat.name))
    ranks: dict[int, int] = {}
    for place, target in enumerate(ordered, start=1):
        if target.seat.id in keys:
            ranks.setdefault(keys[target.seat.id], place)
    return tuple(
        replace(target, rank=ranks[keys[target.seat.id]] if target.seat.id in keys else None, bands=bands)
        for target in ordered
    )


def _kept(targets: Iterable[Target], keep: TargetFilter) -> Iterator[Target]:
    under = (
        None if keep.under is None else percentage(keep.under, "--under takes a swing in points from 0 to 100 (5.9)")
    )
    for target in targets:
        if (
            (keep.holder is None or target.holder_party == keep.holder)
            and (keep.second is None or target.second == keep.second)
            and (keep.county is None or keep.county in target.seat.counties)
            and (keep.band is None or target.band == keep.band)
            and (keep.swing_band is None or target.swing_band == keep.swing_band)
            and (under is None or _is_under(target, under))
            and (not keep.stood or target.rank is not None)
        ):
            yield target


def _is_under(target: Target, limit: Exact) -> bool:
    """Whether the swing is below a number, exactly."""
    if target.half_votes is None:
        return False
    return 50 * target.half_votes * limit.bottom < limit.top * (target.contest.valid_votes or 0)


def not_stood(answer: TargetsAnswer) -> tuple[Target, ...]:
    """The seats of the whole list where the party has no votes of its own."""
    return tuple(target for target in answer.every if target.did_not_stand)
