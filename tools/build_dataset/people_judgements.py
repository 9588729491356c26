"""The shape of people.toml, where every decision about the lists of councillors is written down with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tools.build_dataset.judgements import Entry, decided


class WardNames(Entry, frozen=True, kw_only=True):
    """Wards of a council that the lists spell otherwise than the results."""

    council: str
    names: Mapping[str, str]


class WrongParty(Entry, frozen=True, kw_only=True):
    """A councillor whose party in one list is a mistake."""

    year: int
    council: str
    ward: str
    name: str
    raw: str
    party: str
    """The list's own word for the right one."""
    note: str


class WrongDay(Entry, frozen=True, kw_only=True):
    """A day on which seats are next due that cannot be."""

    year: int
    council: str
    raw: str
    day: date
    note: str


class Remark(Entry, frozen=True, kw_only=True):
    """What is to be known of a ward in the lists."""

    year: int
    council: str
    ward: str
    code: str
    note: str


class PeopleJudgements(Entry, frozen=True, kw_only=True):
    """The whole file."""

    ward_names: tuple[WardNames, ...]
    parties: tuple[WrongParty, ...]
    days: tuple[WrongDay, ...]
    remarks: tuple[Remark, ...]


def read_people_judgements() -> PeopleJudgements:
    """The decisions in people.toml."""
    return decided("people.toml", PeopleJudgements)
