"""`emvote counties`."""

from __future__ import annotations

import json
from collections.abc import Callable
from subprocess import CompletedProcess

import jsonschema
import pytest

from emvote.dataset import Dataset
from emvote.errors import UnknownName
from emvote.queries.counties import counties

Emvote = Callable[..., CompletedProcess[str]]


def test_a_seat_in_two_counties_counts_in_both(small: Dataset) -> None:
    """So the numbers of seats add up to more than the region has."""
    answer = counties(small, "2017")
    seats = [small.seats[contest.seat] for county in answer.counties for contest in county.contests]
    assert len(seats) == sum(len(seat.counties) for seat in set(seats)) > 0


def test_electors_are_added_up_only_where_all_are_known(shipped: Dataset) -> None:
    """A sum without one of the seats would be no figure of the county."""
    for county in counties(shipped, "1918").counties:
        known = [contest.electorate for contest in county.contests]
        assert county.electorate == (None if None in known else sum(filter(None, known)))


def test_an_unknown_election_is_refused(small: Dataset) -> None:
    """It is never another one."""
    with pytest.raises(UnknownName):
        counties(small, "1066")


def test_the_answer_fits_its_schema(emvote: Emvote) -> None:
    """With a row for each county."""
    answer = json.loads(emvote("counties", "2019", "--json").stdout)
    jsonschema.validate(answer, json.loads(emvote("schema", "counties").stdout))
    assert {"Derbyshire", "Lincolnshire", "Nottinghamshire"} < {row["county"] for row in answer["rows"]}
