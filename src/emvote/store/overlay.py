"""A small file laid over a dataset for one run: tonight's result, a correction.

It holds tables only, in the format of a dataset. A record of the same identity takes the place of the one below it,
whole; any other is added.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Final

from emvote.errors import Problem
from emvote.model import Record

IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {
    "sources": ("id",),
    "parties": ("id",),
    "elections": ("id",),
    "seats": ("id",),
    "contests": ("election", "seat"),
    "councils": ("id",),
    "council_polls": ("election", "council"),
    "mayoralties": ("id",),
    "mayor_contests": ("election", "mayoralty"),
    "hex_maps": ("id",),
    "governments": ("election",),
    "wards": ("election", "council", "ward", "by_election"),
}
"""Table to the keys that tell which record is meant."""


def completed(data: Mapping[str, Any], below: Record, file: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """An overlay's data with the header of the dataset below, and what in it is no table."""
    header = {key: value for key, value in _header(below).items() if value is not None}
    found = tuple(
        Problem(file, key, "overlay", repr(data[key]), "an overlay holds tables only; leave it out")
        for key in data
        if key in header
    )
    return {**header, **{key: value for key, value in data.items() if key not in header}}, found


def _header(record: Record) -> dict[str, Any]:
    return {
        field.name: getattr(record, field.name) for field in dataclasses.fields(record) if field.name not in IDENTITY
    }


def laid(below: Record, above: Record) -> Record:
    """The record below with that above laid over it, in the order of the one below."""
    tables: dict[str, Any] = {table: _table(table, below, above) for table in IDENTITY}
    return dataclasses.replace(below, **tables)


def _table(table: str, below: Record, above: Record) -> tuple[Any, ...]:
    keys = IDENTITY[table]
    records = {tuple(getattr(each, key) for key in keys): each for each in getattr(below, table)}
    if len(records) != len(getattr(below, table)):  # no overlay can say which of two is meant
        return (*getattr(below, table), *getattr(above, table))
    records.update({tuple(getattr(each, key) for key in keys): each for each in getattr(above, table)})
    return tuple(records.values())
