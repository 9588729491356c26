"""Rows for machines: nested for JSON, flat for CSV, nothing rounded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from emvote.errors import UsageProblem
from emvote.views.columns import Field
from emvote.views.values import IN_MAP, Kind
from emvote.views.view import View

PARTY = "party"
"""Column of a party, where each has a line."""
Path = tuple[str, ...]
"""Keys from the row down to a value."""


class UnknownField(UsageProblem):
    """No field of the answer has that name; near ones are `suggestions`."""

    def __init__(self, message: str, suggestions: tuple[str, ...]) -> None:
        super().__init__(message)
        self.suggestions = suggestions


class FlatColumn(Struct, frozen=True):
    """One column of flat rows."""

    path: Path
    kind: Kind
    absent: int | None = None
    """What a key that is not in its map stands for."""
    aggregate: str | None = None
    """A key beside which it stands for nothing."""


class Flat(Struct, frozen=True):
    """Rows without nesting, their values in the order of the columns."""

    columns: tuple[FlatColumn, ...]
    rows: tuple[tuple[Any, ...], ...]


def find_field(fields: Sequence[Field], name: str, keys: Collection[str] = ()) -> tuple[Field, ...]:
    """The fields on the way to a dotted name, outermost first.

    Raises:
        UnknownField: no field has that name.
    """
    trail: list[Field] = []
    level = fields
    first, *rest = name.split(".")
    for key in (first, *rest):
        if trail and trail[-1].kind in IN_MAP:
            entry = name.split(".", len(trail))[-1]
            if not entry or (keys and entry not in keys):
                raise _unknown(fields, name, [f"{trail[-1].key}.{key}" for key in sorted(keys)])
            return (*trail, _entry(trail[-1], entry))
        found = next((field for field in level if field.key == key), None)
        if found is None:
            raise _unknown(fields, name)
        trail.append(found)
        level = found.fields
    return tuple(trail)


def _entry(field: Field, key: str) -> Field:
    return Field(key, IN_MAP[field.kind], field.doc, null=True, absent=field.absent, aggregate=field.aggregate)


def _unknown(fields: Sequence[Field], name: str, known: Sequence[str] = ()) -> UnknownField:
    from emvote.names import suggestions

    names = tuple(known or _names(fields))
    near = suggestions(name, names)
    hint = f"did you mean {' or '.join(repr(other) for other in near)}?" if near else f"there are {', '.join(names)}"
    return UnknownField(f"no field called {name!r}; {hint}", near)


def _names(fields: Iterable[Field], prefix: str = "") -> Iterator[str]:
    for field in fields:
        yield prefix + field.key
        yield from _names(field.fields, f"{prefix}{field.key}.")


def nested(view: View, columns: tuple[str, ...]) -> tuple[Mapping[str, Any], ...]:
    """The rows as records of the fields named, or all."""
    if not columns:
        keys = [field.key for field in view.fields]
        return tuple([row if [*row] == keys else {key: row[key] for key in keys} for row in view.rows])
    trails = [find_field(view.fields, name) for name in columns]
    tree = _tree(tuple(field.key for field in trail) for trail in trails)
    return tuple(_prune(_filled(row, trails), tree) for row in view.rows)


def _filled(row: Mapping[str, Any], trails: Iterable[tuple[Field, ...]]) -> Mapping[str, Any]:
    """The row with the absent keys of maps that were asked for."""
    for trail in trails:
        entries = row.get(trail[0].key)
        if len(trail) > 1 and entries and trail[-1].absent_in(entries) is not None:
            row = {**row, trail[0].key: {trail[-1].key: trail[-1].absent, **entries}}
    return row


Tree = dict[str, "Tree"]
"""Keys to keep, and what to keep below them; an empty tree keeps everything."""


def _tree(paths: Iterable[Path]) -> Tree:
    whole: Tree = {}
    entire: set[Path] = set()
    for path in paths:
        node = whole
        for depth, key in enumerate(path, start=1):
            if path[:depth] in entire:
                break
            node = node.setdefault(key, {})
        else:
            entire.add(path)
            node.clear()
    return whole


def _prune(value: Any, tree: Tree) -> Any:
    if not tree or value is None:
        return value
    if isinstance(value, Mapping):
        return {key: _prune(value.get(key), below) for key, below in tree.items()}
    return [_prune(item, tree) for item in value]


def lists(view: View) -> tuple[Field, ...]:
    """The fields that hold lists of records."""
    return tuple(field for field in view.fields if field.kind is Kind.RECORDS)


def flatten(view: View, columns: tuple[str, ...] = (), *, long: bool = False) -> Flat:
    """The rows without nesting: a column for each key or field.

    Lists of records are left out; with `long` there is a line for each record of one of them (the named one, else the
    first that is not empty everywhere), the rest of its row repeated, and one line where the list is empty.
    """
    if long and by_party(view, columns):
        return _by_party(view, columns)
    spread = _spread(view, columns) if long else None
    rows = tuple(_lengthen(view.rows, spread)) if spread else view.rows
    if columns:
        wanted = [find_field(view.fields, name) for name in columns]
    else:
        wanted = [(field,) for field in view.fields if field.kind is not Kind.RECORDS or field is spread]
    every = [column for trail in wanted for column in _columns(trail, rows, spread, view.keys)]
    flat = tuple(dict.fromkeys(every))
    return Flat(
        flat, tuple(tuple(at(row, column.path, column.absent, column.aggregate) for column in flat) for row in rows)
    )


def by_party(view: View, columns: tuple[str, ...] = ()) -> tuple[Field, ...]:
    """The maps that `long` gives a line a party, where no list of records has one; none where only a part is named."""
    fields = {field.key: field for field in view.fields}
    if lists(view) or PARTY in fields or not fields.keys() >= set(columns):
        return ()
    return tuple(field for key in columns or fields if (field := fields[key]).kind in IN_MAP)


def _by_party(view: View, columns: tuple[str, ...]) -> Flat:
    """A line a row and party, with the same columns whichever parties there are."""
    maps = by_party(view, columns)
    fields = {field.key: field for field in view.fields}
    others = [fields[key] for key in columns or fields if fields[key].kind not in IN_MAP]
    flat = [column for field in others for column in _columns((field,), view.rows, None, view.keys)]
    parts = [FlatColumn((field.key,), IN_MAP[field.kind]) for field in maps]
    rows = []
    for row in view.rows:
        same = [at(row, column.path, column.absent, column.aggregate) for column in flat]
        for party in list(dict.fromkeys(key for field in maps for key in row[field.key] or ())) or [None]:
            values = [party and at(row, (field.key, party), field.absent, field.aggregate) for field in maps]
            rows.append((*same, party, *values))
    return Flat((*flat, FlatColumn((PARTY,), Kind.PARTY), *parts), tuple(rows))


def _spread(view: View, columns: tuple[str, ...]) -> Field | None:
    candidates = lists(view)
    if columns:
        named = {name.split(".")[0] for name in columns}
        candidates = tuple(field for field in candidates if field.key in named) or candidates
    full = (field for field in candidates if any(row[field.key] for row in view.rows))
    return next(full, candidates[0] if candidates else None)


def _lengthen(rows: Iterable[Mapping[str, Any]], field: Field) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        for element in row[field.key] or (None,):
            yield {**row, field.key: element}


def _columns(
    trail: tuple[Field, ...],
    rows: Sequence[Mapping[str, Any]],
    spread: Field | None,
    keys: Mapping[str, tuple[str, ...]],
) -> Iterator[FlatColumn]:
    """The flat columns below the last field of a trail."""
    field = trail[-1]
    path = tuple(step.key for step in trail)
    stuck = next((step for step in trail if step.kind is Kind.RECORDS and step is not spread), None)
    if stuck:
        raise UsageProblem(f"{stuck.key!r} is a list of records: add --long for a line each, or ask for --json")
    if field.kind in IN_MAP:
        every = keys.get(field.key) or _keys(rows, path)
        yield from (FlatColumn((*path, key), IN_MAP[field.kind], field.absent, field.aggregate) for key in every)
    elif field.kind in (Kind.RECORD, Kind.RECORDS):
        inner = (each for each in field.fields if each.kind is not Kind.RECORDS)
        for each in inner:
            yield from _columns((*trail, each), rows, spread, keys)
    else:
        yield FlatColumn(path, field.kind, field.absent, field.aggregate)


def _keys(rows: Iterable[Mapping[str, Any]], path: Path) -> Iterable[str]:
    seen: dict[str, None] = {}
    for row in rows:
        seen.update(dict.fromkeys(at(row, path) or ()))
    return seen


def at(row: Any, path: Path, absent: int | None = None, aggregate: str | None = None) -> Any:
    """The value at the end of a path; `absent` without its key.

    Beside a `aggregate` the last is unknown too.
    """
    *way, last = path
    for key in way:
        row = row.get(key) if isinstance(row, Mapping) else None
    if not isinstance(row, Mapping) or not row:  # an empty map says nothing of anything
        return None
    return row.get(last, None if aggregate in row else absent)
