"""`emvote now`: who sits on, controls and runs the councils of today, and when they vote next."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from subprocess import CompletedProcess
from typing import Any

import pytest

from emvote.dataset import Dataset

Emvote = Callable[..., CompletedProcess[str]]


@pytest.fixture
def answer(emvote: Emvote) -> Callable[..., dict[str, Any]]:
    """The JSON answer of `emvote now`."""

    def asked(*words: str) -> dict[str, Any]:
        done = emvote("now", *words, "--json")
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    return asked


def names(found: dict[str, Any]) -> set[str]:
    """The councils of an answer."""
    return {row["council"] for row in found["rows"]}


def test_every_council_of_today_has_a_row(answer: Callable[..., dict[str, Any]]) -> None:
    """29 districts, 6 unitaries, 4 counties, as of May 2026."""
    found = answer()
    assert Counter(row["type"] for row in found["rows"]) == {"district": 29, "unitary": 6, "county": 4}
    assert {row["as_of"] for row in found["rows"]} == {"2026-05"}


def test_seats_due_are_those_of_the_present_cycle(answer: Callable[..., dict[str, Any]]) -> None:
    """Lincoln's eleven of 2026 have been polled, and are due again in 2030."""
    assert answer()["summary"]["seats_due"] == {"2027": 1322, "2028": 11, "2029": 399, "2030": 11}
    (lincoln,) = answer("lincoln")["rows"]
    assert (lincoln["next_election"], lincoln["seats_due"]) == ("2027-05-06", 11)
    counties = {"Derbyshire", "Leicestershire", "Lincolnshire", "Nottinghamshire"}
    assert names(answer("--next", "2029")) == counties | {"North Northamptonshire", "West Northamptonshire"}


def test_hung_councils_include_those_that_cannot_be_told_and_are_labelled_so(
    answer: Callable[..., dict[str, Any]],
) -> None:
    """Leicestershire is hung; Boston is a coalition whose seats are counted together; Ashfield has a majority."""
    found = answer("--control", "noc")
    assert names(found) >= {"Leicestershire", "Boston", "Derby"}
    assert "Ashfield" not in names(found)
    (boston,) = (row for row in found["rows"] if row["council"] == "Boston")
    assert boston["control"] is None
    assert "control not told apart" in boston["flags"]


def test_who_runs_a_council_is_who_holds_today(answer: Callable[..., dict[str, Any]]) -> None:
    """Not an administration that a later composition contradicts: Harborough's is not counted as run by the party."""
    assert names(answer("--run-by", "reform", "--type", "county")) == {
        "Derbyshire",
        "Leicestershire",
        "Lincolnshire",
        "Nottinghamshire",
    }
    assert "Harborough" not in names(answer("--run-by", "ld"))
    (harborough,) = answer("harborough")["rows"]
    assert "older than the composition" in harborough["flags"]
    (boston,) = answer("boston")["rows"]
    assert (boston["leader"], boston["administration_as_of"]) == ("Dale Broughton", "2025-07-21")


def test_seats_held_and_vacant_add_up(answer: Callable[..., dict[str, Any]], shipped_whole: Dataset) -> None:
    """In every row, and over the region in the summary."""
    found = answer()
    for row in found["rows"]:
        assert sum(row["seats"].values()) + row["vacancies"] == row["seats_total"]
        council = shipped_whole.councils[row["council_id"]]
        assert row["seats_total"] == max(council.compositions, key=lambda each: each.year).size
    held = sum(sum(row["seats"].values()) for row in found["rows"])
    assert sum(found["summary"]["councillors"].values()) == held
    assert sum(found["summary"]["control"].values()) == 39


def test_unknown_names_are_told(emvote: Emvote) -> None:
    """Of a council, a party and a county."""
    for words in (("Broxstowe",), ("--run-by", "whigs"), ("--control", "whigs"), ("--county", "Rutlandia")):
        assert emvote("now", *words).returncode == 3
