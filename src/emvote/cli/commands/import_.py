"""`emvote import`."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from emvote.cli import progress
from emvote.cli.command import command
from emvote.cli.declare import Argument, Option
from emvote.cli.options import Request
from emvote.cli.output import STDOUT
from emvote.cli.question import Answer, Failing
from emvote.cli.registry import Group
from emvote.cli.rules import without
from emvote.cli.streams import write_together
from emvote.errors import BadData, CheckFailed, OutputProblem, Problem, UsageProblem
from emvote.store.files import is_one_of, note, noted
from emvote.store.importers.files import Import, Order, Target, run
from emvote.store.importers.kinds import FileKind
from emvote.views.common import asked
from emvote.views.import_ import import_view
from emvote.views.view import View


@command(Group.DATA, dataset=False, listing=True)
def import_(  # noqa: PLR0913 (one parameter an option)
    files: Annotated[list[str], Argument(metavar="FILE…", help="Published files, read together.")],
    *,
    kind: Annotated[FileKind | None, Option("--as", help="What the files are; unsaid: recognised.")] = None,
    election: Annotated[str | None, Option("--election", help="Where the files do not say which it is.")] = None,
    into: Annotated[str | None, Option("--into", metavar="DATASET", help="Merge into this dataset.")] = None,
    new: Annotated[str | None, Option("--new", metavar="FILE", help="Write this file.")] = None,
    title: Annotated[str | None, Option("--title", help="Title of a new dataset.")] = None,
    force: Annotated[bool, Option("--force", help="Replace what is there: a file, figures on record.")] = False,
    dry_run: Annotated[bool, Option("--dry-run", help="Read and check, and write nothing.")] = False,
    ignore: Annotated[
        list[str] | None, Option("--ignore", metavar="RULE", help="Keep results that break this rule.")
    ] = None,
    strict: Annotated[bool, Option("--strict", help="Code 5, nothing written, if rows are set aside.")] = False,
    request: Request,
) -> Answer:
    """Make a dataset of your own from published files.

    Seats, councils and parties are looked up in the dataset merged into, else in that of --data. --new writes a
    dataset of what was read; --into adds to one; both together write the result elsewhere. A result that breaks a
    rule of datasets (emvote check) is set aside like a row that cannot be read.

    Examples:
      emvote import candidates.csv constituencies.csv --new mine.toml --data uk
      emvote import leap-2019-05-02.csv --election local-2019 --dry-run
      emvote import history2016-26.csv --into mine.toml
    """
    if request.overlay:
        raise UsageProblem("import takes no --overlay: --into DATASET merges for good")
    if new == STDOUT:
        raise UsageProblem("--new takes the name of a file: a dataset is not written to standard output")
    left_out = without(ignore or [])
    target = Target(into, new, title, force=force, strict=strict, dry_run=dry_run)
    with progress.shown(quiet=request.quiet) as told:
        done = run(Order(tuple(files), target, kind, election, left_out, request.data), told)
    if done.outputs:
        _stop_at_what_is_read(target, done.outputs)
        write_together([(Path(path), content) for path, content in done.outputs], done.unchanged)
    query = asked(
        files=files, kind=kind, election=election, data=request.data, ignore=sorted(left_out), **asdict(target)
    )
    return _answer(done, import_view(done, query), strict=strict)


def _answer(done: Import, view: View, *, strict: bool) -> Answer:
    """The answer, failing where nothing was read or, with `--strict`, where something was not."""
    if done.useless:
        return Failing(view, BadData((Problem("", "", "import", "", "no row of the files makes a result"),)))
    return Failing(view, CheckFailed("rows are set aside")) if strict and not done.complete else view


def _stop_at_what_is_read(target: Target, outputs: Sequence[tuple[str, bytes]]) -> None:
    """A new dataset takes the place of nothing that it is made from; and an answer, of no dataset."""
    for path, _ in outputs:
        if target.new is not None and is_one_of(Path(path), noted()):
            raise OutputProblem(f"'{path}' is read by this import, and is not written over: choose another name")
        note(Path(path))
