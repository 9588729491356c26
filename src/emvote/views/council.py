"""One council through the years for readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import methodcaller
from typing import Any, Final

from msgspec.structs import replace

from emvote.baselines import BASELINES
from emvote.dataset import Dataset
from emvote.measures import seats_needed
from emvote.model import NOC
from emvote.queries.council import CouncilAnswer, CouncilYear
from emvote.queries.councils import CouncilRow
from emvote.queries.wards import WardsAnswer
from emvote.views import common, councils, phrases
from emvote.views.columns import Column, Field, Table, record_of, table_of
from emvote.views.values import Kind, Sentence
from emvote.views.view import Layout, View, Working, Workings, by_row
from emvote.views.wards import seats_table, source_ids

VARIANTS: Final = ("council_list",)
"""What is answered where no council is named."""
FIELDS = (
    Field("year", Kind.YEAR, "calendar year of the record"),
    Field("date", Kind.DATE, "when it was taken: ISO date or month; null: only the year is known", null=True),
    Field("control", Kind.PARTY, f"computed from the seats: {councils.CONTROL}", null=True),
    Field("published_control", Kind.TEXT, "control as the source labels it", null=True),
    Field(
        "seats",
        Kind.COUNTS,
        "seats by party; `other` adds up independents, local and small parties; null: may be in it",
    ),
    Field("seats_total", Kind.COUNT, "seats of the council, vacancies counted in"),
    Field("vacancies", Kind.COUNT, "vacant seats"),
    Field("largest", Kind.PARTY, "most seats; null: a tie, or an aggregate may hold more", null=True),
    Field("note", Kind.TEXT, "what is to be known about this year's record", null=True),
    Field("source", Kind.TEXT, "id of the source", null=True),
    Field("flags", Kind.TEXTS, common.FLAGS.doc),
)
SUMMARY = (
    Field("council_id", Kind.TEXT, "GSS code", of="council.id"),
    Field("council", Kind.NAME, "name", of="council.name"),
    Field("full_name", Kind.NAME, "name in full", of="council.full_name"),
    Field("type", Kind.TEXT, "district, unitary or county", of="council.type"),
    Field("county", Kind.TEXT, "ceremonial county", of="council.county"),
    Field("region", Kind.TEXT, "region of England", of="council.region"),
    Field("created", Kind.DATE, "first day", of="council.created"),
    Field("abolished", Kind.DATE, "day from which it is no more", null=True, of="council.abolished"),
    Field("predecessors", Kind.TEXTS, "GSS codes of the councils that it replaced", of="council.predecessors"),
    Field("successors", Kind.TEXTS, "GSS codes of the councils that replaced it", of="council.successors"),
    Field(
        "elected_mayor_since",
        Kind.YEAR,
        "year since which an elected mayor runs the executive",
        null=True,
        of="council.elected_mayor_since",
    ),
    Field("elections", Kind.RECORDS, "its polls on record, latest first", fields=councils.FIELDS, of="polls"),
)


SHOWN: Final = 5
"""Years that people see without asking for all."""


def council_view(
    dataset: Dataset,
    answer: CouncilAnswer,
    query: Mapping[str, Any],
    wards: Sequence[WardsAnswer] = (),
    *,
    whole: bool = False,
) -> View:
    """One council, latest year first; for people also the wards of some of its elections.

    Args:
        dataset: where to look.
        answer: its years and polls.
        query: the question as understood.
        wards: elections whose wards people see.
        whole: whether people see every year, not the last few.
    """
    council = answer.council
    return View(
        command="council",
        query={"council": council.id, **query},
        baseline=BASELINES if answer.polls else None,
        fields=FIELDS,
        rows=tuple(_records(answer.years)),
        summary=record_of(SUMMARY, answer),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=tuple(_headline(dataset, answer)),
            first=(_polls_table(dataset, answer.polls),) if answer.polls else (),
            table=_table(dataset, answer.years),
            shown=None if whole else SHOWN,
            rest="earlier years",
            more=tuple(_wards_table(dataset, each) for each in wards),
        ),
        notes=common.unique((*_notes(answer), *_ward_notes(wards))),
        declared=answer.declared,
        sources=common.citations(dataset, (*_sources(answer), *_ward_sources(wards))),
        workings=Workings(lambda: _workings(dataset, answer)),
        empty=f"no record of {council.name} for that year",
    )


def _records(years: Sequence[CouncilYear]) -> Iterable[Mapping[str, Any]]:
    """The years; the map of each has every party with seats in any: 0 for none, null where not known."""
    parties = list(dict.fromkeys(party for year in years for party in year.seats))
    for year in years:
        yield record_of(FIELDS, year, seats={party: year.seats_of(party) for party in parties})


def _headline(dataset: Dataset, answer: CouncilAnswer) -> Iterable[Sentence]:
    council = answer.council
    life = f"since {council.created.year}"
    if council.abolished is not None:
        life = f"{council.created.year} to {council.abolished.day} {council.abolished:%B %Y}"
    yield (f"{council.full_name}: {council.type.value}, {council.county}, {life}.",)
    if council.successors:
        names = [dataset.councils[each].name for each in council.successors]
        yield (f"Replaced by {common.listed(names)}.",)
    if council.predecessors:
        names = [dataset.councils[each].name for each in council.predecessors]
        yield (f"Replaced {common.listed(names)}.",)


def _table(dataset: Dataset, years: tuple[CouncilYear, ...]) -> Table:
    from emvote.views import bars  # drawn for people only

    totals: dict[str, int] = {}
    for year in years:
        for party, seats in year.seats.items():
            totals[party] = totals.get(party, 0) + (seats or 0)
    parties = sorted(totals, key=lambda party: (-totals[party], dataset.party_order(party)))
    latest = years[0].seats if years else {}
    # where a terminal is narrow, the parties that sit there now stay
    kept = sorted(parties, key=lambda party: -(latest.get(party) or 0))
    letter = bars.letters(dataset, totals)
    columns = (
        Column("Year", Kind.YEAR, "year"),
        Column("Control", Kind.PARTY, "control"),
        *(
            Column(
                dataset.abbreviation(party), Kind.COUNT, methodcaller("seats_of", party), max(0, kept.index(party) - 4)
            )
            for party in parties
        ),
        Column("Seats", Kind.COUNT, "seats_total"),
        Column(
            "Composition",
            Kind.SEAT_BAR,
            lambda year: bars.seat_bar(dataset, year.seats, year.seats_total, letter),
            priority=1,
        ),
        Column("Published as", Kind.TEXT, "published_control", priority=2),
        Column("Largest", Kind.PARTY, "largest", priority=3),
        Column("Flags", Kind.TEXTS, "flags", priority=4),
    )
    return table_of(columns, years, common.labels(dataset))


def _polls_table(dataset: Dataset, polls: tuple[CouncilRow, ...]) -> Table:
    columns = (
        Column("Election", Kind.TEXT, "election.name"),
        Column("Control", Kind.TEXT, "outcome"),
        Column("Seats won (net)", Kind.TEXT, lambda row: _won_words(dataset, row)),
        Column("Seats up", Kind.COUNT, "seats_up", priority=1),
    )
    return table_of(columns, polls, common.labels(dataset), title=f"Elections on record; {councils.COMPARED}")


def _won_words(dataset: Dataset, row: CouncilRow) -> str:
    """Seats won with their net, party by party: `Con 12 (+3), Lab 4 (-1)`."""
    return ", ".join(
        f"{dataset.abbreviation(party)} {row.won_by(party)} ({common.net_words(net)})"
        for party, net in (row.seats_net or dict.fromkeys(row.seats_won)).items()
        if row.won_by(party) is not None
    )


def _wards_table(dataset: Dataset, answer: WardsAnswer) -> Table:
    day = common.day(answer.election) if answer.election else ""
    return seats_table(dataset, answer.results, f"Wards, {day} (emvote wards for the candidates)")


def _ward_notes(wards: Sequence[WardsAnswer]) -> Iterable[str]:
    """What must be known of the wards shown."""
    for answer in wards:
        if any(result.contest.tallies for result in answer.results) and answer.election is not None:
            yield f"wards of {answer.election.date.year}: who was elected is not published, only votes by party"


def _ward_sources(wards: Sequence[WardsAnswer]) -> Iterable[str | None]:
    for answer in wards:
        yield from source_ids(answer.results)


def _notes(answer: CouncilAnswer) -> Iterable[str]:
    yield from answer.notes
    yield "a composition is a snapshot: by-elections and defections since the last election are in it"
    for year in answer.years:
        if year.note:
            yield f"{year.year}: {year.note}"
    for row in answer.polls:
        yield from row.notes


def _sources(answer: CouncilAnswer) -> Iterable[str | None]:
    yield answer.council.source
    for year in answer.years:
        yield year.source
    yield from common.council_sources(answer.polls)


def _workings(dataset: Dataset, answer: CouncilAnswer) -> Iterable[Working]:
    """The working of control in every year, then those of the polls."""
    yield from by_row(_explain(dataset, answer, year) for year in answer.years)
    for row in answer.polls:
        for each in councils.explain(dataset, row):
            yield replace(each, name=f"{each.name}, {common.day(row.election)}")


def _explain(dataset: Dataset, answer: CouncilAnswer, year: CouncilYear) -> Iterable[Working]:
    """The working of one year's control; nothing where the record does not tell it."""
    if year.control is None:
        return
    held = ((dataset.abbreviation(party), seats) for party, seats in year.seats.items() if seats)
    seats, needed = (("N", year.seats_total), *held), seats_needed(year.seats_total)
    name, label = f"{answer.council.name}, {year.year}", common.party(dataset, year.control)
    yield councils.control(name, seats, needed, label, source=str(year.source))


def sentence(view: View, dataset: Dataset) -> Sentence:
    """Return the answer in one sentence."""
    row, summary = view.rows[0], view.summary or {}
    if "seats" not in row:
        from emvote.views import council_list

        return council_list.sentence(view, dataset)
    seats = sorted(row["seats"].items(), key=lambda each: -(each[1] or 0))
    held = [(phrases.party_words(dataset, party, inside=True), f" {number}") for party, number in seats if number]
    start = f"{summary['full_name']}, {phrases.day(row['date'] or str(row['year']))}: "
    end = f", of {row['seats_total']} seats."
    if row["control"] == NOC:
        return (start, "no overall control; ", *phrases.joined(held, ", "), end)
    if row["control"]:
        return (start, phrases.full_name(dataset, row["control"]), " control; ", *phrases.joined(held, ", "), end)
    published = f" It was published as {row['published_control']}." if row["published_control"] else ""
    known = next((each for each in view.rows if each["control"]), None)
    unknown = " The record does not show who was in control"
    unknown += (
        f"; in {known['year']} it was {phrases.party_words(dataset, known['control'], inside=True)}." if known else "."
    )
    return (start, *phrases.joined(held, ", "), end, unknown, published)
