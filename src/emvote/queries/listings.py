"""What a dataset holds: its elections, its parties and its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from msgspec import Struct

from emvote.dataset import Dataset
from emvote.model import Contest, Council, CouncilPoll, Election, ElectionKind, Flag, Party, PartyKind, Source


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
    record = dataset.record
    yield from ({party.source} for party in record.parties)
    yield from ({seat.source} for seat in record.seats)
    for election in record.elections:
        yield {election.source, *_evidence(election.flags)}
    for contest in record.contests:
        yield {_source_of(dataset, contest), *_evidence(contest.flags)}
    for council in record.councils:
        yield from _cited_by_council(council)
    for poll in record.council_polls:
        yield _cited_by_poll(poll)
    yield from ({mayoralty.source} for mayoralty in record.mayoralties)
    yield from ({*contest.sources, *_evidence(contest.flags)} for contest in record.mayor_contests)
    yield from ({each.source} for each in record.hex_maps)
    yield from ({each.source} for each in record.governments)


def _source_of(dataset: Dataset, contest: Contest) -> str:
    return contest.source or dataset.elections[contest.election].source


def _cited_by_council(council: Council) -> Iterator[AbstractSet[str | None]]:
    yield {council.source}
    for composition in council.compositions:
        yield {composition.source or council.compositions_source, *_evidence(composition.flags)}


def _cited_by_poll(poll: CouncilPoll) -> AbstractSet[str | None]:
    parts = (poll.last_election, poll.last_council, poll.eve, poll.eve_up, poll.administration)
    return {*poll.sources, *(part.source for part in parts if part), *_evidence(poll.flags)}


def _evidence(flags: tuple[Flag, ...]) -> Iterator[str | None]:
    return (flag.source for flag in flags)
