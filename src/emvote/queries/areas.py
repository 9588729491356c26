"""The sorts of place that can be compared beside a seat, and how they are typed."""

from __future__ import annotations

from enum import StrEnum


class AreaKind(StrEnum):
    """What sort of place an area is."""

    SEAT = "seat"
    COUNTY = "county"
    REGION = "region"
    COUNTRY = "country"


def is_area(given: str) -> bool:
    """Whether a name as typed is a county, the region or the country: `county:Derbyshire`, `region`, `country`."""
    kind, colon, _ = given.partition(":")
    word = kind.strip().casefold()
    return word in (AreaKind.REGION, AreaKind.COUNTRY) or (word == AreaKind.COUNTY and bool(colon))
