"""The folder of raw files: read by the same readers as `emvote import`, and every value with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from emvote.store.importers.rows import Row, Unexpected, expect, only
from emvote.store.importers.table import read_table

__all__ = ["EAST_MIDLANDS", "RawData", "Row", "Unexpected", "expect", "only"]

EAST_MIDLANDS = "E12000004"
"""GSS code of the region."""


@dataclass
class RawData:
    """The folder of raw files, and what was read from it."""

    root: Path
    read: dict[str, int] = field(default_factory=dict)
    """Rows of each file that was read."""
    set_aside: dict[str, set[str]] = field(default_factory=dict)
    """Why rows were left out on purpose, and which."""

    def rows(self, path: str) -> list[Row]:
        """All rows of one file; each must have as many cells as the header."""
        table = read_table((self.root / path).read_bytes(), path)
        expect(not table.odd, f"{path}: {table.odd}")
        header = table.rows[0].values
        for cells in table.rows[1:]:
            expect(len(cells.values) == len(header), f"{path}:{cells.line}: {len(cells.values)} cells")
        rows = [*table.under(header, table.rows[1:])]
        self.read[path] = len(rows)
        return rows

    def leave_out(self, why: str, rows: Iterable[Row]) -> None:
        """Note rows that the dataset does not use."""
        self.set_aside.setdefault(why, set()).update(row.place for row in rows)
