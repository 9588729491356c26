"""Differences between two datasets for readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emvote.dataset import Dataset
from emvote.queries.diff import Change, Difference
from emvote.views.columns import Column, Field, Table, records_of
from emvote.views.values import Kind, Value
from emvote.views.view import Layout, View


def _thing(found: Difference) -> str:
    """Return what a difference is about: `election local-2019, council derby`."""
    return ", ".join(f"{name} {value}" for name, value in found.thing if value is not None)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


FIELDS = (
    Field("relation", Kind.TEXT, "relation of the schema that `emvote export` writes"),
    Field("thing", Kind.TEXT, "what it is about: identifying columns with their values", of=_thing),
    Field("change", Kind.TEXT, "what became of it", choices=tuple(Change)),
    Field("column", Kind.TEXT, "which value changed; null: the whole row was added or removed", null=True),
    Field("old", Kind.TEXT, "value before, as text", null=True, of=lambda found: _text(found.old)),
    Field("new", Kind.TEXT, "value now, as text", null=True, of=lambda found: _text(found.new)),
)
SUMMARY = (
    Field("differences", Kind.COUNT, "rows and values that differ"),
    Field("same", Kind.BOOL, "whether nothing differs"),
)


def diff_view(old: Dataset, new: Dataset, found: tuple[Difference, ...], query: Mapping[str, Any]) -> View:
    """A row a difference."""
    rows = records_of(FIELDS, found)
    return View(
        command="diff",
        query=query,
        fields=FIELDS,
        rows=rows,
        summary={"differences": len(found), "same": not found},
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=(
                (
                    f"{old.record.title} {old.record.version}, and {new.record.title} {new.record.version}: ",
                    Value(len(found), Kind.COUNT),
                    " differences." if len(found) != 1 else " difference.",
                ),
            ),
            table=Table(
                tuple(Column(label, Kind.TEXT) for label in ("Relation", "Thing", "Change", "Value", "Old", "New")),
                tuple(tuple("" if value is None else value for value in row.values()) for row in rows),
            ),
        ),
        empty="nothing differs",
    )
