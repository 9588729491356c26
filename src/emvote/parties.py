"""Parties across elections: which continues which, and which ids stand for several together."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from emvote.dataset import Dataset
from emvote.model import Party, PartyKind


def continues(dataset: Dataset, later: str, earlier: str | None) -> bool:
    """Whether a party is the earlier one or continues it, as Reform UK does the Brexit Party."""
    return earlier in dataset.with_predecessors(later)


def stood_as(dataset: Dataset, party: str, stood: Container[str]) -> str | None:
    """Id under which a party stood: its own or a predecessor's; `None` where neither stood."""
    if party in stood:  # nearly always, and this is asked of every candidate
        return party
    return next((own for own in dataset.with_predecessors(party) if own in stood), None)


def joined(dataset: Dataset, now: Iterable[str], then: Container[str]) -> dict[str, str]:
    """Parties to compare with a predecessor, where only one of the two is at each election: new to old."""
    stand = dict.fromkeys(now)
    found = ((party, stood_as(dataset, party, then)) for party in stand)
    return {party: older for party, older in found if older is not None and older not in stand}


def predecessor_notes(dataset: Dataset, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Notes on parties that are compared with a predecessor, new and old."""
    for new, old in pairs:
        yield f"{dataset.parties[new].name} is compared with its predecessor, {dataset.parties[old].name}"


def is_aggregate(party: Party) -> bool:
    """Whether votes or seats of this id may be of several parties, as those of `other`."""
    return party.kind is PartyKind.AGGREGATE


def aggregates(parties: Iterable[Party]) -> frozenset[str]:
    """The ids of the aggregates among some parties."""
    return frozenset(party.id for party in parties if is_aggregate(party))
