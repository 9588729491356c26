"""Fields of records and columns of tables: what each is, and where it is found in what an answer holds of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property, partial
from operator import attrgetter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from emvote.views.values import Kind, PartyLabel

Of = str | Callable[[Any], Any]
"""Where a value is found in a thing: a path of attributes (`winner.party`), or a function of the thing."""
EVERY_KEY = "*"
"""Key of the one field of a record that stands for a map: every key has a record of that field's fields."""


class Field(Struct, frozen=True, dict=True):
    """One field of a machine-readable record."""

    key: str
    kind: Kind
    doc: str
    """Meaning, unit, sign, and what null means: it becomes the description in the JSON Schema and the reference."""
    null: bool = False
    """Whether the value may be null: unknown, or not applicable as `doc` says."""
    fields: tuple[Field, ...] = ()
    """Fields of a `RECORD` or of each of `RECORDS`."""
    choices: tuple[str, ...] = ()
    """The only values that a text may take."""
    absent: int | None = None
    """What a key that is not in a map stands for: 0 where a party that is not named has none; `None`: not known."""
    aggregate: str | None = None
    """A key beside which it stands for nothing: what is not named may be in this one."""
    of: Of = ""
    """Where the value is found in what an answer holds of the row; absent: the attribute called as the key."""

    @cached_property
    def read(self) -> Callable[[Any], Any]:
        """Takes the value from a thing, as plain data: dates as text, tuples as lists, things as records."""
        get, shape = reader(self.of or self.key), _SHAPES.get(self.kind)
        if self.kind in (Kind.RECORD, Kind.RECORDS):
            shape = partial(_record_or_map if self.kind is Kind.RECORD else _records, self.fields)
        if shape is None:
            return get

        def shaped(thing: Any) -> Any:
            value = get(thing)
            return value if value is None else shape(value)

        return shaped

    def absent_in(self, entries: Mapping[str, Any]) -> int | None:
        """What a key that is not in these entries stands for."""
        return None if self.aggregate in entries else self.absent


def reader(of: Of) -> Callable[[Any], Any]:
    """Return the function that takes a value from a thing.

    A path of attributes ends at the first that is `None`: the runner-up's party, where there is no runner-up.

    >>> reader("year.real")(date(2019, 12, 12)), reader(str)(1)
    (2019, '1')
    """
    if not isinstance(of, str):
        return of
    if "." not in of:
        return attrgetter(of)
    path = of.split(".")

    def read(thing: Any) -> Any:
        for name in path:
            if thing is None:
                return None
            thing = getattr(thing, name)
        return thing

    return read


def _records(fields: tuple[Field, ...], things: Iterable[Any]) -> list[dict[str, Any]]:
    return list(records_of(fields, things))


def _record_or_map(fields: tuple[Field, ...], thing: Any) -> dict[str, Any]:
    """Return a record, or where its one field is called `*` a record for each key of a map."""
    if fields[0].key != EVERY_KEY:
        return record_of(fields, thing)
    return {key: record_of(fields[0].fields, each) for key, each in thing.items()}


_SHAPES: dict[Kind, Callable[[Any], Any]] = {
    Kind.DATE: lambda value: value.isoformat() if isinstance(value, date) else value,
    Kind.COUNTS: dict,
    Kind.CHANGES: dict,
    Kind.TEXTS: list,
}


def records_of(fields: Iterable[Field], things: Iterable[object], **same: Any) -> tuple[dict[str, Any], ...]:
    """Return the records of some things, by where each field finds its value.

    Args:
        fields: in their order.
        things: what the answer holds, in the order of the rows.
        same: values of fields that are the same in every record, and in none of the things.
    """
    columns = [(field.key, _constant(same[field.key]) if field.key in same else field.read) for field in fields]
    return tuple([{key: read(thing) for key, read in columns} for thing in things])


def _constant(value: Any) -> Callable[[Any], Any]:
    return lambda _: value


def record_of(fields: Iterable[Field], thing: object, **same: Any) -> dict[str, Any]:
    """Return the record of one thing: see `records_of`."""
    return records_of(fields, (thing,), **same)[0]


def part(name: str, fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return fields that find their values in a part of the thing: those of a swing in `swing`."""
    return tuple([replace(field, of=_within(name, field.of or field.key)) for field in fields])


def _within(name: str, of: Of) -> Of:
    if isinstance(of, str):
        return f"{name}.{of}"
    get = reader(name)
    return lambda thing: of(get(thing))


class Column(Struct, frozen=True):
    """One column of a table for people."""

    label: str
    kind: Kind
    of: Of = ""
    """Where the cell is found in what an answer holds of the row; absent: the table brings its own cells."""
    priority: int = 0
    """0: always shown. Above: the highest goes first where a terminal is too narrow."""
    field: str = ""
    """Path of the field that the heading stands for, where `of` does not tell."""


class Table(Struct, frozen=True):
    """A table for people: raw values, in the order of its columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    title: str | None = None
    rules: frozenset[int] = frozenset()
    """Indexes of rows above which a rule is drawn: a boundary change, say."""
    narrow: Table | None = None
    """The same rows where a terminal has no room for every party: they share a cell."""


def table_of(
    columns: Iterable[Column],
    things: Iterable[object],
    label: Callable[[str], PartyLabel | None] | None = None,
    *,
    title: str | None = None,
    rules: frozenset[int] = frozenset(),
) -> Table:
    """Return a table with a row for each thing, by where each column finds its cells.

    Args:
        columns: in their order.
        things: what the answer holds, in the order of the rows.
        label: a party as people see it, by the id that a column of parties finds; absent: no column has any.
        title: of the table.
        rules: indexes of rows above which a rule is drawn.
    """
    columns = tuple(columns)
    read = [_cell(column, label) for column in columns]
    return Table(columns, tuple([tuple([cell(thing) for cell in read]) for thing in things]), title, rules)


def _cell(column: Column, label: Callable[[str], PartyLabel | None] | None) -> Callable[[Any], Any]:
    """Return what takes a cell from a thing: dates as text, parties by their labels, an empty one as it is."""
    get = reader(column.of)
    shape: Callable[[Any], Any] | None = {Kind.PARTY: label, Kind.DATE: _SHAPES[Kind.DATE]}.get(column.kind)
    if shape is None:
        return get

    def cell(thing: Any) -> Any:
        found = get(thing)
        return shape(found) if found and isinstance(found, (str, date)) else found

    return cell


def between(groups: Iterable[object]) -> frozenset[int]:
    """Return the indexes of rows of another group than the row above.

    >>> sorted(between("aabbc"))
    [2, 4]
    """
    kept = tuple(groups)
    return frozenset(index for index in range(1, len(kept)) if kept[index] != kept[index - 1])


def in_groups(columns: tuple[Column, ...], groups: Iterable[Iterable[tuple[Any, ...]]]) -> Table:
    """A table of groups of rows, with a rule between one and the next."""
    rows: list[tuple[Any, ...]] = []
    starts = set()
    for group in groups:
        starts.add(len(rows))
        rows.extend(group)
    return Table(columns, tuple(rows), rules=frozenset(starts - {0}))
