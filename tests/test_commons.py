"""The majority in the House of Commons: of the whole House only, of the largest party, the Speaker's seat nobody's."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from subprocess import CompletedProcess
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emvote import measures
from emvote.dataset import Dataset
from emvote.model import UNITED_KINGDOM
from emvote.queries.changes import changes
from emvote.queries.commons import CommonsMajority
from emvote.queries.project import project
from emvote.queries.results import SeatsBoard, results
from emvote.store import open_dataset

Polled = Callable[..., Dataset]
Emvote = Callable[..., CompletedProcess[str]]
Raw = Callable[[str], list[dict[str, str]]]
PUBLISHED = {
    "2010": ("con", 306, -38, 20),
    "2015": ("con", 330, 10, None),
    "2017": ("con", 317, -16, 9),
    "2019": ("con", 365, 80, None),
    "2019-notional": ("con", 372, 94, None),
    "2024": ("lab", 411, 172, None),
}
"""The largest party, its seats without the Speaker's, the majority, and the seats short of one.

House of Commons Library. The BBC counts the Speaker with the party he came from: 307, 331 and 318 for the Conservatives
in 2010 to 2017, 412 for Labour in 2024, so that majorities of 12 in 2015 and of 174 in 2024 are printed too. 94 is that
of Rallings and Thrasher's estimate.
"""

UNTOLD = {"tallies": True, "winner_unknown": "the returning officer's papers are lost"}


@pytest.fixture(scope="module")
def uk() -> Dataset:
    """The dataset of the whole country."""
    return open_dataset("uk")


def house(polled: Polled, won: Mapping[str, int], **fields: Any) -> Dataset:
    """A country of 650 seats, or of another number, so many of which each party wins: `Seat 000` first."""
    winners = [party for party, seats in won.items() for _ in range(seats)]
    losers = {"red": "blu"}
    places = {
        f"Seat {i:03}": {winner: 60, losers.get(winner, "red"): 30, "gold": 10} for i, winner in enumerate(winners)
    }
    return Dataset(replace(polled(places, **fields).record, region=UNITED_KINGDOM))


def commons(dataset: Dataset, election: str = "2017", county: str | None = None) -> CommonsMajority:
    """What the scoreboard says."""
    board = results(dataset, election, county=county)
    assert isinstance(board, SeatsBoard)
    return board.commons


@pytest.mark.parametrize("year", PUBLISHED)
def test_majorities_are_those_that_the_library_publishes(uk: Dataset, year: str) -> None:
    """Of the largest party, its seats less those of all others, the Speaker's among them."""
    found = commons(uk, year)
    assert (found.party, found.seats, found.majority, found.short) == PUBLISHED[year]
    assert found.reason is None


@pytest.mark.parametrize("year", [year for year in PUBLISHED if "-" not in year])
def test_majorities_are_those_of_the_raw_files(raw: Raw, year: str) -> None:
    """Most votes in each of 650 seats, counted again from the candidates as published."""
    best: dict[str, tuple[int, str]] = {}
    for candidate in raw(f"general-elections/candidacies-{year}.csv"):
        name = candidate["party_name"].removesuffix(" and Co-operative")
        best[candidate["ons_id"]] = max(best.get(candidate["ons_id"], (-1, "")), (int(candidate["votes"]), name))
    won = Counter(party for _, party in best.values())
    (party, seats), *_ = won.most_common()
    assert (won.total(), won["Speaker"]) == (650, 1)
    assert party == {"con": "Conservative", "lab": "Labour"}[PUBLISHED[year][0]]
    assert seats - (won.total() - seats) == PUBLISHED[year][2]


@given(st.integers(0, 650))
def test_a_majority_is_what_all_others_lack(seats: int) -> None:
    """Seats less those of all others; above nought exactly where the seats are more than half."""
    assert measures.commons_majority(seats) == seats - (measures.COMMONS_SEATS - seats)
    found = CommonsMajority(party="red", seats=seats)
    assert (found.short is None) == (measures.commons_majority(seats) > 0)
    if found.short is not None:
        assert measures.commons_majority(seats + found.short) in {1, 2}


def test_exactly_half_is_no_majority(polled: Polled) -> None:
    """325 of 650: nought, and one seat short."""
    found = commons(house(polled, {"red": 325, "blu": 325 - 10, "spk": 10}))
    assert (found.party, found.majority, found.short) == ("red", 0, 1)


def test_parties_with_as_many_seats_share_the_figure(polled: Polled) -> None:
    """Nobody is named, and what either lacks is told."""
    found = commons(house(polled, {"red": 300, "blu": 300, "grn": 50}))
    assert (found.party, found.seats, found.majority, found.short) == (None, 300, -50, 26)


def test_independents_are_no_party_with_a_majority(polled: Polled) -> None:
    """However many there are: the largest party is counted."""
    found = commons(house(polled, {"ind": 400, "red": 250}))
    assert (found.party, found.majority) == ("red", -150)


def test_less_than_the_whole_house_has_no_majority(polled: Polled, uk: Dataset, shipped: Dataset) -> None:
    """Of a region, a county, a by-election, or 649 seats, with the reason."""
    reasons = {
        "of East Midlands, not of the whole House of Commons": commons(shipped, "2024"),
        "of Derbyshire, not of the whole House of Commons": commons(uk, "2024", "derbyshire"),
        "Corby by-election, 15 November 2012 did not elect the whole House of Commons": commons(uk, "corby 2012"),
        "649 seats are on record, and the House of Commons is known to have 650": commons(house(polled, {"red": 649})),
    }
    for reason, found in reasons.items():
        assert (found.reason, found.party, found.seats, found.majority, found.short) == (reason, *[None] * 4)


def test_while_a_seat_is_out_there_is_no_majority(polled: Polled) -> None:
    """Even where it could not change who has one."""
    out = {"Seat 649": {"declared": False, "candidates": (), "valid_votes": None, "electorate": None}}
    found = commons(house(polled, {"red": 400, "blu": 250}, **out))
    assert (found.majority, found.reason) == (
        None,
        "not all seats of the House of Commons are declared: Seat 649 has not declared",
    )


def test_a_winner_who_is_not_known_matters_where_the_largest_may_have_the_seat(polled: Polled) -> None:
    """The largest party stood there, so its number of seats is not known, and there is no figure."""
    found = commons(house(polled, {"red": 400, "blu": 250}, **{"Seat 649": UNTOLD}))
    assert (found.majority, found.reason) == (
        None,
        "who won is not known of so many seats that no majority can be told",
    )


def test_a_winner_who_is_not_known_does_not_matter_where_the_largest_did_not_stand(polled: Polled) -> None:
    """Red stood everywhere but in the last seat, which nobody can use to overtake it."""
    record = house(polled, {"red": 400, "blu": 250}, **{"Seat 649": UNTOLD}).record
    last = record.contests[-1]
    others = replace(last, tallies=tuple(each for each in last.tallies if each.party != "red"), valid_votes=70)
    found = commons(Dataset(replace(record, contests=(*record.contests[:-1], others))))
    assert (found.party, found.majority) == ("red", 150)


def test_a_projection_has_a_majority_of_its_own(polled: Polled) -> None:
    """Red has 320 of 650; at 15 points from Blue every seat that Blue holds by 30 ties, and beyond it falls."""
    place = house(polled, {"red": 320, "blu": 330})
    before = project(place, changes(place, swings=["blu:red:14.9"])).commons
    assert (before.party, before.majority) == ("blu", 10)
    after = project(place, changes(place, swings=["blu:red:15.1"])).commons
    assert (after.party, after.seats, after.majority) == ("red", 650, 650)
    tied = project(place, changes(place, swings=["blu:red:15"])).commons
    assert tied.reason == "who won is not known of so many seats that no majority can be told"


def test_people_and_programs_are_told_the_same(emvote: Emvote) -> None:
    """In the headline, the sentence, the note on the Speaker's seat, the working and the summary."""
    words = ("results", "2015", "--scope", "uk")
    shown = emvote(*words, "--explain").stdout
    assert "\nThe Conservatives had a Commons majority of 10: 330 of 650 seats.\n" in shown
    note = "the Speaker's seat, Buckingham, is no party's, and counts among all others: were it one of Con, the Commons"
    assert f"{note} majority would be 12" in shown
    assert (
        "\nHow Commons majority is worked out:\n  2 × seats − N\n  seats of Con = 330\n  all seats N = 650\n" in shown
    )
    assert "; a Commons majority of 10 for Conservative; " in emvote(*words, "--sentence").stdout
    summary = json.loads(emvote(*words, "--json").stdout)["summary"]
    assert summary["commons_majority"] == {"party": "con", "seats": 330, "of": 650, "majority": 10, "short": None}
    assert summary["commons_majority_reason"] is None


def test_without_a_majority_people_are_told_how_many_seats_are_lacking(emvote: Emvote) -> None:
    """Of the largest party, with the negative figure."""
    words = ("results", "2017", "--scope", "uk")
    line = "No party had a Commons majority: the Conservatives, with 317 of 650 seats, 9 short of a majority (-16).\n"
    assert line in emvote(*words).stdout
    assert "; no Commons majority, Conservative 9 short of one; " in emvote(*words, "--sentence").stdout


def test_of_a_region_only_programs_are_told_why_there_is_none(emvote: Emvote) -> None:
    """People who ask for a region do not ask for the House."""
    summary = json.loads(emvote("results", "2019", "--json").stdout)["summary"]
    assert summary["commons_majority"] is None
    assert summary["commons_majority_reason"] == "of East Midlands, not of the whole House of Commons"
    assert "Commons" not in emvote("results", "2019").stdout
    local = json.loads(emvote("results", "local-2019", "--json").stdout)["summary"]
    assert (local["commons_majority"], local["commons_majority_reason"]) == (None, None)


def test_the_scoreboard_of_a_projection_tells_the_majority(emvote: Emvote) -> None:
    """With no swing it is that of the result."""
    words = ("project", "--swing", "lab:con:0", "--scope", "uk")
    assert "\nLabour would have a Commons majority of 172: 411 of 650 seats.\n" in emvote(*words).stdout
    assert emvote(*words, "--sentence").stdout.endswith("; a Commons majority of 172 for Labour.\n")
    assert json.loads(emvote(*words, "--json").stdout)["summary"]["commons_majority"]["majority"] == 172
