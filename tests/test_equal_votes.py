"""Two parties at equal votes: the swing that makes them so, the seats that come of it, and the laws that both keep."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from subprocess import CompletedProcess
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emvote.dataset import Dataset
from emvote.errors import UsageProblem
from emvote.model import SPEAKER, UNITED_KINGDOM
from emvote.queries.changes import changes
from emvote.queries.equal_votes import EqualVotes
from emvote.queries.project import ProjectAnswer, project
from emvote.queries.typed import Exact
from emvote.store import open_dataset

Polled = Callable[..., Dataset]
Emvote = Callable[..., CompletedProcess[str]]
Raw = Callable[[str], list[dict[str, str]]]

PLACES: dict[str, Any] = {
    "Ayton": {"blu": 500, "red": 400, "grn": 100},
    "Beck": {"blu": 450, "grn": 430, "red": 120},
    "Clay": {"red": 600, "blu": 390, "grn": 10},
    "Eden": {"blu": 900, "grn": 100},
}
"""Of 4,000 votes Blue has 2,240 and Red 1,120; in the 3,000 of three seats both stood."""


@pytest.fixture(scope="module")
def uk() -> Dataset:
    """The dataset of the whole country."""
    return open_dataset("uk")


def equalled(dataset: Dataset, parties: str, on: str | None = None) -> tuple[ProjectAnswer, EqualVotes]:
    """The projection, and what it says of the two parties."""
    answer = project(dataset, changes(dataset, equal_votes=parties), on)
    assert answer.equal is not None
    return answer, answer.equal


def exactly(number: Exact) -> Fraction:
    """A typed or computed number as a fraction."""
    return Fraction(number.top, number.bottom)


def exact_votes(answer: ProjectAnswer, party: str) -> Fraction:
    """Votes of a party after a projection, from the whole numbers of every seat."""
    return sum(
        (
            Fraction(row.votes * row.weights[row.keys.index(party)], sum(row.weights))
            for row in answer.every
            if party in row.keys
        ),
        Fraction(0),
    )


# --- small elections ----------------------------------------------------------------------------------------------


def test_votes_are_equal_after_a_swing_in_the_seats_where_both_stood(polled: Polled) -> None:
    """Blue is 1,120 ahead: 560 go to Red, 18.67 per cent of the 3,000 votes where there is a swing between them."""
    answer, found = equalled(polled(PLACES), "blu:red")
    assert (found.votes, found.valid_votes, found.swung_votes) == ((2240, 1120), 4000, 3000)
    assert exactly(found.swing) == Fraction(56, 3)
    assert exact_votes(answer, "blu") == exact_votes(answer, "red") == 1680
    assert list(found.votes_after) == pytest.approx([1680, 1680])
    assert {row.seat.name: row.to_party for row in answer.every} == {
        "Ayton": "red",
        "Beck": "grn",
        "Clay": "red",
        "Eden": "blu",
    }
    assert (found.seats_before, found.seats, found.difference) == ((3, 1), (1, 2), -1)


def test_the_swing_is_that_of_the_same_number_typed(polled: Polled) -> None:
    """Red is 60 behind of 600 votes: 5 points, and every seat is as after a swing of 5."""
    place = polled({"Ayton": {"blu": 150, "red": 150 - 20, "grn": 20}, "Beck": {"blu": 170, "red": 130}})
    answer, found = equalled(place, "red:blu")
    assert exactly(found.swing) == -5
    typed = project(place, changes(place, swings=["blu:red:5"]))
    assert [row.shares_pct for row in answer.every] == [row.shares_pct for row in typed.every]
    assert (answer.totals, answer.tipping) == (typed.totals, typed.tipping)


def test_equal_parties_need_no_swing(polled: Polled) -> None:
    """Nobody moves, and the difference is that of the seats as they are: two small ones against a large one."""
    place = polled({"Ayton": {"blu": 60, "red": 40}, "Beck": {"blu": 60, "red": 40}, "Clay": {"red": 60, "blu": 20}})
    answer, found = equalled(place, "blu:red")
    assert (found.votes, found.swing.top, found.seats, found.difference) == ((140, 140), 0, (2, 1), 1)
    assert not any(row.changed for row in answer.every)


def test_an_exact_tie_is_nobodys(polled: Polled) -> None:
    """One seat at equal votes: it is tied, counts for neither, and is named."""
    _, found = equalled(polled({"Ayton": {"blu": 60, "red": 40}}), "blu:red")
    assert (found.seats, found.difference, found.tied, found.unknown) == ((0, 0), 0, ("Ayton",), ())


def test_the_speakers_seat_is_as_it_was(polled: Polled) -> None:
    """Its votes are in the scope, and no swing moves any of them."""
    places = {**PLACES, "Dale": {SPEAKER: 800, "blu": 150, "red": 50}}
    answer, found = equalled(polled(places), "blu:red")
    assert (found.votes, found.swung_votes) == ((2390, 1170), 3000)
    assert exact_votes(answer, "blu") == exact_votes(answer, "red")
    assert next(row for row in answer.every if row.seat.name == "Dale").to_party == SPEAKER


def test_where_somebody_is_held_at_nought_the_swing_is_larger(polled: Polled) -> None:
    """Blue has 2 per cent to lose in Beck and would lose 12.25: what is missing comes from Ayton, where it has more."""
    place = polled({"Ayton": {"blu": 800, "red": 100, "grn": 100}, "Beck": {"red": 480, "grn": 500, "blu": 20}})
    answer, found = equalled(place, "blu:red")
    assert [row.seat.name for row in answer.every if row.clamped] == ["Beck"]
    assert found.swing.near > 50 * (820 - 580) / 2000
    assert abs(exact_votes(answer, "blu") - exact_votes(answer, "red")) < 1


def test_a_winner_who_is_not_known_leaves_the_difference_unknown(polled: Polled) -> None:
    """It might be either's."""
    places = {**PLACES, "Dale": {"blu": 60, "red": 50}}
    place = polled(places, Dale={"tallies": True, "winner_unknown": "lost"})
    _, found = equalled(place, "blu:red")
    assert (found.unknown, found.difference) == (("Dale",), None)


def test_a_party_is_counted_with_the_one_that_it_continues(polled: Polled) -> None:
    """New continues Old, which stood."""
    place = polled({"Ayton": {"old": 60, "red": 40}, "Beck": {"red": 70, "old": 40}})
    _, found = equalled(place, "new:red")
    assert (found.votes, found.seats_before, found.seats) == ((100, 110), (1, 1), (1, 1))


@pytest.mark.parametrize(
    ("places", "message"),
    [
        ({"Ayton": {"blu": 60, "grn": 40}}, "Blu Party and Red Party stood together in no seat"),
        (
            {"Ayton": {"blu": 900, "grn": 100}, "Beck": {"blu": 6, "red": 4}},
            "no swing makes the votes of Blu Party and Red Party equal: there are too few seats where both stood",
        ),
    ],
)
def test_without_enough_seats_where_both_stood_there_is_no_such_swing(
    polled: Polled, places: dict[str, Any], message: str
) -> None:
    """Rather than a figure of something else."""
    with pytest.raises(UsageProblem, match=message):
        equalled(polled(places), "blu:red")


@pytest.mark.parametrize("text", ["blu:blu", "old:new", "blu", "blu:red:5", ":red", "ind:blu", "blu:other"])
def test_it_takes_two_parties(polled: Polled, text: str) -> None:
    """Not one with itself or its successor, not a swing, and nobody who is no party."""
    with pytest.raises(UsageProblem):
        changes(polled(PLACES), equal_votes=text)


@pytest.mark.parametrize("other", [{"swings": ["blu:red:5"]}, {"shares": "blu=40"}, {"table": "0:5:1"}])
def test_it_goes_alone(polled: Polled, other: dict[str, Any]) -> None:
    """With another change votes would not be equal."""
    with pytest.raises(UsageProblem, match="--equal-votes goes alone"):
        changes(polled(PLACES), equal_votes="blu:red", **other)


# --- laws ---------------------------------------------------------------------------------------------------------

VOTES = st.integers(1, 1000)
SEAT = st.fixed_dictionaries({"blu": VOTES, "red": VOTES, "grn": VOTES})


@given(st.lists(SEAT, min_size=1, max_size=6))
def test_the_other_way_round_everything_has_the_other_sign(polled: Polled, seats: list[dict[str, int]]) -> None:
    """Votes of the two are equal, and swing, seats and difference are mirrored."""
    place = polled({f"Seat {i}": votes for i, votes in enumerate(seats)})
    answer, one = equalled(place, "blu:red")
    mirrored, other = equalled(place, "red:blu")
    assert exactly(one.swing) == -exactly(other.swing)
    assert (one.seats, one.votes) == (other.seats[::-1], other.votes[::-1])
    assert one.difference == -(other.difference or 0)
    assert [row.weights for row in answer.every] == [row.weights for row in mirrored.every]
    gap = abs(exact_votes(answer, "blu") - exact_votes(answer, "red"))
    assert gap < 1 if any(row.clamped for row in answer.every) else gap == 0


# --- the country --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "published", "ours"),
    [
        ("2010", 54, 53),  # Johnston and Pattie, Democratic Audit, 7 April 2015
        ("2015", -47, -45),  # Pattie and Johnston, LSE British Politics and Policy, 18 June 2015
        ("2019", -23, -24),  # Smith, Democratic Audit, 22 January 2020
        ("2024", 99, 94),  # Pattie, Playing by (or with) the rules?, 2024
    ],
)
def test_the_bias_is_near_those_published(uk: Dataset, year: str, published: int, ours: int) -> None:
    """They swing by shares of Great Britain, which leaves votes a little apart; a few hundredths move some seats."""
    _, found = equalled(uk, "lab:con", year)
    assert found.national
    assert found.difference == ours
    assert abs(ours - published) <= 5


@pytest.mark.parametrize("year", ["2010", "2015", "2017", "2019"])
def test_the_seats_are_those_of_the_raw_file(raw: Raw, uk: Dataset, year: str) -> None:
    """Votes moved in the candidates as published, where both stood; nobody is held at 0 in these years."""
    places: dict[str, dict[str, Fraction]] = {}
    for candidate in raw(f"general-elections/candidacies-{year}.csv"):
        name = candidate["party_name"].removesuffix(" and Co-operative")
        key = name if name in {"Labour", "Conservative"} else f"{name} {len(places.get(candidate['ons_id'], {}))}"
        places.setdefault(candidate["ons_id"], {})[key] = Fraction(int(candidate["votes"]))
    pair = ("Labour", "Conservative")
    both = [votes for votes in places.values() if votes.keys() >= {*pair}]
    labour, conservative = (sum(votes.get(party, 0) for votes in places.values()) for party in pair)
    swing = Fraction(labour - conservative, 2 * sum(sum(votes.values()) for votes in both))
    for votes in both:
        move = swing * sum(votes.values())
        votes["Labour"] -= move
        votes["Conservative"] += move
    won = [max(votes, key=lambda key: votes[key]) for votes in places.values()]
    _, found = equalled(uk, "lab:con", year)
    assert exactly(found.swing) == 100 * swing
    assert found.seats == (won.count("Labour"), won.count("Conservative"))


# --- at the command line ------------------------------------------------------------------------------------------


def test_of_the_country_it_is_electoral_bias(emvote: Emvote) -> None:
    """In the headline, the sentence, the summary and the working."""
    words = ("project", "--equal-votes", "lab:con", "--baseline", "2019", "--scope", "uk")
    shown = emvote(*words, "--explain", "--limit", "1").stdout
    assert shown.splitlines()[2] == (
        "Electoral bias: 24 seats to Con; Lab 266, Con 290, after a swing of 5.93 points from Con to Lab, "
        "each with 37.9% of the vote."
    )
    assert "\nHow swing from Lab to Con to equal votes is worked out:\n  50 × (a − b) / T\n" in shown
    assert "\nHow electoral bias is worked out:\n" in shown
    sentence = emvote(*words, "--sentence").stdout
    assert "; electoral bias: 24 seats to Conservative; Labour 266, Conservative 290, after" in sentence
    summary = json.loads(emvote(*words, "--json").stdout)["summary"]
    found = summary["equal_votes"]
    assert (found["called"], found["first"], found["second"]) == ("electoral bias", "lab", "con")
    assert (found["seats_first"], found["seats_second"], found["difference"]) == (266, 290, -24)
    assert (found["votes_first_after"], found["votes_second_after"]) == (12117752.5, 12117752.5)
    assert summary["changes"] == "a swing after which Lab and Con have as many votes"


def test_of_a_region_it_is_the_seat_difference_at_equal_votes(emvote: Emvote) -> None:
    """And a note says that bias is measured in a whole country."""
    answer = json.loads(emvote("project", "--equal-votes", "con:lab", "--baseline", "2019", "--json").stdout)
    assert answer["summary"]["equal_votes"]["called"] == "seat difference at equal votes"
    assert answer["query"]["equal_votes"] == "con:lab"
    assert (
        "this is the seat difference at equal votes of East Midlands: electoral bias is measured in a whole country"
        in answer["notes"]
    )


def test_no_difference_is_said_to_be_none_and_an_unknown_one_not_known(polled: Polled) -> None:
    """In words, as a sign would not say it."""
    from emvote.views.project import project_view

    even = polled({"Ayton": {"blu": 60, "red": 40}, "Beck": {"red": 60, "blu": 40}})
    lost = polled(
        {"Ayton": {"blu": 60, "red": 40}, "Beck": {"red": 60, "blu": 40}},
        Beck={"tallies": True, "winner_unknown": "lost"},
    )
    for place, word in ((even, "none"), (lost, "not known, as winners are not")):
        country = Dataset(replace(place.record, region=UNITED_KINGDOM))
        answer, _ = equalled(country, "blu:red")
        headline = project_view(country, answer, {}).layout.headline
        assert str(headline[1][0]).startswith(f"Electoral bias: {word}; ")
