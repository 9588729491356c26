"""Single values of the source that contradict the rest of it, and what is read in their place."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace
from tools.build_dataset.flags import flag
from tools.build_dataset.raw import Row, expect

from emvote.model import Flag


class Correction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One value: what the source must say, what is used and why; the same value twice is only remarked upon."""

    election: str
    seat: str
    candidate: str | None = None
    """First name and surname; `None`: the value stands in the row of the constituency."""
    key: str
    raw: str
    value: str
    code: str = "override"
    note: str


class Corrections:
    """All corrections of a dataset, and whether each has found its place."""

    def __init__(self, corrections: Iterable[Correction] = ()) -> None:
        self._all = tuple(corrections)
        self._used: set[str] = set()

    def contest(self, election: str, row: Row, flags: list[Flag]) -> Row:
        """The row of a constituency, corrected; flags say what was."""
        return self._corrected(election, None, row, flags)

    def candidate(self, election: str, row: Row, flags: list[Flag]) -> Row:
        """The row of a candidate, likewise."""
        name = f"{row.text('candidate_first_name')} {row.text('candidate_surname')}"
        return self._corrected(election, name, row, flags)

    def _corrected(self, election: str, candidate: str | None, row: Row, flags: list[Flag]) -> Row:
        for one in self._all:
            if (one.election, one.seat, one.candidate) == (election, row.text("ons_id"), candidate):
                expect(row.text(one.key) == one.raw, f"{row.place}: {one.key} is {row.raw(one.key)!r}, not {one.raw!r}")
                self._used.add(one.note)
                flags.append(flag(one.code, one.note))
                row = replace(row, values={**row.values, one.key: one.value})
        return row

    def check_used(self) -> None:
        """Every correction must have found its value."""
        for one in self._all:
            expect(one.note in self._used, f"{one.election}, {one.seat}: {one.key} is not in the source any more")
