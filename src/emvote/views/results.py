"""The scoreboard of one election for readers: sentences to quote, a row a party, then what they add up to."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from emvote import measures
from emvote.dataset import Dataset
from emvote.measures import ShareMethod
from emvote.model import ElectionKind
from emvote.queries.contest import SeatResult
from emvote.queries.indices import Indices
from emvote.queries.results import PartyResult, SeatsBoard
from emvote.views import common, commons, phrases
from emvote.views.columns import Column, Field, Table, part, record_of, records_of, table_of
from emvote.views.phrases import net_phrase, number, party_words, seats_cell
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View, Workings

if TYPE_CHECKING:  # what is of local elections is loaded for them only
    from emvote.queries.council_results import CouncilsBoard
    from emvote.queries.results import Board
    from emvote.views.view import Working

LOCAL_ONLY = "null: not a local election, or what it did to councils is not on record"
FIELDS = (
    Field(
        "party", Kind.PARTY, "party id; `ind` for all independents, `other` for parties that the record counts together"
    ),
    Field("seats", Kind.COUNT, "seats won, of an estimate: where it was ahead; null: not known exactly", null=True),
    Field("seat_share_pct", Kind.PCT, "per cent of all seats", null=True),
    Field(
        "gains",
        Kind.COUNT,
        "seats won and not won at the baseline; null: no baseline, it may be a winner who is not known, or local",
        null=True,
    ),
    Field("losses", Kind.COUNT, "seats of the baseline that others won, likewise", null=True),
    Field(
        "net", Kind.CHANGE, "gains less losses; local: seats won less the seats baseline's; null: unknown", null=True
    ),
    Field("votes", Kind.COUNT, "votes, by `summary.share_method`; null: not known, or it did not stand", null=True),
    Field("share_pct", Kind.PCT, "per cent of all votes, likewise", null=True),
    Field(
        "change_pp",
        Kind.PP,
        "change of the share against the baseline in the seats that have both; null: did not stand then, independents, "
        "no baseline, or local",
        null=True,
    ),
    Field("candidates", Kind.COUNT, "candidates; null: not on record", null=True),
    Field("lost_deposits", Kind.COUNT, "deposits lost; null: not known, or no deposits", null=True),
    Field("seat_vote_gap_pp", Kind.PP, "share of seats less share of votes; positive: over-represented", null=True),
    Field("seat_vote_ratio", Kind.NUMBER, "share of seats over share of votes; 1: in proportion", null=True),
    Field("votes_per_seat", Kind.NUMBER, "votes for each seat won; null: none won", null=True),
    Field("councils_held", Kind.COUNT, f"councils held; {LOCAL_ONLY}", null=True, of="total.held"),
    Field("councils_gained", Kind.COUNT, "councils gained, likewise", null=True, of="total.gained"),
    Field("councils_lost", Kind.COUNT, "councils lost, likewise", null=True, of="total.lost"),
    Field("councils_net", Kind.CHANGE, "councils gained less councils lost, likewise", null=True, of="total.net"),
    Field(
        "councils_won_before_unknown",
        Kind.COUNT,
        "councils won where control before is not known, likewise",
        null=True,
        of="total.won_before_unknown",
    ),
    Field("seats_known", Kind.COUNT, "seats that it is known to have won: at least so many; null: none", null=True),
    Field(
        "net_known",
        Kind.CHANGE,
        "local: the net over the councils where it is known; null: none",
        null=True,
        of="total.seats_net_known",
    ),
    Field(
        "net_unknown_in",
        Kind.TEXTS,
        "local: councils where the baseline does not tell the party's seats",
        of=lambda row: row.total.unknown_in if row.total else (),
    ),
)
INDEX_FIELDS = (
    Field("enp_votes", Kind.NUMBER, "effective number of parties by votes (Laakso, Taagepera)", null=True),
    Field("enp_seats", Kind.NUMBER, "effective number of parties by seats", null=True),
    Field("gallagher", Kind.NUMBER, "disproportionality, least squares, 0–100; there is no others", null=True),
    Field("loosemore_hanby", Kind.NUMBER, "disproportionality, 0–100", null=True),
    Field("pedersen", Kind.NUMBER, "volatility against the baseline, 0–100", null=True),
    Field("lost_deposits", Kind.COUNT, "candidates who lost their deposits", null=True),
    Field("candidates", Kind.COUNT, "candidates", null=True),
    Field("reasons", Kind.TEXTS, "why each of these that is null is not known"),
)
WASTED_FIELDS = (
    Field(
        "unrepresented_votes",
        Kind.COUNT,
        "votes for losing candidates; null: a winner is not known",
        null=True,
        of="unrepresented",
    ),
    Field("unrepresented_pct", Kind.PCT, "the same in per cent of valid votes", null=True),
    Field(
        "surplus_votes",
        Kind.COUNT,
        "winners' votes beyond the second's plus one; null: not known",
        null=True,
        of="surplus",
    ),
    Field("surplus_pct", Kind.PCT, "the same in per cent of valid votes", null=True),
)
SEAT = (
    Field("seat_id", Kind.TEXT, "GSS code of the seat", of="seat.id"),
    Field("seat", Kind.NAME, "name of the seat", of="seat.name"),
)
SEAT_FIELDS = (
    *SEAT,
    Field("party", Kind.PARTY, "party that won it, of an estimate: was ahead", of="winner.party"),
    Field("runner_up_party", Kind.PARTY, "party that came second; null: a tie", null=True, of="runner_up.party"),
    Field("majority_votes", Kind.COUNT, "majority"),
    Field("majority_pct", Kind.PCT, "majority in per cent of valid votes"),
    Field("band", Kind.TEXT, "how marginal that is"),
)
CHANGED_FIELDS = (
    *part("result", SEAT),
    Field("from_party", Kind.PARTY, "party that won it at the baseline"),
    Field("to_party", Kind.PARTY, "party that won it now"),
    Field("majority_votes", Kind.COUNT, "majority now; null: not known", null=True, of="result.majority_votes"),
    Field("majority_pct", Kind.PCT, "the same in per cent of valid votes", null=True, of="result.majority_pct"),
)
OUTCOME_FIELDS = (
    Field("outcome", Kind.TEXT, "the phrase of the press: `Con hold`, `Lab gain from Con`"),
    Field("party", Kind.PARTY, "party that won"),
    Field("from_party", Kind.PARTY, "party that won at the baseline, itself where it held"),
    Field("seats", Kind.COUNT, "how many seats"),
)
BAND_FIELDS = (
    Field("band", Kind.TEXT, "name of the band"),
    Field("from_pct", Kind.PCT, "majorities of so much of the valid votes, and more"),
    Field("to_pct", Kind.PCT, "and of less than so much; null: no bound", null=True),
    Field("seats", Kind.COUNT, "seats in it"),
    Field("parties", Kind.COUNTS, "the same by winner", absent=0),
)
CONTROL_FIELDS = (
    Field("council_id", Kind.TEXT, "GSS code of the council", of="council.id"),
    Field("council", Kind.NAME, "name of the council", of="council.name"),
    Field("from_control", Kind.PARTY, "control at the baseline, a party id or `noc`", of="control_before"),
    Field("to_control", Kind.PARTY, "control now, likewise", of="control_after"),
    Field("outcome", Kind.TEXT, "the phrase of the press: `Lab gain from Con`"),
)
NOC_FIELDS = (
    Field("before", Kind.COUNT, "councils under no overall control at the baseline", of="noc_before"),
    Field("after", Kind.COUNT, "councils under no overall control after the poll", of="noc_after"),
    Field("net", Kind.CHANGE, "councils lost to it less those gained from it", of="noc_net"),
)
SUMMARY = (
    Field("scope", Kind.TEXT, "what the totals are of: a region, a county or the country", of="place"),
    Field("seats", Kind.COUNT, "seats declared; local: filled; null: not known", null=True),
    *common.DECLARED_FIELDS,
    Field("councils", Kind.COUNT, "local: councils in the answer", null=True, of=lambda board: len(board.names)),
    Field("seats_up", Kind.COUNT, "local: seats due to be filled", null=True),
    Field(
        "vacancies",
        Kind.COUNT,
        "local: of these, not filled that day",
        null=True,
        of=lambda board: board.vacancies if board.councils else None,
    ),
    Field(
        "uncontested",
        Kind.COUNT,
        "local: wards where nobody voted",
        null=True,
        of=lambda board: board.uncontested if board.wards else None,
    ),
    Field("valid_votes", Kind.COUNT, "all valid votes; local: all votes; null: not known", null=True),
    Field(
        "share_method",
        Kind.TEXT,
        "what shares are of",
        null=True,
        choices=("valid-votes", ShareMethod.ALL_VOTES),
    ),
    Field(
        "electorate",
        Kind.COUNT,
        "electors of the seats in the turnout; null: local",
        null=True,
        of="turnout.electorate",
    ),
    Field(
        "invalid_votes", Kind.COUNT, "ballot papers rejected in them; null: not known", null=True, of="turnout.rejected"
    ),
    Field(
        "turnout_pct",
        Kind.PCT,
        "valid votes over the electorate; null: local, or not known",
        null=True,
        of="turnout.valid_pct",
    ),
    Field(
        "turnout_ballot_pct",
        Kind.PCT,
        "with rejected ballot papers; null: these are not known",
        null=True,
        of="turnout.ballot_pct",
    ),
    Field("turnout_change_pp", Kind.PP, "of valid-vote turnout, in the seats that have both elections", null=True),
    Field("indices", Kind.RECORD, "each party, and each independent, by itself", fields=INDEX_FIELDS),
    Field("wasted", Kind.RECORD, "the Electoral Reform Society's word; null: local", null=True, fields=WASTED_FIELDS),
    Field(
        "swing",
        Kind.RECORD,
        "from the largest to the second party by votes, from totals; null: none, or local",
        null=True,
        fields=common.SWING_FIELDS,
    ),
    Field("outcomes", Kind.RECORDS, "seats held, and gained from whom, most first", fields=OUTCOME_FIELDS),
    Field("changed_hands", Kind.RECORDS, "seats that another party won, by name", fields=CHANGED_FIELDS),
    Field("closest", Kind.RECORDS, "five smallest majorities in per cent", fields=SEAT_FIELDS),
    Field("safest", Kind.RECORDS, "five largest majorities in per cent", fields=SEAT_FIELDS),
    Field("bands", Kind.RECORDS, "seats by band of majority", fields=BAND_FIELDS),
    *commons.SUMMARY,
    Field(
        "winner_unknown", Kind.TEXTS, "seats that count for nobody, as the winner is not known", of="unknown_winners"
    ),
    Field(
        "noc",
        Kind.RECORD,
        f"no overall control; {LOCAL_ONLY}",
        null=True,
        fields=NOC_FIELDS,
        of=lambda board: board if board.councils else None,
    ),
    Field("changed_control", Kind.RECORDS, "councils whose control is another, by name", fields=CONTROL_FIELDS),
)
LISTED_SHARE_PCT = 5
"""A party without seats is in the sentences with so much of the vote."""
SENTENCES = 8
"""No more parties than that have a sentence."""
MANY = 60
"""More seats than that changed hands, and people see how many by party in place of each."""
INDEX_WORDS = (
    ("enp_votes", "Effective number of parties, by votes"),
    ("enp_seats", "Effective number of parties, by seats"),
    ("gallagher", "Disproportionality, Gallagher"),
    ("loosemore_hanby", "Disproportionality, Loosemore–Hanby"),
    ("pedersen", "Volatility, Pedersen"),
    ("lost_deposits", "Lost deposits"),
    ("candidates", "Candidates"),
)
NOT_LOCAL = ("gains", "losses", "change_pp", "lost_deposits")
"""Fields of a party that only a parliamentary election has."""
ONLY_LOCAL = ("councils", "seats_up", "vacancies", "uncontested", "noc", "changed_control")
"""Fields of the summary that only a local election has."""
BOTH = ("scope", "seats", "declared", "of", "valid_votes", "share_method", "indices")
"""Fields of the summary that every election has."""


LEAST_SHOWN_PCT: Final = 1.0
"""Share from which people see a party without seats."""


def results_view(dataset: Dataset, board: Board, query: Mapping[str, Any], *, whole: bool = False) -> View:
    """The scoreboard of a parliamentary or a local election; with `whole` people see every party."""
    if isinstance(board, SeatsBoard):
        view = _seats_view(dataset, board, query)
    else:
        view = _councils_view(dataset, board, query)
    return view if whole else replace(view, laid_out=lambda: _without_the_smallest(view))


def _without_the_smallest(view: View) -> Layout:
    """What people see, with the parties behind the last that has a seat, lost one or has a hundredth of the votes."""
    seen = [
        place
        for place, row in enumerate(view.rows, start=1)
        if row["seats_known"] or row["net"] or (row["share_pct"] or 0) >= LEAST_SHOWN_PCT
    ]
    return replace(view.layout, shown=max(seen, default=None), rest="with no seat and under 1% of the votes")


def _compared_with(board: SeatsBoard, query: Mapping[str, Any]) -> dict[str, str]:
    """The baseline that was asked for, by its id: a notional result where that stands in for it."""
    return {"baseline": board.baseline.id} if board.baseline and "baseline" in query else {}


def _seats_view(dataset: Dataset, board: SeatsBoard, query: Mapping[str, Any]) -> View:
    results = board.results
    baseline_sources = (*common.source_ids(results), board.baseline.source if board.baseline else None)
    return View(
        command="results",
        query={"election": board.election.id, **query, **_compared_with(board, query)},
        baseline=common.baseline_record(board.baseline) if board.baseline else None,
        fields=FIELDS,
        rows=records_of(FIELDS, board.rows) if results else (),
        summary=_summary(dataset, board),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=tuple(_headline(dataset, board)) if results else (),
            table=_table(dataset, board),
            closing=(*_party_lines(dataset, board), *_closing(dataset, board)) if results else (),
            more=tuple(_tables(dataset, board)) if results else (),
            brief=_brief(dataset, board) if results else None,
        ),
        notes=common.unique((*_general_notes(dataset, board), *_flag_notes(results))) if results else board.notes,
        declared=board.declared,
        sources=common.citations(dataset, baseline_sources),
        workings=Workings(lambda: _workings(dataset, board) if results else ()),
        empty=_empty(dataset, board),
    )


def _workings(dataset: Dataset, board: Board) -> Iterator[Working]:
    from emvote.views import results_explained as explained  # not for answers whose working nobody asks for

    if isinstance(board, SeatsBoard):
        return explained.explain_seats(dataset, board)
    return explained.explain_councils(dataset, board)


def _empty(dataset: Dataset, board: SeatsBoard) -> str:
    if not board.declared.complete:
        return f"nothing is declared yet: {board.declared.words}"
    contests = dataset.contests_at(board.election.id)
    counties = sorted({county for each in contests for county in dataset.seats[each.seat].counties})
    return f"no seat of {board.election.id} is published under {board.place}; there are: {', '.join(counties)}"


# --- rows -----------------------------------------------------------------------------------------------------------


def _table(dataset: Dataset, board: SeatsBoard) -> Table:
    columns = (
        Column("Party", Kind.PARTY, "party"),
        Column("Seats", Kind.COUNT, seats_cell),
        Column("Gains", Kind.COUNT, "gains", priority=1),
        Column("Losses", Kind.COUNT, "losses", priority=1),
        Column("Net", Kind.CHANGE, "net"),
        Column("Votes", Kind.COUNT, "votes", priority=2),
        Column("%", Kind.PCT, "share_pct"),
        Column("Change", Kind.PP, "change_pp"),
        Column("Seats, %", Kind.PCT, "seat_share_pct", priority=4),
        Column("Candidates", Kind.COUNT, "candidates", priority=3),
        Column("Lost deposits", Kind.COUNT, "lost_deposits", priority=3),
        Column("Votes per seat", Kind.COUNT, "votes_per_seat", priority=5),
    )
    return table_of(columns, board.rows if board.results else (), common.labels(dataset))


# --- summary --------------------------------------------------------------------------------------------------------


def _summary(dataset: Dataset, board: SeatsBoard) -> dict[str, Any]:
    own = {
        "share_method": "valid-votes",
        "outcomes": list(_outcomes(dataset, board)),
        "closest": [_seat(result, board.bands) for result in board.closest],
        "safest": [_seat(result, board.bands) for result in board.safest],
        "bands": _bands(board),
    }
    return record_of(SUMMARY, board, **_nothing(ONLY_LOCAL), **own)


def _nothing(keys: Container[str]) -> dict[str, Any]:
    """Fields of the summary of which nothing is known: null, or an empty list."""
    lists = (Kind.RECORDS, Kind.TEXTS)
    return {field.key: [] if field.kind in lists else None for field in SUMMARY if field.key in keys}


def _outcomes(dataset: Dataset, board: SeatsBoard) -> Iterator[dict[str, Any]]:
    for row in board.outcomes:
        name, other = dataset.abbreviation(row.party), dataset.abbreviation(row.from_party)
        yield record_of(OUTCOME_FIELDS, row, outcome=f"{name} hold" if row.held else f"{name} gain from {other}")


def _seat(result: SeatResult, bands: measures.Bands) -> dict[str, Any]:
    return record_of(SEAT_FIELDS, result, band=measures.band(result.majority_pct or 0, bands))


def _bands(board: SeatsBoard) -> list[dict[str, Any]]:
    """Seats by band, those whose majority is not known in none."""
    names = [name for name, _ in board.bands]
    floors = [floor for _, floor in board.bands]
    winners: dict[str, dict[str, int]] = {name: {} for name in names}
    for each in board.results:
        if each.majority_pct is not None and each.winner is not None:
            inside = winners[measures.band(each.majority_pct, board.bands)]
            inside[each.winner.party] = inside.get(each.winner.party, 0) + 1
    return [
        {"band": name, "from_pct": floor, "to_pct": top, "seats": sum(winners[name].values()), "parties": winners[name]}
        for name, floor, top in zip(names, floors, (*floors[1:], None), strict=True)
    ]


# --- sentences ------------------------------------------------------------------------------------------------------


def _headline(dataset: Dataset, board: SeatsBoard) -> Iterator[Sentence]:
    compared = (_compared(board), *common.declared_words(board.declared))
    if any(compared):
        yield compared
    estimate = board.election.kind is ElectionKind.NOTIONAL
    yield from commons.sentences(dataset, board.commons, "would have had" if estimate else "had")


def _party_lines(dataset: Dataset, board: SeatsBoard) -> Iterator[Sentence]:
    shown = [row for row in board.rows if row.seats_known or row.losses or (row.share_pct or 0) >= LISTED_SHARE_PCT]
    for row in shown[:SENTENCES]:
        yield from _party_sentence(dataset, board, row)


def _compared(board: SeatsBoard) -> str:
    if board.baseline is None:
        return ""
    sort = ", an estimate" if board.baseline.kind is ElectionKind.NOTIONAL else ""
    return f"Gains, losses and changes are against {_lower(board.baseline.name)}{sort}."


def _lower(name: str) -> str:
    """A name inside a sentence.

    >>> _lower("General election, 8 June 2017"), _lower("Corby by-election")
    ('the general election, 8 June 2017', 'Corby by-election')
    """
    for start in ("General election", "Notional general election"):
        if name.startswith(start):
            return f"the {name[0].lower()}{name[1:]}"
    return name


def _party_sentence(dataset: Dataset, board: SeatsBoard, row: PartyResult) -> Iterator[Sentence]:
    name = party_words(dataset, row.party)
    if len(board.results) == 1:
        yield (name, *_single_words(dataset, board, row), ".")
        return
    if row.seats is None and not row.seats_known:
        yield (f"{name} had ", Value(row.share_pct, Kind.PCT), " of the vote.")
        return
    verb = "would have won" if board.election.kind is ElectionKind.NOTIONAL else "won"
    of = sum(each.contest.members for each in board.results)
    least = "at least " if row.seats is None else ""
    seats: Sentence = (least, Value(row.seats_known, Kind.COUNT), " of ", Value(of, Kind.COUNT), " seats")
    yield (f"{name} {verb} ", *(seats if row.seats_known else ("no seat",)), *_net_words(row), *_share_words(row), ".")


def _single_words(dataset: Dataset, board: SeatsBoard, row: PartyResult) -> Sentence:
    """Of one seat: who won it, from whom."""
    share = _share_words(row)
    if not row.seats:
        return (" did not win", *share)
    lost = [each.from_party for each in board.changed_hands]
    won = (
        f" gained the seat from {party_words(dataset, lost[0], inside=True)}"
        if lost
        else " held the seat"
        if row.net == 0
        else ""
    )
    return (won or " won the seat", *share)


def _net_words(row: PartyResult) -> Sentence:
    if row.net is None:
        return ()
    if not (row.gains or row.losses):
        return (", as before",) if row.seats else ()
    if not (row.gains and row.losses):
        return (f", {net_phrase(row.net)}",)
    return (f", {net_phrase(row.net)} ({number(row.gains)} gained, {number(row.losses)} lost)",)


def _share_words(row: PartyResult) -> Sentence:
    if row.share_pct is None:
        return ()
    share: Sentence = (", with ", Value(row.share_pct, Kind.PCT), " of the vote")
    if row.change_pp is None:
        return share
    return (*share, f" ({'up' if row.change_pp >= 0 else 'down'} ", Value(abs(row.change_pp), Kind.POINTS), " points)")


def _closing(dataset: Dataset, board: SeatsBoard) -> Iterator[Sentence]:
    if board.outcomes:
        counted = [f"{each['seats']} {each['outcome']}" for each in _outcomes(dataset, board)]
        yield (f"Holds and gains: {', '.join(counted)}.",)
    turnout, change = board.turnout, board.turnout_change_pp
    if turnout.valid_pct is not None:
        yield (
            "Turnout: ",
            Value(turnout.valid_pct, Kind.PCT),
            " of electors by valid votes",
            *(() if change is None else (" (", Value(change, Kind.PP), " points)")),
            *((", ", Value(turnout.ballot_pct, Kind.PCT), " with rejected papers") if turnout.ballot_pct else ()),
            ".",
        )
    words = common.swing_words(dataset, board.swing) if board.swing else ()
    if words:
        yield ("Butler swing from totals: ", *words, ".")
    yield from _wasted_sentence(board)


def _wasted_sentence(board: SeatsBoard) -> Iterator[Sentence]:
    wasted = board.wasted
    if wasted.unrepresented_pct is None:
        return
    words: Sentence = (Value(wasted.unrepresented_pct, Kind.PCT), " of votes were for losing candidates")
    if wasted.surplus_pct is not None:
        words = (*words, ", and ", Value(wasted.surplus_pct, Kind.PCT), " for winners beyond what they needed")
    yield (*words, "; the Electoral Reform Society calls both wasted.")


# --- further tables -------------------------------------------------------------------------------------------------


def _tables(dataset: Dataset, board: SeatsBoard) -> Iterator[Table]:
    if len(board.changed_hands) <= MANY:
        yield _changed_table(dataset, board)
    if len(board.results) > 1:
        yield _seats_table(dataset, board.closest, "Closest")
        yield _seats_table(dataset, board.safest, "Safest")
        yield _bands_table(dataset, board)
    yield indices_table(board.indices)


def _changed_table(dataset: Dataset, board: SeatsBoard) -> Table:
    columns = (
        Column("Seat", Kind.NAME, "result.seat.name"),
        Column("From", Kind.PARTY, "from_party"),
        Column("To", Kind.PARTY, "to_party"),
        Column("Majority", Kind.COUNT, "result.majority_votes"),
        Column("%", Kind.PCT, "result.majority_pct"),
    )
    title = f"Seats that changed hands: {len(board.changed_hands)}"
    return table_of(columns, board.changed_hands, common.labels(dataset), title=title)


def _seats_table(dataset: Dataset, results: Sequence[SeatResult], title: str) -> Table:
    columns = (
        Column(f"{title} seats", Kind.NAME, "seat.name"),
        Column("First", Kind.PARTY, "winner.party"),
        Column("Second", Kind.PARTY, "runner_up.party"),
        Column("Majority", Kind.COUNT, "majority_votes"),
        Column("%", Kind.PCT, "majority_pct"),
    )
    return table_of(columns, results, common.labels(dataset))


def _bands_table(dataset: Dataset, board: SeatsBoard) -> Table:
    bands = _bands(board)
    parties = [row.party for row in board.rows if any(row.party in band["parties"] for band in bands)]
    columns = (
        Column("Majority", Kind.TEXT, itemgetter("band")),
        Column("%", Kind.TEXT, _bounds),
        Column("Seats", Kind.COUNT, itemgetter("seats")),
        *(
            Column(dataset.abbreviation(party), Kind.COUNT, partial(_in_band, party), priority)
            for priority, party in enumerate(parties, 1)
        ),
    )
    return table_of(columns, bands, common.labels(dataset))


def _bounds(band: Mapping[str, Any]) -> str:
    top = "and over" if band["to_pct"] is None else f"to {band['to_pct']}"
    return f"{band['from_pct']} {top}"


def _in_band(party: str, band: Mapping[str, Any]) -> int:
    return int(band["parties"].get(party, 0))


def indices_table(found: Indices) -> Table:
    """The indices, a row each; none where nothing is known, which the notes tell."""
    counts = ("lost_deposits", "candidates")
    rows = tuple(
        (words, Value(getattr(found, key), Kind.COUNT if key in counts else Kind.NUMBER)) for key, words in INDEX_WORDS
    )
    known = any(value.value is not None for _, value in rows)
    return Table((Column("Index", Kind.TEXT), Column("", Kind.NUMBER)), rows if known else ())


# --- notes ----------------------------------------------------------------------------------------------------------


def _general_notes(dataset: Dataset, board: SeatsBoard) -> Iterator[str]:
    yield from board.notes
    yield from commons.notes(dataset, board.commons, board.speakers)
    if board.county is not None:
        several = sum(len(each.seat.counties) > 1 for each in board.results)
        if several:
            verb = "seat is" if several == 1 else "seats are"
            yield f"{several} {verb} in another county too, and counted in both"
    yield from _no_figures(board.indices)
    if (
        board.distribution_before is not None
        and board.distribution_before.aggregates
        and board.indices.pedersen is not None
    ):
        yield "Pedersen: the baseline names no independents, so none is joined with one of now"
    if len(board.changed_hands) > MANY:
        yield f"{len(board.changed_hands)} seats changed hands: emvote seats --changed, or --json"
    yield from (flag.note for flag in board.election.flags)


def _flag_notes(results: Sequence[SeatResult]) -> Iterator[str]:
    for each in results:
        yield from (f"{each.seat.name}: {note}" for note in (*each.unknown, *(f.note for f in each.contest.flags)))


def _brief(dataset: Dataset, board: SeatsBoard) -> tuple[str, ...]:
    flagged = [each.seat.name for each in board.results if each.contest.flags]
    hint = f"flags, which --explain and emvote seat NAME spell out: {common.listed(flagged)}"
    return common.unique((*_general_notes(dataset, board), *([hint] if flagged else [])))


# --- local elections ------------------------------------------------------------------------------------------------


def _councils_view(dataset: Dataset, board: CouncilsBoard, query: Mapping[str, Any]) -> View:
    from emvote.views import council_results as local

    known = bool(board.councils)
    elsewhere = [field.key for field in SUMMARY if field.key not in {*ONLY_LOCAL, *BOTH}]
    return View(
        command="results",
        query={"election": board.election.id, **query},
        baseline={"control": board.control_baseline.value, "seats": board.seats_baseline.value} if known else None,
        fields=FIELDS,
        rows=records_of(FIELDS, board.rows, **dict.fromkeys(NOT_LOCAL)),
        summary=record_of(SUMMARY, board, **_nothing(elsewhere)),
        summary_fields=SUMMARY,
        laid_out=lambda: _with_indices(local.layout(dataset, board), board.indices, any_rows=bool(board.rows)),
        notes=common.unique((*board.notes, *_no_figures(board.indices))),
        declared=board.declared,
        sources=common.citations(dataset, local.source_ids(board)),
        workings=Workings(lambda: _workings(dataset, board)),
        empty="" if board.rows else local.empty(board),
    )


def _with_indices(layout: Layout, found: Indices, *, any_rows: bool) -> Layout:
    """What a local election looks like, with the table of its indices and why one of them is not there."""
    return replace(
        layout,
        more=(*layout.more, indices_table(found)) if any_rows else (),
        brief=common.unique((*(layout.brief or ()), *_no_figures(found))),
    )


def _no_figures(found: Indices) -> Iterator[str]:
    yield from (f"no figure for {reason}" for reason in found.reasons)


MOST_SAID: Final = 5
"""Parties in a sentence."""


def sentence(view: View, dataset: Dataset) -> Sentence:
    """The parties with seats, and the three with most votes."""
    summary = view.summary or {}
    by_votes = sorted(view.rows, key=lambda row: -(row["votes"] or 0))[:3]
    parties = [
        (
            phrases.party_words(dataset, row["party"], inside=True),
            *_seats_words(row),
            *phrases.net(row["net"]),
            *phrases.and_share(row["share_pct"], row["change_pp"]),
        )
        for row in view.rows
        if row["seats_known"] or row in by_votes
    ]
    if len(parties) > MOST_SAID:
        parties = [*parties[:MOST_SAID], (f"{phrases.number(len(parties) - MOST_SAID)} more won seats",)]
    turnout = summary["turnout_pct"]
    ending = () if turnout is None else ("; turnout ", Value(turnout, Kind.PCT))
    begin = f"{phrases.election_name(view, dataset)}, {summary['scope']}{common.declared_aside(view.declared)}: "
    return (begin, *phrases.joined(parties), commons.phrase(summary, dataset), *ending, ".")


def _seats_words(row: Mapping[str, Any]) -> Sentence:
    """Seats won; at least so many where the record does not tell all winners, and none where it tells none."""
    if row["seats"] is None:
        known = row["seats_known"]
        return (f" at least {phrases.number(known, 'seat')}",) if known else (" no known seat",)
    return (f" {phrases.number(row['seats'], 'seat')}",)
