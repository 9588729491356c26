"""The counties of the region, for readers."""

from __future__ import annotations

from emvote.dataset import Dataset
from emvote.queries.counties import CountiesAnswer
from emvote.views import common
from emvote.views.columns import Column, Field, records_of, table_of
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View

FIELDS = (
    Field("county", Kind.NAME, "ceremonial county", of="name"),
    Field("seats", Kind.COUNT, "its seats; one in two counties counts in both", of=lambda county: len(county.contests)),
    Field("electorate", Kind.COUNT, "registered electors; null: not known of every seat", null=True),
)
COLUMNS = (
    Column("County", Kind.NAME, "name"),
    Column("Seats", Kind.COUNT, lambda county: len(county.contests)),
    Column("Electors", Kind.COUNT, "electorate", priority=1),
)


def counties_view(dataset: Dataset, answer: CountiesAnswer) -> View:
    """The counties with their seats and electors."""
    contests = [contest for county in answer.counties for contest in county.contests]
    return View(
        command="counties",
        query={"election": answer.election.id},
        fields=FIELDS,
        rows=records_of(FIELDS, answer.counties),
        laid_out=lambda: Layout(
            headline=((f"{answer.election.name}: {len(answer.counties)} counties.",),),
            table=table_of(COLUMNS, answer.counties),
        ),
        sources=common.citations(dataset, (contest.source or answer.election.source for contest in contests)),
        empty=f"no seat of {answer.election.id} is published under a county",
    )


def sentence(view: View, dataset: Dataset) -> Sentence:
    """The answer in one sentence."""
    most = max(view.rows, key=lambda row: row["seats"])
    name = dataset.elections[view.query["election"]].name
    return (f"{name}: {most['county']} has most seats, ", Value(most["seats"], Kind.COUNT), ".")
