"""The rules for maps of hexagons: what they refer to, and that no two places stand on one spot.

`emvote.store.rules` names them with the others; each yields key path, offending value, and what was expected.
"""

from __future__ import annotations

from collections.abc import Iterator

from emvote.model import HexPlaces
from emvote.model.record import Record
from emvote.schema import Pointer

Finding = tuple[str, str, str]


def identities(record: Record) -> Iterator[tuple[str, str]]:
    """Every map, and on each every place: its key path and its identity."""
    for i, each in enumerate(record.hex_maps):
        yield f"hex_maps[{i}].id", f"hex_maps: {each.id}"
        for j, hexagon in enumerate(each.hexagons):
            yield f"hex_maps[{i}].hexagons[{j}].place", f"hex_maps: {each.id}, {hexagon.place}"


def places(record: Record) -> Iterator[Pointer]:
    """Every place on a map: of seats or of councils, as the map says."""
    for i, each in enumerate(record.hex_maps):
        table = "seats" if each.places is HexPlaces.SEATS else "councils"
        for j, hexagon in enumerate(each.hexagons):
            yield Pointer(f"hex_maps[{i}].hexagons[{j}].place", table, hexagon.place)


def hexagons(record: Record) -> Iterator[Finding]:
    """A map of seats says on which boundaries they are, and no hexagon covers another."""
    for i, each in enumerate(record.hex_maps):
        if (each.places is HexPlaces.SEATS) != (each.boundaries is not None):
            expected = "a map of seats, and no other, gives the first year of their boundaries"
            yield f"hex_maps[{i}].boundaries", repr(each.boundaries), expected
        if each.since is not None and each.until is not None and each.until < each.since:
            yield f"hex_maps[{i}].until", str(each.until), f"expected no year before since, {each.since}"
        taken: dict[tuple[int, int], str] = {}
        for j, hexagon in enumerate(each.hexagons):
            other = taken.setdefault((hexagon.q, hexagon.r), hexagon.place)
            if other != hexagon.place:
                spot = f"q = {hexagon.q}, r = {hexagon.r}"
                yield f"hex_maps[{i}].hexagons[{j}]", repr(hexagon.place), f"{other!r} stands at {spot} already"
