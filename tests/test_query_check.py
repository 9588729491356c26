"""Published labels are held against the figures, and nothing disagrees silently."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from emvote.dataset import Dataset
from emvote.queries.check import agrees, labels


def test_labels_that_agree_are_no_problem(small: Dataset) -> None:
    """Outcomes of seats, control of councils by year and by poll."""
    assert list(labels(small)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "place", "rule", "expected"),
    [
        (
            'outcome = "Red gain from Blue"\ncandidates = [\n  { name = "Ivy Holt"',
            'outcome = "Red hold"\ncandidates = [\n  { name = "Ivy Holt"',
            "contests[7].outcome",
            "outcome",
            "expected 'Red gain from Blue', as the votes and the baseline say (Westmarsh)",
        ),
        (
            'seats = { blu = 11, red = 9 }, published = "Blue"',
            'seats = { blu = 10, red = 10 }, published = "Blue"',
            "councils[0].compositions[0].published",
            "control-label",
            "expected a label for 'noc' (Aldermere 2015), or a flag",
        ),
        (
            'published_after = "Mill"',
            'published_after = "NOC"',
            "council_polls[6].published_after",
            "control-label",
            "expected a label for 'mill' (Gorsefield), or a flag",
        ),
        (
            'published_before = "Blue"',
            'published_before = "Red"',
            "council_polls[0].published_before",
            "control-label",
            "expected a label for 'blu' (Aldermere), or a flag",
        ),
    ],
)
def test_a_label_that_differs_is_a_problem(
    altered: Callable[..., Dataset], right: str, wrong: str, place: str, rule: str, expected: str
) -> None:
    """With the place, the label and what the figures say."""
    (problem,) = labels(altered((right, wrong)))
    assert (problem.place, problem.rule, problem.expected) == (place, rule, expected)
    assert problem.value


def test_a_flag_answers_for_a_label_that_differs(altered: Callable[..., Dataset]) -> None:
    """The dataset then says itself what was found."""
    flag = 'published_after = "NOC"\nflags = [{ code = "label", note = "The Gazette said so." }]'
    assert list(labels(altered(('published_after = "Mill"', flag)))) == []


@pytest.mark.parametrize(
    ("published", "computed", "fits"),
    [
        (None, "blu", True),
        ("Blue", None, True),
        ("Blue", "blu", True),
        ("AZURES", "blu", True),
        ("blu", "blu", True),
        ("Blue", "red", False),
        ("Blue", "noc", False),
        ("NOC", "noc", True),
        ("NOC", "blu", False),
        ("NOC (Blue)", "noc", True),
        ("Blue plurality", "noc", True),
        ("Blue plurality", "blu", False),
        ("BLUE min", "noc", True),
        ("Blue/Red", "noc", True),
        ("Blue/Red", "red", False),
        ("Blue Mayor", "red", True),
        ("Ind", "noc", True),
        ("Other", "mill", True),
        ("Ind", "blu", False),
        ("Purple", "noc", False),
    ],
)
def test_a_label_fits_what_it_can_stand_beside(
    small: Dataset, published: str | None, computed: str | None, fits: bool
) -> None:
    """Pluralities, minorities and coalitions are no overall control; a mayor decides nothing here."""
    assert agrees(small, published, computed) is fits


def test_a_rule_can_be_left_out_by_its_id(emvote: Callable[..., CompletedProcess[str]], tmp_path: Path) -> None:
    """What it alone would find is not found; a rule that does not exist, or without which nothing works, is exit 2."""
    bad = tmp_path / "bad.toml"
    text = Path(__file__).with_name("data").joinpath("small.toml").read_text(encoding="utf-8")
    bad.write_text(text.replace('default_local = "', 'default_local = "x', 1), encoding="utf-8")
    assert emvote("check", bad).returncode == 4
    done = emvote("check", bad, "--ignore", "reference", "--json")
    assert done.returncode == 0, done.stdout
    answer = json.loads(done.stdout)
    assert answer["query"]["ignore"] == ["reference"]
    assert "reference" not in [rule["rule"] for rule in answer["summary"]["rules"]]
    for rule in ("referense", "toml", ""):
        wrong = emvote("check", bad, "--ignore", rule)
        assert (wrong.returncode, wrong.stdout) == (2, "")
        assert "reference" in wrong.stderr
