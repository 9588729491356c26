"""One constituency's results for readers: a sentence, a row a result, and the candidates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from emvote import measures
from emvote.dataset import Dataset
from emvote.measures import Formula
from emvote.model import Contest, ElectionKind, Seat
from emvote.queries.contest import SeatResult, Standing, Votes
from emvote.views import common, phrases, workings
from emvote.views.columns import Column, Field, Table, record_of, records_of, table_of
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View, Working, Workings, by_row
from emvote.views.workings import working

if TYPE_CHECKING:
    from emvote.queries.runs import Win
    from emvote.queries.seat import Held, SeatAnswer
    from emvote.views.picture import Sketch

CANDIDATE_FIELDS = (
    Field("candidate", Kind.NAME, "name of the candidate"),
    Field("party", Kind.PARTY, "party id; `ind` for an independent"),
    Field("key", Kind.TEXT, "the party, but each independent's own key (`ind:adam`)"),
    Field("party_label", Kind.TEXT, "label on the ballot paper"),
    Field("votes", Kind.COUNT, "valid votes"),
    Field("share_pct", Kind.PCT, "per cent of all valid votes", null=True),
    Field("change_pp", Kind.PP, "change of the party's share since the baseline; null: it did not stand", null=True),
    Field("elected", Kind.BOOL, "whether this candidate won"),
    Field("deposit_lost", Kind.BOOL, "whether the share was 5% or less", null=True),
    Field("sitting_mp", Kind.BOOL, "whether a member of the Parliament before, for any seat", null=True),
)
PARTY_VOTES_FIELDS = (
    Field("party", Kind.PARTY, "party id; `other` for those that the record adds up"),
    Field("party_label", Kind.TEXT, "name of the party, or of the aggregate"),
    Field("votes", Kind.COUNT, "valid votes; null: returned unopposed, nobody voted", null=True),
    *(field for field in CANDIDATE_FIELDS if field.key in {"share_pct", "change_pp"}),
)
SEATS_FIELDS = (
    Field(
        "seat_id",
        Kind.TEXT,
        "GSS code of the seat; before 2010 its name and first year (`derby-north.1950`)",
        of="seat.id",
    ),
    Field("seat", Kind.NAME, "name of the seat", of="seat.name"),
    Field(
        "county",
        Kind.TEXT,
        "ceremonial county, or two with a slash between",
        of=lambda result: common.counties(result.seat),
    ),
    Field("region", Kind.TEXT, "region of England", of="seat.region"),
    Field("boundaries", Kind.TEXT, "year of the first general election on these boundaries", of="seat.boundaries"),
    Field("election", Kind.TEXT, "election id", of="election.id"),
    Field(
        "kind", Kind.TEXT, "kind of election", choices=("general", "by-election", "notional"), of="election.kind.value"
    ),
    Field("polling_date", Kind.DATE, "polling day; of an estimate, that of the election it re-estimates"),
    Field("electorate", Kind.COUNT, "registered electors; null: not known", null=True, of="contest.electorate"),
    Field(
        "valid_votes",
        Kind.COUNT,
        "valid votes; null: returned unopposed, or not known",
        null=True,
        of="contest.valid_votes",
    ),
    Field(
        "invalid_votes",
        Kind.COUNT,
        "ballot papers rejected at the count; null: not known",
        null=True,
        of="contest.invalid_votes",
    ),
    Field("turnout_pct", Kind.PCT, "valid votes in per cent of the electorate", null=True),
    Field("turnout_ballot_pct", Kind.PCT, "valid and rejected votes in per cent of the electorate", null=True),
    Field(
        "winner", Kind.NAME, "name of the winner; null where candidates are not known", null=True, of="winner.candidate"
    ),
    Field(
        "winner_party",
        Kind.PARTY,
        "party of the winner; null where the record cannot tell",
        null=True,
        of="winner.party",
    ),
    Field("runner_up", Kind.NAME, "name of the runner-up", null=True, of="runner_up.candidate"),
    Field("runner_up_party", Kind.PARTY, "party of the runner-up", null=True, of="runner_up.party"),
    Field("majority_votes", Kind.COUNT, "votes of the winner less those of the runner-up", null=True),
    Field("majority_pct", Kind.PCT, "the majority in per cent of valid votes", null=True),
    Field(
        "decided_by",
        Kind.TEXT,
        "`lot`: a tie; null: by votes, or not known",
        null=True,
        choices=("lot",),
        of=lambda result: "lot" if result.decided_by_lot else None,
    ),
    Field("outcome", Kind.TEXT, "`Con gain from Lab`, against the baseline; null for an estimate", null=True),
    Field("change", Kind.TEXT, "what the outcome is", null=True, choices=("hold", "gain", "new")),
    Field("previous_party", Kind.PARTY, "winner's party at the baseline", null=True),
    Field(
        "previous_election",
        Kind.TEXT,
        "the baseline: preceding general election or its notional result",
        null=True,
        of="baseline.id",
    ),
    Field(
        "swing",
        Kind.RECORD,
        "swing from runner-up to winner; null: `notes` says why",
        null=True,
        fields=common.SWING_FIELDS,
    ),
    Field("candidates_known", Kind.BOOL, "whether the record names the candidates"),
    common.FLAGS,
)
FIELDS = (
    *SEATS_FIELDS[:-2],
    Field(
        "candidates",
        Kind.RECORDS,
        "candidates, most votes first; empty where not known",
        fields=CANDIDATE_FIELDS,
        of=lambda result: result.standings if result.candidates_known else (),
    ),
    Field(
        "party_votes",
        Kind.RECORDS,
        "votes by party where candidates are not known",
        fields=PARTY_VOTES_FIELDS,
        of=lambda result: () if result.candidates_known else result.standings,
    ),
    *SEATS_FIELDS[-2:],
)
HELD_FIELDS = (
    Field("party", Kind.PARTY, "party that won the last general election here"),
    Field("since", Kind.DATE, "polling day of the first win of its run"),
    Field("elections", Kind.COUNT, "general elections won in the run"),
    Field(
        "by_elections",
        Kind.RECORDS,
        "by-elections since, which neither lengthen nor break the run",
        fields=(
            Field("election", Kind.TEXT, "election id", of=itemgetter(0)),
            Field("party", Kind.PARTY, "party of the winner", null=True, of=itemgetter(1)),
        ),
    ),
    Field("from_start", Kind.BOOL, "whether the run reaches back to the first result on record, so may be longer"),
)
CHANGE_FIELDS = (
    Field("election", Kind.TEXT, "id of the general election at which it changed hands"),
    Field("since", Kind.DATE, "its polling day"),
    Field("from_party", Kind.PARTY, "party that won the general election before"),
    Field("to_party", Kind.PARTY, "party that won it then"),
)
LONGEST_FIELDS = (
    Field("party", Kind.PARTY, "party that won them"),
    Field("since", Kind.DATE, "polling day of the first win"),
    Field("until", Kind.DATE, "polling day of the last win"),
    Field("elections", Kind.COUNT, "general elections won in a row"),
    Field("current", Kind.BOOL, "whether it is the current run"),
    Field("from_start", Kind.BOOL, "whether it reaches back to the first result on record, so may be longer"),
)
SUMMARY = (
    Field("held", Kind.RECORD, "the current run of general-election wins", null=True, fields=HELD_FIELDS),
    Field(
        "last_change",
        Kind.RECORD,
        "last change of hands between general elections; null: the record shows none, or not which",
        null=True,
        fields=CHANGE_FIELDS,
    ),
    Field(
        "longest",
        Kind.RECORD,
        "longest run of general-election wins on record, the later of two of one length; null: no winner is known",
        null=True,
        fields=LONGEST_FIELDS,
    ),
)
RUN: Final = Formula(
    "general elections from the last one back to another winner, an unknown one, a gap or a new seat",
    "count",
    "a seat continues that of its name, or renamed with most of its electors, on the boundaries before",
)
OUTCOME: Final = Formula(
    "the winner's party against that of the winner before: hold where it is the same or continues it, else gain",
    "text",
    "against the preceding general election or its notional result: UK Parliament election results",
)


SHOWN: Final = 10
"""Results that people see without asking for all."""


def seat_view(dataset: Dataset, answer: SeatAnswer, query: Mapping[str, Any], *, whole: bool = False) -> View:
    """The results of one seat; with `whole` people see all of them, not the last ten."""
    results = answer.results
    return View(
        command="seat",
        query={"seat": [each.id for each in answer.seats], **query},
        fields=FIELDS,
        rows=records_of(FIELDS, results),
        summary=record_of(SUMMARY, answer),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            first=(candidates_table(dataset, results[0]),) if results else (),
            sketch=_sketch(dataset, results),
            table=history_table(dataset, results),
            shown=None if whole else SHOWN,
            # of one election that was asked for, what came later is not the point
            closing=() if "election" in query else tuple(_closing(dataset, answer)),
        ),
        notes=common.unique((*answer.notes, *_row_notes(dataset, results))),
        declared=answer.declared,
        sources=common.citations(dataset, common.source_ids(results)),
        workings=Workings(
            lambda: (
                *by_row((*explain(dataset, each), *explain_candidates(dataset, each)) for each in results),
                *(explain_run(dataset, answer) if "election" not in query else ()),
            )
        ),
        empty=f"no result of {answer.name} at that election",
    )


def election_label(dataset: Dataset, result: SeatResult) -> str:
    """A result's election, short: `2019`, `Feb 1974`, `2014 by-election`, `2019 notional`."""
    year = dataset.short_year(result.election)
    match result.election.kind:
        case ElectionKind.BY_ELECTION:
            return f"{year} by-election"
        case ElectionKind.NOTIONAL:
            return f"{year} notional"
    return year


def history_table(dataset: Dataset, results: tuple[SeatResult, ...]) -> Table:
    """A row a result, with a rule where the boundaries changed."""
    columns = (
        Column("Election", Kind.TEXT, lambda result: election_label(dataset, result)),
        Column("Winner", Kind.NAME, lambda result: _winner_name(dataset, result)),
        Column("Result", Kind.TEXT, lambda result: outcome_words(dataset, result) or "not known"),
        Column("Majority", Kind.COUNT, "majority_votes"),
        Column("%", Kind.PCT, "majority_pct", priority=1),
        Column("Turnout", Kind.PCT, "turnout_pct", priority=2),
        Column("Second", Kind.PARTY, "runner_up.party", priority=3),
        Column("Swing", Kind.TEXT, lambda result: common.swing_cell(dataset, result.swing), 4, "swing.butler_pp"),
        Column("Valid votes", Kind.COUNT, "contest.valid_votes", priority=5),
        Column("Electorate", Kind.COUNT, "contest.electorate", priority=6),
    )
    changes = frozenset(
        i for i in range(1, len(results)) if results[i].seat.boundaries != results[i - 1].seat.boundaries
    )
    return table_of(columns, results, common.labels(dataset), rules=changes)


def outcome_words(dataset: Dataset, result: SeatResult) -> str | None:
    """Return the outcome, of an estimate who is ahead; `None` where the winner is not known."""
    return result.outcome or (f"{dataset.abbreviation(result.winner.party)} ahead" if result.winner else None)


def _winner_name(dataset: Dataset, result: SeatResult) -> str | None:
    """Return the winner's name, or the party's where candidates are not known."""
    winner = result.winner
    return None if winner is None else winner.candidate or dataset.abbreviation(winner.party)


def _sketch(dataset: Dataset, results: tuple[SeatResult, ...]) -> Sketch | None:
    """Majorities of the general elections, oldest first, where there are enough for a line."""
    from emvote.views import bars  # drawn for people only
    from emvote.views.picture import Sketch

    line = [result for result in reversed(results) if result.election.kind is ElectionKind.GENERAL]
    if len(line) < bars.SHORTEST:
        return None
    winners = [result.winner.party if result.winner else None for result in line]
    letter = bars.letters(dataset, filter(None, winners))
    labels = [common.party(dataset, winner) for winner in winners]
    names = ", ".join(f"{letter[party]} {dataset.abbreviation(party)}" for party in letter)
    years = f"{line[0].polling_date.year} to {line[-1].polling_date.year}"
    return Sketch(
        f"Majorities at general elections, {years}; winners: {names}",
        tuple(result.majority_pct for result in line),
        tuple((label, letter[label.id]) if label else None for label in labels),
        frozenset(i for i in range(1, len(line)) if line[i].seat.id != line[i - 1].seat.id),
    )


def candidates_table(dataset: Dataset, result: SeatResult) -> Table:
    """Every candidate of one result, or every party where candidates are not known."""
    from emvote.views import bars  # drawn for people only

    columns = (
        Column(
            "Candidate" if result.candidates_known else "Votes by party",
            Kind.NAME,
            lambda standing: standing.candidate or standing.party_label,
        ),
        Column("Party", Kind.PARTY, "party"),
        Column("Votes", Kind.COUNT, "votes"),
        Column("%", Kind.PCT, "share_pct"),
        Column("Change", Kind.PP, "change_pp", priority=1),
        Column("", Kind.TEXT, _remarks, priority=2),
        Column(
            "Share",
            Kind.SHARE_BAR,
            lambda standing: bars.share_bar(dataset, standing.share_pct, standing.party),
            priority=3,
        ),
    )
    title = f"{result.seat.name}, {result.election.name}"
    return table_of(columns, result.standings, common.labels(dataset), title=title)


def _remarks(standing: Standing) -> str:
    words = (
        ("elected", standing.elected),
        ("sitting MP", standing.sitting_mp),
        ("lost deposit", standing.deposit_lost),
    )
    return ", ".join(word for word, holds in words if holds)


def _held_sentence(dataset: Dataset, held: Held | None, last: Seat) -> Iterable[Sentence]:
    if held is None:
        return
    label = common.party(dataset, held.party)
    times = f"{held.elections} general elections in a row" if held.elections > 1 else "one general election"
    begins = ", the first on record" if held.from_start else ""
    if label is not None:
        begin = "Held by " if last.until is None else f"Until it ended in {last.until.year} held by "
        yield (begin, label, f" since {held.since.day} {held.since:%B %Y}{begins}: {times}.")
    for election, party in held.by_elections:
        winner = common.party(dataset, party)
        if winner is not None:
            yield ("By-election of ", f"{common.day(dataset.elections[election])}: won by ", winner, ".")


def _closing(dataset: Dataset, answer: SeatAnswer) -> Iterable[Sentence]:
    """Who holds the seat since when, from whom, and the longest hold on record."""
    yield from _held_sentence(dataset, answer.held, answer.seats[0])
    change = answer.last_change
    if change is not None:
        parties = [common.party(dataset, each) or each for each in (change.from_party, change.to_party)]
        day = common.day(dataset.elections[change.election])
        yield (f"Between general elections it last changed hands on {day}, from ", parties[0], " to ", parties[1], ".")
    longest = answer.longest
    if longest is None or longest.elections == 1:
        return
    if longest.current:
        yield ("That is the longest hold on record here.",)
        return
    won = f"{longest.elections} general elections in a row, {_day(longest.since)} to {_day(longest.until)}"
    begins = ", from the first on record" if longest.from_start else ""
    yield ("Longest hold on record: ", common.party(dataset, longest.party) or longest.party, f", {won}{begins}.")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def explain_run(dataset: Dataset, answer: SeatAnswer) -> Iterable[Working]:
    """The working of the current run: who won each general election of it, and what came before."""
    run = answer.run
    if run is None:
        return
    wins = (*run.wins, *([run.before] if run.before else []))
    inputs = [(f"{win.seat.name}, {_cited(dataset, win)}", _won(dataset, win)) for win in wins]
    yield working(RUN, f"general elections won in a row, {answer.name}", inputs, len(run.wins))


def _cited(dataset: Dataset, win: Win) -> str:
    contest = dataset.contests[win.election.id, win.seat.id]
    return f"{dataset.short_year(win.election)} [{contest.source or win.election.source}]"


def _won(dataset: Dataset, win: Win) -> str:
    return "not known" if win.party is None else dataset.abbreviation(win.party)


def _row_notes(dataset: Dataset, results: tuple[SeatResult, ...]) -> Iterable[str]:
    """What is to be known of each result; said once where it is the same of several."""
    of: dict[tuple[str, str], list[str]] = {}
    for result in results:
        for note in result.notes:
            of.setdefault((result.seat.name, note), []).append(election_label(dataset, result))
    for (seat, note), elections in of.items():
        yield f"{seat}, {', '.join(elections)}: {note}"


def explain(dataset: Dataset, result: SeatResult) -> Iterable[Working]:
    """The working of one result's figures, its candidates' left out."""
    yield from explain_result(dataset, result)
    yield from _explain_ballots(dataset, result)
    if result.swing is not None:
        both = _before(dataset, result)
        sources = common.cited_both(dataset, both)
        for earlier, later in both:
            votes = (Votes.of(dataset, earlier), Votes.of(dataset, later))
            yield from workings.swings(dataset, _where(dataset, result), result.swing, votes, sources=sources)


def explain_result(dataset: Dataset, result: SeatResult) -> Iterable[Working]:
    """The working of turnout, majority and outcome: of one result's figures, but for those of any one party."""
    contest, winner = result.contest, result.winner
    where, source = _where(dataset, result), common.cited(dataset, (contest,))
    yield workings.turnout(where, contest.valid_votes, contest.electorate, result.turnout_pct, source)
    if winner is not None and result.majority_votes is not None:
        two = ((f"{winner.candidate or winner.party_label} v1", winner.votes), _second(result, winner))
        yield working(measures.majority_votes, f"majority, {where}", two, result.majority_votes, source=source)
        what, inputs = f"majority in per cent, {where}", (*two, ("T", contest.valid_votes))
        yield working(measures.majority_pct, what, inputs, result.majority_pct, source=source)
    yield from _explain_outcome(dataset, result)


def _explain_ballots(dataset: Dataset, result: SeatResult) -> Iterable[Working]:
    """The working of the turnout that counts rejected ballot papers too, where they are known."""
    if result.turnout_ballot_pct is None:
        return
    contest = result.contest
    inputs = {"T": contest.valid_votes, "R": contest.invalid_votes, "E": contest.electorate}
    what, source = f"ballot-box turnout, {_where(dataset, result)}", common.cited(dataset, (contest,))
    yield working(measures.ballot_turnout_pct, what, inputs, result.turnout_ballot_pct, source=source)


def _second(result: SeatResult, winner: Standing) -> tuple[str, int]:
    """Who had the votes that the majority is over: several where they share second place."""
    votes = (winner.votes or 0) - (result.majority_votes or 0)
    others = [each for each in result.standings if each is not winner and each.votes == votes]
    names = [each.candidate or each.party_label for each in others]
    return (f"{common.listed(names)}{', each' if len(names) > 1 else ''} v2", votes)


def _explain_outcome(dataset: Dataset, result: SeatResult) -> Iterable[Working]:
    """The working of a hold or gain; nothing where there is nobody to compare with."""
    if result.winner is None or result.previous_party is None or result.outcome is None:
        return
    before, now = common.cited_both(dataset, _before(dataset, result))
    inputs = {
        f"winner before [{before}]": dataset.abbreviation(result.previous_party),
        f"winner [{now}]": dataset.abbreviation(result.winner.party),
    }
    yield working(OUTCOME, f"outcome, {_where(dataset, result)}", inputs, result.outcome)


def explain_candidates(dataset: Dataset, result: SeatResult) -> Iterable[Working]:
    """The working of every candidate's share and of its change."""
    contest = result.contest
    source = common.cited(dataset, (contest,))
    earlier = [(Votes.of(dataset, before), common.cited(dataset, (before,))) for before, _ in _before(dataset, result)]
    for each in result.standings:
        name = f"{each.candidate or each.party_label}, {_where(dataset, result)}"
        if each.share_pct is not None:
            yield workings.share(name, each.votes, contest.valid_votes, each.share_pct, source)
        for votes, cited in earlier if each.change_pp is not None else ():
            both = (votes.of_party(dataset, each.party), each.votes)
            totals = (votes.valid, contest.valid_votes)
            yield workings.change(name, both, totals, each.change_pp, (cited, source))


def explain_shares(dataset: Dataset, result: SeatResult) -> Iterable[Working]:
    """The working of every party's share."""
    source = common.cited(dataset, (result.contest,))
    for each in result.standings:
        if each.share_pct is not None and each.key == each.party:
            name = f"{each.party_label}, {_where(dataset, result)}"
            yield workings.share(name, each.votes, result.contest.valid_votes, each.share_pct, source)


def _where(dataset: Dataset, result: SeatResult) -> str:
    return f"{result.seat.name}, {election_label(dataset, result)}"


def _before(dataset: Dataset, result: SeatResult) -> tuple[tuple[Contest, Contest], ...]:
    """A result with the one that it is compared with; nothing where there is none."""
    if result.baseline is None:
        return ()
    return ((dataset.contests[result.baseline.id, result.seat.id], result.contest),)


def sentence(view: View, dataset: Dataset) -> Sentence:
    """Return the answer in one sentence."""
    row = view.rows[0]
    parts = [(*_result_words(row, dataset),)]
    winner = next((each for each in row["candidates"] if each["elected"]), None)
    if winner is not None and row["kind"] != "notional":
        votes = phrases.of_votes(winner["votes"], winner["share_pct"])
        label = (" won with ", *votes) if votes else (" was returned",)
        majority = phrases.majority(row)
        parts.append((winner["candidate"], *label, *((", ", *majority) if majority else ())))
    elif phrases.majority(row):
        parts.append(phrases.majority(row))
    if row["swing"] is not None and row["swing"]["butler_pp"] is not None:
        swing = row["swing"]
        points = phrases.swing(swing["butler_pp"], swing["from_party"], swing["to_party"], dataset)
        parts.append(("a Butler swing of ", *points))
    if row["turnout_pct"] is not None:
        parts.append(("turnout ", Value(row["turnout_pct"], Kind.PCT)))
    return (*phrases.joined(parts), ".")


def _result_words(row: phrases.Row, dataset: Dataset) -> Sentence:
    """`Derby North, 12 December 2019: Conservative gain from Labour`."""
    kind = {"by-election": ", by-election of ", "notional": ", notional result of "}.get(row["kind"], ", ")
    outcome = phrases.outcome(row, "previous_party", "winner_party", dataset)
    return (row["seat"], f"{kind}{phrases.day(row['polling_date'])}: ", *outcome)
