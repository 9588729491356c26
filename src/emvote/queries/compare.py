"""Two elections side by side, party by party; or places side by side at one election."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from emvote import measures
from emvote.dataset import LOCAL, PARLIAMENT, Dataset, is_past
from emvote.errors import AmbiguousName, NameProblem, UnknownName, UsageProblem
from emvote.frozen import dataclass
from emvote.model import Contest, Council, Election, Seat
from emvote.names import ambiguous
from emvote.queries.contest import PairSwing, SeatResult, Votes, pair_swing, seat_result, winner_party
from emvote.queries.councils import Baseline, CouncilFilter, CouncilRow, councils
from emvote.queries.declared import Declared
from emvote.queries.pairs import (
    Pair,
    declared_at_both,
    elections_pair,
    no_seat_in_common,
    regional,
    shared_contests,
)


@dataclass(frozen=True, kw_only=True)
class PartyChange:
    """One party at both elections."""

    party: str
    seats_from: int | None
    """`None` for a lump of parties where some winner is not known: it may be one of them."""
    seats_to: int | None
    votes_from: int | None
    """`None`: did not stand."""
    votes_to: int | None
    share_from_pct: float | None
    share_to_pct: float | None
    share_change_pp: float | None
    """`None` where it stood only once, and for independents, who are not the same people."""

    @property
    def seats_net(self) -> int | None:
        """Seats at the later election less those at the earlier."""
        return None if self.seats_to is None or self.seats_from is None else self.seats_to - self.seats_from


@dataclass(frozen=True, kw_only=True)
class ChangedHands:
    """A seat that another party won."""

    seat: str
    from_party: str
    to_party: str
    majority_votes: int | None


@dataclass(frozen=True, kw_only=True)
class ElectionsCompared:
    """Two elections in the seats that have both."""

    pair: Pair
    rows: tuple[PartyChange, ...]
    seats: int
    declared: Declared
    """Of the seats in both elections: everything here is of the declared ones, at both."""
    changed_hands: tuple[ChangedHands, ...]
    turnout_from_pct: float | None
    turnout_to_pct: float | None
    swing: PairSwing | None
    swing_votes: tuple[Votes, Votes]
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SeatsCompared:
    """Seats side by side at one election."""

    election: Election
    results: tuple[SeatResult, ...]


@dataclass(frozen=True, kw_only=True)
class CouncilsCompared:
    """Councils side by side at one local election."""

    election: Election
    baseline: Baseline
    rows: tuple[CouncilRow, ...]


Compared = ElectionsCompared | SeatsCompared | CouncilsCompared


def compare(dataset: Dataset, things: Sequence[str], *, election: str | None = None) -> Compared:
    """Two elections, or two or more places, side by side.

    Args:
        dataset: where to look.
        things: two elections as typed, or seats, or councils; `seat:` and `council:` tell a shared name apart.
        election: at which to compare places; unsaid: the latest general or the default local election.

    Raises:
        NameProblem: a name is unknown, ambiguous, or both a seat's and a council's.
        UsageProblem: fewer than two things, things of different kinds, or elections that cannot be compared.
    """
    if len(things) < 2:  # noqa: PLR2004 - comparing needs two
        raise UsageProblem("compare needs two elections, or two or more places of one kind")
    elections = [_is_election(dataset, thing) for thing in things]
    if all(elections):
        if len(things) > 2:  # noqa: PLR2004 - and takes no more elections than that
            raise UsageProblem("compare takes two elections, or two or more places of one kind")
        if election is not None:
            raise UsageProblem("--election is for places; two elections say themselves when they were")
        return compare_elections(dataset, things[0], things[1])
    if any(elections):
        raise _no_election(dataset, things[elections.index(False)])
    places = [find_place(dataset, thing) for thing in things]
    seats = [place for place in places if isinstance(place, Seat)]
    if len(seats) == len(places):
        return _compare_seats(dataset, seats, election)
    wards = [place for place in places if isinstance(place, Council)]
    if len(wards) == len(places):
        return _compare_councils(dataset, wards, election)
    raise UsageProblem("compare takes seats or councils, not both: write seat: or council: before a name")


def _is_election(dataset: Dataset, thing: str) -> bool:
    """Whether a name is an election's; that of a place is the place's, although a by-election may answer to it."""
    try:
        dataset.find_election(thing, PARLIAMENT | LOCAL)
    except UnknownName:
        return False
    except AmbiguousName:
        pass
    try:
        find_place(dataset, thing)
    except NameProblem as problem:
        return isinstance(problem, UnknownName)
    return False


def _no_election(dataset: Dataset, given: str) -> NameProblem | UsageProblem:
    """What is wrong with something that stands beside an election and is none."""
    try:
        find_place(dataset, given)
    except UnknownName:
        try:
            dataset.find_election(given, PARLIAMENT | LOCAL)
        except UnknownName as problem:
            return problem
    except AmbiguousName:
        pass
    return UsageProblem(f"compare takes elections or places, not both: '{given}' is a place")


def find_place(dataset: Dataset, given: str) -> Seat | Council:
    """A seat or a council; a name that both have must say which (`seat:Ashfield`).

    A seat that ended before 2010 does not stand in the way of the council of its name.

    Raises:
        UnknownName, AmbiguousName: not exactly one place has it.
    """
    kind, colon, name = given.partition(":")
    if colon and kind.casefold() == "seat":
        return dataset.find_seats(name)[0]
    if colon and kind.casefold() == "council":
        return dataset.find_council(name)
    found: list[Seat | Council] = []
    problems: list[NameProblem] = []
    for find in (lambda: dataset.find_seats(given)[0], lambda: dataset.find_council(given)):
        try:
            found.append(find())
        except NameProblem as problem:
            problems.append(problem)
    if len(found) > 1 and isinstance(found[0], Seat) and is_past(found[0]):
        return found[1]
    if len(found) > 1:
        raise ambiguous(given, "place", [f"seat:{given}", f"council:{given}"])
    if not found:
        raise max(problems, key=lambda problem: len(problem.suggestions))
    return found[0]


def compare_elections(dataset: Dataset, earlier: str, later: str) -> ElectionsCompared:
    """Two elections party by party: most seats at the later first, then most votes.

    Raises:
        NameProblem: one of them is unknown or ambiguous.
        UsageProblem: they cannot be compared.
    """
    for given in (earlier, later):
        if not _is_parliamentary(dataset, given):
            raise UsageProblem(f"'{given}' is local: only parliamentary elections can be compared party by party")
    pair = elections_pair(dataset, earlier, later)
    contests = regional(dataset, shared_contests(dataset, pair))
    declared = declared_at_both(dataset, pair)
    if not contests:
        raise no_seat_in_common(pair, declared)
    before, after = [c for c, _ in contests], [c for _, c in contests]
    sides = (_Side.of(dataset, before), _Side.of(dataset, after))
    rows, joined = _party_rows(dataset, *sides)
    votes = (Votes.of(dataset, *before), Votes.of(dataset, *after))
    largest = sorted(votes[1].by_party, key=lambda party: -votes[1].by_party[party])[:2]
    swing = pair_swing(dataset, largest[0], largest[1], *votes)[0] if len(largest) > 1 else None
    return ElectionsCompared(
        pair=pair,
        rows=rows,
        seats=len(contests),
        declared=declared,
        changed_hands=tuple(_changed_hands(dataset, contests)),
        turnout_from_pct=_turnout(before),
        turnout_to_pct=_turnout(after),
        swing=swing,
        swing_votes=votes,
        notes=(*pair.notes, *declared.notes(), *joined, *_unknown_winners(pair, *sides), *_left_out(before, after)),
    )


def _unknown_winners(pair: Pair, *sides: _Side) -> Iterator[str]:
    """Seats that count for nobody, because their winner is not known."""
    for election, side in zip((pair.earlier, pair.later), sides, strict=True):
        if side.unknown:
            number = f"{len(side.unknown)} seat{'s' if len(side.unknown) > 1 else ''}"
            yield f"counted for nobody, winner not known in {number} of {election.id}: {', '.join(side.unknown)}"


def _turnout(contests: Sequence[Contest]) -> float | None:
    """Turnout over the contests whose valid votes and electorate are both known."""
    known = [(c.valid_votes, c.electorate) for c in contests if c.valid_votes is not None and c.electorate is not None]
    return measures.turnout_pct(sum(valid for valid, _ in known), sum(electors for _, electors in known))


def _left_out(*sides: Sequence[Contest]) -> Iterator[str]:
    """How many seats are not in the totals of votes and turnout, because nobody voted or no total is known."""
    for contests, when in zip(sides, ("earlier", "later"), strict=True):
        number = sum(contest.valid_votes is None for contest in contests)
        if number:
            seats = "1 seat" if number == 1 else f"{number} seats"
            yield f"without the votes of {seats} at the {when} election: nobody voted there, or the total is not known"


def _is_parliamentary(dataset: Dataset, given: str) -> bool:
    try:
        dataset.find_election(given, PARLIAMENT)
    except UnknownName:
        return False
    except NameProblem:
        return True
    return True


@dataclass(frozen=True)
class _Side:
    """Seats and votes of every party id at one election; independents and lumps pooled under theirs."""

    seats: dict[str, int]
    votes: dict[str, int]
    valid: int
    unknown: tuple[str, ...]
    """Names of the seats whose winner is not known."""

    @classmethod
    def of(cls, dataset: Dataset, contests: Sequence[Contest]) -> _Side:
        seats: dict[str, int] = {}
        votes: dict[str, int] = {}
        unknown: list[str] = []
        for contest in contests:
            winner = winner_party(dataset, contest)
            if winner is None:
                unknown.append(dataset.seats[contest.seat].name)
            else:
                seats[winner] = seats.get(winner, 0) + 1
            for entry in contest.entries if contest.valid_votes is not None else ():
                votes[entry.party] = votes.get(entry.party, 0) + entry.votes
        return cls(seats, votes, sum(contest.valid_votes or 0 for contest in contests), tuple(unknown))

    def seats_of(self, dataset: Dataset, party: str) -> int | None:
        """Seats of a party, counting the winners that are known."""
        lump = self.unknown and not dataset.is_contender(party)
        return None if lump else self.seats.get(party, 0)


def _party_rows(dataset: Dataset, before: _Side, after: _Side) -> tuple[tuple[PartyChange, ...], tuple[str, ...]]:
    """A row a party; one that continues another stands in one row with it, and the notes say so."""
    joined: dict[str, str] = {}
    for party in after.votes:
        older = next((each for each in dataset.lineage(party)[1:] if each in before.votes), None)
        if party not in before.votes and older is not None and older not in after.votes:
            joined[party] = older
    rows = []
    for party in dict.fromkeys((*after.votes, *before.votes)):
        if party in joined.values():
            continue
        rows.append(_party_row(dataset, party, joined.get(party, party), before, after))
    rows.sort(key=lambda row: (-(row.seats_to or 0), -(row.votes_to or 0), -(row.votes_from or 0)))
    names = [(dataset.parties[new].name, dataset.parties[old].name) for new, old in joined.items()]
    return tuple(rows), tuple(f"{new} is compared with its predecessor, {old}" for new, old in names)


def _party_row(dataset: Dataset, party: str, earlier_party: str, before: _Side, after: _Side) -> PartyChange:
    votes_from, votes_to = before.votes.get(earlier_party), after.votes.get(party)
    change = None
    if votes_from is not None and votes_to is not None and dataset.is_party(party):
        change = measures.change_pp(votes_from, before.valid, votes_to, after.valid)
    return PartyChange(
        party=party,
        seats_from=before.seats_of(dataset, earlier_party),
        seats_to=after.seats_of(dataset, party),
        votes_from=votes_from,
        votes_to=votes_to,
        share_from_pct=None if votes_from is None else measures.share_pct(votes_from, before.valid),
        share_to_pct=None if votes_to is None else measures.share_pct(votes_to, after.valid),
        share_change_pp=change,
    )


def _changed_hands(dataset: Dataset, contests: Sequence[tuple[Contest, Contest]]) -> Iterator[ChangedHands]:
    for earlier, later in contests:
        was, now = winner_party(dataset, earlier), winner_party(dataset, later)
        if was is None or now is None or was in dataset.lineage(now):
            continue
        result = seat_result(dataset, later)
        yield ChangedHands(seat=result.seat.name, from_party=was, to_party=now, majority_votes=result.majority_votes)


def _compare_seats(dataset: Dataset, seats: Sequence[Seat], election: str | None) -> SeatsCompared:
    chosen = dataset.latest_general() if election is None else dataset.find_election(election, PARLIAMENT)
    results = []
    for seat in seats:
        on = next((each for each in dataset.namesakes(seat) if (chosen.id, each.id) in dataset.contests), None)
        if on is None:
            raise _no_result(dataset, seat, chosen)
        results.append(seat_result(dataset, dataset.contests[chosen.id, on.id]))
    return SeatsCompared(election=chosen, results=tuple(results))


def _no_result(dataset: Dataset, seat: Seat, chosen: Election) -> UsageProblem:
    same = {each.id for each in dataset.namesakes(seat)}
    if any(contest.seat in same for contest in dataset.undeclared_at(chosen.id)):
        return UsageProblem(f"{seat.name} has not declared at {chosen.id}: there is nothing to compare yet")
    return UsageProblem(f"{seat.name} has no result at {chosen.id}: name another election (--election)")


def _compare_councils(dataset: Dataset, chosen: Sequence[Council], election: str | None) -> CouncilsCompared:
    answer = councils(dataset, CouncilFilter(all=True, outside=True), election=election)
    by_id = {row.council.id: row for row in answer.rows}
    out = {poll.council for poll in dataset.undeclared_polls_at(answer.election.id)}
    for council in chosen:
        if council.id in out:
            raise UsageProblem(f"{council.name} has not declared at {answer.election.id}: nothing to compare yet")
        if council.id not in by_id:
            raise UsageProblem(f"{council.name} did not exist at {answer.election.id}, or has no record before it")
    return CouncilsCompared(
        election=answer.election, baseline=answer.control_baseline, rows=tuple(by_id[council.id] for council in chosen)
    )
