"""Who sat for a seat at dissolution, where that is not the party that had won it last.

The record has no list of members. The evidence is in its candidacies: a candidate who is marked as a sitting member,
stands in the same seat for another party, and has the name of whoever was elected there last.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from emvote.dataset import FOUGHT, Dataset
from emvote.model import Candidacy, Contest, Election, Seat
from emvote.names import normalise
from emvote.parties import continues


class ChangedParty(Struct, frozen=True, kw_only=True):
    """A member who stood again for another party, or for none."""

    contest: Contest
    candidacy: Candidacy
    elected_for: str
    """Party for which the seat was won last."""
    elected_at: Election


def changed_parties(dataset: Dataset, contest: Contest) -> Iterator[ChangedParty]:
    """The candidates of a contest who sat for the seat under another party than they had won it for."""
    sitting = [each for each in contest.candidates if each.sitting_mp]
    last = _last_result(dataset, contest) if sitting else None
    if last is None:
        return
    elected = [each for each in last.candidates if each.elected]
    for candidacy in sitting:
        for winner in elected:
            same_name = normalise(winner.name) == normalise(candidacy.name)
            if same_name and not continues(dataset, candidacy.party, winner.party):
                yield ChangedParty(
                    contest=contest,
                    candidacy=candidacy,
                    elected_for=winner.party,
                    elected_at=dataset.elections[last.election],
                )


def _last_result(dataset: Dataset, contest: Contest) -> Contest | None:
    """The result before a contest in the same seat, or in the one that it continues; by-elections count."""
    day = dataset.elections[contest.election].date
    line = [each.id for each in _line(dataset, dataset.seats[contest.seat])]
    for each in dataset.contests_of(line):
        election = dataset.elections[each.election]
        if election.kind in FOUGHT and election.date < day:
            return each
    return None


def _line(dataset: Dataset, seat: Seat) -> Iterator[Seat]:
    step: Seat | None = seat
    while step is not None:
        yield step
        step = dataset.seats.get(step.predecessor) if step.predecessor else None


def sentence(dataset: Dataset, change: ChangedParty) -> str:
    """What the record shows: who was elected here for which party, sat at the dissolution and stood for another."""
    candidacy = change.candidacy
    stood = f"for {dataset.parties[candidacy.party].name}" if dataset.is_party(candidacy.party) else "for no party"
    return (
        f"{candidacy.name}, elected for {dataset.parties[change.elected_for].name} in {change.elected_at.date.year}, "
        f"sat here at the dissolution and stood again {stood}"
    )
