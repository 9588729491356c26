"""Ctrl-C: the process ends with one exit code and prints nothing, whatever it was doing.

Python raises `KeyboardInterrupt` wherever the program is. A library in C may make another error of that, and be caught:
a TOML file was called faulty because rtoml was interrupted while it loaded a module. A finalizer prints it and goes on.
So an interrupt is also noted, and whatever writes or ends the process asks here first.
"""

from __future__ import annotations

import os
import sys

try:  # `signal` takes half a millisecond of every answer to name the signals
    from _signal import SIGINT, default_int_handler, getsignal  # type: ignore[import-not-found]
    from _signal import signal as handle
except ImportError:  # pragma: no cover (a Python without that module)
    from signal import SIGINT, default_int_handler, getsignal
    from signal import signal as handle

INTERRUPTED = 130
"""Exit code of a run that Ctrl-C ended: 128 and the number of the signal, as shells have it."""


class _State:
    """What has been noted."""

    arrived = False


def leave_at_once() -> None:
    """From now on an interrupt ends the process; for the time in which it has nothing to put in order.

    A process that was started to ignore interrupts, as by `nohup`, ignores them still.
    """
    if getsignal(SIGINT) is default_int_handler:
        handle(SIGINT, _leave)


def put_in_order() -> None:
    """From now on an interrupt is noted and raised, so that unfinished files are removed on its way."""
    if getsignal(SIGINT) is _leave:
        handle(SIGINT, _note)
        sys.unraisablehook = _unraisable


def leave_to_python() -> None:
    """From now on Python raises it, or a library that handles it by itself."""
    if getsignal(SIGINT) is _note:
        handle(SIGINT, default_int_handler)


def ignore() -> object:
    """From now on it is another program's affair; returns what `handle_again` takes."""
    return handle(SIGINT, _nothing)


def handle_again(before: object) -> None:
    """End `ignore`."""
    handle(SIGINT, before)


def note() -> None:
    """Remember that there was one: for a library that has its own way to be told."""
    _State.arrived = True


def has_arrived() -> bool:
    """Whether there was one, even if a library has made something else of it."""
    return _State.arrived


def stop_if_any() -> None:
    """Raise it again where it was lost.

    Raises:
        KeyboardInterrupt: there was one.
    """
    if _State.arrived:
        raise KeyboardInterrupt


def _leave(*_: object) -> None:
    os._exit(INTERRUPTED)


def _note(*_: object) -> None:
    note()
    raise KeyboardInterrupt


def _nothing(*_: object) -> None:
    """Let the program that reads the terminal have it."""


def _unraisable(about: sys.UnraisableHookArgs) -> None:
    """Print an error that Python cannot raise, but for an interrupt in a finalizer: that has been noted."""
    if about.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(about)
