"""The sources of a dataset, for readers."""

from __future__ import annotations

from emvote.dataset import Dataset
from emvote.queries.listings import SourceListed
from emvote.views import common
from emvote.views.columns import Column, Field, part, records_of, table_of
from emvote.views.values import Kind, Sentence
from emvote.views.view import Layout, View

SOURCE_FIELDS = (
    Field("id", Kind.TEXT, "source id, as records cite it"),
    Field("title", Kind.TEXT, "title of the work"),
    Field("publisher", Kind.TEXT, "who published it"),
    Field("licence", Kind.TEXT, "terms on which its figures may be used"),
    Field("url", Kind.TEXT, "where it is; null: on no page of its own", null=True),
    Field("date", Kind.TEXT, "what it says of its own date, as text", null=True),
    Field("note", Kind.TEXT, "remark", null=True),
)
FIELDS = (
    *part("source", SOURCE_FIELDS),
    Field("used", Kind.COUNT, "records that cite it, for their figures or as evidence of a flag"),
)
COLUMNS = (
    Column("Id", Kind.NAME, "source.id"),
    Column("Title", Kind.TEXT, "source.title"),
    Column("Publisher", Kind.TEXT, "source.publisher", priority=3),
    Column("Licence", Kind.TEXT, "source.licence", priority=2),
    Column("Used", Kind.COUNT, "used", priority=1),
)


def sources_view(dataset: Dataset, listed: tuple[SourceListed, ...], source_id: str | None = None) -> View:
    """The sources with how much rests on each; of a single one also where it is and what is to be said of it."""
    return View(
        command="sources",
        query={} if source_id is None else {"source": listed[0].source.id},
        fields=FIELDS,
        rows=records_of(FIELDS, listed),
        laid_out=lambda: Layout(
            table=table_of(COLUMNS, listed),
            closing=_details(listed[0]) if source_id is not None else (),
        ),
        sources=common.citations(dataset, (each.source.id for each in listed)),
        empty="the dataset names no source",
    )


def _details(listed: SourceListed) -> tuple[Sentence, ...]:
    source = listed.source
    return tuple((text,) for text in (source.url, source.date, source.note) if text)
