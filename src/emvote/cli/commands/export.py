"""`emvote export`."""

from pathlib import Path
from typing import Annotated

from emvote.cli.command import command
from emvote.cli.declare import Argument, Option
from emvote.cli.output import STDOUT
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.errors import UsageProblem
from emvote.store.export import Target, target_of
from emvote.store.export import export as write
from emvote.store.files import note
from emvote.views.common import asked
from emvote.views.export import export_view
from emvote.views.view import View


@command(Group.DATA, wards=True, people=True)
def export(
    dataset: Dataset,
    path: Annotated[Path, Argument(metavar="FILE|DIR", help="A database (.sqlite, .db), or a folder.")],
    *,
    to: Annotated[Target | None, Option("--to", help="Format, where the name does not tell.")] = None,
    force: Annotated[bool, Option("--force", help="Replace an older export, and nothing else.")] = False,
) -> View:
    """The whole dataset as SQLite, CSV or Parquet.

    One schema throughout. Parquet needs the extra: pip install 'emvote[parquet]'.

    Examples:
      emvote export results.sqlite
      emvote export results/
      emvote export lake --to parquet
    """
    if str(path) == STDOUT:
        raise UsageProblem("an export is a file or a folder: name one, as it is not written to standard output")
    target = to or target_of(path)
    written = write(dataset, path, target, force=force)
    for name in ("", *(each.file for each in written)):
        note(path / name)  # an answer does not take its place
    return export_view(written, str(path), target.value, asked(path=str(path), to=target, force=force))
