"""Every candidate on record, of whatever kind of election, in one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

from msgspec import Struct

from emvote import measures
from emvote.dataset import FOUGHT, LOCAL, MAYOR, Dataset
from emvote.model import Election, Flag
from emvote.names import normalise
from emvote.queries.conditions import COUNTY, PARTY, condition, resolved
from emvote.queries.contest import seat_result
from emvote.queries.wards import ward_result

if TYPE_CHECKING:
    from emvote.model import MayorContest

ANY = FOUGHT | LOCAL | MAYOR


class CandidateFilter(Struct, frozen=True, kw_only=True):
    """Which candidates to keep: every condition that is given must hold."""

    party: Annotated[str | None, condition("Of this party.", PARTY)] = None
    name: Annotated[str | None, condition("With all of these words in the name.", "NAME")] = None
    elected: Annotated[bool, condition("Who were elected.")] = False
    lost_deposit: Annotated[bool, condition("Who lost the deposit.")] = False
    county: Annotated[str | None, condition("In this ceremonial county.", COUNTY)] = None
    council: Annotated[str | None, condition("For this council, or to run it as mayor.", "COUNCIL")] = None
    seat: Annotated[str | None, condition("In this constituency.", "SEAT")] = None


class Stood(Struct, frozen=True, kw_only=True):
    """One candidate at one election."""

    election: Election
    place_id: str | None
    """`None`: a ward without a code."""
    place: str
    counties: tuple[str, ...]
    council_id: str | None
    candidate: str
    party: str
    party_label: str
    votes: int | None
    total: int | None
    """All votes of the contest, of which the share is one."""
    share_pct: float | None
    rank: int | None
    """By votes, equal ones sharing a place; `None`: nobody voted, or votes were not found."""
    elected: bool | None
    deposit_lost: bool | None
    sitting: bool | None
    """`None`: the record does not say."""
    flags: tuple[Flag, ...]
    source: str


class CandidatesAnswer(Struct, frozen=True, kw_only=True):
    """The candidates kept, latest election first, by place and votes."""

    election: Election | None
    """`None`: all on record."""
    keep: CandidateFilter
    """The conditions as understood: ids in place of names."""
    rows: tuple[Stood, ...]


def candidates(dataset: Dataset, election: str | None = None, keep: CandidateFilter | None = None) -> CandidatesAnswer:
    """Every candidate on record in the region, or at one election.

    Args:
        dataset: where to look; opened with its ward results, else those are not among them.
        election: as typed; all for `None`.
        keep: conditions.

    Raises:
        NameProblem: the election, a party, the county, the council or the seat is unknown or ambiguous.
    """
    chosen = None if election is None else dataset.find_election(election, ANY)
    keep = resolved(dataset, keep or CandidateFilter())
    council = None if keep.council is None else dataset.find_council(keep.council).id
    seats = None if keep.seat is None else {seat.id for seat in dataset.find_seats(keep.seat)}
    rows: list[Stood] = []
    if keep.council is None:
        rows.extend(_of_seats(dataset, chosen, seats))
    if seats is None:
        rows.extend(_of_wards(dataset, chosen, council))
        rows.extend(_of_mayors(dataset, chosen, council))
    kept = [row for row in rows if _meets(row, keep)]
    kept.sort(
        key=lambda row: (-row.election.date.toordinal(), row.election.id, row.place, row.rank or 0, row.candidate)
    )
    return CandidatesAnswer(election=chosen, keep=keep, rows=tuple(kept))


def _meets(row: Stood, keep: CandidateFilter) -> bool:
    words = set(normalise(keep.name).split()) if keep.name else set()
    return (
        (keep.party is None or row.party == keep.party)
        and words <= set(normalise(row.candidate).split())
        and (not keep.elected or row.elected is True)
        and (not keep.lost_deposit or row.deposit_lost is True)
        and (keep.county is None or keep.county in row.counties)
    )


def _of_seats(dataset: Dataset, chosen: Election | None, only: set[str] | None) -> Iterator[Stood]:
    for contest in dataset.contests_at(chosen.id) if chosen else dataset.record.contests:
        election = dataset.elections[contest.election]
        if not contest.declared or election.kind not in FOUGHT or not dataset.seat_in_region(contest.seat):
            continue
        if only is not None and contest.seat not in only:
            continue
        result = seat_result(dataset, contest)
        for each, rank in zip(result.standings, _ranks(one.votes for one in result.standings), strict=True):
            if each.candidate is not None:
                yield Stood(
                    election=election,
                    place_id=result.seat.id,
                    place=result.seat.name,
                    counties=tuple(result.seat.counties),
                    council_id=None,
                    candidate=each.candidate,
                    party=each.party,
                    party_label=each.party_label,
                    votes=each.votes,
                    total=contest.valid_votes,
                    share_pct=each.share_pct,
                    rank=rank,
                    elected=each.elected,
                    deposit_lost=each.deposit_lost,
                    sitting=each.sitting_mp,
                    flags=result.flags,
                    source=contest.source or election.source,
                )


def _of_wards(dataset: Dataset, chosen: Election | None, only: str | None) -> Iterator[Stood]:
    for contest in dataset.wards_at(chosen.id) if chosen else dataset.record.wards:
        inside = contest.council == only if only else dataset.council_in_region(contest.council)
        if not inside or not contest.declared:
            continue
        result = ward_result(dataset, contest)
        for each, rank in zip(result.standings, _ranks(one.votes for one in result.standings), strict=True):
            if each.candidate is not None:
                yield Stood(
                    election=result.election,
                    place_id=contest.ward_id,
                    place=f"{contest.ward}, {result.council.name}",
                    counties=(result.council.county,),
                    council_id=contest.council,
                    candidate=each.candidate,
                    party=each.party,
                    party_label=each.party_label,
                    votes=each.votes,
                    total=sum(one.votes or 0 for one in result.standings),
                    share_pct=each.share_pct,
                    rank=rank,
                    elected=each.elected,
                    deposit_lost=None,
                    sitting=None,
                    flags=result.flags,
                    source=result.source,
                )


def _of_mayors(dataset: Dataset, chosen: Election | None, only: str | None) -> Iterator[Stood]:
    offices = {each.id: each for each in dataset.record.mayoralties}
    for contest in dataset.record.mayor_contests:
        office, election = offices[contest.mayoralty], dataset.elections[contest.election]
        if (chosen and contest.election != chosen.id) or (only and office.council != only):
            continue
        county = (dataset.councils[office.council].county,) if office.council else ()
        total = _total(contest)
        ranks = _ranks(one.votes for one in contest.candidates)
        for each, rank in zip(contest.candidates, ranks, strict=True):
            share = None if each.votes is None or total is None else measures.share_pct(each.votes, total)
            yield Stood(
                election=election,
                place_id=office.id,
                place=office.name,
                counties=county,
                council_id=office.council,
                candidate=each.name,
                party=each.party,
                party_label=each.label or dataset.parties[each.party].ballot_label,
                votes=each.votes,
                total=total,
                share_pct=each.share_pct if share is None else share,
                rank=rank,
                elected=each.elected,
                deposit_lost=None,
                sitting=None,
                flags=contest.flags,
                source=election.source,
            )


def _total(contest: MayorContest) -> int | None:
    """All first votes; `None` where somebody's are not known."""
    if not contest.complete or any(each.votes is None for each in contest.candidates):
        return None
    return sum(each.votes or 0 for each in contest.candidates)


def _ranks(votes: Iterable[int | None]) -> list[int | None]:
    """The place of each, equal votes sharing one; nobody has a place where some votes are not known."""
    found = list(votes)
    known = [each for each in found if each is not None]
    if len(known) < len(found):
        return [None] * len(found)
    return [1 + sum(other > each for other in known) for each in known]
