"""The working of a scoreboard's figures: formula, inputs, and the source of each input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from emvote import measures
from emvote.dataset import Dataset
from emvote.model import Contest, Election
from emvote.queries.indices import Field, volatility_pairs
from emvote.queries.ratios import Ratios
from emvote.queries.results import PartyResult, SeatsBoard, Turnout
from emvote.views import common, commons
from emvote.views.view import Explanation, Kind, Value, by_row

if TYPE_CHECKING:  # as in emvote.views.results
    from emvote.queries.council_results import CouncilsBoard, CouncilsParty

Input = tuple[str, Value]
SHARE = "House of Commons Library: per cent of all valid votes"
TURNOUT = "valid votes: House of Commons Library; with rejected papers: Electoral Commission"
LARGEST = 8
"""Contenders that a working names; the sums have all."""
APART = "every party by itself, joined wherever it stood, and every independent by itself"


def explain_seats(dataset: Dataset, board: SeatsBoard) -> Iterator[Explanation]:
    """The working of a parliamentary scoreboard."""
    now = _cited(board.election, [each.contest.source for each in board.results])
    before = _cited(board.baseline, [each.source for each in _before(dataset, board)]) if board.baseline else ""
    yield from commons.workings(dataset, board.commons, now)
    yield from by_row(_party(dataset, row, now, before) for row in board.rows)
    yield from _turnout(board.turnout, now)
    yield from _indices(dataset, board, now, before)
    yield from _wasted(board, now)
    if board.swing is not None:
        contests = [each.contest for each in board.results]
        earlier = _before(dataset, board)
        sources = (common.cited(dataset, earlier), common.cited(dataset, contests))
        yield from common.explain_swing(dataset, board.place, board.swing, board.swing_votes, sources=sources)


def explain_councils(dataset: Dataset, board: CouncilsBoard) -> Iterator[Explanation]:
    """The working of a local scoreboard."""
    cited = _cited(board.election, [each.source for each in board.wards])
    seats = _cited(board.election, [source for row in board.councils for source in row.sources])
    yield from by_row(_on_councils(dataset, row, seats, cited) for row in board.rows)
    if board.field is not None:
        yield from _disproportion(dataset, board.field, board.indices.enp_votes, board.indices.enp_seats, cited)


def _on_councils(dataset: Dataset, row: CouncilsParty, seats: str, votes: str) -> Iterator[Explanation]:
    """The working of one party's row in a local scoreboard; with the sources of seats and of votes."""
    name = dataset.abbreviation(row.party)
    if row.total is not None:
        yield Explanation(
            f"net seats, {name}",
            "Σ over councils of (seats won − the seats baseline's seats among those up)",
            (("seats won", Value(row.total.seats_won, Kind.COUNT)), _from("seats and baseline", seats)),
            Value(row.total.seats_net, Kind.CHANGE),
            "net of gains and losses: BBC usage since 2013; emvote councils --explain has each council",
        )
    if row.share_pct is not None:
        yield Explanation(
            f"share, {name}",
            "100 × v / T, of all votes of all candidates in the wards",
            (
                ("votes v", Value(row.votes, Kind.COUNT)),
                ("all votes T", Value(row.valid, Kind.COUNT)),
                _from("votes", votes),
            ),
            Value(row.share_pct, Kind.PCT),
            "share_method all-votes: parties with a candidate for every seat weigh more",
        )
    yield from _explain_seats(row, name, seats, votes)


def _explain_seats(row: Ratios, name: str, seats: str, votes: str) -> Iterator[Explanation]:
    """The working of a party's share of seats, and of what that says beside its share of votes."""
    won, every = ("seats s", Value(row.seats, Kind.COUNT)), ("all seats S", Value(row.all_seats, Kind.COUNT))
    polled, valid = ("votes v", Value(row.votes, Kind.COUNT)), ("all votes T", Value(row.valid, Kind.COUNT))
    from_seats, both = _from("seats", seats), (_from("seats", seats), _from("votes", votes))
    if row.seat_share_pct is not None:
        share = Value(row.seat_share_pct, Kind.PCT)
        yield Explanation(f"share of seats, {name}", "100 × s / S", (won, every, from_seats), share)
    if row.seat_vote_gap_pp is not None:
        gap, inputs = Value(row.seat_vote_gap_pp, Kind.PP), (won, every, polled, valid, *both)
        yield Explanation(f"share of seats less share of votes, {name}", "100 × (s / S − v / T)", inputs, gap)
    if row.seat_vote_ratio is not None:
        ratio, inputs = Value(row.seat_vote_ratio, Kind.NUMBER), (won, every, polled, valid, *both)
        yield Explanation(f"share of seats over share of votes, {name}", "(s / S) / (v / T)", inputs, ratio)
    if row.votes_per_seat is not None:
        each = Value(row.votes_per_seat, Kind.NUMBER)
        yield Explanation(f"votes per seat, {name}", "v / s", (polled, won, *both), each)


def _cited(election: Election, sources: Iterable[str | None]) -> str:
    """The sources of some records of an election; what names none has the election's."""
    return f"{', '.join(dict.fromkeys(each or election.source for each in sources))} ({election.id})"


def _before(dataset: Dataset, board: SeatsBoard) -> Iterator[Contest]:
    """The results that these are compared with."""
    for each in board.results:
        earlier = dataset.contests.get((board.baseline.id, each.seat.id)) if board.baseline else None
        if earlier is not None:
            yield earlier


def _from(what: str, cited: str) -> Input:
    return (f"source of {what}", Value(cited, Kind.TEXT))


def _party(dataset: Dataset, row: PartyResult, now: str, before: str) -> Iterator[Explanation]:
    name = dataset.abbreviation(row.party)
    if row.gains is not None:
        yield Explanation(
            f"net seats, {name}",
            "gains − losses, each seat against its own winner at the baseline",
            (
                ("gains", Value(row.gains, Kind.COUNT)),
                ("losses", Value(row.losses, Kind.COUNT)),
                _from("winners", now),
                _from("winners at the baseline", before),
            ),
            Value(row.net, Kind.CHANGE),
            "UK Parliament election results: the preceding general election, or its notional result",
        )
    if row.votes is not None:
        inputs = (("votes v", Value(row.votes, Kind.COUNT)), ("valid votes T", Value(row.valid, Kind.COUNT)))
        cited = (*inputs, _from("votes", now))
        yield Explanation(f"share, {name}", "100 × v / T", cited, Value(row.share_pct, Kind.PCT), SHARE)
    if row.change_pp is not None:
        yield Explanation(
            f"change of share, {name}",
            "100 × (v2/T2 − v1/T1), in the seats that have both elections",
            (
                ("votes v1", Value(row.votes_before, Kind.COUNT)),
                ("valid votes T1", Value(row.valid_both[0], Kind.COUNT)),
                ("votes v2", Value(row.votes_both, Kind.COUNT)),
                ("valid votes T2", Value(row.valid_both[1], Kind.COUNT)),
                _from("1", before),
                _from("2", now),
            ),
            Value(row.change_pp, Kind.PP),
            SHARE,
        )
    yield from _explain_seats(row, name, now, now)


def _turnout(turnout: Turnout, now: str) -> Iterator[Explanation]:
    if turnout.valid_pct is None:
        return
    electors = ("electorate E", Value(turnout.electorate, Kind.COUNT))
    valid = ("valid votes T", Value(turnout.valid, Kind.COUNT))
    cited = _from("all", now)
    yield Explanation("turnout", "100 × T / E", (valid, electors, cited), Value(turnout.valid_pct, Kind.PCT), TURNOUT)
    if turnout.rejected is not None:
        rejected = ("rejected ballot papers R", Value(turnout.rejected, Kind.COUNT))
        inputs = (valid, rejected, electors, cited)
        formula, result = "100 × (T + R) / E", Value(turnout.ballot_pct, Kind.PCT)
        yield Explanation("ballot-box turnout", formula, inputs, result, TURNOUT)


def _indices(dataset: Dataset, board: SeatsBoard, now: str, before: str) -> Iterator[Explanation]:
    found = board.indices
    yield from _disproportion(dataset, board.field, found.enp_votes, found.enp_seats, now)
    pairs = board.field.pairs()
    votes, seats = board.field.votes, board.field.seats
    totals = (("valid votes T", Value(votes, Kind.COUNT)), ("seats S", Value(seats, Kind.COUNT)))
    won = _named(dataset, board.field, [f"{v:,} votes, {s} seats" for v, s in pairs], [s for _, s in pairs])
    without = [v for v, s in pairs if not s]
    rest = (
        ("Σ v of those without seats", Value(sum(without), Kind.COUNT)),
        ("Σ v² of those without seats", Value(sum(v * v for v in without), Kind.COUNT)),
    )
    inputs = (*won, *rest, *totals, _from("all", now))
    if found.gallagher is not None:
        yield Explanation(
            "Gallagher's index",
            "√(½ Σ (100 v/T − 100 s/S)²)",
            inputs,
            Value(found.gallagher, Kind.NUMBER),
            f"Gallagher 1991; {APART}, so that there is no category of others",
        )
    if found.loosemore_hanby is not None:
        yield Explanation(
            "Loosemore and Hanby's index",
            "½ Σ |100 v/T − 100 s/S|",
            inputs,
            Value(found.loosemore_hanby, Kind.NUMBER),
            f"Loosemore and Hanby 1971; {APART}",
        )
    if found.pedersen is not None and board.field_before is not None:
        changes = volatility_pairs(dataset, board.field_before, board.field)
        yield Explanation(
            "Pedersen's volatility",
            "½ Σ |100 v2/T2 − 100 v1/T1|",
            (
                ("valid votes T1", Value(sum(v for v, _ in changes), Kind.COUNT)),
                ("valid votes T2", Value(sum(v for _, v in changes), Kind.COUNT)),
                *_moved(dataset, board),
                _from("1", before),
                _from("2", now),
            ),
            Value(found.pedersen, Kind.NUMBER),
            "Pedersen 1979; a party is joined with the one it continues, an independent with one of the same name",
        )
    if found.lost_deposits is not None:
        yield Explanation(
            "lost deposits",
            "candidates with 20 × v ≤ T in their seat",
            (("candidates", Value(found.candidates, Kind.COUNT)), _from("votes", now)),
            Value(found.lost_deposits, Kind.COUNT),
            "Representation of the People Act 1985, section 13",
        )


def _moved(dataset: Dataset, board: SeatsBoard) -> Iterator[Input]:
    """The parties whose shares changed most; the others are in the sum."""
    known = [row for row in board.rows if row.change_pp is not None]
    for row in sorted(known, key=lambda each: -abs(each.change_pp or 0))[:LARGEST]:
        words = f"{row.votes_before:,} votes, then {row.votes_both:,}"
        yield (dataset.abbreviation(row.party), Value(words, Kind.TEXT))


def _disproportion(
    dataset: Dataset, field: Field, by_votes: float | None, by_seats: float | None, cited: str
) -> Iterator[Explanation]:
    rule = f"Laakso and Taagepera 1979; {APART}"
    for name, letter, result, numbers in (
        ("votes", "v", by_votes, [each.votes for each in field.contenders]),
        ("seats", "s", by_seats, [each.seats for each in field.contenders]),
    ):
        if result is None:
            continue
        total = sum(numbers)
        squares = (f"Σ {letter}²", Value(sum(number * number for number in numbers), Kind.COUNT))
        inputs = (*_named(dataset, field, numbers, numbers), (f"all {name}", Value(total, Kind.COUNT)), squares)
        yield Explanation(
            f"effective number of parties by {name}",
            f"(Σ {letter})² / Σ {letter}²",
            (*inputs, _from(name, cited)),
            Value(result, Kind.NUMBER),
            rule,
        )


def _named(dataset: Dataset, field: Field, shown: Sequence[int | str], size: Sequence[int]) -> Iterator[Input]:
    """The largest contenders by name; the others are in the sums."""
    ranked = sorted(range(len(size)), key=lambda index: -size[index])
    for index in ranked[:LARGEST]:
        if size[index]:
            value = shown[index]
            name = dataset.abbreviation(field.contenders[index].party)
            yield (name, Value(value, Kind.COUNT if isinstance(value, int) else Kind.TEXT))


def _wasted(board: SeatsBoard, now: str) -> Iterator[Explanation]:
    wasted = board.wasted
    valid = ("valid votes T", Value(wasted.valid, Kind.COUNT))
    rule = "the Electoral Reform Society's word for both parts, which are not added up here"
    if wasted.unrepresented is not None:
        yield Explanation(
            "votes for losing candidates",
            "100 × u / T",
            (("votes u", Value(wasted.unrepresented, Kind.COUNT)), valid, _from("votes", now)),
            Value(measures.share_pct(wasted.unrepresented, wasted.valid), Kind.PCT),
            rule,
        )
    if wasted.surplus is not None:
        yield Explanation(
            "winners' surplus",
            "100 × Σ (v1 − v2 − 1) / T, and nothing of a seat decided by lot",
            (("Σ", Value(wasted.surplus, Kind.COUNT)), valid, _from("votes", now)),
            Value(measures.share_pct(wasted.surplus, wasted.valid), Kind.PCT),
            rule,
        )
