"""Councils side by side at one local election for readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emvote.dataset import Dataset
from emvote.queries.compare import CouncilsCompared
from emvote.views import common, councils
from emvote.views.columns import records_of
from emvote.views.view import Layout, View, Workings, by_row

FIELDS = councils.FIELDS


def councils_view(dataset: Dataset, answer: CouncilsCompared, query: Mapping[str, Any]) -> View:
    """The councils, in the order in which they were named."""
    rows = answer.rows
    return View(
        command="compare",
        query={**query, "election": answer.election.id, "places": [row.council.id for row in rows]},
        baseline={"control": answer.baseline.value, "seats": "last-election"},
        fields=FIELDS,
        rows=records_of(FIELDS, rows),
        laid_out=lambda: Layout(
            headline=((f"{answer.election.name}, side by side.",),), table=councils.councils_table(dataset, rows)
        ),
        notes=common.unique(note for row in rows for note in row.notes),
        sources=common.citations(dataset, common.council_sources(rows)),
        workings=Workings(lambda: by_row(councils.explain(dataset, row) for row in rows)),
    )
