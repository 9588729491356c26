"""How much is told of what is wrong with a file: an answer comes in bounded time and memory, and can be read."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from emvote.errors import Problem

MOST_PROBLEMS: Final = 1_000
"""Problems of a dataset that are told; a file with more is of another kind, or damaged on every line."""


def limited(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems, and in place of those that are too many to read a last one that says so."""
    told = tuple(islice(found, MOST_PROBLEMS + 1))
    if len(told) <= MOST_PROBLEMS:
        return told
    expected = f"there are more problems than these {MOST_PROBLEMS:,}: mend them, and ask again"
    return (*told[:-1], Problem(told[-1].file, "", told[-1].rule, "", expected))
