"""Where the process begins: with completion or with a command."""

from __future__ import annotations

import gc
import os
import sys

from emvote.cli import interrupts

interrupts.leave_at_once()  # nothing above or here takes time to load, not even `typing`

COMPLETE = "__complete"
"""First word of what the completion scripts ask; no command can be called so."""


def main() -> None:
    """Answer the shell or the user, and end the process."""
    try:
        _answer()
    except KeyboardInterrupt:
        os._exit(interrupts.INTERRUPTED)


def _answer() -> None:
    if not all(map(str.isascii, sys.argv)):
        _read_as_utf8()
    # One answer makes no cycles worth collecting, and neither does loading Typer: looking for them takes a tenth of
    # the time of a command.
    gc.disable()
    from emvote.cli import deferred

    deferred.install()
    if sys.argv[1:2] == [COMPLETE]:
        from emvote.cli import complete, streams

        interrupts.put_in_order()
        streams.leave(complete.answer(sys.argv[2:]))
    from emvote.cli.main import main as program

    program()


def _read_as_utf8() -> None:
    """Restart in UTF-8 mode where the locale could not read a word.

    In the locale C with `PYTHONUTF8=0` the name Môn arrives as the bytes of it: found nowhere, and shown as escapes.
    """
    unread = any("\udc80" <= char <= "\udcff" for word in sys.argv for char in word)
    if unread and os.name == "posix" and sys.getfilesystemencoding() == "ascii" and sys.executable:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 (itself, as it was asked)
