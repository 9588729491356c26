"""The arithmetic keeps the laws that its definitions promise, whatever the numbers."""

from __future__ import annotations

from fractions import Fraction
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emvote import measures

votes = st.integers(0, 100_000)
some_votes = st.integers(1, 100_000)
ballots = st.lists(votes, min_size=2, max_size=8).filter(any)
Fight = tuple[tuple[int, int], tuple[int, int], tuple[int, int]]


@st.composite
def fights(draw: st.DrawFn) -> Fight:
    """Votes of A, of B and all valid votes, each at two elections."""
    a, b = (draw(some_votes), draw(some_votes)), (draw(some_votes), draw(some_votes))
    rest = draw(votes), draw(votes)
    return a, b, (a[0] + b[0] + rest[0], a[1] + b[1] + rest[1])


def back(pair: tuple[int, int]) -> tuple[int, int]:
    """The two elections in the other order."""
    return pair[1], pair[0]


@given(fights())
def test_swapping_the_parties_changes_the_sign_of_both_swings(fight: Fight) -> None:
    """From A to B is as much as from B to A, the other way."""
    a, b, valid = fight
    assert measures.butler_pp(a, b, valid) == -(measures.butler_pp(b, a, valid) or 0.0)
    assert isclose(measures.steed_pp(a, b) or 0.0, -(measures.steed_pp(b, a) or 0.0), abs_tol=1e-12)


@given(fights())
def test_swinging_back_returns(fight: Fight) -> None:
    """The swing from the later election to the earlier undoes the swing from the earlier to the later."""
    a, b, valid = fight
    assert measures.butler_pp(a, b, valid) == -(measures.butler_pp(back(a), back(b), back(valid)) or 0.0)
    assert measures.steed_pp(a, b) == -(measures.steed_pp(back(a), back(b)) or 0.0)


@given(fights())
def test_butler_swing_is_the_mean_of_one_gain_and_the_other_loss(fight: Fight) -> None:
    """As the House of Commons Library words it (SN02608), held against exact fractions."""
    a, b, (t1, t2) = fight
    gain = 100 * (Fraction(b[1], t2) - Fraction(b[0], t1))
    loss = 100 * (Fraction(a[0], t1) - Fraction(a[1], t2))
    assert measures.butler_pp(a, b, (t1, t2)) == float((gain + loss) / 2)


@given(fights())
def test_steed_swing_is_butler_swing_where_nobody_else_stood(fight: Fight) -> None:
    """With two parties only, the two-party vote is the whole vote."""
    a, b, _ = fight
    valid = (a[0] + b[0], a[1] + b[1])
    assert isclose(measures.steed_pp(a, b) or 0.0, measures.butler_pp(a, b, valid) or 0.0, abs_tol=1e-9)


@given(fights(), st.integers(2, 50))
def test_swings_are_of_shares_and_not_of_votes(fight: Fight, factor: int) -> None:
    """Everybody polling some times as many votes at the later election changes neither swing."""
    a, b, valid = fight
    more = [(pair[0], factor * pair[1]) for pair in (a, b, valid)]
    assert isclose(measures.butler_pp(*more) or 0.0, measures.butler_pp(a, b, valid) or 0.0, abs_tol=1e-9)
    assert isclose(measures.steed_pp(*more[:2]) or 0.0, measures.steed_pp(a, b) or 0.0, abs_tol=1e-9)


@given(ballots)
def test_shares_sum_to_a_hundred(polled: list[int]) -> None:
    """However the votes are divided."""
    assert isclose(sum(measures.share_pct(each, sum(polled)) or 0.0 for each in polled), 100.0)


@given(ballots)
def test_a_majority_is_the_first_share_less_the_second(polled: list[int]) -> None:
    """And never negative."""
    first, second = sorted(polled, reverse=True)[:2]
    total = sum(polled)
    majority = measures.majority_pct(first, second, total)
    assert majority is not None
    assert 0 <= majority <= 100
    shares = (measures.share_pct(first, total) or 0.0) - (measures.share_pct(second, total) or 0.0)
    assert isclose(majority, shares, abs_tol=1e-9)


@given(votes, some_votes, votes, some_votes)
def test_a_change_is_the_later_share_less_the_earlier(v1: int, t1: int, v2: int, t2: int) -> None:
    """In percentage points, and exact: a share that stayed has a change of nil."""
    assert measures.change_pp(v1, t1, v2, t2) == float(100 * (Fraction(v2, t2) - Fraction(v1, t1)))
    assert measures.change_pp(v1, t1, 7 * v1, 7 * t1) == 0


@given(ballots)
def test_a_bigger_share_never_loses_a_deposit_that_a_smaller_keeps(polled: list[int]) -> None:
    """Among candidates of one contest, in the order of their votes, those who lose it come first."""
    lost = [measures.loses_deposit(each, sum(polled)) for each in sorted(polled)]
    assert lost == sorted(lost, reverse=True)


@given(st.integers(1, 5_000))
def test_a_deposit_is_lost_at_exactly_five_per_cent(votes_polled: int) -> None:
    """The Act says "not more than one-twentieth"; one vote more is enough to keep it."""
    assert measures.loses_deposit(votes_polled, 20 * votes_polled)
    assert not measures.loses_deposit(votes_polled + 1, 20 * votes_polled)
    assert not measures.loses_deposit(votes_polled, 20 * votes_polled - 1)


def test_a_candidate_returned_unopposed_keeps_the_deposit() -> None:
    """Nobody voted, so nobody polled too little."""
    assert not measures.loses_deposit(0, 0)
    assert measures.loses_deposit(0, 1)


@pytest.mark.parametrize(
    ("percent", "name"),
    [
        (0, "ultra-marginal"),
        (1.999, "ultra-marginal"),
        (2, "very marginal"),
        (5, "marginal"),
        (9.999, "marginal"),
        (10, "fairly safe"),
        (20, "safe"),
        (49.999, "safe"),
        (50, "very safe"),
        (100, "very safe"),
    ],
)
def test_a_band_begins_at_its_lower_bound(percent: float, name: str) -> None:
    """The bound itself is in the band above it."""
    assert measures.band(percent) == name


@given(st.integers(1, 500))
def test_control_needs_the_least_number_that_is_more_than_half(size: int) -> None:
    """One seat fewer is half or less."""
    needed = measures.seats_needed(size)
    assert 2 * needed > size >= 2 * (needed - 1)


@pytest.mark.parametrize(
    "nothing",
    [
        measures.share_pct(0, 0),
        measures.turnout_pct(0, 0),
        measures.majority_pct(0, 0, 0),
        measures.change_pp(0, 0, 5, 10),
        measures.change_pp(5, 10, 0, 0),
        measures.butler_pp((0, 1), (0, 1), (0, 2)),
        measures.steed_pp((0, 1), (0, 1)),
        measures.steed_pp((1, 0), (1, 0)),
        measures.mean([]),
        measures.gallagher([(1, 0)]),
        measures.gallagher([(0, 1)]),
        measures.loosemore_hanby([(1, 0)]),
        measures.loosemore_hanby([(0, 1)]),
        measures.pedersen([(1, 0)]),
        measures.pedersen([(0, 1)]),
        measures.effective_number([0]),
        measures.votes_per_seat(5, 0),
        measures.seat_vote_ratio(0, 10, 1, 2),
        measures.seat_vote_ratio(5, 10, 0, 0),
        measures.seat_vote_gap_pp(5, 10, 0, 0),
        measures.swing_required_pp(5, 0),
    ],
)
def test_a_measure_of_nothing_does_not_exist(nothing: float | None) -> None:
    """It is None and never 0: nobody voted, or nobody was registered."""
    assert nothing is None
