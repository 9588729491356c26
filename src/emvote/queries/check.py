"""Published labels held against what the figures say: outcomes of seats, control of councils.

A label that differs is a problem unless a flag beside the figure says so: nothing disagrees silently.
"""

from __future__ import annotations

from collections.abc import Iterator

from emvote.dataset import Dataset
from emvote.errors import Problem
from emvote.model import NOC, Contest
from emvote.queries import control as rules
from emvote.queries.contest import seat_result
from emvote.queries.councils import council_row

OUTCOME = "outcome"
LABEL = "control-label"
RULES = (
    (OUTCOME, "the published outcome of a seat is the computed one, or a flag says why not"),
    (LABEL, "the published control of a council is the computed one, or a flag says why not"),
)
NO_PARTY = frozenset({"ind", "independent", "other", "others"})
"""Published labels for independents, residents and local parties together: they decide nothing here."""


def labels(dataset: Dataset) -> Iterator[Problem]:
    """Every published label that differs from the figures without a flag."""
    yield from _outcomes(dataset)
    yield from _compositions(dataset)
    yield from _polls(dataset)


def _outcomes(dataset: Dataset) -> Iterator[Problem]:
    for i, contest in enumerate(dataset.record.contests):
        if contest.outcome is None or contest.flags:
            continue
        result = seat_result(dataset, contest)
        if result.outcome != contest.outcome and not _same_winner(dataset, contest, result.outcome):
            expected = f"expected '{result.outcome}', as the votes and the baseline say ({result.seat.name})"
            yield Problem(dataset.file, f"contests[{i}].outcome", OUTCOME, repr(contest.outcome), expected)


def _same_winner(dataset: Dataset, contest: Contest, computed: str | None) -> bool:
    """Whether a published hold or gain names the winner, where the record has no earlier result to tell which it is."""
    if dataset.elections[contest.election].previous is not None or computed is None or contest.outcome is None:
        return False
    return computed == f"{contest.outcome.partition(' ')[0]} win"


def _compositions(dataset: Dataset) -> Iterator[Problem]:
    for i, council in enumerate(dataset.record.councils):
        for j, composition in enumerate(council.compositions):
            computed = rules.control(dataset, composition.seats, composition.size)
            if composition.flags or agrees(dataset, composition.published, computed):
                continue
            place = f"councils[{i}].compositions[{j}].published"
            expected = f"expected a label for '{computed}' ({council.name} {composition.year}), or a flag"
            yield Problem(dataset.file, place, LABEL, repr(composition.published), expected)


def _polls(dataset: Dataset) -> Iterator[Problem]:
    for i, poll in enumerate(dataset.record.council_polls):
        row = council_row(dataset, poll)
        for key, published, computed in (
            ("published_before", poll.published_before, row.control_before),
            ("published_after", poll.published_after, row.control_after),
        ):
            if not poll.flags and not agrees(dataset, published, computed):
                expected = f"expected a label for '{computed}' ({row.council.name}), or a flag"
                yield Problem(dataset.file, f"council_polls[{i}].{key}", LABEL, repr(published), expected)


def agrees(dataset: Dataset, published: str | None, computed: str | None) -> bool:
    """Whether a published label can stand beside a computed control.

    `X plurality`, `X min` and coalitions (`LD/LAB`) are no overall control; `LAB Mayor` tells of the mayor only; a
    label for independents fits whatever the record counts together.
    """
    if published is None or computed is None:
        return True
    label = published.casefold()
    if label.endswith(" mayor"):
        return True
    words = label.replace("(", " ").replace(")", " ").split()
    if "plurality" in words or "min" in words or "/" in label or words[:1] == [NOC]:
        return computed == NOC
    if label in NO_PARTY:
        return computed == NOC or not dataset.is_party(computed) or dataset.parties[computed].kind.value == "local"
    return any(
        computed == party.id
        for party in dataset.record.parties
        if label in (party.id, party.abbreviation.casefold(), *(alias.casefold() for alias in party.aliases))
    )
