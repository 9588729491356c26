"""Swings for readers: the two parties always named, the direction always in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from emvote.dataset import Dataset
from emvote.frozen import replace
from emvote.measures import Method
from emvote.model import ElectionKind
from emvote.queries.pairs import regional, shared_contests
from emvote.queries.swing import SeatSwing, SwingAnswer, direction
from emvote.views import common
from emvote.views.view import Column, Explanation, Field, Kind, Layout, Sentence, Table, View, Workings, by_row

FIELDS = (
    Field("seat_id", Kind.TEXT, "GSS code of the seat"),
    Field("seat", Kind.NAME, "name of the seat"),
    Field("from_election", Kind.TEXT, "id of the earlier election"),
    Field("to_election", Kind.TEXT, "id of the later election"),
    *common.SWING_FIELDS,
    Field("from_change_pp", Kind.PP, "change of the first party's share of all valid votes", null=True),
    Field("to_change_pp", Kind.PP, "change of the second party's share of all valid votes", null=True),
    Field("direction", Kind.TEXT, "where the swing of the chosen method went: `Lab to Con`", null=True),
    Field("note", Kind.TEXT, "why there is no figure", null=True),
)
SUMMARY = (
    *common.SWING_FIELDS,
    Field("mean_butler_pp", Kind.PP, "unweighted mean of the seats' Butler swings between the same pair", null=True),
    Field("seats_in_mean", Kind.COUNT, "seats in that mean"),
    Field("direction", Kind.TEXT, "where the regional swing went", null=True),
    Field("method", Kind.TEXT, "definition that decides the direction", choices=tuple(Method)),
    Field("scope", Kind.TEXT, "what the totals are of"),
    *common.DECLARED_FIELDS,
)


def swing_view(dataset: Dataset, answer: SwingAnswer, query: Mapping[str, Any]) -> View:
    """The swings of some seats and of the region."""
    pair = answer.pair
    region_way = direction(dataset, answer.region, answer.method)
    seats = {"seats": [row.seat.id for row in answer.rows]} if answer.named else {}
    return View(
        command="swing",
        query={**seats, **query, "from": pair.earlier.id, "to": pair.later.id},
        baseline=common.baseline_record(pair.earlier),
        fields=FIELDS,
        rows=tuple(_record(answer, row) for row in answer.rows),
        summary={
            **(common.swing_record(answer.region) or {}),
            "mean_butler_pp": answer.mean_butler_pp,
            "seats_in_mean": answer.seats_in_mean,
            "direction": region_way,
            "method": answer.method.value,
            "scope": dataset.record.region,
            **common.declared_record(answer.declared),
        },
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=(
                (
                    f"Swing from {pair.earlier.name} to {pair.later.name}; positive is to the second party.",
                    *common.declared_words(answer.declared),
                ),
            ),
            table=_table(dataset, answer),
            closing=tuple(_closing(dataset, answer)),
        ),
        notes=common.unique(_notes(answer)),
        declared=answer.declared,
        sources=common.citations(dataset, _sources(dataset, answer)),
        explanations=Workings(lambda: _explanations(dataset, answer)),
        empty="no seat has a result at both elections",
    )


def _record(answer: SwingAnswer, row: SeatSwing) -> dict[str, Any]:
    return {
        "seat_id": row.seat.id,
        "seat": row.seat.name,
        "from_election": answer.pair.earlier.id,
        "to_election": answer.pair.later.id,
        **(common.swing_record(row.swing) or {}),
        "from_change_pp": row.from_change_pp,
        "to_change_pp": row.to_change_pp,
        "direction": row.direction,
        "note": row.note,
    }


def _table(dataset: Dataset, answer: SwingAnswer) -> Table:
    noted = any(row.note for row in answer.rows)
    columns = (
        Column("Seat", Kind.NAME),
        Column("From", Kind.PARTY),
        Column("To", Kind.PARTY),
        Column("Butler", Kind.PP, priority=2 if answer.method is Method.STEED else 0),
        Column("Steed", Kind.PP, priority=0 if answer.method is Method.STEED else 2),
        Column("Swing went", Kind.TEXT),
        Column("From's change", Kind.PP, priority=3),
        Column("To's change", Kind.PP, priority=3),
        *([Column("Note", Kind.TEXT, priority=4)] if noted else []),
    )
    rows = tuple(
        (
            row.seat.name,
            common.party(dataset, row.swing.from_party),
            common.party(dataset, row.swing.to_party),
            row.swing.butler_pp,
            row.swing.steed_pp,
            row.direction,
            row.from_change_pp,
            row.to_change_pp,
            *([row.note or ""] if noted else []),
        )
        for row in answer.rows
    )
    return Table(columns, rows)


def _closing(dataset: Dataset, answer: SwingAnswer) -> Iterable[Sentence]:
    for row in answer.rows if len(answer.rows) == 1 else ():
        words = common.swing_words(dataset, row.swing, answer.method)
        if words:
            yield (f"{row.seat.name}: a {answer.method.value.title()} swing of ", *words, ".")
    if answer.pair.later.kind is ElectionKind.BY_ELECTION:  # one seat's figures are not the region's
        return
    words = common.swing_words(dataset, answer.region, answer.method)
    if words:
        region = f"{dataset.record.region}, from regional totals: a {answer.method.value.title()} swing of "
        yield (region, *words, ".")
    if answer.mean_butler_pp is not None:
        words = common.swing_words(dataset, replace(answer.region, butler_pp=answer.mean_butler_pp))
        number = f"{answer.seats_in_mean} {common.plural(answer.seats_in_mean, 'seat')}"
        yield (f"Mean of the Butler swings of {number}: ", *words, ".")


def _notes(answer: SwingAnswer) -> Iterable[str]:
    yield from answer.notes
    if answer.region_note:
        yield answer.region_note
    for row in answer.rows:
        if row.note:
            yield f"{row.seat.name}: {row.note}"


def _sources(dataset: Dataset, answer: SwingAnswer) -> Iterable[str | None]:
    for election in (answer.pair.earlier, answer.pair.later):
        yield election.source
        for row in answer.rows:
            contest = dataset.contests.get((election.id, row.seat.id))
            yield contest.source if contest else None


def _explanations(dataset: Dataset, answer: SwingAnswer) -> Iterable[Explanation]:
    contests = {later.seat: (earlier, later) for earlier, later in shared_contests(dataset, answer.pair)}

    def working(row: SeatSwing) -> Iterable[Explanation]:
        sources = common.cited_both(dataset, (contests[row.seat.id],))
        if row.note is None:
            yield from common.explain_swing(dataset, row.seat.name, row.swing, row.votes, sources=sources)
        yield from _explain_changes(dataset, row, sources)

    yield from by_row(working(row) for row in answer.rows)
    sources = common.cited_both(dataset, regional(dataset, contests.values()))
    yield from common.explain_swing(dataset, dataset.record.region, answer.region, answer.region_votes, sources=sources)


def _explain_changes(dataset: Dataset, row: SeatSwing, sources: tuple[str, str]) -> Iterable[Explanation]:
    """The working of the change of either party's share, where it stood at both elections."""
    from emvote.views import workings  # most answers are never asked for theirs

    earlier, later = row.votes
    changes = ((row.swing.from_party, row.from_change_pp), (row.swing.to_party, row.to_change_pp))
    for party, change_pp in changes:
        if change_pp is not None:
            votes = (earlier.of_party(dataset, party), later.of_party(dataset, party))
            name = f"{dataset.abbreviation(party)}, {row.seat.name}"
            yield workings.change(name, votes, (earlier.valid, later.valid), change_pp, sources)
