"""Figures in prose: how much the shipped dataset holds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from tools.pages.markdown import fence, grid

from emvote.dataset import Dataset
from emvote.measures import BANDS
from emvote.model import Council, ElectionKind, Seat
from emvote.names import normalise
from emvote.store import open_dataset


@cache
def shipped() -> Dataset:
    """The shipped dataset, read once for all pages."""
    return open_dataset()


@cache
def figures() -> dict[str, str]:
    """Names that prose may use in braces."""
    from emvote import __version__

    dataset = shipped()
    record = dataset.record
    kinds = [election.kind for election in record.elections]
    wards = open_dataset(wards=True).record.wards
    compositions = [composition for council in record.councils for composition in council.compositions]
    fought = [
        contest for contest in record.contests if dataset.elections[contest.election].kind is not ElectionKind.NOTIONAL
    ]
    counted: dict[str, int] = {
        "contests": len(record.contests),
        "fought": len(fought),
        "estimates": len(record.contests) - len(fought),
        "candidates": sum(len(contest.candidates) for contest in record.contests),
        "seats_2010": sum(seat.boundaries == "2010" and seat.region == record.region for seat in record.seats),
        "seats_2024": sum(seat.boundaries == "2024" and seat.region == record.region for seat in record.seats),
        "generals": kinds.count(ElectionKind.GENERAL),
        "by_elections": kinds.count(ElectionKind.BY_ELECTION),
        "notionals": kinds.count(ElectionKind.NOTIONAL),
        "councils": len(record.councils),
        "councils_inside": sum(council.region == record.region for council in record.councils),
        "compositions": len(compositions),
        "first_year": min(composition.year for composition in compositions),
        "last_year": max(composition.year for composition in compositions),
        "polls": len(record.council_polls),
        "polls_2019": sum(
            poll.election == record.default_local and dataset.councils[poll.council].region == record.region
            for poll in record.council_polls
        ),
        "shared_names": len(_names(record.councils) & _names(record.seats)),
        "wards": len(wards),
        "first_wards_year": min(dataset.elections[ward.election].date.year for ward in wards),
        "last_wards_year": max(dataset.elections[ward.election].date.year for ward in wards),
        "mayors": len(record.mayor_contests),
        "parties": len(record.parties),
        "sources": len(record.sources),
    }
    words = {key: f"{value:,}" if "year" not in key else str(value) for key, value in counted.items()}
    return words | {"version": __version__, "data_version": record.version, "licence": record.licence}


def _names(things: Iterable[Council | Seat]) -> frozenset[str]:
    return frozenset(normalise(thing.name) for thing in things)


def text(template: str, *, block: str | None = None) -> None:
    """Print text with figures in place of names in braces."""
    written = template.strip("\n").format(**figures())
    print(f"{written}\n" if block is None else fence(written, block))


def bands() -> None:
    """Print the names of majorities with their lower bounds."""
    rows = [(name, f"{floor}% or more" if floor else f"under {BANDS[1][1]}%") for name, floor in BANDS]
    print(grid(("band", "majority in per cent of valid votes"), rows))
