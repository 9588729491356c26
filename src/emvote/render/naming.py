"""Fields as people name them: by key, heading or party."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from emvote.errors import NameProblem, UsageProblem
from emvote.render.records import UnknownField, find_field
from emvote.views.columns import Column, Field, Table
from emvote.views.values import IN_MAP, Kind

if TYPE_CHECKING:
    from emvote.views.view import View

UNITS: Final = ("_pct", "_votes", "_pp")
"""Endings of fields that nobody types: `turnout` is `turnout_pct`."""
FIRST_MAP: Final = "seats_won"
"""The map that a party alone means, where an answer has several."""
SEVERAL: Final = frozenset({*IN_MAP, Kind.RECORD, Kind.RECORDS})
"""Kinds that hold several values."""


def understood(view: View, typed: str) -> str:
    """The path of a field as typed: `turnout` is `turnout_pct`.

    Raises:
        UnknownField: none is meant, or several are; they are in its suggestions.
    """
    try:
        trail = find_field(view.fields, typed, view.key_names)
    except UnknownField:
        if typed.startswith("-"):
            raise
        for paths in _meanings(view, typed):
            if len(paths) == 1:
                return paths[0]
            if paths:
                raise _several(typed, paths) from None
        raise
    in_map = len(trail) > 1 and trail[-2].kind in IN_MAP
    return next(iter(_of_party(view, typed)), typed) if in_map else typed


def sort_paths(view: View, typed: str) -> tuple[str, ...]:
    """The paths of the values to sort by, as typed with commas between them.

    Raises:
        UsageProblem: one of them is no field, or holds several values.
    """
    names = [name.strip() for name in typed.split(",")]
    if not all(names):
        raise UsageProblem(f"--sort takes field names with commas between them, got {typed!r}")
    return tuple(_sortable(view, understood(view, name)) for name in names)


def _sortable(view: View, path: str) -> str:
    """The path of the one value that a field is sorted by.

    Raises:
        UsageProblem: it holds several, and none of them goes first.
    """
    trail = find_field(view.fields, path, view.key_names)
    if trail[-1].kind not in SEVERAL:
        return path
    numbers = [field.key for field in trail[-1].fields if field.kind is Kind.PP] if len(trail) == 1 else []
    if trail[-1].kind is Kind.RECORD and numbers:  # a swing, whose first is Butler's
        return f"{path}.{numbers[0]}"
    raise UsageProblem(f"cannot sort by {path!r}: it holds several values; name one of them, as in {path}.NAME")


def _meanings(view: View, typed: str) -> Iterator[tuple[str, ...]]:
    """The paths that a word may mean, likeliest reading first."""
    every = [*_paths(view.fields)]
    key = _folded(typed)
    yield tuple(path for path in every if path.casefold() == key)
    yield _headed(view, typed)
    yield tuple(path for unit in UNITS for path in every if path.casefold() == f"{key}{unit}")
    yield _of_party(view, typed)


def _folded(typed: str) -> str:
    return "_".join(typed.casefold().replace("-", " ").split())


def _paths(fields: Iterable[Field], before: str = "") -> Iterator[str]:
    for field in fields:
        yield f"{before}{field.key}"
        if field.kind is Kind.RECORD:
            yield from _paths(field.fields, f"{before}{field.key}.")


def _headed(view: View, typed: str) -> tuple[str, ...]:
    """The fields below a heading of the table for people."""
    table = view.layout.table
    if table is None:
        return ()
    wanted = " ".join(typed.casefold().split())
    pairs = zip(table.columns, _shown(view), strict=True)
    return tuple(dict.fromkeys(path for column, path in pairs if path and column.label.casefold() == wanted))


def _shown(view: View) -> tuple[str | None, ...]:
    """The path of the field in each column, if just one."""
    places = {field.key: field.key for field in view.fields}
    places |= {of: path for path, of in reversed([*_places(view.fields)])}
    table = view.layout.table
    return tuple(column.field or _place(column, places) for column in table.columns) if table else ()


def _place(column: Column, places: dict[str, str]) -> str | None:
    """The path of the field that a column shows."""
    if not isinstance(column.of, str) or not column.of:
        return places.get(_folded(column.label))
    return places.get(column.of) or places.get(column.of.rpartition(".")[2])


def _places(fields: Sequence[Field], before: str = "", within: str = "") -> Iterator[tuple[str, str]]:
    """Each path with where an answer has its value."""
    for field in fields:
        of = field.of or field.key
        if isinstance(of, str):
            yield f"{before}{field.key}", f"{within}{of}"
            if field.kind is Kind.RECORD:
                yield from _places(field.fields, f"{before}{field.key}.", f"{within}{of}.")


def _of_party(view: View, typed: str) -> tuple[str, ...]:
    """A party's part of the maps: `Labour`, `seats_net.Labour`."""
    if view.party_id is None:
        return ()
    start, dot, name = typed.rpartition(".")
    maps = [field.key for field in view.fields if field.kind in IN_MAP and (not dot or field.key == _folded(start))]
    try:
        party = view.party_id(name) if maps else ""
    except NameProblem:
        return ()
    first = [FIRST_MAP] if FIRST_MAP in maps else maps
    return tuple(f"{path}.{party}" for path in first)


def _several(typed: str, paths: Sequence[str]) -> UnknownField:
    named = " or ".join(map(repr, paths))
    return UnknownField(f"{typed!r} may be several fields: {named}; name one", tuple(paths))


def with_sorted(view: View, table: Table, paths: Sequence[str]) -> Table:
    """The table with the column that it is sorted by, never hidden."""
    shown = _shown(view)
    columns = [replace(c, priority=0) if path in paths else c for c, path in zip(table.columns, shown, strict=True)]
    rows = table.rows
    for path in paths:
        if path not in shown:
            trail = find_field(view.fields, path, view.key_names)
            columns.append(Column(_heading(view, trail), trail[-1].kind, field=path))
            rows = tuple((*cells, _cell(view, row, trail)) for cells, row in zip(rows, view.rows, strict=True))
    return replace(table, columns=tuple(columns), rows=rows)


def _heading(view: View, trail: Sequence[Field]) -> str:
    """Heading of a field that the table lacks: `Turnout ballot %`."""
    *above, last = trail
    label = view.label and view.label(last.key) if above and above[-1].kind in IN_MAP else None
    name = label.text if label else last.key
    for unit in UNITS:
        name = name.removesuffix(unit)
    words = [name.replace("_", " "), *(field.key for field in above if field.kind is Kind.RECORD)]
    heading = " ".join([*words, *(["%"] if last.kind is Kind.PCT else [])])
    return heading[:1].upper() + heading[1:]


def _cell(view: View, row: Any, trail: Sequence[Field]) -> Any:
    from emvote.render.records import at

    value = at(row, tuple(field.key for field in trail), trail[-1].absent, trail[-1].aggregate)
    if trail[-1].kind is Kind.PARTY and isinstance(value, str) and view.label:
        return view.label(value) or value
    return value
