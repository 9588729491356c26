"""Numbers for people."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emvote.render import numbers

FIGURES = st.floats(min_value=-1000, max_value=1000, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(2.25, "2.3"), (2.35, "2.4"), (0.05, "0.1"), (0.04999, "0.0"), (-0.04, "0.0"), (-0.0, "0.0"), (1e-9, "0.0")],
)
def test_published_figures_round_half_up(value: float, shown: str) -> None:
    """A figure rounds as printed tables do, not as binary fractions would."""
    assert numbers.fixed(value, 1) == shown


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [(5.85, 1, "+5.9"), (-5.85, 1, "-5.9"), (0.049, 1, "0.0"), (5.9025, 2, "+5.90"), (1234, 0, "+1,234"), (0, 0, "0")],
)
def test_a_difference_shows_its_sign_except_at_zero(value: float, places: int, shown: str) -> None:
    """Plus or minus always, but no sign on what rounds to zero."""
    assert numbers.signed(value, places) == shown


@given(FIGURES, st.integers(min_value=0, max_value=3))
def test_rounding_stays_within_half_a_unit(value: float, places: int) -> None:
    """The rounded figure is the nearest one."""
    unit = Fraction(1, 10**places)
    assert abs(Fraction(numbers.rounded(value, places)) - Fraction(repr(value))) <= unit / 2


@given(FIGURES)
def test_a_swing_and_its_opposite_differ_by_the_sign_only(value: float) -> None:
    """Half up means away from zero, so that the order of two parties never changes a figure."""
    assert numbers.signed(-value, 1).lstrip("+-") == numbers.signed(value, 1).lstrip("+-")


@given(FIGURES)
def test_minus_zero_is_never_shown(value: float) -> None:
    """No figure that rounds to zero carries a sign."""
    assert numbers.fixed(value / 1000, 1) != "-0.0"
