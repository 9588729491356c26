"""What a swing reaches on its way: where its loser has no majority left, and where its gainer is the largest party."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emvote.dataset import Dataset
from emvote.queries.changes import changes
from emvote.queries.project import ProjectAnswer, project
from emvote.store import open_dataset

Polled = Callable[..., Dataset]
Emvote = Callable[..., CompletedProcess[str]]

PLACES: dict[str, Any] = {
    "Ayton": {"blu": 52, "red": 48},
    "Beck": {"blu": 54, "red": 46},
    "Clay": {"blu": 60, "red": 40},
    "Dale": {"red": 60, "blu": 40},
    "Eden": {"grn": 60, "blu": 40},
}
"""Blue has three seats of five, Red one and Green one."""


def swung(dataset: Dataset, swing: str = "blu:red:1", on: str | None = None) -> ProjectAnswer:
    """The projection of one swing."""
    return project(dataset, changes(dataset, swings=[swing]), on)


def reached(answer: ProjectAnswer) -> list[tuple[str, str, int, str, float]]:
    """The points in plain words."""
    return [(each.point.value, each.party, each.seats, each.seat.name, each.swing_pp) for each in answer.points]


def seats_after(answer: ProjectAnswer) -> Mapping[str, int]:
    """Party to seats after a projection."""
    return {total.party: total.seats_after for total in answer.totals}


def test_points_are_the_swings_at_which_the_deciding_seats_tie(polled: Polled) -> None:
    """Blue falls to two of five with Ayton at 2; Red, level with it then, is the largest with Beck at 4."""
    assert reached(swung(polled(PLACES))) == [
        ("loses-majority", "blu", 2, "Ayton", 2.0),
        ("largest", "red", 3, "Beck", 4.0),
    ]


def test_they_do_not_depend_on_the_size_of_the_swing(polled: Polled) -> None:
    """They are read off the way, however far it is gone."""
    place = polled(PLACES)
    assert reached(swung(place, "blu:red:0")) == reached(swung(place, "blu:red:40"))


def test_what_is_so_already_is_no_point(polled: Polled) -> None:
    """Red has no majority to lose, and Blue is the largest."""
    assert reached(swung(polled(PLACES), "red:blu:1")) == []


def test_a_seat_that_a_third_party_wins_is_lost_all_the_same(polled: Polled) -> None:
    """Green is second in Ayton, and wins it at 1 while Red is far behind."""
    place = polled({"Ayton": {"blu": 50, "grn": 49, "red": 1}, "Beck": {"blu": 60, "red": 40}, "Clay": {"grn": 9}})
    assert reached(swung(place)) == [
        ("loses-majority", "blu", 1, "Ayton", 1.0),
        ("largest", "red", 2, "Ayton", 48.0),
    ]


def test_independents_are_not_one_party_that_is_the_largest(polled: Polled) -> None:
    """Two seats of two people: Red is the largest with two."""
    place = polled(
        {
            "Ayton": {"blu": 52, "red": 48},
            "Beck": {"red": 60, "blu": 40},
            "Clay": {"ind": {"Ann": 9}},
            "Dale": {"ind": {"Ben": 9}},
        }
    )
    assert reached(swung(place)) == [("largest", "red", 2, "Ayton", 2.0)]


def test_where_a_winner_is_not_known_no_point_is_told(polled: Polled) -> None:
    """It might have been anybody's."""
    assert reached(swung(polled(PLACES, Dale={"tallies": True, "winner_unknown": "lost"}))) == []


def test_several_changes_have_no_such_points(polled: Polled) -> None:
    """Only one swing is a line with points on it."""
    place = polled(PLACES)
    assert project(place, changes(place, swings=["blu:red:1", "grn:red:1"])).points == ()


VOTES = st.integers(1, 200)
SEAT = st.fixed_dictionaries({"blu": VOTES, "red": VOTES, "grn": VOTES})


@given(st.lists(SEAT, min_size=1, max_size=7))
def test_a_little_beyond_a_point_it_is_reached_and_a_little_before_it_is_not(
    polled: Polled, races: list[dict[str, int]]
) -> None:
    """As the projection of that swing has it."""
    place = polled({f"Seat {i}": votes for i, votes in enumerate(races)})
    for point, party, seats, _, swing in reached(swung(place)):
        before, beyond = (seats_after(swung(place, f"blu:red:{at:.8f}")) for at in (max(swing - 1e-6, 0), swing + 1e-6))
        assert beyond[party] == seats
        for after, there in ((before, False), (beyond, True)):
            others = [number for other, number in after.items() if other != party]
            told = 2 * after[party] <= len(races) if point == "loses-majority" else after[party] > max(others)
            assert told == there or swing == 0


@pytest.mark.parametrize(
    ("on", "swing", "points"),
    [
        (
            "2019-notional",
            "con:lab:1",
            [
                ("loses-majority", "con", 325, "Wrexham", 4.18),
                ("largest", "lab", 281, "Chelsea and Fulham", 8.21),
            ],
        ),
        ("2010", "con:lab:1", [("largest", "lab", 282, "Pudsey", 1.69)]),
    ],
)
def test_points_of_the_country(on: str, swing: str, points: list[tuple[Any, ...]]) -> None:
    """Just before each the seats are one apart or level, as projections of swings a millionth lower and higher show."""
    uk = open_dataset("uk")
    found = reached(swung(uk, swing, on))
    assert [(*each[:4], round(each[4], 2)) for each in found] == points
    for point, party, _, _, at in found:
        before, beyond = (seats_after(swung(uk, f"{swing[:-2]}:{at + step:.8f}", on)) for step in (-1e-6, 1e-6))
        if point == "loses-majority":
            assert (before[party], beyond[party]) == (326, 325)
        else:
            assert max(before.values()) >= before[party]
            assert max(beyond, key=lambda each: beyond[each]) == party
            assert sorted(beyond.values())[-2] < beyond[party]


def test_people_and_programs_are_told_the_same(emvote: Emvote) -> None:
    """In the closing sentences and in the summary; nothing while seats are out."""
    words = ("project", "--swing", "con:lab:1", "--baseline", "2019-notional", "--scope", "uk")
    shown = emvote(*words).stdout
    assert "\nCon has no more than half of the seats, 325, beyond a swing of 4.18, with Wrexham.\n" in shown
    assert "\nLab is the largest party, 281, beyond a swing of 8.21, with Chelsea and Fulham.\n" in shown
    points = json.loads(emvote(*words, "--json").stdout)["summary"]["points"]
    assert [(each["point"], each["party"], each["seats"], each["seat"]) for each in points] == [
        ("loses-majority", "con", 325, "Wrexham"),
        ("largest", "lab", 281, "Chelsea and Fulham"),
    ]
    night = ("--data", str(Path(__file__).parent / "data" / "night.toml"))
    assert json.loads(emvote("project", "--swing", "blu:red:5", *night, "--json").stdout)["summary"]["points"] == []
