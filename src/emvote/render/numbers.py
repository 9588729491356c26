"""The only place where numbers become text for people.

Published figures round half up, and a rounded figure never carries the sign of a zero. A float is rounded as it is
written (its shortest decimal form), so that 2.25 is the 2.25 that was meant and not the binary neighbour just below.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

UNKNOWN = "\N{EN DASH}"
"""What people see in place of a value that is not known."""


def rounded(value: float, places: int) -> Decimal:
    """The value to so many decimal places, half up, away from zero.

    >>> rounded(2.25, 1), rounded(-2.25, 1), rounded(0.05, 1), rounded(-0.04, 1)
    (Decimal('2.3'), Decimal('-2.3'), Decimal('0.1'), Decimal('0.0'))
    """
    exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return abs(exact) if exact.is_zero() else exact


def fixed(value: float, places: int) -> str:
    """A plain number with so many decimals, thousands separated.

    >>> fixed(2.455, 2), fixed(1234.5, 1), fixed(-0.04, 1)
    ('2.46', '1,234.5', '0.0')
    """
    return f"{rounded(value, places):,}"


def signed(value: float, places: int = 0) -> str:
    """A difference: its sign always, except at zero.

    >>> signed(5.9025, 1), signed(-0.55, 1), signed(0.04, 1), signed(5.9025, 2)
    ('+5.9', '-0.6', '0.0', '+5.90')
    >>> signed(5), signed(-1200), signed(0)
    ('+5', '-1,200', '0')
    """
    exact = rounded(value, places)
    return f"{exact:,}" if exact.is_zero() else f"{exact:+,}"


def percent(value: float) -> str:
    """A percentage with one decimal.

    >>> percent(5.35), percent(0), percent(100)
    ('5.4%', '0.0%', '100.0%')
    """
    return f"{fixed(value, 1)}%"


def count(value: float) -> str:
    """A whole number, thousands separated.

    >>> count(21259), count(0)
    ('21,259', '0')
    """
    return fixed(value, 0)
