"""What is on record of maps of hexagons."""

# No `from __future__ import annotations`: msgspec would have to evaluate each text before it reads a dataset.
from enum import StrEnum

from emvote.model.common import SourceId
from emvote.model.rows import Row, dataclass


class HexPlaces(StrEnum):
    """What the hexagons of a map are."""

    SEATS = "seats"
    COUNCILS = "councils"
    """Districts and unitaries."""
    UPPER_TIER = "upper-tier"
    """Counties and unitaries."""


@dataclass(frozen=True, kw_only=True)
class Hexagon(Row):
    """Where one seat or council stands on a map of hexagons of equal size."""

    place: str
    """Seat id or council id, as the map says."""
    q: int
    """Column."""
    r: int
    """Row, growing northwards; odd rows stand half a hexagon further right."""


@dataclass(frozen=True, kw_only=True)
class HexMap(Row):
    """A map on which every seat, or every council, is one hexagon: no large one hides a small one."""

    id: str
    title: str
    """Title. It says in words what the map shows."""
    places: HexPlaces
    """`councils` are districts and unitaries, `upper-tier` counties and unitaries."""
    boundaries: str | None = None
    """First year of the constituency boundaries; absent: a map of councils."""
    since: int | None = None
    """First year whose councils it shows; absent: any before until."""
    until: int | None = None
    """Last year whose councils it shows; absent: any later one."""
    hexagons: tuple[Hexagon, ...]
    """One a place: see [Hexagon](#hexagon)."""
    source: SourceId
