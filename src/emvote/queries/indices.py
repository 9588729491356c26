"""The indices of a scoreboard: how many parties, how disproportional, how volatile, and how many deposits were lost.

In all of them every party counts by itself and so does every independent; there is no category of others. Where the
record adds votes up that are of several, an index that depends on their parts is not known, and a reason says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from emvote import measures
from emvote.dataset import FOUGHT, Dataset
from emvote.model import Contest, Election, PartyKind, Tally
from emvote.names import normalise
from emvote.parties import aggregates, is_aggregate
from emvote.queries.contest import winner_party

if TYPE_CHECKING:
    from emvote.model import WardContest

NO_WARD_DEPOSITS = "lost deposits: there are none at council elections"
NO_DEPOSIT_RULE = "lost deposits: only the rule since October 1985 is known here"
ESTIMATE = "candidates and lost deposits: an estimate has none"
NO_CANDIDATES = "candidates and lost deposits: the record has votes by party, not by candidate"


class Strength(Struct, frozen=True):
    """A party, or one independent, over all of the places of an answer."""

    party: str
    """Party id: `ind` for each independent."""
    candidacy: str
    """Which of the independents: seat and name; empty for a party."""
    votes: int
    seats: int


class Distribution(Struct, frozen=True):
    """Everybody who stood, each by itself."""

    strengths: tuple[Strength, ...]
    aggregates: tuple[str, ...] = ()
    """Party ids under which the record adds up votes of several: independents, or parties that it does not name."""
    unknown_seats: int = 0
    """Seats whose winner is not known."""
    uncounted: int = 0
    """Seats where people voted and the total is not known, so that their votes are left out."""

    @property
    def votes(self) -> int:
        """All votes."""
        return sum(each.votes for each in self.strengths)

    @property
    def seats(self) -> int:
        """Seats whose winner is known."""
        return sum(each.seats for each in self.strengths)

    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Votes and seats of each."""
        return tuple((each.votes, each.seats) for each in self.strengths)


class Indices(Struct, frozen=True, kw_only=True):
    """The indices that can be computed exactly; `reasons` says why each of the others cannot."""

    enp_votes: float | None = None
    enp_seats: float | None = None
    gallagher: float | None = None
    loosemore_hanby: float | None = None
    pedersen: float | None = None
    lost_deposits: int | None = None
    candidates: int | None = None
    reasons: tuple[str, ...] = ()


def seats_distribution(dataset: Dataset, contests: Iterable[Contest]) -> Distribution:
    """Everybody who stood at a parliamentary election, with votes and seats."""
    votes: Counter[tuple[str, str]] = Counter()
    seats: Counter[tuple[str, str]] = Counter()
    aggregates: dict[str, None] = {}
    unknown = uncounted = 0
    for contest in contests:
        keys = _keys(dataset, contest)
        polled = contest.valid_votes is not None
        for key, entry in zip(keys, contest.entries, strict=True):
            votes[key] += entry.votes if polled else 0
        uncounted += not polled and not contest.unopposed
        aggregates |= dict.fromkeys(_added_up(dataset, contest))
        winner = winner_party(dataset, contest)
        if winner is None:
            unknown += contest.members
        else:
            elected = next((key for key, each in zip(keys, contest.candidates, strict=False) if each.elected), None)
            seats[elected or (winner, "")] += 1
    return Distribution(_strengths(votes, seats), tuple(aggregates), unknown, uncounted)


def _keys(dataset: Dataset, contest: Contest) -> list[tuple[str, str]]:
    """Who is who, in the order of a result's entries: a party is one wherever it stands, an independent in one seat."""
    keys = [(entry.party, "") for entry in contest.entries]
    named: Counter[str] = Counter()
    for place in dataset.independents_in(contest):
        name = normalise(contest.candidates[place].name)
        again = f"\n{named[name]}" if named[name] else ""
        named[name] += 1
        keys[place] = (keys[place][0], f"{contest.seat} {name}{again}")
    for place, tally in enumerate(contest.tallies, len(contest.candidates)):
        if tally.party in dataset.alone:
            keys[place] = (tally.party, f"{contest.seat} {place} ")
    return keys


def _added_up(dataset: Dataset, contest: Contest) -> Iterator[str]:
    """Ids under which one result adds up the votes of several."""
    for entry in contest.entries:
        if entry.party in dataset.single_parties:
            continue
        aggregate = is_aggregate(dataset.parties[entry.party])
        if entry.votes and (aggregate or (isinstance(entry, Tally) and not dataset.is_contender(entry.party))):
            yield entry.party


def wards_distribution(dataset: Dataset, wards: Iterable[WardContest]) -> Distribution:
    """Everybody who stood in some wards, with all their votes and the seats that they won."""
    alone, together = _of_kind(dataset, PartyKind.INDEPENDENT), aggregates(dataset.record.parties)
    votes: dict[str, int] = {}
    seats: Counter[str] = Counter()
    found: list[str | Strength] = []  # in the order of the wards: a party where it stands first
    for ward in wards:
        for number, one in enumerate(ward.candidates):
            party, polled = one.party, one.votes or 0
            if party in alone:
                found.append(Strength(party, f"{ward.council} {ward.ward} {number}", polled, int(one.elected)))
                continue
            if party not in votes:
                votes[party] = 0
                found.append(party)
            votes[party] += polled
            if one.elected:
                seats[party] += 1
    strengths = (Strength(each, "", votes[each], seats[each]) if isinstance(each, str) else each for each in found)
    return Distribution(tuple(strengths), tuple(party for party in votes if party in together))


def _of_kind(dataset: Dataset, kind: PartyKind) -> frozenset[str]:
    return frozenset([party.id for party in dataset.parties.values() if party.kind is kind])


def _strengths(votes: Mapping[tuple[str, str], int], seats: Mapping[tuple[str, str], int]) -> tuple[Strength, ...]:
    return tuple(Strength(*key, votes.get(key, 0), seats.get(key, 0)) for key in dict.fromkeys((*votes, *seats)))


def indices(dataset: Dataset, distribution: Distribution, election: Election, contests: Sequence[Contest]) -> Indices:
    """The indices of one parliamentary election, all but volatility."""
    found = disproportion(dataset, distribution)
    candidates, lost, why = _deposits(election, contests)
    return replace(found, candidates=candidates, lost_deposits=lost, reasons=(*found.reasons, *why))


def disproportion(dataset: Dataset, distribution: Distribution) -> Indices:
    """The indices of votes and seats."""
    votes_known, seats_known = not distribution.uncounted, not distribution.unknown_seats
    split = bool(distribution.aggregates)
    # without seats, independents make the same sum however they are split; others may be named elsewhere
    apart = all(_independents(dataset, each) for each in distribution.aggregates)
    both = votes_known and seats_known
    return Indices(
        enp_votes=measures.effective_number(c.votes for c in distribution.strengths)
        if votes_known and not split
        else None,
        enp_seats=measures.effective_number(c.seats for c in distribution.strengths) if seats_known else None,
        gallagher=measures.gallagher(distribution.pairs()) if both and not split else None,
        loosemore_hanby=measures.loosemore_hanby(distribution.pairs()) if both and apart else None,
        reasons=tuple(_reasons(dataset, distribution, apart=apart)),
    )


def _reasons(dataset: Dataset, distribution: Distribution, *, apart: bool) -> Iterator[str]:
    if distribution.aggregates:
        names = "by votes and Gallagher" if apart else "by votes, Gallagher and Loosemore–Hanby"
        yield f"effective number of parties {names}: {_together_words(dataset, distribution.aggregates)}"
    if distribution.uncounted:
        yield "effective number of parties by votes, Gallagher and Loosemore–Hanby: not all votes are known"
    if distribution.unknown_seats:
        number = distribution.unknown_seats
        seats = "the winner of one seat is" if number == 1 else f"the winners of {number} seats are"
        yield f"effective number of parties by seats, Gallagher and Loosemore–Hanby: {seats} not known"


def _together_words(dataset: Dataset, aggregates: Sequence[str]) -> str:
    names = dict.fromkeys("independents" if _independents(dataset, each) else "others" for each in aggregates)
    return f"the record adds up votes of {' and of '.join(names)}"


def _independents(dataset: Dataset, aggregate: str) -> bool:
    return dataset.parties[aggregate].kind is PartyKind.INDEPENDENT


def _deposits(election: Election, contests: Sequence[Contest]) -> tuple[int | None, int | None, tuple[str, ...]]:
    """Candidates, and those who lost their deposits, where the record can tell."""
    if election.kind not in FOUGHT:
        return None, None, (ESTIMATE,)
    if not all(contest.candidates for contest in contests):
        return None, None, (NO_CANDIDATES,)
    stood = sum(len(contest.candidates) for contest in contests)
    if election.date < measures.DEPOSIT_SINCE:
        return stood, None, (NO_DEPOSIT_RULE,)
    return stood, sum(len(lost_in(contest)) for contest in contests), ()


def lost_in(contest: Contest) -> tuple[str, ...]:
    """The parties whose candidates lost their deposits in one contest, each as often as it has such candidates."""
    valid = contest.valid_votes
    if valid is None:
        return ()
    return tuple(each.party for each in contest.candidates if measures.loses_deposit(each.votes, valid))


def volatility_pairs(dataset: Dataset, before: Distribution, after: Distribution) -> tuple[tuple[int, int], ...]:
    """Votes of each contender at both elections.

    A party is joined with itself or with the one that it continues, and an independent with one of the same name in the
    same seat. Votes of independents whom the record does not name are joined with nobody's, so that it makes no
    difference how they are split.
    """
    then = {(each.party, each.candidacy): each.votes for each in before.strengths}
    now = {(each.party, each.candidacy): each.votes for each in after.strengths}
    pairs: list[tuple[int, int]] = []
    for key, votes in now.items():
        older = _same(dataset, key, then, now)
        pairs.append((then.pop(older) if older else 0, votes))
    return (*pairs, *((votes, 0) for votes in then.values()))


def _same(
    dataset: Dataset, key: tuple[str, str], then: Mapping[tuple[str, str], int], now: Mapping[tuple[str, str], int]
) -> tuple[str, str] | None:
    """Who a contender was at the earlier election."""
    party, candidacy = key
    if candidacy:
        return key if key in then and not candidacy.endswith(" ") else None
    line = ((each, "") for each in dataset.with_predecessors(party))
    older = next((each for each in line if each in then), None)
    return older if older == key or older not in now else None


def with_volatility(dataset: Dataset, found: Indices, before: Distribution | None, after: Distribution) -> Indices:
    """The indices with Pedersen's; `before` is `None` where there is nothing to compare with."""
    if before is None:
        return replace(found, reasons=(*found.reasons, "Pedersen: no earlier election to compare with"))
    if before.uncounted or after.uncounted:
        return replace(found, reasons=(*found.reasons, "Pedersen: not all votes are known"))
    aggregates = {each for each in (*before.aggregates, *after.aggregates) if not _independents(dataset, each)}
    if aggregates:
        why = f"Pedersen: {_together_words(dataset, tuple(aggregates))}, and some may be named at the other election"
        return replace(found, reasons=(*found.reasons, why))
    return replace(found, pedersen=measures.pedersen(volatility_pairs(dataset, before, after)))
