"""A record written as TOML is the same record when it is read again, whatever its texts hold."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date

import msgspec
import pytest
import rtoml
from hypothesis import given, settings
from hypothesis import strategies as st

from emvote.model import (
    Candidacy,
    Composition,
    Contest,
    Council,
    CouncilPoll,
    CouncilType,
    Cycle,
    CyclePeriod,
    Election,
    ElectionKind,
    Flag,
    Party,
    PartyKind,
    SeatsHeld,
    Source,
    Tally,
)
from emvote.model.record import Record
from emvote.store.write import dump_record

AWKWARD = (
    'a "quoted" name',
    "back\\slash",
    "two\nlines",
    "tab\t",
    "\x00\x1b\x7f",
    "Léonie – ‘x’",
    "[red]",
    "# not",
    "",
)
texts = st.one_of(st.sampled_from(AWKWARD), st.text(alphabet=st.characters(codec="utf-8"), max_size=12))
counts = st.integers(0, 10**7)
dates = st.dates(date(1900, 1, 1), date(2100, 1, 1))
seat_maps = st.dictionaries(texts, counts, max_size=4)
flags = st.lists(st.builds(Flag, code=texts, note=texts, source=st.none() | texts), max_size=2).map(tuple)
sources = st.builds(Source, id=texts, title=texts, publisher=texts, licence=texts, url=st.none() | texts)
parties = st.builds(
    Party,
    id=texts,
    name=texts,
    abbreviation=texts,
    kind=st.sampled_from(PartyKind),
    aliases=st.lists(texts, max_size=3).map(tuple),
    mnis_ids=st.lists(counts, max_size=2).map(tuple),
    source=texts,
)
elections = st.builds(
    Election, id=texts, name=texts, kind=st.sampled_from(ElectionKind), date=dates, source=texts, flags=flags
)
candidacies = st.builds(
    Candidacy, name=texts, party=texts, votes=counts, label=st.none() | texts, elected=st.booleans()
)
contests = st.builds(
    Contest,
    election=texts,
    seat=texts,
    electorate=counts,
    valid_votes=counts,
    majority=st.none() | counts,
    candidates=st.lists(candidacies, max_size=3).map(tuple),
    tallies=st.lists(st.builds(Tally, party=texts, votes=counts), max_size=2).map(tuple),
    flags=flags,
)
compositions = st.builds(Composition, year=counts, size=counts, seats=seat_maps, date=st.none() | texts, flags=flags)
councils = st.builds(
    Council,
    id=texts,
    name=texts,
    full_name=texts,
    type=st.sampled_from(CouncilType),
    county=texts,
    region=texts,
    cycles=st.lists(st.builds(CyclePeriod, cycle=st.sampled_from(Cycle), since=st.none() | counts)).map(tuple),
    created=dates,
    abolished=st.none() | dates,
    source=texts,
    compositions=st.lists(compositions, max_size=3).map(tuple),
)
held = st.builds(
    SeatsHeld, date=texts, size=counts, seats=seat_maps, unknown=st.lists(texts, max_size=2).map(tuple), source=texts
)
polls = st.builds(
    CouncilPoll,
    election=texts,
    council=texts,
    cycle=st.sampled_from(Cycle),
    size=counts,
    seats_up=counts,
    won=seat_maps,
    after=st.none() | seat_maps,
    last_election=held,
    eve=held,
    eve_up=st.none() | held,
    sources=st.lists(texts, max_size=2).map(tuple),
    flags=flags,
)
records = st.builds(
    Record,
    schema=counts,
    title=texts,
    version=texts,
    licence=texts,
    attribution=texts,
    region=texts,
    default_local=st.none() | texts,
    sources=st.lists(sources, max_size=2).map(tuple),
    parties=st.lists(parties, max_size=2).map(tuple),
    elections=st.lists(elections, max_size=2).map(tuple),
    contests=st.lists(contests, max_size=2).map(tuple),
    councils=st.lists(councils, max_size=1).map(tuple),
    council_polls=st.lists(polls, max_size=1).map(tuple),
)


def _order(value: object) -> object:
    """The keys of every map inside a value, in their order, which equality of dictionaries ignores."""
    if isinstance(value, Mapping):
        return [(key, _order(part)) for key, part in value.items()]
    return [_order(part) for part in value] if isinstance(value, list) else value


@settings(deadline=None)  # a record is large
@given(records)
def test_what_is_written_is_read_back_equal(record: Record) -> None:
    """With both parsers: the one that emvote uses and the one of the standard library."""
    text = dump_record(record)
    assert msgspec.convert(rtoml.loads(text), Record) == record
    assert msgspec.convert(tomllib.loads(text), Record) == record


@settings(deadline=None)  # a record is large
@given(records)
def test_maps_keep_their_order_and_defaults_are_left_out(record: Record) -> None:
    """The text says what the model would say without its defaults, key by key in the same order."""
    read = tomllib.loads(dump_record(record))
    again = dump_record(msgspec.convert(read, Record))
    assert _order(tomllib.loads(again)) == _order(read)
    assert again == dump_record(record)


def test_each_candidate_has_a_line_of_its_own() -> None:
    """So that a corrected figure is one line of a diff."""
    contest = Contest(
        election="parl.2019-12-12",
        seat="E14000662",
        electorate=73199,
        valid_votes=15,
        candidates=(
            Candidacy(name="Amanda Solloway", party="con", votes=10, elected=True),
            Candidacy(name='Tony "T" Tinley', party="lab", votes=5, label="Labour and Co-operative"),
        ),
    )
    record = Record(
        schema=1, title="t", version="1", licence="l", attribution="a", region="East Midlands", contests=(contest,)
    )
    assert dump_record(record) == (
        'schema = 1\ntitle = "t"\nversion = "1"\nlicence = "l"\nattribution = "a"\nregion = "East Midlands"\n'
        '\n[[contests]]\nelection = "parl.2019-12-12"\nseat = "E14000662"\nelectorate = 73199\nvalid_votes = 15\n'
        "candidates = [\n"
        '  { name = "Amanda Solloway", party = "con", votes = 10, elected = true },\n'
        '  { name = "Tony \\"T\\" Tinley", party = "lab", votes = 5, label = "Labour and Co-operative" },\n'
        "]\n"
    )


@pytest.mark.parametrize("seats", [{}, {"con": 3}, {"lab": 1, "con": 2}])
def test_a_map_is_one_line_in_the_order_it_was_given(seats: dict[str, int]) -> None:
    """A council without a known seat is an empty table, not a missing one: the key is required."""
    held = SeatsHeld(date="2019-05-02", size=3, seats=seats, source="s")
    poll = CouncilPoll(
        election="e",
        council="c",
        cycle=Cycle.ALL,
        size=3,
        seats_up=3,
        won=seats,
        last_election=held,
        eve=held,
        sources=("s",),
    )
    record = Record(schema=1, title="", version="", licence="", attribution="", region="", council_polls=(poll,))
    line = next(line for line in dump_record(record).splitlines() if line.startswith("won = "))
    inside = ", ".join(f"{party} = {number}" for party, number in seats.items())
    assert line == (f"won = {{ {inside} }}" if seats else "won = {}")
