"""What each exit code means: scripts rely on these numbers."""

from __future__ import annotations

from enum import IntEnum

from emvote.cli.interrupts import INTERRUPTED
from emvote.errors import BadData, CheckFailed, NameProblem, OutputProblem, UsageProblem


class ExitCode(IntEnum):
    """How a run ended."""

    ANSWERED = 0
    """Answered, also when the answer is empty."""
    BUG = 1
    """A mistake in emvote itself: the traceback is shown."""
    USAGE = 2
    """The question makes no sense: unknown option, field or choice, two formats, elections that cannot be compared."""
    NAME = 3
    """A name leads to nothing in the data, or to several things."""
    DATA = 4
    """The dataset cannot be read or is invalid."""
    CHECK = 5
    """Answered, but a check that was asked for with `--strict` failed."""
    OUTPUT = 6
    """The answer cannot be written."""
    INTERRUPTED = INTERRUPTED
    """Ctrl-C."""


CODES: dict[type[Exception], ExitCode] = {
    UsageProblem: ExitCode.USAGE,
    NameProblem: ExitCode.NAME,
    BadData: ExitCode.DATA,
    CheckFailed: ExitCode.CHECK,
    OutputProblem: ExitCode.OUTPUT,
}


def exit_code(error: Exception) -> ExitCode:
    """The code that an error ends a run with.

    >>> exit_code(UsageProblem("no")).value, exit_code(ZeroDivisionError()).value
    (2, 1)
    """
    return next((code for kind, code in CODES.items() if isinstance(error, kind)), ExitCode.BUG)
