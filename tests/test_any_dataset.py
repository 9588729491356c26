"""Any dataset that keeps the rules is answered by every command; any damage to it is told, with its place.

The datasets are made up whole: elections won, tied, unopposed and undeclared, councils with lumps and vacancies, names
of any characters. `EMVOTE_EXAMPLES` says how many of them are tried.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emvote.errors import BadData, Problem
from emvote.model import (
    Candidacy,
    Composition,
    Contest,
    Council,
    CouncilPoll,
    CouncilType,
    Cycle,
    CyclePeriod,
    Election,
    ElectionKind,
    Flag,
    Party,
    PartyKind,
    Record,
    Seat,
    SeatsHeld,
    Source,
    Tally,
    WardCandidacy,
    WardContest,
)
from emvote.store import open_dataset
from emvote.store.write import dump_record, dump_wards

Emvote = Callable[..., CompletedProcess[str]]
EXAMPLES = int(os.environ.get("EMVOTE_EXAMPLES") or 12)
FIRST, LAST, ESTIMATE = "parl.2015-05-07", "parl.2017-06-08", "parl.2017-06-08.notional"
NEW, LOCAL = "parl.2024-07-04", "local.2019-05-02"
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
    ("mayor", "{council}"),
    ("bellwethers",),
    ("candidate", "{candidate}"),
    ("map",),
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
    state = draw(st.sampled_from(["polled", "polled", "polled", "tallied", "unopposed", "waiting"]))
    if election == ESTIMATE:
        state = "tallied"
    if state == "waiting":
        return Contest(election=election, seat=seat, declared=False, electorate=draw(st.none() | votes))
    standing = draw(st.lists(st.sampled_from(IDS[:4]), min_size=1, max_size=4, unique=True))
    if state == "unopposed":
        one = Candidacy(name=draw(names), party=standing[0], votes=0, elected=True)
        return Contest(election=election, seat=seat, electorate=draw(votes), unopposed=True, candidates=(one,))
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


def baseline(seats: dict[str, int], size: int) -> SeatsHeld:
    """Seats before a poll; of a lump, whose they may be."""
    unknown = tuple(each for each in ("mill", "ind") if each not in seats) if "other" in seats else ()
    if "other" in seats and not unknown:
        seats = {"red": size}
    return SeatsHeld(date="2018-05", size=size, seats=seats, unknown=unknown, source="s")


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
            (LOCAL, ElectionKind.LOCAL, date(2019, 5, 2), None, None),
        )
    )
    seats = tuple(
        Seat(
            id=f"S{i}.{drawn}",
            name=draw(names),
            region="Fenmark",
            counties=tuple(draw(st.lists(names, max_size=2))),
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
    size = draw(st.integers(1, 60))
    councils = tuple(
        Council(
            id=f"C{i}",
            name=draw(names),
            full_name=draw(names),
            type=draw(st.sampled_from(CouncilType)),
            county=draw(names),
            region=draw(st.sampled_from(["Fenmark", "Elsewhere"])),
            cycles=(CyclePeriod(cycle=Cycle.ALL),),
            created=date(1974, 4, 1),
            successors=("C0",) if i == 1 else (),
            source="s",
            compositions_source="s",
            compositions=tuple(
                Composition(year=year, size=size, seats=draw(held(size)))
                for year in draw(st.lists(st.integers(1974, 2024), max_size=3, unique=True))
            ),
        )
        for i in range(draw(st.integers(0, 2)))
    )
    local = tuple(draw(council_polls(each.id, size)) for each in councils)
    wards = tuple(draw(ward(each.id, number)) for each in councils for number in range(draw(st.integers(0, 2))))
    source = Source(id="s", title=draw(names), publisher=draw(names), licence="CC0-1.0")
    return Record(schema=1, title=draw(names), version="1", licence="CC0-1.0", attribution="nobody", region="Fenmark",
                  default_local=draw(st.sampled_from([None, LOCAL])), sources=(source,), parties=parties,
                  elections=elections, seats=seats, contests=results, councils=councils, council_polls=local,
                  wards=wards)  # fmt: skip


@st.composite
def council_polls(draw: st.DrawFn, council: str, size: int) -> CouncilPoll:
    """The whole council elected, or still being counted."""
    declared = draw(st.sampled_from([True, True, False]))
    before = draw(held(size))
    return CouncilPoll(
        election=LOCAL,
        council=council,
        cycle=Cycle.ALL,
        size=size,
        seats_up=size,
        declared=declared,
        won=draw(held(size)) if declared else {},
        last_election=baseline(before, size),
        eve=baseline(draw(held(size)), size),
        sources=("s",),
        flags=tuple(Flag(code="new-wards", note=draw(names)) for _ in range(draw(st.integers(0, 1)))),
    )


@st.composite
def ward(draw: st.DrawFn, council: str, number: int) -> WardContest:
    """A ward with a winner."""
    polled = sorted(draw(st.lists(st.integers(0, 900), min_size=1, max_size=3)), reverse=True)
    people = tuple(
        WardCandidacy(name=draw(names), party=draw(st.sampled_from(IDS[:4])), votes=each, elected=i == 0)
        for i, each in enumerate(polled)
    )
    turnout = draw(st.none() | st.floats(0, 100).map(lambda each: round(each, 1)))
    return WardContest(
        election=LOCAL,
        council=council,
        ward=f"{draw(names)} {number}",
        seats_up=1,
        electorate=draw(st.sampled_from([None, 1000])),
        turnout_pct=turnout,
        candidates=people,
    )


def written(record: Record, folder: str) -> str:
    """The dataset as its two files."""
    path = Path(folder) / "any.toml"
    path.write_text(dump_record(record.__class__(**{**fields(record), "wards": ()})), encoding="utf-8")
    (Path(folder) / "any.wards.toml").write_text(dump_wards(record.wards), encoding="utf-8")
    return str(path)


def fields(record: Record) -> dict[str, Any]:
    """What a record holds, by key."""
    return {key: getattr(record, key) for key in Record.__annotations__}


many = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


@many
@given(records())
def test_what_is_written_is_read_again(record: Record) -> None:
    """Every record that keeps the rules, with names of any characters."""
    with TemporaryDirectory() as folder:
        assert open_dataset(written(record, folder), wards=True).record == record


@many
@given(record=records())
def test_every_question_has_an_answer_that_is_no_traceback(emvote: Emvote, record: Record) -> None:
    """Answered, or told that it makes no sense for this dataset: no seat of that name, elections without a pair."""
    called = {
        "seat": record.seats[0].name,
        "council": record.councils[0].name if record.councils else "nowhere",
        "candidate": next((one.name for each in record.contests for one in each.candidates), "nobody"),
    }
    with TemporaryDirectory() as folder:
        path = written(record, folder)
        for question in QUESTIONS:
            done = emvote(*(word.format(**called) for word in question), "--data", path)
            assert done.returncode in (0, 2, 3), (question, done.stderr)


@many
@given(records(), st.data())
def test_damage_is_told_with_its_place(record: Record, data: st.DataObject) -> None:
    """One value of a sound dataset exchanged for another: the dataset is sound still, or every problem has a place."""
    lines = dump_record(record.__class__(**{**fields(record), "wards": ()})).splitlines()
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
