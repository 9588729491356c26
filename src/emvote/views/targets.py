"""Target lists for readers: swings with two decimals, the rule and the assumption said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from emvote import measures
from emvote.dataset import Dataset
from emvote.model import ElectionKind
from emvote.queries.contenders import Contender
from emvote.queries.targets import Target, TargetsAnswer, not_stood
from emvote.views import common, phrases
from emvote.views.columns import Column, Field, Table, record_of, records_of, table_of
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View, Working, Workings, by_row
from emvote.views.workings import working

FIELDS = (
    Field("rank", Kind.COUNT, "place in the whole list, also where filters narrow it; null: no swing", null=True),
    Field("seat_id", Kind.TEXT, "id of the seat", of="seat.id"),
    Field("seat", Kind.NAME, "name of the seat", of="seat.name"),
    Field("holder", Kind.PARTY, "party that won; null: not known", null=True, of="holder_party"),
    Field(
        "challenger",
        Kind.PARTY,
        "party that is to win; null: second place is shared or not known",
        null=True,
        of="challenger_party",
    ),
    Field("swing_pp", Kind.PP2, "swing from holder to challenger at which they tie; null: see `note`", null=True),
    Field("votes_needed", Kind.COUNT, "voters who must change from holder to challenger for it to win", null=True),
    Field("majority_votes", Kind.COUNT, "winner's votes less the second's; null: second place not known", null=True),
    Field("majority_pct", Kind.PCT, "majority in per cent of valid votes, likewise", null=True),
    Field(
        "position", Kind.COUNT, "place of the challenger, ties sharing it; null: did not stand, or unknown", null=True
    ),
    Field("election", Kind.TEXT, "id of the election that the list rests on", of="election.id"),
    Field("second", Kind.PARTY, "party in second place; null: shared or not known", null=True),
    Field(
        "passes",
        Kind.PARTY,
        "party that takes more swing to pass than the holder; null: none",
        null=True,
        of="passes.party",
    ),
    Field(
        "holder_candidate", Kind.NAME, "who won; null: the record has parties only", null=True, of="holder.candidate"
    ),
    Field(
        "challenger_candidate",
        Kind.NAME,
        "the challenger's candidate then, likewise",
        null=True,
        of="challenger.candidate",
    ),
    Field("band", Kind.TEXT, "band of the majority", null=True, choices=tuple(name for name, _ in measures.BANDS)),
    Field("swing_band", Kind.TEXT, "band of twice the swing", null=True, choices=tuple(n for n, _ in measures.BANDS)),
    *common.SEAT_AREA_FIELDS,
    Field("note", Kind.TEXT, "why there is no swing", null=True),
    common.FLAGS,
)
SUMMARY = (
    Field("party", Kind.PARTY, "the party of the list"),
    Field("scope", Kind.TEXT, "what the list is of"),
    Field("seats", Kind.COUNT, "declared seats in it"),
    Field("held", Kind.COUNT, "seats that the party won"),
    Field("listed", Kind.COUNT, "seats in the list before filtering", of=lambda answer: len(answer.every)),
    Field(
        "ranked",
        Kind.COUNT,
        "seats in it that have a swing",
        of=lambda answer: sum(target.rank is not None for target in answer.every),
    ),
    Field("shown", Kind.COUNT, "seats that the conditions keep", of=lambda answer: len(answer.rows)),
    Field(
        "majority_needs",
        Kind.COUNT,
        "seats that are more than half of those in scope",
        of=lambda answer: measures.seats_needed(answer.declared.of),
    ),
    Field(
        "rule",
        Kind.TEXT,
        "what the challenger must do",
        choices=("pass-all", "gap-only"),
        of=lambda answer: "gap-only" if answer.gap_only else "pass-all",
    ),
)
OVERTAKING: Final = "Press Association: takes account of the need to overtake the second placed party"
VARIANTS: Final = ("control_targets",)
"""The view whose `FIELDS` and `SUMMARY` stand in place of these where the targets are councils."""


def targets_view(dataset: Dataset, answer: TargetsAnswer, query: Mapping[str, Any]) -> View:
    """The target list of one party, or what it defends."""
    return View(
        command="targets",
        query={"party": answer.party, "election": answer.election.id, **query},
        baseline=common.baseline_record(answer.election),
        fields=FIELDS,
        rows=records_of(FIELDS, answer.rows),
        summary=record_of(SUMMARY, answer, scope=dataset.record.region),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=(_headline(dataset, answer),),
            table=_table(dataset, answer),
            brief=common.unique(_notes(dataset, answer)),
        ),
        notes=common.unique((*_notes(dataset, answer), *_flag_notes(answer))),
        declared=answer.declared,
        sources=common.citations(dataset, {target.source for target in answer.rows}),
        workings=Workings(lambda: by_row(_explain(dataset, answer, each) for each in answer.rows)),
        empty=_empty(dataset, answer),
    )


def _headline(dataset: Dataset, answer: TargetsAnswer) -> Sentence:
    name = phrases.party_words(dataset, answer.party)
    what = f"{'defends' if answer.defend else 'does not hold'} {phrases.number(len(answer.every), 'seat')}"
    some = "" if len(answer.rows) == len(answer.every) else f"; shown are {phrases.number(len(answer.rows))}"
    out = common.declared_aside(answer.declared)
    return (f"{name} {what} in {dataset.record.region}, on the result of {common.day(answer.election)}{out}{some}.",)


def _table(dataset: Dataset, answer: TargetsAnswer) -> Table:
    winning, noted = not answer.defend, any(target.note for target in answer.rows)
    columns = (
        Column("Rank", Kind.COUNT, "rank"),
        Column("Seat", Kind.NAME, "seat.name"),
        Column("Held by", Kind.PARTY, "holder_party"),
        *([] if winning else [Column("To", Kind.PARTY, "challenger_party")]),
        Column("Swing", Kind.NUMBER, "swing_pp"),
        Column("Votes", Kind.COUNT, "votes_needed"),
        *([Column("Place", Kind.COUNT, "position", priority=2)] if winning else []),
        *([Column("Note", Kind.TEXT, lambda target: target.note or "")] if noted else []),
        Column("Majority", Kind.COUNT, "majority_votes", priority=1),
        Column("%", Kind.PCT, "majority_pct", priority=3),
        *([Column("Passes", Kind.PARTY, "passes.party", priority=4)] if winning else []),
        Column("County", Kind.TEXT, lambda target: common.counties(target.seat), priority=5),
    )
    return table_of(columns, answer.rows, common.labels(dataset))


def _notes(dataset: Dataset, answer: TargetsAnswer) -> Iterable[str]:
    if answer.defend:
        yield "a seat is lost to its runner-up: swing from the one to the other, and nobody else's votes change"
    elif answer.gap_only:
        yield "swing from the holder; whoever else stands between is left out of account (--gap-only)"
    else:
        yield (
            "swing from the holder that also passes every other party, only the holder's votes falling: "
            "the rule of the Press Association's lists"
        )
    yield "a swing of exactly this size is a tie; seats of exactly the same swing share a rank"
    if answer.election.kind is ElectionKind.NOTIONAL:
        yield f"holders are those of a notional result, an estimate: {answer.election.name}"
    else:
        yield "holders are those of the election: by-elections and changes of party since do not count"
    for older in answer.joined:
        name = dataset.parties[answer.party].name
        yield f"{name} has the votes of its predecessor, {dataset.parties[older].name}"
    yield from answer.declared.notes()
    yield from _unranked(dataset, answer)
    for flag in answer.election.flags:
        yield flag.note


def _unranked(dataset: Dataset, answer: TargetsAnswer) -> Iterable[str]:
    """How many seats have no rank, and why."""
    absent = not_stood(answer)
    if absent:
        where = f"{len(absent)} {common.plural(len(absent), 'seat')}"
        yield f"{dataset.parties[answer.party].name} did not stand in {where}, listed last without a rank"
    for target in answer.every:
        if target.note is not None and not target.did_not_stand:
            yield f"{target.seat.name} has no rank: {target.note}"


def _flag_notes(answer: TargetsAnswer) -> Iterable[str]:
    for target in answer.rows:
        for flag in target.contest.flags:
            yield f"{target.seat.name}: {flag.note}"


def _explain(dataset: Dataset, answer: TargetsAnswer, target: Target) -> Iterator[Working]:
    """The working of the swing to win a seat, of the votes needed, and of the majority."""
    cited = {"the votes": dataset.sources[target.source].title}
    seat, valid = target.seat.name, ("T", target.contest.valid_votes)
    holder, challenger, other = target.holder, target.challenger, target.best_other
    inputs = [
        (f"{_who(dataset, holder)}, holder W", holder.votes if holder else None),
        (f"{_who(dataset, challenger)}, challenger C", challenger.votes if challenger else None),
    ]
    letters, rule = {}, None
    if other is not None and not (answer.gap_only or answer.defend):
        inputs.append((f"{_who(dataset, other)}, strongest other O", other.votes))
        letters, rule = {"(W − C)/2": "max((W − C)/2, O − C)"}, OVERTAKING
    if target.rank is not None:
        what, numbers, swing_pp = f"swing to win {seat}", (*inputs, valid), target.swing_pp
        yield working(measures.swing_required_pp, what, numbers, swing_pp, cited=cited, letters=letters, rule=rule)
    if target.votes_needed is not None:
        what, needed = f"votes needed in {seat}", target.votes_needed
        yield working(measures.votes_to_win, what, inputs, needed, cited=cited, letters=letters)
    if target.majority_pct is not None and target.majority_votes is not None and holder is not None:
        numbers = (inputs[0], ("votes of the second S", holder.votes - target.majority_votes), valid)
        what, letters = f"majority in {seat}", {"v1": "W", "v2": "S"}
        yield working(measures.majority_pct, what, numbers, target.majority_pct, cited=cited, letters=letters)


def _who(dataset: Dataset, contender: Contender | None) -> str:
    return "not known" if contender is None else f"{dataset.abbreviation(contender.party)} votes"


def _empty(dataset: Dataset, answer: TargetsAnswer) -> str:
    name, where = dataset.parties[answer.party].name, f"at {answer.election.id} in {dataset.record.region}"
    if answer.every:
        return f"none of the {len(answer.every)} seats in the list matches"
    return f"{name} held no seat {where}" if answer.defend else f"{name} held every seat {where}"


def sentence(view: View, dataset: Dataset) -> Sentence:
    """Return the answer in one sentence."""
    if view.query.get("councils"):
        from emvote.views import control_targets

        return control_targets.sentence(view, dataset)
    row, summary = view.rows[0], view.summary or {}
    holder, challenger = phrases.full_name(dataset, row["holder"]), phrases.full_name(dataset, row["challenger"])
    begin = f"{summary['scope']}, after {phrases.election_name(view, dataset)}{common.declared_aside(view.declared)}: "
    if row["swing_pp"] is None:
        return (begin, f"none of the {len(view.rows)} seats has a swing: {row['seat']}, {row['note']}.")
    some = "" if summary["shown"] == summary["listed"] else f"{summary['shown']} "
    if view.query.get("defend"):
        what: Sentence = (
            f"of {some or 'the '}seats of ",
            holder,
            ", ",
            row["seat"],
            " falls first: to ",
            challenger,
            " at ",
        )
    else:
        easiest = f"the easiest of {some}targets of " if some else "the easiest target of "
        what = (easiest, challenger, " is ", row["seat"], ", held by ", holder, ": ")
    # a swing needed is written without a sign, and with two decimals
    swing = ("a swing of ", Value(row["swing_pp"], Kind.NUMBER), " points")
    return (begin, *what, *swing, *phrases.after(", ", phrases.of_votes(row["votes_needed"], None)), ".")
