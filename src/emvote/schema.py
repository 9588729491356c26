"""What the model says of itself: its tables, keys, references and docs, walked from its classes.

Nothing here names a field of the model but `KEYS`, which says what tells the rows of a table apart.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import types
import typing
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, Final, NamedTuple

from emvote.model import (
    Composition,
    Contest,
    CouncilAdministration,
    CouncilPoll,
    Government,
    Hexagon,
    MayorContest,
    WardContest,
    WardCouncillors,
)
from emvote.model.record import Record


class Attribute(NamedTuple):
    """One field of a class of the model."""

    name: str
    hint: Any
    """Type of what it holds, `| None` taken off."""
    type: Any
    """Class of its value, of each in its list, or of each in its map."""
    holds: type | None
    """`tuple` for a list, `Mapping` for a map of ids to numbers; `None`: it holds one value."""
    table: str
    """Table whose rows its ids name: those of its value, its list, or the keys of its map; empty: it has none."""
    beside: tuple[str, ...]
    """Words that may stand in the place of such an id."""
    default: Any
    """`dataclasses.MISSING`: it has to be given."""
    is_part: bool
    """Whether it holds other things of the model."""


class Pointer(NamedTuple):
    """An id that names a row of a table."""

    place: str
    """Path of its key."""
    table: str
    id: str


@cache
def fields(cls: type) -> Mapping[str, Attribute]:
    """The fields of a dataclass by name, in their order."""
    hints = typing.get_type_hints(cls, include_extras=True)
    return {field.name: _field(field, hints[field.name]) for field in dataclasses.fields(cls)}


def _field(field: dataclasses.Field[Any], hint: Any) -> Attribute:
    whole = hint = _without_none(hint)
    holds = typing.get_origin(hint)
    if holds not in (tuple, Mapping):
        holds, key = None, hint
    else:
        key, hint = typing.get_args(hint)[0], typing.get_args(hint)[1 if holds is Mapping else 0]
    table, *beside = getattr(key, "__metadata__", ("",))
    made = field.default_factory
    default = field.default if made is dataclasses.MISSING else made()
    cls = getattr(hint, "__origin__", hint)
    return Attribute(field.name, whole, cls, holds, table, tuple(beside), default, dataclasses.is_dataclass(cls))


def _without_none(hint: Any) -> Any:
    """A type with `| None` taken off."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return next(arg for arg in typing.get_args(hint) if arg is not types.NoneType)
    return hint


TABLES: Final[Mapping[str, type]] = {field.name: field.type for field in fields(Record).values() if field.is_part}
"""Tables of a record with the classes of their rows."""
KEYS: Final[Mapping[type, tuple[str, ...]]] = {
    Contest: ("election", "seat"),
    Composition: ("year",),
    CouncilPoll: ("election", "council"),
    WardContest: ("election", "council", "ward", "by_election"),
    MayorContest: ("election", "mayoralty"),
    Hexagon: ("place",),
    Government: ("election",),
    WardCouncillors: ("council", "ward", "since"),
    CouncilAdministration: ("council", "number"),
}
"""What tells things of a class apart, in their table or in what they are part of; where it is not their `id`."""
SHORT: Final = {"hex_maps": "map"}
"""Words for a row of a table that are not its class's name."""


def key(cls: type) -> tuple[str, ...]:
    """The fields that tell things of a class apart; empty where nothing but their order does."""
    return KEYS.get(cls) or (("id",) if "id" in fields(cls) else ())


def has_id(table: str) -> bool:
    """Whether ids name the rows of a table."""
    return key(TABLES[table]) == ("id",)


def word(table: str) -> str:
    """What one row of a table is called: `party`."""
    return SHORT.get(table) or TABLES[table].__name__.lower()


# --- references -------------------------------------------------------------------------------------------------


def references(thing: Any, table: str | None = None, path: str = "") -> Iterator[Pointer]:
    """Every id in a thing that names a row of some table, or of one, and those in its parts.

    Args:
        thing: of the model.
        table: the only table to look for.
        path: where the thing is, with a point behind.
    """
    cls: type = type(thing)
    for name, _, _, holds, target, beside, _, is_part in _pointing(cls, table):
        value = getattr(thing, name)
        if value is None:
            continue
        if holds is None:
            if is_part:
                yield from references(value, table, f"{path}{name}.")
            elif value not in beside:
                yield Pointer(f"{path}{name}", target, value)
        elif is_part:
            for i, part in enumerate(value):
                yield from references(part, table, f"{path}{name}[{i}].")
        else:
            for i, own in enumerate(value):
                yield Pointer(f"{path}{name}.{own}" if holds is Mapping else f"{path}{name}[{i}]", target, own)


@cache
def _pointing(cls: type, table: str | None) -> tuple[Attribute, ...]:
    """The fields that hold references, or parts with some: single ones first, the required before others."""

    def order(field: Attribute) -> tuple[bool, bool, bool]:
        parts_last = cls is not Record  # what a record says of itself is the least of it
        return field.is_part is parts_last, field.holds is not None, field.default is not dataclasses.MISSING

    found = (
        field
        for field in fields(cls).values()
        if (_pointing(field.type, table) if field.is_part else field.table and table in (None, field.table))
    )
    return tuple(sorted(found, key=order))


# --- docs -------------------------------------------------------------------------------------------------------


@cache
def docs(cls: type) -> Mapping[str, str]:
    """The docstrings under the fields of a class, or under the members of an enum, by name."""
    found = {}
    for node, below in pairwise(_bodies(inspect.getmodule(cls))[cls.__name__]):
        target = node.target if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [None])[0]
        if isinstance(target, ast.Name) and isinstance(below, ast.Expr):
            found[target.id] = inspect.cleandoc(ast.literal_eval(below.value))
    return found


@cache
def _bodies(module: Any) -> Mapping[str, list[ast.stmt]]:
    source = ast.parse(inspect.getsource(module))
    return {node.name: node.body for node in source.body if isinstance(node, ast.ClassDef)}


def within(cls: type) -> Iterator[type]:
    """A class of the model and those of its parts, each before its own parts."""
    yield cls
    for field in fields(cls).values():
        if field.is_part:
            yield from within(field.type)
