"""Rows of the files that others publish: every value with its place, so that what is not as expected is named.

A reader that meets a value that it does not know how to read raises `Unexpected`: `emvote import` sets the rows aside
and says why; the build of the shipped datasets stops, because a person has to look.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from msgspec import Struct

Read = TypeVar("Read")
MOST_DIGITS: Final = 12
"""Of a whole number: there are not that many electors."""


class Unexpected(Exception):
    """A raw value that no reader knows how to read.

    Attributes:
        place: file and line, where one row is at fault.
        why: the message without the place.
    """

    def __init__(self, message: str, *, place: str = "", why: str | None = None) -> None:
        super().__init__(message)
        self.place = place
        self.why = why or message

    @property
    def told(self) -> str:
        """The message with the line, where one row is at fault, but without the file."""
        line = self.place.rpartition(":")[2]
        return f"line {line}{str(self).removeprefix(self.place)}" if line.isdecimal() else str(self)


class Row(Struct, frozen=True):
    """One row of a raw file."""

    place: str
    """File and line, for messages."""
    values: Mapping[str, str]
    line: int = 0
    """Line on which it begins, counted from 1."""
    file: str = ""
    repairs: tuple[str, ...] = ()
    """What was done to values of it before they were read, in sentences."""

    def raw(self, key: str) -> str:
        """The value exactly as in the file."""
        if key not in self.values:
            raise self.unexpected(f"no column {key!r}")
        return self.values[key]

    def text(self, key: str) -> str:
        """The value without the spaces, tabs and no-break spaces around it."""
        return self.raw(key).strip()

    def has(self, key: str) -> bool:
        """Whether there is a value, other than spaces, in a column that there may be."""
        return bool(self.values.get(key, "").strip())

    def whole(self, key: str) -> int:
        """The value as a whole number."""
        text = self.text(key)
        if not text:
            raise self.unexpected(f"{key} is blank, expected a whole number: not known, and not 0")
        if not (text.isascii() and text.isdecimal()):
            raise self.unexpected(f"{key} is {self.raw(key)!r}, expected a whole number")
        if len(text) > MOST_DIGITS:
            raise self.unexpected(f"{key} has {len(text)} digits, expected a number of votes, electors or seats")
        return int(text)

    def number(self, key: str) -> float:
        """The value as a number."""
        try:
            number = float(self.text(key))
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise self.unexpected(f"{key} is {self.raw(key)!r}, expected a number")
        return number

    def seats(self, key: str) -> int:
        """The value as a number of seats; a blank is none."""
        return self.whole(key) if self.text(key) else 0

    def unexpected(self, why: str) -> Unexpected:
        """The error about this row."""
        return Unexpected(f"{self.place}: {why}", place=self.place, why=why)

    def expect(self, condition: object, why: str) -> None:
        """Stop unless something holds of this row."""
        if not condition:
            raise self.unexpected(why)


def each_of(rows: Iterable[Row], read: Callable[[Row], Read]) -> tuple[Read, ...]:
    """What is read from each of several rows; everything that is wrong with them is told at once.

    Raises:
        Unexpected: some cannot be read; of several the message has the place of each.
    """
    found: list[Read] = []
    wrong: dict[str, Unexpected] = {}
    for row in rows:
        try:
            found.append(read(row))
        except Unexpected as error:
            wrong.setdefault(error.why, error)
    if len(wrong) == 1:
        raise next(iter(wrong.values()))
    if wrong:
        raise Unexpected("; ".join(map(str, wrong.values())), why="; ".join(error.told for error in wrong.values()))
    return tuple(found)


def only(rows: Iterable[Row], what: str) -> Row:
    """The one row that there must be."""
    found = list(rows)
    if len(found) != 1:
        raise Unexpected(f"{what}: {len(found)} rows, expected one")
    return found[0]


def expect(condition: object, message: str) -> None:
    """Stop unless something holds."""
    if not condition:
        raise Unexpected(message)
