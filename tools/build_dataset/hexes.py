"""Positions of seats and councils on maps of hexagons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from tools.build_dataset.raw import RawData, expect

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
    successors: Mapping[str, tuple[str, ...]] = {}
    """Places of the file that exist no more, to those in their stead: side by side from where the old one stood."""


MERGER: Final = 2021
"""Year in which two unitaries took the place of Northamptonshire's districts and county."""
NORTHAMPTONSHIRE: Final = "E10000021"
NORTH_NORTHAMPTONSHIRE: Final = "E06000061"
WEST_NORTHAMPTONSHIRE: Final = "E06000062"
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
    # no file of counties since the merger was found: its other places have not changed
    Sheet(
        "hex/upper-tier-em.csv",
        "upper-tier-2021",
        "Counties and unitaries since 2021",
        HexPlaces.UPPER_TIER,
        "hexes",
        since=MERGER,
        successors={NORTHAMPTONSHIRE: (WEST_NORTHAMPTONSHIRE, NORTH_NORTHAMPTONSHIRE)},
    ),
)


def read_hexes(raw: RawData) -> tuple[HexMap, ...]:
    """Every map, its hexagons by id."""
    return tuple(_map(raw, sheet) for sheet in SHEETS)


def _map(raw: RawData, sheet: Sheet) -> HexMap:
    hexagons = [
        Hexagon(place=place, q=int(row.text("q")) + step, r=int(row.text("r")))
        for row in raw.rows(sheet.file)
        for step, place in enumerate(sheet.successors.get(row.text("id"), (row.text("id"),)))
    ]
    taken = {(hexagon.q, hexagon.r) for hexagon in hexagons}
    expect(len(taken) == len(hexagons), f"{sheet.id}: two places on one hexagon")
    return HexMap(
        id=sheet.id,
        title=sheet.title,
        places=sheet.places,
        boundaries=sheet.boundaries,
        since=sheet.since,
        until=sheet.until,
        hexagons=tuple(sorted(hexagons, key=lambda hexagon: hexagon.place)),
        source=sheet.source,
    )
