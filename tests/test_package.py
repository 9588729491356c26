"""What emvote exports, it reads again: the same record, whatever its texts hold, and what was damaged since is told."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emvote.dataset import Dataset
from emvote.errors import BadData
from emvote.model import Flag, Record
from emvote.relations import RELATIONS
from emvote.store.export import Target, export
from emvote.store.read import open_dataset
from emvote.store.together import marked
from emvote.store.write import dump_record, dump_wards

Emvote = Callable[..., CompletedProcess[str]]
AWKWARD = (
    "two\nlines",
    "back\\slash",
    'a "quoted", name',
    "Léonie – ‘x’",
    "=1+1",
    " around ",
    "true",
    "12",
    "\ttab",
    "\r",
)
texts = st.one_of(st.sampled_from(AWKWARD), st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))


def again(record: Record, target: Target) -> Record:
    """A record exported and read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("data.sqlite" if target is Target.SQLITE else "data")
        export(Dataset(record), path, target)
        return open_dataset(f"{path}/" if path.is_dir() else str(path)).record


@pytest.mark.parametrize("target", [Target.CSV, Target.SQLITE])
@pytest.mark.parametrize("name", ["results", "uk", "small"])
def test_a_whole_dataset_is_the_same_after_an_export(name: str, target: Target) -> None:
    """Every candidacy, seat, composition, baseline, flag and source of the shipped datasets and of the invented one."""
    where = str(Path(__file__).parent / "data" / "small.toml") if name == "small" else name
    record = open_dataset(where, wards=True).record
    assert again(record, target) == record


@settings(max_examples=20, deadline=None)
@given(st.lists(texts, min_size=4, max_size=4), st.sampled_from([Target.CSV, Target.SQLITE]))
def test_awkward_texts_are_the_same_after_an_export(small: Dataset, awkward: list[str], target: Target) -> None:
    """In names, labels, notes and titles: line breaks, quotation marks, spaces around, what looks like a number."""
    name, label, note, title = awkward
    first, *others = small.record.contests
    candidates = (replace(first.candidates[0], name=name, label=label), *first.candidates[1:])
    changed = replace(first, candidates=candidates, flags=(Flag(code=label, note=note),))
    labels = {party.ballot_label for party in small.record.parties}
    record = replace(small.record, title=title, contests=(changed, *others))
    if label not in labels:
        assert again(record, target) == record


def test_import_export_and_import_again_write_the_same_bytes(
    emvote: Emvote, shipped_wards: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the commands, from the shipped dataset and back to its file."""
    monkeypatch.chdir(tmp_path)
    for path in ("folder", "data.sqlite"):
        assert emvote("export", path).returncode == 0
        done = emvote("import", path, "--new", "back.toml", "--force", "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["summary"]["files"][0]["kind"] == "emvote"
        record = replace(shipped_wards.record, wards=())
        own, wards = (tmp_path / f"back.{ending}" for ending in ("toml", "wards.toml"))
        expected = marked(dump_record(record).encode(), dump_wards(shipped_wards.record.wards).encode())
        assert (own.read_bytes(), wards.read_bytes()) == expected
    assert emvote("import", "folder", "data.sqlite", "--new", "x.toml").returncode == 2


@pytest.fixture
def folder(small: Dataset, tmp_path: Path) -> Path:
    """The invented region as a folder of CSV files."""
    path = tmp_path / "small"
    export(small, path, Target.CSV)
    return path


def test_an_exported_dataset_is_checked_and_answers_like_any_other(
    emvote: Emvote, small: Dataset, folder: Path, tmp_path: Path
) -> None:
    """As a folder and as a database: the same answer as from the file."""
    export(small, tmp_path / "small.db", Target.SQLITE)
    for where in (f"{folder}/", str(tmp_path / "small.db")):
        done = emvote("check", where, "--json")
        assert (done.returncode, json.loads(done.stdout)["summary"]["sound"]) == (0, True)
        answer = json.loads(emvote("elections", "--data", where, "--json").stdout)
        assert {row["id"] for row in answer["rows"]} == {election.id for election in small.record.elections}


DAMAGES = {
    "a word for a number": ("candidacies.csv", ",500,", ",many,", "column votes: expected a whole number, got 'many'"),
    "a column that is gone": ("candidacies.csv", ",votes,", ",vote,", "no column votes"),
    "a cell too few": ("parties.csv", "other,Others,", "other,", "cells, as there are columns"),
    "a date that is none": ("elections.csv", "-05-", "-15-", "expected a date"),
    "no data package of ours": ("datapackage.json", '"emvote":', '"other":', "a data package that emvote exported"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_export_is_refused_with_file_and_line(folder: Path, damage: str) -> None:
    """Nothing is answered from it."""
    name, old, new, words = DAMAGES[damage]
    path = folder / name
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")
    with pytest.raises(BadData, match=name) as refused:
        open_dataset(f"{folder}/")
    assert words in str(refused.value)


def test_a_changed_export_is_held_against_every_rule(folder: Path) -> None:
    """A vote more in a cell, and the sum is wrong."""
    path = folder / "contests.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = lines[0].split(",").index("valid_votes")
    cells = lines[1].split(",")
    cells[at] = str(int(cells[at]) + 1)
    path.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    with pytest.raises(BadData, match="votes-sum"):
        open_dataset(f"{folder}/")


def test_a_folder_without_one_of_its_files_is_refused(folder: Path) -> None:
    """It is named."""
    (folder / "wards.csv").unlink()
    with pytest.raises(BadData, match=r"expected wards\.csv in the folder"):
        open_dataset(f"{folder}/")


def test_another_database_is_refused(tmp_path: Path) -> None:
    """It says what was expected."""
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE dataset (key TEXT, value TEXT)")
        database.commit()
    with pytest.raises(BadData, match="expected a database that emvote exported: no such table: sources"):
        open_dataset(str(path))


def test_every_relation_is_read_again() -> None:
    """A relation that is added to the export has to be added to its inverse."""
    source = (Path(__file__).parents[1] / "src" / "emvote" / "store" / "package.py").read_text(encoding="utf-8")
    assert [relation.name for relation in RELATIONS if f'"{relation.name}"' not in source] == []
