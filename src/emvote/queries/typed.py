"""Numbers as they are typed, kept exact: 5.9 is fifty-nine tenths and not the float beside it."""

from __future__ import annotations

from typing import NamedTuple

from emvote.errors import UsageProblem

LONGEST = 12
"""Digits that a typed number may have: more is a mistake."""


class Exact(NamedTuple):
    """A number as the quotient of two whole numbers, the lower one above nought."""

    top: int
    bottom: int

    @property
    def near(self) -> float:
        """The nearest float."""
        return self.top / self.bottom


def percentage(text: str, what: str) -> Exact:
    """A number from 0 to 100 with or without `%` or `pp` behind it, exactly as typed.

    Args:
        text: as typed.
        what: what it stands for, with an example, for the message: `a swing is … (5.9)`.

    >>> percentage("5.90", "a swing"), percentage("50%", "a part")
    (Exact(top=590, bottom=100), Exact(top=50, bottom=1))

    Raises:
        UsageProblem: it is no such number.
    """
    bare = text.strip().removesuffix("%").removesuffix("pp").strip()
    whole, point, decimals = bare.partition(".")
    digits = whole + decimals
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > LONGEST or (point and not decimals):
        raise UsageProblem(f"{what}, not '{text}'")
    exact = Exact(int(digits), 10 ** len(decimals))
    if exact.top > 100 * exact.bottom:
        raise UsageProblem(f"{what}, not '{text}': no more than 100")
    return exact
