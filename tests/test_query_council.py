"""One council: who sat on it year by year, and what its elections did."""

from __future__ import annotations

import pytest

from emvote.dataset import Dataset
from emvote.errors import UnknownName
from emvote.queries.council import CouncilYear, council


def test_a_council_is_told_year_by_year_latest_first(small: Dataset) -> None:
    """Control computed, the published label beside it."""
    answer = council(small, "Aldermere")
    assert [(year.year, year.control, year.published_control, year.largest) for year in answer.years] == [
        (2019, "red", "Red", "red"),
        (2018, "blu", "Blue", "blu"),
        (2015, "blu", "Blue", "blu"),
    ]
    assert [year.source for year in answer.years] == ["gazette", "almanac", "almanac"]
    assert [poll.election.id for poll in answer.polls] == ["local.2023-05-04", "local.2019-05-02"]


def test_a_year_with_an_aggregate_in_the_majority_has_no_computed_control(small: Dataset) -> None:
    """Nor a largest party; the label stands, and the notes say why."""
    answer = council(small, "dunwick")
    assert answer.years[1] == CouncilYear(
        year=2018,
        date=None,
        control=None,
        published_control="Ind",
        seats={"red": 6, "other": 9},
        seats_total=15,
        vacancies=0,
        largest=None,
        note="Nine are not told apart.",
        source="almanac",
        flags=("lump",),
    )
    assert answer.years[0].control == "noc"
    assert answer.notes[0].startswith("control is not computed where local parties and independents")


def test_an_abolished_council_keeps_its_history(small: Dataset) -> None:
    """With what became of it."""
    answer = council(small, "Kingsmarsh")
    assert answer.council.successors == ("C11",)
    assert [(year.year, year.control, year.vacancies) for year in answer.years] == [(2015, "blu", 0)]
    assert answer.notes == ("Kingsmarsh went into Langmarsh.",)


def test_exactly_half_and_vacant_seats_are_no_control(small: Dataset) -> None:
    """Six of twelve, one of them vacant."""
    (year,) = council(small, "Langmarsh").years
    assert (year.control, year.seats_total, year.vacancies, year.largest) == ("noc", 12, 1, "blu")
    assert (year.flags, year.note) == (
        ("exactly-half",),
        "Blue hold exactly half of the 12 seats, one short of control.",
    )


def test_two_parties_that_hold_half_each_are_both_named(shipped: Dataset) -> None:
    """Derby in 1991, and Derbyshire in 2012, whose label says otherwise."""
    (year,) = council(shipped, "Derby", election="1991").years
    assert year.note == "Con and Lab hold exactly half of the 44 seats each, one short of control."
    (labelled,) = council(shipped, "Derbyshire", election="2012").years
    assert labelled.flags == ("control-label", "exactly-half")


def test_one_election_can_be_asked_for(small: Dataset) -> None:
    """Its year and its poll."""
    answer = council(small, "C01", election="2019")
    assert [year.year for year in answer.years] == [2019]
    assert [poll.outcome for poll in answer.polls] == ["Red gain from Blue"]


def test_a_year_without_an_election_on_record_can_be_asked_for(shipped: Dataset) -> None:
    """Who sat on the council then is; a year of which nothing is on record is an error, as it was."""
    answer = council(shipped, "Ashfield", election="1999")
    assert ([year.year for year in answer.years], answer.polls, answer.election) == ([1999], (), None)
    with pytest.raises(UnknownName, match="no local elections in 1972 on record"):
        council(shipped, "Ashfield", election="1972")


def test_a_poll_held_later_is_among_the_elections(small: Dataset) -> None:
    """Latest first."""
    assert [poll.election.id for poll in council(small, "Eastholm").polls] == ["local.2019-06-13", "local.2019-05-02"]
    assert council(small, "Eastholm").years == ()


@pytest.mark.parametrize(("name", "election"), [("Nowhere", None), ("", None), ("Aldermere", "2017"), ("Dunwick", "")])
def test_an_unknown_council_or_election_is_an_error(small: Dataset, name: str, election: str | None) -> None:
    """Never an empty answer."""
    with pytest.raises(UnknownName):
        council(small, name, election=election)
