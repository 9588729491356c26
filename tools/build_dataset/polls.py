"""The local elections of 2019 council by council: seats won, and the two baselines they are compared with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from tools.build_dataset.books import Books
from tools.build_dataset.compositions import MIXED, VACANT, split
from tools.build_dataset.desk import DAY, EVE, Desk
from tools.build_dataset.eves import read_eves
from tools.build_dataset.hoc import Differences
from tools.build_dataset.judgements import Judgements, LaterPoll
from tools.build_dataset.parties import Parties
from tools.build_dataset.poll_flags import check_new_wards, flags_of_poll, pages
from tools.build_dataset.raw import RawData, Row, expect, only
from tools.build_dataset.wards import Winner, read_winners, seats_by_council

from emvote.model import IND, OTHER, CouncilPoll, Cycle, Election, ElectionKind, Seats, SeatsHeld, Source
from emvote.store.importers.parliament import spoken

MAY = f"local.{DAY}"
EVE_DATE = f"{EVE}-05"
LAST_THIRD = "2018-05-03"
"""Polling day of the last ordinary election of a third of a council."""
THEIR_NEXT = "2022-05-05"
"""When the lists of 2018 have the seats filled that day as next due."""
CYCLES = {"all-out": Cycle.ALL, "thirds": Cycle.THIRD}
SOURCES = ("leap-2019", "compiled-2019", "ocd-compositions", "ocd-councillors", "hoc-cbp-9798")


def election() -> Election:
    """The ordinary local elections of 2019."""
    return Election(
        id=MAY,
        name=f"Local elections, {spoken(DAY)}",
        kind=ElectionKind.LOCAL,
        date=DAY,
        source="leap-2019",
        note="33 councils of the East Midlands, and Milton Keynes and East Staffordshire outside it.",
    )


def read_polls(
    raw: RawData, books: Books, parties: Parties, judged: Judgements, hoc: Differences, sources: Iterable[Source]
) -> tuple[CouncilPoll, ...]:
    """Each council's poll, by GSS code."""
    compiled: dict[str, list[Row]] = {}
    for row in raw.rows("councils/council-elections-2015-2019.csv"):
        compiled.setdefault(row.text("gss_code"), []).append(row)
    by_url = {source.url: source.id for source in sources if source.url and source.id.startswith("web-")}
    winners = seats_by_council(_on_the_day(read_winners(raw, parties, DAY.year), judged), parties)
    expect(winners.keys() == compiled.keys(), "councils with winners and councils compiled differ")
    desk = Desk(books, parties, judged, hoc, winners, read_eves(raw, parties), by_url)
    polls = {council: _poll(council, rows, desk) for council, rows in sorted(compiled.items())}
    _check_thirds(raw, [poll.council for poll in polls.values() if poll.cycle is Cycle.THIRD], desk)
    check_new_wards(polls, desk)
    return tuple(polls.values())


def _on_the_day(winners: Iterable[Winner], judged: Judgements) -> list[Winner]:
    """The winners less those of a ward that was polled later, which the ward results file under the same day."""
    postponed = {
        (entry.council, entry.ward): entry
        for entry in judged.later_polls
        if entry.election == MAY and entry.code == "postponed-poll"
    }
    later: dict[tuple[str, str], Counter[str]] = {place: Counter() for place in postponed}
    kept = []
    for winner in winners:
        place = (winner.council, winner.ward)
        if place in later:
            later[place][winner.party] += 1
        else:
            kept.append(winner)
    for place, entry in postponed.items():
        expect(later[place] == entry.won, f"{entry.ward}: elected {dict(later[place])}, judged {entry.won}")
    return kept


# --- one council ---------------------------------------------------------------------------------------------------


def _poll(council: str, rows: list[Row], desk: Desk) -> CouncilPoll:
    first = rows[0]
    cycle = CYCLES[first.text("cycle")]
    unfilled = [one for one in desk.judged.later_polls if (one.election, one.council) == (MAY, council)]
    vacancies = sum(entry.seats_up for entry in unfilled)
    won = desk.winners[council]
    up = sum(won.values()) + vacancies
    expect(first.whole("seats_up_2019") in {up, up - vacancies}, f"{first.place}: {up} seats up")
    _check_compiled(rows, won, unfilled, desk)
    last = _last_election(council, rows, desk)
    eve = _eve(council, last, won, desk)
    poll = CouncilPoll(
        election=MAY,
        council=council,
        cycle=cycle,
        size=first.whole("council_size_2019"),
        seats_up=up,
        vacancies=vacancies,
        won=won,
        after=None if cycle is Cycle.ALL else _after(council, desk),
        last_election=last,
        last_council=None if cycle is Cycle.ALL else replace(eve, date=LAST_THIRD),
        eve=eve,
        eve_up=None if cycle is Cycle.ALL else _eve_up(council, up, desk),
        published_before=first.text("control_before"),
        published_after=first.text("control_after"),
        sources=(*SOURCES, *(() if cycle is Cycle.ALL else ("leap-2018",)), *pages(rows, desk)),
    )
    _check_after(poll)
    published = desk.eves.get((council, DAY.year))
    if published is not None:
        held = published.held((eve.seats, won, last.seats))
        poll = replace(poll, eve=held, published_before=published.control)
    return replace(poll, flags=flags_of_poll(poll, rows, desk))


def _compiled(rows: Iterable[Row], column: str, desk: Desk) -> dict[str, int]:
    """Seats by party in one column of the compilation, without the rows that add others up and those left blank."""
    single = [row for row in rows if row.text("is_aggregate") == "no"]
    return desk.parties.ordered({desk.parties.named(row.text("party")): row.seats(column) for row in single})


def _total(rows: Iterable[Row], column: str) -> int:
    return only((row for row in rows if row.text("party") == "TOTAL"), f"total of {column}").whole(column)


def _check_compiled(rows: list[Row], won: Seats, unfilled: Iterable[LaterPoll], desk: Desk) -> None:
    """The compilation must have the same winners; it counts those of a ward polled later in May."""
    expected = Counter(won)
    for entry in unfilled:
        if entry.code == "postponed-poll":
            expected.update(entry.won)
    found = _compiled(rows, "seats_won_2019", desk)
    expect(found == dict(expected), f"{rows[0].place}: compiled {found}, ward results {dict(expected)}")
    total = _total(rows, "seats_won_2019")
    expect(total == sum(found.values()), f"{rows[0].place}: total {total}, parties {sum(found.values())}")


def _last_election(council: str, rows: list[Row], desk: Desk) -> SeatsHeld:
    """Who won the seats now up when they were last filled at an ordinary election."""
    seats: Seats = _compiled(rows, "seats_at_baseline", desk)
    unknown: tuple[str, ...] = ()
    total = _total(rows, "seats_at_baseline")
    days = {row.text("baseline_election") for row in rows}
    expect(len(days) == 1, f"{rows[0].place}: baselines {days}")
    for entry in desk.judged.baselines:
        if entry.council == council:
            expect(seats == entry.raw, f"{rows[0].place}: compiled {seats}, judgements.toml has {entry.raw}")
            seats, unknown = entry.seats, entry.unknown
    missing = total - sum(seats.values())
    expect(missing == (1 if unknown else 0), f"{rows[0].place}: {seats} are not {total}")
    return SeatsHeld(date=days.pop(), size=total, seats=seats, unknown=unknown, source="compiled-2019")


# --- the eve of the poll -------------------------------------------------------------------------------------------


def _eve(council: str, last: SeatsHeld, won: Seats, desk: Desk) -> SeatsHeld:
    """The whole council in the snapshot before the poll, its aggregate told apart where that is possible.

    The aggregate is independents unless a local party that won seats before or after is not named in the list: then
    nobody can say whose part is whose.
    """
    row = desk.books.rows[council, EVE]
    seats, flags = split(row, desk.books.lists[council, EVE], desk.parties)
    expect(not flags, f"{row.place}: {flags}")
    unknown, note = _hidden(council, seats, last, won, desk)
    if unknown:
        aggregate = seats[OTHER] + sum(seats.pop(party, 0) for party in unknown)
        seats = {**seats, OTHER: aggregate}
    else:
        seats = {**seats, IND: seats[OTHER], OTHER: 0}
    return SeatsHeld(
        date=EVE_DATE,
        size=row.whole("total"),
        seats=desk.parties.ordered(seats),
        unknown=unknown,
        source="ocd-compositions",
        note=note,
    )


def _hidden(council: str, seats: Seats, last: SeatsHeld, won: Seats, desk: Desk) -> tuple[tuple[str, ...], str | None]:
    """The parties that the aggregate of the snapshot may hold, in their order, and why; none where it is plain."""
    for entry in desk.judged.eve_lumps:
        if entry.council == council:
            return entry.unknown, entry.note
    missing = (desk.parties.local() & (last.seats.keys() | won.keys())) - seats.keys()
    if not missing or not seats[OTHER]:
        return (), None
    unknown = tuple(sorted(missing | {IND}, key=desk.parties.rank.__getitem__))
    names = " and ".join(party.name for party in desk.parties.all if party.id in missing)
    return unknown, f"The list of {EVE} has {seats[OTHER]} under {MIXED} and does not name {names}: not told apart."


def _eve_up(council: str, up: int, desk: Desk) -> SeatsHeld:
    """The seats now up in the list of councillors before the poll."""
    due = [row for row in desk.books.lists[council, EVE] if row.text("next_election") == str(DAY)]
    expect(len(due) == up, f"{council}: {len(due)} seats due in the list, {up} up")
    return SeatsHeld(date=EVE_DATE, size=up, seats=_of_list(due, desk), source="ocd-councillors")


def _of_list(rows: Iterable[Row], desk: Desk) -> dict[str, int]:
    """Seats by party in a part of a list that holds no aggregate and no vacancy."""
    names = Counter(row.text("party_name") for row in rows)
    expect(not names.keys() & {MIXED, VACANT}, f"{dict(names)}: an aggregate among the seats")
    return desk.parties.ordered({desk.parties.named(name): number for name, number in names.items()})


def _after(council: str, desk: Desk) -> dict[str, int]:
    """The whole council after a poll for a third of it; nobody but independents is in its aggregate."""
    row = desk.books.rows[council, DAY.year]
    seats, flags = split(row, desk.books.lists[council, DAY.year], desk.parties)
    expect(not flags and not desk.parties.local() & seats.keys(), f"{row.place}: {seats}, {flags}")
    return desk.parties.ordered({**seats, IND: seats[OTHER], OTHER: 0})


def _check_after(poll: CouncilPoll) -> None:
    """Before, less the seats up, plus the seats won must be the council after."""
    if poll.after is None or poll.eve_up is None:
        expect(sum(poll.won.values()) + poll.vacancies == poll.size, f"{poll.council}: seats won are not the council")
        return
    seats = Counter(poll.eve.seats if poll.eve else {})
    seats.subtract(poll.eve_up.seats)
    seats.update(poll.won)
    expect({p: n for p, n in seats.items() if n} == poll.after, f"{poll.council}: {dict(seats)}, {poll.after}")
    last = poll.last_election
    expect(last is not None and poll.eve_up.seats == last.seats, f"{poll.council}: the seats up changed hands since")


def _check_thirds(raw: RawData, councils: list[str], desk: Desk) -> None:
    """The list of 2018 must have the winners of that May for the seats filled then, but for one by-election more."""
    for council, won in seats_by_council(read_winners(raw, desk.parties, EVE, councils), desk.parties).items():
        filled = [row for row in desk.books.lists[council, EVE] if row.text("next_election") == THEIR_NEXT]
        listed = Counter(_of_list(filled, desk))
        more = Counter(won) - listed
        expect(
            not listed - Counter(won) and more.total() <= 1, f"{council} {EVE}: elected {won}, listed {dict(listed)}"
        )
