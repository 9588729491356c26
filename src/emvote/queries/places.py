"""The places that can be looked up one by one: every seat and council on record, each with the name that finds it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from emvote import names
from emvote.dataset import Dataset
from emvote.errors import AmbiguousName
from emvote.model import Seat

if TYPE_CHECKING:
    from emvote.model import Council


class PlaceKind(StrEnum):
    """What a place is, and the command that shows it."""

    SEAT = "seat"
    COUNCIL = "council"


class Place(Struct, frozen=True):
    """A seat with its namesakes on earlier boundaries, or a council."""

    kind: PlaceKind
    name: str
    typed: str
    """What finds it and nothing else: its name, else its id."""
    counties: tuple[str, ...]
    ended: int | None
    """Year in which a place of the past ceased to be one; `None`: it is one today."""


def places(dataset: Dataset) -> tuple[Place, ...]:
    """Every place of a dataset: those of today by name, a seat before the council of its name, then those of the past.

    Seats of one name are one place, as they are in `queries.seat`.
    """
    found = [*_seats(dataset), *map(_council, dataset.record.councils)]
    return tuple(
        sorted(found, key=lambda place: (place.ended is not None, place.name.casefold(), place.kind != "seat"))
    )


def typed_name(dataset: Dataset, seat: Seat) -> str:
    """What finds a seat and no other: its name, its id where the name alone would not."""
    try:
        return seat.name if seat in dataset.find_seats(seat.name) else seat.id
    except AmbiguousName:
        return seat.id


def matching(found: tuple[Place, ...], typed: str) -> tuple[Place, ...]:
    """The places whose name, kind or county has each of the words that were typed, begun at least.

    >>> derby = Place(PlaceKind.SEAT, "Derby North", "Derby North", ("Derbyshire",), None)
    >>> [len(matching((derby,), typed)) for typed in ("", "der n", "north derb", "seat nor", "erby")]
    [1, 1, 1, 1, 0]
    """
    wanted = names.normalise(typed).split()
    return tuple(place for place in found if _has(place, wanted)) if wanted else found


def _has(place: Place, wanted: list[str]) -> bool:
    words = names.normalise(" ".join((place.name, *place.counties))).split()
    return all(any(each.startswith(word) for each in (*words, place.kind.value)) for word in wanted)


def _seats(dataset: Dataset) -> Iterator[Place]:
    shown: set[str] = set()
    for seat in dataset.record.seats:
        if seat.id in shown:
            continue
        namesakes = dataset.namesakes(seat)
        shown |= {each.id for each in namesakes}
        last = namesakes[0]
        ended = last.until.year if last.until else None
        yield Place(PlaceKind.SEAT, last.name, typed_name(dataset, last), last.counties, ended)


def _council(council: Council) -> Place:
    ended = council.abolished.year if council.abolished else None
    return Place(PlaceKind.COUNCIL, council.name, council.name, (council.county,), ended)
