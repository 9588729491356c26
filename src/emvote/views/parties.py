"""The parties of a dataset, for readers."""

from __future__ import annotations

from emvote.dataset import Dataset
from emvote.model import Party, PartyKind
from emvote.views import common
from emvote.views.columns import Column, Field, records_of, table_of
from emvote.views.values import Kind
from emvote.views.view import Layout, View

FIELDS = (
    Field("party", Kind.PARTY, "party id, as every answer writes it", of="id"),
    Field("name", Kind.NAME, "full name"),
    Field("abbreviation", Kind.NAME, "as on screen and in outcomes"),
    Field("kind", Kind.TEXT, "what sort of group it is", choices=tuple(PartyKind)),
    Field(
        "label", Kind.NAME, "label on the ballot papers of its candidates unless they carry another", of="ballot_label"
    ),
    Field("colour", Kind.TEXT, "`#RRGGBB`; null: none was found", null=True),
    Field("predecessor", Kind.PARTY, "party that it continues and is compared with", null=True),
    Field("aliases", Kind.TEXTS, "other names under which it is found"),
    Field("ec_ids", Kind.TEXTS, "registrations with the Electoral Commission"),
    Field("source", Kind.TEXT, "id of the source"),
    Field("note", Kind.TEXT, "remark", null=True),
)
COLUMNS = (
    Column("Id", Kind.NAME, "id"),
    Column("Party", Kind.PARTY, "id"),
    Column("Name", Kind.TEXT, "name"),
    Column("Kind", Kind.NAME, "kind", priority=1),
    Column("Continues", Kind.PARTY, lambda party: party.predecessor or "", priority=2),
    Column("Also", Kind.TEXTS, "aliases", priority=3),
)


def parties_view(dataset: Dataset, listed: tuple[Party, ...], kind: PartyKind | None = None) -> View:
    """The parties with their names."""
    return View(
        command="parties",
        query={} if kind is None else {"kind": kind},
        fields=FIELDS,
        rows=records_of(FIELDS, listed),
        laid_out=lambda: Layout(table=table_of(COLUMNS, listed, common.labels(dataset))),
        sources=common.citations(dataset, (party.source for party in listed)),
        empty="the dataset holds no such party",
        label=lambda _: None,  # what is asked for are the ids
    )
