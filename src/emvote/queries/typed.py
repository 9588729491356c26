"""Numbers as they are typed, kept exact: 5.9 is fifty-nine tenths and not the float beside it."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct

from emvote.errors import UsageProblem
from emvote.measures import BANDS, Bands

LONGEST = 12
"""Digits that a typed number may have: more is a mistake."""


class Exact(Struct, frozen=True):
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


def parse_bands(text: str | None) -> Bands:
    """The bands of majorities with other lower bounds than usual; the lowest begins at 0.

    Args:
        text: the bounds of the others as typed, rising: `1,5,10,20,40`; `None`: the usual ones.

    >>> parse_bands("1,5,7.5,20,40")[1:4]
    (('very marginal', 1), ('marginal', 5), ('fairly safe', 7.5))

    Raises:
        UsageProblem: they are not as many rising percentages as there are bands above the lowest.
    """
    if text is None:
        return BANDS
    names = [name for name, _ in BANDS]
    what = f"--bands takes the lower bounds of {', '.join(names[1:-1])} and {names[-1]} (2,5,10,20,50)"
    bounds = [Exact(0, 1), *(percentage(part, what) for part in text.split(","))]
    if len(bounds) != len(names) or any(a.top * b.bottom >= b.top * a.bottom for a, b in pairwise(bounds)):
        raise UsageProblem(f"{what}, each above the one before, not '{text}'")
    floors = [each.top // each.bottom if each.top % each.bottom == 0 else each.near for each in bounds]
    return tuple(zip(names, floors, strict=True))
