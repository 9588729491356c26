"""Bellwethers for readers: how long each seat has gone with the government, and what ended the run before that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from emvote.dataset import Dataset
from emvote.model import GovernmentForm
from emvote.names import normalise
from emvote.queries.bellwethers import Bellwether, BellwethersAnswer, Called, Ended
from emvote.views import common, phrases
from emvote.views.columns import Column, Field, Table, record_of, records_of, table_of
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View, Working, Workings, by_row


def _renamed(row: Bellwether) -> str | None:
    """Where a run goes on under another name, the names and the reason."""
    changes = [
        f"{later.name} continues {earlier.name} ({earlier.boundaries} boundaries)"
        for later, earlier in pairwise(row.line)
        if normalise(later.name) != normalise(earlier.name)
    ]
    return "; ".join(changes) or None


FIELDS = (
    Field("seat_id", Kind.TEXT, "id of the seat at the last general election that counts", of="seat.id"),
    Field("seat", Kind.NAME, "name of the seat", of="seat.name"),
    Field(
        "county", Kind.TEXT, "ceremonial county, or two with a slash between", of=lambda row: common.counties(row.seat)
    ),
    Field(
        "since", Kind.DATE, "polling day of the first general election of the run; null: it missed the last", null=True
    ),
    Field("since_election", Kind.TEXT, "id of that general election", null=True, of="first.id"),
    Field(
        "elections",
        Kind.COUNT,
        "general elections in the run, misses that are allowed among them",
        of=lambda row: len(row.called),
    ),
    Field("missed", Kind.COUNT, "of these, won by another party than the government's", of=lambda row: len(row.missed)),
    Field(
        "missed_at",
        Kind.TEXTS,
        "ids of the general elections missed within the run, latest first",
        of=lambda row: [each.win.election.id for each in row.missed],
    ),
    Field("ended_by", Kind.TEXT, "why the run, counted back, goes no further", choices=tuple(Ended), of="ended"),
    Field(
        "ended_at",
        Kind.TEXT,
        "id of the general election that ended it; null: the record begins after it",
        null=True,
        of="ended_at.id",
    ),
    Field(
        "ended_winner_party",
        Kind.PARTY,
        "party that won the seat there; null: not known, or no result",
        null=True,
        of="ended_win.party",
    ),
    Field(
        "ended_government_party",
        Kind.PARTY,
        "party of the government formed there; null: not known",
        null=True,
        of="ended_government.party",
    ),
    Field(
        "lineage",
        Kind.TEXTS,
        "ids of the seats of the run, latest first: one on each set of boundaries",
        of=lambda row: [seat.id for seat in row.line],
    ),
    Field("note", Kind.TEXT, "what the lineage rests on where a name changed", null=True, of=_renamed),
)
GOVERNMENT_FIELDS = (
    Field("election", Kind.TEXT, "id of the general election"),
    Field("party", Kind.PARTY, "party of the Prime Minister; null: `note` says why", null=True),
    Field("prime_minister", Kind.NAME, "name of the Prime Minister"),
    Field("form", Kind.TEXT, "on what footing it was formed", choices=tuple(GovernmentForm)),
    Field("note", Kind.TEXT, "what was special, as a hung Parliament", null=True),
    Field("source", Kind.TEXT, "id of the source"),
)
SUMMARY = (
    Field("since", Kind.TEXT, "id of the election since which seats had to go with the government", null=True),
    Field("until", Kind.TEXT, "id of the last general election that counts", of="until.id"),
    Field("bellwethers", Kind.COUNT, "seats that answer"),
    Field("seats", Kind.COUNT, "seats looked at"),
    Field("misses_allowed", Kind.COUNT, "general elections of a run that another party may have won", of="misses"),
    Field("governments", Kind.RECORDS, "the governments that seats were held against", fields=GOVERNMENT_FIELDS),
)
LINEAGE = (
    "a seat is followed across changes of boundaries to the seat of its name, or to the one that was renamed with most "
    "of its electors; how the new boundaries would have voted before is not asked"
)
MOST_NAMED = 10
"""Changes of name that the notes tell one by one."""
PRIME_MINISTER = "in a coalition or a hung Parliament the government is taken to be the Prime Minister's party"


def bellwethers_view(dataset: Dataset, answer: BellwethersAnswer, query: Mapping[str, Any]) -> View:
    """The seats that went with the government, longest run first."""
    return View(
        command="bellwethers",
        query={**query, "until": answer.until.id, **({"since": answer.since.id} if answer.since else {})},
        fields=FIELDS,
        rows=records_of(FIELDS, answer.rows),
        summary=record_of(
            SUMMARY,
            answer,
            since=answer.since and answer.since.id,
            governments=[record_of(GOVERNMENT_FIELDS, each) for _, each in answer.governments],
        ),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=(_headline(dataset, answer),),
            table=_table(dataset, answer),
            more=(_governments_table(dataset, answer),) if answer.since and answer.governments else (),
        ),
        notes=common.unique(_notes(dataset, answer)),
        declared=answer.declared,
        sources=common.citations(dataset, _source_ids(answer)),
        workings=Workings(lambda: by_row((_working(dataset, row),) for row in answer.rows)),
        empty="no seat went with the government at every one of these general elections",
    )


def _headline(dataset: Dataset, answer: BellwethersAnswer) -> Sentence:
    won = f"{answer.bellwethers} of {answer.seats} {common.plural(answer.seats, 'seat')} went with the government"
    out = common.declared_aside(answer.declared)
    last = f"General election of {common.day(answer.until)}{out}"
    if answer.since is None:
        return (f"{last}: {won}{_allowed(answer)}. Since when in a row:",)
    every = f"at every general election since {common.day(answer.since)}{_allowed(answer)}"
    return (f"{dataset.record.region}, up to the g{last[1:]}: {won} {every}.",)


def _allowed(answer: BellwethersAnswer) -> str:
    return f", but for {answer.misses} at most" if answer.misses else ""


def _table(dataset: Dataset, answer: BellwethersAnswer) -> Table:
    def missed(row: Bellwether) -> str | None:
        return ", ".join(dataset.short_year(each.win.election) for each in row.missed) or None

    columns = (
        Column("Seat", Kind.NAME, "seat.name"),
        Column("Since", Kind.TEXT, lambda row: row.first and dataset.short_year(row.first)),
        Column("Elections", Kind.COUNT, lambda row: len(row.called)),
        *([Column("Missed", Kind.TEXT, missed)] if any(row.missed for row in answer.rows) else []),
        Column("Before that", Kind.TEXT, lambda row: _before(dataset, row), priority=1),
        Column("Boundaries", Kind.TEXT, lambda row: ", ".join(seat.boundaries for seat in row.line), priority=2),
    )
    return table_of(columns, answer.rows)


def _before(dataset: Dataset, row: Bellwether) -> str:
    """What ended the run, in words."""
    if row.ended_at is None:
        return "no earlier election on record"
    year = dataset.short_year(row.ended_at)
    match row.ended:
        case Ended.NEW:
            return f"no seat of its line in {year}"
        case Ended.GAP:
            return f"no result on record in {year}"
        case Ended.UNKNOWN:
            return f"winner of {year} not known"
        case Ended.GOVERNMENT:
            return f"government of {year} is no one party on record"
    won = dataset.abbreviation(row.ended_win.party) if row.ended_win and row.ended_win.party else "?"
    government = row.ended_government
    formed = dataset.abbreviation(government.party) if government and government.party else "?"
    return f"{won} in {year}, government {formed}"


def _governments_table(dataset: Dataset, answer: BellwethersAnswer) -> Table:
    columns = (
        Column("Election", Kind.TEXT, lambda each: dataset.short_year(dataset.elections[each.election])),
        Column("Government", Kind.PARTY, "party"),
        Column("Prime Minister", Kind.NAME, "prime_minister"),
        Column("Formed as", Kind.TEXT, "form.value"),
    )
    formed = [each for _, each in answer.governments]
    title = "Governments formed after these general elections"
    return table_of(columns, formed, common.labels(dataset), title=title)


def _notes(dataset: Dataset, answer: BellwethersAnswer) -> Iterable[str]:
    yield from answer.declared.notes()
    crossing = sum(len(row.line) > 1 for row in answer.rows)
    if crossing:
        number = f"{crossing} of these runs {'crosses' if crossing == 1 else 'cross'} a change of boundaries"
        yield f"{number}: {LINEAGE}"
    renamed = [note for row in answer.rows if (note := _renamed(row))]
    if len(renamed) > MOST_NAMED:
        yield f"{len(renamed)} of these runs go on under another name: see the field note"
    else:
        yield from renamed
    if any(each.form is not GovernmentForm.MAJORITY for _, each in answer.governments):
        yield PRIME_MINISTER
    for election, each in answer.governments:
        if each.note and each.form is not GovernmentForm.MAJORITY:
            yield f"{dataset.short_year(election)}: {each.note}"
    if answer.unknown:
        yield f"not told by the record, a winner or a government being unknown: {', '.join(answer.unknown)}"
    if any(row.ended is Ended.RECORD for row in answer.rows):
        yield f"the record begins with the general election of {common.day(answer.first)}: runs from then may be longer"
    latest = dataset.latest_general()
    if latest.date > answer.until.date and latest.id not in dataset.governments:
        when = common.day(latest)
        yield f"who formed the government after the election of {when} is not on record: it does not count"
    if not dataset.record.governments:
        yield "this dataset does not say who formed the government after a general election"


def _source_ids(answer: BellwethersAnswer) -> Iterable[str]:
    for row in answer.rows:
        for each in row.called:
            yield _result_source(each)
            yield each.government.source


def _result_source(called: Called) -> str:
    return called.win.contest.source or called.win.election.source


def _working(dataset: Dataset, row: Bellwether) -> Working:
    inputs = []
    for each in row.called:
        sources = f"[{_result_source(each)}; {each.government.source}]"
        won, formed = (dataset.abbreviation(party or "") for party in (each.win.party, each.government.party))
        verdict = "with it" if each.right else "a miss"
        label = f"{each.win.seat.name}, {dataset.short_year(each.win.election)} {sources}"
        words = f"{won} won, {formed} governed under {each.government.prime_minister}: {verdict}"
        inputs.append((label, Value(words, Kind.TEXT)))
    return Working(
        f"run, {row.seat.name}",
        "general elections, counted back, at which the winner's party = the party of the government formed then",
        (*inputs, ("before that", Value(_before(dataset, row), Kind.TEXT))),
        Value(len(row.called), Kind.COUNT),
        PRIME_MINISTER,
    )


def sentence(view: View, dataset: Dataset) -> Sentence:
    """Seats that kept to it since the election asked for, else those of the longest run."""
    summary = view.summary or {}
    allowed = summary["misses_allowed"]
    misses = f" but for at most {allowed}" if allowed else ""
    if summary["since"] is not None:
        first, last = (common.day(dataset.elections[summary[key]]) for key in ("since", "until"))
        days = f"from {first} to {last}" if first != last else f"of {last}"
        begin = f"Won by the party that formed the government at every general election {days}{misses}"
        begin += f"{common.declared_aside(view.declared)}: "
        return (begin, *_named(view.rows), ".")
    longest = max(row["elections"] for row in view.rows)
    best = [row for row in view.rows if row["elections"] == longest]
    wins = f"of wins by the party that formed the government{common.declared_aside(view.declared)}"
    elections = f"{longest} {common.plural(longest, 'general election')} in a row{misses}"
    if len(view.rows) == 1:
        return (f"The one run {wins} is that of ", *_named(best), f": {elections}.")
    whose = "is that of" if len(best) == 1 else "are those of"
    few = len(best) <= phrases.MOST_NAMED
    named: Sentence = (common.listed([row["seat"] for row in best]),) if few else _named(best)
    return (f"Of {len(view.rows)} runs {wins} the longest, {elections}, {whose} ", *named, ".")


def _named(rows: Sequence[phrases.Row]) -> Sentence:
    """The seats of some rows, the first of many by name."""
    names = phrases.joined([(row["seat"],) for row in rows[: phrases.MOST_NAMED]], ", ")
    return (*names, f" and {len(rows) - phrases.MOST_NAMED} more") if len(rows) > phrases.MOST_NAMED else names
