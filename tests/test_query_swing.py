"""Swing between two parties, seat by seat and for the region."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emvote.dataset import Dataset
from emvote.errors import UnknownName, UsageProblem
from emvote.measures import Method
from emvote.queries.contest import PairSwing, Votes, pair_swing
from emvote.queries.swing import SwingAnswer, swing
from emvote.store import open_dataset


def figures(answer: SwingAnswer) -> list[tuple[str, str, str, float | None]]:
    """Seat, the two parties and the Butler swing, row by row."""
    return [(row.seat.name, row.swing.from_party, row.swing.to_party, row.swing.butler_pp) for row in answer.rows]


def test_the_region_swings_between_its_two_largest_parties(small: Dataset) -> None:
    """From totals of the seats of the region: Blue 41,500 then 40,900, Red 39,000 and 39,000, of 100,000 and 102,000.

    Farshore, where 50 points swung, is outside.
    """
    answer = swing(small, earlier="2015", later="2017")
    assert (answer.region.from_party, answer.region.to_party) == ("blu", "red")
    assert answer.region_votes[0] == Votes({"blu": 41500, "red": 39000, "old": 3000, "mill": 14000, "grn": 500}, 100000)
    assert answer.region_votes[1] == Votes({"blu": 40900, "red": 39000, "new": 2100, "mill": 17000}, 102000)
    change_blue, change_red = 100 * (40900 / 102000 - 0.415), 100 * (39000 / 102000 - 0.39)
    assert answer.region.butler_pp == pytest.approx((change_red - change_blue) / 2)
    assert answer.region.steed_pp == pytest.approx(100 * (390 / 799 - 390 / 805))
    assert [row.seat.name for row in answer.rows] == ["Aldermere", "Westmarsh", "Brackwater", "Nether Vale"]


def test_the_mean_over_seats_is_another_figure(small: Dataset) -> None:
    """Unweighted, over the seats where both parties stood at both elections: +8.75, −10 and −5."""
    answer = swing(small, earlier="2015", later="2017")
    assert [row.swing.butler_pp for row in answer.rows] == [
        8.75,
        pytest.approx(-5.0),
        pytest.approx(-10.0),
        None,
    ]
    assert answer.mean_butler_pp == pytest.approx((8.75 - 10 - 5) / 3)
    assert answer.seats_in_mean == 3


def test_a_party_that_did_not_stand_has_no_swing_and_the_row_says_why(small: Dataset) -> None:
    """Red never stood in Nether Vale; the change of the other party is known."""
    row = swing(small, ["Nether Vale"], earlier="2015", later="2017", between=("blu", "red")).rows[0]
    assert row.swing == PairSwing(from_party="blu", to_party="red", butler_pp=None, steed_pp=None)
    assert (row.from_change_pp, row.to_change_pp, row.direction) == (-15.0, None, None)
    assert row.note == "no swing: Red did not stand at the earlier election"


def test_a_named_seat_swings_between_its_runner_up_and_its_winner(small: Dataset) -> None:
    """In the order in which a gain is positive."""
    answer = swing(small, ["Aldermere"], earlier="2015", later="2017")
    assert figures(answer) == [("Aldermere", "blu", "red", 8.75)]
    row = answer.rows[0]
    assert (row.from_change_pp, row.to_change_pp, row.direction, row.note) == (-5.0, 12.5, "Blue to Red", None)


def test_a_named_seat_without_a_runner_up_takes_the_pair_of_the_region(small: Dataset) -> None:
    """Second place in Brackwater was shared: no one of the two is picked."""
    answer = swing(small, ["Brackwater"], earlier="2015", later="2017")
    assert [row[1:3] for row in figures(answer)] == [("blu", "red")]


def test_an_independent_runner_up_has_no_swing(small: Dataset) -> None:
    """Independents stood for the seat before, and that is not known to be the same one."""
    row = swing(small, ["Brackwater"], earlier="2017", later="2024").rows[0]
    assert (row.swing.from_party, row.swing.butler_pp, row.to_change_pp, row.direction) == ("ind", None, 10.0, None)
    assert row.note == "no swing: Independent is no party, and an independent's change is not known"


def test_a_party_is_joined_with_its_predecessor(small: Dataset) -> None:
    """New Dawn's 5 per cent of 2017 against Old Dawn's 7.5 of 2015."""
    row = swing(small, ["Aldermere"], earlier="2015", later="2017", between=("new", "blu")).rows[0]
    assert (row.from_change_pp, row.to_change_pp) == (-2.5, -5.0)
    assert row.swing.butler_pp == -1.25
    assert row.direction == "Blue to New"


def test_unsaid_elections_are_the_latest_and_its_baseline(small: Dataset) -> None:
    """Which is notional, and the notes say so."""
    answer = swing(small)
    assert (answer.pair.earlier.id, answer.pair.later.id) == ("parl.2017-06-08.notional", "parl.2024-07-04")
    assert answer.notes == ("compared with a notional result: General election, 2017, on the boundaries of 2024",)


def test_across_a_boundary_change_the_estimate_stands_in(small: Dataset) -> None:
    """Asked for 2017, answered from its estimate on the boundaries of 2024, which the notes name."""
    answer = swing(small, ["Aldermere"], earlier="2017", later="2024")
    assert answer.pair.earlier.id == "parl.2017-06-08.notional"
    assert answer.notes == (
        "General election, 2017 was fought on other boundaries: its notional result (parl.2017-06-08.notional) is used",
    )
    assert figures(answer) == [("Aldermere", "red", "new", 25.0)]


def test_across_a_boundary_change_without_an_estimate_there_is_no_swing(small: Dataset) -> None:
    """And the message says what can be compared."""
    with pytest.raises(UsageProblem, match=r"different boundaries.*compared with parl\.2017-06-08\.notional"):
        swing(small, earlier="2015", later="2024")


@pytest.mark.parametrize(("earlier", "later"), [("2017", "2015"), ("2017", "2017"), ("oct1974", "feb1974")])
def test_the_earlier_election_comes_first(small: Dataset, earlier: str, later: str) -> None:
    """The other order is not turned round silently."""
    with pytest.raises(UsageProblem, match="give the earlier election first"):
        swing(small, earlier=earlier, later=later)


def test_an_election_without_a_baseline_wants_one(small: Dataset) -> None:
    """The first on record."""
    with pytest.raises(UsageProblem, match="--from"):
        swing(small, later="2015")


@pytest.mark.parametrize("pair", [("red", "Red Party"), ("new", "old"), ("ind", "blu"), ("blu", "other")])
def test_a_swing_needs_two_parties(small: Dataset, pair: tuple[str, str]) -> None:
    """Not one twice, nor its predecessor, nor independents, nor an aggregate."""
    with pytest.raises(UsageProblem):
        swing(small, earlier="2015", later="2017", between=pair)


def test_words_are_one_seat_or_several(small: Dataset) -> None:
    """`swing nether vale` is one, `swing aldermere westmarsh` two."""
    one = swing(small, ["nether", "vale"], earlier="2015", later="2017")
    assert [row.seat.name for row in one.rows] == ["Nether Vale"]
    two = swing(small, ["westmarsh", "aldermere"], earlier="2015", later="2017")
    assert [row.seat.name for row in two.rows] == ["Aldermere", "Westmarsh"]


def test_a_seat_that_lacks_one_of_the_results_is_an_error(small: Dataset) -> None:
    """Not a row that is silently missing."""
    with pytest.raises(UsageProblem, match=r"Aldermere has no result at parl\.westmarsh"):
        swing(small, ["Aldermere"], earlier="2015", later="westmarsh 2016")
    with pytest.raises(UsageProblem, match="boundaries of 2010"):
        swing(small, ["Nether Vale"])
    with pytest.raises(UnknownName):
        swing(small, ["Atlantis"])


def test_a_seat_outside_the_region_can_be_named(small: Dataset) -> None:
    """Its row is its own; the region's totals are without it."""
    answer = swing(small, ["Farshore"], earlier="2015", later="2017")
    assert figures(answer) == [("Farshore", "blu", "red", 50.0)]
    assert answer.region_votes[0].valid == 100000


def test_the_method_decides_the_direction(small: Dataset) -> None:
    """Both figures are given; from 2015 to 2017 the region went to Red by one and by the other."""
    butler = swing(small, earlier="2015", later="2017", between=("red", "blu"))
    steed = swing(small, earlier="2015", later="2017", between=("red", "blu"), method=Method.STEED)
    assert butler.region == steed.region
    assert [row.direction for row in butler.rows] == ["Blue to Red", "Red to Blue", "Red to Blue", None]
    assert [row.direction for row in steed.rows] == ["Blue to Red", "Red to Blue", "Red to Blue", None]


@pytest.mark.parametrize(("earlier", "later"), [("2015", "2017"), ("2017", "2024"), ("feb1974", "oct1974")])
@pytest.mark.parametrize("pair", [("blu", "red"), ("mill", "red"), ("new", "blu"), ("grn", "red")])
def test_the_other_way_round_every_swing_has_the_other_sign(
    small: Dataset, earlier: str, later: str, pair: tuple[str, str]
) -> None:
    """Of seats, of the region and of the mean; what is unknown stays unknown."""
    one = swing(small, earlier=earlier, later=later, between=pair)
    other = swing(small, earlier=earlier, later=later, between=(pair[1], pair[0]))
    for a, b in zip(
        (one.region, *(r.swing for r in one.rows)), (other.region, *(r.swing for r in other.rows)), strict=True
    ):
        assert (a.from_party, a.to_party) == (b.to_party, b.from_party)
        assert opposite(a.butler_pp, b.butler_pp)
        assert opposite(a.steed_pp, b.steed_pp)
    assert [row.direction for row in one.rows] == [row.direction for row in other.rows]
    assert opposite(one.mean_butler_pp, other.mean_butler_pp)


def opposite(one: float | None, other: float | None) -> bool:
    """Whether two figures differ in their sign only, or neither exists."""
    if one is None or other is None:
        return one is other
    return one == pytest.approx(-other, abs=1e-9)


REGION = open_dataset(str(Path(__file__).parent / "data" / "small.toml"))
shares = st.dictionaries(st.sampled_from(["blu", "red", "old", "new", "mill"]), st.integers(0, 1000))


@given(shares, shares, st.permutations(["blu", "red", "new"]))
def test_swap_and_return_hold_whoever_stood(earlier: dict[str, int], later: dict[str, int], parties: list[str]) -> None:
    """There is a figure exactly where both parties, or their predecessors stood twice; swapped, its sign changes."""
    votes = Votes(earlier, sum(earlier.values()) + 1), Votes(later, sum(later.values()) + 1)
    a, b = parties[:2]
    there, why = pair_swing(REGION, a, b, *votes)
    back, _ = pair_swing(REGION, b, a, *votes)
    assert opposite(there.butler_pp, back.butler_pp)
    stood = all(set(REGION.with_predecessors(party)) & set(side.by_party) for party in (a, b) for side in votes)
    assert (there.butler_pp is not None) == stood == (why is None)
