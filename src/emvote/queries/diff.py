"""What differs between two datasets, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from msgspec import Struct

from emvote.dataset import Dataset
from emvote.relations import RELATIONS, Relation


class Change(StrEnum):
    """What became of a row or of one of its values."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Difference(Struct, frozen=True):
    """One row that only one dataset has, or one value that is not the same in both."""

    relation: str
    thing: tuple[tuple[str, Any], ...]
    """What it is about: the identifying columns with their values."""
    change: Change
    column: str | None
    """Which value changed; `None` where the whole row was added or removed."""
    old: Any
    new: Any


NUMBERING = frozenset({"id", "position"})
"""Columns that number rows where the identity does not: their change alone is no difference of a figure."""


def diff(old: Dataset, new: Dataset) -> tuple[Difference, ...]:
    """Every difference, relation by relation, in the order of the new dataset; what was removed comes last in each."""
    return tuple(found for relation in RELATIONS for found in _differences(relation, old, new))


def _differences(relation: Relation, old: Dataset, new: Dataset) -> Iterator[Difference]:
    before, after = _by_identity(relation, old), _by_identity(relation, new)
    names = [column.name for column in relation.columns]
    identity = relation.identity or relation.key
    for key, row in after.items():
        thing = tuple(zip(identity, key[:-1], strict=True))
        if key not in before:
            yield Difference(relation.name, thing, Change.ADDED, None, None, None)
            continue
        for name, was, now in zip(names, before[key], row, strict=True):
            if was != now and not (name in NUMBERING and name not in identity):
                yield Difference(relation.name, thing, Change.CHANGED, name, was, now)
    for key in before:
        if key not in after:
            thing = tuple(zip(identity, key[:-1], strict=True))
            yield Difference(relation.name, thing, Change.REMOVED, None, None, None)


def _by_identity(relation: Relation, dataset: Dataset) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Rows by what they are about, and a number that tells namesakes apart."""
    names = [column.name for column in relation.columns]
    places = [names.index(name) for name in relation.identity or relation.key]
    found: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for row in relation.rows(dataset):
        thing = tuple(row[place] for place in places)
        number = 0
        while (*thing, number) in found:
            number += 1
        found[*thing, number] = row
    return found
