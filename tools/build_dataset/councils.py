"""Councils as the register has them, with their compositions."""

from __future__ import annotations

from datetime import date

from tools.build_dataset.books import Books
from tools.build_dataset.compositions import CompositionReader
from tools.build_dataset.hoc import Differences
from tools.build_dataset.judgements import CouncilFacts, Judgements
from tools.build_dataset.parties import Parties
from tools.build_dataset.raw import Row, expect

from emvote.model import Council, CouncilType, CyclePeriod

REGIONS = {"E12000004": "East Midlands", "E12000005": "West Midlands", "E12000008": "South East"}
TYPES = {
    "unitary authority": CouncilType.UNITARY,
    "district": CouncilType.DISTRICT,
    "county council": CouncilType.COUNTY,
}
CYCLE_KNOWN_SINCE = {CouncilType.COUNTY: 2013, CouncilType.DISTRICT: 2015, CouncilType.UNITARY: 2015}
"""Year of the oldest election for which the cycle is supported by more than general knowledge."""


def read_councils(books: Books, parties: Parties, judged: Judgements, hoc: Differences) -> tuple[Council, ...]:
    """All councils of the register, in its order."""
    reader = CompositionReader(books, parties, judged, hoc)
    councils = tuple(_council(row, books, judged, reader) for row in books.register)
    reader.check_all_judged()
    return councils


def _council(row: Row, books: Books, judged: Judgements, reader: CompositionReader) -> Council:
    kind = TYPES[row.text("type")]
    facts = _facts(row, judged)
    created = date.fromisoformat(row.text("created").partition(" ")[0])
    abolished = row.text("abolished")
    return Council(
        id=row.text("gss_code"),
        name=row.text("name"),
        full_name=row.text("full_name"),
        type=kind,
        county=row.text("ceremonial_county"),
        region=REGIONS[row.text("region_code")],
        cycles=_cycles(row, kind, created, judged),
        created=created,
        abolished=date.fromisoformat(abolished) if abolished else None,
        predecessors=_codes(row.text("predecessors"), books),
        successors=_codes(row.text("successors"), books),
        former_names=facts.former_names,
        elected_mayor_since=facts.elected_mayor_since,
        note=_note(row),
        source="council-register",
        compositions_source="ocd-compositions",
        compositions=tuple(reader.all_of(row.text("gss_code"), kind)),
    )


def _facts(row: Row, judged: Judgements) -> CouncilFacts:
    """What judgements.toml takes from the register's note, which must still say so."""
    note = row.text("note")
    for facts in judged.councils:
        if facts.id == row.text("gss_code"):
            mayor = facts.elected_mayor_since
            expect(mayor is None or f"elected mayor since {mayor}" in note, f"{row.place}: no mayor since {mayor}")
            expect(all(name in note for name in facts.former_names), f"{row.place}: not called {facts.former_names}")
            return facts
    expect("mayor" not in note and "called" not in note, f"{row.place}: {note!r} is not in judgements.toml")
    return CouncilFacts(id=row.text("gss_code"))


def _codes(names: str, books: Books) -> tuple[str, ...]:
    """The codes of councils given by name."""
    return tuple(books.code(name.strip().removesuffix(" County Council")) for name in names.split(";") if name.strip())


def _cycles(row: Row, kind: CouncilType, created: date, judged: Judgements) -> tuple[CyclePeriod, ...]:
    """When which part of the council is elected, from the first year for which that is known."""
    readings = [entry.periods for entry in judged.cycles if entry.text == row.text("election_cycle")]
    expect(len(readings) == 1, f"{row.place}: judgements.toml does not read {row.text('election_cycle')!r}")
    first = max(CYCLE_KNOWN_SINCE[kind], created.year)
    last = date.fromisoformat(row.text("abolished")).year - 1 if row.text("abolished") else None
    periods = [*readings[0]]
    periods[0] = CyclePeriod(cycle=periods[0].cycle, since=first, until=periods[0].until)
    periods[-1] = CyclePeriod(cycle=periods[-1].cycle, since=periods[-1].since, until=periods[-1].until or last)
    return tuple(periods)


def _note(row: Row) -> str | None:
    """The register's note as a sentence."""
    note = row.text("note").removesuffix(" (not in LEAP 2019)")
    return f"{note[0].upper()}{note[1:]}." if note else None
