"""Target lists for readers: swings with two decimals, the rule and the assumption said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from emvote import measures
from emvote.dataset import Dataset
from emvote.model import ElectionKind
from emvote.queries.contenders import Contender
from emvote.queries.targets import Target, TargetsAnswer, not_stood
from emvote.views import common
from emvote.views.view import Column, Explanation, Field, Kind, Layout, Sentence, Table, View, Workings, by_row
from emvote.views.workings import working

FIELDS = (
    Field("rank", Kind.COUNT, "place in the whole list, also where filters narrow it; null: no swing", null=True),
    Field("seat_id", Kind.TEXT, "id of the seat"),
    Field("seat", Kind.NAME, "name of the seat"),
    Field("holder", Kind.PARTY, "party that won; null: not known", null=True),
    Field("challenger", Kind.PARTY, "party that is to win; null: second place is shared or not known", null=True),
    Field("swing_pp", Kind.PP2, "swing from holder to challenger at which they tie; null: see `note`", null=True),
    Field("votes_needed", Kind.COUNT, "voters who must change from holder to challenger for it to win", null=True),
    Field("majority_votes", Kind.COUNT, "winner's votes less the second's; null: second place not known", null=True),
    Field("majority_pct", Kind.PCT, "majority in per cent of valid votes, likewise", null=True),
    Field(
        "position", Kind.COUNT, "place of the challenger, ties sharing it; null: did not stand, or unknown", null=True
    ),
    Field("election", Kind.TEXT, "id of the election that the list rests on"),
    Field("second", Kind.PARTY, "party in second place; null: shared or not known", null=True),
    Field("passes", Kind.PARTY, "party that takes more swing to pass than the holder; null: none", null=True),
    Field("holder_candidate", Kind.NAME, "who won; null: the record has parties only", null=True),
    Field("challenger_candidate", Kind.NAME, "the challenger's candidate then, likewise", null=True),
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
    Field("listed", Kind.COUNT, "seats in the list before filtering"),
    Field("ranked", Kind.COUNT, "seats in it that have a swing"),
    Field("shown", Kind.COUNT, "seats that the conditions keep"),
    Field("majority_needs", Kind.COUNT, "seats that are more than half of those in scope"),
    Field("rule", Kind.TEXT, "what the challenger must do", choices=("pass-all", "gap-only")),
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
        rows=tuple(_record(answer, target) for target in answer.rows),
        summary=_summary(dataset, answer),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=(_headline(dataset, answer),),
            table=_table(dataset, answer),
            brief=common.unique(_notes(dataset, answer)),
        ),
        notes=common.unique((*_notes(dataset, answer), *_flag_notes(answer))),
        declared=answer.declared,
        sources=common.citations(dataset, {_source(answer, target) for target in answer.rows}),
        explanations=Workings(lambda: by_row(_explain(dataset, answer, each) for each in answer.rows)),
        empty=_empty(dataset, answer),
    )


def _record(answer: TargetsAnswer, target: Target) -> dict[str, Any]:
    return {
        "rank": target.rank,
        "seat_id": target.seat.id,
        "seat": target.seat.name,
        "holder": target.holder_party,
        "challenger": target.challenger_party,
        "swing_pp": target.swing_pp,
        "votes_needed": target.votes_needed,
        "majority_votes": target.majority_votes,
        "majority_pct": target.majority_pct,
        "position": target.position,
        "election": answer.election.id,
        "second": target.second,
        "passes": target.passes.party if target.passes else None,
        "holder_candidate": target.holder.candidate if target.holder else None,
        "challenger_candidate": target.challenger.candidate if target.challenger else None,
        "band": target.band,
        "swing_band": target.swing_band,
        **common.seat_area_record(target.seat),
        "note": target.note,
        "flags": common.codes((*target.contest.flags, *answer.election.flags)),
    }


def _summary(dataset: Dataset, answer: TargetsAnswer) -> dict[str, Any]:
    return {
        "party": answer.party,
        "scope": dataset.record.region,
        "seats": answer.seats,
        "held": answer.held,
        "listed": len(answer.every),
        "ranked": sum(target.rank is not None for target in answer.every),
        "shown": len(answer.rows),
        "majority_needs": measures.seats_needed(answer.declared.of),
        "rule": "gap-only" if answer.gap_only else "pass-all",
    }


def _headline(dataset: Dataset, answer: TargetsAnswer) -> Sentence:
    name, region = dataset.parties[answer.party].name, dataset.record.region
    what = "that it defends" if answer.defend else "that it does not hold"
    number = f"{len(answer.rows)} of {len(answer.every)} {common.plural(len(answer.every), 'seat')} {what}"
    out = common.declared_aside(answer.declared)
    return (f"{name}, {region}: {number}, on the result of: {answer.election.name}{out}.",)


def _table(dataset: Dataset, answer: TargetsAnswer) -> Table:
    noted = any(target.note for target in answer.rows)
    columns = (
        Column("Rank", Kind.COUNT),
        Column("Seat", Kind.NAME),
        Column("Held by", Kind.PARTY),
        *([Column("To", Kind.PARTY)] if answer.defend else []),
        Column("Swing", Kind.NUMBER),
        Column("Votes", Kind.COUNT),
        *([] if answer.defend else [Column("Place", Kind.COUNT, priority=2)]),
        *([Column("Note", Kind.TEXT)] if noted else []),
        Column("Majority", Kind.COUNT, priority=1),
        Column("%", Kind.PCT, priority=3),
        *([] if answer.defend else [Column("Passes", Kind.PARTY, priority=4)]),
        Column("County", Kind.TEXT, priority=5),
    )
    return Table(columns, tuple(_cells(dataset, answer, target, noted=noted) for target in answer.rows))


def _cells(dataset: Dataset, answer: TargetsAnswer, target: Target, *, noted: bool) -> tuple[Any, ...]:
    challenger = common.party(dataset, target.challenger_party)
    return (
        target.rank,
        target.seat.name,
        common.party(dataset, target.holder_party),
        *([challenger] if answer.defend else []),
        target.swing_pp,
        target.votes_needed,
        *([] if answer.defend else [target.position]),
        *([target.note or ""] if noted else []),
        target.majority_votes,
        target.majority_pct,
        *([] if answer.defend else [common.party(dataset, target.passes.party if target.passes else None)]),
        common.counties(target.seat),
    )


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
        if target.note is not None and target not in absent:
            yield f"{target.seat.name} has no rank: {target.note}"


def _flag_notes(answer: TargetsAnswer) -> Iterable[str]:
    for target in answer.rows:
        for flag in target.contest.flags:
            yield f"{target.seat.name}: {flag.note}"


def _source(answer: TargetsAnswer, target: Target) -> str:
    return target.contest.source or answer.election.source


def _explain(dataset: Dataset, answer: TargetsAnswer, target: Target) -> Iterator[Explanation]:
    """The working of the swing to win a seat, of the votes needed, and of the majority."""
    cited = {"the votes": dataset.sources[_source(answer, target)].title}
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
