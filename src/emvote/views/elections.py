"""The elections of a dataset, for readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emvote.dataset import Dataset
from emvote.model import Election, ElectionKind
from emvote.queries.listings import ElectionListed
from emvote.views import common
from emvote.views.view import Column, Field, Kind, Layout, Table, View

FIELDS = (
    Field("id", Kind.TEXT, "election id, after the Democracy Club's standard"),
    Field("name", Kind.NAME, "what the election is called"),
    Field("kind", Kind.TEXT, "what sort of poll it is", choices=tuple(ElectionKind)),
    Field("polling_date", Kind.DATE, "polling day; of an estimate, that of the election it re-estimates"),
    Field("boundaries", Kind.TEXT, "first year of the constituency boundaries; null: a local election", null=True),
    Field("previous", Kind.TEXT, "id of the election that its results are compared with", null=True),
    Field(
        "contests",
        Kind.COUNT,
        "results of seats, polls of councils or elections of a mayor on record, ward results apart",
    ),
    Field("source", Kind.TEXT, "id of the source of its figures"),
    common.FLAGS,
)
SUMMARY: tuple[Field, ...] = ()

COLUMNS = (
    Column("Polling day", Kind.DATE, priority=5),
    Column("Election", Kind.TEXT),
    Column("Id", Kind.NAME, priority=1),
    Column("Kind", Kind.NAME, priority=4),
    Column("Boundaries", Kind.YEAR, priority=3),
    Column("Contests", Kind.COUNT, priority=2),
)


def elections_view(dataset: Dataset, listed: tuple[ElectionListed, ...], kind: ElectionKind | None = None) -> View:
    """The elections with what is on record of each."""
    flags = [flag for each in listed for flag in each.election.flags]
    cited = [each.election.source for each in listed]
    return View(
        command="elections",
        query={} if kind is None else {"kind": kind},
        fields=FIELDS,
        rows=tuple(_row(each.election, each.contests) for each in listed),
        laid_out=lambda: Layout(table=Table(COLUMNS, tuple(_cells(each) for each in listed))),
        notes=common.unique(flag.note for flag in flags),
        sources=common.citations(dataset, (*cited, *common.flag_sources(flags))),
        empty="the dataset holds no such election",
    )


def _row(election: Election, contests: int) -> Mapping[str, Any]:
    return {
        "id": election.id,
        "name": election.name,
        "kind": election.kind,
        "polling_date": election.date.isoformat(),
        "boundaries": election.boundaries,
        "previous": election.previous,
        "contests": contests,
        "source": election.source,
        "flags": common.codes(election.flags),
    }


def _cells(listed: ElectionListed) -> tuple[Any, ...]:
    election = listed.election
    day = election.date.isoformat()
    return (day, election.name, election.id, election.kind, election.boundaries, listed.contests)
