"""Every seat of the region at one election."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from emvote import measures
from emvote.dataset import PARLIAMENT, Dataset
from emvote.errors import UsageProblem
from emvote.model import Election
from emvote.queries.contest import SeatResult, in_region, seat_result


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFilter:
    """Which seats to keep: every condition that is given must hold."""

    changed: bool = False
    """Another party won than at the baseline."""
    held_by: str | None = None
    """Party that won, as typed; likewise below."""
    gained_by: str | None = None
    lost_by: str | None = None
    county: str | None = None
    majority_under: str | None = None
    """Votes (`1000`) or per cent of valid votes (`5%`)."""
    marginal: bool = False
    """Majority under 10% of valid votes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsAnswer:
    """The seats kept, by name."""

    election: Election
    baseline: Election | None
    results: tuple[SeatResult, ...]
    all_results: tuple[SeatResult, ...]
    """Before filtering: what totals are of."""


def seats(dataset: Dataset, election: str | None = None, keep: SeatFilter | None = None) -> SeatsAnswer:
    """The results of one election in the region, seat by seat, by name.

    Args:
        dataset: where to look.
        election: as typed; the latest general election for `None`.
        keep: conditions.

    Raises:
        NameProblem: the election, a party or the county is unknown or ambiguous.
        UsageProblem: the majority is not a number.
    """
    chosen = dataset.latest_general() if election is None else dataset.find_election(election, PARLIAMENT)
    results = [
        seat_result(dataset, contest) for contest in dataset.contests_at(chosen.id) if in_region(dataset, contest)
    ]
    results.sort(key=lambda result: result.seat.name)
    inside = tuple(results)
    kept = inside if keep is None else tuple(_kept(dataset, inside, keep))
    baseline = dataset.elections[chosen.previous] if chosen.previous else None
    return SeatsAnswer(election=chosen, baseline=baseline, results=kept, all_results=inside)


def _kept(dataset: Dataset, results: tuple[SeatResult, ...], keep: SeatFilter) -> Iterator[SeatResult]:
    held_by, gained_by, lost_by = (
        None if given is None else dataset.find_party(given).id
        for given in (keep.held_by, keep.gained_by, keep.lost_by)
    )
    county = None if keep.county is None else dataset.find_county(keep.county)
    under = None if keep.majority_under is None else parse_majority(keep.majority_under)
    for result in results:
        winner = result.winner.party if result.winner else None
        if (
            (not keep.changed or result.change == "gain")
            and (held_by is None or winner == held_by)
            and (gained_by is None or (result.change == "gain" and winner == gained_by))
            and (lost_by is None or (result.change == "gain" and result.previous_party == lost_by))
            and (county is None or county in result.seat.counties)
            and (under is None or _is_under(result, under))
            and (not keep.marginal or _is_under(result, (measures.MARGINAL_PCT, True)))
        ):
            yield result


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
