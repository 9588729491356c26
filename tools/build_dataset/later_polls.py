"""Elections held later, for seats that an ordinary election left unfilled: each the poll of one council."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from tools.build_dataset.books import Books
from tools.build_dataset.flags import flag
from tools.build_dataset.judgements import Judgements, LaterPoll
from tools.build_dataset.parties import Parties
from tools.build_dataset.raw import expect

from emvote.model import OTHER, CouncilPoll, Election, ElectionKind, Flag, Seats, SeatsHeld, WardContest
from emvote.store.importers.compositions import COLUMNS, counted
from emvote.store.importers.parliament import spoken

COUNTED_AFTER_BOTH = ("local.2019-05-02",)
"""Ordinary elections whose year's composition counts the seats filled later too, so that it can be checked."""


def later_elections(judged: Judgements) -> tuple[Election, ...]:
    """The later days on which seats were filled that an ordinary election had left."""
    days = ((entry, date.fromisoformat(entry.id.removeprefix("local."))) for entry in judged.later_elections)
    return tuple(
        Election(
            id=entry.id,
            name=f"Local elections held later, {spoken(day)}",
            kind=ElectionKind.LOCAL_LATER,
            date=day,
            source=entry.source,
            note=entry.note,
        )
        for entry, day in days
    )


def read_later_polls(
    judged: Judgements, polls: Iterable[CouncilPoll], wards: Sequence[WardContest], books: Books, parties: Parties
) -> Iterator[CouncilPoll]:
    """The later polls of councils among some ordinary ones, by day and council."""
    ordinary = {(poll.election, poll.council): poll for poll in polls}
    for entry in sorted(judged.later_polls, key=lambda entry: (entry.later, entry.council)):
        if (entry.election, entry.council) in ordinary:
            yield _later(entry, ordinary[entry.election, entry.council], wards, books, parties)


def postponed_flags(judged: Judgements, election: str, council: str) -> Iterator[Flag]:
    """What is to be said at an ordinary election of the seats that it left to a later day."""
    for entry in judged.later_polls:
        if (entry.election, entry.council) == (election, council) and entry.ordinary_note is not None:
            yield flag(entry.code, entry.ordinary_note, entry.flag_source)


def _later(
    entry: LaterPoll, before: CouncilPoll, wards: Sequence[WardContest], books: Books, parties: Parties
) -> CouncilPoll:
    """The poll for seats left unfilled: its eve is the council that the ordinary election filled."""
    won = _won(entry, wards, parties)
    after = parties.ordered(Counter(before.won) + Counter(won))
    expect(sum(won.values()) == entry.seats_up <= before.vacancies, f"{entry.ward}: {won} for {entry.seats_up} seats")
    if entry.election in COUNTED_AFTER_BOTH:
        _check_composition(entry, won, after, books, parties)
    day = entry.election.removeprefix("local.")
    filled = SeatsHeld(date=day, size=before.size, seats=before.won, source=before.sources[0])
    last = _last_election(entry, before, wards, parties)
    flags = [flag(entry.code, entry.note, entry.flag_source)]
    if entry.last_unknown is not None:
        flags.append(flag("baseline-unknown", entry.last_unknown))
    return CouncilPoll(
        election=entry.later,
        council=entry.council,
        cycle=before.cycle,
        size=before.size,
        seats_up=entry.seats_up,
        vacancies=before.vacancies - entry.seats_up,
        won=won,
        after=after,
        last_election=last,
        last_council=filled,
        eve=filled,
        eve_up=SeatsHeld(date=day, size=entry.seats_up, seats={}, source=before.sources[0], note="Vacant."),
        sources=entry.sources,
        flags=tuple(flags),
    )


def _won(entry: LaterPoll, wards: Sequence[WardContest], parties: Parties) -> Seats:
    """Seats won in the ward, counted where its result is on record, else as judged."""
    contests = _contests(entry.later, entry, wards)
    counts = Counter(each.party for contest in contests for each in contest.candidates if each.elected)
    won = parties.ordered(counts) if contests else dict(entry.won or {})
    expect(entry.won is None or won == entry.won, f"{entry.ward}: elected {won}, judged {entry.won}")
    return won


def _last_election(
    entry: LaterPoll, before: CouncilPoll, wards: Sequence[WardContest], parties: Parties
) -> SeatsHeld | None:
    """Who won these seats when they were last filled; `None` where that is not known."""
    if entry.last_unknown is not None:
        return None
    if entry.last is None:
        seats: Seats = entry.last_election or {}
        day = before.last_election.date if before.last_election else ""
    else:
        contests = _contests(entry.last, entry, wards)
        seats = parties.ordered(Counter(one.party for each in contests for one in each.candidates if one.elected))
        day = entry.last.removeprefix("local.")
    expect(sum(seats.values()) == entry.seats_up, f"{entry.ward}: {seats} before, {entry.seats_up} seats up")
    return SeatsHeld(date=day, size=entry.seats_up, seats=seats, source=entry.last_source, note=entry.last_note)


def _contests(election: str, entry: LaterPoll, wards: Sequence[WardContest]) -> list[WardContest]:
    wanted = (election, entry.council, entry.ward)
    return [ward for ward in wards if (ward.election, ward.council, ward.ward) == wanted]


def _check_composition(entry: LaterPoll, won: Seats, after: Mapping[str, int], books: Books, parties: Parties) -> None:
    """The composition of the year must be both days together, and the lists must name holders and winners."""
    year = int(entry.election.removeprefix("local.")[:4])
    row = books.rows[entry.council, year]
    main = {party: number for party, number in after.items() if party in COLUMNS.values()}
    expect(main == {p: n for p, n in counted(row).items() if p != OTHER}, f"{row.place}: expected {main}")
    for when, seats in ((year - 1, entry.last_election or {}), (year, won)):
        people = [line for line in books.lists[entry.council, when] if line.text("ward_name") == entry.ward]
        named = Counter(parties.named(line.text("party_name")) for line in people)
        expect(not Counter(seats) - named, f"{entry.ward} {when}: {dict(named)}, expected {seats}")
