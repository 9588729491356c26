"""Who took seats from whom, for readers: the flows added up, and ward by ward where seats changed hands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emvote.dataset import Dataset
from emvote.queries.flows import Basis, Flow, FlowsAnswer, WardFlows
from emvote.views import common, phrases
from emvote.views.columns import Column, Field, record_of, records_of, table_of
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View

FLOW_FIELDS = (
    Field("from_party", Kind.PARTY, "party that had the seats"),
    Field("to_party", Kind.PARTY, "party that won them"),
    Field("seats", Kind.COUNT, "how many"),
)
FIELDS = (
    Field("council_id", Kind.TEXT, "GSS code of the council; null: a constituency", null=True, of="council.id"),
    Field("council", Kind.NAME, "name of the council; null: a constituency", null=True, of="council.name"),
    Field("county", Kind.NAME, "ceremonial county", of=lambda row: ", ".join(row.counties)),
    Field("ward_id", Kind.TEXT, "GSS code of the ward, or id of the seat; null: not known", null=True),
    Field("ward", Kind.NAME, "name of the ward or division, or of the seat"),
    Field("seats_up", Kind.COUNT, "seats to be filled"),
    Field(
        "from", Kind.COUNTS, "party to seats before; null: nothing to compare with", null=True, absent=0, of="before"
    ),
    Field("to", Kind.COUNTS, "party to seats won", absent=0, of="after"),
    Field("flows", Kind.RECORDS, "who took seats from whom; null: not certain", null=True, fields=FLOW_FIELDS),
    Field("basis", Kind.TEXT, "what is compared with: the last result, a list, or nothing", choices=tuple(Basis)),
    Field("certain", Kind.BOOL, "whether the record tells who took seats from whom"),
)
SUMMARY = (
    Field("election", Kind.TEXT, "election id", of="election.id"),
    Field("wards", Kind.COUNT, "wards in the answer", of=lambda answer: len(answer.rows)),
    Field("flows", Kind.RECORDS, "the certain ones added up, most seats first", fields=FLOW_FIELDS),
    Field("uncertain_seats", Kind.COUNT, "seats in wards of which it is not certain who took them"),
)


def flows_view(dataset: Dataset, answer: FlowsAnswer, query: Mapping[str, Any]) -> View:
    """A row a ward; a table of those where seats changed hands."""
    return View(
        command="flows",
        query={"election": answer.election.id, **query},
        fields=FIELDS,
        rows=records_of(FIELDS, answer.rows),
        summary=record_of(SUMMARY, answer),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=(_headline(answer),),
            table=table_of(
                (
                    Column("From", Kind.PARTY, "from_party"),
                    Column("To", Kind.PARTY, "to_party"),
                    Column("Seats", Kind.COUNT, "seats"),
                ),
                answer.flows,
                common.labels(dataset),
                title="Who took seats from whom",
            ),
            more=(
                table_of(
                    (
                        Column("Council", Kind.NAME, lambda row: row.council.name if row.council else "", priority=2),
                        Column("Ward", Kind.NAME, "ward"),
                        Column("Change", Kind.TEXT, lambda row: _words(dataset, row), priority=1),
                        Column("Compared with", Kind.TEXT, "basis", priority=3),
                    ),
                    [row for row in answer.rows if row.net or row.before is None],
                    title="Wards that changed, or of which it is not known",
                ),
            ),
        ),
        notes=tuple(_notes(answer)),
        sources=common.citations(dataset, (answer.election.source, *(row.source for row in answer.rows))),
        empty=f"no ward of {answer.election.id} matches",
    )


def _headline(answer: FlowsAnswer) -> Sentence:
    moved = sum(flow.seats for flow in answer.flows)
    seats = sum(row.seats_up for row in answer.rows)
    return (f"{answer.election.name}: {moved} of {seats} seats went to another party, as far as that is certain.",)


def _words(dataset: Dataset, row: WardFlows) -> str:
    if row.before is None:
        return "not known"
    if row.flows is None:
        net = ", ".join(f"{dataset.abbreviation(party)} {number:+}" for party, number in row.net.items())
        return f"{net}; from whom is not certain"
    return ", ".join(_flow(dataset, flow) for flow in row.flows)


def _flow(dataset: Dataset, flow: Flow) -> str:
    return f"{dataset.abbreviation(flow.from_party)} to {dataset.abbreviation(flow.to_party)} {flow.seats}"


def _notes(answer: FlowsAnswer) -> list[str]:
    listed = sum(row.basis is Basis.LIST for row in answer.rows)
    missing = sum(row.basis is Basis.NONE for row in answer.rows)
    notes = []
    if listed:
        notes.append(
            f"{listed} of {len(answer.rows)} wards are compared with a list of councillors, as their last results are "
            "not on record: by-elections and changes of party before the list count as if elected"
        )
    if missing:
        notes.append(f"{missing} of {len(answer.rows)} wards have nothing on record to compare with, or new boundaries")
    if answer.uncertain_seats:
        notes.append(f"{answer.uncertain_seats} seats are in wards of which it is not certain who took them")
    return notes


def sentence(view: View, dataset: Dataset) -> Sentence:
    """The answer in one sentence."""
    flows = (view.summary or {})["flows"]
    name = dataset.elections[view.query["election"]].name
    parts = [
        (
            phrases.full_name(dataset, flow["from_party"]),
            " to ",
            phrases.full_name(dataset, flow["to_party"]),
            " ",
            Value(flow["seats"], Kind.COUNT),
        )
        for flow in flows[:5]
    ]
    return (name, ": ", *(phrases.joined(parts) if parts else ("no seat is known to have changed hands",)), ".")
