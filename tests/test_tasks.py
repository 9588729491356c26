"""The questions of docs/tasks.md, in people's words: each command works and answers what is asked."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import NamedTuple

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "tasks.md"
LINE = re.compile(r"\| (?P<question>[^|]+) \| `emvote (?P<command>(?:[^`|]|\\\|)+)` \| (?P<answer>[^|]+) \|")
FEWEST = 60


class Task(NamedTuple):
    """A question, the words that ask it, and what its answer contains."""

    question: str
    words: tuple[str, ...]
    answer: tuple[str, ...]


def tasks() -> list[Task]:
    """The lines of the page's tables."""
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [_task(row) for row in rows if not row.startswith("| question |")]


def _task(row: str) -> Task:
    found = LINE.fullmatch(row)
    assert found, f"no line of the table: {row}"
    words = shlex.split(found["command"].replace("\\|", "|"))
    return Task(found["question"], tuple(words), tuple(part.strip() for part in found["answer"].split(";")))


TASKS = tasks()


@pytest.mark.parametrize("task", TASKS, ids=[task.question for task in TASKS])
def test_the_command_that_comes_to_mind_answers(task: Task, emvote: Callable[..., CompletedProcess[str]]) -> None:
    """With exit code 0, and the figure or the name that was asked for."""
    done = emvote(*task.words)
    assert done.returncode == 0, done.stderr
    assert [part for part in task.answer if part not in done.stdout] == []


def test_there_are_enough_of_them_and_none_twice() -> None:
    """Whoever adds a command adds what people ask it."""
    assert len(TASKS) >= FEWEST
    assert len({task.question for task in TASKS}) == len({task.words for task in TASKS}) == len(TASKS)


@pytest.mark.parametrize("row", ["| a | `emvote seats` |  |", "| a | seats | b |", "| a | `emvote seats` | b"])
def test_a_line_of_another_form_is_no_task(row: str) -> None:
    """It would be a question that nobody runs."""
    with pytest.raises(AssertionError, match="no line of the table"):
        _task(row)
