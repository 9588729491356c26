"""Every candidacy of a name for readers, latest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from emvote.dataset import LOCAL, Dataset
from emvote.model import ElectionKind
from emvote.queries.candidate import BY_INITIAL, BY_NAME, BY_NUMBER, CandidacyRow, CandidateAnswer
from emvote.views import common, phrases, workings
from emvote.views.columns import Column, Field, Table, record_of, records_of, table_of
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View, Working, Workings, by_row

_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_TEENS = range(11, 14)


def result_words(row: CandidacyRow) -> str:
    """How a candidacy ended: `elected`, `unopposed`, `2nd of 7`, `not elected`; `not declared` where it has not."""
    if row.elected is None:
        return "not declared"
    if row.elected:
        return "unopposed" if row.uncontested else "elected"
    return f"{ordinal(row.position)} of {row.candidates}" if row.position else "not elected"


def ordinal(number: int) -> str:
    """A place in words.

    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st']
    """
    ending = "th" if number % 100 in _TEENS else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


def _elected(rows: Sequence[CandidacyRow]) -> int:
    return sum(bool(row.elected) for row in rows)


def _days(answer: CandidateAnswer) -> list[date]:
    return [row.election.date for row in answer.rows]


def _people(answer: CandidateAnswer) -> int:
    return len({row.person for row in answer.rows if row.person is not None})


LISTED_BY = (BY_NAME, BY_NUMBER, BY_INITIAL)
KINDS = tuple(kind for kind in ElectionKind if kind is not ElectionKind.NOTIONAL)
FIELDS = (
    Field("candidate", Kind.NAME, "name as published"),
    Field("election", Kind.TEXT, "election id", of="election.id"),
    Field("kind", Kind.TEXT, "kind of election", choices=KINDS, of="election.kind.value"),
    Field("polling_date", Kind.DATE, "polling day", of="election.date"),
    Field("place", Kind.NAME, "seat, ward with its council, or office of the mayor"),
    Field("place_id", Kind.TEXT, "GSS code of the seat or ward, id of the office; null: not in the source", null=True),
    Field("counties", Kind.TEXTS, "ceremonial counties that the place lies in"),
    Field("party", Kind.PARTY, "party id; `ind` for an independent"),
    Field("party_label", Kind.TEXT, "label on the ballot paper or in the source"),
    Field(
        "votes", Kind.COUNT, "votes, for mayor those of the first round; null: not known, or nobody voted", null=True
    ),
    Field(
        "share_pct", Kind.PCT, "per cent of all votes; in wards with several seats of all votes, not voters", null=True
    ),
    Field("position", Kind.COUNT, "1 for the most votes, shared by equals; null: votes are not known", null=True),
    Field(
        "candidates_total",
        Kind.COUNT,
        "candidates on record in the contest; null: only who won has a name there",
        null=True,
        of="candidates",
    ),
    Field("seats_up", Kind.COUNT, "seats that the contest filled"),
    Field("elected", Kind.BOOL, "whether elected; null: not declared yet", null=True),
    Field("uncontested", Kind.BOOL, "whether nobody voted, as there were no more candidates than seats"),
    Field("result", Kind.TEXT, "the same in words: `elected`, `2nd of 7`, `unopposed`", of=result_words),
    Field("sitting_mp", Kind.BOOL, "member of the Parliament before; null: wards and mayors", null=True),
    Field("group", Kind.COUNT, "the same number where counties or a person link the places: no proof of one person"),
    Field("person", Kind.COUNT, "the same where the sources' numbers show one person; null: no number", null=True),
    Field("mnis_id", Kind.YEAR, "number among Parliament's members; null: never one, or not in the source", null=True),
    Field("dc_id", Kind.YEAR, "number of the person at the Democracy Club; null: not in the source", null=True),
    Field(
        "listed_by",
        Kind.TEXT,
        "why it is listed: its name, a number of the sources, or an initial that agrees (likely, no proof)",
        choices=LISTED_BY,
    ),
    Field("note", Kind.TEXT, "whom the candidate sat for before, and other remarks", null=True),
    common.FLAGS,
)
SIMILAR_FIELDS = (
    Field("name", Kind.NAME, "a name near the one asked for"),
    Field("candidacies", Kind.COUNT, "contests in which it stood; none of them is in the rows"),
)
SUMMARY = (
    Field("candidate", Kind.NAME, "the name", of="name"),
    Field("candidacies", Kind.COUNT, "how many rows there are", of=lambda answer: len(answer.rows)),
    Field("elected", Kind.COUNT, "how often the name was elected", of=lambda answer: _elected(answer.rows)),
    Field("first", Kind.DATE, "polling day of the first", of=lambda answer: min(_days(answer))),
    Field("last", Kind.DATE, "polling day of the last", of=lambda answer: max(_days(answer))),
    Field("people", Kind.COUNT, "people whom the sources' numbers tell apart; 0: no row has a number", of=_people),
    Field("groups", Kind.COUNT, "groups of places that no county links: more than one may be namesakes"),
    Field("similar", Kind.RECORDS, "near names, not counted in", fields=SIMILAR_FIELDS),
)
WARD_VOTES = "of all votes in the ward: not of voters, who have as many votes as there are seats"
SHARE_OF = {**dict.fromkeys(LOCAL, WARD_VOTES), ElectionKind.MAYOR: "of all votes of the first round"}


def candidate_view(dataset: Dataset, answer: CandidateAnswer, query: Mapping[str, Any]) -> View:
    """The candidacies of a name."""
    rows = answer.rows
    return View(
        command="candidate",
        query={"candidate": answer.name, **query},
        fields=FIELDS,
        rows=records_of(FIELDS, rows),
        summary=record_of(SUMMARY, answer),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(table=_table(dataset, rows, several=answer.groups > 1)),
        notes=common.unique((*answer.notes, *_flag_notes(rows))),
        declared=answer.declared,
        sources=common.citations(dataset, _sources(rows)),
        workings=Workings(lambda: by_row(_explain(row) for row in rows)),
    )


def _table(dataset: Dataset, rows: tuple[CandidacyRow, ...], *, several: bool) -> Table:
    people = len({row.person for row in rows}) > 1
    names = len({row.candidate for row in rows}) > 1
    columns = (
        Column("Polling day", Kind.DATE, "election.date"),
        *((Column("Name", Kind.NAME, "candidate"),) if names else ()),
        # of a ward with its council, so that it may fold between words
        Column("Place", Kind.TEXT, "place"),
        Column("Party", Kind.PARTY, "party"),
        Column("Votes", Kind.COUNT, "votes"),
        Column("%", Kind.PCT, "share_pct", priority=1),
        Column("Result", Kind.TEXT, result_words),
        *((Column("Person", Kind.COUNT, "person", priority=1),) if people else ()),
        *((Column("Group", Kind.COUNT, "group", priority=2),) if several else ()),
    )
    return table_of(columns, rows, common.labels(dataset))


def _flag_notes(rows: tuple[CandidacyRow, ...]) -> Iterator[str]:
    for row in rows:
        for flag in row.flags:
            yield f"{row.place} {row.election.date.year}: {flag.note}"


def _sources(rows: tuple[CandidacyRow, ...]) -> Iterator[str]:
    for row in rows:
        yield row.source
        yield from row.votes_from
        yield from common.flag_sources(row.flags)


def _explain(row: CandidacyRow) -> Iterator[Working]:
    """The working of one candidacy's share and position."""
    source = "; ".join(row.votes_from)
    name = f"{row.candidate}, {row.place}, {common.day(row.election)}"
    if row.share_pct is not None and row.share_of is not None:
        rule = SHARE_OF.get(row.election.kind)
        yield workings.share(name, row.votes, row.share_of, row.share_pct, source, rule)
    if row.position is not None:
        ahead = ", ".join(f"{votes:,}" for votes in row.round.ahead)
        yield Working(
            f"position, {name}",
            "one more than there are candidates with more votes",
            (
                (f"votes [{source}]", Value(row.round.own, Kind.COUNT)),
                (f"votes of those with more [{source}]", Value(ahead or "nobody has more", Kind.TEXT)),
                ("candidates", Value(len(row.round.everybody), Kind.COUNT)),
            ),
            Value(row.position, Kind.COUNT),
            "candidates with the same votes share a position",
        )


def sentence(view: View, dataset: Dataset) -> Sentence:
    """Return how many candidacies there are, and how the last ended."""
    summary, last = view.summary or {}, max(view.rows, key=lambda row: row["polling_date"])
    number, elected = summary["candidacies"], summary["elected"]
    whole = f"{number} {'candidacy' if number == 1 else 'candidacies'} under that name"
    out = all(row["elected"] is None for row in view.rows)
    won = "" if out else f", {elected} successful"
    result = f", {last['result']}" if last["result"] else ""
    begin = f": {whole} on record{common.declared_aside(view.declared)}{won}; the last in "
    latest = f", {phrases.day(last['polling_date'])}{result}, for "
    return (summary["candidate"], begin, last["place"], latest, phrases.full_name(dataset, last["party"]), ".")
