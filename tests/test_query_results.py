"""The scoreboard of one election: seats, gross gains and losses, shares, turnout, indices."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from emvote import measures
from emvote.dataset import Dataset
from emvote.errors import AmbiguousName, UnknownName, UsageProblem
from emvote.model import OTHER, Contest, Tally
from emvote.queries.council_results import CouncilsBoard
from emvote.queries.pairs import elections_pair
from emvote.queries.results import Outcome, PartyResult, SeatsBoard, results
from emvote.store import open_dataset

Emvote = Callable[..., CompletedProcess[str]]
Polled = Callable[..., Dataset]
NIGHT = Path(__file__).parent / "data" / "night.toml"
WARDS = """
[[elections]]
id = "local.2021-05-06"
name = "Local elections, 6 May 2021"
kind = "local"
date = 2021-05-06
source = "gazette"

[[wards]]
election = "ELECTION"
council = "C01"
ward = "Birch"
seats_up = 1
by_election = true
candidates = [
  { name = "Di Blue", party = "blu", votes = 100, elected = true },
  { name = "Ed Red", party = "red", votes = 90 },
]

[[wards]]
election = "ELECTION"
council = "C01"
ward = "Alder"
seats_up = 2
candidates = [
  { name = "Ann Red", party = "red", votes = 60, elected = true },
  { name = "Bo Red", party = "red", votes = 50, elected = true },
  { name = "Cy Fern", party = "ind", votes = 30 },
]
"""


def with_wards(election: str) -> str:
    """The invented region with two wards of one council."""
    text = (Path(__file__).parent / "data" / "small.toml").read_text(encoding="utf-8")
    return text + WARDS.replace("ELECTION", election)


def scoreboard(dataset: Dataset, *words: str, **options: Any) -> SeatsBoard:
    """Of a parliamentary election."""
    board = results(dataset, *words, **options)
    assert isinstance(board, SeatsBoard)
    return board


def local(dataset: Dataset, *words: str, **options: Any) -> CouncilsBoard:
    """Of a local election."""
    board = results(dataset, *words, **options)
    assert isinstance(board, CouncilsBoard)
    return board


def seats_of(row: PartyResult) -> tuple[str, int | None, int | None, int | None, int | None]:
    """Party, seats, gains, losses and net."""
    return (row.party, row.seats, row.gains, row.losses, row.net)


def votes_of(row: PartyResult) -> tuple[str, int | None, int | None, int | None, int | None]:
    """Party, votes before and now, candidates and lost deposits."""
    return (row.party, row.votes_before, row.votes, row.candidates, row.lost_deposits)


# --- a whole answer -------------------------------------------------------------------------------------------------


def test_a_scoreboard_has_a_row_a_party_most_seats_first(small: Dataset) -> None:
    """In the four seats of the region; New Dawn against Old Dawn; Farshore is outside."""
    board = scoreboard(small, "2017")
    assert [seats_of(row) for row in board.rows] == [
        ("mill", 2, 1, 0, 1),
        ("blu", 1, 0, 1, -1),
        ("red", 1, 1, 1, 0),
        ("ind", 0, 0, 0, 0),
        ("new", 0, 0, 0, 0),
    ]
    assert [votes_of(row) for row in board.rows] == [
        ("mill", 14000, 17000, 2, 0),
        ("blu", 41500, 40900, 4, 0),
        ("red", 39000, 39000, 3, 0),
        ("ind", 2000, 3000, 1, 0),
        ("new", 3000, 2100, 1, 1),
    ]
    assert board.notes == ("New Dawn is compared with its predecessor, Old Dawn",)
    assert (board.place, len(board.results)) == ("Fenmark", 4)
    assert board.outcomes == (
        Outcome(party="red", from_party="blu", seats=1, held=False),
        Outcome(party="mill", from_party="red", seats=1, held=False),
        Outcome(party="mill", from_party="mill", seats=1, held=True),
        Outcome(party="blu", from_party="blu", seats=1, held=True),
    )
    assert [each.result.seat.name for each in board.changed_hands] == ["Aldermere", "Brackwater"]


def test_shares_are_of_all_valid_votes_and_changes_of_the_same_seats(small: Dataset) -> None:
    """Of 102,000 now and 100,000 then; independents have no change."""
    rows = {row.party: row for row in scoreboard(small, "2017").rows}
    assert rows["blu"].share_pct == pytest.approx(100 * 40900 / 102000)
    assert rows["blu"].change_pp == pytest.approx(100 * 40900 / 102000 - 41.5)
    assert rows["new"].change_pp == pytest.approx(100 * 2100 / 102000 - 3)
    assert rows["ind"].change_pp is None


def test_seats_are_held_against_votes(small: Dataset) -> None:
    """Millbrook Residents: half of the seats on a sixth of the votes; nobody has votes per seat without a seat."""
    rows = {row.party: row for row in scoreboard(small, "2017").rows}
    mill = rows["mill"]
    assert mill.seat_share_pct == 50
    assert mill.seat_vote_gap_pp == pytest.approx(50 - 100 / 6)
    assert mill.seat_vote_ratio == pytest.approx(3)
    assert mill.votes_per_seat == 8500
    assert (rows["ind"].votes_per_seat, rows["ind"].seat_vote_ratio) == (None, 0)


def test_turnout_is_told_both_ways_where_rejected_papers_are_known(small: Dataset, shipped: Dataset) -> None:
    """Unknown where one seat's are."""
    board = scoreboard(small, "2017")
    assert (board.turnout.valid, board.turnout.electorate, board.turnout.rejected) == (102000, 171000, None)
    assert board.turnout.ballot_pct is None
    assert scoreboard(shipped, "2019").turnout.ballot_pct == pytest.approx(67.43, abs=0.005)


def test_wasted_votes_have_two_parts(small: Dataset) -> None:
    """Losers' votes, and winners' beyond the second's plus one; a seat decided by lot has no surplus."""
    wasted = scoreboard(small, "2015").wasted
    assert wasted.unrepresented == 20000 + 16000 + 10000 + 4000
    assert wasted.surplus == 4999 + 5999 + 0 + 2499


def test_the_closest_and_the_safest_seats_are_by_share(small: Dataset) -> None:
    """Not by votes; a tie that the lot decided is the closest."""
    board = scoreboard(small, "2015")
    assert [each.seat.name for each in board.closest] == ["Westmarsh", "Aldermere", "Brackwater", "Nether Vale"]
    assert [each.seat.name for each in board.safest] == ["Nether Vale", "Brackwater", "Aldermere", "Westmarsh"]


# --- which election, of what, against what --------------------------------------------------------------------------


def test_the_latest_general_election_is_meant_unless_one_is_named(small: Dataset) -> None:
    """Against its notional baseline, which is said."""
    board = scoreboard(small)
    assert (board.election.id, board.baseline and board.baseline.id) == ("parl.2024-07-04", "parl.2017-06-08.notional")
    assert "gains, losses and changes are against a notional result, an estimate" in board.notes[0]


def test_a_county_has_the_seats_published_under_it(small: Dataset) -> None:
    """Westmarsh is in two counties, and counts in both."""
    counted = {name: len(scoreboard(small, "2017", county=name).results) for name in ("Aldershire", "Brackshire")}
    assert counted == {"Aldershire": 2, "Brackshire": 3}
    assert len(scoreboard(small, county="Farshire").results) == 0


def test_a_by_election_is_held_against_the_general_election_before_it(small: Dataset) -> None:
    """One seat; the share of the region plays no part."""
    board = scoreboard(small, "westmarsh by-election")
    assert [seats_of(row) for row in board.rows] == [("red", 1, 1, 0, 1), ("blu", 0, 0, 1, -1)]
    assert board.rows[0].change_pp == 10


def test_another_baseline_may_be_named_on_the_same_boundaries(shipped: Dataset) -> None:
    """2019 against 2010: the Conservatives gained the same number of seats, and other ones."""
    board = scoreboard(shipped, "2019", baseline="2010")
    rows = {row.party: row for row in board.rows}
    assert board.baseline is not None
    assert board.baseline.id == "parl.2010-05-06"
    assert (rows["con"].net, rows["lab"].net) == (38 - 31, 8 - 15)
    assert rows["con"].change_pp == pytest.approx(13.589, abs=0.001)


def test_across_a_boundary_change_the_notional_result_of_the_baseline_is_used(small: Dataset) -> None:
    """As in swing and compare, and a note says so; all else is as with the published baseline, which it is."""
    board, published = scoreboard(small, "2024", baseline="2017"), scoreboard(small, "2024")
    note = (
        "General election, 2017 was fought on other boundaries: its notional result (parl.2017-06-08.notional) is used"
    )
    assert board == structs.replace(published, notes=(note, *published.notes))
    assert board.baseline is not None
    assert board.baseline.id == "parl.2017-06-08.notional"
    assert elections_pair(small, "2017", "2024").notes == (note,)


def test_the_question_names_the_baseline_that_is_used(emvote: Emvote) -> None:
    """By its id, as the other commands do: here a notional result, which the answer says too."""
    answer = json.loads(emvote("results", "2024", "--baseline", "2019", "--json").stdout)
    assert answer["query"] == {"election": "parl.2024-07-04", "scope": "region", "baseline": "parl.2019-12-12.notional"}
    assert answer["baseline"] == {"election": "parl.2019-12-12.notional", "type": "notional"}
    local = json.loads(emvote("results", "local-2019", "--baseline", "last-election", "--json").stdout)
    assert local["query"]["baseline"] == "last-election"


@pytest.mark.parametrize(
    ("election", "baseline", "says"),
    [
        (
            "2024",
            "2017",
            "different boundaries.*no notional result.*parl.2024-07-04 can be compared with parl.2019-12-12.notional$",
        ),
        (
            "2015",
            "2019",
            "2019-12-12 is not before .*; .* can be compared with parl.2005-05-05.notional or parl.2010-05-06$",
        ),
        ("1918", "2019", "not before.*; nothing on record before parl.1918-12-14 has its boundaries$"),
        (
            "2019",
            "eve-of-poll",
            "'eve-of-poll' is a baseline of local elections: --baseline takes an election here",
        ),
        ("local-2019", "2015", "'2015' is no baseline of a local election: --baseline eve-of-poll or last-election"),
    ],
)
def test_a_baseline_that_cannot_be_compared_is_refused_with_the_reason(
    shipped: Dataset, election: str, baseline: str, says: str
) -> None:
    """And with those that can."""
    with pytest.raises(UsageProblem, match=says):
        results(shipped, election, baseline=baseline)


def test_the_election_of_a_mayor_is_another_question(shipped: Dataset) -> None:
    """The right command is named."""
    with pytest.raises(UsageProblem, match=r"emvote mayor mansfield$"):
        results(shipped, "mayor.mansfield.2023-05-04")


def test_a_bare_year_is_a_general_election_before_a_local_one(shipped: Dataset) -> None:
    """In a year without one it is the local elections; two general elections in a year must be told apart."""
    assert scoreboard_of(shipped, "2017") == "parl.2017-06-08"
    assert scoreboard_of(shipped, "2018") == "local.2018-05-03"
    with pytest.raises(AmbiguousName):
        results(shipped, "1974")
    with pytest.raises(UnknownName):
        results(shipped, "atlantis")


def scoreboard_of(dataset: Dataset, typed: str) -> str:
    """The id of the election that was meant."""
    return results(dataset, typed).election.id


# --- what is not known ----------------------------------------------------------------------------------------------


def test_who_may_have_won_an_unknown_seat_has_unknown_gains_and_losses(small: Dataset) -> None:
    """At the baseline of 2024 an aggregate leads in Westmarsh, Blue come next: Red were third, so they gained it."""
    assert [seats_of(row) for row in scoreboard(small).rows] == [
        ("red", 1, 1, 1, 0),
        ("new", 1, 1, 0, 1),
        ("mill", 1, 0, 0, 0),
        ("blu", 0, 0, None, None),
        ("ind", 0, 0, None, None),
    ]


def test_seats_that_a_party_may_also_have_won_are_unknown(small: Dataset) -> None:
    """Where the record says who is ahead in two of three seats; those known are apart."""
    board = scoreboard(small, "2017-notional")
    assert {row.party: (row.seats, row.seats_known) for row in board.rows} == {
        "red": (1, 1),
        "mill": (1, 1),
        "new": (0, 0),
        "blu": (None, 0),
        "ind": (None, 0),
        "other": (None, 0),
    }
    assert board.unknown_winners == ("Westmarsh and Thornley",)
    assert (board.wasted.unrepresented, board.wasted.surplus, board.indices.enp_seats) == (None, None, None)
    assert {row.gains for row in board.rows} == {None}


def test_without_a_baseline_there_are_no_gains_and_no_changes(small: Dataset) -> None:
    """Unknown, not nought."""
    board = scoreboard(small, "2015")
    assert {(row.gains, row.losses, row.net, row.change_pp) for row in board.rows} == {(None, None, None, None)}
    assert (board.indices.pedersen, board.swing, board.turnout_both) == (None, None, None)
    assert board.notes == (
        "no gains, losses and changes: parl.2015-05-07 has no baseline on its boundaries in the record",
    )


@pytest.mark.parametrize("year", [1918, 1945, 1950, 1970, 1983, 2005])
def test_indices_that_hang_on_an_aggregate_are_unknown_with_the_reason(shipped: Dataset, year: int) -> None:
    """The record of 1918 to 2005 has others together and no candidates."""
    found = scoreboard(shipped, str(year)).indices
    measured = (found.enp_votes, found.gallagher, found.loosemore_hanby, found.pedersen)
    assert measured == (None, None, None, None)
    assert (found.lost_deposits, found.candidates) == (None, None)
    words = " ".join(found.reasons)
    for name in ("effective number", "Gallagher", "Loosemore", "Pedersen", "lost deposits"):
        assert name in words


def test_deposits_before_the_rule_are_not_judged(small: Dataset) -> None:
    """In 1974 an eighth of the votes was needed."""
    board = scoreboard(small, "oct1974")
    assert (board.indices.candidates, board.indices.lost_deposits) == (2, None)
    assert [row.lost_deposits for row in board.rows] == [None, None]


def test_independents_that_an_estimate_aggregates_leave_sums_of_shares_exact(shipped: Dataset) -> None:
    """However they are split, those without seats have the same sum of shares; their squares have not."""
    found = scoreboard(shipped, "2019-notional").indices
    assert (found.enp_votes, found.gallagher) == (None, None)
    assert found.loosemore_hanby == pytest.approx(100 * 39 / 47 - 100 * 1280724 / 2338453, abs=0.02)
    assert scoreboard(shipped, "2024").indices.pedersen is not None


# --- independents ---------------------------------------------------------------------------------------------------


def test_each_independent_is_a_party_in_the_indices_and_all_have_one_row(polled: Polled) -> None:
    """Two of 25 votes each are no party of 50."""
    dataset = polled({"Ayton": {"red": 50, "ind": {"Ann Fern": 25, "Eli Moss": 25}}})
    board = scoreboard(dataset)
    assert [(row.party, row.votes, row.candidates) for row in board.rows] == [("red", 50, 1), ("ind", 50, 2)]
    assert board.indices.enp_votes == pytest.approx(1 / (0.5**2 + 2 * 0.25**2))
    assert board.indices.gallagher == pytest.approx((0.5 * (50**2 + 2 * 25**2)) ** 0.5)


def test_an_independent_who_stands_again_is_the_same_one_in_the_same_seat(polled: Polled) -> None:
    """By name; another person, or elsewhere, is another party."""
    before = {"Ayton": {"red": 80, "ind": {"Ann Fern": 20}}, "Beeby": {"red": 100}}
    same = {"Ayton": {"red": 80, "ind": {"ANN FERN": 20}}, "Beeby": {"red": 100}}
    other = {"Ayton": {"red": 80, "ind": {"Eli Moss": 20}}, "Beeby": {"red": 100}}
    elsewhere = {"Ayton": {"red": 100}, "Beeby": {"red": 80, "ind": {"Ann Fern": 20}}}
    found = [scoreboard(polled(now, before), baseline="2015").indices.pedersen for now in (same, other, elsewhere)]
    assert found == [0, 10, 10]


def test_a_party_that_continues_another_is_one_with_it(polled: Polled) -> None:
    """In volatility and in change of share; where both stand they are two."""
    board = scoreboard(polled({"Ayton": {"red": 60, "new": 40}}, {"Ayton": {"red": 60, "old": 40}}), baseline="2015")
    assert board.indices.pedersen == 0
    assert {row.party: row.change_pp for row in board.rows} == {"red": 0, "new": 0}
    both = scoreboard(
        polled({"Ayton": {"red": 60, "new": 30, "old": 10}}, {"Ayton": {"red": 60, "old": 40}}), baseline="2015"
    )
    assert both.indices.pedersen == 30
    assert {row.party: row.change_pp for row in both.rows} == {"red": 0, "new": None, "old": -30}


def test_a_seat_that_a_continuation_wins_is_held(polled: Polled) -> None:
    """Nothing is gained and nothing lost, whether or not the older party stands too."""
    for older in (0, 10):
        now = {"Ayton": {"new": 60, "red": 40, **({"old": older} if older else {})}}
        board = scoreboard(polled(now, {"Ayton": {"old": 60, "red": 40}}), baseline="2015")
        assert {row.party: (row.gains, row.losses) for row in board.rows} == {row.party: (0, 0) for row in board.rows}
        assert board.changed_hands == ()


# --- on the night ---------------------------------------------------------------------------------------------------


def test_what_has_not_declared_counts_in_nothing() -> None:
    """Two of four seats; the changes are between these two at both elections."""
    board = scoreboard(open_dataset(str(NIGHT)), "2029")
    assert (board.declared.declared, board.declared.of) == (2, 4)
    assert [seats_of(row) for row in board.rows] == [("red", 1, 1, 0, 1), ("blu", 1, 0, 1, -1)]
    assert {row.party: row.change_pp for row in board.rows} == {"red": pytest.approx(7), "blu": pytest.approx(-7)}
    assert "2 of 4 declared; not declared, and in no figure here: Cedar, Damson" in board.notes


def test_councils_that_have_not_declared_are_named() -> None:
    """And votes are unknown while wards are still out."""
    board = local(open_dataset(str(NIGHT), wards=True), "local-2029")
    assert (board.declared.declared, board.declared.of) == (2, 4)
    assert {row.party: (row.seats, row.votes) for row in board.rows} == {"blu": (11, None), "red": (9, None)}
    assert "votes and shares are not known: not all wards are on record in Eastmoor, Fenmoor" in board.notes


# --- local elections ------------------------------------------------------------------------------------------------


def test_a_local_scoreboard_has_councils_and_seats_against_both_baselines(small: Dataset) -> None:
    """As in `councils`; gains and losses of seats are not on record, only their net."""
    board = local(small, "local-2019")
    found = {
        row.party: (row.total.held, row.total.gained, row.total.lost, row.seats, row.total.seats_net)
        for row in board.rows
        if row.total
    }
    assert found == {
        "red": (1, 1, 0, 36, 2),
        "blu": (0, 0, 2, 28, -5),
        "ind": (0, 0, 0, 12, None),
        "mill": (0, 1, 0, 10, 2),
        "new": (1, 0, 0, 7, 1),
        "harb": (0, 0, 0, 2, 2),
    }
    assert {row.votes for row in board.rows} == {None}
    assert "votes and shares are not known: no ward results of local.2019-05-02 are on record" in board.notes


def test_local_votes_are_all_votes_of_all_candidates(shipped_wards: Dataset) -> None:
    """Of the wards of the councils in the answer; unopposed candidates have none."""
    rutland = local(shipped_wards, "local-2019", county="rutland")
    wards = [each for each in shipped_wards.record.wards if each.council == "E06000017"]
    cast = [each for ward in wards if ward.election == "local.2019-05-02" for each in ward.candidates]
    assert rutland.distribution is not None
    assert rutland.distribution.votes == sum(each.votes or 0 for each in cast)
    assert rutland.indices.candidates == len(cast)
    rows = {row.party: row for row in rutland.rows}
    assert rows["con"].votes == sum(each.votes or 0 for each in cast if each.party == "con")
    assert sum(row.share_pct or 0 for row in rutland.rows) == pytest.approx(100)
    assert any("share_method all-votes" in note for note in rutland.notes)


def test_votes_of_wards_that_are_not_all_there_are_unknown(dataset_from: Callable[[str], Dataset]) -> None:
    """Two of Aldermere's twenty seats: shares of those would be no shares of the council."""
    board = local(dataset_from(with_wards("local.2023-05-04")), "local-2023")
    assert {row.votes for row in board.rows} == {None}
    assert board.indices.enp_votes is None
    assert "votes and shares are not known: not all wards are on record in Aldermere" in board.notes


def test_where_only_wards_are_on_record_seats_are_theirs_without_a_net(dataset_from: Callable[[str], Dataset]) -> None:
    """By-elections of the day fill other seats and are left out."""
    board = local(dataset_from(with_wards("local.2021-05-06")), "local-2021")
    found = [(row.party, row.seats, row.votes, row.candidates, row.total) for row in board.rows]
    assert found == [("red", 2, 110, 2, None), ("ind", 0, 30, 1, None)]
    assert (board.names, board.seats_up, board.councils) == (("Aldermere",), 2, ())
    assert board.indices.enp_votes == pytest.approx(140**2 / (110**2 + 30**2))
    assert any(note.startswith("what local.2021-05-06 did to councils is not on record") for note in board.notes)


def test_without_candidates_a_local_scoreboard_has_no_votes(shipped_wards: Dataset) -> None:
    """Only the best candidate of each party is known of a ward."""
    first, *rest = shipped_wards.wards_at("local.2023-05-04")
    bare = replace(first, candidates=(), tallies=(Tally(party="lab", votes=1),))
    board = local(Dataset(replace(shipped_wards.record, wards=(bare, *rest))), "local-2023")
    assert board.distribution is None
    assert {row.votes for row in board.rows} <= {None}
    assert any("only the best candidate of each party is published" in note for note in board.notes)


# --- laws -----------------------------------------------------------------------------------------------------------

PARTIES = ("red", "blu", "grn", "mill", "new", "old")
RESULT = st.dictionaries(st.sampled_from(PARTIES), st.integers(1, 50), min_size=2)
PAIR = st.lists(st.tuples(RESULT, RESULT), min_size=1, max_size=6)
LAWS = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def held(polled: Polled, pair: list[tuple[dict[str, int], dict[str, int]]]) -> Dataset:
    """The same seats at two elections."""
    names = [f"Seat {number}" for number in range(len(pair))]
    before, now = ({name: each[side] for name, each in zip(names, pair, strict=True)} for side in (0, 1))
    return polled(now, before)


@LAWS
@given(PAIR)
def test_what_is_gained_is_lost_by_somebody(polled: Polled, pair: list[tuple[dict[str, int], dict[str, int]]]) -> None:
    """Gains less losses are the net; nets add up to nothing; the seats that changed hands are the gains."""
    board = scoreboard(held(polled, pair), baseline="2015")
    gains, losses = ([getattr(row, side) for row in board.rows] for side in ("gains", "losses"))
    assert sum(gains) == sum(losses) == len(board.changed_hands)
    assert sum(row.net or 0 for row in board.rows) == 0
    assert sum(row.seats or 0 for row in board.rows) == len(pair) == sum(each.seats for each in board.outcomes)
    for row in board.rows:
        assert row.net == (row.gains or 0) - (row.losses or 0)


@LAWS
@given(PAIR)
def test_shares_and_bands_and_wasted_votes_add_up(
    polled: Polled, pair: list[tuple[dict[str, int], dict[str, int]]]
) -> None:
    """To a hundred, to the seats, and to no more than all votes less one a seat."""
    board = scoreboard(held(polled, pair), baseline="2015")
    assert sum(row.share_pct or 0 for row in board.rows) == pytest.approx(100)
    assert sum(row.seat_share_pct or 0 for row in board.rows) == pytest.approx(100)
    assert sum(row.seat_vote_gap_pp or 0 for row in board.rows) == pytest.approx(0, abs=1e-9)
    wasted = board.wasted
    assert wasted.unrepresented is not None
    assert wasted.surplus is not None
    assert wasted.unrepresented + wasted.surplus < wasted.valid


def pooled(dataset: Dataset, parties: set[str]) -> Dataset:
    """The same record, with votes by party at the baseline and those of some parties added up."""

    def hidden(contest: Contest) -> Contest:
        if contest.election != "parl.2015-05-07":
            return contest
        votes: Counter[str] = Counter()
        for each in contest.candidates:
            votes[OTHER if each.party in parties else each.party] += each.votes
        tallies = tuple(Tally(party=party, votes=number) for party, number in votes.items())
        return replace(contest, candidates=(), tallies=tallies)

    record = dataset.record
    return Dataset(replace(record, contests=tuple(map(hidden, record.contests))))


@LAWS
@given(PAIR, st.sets(st.sampled_from(PARTIES), min_size=1, max_size=3))
def test_what_is_told_in_spite_of_an_aggregate_is_true(
    polled: Polled, pair: list[tuple[dict[str, int], dict[str, int]]], parties: set[str]
) -> None:
    """Whatever an aggregate hides, a figure that is given is the one of the whole record."""
    # without ties: who won is not in votes by party, and without parties that continue others, which it may hold
    plain = [
        tuple(
            {party: 10 * n + i for i, (party, n) in enumerate(side.items()) if party not in ("new", "old")}
            for side in each
        )
        for each in pair
    ]
    if any(not side for each in plain for side in each):
        return
    whole = held(polled, plain)  # type: ignore[arg-type]
    truth = {row.party: row for row in scoreboard(whole, baseline="2015").rows}
    for row in scoreboard(pooled(whole, parties), baseline="2015").rows:
        if row.party in truth:
            assert row.gains in (None, truth[row.party].gains)
            assert row.losses in (None, truth[row.party].losses)
            assert row.seats == truth[row.party].seats


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=20))
def test_the_effective_number_of_parties_is_between_one_and_their_number(votes: list[int]) -> None:
    """Equal shares make it their number; scale does not matter."""
    number = measures.effective_number(votes)
    assert number is not None
    assert 1 <= number <= len(votes) + 1e-9
    assert measures.effective_number([7] * len(votes)) == len(votes)
    assert measures.effective_number([3 * each for each in votes]) == pytest.approx(number)


SEATED = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 60)), min_size=1, max_size=20).filter(
    lambda parties: any(v for v, _ in parties) and any(s for _, s in parties)
)


@given(SEATED)
def test_indices_of_disproportionality_are_bounded(parties: list[tuple[int, int]]) -> None:
    """From nought to a hundred, Gallagher's never above Loosemore and Hanby's; in proportion both are nil."""
    gallagher, loosemore = measures.gallagher(parties), measures.loosemore_hanby(parties)
    assert gallagher is not None
    assert loosemore is not None
    assert 0 <= gallagher <= loosemore + 1e-9 <= 100 + 1e-6
    exact = [(10 * s, s) for _, s in parties]
    assert (measures.gallagher(exact), measures.loosemore_hanby(exact)) == (0, 0)


@given(SEATED)
def test_volatility_is_the_same_in_both_directions(parties: list[tuple[int, int]]) -> None:
    """And nil where nothing changed."""
    back = [(now, before) for before, now in parties]
    forth = measures.pedersen(parties)
    assert forth == measures.pedersen(back)
    assert forth is not None
    assert 0 <= forth <= 100
    assert measures.pedersen([(now, 3 * now) for _, now in parties]) == 0


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 50), st.integers(0, 50))
def test_gap_and_ratio_agree_on_which_is_larger(votes: int, others: int, seats: int, rest: int) -> None:
    """A party with more seats than in proportion has a positive gap and a ratio above one."""
    gap = measures.seat_vote_gap_pp(votes, votes + others, seats, seats + rest)
    ratio = measures.seat_vote_ratio(votes, votes + others, seats, seats + rest)
    assert gap is not None
    assert ratio is not None
    assert (gap > 0) == (ratio > 1)
