"""`emvote cache`."""

from typing import Annotated

from msgspec.structs import asdict

from emvote.cli.command import command
from emvote.cli.declare import Option
from emvote.cli.folders import cache_folder
from emvote.cli.registry import Group
from emvote.store import snapshot
from emvote.views.cache import Snapshot, cache_view
from emvote.views.view import View


@command(Group.PROGRAM, dataset=False, listing=True)
def cache(
    *,
    clear: Annotated[bool, Option("--clear", help="Remove everything that is kept.")] = False,
) -> View:
    """What emvote keeps on this computer, and where.

    It opens datasets faster, and can be removed at any time. With the environment variable EMVOTE_NO_CACHE set to
    anything, nothing is read there or kept.

    Examples:
      emvote cache
      emvote cache --clear
      EMVOTE_NO_CACHE=1 emvote seats
    """
    folder = cache_folder()
    entries = [Snapshot(**asdict(entry)) for entry in snapshot.entries(folder)] if folder else []
    if clear and folder:
        snapshot.clear(folder)
    return cache_view(
        str(folder) if folder else None, entries, most=(snapshot.MOST_KEPT, snapshot.MOST_BYTES), cleared=clear
    )
