"""The shape of judgements.toml, where every decision about the raw figures is written down with its evidence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from emvote.model import CyclePeriod


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all entries share: a key that is not known is a mistake."""


class Name(Entry, frozen=True, kw_only=True):
    """A candidate's name that is damaged in the source."""

    election: str
    seat: str
    raw: str
    name: str
    note: str


class Label(Entry, frozen=True, kw_only=True):
    """A party label that is misspelt in the source."""

    raw: str
    label: str
    note: str


class Place(Entry, frozen=True, kw_only=True):
    """A contest whose published share changes are known to differ from its votes."""

    election: str
    seat: str


class CouncilFacts(Entry, frozen=True, kw_only=True):
    """What the notes of the register say about one council, as fields."""

    id: str
    former_names: tuple[str, ...] = ()
    elected_mayor_since: int | None = None


class CycleText(Entry, frozen=True, kw_only=True):
    """How one wording about a council's cycle is read."""

    text: str
    periods: tuple[CyclePeriod, ...]


class CompositionOverride(Entry, frozen=True, kw_only=True):
    """A composition that is replaced: what the row must say, and what is used."""

    council: str
    year: int
    raw: Mapping[str, int]
    size: int
    seats: Mapping[str, int]
    note: str
    source: str | None = None


class ControlLabel(Entry, frozen=True, kw_only=True):
    """Rows whose label of control their own seats do not bear out."""

    council: str
    years: tuple[int, ...]
    label: str
    note: str


class CompositionFlag(Entry, frozen=True, kw_only=True):
    """A remark on one composition."""

    council: str
    year: int
    code: str
    note: str
    source: str | None = None


class Elected(Entry, frozen=True, kw_only=True):
    """A snapshot that is not the result of its year: the winners that the ward results must show."""

    council: str
    year: int
    elected: Mapping[str, int]


class HocDifference(Entry, frozen=True, kw_only=True):
    """A council and year for which the House of Commons Library prints other seats."""

    council: str
    year: int
    note: str
    elected: Mapping[str, int] | None = None
    """The winners that the ward results of the year must show, where they decide."""
    poll: bool = False
    """Whether the poll of 2 May 2019 is flagged too."""


class Baseline(Entry, frozen=True, kw_only=True):
    """The seats of a council at its last election before 2019, where they need a decision."""

    council: str
    code: str
    raw: Mapping[str, int]
    seats: Mapping[str, int]
    unknown: tuple[str, ...] = ()
    note: str
    source: str


class EveLump(Entry, frozen=True, kw_only=True):
    """An aggregate on the eve of the poll, and whose seats it may hold."""

    council: str
    unknown: tuple[str, ...]
    note: str
    source: str = "ocd-councillors"


class PollFlag(Entry, frozen=True, kw_only=True):
    """A remark on one council's poll of 2 May 2019."""

    council: str
    code: str
    note: str
    source: str


class PublishedCouncil(Entry, frozen=True, kw_only=True):
    """A whole council before or after a poll as published at the count, where the snapshot is of another day."""

    council: str
    year: int
    """Of the poll."""
    moment: str
    """`eve` or `after`."""
    raw: Mapping[str, int]
    """What the snapshot has, its `other` too."""
    seats: Mapping[str, int]
    note: str
    source: str


class LaterElection(Entry, frozen=True, kw_only=True):
    """A later day on which seats were filled that an ordinary election had left."""

    id: str
    source: str
    note: str


class LaterPoll(Entry, frozen=True, kw_only=True):
    """A poll held later for seats of a ward that were not filled at an ordinary election."""

    election: str
    """The ordinary one."""
    later: str
    council: str
    ward: str
    seats_up: int
    won: Mapping[str, int] | None = None
    """Needed where the ward's result is not on record; else it must be that result."""
    last: str | None = None
    """Election at which the ward last filled these seats, where its result is on record."""
    last_election: Mapping[str, int] | None = None
    """Who won them then, where it is not."""
    last_unknown: str | None = None
    """Why that is not known."""
    last_note: str | None = None
    last_source: str = ""
    sources: tuple[str, ...]
    code: str
    note: str
    ordinary_note: str | None = None
    """What the poll of the ordinary election says of it; absent: that is among the flags of the polls of 2019."""
    flag_source: str


class Judgements(Entry, frozen=True, kw_only=True):
    """The whole file."""

    names: tuple[Name, ...]
    labels: tuple[Label, ...]
    published_changes: tuple[Place, ...]
    councils: tuple[CouncilFacts, ...]
    cycles: tuple[CycleText, ...]
    composition_overrides: tuple[CompositionOverride, ...]
    labels_of_control: tuple[ControlLabel, ...]
    composition_flags: tuple[CompositionFlag, ...]
    not_election_day: tuple[Elected, ...]
    hoc_differences: tuple[HocDifference, ...]
    new_wards: tuple[str, ...]
    baselines: tuple[Baseline, ...]
    eve_lumps: tuple[EveLump, ...]
    poll_flags: tuple[PollFlag, ...]
    later_elections: tuple[LaterElection, ...]
    later_polls: tuple[LaterPoll, ...]
    published_councils: tuple[PublishedCouncil, ...]


T = TypeVar("T")


def decided(file: str, kind: type[T]) -> T:
    """The decisions in a file beside this one."""
    text = Path(__file__).with_name(file).read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), kind)


def read_judgements() -> Judgements:
    """The decisions in judgements.toml."""
    return decided("judgements.toml", Judgements)
