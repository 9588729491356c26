"""The elections of a dataset, for readers."""

from __future__ import annotations

from emvote.dataset import Dataset
from emvote.model import ElectionKind
from emvote.queries.listings import ElectionListed
from emvote.views import common
from emvote.views.columns import Column, Field, part, records_of, table_of
from emvote.views.values import Kind
from emvote.views.view import Layout, View

ELECTION_FIELDS = (
    Field("id", Kind.TEXT, "election id, after the Democracy Club's standard"),
    Field("name", Kind.NAME, "what the election is called"),
    Field("kind", Kind.TEXT, "what sort of poll it is", choices=tuple(ElectionKind)),
    Field("polling_date", Kind.DATE, "polling day; of an estimate, that of the election it re-estimates", of="date"),
    Field("boundaries", Kind.TEXT, "first year of the constituency boundaries; null: a local election", null=True),
    Field("previous", Kind.TEXT, "id of the election that its results are compared with", null=True),
)
FIELDS = (
    *part("election", ELECTION_FIELDS),
    Field(
        "contests",
        Kind.COUNT,
        "results of seats, polls of councils or elections of a mayor on record, ward results apart",
    ),
    *part("election", (Field("source", Kind.TEXT, "id of the source of its figures"), common.FLAGS)),
)
COLUMNS = (
    Column("Polling day", Kind.DATE, "election.date", priority=5),
    Column("Election", Kind.TEXT, "election.name"),
    Column("Id", Kind.NAME, "election.id", priority=1),
    Column("Kind", Kind.NAME, "election.kind", priority=4),
    Column("Boundaries", Kind.YEAR, "election.boundaries", priority=3),
    Column("Contests", Kind.COUNT, "contests", priority=2),
)


def elections_view(dataset: Dataset, listed: tuple[ElectionListed, ...], kind: ElectionKind | None = None) -> View:
    """The elections with what is on record of each."""
    flags = [flag for each in listed for flag in each.election.flags]
    cited = [each.election.source for each in listed]
    return View(
        command="elections",
        query={} if kind is None else {"kind": kind},
        fields=FIELDS,
        rows=records_of(FIELDS, listed),
        laid_out=lambda: Layout(table=table_of(COLUMNS, listed)),
        notes=common.unique(flag.note for flag in flags),
        sources=common.citations(dataset, (*cited, *common.flag_sources(flags))),
        empty="the dataset holds no such election",
    )
