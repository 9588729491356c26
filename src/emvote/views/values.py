"""Values as answers show them: raw, with their kind, so that only a renderer rounds and writes them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from msgspec import Struct


class Kind(StrEnum):
    """What a value is: decides its JSON Schema, its alignment and how a renderer for people writes it."""

    TEXT = "text"
    NAME = "name"
    """A name of a person, place or thing: never cut, never folded inside a word."""
    COUNT = "count"
    """Whole number of votes, seats, people: thousands separated for people."""
    YEAR = "year"
    """A year: no thousands separator."""
    CHANGE = "change"
    """Signed whole number: `+5`, `-7`, `0`."""
    PCT = "pct"
    """0–100, one decimal for people, with a per cent sign."""
    PP = "pp"
    """Signed percentage points, one decimal for people."""
    POINTS = "points"
    """Only in sentences and tables: percentage points without a sign, one decimal; the words tell the direction."""
    PP2 = "pp2"
    """Percentage points with two decimals for people: target lists."""
    NUMBER = "number"
    """A plain number, two decimals for people: indices."""
    DATE = "date"
    """ISO 8601 text, possibly of reduced precision (`2018-05`)."""
    BOOL = "bool"
    PARTY = "party"
    """A party id; in tables and sentences a `PartyLabel`."""
    COUNTS = "counts"
    """Map of party id to number or null."""
    CHANGES = "changes"
    """Map of party id to signed number or null."""
    PCTS = "pcts"
    """Map of party id to per cent or null."""
    PPS = "pps"
    """Map of party id to percentage points or null."""
    TEXTS = "texts"
    """List of short texts."""
    RECORD = "record"
    """A nested record with `fields`."""
    RECORDS = "records"
    """A list of nested records with `fields`: left out of CSV unless asked for."""
    ANY = "any"
    """A number, a text, true or false, or a list of texts: whatever an article states."""
    SEATS = "seats"
    """Only in tables: a `SeatsChange`, written `20 (-7)`."""
    SEAT_BAR = "seat bar"
    """Only in tables, and drawn on a terminal only: a `SeatBar`."""
    SHARE_BAR = "share bar"
    """Likewise: a `ShareBar`."""


IN_MAP: Final = {Kind.COUNTS: Kind.COUNT, Kind.CHANGES: Kind.CHANGE, Kind.PCTS: Kind.PCT, Kind.PPS: Kind.PP}
"""Kinds of maps, with that of their values."""


class PartyLabel(Struct, frozen=True):
    """A party as people see it: text always, colour where the output has any."""

    id: str
    text: str
    colour: str | None = None


class SeatsChange(Struct, frozen=True):
    """Seats now, with the change from the baseline; either may be unknown."""

    seats: int | None
    change: int | None


class Value(Struct, frozen=True):
    """A raw value inside a sentence, or in a cell of another kind than its column's, written as its own kind says."""

    value: Any
    kind: Kind
    places: int | None = None
    """Decimals in place of those of its kind, for a number that was published with others."""


Sentence = tuple[str | Value | PartyLabel, ...]
"""Text with raw values in it; a renderer joins it."""
