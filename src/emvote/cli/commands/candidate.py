"""`emvote candidate`."""

from emvote.cli.command import command
from emvote.cli.options import NameWords, join_words
from emvote.cli.registry import Group
from emvote.dataset import Dataset
from emvote.queries.candidate import candidate as query
from emvote.views.candidate import candidate_view
from emvote.views.view import View


@command(Group.PLACE, listing=True, wards=True)
def candidate(dataset: Dataset, name: NameWords) -> View:
    """One person: every candidacy on record.

    Only exactly that name is listed. Where the sources number people, one person's other names are joined and
    namesakes told apart; elsewhere only the places can tell.

    Examples:
      emvote candidate Andrew Bridgen
      emvote candidate chris williamson --json
    """
    return candidate_view(dataset, query(dataset, join_words(name)), {})
