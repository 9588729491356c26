"""Parties: our ids and names from parties.toml, colours, registrations and aliases from the register."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
from tools.build_dataset.raw import RawData, Row, Unexpected, expect, only

from emvote.model import Party, PartyKind
from emvote.names import normalise

NOT_ALIASES = frozenset({"Independent / Other", "Independent politician", "No Description", "Liberal"})
"""Words of the sources that are not names of one party: an aggregate, two notes, and the label of the party of 1989."""


class Choice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of parties.toml."""

    id: str
    name: str
    abbreviation: str
    kind: PartyKind
    register: str | None = None
    mnis: int | None = None
    label: str | None = None
    aliases: tuple[str, ...] = ()
    predecessor: str | None = None
    past: bool = False
    """Whether it stood before 2010 only, so that no file of candidates has it."""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Parties:
    """All parties, and how the sources name them."""

    all: tuple[Party, ...]
    by_mnis: Mapping[int, Party]
    by_name: Mapping[str, str]
    """Normalised name, abbreviation or alias to id."""
    by_leap: Mapping[str, str]
    """Code in the Local Elections Archive Project to id."""
    by_leh: Mapping[str, str]
    """Code in the Local Elections Handbook to id."""
    rank: Mapping[str, int]
    """Place of an id in the order of the parties."""

    def leap(self, row: Row) -> str:
        """The id of the party of a row of the Local Elections Archive Project."""
        code = row.text("party_short")
        expect(code in self.by_leap, f"{row.place}: party {code!r} is not in parties.toml")
        return self.by_leap[code]

    def named(self, name: str) -> str:
        """The id of a party as the council files name it."""
        words = name.partition(" (deregistered")[0]
        if normalise(words) not in self.by_name:
            raise Unexpected(f"party {name!r} is not in parties.toml")
        return self.by_name[normalise(words)]

    def ordered(self, seats: Mapping[str, int]) -> dict[str, int]:
        """A map of party id to seats without the noughts, in the order of the parties."""
        return {party: seats[party] for party in sorted(seats, key=self.rank.__getitem__) if seats[party]}

    def local(self) -> frozenset[str]:
        """The ids of the parties of one area."""
        return frozenset(party.id for party in self.all if party.kind is PartyKind.LOCAL)


def read_parties(raw: RawData) -> Parties:
    """The parties, checked: every party of a general election is among them, no name belongs to two."""
    text = Path(__file__).with_name("parties.toml").read_text(encoding="utf-8")
    choices = msgspec.convert(tomllib.loads(text)["parties"], list[Choice])
    register = raw.rows("parties/parties.csv")
    stood = raw.rows("parties/general-election-parties-em.csv")
    codes = {choice.id: _codes(choice, register) for choice in choices}
    parties = tuple(_party(choice, codes[choice.id], stood) for choice in choices)
    by_mnis = {mnis: party for party in parties for mnis in party.mnis_ids}
    for row in stood:
        expect(row.whole("mnis_party_id") in by_mnis, f"{row.place}: {row.text('party_name')} is not in parties.toml")
    known = {row.text("code") for row in register}
    raw.leave_out(
        "parties of the register without a vote or seat in the dataset",
        [row for row in register if row.text("code") in known - {choice.register for choice in choices}],
    )
    return Parties(
        all=parties,
        by_mnis=by_mnis,
        by_name=_names(parties),
        by_leap={
            row.text("leap_code"): party for party, row in codes.items() if row is not None and row.text("leap_code")
        },
        by_leh={
            code: party for party, row in codes.items() if row is not None for code in row.text("leh_codes").split("|")
        },
        rank={party.id: i for i, party in enumerate(parties)},
    )


def _codes(choice: Choice, register: Iterable[Row]) -> Row | None:
    if choice.register is None:
        return None
    return only((row for row in register if row.text("code") == choice.register), f"party {choice.register}")


def _party(choice: Choice, row: Row | None, stood: Iterable[Row]) -> Party:
    mnis = choice.mnis
    if row is not None and row.text("mnis_party_id"):
        mnis = row.whole("mnis_party_id")
    elections = [line for line in stood if mnis is not None and line.whole("mnis_party_id") == mnis]
    registered = {line.text("ec_party_id") for line in elections} | ({row.text("ec_party_id")} if row else set())
    return Party(
        id=choice.id,
        name=choice.name,
        abbreviation=choice.abbreviation,
        kind=choice.kind,
        label=choice.label,
        colour=(row.text("colour_hex") or None) if row else None,
        aliases=_aliases(choice, row),
        predecessor=choice.predecessor,
        ec_ids=tuple(sorted(registered - {""}, key=lambda code: int(code.removeprefix("PP")))),
        mnis_ids=() if mnis is None else (mnis,),
        source="party-register",
        note=choice.note,
    )


def _aliases(choice: Choice, row: Row | None) -> tuple[str, ...]:
    """Other names, each once in any spelling of case, and none that is the name, label or abbreviation already."""
    listed = [row.text("name"), *row.text("aliases").split("|")] if row else []
    taken = {normalise(name) for name in (choice.id, choice.name, choice.abbreviation)}
    found = []
    for alias in (*choice.aliases, *listed, choice.label or ""):
        if alias and alias not in NOT_ALIASES and normalise(alias) not in taken:
            taken.add(normalise(alias))
            found.append(alias)
    return tuple(found)


def _names(parties: Iterable[Party]) -> dict[str, str]:
    names: dict[str, str] = {}
    for party in parties:
        for name in {normalise(name) for name in (party.id, party.name, party.abbreviation, *party.aliases)}:
            owner = names.setdefault(name, party.id)
            expect(owner == party.id, f"{name!r} names both {owner} and {party.id}")
    return names
