"""What emvote keeps in the user's cache folder, for readers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from msgspec import Struct

from emvote.views import common
from emvote.views.columns import Column, Field, records_of, table_of
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View

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
    Field("size_bytes", Kind.COUNT, "bytes", of="size"),
    Field("used", Kind.DATE, "day on which it was last used, in UTC", of="day"),
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
    Column("Dataset", Kind.TEXT, lambda entry: _cut(entry.title)),
    Column("Version", Kind.TEXT, lambda entry: _cut(entry.version)),
    Column("Bytes", Kind.COUNT, "size"),
    Column("Used", Kind.DATE, "day"),
    Column("File", Kind.TEXT, "file", priority=1),
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

    @property
    def day(self) -> date:
        """Day of the last use, in UTC."""
        return datetime.fromtimestamp(self.used, UTC).date()


def cache_view(
    folder: str | None, entries: Sequence[Snapshot], *, most: tuple[int, int], cleared: bool = False
) -> View:
    """The snapshots in a folder, the one used last first; with `cleared`, those that were in it."""
    size = sum(entry.size for entry in entries)
    return View(
        command="cache",
        query=common.asked(clear=cleared),
        fields=FIELDS,
        rows=records_of(FIELDS, entries),
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
            table=table_of(COLUMNS, entries),
        ),
        notes=("a snapshot is a copy of a checked dataset that opens faster; removing one loses nothing",)
        if entries
        else (),
        empty="nothing is kept",
    )


def _headline(folder: str | None, entries: Sequence[Snapshot], size: int, *, cleared: bool) -> Sentence:
    if folder is None:
        return ("Nothing is kept: EMVOTE_NO_CACHE is set, or there is no home folder.",)
    number = Value(len(entries), Kind.COUNT)
    what = f" {common.plural(len(entries), 'snapshot')}, "
    done = " removed from " if cleared else " in "
    return (number, what, Value(size, Kind.COUNT), " bytes,", done, folder)


def _cut(text: str | None) -> str | None:
    """Truncate a text for people; machine formats keep it whole."""
    return text if text is None or len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
