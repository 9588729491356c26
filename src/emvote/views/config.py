"""Which settings hold, and from where, for readers."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from emvote.views.columns import Column, Field, records_of, table_of
from emvote.views.values import Kind, Sentence
from emvote.views.view import Layout, View

FIELDS = (
    Field(
        "option", Kind.TEXT, "option without its dashes; what a variable of the environment sets, where no option does"
    ),
    Field("command", Kind.TEXT, "the command that it is for; null: every command that has the option", null=True),
    Field("value", Kind.TEXT, "the value that holds where the command line says nothing"),
    Field("source", Kind.TEXT, "where it is from", choices=("built in", "environment", "file")),
    Field("place", Kind.TEXT, "the variable, or the line of the file; null: built in", null=True),
)
SUMMARY = (
    Field("file", Kind.TEXT, "where the configuration file is, or would be; null: none is read", null=True),
    Field("exists", Kind.BOOL, "whether there is one"),
)
COLUMNS = (
    Column("Option", Kind.NAME, "option"),
    Column("Command", Kind.TEXT, lambda setting: setting.command or "all"),
    Column("Value", Kind.TEXT, "value"),
    Column(
        "From", Kind.TEXT, lambda setting: f"{setting.source}, {setting.place}" if setting.place else setting.source
    ),
)


class Setting(Struct, frozen=True):
    """A value that holds."""

    option: str
    command: str | None
    value: str
    source: str
    place: str | None


def config_view(file: str | None, settings: Sequence[Setting], *, exists: bool) -> View:
    """The settings: those of every command before those of one."""
    return View(
        command="config",
        query={},
        fields=FIELDS,
        rows=records_of(FIELDS, settings),
        summary={"file": file, "exists": exists},
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(headline=(_headline(file, exists=exists),), table=table_of(COLUMNS, settings)),
        notes=("an option on the command line beats the environment, and that beats the file",),
    )


def _headline(file: str | None, *, exists: bool) -> Sentence:
    if file is None:
        return ("No configuration file is read: EMVOTE_CONFIG is empty, or there is no home folder.",)
    return (f"Configuration file: {file}{'' if exists else ' (there is none)'}.",)
