"""The one shape between queries and renderers.

A `View` holds an answer twice. `rows` are the records that machine formats print in full, described by `fields`; its
`layout` arranges the same rows for people, in the same order, with raw values that only a renderer turns into text. So
JSON, CSV and tables always come from the same object, and rounding happens once, at the end. The layout and the
workings are made when somebody looks at them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property, partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, overload

from msgspec import Struct, field
from msgspec.structs import replace

if TYPE_CHECKING:
    from emvote.queries.declared import Declared
    from emvote.views.picture import Picture, Report, Sketch


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
    lump: str | None = None
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
        return None if self.lump in entries else self.absent


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


class Column(Struct, frozen=True):
    """One column of a table for people."""

    label: str
    kind: Kind
    of: Of = ""
    """Where the cell is found in what an answer holds of the row; absent: the table brings its own cells."""
    priority: int = 0
    """0: always shown. Above: the highest goes first where a terminal is too narrow."""


class Table(Struct, frozen=True):
    """A table for people: raw values, in the order of its columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    title: str | None = None
    rules: frozenset[int] = frozenset()
    """Indexes of rows above which a rule is drawn: a boundary change, say."""


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


class Explanation(Struct, frozen=True):
    """The working of one figure."""

    name: str
    formula: str
    """In words and symbols, with the names of the inputs."""
    inputs: tuple[tuple[str, Value], ...]
    result: Value
    rule: str = ""
    """Where the rule comes from."""
    row: int | None = None
    """Which row of the view it belongs to; `None`: the whole answer. One whose row is not shown is not either."""
    rows: int = 1
    """How many rows from that on it belongs to, as that of a ward to each of its candidates."""


def by_row(workings: Iterable[Iterable[Explanation]]) -> Iterator[Explanation]:
    """The workings of the rows of a view, given row by row."""
    for index, own in enumerate(workings):
        for working in own:
            yield replace(working, row=index)


def by_group(workings: Iterable[tuple[int, Iterable[Explanation]]]) -> Iterator[Explanation]:
    """The workings of so many rows of a view each, in the order of the rows."""
    row = 0
    for number, own in workings:
        for working in own:
            yield replace(working, row=row, rows=number)
        row += number


class Workings(Sequence[Explanation]):
    """Workings that are made when somebody looks at them: most answers are never asked for theirs."""

    def __init__(self, make: Callable[[], Iterable[Explanation]]) -> None:
        self._make = make
        self._made: tuple[Explanation, ...] | None = None

    def _all(self) -> tuple[Explanation, ...]:
        if self._made is None:
            self._made = tuple(self._make())
        return self._made

    @overload
    def __getitem__(self, index: int) -> Explanation: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Explanation]: ...
    def __getitem__(self, index: int | slice) -> Explanation | Sequence[Explanation]:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())


class Layout(Struct, frozen=True, kw_only=True):
    """An answer as people see it."""

    headline: tuple[Sentence, ...] = ()
    """Sentences above the table."""
    sketch: Sketch | None = None
    """A line of history, below the headline on a terminal."""
    picture: Picture | None = None
    """A map, between headline and table."""
    table: Table | None = None
    """The rows as people see them, one for one and in the same order; absent: the fields themselves are the columns."""
    more: tuple[Table, ...] = ()
    """Further tables below."""
    closing: tuple[Sentence, ...] = ()
    """Sentences under the table that can be quoted."""
    brief: tuple[str, ...] | None = None
    """What people see in place of many notes, unless they ask for the working; absent: all notes."""


class View(Struct, frozen=True, kw_only=True, dict=True):
    """An answer, ready for any renderer."""

    command: str
    query: Mapping[str, Any]
    """The question as understood: ids in place of names, only what was asked or decided."""
    fields: tuple[Field, ...]
    rows: tuple[Mapping[str, Any], ...]
    baseline: Mapping[str, Any] | None = None
    summary: Mapping[str, Any] | None = None
    summary_fields: tuple[Field, ...] = ()
    laid_out: Callable[[], Layout] = Layout
    """Makes `layout`, which a machine format never looks at."""
    report: Report | None = None
    """A document of many answers, in the formats that can hold one."""
    sentence: Sentence | None = None
    """The answer in one sentence, where it was asked for: see `emvote.views.sentences`."""
    notes: tuple[str, ...] = ()
    sources: tuple[Mapping[str, Any], ...] = ()
    """Citations of the figures shown: id, title, publisher, licence, url."""
    explanations: Sequence[Explanation] = ()
    declared: Declared | None = None
    """How many of the places that it is about have declared, and which are in none of its figures yet.

    `None`: it is about nothing that is declared.
    """
    empty: str = "nothing matches"
    """What to say on stderr when there are no rows."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field to the keys of its maps, in order, whichever rows are shown: so flat rows always have the same columns."""
    key_names: frozenset[str] = frozenset()
    """Keys that may be asked for below a map; empty: any."""
    dataset: Mapping[str, Any] = field(default_factory=dict)
    """Title, version and sha256 of the dataset."""
    label: Callable[[str], PartyLabel | None] | None = None
    """A party as people see it, by its id, where fields themselves are shown to them; absent: ids stay ids."""

    @cached_property
    def layout(self) -> Layout:
        """The answer as people see it, made when it is first looked at."""
        return self.laid_out()
