"""The Python interface: `emvote.open()` and what it gives.

A method is a command, and an argument one of its options, so both are declared once: in `emvote.cli.commands`.
"""

from __future__ import annotations

from emvote.api.answer import Answer
from emvote.api.opened import Emvote
from emvote.api.records import Record

__all__ = ["Answer", "Emvote", "Record"]
