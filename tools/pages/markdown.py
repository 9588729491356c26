"""Markdown, by hand: fences and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

FENCE: Final = "```"


def fence(content: str, language: str = "") -> str:
    """A block of code; the fence is longer than any inside it."""
    longest = max((len(found) for found in re.findall(r"`{3,}", content)), default=0)
    mark = FENCE if longest < len(FENCE) else "`" * (longest + 1)
    return f"{mark}{language}\n{content.rstrip()}\n{mark}"


def grid(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    r"""A table.

    >>> print(grid(("a", "b"), [("1", "x | y")]))
    | a | b |
    |---|---|
    | 1 | x \| y |
    """
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def code(word: str) -> str:
    """A word as code.

    >>> code("seat_id")
    '`seat_id`'
    """
    return f"`{word}`"


def _cell(value: str) -> str:
    shown = "".join(char if char.isprintable() else f"\\u{ord(char):04X}" for char in " ".join(value.split()))
    return shown.replace("|", "\\|")
