"""A projection for readers: seats, scoreboard and tipping seat, and that it is arithmetic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from emvote import measures
from emvote.dataset import Dataset
from emvote.model import ElectionKind
from emvote.parties import is_aggregate, stood_as
from emvote.queries.changes import Changes, Model
from emvote.queries.contenders import contenders
from emvote.queries.equal_votes import EqualVotes
from emvote.queries.project import ProjectAnswer
from emvote.queries.projection import Projected, Step
from emvote.queries.swingometer import Point
from emvote.queries.typed import Exact
from emvote.views import common, commons, phrases
from emvote.views.columns import Column, Field, Table, record_of, table_of
from emvote.views.values import Kind, PartyLabel, Sentence, Value
from emvote.views.view import Layout, View, Working, Workings, by_row

SHOWN_SHARES = 6
"""Parties whose shares people see."""
FIELDS = (
    Field("seat_id", Kind.TEXT, "id of the seat", of="seat.id"),
    Field("seat", Kind.NAME, "name of the seat", of="seat.name"),
    Field("from_party", Kind.PARTY, "party that won at the baseline; null: not known", null=True),
    Field("to_party", Kind.PARTY, "party with most votes after; null: an exact tie, or not known", null=True),
    Field("changed", Kind.BOOL, "whether another has most votes; null: one of the two winners is not known", null=True),
    Field("shares_pct", Kind.PCTS, "shares after, per cent; each independent by a key of own, unnamed ones together"),
    Field(
        "majority_pct", Kind.PCT, "lead of the first over the second after; null: an aggregate is among them", null=True
    ),
    Field("second_party", Kind.PARTY, "party in second place after; null: shared, or not known", null=True),
    Field("tied", Kind.TEXTS, "contenders that tie exactly for most votes"),
    Field("clamped", Kind.TEXTS, "contenders that had less to lose than the projection takes, and are held at 0"),
    Field("falls_at_pp", Kind.PP2, "of one swing: where its gainer ties; negative: it leads; else null", null=True),
    *common.SEAT_AREA_FIELDS,
    Field("note", Kind.TEXT, "why there is no winner, or why the seat is left as it was", null=True),
    common.FLAGS,
)
PARTY_FIELDS = (
    Field("party", Kind.PARTY, "party id; independents together"),
    Field("seats_before", Kind.COUNT, "seats at the baseline"),
    Field("seats_after", Kind.COUNT, "seats after, without ties"),
    Field("net", Kind.CHANGE, "after less before"),
    Field("share_before_pct", Kind.PCT, "share of the votes in the scope; null: did not stand", null=True),
    Field("share_after_pct", Kind.PCT, "the same after, each seat with the votes of the baseline", null=True),
)
TIPPING_FIELDS = (
    Field("party", Kind.PARTY, "party whose majority it is about"),
    Field("against", Kind.PARTY, "party that loses what it gains; null: whoever holds each seat", null=True),
    Field("seats_needed", Kind.COUNT, "seats that are more than half of those in scope", of="needs"),
    Field("seat_id", Kind.TEXT, "id of the seat that makes it so many; null: no swing does", null=True, of="seat.id"),
    Field("seat", Kind.NAME, "its name, likewise", null=True, of="seat.name"),
    Field("swing_pp", Kind.PP2, "swing from the baseline at which it ties there; negative: has to spare", null=True),
)
POINT_FIELDS = (
    Field(
        "point",
        Kind.TEXT,
        "what is reached: half of the seats or less for the loser, more seats than any other for the gainer",
        choices=tuple(Point),
    ),
    Field("party", Kind.PARTY, "party that it is about"),
    Field("seats", Kind.COUNT, "seats that it then has"),
    Field("seat_id", Kind.TEXT, "id of the seat that makes it so", of="seat.id"),
    Field("seat", Kind.NAME, "its name", of="seat.name"),
    Field("swing_pp", Kind.PP2, "swing from the baseline at which it ties there; beyond it the point is reached"),
)
STEP_FIELDS = (
    Field("swing_pp", Kind.PP2, "the swing", of="swing.near"),
    Field("seats", Kind.COUNTS, "party to seats", absent=0),
    Field("undecided", Kind.COUNT, "seats that are tied, or whose winner is not known"),
    Field("changed", Kind.COUNT, "seats that another party has than at the baseline"),
)
FALL_FIELDS = (
    Field("seats", Kind.COUNT, "seats of the gainer when this one has fallen"),
    Field("swing_pp", Kind.PP2, "swing at which it ties here; above it, it wins", of="row.falls_at_pp"),
    Field("seat_id", Kind.TEXT, "id of the seat", of="row.seat.id"),
    Field("seat", Kind.NAME, "name of the seat", of="row.seat.name"),
    Field("from_party", Kind.PARTY, "party that holds it", null=True, of="row.from_party"),
)


def _called(equal: EqualVotes) -> str:
    return BIAS if equal.national else DIFFERENCE


def _clamped(answer: ProjectAnswer) -> dict[str, int]:
    """Count the seats where a party is held at 0, independents together."""
    parties = (dict.fromkeys(key.partition(":")[0] for key in row.clamped) for row in answer.every)
    return dict(Counter(party for row in parties for party in row))


BROOKES = "Brookes; Johnston, Pattie, Dorling and Rossiter, From Votes to Seats, 2001"
BIAS = "electoral bias"
DIFFERENCE = "seat difference at equal votes"
EQUAL_FIELDS = (
    Field(
        "called",
        Kind.TEXT,
        "what the difference is called: of the country, or of less",
        choices=(BIAS, DIFFERENCE),
        of=_called,
    ),
    Field("first", Kind.PARTY, "party that a positive difference is to"),
    Field("second", Kind.PARTY, "party that a negative difference is to"),
    Field("votes_first", Kind.COUNT, "its votes at the baseline, in the whole scope", of=lambda equal: equal.votes[0]),
    Field("votes_second", Kind.COUNT, "likewise", of=lambda equal: equal.votes[1]),
    Field(
        "share_first_pct",
        Kind.PCT,
        "the same in per cent of all valid votes",
        of=lambda equal: measures.share_pct(equal.votes[0], equal.valid_votes),
    ),
    Field(
        "share_second_pct", Kind.PCT, "likewise", of=lambda equal: measures.share_pct(equal.votes[1], equal.valid_votes)
    ),
    Field("swung_votes", Kind.COUNT, "valid votes in the seats where both stood, which alone are swung"),
    Field(
        "swing_pp",
        Kind.PP2,
        "swing from the first to the second that makes votes equal; negative: the other way",
        of="swing.near",
    ),
    Field(
        "votes_first_after",
        Kind.NUMBER,
        "its votes after it; those of both are equal to less than one vote",
        of=lambda equal: equal.votes_after[0],
    ),
    Field("votes_second_after", Kind.NUMBER, "likewise", of=lambda equal: equal.votes_after[1]),
    Field(
        "share_after_pct",
        Kind.PCT,
        "the share of all valid votes that each then has",
        of=lambda equal: 100 * equal.votes_after[0] / equal.valid_votes,
    ),
    Field(
        "seats_first_before", Kind.COUNT, "seats of the first at the baseline", of=lambda equal: equal.seats_before[0]
    ),
    Field("seats_second_before", Kind.COUNT, "likewise", of=lambda equal: equal.seats_before[1]),
    Field("seats_first", Kind.COUNT, "seats of the first after it, without ties", of=lambda equal: equal.seats[0]),
    Field("seats_second", Kind.COUNT, "likewise", of=lambda equal: equal.seats[1]),
    Field("difference", Kind.CHANGE, "seats of the first less those of the second; null: winners not known", null=True),
    Field("unknown", Kind.TEXTS, "seats of which nobody knows who has them after it, by name"),
)
SUMMARY = (
    Field("scope", Kind.TEXT, "what the seats and totals are of"),
    Field("changes", Kind.TEXT, "what is changed, in words"),
    Field("seats", Kind.COUNT, "declared seats in it", of=lambda answer: len(answer.every)),
    Field("shown", Kind.COUNT, "seats that the conditions keep", of=lambda answer: len(answer.rows)),
    Field(
        "changed",
        Kind.COUNT,
        "seats that another party has after",
        of=lambda answer: sum(bool(row.changed) for row in answer.every),
    ),
    Field("parties", Kind.RECORDS, "per party, most seats after first", fields=PARTY_FIELDS, of="totals"),
    Field("undecided_before", Kind.COUNT, "seats whose winner at the baseline is not known"),
    Field("undecided_after", Kind.COUNT, "seats that are tied after, or whose winner is not known"),
    Field(
        "tied",
        Kind.TEXTS,
        "seats that are tied exactly, by name",
        of=lambda answer: [row.seat.name for row in answer.every if row.tied],
    ),
    Field(
        "clamped_seats",
        Kind.COUNT,
        "seats where somebody is held at 0",
        of=lambda answer: sum(bool(row.clamped) for row in answer.every),
    ),
    Field("clamped", Kind.COUNTS, "party to seats where it is held at 0", absent=0, of=_clamped),
    Field(
        "not_standing_seats",
        Kind.COUNT,
        "seats where a party that the changes name did not stand",
        of=lambda answer: sum(not row.standing for row in answer.every),
    ),
    Field("tipping", Kind.RECORD, "the seat that makes a majority; null: several parties lead", True, TIPPING_FIELDS),
    Field(
        "points",
        Kind.RECORDS,
        "of one swing: what it reaches on its way, lowest first, without what is so at the baseline; empty: nothing, "
        "seats are out, or winners are not known",
        fields=POINT_FIELDS,
    ),
    Field("table", Kind.RECORDS, "with --table: the scoreboard at each swing", fields=STEP_FIELDS, of="steps"),
    Field("falls", Kind.RECORDS, "with --table: the seats that fall, by swing", fields=FALL_FIELDS),
    Field(
        "equal_votes", Kind.RECORD, "with --equal-votes: what comes of them; else null", True, EQUAL_FIELDS, of="equal"
    ),
    *commons.SUMMARY,
)


def project_view(dataset: Dataset, answer: ProjectAnswer, query: Mapping[str, Any]) -> View:
    """A projection of every seat."""
    return View(
        command="project",
        query={"baseline": answer.baseline.id, **query},
        baseline=common.baseline_record(answer.baseline),
        fields=FIELDS,
        rows=tuple(record_of(FIELDS, row, flags=_flags(answer, row)) for row in answer.rows),
        summary=record_of(
            SUMMARY,
            answer,
            scope=dataset.record.region,
            changes="; ".join(changes_words(dataset, answer.changes, answer.shares_of)),
        ),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=tuple(_headline(dataset, answer)),
            table=_table(dataset, answer),
            more=tuple(_more(dataset, answer)),
            closing=tuple(_closing(dataset, answer)),
            brief=common.unique(_notes(dataset, answer)),
        ),
        notes=common.unique((*_notes(dataset, answer), *_flag_notes(answer))),
        declared=answer.declared,
        sources=common.citations(dataset, _sources(dataset, answer)),
        workings=Workings(lambda: _workings(dataset, answer)),
        empty=f"none of the {len(answer.every)} seats matches",
        keys={"shares_pct": _keys(dataset, answer)},
    )


def _keys(dataset: Dataset, answer: ProjectAnswer) -> tuple[str, ...]:
    """Every contender of the scope, in the record's order."""
    found = dict.fromkeys(key for row in answer.every for key in row.keys)
    return tuple(sorted(found, key=lambda key: (dataset.party_order(key), key)))


def _flags(answer: ProjectAnswer, row: Projected) -> list[str]:
    return common.codes((*row.contest.flags, *answer.baseline.flags))


def _headline(dataset: Dataset, answer: ProjectAnswer) -> Iterable[Sentence]:
    what = "; ".join(changes_words(dataset, answer.changes, answer.shares_of))
    number = f"{len(answer.rows)} of {len(answer.every)} seats shown"
    out = common.declared_aside(answer.declared)
    yield (f"{dataset.record.region}, {answer.baseline.name}{out}, {what}. {number}.",)
    if answer.equal is not None:
        yield (
            *equal_words(record_of(EQUAL_FIELDS, answer.equal), lambda party: common.party(dataset, party) or party),
            ".",
        )


def equal_words(record: Mapping[str, Any], label: Callable[[str], PartyLabel | str]) -> Sentence:
    """What comes of equal votes, from the record: who has more seats, by how many, and the swing that it takes."""
    first, second = label(record["first"]), label(record["second"])
    seats, swing = (record["seats_first"], record["seats_second"]), record["swing_pp"]
    called = f"{record['called'][:1].upper()}{record['called'][1:]}: "
    way: Sentence = (first, " to ", second) if swing >= 0 else (second, " to ", first)
    after: Sentence = (" after a swing of ", Value(abs(swing), Kind.NUMBER), " points from ", *way, ", each with ")
    share: Sentence = (Value(record["share_after_pct"], Kind.PCT), " of the vote")
    counted: Sentence = (first, f" {seats[0]}, ", second, f" {seats[1]},", *after, *share)
    difference = record["difference"]
    if difference is None:
        return (f"{called}not known, as winners are not; ", *counted)
    if not difference:
        return (f"{called}none; ", *counted)
    number = abs(difference)
    return (
        f"{called}{number} {common.plural(number, 'seat')} to ",
        first if difference > 0 else second,
        "; ",
        *counted,
    )


def changes_words(dataset: Dataset, changes: Changes, shares_of: str) -> Iterable[str]:
    """Each change in words."""

    def name(party: str) -> str:
        return dataset.abbreviation(party)

    if changes.shares:
        shares = ", ".join(f"{name(party)} {_plain(share)}%" for party, share in changes.shares.items())
        how = "in proportion" if changes.model is Model.PROPORTIONAL else "by as many points in every seat"
        yield f"shares of {shares_of} {shares}, {how}"
    if changes.equal is not None:
        yield f"a swing after which {name(changes.equal[0])} and {name(changes.equal[1])} have as many votes"
    for swing in changes.swings if changes.equal is None else ():
        amount = swing.amount or (changes.steps.last if changes.steps else None)
        if amount is not None:
            points = f"{_plain(amount)} {'point' if amount.top == amount.bottom else 'points'}"
            yield f"a swing of {points} from {name(swing.from_party)} to {name(swing.to_party)}"
    for copy in changes.copies:
        yield f"{name(copy.to_party)} polling as {name(copy.party)} did at {copy.election.id}"
    for transfer in changes.transfers:
        what = "points" if transfer.points else f"per cent of the votes of {name(transfer.from_party)}"
        where = f"from {name(transfer.from_party)} to {name(transfer.to_party)}"
        yield f"{_plain(transfer.amount)} {what} {where if transfer.points else f'to {name(transfer.to_party)}'}"


def _plain(number: Exact) -> str:
    """A number as it was typed, without the noughts behind it."""
    whole, rest = divmod(number.top, number.bottom)
    decimals = str(rest).rjust(len(str(number.bottom)) - 1, "0").rstrip("0")
    return f"{whole}.{decimals}" if rest else str(whole)


def _table(dataset: Dataset, answer: ProjectAnswer) -> Table:
    shown = sorted(answer.totals, key=lambda total: -(total.share_after_pct or 0))[:SHOWN_SHARES]
    columns = [
        Column("Seat", Kind.NAME, "seat.name"),
        Column("Was", Kind.PARTY, "from_party"),
        Column("Now", Kind.PARTY, "to_party"),
        Column("Majority", Kind.PCT, "majority_pct"),
    ]
    if answer.changes.one_swing is not None:
        columns.append(Column("Falls at", Kind.NUMBER, "falls_at_pp"))
    if any(row.note for row in answer.rows):
        columns.append(Column("Note", Kind.TEXT, lambda row: row.note or ""))
    for priority, total in enumerate(shown, start=1):
        name = dataset.abbreviation(total.party)
        columns.append(Column(name, Kind.PCT, partial(_share_after, total.party), priority=priority))
    return table_of(columns, answer.rows, common.labels(dataset))


def _share_after(party: str, row: Projected) -> float | None:
    return row.shares_pct.get(party)


def _more(dataset: Dataset, answer: ProjectAnswer) -> Iterable[Table]:
    columns = (
        Column("Party", Kind.PARTY, "party"),
        Column("Seats before", Kind.COUNT, "seats_before"),
        Column("After", Kind.COUNT, "seats_after"),
        Column("Net", Kind.CHANGE, "net"),
        Column("Share before", Kind.PCT, "share_before_pct"),
        Column("After", Kind.PCT, "share_after_pct"),
    )
    seated = (total for total in answer.totals[SHOWN_SHARES:] if total.seats_before or total.seats_after)
    totals = (*answer.totals[:SHOWN_SHARES], *seated)
    yield table_of(columns, totals, common.labels(dataset), title=f"Scoreboard, {dataset.record.region}")
    if answer.steps:
        yield _step_table(dataset, answer)
    if answer.falls:
        yield _fall_table(dataset, answer)


def _step_table(dataset: Dataset, answer: ProjectAnswer) -> Table:
    parties = sorted({party for step in answer.steps for party in step.seats}, key=dataset.party_order)
    columns = (
        Column("Swing", Kind.NUMBER, "swing.near"),
        *(Column(dataset.abbreviation(party), Kind.COUNT, partial(_seats_at, party)) for party in parties),
        Column("Undecided", Kind.COUNT, "undecided"),
        Column("Changed", Kind.COUNT, "changed"),
    )
    return table_of(columns, answer.steps, common.labels(dataset), title="Seats at each swing")


def _seats_at(party: str, step: Step) -> int:
    return step.seats.get(party, 0)


def _fall_table(dataset: Dataset, answer: ProjectAnswer) -> Table:
    columns = (
        Column("Seats", Kind.COUNT, "seats"),
        Column("Swing", Kind.NUMBER, "row.falls_at_pp"),
        Column("Seat that falls", Kind.NAME, "row.seat.name"),
        Column("From", Kind.PARTY, "row.from_party"),
    )
    title = "The swing at which each total is reached"
    return table_of(columns, answer.falls, common.labels(dataset), title=title)


def _closing(dataset: Dataset, answer: ProjectAnswer) -> Iterable[Sentence]:
    changed = sum(bool(row.changed) for row in answer.every)
    yield (Value(changed, Kind.COUNT), f" of {len(answer.every)} seats change hands.")
    yield from commons.sentences(dataset, answer.commons, "would have")
    for each in answer.points:
        party = common.party(dataset, each.party) or each.party
        swing = Value(each.swing_pp, Kind.NUMBER)
        what = " has no more than half of the seats" if each.point is Point.NO_MAJORITY else " is the largest party"
        yield (party, f"{what}, {each.seats}, beyond a swing of ", swing, f", with {each.seat.name}.")
    tipping = answer.tipping
    if tipping is None:
        return
    label = common.party(dataset, tipping.party) or tipping.party
    start: Sentence = ("More than half are ", Value(tipping.needs, Kind.COUNT), ". ", label)
    source = f" from {dataset.abbreviation(tipping.against)}" if tipping.against else " from whoever holds each seat"
    if tipping.seat is None or tipping.swing_pp is None:
        yield (*start, f" cannot have as many by a swing{source}.")
        return
    swing = Value(abs(tipping.swing_pp), Kind.NUMBER)
    seat = tipping.seat.name
    if tipping.swing_pp < 0:
        lost = (" has as many at the baseline, and loses the tipping seat, ", seat, ", at a swing of ")
        yield (*start, *lost, swing, " points against it.")
    else:
        yield (*start, f" has as many with {seat}, the tipping seat: beyond a swing of ", swing, f"{source}.")


def _notes(dataset: Dataset, answer: ProjectAnswer) -> Iterable[str]:
    if answer.baseline.kind is ElectionKind.NOTIONAL:
        yield f"the baseline is a notional result, an estimate: {answer.baseline.name}"
    yield from _equal_notes(dataset, answer)
    yield from _share_notes(dataset, answer)
    yield from commons.notes(dataset, answer.commons, answer.speakers)
    tied = [row.seat.name for row in answer.every if row.tied]
    if tied:
        yield f"tied exactly, so nobody has it: {common.listed(tied)}"
    clamped = sum(bool(row.clamped) for row in answer.every)
    if clamped:
        parties = ", ".join(f"{dataset.abbreviation(party)} {number}" for party, number in _clamped(answer).items())
        yield f"held at 0 in {clamped} {common.plural(clamped, 'seat')}, all shares then brought back to 100: {parties}"
    absent = sum(not row.standing for row in answer.every)
    if absent:
        yield (
            f"in {absent} {common.plural(absent, 'seat')} a party that the changes name did not stand: one that did "
            "not stand stays at 0, and between two that did not both stand nothing moves"
        )
    for row in answer.every:
        if row.note and not row.tied:
            yield f"{row.seat.name}: {row.note}"
    together = sum(any(is_aggregate(dataset.parties[e.party]) for e in row.contest.entries) for row in answer.every)
    if together:
        seats = f"{together} {common.plural(together, 'seat')}"
        yield f"votes that the record counts together, in {seats}, cannot be projected by party: they are as they were"
    yield "independents are as they were, each alone; who did not stand at the baseline stays at 0 unless copied"
    yield from answer.declared.notes()
    for flag in answer.baseline.flags:
        yield flag.note


def _equal_notes(dataset: Dataset, answer: ProjectAnswer) -> Iterable[str]:
    equal = answer.equal
    if equal is None:
        return
    if not equal.national:
        yield f"this is the {DIFFERENCE} of {dataset.record.region}: electoral bias is measured in a whole country"
    if equal.unknown:
        yield f"no difference is given, as who has these seats is not known: {common.listed(equal.unknown)}"
    if equal.tied:
        yield f"in neither number of seats, as one of the two ties exactly for it: {common.listed(equal.tied)}"
    if any(row.clamped for row in answer.every):
        yield (
            "somebody is held at 0, so that the votes are made equal by a larger swing than the formula has; it is "
            "found step by step, to less than one vote"
        )


def _share_notes(dataset: Dataset, answer: ProjectAnswer) -> Iterable[str]:
    stood = {key for row in answer.every for key in row.keys}
    for party in answer.changes.shares:
        if stood_as(dataset, party, stood) is None:
            yield f"{dataset.parties[party].name} stood in no seat: it stays at 0, and its new share goes nowhere"
    if answer.changes.shares:
        yield (
            "parties that are given no share keep theirs, and each seat is brought back to 100: the shares that come "
            "out, in the summary, may differ from those asked for"
        )


def _flag_notes(answer: ProjectAnswer) -> Iterable[str]:
    for row in answer.rows:
        for flag in row.contest.flags:
            yield f"{row.seat.name}: {flag.note}"


def _sources(dataset: Dataset, answer: ProjectAnswer) -> set[str]:
    found = {row.contest.source or answer.baseline.source for row in answer.rows}
    for copy in answer.changes.copies:
        contests = (dataset.contests.get((copy.election.id, row.seat.id)) for row in answer.rows)
        found |= {contest.source or copy.election.source for contest in contests if contest}
    return found


def _workings(dataset: Dataset, answer: ProjectAnswer) -> Iterable[Working]:
    if answer.equal is not None:
        yield from _equal_workings(dataset, answer, answer.equal)
    cited = common.cited(dataset, [row.contest for row in answer.every])
    yield from commons.workings(dataset, answer.commons, f"{cited} ({answer.baseline.id}), and the changes")
    yield from _share_workings(dataset, answer)
    yield from by_row(_explain_seat(dataset, answer, row) for row in answer.rows)


def _equal_workings(dataset: Dataset, answer: ProjectAnswer, equal: EqualVotes) -> Iterable[Working]:
    a, b = dataset.abbreviation(equal.first), dataset.abbreviation(equal.second)
    record = record_of(EQUAL_FIELDS, equal)
    source = common.cited(dataset, [row.contest for row in answer.every])
    clamped = any(row.clamped for row in answer.every)
    yield Working(
        f"swing from {a} to {b} to equal votes",
        f"50 × (a − b) / T{', and more as somebody is held at 0' if clamped else ''}",
        (
            (f"votes of {a} a", Value(equal.votes[0], Kind.COUNT)),
            (f"votes of {b} b", Value(equal.votes[1], Kind.COUNT)),
            (f"share of {a}", Value(record["share_first_pct"], Kind.PCT)),
            (f"share of {b}", Value(record["share_second_pct"], Kind.PCT)),
            ("valid votes T where both stood", Value(equal.swung_votes, Kind.COUNT)),
            ("source of the votes", Value(source, Kind.TEXT)),
        ),
        Value(equal.swing.near, Kind.PP2),
        BROOKES,
    )
    yield Working(
        _called(equal),
        f"seats of {a} − seats of {b}, after that swing in every seat where both stood; positive: to {a}",
        (
            (f"votes of {a} after it", Value(equal.votes_after[0], Kind.NUMBER)),
            (f"votes of {b} after it", Value(equal.votes_after[1], Kind.NUMBER)),
            ("share of each after it", Value(record["share_after_pct"], Kind.PCT)),
            (f"swing from {a} to {b}", Value(equal.swing.near, Kind.PP2)),
            (f"seats of {a}", Value(equal.seats[0], Kind.COUNT)),
            (f"seats of {b}", Value(equal.seats[1], Kind.COUNT)),
        ),
        Value(equal.difference, Kind.CHANGE),
        BROOKES,
    )


def _share_workings(dataset: Dataset, answer: ProjectAnswer) -> Iterable[Working]:
    proportional = answer.changes.model is Model.PROPORTIONAL
    for party, share in answer.changes.shares.items():
        before = answer.shares_before[party]
        factor = proportional and before > 0
        yield Working(
            f"new share of {dataset.abbreviation(party)}",
            "S' / S, by which its votes are multiplied in every seat" if factor else "S' − S, points in every seat",
            (
                ("new share S'", Value(share.near, Kind.PCT)),
                (f"share S in {answer.shares_of}, {answer.baseline.id}", Value(before, Kind.PCT)),
                ("source of S", Value(dataset.sources[answer.baseline.source].title, Kind.TEXT)),
            ),
            Value(share.near / before, Kind.NUMBER) if factor else Value(share.near - before, Kind.PP2),
            "politicalbetting.com, 13 February 2009" if factor else "UK Polling Report, uniform change",
        )


def _rules(changes: Changes) -> Iterable[str]:
    """Where the rules of the changes come from."""
    if changes.swings:
        yield "swing between two parties: House of Commons Library, SN/SG/3430"
    if changes.shares:
        proportional = changes.model is Model.PROPORTIONAL
        yield "new shares: politicalbetting.com, 13 February 2009" if proportional else "new shares: UK Polling Report"
    if changes.copies or changes.transfers:
        yield "copies and transfers: docs/method.md, Projections"


def _explain(dataset: Dataset, answer: ProjectAnswer, row: Projected) -> Working:
    shares = row.shares_pct
    inputs = [
        (f"{dataset.abbreviation(entry.party)} votes v", Value(entry.votes, Kind.COUNT))
        for entry in sorted(row.contest.entries, key=lambda entry: -entry.votes)
    ]
    inputs.append(("valid votes T", Value(row.contest.valid_votes, Kind.COUNT)))
    inputs.append(("source of the votes", _title(dataset, answer, row)))
    if answer.equal is not None:
        (swing,) = answer.changes.swings
        pair = f"{dataset.abbreviation(swing.from_party)} to {dataset.abbreviation(swing.to_party)}"
        inputs.append((f"swing from {pair}", Value(abs(answer.equal.swing.near), Kind.NUMBER)))
    for copy in answer.changes.copies:
        share = Value(shares.get(copy.to_party), Kind.PCT)
        inputs.append((f"share of {dataset.abbreviation(copy.party)} at {copy.election.id}", share))
        inputs.append(("source of that share", Value(dataset.sources[copy.election.source].title, Kind.TEXT)))
    what = "; ".join(changes_words(dataset, answer.changes, answer.shares_of))
    first = next(iter(shares), None)
    outcome = (row.note or "not known") if row.to_party is None else dataset.abbreviation(row.to_party)
    lead = "" if first is None else f", {dataset.abbreviation(first)} first"
    return Working(
        f"projection of {row.seat.name}",
        f"100 × v/T, then: {what}; none below 0, all brought to 100"
        if _moved(dataset, row)
        else "100 × v/T, unchanged",
        tuple(inputs),
        Value(f"{outcome}{lead if row.to_party is None else ''}", Kind.TEXT),
        "; ".join(_rules(answer.changes)),
    )


def _explain_seat(dataset: Dataset, answer: ProjectAnswer, row: Projected) -> Iterator[Working]:
    """The working of one seat: who wins it, every share, the majority, and where it falls."""
    projection = _explain(dataset, answer, row)
    yield projection
    votes = _votes(dataset, row)
    where, valid = row.seat.name, ("valid votes T", Value(row.contest.valid_votes, Kind.COUNT))
    source = ("source of the votes", _title(dataset, answer, row))
    for key, share_pct in row.shares_pct.items():
        own = ("votes v", Value(votes.get(key, 0), Kind.COUNT))
        after = Value(share_pct, Kind.PCT)
        yield Working(f"share of {_name(dataset, key)} after, {where}", projection.formula, (own, valid, source), after)
    if row.majority_pct is not None:
        two = [*row.shares_pct.items()][:2]
        yield Working(
            f"majority after, {where}",
            "share of the first − share of the second",
            (*((_name(dataset, key), Value(share_pct, Kind.PCT)) for key, share_pct in two), source),
            Value(row.majority_pct, Kind.PCT),
        )
    if row.falls_at_pp is not None and row.half_votes is not None:
        needed = ("votes that the gainer lacks to tie for the seat n", Value(row.half_votes / 2, Kind.NUMBER))
        falls = Value(row.falls_at_pp, Kind.PP2)
        rule = "half of the lead of the one who loses them, or all of the lead of another: Press Association"
        yield Working(f"swing at which it falls, {where}", "100 × n / T", (needed, valid, source), falls, rule)


def _votes(dataset: Dataset, row: Projected) -> dict[str, int]:
    """Votes at the baseline by contender."""
    votes: dict[str, int] = {}
    for each in contenders(dataset, row.contest):
        votes[each.key] = votes.get(each.key, 0) + each.votes
    return votes


def _moved(dataset: Dataset, row: Projected) -> bool:
    """Whether the changes moved any share here: they leave the seat of a Speaker who stands again as it was."""
    votes, valid = _votes(dataset, row), row.contest.valid_votes
    shares = row.shares_pct.items()
    return not valid or any(measures.share_pct(votes.get(key, 0), valid) != share_pct for key, share_pct in shares)


def _name(dataset: Dataset, key: str) -> str:
    """A contender: a party, or an independent by the key of its own."""
    return key if ":" in key else dataset.abbreviation(key)


def _title(dataset: Dataset, answer: ProjectAnswer, row: Projected) -> Value:
    return Value(dataset.sources[row.contest.source or answer.baseline.source].title, Kind.TEXT)


def sentence(view: View, dataset: Dataset) -> Sentence:
    """What is changed stands in the headline, the seats of every party that has or had any in the summary."""
    summary = view.summary or {}
    parties = [
        (
            phrases.party_words(dataset, total["party"], inside=True),
            f" {total['seats_after']}",
            *phrases.net(total["net"]),
        )
        for total in summary["parties"]
        if total["seats_before"] or total["seats_after"]
    ]
    undecided = summary["undecided_after"]
    rest = f"; {undecided} tied or not known" if undecided else ""
    equal = summary["equal_votes"]
    bias: Sentence = () if equal is None else ("; ", *_equal_votes(equal, dataset))
    begin = f"Arithmetic, not a forecast: {summary['scope']}, on {dataset.elections[view.query['baseline']].name}"
    told = f"{common.declared_aside(view.declared)}, {summary['changes']}: "
    return (begin, told, *phrases.joined(parties, ", "), *bias, commons.phrase(summary, dataset), f"{rest}.")


def _equal_votes(equal: Mapping[str, Any], dataset: Dataset) -> Sentence:
    first, *rest = equal_words(equal, partial(phrases.full_name, dataset))
    return (f"{str(first)[:1].lower()}{str(first)[1:]}", *rest)
