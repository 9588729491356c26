"""What the machine formats share: the selected fields of the rows, nested for JSON, flat for CSV; nothing rounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from emvote.errors import UsageProblem
from emvote.views.view import Field, Kind, View

Path = tuple[str, ...]
"""Keys from the row down to a value."""

MAPS = frozenset({Kind.COUNTS, Kind.CHANGES})
IN_MAP = {Kind.COUNTS: Kind.COUNT, Kind.CHANGES: Kind.CHANGE}


class UnknownField(UsageProblem):
    """A field was named that the answer does not have; near names are in `suggestions`."""

    def __init__(self, message: str, suggestions: tuple[str, ...]) -> None:
        super().__init__(message)
        self.suggestions = suggestions


class FlatColumn(NamedTuple):
    """One column of flat rows."""

    path: Path
    kind: Kind


class Flat(NamedTuple):
    """Rows without nesting, their values in the order of the columns."""

    columns: tuple[FlatColumn, ...]
    rows: tuple[tuple[Any, ...], ...]


def find_field(fields: Sequence[Field], name: str) -> tuple[Field, ...]:
    """The fields on the way to a dotted name, outermost first; below a map any key is a name.

    Raises:
        UnknownField: no field has that name.
    """
    trail: list[Field] = []
    level = fields
    first, *rest = name.split(".")
    for key in (first, *rest):
        if trail and trail[-1].kind in MAPS:
            return (*trail, _entry(trail[-1], name.split(".", len(trail))[-1]))
        found = next((field for field in level if field.key == key), None)
        if found is None:
            raise _unknown(fields, name)
        trail.append(found)
        level = found.fields
    return tuple(trail)


def _entry(field: Field, key: str) -> Field:
    return Field(key, IN_MAP[field.kind], field.doc, null=True)


def _unknown(fields: Sequence[Field], name: str) -> UnknownField:
    from emvote.names import suggestions

    names = tuple(_names(fields))
    near = suggestions(name, names)
    hint = f"did you mean {' or '.join(repr(each) for each in near)}?" if near else f"there are {', '.join(names)}"
    return UnknownField(f"no field called {name!r}; {hint}", near)


def _names(fields: Iterable[Field], prefix: str = "") -> Iterator[str]:
    for field in fields:
        yield prefix + field.key
        yield from _names(field.fields, f"{prefix}{field.key}.")


def nested(view: View, columns: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    """The rows as records of exactly the view's fields, or of the named ones, in that order."""
    if not columns:
        return tuple({field.key: row[field.key] for field in view.fields} for row in view.rows)
    tree = _tree(tuple(field.key for field in find_field(view.fields, name)) for name in columns)
    return tuple(_prune(row, tree) for row in view.rows)


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
    return [_prune(each, tree) for each in value]


def lists(view: View) -> tuple[Field, ...]:
    """The fields that hold lists of records."""
    return tuple(field for field in view.fields if field.kind is Kind.RECORDS)


def flatten(view: View, columns: tuple[str, ...] = (), *, long: bool = False) -> Flat:
    """The rows without nesting: a map has a column a key, a record a column a field, texts stay lists.

    Lists of records are left out; with `long` there is a line for each record of one of them (the named one, else the
    first that is not empty everywhere), the rest of its row repeated, and one line where the list is empty.
    """
    spread = _spread(view, columns) if long else None
    rows = tuple(_lengthen(view.rows, spread)) if spread else view.rows
    if columns:
        wanted = [find_field(view.fields, name) for name in columns]
    else:
        wanted = [(field,) for field in view.fields if field.kind is not Kind.RECORDS or field is spread]
    every = [column for trail in wanted for column in _columns(trail, rows, spread)]
    flat = tuple(dict.fromkeys(every))
    return Flat(flat, tuple(tuple(at(row, column.path) for column in flat) for row in rows))


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


def _columns(trail: tuple[Field, ...], rows: Sequence[Mapping[str, Any]], spread: Field | None) -> Iterator[FlatColumn]:
    """The flat columns below the last field of a trail; a list of records has them only where it was spread."""
    field = trail[-1]
    path = tuple(each.key for each in trail)
    stuck = next((each for each in trail if each.kind is Kind.RECORDS and each is not spread), None)
    if stuck:
        raise UsageProblem(f"{stuck.key!r} is a list of records: add --long for a line each, or ask for --json")
    if field.kind in MAPS:
        yield from (FlatColumn((*path, key), IN_MAP[field.kind]) for key in _keys(rows, path))
    elif field.kind in (Kind.RECORD, Kind.RECORDS):
        inner = (each for each in field.fields if each.kind is not Kind.RECORDS)
        for each in inner:
            yield from _columns((*trail, each), rows, spread)
    else:
        yield FlatColumn(path, field.kind)


def _keys(rows: Iterable[Mapping[str, Any]], path: Path) -> Iterable[str]:
    seen: dict[str, None] = {}
    for row in rows:
        seen.update(dict.fromkeys(at(row, path) or ()))
    return seen


def at(row: Any, path: Path) -> Any:
    """The value at the end of a path; None where any part is absent."""
    for key in path:
        row = row.get(key) if isinstance(row, Mapping) else None
    return row
