"""Conditions of a filter, which are options of its command: each is declared once, in the filter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final, TypeVar, get_args, get_type_hints

from msgspec import Meta, Struct
from msgspec.structs import fields, replace

from emvote.dataset import Dataset

PARTY: Final = "PARTY"
COUNTY: Final = "COUNTY"
"""What the value of a condition names, as its option calls it."""

Filter = TypeVar("Filter", bound=Struct)


class Condition(Struct, frozen=True):
    """One condition of a filter."""

    name: str
    type: Any
    default: Any
    help: str
    names: str | None
    """What its value is, as the option calls it; `None`: a flag or a choice."""


def condition(help: str, names: str | None = None) -> Meta:  # noqa: A002 (as options call it)
    """Return what turns a field of a filter into an option of the command."""
    return Meta(description=help, extra={"names": names})


@cache
def conditions(keep: type[Struct]) -> tuple[Condition, ...]:
    """Return the conditions of a filter, in its order; a field that is not annotated as one is none."""
    return tuple(_conditions(keep))


def _conditions(keep: type[Struct]) -> Iterator[Condition]:
    hints = get_type_hints(keep, include_extras=True)
    for field in fields(keep):
        of, *about = get_args(hints[field.name]) or (None,)
        if about and isinstance(about[0], Meta):
            meta = about[0]
            names = (meta.extra or {}).get("names")
            yield Condition(field.name, of, field.default, meta.description or "", names)


def resolved(dataset: Dataset, keep: Filter) -> Filter:
    """Return a filter with ids in place of the names of parties and counties as typed.

    Raises:
        NameProblem: a name is unknown or ambiguous.
    """
    if keep == type(keep)():
        return keep
    found: dict[str, Any] = {}
    for each in conditions(type(keep)):
        given = getattr(keep, each.name)
        if given is not None and each.names == PARTY:
            found[each.name] = dataset.find_party(given).id
        elif given is not None and each.names == COUNTY:
            found[each.name] = dataset.find_county(given)
    return replace(keep, **found)


def every(conditions: Iterable[bool | None]) -> bool | None:
    """Whether all conditions hold; one that does not settles it, else one that is not known leaves it unknown.

    >>> every([True, True]), every([True, None]), every([None, False])
    (True, None, False)
    """
    found = set(conditions)
    return False if False in found else None if None in found else True
