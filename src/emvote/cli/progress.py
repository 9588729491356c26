"""A progress bar on a terminal, for work longer than a second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any, Final

from emvote.cli import streams

PATIENCE: Final = 1.0
"""Seconds before anything is shown."""


@contextmanager
def shown(*, quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function to report progress: of what, steps done, steps in all."""
    bar = _Bar()
    try:
        yield bar.tell if streams.errors_are_on_a_terminal() and not quiet else _ignore
    finally:
        bar.end()


def _ignore(_what: str, _done: int, _all: int) -> None:
    """Nobody watches."""


class _Bar:
    """Rich's bar, made when it is wanted."""

    def __init__(self) -> None:
        self._since = monotonic()
        self._bar: Any = None
        self._task: Any = None

    def tell(self, what: str, done: int, total: int) -> None:
        """Show how far it is, once it takes long."""
        if self._bar is None:
            if monotonic() - self._since < PATIENCE:
                return
            self._start()
        from emvote.render.text import literal

        self._bar.update(self._task, description=literal(what), completed=done, total=total)

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

        columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("")
        self._bar.start()

    def end(self) -> None:
        """Take it away."""
        if self._bar is not None:
            self._bar.stop()
