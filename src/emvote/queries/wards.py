"""The wards of one council at one local election: every candidate, who was elected, and by what margin.

In a ward with several seats a voter has several votes, so that shares are of all votes and not of voters. Where only
the best candidate of each party is published, they are of those candidates' votes. The two are never compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from emvote import measures, names
from emvote.command_line import printed, question
from emvote.dataset import LOCAL, Dataset
from emvote.errors import UnknownName
from emvote.model import Council, Election, ElectionKind, Flag, Tally, WardCandidacy, WardContest
from emvote.queries.declared import Declared, declared_wards


class TurnoutBasis(StrEnum):
    """What a turnout counts."""

    BALLOTS = "ballot papers"
    """Ballot papers, rejected ones too, as published."""
    VALID = "valid votes"
    """Valid votes, from the votes themselves: only where each voter has one."""


class WardStanding(Struct, frozen=True, kw_only=True):
    """One candidate, or one party where candidates are not published."""

    candidate: str | None
    party: str
    party_label: str
    votes: int | None
    """`None` where nobody voted."""
    share_pct: float | None
    elected: bool | None
    """`None` where candidates are not published."""


class WardResult(Struct, frozen=True, kw_only=True):
    """One contest in one ward, with what follows from its votes."""

    contest: WardContest
    council: Council
    election: Election
    standings: tuple[WardStanding, ...]
    """Most votes first; of a tie, the elected first."""
    share_method: measures.ShareMethod | None
    """`None` where nobody voted."""
    turnout_pct: float | None
    turnout_basis: TurnoutBasis | None
    margin_votes: int | None
    """Votes of the last elected less those of the first who was not; 0 where the lot decided."""
    decided_by_lot: bool

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Those of the result."""
        return self.contest.flags

    @property
    def source(self) -> str:
        """Id of the source of the votes."""
        return self.contest.source or self.election.source

    @property
    def won(self) -> Mapping[str, int] | None:
        """Seats by party; `None` where candidates are not published."""
        if not self.contest.candidates:
            return None
        return Counter(candidate.party for candidate in self.contest.candidates if candidate.elected)


class WardParty(Struct, frozen=True, kw_only=True):
    """One party over the wards of an answer."""

    party: str
    candidates: int | None
    """`None` where candidates are not published."""
    seats: int | None
    votes: int | None
    """`None` where nobody could vote for it, all of its wards being uncontested, or where wards count in two ways."""
    share_pct: float | None


class WardsAnswer(Struct, frozen=True, kw_only=True):
    """The wards of a council at one election, by name."""

    council: Council
    election: Election | None
    """`None` where the record has no ward results of the council at all."""
    on_record: tuple[Election, ...]
    """Elections with ward results of the council, latest first."""
    results: tuple[WardResult, ...]
    parties: tuple[WardParty, ...]
    """Most seats first, then most votes."""
    declared: Declared
    """Of the wards asked for; the answer has only those."""
    share_method: measures.ShareMethod | None
    notes: tuple[str, ...]

    @property
    def seats_up(self) -> int:
        """Seats to be filled in these wards."""
        return sum(result.contest.seats_up for result in self.results)


def wards(dataset: Dataset, name: str, *, election: str | None = None, ward: str | None = None) -> WardsAnswer:
    """The wards of a council at one election.

    Args:
        dataset: where to look; opened with its ward results.
        name: of the council.
        election: as typed; for `None` the latest with ward results of the council, by-elections apart.
        ward: only this one, as typed.

    Raises:
        NameProblem: the council, the election or the ward is unknown or ambiguous.
    """
    council = dataset.find_council(name)
    mine = dataset.wards_of(council.id)
    chosen = dataset.find_election(election, LOCAL) if election is not None else _latest(dataset, mine)
    kept = sorted((each for each in mine if chosen and each.election == chosen.id), key=lambda each: each.ward)
    if ward is not None and kept:
        name = _one_ward(ward, kept, mine).ward
        kept = [each for each in kept if each.ward == name]
    declared = declared_wards(kept)
    results = tuple(ward_result(dataset, contest) for contest in kept if contest.declared)
    on_record = _on_record(dataset, mine)
    return WardsAnswer(
        council=council,
        election=chosen,
        on_record=on_record,
        results=results,
        parties=tuple(_parties(dataset, results)),
        declared=declared,
        share_method=_one_method(results),
        notes=(*declared.notes(), *(() if kept and not results else _notes(dataset, council, chosen, results, mine))),
    )


def wards_by_election(
    dataset: Dataset, council: Council, election: str | None = None, *, every: bool = False
) -> tuple[WardsAnswer, ...]:
    """The wards of a council at its elections, latest first: of the one that was asked for, of the latest, or of all.

    Raises:
        NameProblem: the election is unknown or ambiguous.
    """
    chosen: list[str | None] = [election]
    if election is None and every:
        chosen = [each.id for each in _on_record(dataset, dataset.wards_of(council.id))]
    found = (wards(dataset, council.id, election=each) for each in chosen)
    return tuple(each for each in found if each.results)


def _names_of(contest: WardContest) -> tuple[str, ...]:
    return (contest.ward, contest.ward_id or contest.ward)


def _one_ward(given: str, here: Sequence[WardContest], mine: Iterable[WardContest]) -> WardContest:
    """The ward of a name at the election asked for; where it voted at others only, those are told."""
    by_name = {each.ward: each for each in here}  # an ordinary poll and a by-election of one day share a name
    try:
        return names.resolve(given, by_name.values(), kind="ward", names=_names_of, shown=lambda each: each.ward)
    except UnknownName:
        wanted = names.normalise(given)
        others = {each.election: each for each in mine if wanted in map(names.normalise, _names_of(each))}
        if not others:
            raise
        ward = next(iter(others.values())).ward
        text = f"{ward} has no result at {here[0].election}; on record: {', '.join(sorted(others))}"
        raise UnknownName(text, kind="ward", given=given) from None


def _on_record(dataset: Dataset, mine: Sequence[WardContest]) -> tuple[Election, ...]:
    found = {each.election: dataset.elections[each.election] for each in mine}
    return tuple(sorted(found.values(), key=lambda each: each.date, reverse=True))


def _latest(dataset: Dataset, mine: Sequence[WardContest]) -> Election | None:
    ordinary = [each for each in mine if not each.by_election] or mine
    return next(iter(_on_record(dataset, ordinary)), None)


def ward_result(dataset: Dataset, contest: WardContest) -> WardResult:
    """What a ward contest decided."""
    margin = _margin(contest)
    turnout, basis = _turnout(contest)
    return WardResult(
        contest=contest,
        council=dataset.councils[contest.council],
        election=dataset.elections[contest.election],
        standings=tuple(_standings(dataset, contest)),
        share_method=_share_method(contest),
        turnout_pct=turnout,
        turnout_basis=basis,
        margin_votes=margin,
        decided_by_lot=margin == 0,
    )


def _one_method(results: Iterable[WardResult]) -> measures.ShareMethod | None:
    """The method by which all wards count votes; `None` where nobody voted, or where they differ."""
    methods = _methods(results)
    return methods.pop() if len(methods) == 1 else None


def _methods(results: Iterable[WardResult]) -> set[measures.ShareMethod]:
    return {each.share_method for each in results if each.share_method}


def _share_method(contest: WardContest) -> measures.ShareMethod | None:
    if contest.uncontested:
        return None
    return measures.ShareMethod.ALL_VOTES if contest.candidates else measures.ShareMethod.TOP_CANDIDATE


def _standings(dataset: Dataset, contest: WardContest) -> Iterator[WardStanding]:
    total = sum(entry.votes or 0 for entry in contest.entries)
    for candidate in sorted(contest.candidates, key=lambda each: (-(each.votes or 0), not each.elected)):
        yield _standing(dataset, candidate, total, name=candidate.name, elected=candidate.elected)
    for tally in sorted(contest.tallies, key=lambda each: -each.votes):
        yield _standing(dataset, tally, total)


def _standing(
    dataset: Dataset, entry: WardCandidacy | Tally, total: int, *, name: str | None = None, elected: bool | None = None
) -> WardStanding:
    return WardStanding(
        candidate=name,
        party=entry.party,
        party_label=entry.label or dataset.parties[entry.party].ballot_label,
        votes=entry.votes,
        share_pct=None if entry.votes is None else measures.share_pct(entry.votes, total),
        elected=elected,
    )


def _margin(contest: WardContest) -> int | None:
    won = [each.votes for each in contest.candidates if each.elected and each.votes is not None]
    lost = [each.votes for each in contest.candidates if not each.elected and each.votes is not None]
    return min(won) - max(lost) if won and lost else None


def _turnout(contest: WardContest) -> tuple[float | None, TurnoutBasis | None]:
    if contest.turnout_pct is not None:
        return contest.turnout_pct, TurnoutBasis.BALLOTS
    # with several seats the votes do not tell how many people voted
    if contest.electorate is None or contest.seats_up > 1 or contest.uncontested:
        return None, None
    votes = sum(entry.votes or 0 for entry in contest.entries)
    return measures.turnout_pct(votes, contest.electorate), TurnoutBasis.VALID


def _parties(dataset: Dataset, results: Sequence[WardResult]) -> Iterator[WardParty]:
    votes: Counter[str] = Counter()
    seats: Counter[str] = Counter()
    candidates: Counter[str] = Counter()
    for result in results:
        for each in result.standings:
            if each.votes is not None:
                votes[each.party] += each.votes
            candidates[each.party] += 1
        seats.update(result.won or {})
    if _one_method(results) is None:  # all votes of some wards and best candidates of others make no total
        votes.clear()
    known = all(result.contest.candidates for result in results)
    ranked = seats if known else Counter[str]()
    for party in sorted(candidates, key=lambda each: (-ranked[each], -votes[each], dataset.party_order(each))):
        polled = votes.get(party)
        yield WardParty(
            party=party,
            candidates=candidates[party] if known else None,
            seats=seats[party] if known else None,
            votes=polled,
            share_pct=None if polled is None else measures.share_pct(polled, votes.total()),
        )


def _notes(
    dataset: Dataset,
    council: Council,
    chosen: Election | None,
    results: Sequence[WardResult],
    mine: Sequence[WardContest],
) -> Iterator[str]:
    if not results:
        yield from _nothing(dataset, council, chosen, mine)
        return
    yield from _kinds(results)
    for flag, where in _flags(results).items():
        yield f"{', '.join(where)}: {flag.note}"
    for result in results:
        if result.decided_by_lot:
            yield f"{result.contest.ward}: the last seat was decided by lot"
    later = sorted({each.election for each in mine if chosen and _follows(dataset, each, chosen)})
    for election in later:
        command = printed(question("wards", council.name, options=("--election", election)))
        yield f"polled later: {command}"


def _kinds(results: Sequence[WardResult]) -> Iterator[str]:
    """What these results are not."""
    unopposed = sum(result.contest.uncontested for result in results)
    if unopposed:
        verb = "ward was" if unopposed == 1 else "wards were"
        yield f"{unopposed} {verb} not contested: nobody voted, so that votes, shares and turnout are not known"
    if any(result.contest.tallies for result in results):
        yield (
            "candidates are not published for this election: votes are those of the best candidate of each party, "
            "and who was elected is not on record"
        )
    elif any(result.contest.seats_up > 1 and not result.contest.uncontested for result in results):
        yield (
            "where several seats were up each voter had as many votes: shares are of all votes, and parties with as "
            "many candidates as seats weigh more in them"
        )
    if len(_methods(results)) > 1:
        yield "some wards have all votes on record, others those of each best candidate: they are not added up"
    by = [result.contest.ward for result in results if result.contest.by_election]
    if by:
        yield f"by-election: {', '.join(by)}"


def _flags(results: Sequence[WardResult]) -> dict[Flag, list[str]]:
    """Each finding with the wards that it is about, so that the same words are not said ward by ward."""
    found: dict[Flag, list[str]] = {}
    for result in results:
        for flag in result.contest.flags:
            found.setdefault(flag, []).append(result.contest.ward)
    return found


def _nothing(dataset: Dataset, council: Council, chosen: Election | None, mine: Sequence[WardContest]) -> Iterator[str]:
    days = [each.date.isoformat() for each in reversed(_on_record(dataset, mine))]
    if not days:
        yield f"no ward results of {council.name} are on record"
    elif chosen is not None:
        yield f"no ward results of {council.name} on {chosen.date}; on record: {', '.join(days)}"


def _follows(dataset: Dataset, contest: WardContest, chosen: Election) -> bool:
    """Whether a contest was put off from an election to a later day, before any other ordinary one."""
    held = dataset.elections[contest.election]
    return held.kind is ElectionKind.LOCAL_LATER and held.date > chosen.date and held.date.year == chosen.date.year
