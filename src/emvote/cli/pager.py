"""Answers longer than the terminal, shown page by page."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from emvote.cli import interrupts

OURS: Final = "EMVOTE_PAGER"
THEIRS: Final = "PAGER"
DEFAULT: Final = "less"
NO_PAGERS: Final = frozenset({"", "cat"})
LESS: Final = "FRX"
"""What less is told unless `LESS` says otherwise, as by git: end where all fits, keep colour, leave the screen."""


def command(environment: Mapping[str, str] | None = None) -> list[str]:
    """The pager to use, as words; none: no pager.

    >>> command({"PAGER": "less -S", "EMVOTE_PAGER": ""}), command({"PAGER": "most -w"}), command({"TERM": "dumb"})
    ([], ['most', '-w'], [])
    """
    variables = os.environ if environment is None else environment
    chosen = variables.get(OURS, variables.get(THEIRS))
    if variables.get("TERM") == "dumb" or (chosen is not None and chosen.strip() in NO_PAGERS):
        return []
    if chosen is None:
        return [DEFAULT] if shutil.which(DEFAULT) else []
    with suppress(ValueError):  # a quote that is not closed
        return shlex.split(chosen, posix=os.name != "nt")
    return []


class PagerFailed(Exception):
    """The pager of the environment cannot be run; the text says why."""


def is_long(text: str) -> bool:
    """Whether a text is longer than the screen."""
    return text.count("\n") >= shutil.get_terminal_size().lines


def show(content: bytes) -> bool:
    """Show a text page by page; return whether a pager did.

    Raises:
        PagerFailed: the pager cannot be run.
    """
    words = command()
    if not words:
        return False
    before = interrupts.ignore()  # the pager's affair: it stops searching, say
    try:
        _run(words, content)
    finally:
        interrupts.handle_again(before)
    return True


def _run(words: list[str], content: bytes) -> None:
    import subprocess

    environment = {"LESS": LESS, "LESSCHARSET": "utf-8", **os.environ}
    try:
        process = subprocess.Popen(words, stdin=subprocess.PIPE, env=environment)  # noqa: S603 (the user's own pager)
    except OSError as error:
        raise PagerFailed(f"cannot run the pager '{words[0]}': {error.strerror}") from error
    if process.stdin is not None:
        with suppress(OSError):  # the reader left before the end
            process.stdin.write(content)
        with suppress(OSError):
            process.stdin.close()
    process.wait()
