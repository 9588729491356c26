"""Constituencies of the region on the boundaries of 2010 and 2024, their counties, and which continues which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from tools.build_dataset.area import Area
from tools.build_dataset.notional import RECODED
from tools.build_dataset.raw import RawData, Row, expect

from emvote.model import Seat
from emvote.names import normalise

LEAST_COUNTY_SHARE = 0.01
"""A county is a new seat's when at least this share of the seat's population lived in an old seat of that county."""
HALF = 0.5
"""A seat of another name continues an old one when more than this share of both populations is the same."""
UNCHANGED = 0.999
"""A seat that keeps its code has at least this share of its population in common with the old one."""
LEICESTERSHIRE = "Leicestershire"
OLD_ENDS, NEW_BEGINS = "30/05/2024", "31/05/2024"
"""When the boundaries of 2010 ended and those of 2024 began, as the register writes it."""
SOURCES = {"2010": "constituency-register", "2024": "constituency-overlaps"}
"""Source by boundaries: counties and links of the new seats come from their overlaps with the old ones."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What an old and a new seat have in common."""

    old: str
    old_name: str
    new: str
    new_name: str
    of_old: float
    """Share of the old seat's population that lives in the new one."""
    of_new: float
    """Share of the new seat's population that lived in the old one."""


def read_seats(raw: RawData, area: Area) -> tuple[Seat, ...]:
    """All seats of an area, those of 2010 first, by name; one that was not redrawn in 2024 is a single seat."""
    register = _register(raw)
    candidacies = raw.rows("general-elections/candidacies-2019.csv")
    counties = {row.text("ons_id"): row.text("county_name") for row in candidacies}
    overlaps = [_overlap(row) for row in raw.rows("general-elections/constituency-area-overlaps.csv")]
    old = {
        row.text("ons_id"): _seat(row, register, "2010", (counties[row.text("ons_id")],), area)
        for row in _of_area(raw, area, "general-elections/constituencies-2019.csv")
    }
    new = {
        row.text("ons_id"): _seat(row, register, "2024", _counties(row.text("ons_id"), overlaps, counties), area)
        for row in _of_area(raw, area, "general-elections/constituencies-2024.csv")
    }
    kept = [_kept(old.pop(seat), new.pop(seat), overlaps) for seat in sorted(old.keys() & new.keys())]
    linked = [*_linked(old, new, overlaps), *kept]
    expect(len(linked) == len(old) + len(new) + len(kept), "a seat got lost while linking")
    return tuple(sorted(linked, key=lambda seat: (seat.boundaries, seat.name)))


def _register(raw: RawData) -> Mapping[tuple[str, str], Row]:
    """The register by code and boundaries: five seats of Scotland kept their codes in 2024."""
    found = {}
    for row in raw.rows("general-elections/constituencies-1997-2024.csv"):
        for boundaries, key, day in (("2010", "end_date", OLD_ENDS), ("2024", "start_date", NEW_BEGINS)):
            if row.text(key).startswith(day):
                found[row.text("ons_code"), boundaries] = row
    return found


def _of_area(raw: RawData, area: Area, path: str) -> list[Row]:
    return [row for row in raw.rows(path) if area.has(row)]


def _kept(old: Seat, new: Seat, overlaps: Iterable[Overlap]) -> Seat:
    """A seat that the boundaries of 2024 left as it was: one seat with results on both sides."""
    part = next(part for part in overlaps if (part.old, part.new) == (old.id, new.id))
    expect(min(part.of_old, part.of_new) > UNCHANGED, f"{old.name} kept its code, but not its boundaries")
    expect(old.name == new.name, f"{old.name} kept its code, but is called {new.name} now")
    note = "Its boundaries and code did not change in 2024: one seat, with results before and after."
    return replace(old, until=None, note=" ".join(filter(None, (old.note, note))))


def _overlap(row: Row) -> Overlap:
    return Overlap(
        old=row.text("from_ons_id"),
        old_name=row.text("from_name"),
        new=RECODED.get(row.text("to_ons_id"), row.text("to_ons_id")),
        new_name=row.text("to_name"),
        of_old=float(row.text("from_population_overlap")),
        of_new=float(row.text("to_population_overlap")),
    )


def _seat(
    row: Row, register: Mapping[tuple[str, str], Row], boundaries: str, counties: tuple[str, ...], area: Area
) -> Seat:
    entry = register[row.text("ons_id"), boundaries]
    name, published = entry.text("name"), row.text("constituency_name")
    expect(area.same_name(name, published), f"{entry.place}: {name!r}, but {row.place} has {published!r}")
    expect(counties and all(counties), f"{row.place}: no county for {name}")
    return Seat(
        id=row.text("ons_id"),
        name=name,
        region=row.text("region_name"),
        counties=counties,
        boundaries=boundaries,
        since=_day(entry.text("start_date")),
        until=_day(entry.text("end_date")) if entry.text("end_date") else None,
        note=None if name == published else f"Published as {published} with the results; the register writes {name}.",
        source=SOURCES[boundaries],
    )


def _day(text: str) -> date:
    """A date written `13/04/2010 00:00`."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M").date()  # noqa: DTZ007 -- a day, no moment


def _counties(seat: str, overlaps: Iterable[Overlap], counties: Mapping[str, str]) -> tuple[str, ...]:
    """The counties of the old seats from which a new one took a real share of its population."""
    parts = [part for part in overlaps if part.new == seat and part.of_new >= LEAST_COUNTY_SHARE]
    return tuple(sorted({counties[part.old] for part in parts}))


def _linked(old: Mapping[str, Seat], new: Mapping[str, Seat], overlaps: Iterable[Overlap]) -> Iterable[Seat]:
    """The seats with predecessor, successor and the reason for it."""
    inside = [part for part in overlaps if part.old in old and part.new in new]
    follows = {part.new: part for part in inside if _continues(part, inside)}
    followed = {part.old: part for part in follows.values()}
    expect(len(followed) == len(follows), "two new seats continue the same old one")
    for seat in old.values():
        part = followed.get(seat.id)
        yield replace(seat, successor=part.new if part else None, note=_note(seat, part, inside))
    for seat in new.values():
        part = follows.get(seat.id)
        yield replace(seat, predecessor=part.old if part else None, note=_note(seat, part, inside))


def _continues(part: Overlap, overlaps: Iterable[Overlap]) -> bool:
    """Same name, or no seat of the same name on either side and most of both populations in common."""
    if normalise(part.old_name) == normalise(part.new_name):
        return True
    namesakes = (
        other
        for other in overlaps
        if normalise(other.old_name) == normalise(other.new_name) and (other.old == part.old or other.new == part.new)
    )
    return part.of_old > HALF and part.of_new > HALF and next(namesakes, None) is None


def _note(seat: Seat, part: Overlap | None, overlaps: Iterable[Overlap]) -> str | None:
    """Why a seat is linked, where the name alone does not say it, and what is odd about its name or county."""
    sentences = [seat.note] if seat.note else []
    if part is None:
        sentences.append(_unlinked(seat, overlaps))
    elif normalise(part.old_name) != normalise(part.new_name):
        sentences.append(
            f"Taken as one seat renamed, from {part.old_name} to {part.new_name}: {_percent(part.of_old)} of the old "
            f"seat's population is in the new one and makes {_percent(part.of_new)} of it."
        )
    if "Rutland" in seat.name:
        expect(LEICESTERSHIRE in seat.counties, f"{seat.name}: county of Rutland")
        sentences.append("Rutland is published under Leicestershire.")
    return " ".join(sentences) or None


def _unlinked(seat: Seat, overlaps: Iterable[Overlap]) -> str:
    """Where the people of a seat that nothing continues went, or those of a new one came from."""
    parts = [part for part in overlaps if seat.id in (part.old, part.new)]
    expect(parts, f"{seat.name} overlaps no other seat")
    if any(part.old == seat.id for part in parts):
        largest = max(parts, key=lambda part: part.of_old)
        return (
            f"No seat of 2024 continues it: the largest part of its population, {_percent(largest.of_old)}, went to "
            f"{largest.new_name}, of which it makes {_percent(largest.of_new)}."
        )
    largest = max(parts, key=lambda part: part.of_new)
    return (
        f"A new seat: its largest part, {_percent(largest.of_new)} of its population, was {_percent(largest.of_old)} "
        f"of {largest.old_name}."
    )


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%"
