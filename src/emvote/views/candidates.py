"""Every candidate on record, for readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from emvote.dataset import Dataset
from emvote.queries.candidates import CandidatesAnswer, Stood
from emvote.views import common, workings
from emvote.views.columns import Column, Field, record_of, records_of, table_of
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View, Working, Workings, by_row

FIELDS = (
    Field("election", Kind.TEXT, "election id", of="election.id"),
    Field("polling_date", Kind.DATE, "polling day", of="election.date"),
    Field("kind", Kind.TEXT, "kind of election: general, by-election, local, local-later, mayor", of="election.kind"),
    Field("place_id", Kind.TEXT, "id of the seat, the ward or the office; null: a ward without a code", null=True),
    Field("place", Kind.NAME, "seat, ward and council, or office"),
    Field(
        "county",
        Kind.NAME,
        "ceremonial county; null: an office of several, or a seat published without",
        null=True,
        of=lambda row: ", ".join(row.counties) or None,
    ),
    Field("candidate", Kind.NAME, "name as published"),
    Field("party", Kind.PARTY, "party id; `ind` for an independent"),
    Field("party_label", Kind.TEXT, "label on the ballot paper or in the source"),
    Field("votes", Kind.COUNT, "votes, for a mayor in the first round; null: nobody voted, or not found", null=True),
    Field("share_pct", Kind.PCT, "per cent of all votes of the contest; null: not known", null=True),
    Field("rank", Kind.COUNT, "place by votes, equal ones sharing it; null: not known", null=True),
    Field("elected", Kind.BOOL, "whether elected; null: not known", null=True),
    Field("deposit_lost", Kind.BOOL, "whether the deposit was lost; null: there is none, or not known", null=True),
    Field("sitting", Kind.BOOL, "whether a member of the last Parliament; null: not on record", null=True),
    common.FLAGS,
)
SUMMARY = (
    Field("candidacies", Kind.COUNT, "rows of the answer", of=lambda answer: len(answer.rows)),
    Field(
        "elected", Kind.COUNT, "elected among them", of=lambda answer: sum(row.elected is True for row in answer.rows)
    ),
)


def candidates_view(dataset: Dataset, answer: CandidatesAnswer, query: Mapping[str, Any]) -> View:
    """A row a candidate and election."""
    chosen = {"election": answer.election.id} if answer.election else {}
    return View(
        command="candidates",
        query={**chosen, **query},
        fields=FIELDS,
        rows=records_of(FIELDS, answer.rows),
        summary=record_of(SUMMARY, answer),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=(
                (f"{len(answer.rows)} candidacies, {sum(row.elected is True for row in answer.rows)} elected.",),
            ),
            table=table_of(
                (
                    Column("Day", Kind.DATE, "election.date", priority=3),
                    Column("Place", Kind.NAME, "place", priority=1),
                    Column("Candidate", Kind.NAME, "candidate"),
                    Column("Party", Kind.PARTY, "party"),
                    Column("Votes", Kind.COUNT, "votes", priority=2),
                    Column("%", Kind.PCT, "share_pct", priority=4),
                    Column("", Kind.TEXT, lambda row: "elected" if row.elected else ""),
                ),
                answer.rows,
                common.labels(dataset),
            ),
        ),
        sources=common.citations(dataset, (row.source for row in answer.rows)),
        workings=Workings(lambda: by_row(_workings(row) for row in answer.rows)),
        empty="no candidate on record matches",
    )


def _workings(row: Stood) -> Iterator[Working]:
    """The working of a share."""
    if row.share_pct is not None and row.votes is not None:
        yield workings.share(f"{row.candidate}, {row.place}", row.votes, row.total, row.share_pct, row.source)


def sentence(view: View, dataset: Dataset) -> Sentence:
    """The answer in one sentence."""
    summary = view.summary or {}
    name = dataset.record.region
    return (
        f"{name}: ",
        Value(summary["candidacies"], Kind.COUNT),
        " candidacies, ",
        Value(summary["elected"], Kind.COUNT),
        " of them successful.",
    )
