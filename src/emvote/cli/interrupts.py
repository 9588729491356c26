"""Ctrl-C: always the same exit code, and nothing printed.

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
    """End the process on an interrupt, while there is nothing to clean up.

    A process that was started to ignore interrupts, as by `nohup`, ignores them still.
    """
    if getsignal(SIGINT) is default_int_handler:
        handle(SIGINT, _leave)


def put_in_order() -> None:
    """Note and raise an interrupt, so that unfinished files are removed."""
    if getsignal(SIGINT) is _leave:
        handle(SIGINT, _note)
        sys.unraisablehook = _unraisable


def leave_to_python() -> None:
    """Leave interrupts to Python, or to a library that handles them."""
    if getsignal(SIGINT) is _note:
        handle(SIGINT, default_int_handler)


def ignore() -> object:
    """From now on it is another program's affair; returns what `handle_again` takes."""
    return handle(SIGINT, _nothing)


def handle_again(before: object) -> None:
    """End `ignore`."""
    handle(SIGINT, before)


def note() -> None:
    """Remember an interrupt that a library was told of."""
    _State.arrived = True


def has_arrived() -> bool:
    """Whether there was an interrupt, whatever a library made of it."""
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
    """Print an error in a finalizer, unless it is an interrupt."""
    if about.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(about)
