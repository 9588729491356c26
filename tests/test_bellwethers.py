"""Seats that went with the government, and the line of seats that runs of wins follow."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from subprocess import CompletedProcess
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emvote.dataset import Dataset
from emvote.errors import AmbiguousName, UnknownName, UsageProblem
from emvote.model import Candidacy, Contest, Election, ElectionKind, Government, GovernmentForm, Party, PartyKind, Seat
from emvote.model.record import Record
from emvote.queries.bellwethers import Bellwether, BellwethersAnswer, Ended, bellwethers
from emvote.queries.runs import Begins, general_wins, history
from emvote.queries.seat import LastChange, LongestHold, last_change, longest_hold, seat
from emvote.views.bellwethers import bellwethers_view

Emvote = Callable[..., CompletedProcess[str]]

GOVERNMENTS = {
    "parl.1974-02-28": "red",
    "parl.1974-10-10": "red",
    "parl.2015-05-07": "blu",
    "parl.2017-06-08": "blu",
    "parl.2024-07-04": "red",
}


def governed(dataset: Dataset, parties: dict[str, str | None] | None = None) -> Dataset:
    """The dataset with these governments."""
    given = GOVERNMENTS if parties is None else parties
    listed = tuple(
        Government(
            election=election,
            party=party,
            prime_minister="Ann Alder",
            form=GovernmentForm.MINORITY if election.startswith("parl.1974-02") else GovernmentForm.MAJORITY,
            note=None if party else "Nobody knows.",
            source="gazette",
        )
        for election, party in given.items()
    )
    return Dataset(replace(dataset.record, governments=listed))


def found(answer: BellwethersAnswer) -> dict[str, tuple[date | None, int, Ended]]:
    """Since when, at how many elections, and what ended the run before."""
    return {row.seat.name: (row.since, len(row.called), row.ended) for row in answer.rows}


def test_a_run_is_counted_back_from_the_last_general_election(small: Dataset) -> None:
    """Westmarsh went blue, blue, red with the government; by-elections between do not count."""
    answer = bellwethers(governed(small))
    assert found(answer) == {"Westmarsh and Thornley": (date(2015, 5, 7), 3, Ended.NEW)}
    (row,) = answer.rows
    assert [each.win.election.id for each in row.called] == ["parl.2024-07-04", "parl.2017-06-08", "parl.2015-05-07"]
    assert [each.id for each in row.line] == ["S24000003", "S10000003"]
    assert (answer.seats, answer.misses, answer.first.id) == (3, 0, "parl.1974-02-28")


def test_the_seats_are_those_of_the_last_election_that_counts(small: Dataset) -> None:
    """As of 2017, on the boundaries of then; Nether Vale never went with the government."""
    answer = bellwethers(governed(small), until="2017")
    assert found(answer) == {"Westmarsh": (date(2015, 5, 7), 2, Ended.NEW)}


def test_all_seats_say_what_ended_their_run(small: Dataset) -> None:
    """New Dawn and Mill governed nothing."""
    answer = bellwethers(governed(small), everything=True)
    assert found(answer) == {
        "Westmarsh and Thornley": (date(2015, 5, 7), 3, Ended.NEW),
        "Aldermere": (None, 0, Ended.MISS),
        "Brackwater": (None, 0, Ended.MISS),
    }


def test_misses_that_are_allowed_bridge_a_run_and_never_begin_it(small: Dataset) -> None:
    """Aldermere missed 2024 and 2017 and hit 2015; a run that begins with misses is shortened to its first hit."""
    assert "Aldermere" not in found(bellwethers(governed(small), misses=1))
    answer = bellwethers(governed(small), misses=2)
    row = next(each for each in answer.rows if each.seat.name == "Aldermere")
    assert (row.since, len(row.called), len(row.missed)) == (date(2015, 5, 7), 3, 2)
    westmarsh = next(each for each in answer.rows if each.seat.name.startswith("Westmarsh"))
    assert (len(westmarsh.called), len(westmarsh.missed)) == (3, 0)


def test_since_an_election_keeps_only_whole_runs(small: Dataset) -> None:
    """With a miss allowed at that election itself, it counts among the misses."""
    assert list(found(bellwethers(governed(small), since="2015"))) == ["Westmarsh and Thornley"]
    assert found(bellwethers(governed(small), since="oct1974")) == {}
    later = governed(small, {**GOVERNMENTS, "parl.2015-05-07": "red"})
    assert found(bellwethers(later, since="2015")) == {}
    (row,) = bellwethers(later, since="2015", misses=1).rows
    assert (row.seat.name, [each.win.election.id for each in row.missed]) == (
        "Westmarsh and Thornley",
        ["parl.2015-05-07"],
    )
    # before the election that was asked for, a run begins with a hit
    (row,) = bellwethers(later, since="2017", misses=1).rows
    assert (row.since, row.ended) == (date(2017, 6, 8), Ended.MISS)
    assert row.ended_at is not None
    assert row.ended_at.id == "parl.2015-05-07"


def test_an_unknown_government_ends_a_run_and_says_so(small: Dataset) -> None:
    """It is no miss."""
    answer = bellwethers(governed(small, {**GOVERNMENTS, "parl.2017-06-08": None}))
    assert found(answer) == {"Westmarsh and Thornley": (date(2024, 7, 4), 1, Ended.GOVERNMENT)}
    since = bellwethers(governed(small, {**GOVERNMENTS, "parl.2017-06-08": None}), since="2015")
    assert (found(since), since.unknown) == ({}, ("Westmarsh and Thornley",))


def test_a_general_election_without_a_government_on_record_does_not_count_yet(small: Dataset) -> None:
    """On the night of a count the list is that of the election before, and says so; it can still be asked for."""
    dataset = governed(small, {each: party for each, party in GOVERNMENTS.items() if each != "parl.2024-07-04"})
    answer = bellwethers(dataset)
    assert answer.until.id == "parl.2017-06-08"
    (note,) = [note for note in bellwethers_view(dataset, answer, {}).notes if "4 July 2024" in note]
    assert note == "who formed the government after the election of 4 July 2024 is not on record: it does not count"
    assert bellwethers(dataset, until="2024").rows == ()


def test_without_governments_nothing_is_a_bellwether(small: Dataset) -> None:
    """And every seat is one that the record cannot tell of."""
    answer = bellwethers(small)
    assert (answer.rows, len(answer.unknown)) == ((), 3)


def test_a_gap_in_the_record_ends_a_run(small: Dataset) -> None:
    """Without Westmarsh's result of 2017 its hit of 2015 is out of reach."""
    dataset = governed(small)
    kept = tuple(
        each for each in dataset.record.contests if (each.election, each.seat) != ("parl.2017-06-08", "S10000003")
    )
    answer = bellwethers(Dataset(replace(dataset.record, contests=kept)))
    assert found(answer) == {"Westmarsh and Thornley": (date(2024, 7, 4), 1, Ended.GAP)}


def test_a_county_has_its_own_seats(small: Dataset) -> None:
    """Totals of looked-at seats too."""
    answer = bellwethers(governed(small), county="brackshire", everything=True)
    assert ([row.seat.name for row in answer.rows], answer.seats) == (["Brackwater"], 1)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"since": "1974"}, AmbiguousName),
        ({"since": "2016"}, UnknownName),
        ({"until": "2091"}, UnknownName),
        ({"county": "Atlantis"}, UnknownName),
        ({"since": "2024", "until": "2017"}, UsageProblem),
    ],
)
def test_what_cannot_be_asked_is_an_error(small: Dataset, options: dict[str, Any], problem: type[Exception]) -> None:
    """Never an empty answer."""
    with pytest.raises(problem):
        bellwethers(governed(small), **options)


# --- the line of seats --------------------------------------------------------------------------------------------


def test_runs_end_where_the_line_of_seats_does(small: Dataset) -> None:
    """Mill took Brackwater from Red in 2017 and kept it on the new boundaries."""
    (mill, red) = history(small, small.seats["S24000002"]).runs
    assert (mill.party, len(mill.wins), mill.begins) == ("mill", 2, Begins.OTHER)
    assert (red.party, len(red.wins), red.begins) == ("red", 1, Begins.NEW)
    assert [win.seat.id for win in mill.wins] == ["S24000002", "S10000002"]


def test_the_first_general_election_on_record_is_no_new_seat(small: Dataset) -> None:
    """The old Aldermere was fought in February 1974, before which nothing is on record."""
    (_, first) = history(small, small.seats["aldermere.1950"]).runs
    assert (first.party, first.begins) == ("blu", Begins.RECORD)


def test_a_seat_says_when_it_last_changed_hands_and_who_held_it_longest(small: Dataset) -> None:
    """Of two runs of one length the later is the longest."""
    answer = seat(small, "Brackwater")
    assert answer.last_change == LastChange(
        election="parl.2017-06-08", since=date(2017, 6, 8), from_party="red", to_party="mill"
    )
    assert answer.longest == LongestHold(
        party="mill", since=date(2017, 6, 8), until=date(2024, 7, 4), elections=2, current=True, from_start=False
    )
    assert longest_hold(history(small, small.seats["S24000001"])) == LongestHold(
        party="new", since=date(2024, 7, 4), until=date(2024, 7, 4), elections=1, current=True, from_start=False
    )


def test_a_seat_that_nobody_lost_never_changed_hands(small: Dataset) -> None:
    """As far as the record goes."""
    assert last_change(history(small, small.seats["S10000004"])) is None


PARTIES = ("a", "b")
DAYS = tuple(date(year, 5, 1) for year in (1950, 1951, 1955, 1959, 1964, 1966))


@st.composite
def histories(draw: st.DrawFn) -> Dataset:
    """A seat on one set of boundaries, its winners, and the governments, some of them unknown."""
    winners = draw(st.lists(st.sampled_from((*PARTIES, None)), min_size=len(DAYS), max_size=len(DAYS)))
    governments = draw(st.lists(st.sampled_from((*PARTIES, None)), min_size=len(DAYS), max_size=len(DAYS)))
    elections = tuple(
        Election(id=str(day.year), name=str(day), kind=ElectionKind.GENERAL, date=day, boundaries="1950", source="x")
        for day in DAYS
    )
    contests = tuple(
        Contest(
            election=election.id,
            seat="s",
            valid_votes=2,
            winner_unknown=None if winner else "not known",
            candidates=(Candidacy(name="N", party=winner or "a", votes=2, elected=True),),
        )
        for election, winner in zip(elections, winners, strict=True)
    )
    listed = tuple(
        Government(
            election=each.id, party=party, prime_minister="P", form=GovernmentForm.MAJORITY, note="n", source="x"
        )
        for each, party in zip(elections, governments, strict=True)
    )
    parties = tuple(
        Party(id=each, name=each, abbreviation=each, kind=PartyKind.NATIONAL, source="x") for each in PARTIES
    )
    seats = (Seat(id="s", name="S", region="R", counties=(), boundaries="1950", since=DAYS[0], source="x"),)
    return Dataset(
        Record(
            schema=1, title="", version="", licence="", attribution="", region="R",
            parties=parties, elections=elections, seats=seats, contests=contests, governments=listed,
        )
    )  # fmt: skip


@given(histories())
def test_no_run_without_misses_has_a_miss_and_what_ended_it_is_true(dataset: Dataset) -> None:
    """Every election of it went with the government, and the one before did not, or is not known."""
    for row in bellwethers(dataset, everything=True).rows:
        assert all(each.right for each in row.called)
        if row.ended is Ended.MISS:
            assert row.ended_at is not None
            assert row.ended_win is not None
            assert row.ended_win.party not in (None, dataset.governments[row.ended_at.id].party)
        if row.ended is Ended.RECORD:
            assert len(row.called) == len(DAYS)


@given(histories(), st.integers(0, 4))
def test_more_misses_make_no_run_shorter(dataset: Dataset, misses: int) -> None:
    """And never more than are allowed."""

    def only(number: int) -> Bellwether:
        (row,) = bellwethers(dataset, misses=number, everything=True).rows
        return row

    assert len(only(misses + 1).called) >= len(only(misses).called)
    assert len(only(misses).missed) <= misses


@given(histories())
def test_runs_of_wins_share_out_the_elections_whose_winner_is_known(dataset: Dataset) -> None:
    """Each in exactly one run; neighbours that touch are of different parties."""
    (place,) = dataset.record.seats
    wins = tuple(general_wins(dataset, place))
    past = history(dataset, place)
    assert [win for run in past.runs for win in run.wins] == [win for win in wins if win.party]
    for run in past.runs:
        assert {win.party for win in run.wins} == {run.party}
        if run.begins is Begins.OTHER:
            assert run.before is not None
            assert run.before.party != run.party
    current = past.current
    assert (current is None) == (wins[0].party is None)


# --- the shipped dataset --------------------------------------------------------------------------------------------


def shipped_runs(emvote: Emvote, *options: str) -> dict[str, str]:
    """Seat to since when, as JSON has it."""
    rows = json.loads(emvote("bellwethers", *options, "--json").stdout)["rows"]
    return {row["seat"]: row["since"] for row in rows}


def test_two_seats_of_the_region_are_bellwethers_since_february_1974(emvote: Emvote) -> None:
    """As the Press Association says of 2024: Loughborough and Northampton North; Dartford, the third, is elsewhere."""
    assert shipped_runs(emvote, "--since", "feb1974") == {
        "Loughborough": "1974-02-28",
        "Northampton North": "1974-02-28",
    }


def test_amber_valley_and_corby_went_with_the_government_since_1983_as_of_2019(emvote: Emvote) -> None:
    """As the Press Association said before 2024; before 1983 there were no such seats."""
    found = shipped_runs(emvote, "--since", "1983", "--until", "2019")
    assert (found["Amber Valley"], found["Corby"]) == ("1983-06-09", "1983-06-09")
    assert "Derby North" not in found


def test_every_general_election_has_its_government(shipped: Dataset) -> None:
    """Two of no party on record, with the reason; five Parliaments were hung."""
    generals = {each.id for each in shipped.record.elections if each.kind is ElectionKind.GENERAL}
    governments = shipped.record.governments
    assert {each.election for each in governments} == generals
    assert [each.election for each in governments if each.party is None] == ["parl.1918-12-14", "parl.1931-10-27"]
    hung = [each.election[5:9] for each in governments if (each.note or "").startswith("Hung")]
    assert hung == ["1923", "1929", "1974", "2010", "2017"]


def test_derby_south_is_labour_since_1950(emvote: Emvote) -> None:
    """As ITV News says; the sentence for people and the summary for machines agree."""
    assert "Held by Lab since 23 February 1950" in emvote("seat", "Derby South").stdout
    summary = json.loads(emvote("seat", "Derby South", "--json").stdout)["summary"]
    assert (summary["held"]["since"], summary["last_change"]) == ("1950-02-23", None)
    assert summary["longest"] == {
        "party": "lab",
        "since": "1950-02-23",
        "until": "2024-07-04",
        "elections": 21,
        "current": True,
        "from_start": True,
    }


def test_the_longest_hold_of_a_seat_may_be_anothers(emvote: Emvote) -> None:
    """Conservatives held Rushcliffe from 1970 to 2019, where Labour won in 2024."""
    summary = json.loads(emvote("seat", "Rushcliffe", "--json").stdout)["summary"]
    assert (summary["last_change"]["from_party"], summary["last_change"]["election"]) == ("con", "parl.2024-07-04")
    assert (summary["longest"]["party"], summary["longest"]["elections"]) == ("con", 14)
    assert (summary["longest"]["since"], summary["longest"]["until"]) == ("1970-06-18", "2019-12-12")


def test_workings_name_the_source_of_each_input(emvote: Emvote) -> None:
    """Of the result and of the government."""
    (working, _) = json.loads(emvote("bellwethers", "--since", "feb1974", "--json", "--explain").stdout)["explain"]
    first = working["inputs"][0]
    assert first["name"] == "Loughborough, 2024 [parliament-2024; hoc-cbp-10009]"
    assert first["value"] == "Lab won, Lab governed under Keir Starmer: with it"
    assert working["result"] == 14
