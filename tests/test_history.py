"""Constituency results from 1918 to 2005: what is known of them, and that nothing unknown became a number."""

from __future__ import annotations

import csv
import importlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from emvote.dataset import Dataset
from emvote.errors import AmbiguousName, UnknownName, UsageProblem
from emvote.model import Contest, Election, ElectionKind
from emvote.names import normalise
from emvote.queries.contest import SeatResult, seat_result
from emvote.queries.pairs import elections_pair
from emvote.queries.runs import history
from emvote.queries.seat import held, seat

FILE = "history/constituency-results-1918-2017.csv"
FIRST_CODED = "2010"
BOUNDARIES = ("1918", "1950", "1955", "1974", "1983", "1997")


@pytest.fixture(scope="module")
def old(shipped: Dataset) -> tuple[Contest, ...]:
    """Every result of before 2010."""
    return tuple(one for one in shipped.record.contests if shipped.seats[one.seat].boundaries < FIRST_CODED)


@pytest.fixture(scope="module")
def file_rows(raw: Callable[[str], list[dict[str, str]]]) -> list[dict[str, str]]:
    """The region's rows of the file up to 2005, without Peterborough."""
    return [
        row
        for row in raw(FILE)
        if row["country_or_region"] == "East Midlands"
        and row["election"] < FIRST_CODED
        and not row["constituency"].endswith("PETERBOROUGH")
    ]


def result(dataset: Dataset, name: str, election: str) -> SeatResult:
    """The one result of a seat at an election, both as typed."""
    found = seat(dataset, name, election=election).results
    assert len(found) == 1, (name, election)
    return found[0]


def line(dataset: Dataset, name: str) -> dict[str, str | None]:
    """The winners of every general election in the seats of a name, by the form that tells the election."""
    return {
        dataset.short_year(one.election): one.winner.party if one.winner else None
        for one in seat(dataset, name).results
        if one.election.kind is ElectionKind.GENERAL
    }


def generals(dataset: Dataset) -> Iterator[Election]:
    """The general elections of before 2010."""
    return (
        each for each in dataset.record.elections if each.kind is ElectionKind.GENERAL and each.date < date(2010, 1, 1)
    )


# --- what is in the record ------------------------------------------------------------------------------------------


def test_each_election_has_every_seat_of_its_boundaries(shipped: Dataset, old: tuple[Contest, ...]) -> None:
    """24 general elections, two of them in 1974."""
    elections = [*generals(shipped)]
    assert len(elections) == 24
    assert [f"{each.date:%d/%m/%Y}" for each in elections if each.date.year == 1974] == ["28/02/1974", "10/10/1974"]
    seats = Counter(each.boundaries for each in shipped.record.seats)
    for each in elections:
        assert sum(one.election == each.id for one in old) == seats[each.boundaries or ""], each.id


def test_elections_are_compared_on_their_own_boundaries_only(shipped: Dataset) -> None:
    """The first on new boundaries has nothing before it; 1945 and 2005 go on with the boundaries before."""
    elections = {each.id: each for each in generals(shipped)}
    alone = {each.date.year for each in elections.values() if each.previous is None}
    assert alone == {int(year) for year in BOUNDARIES}
    for each in elections.values():
        if each.previous is not None:
            assert elections[each.previous].boundaries == each.boundaries
    assert elections["parl.1945-07-05"].boundaries == "1918"
    assert elections["parl.2005-05-05"].boundaries == "1997"
    assert elections["parl.1974-10-10"].previous == "parl.1974-02-28"


def test_every_row_of_the_file_is_a_result(
    shipped: Dataset, old: tuple[Contest, ...], file_rows: list[dict[str, str]]
) -> None:
    """As many, with the same votes in all, and none of Peterborough."""
    assert len(old) == len(file_rows) == 939
    assert "peterborough" not in {normalise(each.name) for each in shipped.record.seats}
    for column, parties in {
        "con": {"con"},
        "lab": {"lab"},
        "oth": {"other"},
        "lib": {"liberal", "alliance", "ld"},
    }.items():
        there = sum(max(0, int(row[f"{column}_votes"] or 0)) for row in file_rows)
        assert there == sum(tally.votes for one in old for tally in one.tallies if tally.party in parties), column


def test_votes_add_up_or_are_those_of_derby(old: tuple[Contest, ...]) -> None:
    """Its two seats share a row, with halved votes."""
    off = [one for one in old if one.valid_votes is not None and sum(t.votes for t in one.tallies) != one.valid_votes]
    assert {one.seat for one in off} == {"derby.1918"}
    assert {one.election[5:9] for one in off} == {"1918", "1924", "1929", "1931", "1945"}


def test_no_party_has_the_votes_of_another_time(shipped: Dataset, old: tuple[Contest, ...]) -> None:
    """The file's column of the Liberals is the Alliance's in 1983 and 1987, then the Liberal Democrats'."""
    years: dict[str, set[int]] = {}
    for one in old:
        for tally in one.tallies:
            years.setdefault(tally.party, set()).add(shipped.elections[one.election].date.year)
    assert years.keys() == {"con", "lab", "liberal", "alliance", "ld", "other"}
    assert max(years["liberal"]) == 1979
    assert years["alliance"] == {1983, 1987}
    assert min(years["ld"]) == 1992
    assert shipped.with_predecessors("ld") == ("ld", "alliance", "liberal")
    assert {shipped.find_party(name).id for name in ("Lib", "Liberal")} == {"liberal"}


# --- what is not known ----------------------------------------------------------------------------------------------


def test_unknown_is_never_nought(old: tuple[Contest, ...]) -> None:
    """No candidate, no vote where nobody voted, and every gap has a flag."""
    for one in old:
        assert not one.candidates
        assert one.unopposed == (not one.tallies)
        assert all(tally.votes > 0 for tally in one.tallies)
        if one.valid_votes is None or one.electorate is None:
            assert one.flags, one
    assert [(one.election, one.seat) for one in old if one.electorate is None] == [
        ("parl.1974-02-28", "west-derbyshire.1974")
    ]
    assert [one.seat for one in old if one.valid_votes is None and not one.unopposed] == ["derby.1918"]


def test_unopposed_returns(shipped: Dataset, old: tuple[Contest, ...]) -> None:
    """The winner is known, votes and turnout are not; eleven in all."""
    found = {
        (shipped.seats[one.seat].name, one.election[5:9]): one.returned for one in old if "unopposed" in _codes(one)
    }
    assert found == {
        ("Belper", "1918"): ("liberal",),
        ("Chesterfield", "1918"): ("liberal",),
        ("Chesterfield", "1922"): ("liberal",),
        ("Melton", "1918"): ("con",),
        ("Bassetlaw", "1918"): ("con",),
        ("Newark", "1918"): ("con",),
        ("Loughborough", "1922"): (),
        ("Daventry", "1929"): ("con",),
        ("Daventry", "1931"): ("con",),
        ("West Derbyshire", "1931"): ("con",),
        ("West Derbyshire", "1935"): ("con",),
    }
    for name in ("Belper", "Chesterfield"):
        told = result(shipped, name, "1918")
        assert told.winner is not None
        assert (told.winner.party, told.winner.votes, told.winner.elected) == ("liberal", None, True)
        assert (told.majority_votes, told.turnout_pct, told.contest.valid_votes) == (None, None, None)
        assert not told.candidates_known
    after = result(shipped, "Belper", "1922")
    assert (after.change, after.outcome, after.swing) == ("hold", "Lib hold", None)
    assert "no swing: nobody voted at the election before" in after.notes
    assert {each.change_pp for each in after.standings} == {None}


def test_what_pools_parties_has_no_winner(shipped: Dataset, old: tuple[Contest, ...]) -> None:
    """Twenty-six seats in which all others together have the most votes, and each says why it names nobody."""
    pooled = [one for one in old if one.members == 1 and one.tallies and one.tallies[0].party == "other"]
    assert len(pooled) == 26
    assert Counter(one.election[5:9] for one in pooled) == {
        "1918": 9,
        "1922": 3,
        "1931": 5,
        "1935": 4,
        "1945": 2,
        "1950": 1,
        "1951": 1,
        "1974": 1,
    }
    for one in pooled:
        told = seat_result(shipped, one)
        assert (told.winner, told.runner_up, told.majority_votes, told.outcome, told.change) == (None,) * 5
        assert any(note.startswith("winner not known: ") and "Others together" in note for note in told.notes)
    assert result(shipped, "Lincoln", "feb1974").winner is None


def test_derby_returned_two_members(shipped: Dataset, old: tuple[Contest, ...]) -> None:
    """The file halves the votes of its parties: no winner, and the reason."""
    derby = [seat_result(shipped, one) for one in old if one.members == 2]
    assert {(told.seat.id, told.winner) for told in derby} == {("derby.1918", None)}
    assert len(derby) == 8
    for told in derby:
        assert any(note.startswith("winner not known: two members") for note in told.notes)
        assert told.change is None
        assert told.previous_party is None
    total_missing = result(shipped, "derby.1918", "1922")
    assert (total_missing.turnout_pct, {each.share_pct for each in total_missing.standings}) == (None, {None})


def test_an_aggregate_in_second_place_leaves_the_majority_open(shipped: Dataset) -> None:
    """Labour won Leicester West in 1945; who was second is among all others together."""
    told = result(shipped, "Leicester West", "1945")
    assert told.winner is not None
    assert (told.winner.party, told.runner_up, told.majority_votes) == ("lab", None, None)


def test_the_electorate_that_was_copied_is_not_used(shipped: Dataset) -> None:
    """West Derbyshire, February 1974: 66,267 is that of North East Derbyshire."""
    told = result(shipped, "west-derbyshire.1974", "feb1974")
    assert (told.contest.electorate, told.turnout_pct, told.contest.valid_votes) == (None, None, 40951)
    assert [flag.code for flag in told.flags] == ["name-variant", "electorate-doubtful"]
    assert result(shipped, "North East Derbyshire", "feb1974").contest.electorate == 66267


def _codes(contest: Contest) -> set[str]:
    return {flag.code for flag in contest.flags}


@pytest.mark.parametrize(
    ("election", "seats"),
    [
        ("1983", {"con": 34, "lab": 8}),
        ("1987", {"con": 31, "lab": 11}),
        ("1992", {"con": 28, "lab": 14}),
        ("1997", {"lab": 30, "con": 14}),
        ("2001", {"lab": 28, "con": 15, "ld": 1}),
        ("2005", {"lab": 25, "con": 18, "ld": 1}),
    ],
)
def test_seats_won_in_the_region_are_the_published_ones(
    shipped: Dataset, old: tuple[Contest, ...], election: str, seats: dict[str, int]
) -> None:
    """Known independently of the file: of 42 seats, then of 44."""
    at = shipped.find_election(election).id
    winners = [seat_result(shipped, one).winner for one in old if one.election == at]
    assert Counter(winner.party for winner in winners if winner) == seats


# --- what became of the seats ---------------------------------------------------------------------------------------


def test_derby_south_has_been_labour_since_1950(shipped: Dataset) -> None:
    """21 general elections on seven boundaries."""
    assert set(line(shipped, "Derby South").values()) == {"lab"}
    run = held(shipped, history(shipped, shipped.find_seats("Derby South")[0]))
    assert run is not None
    assert (run.party, run.since, run.elections) == ("lab", date(1950, 2, 23), 21)
    majorities = {"1950": 12961, "1983": 421, "1987": 1516, "2005": 5657}
    for year, majority in majorities.items():
        assert result(shipped, "Derby South", year).majority_votes == majority


@pytest.mark.parametrize("name", ["Loughborough", "Northampton North"])
def test_bellwethers_since_february_1974(shipped: Dataset, name: str) -> None:
    """The party of the government each time; after the elections of 1974, 2010 and 2017 the Prime Minister's."""
    governments = {
        **dict.fromkeys(("Feb 1974", "Oct 1974", "1997", "2001", "2005", "2024"), "lab"),
        **dict.fromkeys(("1979", "1983", "1987", "1992", "2010", "2015", "2017", "2019"), "con"),
    }
    winners = line(shipped, name)
    assert {year: winners[year] for year in governments} == governments


def test_mansfield_was_labour_from_1923_to_2017(shipped: Dataset) -> None:
    """Until the election of that year."""
    winners = line(shipped, "Mansfield")
    assert (winners["2017"], winners["2019"], winners["2024"]) == ("con", "con", "lab")
    assert {party for year, party in winners.items() if "1923" <= year[-4:] < "2017"} == {"lab"}


def test_amber_valley_was_last_labour_in_2005_before_2024(shipped: Dataset) -> None:
    """Made in 1983."""
    winners = line(shipped, "Amber Valley")
    labour = [year for year, party in winners.items() if party == "lab"]
    assert labour == ["2024", "2005", "2001", "1997"]
    assert [*winners][-1] == "1983"


def test_chesterfield_was_held_by_the_liberal_democrats(shipped: Dataset) -> None:
    """In 2001 and 2005, and the change to Labour of 2010 is against the estimate."""
    assert [result(shipped, "Chesterfield", year).outcome for year in ("2001", "2005")] == [
        "LD gain from Lab",
        "LD hold",
    ]
    assert result(shipped, "Chesterfield", "2010").baseline == shipped.elections["parl.2005-05-05.notional"]


def test_a_renamed_seat_goes_on(shipped: Dataset) -> None:
    """Blaby became South Leicestershire; its run of wins reaches back to the seat's first."""
    south = shipped.find_seats("South Leicestershire")[-1]
    blaby = shipped.seats[south.predecessor or ""]
    assert (blaby.id, blaby.successor) == ("blaby.1997", south.id)
    assert "98.9%" in (south.note or "")
    run = held(shipped, history(shipped, shipped.find_seats("South Leicestershire")[0]))
    assert run is not None
    assert (run.party, run.since) == ("con", date(1974, 2, 28))


def test_links_lead_both_ways_and_end_with_a_reason(shipped: Dataset) -> None:
    """Every seat goes on, or its note says when it ended; likewise where it began."""
    seats = shipped.seats
    first, last = min(seats.values(), key=lambda each: each.boundaries), max(seats.values(), key=lambda e: e.boundaries)
    for each in seats.values():
        if each.successor is not None:
            assert seats[each.successor].predecessor == each.id
            assert seats[each.successor].boundaries > each.boundaries
        elif each.boundaries != last.boundaries:
            assert "Ended in" in (each.note or ""), each
        if each.predecessor is None and each.boundaries != first.boundaries:
            assert "New in" in (each.note or "") or "new seat" in (each.note or ""), each


def test_a_name_that_comes_back_is_another_seat(shipped: Dataset) -> None:
    """Broxtowe ended in 1955; that of 1983 continues Beeston."""
    group = shipped.find_seats("Broxtowe")
    assert [each.boundaries for each in group] == ["2024", "2010", "1997", "1983", "1950", "1918"]
    assert group[3].predecessor == "beeston.1974"
    assert group[4].successor is None


def test_seats_last_from_one_parliament_to_another(shipped: Dataset) -> None:
    """Those of 1997 as in Parliament's register: from the day after the dissolution before to the last one."""
    found = {
        (each.boundaries, each.since, each.until) for each in shipped.record.seats if each.boundaries in BOUNDARIES
    }
    assert ("1997", date(1997, 4, 9), date(2010, 4, 12)) in found
    assert ("1918", date(1918, 11, 26), date(1950, 2, 3)) in found
    assert len(found) == len(BOUNDARIES)


# --- no comparison across a change of boundaries --------------------------------------------------------------------


def test_nothing_is_compared_across_a_change_of_boundaries(shipped: Dataset, old: tuple[Contest, ...]) -> None:
    """A result with a swing, a change or a party before has a baseline in the same seat."""
    for one in old:
        told = seat_result(shipped, one)
        if told.baseline is None:
            changes = {each.change_pp for each in told.standings}
            assert (told.swing, told.previous_party, changes) == (None, None, {None}), one
        else:
            assert told.baseline.boundaries == told.seat.boundaries
    with pytest.raises(UsageProblem, match="different boundaries"):
        elections_pair(shipped, "1979", "1983")
    assert elections_pair(shipped, "2005", "2010").earlier.id == "parl.2005-05-05.notional"


# --- names ----------------------------------------------------------------------------------------------------------


def test_every_spelling_of_the_file_is_mapped_on_purpose(
    file_rows: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has one name, and what is damaged or odd has a flag."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1]))
    history: Any = importlib.import_module("tools.build_dataset.history")
    owners: dict[str, set[str]] = {}
    for name in history.read_judged().names:
        for spelling in (*name.variants, *name.damaged):
            owners.setdefault(spelling, set()).add(name.name)
    assert all(len(names) == 1 for names in owners.values())
    damaged = {spelling for name in history.read_judged().names for spelling in name.damaged}
    assert damaged == {
        "DEBRY SOUTH",
        "SOUTH EAST DERBYSHIE",
        "DERBYSHIRE BOLSOLVER",
        "LINCNOLSHIRE (Parts of Lindsey) LOUTH",
        *(f"LEICESTER{side}" for side in ("NORTH EAST", "NORTH WEST", "SOUTH EAST", "SOUTH WEST")),
        *(f"NOTTINGHAM{side}" for side in ("CENTRAL", "NORTH", "SOUTH", "WEST")),
    }
    odd = {row["constituency"] for row in file_rows if set(row["constituency"]) & set("&()")}
    assert odd <= owners.keys()


def test_damaged_and_odd_spellings_are_flagged(
    shipped: Dataset, old: tuple[Contest, ...], file_rows: list[dict[str, str]]
) -> None:
    """With the words of the file in the note."""
    notes = Counter(flag.note for one in old for flag in one.flags if flag.code in {"name-repaired", "name-variant"})
    spellings = Counter(row["constituency"] for row in file_rows)
    assert notes["The source has 'DEBRY SOUTH' [sic]."] == spellings["DEBRY SOUTH"] == 2
    assert notes["The source spells the seat 'RUTLAND & STAMFORD'."] == 1
    assert sum(notes.values()) == sum("name-" in flag.code for one in old for flag in one.flags)
    assert {each.name for each in shipped.record.seats if each.boundaries in BOUNDARIES}.isdisjoint(spellings)


@pytest.mark.parametrize(("given", "first"), [("Derby", "Derby North"), ("Northampton", "Northampton North")])
def test_a_past_name_inside_later_ones_must_be_told_apart(shipped: Dataset, given: str, first: str) -> None:
    """`Derby` may mean Derby North: nothing is guessed, and the past seat is offered by its id."""
    with pytest.raises(AmbiguousName) as caught:
        shipped.find_seats(given)
    assert caught.value.suggestions[0] == first
    past = str(caught.value).rpartition(" ")[2].rstrip(")")
    assert shipped.find_seats(past)[0].name == given


def test_near_names_are_those_of_today(shipped: Dataset) -> None:
    """Seats of the past are suggested only where no later seat is near."""
    with pytest.raises(UnknownName) as caught:
        shipped.find_seats("Derby Nrth")
    assert caught.value.suggestions == ("Derby North", "Derby South")
    with pytest.raises(UnknownName) as caught:
        shipped.find_seats("Ilkestone")
    assert caught.value.suggestions == ("Ilkeston",)


# --- the command ----------------------------------------------------------------------------------------------------


def test_seat_prints_a_rule_at_each_change_and_the_party_for_the_name(
    emvote: Callable[..., CompletedProcess[str]],
) -> None:
    """And both elections of 1974 with their months."""
    parts = emvote("seat", "Derby South", "--all").stdout.split("\n\n")
    lines = next(part for part in parts if part.startswith("Election")).splitlines()
    assert sum(set(each) == {"─"} for each in lines) == 1 + len(("2024", "2010", "1997", "1983", "1974", "1955"))
    labels = [each.split("  ")[0] for each in lines if each[:1].isalnum()]
    assert labels[-7:] == ["1970", "1966", "1964", "1959", "1955", "1951", "1950"]
    assert {"Feb 1974", "Oct 1974"} <= set(labels)


def test_a_seat_that_began_with_the_record_may_have_been_held_for_longer(
    emvote: Callable[..., CompletedProcess[str]],
) -> None:
    """One that was new later may not."""
    derby = json.loads(emvote("seat", "Derby South", "--json").stdout)["notes"]
    assert "the record of this seat begins in 1950" in derby
    daventry = json.loads(emvote("seat", "Daventry", "--json").stdout)["notes"]
    assert "the record of this seat begins in 1918: the run may be longer" in daventry


def test_machines_read_null_for_what_is_not_known(emvote: Callable[..., CompletedProcess[str]]) -> None:
    """In JSON and as an empty cell in CSV."""
    row = json.loads(emvote("seat", "Belper", "--election", "1918", "--json").stdout)["rows"][0]
    assert (row["winner_party"], row["winner"], row["candidates_known"], row["candidates"]) == (
        "liberal",
        None,
        False,
        [],
    )
    assert {key: row[key] for key in ("valid_votes", "turnout_pct", "majority_votes", "swing")} == dict.fromkeys(
        ("valid_votes", "turnout_pct", "majority_votes", "swing")
    )
    assert row["party_votes"][0]["votes"] is None
    cells = next(csv.DictReader(emvote("seat", "Belper", "--election", "1918", "--csv").stdout.splitlines()))
    assert (cells["valid_votes"], cells["electorate"]) == ("", "30162")


def test_every_election_can_be_listed_and_compared(emvote: Callable[..., CompletedProcess[str]]) -> None:
    """No division by what is not known, whichever election is asked for."""
    for code in ("1918", "1922", "1931", "feb1974", "2005"):
        assert emvote("seats", "--election", code, "--json").returncode == 0
    run = emvote("compare", "1918", "1922", "--json")
    assert run.returncode == 0
    assert any(
        note.startswith("without the votes of 5 seats at the earlier") for note in json.loads(run.stdout)["notes"]
    )
    assert emvote("swing", "--from", "1918", "--to", "1922", "--json").returncode == 0
    two = emvote("seats", "--election", "1974", "--json")
    assert two.returncode == 3
    assert json.loads(two.stderr)["error"]["suggestions"] == ["feb1974", "oct1974"]
