"""Reading the raw files: every value with its place, so that what is not as expected is named and stops the build."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

EAST_MIDLANDS = "E12000004"
"""GSS code of the region."""


class Unexpected(Exception):
    """A raw value that the build does not know how to read: it must be looked at by a person."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a raw file."""

    place: str
    """File and line, for messages."""
    values: Mapping[str, str]

    def raw(self, key: str) -> str:
        """The value exactly as in the file."""
        if key not in self.values:
            raise Unexpected(f"{self.place}: no column {key!r}")
        return self.values[key]

    def text(self, key: str) -> str:
        """The value without the spaces, tabs and no-break spaces around it."""
        return self.raw(key).strip()

    def whole(self, key: str) -> int:
        """The value as a whole number."""
        if not self.text(key).isdecimal():
            raise Unexpected(f"{self.place}: {key} is {self.raw(key)!r}, expected a whole number")
        return int(self.text(key))

    def seats(self, key: str) -> int:
        """The value as a number of seats; a blank is none."""
        return self.whole(key) if self.text(key) else 0


@dataclass
class RawData:
    """The folder of raw files, and what was read from it."""

    root: Path
    read: dict[str, int] = field(default_factory=dict)
    """Rows of each file that was read."""
    set_aside: dict[str, set[str]] = field(default_factory=dict)
    """Why rows were left out on purpose, and which."""

    def rows(self, path: str) -> list[Row]:
        """All rows of one file."""
        with (self.root / path).open(encoding="utf-8", newline="") as file:
            rows = [Row(f"{path}:{i}", values) for i, values in enumerate(csv.DictReader(file), start=2)]
        self.read[path] = len(rows)
        return rows

    def leave_out(self, why: str, rows: Iterable[Row]) -> None:
        """Note rows that the dataset does not use."""
        self.set_aside.setdefault(why, set()).update(row.place for row in rows)


def only(rows: Iterable[Row], what: str) -> Row:
    """The one row that there must be."""
    found = list(rows)
    if len(found) != 1:
        raise Unexpected(f"{what}: {len(found)} rows, expected one")
    return found[0]


def expect(condition: object, message: str) -> None:
    """Stop the build unless something holds."""
    if not condition:
        raise Unexpected(message)
