"""`emvote proof`."""

from typing import Annotated

from emvote.cli.articles import day_of, read_article, write_claims
from emvote.cli.asking import Asker
from emvote.cli.command import command
from emvote.cli.declare import Argument, Option
from emvote.cli.question import Answer, Failing
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.errors import CheckFailed
from emvote.prose.proof import proof as query
from emvote.views.claims import replies
from emvote.views.common import asked
from emvote.views.proof import proof_view


@command(Group.WRITE, listing=True)
def proof(
    dataset: Dataset,
    file: Annotated[str, Argument(metavar="FILE", help="The article: text, Markdown or HTML; - is standard input.")],
    *,
    about: Annotated[
        str | None, Option("--about", metavar="PLACE|ELECTION", help="Seat, council or election that it is about.")
    ] = None,
    date: Annotated[str | None, Option("--date", metavar="DATE", help="Day of the article: 2019-05-04.")] = None,
    claims: Annotated[
        str | None, Option("--claims", metavar="FILE", help="Write what was found as a claims file.")
    ] = None,
    strict: Annotated[
        bool, Option("--strict", help="Exit with code 5 unless all that was read is confirmed or approximate.")
    ] = False,
    ask: Asker,
) -> Answer:
    """Proof-read an article against the record.

    Every number is listed with what became of it; what is not understood is `not read`. Years alone rarely say
    which local election is meant: --about local-2019 does.

    Examples:
      emvote proof article.txt
      emvote proof article.txt --about local-2019
      emvote proof article.html --date 2024-07-04 --format markdown -o marked.md
    """
    answer = query(dataset, read_article(file), replies(ask), topic=about, day=day_of(date))
    write_claims(answer, file, claims)
    view = proof_view(answer, asked(file=file, about=about, date=date, claims=claims))
    return view if answer.sound or not strict else Failing(view, CheckFailed("not every statement is right"))
