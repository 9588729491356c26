"""The councils of today, for readers who have named none yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from emvote.dataset import Dataset
from emvote.model import NOC
from emvote.queries.council import CouncilListed
from emvote.views import common, phrases
from emvote.views.columns import Column, Field, records_of, table_of
from emvote.views.values import Kind, Sentence
from emvote.views.view import Layout, View

FIELDS = (
    Field("council_id", Kind.TEXT, "GSS code", of="council.id"),
    Field("council", Kind.NAME, "name", of="council.name"),
    Field("type", Kind.TEXT, "district, unitary or county", of="council.type.value"),
    Field("county", Kind.TEXT, "ceremonial county", of="council.county"),
    Field("year", Kind.YEAR, "year of the latest composition on record", of="year.year"),
    Field("control", Kind.PARTY, "computed from the seats; null: not to be told", null=True, of="year.control"),
    Field("published_control", Kind.TEXT, "control as the source labels it", null=True, of="year.published_control"),
    Field("largest", Kind.PARTY, "most seats; null: a tie, or not known", null=True, of="year.largest"),
    Field("seats_total", Kind.COUNT, "seats of the council, vacancies counted in", of="year.seats_total"),
    Field("flags", Kind.TEXTS, common.FLAGS.doc, of="year.flags"),
)
COLUMNS = (
    Column("Council", Kind.NAME, "council.name"),
    Column("Control", Kind.PARTY, "year.control"),
    Column("Published as", Kind.TEXT, "year.published_control", priority=1),
    Column("Largest", Kind.PARTY, "year.largest", priority=2),
    Column("Seats", Kind.COUNT, "year.seats_total", priority=3),
    Column("Type", Kind.TEXT, "council.type.value", priority=4),
    Column("County", Kind.TEXT, "council.county", priority=5),
    Column("As of", Kind.YEAR, "year.year"),
)


def council_list_view(dataset: Dataset, councils: Sequence[CouncilListed]) -> View:
    """A row a council."""
    number = f"{len(councils)} {common.plural(len(councils), 'council')}"
    return View(
        command="council",
        query={},
        fields=FIELDS,
        rows=records_of(FIELDS, councils),
        laid_out=lambda: Layout(
            headline=((f"{number} of {dataset.record.region}; emvote council NAME shows one.",),),
            table=table_of(COLUMNS, councils, common.labels(dataset)),
        ),
        sources=common.citations(dataset, (each.year.source for each in councils)),
        empty="no council is on record",
    )


def sentence(view: View, dataset: Dataset) -> Sentence:
    """Return who controls how many of the councils."""
    held = Counter(row["control"] for row in view.rows).most_common()
    parts = [(phrases.full_name(dataset, party), f" {number}") for party, number in held if party not in (None, NOC)]
    others = [(f"no overall control {number}",) for party, number in held if party == NOC]
    others += [(f"not known {number}",) for party, number in held if party is None]
    number = f"{len(view.rows)} {common.plural(len(view.rows), 'council')}"
    return (f"Control of {number}: ", *phrases.joined([*parts, *others], ", "), ".")
