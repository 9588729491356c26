"""`emvote config`."""

from emvote.cli.command import command
from emvote.cli.folders import config_path
from emvote.cli.registry import Group
from emvote.cli.settings import settings
from emvote.views.config import config_view
from emvote.views.view import View


@command(Group.PROGRAM, dataset=False, listing=True)
def config() -> View:
    """Your defaults: which hold, and where each is from.

    The file is TOML: options without their dashes below [defaults], or [defaults.COMMAND] for one command. An option
    on the command line beats the environment, and that beats the file. EMVOTE_CONFIG names another file; empty, none
    is read.

    Examples:
      emvote config
      emvote config --json | jq -r '.summary.file'
      EMVOTE_CONFIG= emvote seats
    """
    path = config_path()
    found, exists = settings()
    return config_view(str(path) if path else None, found, exists=exists)
