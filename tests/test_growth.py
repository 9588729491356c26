"""Twice as much of anything takes about twice the work: counted in calls, so that no clock is asked."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from emvote.cli.asking import parse
from emvote.cli.question import Failing
from emvote.dataset import Dataset
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
    WardCandidacy,
    WardContest,
)
from emvote.model.record import Record
from emvote.store.export import Target, export
from emvote.store.write import dump_record
from emvote.views.view import View

SIZES = (30, 60, 120)
MOST = 2.9
"""Growth of the second step over that of the first: 2 where work is proportional, 4 where it is squared."""
GENERAL, LOCAL = "parl.2010-05-06", "local.2019-05-02"
PARTIES = (
    Party(id="con", name="Conservative", abbreviation="Con", kind=PartyKind.NATIONAL, source="s"),
    Party(id="lab", name="Labour", abbreviation="Lab", kind=PartyKind.NATIONAL, source="s"),
    Party(id="ind", name="Independent", abbreviation="Ind", kind=PartyKind.INDEPENDENT, source="s"),
)
TWO = (
    Candidacy(name="Ann Bee", party="con", votes=9, elected=True),
    Candidacy(name="Cy Dee", party="lab", votes=5),
)


def election(name: str, year: int, kind: ElectionKind = ElectionKind.GENERAL, previous: str | None = None) -> Election:
    """An election on 6 May of a year."""
    boundaries = "1000" if kind in (ElectionKind.GENERAL, ElectionKind.BY_ELECTION) else None
    day = dt.date.fromisoformat(name[-10:]) if name[-10:-6].isdecimal() else dt.date(year, 5, 6)
    return Election(id=name, name=name, kind=kind, date=day, boundaries=boundaries, previous=previous, source="s")


def seat(key: str, **more: Any) -> Seat:
    """A seat of the region."""
    given = {"id": key, "name": key, "region": "R", "counties": ("C",), "boundaries": "1000"}
    return Seat(**{**given, "since": dt.date(1000, 1, 1), "source": "s", **more})


def contest(at: str, where: str, people: Sequence[Candidacy] = TWO, **more: Any) -> Contest:
    """A result in which all electors voted."""
    votes = sum(person.votes for person in people)
    return Contest(election=at, seat=where, electorate=votes, valid_votes=votes, candidates=tuple(people), **more)


def people(number: int, name: Callable[[int], str], party: Callable[[int], str] = lambda _: "ind") -> list[Candidacy]:
    """Candidates with falling votes."""
    return [Candidacy(name=name(i), party=party(i), votes=2 * number - i, elected=i == 0) for i in range(number)]


def record(**given: Any) -> Record:
    """A small record of one seat and one general election, with anything else in its place."""
    base: dict[str, Any] = {
        "schema": 1, "title": "T", "version": "1", "licence": "l", "attribution": "a", "region": "R",
        "sources": (Source(id="s", title="t", publisher="p", licence="l"),), "parties": PARTIES,
        "elections": (election(GENERAL, 2010),), "seats": (seat("X0"),), "contests": (contest(GENERAL, "X0"),),
    }  # fmt: skip
    return Record(**{**base, **given})


def council(name: str, **more: Any) -> Council:
    """A district elected as a whole."""
    given = {"id": name, "name": name, "full_name": name, "type": CouncilType.DISTRICT, "county": "C", "region": "R"}
    cycles = (CyclePeriod(cycle=Cycle.ALL),)
    return Council(**{**given, "cycles": cycles, "created": dt.date(1000, 1, 1), "source": "s", **more})


def poll(name: str, at: str = LOCAL, seats: dict[str, int] | None = None) -> CouncilPoll:
    """What an election did to a council: nothing."""
    seats = seats or {"con": 11, "lab": 9}
    size = sum(seats.values())
    held = SeatsHeld(date="1000-05-06", size=size, seats=seats, source="s")
    return CouncilPoll(
        election=at, council=name, cycle=Cycle.ALL, size=size, seats_up=size, won=seats, last_election=held, eve=held,
        sources=("s",),
    )  # fmt: skip


def local(**given: Any) -> Record:
    """The same with local elections."""
    elections = (election(GENERAL, 2010), election(LOCAL, 2019, ElectionKind.LOCAL))
    base = {
        "elections": elections,
        "default_local": LOCAL,
        "councils": (council("K0"),),
        "council_polls": (poll("K0"),),
    }
    return record(**{**base, **given})


def parties(number: int) -> tuple[Party, ...]:
    """So many parties more."""
    return (
        *PARTIES,
        *(
            Party(id=f"p{i}", name=f"Party {i}", abbreviation=f"P{i}", kind=PartyKind.LOCAL, source="s")
            for i in range(number)
        ),
    )


def generals(number: int) -> Record:
    """So many general elections in one seat."""
    ids = [f"parl.{1500 + i}-05-06" for i in range(number)]
    elections = tuple(election(name, 1500 + i, previous=ids[i - 1] if i else None) for i, name in enumerate(ids))
    return record(elections=elections, contests=tuple(contest(name, "X0") for name in ids))


def by_elections(number: int) -> Record:
    """So many by-elections in one seat."""
    ids = [f"parl.x0.by.{1500 + i}-05-06" for i in range(number)]
    later = (election(name, 1500 + i, ElectionKind.BY_ELECTION) for i, name in enumerate(ids))
    return record(
        elections=(election(GENERAL, 2010), *later), contests=tuple(contest(name, "X0") for name in (GENERAL, *ids))
    )


def seats(number: int, **more: Any) -> Record:
    """So many seats at one election."""
    return record(
        seats=tuple(seat(f"X{i}", **more) for i in range(number)),
        contests=tuple(contest(GENERAL, f"X{i}") for i in range(number)),
    )


def seats_in_line(number: int) -> Record:
    """Seats that each continue another."""
    return record(
        seats=tuple(
            seat(f"X{i}", predecessor=f"X{i - 1}" if i else None, successor=f"X{i + 1}" if i < number - 1 else None)
            for i in range(number)
        ),
        contests=tuple(contest(GENERAL, f"X{i}") for i in range(number)),
    )


def wards(number: int) -> Record:
    """So many wards of one council."""
    return local(wards=tuple(ward(f"W{i}", [("Ann Bee", "con"), (f"Cy{i} Dee", "lab")]) for i in range(number)))


def ward(name: str, standing: Sequence[tuple[str, str]], at: str = LOCAL) -> WardContest:
    """A ward with one seat; the first named is elected."""
    candidates = tuple(
        WardCandidacy(name=who, party=party, votes=2 * len(standing) - i, elected=i == 0)
        for i, (who, party) in enumerate(standing)
    )
    return WardContest(election=at, council="K0", ward=name, seats_up=1, candidates=candidates)


def local_elections(number: int) -> Record:
    """So many elections of one council and ward."""
    ids = [f"local.{1500 + i}-05-06" for i in range(number)]
    elections = (election(name, 1500 + i, ElectionKind.LOCAL) for i, name in enumerate(ids))
    return local(
        elections=(election(GENERAL, 2010), *elections),
        default_local=ids[-1],
        council_polls=tuple(poll("K0", name) for name in ids),
        wards=tuple(ward("W", [("Ann Bee", "con")], name) for name in ids),
    )


def mayors(number: int) -> Record:
    """So many elections of one mayor."""
    ids = [f"mayor.m.{1500 + i}-05-06" for i in range(number)]
    elections = (election(name, 1500 + i, ElectionKind.MAYOR) for i, name in enumerate(ids))
    standing = (
        MayorCandidacy(name="Ann Bee", party="con", votes=5, elected=True),
        MayorCandidacy(name="Cy Dee", party="lab", votes=3),
    )
    return record(
        elections=(election(GENERAL, 2010), *elections),
        mayoralties=(Mayoralty(id="m", name="Mayor of M", area="M", source="s"),),
        mayor_contests=tuple(
            MayorContest(election=name, mayoralty="m", electorate=99, candidates=standing, sources=("s",))
            for name in ids
        ),
    )


def sources(number: int) -> Record:
    """So many sources, each of one seat."""
    return record(
        sources=tuple(Source(id=name, title="t", publisher="p", licence="l") for name in ("s", *_names("q", number))),
        seats=tuple(seat(f"X{i}", source=f"q{i}") for i in range(number)),
        contests=tuple(contest(GENERAL, f"X{i}", source=f"q{i}") for i in range(number)),
    )


def _names(letter: str, number: int) -> list[str]:
    return [f"{letter}{i}" for i in range(number)]


def council_years(number: int) -> Record:
    """So many years of one council."""
    years = tuple(Composition(year=1500 + i, size=20, seats={"con": 11, "lab": 9}, source="s") for i in range(number))
    return local(councils=(council("K0", compositions=years),))


def council_parties(number: int) -> Record:
    """So many parties on one council."""
    return local(parties=parties(number), council_polls=(poll("K0", seats=dict.fromkeys(_names("p", number), 1)),))


def hexagons(number: int) -> Record:
    """So many places of a map."""
    places = tuple(Hexagon(place=f"X{i}", q=i % 10, r=i // 10) for i in range(number))
    drawn = HexMap(id="m", title="M", places=HexPlaces.SEATS, boundaries="1000", source="s", hexagons=places)
    whole = seats(number)
    return record(seats=whole.seats, contests=whole.contests, hex_maps=(drawn,))


SHAPES: dict[str, tuple[Callable[[int], Record], tuple[str, ...]]] = {
    "independents of one name": (
        lambda n: record(contests=(contest(GENERAL, "X0", people(n, lambda _: "Joe Bloggs")),)),
        ("seat X0", "candidate Joe Bloggs", "results", "targets lab"),
    ),
    "candidates of one surname": (
        lambda n: record(contests=(contest(GENERAL, "X0", people(n, lambda i: f"A{i} Bloggs")),)),
        ("seat X0", "candidate A1 Bloggs", "project --swing con:lab:5"),
    ),
    "spellings of one name": (
        lambda n: record(contests=(contest(GENERAL, "X0", people(n, lambda i: f"Joe{' ' * (i + 1)}Bloggs")),)),
        ("seat X0", "candidate Joe Bloggs"),
    ),
    "candidates of one party": (
        lambda n: record(contests=(contest(GENERAL, "X0", people(n, lambda i: f"A{i} B{i}", lambda _: "con")),)),
        ("seat X0", "results"),
    ),
    "parties": (
        lambda n: record(
            parties=parties(n),
            contests=(contest(GENERAL, "X0", people(n, lambda i: f"A{i} B{i}", lambda i: f"p{i}")),),
        ),
        ("seat X0", "parties", "results", "targets p1"),
    ),
    "seats": (seats, ("seats", "seat X1", "results", "targets lab", "project --swing con:lab:5")),
    "seats of one name": (lambda n: seats(n, name="Same"), ("seats", "seat Same")),
    "seats in many counties": (
        lambda n: record(seats=(seat("X0", counties=tuple(_names("C", n))),)),
        ("seat X0", "results --county C1"),
    ),
    "seats that continue others": (seats_in_line, ("seats", "seat X0", "bellwethers")),
    "general elections": (generals, ("seat X0", "elections", "candidate Ann Bee", "results")),
    "by-elections": (by_elections, ("seat X0", "elections", "candidate Ann Bee")),
    "flags": (
        lambda n: record(
            contests=(contest(GENERAL, "X0", flags=tuple(Flag(code=name, note=name) for name in _names("f", n))),)
        ),
        ("seat X0", "seats"),
    ),
    "sources": (sources, ("seats", "sources")),
    "undeclared seats": (
        lambda n: record(
            seats=tuple(seat(f"X{i}") for i in range(n)),
            contests=tuple(Contest(election=GENERAL, seat=f"X{i}", declared=False) for i in range(n)),
        ),
        ("seats", "results"),
    ),
    "councils": (
        lambda n: local(
            councils=tuple(council(name) for name in _names("K", n)),
            council_polls=tuple(poll(name) for name in _names("K", n)),
        ),
        ("councils", "council K1", "results local-2019", "targets con --councils"),
    ),
    "parties of a council": (council_parties, ("councils", "council K0", "results local-2019")),
    "years of a council": (council_years, ("councils", "council K0")),
    "local elections": (local_elections, ("council K0", "wards K0", "elections", "candidate Ann Bee")),
    "wards": (wards, ("wards K0", "results local-2019", "candidate Ann Bee", "candidate Cy1 Dee")),
    "candidates of a ward": (
        lambda n: local(wards=(ward("W", [("Joe Bloggs", "ind")] * n),)),
        ("wards K0", "candidate Joe Bloggs", "results local-2019"),
    ),
    "elections of a mayor": (mayors, ("mayor M", "candidate Ann Bee", "elections")),
    "places of a map": (hexagons, ("map", "map --by majority")),
}
QUESTIONS = [(name, line) for name, (_, lines) in SHAPES.items() for line in lines]


def written(made: Record, folder: Path) -> Path:
    """A record as a dataset of one file."""
    file = folder / "written.toml"
    file.write_text(dump_record(made), encoding="utf-8")
    return file


def claims_of(queries: Sequence[str], folder: Path) -> tuple[str, ...]:
    """A claims file with a claim a query, each about a seat of its own."""
    claims = "".join(
        f"""
[[claims]]
id = "c{i}"
subject = "X{i}"
claim = "Conservatives won X{i}"
query = "{query}"
where = {{ seat_id = "X{i}" }}
take = "winner_party"
stated = "con"
"""
        for i, query in enumerate(queries)
    )
    file = folder / "claims.toml"
    file.write_text(f'[article]\nid = "a"\ntitle = "A"\npublisher = "P"\n{claims}', encoding="utf-8")
    return ("claims", str(file), "--data", str(written(seats(len(queries)), folder)))


def overlay_of(number: int, folder: Path) -> tuple[str, ...]:
    """Other results of all seats, laid over those on record."""
    above = folder / "overlay.toml"
    results = (
        f"""
[[contests]]
election = "{GENERAL}"
seat = "X{i}"
electorate = 16
valid_votes = 16
candidates = [
  {{ name = "Ann Bee", party = "con", votes = 7 }},
  {{ name = "Cy Dee", party = "lab", votes = 9, elected = true }},
]
"""
        for i in range(number)
    )
    above.write_text("".join(results), encoding="utf-8")
    return ("seats", "--data", str(written(seats(number), folder)), "--overlay", str(above))


def files_of(number: int, folder: Path) -> tuple[str, ...]:
    """A dataset in a folder, with a file for each seat."""
    base, parts = seats(number), folder / "parts"
    parts.mkdir()
    (parts / "base.toml").write_text(
        dump_record(replace(base, seats=base.seats[:1], contests=base.contests[:1])), encoding="utf-8"
    )
    for i in range(1, number):
        (parts / f"x{i}.toml").write_text(
            f"""
[[seats]]
id = "X{i}"
name = "X{i}"
region = "R"
counties = ["C"]
boundaries = "1000"
since = 1000-01-01
source = "s"

[[contests]]
election = "{GENERAL}"
seat = "X{i}"
electorate = 14
valid_votes = 14
candidates = [
  {{ name = "Ann Bee", party = "con", votes = 9, elected = true }},
  {{ name = "Cy Dee", party = "lab", votes = 5 }},
]
""",
            encoding="utf-8",
        )
    return ("seats", "--data", str(parts))


def exported(made: Record, target: Target, folder: Path) -> str:
    """A record as an export that is read again."""
    place = folder / ("made.sqlite" if target is Target.SQLITE else "made")
    export(Dataset(made), place, target)
    return str(place)


def published(rows: Sequence[tuple[object, ...]], folder: Path) -> tuple[str, ...]:
    """Ward results as the Local Elections Archive Project publishes them, to be imported."""
    file = folder / "leap.csv"
    header = "council_name,council_ons,ward_name,ward_ons,candidate_name,party_short,votes,elected_flag"
    file.write_text("\n".join((header, *(",".join(map(str, row)) for row in rows))) + "\n", encoding="utf-8")
    return ("import", str(file), "--election", "local.2027-05-06", "--dry-run")


def two_a_ward(number: int, folder: Path, party: str = "Lab") -> tuple[str, ...]:
    """So many wards of one council, each with two candidates."""
    return published(
        [
            ("Boston", "E07000136", f"Ward {i}", f"E0599{i:04}", *candidate)
            for i in range(number)
            for candidate in (("Ann Ash", "C", 9, 1), (f"Ben B{i}", party, 5, 0))
        ],
        folder,
    )


FILES: dict[str, Callable[[int, Path], tuple[str, ...]]] = {
    "claims, each a question of its own": lambda n, at: claims_of([f"seat X{i}" for i in range(n)], at),
    "claims of one question": lambda n, at: claims_of(["seats"] * n, at),
    "an overlay": overlay_of,
    "a folder": lambda n, at: files_of(8 * n, at),  # a file takes much by itself, so a square shows only in many
    "CSV of seats": lambda n, at: ("seats", "--data", exported(seats(n), Target.CSV, at)),
    "CSV of wards": lambda n, at: ("wards", "K0", "--data", exported(wards(n), Target.CSV, at)),
    "CSV of the years of a council": lambda n, at: (
        "council",
        "K0",
        "--data",
        exported(council_years(n), Target.CSV, at),
    ),
    "SQLite of seats": lambda n, at: ("seats", "--data", exported(seats(n), Target.SQLITE, at)),
    "SQLite of wards": lambda n, at: ("wards", "K0", "--data", exported(wards(n), Target.SQLITE, at)),
    "SQLite of the parties of a council": lambda n, at: (
        "council",
        "K0",
        "--data",
        exported(council_parties(n), Target.SQLITE, at),
    ),
    "two datasets that are compared": lambda n, at: (
        "diff",
        str(written(seats(n), at)),
        exported(wards(n), Target.SQLITE, at),
    ),
    "an import of wards": two_a_ward,
    "an import of the candidates of a ward": lambda n, at: published(
        [("Boston", "E07000136", "Coastal", "E05005682", f"A{i} B", "Lab", 2 * n - i, int(not i)) for i in range(n)],
        at,
    ),
    "an import of namesakes": lambda n, at: published(
        [("Boston", "E07000136", "Coastal", "E05005682", "Joe Bloggs", "Ind", 2 * n - i, int(not i)) for i in range(n)],
        at,
    ),
    "an import of wards that each break a rule": lambda n, at: published(
        [("Boston", "E07000136", f"Ward {i}", f"E0599{i:04}", "Ann Ash", "C", "many", 1) for i in range(n)], at
    ),
    "an import of parties that nobody knows": lambda n, at: published(
        [
            ("Boston", "E07000136", f"Ward {i}", f"E0599{i:04}", *candidate)
            for i in range(n)
            for candidate in (("Ann Ash", "C", 9, 1), ("Ben Birch", f"Qq{i}", 5, 0))
        ],
        at,
    ),
}
"""Files that are read beside a dataset, or in the place of one, and the question that reads them."""


def work(words: Sequence[str]) -> int:
    """Calls of functions, Python's and others', from the question to the rendered answer."""
    from emvote.render import Format, Options, render

    calls = 0

    def count(_: Any, event: str, __: Any) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    question = parse(tuple(words))
    sys.setprofile(count)
    try:
        found = question.answer()
        view = found.answer if isinstance(found, Failing) else found
        assert isinstance(view, View)
        render(view, Options(format=Format.JSON))
    finally:
        sys.setprofile(None)
    return calls


def is_square(found: Sequence[int]) -> bool:
    """Whether the work at three sizes, each twice the one before, grows much faster than the size."""
    small, middle, large = found
    return large - middle > MOST * max(middle - small, 500)


def test_a_square_is_told_from_what_is_proportional() -> None:
    """Beside a constant part, and beside a logarithm."""
    assert is_square([9000 + n * n for n in SIZES])
    assert not is_square([9000 + 50 * n * n.bit_length() for n in SIZES])


@pytest.mark.parametrize(("shape", "line"), QUESTIONS)
def test_work_grows_with_the_data_and_not_with_its_square(
    shape: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading and checking the file is in it; a second time counts, as the first loads modules."""
    monkeypatch.setenv("EMVOTE_NO_CACHE", "1")
    make, _ = SHAPES[shape]
    found = []
    for size in SIZES:
        file = tmp_path / f"{size}.toml"
        file.write_text(dump_record(make(size)), encoding="utf-8")
        words = (*line.split(), "--data", str(file))
        work(words)
        found.append(work(words))
    assert not is_square(found), f"{shape}, {line}: {found}"


@pytest.mark.parametrize("shape", FILES)
def test_work_grows_with_a_file_and_not_with_its_square(
    shape: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Claims, overlays, folders, exports that are read again, and published files that are imported."""
    monkeypatch.setenv("EMVOTE_NO_CACHE", "1")
    found = []
    for size in SIZES:
        folder = tmp_path / str(size)
        folder.mkdir()
        words = FILES[shape](size, folder)
        work(words)
        found.append(work(words))
    assert not is_square(found), f"{shape}: {found}"
