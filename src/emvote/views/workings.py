"""The workings of shares, their changes and turnouts, which many answers have.

Loaded where somebody asks for workings: most answers are never asked for theirs.
"""

from __future__ import annotations

from typing import Final

from emvote.views.view import Explanation, Kind, Value

VALID_VOTES: Final = "of all valid votes: House of Commons Library"
VALID_TURNOUT: Final = "valid votes over the electorate: House of Commons Library"


def share(
    what: str, votes: int | None, valid: int | None, share_pct: float | None, source: str, rule: str = VALID_VOTES
) -> Explanation:
    """The working of one share; with the sources of both numbers."""
    return _quotient(f"share, {what}", (("votes v", votes), ("valid votes T", valid)), share_pct, source, rule)


def change(
    what: str,
    votes: tuple[int | None, int | None],
    valid: tuple[int | None, int | None],
    change_pp: float | None,
    sources: tuple[str, str],
) -> Explanation:
    """The working of the change of one share, from the earlier to the later votes; with the sources of either."""
    numbers = (("v", votes), ("T", valid))
    words = {"v": "votes", "T": "valid votes"}
    return Explanation(
        f"change of share, {what}",
        "100 × (v2/T2 − v1/T1)",
        tuple(
            (f"{words[letter]} {letter}{i + 1} [{sources[i]}]", Value(both[i], Kind.COUNT))
            for letter, both in numbers
            for i in (0, 1)
        ),
        Value(change_pp, Kind.PP),
        VALID_VOTES,
    )


def turnout(
    what: str, valid: int | None, electorate: int | None, turnout_pct: float | None, source: str
) -> Explanation:
    """The working of a turnout of valid votes; with the sources of both numbers."""
    numbers = (("valid votes T", valid), ("electorate E", electorate))
    return _quotient(f"turnout, {what}", numbers, turnout_pct, source, VALID_TURNOUT)


def _quotient(
    name: str, numbers: tuple[tuple[str, int | None], ...], result: float | None, source: str, rule: str
) -> Explanation:
    """The working of a percentage: of the first number, by the letter that ends its name, in the second."""
    above, below = (words[-1] for words, _ in numbers)
    inputs = tuple((f"{words} [{source}]", Value(number, Kind.COUNT)) for words, number in numbers)
    return Explanation(name, f"100 × {above} / {below}", inputs, Value(result, Kind.PCT), rule)
