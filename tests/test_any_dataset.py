"""Any dataset that keeps the rules is answered by every command; any damage to it is told, with its place.

The datasets are made up whole: elections won, tied, unopposed and undeclared, councils elected whole or in part with
aggregates and vacancies, wards, mayors, maps and governments, names of any characters. `EMVOTE_EXAMPLES` says how many
of them are tried.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from typing import Any

import tomli_w
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from emvote.errors import BadData, Problem
from emvote.model import (
    Administration,
    AdministrationType,
    Candidacy,
    Composition,
    Contest,
    Council,
    CouncilAdministration,
    Councillor,
    CouncilPoll,
    CouncilType,
    Current,
    Cycle,
    CyclePeriod,
    Election,
    ElectionKind,
    Flag,
    Government,
    GovernmentForm,
    Hexagon,
    HexMap,
    HexPlaces,
    Mayoralty,
    MayorCandidacy,
    MayorContest,
    Party,
    PartyKind,
    Seat,
    SeatsHeld,
    Source,
    Tally,
    WardCandidacy,
    WardContest,
    WardCouncillors,
)
from emvote.model.record import Record
from emvote.store import open_dataset
from emvote.store.export import Target, export
from emvote.store.importers.files import Order, run
from emvote.store.importers.files import Target as Importing
from emvote.store.write import dump_people, dump_record, dump_wards

Emvote = Callable[..., CompletedProcess[str]]
EXAMPLES = int(os.environ.get("EMVOTE_EXAMPLES") or 8)
FIRST, LAST, ESTIMATE = "parl.2015-05-07", "parl.2017-06-08", "parl.2017-06-08.notional"
NEW, LOCAL = "parl.2024-07-04", "local.2019-05-02"
EARLIER_LOCAL, LATER_LOCAL, MAYOR = "local.2018-05-03", "local.2019-06-13", "mayor.fen.2019-05-02"
BY_ELECTION = "parl.s0.by.2016-10-20"
KINDS = (PartyKind.NATIONAL, PartyKind.NATIONAL, PartyKind.LOCAL, PartyKind.INDEPENDENT, PartyKind.AGGREGATE)
IDS = ("red", "blu", "mill", "ind", "other")
QUESTIONS = (
    *(("results", each) for each in (FIRST, LAST, NEW)),
    ("seats", "--election", "2017", "--changed"),
    ("seats", "--sort", "majority_pct", "--desc", "--limit", "2", "--csv"),
    ("seat", "{seat}", "--explain", "--sources"),
    ("swing",),
    ("swing", "--from", "2015", "--to", "2017", "--between", "red", "blu", "--method", "steed"),
    ("compare", "2015", "2017"),
    ("compare", "2017", "2024"),
    ("compare", "seat:{seat}", "council:{council}"),
    ("targets", "red", "--election", "2017", "--explain"),
    ("targets", "blu", "--gap-only"),
    ("project", "--swing", "red:blu:5.9", "--baseline", "2017"),
    ("project", "--shares", "red=40,blu=35", "--model", "proportional", "--baseline", "2017"),
    ("councils", "--all", "--outside"),
    ("councils", "--baseline", "last-election", "--explain"),
    ("council", "{council}"),
    ("wards", "{council}"),
    ("mayor", "{mayor}", "--explain"),
    ("bellwethers",),
    ("bellwethers", "--misses", "1", "--sources"),
    ("candidate", "{candidate}"),
    *(("map", *words) for words in ((), ("2017", "--by", "change"), ("local-2019",), ("2018", "--format", "svg"))),
    ("map", "2017", "--by", "swing", "--between", "red", "blu"),
    ("councils", "--election", "2018", "--lost-control"),
    ("results", LOCAL),
    ("results", "local-2018", "--explain"),
    ("targets", "red", "--council"),
    ("claims", "{claims}"),
    *((each,) for each in ("elections", "parties", "sources", "check", "report")),
    ("results", LAST, "--format", "html"),
    ("results", LAST, "--format", "latex"),
    ("results", LAST, "--format", "sentence"),
    ("councils", "--format", "markdown"),
)
"""Every command that answers from a dataset."""

names = st.one_of(
    st.sampled_from(["Ayton", "St Mary's", "Æsir", "[red]X[/]", "=1+1", "a|b", "\u202edlrow", "x\ny", "10%"]),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=12),
)
votes = st.one_of(st.integers(0, 20), st.integers(0, 60_000), st.just(10**9))


@st.composite
def contests(draw: st.DrawFn, election: str, seat: str) -> Contest:
    """A result that keeps the rules: polled, unopposed, or not declared yet."""
    state = draw(st.sampled_from([*["polled"] * 5, "tallied", "unopposed", "returned", "waiting"]))
    if election == ESTIMATE:
        state = "tallied"
    if state == "waiting":
        return Contest(election=election, seat=seat, declared=False, electorate=draw(st.none() | votes))
    standing = draw(st.lists(st.sampled_from(IDS[:4]), min_size=1, max_size=4, unique=True))
    if state == "unopposed":
        one = Candidacy(name=draw(names), party=standing[0], votes=0, elected=True)
        return Contest(election=election, seat=seat, electorate=draw(votes), unopposed=True, candidates=(one,))
    if state == "returned":
        return Contest(election=election, seat=seat, electorate=draw(votes), unopposed=True, returned=(standing[0],))
    polled = sorted((draw(votes) for _ in standing), reverse=True)
    polled[0] += 1  # somebody voted
    entries = [*zip(standing, polled, strict=True)]
    numbers: dict[str, Any] = {"valid_votes": sum(polled), "invalid_votes": draw(st.none() | st.integers(0, 5))}
    numbers["electorate"] = sum(polled) + 5 + draw(votes)
    if state == "tallied":
        return Contest(
            election=election, seat=seat, **numbers, tallies=tuple(Tally(party=each, votes=n) for each, n in entries)
        )
    people = tuple(
        Candidacy(name=draw(names), party=each, votes=n, elected=i == 0, sitting_mp=draw(st.booleans()))
        for i, (each, n) in enumerate(entries)
    )
    majority = polled[0] - (polled[1] if len(polled) > 1 else 0)
    return Contest(
        election=election, seat=seat, **numbers, candidates=people, majority=draw(st.sampled_from([None, majority]))
    )


@st.composite
def held(draw: st.DrawFn, size: int) -> dict[str, int]:
    """Seats of a council, all of them."""
    cuts = sorted(draw(st.lists(st.integers(0, size), min_size=len(IDS) - 1, max_size=len(IDS) - 1)))
    return {each: b - a for each, a, b in zip(IDS, [0, *cuts], [*cuts, size], strict=True) if b - a}


def baseline(seats: dict[str, int], size: int, day: str = "2018-05") -> SeatsHeld:
    """Seats before a poll; of an aggregate, whose they may be."""
    unknown = tuple(each for each in ("mill", "ind") if each not in seats) if "other" in seats else ()
    if "other" in seats and not unknown:
        seats = {"red": sum(seats.values())}
    return SeatsHeld(date=day, size=size, seats=seats, unknown=unknown, source="s")


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A dataset that keeps every rule."""
    parties = tuple(
        Party(
            id=each,
            name=f"{draw(names)} {each}",
            abbreviation=each.title(),
            kind=kind,
            colour=draw(st.sampled_from([None, "#aA0000"])),
            predecessor="red" if each == "blu" and draw(st.booleans()) else None,
            source="s",
        )
        for each, kind in zip(IDS, KINDS, strict=True)
    )
    elections = tuple(
        Election(id=each, name=draw(names), kind=kind, date=day, boundaries=drawn, previous=before, source="s")
        for each, kind, day, drawn, before in (
            (FIRST, ElectionKind.GENERAL, date(2015, 5, 7), "2010", None),
            (LAST, ElectionKind.GENERAL, date(2017, 6, 8), "2010", FIRST),
            (ESTIMATE, ElectionKind.NOTIONAL, date(2017, 6, 8), "2024", None),
            (NEW, ElectionKind.GENERAL, date(2024, 7, 4), "2024", ESTIMATE),
            (BY_ELECTION, ElectionKind.BY_ELECTION, date(2016, 10, 20), "2010", FIRST),
            (EARLIER_LOCAL, ElectionKind.LOCAL, date(2018, 5, 3), None, None),
            (LOCAL, ElectionKind.LOCAL, date(2019, 5, 2), None, None),
            (LATER_LOCAL, ElectionKind.LOCAL_LATER, date(2019, 6, 13), None, LOCAL),
            (MAYOR, ElectionKind.MAYOR, date(2019, 5, 2), None, None),
        )
    )
    seats = tuple(
        Seat(
            id=f"S{i}.{drawn}",
            name=draw(names),
            region="Fenmark",
            counties=tuple(draw(st.lists(names, max_size=2, unique=True))),
            boundaries=drawn,
            since=date(int(drawn), 5, 6),
            until=date(2024, 5, 30) if drawn == "2010" else None,
            predecessor=f"S{i}.2010" if drawn == "2024" and i == 0 else None,
            successor="S0.2024" if drawn == "2010" and i == 0 else None,
            source="s",
        )
        for drawn in ("2010", "2024")
        for i in range(draw(st.integers(1, 3)))
    )
    polls = [(each, "2010") for each in (FIRST, LAST)] + [(each, "2024") for each in (ESTIMATE, NEW)]
    results = tuple(
        draw(contests(election, seat.id))
        for election, drawn in polls
        for seat in seats
        if seat.boundaries == drawn and draw(st.sampled_from([True, True, True, False]))
    )
    results += tuple(draw(contests(BY_ELECTION, "S0.2010")) for _ in range(draw(st.integers(0, 1))))
    size = draw(st.integers(1, 60))
    councils: tuple[Council, ...] = tuple(
        Council(
            id=f"C{i}",
            name=draw(names),
            full_name=draw(names),
            type=draw(st.sampled_from(CouncilType)),
            county=draw(names),
            region=draw(st.sampled_from(["Fenmark", "Elsewhere"])),
            cycles=(
                CyclePeriod(cycle=Cycle.ALL, until=2002),
                CyclePeriod(cycle=draw(st.sampled_from(Cycle)), since=2003),
            ),
            created=date(1974, 4, 1),
            successors=("C0",) if i == 1 else (),
            former_names=tuple(draw(st.lists(names, max_size=1))),
            elected_mayor_since=draw(st.sampled_from([None, 2002])),
            source="s",
            compositions_source="s",
            compositions=tuple(
                Composition(year=year, size=size, seats=draw(held(size)))
                for year in draw(st.lists(st.integers(1974, 2024), max_size=3, unique=True))
            ),
        )
        for i in range(draw(st.integers(0, 2)))
    )
    local = tuple(
        draw(council_polls(each.id, size, election))
        for election in (EARLIER_LOCAL, LOCAL)
        for each in councils
        if draw(st.sampled_from([True, True, False]))
    )
    local = tuple(_new(each) if _is_first(each, local, councils) and draw(st.booleans()) else each for each in local)
    wards = tuple(draw(ward(each.id, number)) for each in councils for number in range(draw(st.integers(0, 3))))
    mayoralty = Mayoralty(
        id="fen",
        name=draw(names),
        area=draw(names),
        council=councils[0].id if draw(st.booleans()) and councils else None,
        aliases=tuple(draw(st.lists(names, max_size=1))),
        source="s",
    )
    mayoralties: tuple[Mayoralty, ...] = (mayoralty,) if draw(st.booleans()) else ()
    source = Source(id="s", title=draw(names), publisher=draw(names), licence="CC0-1.0")
    return Record(schema=1, title=draw(names), version="1", licence="CC0-1.0", attribution="nobody", region="Fenmark",
                  default_local=draw(st.sampled_from([None, LOCAL])), sources=(source,), parties=parties,
                  elections=elections, seats=seats, contests=results, councils=councils, council_polls=local,
                  mayoralties=mayoralties, mayor_contests=tuple(draw(mayor_contests()) for _ in mayoralties),
                  hex_maps=tuple(draw(hex_maps(seats, councils))), governments=tuple(draw(governments())),
                  wards=wards, ward_councillors=tuple(draw(lists(each.id)) for each in councils),
                  council_administrations=tuple(draw(administration(each.id)) for each in councils))  # fmt: skip


def _is_first(poll: CouncilPoll, polls: Sequence[CouncilPoll], councils: Sequence[Council]) -> bool:
    """Whether a poll can be the first of a new council: nothing is on record before it, and every seat was up."""
    (council,) = (each for each in councils if each.id == poll.council)
    earlier = any(each.council == poll.council and each.election < poll.election for each in polls)
    sat = any(each.year < int(poll.election[6:10]) for each in council.compositions)
    return not earlier and not sat and poll.seats_up == poll.size


def _new(poll: CouncilPoll) -> CouncilPoll:
    """The poll as the first of its council: there is nothing to compare with."""
    return replace(poll, last_election=None, last_council=None, eve=None, eve_up=None)


@st.composite
def council_polls(draw: st.DrawFn, council: str, size: int, election: str) -> CouncilPoll:
    """The whole council elected or a part of it, with vacancies, or still being counted; with who ran it then."""
    cycle = draw(st.sampled_from(Cycle)) if size > 1 else Cycle.ALL
    up = size if cycle is Cycle.ALL else draw(st.integers(1, size - 1))
    vacant = draw(st.integers(0, min(2, size - up if cycle is not Cycle.ALL else size - 1)))
    unfilled = vacant if cycle is Cycle.ALL else draw(st.integers(0, min(vacant, up)))
    won, stayed = draw(held(up - unfilled)), draw(held(size - vacant - (up - unfilled)))
    declared = draw(st.sampled_from([True, True, True, False]))
    part: dict[str, Any] = {}
    if cycle is not Cycle.ALL:
        part["last_council"] = baseline(draw(held(size)), size, draw(st.sampled_from(["2017-05", "2016-05-05"])))
        part["eve_up"] = draw(st.none() | held(up).map(lambda each: baseline(each, up)))
        after = {party: won.get(party, 0) + stayed.get(party, 0) for party in IDS if party in won or party in stayed}
        part["after"] = after if declared else None
    ran = Administration(
        type=draw(st.sampled_from(["majority", "minority", "coalition", "rainbow", "none"])),
        parties=tuple(draw(st.lists(st.sampled_from(IDS[:4]), max_size=3, unique=True))),
        leader_party=draw(st.sampled_from([None, *IDS[:4]])),
        since=draw(st.sampled_from([None, date(2019, 5, 21)])),
        source="s",
    )
    label = st.none() | st.sampled_from(["NOC", "Red", "Con hold"]) | names
    return CouncilPoll(
        election=election,
        council=council,
        cycle=cycle,
        size=size,
        seats_up=up,
        vacancies=vacant if declared else 0,
        declared=declared,
        won=won if declared else {},
        last_election=draw(st.none() | held(up).map(lambda each: baseline(each, up))),
        eve=baseline(draw(held(size)), size),
        **part,
        published_before=draw(label),
        published_after=draw(label) if declared else None,
        administration=ran if declared and draw(st.booleans()) else None,
        sources=("s",),
        flags=tuple(Flag(code="new-wards", note=draw(names)) for _ in range(draw(st.integers(1, 2)))),
    )


@st.composite
def ward(draw: st.DrawFn, council: str, number: int) -> WardContest:
    """A ward with as many winners as seats, with nobody against them, with the best of each party, or not declared."""
    state = draw(st.sampled_from(["polled", "polled", "uncontested", "tallied", "waiting"]))
    where: dict[str, Any] = {
        "election": draw(st.sampled_from([EARLIER_LOCAL, LOCAL, LOCAL, LATER_LOCAL])),
        "council": council,
        "ward": f"{draw(names)} {number}",
        "by_election": draw(st.sampled_from([False, False, True])),
        "seats_up": (seats := draw(st.integers(1, 3))),
        "electorate": draw(st.sampled_from([None, 1000])),
    }
    party = st.sampled_from(IDS[:4])
    if state == "waiting":
        people = tuple(WardCandidacy(name=draw(names), party=draw(party)) for _ in range(draw(st.integers(0, 2))))
        return WardContest(**where, declared=False, candidates=people)
    if state == "uncontested":
        people = tuple(
            WardCandidacy(name=draw(names), party=draw(party), elected=True) for _ in range(draw(st.integers(1, seats)))
        )
        return WardContest(**where, uncontested=True, candidates=people)
    number_of_votes = st.lists(st.integers(0, 900), min_size=seats, max_size=seats + 2)
    where["turnout_pct"] = draw(st.none() | st.floats(0, 100).map(lambda each: round(each, 1)))
    if state == "tallied":
        best = tuple(Tally(party=each, votes=draw(st.integers(0, 900))) for each in draw(parties_of_a_ward))
        return WardContest(**where, tallies=best)
    polled = sorted(draw(number_of_votes), reverse=True)
    people = tuple(
        WardCandidacy(name=draw(names), party=draw(party), votes=each, elected=i < seats)
        for i, each in enumerate(polled)
    )
    return WardContest(**where, candidates=people)


parties_of_a_ward = st.lists(st.sampled_from(IDS[:4]), min_size=1, max_size=4, unique=True)


@st.composite
def mayor_contests(draw: st.DrawFn) -> MayorContest:
    """A mayor elected in one round or in two; some votes are perhaps not known."""
    called = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    first = sorted((draw(votes) for _ in called), reverse=True)
    second: list[int | None] = [None] * len(called)
    if len(called) > 2 and draw(st.booleans()):
        second[:2] = draw(votes), draw(votes)
    complete, known = draw(st.booleans()), draw(st.sampled_from([True, True, False]))
    decided = [
        first[i] if second[0] is None else second[i] or 0 for i in range(len(called) if second[0] is None else 2)
    ]
    winner = decided.index(max(decided))
    people = tuple(
        MayorCandidacy(
            name=name,
            party=draw(st.sampled_from(IDS[:4])),
            votes=first[i] if known or i == winner else None,
            second_round=second[i],
            share_pct=None if known else draw(st.sampled_from([None, 12.5])),
            elected=i == winner,
        )
        for i, name in enumerate(called)
    )
    return MayorContest(
        election=MAYOR,
        mayoralty="fen",
        electorate=draw(st.none() | votes),
        invalid_votes=draw(st.none() | st.integers(0, 9)),
        turnout_pct=draw(st.none() | st.just(31.5)),
        complete=complete,
        candidates=people,
        sources=("s",) if draw(st.booleans()) else (),
        flags=() if complete and known else (Flag(code="votes-missing", note=draw(names)),),
    )


@st.composite
def hex_maps(draw: st.DrawFn, seats: Sequence[Seat], councils: Sequence[Council]) -> list[HexMap]:
    """Maps of the seats of some boundaries, and of councils, perhaps of some years; places may be left out."""
    kinds: list[tuple[HexPlaces, str | None, list[str]]] = [
        (HexPlaces.SEATS, drawn, [seat.id for seat in seats if seat.boundaries == drawn]) for drawn in ("2010", "2024")
    ]
    kinds += [(kind, None, [each.id for each in councils]) for kind in (HexPlaces.COUNCILS, HexPlaces.UPPER_TIER)]
    spots = st.tuples(st.integers(-9, 9), st.integers(-9, 9))
    found = []
    for number, (kind, drawn, places) in enumerate(draw(st.lists(st.sampled_from(kinds), max_size=4))):
        at = draw(st.lists(spots, min_size=len(places), max_size=len(places), unique=True))
        shown = zip(places[: draw(st.integers(0, 3))], at, strict=False)
        years = draw(st.sampled_from([(None, None), (2019, None), (None, 2018)])) if drawn is None else (None, None)
        found.append(
            HexMap(
                id=f"m{number}",
                title=draw(names),
                places=kind,
                boundaries=drawn,
                since=years[0],
                until=years[1],
                hexagons=tuple(Hexagon(place=place, q=q, r=r) for place, (q, r) in shown),
                source="s",
            )
        )
    return found


@st.composite
def governments(draw: st.DrawFn) -> list[Government]:
    """After some general elections; of a party, or of one that cannot be named."""
    found = []
    for each in (FIRST, LAST, NEW):
        party = draw(st.sampled_from([None, "red", "blu", "mill"]))
        if draw(st.sampled_from([True, True, False])):
            found.append(
                Government(
                    election=each,
                    party=party,
                    prime_minister=draw(names),
                    form=draw(st.sampled_from(GovernmentForm)),
                    note=draw(names) if party is None else draw(st.none() | names),
                    source="s",
                )
            )
    return found


@st.composite
def lists(draw: st.DrawFn, council: str) -> WardCouncillors:
    """A ward in lists of some years, with seats that are vacant and days that are not known."""
    first = draw(st.integers(2016, 2020))
    people = []
    for _ in range(draw(st.integers(1, 3))):
        vacant, since = draw(st.booleans()), draw(st.integers(first, 2022))
        people.append(
            Councillor(
                name=None if vacant else draw(names),
                party=None if vacant else draw(st.sampled_from(IDS)),
                first=since,
                last=draw(st.integers(since, 2023)),
                due=draw(st.sampled_from([None, date(2023, 5, 4)])),
                seats=draw(st.integers(1, 2)),
            )
        )
    return WardCouncillors(
        council=council,
        ward=draw(names),
        ward_id=draw(st.sampled_from([None, "E05"])),
        since=first,
        until=2023,
        councillors=tuple(people),
        source="s",
        flags=tuple(Flag(code="listed-twice", note=draw(names)) for _ in range(draw(st.integers(0, 1)))),
    )


@st.composite
def administration(draw: st.DrawFn, council: str) -> CouncilAdministration:
    """Who ran a council, as exactly as known."""
    led = draw(st.booleans())
    return CouncilAdministration(
        council=council,
        number=1,
        type=draw(st.sampled_from([None, *AdministrationType])),
        parties=tuple(draw(st.lists(st.sampled_from(IDS[:4]), max_size=3, unique=True))),
        leader=draw(names) if led else None,
        leader_party=draw(st.sampled_from([None, *IDS[:4]])) if led else None,
        since=draw(st.sampled_from([None, "2019", "2019-05", "2019-05-21"])),
        current=draw(st.sampled_from(Current)),
        evidence=draw(names),
        source="s",
    )


def written(record: Record, folder: str) -> str:
    """The dataset as its three files."""
    path = Path(folder) / "any.toml"
    path.write_text(dump_record(alone(record)), encoding="utf-8")
    (Path(folder) / "any.wards.toml").write_text(dump_wards(record.wards), encoding="utf-8")
    people = dump_people(record.ward_councillors, record.council_administrations)
    (Path(folder) / "any.people.toml").write_text(people, encoding="utf-8")
    return str(path)


def alone(record: Record) -> Record:
    """What the dataset's own file holds."""
    beside = dict.fromkeys(("wards", "ward_councillors", "council_administrations"), ())
    return Record(**{**fields(record), **beside})


def fields(record: Record) -> dict[str, Any]:
    """What a record holds, by key."""
    return {key: getattr(record, key) for key in Record.__annotations__}


many = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
    phases=set(Phase) - {Phase.explain, Phase.shrink},
)
"""A failure is not shrunk: each step would ask all questions again, for minutes."""


@many
@given(records())
def test_what_is_written_is_read_again(record: Record) -> None:
    """Every record that keeps the rules, with names of any characters."""
    with TemporaryDirectory() as folder:
        assert open_dataset(written(record, folder), wards=True, people=True).record == record


@many
@given(records())
def test_what_is_exported_is_imported_again(record: Record) -> None:
    """As a database and as a folder, with every table: the same record, and the same files."""
    with TemporaryDirectory() as folder:
        path = written(record, folder)
        dataset = open_dataset(path, wards=True, people=True)
        for name, target in (("out.sqlite", Target.SQLITE), ("out", Target.CSV)):
            out = Path(folder) / name
            export(dataset, out, target)
            assert open_dataset(f"{out}/" if target is Target.CSV else str(out), wards=True).record == record
            done = run(Order((str(out),), Importing(new=str(Path(folder) / "again.toml"))))
            again = {Path(path).name.replace("again", "any"): content for path, content in done.outputs}
            assert again == {name: (Path(folder) / name).read_bytes() for name in again}
            assert set(again) >= {"any.toml", *(("any.wards.toml",) if record.wards else ())}
            assert ("any.people.toml" in again) == bool(record.councils)


@many
@given(record=records())
def test_every_question_has_an_answer_that_is_no_traceback(emvote: Emvote, record: Record) -> None:
    """Answered, or told that it makes no sense for this dataset: no seat of that name, elections without a pair."""
    called = {
        "seat": record.seats[0].name,
        "council": record.councils[0].name if record.councils else "nowhere",
        "mayor": record.mayoralties[0].name if record.mayoralties else "nobody",
        "candidate": next((one.name for each in record.contests for one in each.candidates), "nobody"),
    }
    with TemporaryDirectory() as folder:
        path = written(record, folder)
        called["claims"] = claimed(record, folder)
        for question in QUESTIONS:
            done = emvote(*(word.format(**called) for word in question), "--data", path)
            assert done.returncode in (0, 2, 3), (question, done.stderr)


def claimed(record: Record, folder: str) -> str:
    """A claims file on who ran each council after its polls: what is on record, or that it was red."""
    claims = []
    for number, poll in enumerate(record.council_polls):
        if not poll.declared:
            continue
        ran = poll.administration
        for take, stated in (("type", ran and ran.type), ("leader_party", ran and ran.leader_party)):
            claims.append(
                {
                    "id": f"{take}{number}",
                    "subject": poll.council,
                    "claim": f"{take} after {poll.election}",
                    "query": f"councils --election {poll.election} --all --outside",
                    "where": {"council_id": poll.council},
                    "take": f"administration.{take}",
                    "stated": stated or "red",
                }
            )
    path = Path(folder) / "claims.toml"
    path.write_text(tomli_w.dumps({"article": {"title": "Who ran it"}, "claims": claims}), encoding="utf-8")
    return str(path)


@many
@given(record=records())
def test_who_ran_a_council_is_confirmed_where_it_is_on_record_and_never_made_up(emvote: Emvote, record: Record) -> None:
    """Nothing else is computed into an administration: without one on record such a claim cannot be checked."""
    with TemporaryDirectory() as folder:
        done = emvote("claims", claimed(record, folder), "--json", "--data", written(record, folder))
        assert done.returncode == 0, done.stderr
        verdicts = {row["id"]: row["verdict"] for row in json.loads(done.stdout)["rows"]}
    for number, poll in enumerate(record.council_polls):
        ran = poll.administration
        for take, stated in (("type", ran and ran.type), ("leader_party", ran and ran.leader_party)):
            assert not poll.declared or verdicts[f"{take}{number}"] == ("confirmed" if stated else "not checkable")


@many
@given(record=records())
def test_nets_sum_to_the_change_in_the_seats(emvote: Emvote, record: Record) -> None:
    """Of a council elected whole or in part, against either baseline, where the record tells every party's seats."""
    polls = {(poll.election, poll.council): poll for poll in record.council_polls}
    with TemporaryDirectory() as folder:
        path = written(record, folder)
        for election, compared in (
            (each, how) for each in (EARLIER_LOCAL, LOCAL) for how in ("last-election", "eve-of-poll")
        ):
            options = ("--election", election, "--baseline", compared, "--outside", "--json")
            done = emvote("councils", *options, "--data", path)
            assert done.returncode == 0, done.stderr
            for row in json.loads(done.stdout)["rows"]:
                poll = polls[election, row["council_id"]]
                told_up = poll.seats_up == poll.size or compared == "last-election" or poll.eve_up is not None
                whole = poll.eve if poll.seats_up == poll.size or not told_up else poll.eve_up
                before = poll.last_election if compared == "last-election" else whole
                now = poll.won if told_up else poll.after or {}  # else the whole council, before and after
                nets = row["seats_net"]
                if before is None or nets is None or None in nets.values():
                    assert nets is None or before is not None
                    continue
                told = sum(number for party, number in before.seats.items() if party != "other")
                won = sum(number for party, number in now.items() if party != "other")
                assert sum(nets.values()) == won - told
                assert not before.unknown


@many
@given(record=records())
def test_a_comparison_and_a_swing_turn_round_with_their_sides(emvote: Emvote, record: Record) -> None:
    """Seats gained are seats lost the other way, and a swing to a party is one from it; totals and every seat."""
    with TemporaryDirectory() as folder:
        path = written(record, folder)

        def rows(*words: str, key: str) -> dict[str, dict[str, Any]]:
            done = emvote(*words, "--json", "--data", path)
            if done.returncode:
                assert done.returncode == 2, done.stderr
                return {}
            told = json.loads(done.stdout)
            totals = told["summary"] if words[0] == "swing" else {}
            return {**{row[key]: row for row in told["rows"]}, "total": totals}

        for compared in (("2015", "2017"), ("2017-notional", "2024")):
            there = rows("compare", *compared, key="party")
            for row in there.values():
                if row and None not in (row["seats_from"], row["seats_to"]):
                    assert row["seats_net"] == row["seats_to"] - row["seats_from"]
            for method in ("butler", "steed"):
                span = ("swing", "--from", compared[0], "--to", compared[1], "--method", method, "--between")
                to, back = rows(*span, "red", "blu", key="seat_id"), rows(*span, "blu", "red", key="seat_id")
                assert to.keys() == back.keys()
                for key, row in to.items():
                    for figure in ("butler_pp", "steed_pp", "mean_butler_pp"):
                        one, other = row.get(figure), back[key].get(figure)
                        assert (one is None) == (other is None)
                        assert one is None or other is None or math.isclose(one, -other, abs_tol=1e-9)


@many
@given(records(), st.data())
def test_damage_is_told_with_its_place(record: Record, data: st.DataObject) -> None:
    """One value of a sound dataset exchanged for another: the dataset is sound still, or every problem has a place."""
    lines = dump_record(alone(record)).splitlines()
    valued = [i for i, line in enumerate(lines) if " = " in line and not line.lstrip().startswith("{")]
    place = data.draw(st.sampled_from(valued))
    key = lines[place].partition(" = ")[0]
    other = data.draw(
        st.sampled_from(
            ["-1", "0", '""', '"nowhere"', "[]", "{}", "true", "1.5", "nan", "0001-01-01", "9999-12-31", "10"]
        )
    )
    lines[place] = f"{key} = {other}"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "damaged.toml"
        path.write_text("\n".join(lines), encoding="utf-8")
        problems: tuple[Problem, ...] = ()
        try:
            open_dataset(str(path))
        except BadData as error:
            problems = error.problems
    assert all(each.place and each.expected for each in problems), problems
