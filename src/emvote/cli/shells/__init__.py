"""The completion scripts: their shells, and where they are."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

SCRIPTS = Path(__file__).parent


class Shell(StrEnum):
    """The shells that emvote has a script for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


def script(shell: Shell) -> str:
    """The script of a shell."""
    ending = "ps1" if shell is Shell.POWERSHELL else shell.value
    return (SCRIPTS / f"emvote.{ending}").read_text(encoding="utf-8")
