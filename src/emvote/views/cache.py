"""What emvote keeps in the user's cache folder, for readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from emvote.views import common
from emvote.views.view import Column, Field, Kind, Layout, Table, Value, View

FIELDS = (
    Field("file", Kind.TEXT, "name of the snapshot in the folder"),
    Field(
        "title",
        Kind.TEXT,
        "title of the dataset that it holds; null: damaged, made by another version, or not readable by this user",
        null=True,
    ),
    Field("version", Kind.TEXT, "version of that dataset; null: as for title", null=True),
    Field("sha256", Kind.TEXT, "sha256 of that dataset, as answers give it; null: as for title", null=True),
    Field("size_bytes", Kind.COUNT, "bytes"),
    Field("used", Kind.DATE, "day on which it was last used, in UTC"),
)
SUMMARY = (
    Field(
        "folder",
        Kind.TEXT,
        "where snapshots are kept; null: nowhere, as EMVOTE_NO_CACHE says so or there is no home folder",
        null=True,
    ),
    Field("snapshots", Kind.COUNT, "snapshots listed"),
    Field("size_bytes", Kind.COUNT, "bytes of them together"),
    Field("most_snapshots", Kind.COUNT, "more are not kept: those not used for longest go first"),
    Field("most_bytes", Kind.COUNT, "nor are more bytes together"),
    Field("cleared", Kind.BOOL, "whether those listed have been removed"),
)
LONGEST = 60
"""Characters of a title that the table shows."""
COLUMNS = (
    Column("Dataset", Kind.TEXT),
    Column("Version", Kind.TEXT),
    Column("Bytes", Kind.COUNT),
    Column("Used", Kind.DATE),
    Column("File", Kind.TEXT, priority=1),
)


class Snapshot(Struct, frozen=True):
    """A copy of a dataset that is kept."""

    file: str
    size: int
    """Bytes."""
    used: float
    """Seconds since 1970."""
    title: str | None
    version: str | None
    sha256: str | None


def cache_view(
    folder: str | None, entries: Sequence[Snapshot], *, most: tuple[int, int], cleared: bool = False
) -> View:
    """The snapshots in a folder, the one used last first; with `cleared`, those that were in it."""
    size = sum(entry.size for entry in entries)
    return View(
        command="cache",
        query=common.asked(clear=cleared),
        fields=FIELDS,
        rows=tuple(_row(entry) for entry in entries),
        summary={
            "folder": folder,
            "snapshots": len(entries),
            "size_bytes": size,
            "most_snapshots": most[0],
            "most_bytes": most[1],
            "cleared": cleared,
        },
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=(_headline(folder, entries, size, cleared=cleared),),
            table=Table(COLUMNS, tuple(_cells(entry) for entry in entries)),
        ),
        notes=("a snapshot is a copy of a checked dataset that opens faster; removing one loses nothing",)
        if entries
        else (),
        empty="nothing is kept",
    )


def _headline(folder: str | None, entries: Sequence[Snapshot], size: int, *, cleared: bool) -> tuple[str | Value, ...]:
    if folder is None:
        return ("Nothing is kept: EMVOTE_NO_CACHE is set, or there is no home folder.",)
    number = Value(len(entries), Kind.COUNT)
    what = f" {common.plural(len(entries), 'snapshot')}, "
    done = " removed from " if cleared else " in "
    return (number, what, Value(size, Kind.COUNT), " bytes,", done, folder)


def _row(entry: Snapshot) -> Mapping[str, Any]:
    return {
        "file": entry.file,
        "title": entry.title,
        "version": entry.version,
        "sha256": entry.sha256,
        "size_bytes": entry.size,
        "used": _day(entry),
    }


def _cells(entry: Snapshot) -> tuple[Any, ...]:
    return (_cut(entry.title), _cut(entry.version), entry.size, _day(entry), entry.file)


def _cut(text: str | None) -> str | None:
    """A text that leaves the other columns room; machine formats have the whole."""
    return text if text is None or len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _day(entry: Snapshot) -> str:
    return datetime.fromtimestamp(entry.used, UTC).date().isoformat()
