"""Parties of the whole country: those of the candidates' files, with ids that do not change.

What is known of a party is in parties.toml, which the regional dataset reads too, and in uk_parties.toml; the others,
hundreds that stood once or twice, are read from the files. Nothing comes from sources under a share-alike licence, so
that there are no colours here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from tools.build_dataset.parties import Choice
from tools.build_dataset.raw import RawData, expect

from emvote.model import IND, OTHER, Party, PartyKind
from emvote.names import normalise

FILES = (*(f"candidacies-{year}" for year in (2010, 2015, 2017, 2019, 2024)), "by-elections-candidacies")
"""The candidates' files, from which the latest name of a party is taken; by-elections last."""
SOURCE = "parliament-parties"


class Known(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of uk_parties.toml: what is not given is as in parties.toml, or as in the files."""

    mnis: tuple[int, ...]
    """Numbers in Parliament's register; several where the source numbers one party twice."""
    id: str | None = None
    name: str | None = None
    abbreviation: str | None = None
    kind: PartyKind | None = None
    label: str | None = None
    aliases: tuple[str, ...] = ()
    predecessor: str | None = None
    note: str | None = None


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of uk_parties.toml."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    local: tuple[int, ...]
    parties: tuple[Known, ...]


@dataclass(slots=True)
class Stood:
    """What the candidates' files say of one number."""

    names: dict[str, int] = field(default_factory=dict)
    """Each name with the number of candidates, latest first used last."""
    abbreviations: dict[str, int] = field(default_factory=dict)
    registrations: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class UkParties:
    """All parties, and how Parliament numbers them."""

    all: tuple[Party, ...]
    by_mnis: Mapping[int, Party]
    rank: Mapping[str, int]


def read_uk_parties(raw: RawData, repaired: Mapping[str, str]) -> UkParties:
    """The parties, checked; `repaired` is misspelt label to the right one."""
    folder = Path(__file__).parent
    table = msgspec.convert(tomllib.loads((folder / "uk_parties.toml").read_text(encoding="utf-8")), Table)
    stood = _stood(raw, repaired)
    known = {number: entry for entry in _entries(raw, table, stood) for number in entry.mnis}
    entries = {id(entry): entry for entry in (*known.values(), *(e for e in table.parties if not e.mnis))}
    found = [_known(entry, stood, table) for entry in entries.values()]
    found += [_generated(number, stood[number], table) for number in stood.keys() - known.keys()]
    parties = tuple(sorted(found, key=lambda party: _place(party, table)))
    _check(raw, parties, stood)
    return UkParties(
        all=parties,
        by_mnis={number: party for party in parties for number in party.mnis_ids},
        rank={party.id: i for i, party in enumerate(parties)},
    )


def _stood(raw: RawData, repaired: Mapping[str, str]) -> dict[int, Stood]:
    found: dict[int, Stood] = {}
    for file in FILES:
        for row in raw.rows(f"general-elections/{file}.csv"):
            one = found.setdefault(row.whole("mnis_party_id"), Stood())
            name = repaired.get(row.text("party_name"), row.text("party_name"))
            one.names[name] = one.names.pop(name, 0) + 1
            one.abbreviations[row.text("party_abbreviation")] = (
                one.abbreviations.get(row.text("party_abbreviation"), 0) + 1
            )
            one.registrations.update(filter(None, [row.text("ec_party_id")]))
    return found


def _entries(raw: RawData, table: Table, stood: Mapping[int, Stood]) -> Iterator[Known]:
    """What is known of the parties that stood: parties.toml, and over it uk_parties.toml."""
    text = Path(__file__).with_name("parties.toml").read_text(encoding="utf-8")
    register = {row.text("code"): row.text("mnis_party_id") for row in raw.rows("parties/parties.csv")}
    by_name = {normalise(name): number for number, one in stood.items() for name in one.names}
    over = {number: entry for entry in table.parties for number in entry.mnis}
    choices = msgspec.convert(tomllib.loads(text)["parties"], list[Choice])
    past = {choice.id for choice in choices if choice.past}
    for choice in choices:
        if choice.past:
            continue
        number = choice.mnis or int(register.get(choice.register or "") or by_name.get(normalise(choice.name), 0))
        if number in stood:
            here = msgspec.structs.replace(choice, predecessor=None) if choice.predecessor in past else choice
            yield _merged(here, number, over.pop(number, None))
    yield from dict.fromkeys(over.values())


def _merged(choice: Choice, number: int, over: Known | None) -> Known:
    """An entry of parties.toml with what uk_parties.toml says beyond it."""
    over = over or Known(mnis=(number,))
    expect(over.id in {None, choice.id}, f"{choice.id} is called {over.id} in uk_parties.toml")
    return Known(
        mnis=over.mnis,
        id=choice.id,
        name=over.name or choice.name,
        abbreviation=over.abbreviation or choice.abbreviation,
        kind=over.kind or choice.kind,
        label=over.label or choice.label,
        aliases=(*choice.aliases, *over.aliases),
        predecessor=over.predecessor or choice.predecessor,
        note=over.note or choice.note,
    )


def _known(entry: Known, stood: Mapping[int, Stood], table: Table) -> Party:
    whole = Stood()
    for number in entry.mnis:
        one = stood.get(number, Stood())
        for name, candidates in one.names.items():
            whole.names[name] = whole.names.pop(name, 0) + candidates
        whole.abbreviations.update(one.abbreviations)
        whole.registrations |= one.registrations
    return _party(entry, whole, table)


def _generated(number: int, stood: Stood, table: Table) -> Party:
    return _party(Known(mnis=(number,)), stood, table)


def _party(entry: Known, stood: Stood, table: Table) -> Party:
    """A party; its name is the latest that the files have, its abbreviation the most frequent."""
    name = entry.name or next(reversed(stood.names))
    abbreviation = entry.abbreviation or max(stood.abbreviations, key=lambda short: stood.abbreviations[short])
    party_id = entry.id or "".join(char for char in normalise(abbreviation) if char.isalnum())
    label = entry.label or (max(stood.names, key=lambda each: stood.names[each]) if stood.names else name)
    shorts = () if entry.abbreviation else tuple(stood.abbreviations)
    local = bool(set(entry.mnis) & set(table.local))
    return Party(
        id=party_id,
        name=name,
        abbreviation=abbreviation,
        kind=entry.kind or (PartyKind.LOCAL if local else PartyKind.NATIONAL),
        label=None if label == name else label,
        aliases=_aliases((party_id, name, abbreviation), (*entry.aliases, *shorts, *stood.names)),
        predecessor=entry.predecessor,
        ec_ids=tuple(sorted(stood.registrations, key=lambda code: int(code.removeprefix("PP")))),
        mnis_ids=entry.mnis,
        source=SOURCE,
        note=entry.note,
    )


def _aliases(names: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """Other names, each once in any spelling, and none that is the id, name or abbreviation already."""
    taken = {normalise(name) for name in names}
    found = []
    for alias in others:
        if normalise(alias) not in taken:
            taken.add(normalise(alias))
            found.append(alias)
    return tuple(found)


def _place(party: Party, table: Table) -> tuple[int, int, str]:
    """The large parties first, then the others by name, then independents and aggregates."""
    if party.id in table.first:
        return (0, table.first.index(party.id), "")
    if party.id in table.last:
        return (2, table.last.index(party.id), "")
    return (1, 0, normalise(party.name))


def _check(raw: RawData, parties: Iterable[Party], stood: Mapping[int, Stood]) -> None:
    """No name belongs to two parties, every number is in the register, and what is put first or last exists."""
    owners: dict[str, Party] = {}
    for party in parties:
        for name in {normalise(name) for name in (party.id, party.name, party.abbreviation, *party.aliases)}:
            owner = owners.setdefault(name, party)
            expect(owner is party, f"{name!r} names both {owner.name} and {party.name} {party.mnis_ids}")
    registered = {row.text("MNIS ID") for row in raw.rows("general-elections/political-party-registrations.csv")}
    missing = {number for number in stood if str(number) not in registered}
    expect(missing <= UNREGISTERED, f"not in the register of parties: {sorted(missing)}")
    expect({IND, OTHER} <= owners.keys(), "independents or others are missing")


UNREGISTERED = frozenset({8, 47})
"""Independents and the Speaker, who have numbers and are no parties."""
