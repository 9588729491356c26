"""The working of a scoreboard's figures: formula, inputs, and the source of each input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from emvote import measures
from emvote.dataset import Dataset
from emvote.measures import Formula
from emvote.model import Contest, Election
from emvote.queries.indices import Distribution, volatility_pairs
from emvote.queries.ratios import Ratios
from emvote.queries.results import PartyResult, SeatsBoard, Turnout
from emvote.views import common, commons
from emvote.views.view import Working, by_row
from emvote.views.workings import swings, working

if TYPE_CHECKING:  # as in emvote.views.results
    from emvote.queries.council_results import CouncilsBoard, CouncilsParty

SHARE: Final = "House of Commons Library: per cent of all valid votes"
TURNOUT: Final = "valid votes: House of Commons Library; with rejected papers: Electoral Commission"
NET: Final = Formula(
    "gains − losses, each seat against its own winner at the baseline",
    "change",
    "UK Parliament election results: the preceding general election, or its notional result",
    {},
)
NET_ON_COUNCILS: Final = Formula(
    "Σ over councils of (seats won − the seats baseline's seats among those up)",
    "change",
    "net of gains and losses: BBC usage since 2013; emvote councils --explain has each council",
    {},
)
LARGEST = 8
"""Contenders that a working names; the sums have all."""


def explain_seats(dataset: Dataset, board: SeatsBoard) -> Iterator[Working]:
    """Yield the workings of a parliamentary scoreboard."""
    contests = [result.contest for result in board.results]
    now = _cited(board.election, [contest.source for contest in contests])
    earlier = list(_before(dataset, board))
    before = _cited(board.baseline, [contest.source for contest in earlier]) if board.baseline else ""
    yield from commons.workings(dataset, board.commons, now)
    yield from by_row(_party(dataset, row, now, before) for row in board.rows)
    yield from _turnout(board.turnout, now)
    yield from _indices(dataset, board, now, before)
    yield from _wasted(board, now)
    if board.swing is not None:
        sources = (common.cited(dataset, earlier), common.cited(dataset, contests))
        yield from swings(dataset, board.place, board.swing, board.swing_votes, sources=sources)


def explain_councils(dataset: Dataset, board: CouncilsBoard) -> Iterator[Working]:
    """Yield the workings of a local scoreboard."""
    votes = _cited(board.election, [ward.source for ward in board.wards])
    seats = _cited(board.election, [source for row in board.councils for source in row.sources])
    yield from by_row(_on_councils(dataset, row, seats, votes) for row in board.rows)
    if board.distribution is not None:
        yield from _disproportion(dataset, board.distribution, board.indices.enp_votes, board.indices.enp_seats, votes)


def _on_councils(dataset: Dataset, row: CouncilsParty, seats: str, votes: str) -> Iterator[Working]:
    """Yield the workings of one party's row in a local scoreboard; with the sources of seats and of votes."""
    name = dataset.abbreviation(row.party)
    if row.total is not None:
        won, cited = {"seats won": row.total.seats_won}, {"seats and baseline": seats}
        yield working(NET_ON_COUNCILS, f"net seats, {name}", won, row.total.seats_net, cited=cited)
    if row.share_pct is not None:
        yield working(
            measures.share_pct,
            f"share, {name}",
            {"v": row.votes, "all votes T": row.valid},
            row.share_pct,
            cited={"votes": votes},
            more=", of all votes of all candidates in the wards",
            rule="share_method all-votes: parties with a candidate for every seat weigh more",
        )
    yield from _explain_seats(row, name, seats, votes)


def _explain_seats(row: Ratios, name: str, seats: str, votes: str) -> Iterator[Working]:
    """Yield the workings of a party's share of seats, and of what that is to its share of votes."""
    won = {"s": row.seats, "S": row.all_seats}
    both, cited = {**won, "v": row.votes, "T": row.valid}, {"seats": seats, "votes": votes}
    per_seat = {"v": row.votes, "s": row.seats}
    for function, what, inputs, result, sources in (
        (measures.seat_share_pct, "share of seats", won, row.seat_share_pct, {"seats": seats}),
        (measures.seat_vote_gap_pp, "share of seats less share of votes", both, row.seat_vote_gap_pp, cited),
        (measures.seat_vote_ratio, "share of seats over share of votes", both, row.seat_vote_ratio, cited),
        (measures.votes_per_seat, "votes per seat", per_seat, row.votes_per_seat, cited),
    ):
        if result is not None:
            yield working(function, f"{what}, {name}", inputs, result, cited=sources)


def _cited(election: Election, sources: Iterable[str | None]) -> str:
    """The sources of some records of an election; what names none has the election's."""
    return f"{', '.join(dict.fromkeys(source or election.source for source in sources))} ({election.id})"


def _before(dataset: Dataset, board: SeatsBoard) -> Iterator[Contest]:
    """The results that these are compared with."""
    for result in board.results:
        earlier = dataset.contests.get((board.baseline.id, result.seat.id)) if board.baseline else None
        if earlier is not None:
            yield earlier


def _party(dataset: Dataset, row: PartyResult, now: str, before: str) -> Iterator[Working]:
    name = dataset.abbreviation(row.party)
    if row.gains is not None:
        moves, cited = {"gains": row.gains, "losses": row.losses}, {"winners": now, "winners at the baseline": before}
        yield working(NET, f"net seats, {name}", moves, row.net, cited=cited)
    if row.votes is not None:
        share = {"v": row.votes, "T": row.valid}
        yield working(measures.share_pct, f"share, {name}", share, row.share_pct, cited={"votes": now}, rule=SHARE)
    if row.change_pp is not None:
        (valid_1, valid_2) = row.valid_both
        yield working(
            measures.change_pp,
            f"change of share, {name}",
            {"v1": row.votes_before, "T1": valid_1, "v2": row.votes_both, "T2": valid_2},
            row.change_pp,
            cited={"1": before, "2": now},
            more=", in the seats that have both elections",
            rule=SHARE,
        )
    yield from _explain_seats(row, name, now, now)


def _turnout(turnout: Turnout, now: str) -> Iterator[Working]:
    if turnout.valid_pct is None:
        return
    valid, electors, cited = {"T": turnout.valid}, {"E": turnout.electorate}, {"all": now}
    by_votes, by_papers = measures.turnout_pct, measures.ballot_turnout_pct
    yield working(by_votes, "turnout", {**valid, **electors}, turnout.valid_pct, cited=cited, rule=TURNOUT)
    if turnout.rejected is not None:
        papers = {**valid, "R": turnout.rejected, **electors}
        yield working(by_papers, "ballot-box turnout", papers, turnout.ballot_pct, cited=cited, rule=TURNOUT)


def _indices(dataset: Dataset, board: SeatsBoard, now: str, before: str) -> Iterator[Working]:
    found, distribution = board.indices, board.distribution
    yield from _disproportion(dataset, distribution, found.enp_votes, found.enp_seats, now)
    pairs = distribution.pairs()
    without = [votes for votes, seats in pairs if not seats]
    inputs = [
        *_named(dataset, distribution, [f"{v:,} votes, {s} seats" for v, s in pairs], [s for _, s in pairs]),
        ("Σ v of those without seats", sum(without)),
        ("Σ v² of those without seats", sum(votes * votes for votes in without)),
        ("T", distribution.votes),
        ("S", distribution.seats),
    ]
    for function, name, result in (
        (measures.gallagher, "Gallagher's index", found.gallagher),
        (measures.loosemore_hanby, "Loosemore and Hanby's index", found.loosemore_hanby),
    ):
        if result is not None:
            yield working(function, name, inputs, result, cited={"all": now})
    if found.pedersen is not None and board.distribution_before is not None:
        changes = volatility_pairs(dataset, board.distribution_before, distribution)
        totals = [("T1", sum(votes for votes, _ in changes)), ("T2", sum(votes for _, votes in changes))]
        moved, cited = [*totals, *_moved(dataset, board)], {"1": before, "2": now}
        yield working(measures.pedersen, "Pedersen's volatility", moved, found.pedersen, cited=cited)
    if found.lost_deposits is not None:
        stood, cited = {"candidates": found.candidates}, {"votes": now}
        yield working(measures.loses_deposit, "lost deposits", stood, found.lost_deposits, cited=cited)


def _moved(dataset: Dataset, board: SeatsBoard) -> Iterator[tuple[str, str]]:
    """The parties whose shares changed most; the others are in the sum."""
    known = [row for row in board.rows if row.change_pp is not None]
    for row in sorted(known, key=lambda row: -abs(row.change_pp or 0))[:LARGEST]:
        yield (dataset.abbreviation(row.party), f"{row.votes_before:,} votes, then {row.votes_both:,}")


def _disproportion(
    dataset: Dataset, distribution: Distribution, by_votes: float | None, by_seats: float | None, cited: str
) -> Iterator[Working]:
    for name, letter, result, numbers in (
        ("votes", "v", by_votes, [strength.votes for strength in distribution.strengths]),
        ("seats", "s", by_seats, [strength.seats for strength in distribution.strengths]),
    ):
        if result is not None:
            yield working(
                measures.effective_number,
                f"effective number of parties by {name}",
                [
                    *_named(dataset, distribution, numbers, numbers),
                    (f"all {name}", sum(numbers)),
                    (f"Σ {letter}²", sum(number * number for number in numbers)),
                ],
                result,
                cited={name: cited},
                letters={"v": letter},
            )


def _named(
    dataset: Dataset, distribution: Distribution, shown: Sequence[int | str], size: Sequence[int]
) -> Iterator[tuple[str, int | str]]:
    """The largest contenders by name; the others are in the sums."""
    for index in sorted(range(len(size)), key=lambda index: -size[index])[:LARGEST]:
        if size[index]:
            yield (dataset.abbreviation(distribution.strengths[index].party), shown[index])


def _wasted(board: SeatsBoard, now: str) -> Iterator[Working]:
    wasted, cited = board.wasted, {"votes": now}
    if wasted.unrepresented is not None:
        inputs, name = {"u": wasted.unrepresented, "T": wasted.valid}, "votes for losing candidates"
        yield working(measures.unrepresented_pct, name, inputs, wasted.unrepresented_pct, cited=cited)
    if wasted.surplus is not None:
        inputs = {"Σ": wasted.surplus, "T": wasted.valid}
        yield working(measures.surplus_pct, "winners' surplus", inputs, wasted.surplus_pct, cited=cited)
