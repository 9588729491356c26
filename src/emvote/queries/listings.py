"""What a dataset holds: its elections, its parties and its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Any

from msgspec import Struct

from emvote.dataset import Dataset
from emvote.model import Contest, Election, ElectionKind, Party, PartyKind, Source
from emvote.schema import references


class ElectionListed(Struct, frozen=True):
    """An election and how much of it is on record."""

    election: Election
    contests: int
    """Results of seats, polls of councils, or elections of a mayor; ward results are not counted."""


class SourceListed(Struct, frozen=True):
    """A source and how much rests on it."""

    source: Source
    used: int
    """Records that cite it, for their figures or as the evidence of a flag."""


def elections(dataset: Dataset, kind: ElectionKind | None = None) -> tuple[ElectionListed, ...]:
    """The elections of a kind, or all, by polling day."""
    contests = Counter(contest.election for contest in dataset.record.contests)
    contests.update(poll.election for poll in dataset.record.council_polls)
    contests.update(contest.election for contest in dataset.record.mayor_contests)
    kept = (each for each in dataset.record.elections if kind in (None, each.kind))
    return tuple(
        ElectionListed(each, contests[each.id]) for each in sorted(kept, key=lambda each: (each.date, each.id))
    )


def parties(dataset: Dataset, kind: PartyKind | None = None) -> tuple[Party, ...]:
    """The parties of a kind, or all, in the order in which tables list them."""
    return tuple(party for party in dataset.record.parties if kind in (None, party.kind))


def sources(dataset: Dataset, source_id: str | None = None) -> tuple[SourceListed, ...]:
    """One source, or all.

    Raises:
        UnknownName: there is no such source.
    """
    wanted = dataset.record.sources if source_id is None else (dataset.find_source(source_id),)
    used = Counter(each for cited in _cited(dataset) for each in cited)
    return tuple(SourceListed(source, used[source.id]) for source in wanted)


def _cited(dataset: Dataset) -> Iterator[AbstractSet[str]]:
    """For each record that can cite, the sources that it does."""
    record = dataset.record
    tables = (record.parties, record.seats, record.elections, record.contests, record.council_polls)
    for thing in chain(*tables, record.mayoralties, record.mayor_contests, record.hex_maps, record.governments):
        default = dataset.elections[thing.election].source if isinstance(thing, Contest) and not thing.source else None
        yield _sources(thing, default)
    for council in record.councils:
        yield {council.source}
        for composition in council.compositions:
            yield _sources(composition, None if composition.source else council.compositions_source)


def _sources(thing: Any, default: str | None) -> AbstractSet[str]:
    """The sources that a thing and its parts name, and one that goes without saying."""
    named = {pointer.id for pointer in references(thing, "sources")}
    return named if default is None else {*named, default}
