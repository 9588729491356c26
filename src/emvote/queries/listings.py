"""What a dataset holds: its elections, its parties and its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Any

from msgspec import Struct

from emvote.dataset import Dataset
from emvote.model import Election, ElectionKind, Party, PartyKind, Source


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


def _cited(dataset: Dataset) -> Iterator[AbstractSet[str | None]]:
    """For each record that can cite, the sources that it does."""
    from emvote.schema import references  # only this question pays for it

    def named(thing: Any) -> set[str]:
        return {pointer.id for pointer in references(thing, "sources")}

    record = dataset.record
    tables = (record.parties, record.seats, record.elections, record.council_polls, record.mayoralties)
    people = (record.ward_councillors, record.council_administrations)
    for thing in chain(*tables, record.mayor_contests, record.hex_maps, record.governments, *people):
        yield named(thing)
    for contest in record.contests:
        yield {contest.source or dataset.elections[contest.election].source, *named(contest)}
    for council in record.councils:
        yield {council.source}
        for composition in council.compositions:
            yield {composition.source or council.compositions_source, *named(composition)}
