"""Every seat of the region at one election, and the conditions that keep some of them."""

from __future__ import annotations

from typing import Any

import pytest

from emvote.dataset import Dataset
from emvote.errors import UnknownName, UsageProblem
from emvote.queries.seats import SeatFilter, parse_majority, seats
from emvote.views.seats import party_totals


def names(dataset: Dataset, election: str | None = "2017", **conditions: Any) -> list[str]:
    """The seats kept."""
    answer = seats(dataset, election, SeatFilter(**conditions))
    return [result.seat.name for result in answer.results]


def test_unsaid_it_is_the_latest_general_election_by_name(small: Dataset) -> None:
    """Compared with its notional result."""
    answer = seats(small)
    assert answer.election.id == "parl.2024-07-04"
    assert answer.baseline is not None
    assert answer.baseline.id == "parl.2017-06-08.notional"
    assert [(result.seat.name, result.outcome) for result in answer.results] == [
        ("Aldermere", "New gain from Red"),
        ("Brackwater", "Mill hold"),
        ("Westmarsh and Thornley", "Red win"),
    ]


def test_a_seat_outside_the_region_is_not_in_the_list(small: Dataset) -> None:
    """Farshore is in the file, and in no total."""
    answer = seats(small, "2017")
    assert [result.seat.name for result in answer.all_results] == [
        "Aldermere",
        "Brackwater",
        "Nether Vale",
        "Westmarsh",
    ]


@pytest.mark.parametrize(
    ("conditions", "kept"),
    [
        ({"changed": True}, ["Aldermere", "Brackwater"]),
        ({"held_by": "Millbrook Residents"}, ["Brackwater", "Nether Vale"]),
        ({"winner": "mill"}, ["Brackwater", "Nether Vale"]),
        ({"winner": "mill", "gained_by": "red"}, []),
        ({"gained_by": "mill"}, ["Brackwater"]),
        ({"gained_by": "blu"}, []),
        ({"lost_by": "Red"}, ["Brackwater"]),
        ({"lost_by": "azures", "gained_by": "red"}, ["Aldermere"]),
        ({"county": "aldershire"}, ["Aldermere", "Westmarsh"]),
        ({"county": "Brackshire"}, ["Brackwater", "Nether Vale", "Westmarsh"]),
        ({"majority_under": "2100"}, ["Nether Vale", "Westmarsh"]),
        ({"majority_under": "2,101"}, ["Aldermere", "Nether Vale", "Westmarsh"]),
        ({"majority_under": "5%"}, []),
        ({"majority_under": "10.1%"}, ["Aldermere", "Brackwater", "Westmarsh"]),
        ({"marginal": True}, ["Aldermere"]),
    ],
)
def test_conditions_add_up(small: Dataset, conditions: dict[str, Any], kept: list[str]) -> None:
    """A seat in two counties matches both; `under` and marginal leave out the bound itself."""
    assert names(small, **conditions) == kept


def test_filters_leave_the_totals_alone(small: Dataset) -> None:
    """Totals are of every seat of the region at the election."""
    answer = seats(small, "2017", SeatFilter(changed=True))
    assert party_totals(small, answer.all_results) == [
        {"party": "mill", "seats": 2, "held": 1, "gained": 1, "lost": 0, "net": 1},
        {"party": "blu", "seats": 1, "held": 1, "gained": 0, "lost": 1, "net": -1},
        {"party": "red", "seats": 1, "held": 0, "gained": 1, "lost": 1, "net": 0},
    ]


@pytest.mark.parametrize(
    "conditions", [{"held_by": ""}, {"gained_by": ""}, {"lost_by": "Azure"}, {"county": ""}, {"county": "Rutland"}]
)
def test_an_empty_or_unknown_name_is_no_missing_condition(small: Dataset, conditions: dict[str, Any]) -> None:
    """`--county "$COUNTY"` with nothing in it would otherwise list every seat."""
    with pytest.raises(UnknownName):
        names(small, **conditions)


def test_an_empty_election_is_unknown(small: Dataset) -> None:
    """Likewise."""
    with pytest.raises(UnknownName):
        seats(small, "")


@pytest.mark.parametrize("typed", ["", "many", "-1", "5%%", "nan", "inf", "1e999"])
def test_a_majority_that_is_no_number_is_wrong_usage(small: Dataset, typed: str) -> None:
    """The message gives the two ways to write one."""
    with pytest.raises(UsageProblem, match=r"a number of votes \(1000\) or a percentage \(5%\)"):
        names(small, majority_under=typed)


@pytest.mark.parametrize(
    ("typed", "read"), [("1000", (1000.0, False)), ("1_000", (1000.0, False)), (" 2.5 % ", (2.5, True))]
)
def test_a_majority_is_votes_or_per_cent(typed: str, read: tuple[float, bool]) -> None:
    """Thousands may be marked."""
    assert parse_majority(typed) == read
