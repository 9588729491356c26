"""Puts the record together: what is the same every time, and the order of the parts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import msgspec
from tools.build_dataset.administrations import read_administrations
from tools.build_dataset.area import REGION
from tools.build_dataset.books import read_books
from tools.build_dataset.councillors import read_councillors
from tools.build_dataset.councils import read_councils
from tools.build_dataset.governments import read_governments
from tools.build_dataset.hexes import read_hexes
from tools.build_dataset.history import read_history
from tools.build_dataset.hoc import read_differences
from tools.build_dataset.judgements import read_judgements
from tools.build_dataset.later_polls import later_elections, read_later_polls
from tools.build_dataset.mayors import read_mayors
from tools.build_dataset.members import with_members
from tools.build_dataset.ordinary_polls import read_ordinary_polls
from tools.build_dataset.parliament import read_parliament
from tools.build_dataset.parties import read_parties
from tools.build_dataset.polls import MAY, election, read_polls
from tools.build_dataset.raw import RawData
from tools.build_dataset.seats import read_seats
from tools.build_dataset.ward_results import read_wards, ward_elections, ward_spellings

from emvote.model import CouncilAdministration, Source, WardContest, WardCouncillors
from emvote.model.record import Record

VERSION = "2026.11.1"
"""Version of the dataset: year and month of its facts, and a number; raised by hand."""
ATTRIBUTION = (
    "Contains Parliamentary information licensed under the Open Parliament Licence v3.0; "
    "House of Commons Library; "
    "Andrew Teale, Local Elections Archive Project (CC BY-SA 3.0); "
    "Open Council Data UK (CC BY-SA 4.0); "
    "Wikipedia (CC BY-SA 4.0); "
    "Office for National Statistics codes under the Open Government Licence v3.0"
)


class People(NamedTuple):
    """What the file beside a dataset has of people in office."""

    lists: tuple[WardCouncillors, ...]
    administrations: tuple[CouncilAdministration, ...]


def build(root: Path) -> tuple[RawData, Record]:
    """The record made from a folder of raw files, and what was read for it."""
    raw = RawData(root)
    judged = read_judgements()
    sources = read_sources()
    parties = read_parties(raw)
    seats = read_seats(raw, REGION)
    parliament = read_parliament(raw, REGION, parties, judged, seats)
    history = read_history(raw, seats, parliament.contests)
    books = read_books(raw)
    hoc = read_differences(raw, books.rows, parties, judged)
    mayors = read_mayors(raw, parties, sources)
    councils = read_councils(books, parties, judged, hoc)
    wards = build_wards(root)[1]
    polls = read_polls(raw, books, parties, judged, hoc, sources)
    polls = (*polls, *read_later_polls(judged, polls, wards, books, parties))
    local = (election(), *ward_elections(), *later_elections(judged))
    days = (*history.elections, *parliament.elections, *local, *mayors.elections)
    others = read_ordinary_polls(raw, books, parties, judged, hoc, councils, days, wards, polls)
    record = Record(
        schema=1,
        title="Elections in the East Midlands",
        version=VERSION,
        licence="CC-BY-SA-4.0",
        attribution=ATTRIBUTION,
        region="East Midlands",
        default_local=MAY,
        sources=sources,
        parties=parties.all,
        elections=tuple(sorted(days, key=lambda one: (one.date, one.id))),
        seats=history.seats,
        contests=(*with_members(raw, history.contests, history.seats), *parliament.contests),
        councils=councils,
        council_polls=(*polls, *others, *read_later_polls(judged, others, wards, books, parties)),
        mayoralties=mayors.mayoralties,
        mayor_contests=mayors.contests,
        hex_maps=read_hexes(raw),
        governments=read_governments(days),
    )
    return raw, record


def build_wards(root: Path) -> tuple[RawData, tuple[WardContest, ...]]:
    """The ward results made from a folder of raw files, for the file beside the dataset, and what was read for them."""
    raw = RawData(root)
    return raw, read_wards(raw, read_books(raw), read_parties(raw))


def build_people(root: Path, wards: tuple[WardContest, ...]) -> tuple[RawData, People]:
    """Councillors and administrations from a folder of raw files, for another file beside the dataset."""
    raw = RawData(root)
    books, parties = read_books(raw), read_parties(raw)
    lists = read_councillors(books, parties, ward_spellings(raw, books), wards)
    return raw, People(lists, read_administrations(raw, books, parties))


def read_sources() -> tuple[Source, ...]:
    """The sources in sources.toml."""
    text = Path(__file__).with_name("sources.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)["sources"], tuple[Source, ...])
