"""Where the process begins: a question of the shell about completion is answered without loading Typer."""

from __future__ import annotations

import gc
import sys
from typing import Final

COMPLETE: Final = "__complete"
"""First word of what the completion scripts ask; no command can be called so."""


def main() -> None:
    """Answer the shell or the user, and end the process."""
    # One answer makes no cycles worth collecting, and neither does loading Typer: looking for them takes a tenth of
    # the time of a command.
    gc.disable()
    if sys.argv[1:2] == [COMPLETE]:
        from emvote.cli import complete, streams

        streams.leave(complete.answer(sys.argv[2:]))
    from emvote.cli.main import main as program

    program()
