"""Ward results as the Local Elections Archive Project has them: one row a candidate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from emvote.model import WardCandidacy, WardContest
from emvote.store.importers.rows import Row, each_of
from emvote.store.importers.ward_names import compared, tidy

PLACEHOLDER: Final = "NULL"
"""In place of elected or not: the row stands for an elected mayor, and is no candidate's."""


def is_placeholder(row: Row) -> bool:
    """Whether a row stands for the place of an elected mayor."""
    return row.text("elected_flag") == PLACEHOLDER


def contest(election: str, rows: Sequence[Row], party: Callable[[Row], str]) -> WardContest:
    """One ward from the rows of its candidates.

    Raises:
        Unexpected: a value cannot be read, or the rows contradict each other.
    """
    first = rows[0]
    names = [*dict.fromkeys(tidy(row.text("ward_name")) for row in rows)]
    first.expect(len({*map(compared, names)}) == 1, f"one ward, two names {sorted(names)}")
    # where every candidate was elected nobody voted: the source writes 0
    unopposed = all(row.text("elected_flag") == "1" for row in rows)
    if unopposed:
        first.expect(all(row.whole("votes") == 0 for row in rows), "votes without a contest: all are elected")
    return WardContest(
        election=election,
        council=first.text("council_ons"),
        ward=names[0],
        ward_id=first.text("ward_ons"),
        seats_up=sum(row.text("elected_flag") == "1" for row in rows),
        uncontested=unopposed,
        candidates=each_of(rows, lambda row: _candidate(row, party, unopposed=unopposed)),
    )


def _candidate(row: Row, party: Callable[[Row], str], *, unopposed: bool) -> WardCandidacy:
    elected = row.text("elected_flag")
    row.expect(elected in {"0", "1"}, f"elected_flag is {elected!r}, expected 0 or 1")
    return WardCandidacy(
        name=tidy(row.text("candidate_name")),
        party=party(row),
        votes=None if unopposed else row.whole("votes"),
        elected=elected == "1",
    )
