"""The scoreboard of one election: seats, gains and losses, votes and shares of every party, and what they add up to.

Gains and losses are gross: each seat is held against its own winner at the baseline. The change of share is between the
same seats at both elections. Rules: UK Parliament election results (data dictionary), House of Commons Library.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from msgspec.structs import replace

from emvote import measures
from emvote.baselines import baseline_of
from emvote.command_line import printed, question
from emvote.dataset import FOUGHT, LOCAL, MAYOR, PARLIAMENT, Dataset
from emvote.errors import NameProblem, UnknownName, UsageProblem
from emvote.model import SPEAKER, Contest, Election, ElectionKind, Seat
from emvote.parties import continues, joined
from emvote.queries.commons import CommonsMajority, commons_majority, no_house
from emvote.queries.contest import (
    PairSwing,
    SeatResult,
    Votes,
    in_region,
    joined_notes,
    pair_swing,
    seat_result,
    speaker_stood,
    winner_party,
)
from emvote.queries.declared import Declared, declared_and_out
from emvote.queries.indices import Distribution, Indices, indices, lost_in, seats_distribution, with_volatility
from emvote.queries.ratios import Ratios
from emvote.queries.sides import Side
from emvote.queries.typed import parse_bands

EXTREMES = 5
"""How many of the closest and of the safest seats an answer names."""

Pairs = Sequence[tuple[Contest | None, Contest]]
"""Contests, each with the one of its seat at the baseline."""


class PartyResult(Ratios, Struct, frozen=True, kw_only=True):
    """One party, or all independents, at a parliamentary election."""

    party: str
    seats: int | None
    """Seats that it won; of an estimate, where it was ahead. `None`: it may have won one whose winner is unknown."""
    seats_known: int
    """Seats that it is known to have won."""
    gains: int | None
    """Seats that it won and had not won at the baseline; `None`: no baseline, or it may be a winner who is unknown."""
    losses: int | None
    votes: int | None
    """`None`: did not stand, or nobody voted."""
    votes_before: int | None
    """At the baseline, of it or the party that it continues, in the seats that have both; `None`: did not stand."""
    valid: int
    """All valid votes, of which the share is one."""
    valid_both: tuple[int, int]
    """Valid votes at the baseline and now, in the seats that have both."""
    votes_both: int | None
    """Votes now in those seats."""
    all_seats: int
    candidates: int | None
    lost_deposits: int | None
    total: ClassVar[None] = None
    """No councils."""
    comparable: bool
    """Whether it is one party, whose share can change: independents are not."""

    @property
    def net(self) -> int | None:
        """Gains less losses."""
        return None if self.gains is None or self.losses is None else self.gains - self.losses

    @property
    def change_pp(self) -> float | None:
        """Of the share, against the baseline, in the seats that have both."""
        if self.votes_both is None or self.votes_before is None or not self.comparable:
            return None
        before, now = self.valid_both
        return measures.change_pp(self.votes_before, before, self.votes_both, now)


class Turnout(Struct, frozen=True, kw_only=True):
    """Turnout over the seats where people voted and both numbers are known."""

    valid: int
    electorate: int
    rejected: int | None
    """`None` where the rejected ballot papers of any of these seats are not known."""

    @property
    def valid_pct(self) -> float | None:
        """Valid votes over the electorate."""
        return measures.turnout_pct(self.valid, self.electorate)

    @property
    def ballot_pct(self) -> float | None:
        """Valid and rejected votes over the electorate."""
        return None if self.rejected is None else measures.turnout_pct(self.valid + self.rejected, self.electorate)


class ChangedSeat(Struct, frozen=True, kw_only=True):
    """A seat that another party won than at the baseline."""

    result: SeatResult
    from_party: str
    to_party: str


class Outcome(Struct, frozen=True, kw_only=True):
    """How many seats one party held, or gained from another."""

    party: str
    from_party: str
    """The party itself, or one that it continues, where it held them."""
    seats: int
    held: bool


class Wasted(Struct, frozen=True, kw_only=True):
    """Votes that elected nobody, in two parts that are never added up; the word is the Electoral Reform Society's."""

    valid: int
    unrepresented: int | None
    """Votes for losing candidates; `None` where a winner is not known."""
    surplus: int | None
    """Winners' votes beyond one more than the second's; `None` where a majority is not known."""

    @property
    def unrepresented_pct(self) -> float | None:
        """Votes for losing candidates in per cent of valid votes."""
        return None if self.unrepresented is None else measures.unrepresented_pct(self.unrepresented, self.valid)

    @property
    def surplus_pct(self) -> float | None:
        """Winners' surplus in per cent of valid votes."""
        return None if self.surplus is None else measures.surplus_pct(self.surplus, self.valid)


class SeatsBoard(Struct, frozen=True, kw_only=True):
    """The scoreboard of a parliamentary election."""

    election: Election
    baseline: Election | None
    place: str
    """What the totals are of: the dataset's region, or a county."""
    county: str | None
    rows: tuple[PartyResult, ...]
    """Most seats first, then most votes."""
    results: tuple[SeatResult, ...]
    """Every declared seat, by name."""
    declared: Declared
    turnout: Turnout
    turnout_both: tuple[Turnout, Turnout] | None
    """At the baseline and now, over the seats that have both results; `None` where there is no baseline."""
    distribution: Distribution
    distribution_before: Distribution | None
    indices: Indices
    wasted: Wasted
    swing: PairSwing | None
    """From the largest party to the second, by votes, from totals of the seats that have both elections."""
    swing_votes: tuple[Votes, Votes]
    outcomes: tuple[Outcome, ...]
    changed_hands: tuple[ChangedSeat, ...]
    """By name."""
    closest: tuple[SeatResult, ...]
    safest: tuple[SeatResult, ...]
    unknown_winners: tuple[str, ...]
    """Names of seats that count for nobody."""
    commons: CommonsMajority
    speakers: tuple[str, ...]
    """Names of seats that the Speaker won."""
    bands: measures.Bands
    """Of majorities."""
    notes: tuple[str, ...]

    @property
    def seats(self) -> int:
        """Seats declared."""
        return self.distribution.seats + self.distribution.unknown_seats

    @property
    def valid_votes(self) -> int | None:
        """All valid votes; `None` where nothing is declared."""
        return self.rows[0].valid if self.rows else None

    @property
    def turnout_change_pp(self) -> float | None:
        """Change of the turnout of valid votes, over the seats that have both results."""
        if self.turnout_both is None:
            return None
        before, now = self.turnout_both
        return measures.change_pp(before.valid, before.electorate, now.valid, now.electorate)


if TYPE_CHECKING:  # what is of local elections is loaded for them only
    from emvote.queries.council_results import CouncilsBoard

    Board = SeatsBoard | CouncilsBoard


def results(
    dataset: Dataset,
    election: str | None = None,
    *,
    county: str | None = None,
    baseline: str | None = None,
    bands: str | None = None,
) -> Board:
    """The scoreboard of one election in the region.

    Args:
        dataset: where to look; for local elections with its ward results.
        election: as typed; the latest general election for `None`.
        county: only this ceremonial county, as typed.
        baseline: another than the published one: an election on the same boundaries, or with a notional result on
            them; for a local election `eve-of-poll` or `last-election`.
        bands: lower bounds of the bands of majorities, as typed; `None`: the usual ones.

    Raises:
        NameProblem: the election or the county is unknown or ambiguous.
        UsageProblem: it is a mayor's election, the two cannot be compared, or the bounds are none.
    """
    limits = parse_bands(bands)
    chosen = _election(dataset, election)
    place = None if county is None else dataset.find_county(county)
    if chosen.kind in LOCAL:
        if bands is not None:
            raise UsageProblem("--bands are of majorities in seats of Parliament: a local election has none")
        from emvote.queries.council_results import council_results

        return council_results(dataset, chosen, county=place, baseline=baseline)
    before, stands_in = baseline_of(dataset, chosen, baseline)
    board = _seats_board(dataset, chosen, before, place, limits)
    return replace(board, notes=(*stands_in, *board.notes))


def _election(dataset: Dataset, given: str | None) -> Election:
    if given is None:
        return dataset.latest_general()
    try:
        return dataset.find_election(given, PARLIAMENT | LOCAL)
    except UnknownName as problem:
        mayor = _of_kinds(dataset, given, MAYOR)
        if mayor is not None:
            held = (each.mayoralty for each in dataset.record.mayor_contests if each.election == mayor.id)
            command = printed(question("mayor", next(held, "NAME")))
            raise UsageProblem(f"{mayor.id} elected one mayor, and has no scoreboard: {command}") from problem
        raise


def _of_kinds(dataset: Dataset, given: str, kinds: frozenset[ElectionKind]) -> Election | None:
    try:
        return dataset.find_election(given, kinds)
    except NameProblem:
        return None


def _seats_board(
    dataset: Dataset, chosen: Election, baseline: Election | None, county: str | None, bands: measures.Bands
) -> SeatsBoard:
    def here(contest: Contest) -> bool:
        return in_region(dataset, contest) and (county is None or county in _seat(dataset, contest).counties)

    contests = sorted(filter(here, dataset.contests_at(chosen.id)), key=lambda each: _seat(dataset, each).name)
    out = (_seat(dataset, each).name for each in dataset.undeclared_at(chosen.id) if here(each))
    declared = declared_and_out(len(contests), out)
    pairs = [(dataset.contests.get((baseline.id, each.seat)) if baseline else None, each) for each in contests]
    both = [(before, now) for before, now in pairs if before is not None]
    votes = (Votes.of(dataset, *(c for c, _ in both)), Votes.of(dataset, *(c for _, c in both)))
    before = seats_distribution(dataset, (c for c, _ in both)) if both else None
    distribution = seats_distribution(dataset, contests)
    found = tuple(seat_result(dataset, contest) for contest in contests)
    ranked = sorted((each for each in found if each.majority_pct is not None), key=lambda each: each.majority_pct or 0)
    rows = tuple(_rows(dataset, pairs, both, compared=baseline is not None and bool(both), election=chosen))
    winners = [(contest, winner_party(dataset, contest)) for contest in contests]
    unknown = [contest for contest, winner in winners if winner is None]
    reason = no_house(dataset, chosen, contests, declared, county)
    return SeatsBoard(
        election=chosen,
        baseline=baseline,
        place=county or dataset.record.region,
        county=county,
        rows=rows,
        results=found,
        declared=declared,
        turnout=_turnout(contests),
        turnout_both=(_turnout([c for c, _ in both]), _turnout([c for _, c in both])) if both else None,
        distribution=distribution,
        distribution_before=before,
        indices=_indices(dataset, chosen, contests, (before, distribution), both),
        wasted=_wasted(found),
        swing=_swing(dataset, votes, contests),
        swing_votes=votes,
        outcomes=tuple(_outcomes(dataset, both)) if chosen.kind in FOUGHT else (),
        changed_hands=tuple(_changed(dataset, pairs, found)) if chosen.kind in FOUGHT else (),
        closest=tuple(ranked[:EXTREMES]),
        safest=tuple(reversed(ranked[-EXTREMES:])),
        unknown_winners=tuple(_seat(dataset, each).name for each in unknown),
        commons=CommonsMajority(reason=reason) if reason else _commons(dataset, rows, unknown),
        speakers=tuple(_seat(dataset, contest).name for contest, winner in winners if winner == SPEAKER),
        bands=bands,
        notes=(*declared.notes(), *_notes(dataset, chosen, baseline, pairs, votes)),
    )


def _seat(dataset: Dataset, contest: Contest) -> Seat:
    return dataset.seats[contest.seat]


def _commons(dataset: Dataset, rows: Sequence[PartyResult], unknown: Sequence[Contest]) -> CommonsMajority:
    untold = sum(contest.members for contest in unknown)
    won = {row.party: row.seats_known for row in rows}
    inexact = [row.party for row in rows if row.seats is None]
    return commons_majority(dataset, won, untold=untold, inexact=inexact)


def _indices(
    dataset: Dataset,
    chosen: Election,
    contests: Sequence[Contest],
    fields: tuple[Distribution | None, Distribution],
    both: Sequence[tuple[Contest, Contest]],
) -> Indices:
    before, distribution = fields
    # volatility is of the seats that have both elections
    after = distribution if len(both) == len(contests) else seats_distribution(dataset, (c for _, c in both))
    return with_volatility(dataset, indices(dataset, distribution, chosen, contests), before, after)


# --- parties --------------------------------------------------------------------------------------------------------


def _rows(
    dataset: Dataset, pairs: Pairs, both: Sequence[tuple[Contest, Contest]], *, compared: bool, election: Election
) -> Iterator[PartyResult]:
    contests = [contest for _, contest in pairs]
    now = Side.of(dataset, contests)
    before_both, now_both = Side.of(dataset, [c for c, _ in both]), Side.of(dataset, [c for _, c in both])
    stood = dict.fromkeys(each.party for contest in contests for each in contest.entries)
    continuing = joined(dataset, stood, before_both.votes)
    lost = [party for party in before_both.seats if party not in continuing.values()]
    every = dict.fromkeys((*stood, *now.seats, *lost))
    known = all(contest.candidates for contest in contests) and election.kind in FOUGHT
    deposits = known and election.date >= measures.DEPOSIT_SINCE
    candidates = Counter(each.party for contest in contests for each in contest.candidates)
    lost_deposits = Counter(party for contest in contests for party in lost_in(contest))
    untold = [contest for contest in contests if winner_party(dataset, contest) is None]
    named = _named(dataset, election.id)
    moves = _Moves.of(dataset, both) if compared and election.kind in FOUGHT else None
    rows = []
    for party in every:
        before = continuing.get(party, party)
        gains, losses = moves.of_party(dataset, party, before) if moves else (None, None)
        seats = now.seats.get(party, 0)
        rows.append(
            PartyResult(
                party=party,
                seats=None if any(_has(dataset, each, {party}, named) is None for each in untold) else seats,
                seats_known=seats,
                gains=gains,
                losses=losses,
                votes=now.votes.get(party),
                votes_before=before_both.votes.get(before),
                valid=now.valid,
                valid_both=(before_both.valid, now_both.valid),
                votes_both=now_both.votes.get(party),
                all_seats=sum(contest.members for contest in contests),
                candidates=candidates[party] if known else None,
                lost_deposits=lost_deposits[party] if deposits else None,
                comparable=dataset.is_party(party),
            )
        )
    yield from sorted(rows, key=lambda row: (-row.seats_known, -(row.votes or 0), dataset.party_order(row.party)))


def _valid(contests: Iterable[Contest]) -> int:
    return sum(contest.valid_votes or 0 for contest in contests)


class _Moves(Struct, frozen=True):
    """Who gained and who lost seats, and the seats where that cannot be told."""

    gains: Counter[str]
    losses: Counter[str]
    untold: tuple[tuple[Contest, Contest], ...]
    """Pairs of results of which one does not tell its winner."""
    named: tuple[frozenset[str], frozenset[str]]
    """Parties that the baseline, and this election, names in any seat: they are in none of its aggregates."""

    @classmethod
    def of(cls, dataset: Dataset, both: Sequence[tuple[Contest, Contest]]) -> _Moves:
        gains: Counter[str] = Counter()
        losses: Counter[str] = Counter()
        untold = []
        for earlier, later in both:
            was, now = winner_party(dataset, earlier), winner_party(dataset, later)
            if was is None or now is None:
                untold.append((earlier, later))
            elif not continues(dataset, now, was):
                gains[now] += 1
                losses[was] += 1
        elections = {side[0].election: None for side in zip(*both, strict=True)}
        named = tuple(_named(dataset, election) for election in elections)
        return cls(gains, losses, tuple(untold), (named[0], named[-1]) if named else (frozenset(), frozenset()))

    def of_party(self, dataset: Dataset, party: str, before: str) -> tuple[int | None, int | None]:
        """Seats that a party gained and lost, gross; `None` where it may be a winner who is not known.

        Args:
            dataset: where the results are.
            party: now.
            before: the same, or the party that it continues.
        """
        mine = {party, before}
        gains, losses = [], []
        for earlier, later in self.untold:
            had = _has(dataset, earlier, mine, self.named[0])
            has = _has(dataset, later, {party}, self.named[1])
            gains.append(_moved(has, had))
            losses.append(_moved(had, has))
        lost = sum(self.losses[each] for each in mine)
        return _plus(self.gains[party], gains), _plus(lost, losses)


def _named(dataset: Dataset, election: str) -> frozenset[str]:
    """Parties that an election names in any seat."""
    return frozenset(entry.party for contest in dataset.contests_at(election) for entry in contest.entries)


def _has(dataset: Dataset, contest: Contest, parties: set[str], named: frozenset[str]) -> bool | None:
    """Whether one of some parties won; `None` where the record cannot tell.

    Args:
        dataset: where the result is.
        contest: the result.
        parties: ids.
        named: those that the election names in any seat: where they stood, they are not in an aggregate.
    """
    winner = winner_party(dataset, contest)
    if winner is not None:
        return winner in parties
    votes = {each.party: each.votes for each in contest.tallies if dataset.is_contender(each.party)}
    mine = [votes[party] for party in parties if party in votes]
    hidden = not mine and not (parties & named and all(dataset.is_contender(party) for party in parties))
    if contest.winner_unknown is not None or contest.members > 1:
        return None if mine or hidden else False
    # behind an aggregate that leads, the first of those named may have won, or one that is named nowhere
    return None if hidden or max(votes.values(), default=0) in mine else False


def _moved(here: bool | None, there: bool | None) -> bool | None:
    """Whether a seat is on this side and not on the other; `None` where that cannot be told."""
    if here is False or there is True:
        return False
    return None if here is None or there is None else True


def _plus(known: int, moves: Sequence[bool | None]) -> int | None:
    return None if None in moves else known + sum(move is True for move in moves)


# --- seats ----------------------------------------------------------------------------------------------------------


def _outcomes(dataset: Dataset, both: Sequence[tuple[Contest, Contest]]) -> Iterator[Outcome]:
    """Holds and gains from whom, most seats first."""
    found: Counter[tuple[str, str]] = Counter()
    for earlier, later in both:
        was, now = winner_party(dataset, earlier), winner_party(dataset, later)
        if was is not None and now is not None:
            found[now, now if continues(dataset, now, was) else was] += 1
    for (party, from_party), seats in sorted(found.items(), key=lambda item: -item[1]):
        yield Outcome(party=party, from_party=from_party, seats=seats, held=party == from_party)


def _changed(dataset: Dataset, pairs: Pairs, found: Sequence[SeatResult]) -> Iterator[ChangedSeat]:
    for (earlier, later), result in zip(pairs, found, strict=True):
        was = winner_party(dataset, earlier) if earlier else None
        now = winner_party(dataset, later)
        if was is not None and now is not None and not continues(dataset, now, was):
            yield ChangedSeat(result=result, from_party=was, to_party=now)


def _wasted(found: Sequence[SeatResult]) -> Wasted:
    fought = [each for each in found if each.contest.valid_votes is not None]
    losing = [_losing(each) for each in fought]
    surplus = [_surplus(each) for each in fought]
    return Wasted(valid=_valid(each.contest for each in fought), unrepresented=_sum(losing), surplus=_sum(surplus))


def _losing(result: SeatResult) -> int | None:
    if result.winner is None or result.winner.votes is None or result.contest.valid_votes is None:
        return None
    return result.contest.valid_votes - result.winner.votes


def _surplus(result: SeatResult) -> int | None:
    if result.winner is None or result.winner.votes is None or result.majority_votes is None:
        return None
    return measures.surplus_votes(result.winner.votes, result.winner.votes - result.majority_votes)


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _turnout(contests: Sequence[Contest]) -> Turnout:
    """Over the seats whose valid votes and electorate are both known."""
    known = [each for each in contests if each.valid_votes is not None and each.electorate is not None]
    rejected = [each.invalid_votes for each in known]
    return Turnout(
        valid=_valid(known),
        electorate=sum(each.electorate or 0 for each in known),
        rejected=_sum(rejected) if known else None,
    )


def _swing(dataset: Dataset, votes: tuple[Votes, Votes], contests: Sequence[Contest]) -> PairSwing | None:
    now = votes[1].by_party
    largest = sorted(now, key=lambda party: (-now[party], dataset.party_order(party)))[:2]
    if len(largest) < 2 or (len(contests) == 1 and speaker_stood(*contests)):  # noqa: PLR2004 - a swing needs two
        return None
    swing, reason = pair_swing(dataset, largest[0], largest[1], *votes)
    return None if reason else swing


# --- notes ----------------------------------------------------------------------------------------------------------


def _notes(
    dataset: Dataset, chosen: Election, baseline: Election | None, pairs: Pairs, votes: tuple[Votes, Votes]
) -> Iterator[str]:
    if baseline is None and chosen.kind in FOUGHT:
        yield f"no gains, losses and changes: {chosen.id} has no baseline on its boundaries in the record"
    if baseline is not None and baseline.kind is ElectionKind.NOTIONAL:
        yield f"gains, losses and changes are against a notional result, an estimate: {baseline.name}"
    if chosen.kind is ElectionKind.NOTIONAL:
        yield "a notional result is an estimate: nobody was elected, and seats are those where a party was ahead"
    yield from _left_out(dataset, baseline, pairs)
    yield from joined_notes(dataset, votes[1].by_party, votes[0])


def _left_out(dataset: Dataset, baseline: Election | None, pairs: Pairs) -> Iterator[str]:
    new = [_seat(dataset, later).name for earlier, later in pairs if earlier is None]
    if baseline is not None and new:
        yield f"without a result at the baseline, and in no gain, loss or change: {', '.join(new)}"
    for contests, when in (([c for _, c in pairs], "now"), ([c for c, _ in pairs if c], "at the baseline")):
        nobody = [_seat(dataset, each).name for each in contests if each.valid_votes is None]
        if nobody:
            yield f"without votes {when}, as nobody voted or the total is not known: {', '.join(nobody)}"
        unknown = [_seat(dataset, each).name for each in contests if winner_party(dataset, each) is None]
        if unknown:
            yield f"winner not known {when}, so that the seat counts for nobody: {', '.join(unknown)}"
    silent = [_seat(dataset, c).name for _, c in pairs if c.electorate is None and c.valid_votes is not None]
    if silent:
        yield f"not in the turnout, as the electorate is not known: {', '.join(silent)}"
