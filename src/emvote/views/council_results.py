"""What a local election adds to the scoreboard: councils and seats by party, control, and votes from the wards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from emvote.baselines import Baseline
from emvote.command_line import printed, question
from emvote.dataset import Dataset
from emvote.model import IND
from emvote.queries.council_results import CouncilsBoard, CouncilsParty
from emvote.queries.councils import CouncilRow, PartyTotal
from emvote.views import common
from emvote.views.columns import Column, Table, table_of
from emvote.views.phrases import fates_of, net_phrase, number, party_words, seats_cell
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout

LISTED_SHARE_PCT = 5
"""A party without seats is in the sentences with so much of the vote."""
SENTENCES = 8
"""No more parties than that have a sentence."""
NAMED = 2
"""No more councils than that are named in a sentence."""


def layout(dataset: Dataset, board: CouncilsBoard) -> Layout:
    """What people see of a local election, but for what it shares with a parliamentary one."""
    changed = board.changed_control
    return Layout(
        headline=tuple(_headline(board)) if board.rows else (),
        table=_table(dataset, board),
        closing=(*_party_lines(dataset, board), *(_closing(board) if board.councils else ())),
        more=(_changed_table(dataset, changed),) if changed else (),
        brief=tuple(_brief(board)),
    )


def _headline(board: CouncilsBoard) -> Iterator[Sentence]:
    councils = number(len(board.names), "council")
    up = (f"{councils[:1].upper()}{councils[1:]}, ", Value(board.seats_up, Kind.COUNT), " seats up")
    yield (*up, f"{_compared(board)}.", *common.declared_words(board.declared))


def _party_lines(dataset: Dataset, board: CouncilsBoard) -> Iterator[Sentence]:
    shown = [row for row in board.rows if row.seats_known or (row.share_pct or 0) >= LISTED_SHARE_PCT]
    for row in shown[:SENTENCES]:
        yield _party_sentence(dataset, row)


def _compared(board: CouncilsBoard) -> str:
    from emvote.views.councils import compared_words  # for people only

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
    if total is not None and (fates := fates_of(total.held, total.gained, total.lost, total.won_before_unknown)):
        words = (*words, f"; councils: {fates}")
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
        Column("Councils held", Kind.COUNT, "total.held", priority=1),
        Column("gained", Kind.COUNT, "total.gained", priority=1),
        Column("lost", Kind.COUNT, "total.lost", priority=1),
        Column("Net", Kind.CHANGE, "total.net"),
    )
    columns = (
        Column("Party", Kind.PARTY, "party"),
        *(control if known else ()),
        Column("Seats", Kind.COUNT, seats_cell),
        *((Column("Net seats", Kind.CHANGE, "net"),) if known else ()),
        Column("Votes", Kind.COUNT, "votes", priority=2),
        Column("% of all votes", Kind.PCT, "share_pct"),
        Column("Seats, %", Kind.PCT, "seat_share_pct", priority=4),
        Column("Candidates", Kind.COUNT, "candidates", priority=3),
    )
    return table_of(columns, board.rows, common.labels(dataset))


def _closing(board: CouncilsBoard) -> Iterator[Sentence]:
    names = [row.council.name for row in board.councils if row.control_after == "noc"]
    words = f" ({common.listed(names)})" if names else ""
    before, after = number(board.noc_before, "council"), number(board.noc_after)
    yield (f"No overall control: {before} before, {after} after{words}.",)


def _changed_table(dataset: Dataset, changed: Sequence[CouncilRow]) -> Table:
    columns = (Column("Council", Kind.NAME, "council.name"), Column("Control", Kind.TEXT, "outcome"))
    return table_of(columns, changed, common.labels(dataset), title=f"Councils whose control changed: {len(changed)}")


def _brief(board: CouncilsBoard) -> Iterator[str]:
    """The general notes; those of single councils are many."""
    from emvote.views.councils import older_than_the_eve  # for people only

    single = {note for row in board.councils for note in row.notes}
    yield from (note for note in board.notes if note not in single)
    if board.control_baseline is Baseline.EVE:
        yield from older_than_the_eve(board.councils)
    if single:
        yield "notes on single councils: --explain, or emvote councils"


def source_ids(board: CouncilsBoard) -> Iterator[str | None]:
    """The sources of the councils, of their wards and of their flags."""
    yield from common.council_sources(board.councils)
    yield from {each.source or board.election.source for each in board.wards}
    yield from common.flag_sources(flag for each in board.wards for flag in each.flags)


def empty(board: CouncilsBoard) -> str:
    """What to say where nothing is found."""
    if not board.declared.complete:
        return f"nothing is declared yet: {board.declared.words}"
    if board.wards:
        command = printed(question("wards", "COUNCIL", options=("--election", board.election.id)))
        return f"who won at {board.election.id} is not on record: {command}"
    return f"no council of {board.place} at {board.election.id} is on record"
