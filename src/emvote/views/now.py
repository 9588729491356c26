"""Councils of today for readers: who sits, who controls, who runs them, and when they vote next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emvote.dataset import Dataset
from emvote.model import NOC, OTHER, CouncilType
from emvote.queries.now import OLDER, NowAnswer, NowRow
from emvote.views import common, phrases
from emvote.views.columns import Column, Field, Table, record_of, records_of, table_of
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View

FIELDS = (
    Field("council_id", Kind.TEXT, "GSS code of the council", of="council.id"),
    Field("council", Kind.NAME, "name of the council", of="council.name"),
    Field("type", Kind.TEXT, "tier", choices=tuple(CouncilType), of="council.type"),
    Field("county", Kind.TEXT, "ceremonial county", of="council.county"),
    Field("as_of", Kind.DATE, "when the composition was recorded: ISO date or month"),
    Field("seats_total", Kind.COUNT, "seats of the council, vacancies counted in"),
    Field("seats", Kind.COUNTS, "seats held by each party; `other` is an aggregate", absent=0, aggregate=OTHER),
    Field("control", Kind.PARTY, "party with more than half, `noc`, or null: cannot be told", null=True),
    Field("published_control", Kind.TEXT, "control as the source labels it", null=True),
    Field("largest", Kind.PARTY, "most seats; null: a tie, or not known", null=True),
    Field(
        "administration_type",
        Kind.TEXT,
        "majority, minority, coalition, rainbow, elected mayor, commissioners or none; null: not found",
        null=True,
        of="administration.type",
    ),
    Field(
        "administration_parties", Kind.TEXTS, "parties in it; null: not found", null=True, of="administration.parties"
    ),
    Field("administration_as_of", Kind.DATE, "since when, as exactly as known", null=True, of="administration.since"),
    Field("leader", Kind.NAME, "leader or elected mayor; null: not found", null=True, of="administration.leader"),
    Field("leader_party", Kind.PARTY, "party of the leader", null=True, of="administration.leader_party"),
    Field("last_election", Kind.TEXT, "id of the last ordinary election on record", null=True),
    Field("next_election", Kind.DATE, "next polling day under the present cycle; null: not known", null=True),
    Field("seats_due", Kind.COUNT, "seats due then", null=True),
    Field("vacancies", Kind.COUNT, "seats of nobody"),
    Field("flags", Kind.TEXTS, "what is to be known of the row"),
)
SUMMARY = (
    Field("councils", Kind.COUNT, "rows", of=lambda answer: len(answer.rows)),
    Field(
        "control",
        Kind.COUNTS,
        "councils by party in control, `noc` or `unknown`",
        of=lambda answer: answer.controls(),
        absent=0,
    ),
    Field("councillors", Kind.COUNTS, "councillors by party", of=lambda answer: answer.councillors(), absent=0),
    Field(
        "seats_due", Kind.COUNTS, "seats by the year in which they are due", of=lambda answer: answer.due(), absent=0
    ),
)
CYCLE = "Next elections are those due under the present cycle; the reorganisation of local government is not in them."
CONTRADICTED = "{council}: the administration on record is older than the composition, which contradicts it."


def now_view(dataset: Dataset, answer: NowAnswer, query: Mapping[str, Any]) -> View:
    """A row a council."""
    notes = (CYCLE, *(CONTRADICTED.format(council=row.council.name) for row in answer.rows if OLDER in row.flags))
    return View(
        command="now",
        query=query,
        fields=FIELDS,
        rows=records_of(FIELDS, answer.rows),
        summary=record_of(SUMMARY, answer),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(headline=(_headline(answer),), table=_table(dataset, answer), brief=notes),
        notes=notes,
        sources=common.citations(dataset, answer.sources),
        empty="no council matches",
    )


def _headline(answer: NowAnswer) -> Sentence:
    total, controls = len(answer.rows), answer.controls()
    hung, unknown = controls.get(NOC, 0), controls.get("unknown", 0)
    found: list[Sentence] = [
        (Value(total, Kind.COUNT), f" {common.plural(total, 'council')}"),
        (Value(hung, Kind.COUNT), " under no overall control"),
    ]
    if unknown:
        found.append((Value(unknown, Kind.COUNT), " whose control cannot be told"))
    return (*phrases.joined(found, ", "), ".")


def _table(dataset: Dataset, answer: NowAnswer) -> Table:
    labels = common.labels(dataset)

    def parties(row: NowRow) -> str | None:
        return ", ".join(dataset.abbreviation(each) for each in row.today.parties) if row.today else None

    columns = (
        Column("Council", Kind.NAME, "council.name"),
        Column("Control", Kind.PARTY, "control"),
        Column("Run by", Kind.TEXT, parties, field="administration_parties"),
        Column("As", Kind.TEXT, "today.type", 2, field="administration_type"),
        Column("Leader", Kind.NAME, "today.leader", 1, field="leader"),
        Column("Largest", Kind.PARTY, "largest", 4),
        Column("Seats", Kind.COUNT, "seats_total", 5),
        Column("Next", Kind.DATE, "next_election", 3),
        Column("Due", Kind.COUNT, "seats_due", 3),
    )
    return table_of(columns, answer.rows, labels)
