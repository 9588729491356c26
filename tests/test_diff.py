"""`emvote diff` names each figure that differs, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess

from emvote.dataset import Dataset
from emvote.queries.diff import Change, diff
from emvote.store.write import dump_record

Emvote = Callable[..., CompletedProcess[str]]


def test_a_dataset_does_not_differ_from_itself(shipped: Dataset) -> None:
    """Not in one row of any relation."""
    assert diff(shipped, Dataset(shipped.record)) == ()


def test_one_corrected_vote_is_one_difference(shipped: Dataset) -> None:
    """It says whose, from what and to what; the order of the candidates is no figure."""
    contests = list(shipped.record.contests)
    index = next(i for i, contest in enumerate(contests) if contest.candidates)
    first, *others = contests[index].candidates
    contests[index] = replace(contests[index], candidates=(*others, replace(first, votes=first.votes + 1)))
    changed = Dataset(replace(shipped.record, contests=tuple(contests)))
    (found,) = diff(shipped, changed)
    assert (found.relation, found.change, found.column) == ("candidacies", Change.CHANGED, "votes")
    assert (found.old, found.new) == (first.votes, first.votes + 1)
    assert dict(found.thing)["candidate"] == first.name


def test_what_was_added_one_way_was_removed_the_other(shipped: Dataset) -> None:
    """Swapping the datasets swaps the changes."""
    fewer = Dataset(replace(shipped.record, council_polls=shipped.record.council_polls[1:]))
    there = {(found.relation, found.thing): found.change for found in diff(fewer, shipped)}
    back = {(found.relation, found.thing): found.change for found in diff(shipped, fewer)}
    assert there.keys() == back.keys() != set()
    assert set(there.values()) == {Change.ADDED}
    assert set(back.values()) == {Change.REMOVED}


def test_the_command_compares_files_and_shipped_names(emvote: Emvote, shipped_whole: Dataset, tmp_path: Path) -> None:
    """Exit code 0 as an answer, 5 where --strict asked for sameness, and 4 where a file is not there."""
    mine = tmp_path / "mine.toml"
    mine.write_text(dump_record(replace(shipped_whole.record, title="Mine", version="2")), encoding="utf-8")
    done = emvote("diff", "results", mine, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["summary"] == {"differences": 0, "same": True}
    poll = replace(shipped_whole.record.council_polls[0], published_after="Nobody")
    changed = replace(shipped_whole.record, council_polls=(poll, *shipped_whole.record.council_polls[1:]))
    mine.write_text(dump_record(changed), encoding="utf-8")
    done = emvote("diff", "results", mine, "--strict", "--json")
    assert done.returncode == 5
    (row,) = json.loads(done.stdout)["rows"]
    assert (row["relation"], row["column"], row["new"]) == ("council_polls", "published_after", "Nobody")
    assert emvote("diff", "results", tmp_path / "none.toml").returncode == 4
