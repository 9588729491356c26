"""Three or more elections in a series, and a place against its county, region and country."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from itertools import pairwise
from subprocess import CompletedProcess
from typing import Any

import pytest

from emvote.dataset import Dataset
from emvote.errors import UnknownName, UsageProblem
from emvote.names import regrouped
from emvote.queries.areas import is_area
from emvote.queries.compare import compare
from emvote.queries.compare_areas import AreasCompared
from emvote.queries.compare_elections import ElectionsCompared
from emvote.queries.compare_series import PartyAt, SeriesCompared
from emvote.store import open_dataset
from emvote.views.common import election_years

Emvote = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def uk() -> Dataset:
    """The shipped dataset of the country."""
    return open_dataset("uk")


def series(dataset: Dataset, *given: str) -> SeriesCompared:
    """The elections compared."""
    answer = compare(dataset, given)
    assert isinstance(answer, SeriesCompared)
    return answer


def areas(dataset: Dataset, *given: str, **options: Any) -> AreasCompared:
    """The places compared."""
    answer = compare(dataset, given, **options)
    assert isinstance(answer, AreasCompared)
    return answer


def line(row: PartyAt) -> tuple[str, str, int | None, int | None, int | None]:
    """What a row says in whole numbers."""
    return row.stood_as, row.election.id[5:9], row.seats, row.seats_net, row.votes


# --- elections ------------------------------------------------------------------------------------------------------


def test_a_series_has_a_row_a_party_and_election_oldest_first(small: Dataset) -> None:
    """In whichever order they were named; most seats at the last election first; New Dawn with Old Dawn."""
    answer = series(small, "2024", "2015", "2017")
    assert [each.election.id[5:9] for each in answer.elections] == ["2015", "2017", "2024"]
    assert answer.parties == ("red", "new", "mill", "blu", "ind", "grn")
    assert [line(row) for row in answer.rows if row.party in ("new", "mill", "grn")] == [
        ("old", "2015", 0, None, 3000),
        ("new", "2017", 0, 0, 2100),
        ("new", "2024", 1, 1, 16000),
        ("mill", "2015", 1, None, 14000),
        ("mill", "2017", 2, 1, 17000),
        ("mill", "2024", 1, 0, 10000),
        ("grn", "2015", 0, None, 500),
        ("grn", "2017", 0, 0, None),
        ("grn", "2024", 0, None, None),
    ]
    assert "Old Dawn stands in the rows of New Dawn, which continues it" in answer.notes


def test_across_a_change_of_boundaries_changes_are_against_the_notional_result(small: Dataset) -> None:
    """Of the seats that it has; the row names it."""
    answer = series(small, "2015", "2017", "2024")
    assert [row.compared_with and row.compared_with.id for row in answer.rows if row.party == "red"] == [
        None,
        "parl.2015-05-07",
        "parl.2017-06-08.notional",
    ]
    whole = compare(small, ["2017-notional", "2024"])
    assert isinstance(whole, ElectionsCompared)
    red = next(row for row in whole.rows if row.party == "red")
    last = next(row for row in answer.rows if (row.party, row.election.id) == ("red", "parl.2024-07-04"))
    assert (last.seats_net, last.share_change_pp) == (red.seats_net, red.share_change_pp)
    assert any(note.startswith("boundaries changed between parl.2017-06-08 and parl.2024") for note in answer.notes)


def test_where_there_is_no_notional_result_nothing_is_compared(small: Dataset) -> None:
    """From October 1974 to 2015."""
    answer = series(small, "oct1974", "2015", "feb1974")
    assert [each.election.id for each in answer.elections] == ["parl.1974-02-28", "parl.1974-10-10", "parl.2015-05-07"]
    later = [row for row in answer.rows if row.election.id == "parl.2015-05-07"]
    assert {(row.seats_net, row.share_change_pp, row.compared_with) for row in later} == {(None, None, None)}
    assert "boundaries changed between parl.1974-10-10 and parl.2015-05-07: nothing is compared across that" in (
        answer.notes
    )


@pytest.mark.parametrize(
    "elections", [("2010", "2015", "2017", "2019"), ("1983", "1987", "1992"), ("2019", "2017", "2024")]
)
def test_each_step_of_a_series_is_the_comparison_of_two(shipped: Dataset, elections: tuple[str, ...]) -> None:
    """The same seats, votes, shares and changes; shares of an election come to a hundred."""
    answer = series(shipped, *elections)
    days = [each.election for each in answer.elections]
    for earlier, later in pairwise(days):
        two = compare(shipped, [earlier.id, later.id])
        assert isinstance(two, ElectionsCompared)
        rows = {row.stood_as: row for row in answer.rows if row.election.id == later.id}
        for row in two.rows:
            if row.votes_to is None:
                continue
            mine = rows[row.party]
            assert (mine.seats, mine.votes, mine.seats_net) == (row.seats_to, row.votes_to, row.seats_net)
            assert (mine.share_pct, mine.share_change_pp) == (row.share_to_pct, row.share_change_pp)
    for day in days:
        shares = [row.share_pct for row in answer.rows if row.election.id == day.id and row.share_pct is not None]
        assert sum(shares) == pytest.approx(100)


@pytest.mark.parametrize(
    "given", [("2015", "2017", "2015"), ("2015", "2017", "local-2019"), ("2015", "2017", "westmarsh 2016")]
)
def test_what_is_no_series_is_wrong_usage(small: Dataset, given: tuple[str, ...]) -> None:
    """One election twice, a local one, a by-election."""
    with pytest.raises(UsageProblem):
        compare(small, given)


def test_elections_that_stand_side_by_side_have_names_of_their_own(shipped: Dataset) -> None:
    """One of February 1974 says so beside 1970 too, because 1974 alone would be two."""

    def years(*given: str) -> tuple[str, ...]:
        return election_years(shipped, *(shipped.find_election(each) for each in given))

    assert years("1970", "feb1974") == ("1970", "Feb 1974")
    assert years("feb1974", "oct1974") == ("Feb 1974", "Oct 1974")
    assert years("2019", "2019-notional") == ("2019", "2019 notional")
    assert years("2019-notional", "2024") == ("2019", "2024")


def test_a_series_in_csv_has_a_line_a_row(emvote: Emvote) -> None:
    """Published seats of the region."""
    lines = list(csv.DictReader(emvote("compare", "2015", "2017", "2019", "--csv").stdout.splitlines()))
    seats = {(each["party"], each["election"][5:9]): each["seats"] for each in lines if each["party"] in {"con", "lab"}}
    assert seats == {
        ("con", "2015"): "32",
        ("con", "2017"): "31",
        ("con", "2019"): "38",
        ("lab", "2015"): "14",
        ("lab", "2017"): "15",
        ("lab", "2019"): "8",
    }


# --- areas ----------------------------------------------------------------------------------------------------------


def test_a_seat_stands_beside_its_county_and_region(small: Dataset) -> None:
    """The same parties, those of the seat, in every place; the county's totals are of its seats."""
    answer = areas(small, "Aldermere", "county:aldershire", "region", election="2017")
    assert answer.pair == ("blu", "red")
    assert [(row.area.kind.value, row.area.name, len(row.area.contests), row.side.valid) for row in answer.rows] == [
        ("seat", "Aldermere", 1, 42000),
        ("county", "Aldershire", 2, 62000),
        ("region", "Fenmark", 4, 102000),
    ]
    place, county, region = answer.rows
    assert place.swing.butler_pp == pytest.approx(((21000 - 18900) / 420 + (20000 - 15000) / 400) / 2)
    assert county.share_pct("blu") == pytest.approx(100 * 29900 / 62000)
    assert (place.winner, county.winner, region.winner) == ("red", None, "mill")
    assert "Aldershire: a seat in two counties counts in both" in answer.notes


def test_the_swing_is_between_those_that_are_asked_for(small: Dataset) -> None:
    """And a party that did not stand somewhere has none there."""
    answer = areas(small, "region", "seat:Brackwater", election="2017", between=("red", "New Dawn"))
    assert answer.pair == ("red", "new")
    assert answer.rows[0].swing.butler_pp is not None
    assert answer.rows[1].swing.butler_pp is None
    assert "Brackwater: no swing: New did not stand at the earlier election" in answer.notes


def test_the_country_is_in_another_dataset(shipped: Dataset, uk: Dataset) -> None:
    """Shares and turnout of 2019 as the House of Commons Library publishes them (CBP-8749)."""
    answer = areas(shipped, "region", "country", election="2019", country=lambda: uk)
    region, country = answer.rows
    assert (len(region.area.contests), len(country.area.contests)) == (46, 650)
    assert round(country.share_pct("con") or 0, 1) == 43.6
    assert round(country.share_pct("lab") or 0, 1) == 32.1
    assert round(country.turnout_pct or 0, 1) == 67.3
    assert round(region.turnout_pct or 0, 2) == 67.17


def test_a_region_by_name_is_the_same_in_both_datasets(shipped: Dataset, uk: Dataset) -> None:
    """Votes, seats and swing."""
    (one, _) = areas(shipped, "region", "region:East Midlands", election="2024", between=("con", "lab")).rows
    (other, _) = areas(uk, "region:east midlands", "country", election="2024", between=("con", "lab")).rows
    assert (one.side.valid, one.side.seats, one.swing) == (other.side.valid, other.side.seats, other.swing)


def test_the_country_adds_up_over_its_regions(uk: Dataset) -> None:
    """No vote is counted twice or left out."""
    regions = sorted({seat.region for seat in uk.record.seats})
    *parts, whole = areas(uk, *(f"region:{each}" for each in regions), "country", election="2019").rows
    assert sum(row.side.valid for row in parts) == whole.side.valid
    assert sum(len(row.area.contests) for row in parts) == len(whole.area.contests)


@pytest.mark.parametrize(
    ("given", "options", "problem"),
    [
        (("county:Atlantis", "region"), {}, UnknownName),
        (("region:Atlantis", "region"), {}, UnknownName),
        (("region", "country"), {}, UsageProblem),
        (("region", "Nether Vale"), {}, UsageProblem),
        (("region", "Westmarsh"), {"election": "westmarsh 2016"}, UsageProblem),
        (("region", "Westmarsh"), {"between": ("red", "red")}, UsageProblem),
        (("Aldermere", "Westmarsh"), {"between": ("red", "blu")}, UsageProblem),
    ],
)
def test_what_cannot_stand_side_by_side_is_an_error(
    small: Dataset, given: tuple[str, ...], options: dict[str, Any], problem: type[Exception]
) -> None:
    """Unknown places, no country on record, a seat that had ended, a by-election, one party, parties of seats."""
    with pytest.raises(problem):
        compare(small, given, **options)


def test_areas_are_words_of_their_own() -> None:
    """A place that is called so is still a place."""
    assert all(map(is_area, ("region", "Country", "county:Rutland", "region:London")))
    assert not any(map(is_area, ("county", "seat:Rutland", "regional", "Countryside")))


# --- names of several words -------------------------------------------------------------------------------------------


def test_names_of_several_words_need_no_quotes_where_they_fit_in_one_way() -> None:
    """Words that are names already stay; where several ways fit, nothing is guessed."""
    fits = {"derby north", "lincoln", "a", "b", "a b", "c", "b c"}.__contains__
    assert regrouped(["derby", "north", "lincoln"], fits) == ("derby north", "lincoln")
    assert regrouped(["lincoln", "lincoln"], fits) == ("lincoln", "lincoln")
    assert regrouped(["a", "b"], fits) == ("a", "b")
    assert regrouped(["a", "x"], fits) == ("a", "x")
    assert regrouped(["derby", "north", "a", "b"], fits) == ("derby", "north", "a", "b")
    assert regrouped(["derby", "north"], fits, least=2) == ("derby", "north")


def test_swing_and_compare_take_such_names(emvote: Emvote) -> None:
    """The same answer as with quotes."""
    with_quotes = json.loads(emvote("swing", "Derby North", "Lincoln", "--json").stdout)["rows"]
    assert json.loads(emvote("swing", "derby", "north", "lincoln", "--json").stdout)["rows"] == with_quotes
    rows = json.loads(emvote("compare", "derby", "north", "leicester", "south", "--json").stdout)["rows"]
    assert [row["seat"] for row in rows] == ["Derby North", "Leicester South"]
