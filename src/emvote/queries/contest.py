"""The result of one election in one seat, with everything that follows from it and from the result before.

Rules: hold and gain against the preceding general election or its notional result (UK Parliament election results,
data dictionary); majority and turnout of valid votes (the same); swing between winner and runner-up (SN02608).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from emvote import measures
from emvote.baselines import contest_before
from emvote.dataset import FOUGHT, Dataset
from emvote.model import IND, SPEAKER, Candidacy, Contest, Election, ElectionKind, Flag, Seat, Tally
from emvote.parties import continues, predecessor_notes, stood_as

NO_SPEAKER_SWING = "no swing: the Speaker sought re-election, against whom the large parties do not stand"


class Standing(Struct, frozen=True, kw_only=True):
    """One candidate, or one party where candidates are not known, in a result."""

    candidate: str | None
    """`None` where the record has parties only."""
    party: str
    key: str
    """The party, but each independent's own (`ind:adam`)."""
    party_label: str
    votes: int | None
    """`None`: returned unopposed, nobody voted."""
    share_pct: float | None
    change_pp: float | None
    """Against the baseline; `None`: did not stand then, an independent, an aggregate, or no baseline."""
    elected: bool | None
    deposit_lost: bool | None
    """`None` where there are no deposits (estimates), and before the rule that emvote knows."""
    sitting_mp: bool | None


class PairSwing(Struct, frozen=True, kw_only=True):
    """The swing between two parties; positive is from `from_party` to `to_party`."""

    from_party: str
    to_party: str
    butler_pp: float | None
    steed_pp: float | None


class SeatResult(Struct, frozen=True, kw_only=True):
    """One contest with its outcome."""

    seat: Seat
    election: Election
    baseline: Election | None
    """The election it is compared with, where that has a result for the seat."""
    contest: Contest
    standings: tuple[Standing, ...]
    """Most votes first; the elected candidate leads a tie."""
    turnout_pct: float | None
    turnout_ballot_pct: float | None
    majority_votes: int | None
    majority_pct: float | None
    winner: Standing | None
    """`None` where the record cannot tell, as when an aggregate of parties leads."""
    runner_up: Standing | None
    """`None` where several share second place, which leaves the majority known."""
    previous_party: str | None
    change: str | None
    """`hold`, `gain` or `new`; `None` where the winner or the previous one is unknown."""
    outcome: str | None
    swing: PairSwing | None
    flags: tuple[Flag, ...]
    unknown: tuple[str, ...]
    """Why the winner is not known, where that is so; `notes` says it too."""
    notes: tuple[str, ...]
    """What a reader must know about this row: why there is no swing, what was joined, what each flag means."""

    @property
    def decided_by_lot(self) -> bool:
        """Whether nobody had more votes than the winner's closest rival, as the law then has lots drawn."""
        return self.majority_votes == 0

    @property
    def candidates_known(self) -> bool:
        """Whether the record names the candidates."""
        return bool(self.contest.candidates)

    @property
    def polling_date(self) -> date:
        """Polling day; of an estimate, that of the election it re-estimates."""
        return self.election.date


def seat_result(dataset: Dataset, contest: Contest) -> SeatResult:
    """What a contest decided, compared with the election before it."""
    election = dataset.elections[contest.election]
    seat = dataset.seats[contest.seat]
    before = contest_before(dataset, contest)
    earlier = Votes.of(dataset, before) if before else None
    standings = tuple(_standings(dataset, contest, election, earlier))
    winner, seconds = _leaders(dataset, contest, standings)
    runner_up = seconds[0] if len(seconds) == 1 else None
    previous = winner_party(dataset, before) if before else None
    change, outcome = _outcome(dataset, winner, previous, compared=before is not None, kind=election.kind)
    swing, why_not = _own_swing(dataset, contest, (before, earlier), winner, seconds)
    baseline = dataset.elections[before.election] if before else None
    flags = (*contest.flags, *election.flags)
    joined = (*_joined_notes(dataset, standings, earlier), *_another_independent(contest, before))
    unknown = tuple(_unknown_winner(dataset, contest, standings, winner))
    return SeatResult(
        seat=seat,
        election=election,
        baseline=baseline,
        contest=contest,
        standings=standings,
        turnout_pct=_turnout(contest.valid_votes, contest),
        turnout_ballot_pct=_ballot_turnout(contest),
        majority_votes=_lead(winner, seconds),
        majority_pct=_majority_pct(contest, winner, seconds),
        winner=winner,
        runner_up=runner_up,
        previous_party=previous,
        change=change,
        outcome=outcome,
        swing=swing,
        flags=flags,
        unknown=unknown,
        notes=(*_lot(winner, seconds), *unknown, *why_not, *joined, *(flag.note for flag in flags)),
    )


def _lot(winner: Standing | None, seconds: tuple[Standing, ...]) -> Iterator[str]:
    if _lead(winner, seconds) == 0:
        yield "decided by lot, as nobody had more votes"


def _another_independent(contest: Contest, before: Contest | None) -> Iterator[str]:
    """Say so where one independent follows another: outcomes name parties, and both are `Ind`.

    Parliament has had no such seat since 2010, and no label for one; its `Ind hold` is of North Down, of one person.
    """
    now, was = (
        next((one for one in each.candidates if one.elected and one.party == IND), None) if each else None
        for each in (contest, before)
    )
    if now is None or was is None or now.name == was.name:
        return
    if now.mnis_id is None or now.mnis_id != was.mnis_id:
        yield f"{now.name} is another independent than {was.name}, who won before: a hold by Ind, which is no party"


def in_region(dataset: Dataset, contest: Contest) -> bool:
    """Whether a contest counts in the region's totals."""
    return dataset.seat_in_region(contest.seat)


class Votes(Struct, frozen=True):
    """Votes in one place at one election, by party; independents and aggregates kept apart from parties."""

    by_party: dict[str, int]
    valid: int

    @classmethod
    def of(cls, dataset: Dataset, *contests: Contest) -> Votes:
        """Added up over contests. Independents are left out: one is not the same as another.

        So are contests whose valid votes are not known, as where nobody voted: of those alone `valid` is 0, and no
        measure exists. A party that an estimate, or any other result without candidates, gives no vote did not stand.
        """
        votes: dict[str, int] = {}
        single = dataset.single_parties
        known = [contest for contest in contests if contest.valid_votes is not None]
        for contest in known:
            for entry in contest.entries:
                if entry.party in single and (entry.votes or contest.candidates):
                    votes[entry.party] = votes.get(entry.party, 0) + entry.votes
        return cls(votes, sum(contest.valid_votes or 0 for contest in known))

    def of_party(self, dataset: Dataset, party: str) -> int | None:
        """Votes of a party or of the one that it continues; `None` where neither stood."""
        name = self.stood_as(dataset, party)
        return None if name is None else self.by_party[name]

    def stood_as(self, dataset: Dataset, party: str) -> str | None:
        """Id under which a party stood: its own or a predecessor's; `None` where neither stood."""
        return stood_as(dataset, party, self.by_party)


def pair_swing(dataset: Dataset, a: str, b: str, earlier: Votes, later: Votes) -> tuple[PairSwing, str | None]:
    """The swing from party `a` to party `b`, with the reason where there is none."""
    numbers: list[int] = []
    for party in (a, b):
        for votes, when in ((earlier, "at the earlier election"), (later, "at the later election")):
            number = votes.of_party(dataset, party)
            if number is None:
                stood = f"{dataset.abbreviation(party)} did not stand" if votes.valid else "no votes are known"
                reason = f"no swing: {stood} {when}"
                return PairSwing(from_party=a, to_party=b, butler_pp=None, steed_pp=None), reason
            numbers.append(number)
    a_1, a_2, b_1, b_2 = numbers
    butler = measures.butler_pp((a_1, a_2), (b_1, b_2), (earlier.valid, later.valid))
    steed = measures.steed_pp((a_1, a_2), (b_1, b_2))
    return PairSwing(from_party=a, to_party=b, butler_pp=butler, steed_pp=steed), None


def keyed(dataset: Dataset, contest: Contest) -> list[tuple[Candidacy, str]]:
    """The candidates of a contest with their keys, most votes first; who was elected leads a tie."""
    both = zip(contest.candidates, dataset.candidate_keys(contest), strict=True)
    return sorted(both, key=lambda each: (-each[0].votes, not each[0].elected))


def _standings(dataset: Dataset, contest: Contest, election: Election, earlier: Votes | None) -> Iterator[Standing]:
    """Candidates, most votes first, then parties without, likewise; or who was returned without a vote."""
    deposits = election.kind in FOUGHT and election.date >= measures.DEPOSIT_SINCE
    tallies = sorted(contest.tallies, key=lambda tally: -tally.votes)
    entries: list[tuple[Candidacy | Tally, str]] = [*keyed(dataset, contest), *((each, each.party) for each in tallies)]
    for entry, key in entries:
        one = entry if isinstance(entry, Candidacy) else None
        yield Standing(
            candidate=one.name if one else None,
            party=entry.party,
            key=key,
            party_label=entry.label or dataset.parties[entry.party].ballot_label,
            votes=entry.votes,
            share_pct=_share(entry.votes, contest),
            change_pp=_change(dataset, entry, contest, earlier) if earlier else None,
            elected=one.elected if one else None,
            deposit_lost=_deposit_lost(one.votes, contest) if one and deposits else None,
            sitting_mp=one.sitting_mp if one else None,
        )
    yield from (_unopposed(dataset, party) for party in contest.returned if contest.unopposed)


def _unopposed(dataset: Dataset, party: str) -> Standing:
    """A party returned without a vote."""
    return Standing(
        candidate=None,
        party=party,
        key=party,
        party_label=dataset.parties[party].ballot_label,
        votes=None,
        share_pct=None,
        change_pp=None,
        elected=True,
        deposit_lost=None,
        sitting_mp=None,
    )


def _change(dataset: Dataset, entry: Candidacy | Tally, contest: Contest, earlier: Votes) -> float | None:
    """Of the share; `None` for whoever is no party, and for a party that did not stand before."""
    if contest.valid_votes is None or entry.party not in dataset.single_parties:
        return None
    before = earlier.of_party(dataset, entry.party)
    return None if before is None else measures.change_pp(before, earlier.valid, entry.votes, contest.valid_votes)


def _share(votes: int, contest: Contest) -> float | None:
    return None if contest.valid_votes is None else measures.share_pct(votes, contest.valid_votes)


def _deposit_lost(votes: int, contest: Contest) -> bool | None:
    return None if contest.valid_votes is None else measures.loses_deposit(votes, contest.valid_votes)


def _turnout(votes: int | None, contest: Contest) -> float | None:
    if votes is None or contest.electorate is None:
        return None
    return measures.turnout_pct(votes, contest.electorate)


def _leaders(
    dataset: Dataset, contest: Contest, standings: tuple[Standing, ...]
) -> tuple[Standing | None, tuple[Standing, ...]]:
    """The winner, and whoever is second: several where they tie.

    Without candidates, an aggregate or several independents together leave unknown the place that they take, unless the
    published majority is the lead over them; and a tie for first place leaves the winner. Where two members were
    returned there is no one winner.
    """
    if contest.winner_unknown is not None or contest.members > 1:
        return None, ()
    winner = next((standing for standing in standings if standing.elected), None)
    first = standings[0] if standings else None
    if winner is None and first is not None and first.candidate is None and dataset.is_contender(first.party):
        winner = first
    others = [standing for standing in standings if standing is not winner]
    most = max((standing.votes or 0 for standing in others), default=0)
    seconds = tuple(standing for standing in others if standing.votes == most)
    if winner is None or (not winner.elected and winner.votes == most):
        return None, ()
    alone = all(
        standing.candidate is not None
        or dataset.is_party(standing.party)
        or _is_majority_over(contest, winner, standing)
        for standing in seconds
    )
    return winner, seconds if alone else ()


def _is_majority_over(contest: Contest, winner: Standing, standing: Standing) -> bool:
    """Whether the published majority is the lead over these votes."""
    return winner.votes is not None and is_majority_over(contest, winner.votes, standing.votes or 0)


def is_majority_over(contest: Contest, first: int, votes: int) -> bool:
    """Whether the published majority is the lead of the first over so many votes: its source takes them for one's.

    So it is where an estimate calls nobody by name, and has an independent in second place.
    """
    return contest.majority is not None and first - votes == contest.majority


def _lead(winner: Standing | None, seconds: tuple[Standing, ...]) -> int | None:
    """The votes of the winner less those of the runner-up."""
    if winner is None or winner.votes is None or not seconds or seconds[0].votes is None:
        return None
    return winner.votes - seconds[0].votes


def _unknown_winner(
    dataset: Dataset, contest: Contest, standings: tuple[Standing, ...], winner: Standing | None
) -> Iterator[str]:
    """Why the record cannot tell who won."""
    if winner is not None or dataset.elections[contest.election].kind is ElectionKind.NOTIONAL:
        return
    if contest.winner_unknown is not None:
        yield f"winner not known: {contest.winner_unknown}"
    elif contest.members > 1:
        yield f"no one winner: {contest.members} members were returned"
    elif standings and not dataset.is_party(standings[0].party):
        yield (
            f"winner not known: {standings[0].votes:,} votes, more than any one party has, are on record only as "
            f"{standings[0].party_label.removesuffix(' together')} together"
        )
    elif standings:
        yield "winner not known: the two leading parties have the same number of votes"


def winner_party(dataset: Dataset, contest: Contest) -> str | None:
    """The party of a contest's winner, without all that `seat_result` works out; `None` where it is not known."""
    if contest.winner_unknown is not None or contest.members > 1:
        return None
    if contest.unopposed and contest.returned:
        return contest.returned[0]
    for candidacy in contest.candidates:
        if candidacy.elected:
            return candidacy.party
    most = max([tally.votes for tally in contest.tallies], default=None)
    first = [tally.party for tally in contest.tallies if tally.votes == most]
    return first[0] if len(first) == 1 and dataset.is_contender(first[0]) else None


def _outcome(
    dataset: Dataset, winner: Standing | None, previous: str | None, *, compared: bool, kind: ElectionKind
) -> tuple[str | None, str | None]:
    if winner is None or kind is ElectionKind.NOTIONAL:
        return None, None
    name = dataset.abbreviation(winner.party)
    if not compared:
        return "new", f"{name} win"
    if previous is None:
        return None, f"{name} win"
    if continues(dataset, winner.party, previous):
        return "hold", f"{name} hold"
    return "gain", f"{name} gain from {dataset.abbreviation(previous)}"


def _own_swing(
    dataset: Dataset,
    contest: Contest,
    baseline: tuple[Contest | None, Votes | None],
    winner: Standing | None,
    seconds: tuple[Standing, ...],
) -> tuple[PairSwing | None, tuple[str, ...]]:
    """Swing from the runner-up to the winner, or why there is none."""
    before, earlier = baseline
    if before is None or earlier is None:
        estimate = dataset.elections[contest.election].kind is ElectionKind.NOTIONAL
        return None, () if estimate else ("no swing: the record holds no earlier result for this seat",)
    reason = _no_pair(contest, before, winner, seconds)
    if reason or winner is None:
        return None, (reason,) if reason else ()
    runner_up = seconds[0]
    for standing in (winner, runner_up):
        if not dataset.is_party(standing.party):
            who = standing.candidate or standing.party_label
            return None, (f"no swing: {who} stood for no party, and an independent's change is not known",)
    swing, reason = pair_swing(dataset, runner_up.party, winner.party, earlier, Votes.of(dataset, contest))
    return (None, (reason,)) if reason else (swing, ())


def _no_pair(contest: Contest, before: Contest, winner: Standing | None, seconds: tuple[Standing, ...]) -> str | None:
    """Why there is no winner and one runner-up between whom votes could have swung."""
    if contest.unopposed or before.unopposed:
        return f"no swing: nobody voted {'here' if contest.unopposed else 'at the election before'}"
    if speaker_stood(contest, before):
        return NO_SPEAKER_SWING
    if winner is None or not seconds:
        return "no swing: winner or runner-up is not known"
    if len(seconds) > 1:
        names = " and ".join(standing.candidate or standing.party_label for standing in seconds)
        return f"no swing: {names} share second place"
    return None


def speaker_stood(*contests: Contest) -> bool:
    """Whether the Speaker sought re-election in one of some contests, unopposed by the large parties."""
    return any(entry.party == SPEAKER for contest in contests for entry in contest.entries)


def _joined_notes(dataset: Dataset, standings: tuple[Standing, ...], earlier: Votes | None) -> Iterator[str]:
    """Where a share was compared with that of a predecessor, say so."""
    if earlier is None:
        return
    yield from joined_notes(dataset, (standing.party for standing in standings), earlier)


def joined_notes(dataset: Dataset, parties: Iterable[str], earlier: Votes) -> Iterator[str]:
    """Which of some parties are compared with the predecessor that stood before."""
    pairs = ((party, earlier.stood_as(dataset, party)) for party in parties if party not in earlier.by_party)
    yield from predecessor_notes(dataset, ((new, old) for new, old in pairs if old is not None))


def _ballot_turnout(contest: Contest) -> float | None:
    if contest.invalid_votes is None or contest.valid_votes is None:
        return None
    return _turnout(contest.valid_votes + contest.invalid_votes, contest)


def _majority_pct(contest: Contest, winner: Standing | None, seconds: tuple[Standing, ...]) -> float | None:
    lead = _lead(winner, seconds)
    return None if lead is None else _share(lead, contest)
