"""A small file laid over a dataset for one run: tonight's result, a correction.

It holds tables only, in the format of a dataset. A record of the same identity takes the place of the one below it,
whole; any other is added. Only a council's poll need not repeat what was settled before the poll.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec
from msgspec import structs

from emvote.errors import Problem
from emvote.model.record import Record
from emvote.schema import TABLES, key

SETTLED: Final = (
    *("cycle", "size", "seats_up", "last_election", "last_council", "eve", "eve_up", "published_before"),
    *("sources", "flags"),
)
"""What is known of a council's poll before it is counted."""


def completed(data: Mapping[str, Any], below: Record, file: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """An overlay's data with the header of the dataset below, and what in it is no table."""
    header = {key: value for key, value in _header(below).items() if value is not None}
    found = tuple(
        Problem(file, key, "overlay", repr(data[key]), "an overlay holds tables only; leave it out")
        for key in data
        if key in header
    )
    tables = {key: value for key, value in data.items() if key not in header}
    if isinstance(tables.get("council_polls"), list):
        tables["council_polls"] = [_settled(poll, below) for poll in tables["council_polls"]]
    return {**header, **tables}, found


def _settled(poll: Any, below: Record) -> Any:
    """A council's poll with what it does not say of itself, and the poll that it takes the place of does."""
    if not isinstance(poll, dict):
        return poll
    same = (each for each in below.council_polls if (each.election, each.council) == _named(poll))
    known = next(same, None)
    settled = msgspec.to_builtins(known) if known else {}
    return {**{key: settled[key] for key in SETTLED if settled.get(key) is not None}, **poll}


def _named(poll: Mapping[str, Any]) -> tuple[Any, Any]:
    return poll.get("election"), poll.get("council")


def _header(record: Record) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in dataclasses.fields(record) if field.name not in TABLES}


def laid(below: Record, above: Record) -> Record:
    """The record below with that above laid over it, in the order of the one below."""
    tables: dict[str, Any] = {table: _table(table, below, above) for table in TABLES}
    return dataclasses.replace(below, **tables)


def _table(table: str, below: Record, above: Record) -> tuple[Any, ...]:
    keys = key(TABLES[table])
    records = {tuple(getattr(each, name) for name in keys): each for each in getattr(below, table)}
    if len(records) != len(getattr(below, table)):  # no overlay can say which of two is meant
        return (*getattr(below, table), *getattr(above, table))
    records.update({tuple(getattr(each, name) for name in keys): each for each in getattr(above, table)})
    return tuple(records.values())


def told_apart(problems: Iterable[Problem], whole: Record, above: Record, overlay: str) -> tuple[Problem, ...]:
    """Problems of the whole, each with the file of its record, and its number there.

    The order of the whole is that of the dataset below, so a record that is not the overlay's has its number there.
    """
    return tuple(_told(problem, whole, above, overlay) for problem in problems)


def _told(problem: Problem, whole: Record, above: Record, overlay: str) -> Problem:
    table, _, tail = problem.place.partition("[")
    number, _, rest = tail.partition("]")
    if table in TABLES and number.isdecimal():
        meant = getattr(whole, table)[int(number)]
        own = next((i for i, each in enumerate(getattr(above, table)) if each is meant), None)
        if own is not None:
            return structs.replace(problem, file=overlay, place=f"{table}[{own}]{rest}")
    # by itself the dataset may be right
    return structs.replace(problem, expected=f"{problem.expected} (with '{overlay}' laid over it)")
