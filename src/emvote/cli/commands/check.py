"""`emvote check`."""

from typing import Annotated

import typer

from emvote.cli.command import Answer, Failing, command
from emvote.cli.options import Request
from emvote.errors import BadData
from emvote.queries.check import RULES as LABEL_RULES
from emvote.queries.check import labels
from emvote.store import examine
from emvote.store.rules import RULES, STRUCTURE
from emvote.views.check import check_view


@command(dataset=False, listing=True)
def check(
    path: Annotated[
        str | None, typer.Argument(metavar="[PATH]", help="A file, a folder, or a shipped name.", show_default=False)
    ] = None,
    *,
    request: Request,
) -> Answer:
    """Whether a dataset is sound: structure, references, sums, winners, majorities, labels.

    Without PATH it is the dataset that would answer: the shipped one, or that of --data. Exit code 0 when nothing
    is wrong, 4 otherwise.

    Examples:
      emvote check
      emvote check my-results.toml --json
    """
    where = path or request.data
    dataset, found = examine(where)
    problems = (*found, *labels(dataset)) if dataset and not found else found
    rules = (*STRUCTURE, *((rule.id, rule.what) for rule in RULES), *LABEL_RULES)
    view = check_view(problems, rules, dataset.counts() if dataset else {}, {"data": where or "results"})
    return Failing(view, BadData(problems)) if problems else view
