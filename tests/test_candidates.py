"""`emvote candidates`: everybody on record in one table."""

from __future__ import annotations

import json
from collections.abc import Callable
from subprocess import CompletedProcess

import jsonschema
import pytest

from emvote.dataset import Dataset
from emvote.errors import UnknownName
from emvote.queries.candidates import CandidateFilter, candidates

Emvote = Callable[..., CompletedProcess[str]]


def test_one_person_at_elections_of_every_kind(shipped_wards: Dataset) -> None:
    """Ben Bradley stood for Parliament, for the county and for mayor."""
    rows = candidates(shipped_wards, None, CandidateFilter(name="ben bradley")).rows
    assert {row.election.kind.value for row in rows} == {"general", "local", "mayor"}
    assert [(row.election.date.year, row.elected) for row in rows if row.place == "Mansfield"] == [
        (2024, False),
        (2019, True),
        (2017, True),
    ]


def test_everybody_of_a_general_election_is_there_once(shipped_wards: Dataset) -> None:
    """315 candidates in 47 seats in 2024, 47 of them elected, and those ranked first."""
    rows = candidates(shipped_wards, "ge2024").rows
    assert len(rows) == 315
    assert [row.rank for row in rows if row.elected] == [1] * 47


def test_conditions_hold_of_every_row(shipped_wards: Dataset) -> None:
    """A county, a party, who lost the deposit; a council is of wards and its mayor, a seat of constituencies."""
    kept = candidates(shipped_wards, None, CandidateFilter(party="reform", county="derbyshire", elected=True)).rows
    assert kept
    assert all(row.party == "reform" and row.elected and "Derbyshire" in row.counties for row in kept)
    lost = candidates(shipped_wards, "ge2019", CandidateFilter(lost_deposit=True)).rows
    assert lost
    assert all(row.votes is not None and row.total is not None and 20 * row.votes <= row.total for row in lost)
    mansfield = candidates(shipped_wards, "2023", CandidateFilter(council="mansfield")).rows
    assert sum(row.elected is True for row in mansfield) == 36
    assert {row.place for row in candidates(shipped_wards, None, CandidateFilter(seat="mansfield")).rows} == {
        "Mansfield"
    }


def test_an_unknown_name_is_refused(shipped_wards: Dataset) -> None:
    """It is never another one."""
    with pytest.raises(UnknownName):
        candidates(shipped_wards, None, CandidateFilter(party="whigs"))


def test_the_answer_fits_its_schema(emvote: Emvote) -> None:
    """With a row for each candidate."""
    answer = json.loads(emvote("candidates", "ge2019", "--json").stdout)
    jsonschema.validate(answer, json.loads(emvote("schema", "candidates").stdout))
    assert len(answer["rows"]) == 226
