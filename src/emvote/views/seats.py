"""Every seat at one election for readers, with who won how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from emvote import measures
from emvote.dataset import Dataset
from emvote.model import ElectionKind
from emvote.queries.contest import SeatResult
from emvote.queries.seats import SeatsAnswer
from emvote.views import common, phrases
from emvote.views.columns import Column, Field, Table, record_of, records_of, table_of
from emvote.views.seat import SEATS_FIELDS, explain, explain_shares, outcome_words
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View, Working, Workings, by_row

FIELDS = (
    *SEATS_FIELDS[:-1],
    Field(
        "shares_pct",
        Kind.PCTS,
        "share of valid votes by party, per cent; independents, who each stand alone, are not in it, and a party "
        "that is not named did not stand",
        of=lambda result: {each.key: each.share_pct for each in result.standings if each.key == each.party},
    ),
    SEATS_FIELDS[-1],
)
MANY = 10
"""More seats than that, and people see which have flags in place of what each flag says."""
TOTAL_FIELDS = (
    Field("party", Kind.PARTY, "party id"),
    Field("seats", Kind.COUNT, "seats won"),
    Field("held", Kind.COUNT, "seats held against the baseline; null: there is none", null=True),
    Field("gained", Kind.COUNT, "seats gained, likewise", null=True),
    Field("lost", Kind.COUNT, "seats lost, likewise", null=True),
    Field("net", Kind.CHANGE, "gained less lost; null also where a winner, then or now, is not known", null=True),
)
SUMMARY = (
    Field(
        "seats",
        Kind.COUNT,
        "declared seats at this election before filtering",
        of=lambda answer: len(answer.all_results),
    ),
    Field("shown", Kind.COUNT, "seats that the conditions keep", of=lambda answer: len(answer.results)),
    Field(
        "unsettled",
        Kind.COUNT,
        "seats that may match: their winner, now or before, is not known",
        of=lambda answer: len(answer.unsettled),
    ),
    *common.DECLARED_FIELDS,
    Field("parties", Kind.RECORDS, "per party, over all seats of the election", fields=TOTAL_FIELDS),
)


def seats_view(dataset: Dataset, answer: SeatsAnswer, query: Mapping[str, Any]) -> View:
    """The seats of one election."""
    totals = party_totals(dataset, answer.all_results)
    estimate = answer.election.kind is ElectionKind.NOTIONAL
    return View(
        command="seats",
        query={"election": answer.election.id, **query},
        baseline=common.baseline_record(answer.baseline) if answer.baseline else None,
        fields=FIELDS,
        rows=records_of(FIELDS, answer.results),
        keys={"shares_pct": _stood(dataset, answer.all_results)},
        key_names=frozenset(dataset.parties),
        summary=record_of(SUMMARY, answer, parties=totals),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=tuple(_headline(answer)),
            table=seats_table(dataset, answer.results, answer.bands, answer.keep.party),
            closing=() if estimate else tuple(_closing(dataset, answer, totals)),
            brief=_brief(answer) if len(answer.results) > MANY else None,
        ),
        notes=common.unique((*_general_notes(answer), *_seat_notes(answer))),
        declared=answer.declared,
        sources=common.citations(dataset, common.source_ids(answer.results)),
        workings=Workings(lambda: by_row(_explain(dataset, result) for result in answer.results)),
        empty=_empty(answer),
    )


def _explain(dataset: Dataset, result: SeatResult) -> Iterable[Working]:
    yield from explain(dataset, result)
    yield from explain_shares(dataset, result)


def _headline(answer: SeatsAnswer) -> Iterator[Sentence]:
    """What cannot be told of which seats match."""
    shown, unsettled = len(answer.results), len(answer.unsettled)
    if unsettled:
        which = f"whether {phrases.number(unsettled)} more match" if shown else "which seats match"
        yield (f"{answer.election.name}: {which} is not known, as {_why_unsettled(answer)}.",)
    elif not shown:
        yield (f"{answer.election.name}: 0 of {len(answer.all_results)} seats.",)
    if not answer.declared.complete:
        yield tuple(common.declared_words(answer.declared))


def _why_unsettled(answer: SeatsAnswer) -> str:
    """Why the record does not tell whether seats match."""
    if answer.election.kind is ElectionKind.NOTIONAL:
        return "an estimate of an old result has no holds, gains or losses"
    if all(result.change == "new" for result in answer.unsettled):
        return "no earlier result on the same boundaries is on record"
    if any(result.winner is None for result in answer.unsettled):
        return "the record does not tell who won, then or before"
    return "the record does not tell who won before"


def _empty(answer: SeatsAnswer) -> str:
    counties = sorted({county for result in answer.all_results for county in result.seat.counties})
    if answer.keep.county is not None and answer.keep.county not in counties:
        asked = f"no seat of {answer.election.id} is published under {answer.keep.county}"
        return f"{asked}; there are: {', '.join(counties)}"
    out = "" if answer.declared.complete else f"; {answer.declared.words}"
    if answer.unsettled:
        return f"which seats of {answer.election.id} match is not known, as {_why_unsettled(answer)}{out}"
    return f"no seat of {answer.election.id} matches{out}"


def party_totals(dataset: Dataset, results: Sequence[SeatResult]) -> list[dict[str, Any]]:
    """Seats won, held, gained and lost by every party that won or lost any, most seats first."""
    seats = Counter([result.winner.party for result in results if result.winner])
    held = Counter([result.winner.party for result in results if result.winner and result.change == "hold"])
    gained = Counter([result.winner.party for result in results if result.winner and result.change == "gain"])
    lost = Counter([result.previous_party for result in results if result.change == "gain" and result.previous_party])
    compared = any(result.baseline for result in results)
    known = all(result.winner and (result.baseline is None or result.previous_party) for result in results)
    rows = []
    for party in sorted({*seats, *lost}, key=dataset.party_order):
        net = gained[party] - lost[party] if known else None
        changes = {"held": held[party], "gained": gained[party], "lost": lost[party], "net": net}
        row = {"party": party, "seats": seats[party]}
        rows.append({**row, **(changes if compared else dict.fromkeys(changes))})
    return sorted(rows, key=lambda row: -int(str(row["seats"])))


def _stood(dataset: Dataset, results: Iterable[SeatResult]) -> tuple[str, ...]:
    """The parties that stood anywhere, in the dataset's order; independents each stand alone."""
    parties = {each.party for result in results for each in result.standings if each.key == each.party}
    return tuple(sorted(parties, key=dataset.party_order))


def seats_table(
    dataset: Dataset,
    results: Sequence[SeatResult],
    bands: measures.Bands = measures.BANDS,
    party: str | None = None,
) -> Table:
    """A row a seat, with the share of a party where one is asked for."""
    columns = (
        Column("Seat", Kind.NAME, "seat.name"),
        Column("Result", Kind.TEXT, lambda result: outcome_words(dataset, result), field="outcome"),
        Column("Majority", Kind.COUNT, "majority_votes"),
        Column("%", Kind.PCT, "majority_pct"),
        *(() if party is None else (_share_column(dataset, party),)),
        Column("Second", Kind.PARTY, "runner_up.party", priority=1),
        Column("Turnout", Kind.PCT, "turnout_pct", priority=2),
        Column("Winner", Kind.NAME, "winner.candidate", priority=3),
        Column("Band", Kind.TEXT, lambda result: _band(result, bands), priority=4),
        Column("County", Kind.TEXT, lambda result: common.counties(result.seat), priority=5),
    )
    return table_of(columns, results, common.labels(dataset))


def _share_column(dataset: Dataset, party: str) -> Column:
    def share(result: SeatResult) -> float | None:
        return next((each.share_pct for each in result.standings if each.party == party), None)

    return Column(f"{dataset.abbreviation(party)} %", Kind.PCT, share, field=f"shares_pct.{party}")


def _band(result: SeatResult, bands: measures.Bands) -> str | None:
    return None if result.majority_pct is None else measures.band(result.majority_pct, bands)


def _closing(dataset: Dataset, answer: SeatsAnswer, totals: list[dict[str, Any]]) -> Iterable[Sentence]:
    if answer.baseline is not None:
        number = len(answer.all_results)
        seats = f"All {number} seats" if number > 1 else "One seat"
        if not answer.declared.complete:
            seats = f"The {number} declared {common.plural(number, 'seat')}"
        yield (f"{seats}, compared with: {answer.baseline.name}.",)
    for total in totals:
        label = common.party(dataset, total["party"])
        if label is None:
            continue
        numbers: Sentence = (label, ": ", Value(total["seats"], Kind.COUNT), common.plural(total["seats"], " seat"))
        yield (*numbers, *_change_words(total), ".")


def _change_words(total: Mapping[str, Any]) -> Sentence:
    """Holds, gains and losses, as far as there is something to compare with."""
    if total["held"] is None:
        return ()
    fates = phrases.fates_of(total["held"], total["gained"], total["lost"])
    words = f", {fates}" if fates else ""
    return (f"{words}, net not known" if total["net"] is None else words,)


def _general_notes(answer: SeatsAnswer) -> Iterable[str]:
    yield from answer.declared.notes()
    if answer.unsettled:
        names = [result.seat.name for result in answer.unsettled]
        yield f"whether these match is not known, as {_why_unsettled(answer)}: {common.listed(names)}"
    if answer.baseline is not None and answer.baseline.kind is ElectionKind.NOTIONAL:
        yield f"holds and gains are against a notional result: {answer.baseline.name}"
    if answer.election.kind is ElectionKind.NOTIONAL:
        yield "a notional result is an estimate: nobody was elected"
    bands = ", ".join(f"{name} from {floor}%" for name, floor in answer.bands)
    yield f"bands by majority in per cent of valid votes: {bands}"
    for flag in answer.election.flags:
        yield flag.note


def _seat_notes(answer: SeatsAnswer) -> Iterable[str]:
    for result in answer.results:
        for note in (*result.unknown, *(flag.note for flag in result.contest.flags)):
            yield f"{result.seat.name}: {note}"


def _brief(answer: SeatsAnswer) -> tuple[str, ...]:
    """The general notes, and which seats have more to be known."""
    flagged = [result.seat.name for result in answer.results if result.contest.flags]
    hint = f"flags, which --explain and emvote seat NAME spell out: {common.listed(flagged)}"
    unknown = (f"{result.seat.name}: {why}" for result in answer.results for why in result.unknown)
    return (*_general_notes(answer), *unknown, *([hint] if flagged else []))


def sentence(view: View, dataset: Dataset) -> Sentence:
    """Return the answer in one sentence."""
    summary = view.summary or {}
    begin = phrases.election_matching(view, dataset)
    if len(view.rows) <= phrases.MOST_NAMED:
        some = len(view.rows) != summary["seats"]
        begin += f"{len(view.rows)} of {summary['seats']} seats: " if some else ""
        return (begin, *phrases.outcomes(view.rows, "seat", "previous_party", "winner_party", dataset), ".")
    if len(view.rows) != summary["seats"]:  # the totals are of every seat, not of those that match
        winners = [row["winner_party"] for row in view.rows]
        order = sorted(
            {party for party in winners if party}, key=lambda party: (-winners.count(party), dataset.party_order(party))
        )
        some = [(phrases.party_words(dataset, party, inside=True), f" {winners.count(party)}") for party in order]
        unknown = [(f"winner not known {winners.count(None)}",)] if None in winners else []
        return (
            begin,
            f"{len(view.rows)} of {summary['seats']} seats{phrases.asked(view)}, won by ",
            *phrases.joined([*some, *unknown], ", "),
            ".",
        )
    won = [
        (phrases.party_words(dataset, each["party"], inside=True), f" {each['seats']}", *phrases.net(each["net"]))
        for each in summary["parties"]
        if each["seats"] or each["net"]
    ]
    baseline = dataset.elections.get((view.baseline or {}).get("election", ""))
    against = f"; changes against {baseline.name}" if baseline else ""
    return (begin, f"{len(view.rows)} seats{phrases.asked(view)}: ", *phrases.joined(won, ", "), f"{against}.")
