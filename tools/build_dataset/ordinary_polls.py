"""Council polls at the ordinary elections other than that of 2019, made from the ward results and the compositions.

Seats won are counted in the wards; those of 2023 are compared with the House of Commons Library's table. Seats at the
last election are the winners of the same wards when they were last filled, where the record has those: never a snapshot
taken between elections, and where nothing tells which of two seats was filled they stay unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from tools.build_dataset.books import Books
from tools.build_dataset.compositions import MIXED
from tools.build_dataset.eves import Published, read_eves
from tools.build_dataset.flags import flag
from tools.build_dataset.hoc import Differences
from tools.build_dataset.judgements import Judgements, PublishedCouncil
from tools.build_dataset.later_polls import postponed_flags
from tools.build_dataset.parties import Parties
from tools.build_dataset.poll_flags import new_wards_flag
from tools.build_dataset.raw import RawData, Row, expect
from tools.build_dataset.ward_people import SOURCE as PEOPLE

from emvote.model import (
    IND,
    OTHER,
    Composition,
    Council,
    CouncilPoll,
    Cycle,
    Election,
    ElectionKind,
    Flag,
    Seats,
    SeatsHeld,
    WardContest,
)

COUNTED_BY_HAND = 2019
"""The year whose polls are made in `polls.py`, from a compilation."""
CHECKED = 2023
"""The year for which the House of Commons Library has a table of all councils."""
FIRST_LIST = 2016
"""First year with a list of councillors."""
THIRDS = {2016: None, 2018: None, 2021: 2016, 2022: 2018, 2023: 2019, 2024: 2021}
"""Year of a poll by thirds to the year in which the same third was last elected; `None`: before the ward results."""
DUE = {2018: "2022-05-05", 2021: "2021-05-06", 2022: "2022-05-05", 2023: "2023-05-04", 2024: "2024-05-02"}
"""Year of a poll by thirds to the polling day for which the list of the year before has the seats then up as due.

The lists to 2018 have the seats filled in 2018 as due in 2022 already.
"""
WHOLE = {2017: 2013, 2021: 2017, 2023: 2019, 2025: 2021}
"""Year of an election of whole councils to the year of the one before."""
FIRST_WARDS = 2015
"""First year with ward results: what was won at the election before is not on record."""
NEVER_BY_THIRDS = 4
"""Years between elections of whole councils."""
HOC_2023 = "councils/hoc-council-compositions-2019-2023-em.csv"
HOC_MAIN = {"con": "CON", "lab": "LAB", "ld": "LD", "green": "GRN", "ukip": "UKIP"}
UNDER_OTHER_TO_2015 = ("ukip", "green")
"""Parties that compositions to 2015 have in their `other`."""
REFORM_DERBY = ("E06000015", 2021)
"""Two of six councillors whom the list has as Reform Derby stood for Reform UK, as the ward results say."""

Place = tuple[str, int]
"""Council and year."""


@dataclass(frozen=True)
class Ordinary:
    """What the polls are put together from."""

    books: Books
    parties: Parties
    hoc: Differences
    councils: Mapping[str, Council]
    elections: Mapping[int, Election]
    """The ordinary local election of each year."""
    wards: Mapping[Place, Sequence[WardContest]]
    """Ordinary contests, by-elections left out, by council and year."""
    counts: Mapping[str, Row]
    """Council to its line in the Library's table of 2023."""
    judged: Judgements
    known: Mapping[Place, Sequence[CouncilPoll]]
    """The polls of 2019, those held later among them."""
    eves: Mapping[Place, Published]
    """What was published of councils just before polls."""

    @cached_property
    def compositions(self) -> Mapping[Place, Composition]:
        """The snapshots by council and year."""
        return {(each.id, one.year): one for each in self.councils.values() for one in each.compositions}

    def results(self, council: str, year: int, *, on_the_day: bool = False) -> dict[str, Counter[str]]:
        """Ward to seats won by party at an ordinary election; empty where the record has no winners.

        Seats filled on a later day are among them, unless only those of the day are asked for.
        """
        found: dict[str, Counter[str]] = {}
        for ward in self.on_the_day(council, year) if on_the_day else self.wards.get((council, year), ()):
            won = winners(ward)
            if won is None:
                return {}
            found.setdefault(ward.ward, Counter()).update(won)
        return found

    def on_the_day(self, council: str, year: int) -> Sequence[WardContest]:
        """The contests of an ordinary election without those of seats that were filled on a later day."""
        return [ward for ward in self.wards[council, year] if ward.election == self.elections[year].id]

    def listed(self, council: str, year: int) -> tuple[Row, ...]:
        """The list of councillors of a year; empty where there is none."""
        return self.books.lists.get((council, year), ())


def winners(ward: WardContest) -> Counter[str] | None:
    """Seats won in a ward; without candidates the leading party where one seat was up, else nothing is known."""
    if ward.candidates:
        return Counter(each.party for each in ward.candidates if each.elected)
    ranked = sorted(ward.tallies, key=lambda each: -each.votes)
    tied = len(ranked) > 1 and ranked[0].votes == ranked[1].votes
    return None if ward.seats_up > 1 or tied else Counter({ranked[0].party: 1})


def read_ordinary_polls(  # noqa: PLR0913, PLR0917 (everything that polls rest on)
    raw: RawData,
    books: Books,
    parties: Parties,
    judged: Judgements,
    hoc: Differences,
    councils: Iterable[Council],
    elections: Iterable[Election],
    wards: Iterable[WardContest],
    known: Iterable[CouncilPoll],
) -> tuple[CouncilPoll, ...]:
    """The polls of every ordinary election but that of 2019, by day and council."""
    days = {each.date.year: each for each in elections if each.kind is ElectionKind.LOCAL}
    years = {each.id: year for year, each in days.items()}
    years |= {each.id: each.date.year for each in elections if each.kind is ElectionKind.LOCAL_LATER}
    ordinary: dict[Place, list[WardContest]] = {}
    for ward in wards:
        if not ward.by_election:
            ordinary.setdefault((ward.council, years[ward.election]), []).append(ward)
    polled: dict[Place, list[CouncilPoll]] = {}
    for poll in known:
        polled.setdefault((poll.council, years[poll.election]), []).append(poll)
    desk = Ordinary(
        books,
        parties,
        hoc,
        {each.id: each for each in councils},
        days,
        ordinary,
        {row.text("ONS code"): row for row in raw.rows(HOC_2023)},
        judged,
        polled,
        read_eves(raw, parties),
    )
    places = sorted((year, council) for council, year in ordinary if year != COUNTED_BY_HAND)
    made = (_poll(council, year, desk) for year, council in places)
    return tuple(poll for poll in made if poll is not None)


def _poll(council: str, year: int, desk: Ordinary) -> CouncilPoll | None:
    contests = desk.wards[council, year]
    up, size = sum(ward.seats_up for ward in contests), desk.compositions[council, year].size
    whole = up == size
    counted = _counted(council, year, desk)
    if counted is None:
        return None
    won, won_flags = counted
    last, last_flags = _last_election(council, year, won, whole=whole, desk=desk)
    if not whole and _too_far(council, year, won, desk):
        return None
    if won.get(OTHER):
        # beside an aggregate a party that the source counts apart must be named, or it may be in the aggregate
        won = {**won, **{party: 0 for party in HOC_MAIN if party not in won}}
    after, vacancies, after_flags = (None, up - sum(won.values()), ()) if whole else _after(council, year, won, desk)
    eve, eve_flags = _eve(council, year, (won, last.seats if last else {}), desk)
    published = desk.eves.get((council, year))
    if published is not None and eve is not None:
        eve, eve_flags = published.held((eve.seats, won, last.seats if last else {})), published.flags()
    eve_up = None if whole or eve is None else _eve_up(council, year, desk)
    flags = [*won_flags, *last_flags, *after_flags, *eve_flags]
    flags.extend(postponed_flags(desk.judged, desk.elections[year].id, council))
    if not whole and eve_up is None:
        flags.append(flag("baseline-unknown", "The list of councillors before the poll does not tell the seats up."))
    if last is not None and last.size != up:
        note = f"{last.size} seats at the last election, {up} now: the net change holds the difference."
        flags.append(flag("size-changed", note))
    if whole and eve is not None:
        flags.extend(new_wards_flag(council, year, desk.books))
    flags.extend(desk.hoc.flags(council, year))
    if whole and year == CHECKED:
        flags.extend(_library(council, won, vacancies, desk))
    return CouncilPoll(
        election=desk.elections[year].id,
        council=council,
        cycle=Cycle.ALL if whole else Cycle.THIRD,
        size=size,
        seats_up=up,
        vacancies=vacancies,
        won=won,
        after=after,
        last_election=last,
        last_council=_last_council(council, year, won, whole=whole, desk=desk),
        eve=eve,
        eve_up=eve_up,
        published_before=_label(council, year, desk) if eve else None,
        published_after=desk.compositions[council, year].published,
        sources=_sources(council, year, whole=whole, desk=desk),
        flags=tuple(dict.fromkeys(flags)),
    )


def _label(council: str, year: int, desk: Ordinary) -> str | None:
    """Control before a poll as published just before it, else as the snapshot of the year before labels it."""
    published = desk.eves.get((council, year))
    return published.control if published else desk.compositions[council, year - 1].published


def _sources(council: str, year: int, *, whole: bool, desk: Ordinary) -> tuple[str, ...]:
    ids = [desk.elections[year].source, "ocd-compositions"]
    if year == CHECKED:
        ids.append(PEOPLE)
    if whole and year == CHECKED:
        ids.append("hoc-cbp-9798")
    if desk.listed(council, year - 1):
        ids.append("ocd-councillors")
    return tuple(ids)


# --- seats won -----------------------------------------------------------------------------------------------------


def _counted(council: str, year: int, desk: Ordinary) -> tuple[Seats, tuple[Flag, ...]] | None:
    """Seats won, counted in the wards; nothing where the winners of some ward are not known."""
    results = desk.results(council, year, on_the_day=True)
    if not results:
        return None
    seats = Counter[str]()
    for won in results.values():
        seats.update(won)
    flags = []
    double = [ward.ward for ward in desk.wards[council, year] if any(one.code == "double-seat" for one in ward.flags)]
    if double:
        note = f"Two seats were filled in {', '.join(double)}: the one that was due, and one that was vacant."
        flags.append(flag("double-seat", note))
    return desk.parties.ordered(seats), tuple(flags)


def _library(council: str, won: Seats, vacancies: int, desk: Ordinary) -> Iterator[Flag]:
    """Where the House of Commons Library counts other seats in 2023 than the wards give."""
    row = desk.counts[council]
    theirs = {party: row.seats(f"{name}_seats_23") for party, name in HOC_MAIN.items()}
    theirs[OTHER] = row.seats("OTH_seats_23") + row.seats("Vacant_seats_23")
    ours = {party: won.get(party, 0) for party in HOC_MAIN}
    ours[OTHER] = sum(won.values()) - sum(ours.values()) + vacancies
    differing = [party for party in theirs if theirs[party] != ours[party]]
    if differing:
        names = {party.id: party.abbreviation for party in desk.parties.all} | {OTHER: "others and vacancies"}
        there, here = (", ".join(f"{names[party]} {seats[party]}" for party in differing) for seats in (theirs, ours))
        note = f"The House of Commons Library counts {there}; the winners of the wards are {here}."
        yield flag("hoc-differs", note, "hoc-cbp-9798")


# --- the council after ---------------------------------------------------------------------------------------------


def _after(council: str, year: int, won: Seats, desk: Ordinary) -> tuple[Seats, int, tuple[Flag, ...]]:
    """The whole council after a poll for a part of it, vacancies, and what is to be said of it."""
    snapshot = desk.compositions[council, year]
    published = _published(council, year, "after", desk)
    if published is not None:
        vacant = snapshot.size - sum(published.seats.values())
        return desk.parties.ordered(published.seats), vacant, (flag("override", published.note, published.source),)
    seats = Counter({party: number for party, number in snapshot.seats.items() if number})
    flags: list[Flag] = []
    if (council, year) == REFORM_DERBY:
        expect(won.get("reform") == 2 and not seats["reform"], f"{council} {year}: {won}, {dict(seats)}")  # noqa: PLR2004
        seats.update({"reform": 2})
        seats.subtract({"reformderby": 2})
        note = "The list of councillors has six of Reform Derby; two of them were elected that day as Reform UK."
        flags.append(flag("sources-differ", note, "ocd-councillors"))
    aggregate = seats.pop(OTHER, 0)
    locals_won = (desk.parties.local() & won.keys()) - seats.keys()
    seats[OTHER if locals_won else IND] += aggregate
    missing = {party: number for party, number in won.items() if number > seats[party]}
    expect(not missing, f"{council} {year}: elected {missing}, the snapshot has {dict(seats)}")
    total = sum(seats.values())
    flags.extend(_moved(council, year, won, seats, desk))
    return desk.parties.ordered({p: n for p, n in seats.items() if n}), snapshot.size - total, tuple(flags)


def _published(council: str, year: int, moment: str, desk: Ordinary) -> PublishedCouncil | None:
    """The council as published at the count, where that was judged to be used; the snapshot must be as it was then."""
    found = next(
        (
            one
            for one in desk.judged.published_councils
            if (one.council, one.year, one.moment) == (council, year, moment)
        ),
        None,
    )
    if found is not None:
        snapshot = desk.compositions[council, year if moment == "after" else year - 1]
        seats = {party: number for party, number in snapshot.seats.items() if number}
        expect(seats == found.raw, f"{council} {year}: {seats}, judgements.toml has {found.raw}")
    return found


def _moved(council: str, year: int, won: Seats, after: Mapping[str, int], desk: Ordinary) -> Iterator[Flag]:
    """Where before, less the seats up, plus the seats won is not the snapshot after."""
    expected = expected_after(council, year, won, desk)
    if expected is not None and _joined(expected) != _joined(after):
        names = {party.id: party.abbreviation for party in desk.parties.all}
        there = ", ".join(f"{names[party]} {number}" for party, number in desk.parties.ordered(+expected).items())
        note = (
            f"The council after is the snapshot of {year}; that before, less the seats up, plus those won is {there}."
        )
        yield flag("not-election-day", note, "ocd-compositions")


MOST_MOVED = 2
"""Seats by which a snapshot after a poll may differ from what the poll makes of the one before."""


def _too_far(council: str, year: int, won: Seats, desk: Ordinary) -> bool:
    """Whether the snapshot after cannot be the council that was elected: such a poll is left out."""
    expected = expected_after(council, year, won, desk)
    seats = Counter(desk.compositions[council, year].seats)
    seats[IND] += seats.pop(OTHER, 0)
    return expected is not None and (_joined(seats) - _joined(expected)).total() > MOST_MOVED


def expected_after(council: str, year: int, won: Seats, desk: Ordinary) -> Counter[str] | None:
    """The council before, less the seats up, plus those won: what it would be if nobody had moved between."""
    eve_up = _eve_up(council, year, desk)
    eve, _ = _eve(council, year, (won,), desk)
    if eve is None or eve_up is None or eve.unknown:
        return None
    seats = Counter(eve.seats)
    seats.subtract(eve_up.seats)
    seats.update(won)
    return seats


def _joined(seats: Mapping[str, int]) -> Counter[str]:
    """Seats with UKIP and the parties of those who followed it counted together: the lists change their names."""
    joined = Counter[str]()
    for party, number in seats.items():
        joined["ukip" if party in {"ukip", "brexit", "reform", "reformderby"} else party] += number
    return +joined


# --- baselines -----------------------------------------------------------------------------------------------------


def _snapshot(
    council: str, year: int, seen: Iterable[Seats], desk: Ordinary
) -> tuple[SeatsHeld | None, tuple[Flag, ...]]:
    """The whole council in a snapshot, with whom its aggregate may hold; `None` where there was no council."""
    found = desk.compositions.get((council, year))
    if found is None:
        return None, ()
    seats = {party: number for party, number in found.seats.items() if number}
    locals_seen = desk.parties.local() & {party for each in seen for party in each}
    unknown, note = _hidden(seats, found, locals_seen, desk)
    aggregate = seats.pop(OTHER, 0)
    if aggregate:
        seats[OTHER if unknown else IND] = seats.get(OTHER if unknown else IND, 0) + aggregate
    held = SeatsHeld(
        date=found.date or str(year),
        size=found.size,
        seats=desk.parties.ordered(seats),
        unknown=unknown,
        source=found.source or "ocd-compositions",
        note=note,
    )
    return held, (flag("lump", note, "ocd-compositions"),) if note else ()


def _eve(council: str, year: int, seen: Iterable[Seats], desk: Ordinary) -> tuple[SeatsHeld | None, tuple[Flag, ...]]:
    """The council before a poll: the snapshot of the year before, or what was published where that was judged."""
    published = _published(council, year, "eve", desk)
    if published is None:
        return _snapshot(council, year - 1, seen, desk)
    held = SeatsHeld(
        date=str(desk.elections[year].date - timedelta(days=1)),
        size=sum(published.seats.values()),
        seats=desk.parties.ordered(published.seats),
        source=published.source,
    )
    return held, (flag("override", published.note, published.source),)


def _hidden(
    seats: Mapping[str, int], found: Composition, locals_seen: frozenset[str], desk: Ordinary
) -> tuple[tuple[str, ...], str | None]:
    """The parties that the aggregate of a snapshot may hold, and why; none where it is independents alone."""
    aggregate = seats.get(OTHER, 0)
    if not aggregate:
        return (), None
    told = found.year >= FIRST_LIST and not any(one.code == "list-differs" for one in found.flags)
    missing = locals_seen - seats.keys()
    if told and not missing:
        return (), None
    may = set(missing) | {IND} | ({*UNDER_OTHER_TO_2015} if found.year < FIRST_LIST else set())
    unknown = tuple(sorted(may - (seats.keys() - {IND}), key=desk.parties.rank.__getitem__))
    names = {party.id: party.abbreviation for party in desk.parties.all}
    words = ", ".join(names[party] for party in unknown)
    if unknown == (IND,):
        return unknown, f"The record of {found.year} has {aggregate} under other, who may not all be independents."
    return unknown, f"The record of {found.year} has {aggregate} under other, where {words} are not told apart."


def _eve_up(council: str, year: int, desk: Ordinary) -> SeatsHeld | None:
    """The seats now up in the list of the year before; a seat up before its turn is its ward's only party's."""
    if year not in DUE:
        return None
    seats, due = Counter[str](), Counter[str]()
    holders: dict[str, set[str]] = {}
    for person in desk.listed(council, year - 1):
        name = person.text("party_name")
        party = IND if name == MIXED else desk.parties.named(name)
        ward = _ward_key(person.text("ward_name"))
        holders.setdefault(ward, set()).add(party)
        if person.text("next_election") == DUE[year]:
            seats[party] += 1
            due[ward] += 1
    for contest in desk.wards[council, year]:
        more = contest.seats_up - due[_ward_key(contest.ward)]
        only = holders.get(_ward_key(contest.ward), set())
        if more < 0 or (more and len(only) != 1):
            return None
        seats.update({party: more for party in only if more})
    up = sum(ward.seats_up for ward in desk.wards[council, year])
    if seats.total() != up:
        return None
    return SeatsHeld(
        date=desk.compositions[council, year - 1].date or str(year - 1),
        size=up,
        seats=desk.parties.ordered(seats),
        source="ocd-councillors",
    )


def _ward_key(name: str) -> str:
    """The name of a ward in one spelling."""
    return "".join(letter for letter in name.lower().replace("&", "and") if letter.isalpha())


def _last_election(
    council: str, year: int, won: Seats, *, whole: bool, desk: Ordinary
) -> tuple[SeatsHeld | None, tuple[Flag, ...]]:
    """The seats now up as won when they were last filled, or why that is not known; neither for a new council."""
    if (council, year - 1) not in desk.compositions:
        return None, ()
    if not whole:
        return _last_third(council, year, desk)
    before = WHOLE.get(year)
    if before is not None and _was_whole(council, before, desk):
        if before == COUNTED_BY_HAND:
            return _won_2019(council, desk), ()
        results = desk.results(council, before)
        if results:
            return _of_wards(results.values(), before, desk), ()
        held, _ = _snapshot(council, before, (won, dict.fromkeys(UNDER_OTHER_TO_2015, 0)), desk)
        if held is not None:
            note = (
                f"The seats of {before} are those of the composition of that year, in which small parties and "
                "independents are together."
            )
            return held, (flag("derived-baseline", note, "ocd-compositions"),)
    note = "The council was elected by parts before: the seats now up were last filled in several years."
    if year == FIRST_WARDS:
        note = "The results of the election before, when the seats now up were last filled, are not on record."
    return None, (flag("baseline-unknown", note),)


def _was_whole(council: str, year: int, desk: Ordinary) -> bool:
    """Whether a council was elected as a whole in a year."""
    cycles = desk.councils[council].cycles
    return any(
        period.cycle is Cycle.ALL and (period.since or year) <= year <= (period.until or year) for period in cycles
    )


def _won_2019(council: str, desk: Ordinary) -> SeatsHeld:
    """The winners of May 2019, and of June for seats that were left unfilled."""
    polls = desk.known[council, COUNTED_BY_HAND]
    seats = Counter[str]()
    for poll in polls:
        seats.update(poll.won)
    return SeatsHeld(date="2019-05-02", size=polls[0].size, seats=desk.parties.ordered(seats), source="leap-2019")


def _of_wards(results: Iterable[Counter[str]], year: int, desk: Ordinary) -> SeatsHeld:
    seats = Counter[str]()
    for won in results:
        seats.update(won)
    election = desk.elections[year]
    return SeatsHeld(
        date=str(election.date), size=seats.total(), seats=desk.parties.ordered(seats), source=election.source
    )


def _last_third(council: str, year: int, desk: Ordinary) -> tuple[SeatsHeld | None, tuple[Flag, ...]]:
    """The winners of the same wards when the third was last elected."""
    before = THIRDS[year]
    if council == LINCOLN and year in LINCOLN_CLASS:
        return _lincoln(year, desk)
    if before is None:
        note = f"The seats now up were last filled in {year - NEVER_BY_THIRDS}, of which there are no ward results."
        return None, (flag("baseline-unknown", note),)
    results = {_ward_key(ward): won for ward, won in desk.results(council, before).items()}
    others = [desk.results(council, other) for other in (2016, 2018, 2019, 2021) if other != before and other < year]
    won: list[Counter[str]] = []
    for ward in desk.wards[council, year]:
        same = results.get(_ward_key(ward.ward), Counter())
        found = _filled(same, ward.seats_up, [each.get(ward.ward, Counter()) for each in others])
        if found is None:
            note = f"The results do not tell which seats of {ward.ward} were last filled when."
            return None, (flag("baseline-unknown", note),)
        won.append(found)
    return _of_wards(won, before, desk), ()


def _filled(same: Counter[str], up: int, others: Sequence[Counter[str]]) -> Counter[str] | None:
    """Who won the seats of a ward that are now up: of more or fewer winners, only where all are of one party."""
    if same.total() == up:
        return same
    if same.total() > up:
        return Counter({next(iter(same)): up}) if len(same) == 1 else None
    everybody = Counter[str]()
    for each in (same, *others):
        everybody.update(each)
    return Counter({next(iter(everybody)): up}) if len(everybody) == 1 else None


LINCOLN = "E07000138"
LINCOLN_CLASS = {2018: "2022-05-05", 2021: "2020-05-07"}
"""Year of a poll to the polling day for which the list of 2016 has its seats as due: all were elected in 2016."""


def _lincoln(year: int, desk: Ordinary) -> tuple[SeatsHeld | None, tuple[Flag, ...]]:
    """The seats of Lincoln up in a year, as elected with all others in 2016."""
    results = {_ward_key(ward): won for ward, won in desk.results(LINCOLN, FIRST_LIST).items()}
    seats = Counter[str]()
    for person in desk.listed(LINCOLN, FIRST_LIST):
        if person.text("next_election") != LINCOLN_CLASS[year]:
            continue
        seats[_elected_as(person, results[_ward_key(person.text("ward_name"))], desk)] += 1
    note = "All seats were elected in 2016; which of them are now up is in the list of councillors of that year."
    held = SeatsHeld(
        date=str(desk.elections[FIRST_LIST].date),
        size=seats.total(),
        seats=desk.parties.ordered(seats),
        source=desk.elections[FIRST_LIST].source,
    )
    return held, (flag("derived-baseline", note, "ocd-councillors"),)


def _elected_as(person: Row, won: Counter[str], desk: Ordinary) -> str:
    """The party for which a councillor in the list of 2016 was elected that year: who left it, by what is left over."""
    ward, name = person.text("ward_name"), person.text("party_name")
    if name != MIXED:
        party = desk.parties.named(name)
        expect(won[party], f"Lincoln 2016 {ward}: {name}, elected {dict(won)}")
        return party
    others = [one.text("party_name") for one in desk.listed(LINCOLN, FIRST_LIST) if one.text("ward_name") == ward]
    left = won - Counter(desk.parties.named(other) for other in others if other != MIXED)
    expect(left.total() == 1, f"Lincoln 2016 {ward}: {dict(left)} left over")
    return next(iter(left))


def _last_council(council: str, year: int, won: Seats, *, whole: bool, desk: Ordinary) -> SeatsHeld | None:
    """The whole council after the last ordinary election of any part of it, where that was not the whole."""
    before = WHOLE.get(year)
    if (council, year - 1) not in desk.compositions or (whole and before and _was_whole(council, before, desk)):
        return None
    if whole and year == FIRST_WARDS:
        return None
    polled = [one for name, one in desk.wards if name == council and one < year]
    last = max(polled, default=year - 1)
    published = _published(council, last, "after", desk)
    if published is not None:
        return SeatsHeld(
            date=str(desk.elections[last].date),
            size=sum(published.seats.values()),
            seats=desk.parties.ordered(published.seats),
            source=published.source,
        )
    elected = sum(desk.results(council, last).values(), Counter[str]())
    if elected.total() == desk.compositions[council, last].size:  # all of it, on one day: no snapshot from later
        return SeatsHeld(
            date=str(desk.elections[last].date),
            size=elected.total(),
            seats=desk.parties.ordered(elected),
            source=desk.elections[last].source,
        )
    held, _ = _snapshot(council, last, (won,), desk)
    return held
