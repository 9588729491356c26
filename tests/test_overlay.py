"""A file laid over the dataset changes one run's answers, says so, and is trusted no more than any other file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from emvote.dataset import Dataset
from emvote.errors import BadData
from emvote.store import open_dataset
from emvote.store.overlay import IDENTITY, laid

Emvote = Callable[..., CompletedProcess[str]]

TONIGHT = """
[[sources]]
id = "tonight"
title = "The count, tonight"
publisher = "Our own reporter"
licence = "none"

[[elections]]
id = "parl.newark.by.2026-11-19"
name = "Newark by-election, 19 November 2026"
kind = "by-election"
date = 2026-11-19
boundaries = "2024"
previous = "parl.2024-07-04"
source = "tonight"

[[contests]]
election = "parl.newark.by.2026-11-19"
seat = "{seat}"
electorate = 80000
valid_votes = 30000
majority = 1000
candidates = [
  {{ name = "Ann Example", party = "lab", votes = 15500, elected = true }},
  {{ name = "Bob Example", party = "con", votes = 14500 }},
]
"""


@pytest.fixture
def tonight(shipped: Dataset, tmp_path: Path) -> Path:
    """A by-election that nobody has published yet."""
    path = tmp_path / "tonight.toml"
    path.write_text(TONIGHT.format(seat=shipped.find_seats("Newark")[0].id), encoding="utf-8")
    return path


def test_tonights_result_is_answered_and_marked(emvote: Emvote, tonight: Path) -> None:
    """The new result stands with the others, compared with its baseline; the answer says where it comes from."""
    done = emvote("seat", "Newark", "--overlay", tonight, "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["rows"][0]["outcome"] == "Lab gain from Con"
    assert answer["rows"][0]["previous_election"] == "parl.2024-07-04"
    assert str(tonight) in answer["dataset"]["title"]
    assert str(tonight) in answer["notes"][0]
    assert "tonight" in [source["id"] for source in answer["sources"]]
    without = json.loads(emvote("seat", "Newark", "--json").stdout)
    assert without["rows"] == answer["rows"][1:]
    assert without["dataset"]["sha256"] != answer["dataset"]["sha256"]


def test_a_correction_takes_the_place_of_what_it_corrects(shipped: Dataset, tmp_path: Path) -> None:
    """One record of the same identity, in the same place; everything else is as it was."""
    contest = shipped.record.contests[-1]
    path = tmp_path / "correction.toml"
    path.write_text(
        f'[[contests]]\nelection = "{contest.election}"\nseat = "{contest.seat}"\nelectorate = 10\nvalid_votes = 3\n'
        'candidates = [{ name = "A", party = "con", votes = 3, elected = true }]\n',
        encoding="utf-8",
    )
    corrected = open_dataset(overlay=str(path))
    assert corrected.record.contests[-1].valid_votes == 3
    assert corrected.record.contests[:-1] == shipped.record.contests[:-1]
    assert corrected.record.councils == shipped.record.councils


def test_an_empty_overlay_changes_nothing(shipped: Dataset) -> None:
    """Laying a record over itself gives the record."""
    assert laid(shipped.record, shipped.record) == shipped.record


def test_every_table_of_the_record_can_be_laid_over(shipped: Dataset) -> None:
    """The identity of each is known, and tells its records apart."""
    for table, keys in IDENTITY.items():
        things = getattr(shipped.record, table)
        assert len({tuple(getattr(each, key) for key in keys) for each in things}) == len(things), table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('title = "Mine"\n', "title: an overlay holds tables only"),
        ('[[contest]]\nseat = "x"\n', "contest: unknown key; did you mean contests?"),
        ('[[contests]]\nelection = "parl.2019-12-12"\nseat = "nowhere"\n', "no seat of that id"),
        ("[[contests]\n", "line 1"),
    ],
    ids=["header", "unknown table", "unknown seat", "no TOML"],
)
def test_a_bad_overlay_is_refused_with_its_name(emvote: Emvote, tmp_path: Path, text: str, expected: str) -> None:
    """It is held against every rule, together with what it is laid over."""
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    done = emvote("seats", "--overlay", path)
    assert (done.returncode, done.stdout) == (4, "")
    assert "bad.toml" in done.stderr
    assert expected in done.stderr
    assert emvote("check", "--overlay", path).returncode == 4


def test_an_overlay_that_is_not_there_is_exit_4(emvote: Emvote, tmp_path: Path) -> None:
    """As any dataset that cannot be read; and a command without a dataset takes none."""
    with pytest.raises(BadData, match="cannot be read"):
        open_dataset(overlay=str(tmp_path / "none.toml"))
    assert emvote("seats", "--overlay", tmp_path / "none.toml").returncode == 4
    assert emvote("schema", "seats", "--overlay", tmp_path / "none.toml").returncode == 2
