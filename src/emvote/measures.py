"""Arithmetic of elections: every formula that emvote quotes, once.

Votes, seats and electorates are whole numbers and every measure is one quotient of integers, so it is the float nearest
to the exact figure; nothing is rounded here. Percentages run 0–100; differences are in percentage points (pp). `None`
means that the measure does not exist for these numbers (nobody voted, a party did not stand), never zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from math import sqrt
from typing import Any, Final, Literal, TypeVar

from msgspec import Struct

LIBRARY: Final = "House of Commons Library, SN02608"
OF_VALID_VOTES: Final = "of valid votes, not of the electorate: UK Parliament election results"
EACH_BY_ITSELF: Final = "every party by itself, joined wherever it stood, and every independent by itself"
CONTROL: Final = "more than half of all seats, vacancies counted in (BBC 2023)"
WASTED: Final = "the Electoral Reform Society's word for both parts, which are not added up here"

DEPOSIT_THRESHOLD_PCT = 5
"""A parliamentary candidate with no more than this share of the valid votes loses the deposit.

Source: Representation of the People Act 1985, s. 13(b); Electoral Commission, guidance on deposits.
"""

DEPOSIT_SINCE = date(1985, 10, 1)
"""First day of that threshold: before it was one eighth, and this module does not judge deposits."""

FIRST_PAST_THE_POST_SINCE = date(2023, 5, 4)
"""First day on which mayors were elected by one vote alone: before it by the supplementary vote.

Source: Elections Act 2022, s. 13, in force for polls from 4 May 2023.
"""

MARGINAL_PCT = 10
"""A majority under this share of the valid votes makes a seat marginal: a swing of half of it changes hands.

Source: BBC and Ipsos usage ("won by a margin of 10% or less"); there is no statutory threshold.
"""

Bands = tuple[tuple[str, float], ...]
"""Names of majorities with their lower bounds in per cent of valid votes, rising from 0, bounds included."""

BANDS: Bands = (
    ("ultra-marginal", 0),
    ("very marginal", 2),
    ("marginal", 5),
    ("fairly safe", 10),
    ("safe", 20),
    ("very safe", 50),
)
"""The bands unless others are asked for.

Source: House of Commons Library, "2024 general election: Marginality", for ≤5 and >50; emvote's own between.
"""


class Method(StrEnum):
    """Which definition of swing is meant."""

    BUTLER = "butler"
    STEED = "steed"


class ShareMethod(StrEnum):
    """What a share of votes in a ward is a share of."""

    ALL_VOTES = "all-votes"
    """All votes cast: where a voter has several, parties with as many candidates as seats weigh more."""
    TOP_CANDIDATE = "top-candidate"
    """The votes of the best candidate of each party."""


class Formula(Struct, frozen=True):
    """A formula as `--explain` prints it."""

    text: str
    """In words and symbols."""
    unit: Literal["pct", "pp", "pp2", "number", "count", "change", "text", "party"]
    """What its result is: a kind of value of `emvote.views.values`."""
    rule: str = ""
    """Where it comes from."""
    words: Mapping[str, str] = {}
    """Letter in the text to what it stands for."""


F = TypeVar("F", bound=Callable[..., Any])
FORMULAS: dict[Callable[..., Any], Formula] = {}
"""Function to its formula, where it has one that is printed."""


def formula(
    text: str,
    unit: Literal["pct", "pp", "pp2", "number", "count", "change", "text", "party"],
    rule: str = "",
    **words: str,
) -> Callable[[F], F]:
    """Declare the formula of a function, which `emvote.views.workings` prints with numbers.

    >>> FORMULAS[share_pct].text, FORMULAS[share_pct].words["v"]
    ('100 × v / T', 'votes')
    """

    def declare(function: F) -> F:
        FORMULAS[function] = Formula(text, unit, rule, words)
        return function

    return declare


@formula("100 × v / T", "pct", "of all valid votes: House of Commons Library", v="votes", T="valid votes")
def share_pct(votes: int, valid_votes: int) -> float | None:
    """Share of all valid votes, in per cent.

    >>> share_pct(1, 8)
    12.5
    >>> share_pct(0, 0) is None
    True
    """
    return 100 * votes / valid_votes if valid_votes else None


@formula(
    "100 × (v2/T2 − v1/T1)",
    "pp",
    "of all valid votes: House of Commons Library",
    v1="votes",
    v2="votes",
    T1="valid votes",
    T2="valid votes",
)
def change_pp(votes_1: int, valid_1: int, votes_2: int, valid_2: int) -> float | None:
    """Change of a share from the earlier election (1) to the later (2), in pp; positive is a rise.

    >>> change_pp(25, 100, 50, 400)
    -12.5
    """
    if not (valid_1 and valid_2):
        return None
    return 100 * (votes_2 * valid_1 - votes_1 * valid_2) / (valid_1 * valid_2)


@formula("v1 − v2", "count", OF_VALID_VOTES)
def majority_votes(first: int, second: int) -> int:
    """Lead of the first over the second candidate in votes.

    >>> majority_votes(21259, 18719)  # Derby North, 2019
    2540
    """
    return first - second


@formula("100 × (v1 − v2) / T", "pct", OF_VALID_VOTES, T="valid votes")
def majority_pct(first: int, second: int, valid_votes: int) -> float | None:
    """Lead of the first over the second candidate in per cent of valid votes, not of the electorate.

    Source: UK Parliament election results, data dictionary, "Majority / valid vote count".

    >>> round(majority_pct(21259, 18719, 47017), 4)  # Derby North, 2019
    5.4023
    """
    return share_pct(majority_votes(first, second), valid_votes)


@formula(
    "100 × T / E", "pct", "valid votes over the electorate: House of Commons Library", T="valid votes", E="electorate"
)
def turnout_pct(votes: int, electorate: int) -> float | None:
    """Votes in per cent of the registered electorate.

    With valid votes: the House of Commons Library's turnout.

    >>> turnout_pct(5, 8)
    62.5
    """
    return 100 * votes / electorate if electorate else None


@formula(
    "100 × (T + R) / E",
    "pct",
    "rejected papers counted too: Electoral Commission",
    T="valid votes",
    R="rejected ballot papers",
    E="electorate",
)
def ballot_turnout_pct(valid_votes: int, rejected: int, electorate: int) -> float | None:
    """Valid and rejected ballot papers in per cent of the registered electorate.

    Source: Electoral Commission.

    >>> ballot_turnout_pct(4, 1, 8)
    62.5
    """
    return turnout_pct(valid_votes + rejected, electorate)


@formula("candidates with 20 × v ≤ T in their seat", "count", "Representation of the People Act 1985, section 13")
def loses_deposit(votes: int, valid_votes: int) -> bool:
    """Whether a parliamentary candidate loses the deposit: exactly the threshold is lost too; unopposed, nobody does.

    >>> loses_deposit(5, 100), loses_deposit(6, 100), loses_deposit(0, 0)
    (True, False, False)
    """
    return valid_votes > 0 and 100 * votes <= DEPOSIT_THRESHOLD_PCT * valid_votes


@formula(
    "100 × ((B2/T2 − B1/T1) − (A2/T2 − A1/T1)) / 2; positive is to B", "pp", LIBRARY, T1="valid votes", T2="valid votes"
)
def butler_pp(a: tuple[int, int], b: tuple[int, int], valid: tuple[int, int]) -> float | None:
    """Butler (conventional) swing from party A to party B in pp of all valid votes; positive is to B.

    `((s_B2 − s_B1) − (s_A2 − s_A1)) / 2` with shares of all valid votes.
    Source: House of Commons Library, SN02608.

    Args:
        a: votes of party A at the earlier and the later election.
        b: votes of party B, likewise.
        valid: all valid votes, likewise.

    >>> round(butler_pp((22213, 21122), (30223, 28765), (58311, 60505)), 3)  # Rushcliffe 2017–2019, Lab to Con
    -0.552
    """
    t1, t2 = valid
    if not (t1 and t2):
        return None
    return 50 * ((b[1] - a[1]) * t1 - (b[0] - a[0]) * t2) / (t1 * t2)


@formula("100 × (B2/(A2+B2) − B1/(A1+B1)); positive is to B", "pp", "two-party vote only, after Michael Steed")
def steed_pp(a: tuple[int, int], b: tuple[int, int]) -> float | None:
    """Steed (two-party) swing from party A to party B in pp of the two parties' votes; positive is to B.

    `100 · (v_B2/(v_A2+v_B2) − v_B1/(v_A1+v_B1))`: shares of the two-party vote, "excluding other parties".
    Source: politicsresources.net, on Steed.

    >>> round(steed_pp((22213, 21122), (30223, 28765)), 3)  # the same fight: the sign differs from Butler's
    0.022
    """
    sum_1, sum_2 = a[0] + b[0], a[1] + b[1]
    if not (sum_1 and sum_2):
        return None
    return 100 * (b[1] * sum_1 - b[0] * sum_2) / (sum_1 * sum_2)


def supplementary_vote(day: date, candidates: int) -> bool:
    """Whether a mayor was elected by the supplementary vote: before 4 May 2023, among three or more.

    >>> supplementary_vote(date(2019, 5, 2), 3), supplementary_vote(date(2019, 5, 2), 2)
    (True, False)
    >>> supplementary_vote(date(2023, 5, 4), 3)
    False
    """
    return day < FIRST_PAST_THE_POST_SINCE and candidates > 2  # noqa: PLR2004 - two need no second preferences


def mean(values: Iterable[float]) -> float | None:
    """Unweighted mean, `None` of nothing.

    >>> mean([1.0, 2.0])
    1.5
    """
    numbers = tuple(values)
    return sum(numbers) / len(numbers) if numbers else None


def seats_needed(size: int) -> int:
    """Seats that give one party control of a council of that size: more than half of all seats, vacancies counted in.

    Source: BBC 2023 ("more than half of the councillors").

    >>> seats_needed(38), seats_needed(45)
    (20, 23)
    """
    return size // 2 + 1


@formula("floor(N/2) + 1 − S", "count", CONTROL, N="seats of the council")
def seats_short(seats: int, size: int) -> int:
    """Seats that a party lacks for control of a council of that size; nought or less: it has control.

    >>> seats_short(18, 38), seats_short(20, 38)
    (2, 0)
    """
    return seats_needed(size) - seats


@formula("S − floor(N/2)", "count", CONTROL, N="seats of the council")
def seats_to_lose(seats: int, size: int) -> int:
    """Seats whose loss ends a party's control of a council of that size; nought or less: it has none.

    >>> seats_to_lose(20, 38), seats_to_lose(18, 38)
    (1, -1)
    """
    return 1 - seats_short(seats, size)


COMMONS_SEATS = 650
"""Seats of the House of Commons since 2010.

Source: the reviews of boundaries that came into force in 2010; Parliamentary Constituencies Act 2020.
"""


@formula("2 × seats − N", "change", "House of Commons Library", N="all seats")
def commons_majority(seats: int) -> int:
    """How many more seats a party has than all others together: `2·seats − N`; 0 and below: no majority.

    `N` is all seats of the House, the Speaker's and those of members who do not take them too. The Speaker's is no
    party's, so the figure is 2 less than where it is counted with the party that the Speaker came from: in 2015 the
    BBC gave the Conservatives 331 seats and a majority of 12, in 2024 Labour 412 and 174.
    Source: House of Commons Library, which has Labour's 411 of 2024 without the Speaker's.

    >>> [commons_majority(seats) for seats in (306, 330, 317, 365, 411)]  # the largest party of 2010 to 2024
    [-38, 10, -16, 80, 172]
    """
    return 2 * seats - COMMONS_SEATS


def band(majority_percent: float, bands: Bands = BANDS) -> str:
    """The name of the band that a majority (per cent of valid votes) falls in.

    >>> band(5.0), band(4.9), band(50.0), band(4.9, (("close", 0), ("clear", 4)))
    ('marginal', 'very marginal', 'very safe', 'clear')
    """
    return next(name for name, floor in reversed(bands) if majority_percent >= floor)


@formula("(Σ v)² / Σ v²", "number", f"Laakso and Taagepera 1979; {EACH_BY_ITSELF}")
def effective_number(parts: Iterable[int]) -> float | None:
    """Effective number of parties: `1 / Σ p²`, `p` each party's part of the votes or of the seats, from 0 to 1.

    As many parties of one size would be as fragmented: 1 where one has everything, `n` where `n` are equal. Every party
    counts by itself, and so does every independent.
    Source: Laakso and Taagepera, "Effective" Number of Parties, 1979.

    Args:
        parts: votes, or seats, of each party.

    >>> effective_number([38, 8])  # seats of the East Midlands, 2019
    1.403183023872679
    >>> effective_number([0, 0]) is None
    True
    """
    numbers = tuple(parts)
    total = sum(numbers)
    return total * total / sum(number * number for number in numbers) if total else None


@formula(
    "√(½ Σ (100 v/T − 100 s/S)²)",
    "number",
    f"Gallagher 1991; {EACH_BY_ITSELF}, so that there is no category of others",
    T="valid votes",
    S="seats",
)
def gallagher(parties: Iterable[tuple[int, int]]) -> float | None:
    """Gallagher's index of disproportionality: `√(½ Σ (V − S)²)`, shares of votes and seats in per cent; 0–100.

    Every party counts by itself, the smallest too, and so does every independent: there is no category of others.
    Source: Gallagher, Proportionality, disproportionality and electoral systems, 1991 ("least squares").

    Args:
        parties: votes and seats of each party.

    >>> gallagher([(60, 9), (40, 1)])
    30.0
    >>> gallagher([(1, 0)]) is None
    True
    """
    pairs, votes, seats = _votes_and_seats(parties)
    if not (votes and seats):
        return None
    squares = sum((v * seats - s * votes) ** 2 for v, s in pairs)
    return 100 * sqrt(squares / (2 * (votes * seats) ** 2))


@formula("½ Σ |100 v/T − 100 s/S|", "number", f"Loosemore and Hanby 1971; {EACH_BY_ITSELF}", T="valid votes", S="seats")
def loosemore_hanby(parties: Iterable[tuple[int, int]]) -> float | None:
    """Loosemore and Hanby's index: `½ Σ |V − S|`, shares of votes and seats in per cent; 0–100.

    The share of the seats that would have gone to other parties in proportion to the votes.
    Source: Loosemore and Hanby, The Theoretical Limits of Maximum Distortion, 1971.

    Args:
        parties: votes and seats of each party.

    >>> loosemore_hanby([(20, 18), (20, 17), (60, 65)])
    5.0
    """
    pairs, votes, seats = _votes_and_seats(parties)
    if not (votes and seats):
        return None
    return 50 * sum(abs(v * seats - s * votes) for v, s in pairs) / (votes * seats)


def _votes_and_seats(parties: Iterable[tuple[int, int]]) -> tuple[tuple[tuple[int, int], ...], int, int]:
    """The pairs, all votes and all seats."""
    pairs = tuple(parties)
    return pairs, sum(votes for votes, _ in pairs), sum(seats for _, seats in pairs)


@formula(
    "½ Σ |100 v2/T2 − 100 v1/T1|",
    "number",
    "Pedersen 1979; a party is joined with the one it continues, an independent with one of the same name",
    T1="valid votes",
    T2="valid votes",
)
def pedersen(parties: Iterable[tuple[int, int]]) -> float | None:
    """Pedersen's volatility: `½ Σ |s_2 − s_1|` of the shares of votes at two elections, in per cent; 0–100.

    A party that stood once has no votes at the other election. One that continues another is one party with it; of
    independents none is the same as another.
    Source: Pedersen, The Dynamics of European Party Systems, 1979.

    Args:
        parties: votes of each party at the earlier and the later election.

    >>> pedersen([(50, 40), (50, 50), (0, 10)])
    10.0
    >>> pedersen([(50, 0)]) is None
    True
    """
    pairs = tuple(parties)
    total_1, total_2 = sum(votes for votes, _ in pairs), sum(votes for _, votes in pairs)
    if not (total_1 and total_2):
        return None
    return 50 * sum(abs(v_2 * total_1 - v_1 * total_2) for v_1, v_2 in pairs) / (total_1 * total_2)


@formula("v / s", "number", v="votes", s="seats")
def votes_per_seat(votes: int, seats: int) -> float | None:
    """Votes of a party for each seat that it won; `None` where it won none.

    Source: Electoral Reform Society, 2019.

    >>> votes_per_seat(150000, 4), votes_per_seat(150000, 0)
    (37500.0, None)
    """
    return votes / seats if seats else None


@formula("100 × s / S", "pct", s="seats", S="all seats")
def seat_share_pct(seats: int, all_seats: int) -> float | None:
    """A party's share of the seats, in per cent.

    >>> seat_share_pct(1, 8)
    12.5
    """
    return share_pct(seats, all_seats)


@formula("100 × (s / S − v / T)", "pp", s="seats", S="all seats", v="votes", T="all votes")
def seat_vote_gap_pp(votes: int, valid_votes: int, seats: int, all_seats: int) -> float | None:
    """A party's share of the seats less its share of the votes, in pp; positive: more seats than in proportion.

    >>> seat_vote_gap_pp(55, 100, 38, 40)
    40.0
    """
    return change_pp(votes, valid_votes, seats, all_seats)


@formula("(s / S) / (v / T)", "number", s="seats", S="all seats", v="votes", T="all votes")
def seat_vote_ratio(votes: int, valid_votes: int, seats: int, all_seats: int) -> float | None:
    """A party's share of the seats over its share of the votes; 1 is in proportion.

    >>> seat_vote_ratio(50, 100, 30, 40), seat_vote_ratio(0, 100, 0, 40)
    (1.5, None)
    """
    return seats * valid_votes / (all_seats * votes) if all_seats and votes else None


def surplus_votes(first: int, second: int) -> int:
    """The winner's votes beyond those needed to win: more than one over the second's.

    The Electoral Reform Society counts them, and all votes for losing candidates, as "wasted".
    Source: Electoral Reform Society, 2019.

    >>> surplus_votes(21259, 18719), surplus_votes(100, 100)  # the lot decided the second
    (2539, 0)
    """
    return max(first - second - 1, 0)


@formula("100 × Σ (v1 − v2 − 1) / T, and nothing of a seat decided by lot", "pct", WASTED, T="valid votes")
def surplus_pct(surplus: int, valid_votes: int) -> float | None:
    """Votes of winners beyond those needed, in per cent of valid votes.

    >>> surplus_pct(1, 8)
    12.5
    """
    return share_pct(surplus, valid_votes)


@formula("100 × u / T", "pct", WASTED, u="votes", T="valid votes")
def unrepresented_pct(votes: int, valid_votes: int) -> float | None:
    """Votes for losing candidates in per cent of valid votes.

    >>> unrepresented_pct(1, 8)
    12.5
    """
    return share_pct(votes, valid_votes)


def half_votes_to_win(holder: int, challenger: int, best_other: int | None = None) -> int:
    """Half votes that must go from the holder to the challenger for a tie: `max(v_W − v_C, 2·(v_O − v_C))`.

    A vote that goes from one to the other closes a gap of two, so the swing is counted in halves of votes and is
    whole. The second term makes the challenger pass every other party too, where only the holder loses what the
    challenger wins: the rule of the Press Association's target lists ("where appropriate, the swing takes account of
    the need to overtake the second placed party").

    Args:
        holder: votes of the winner.
        challenger: votes of the party that is to win.
        best_other: most votes that any other has; `None`: of no account, or there is none.

    >>> half_votes_to_win(500, 400), half_votes_to_win(500, 300, 450)
    (100, 300)
    """
    gap = holder - challenger
    return gap if best_other is None else max(gap, 2 * (best_other - challenger))


@formula("100 × (W − C)/2 / T", "number", LIBRARY, T="valid votes")
def swing_required_pp(half_votes: int, valid_votes: int) -> float | None:
    """Swing that so many half votes are, in pp of all valid votes: at exactly this swing there is a tie.

    Source: House of Commons Library, SN02608, for swing in shares of all valid votes.

    >>> round(swing_required_pp(half_votes_to_win(26088, 19997, 3935), 51597), 4)  # Loughborough, 2019 notional
    5.9025
    """
    return 50 * half_votes / valid_votes if valid_votes else None


def swing_to_equal_votes(votes_a: int, votes_b: int, valid_votes: int) -> tuple[int, int]:
    """Uniform swing from party A to party B, in pp, that makes their votes equal: `50 · (v_A − v_B) / T`.

    Positive is from A to B, the seats of each after it less those of the other are the electoral bias. Where nobody is
    held at nought, it is exact; it is given as a quotient of whole numbers.
    Source: Brookes; Johnston, Pattie, Dorling and Rossiter, From Votes to Seats, 2001.

    Args:
        votes_a: votes of A in the whole scope.
        votes_b: votes of B, likewise.
        valid_votes: all valid votes in the seats where the swing moves any: where both stood.

    >>> swing_to_equal_votes(11299609, 9347273, 29925730)  # Conservative to Labour, 2015: 3.26 points
    (97616800, 29925730)
    """
    return 50 * (votes_a - votes_b), valid_votes


@formula("floor((W − C)/2) + 1", "count", "a vote more than makes a tie")
def votes_to_win(half_votes: int) -> int:
    """Voters who must change from the holder to the challenger for it to win: the first whole number beyond the tie.

    >>> votes_to_win(100), votes_to_win(101), votes_to_win(0)
    (51, 51, 1)
    """
    return half_votes // 2 + 1


def projected_weights(
    votes: Sequence[int], valid_votes: int, factors: Sequence[int], changes: Sequence[int]
) -> tuple[int, ...]:
    """Votes after a projection, as whole numbers in proportion: `factor·v + change·T` of each contender.

    Uniform swing changes shares: all factors are one unit, and a change is the points as a part of 1, in units.
    Proportional swing is factors without changes. One who did not stand is not among the contenders and stays at 0.
    A result below nought is for `held_at_nought`.
    Source: House of Commons Library, SN/SG/3430 (between two parties); UK Polling Report (for every party);
    politicalbetting.com, 13 February 2009 (proportional).

    Args:
        votes: of each contender.
        valid_votes: all valid votes.
        factors: what the votes of each are multiplied by, in units of 1/unit.
        changes: what is added to the share of each, likewise.

    >>> projected_weights([60, 40], 100, [100, 100], [-5, 5])  # units of a hundredth: a swing of 5 points
    (5500, 4500)
    >>> projected_weights([97, 3], 100, [100, 100], [5, -5])  # the second had 3 per cent to lose
    (10200, -200)
    """
    return tuple(
        factor * number + change * valid_votes for number, factor, change in zip(votes, factors, changes, strict=True)
    )


def held_at_nought(weights: Sequence[int]) -> tuple[int, ...]:
    """Votes after a projection, none below nought; the share of each is its part of their sum, so that all make 100.

    Source: UK Polling Report, of a projection with votes below nought: "clearly nonsense".

    >>> held_at_nought([10200, -200])
    (10200, 0)
    """
    return tuple(max(weight, 0) for weight in weights)


def polling_like(weights: Sequence[int], who: int, votes: int, valid_votes: int) -> tuple[int, ...]:
    """Votes with one contender's share set to `votes / valid_votes`, those of all others cut in proportion.

    Args:
        weights: votes of each contender, or whole numbers in proportion to them.
        who: index of the contender.
        votes: of the party that it is to poll like.
        valid_votes: of the election where that polled.

    >>> polling_like([60, 30, 10], 2, 25, 100)  # 25 per cent; the others share 75 as two to one
    (4500, 2250, 2250)
    """
    others = sum(weights) - weights[who]
    return tuple(
        votes * others if index == who else weight * (valid_votes - votes) for index, weight in enumerate(weights)
    )


def transferred(weights: Sequence[int], giver: int, taker: int, part: int, whole: int) -> tuple[int, ...]:
    """Votes after `part / whole` of one contender's went to another; nobody else's change and none are lost.

    Args:
        weights: votes of each contender, or whole numbers in proportion to them.
        giver: index of who loses them.
        taker: index of who wins them.
        part: how much goes, of `whole`; no more than that.
        whole: of which `part` goes.

    >>> transferred([60, 30, 10], 2, 0, 50, 100)  # half of the last one's to the first
    (6500, 3000, 500)
    """
    moved = weights[giver] * part
    return tuple(weight * whole + moved * ((index == taker) - (index == giver)) for index, weight in enumerate(weights))
