"""Every seat of the region at one election."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from emvote import measures
from emvote.baselines import published_baseline
from emvote.dataset import Dataset
from emvote.errors import UsageProblem
from emvote.model import Election
from emvote.queries.conditions import COUNTY, PARTY, condition, every, resolved
from emvote.queries.contest import SeatResult, in_region, seat_result
from emvote.queries.declared import Declared, declared_seats
from emvote.queries.typed import parse_bands


class SeatFilter(Struct, frozen=True, kw_only=True):
    """Which seats to keep: every condition that is given must hold."""

    changed: Annotated[bool, condition("Another party won than before.")] = False
    winner: Annotated[str | None, condition("This party won it.", PARTY)] = None
    second: Annotated[str | None, condition("This party came second.", PARTY)] = None
    party: Annotated[str | None, condition("This party stood; its share is shown.", PARTY)] = None
    held_by: Annotated[str | None, condition("The same as --winner.", PARTY)] = None
    gained_by: Annotated[str | None, condition("This party gained it.", PARTY)] = None
    lost_by: Annotated[str | None, condition("This party lost it.", PARTY)] = None
    county: Annotated[str | None, condition("In this ceremonial county.", COUNTY)] = None
    majority_under: Annotated[str | None, condition("Majority under N votes, or N per cent.", "N|N%")] = None
    marginal: Annotated[bool, condition("Majority under 10% of valid votes.")] = False


class SeatsAnswer(Struct, frozen=True, kw_only=True):
    """The seats kept, by name."""

    election: Election
    baseline: Election | None
    keep: SeatFilter
    """The conditions as understood: ids in place of names."""
    results: tuple[SeatResult, ...]
    all_results: tuple[SeatResult, ...]
    """Before filtering: what totals are of."""
    unsettled: tuple[SeatResult, ...]
    """Seats left out because the record does not tell whether a condition holds: who won before is not known."""
    declared: Declared
    """Of the region's seats at this election."""
    bands: measures.Bands
    """Of majorities."""


def seats(
    dataset: Dataset, election: str | None = None, keep: SeatFilter | None = None, *, bands: str | None = None
) -> SeatsAnswer:
    """The results of one election in the region, seat by seat, by name.

    Args:
        dataset: where to look.
        election: as typed; the latest general election for `None`.
        keep: conditions.
        bands: lower bounds of the bands of majorities, as typed; `None`: the usual ones.

    Raises:
        NameProblem: the election, a party or the county is unknown or ambiguous.
        UsageProblem: the majority is not a number, or the bounds are none.
    """
    limits = parse_bands(bands)
    chosen = dataset.find_or_latest(election)
    found = [seat_result(dataset, contest) for contest in dataset.contests_at(chosen.id) if in_region(dataset, contest)]
    inside = tuple(sorted(found, key=lambda result: result.seat.name))
    keep = resolved(dataset, keep or SeatFilter())
    meets = [(result, _meets(result, keep)) for result in inside]
    return SeatsAnswer(
        election=chosen,
        baseline=published_baseline(dataset, chosen),
        keep=keep,
        results=tuple(result for result, kept in meets if kept),
        all_results=inside,
        unsettled=tuple(result for result, kept in meets if kept is None),
        declared=declared_seats(dataset, chosen.id),
        bands=limits,
    )


def _meets(result: SeatResult, keep: SeatFilter) -> bool | None:
    """Whether a seat meets every condition; `None`: the record does not tell."""
    under = None if keep.majority_under is None else parse_majority(keep.majority_under)
    if (
        (keep.county is not None and keep.county not in result.seat.counties)
        or (under is not None and not _is_under(result, under))
        or (keep.party is not None and not _stood(result, keep.party))
        or (keep.marginal and not _is_under(result, (measures.MARGINAL_PCT, True)))
    ):
        return False
    return every((_won_as_asked(result, keep), _second_as_asked(result, keep), _changed_as_asked(result, keep)))


def _stood(result: SeatResult, party: str) -> bool:
    return any(standing.party == party for standing in result.standings)


def _won_as_asked(result: SeatResult, keep: SeatFilter) -> bool | None:
    """Whether the winner is of the party asked for; `None`: not known."""
    wanted = {keep.winner, keep.held_by, keep.gained_by} - {None}
    if not wanted:
        return True
    return {result.winner.party} == wanted if result.winner else None


def _second_as_asked(result: SeatResult, keep: SeatFilter) -> bool | None:
    """Whether the runner-up is of the party asked for; `None`: not known, or several share the place."""
    if keep.second is None:
        return True
    if result.runner_up:
        return result.runner_up.party == keep.second
    return None if _stood(result, keep.second) or not result.candidates_known else False


def _changed_as_asked(result: SeatResult, keep: SeatFilter) -> bool | None:
    """Whether a seat changed hands as asked; `None`: the winner, now or before, is not known."""
    if not (keep.changed or keep.gained_by or keep.lost_by):
        return True
    if keep.lost_by is not None and result.winner and result.winner.party == keep.lost_by:
        return False
    if keep.lost_by is not None and result.previous_party not in {None, keep.lost_by}:
        return False
    # `new`: the first result on these boundaries
    return result.change == "gain" if result.change in {"hold", "gain"} else None


def _is_under(result: SeatResult, limit: tuple[float, bool]) -> bool:
    number, percent = limit
    majority = result.majority_pct if percent else result.majority_votes
    return majority is not None and majority < number


def parse_majority(text: str) -> tuple[float, bool]:
    """A majority as typed: the number, and whether it is per cent.

    >>> parse_majority("1,000"), parse_majority("2.5%")
    ((1000.0, False), (2.5, True))

    Raises:
        UsageProblem: it is not a number, or negative.
    """
    bare = text.strip().removesuffix("%").replace(",", "").replace("_", "").strip()
    try:
        number = float(bare)
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise UsageProblem(f"a majority is a number of votes (1000) or a percentage (5%), not '{text}'")
    return number, text.strip().endswith("%")
