"""`emvote completion`."""

from typing import Annotated

from emvote.cli.command import command
from emvote.cli.declare import Argument
from emvote.cli.output import Raw
from emvote.cli.registry import Group
from emvote.cli.shells import Shell, script
from emvote.render import Format


@command(Group.PROGRAM, dataset=False)
def completion(
    *,
    shell: Annotated[Shell, Argument(metavar="SHELL", help="bash, zsh, fish or powershell.", show_default=False)],
) -> Raw:
    """Complete commands, options and names in your shell.

    Seats, councils, parties, elections and counties are those of the dataset.

    Put it where the shell looks: for bash ~/.local/share/bash-completion/completions/emvote, for zsh _emvote in a
    folder of $fpath, for fish ~/.config/fish/completions/emvote.fish, for PowerShell $PROFILE.

    Examples:
      emvote completion bash
      emvote completion powershell
    """
    return Raw(script(shell), Format.PLAIN)
