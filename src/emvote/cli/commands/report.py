"""`emvote report`."""

from typing import Annotated

from emvote.cli.asking import Asker
from emvote.cli.command import command
from emvote.cli.declare import Argument, Elections, Option
from emvote.cli.options import Request
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries.report import ARTICLES, Part, parts, subjects
from emvote.views.common import asked
from emvote.views.report import report_view, title_of
from emvote.views.view import View


@command(Group.WRITE, elections=Elections.BOTH)
def report(
    dataset: Dataset,
    about: Annotated[
        list[str] | None,
        Argument(
            metavar="[ELECTION|council:NAME|seat:NAME]...",
            help="What to report on; unsaid: the elections and seats of the articles that come with emvote.",
            show_default=False,
        ),
    ] = None,
    *,
    title: Annotated[str | None, Option("--title", metavar="TEXT", help="Title of the report.")] = None,
    request: Request,
    ask: Asker,
) -> View:
    """Many answers in one document, as HTML or Markdown.

    The file ends in .html (a page that needs nothing else), or in .md. A name that a seat and a council share is
    written seat:Ashfield or council:Ashfield.

    Examples:
      emvote report -o report.html
      emvote report local-2019 council:Ashfield -o ashfield.html
      emvote report 2024 "seat:Derby North" --title "Derby North in 2024" -o derby.md
    """
    checked = () if about or request.data else (Part(ARTICLES, "Claims", "claims"),)
    claimed = (row for each in checked for row in ask(each.line, ours=True).view.rows)
    found = subjects(dataset, about or (), (row["subject"] for row in claimed if " seat " in str(row["command"])))
    answers = [(part, ask(part.line, ours=True)) for part in (*parts(dataset, found), *checked)]
    named = title or (title_of([each.name for each in found]) if about else dataset.record.title)
    bound = [(part, answer.line, answer.view) for part, answer in answers]
    return report_view(dataset, named, bound, asked(about=about, title=title))
