"""What was exported, for readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from emvote.views.columns import Column, Field, Table
from emvote.views.values import Kind
from emvote.views.view import Layout, View

FIELDS = (
    Field("relation", Kind.TEXT, "name of the relation"),
    Field("rows", Kind.COUNT, "its rows"),
    Field("file", Kind.TEXT, "its file or folder in the export; in a database, the table"),
)
SUMMARY = (
    Field("relations", Kind.COUNT, "relations written"),
    Field("rows", Kind.COUNT, "rows written"),
    Field("path", Kind.TEXT, "where to"),
    Field("format", Kind.TEXT, "sqlite, csv or parquet"),
)


def export_view(written: Sequence[tuple[str, int, str]], path: str, target: str, query: Mapping[str, Any]) -> View:
    """A row a relation: name, rows, file."""
    rows = sum(each[1] for each in written)
    return View(
        command="export",
        query=query,
        fields=FIELDS,
        rows=tuple(dict(zip((field.key for field in FIELDS), each, strict=True)) for each in written),
        summary={"relations": len(written), "rows": rows, "path": path, "format": target},
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=((f"Exported to {path} ({target}).",),),
            table=Table(
                (Column("Relation", Kind.NAME), Column("Rows", Kind.COUNT), Column("File", Kind.TEXT)), tuple(written)
            ),
        ),
    )
