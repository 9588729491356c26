"""Positions of seats and councils on maps of hexagons."""

from __future__ import annotations

from typing import Final, NamedTuple

from tools.build_dataset.raw import RawData

from emvote.model import Hexagon, HexMap, HexPlaces


class Sheet(NamedTuple):
    """One raw file of positions, and what it shows."""

    file: str
    id: str
    title: str
    places: HexPlaces
    source: str
    boundaries: str | None = None
    since: int | None = None
    until: int | None = None


MERGER: Final = 2021
"""Year in which two unitaries took the place of Northamptonshire's districts and county."""
SHEETS: Final = (
    Sheet(
        "hex/constituencies-2010-em.csv",
        "seats-2010",
        "Constituencies of 2010",
        HexPlaces.SEATS,
        "hexes",
        boundaries="2010",
    ),
    Sheet(
        "hex/constituencies-2024-em.csv",
        "seats-2024",
        "Constituencies of 2024",
        HexPlaces.SEATS,
        "hexes",
        boundaries="2024",
    ),
    Sheet(
        "hex/councils-2020-em.csv",
        "councils-2020",
        "Districts and unitaries until 2021",
        HexPlaces.COUNCILS,
        "hexes",
        until=MERGER - 1,
    ),
    Sheet(
        "hex/councils-2025-em.csv",
        "councils-2025",
        "Districts and unitaries since 2021",
        HexPlaces.COUNCILS,
        "hexes-2025",
        since=MERGER,
    ),
    Sheet(
        "hex/upper-tier-em.csv",
        "upper-tier",
        "Counties and unitaries until 2021",
        HexPlaces.UPPER_TIER,
        "hexes",
        until=MERGER - 1,
    ),
)


def read_hexes(raw: RawData) -> tuple[HexMap, ...]:
    """Every map, its hexagons by id."""
    return tuple(_map(raw, sheet) for sheet in SHEETS)


def _map(raw: RawData, sheet: Sheet) -> HexMap:
    rows = sorted(raw.rows(sheet.file), key=lambda row: row.text("id"))
    return HexMap(
        id=sheet.id,
        title=sheet.title,
        places=sheet.places,
        boundaries=sheet.boundaries,
        since=sheet.since,
        until=sheet.until,
        hexagons=tuple(Hexagon(place=row.text("id"), q=int(row.text("q")), r=int(row.text("r"))) for row in rows),
        source=sheet.source,
    )
