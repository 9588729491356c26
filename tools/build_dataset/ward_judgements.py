"""The shape of wards.toml, where every decision about the ward results is written down with its evidence."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all entries share: a key that is not known is a mistake."""


class ByElections(_Entry, frozen=True, kw_only=True):
    """Councils that were not due to vote, or single wards of one that was: what a file has of them are by-elections."""

    election: str
    councils: tuple[str, ...]
    wards: tuple[str, ...] = ()
    """Ids of the wards; none: all of these councils."""
    note: str | None = None


class DoubleSeats(_Entry, frozen=True, kw_only=True):
    """Wards of councils elected by thirds that filled a vacancy beside the seat that was due."""

    election: str
    wards: tuple[str, ...]


class WardName(_Entry, frozen=True, kw_only=True):
    """A ward whose name is misspelt in the source."""

    elections: tuple[str, ...]
    council: str
    raw: str
    name: str
    note: str


class Code(_Entry, frozen=True, kw_only=True):
    """A code of the Local Elections Handbook that the register of parties lacks."""

    code: str
    party: str


class DoubtfulCode(_Entry, frozen=True, kw_only=True):
    """A code whose party is not certain: contests with it are flagged."""

    code: str
    note: str


class NotElected(_Entry, frozen=True, kw_only=True):
    """A candidate whom the source marks as elected by mistake."""

    election: str
    ward: str
    candidate: str
    note: str


class Unfilled(_Entry, frozen=True, kw_only=True):
    """A ward with fewer candidates than seats."""

    election: str
    council: str
    ward: str
    seats_up: int
    note: str


class Postponed(_Entry, frozen=True, kw_only=True):
    """A ward that was polled later than the source says."""

    election: str
    later: str
    council: str
    ward: str
    note: str


class WardJudgements(_Entry, frozen=True, kw_only=True):
    """The whole file."""

    by_elections: tuple[ByElections, ...]
    double_seats: tuple[DoubleSeats, ...]
    names: tuple[WardName, ...]
    codes: tuple[Code, ...]
    doubtful_codes: tuple[DoubtfulCode, ...]
    not_elected: tuple[NotElected, ...]
    unfilled: tuple[Unfilled, ...]
    postponed: tuple[Postponed, ...]


def read_ward_judgements() -> WardJudgements:
    """The decisions in wards.toml."""
    text = Path(__file__).with_name("wards.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), WardJudgements)
