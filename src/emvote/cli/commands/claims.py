"""`emvote claims`."""

from typing import Annotated

from emvote.claims import Verdict
from emvote.cli.asking import Asker
from emvote.cli.command import command
from emvote.cli.declare import Argument, Option
from emvote.cli.question import Answer, Failing
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.errors import CheckFailed
from emvote.queries.claims import Keep
from emvote.queries.claims import claims as query
from emvote.store.claims import read_claims, shipped_claims
from emvote.views.claims import claims_view, replies
from emvote.views.common import asked


@command(Group.WRITE, listing=True)
def claims(
    dataset: Dataset,
    *,
    files: Annotated[
        list[str] | None,
        Argument(metavar="[FILE]", help="A claims file, or a shipped name; may be several.", show_default=False),
    ] = None,
    verdict: Annotated[
        list[Verdict] | None, Option("--verdict", help="Only claims of this verdict; may be repeated.")
    ] = None,
    article: Annotated[
        str | None, Option("--article", metavar="ARTICLE", help="Only this article: its id or title.")
    ] = None,
    subject: Annotated[
        str | None, Option("--subject", metavar="NAME", help="Only claims about this seat, council or subject.")
    ] = None,
    strict: Annotated[
        bool, Option("--strict", help="Exit with code 5 unless all are confirmed or approximate.")
    ] = False,
    ask: Asker,
) -> Answer:
    """Check the figures of an article against the record.

    Without FILE it is the two articles that come with emvote. Each claim is a command line and the value stated;
    docs/claims.md says how to write a file of your own.

    Examples:
      emvote claims --verdict contradicted
      emvote claims my-article.toml --strict
      emvote claims --article itv-2024 --format markdown -o fact-check.md
    """
    read = [read_claims(name) for name in files or shipped_claims()]
    keep = Keep(tuple(verdict or ()), article, subject)
    answer = query(dataset, read, replies(ask.as_written), keep)
    named = asked(files=files, verdict=verdict, article=article, subject=subject)
    view = claims_view(dataset, answer, named, options=ask.options)
    return view if answer.sound or not strict else Failing(view, CheckFailed("not every claim is right"))
