"""The parties of a dataset, for readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emvote.dataset import Dataset
from emvote.model import Party, PartyKind
from emvote.views import common
from emvote.views.view import Column, Field, Kind, Layout, Table, View

FIELDS = (
    Field("party", Kind.PARTY, "party id, as every answer writes it"),
    Field("name", Kind.NAME, "full name"),
    Field("abbreviation", Kind.NAME, "as on screen and in outcomes"),
    Field("kind", Kind.TEXT, "what sort of group it is", choices=tuple(PartyKind)),
    Field("label", Kind.NAME, "label on the ballot papers of its candidates unless they carry another"),
    Field("colour", Kind.TEXT, "`#RRGGBB`; null: none was found", null=True),
    Field("predecessor", Kind.PARTY, "party that it continues and is compared with", null=True),
    Field("aliases", Kind.TEXTS, "other names under which it is found"),
    Field("ec_ids", Kind.TEXTS, "registrations with the Electoral Commission"),
    Field("source", Kind.TEXT, "id of the source"),
    Field("note", Kind.TEXT, "remark", null=True),
)
SUMMARY: tuple[Field, ...] = ()

COLUMNS = (
    Column("Id", Kind.NAME),
    Column("Party", Kind.PARTY),
    Column("Name", Kind.TEXT),
    Column("Kind", Kind.NAME, priority=1),
    Column("Continues", Kind.PARTY, priority=2),
    Column("Also", Kind.TEXTS, priority=3),
)


def parties_view(dataset: Dataset, listed: tuple[Party, ...], kind: PartyKind | None = None) -> View:
    """The parties with their names."""
    return View(
        command="parties",
        query={} if kind is None else {"kind": kind},
        fields=FIELDS,
        rows=tuple(_row(party) for party in listed),
        laid_out=lambda: Layout(table=Table(COLUMNS, tuple(_cells(dataset, party) for party in listed))),
        sources=common.citations(dataset, (party.source for party in listed)),
        empty="the dataset holds no such party",
        label=lambda _: None,  # what is asked for are the ids
    )


def _row(party: Party) -> Mapping[str, Any]:
    return {
        "party": party.id,
        "name": party.name,
        "abbreviation": party.abbreviation,
        "kind": party.kind,
        "label": party.ballot_label,
        "colour": party.colour,
        "predecessor": party.predecessor,
        "aliases": party.aliases,
        "ec_ids": party.ec_ids,
        "source": party.source,
        "note": party.note,
    }


def _cells(dataset: Dataset, party: Party) -> tuple[Any, ...]:
    label, before = (common.party(dataset, each) for each in (party.id, party.predecessor))
    return (party.id, label, party.name, party.kind, before or "", party.aliases)
