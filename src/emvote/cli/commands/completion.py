"""`emvote completion`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from emvote.cli.command import command
from emvote.cli.output import Raw
from emvote.render import Format

SCRIPTS = Path(__file__).parents[1] / "shells"


class Shell(StrEnum):
    """The shells that emvote has a script for, and the ending of each script."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


@command(dataset=False)
def completion(
    *,
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh, fish or powershell.", show_default=False)],
) -> Raw:
    """The script that makes a shell complete commands, options and names.

    Seats, councils, parties, elections and counties are those of the dataset.

    Put it where the shell looks: for bash ~/.local/share/bash-completion/completions/emvote, for zsh _emvote in a
    folder of $fpath, for fish ~/.config/fish/completions/emvote.fish, for PowerShell $PROFILE.

    Examples:
      emvote completion bash
      emvote completion powershell
    """
    ending = "ps1" if shell is Shell.POWERSHELL else shell.value
    return Raw((SCRIPTS / f"emvote.{ending}").read_text(encoding="utf-8"), Format.PLAIN)
