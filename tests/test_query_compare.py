"""Two elections party by party, or places side by side."""

from __future__ import annotations

import pytest

from emvote.dataset import Dataset
from emvote.errors import AmbiguousName, UnknownName, UsageProblem
from emvote.queries.compare import CouncilsCompared, SeatsCompared, compare, find_place
from emvote.queries.compare_elections import ChangedHands, ElectionsCompared, PartyChange


def elections(dataset: Dataset, one: str, other: str) -> ElectionsCompared:
    """The two compared."""
    answer = compare(dataset, [one, other])
    assert isinstance(answer, ElectionsCompared)
    return answer


def line(row: PartyChange) -> tuple[str, int | None, int | None, int | None, int | None, int | None]:
    """Seats and votes of a row."""
    return row.party, row.seats_from, row.seats_to, row.seats_net, row.votes_from, row.votes_to


def test_two_elections_are_compared_party_by_party(small: Dataset) -> None:
    """In the four seats of the region; New Dawn in one row with Old Dawn; most seats first, then most votes."""
    answer = elections(small, "2015", "2017")
    assert [line(row) for row in answer.rows] == [
        ("mill", 1, 2, 1, 14000, 17000),
        ("blu", 2, 1, -1, 41500, 40900),
        ("red", 1, 1, 0, 39000, 39000),
        ("ind", 0, 0, 0, 2000, 3000),
        ("new", 0, 0, 0, 3000, 2100),
        ("grn", 0, 0, 0, 500, None),
    ]
    assert "New Dawn is compared with its predecessor, Old Dawn" in answer.notes
    assert answer.seats == 4


def test_shares_are_of_all_valid_votes(small: Dataset) -> None:
    """Unknown where a party stood once only; independents have shares and no change."""
    rows = {row.party: row for row in elections(small, "2015", "2017").rows}
    assert rows["blu"].share_from_pct == 41.5
    assert rows["blu"].share_to_pct == pytest.approx(100 * 40900 / 102000)
    assert rows["blu"].share_change_pp == pytest.approx(100 * 40900 / 102000 - 41.5)
    assert rows["new"].share_change_pp == pytest.approx(100 * 2100 / 102000 - 3.0)
    assert (rows["grn"].share_to_pct, rows["grn"].share_change_pp) == (None, None)
    assert (rows["ind"].share_from_pct, rows["ind"].share_change_pp) == (2.0, None)


def test_nets_sum_to_nil_and_shares_to_a_hundred(small: Dataset) -> None:
    """The same seats at both elections."""
    rows = elections(small, "2015", "2017").rows
    nets = [row.seats_net for row in rows]
    assert None not in nets
    assert sum(net or 0 for net in nets) == 0
    assert sum(row.share_from_pct or 0 for row in rows) == pytest.approx(100)
    assert sum(row.share_to_pct or 0 for row in rows) == pytest.approx(100)


def test_seats_that_changed_hands_turnout_and_swing_are_told(small: Dataset) -> None:
    """By name; the by-election between does not count."""
    answer = elections(small, "2015", "2017")
    assert answer.changed_hands == (
        ChangedHands(seat="Aldermere", from_party="blu", to_party="red", majority_votes=2100),
        ChangedHands(seat="Brackwater", from_party="red", to_party="mill", majority_votes=3000),
    )
    assert answer.turnout_from_pct == pytest.approx(100 * 100000 / 170000)
    assert answer.turnout_to_pct == pytest.approx(100 * 102000 / 171000)
    assert answer.swing is not None
    assert (answer.swing.from_party, answer.swing.to_party) == ("blu", "red")
    assert answer.swing.butler_pp == pytest.approx((100 * (39000 - 40900) / 102000 - (39.0 - 41.5)) / 2)


def test_across_a_boundary_change_the_estimate_is_compared(small: Dataset) -> None:
    """A seat whose winner the estimate does not tell has not changed hands, as far as is known."""
    answer = elections(small, "2017", "2024")
    assert answer.pair.earlier.id == "parl.2017-06-08.notional"
    assert answer.changed_hands == (
        ChangedHands(seat="Aldermere", from_party="red", to_party="new", majority_votes=2000),
    )
    with pytest.raises(UsageProblem, match="different boundaries"):
        compare(small, ["2015", "2024"])


def test_an_election_is_named_by_any_of_its_forms(small: Dataset) -> None:
    """Two in one year told apart; a bare year that is also local is the general election."""
    assert elections(small, "feb1974", "oct1974").seats == 1
    assert elections(small, "2015", "westmarsh 2016").seats == 1
    with pytest.raises(AmbiguousName) as error:
        compare(small, ["1974", "2015"])
    assert error.value.suggestions == ("feb1974", "oct1974")


def test_local_elections_are_not_compared_party_by_party(small: Dataset) -> None:
    """Their seats are not the same, and nobody's votes are on record."""
    with pytest.raises(UsageProblem, match="is local"):
        compare(small, ["local-2019", "local-2023"])


def test_seats_are_put_side_by_side(small: Dataset) -> None:
    """In the order given, at the latest general election or another."""
    answer = compare(small, ["seat:Brackwater", "Westmarsh and Thornley", "seat:Aldermere"])
    assert isinstance(answer, SeatsCompared)
    assert answer.election.id == "parl.2024-07-04"
    assert [result.seat.id for result in answer.results] == ["S24000002", "S24000003", "S24000001"]
    earlier = compare(small, ["seat:Brackwater", "seat:Aldermere"], election="2017")
    assert isinstance(earlier, SeatsCompared)
    assert [result.seat.id for result in earlier.results] == ["S10000002", "S10000001"]


def test_two_seats_that_had_by_elections_are_still_seats(small: Dataset) -> None:
    """Westmarsh and Nether Vale alone are no names of elections, though each had a by-election."""
    answer = compare(small, ["Westmarsh", "Nether Vale"], election="2017")
    assert isinstance(answer, SeatsCompared)
    assert [result.outcome for result in answer.results] == ["Blue hold", "Mill hold"]


def test_councils_are_put_side_by_side(small: Dataset) -> None:
    """Those that did not vote and those outside the region too."""
    answer = compare(small, ["Hartwick", "council:Aldermere", "Ironfold"])
    assert isinstance(answer, CouncilsCompared)
    assert [(row.council.name, row.outcome) for row in answer.rows] == [
        ("Hartwick", "Red hold"),
        ("Aldermere", "Red gain from Blue"),
        ("Ironfold", "no election"),
    ]


def test_a_name_that_a_seat_and_a_council_share_must_say_which(small: Dataset) -> None:
    """Both forms are offered, and each of them works."""
    with pytest.raises(AmbiguousName) as error:
        compare(small, ["Aldermere", "Brackwater"])
    assert error.value.suggestions == ("seat:Aldermere", "council:Aldermere")
    places = [find_place(small, suggestion) for suggestion in error.value.suggestions]
    assert [place.id for place in places] == ["S24000001", "C01"]


@pytest.mark.parametrize(
    "things",
    [
        ["2015"],
        [],
        ["Westmarsh", "Hartwick"],
        ["Nether Vale", "Westmarsh"],
        ["Kingsmarsh", "Hartwick"],
    ],
)
def test_what_cannot_be_compared_is_wrong_usage(small: Dataset, things: list[str]) -> None:
    """One thing, a seat with a council, seats and a council that had ended."""
    with pytest.raises(UsageProblem):
        compare(small, things)


def test_two_elections_say_themselves_when_they_were(small: Dataset) -> None:
    """Another one beside them is refused."""
    with pytest.raises(UsageProblem, match="--election is for places"):
        compare(small, ["2015", "2017"], election="2017")


@pytest.mark.parametrize("things", [["Atlantis", "Hartwick"], ["2015", "2016"], ["seat:Hartwick", "council:Westmarsh"]])
def test_an_unknown_thing_is_an_unknown_name(small: Dataset, things: list[str]) -> None:
    """A council is not a seat, nor 2016 a general election."""
    with pytest.raises(UnknownName):
        compare(small, things)
