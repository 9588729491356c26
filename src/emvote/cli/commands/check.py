"""`emvote check`."""

from typing import Annotated

from emvote.cli.command import command
from emvote.cli.declare import Argument, Option
from emvote.cli.options import Request, require_named
from emvote.cli.question import Answer, Failing
from emvote.cli.registry import Group
from emvote.cli.rules import EVERY, without
from emvote.errors import BadData
from emvote.queries.check import labels
from emvote.store import examine
from emvote.views.check import check_view
from emvote.views.common import asked


@command(Group.DATA, dataset=False, listing=True)
def check(
    path: Annotated[
        str | None, Argument(metavar="[PATH]", help="A file, a folder, or a shipped name.", show_default=False)
    ] = None,
    *,
    ignore: Annotated[
        list[str] | None, Option("--ignore", metavar="RULE", help="Leave out this rule; may be repeated.")
    ] = None,
    request: Request,
) -> Answer:
    """Check a dataset: structure, sums, winners, labels.

    Without PATH it is the dataset that would answer: the shipped one, or that of --data. Exit code 0 when nothing
    is wrong, 4 otherwise.

    Examples:
      emvote check
      emvote check my-results.toml --json
      emvote check my-results.toml --ignore majority --ignore outcome
    """
    require_named("PATH", path)
    where = path or request.data
    left_out = without(ignore or [])
    dataset, found = examine(where, overlay=request.overlay)
    kept = tuple(problem for problem in found if problem.rule not in left_out)
    told = labels(dataset) if dataset and not kept else ()
    problems = (*kept, *(problem for problem in told if problem.rule not in left_out))
    rules = tuple(rule for rule in EVERY if rule[0] not in left_out)
    query = {"data": where or "results", **asked(ignore=sorted(left_out))}
    view = check_view(problems, rules, query, dataset)
    return Failing(view, BadData(problems)) if problems else view
