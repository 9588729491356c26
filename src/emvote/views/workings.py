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
    return Explanation(
        f"share, {what}",
        "100 × v / T",
        (
            (f"votes v [{source}]", Value(votes, Kind.COUNT)),
            (f"valid votes T [{source}]", Value(valid, Kind.COUNT)),
        ),
        Value(share_pct, Kind.PCT),
        rule,
    )


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
    return Explanation(
        f"turnout, {what}",
        "100 × T / E",
        (
            (f"valid votes T [{source}]", Value(valid, Kind.COUNT)),
            (f"electorate E [{source}]", Value(electorate, Kind.COUNT)),
        ),
        Value(turnout_pct, Kind.PCT),
        VALID_TURNOUT,
    )
