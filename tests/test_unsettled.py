"""Conditions on what changed, where the record does not tell whether it did: not known, and never nought."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Emvote = Callable[..., CompletedProcess[str]]
NIGHT = Path(__file__).parent / "data" / "night.toml"
EVE = 'eve = { date = "2029-04", size = 10, seats = { blu = 8, red = 2 }'
UNKNOWN_EVE = 'eve = { date = "2029-04", size = 10, seats = {}, unknown = ["blu", "red"]'


def answered(done: CompletedProcess[str]) -> dict[str, Any]:
    """A JSON answer."""
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture
def night(tmp_path: Path) -> Path:
    """A night on which nobody knows who was in control of one council, which the Blue Party has won."""
    file = tmp_path / "night.toml"
    text = NIGHT.read_text(encoding="utf-8")
    assert text.count(EVE) == 1
    file.write_text(text.replace(EVE, UNKNOWN_EVE), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("words", "unsettled"),
    [(("--gained-by", "lab"), 30), (("--lost-by", "lab"), 14), (("--changed",), 44), (("--gained-by", "ld"), 0)],
)
def test_without_an_earlier_result_gains_are_not_known(emvote: Emvote, words: tuple[str, ...], unsettled: int) -> None:
    """The seats of 1997 have new boundaries: what the winner gained is not known, what the others gained is nothing."""
    answer = answered(emvote("seats", "--election", "1997", *words, "--json"))
    assert (answer["rows"], answer["summary"]["unsettled"]) == ([], unsettled)
    told = emvote("seats", "--election", "1997", *words)
    known = "General election, 1 May 1997: 0 of 44 seats."
    unknown = "which seats match is not known, as no earlier result on the same boundaries is on record."
    assert (known in told.stdout) == (not unsettled)
    assert (unknown in told.stdout) == bool(unsettled)
    said = emvote("seats", "--election", "1997", *words, "--sentence")
    assert ("match is not known" in said.stderr) == bool(unsettled)
    assert said.stdout == ""


def test_an_estimate_has_no_gains_to_know(emvote: Emvote) -> None:
    """Nobody was elected by a notional result."""
    told = emvote("seats", "--election", "2019-notional", "--gained-by", "lab").stdout
    assert "which seats match is not known, as an estimate of an old result has no holds, gains or losses." in told


def test_some_seats_may_match_besides_those_that_do(emvote: Emvote) -> None:
    """In 1945 fourteen changed hands; of six it is not known who won, then or before."""
    answer = answered(emvote("seats", "--election", "1945", "--changed", "--json"))
    assert (len(answer["rows"]), answer["summary"]["unsettled"]) == (14, 6)
    assert any(note.startswith("whether these match is not known") for note in answer["notes"])
    shown = emvote("seats", "--election", "1945", "--changed").stdout
    assert "14 of 36 seats that match" in shown
    assert "whether six more match is not known" in shown
    few = emvote("seats", "--election", "1922", "--lost-by", "Lib", "--sentence").stdout
    assert few.startswith("General election, 15 November 1922 (without 10 of which it is not known): ")


@pytest.mark.parametrize(
    ("words", "shown", "unsettled"),
    [
        (["--changed-control"], ["Eastmoor"], 1),
        (["--gained-control"], ["Eastmoor"], 1),
        (["--gained-control", "--party", "red"], ["Eastmoor"], 0),
        (["--lost-control"], ["Eastmoor"], 1),
        (["--lost-control", "--party", "blue"], ["Eastmoor"], 0),
        (["--lost-control", "--party", "red"], [], 1),
        (["--held"], [], 1),
        (["--held", "--party", "red"], [], 0),
        (["--control", "blue"], ["{}"], 0),
        ([], ["Eastmoor", "{}"], 0),
    ],
)
def test_what_one_side_tells_settles_a_council(
    emvote: Emvote, night: Path, words: list[str], shown: list[str], unsettled: int
) -> None:
    """A council that Blue won from nobody knows whom may be held or gained by Blue, and lost by anybody else."""
    names = [row["council"] for row in answered(emvote("councils", "--data", night, "--json"))["rows"]]
    (other,) = [name for name in names if name != "Eastmoor"]
    answer = answered(emvote("councils", *words, "--data", night, "--json"))
    assert [row["council"] for row in answer["rows"]] == [name.format(other) for name in shown]
    assert answer["summary"]["unsettled"] == unsettled
    assert any(other in note and "whether it matches is not known" in note for note in answer["notes"]) == bool(
        unsettled
    )


def test_no_council_matches_is_not_said_of_what_is_not_known(emvote: Emvote, night: Path) -> None:
    """The message on stderr and the sentence say that it is not known."""
    told = emvote("councils", "--held", "--data", night, "--sentence")
    assert "which councils of local.2029-05-03 match is not known" in told.stderr
    said = emvote("councils", "--gained-control", "--data", night, "--sentence").stdout
    assert "(without 1 of which it is not known): Eastmoor (Red Party gain from Blue Party)." in said
