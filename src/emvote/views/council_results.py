"""What a local election adds to the scoreboard: councils and seats by party, control, and votes from the wards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from emvote.command_line import printed, question
from emvote.dataset import Dataset
from emvote.model import IND
from emvote.queries.council_results import CouncilsBoard, CouncilsParty
from emvote.queries.councils import Baseline, CouncilRow, PartyTotal
from emvote.views import common
from emvote.views.councils import compared_words, older_than_the_eve
from emvote.views.councils import source_ids as council_sources
from emvote.views.phrases import at_least, net_phrase, party_words
from emvote.views.view import Column, Kind, Layout, Sentence, Table, Value

LISTED_SHARE_PCT = 5
"""A party without seats is in the sentences with so much of the vote."""
SENTENCES = 8
"""No more parties than that have a sentence."""
NAMED = 2
"""No more councils than that are named in a sentence."""
DERIVED = ("seats", "seats_known", "seat_share_pct", "votes", "share_pct", "candidates")
RATIOS = ("seat_vote_gap_pp", "seat_vote_ratio", "votes_per_seat")


class CouncilsParts(Struct, frozen=True, kw_only=True):
    """The parts of an answer on a local election, but for what it shares with a parliamentary one."""

    rows: tuple[Mapping[str, Any], ...]
    """Only the fields that are known of local elections."""
    summary: Mapping[str, Any]
    laid_out: Callable[[], Layout]
    sources: tuple[str | None, ...]
    empty: str


def councils_parts(dataset: Dataset, board: CouncilsBoard) -> CouncilsParts:
    """The parts of an answer on a local election."""
    changed = [row for row in board.councils if row.change in ("gain", "loss")]
    rows = board.rows
    return CouncilsParts(
        rows=tuple(_record(row) for row in rows),
        summary=_summary(board, changed),
        laid_out=lambda: Layout(
            headline=tuple(_headline(dataset, board)) if rows else (),
            table=_table(dataset, board),
            closing=tuple(_closing(board)) if board.councils else (),
            more=(_changed_table(changed),) if changed else (),
            brief=tuple(_brief(board)),
        ),
        sources=tuple(_sources(board)),
        empty=_empty(board),
    )


def _record(row: CouncilsParty) -> dict[str, Any]:
    total = row.total
    values = {key: getattr(row, key) for key in (*DERIVED, *RATIOS)}
    if total is None:
        return {"party": row.party, **values, "net_unknown_in": []}
    return {
        "party": row.party,
        **values,
        "net": total.seats_net,
        "councils_held": total.held,
        "councils_gained": total.gained,
        "councils_lost": total.lost,
        "councils_net": total.net,
        "councils_won_before_unknown": total.won_before_unknown,
        "net_known": total.seats_net_known,
        "net_unknown_in": list(total.unknown_in),
    }


def _summary(board: CouncilsBoard, changed: list[CouncilRow]) -> dict[str, Any]:
    known = bool(board.councils)
    return {
        "scope": board.place,
        "seats": board.rows[0].all_seats if board.rows else None,
        **common.declared_record(board.declared),
        "councils": len(board.names),
        "seats_up": board.seats_up,
        "vacancies": board.vacancies if known else None,
        "uncontested": board.uncontested if board.wards else None,
        "valid_votes": board.field.votes if board.field else None,
        "share_method": board.share_method,
        "noc": {"before": board.noc_before, "after": board.noc_after, "net": board.noc_net} if known else None,
        "changed_control": [
            {
                "council_id": row.council.id,
                "council": row.council.name,
                "from_control": row.control_before,
                "to_control": row.control_after,
                "outcome": row.outcome,
            }
            for row in changed
        ],
    }


def _headline(dataset: Dataset, board: CouncilsBoard) -> Iterator[Sentence]:
    councils = f"{len(board.names)} {common.plural(len(board.names), 'council')}"
    start = f"{board.election.name}, {board.place}: {councils}, "
    yield (start, Value(board.seats_up, Kind.COUNT), f" seats up{_compared(board)}.", *_declared(board))
    shown = [row for row in board.rows if row.seats_known or (row.share_pct or 0) >= LISTED_SHARE_PCT]
    for row in shown[:SENTENCES]:
        yield _party_sentence(dataset, row)


def _declared(board: CouncilsBoard) -> Sentence:
    return common.declared_words(board.declared)


def _compared(board: CouncilsBoard) -> str:
    if not board.councils:
        return ""
    return f"; {compared_words(board.councils, board.control_baseline, board.seats_baseline)}"


def _party_sentence(dataset: Dataset, row: CouncilsParty) -> Sentence:
    least = "at least " if row.seats is None else ""
    seats: Sentence = (least, Value(row.seats_known, Kind.COUNT), " of ", Value(row.all_seats, Kind.COUNT), " seats")
    words: Sentence = (f"{party_words(dataset, row.party)} won ", *(seats if row.seats_known else ("no seat",)))
    total = row.total
    if total is not None and (row.party == IND or dataset.is_contender(row.party)):
        words = (*words, *_net_words(total))
    if row.share_pct is not None:
        words = (*words, ", with ", Value(row.share_pct, Kind.PCT), " of all votes")
    if total is not None and (total.held or total.gained or total.lost):
        words = (*words, f"; councils held {total.held}, gained {total.gained}, lost {total.lost}")
    if total is not None and total.won_before_unknown:
        words = (*words, f"; councils won, control before not known: {total.won_before_unknown}")
    return (*words, ".")


def _net_words(total: PartyTotal) -> Sentence:
    """The net of seats, as far as it is known."""
    if total.seats_net is not None:
        return (f", {net_phrase(total.seats_net)}",)
    number = len(total.unknown_in)
    where = common.listed(total.unknown_in) if number <= NAMED else f"{number} councils"
    if not total.seats_net_known:
        return (f" (net not known in {where})",)
    return (f" ({net_phrase(total.seats_net_known)} without {where}, where it is not known)",)


def _table(dataset: Dataset, board: CouncilsBoard) -> Table:
    known = bool(board.councils)
    control = (
        Column("Councils held", Kind.COUNT, priority=1),
        Column("gained", Kind.COUNT, priority=1),
        Column("lost", Kind.COUNT, priority=1),
        Column("Net", Kind.CHANGE),
    )
    columns = (
        Column("Party", Kind.PARTY),
        *(control if known else ()),
        Column("Seats", Kind.COUNT),
        *((Column("Net seats", Kind.CHANGE),) if known else ()),
        Column("Votes", Kind.COUNT, priority=2),
        Column("% of all votes", Kind.PCT),
        Column("Seats, %", Kind.PCT, priority=4),
        Column("Candidates", Kind.COUNT, priority=3),
    )
    return Table(columns, tuple(_cells(dataset, row, known=known) for row in board.rows))


def _cells(dataset: Dataset, row: CouncilsParty, *, known: bool) -> tuple[Any, ...]:
    total = row.total
    control = (total.held, total.gained, total.lost, total.net) if total else (None,) * 4
    return (
        common.party(dataset, row.party),
        *(control if known else ()),
        row.seats if row.seats is not None else at_least(row.seats_known),
        *((total.seats_net if total else None,) if known else ()),
        row.votes,
        row.share_pct,
        row.seat_share_pct,
        row.candidates,
    )


def _closing(board: CouncilsBoard) -> Iterator[Sentence]:
    names = [row.council.name for row in board.councils if row.control_after == "noc"]
    words = f" ({common.listed(names)})" if names else ""
    yield (f"No overall control: {board.noc_before} before, {board.noc_after} after{words}.",)


def _changed_table(changed: list[CouncilRow]) -> Table:
    columns = (Column("Council", Kind.NAME), Column("Control", Kind.TEXT))
    rows = tuple((row.council.name, row.outcome) for row in changed)
    return Table(columns, rows, title=f"Councils whose control changed: {len(rows)}")


def _brief(board: CouncilsBoard) -> Iterator[str]:
    """The general notes; those of single councils are many."""
    single = {note for row in board.councils for note in row.notes}
    yield from (note for note in board.notes if note not in single)
    if board.control_baseline is Baseline.EVE:
        yield from older_than_the_eve(board.councils)
    if single:
        yield "notes on single councils: --explain, or emvote councils"


def _sources(board: CouncilsBoard) -> Iterator[str | None]:
    yield from council_sources(board.councils)
    yield from {each.source or board.election.source for each in board.wards}
    yield from common.flag_sources(flag for each in board.wards for flag in each.flags)


def _empty(board: CouncilsBoard) -> str:
    if not board.declared.complete:
        return f"nothing is declared yet: {board.declared.words}"
    if board.wards:
        command = printed(question("wards", "COUNCIL", options=("--election", board.election.id)))
        return f"who won at {board.election.id} is not on record: {command}"
    return f"no council of {board.place} at {board.election.id} is on record"
