"""The shipped dataset is what the builder makes of the raw files, and every remark in it can be looked up."""

from __future__ import annotations

import importlib
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest
import rtoml

from emvote.model import Council, CouncilPoll, Flag
from emvote.model.record import Record
from emvote.names import normalise
from emvote.store.write import dump_record

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "data" / "results.toml"
RAW = Path(os.environ.get("EMVOTE_RAW", ROOT.parent / "shared" / "data"))
needs_raw = pytest.mark.skipif(not RAW.is_dir(), reason="the raw files of the publishers are not here; see EMVOTE_RAW")


@pytest.fixture(scope="module")
def record() -> Record:
    """The dataset that is shipped."""
    return msgspec.convert(rtoml.loads(SHIPPED.read_text(encoding="utf-8")), Record)


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Imports one module of the builder, which is not installed."""
    monkeypatch.syspath_prepend(str(ROOT))

    def load(name: str) -> ModuleType:
        return importlib.import_module(f"tools.build_dataset.{name}")

    return load


def _flags(record: Record) -> Iterator[Flag]:
    for election in record.elections:
        yield from election.flags
    for contest in record.contests:
        yield from contest.flags
    for council in record.councils:
        for composition in council.compositions:
            yield from composition.flags
    for poll in record.council_polls:
        yield from poll.flags
    for mayor in record.mayor_contests:
        yield from mayor.flags


def _poll(record: Record, name: str, election: str = "local.2019-05-02") -> CouncilPoll:
    ids = {council.id for council in record.councils if council.name == name}
    return next(poll for poll in record.council_polls if poll.council in ids and poll.election == election)


def _council(record: Record, name: str) -> Council:
    return next(council for council in record.councils if council.name == name)


def _control(seats: dict[str, int], size: int) -> str:
    return next((party for party, number in seats.items() if 2 * number > size and party != "ind"), "noc")


# --- from the raw files ---------------------------------------------------------------------------------------------


@needs_raw
def test_building_again_gives_the_committed_file_to_the_byte(tool: Any) -> None:
    """Nothing in the file was edited by hand, and nothing in it depends on the day or the machine."""
    _raw, record = tool("build").build(RAW)
    assert dump_record(record).encode() == SHIPPED.read_bytes()


@needs_raw
def test_the_command_writes_the_file_and_reports_what_it_read(
    tool: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The report says what was read, set aside and flagged."""
    out = tmp_path / "results.toml"
    assert tool("__main__").main([str(RAW), str(out)]) == 0
    assert out.read_bytes() == SHIPPED.read_bytes()
    report = capsys.readouterr().out
    for words in ("rows of councils/councils.csv", "outside the region", "2502 compositions", "hoc-differs: "):
        assert words in report


DAMAGES = {
    "a vote more than the valid votes": (
        "general-elections/candidacies-2019.csv",
        (",21259,", ",21260,"),
        "candidates have",
    ),
    "an outcome that its winner denies": (
        "general-elections/constituencies-2019.csv",
        ("Amanda,Solloway,Female,Con gain", "Amanda,Solloway,Female,Lab gain"),
        "outcome 'Lab gain from Lab'",
    ),
    "a repaired name that needs no repair": (
        "general-elections/candidacies-2015.csv",
        ("LÃ©onie", "Leonie"),
        "is not in the source any more",
    ),
    "an overridden total that was corrected": (
        "councils/council-compositions-1973-2026.csv",
        ("East Northamptonshire,1995,16,9,5", "East Northamptonshire,1995,36,9,25"),
        "judgements.toml has",
    ),
    "a winner who did not win": (
        "ward-results/leap-2019-em.csv",
        ("Tim Hallam,LD,559,1", "Tim Hallam,LD,559,0"),
        "a loser has more votes than a winner",
    ),
    "a party that nobody knows": (
        "ward-results/leap-2019-em.csv",
        ("Tim Hallam,LD,559,1", "Tim Hallam,Whig,559,1"),
        "party 'Whig' is not in parties.toml",
    ),
    "a figure that is not a number": (
        "general-elections/constituencies-2024.csv",
        ("Con gain from Lab,Con,Lab,", "Con gain from Lab,Con,Lab,about "),
        "expected a whole number",
    ),
}


@needs_raw
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_raw_figure_that_does_not_fit_stops_the_build(tool: Any, tmp_path: Path, damage: str) -> None:
    """A corrected or damaged source is looked at by a person, never taken in silently."""
    path, (before, after), complaint = DAMAGES[damage]
    for source in RAW.rglob("*.csv"):
        target = tmp_path / source.relative_to(RAW)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(source)
    text = (RAW / path).read_text(encoding="utf-8")
    assert before in text
    (tmp_path / path).unlink()
    (tmp_path / path).write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(tool("raw").Unexpected, match=re.escape(complaint)):
        tool("build").build(tmp_path)


# --- the shipped file -----------------------------------------------------------------------------------------------


def test_the_shipped_file_is_canonical(record: Record) -> None:
    """Writing what was read gives the same text."""
    assert dump_record(record) == SHIPPED.read_text(encoding="utf-8")


def test_every_flag_has_a_meaning_and_every_meaning_a_flag(record: Record, tool: Any) -> None:
    """The table of codes is complete and has nothing that is not used."""
    assert {flag.code for flag in _flags(record)} == tool("flags").CODES.keys()


def test_every_note_is_a_sentence(record: Record) -> None:
    """A flag says what was found, in words that end."""
    for flag in _flags(record):
        assert flag.note.endswith("."), flag.note
        assert flag.note[0].isupper() or flag.note[0].isdigit(), flag.note


def test_no_place_on_a_machine_is_named(record: Record) -> None:
    """Sources are cited by publisher and public repository."""
    for source in record.sources:
        assert not re.search(r"(^|\s)/\w|[A-Z]:\\|file:", f"{source.title} {source.url or ''} {source.note or ''}"), (
            source
        )


def test_no_name_belongs_to_two_parties(record: Record) -> None:
    """Neither id, name, abbreviation nor alias, in any case."""
    owners = Counter(
        name
        for party in record.parties
        for name in {normalise(name) for name in (party.id, party.name, party.abbreviation, *party.aliases)}
    )
    assert not [name for name, number in owners.items() if number > 1]


def test_the_region_has_its_seats_on_every_boundaries_and_47_councils(record: Record) -> None:
    """36 seats in 1918, 47 in 2024; two more councils lie outside the region."""
    seats = {"1918": 36, "1950": 39, "1955": 39, "1974": 40, "1983": 42, "1997": 44, "2010": 46, "2024": 47}
    assert Counter(seat.boundaries for seat in record.seats) == seats
    assert Counter(council.region for council in record.councils) == {
        "East Midlands": 47,
        "South East": 1,
        "West Midlands": 1,
    }


def test_each_old_seat_is_continued_by_one_new_seat(record: Record) -> None:
    """Only Melton and Syston begins anew; links lead both ways."""
    seats = {seat.id: seat for seat in record.seats}
    for seat in record.seats:
        if seat.boundaries == "2010":
            assert seat.successor is not None
            assert seats[seat.successor].predecessor == seat.id
    new = [seat.name for seat in record.seats if seat.boundaries == "2024" and seat.predecessor is None]
    assert new == ["Melton and Syston"]


def test_only_rutland_and_stamford_lies_in_two_counties(record: Record) -> None:
    """The derived counties of the seats of 2024 make sense on a map."""
    two = {seat.name: seat.counties for seat in record.seats if len(seat.counties) > 1}
    assert two == {"Rutland and Stamford": ("Leicestershire", "Lincolnshire")}


@pytest.mark.parametrize(
    ("election", "contests"),
    [
        ("parl.2005-05-05.notional", 46),
        ("parl.2010-05-06", 46),
        ("parl.2015-05-07", 46),
        ("parl.2017-06-08", 46),
        ("parl.2019-12-12", 46),
        ("parl.2019-12-12.notional", 47),
        ("parl.2024-07-04", 47),
        ("parl.leicester-south.by.2011-05-05", 1),
        ("parl.corby.by.2012-11-15", 1),
        ("parl.newark.by.2014-06-05", 1),
        ("parl.sleaford-and-north-hykeham.by.2016-12-08", 1),
        ("parl.wellingborough.by.2024-02-15", 1),
    ],
)
def test_each_election_has_its_contests(record: Record, election: str, contests: int) -> None:
    """One a seat of its boundaries, or the one of a by-election."""
    assert sum(contest.election == election for contest in record.contests) == contests


def test_the_councils_that_changed_hands_in_2019(record: Record) -> None:
    """Against the eve of the poll, as published or counted from the seats."""
    changed = {}
    for poll in record.council_polls:
        council = next(council for council in record.councils if council.id == poll.council)
        if poll.election == "local.2019-05-02" and council.region == record.region:
            assert poll.eve is not None
            before = poll.eve.control or _control(dict(poll.eve.seats), poll.eve.size)
            after = _control(dict(poll.after or poll.won), poll.size)
            if before != after:
                changed[council.name] = (before, after)
    assert changed == {
        "Amber Valley": ("con", "lab"),
        "Ashfield": ("noc", "ashind"),
        "Bolsover": ("lab", "noc"),
        "Broxtowe": ("con", "noc"),
        "High Peak": ("con", "lab"),
        "Hinckley and Bosworth": ("con", "ld"),
        "North East Derbyshire": ("lab", "con"),
        "North Kesteven": ("con", "noc"),
    }


def test_seats_won_and_vacant_are_the_seats_up(record: Record) -> None:
    """At every poll; and a whole council after it is its size."""
    for poll in record.council_polls:
        vacant = poll.vacancies
        assert sum(poll.won.values()) == poll.seats_up - vacant
        assert sum((poll.after or poll.won).values()) == poll.size - vacant


def test_broxtowe_is_polled_twice(record: Record) -> None:
    """Stapleford South East voted six weeks later."""
    may, june = _poll(record, "Broxtowe"), _poll(record, "Broxtowe", "local.2019-06-13")
    assert (may.seats_up, may.vacancies) == (44, 2)
    assert may.won == {"con": 20, "lab": 14, "ld": 5, "ashind": 1, "ind": 2}
    assert (june.seats_up, june.vacancies, june.won) == (2, 0, {"ld": 2})
    assert june.last_election is not None
    assert june.last_election.seats == {"con": 2}


def test_what_an_aggregate_hides_is_unknown(record: Record) -> None:
    """Local parties that the snapshot of 2018 does not tell apart from independents."""
    hidden = {
        council.name: (poll.eve.seats["other"], set(poll.eve.unknown))
        for poll in record.council_polls
        for council in record.councils
        if poll.election == "local.2019-05-02" and council.id == poll.council
        if poll.eve and poll.eve.unknown and poll.eve.control is None
    }
    assert hidden == {
        "East Lindsey": (9, {"elind", "lincsind", "suds", "ind"}),
        "Nottingham": (1, {"nottmind", "ind"}),
        "South Kesteven": (11, {"lincsind", "ind"}),
    }


def test_overridden_baselines_keep_the_raw_figures_in_the_note(record: Record) -> None:
    """Ashfield and South Kesteven in 2015."""
    ashfield, kesteven = _poll(record, "Ashfield"), _poll(record, "South Kesteven")
    assert ashfield.last_election is not None
    assert kesteven.last_election is not None
    assert ashfield.last_election.seats == {"con": 4, "lab": 22, "ld": 5, "ind": 4}
    assert kesteven.last_election.seats["con"] == 45
    assert any(flag.code == "override" and "Labour 20" in flag.note for flag in ashfield.flags)
    assert any(flag.code == "override" and "47 Conservatives" in flag.note for flag in kesteven.flags)


def test_compositions_tell_local_parties_apart_where_the_list_allows(record: Record) -> None:
    """And keep the aggregate, or the vacancy, where it does not."""
    ashfield = {one.year: one for one in _council(record, "Ashfield").compositions}
    assert ashfield[2019].seats == {"con": 3, "lab": 2, "ashind": 30}
    assert ashfield[2026].seats == {"con": 1, "reform": 3, "other": 31}
    assert ashfield[2015].seats == {"con": 4, "lab": 22, "ld": 5, "other": 4}
    derby = {one.year: one for one in _council(record, "Derby").compositions}
    assert (derby[2016].size, sum(derby[2016].seats.values())) == (51, 50)
    assert derby[2020].seats == {"con": 19, "lab": 15, "ld": 8, "brexit": 5, "other": 4}
    notts = {one.year: one for one in _council(record, "Nottinghamshire").compositions}
    assert notts[2017].seats == {"con": 31, "lab": 23, "ld": 1, "other": 11}
    assert [flag.code for flag in notts[2017].flags] == ["list-differs"]


def test_repaired_names(record: Record) -> None:
    """The name as it should be; the raw one stands in the flag."""
    names = {
        (contest.election, candidacy.name)
        for contest in record.contests
        for candidacy in contest.candidates
        if "onie Mathers" in candidacy.name or "Flying Brick" in candidacy.name
    }
    assert ("parl.2015-05-07", "Léonie Mathers") in names
    assert ("parl.2010-05-06", "Nick The Flying Brick Delves") in names
    assert "Linconshire" not in {c.label for contest in record.contests for c in contest.candidates if c.label}
