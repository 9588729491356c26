"""The shape of wards.toml, where every decision about the ward results is written down with its evidence."""

from __future__ import annotations

from tools.build_dataset.judgements import Entry, decided


class ByElections(Entry, frozen=True, kw_only=True):
    """Councils that were not due to vote, or single wards of one that was: what a file has of them are by-elections."""

    election: str
    councils: tuple[str, ...]
    wards: tuple[str, ...] = ()
    """Ids of the wards; none: all of these councils."""
    note: str | None = None


class DoubleSeats(Entry, frozen=True, kw_only=True):
    """Wards of councils elected by thirds that filled a vacancy beside the seat that was due."""

    election: str
    wards: tuple[str, ...]


class WardName(Entry, frozen=True, kw_only=True):
    """A ward whose name is misspelt in the source."""

    elections: tuple[str, ...]
    council: str
    raw: str
    name: str
    note: str


class Code(Entry, frozen=True, kw_only=True):
    """A code of the Local Elections Handbook that the register of parties lacks."""

    code: str
    party: str


class DoubtfulCode(Entry, frozen=True, kw_only=True):
    """A code whose party is not certain: contests with it are flagged."""

    code: str
    note: str


class NotElected(Entry, frozen=True, kw_only=True):
    """A candidate whom the source marks as elected by mistake."""

    election: str
    ward: str
    candidate: str
    note: str


class Lot(Entry, frozen=True, kw_only=True):
    """A tie in which the lot fell otherwise than the source has it."""

    election: str
    council: str
    ward: str
    won: str
    lost: str
    note: str


class Misprint(Entry, frozen=True, kw_only=True):
    """A candidate of 2023 whose surname is misprinted in the source."""

    council: str
    ward: str
    raw: str
    name: str


class Unfilled(Entry, frozen=True, kw_only=True):
    """A ward with fewer candidates than seats."""

    election: str
    council: str
    ward: str
    seats_up: int
    note: str


class Postponed(Entry, frozen=True, kw_only=True):
    """A ward that was polled later than the source says."""

    election: str
    later: str
    council: str
    ward: str
    note: str


class PartyName(Entry, frozen=True, kw_only=True):
    """How Wikipedia names a party, where that is none of the party's names."""

    raw: str
    party: str


class WardJudgements(Entry, frozen=True, kw_only=True):
    """The whole file."""

    by_elections: tuple[ByElections, ...]
    double_seats: tuple[DoubleSeats, ...]
    names: tuple[WardName, ...]
    codes: tuple[Code, ...]
    doubtful_codes: tuple[DoubtfulCode, ...]
    not_elected: tuple[NotElected, ...]
    lots: tuple[Lot, ...]
    misprints: tuple[Misprint, ...]
    unfilled: tuple[Unfilled, ...]
    postponed: tuple[Postponed, ...]
    party_names: tuple[PartyName, ...]


def read_ward_judgements() -> WardJudgements:
    """The decisions in wards.toml."""
    return decided("wards.toml", WardJudgements)
