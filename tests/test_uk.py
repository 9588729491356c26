"""The dataset of the whole country: every result is the one that Parliament published, or listed here with the reason.

Outcomes, majorities and turnouts are worked out from the votes by the queries, and held against the columns of the raw
files. A difference that is no longer there fails too.
"""

from __future__ import annotations

import importlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from subprocess import CompletedProcess
from types import ModuleType
from typing import Any

import pytest

from emvote.dataset import FOUGHT, Dataset
from emvote.errors import UnknownName, UsageProblem
from emvote.model import Contest, ElectionKind, Flag
from emvote.names import normalise
from emvote.queries.check import labels
from emvote.queries.compare import compare
from emvote.queries.compare_elections import ElectionsCompared
from emvote.queries.contest import SeatResult, seat_result
from emvote.queries.councils import councils
from emvote.queries.seat import seat
from emvote.queries.seats import seats
from emvote.queries.swing import swing
from emvote.store import examine, open_dataset
from emvote.store.write import dump_record

ROOT = Path(__file__).parents[1]
RAW = Path(os.environ.get("EMVOTE_RAW") or ROOT.parent / "shared" / "data")
FILE = ROOT / "data" / "uk.toml"
YEARS = {"2010": "2010-05-06", "2015": "2015-05-07", "2017": "2017-06-08", "2019": "2019-12-12", "2024": "2024-07-04"}
BY_ELECTIONS = "by-elections"

Row = dict[str, str]
Raw = Callable[[str], list[Row]]
Emvote = Callable[..., CompletedProcess[str]]
Place = tuple[str, str]
"""Election id and the published name of the seat."""


@pytest.fixture(scope="module")
def uk() -> Dataset:
    """The dataset of the whole country."""
    return open_dataset("uk")


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Imports one module of the builder, which is not installed."""
    monkeypatch.syspath_prepend(str(ROOT))
    return lambda name: importlib.import_module(f"tools.build_dataset.{name}")


# --- what differs from the published columns, and why ---------------------------------------------------------------

OUTCOMES = {
    # its notional result of 2005 has the winner of that year among independents, who are not told apart
    ("parl.2010-05-06", "Blaenau Gwent"): ("Lab gain from BGPV", "Lab win"),
}
"""Published and computed."""
SPELLINGS = {"Lab Coop": "Lab", "Hold": "hold"}
"""Words of published outcomes, and how emvote writes them."""
MAJORITIES = {
    # first and second differ by 5,278 in both files, and the votes add up to the valid votes
    ("parl.arbroath-and-broughty-ferry.by.2026-06-18", "Arbroath and Broughty Ferry"): (5178, 5278),
}
VOTES = {
    # the constituency's row, its valid votes and its majority agree on 14,087
    ("parl.sheffield-brightside-and-hillsborough.by.2016-05-05", "Sheffield, Brightside and Hillsborough"): {
        14987: 14087
    },
}
"""Published votes of a candidate and those used."""
INVALID_VOTES = {  # published as [x]: not known, so null
    ("parl.barnsley-central.by.2011-03-03", "Barnsley Central"),
    ("parl.leicester-south.by.2011-05-05", "Leicester South"),
}
SECOND_PARTIES = {
    ("parl.2019-12-12", "Ashfield"): ("Ash", "Ashfield Ind"),  # the abbreviation says too little beside its seat
    ("parl.peterborough.by.2019-06-06", "Peterborough"): ("Brexit", "Brexit"),  # BRX at the general election
}
"""Published where emvote's abbreviation is another, or the source's own is not always the same."""
PARTY_SPELLINGS = {"Lab Coop": "Lab", "Respect": "Res", "BRX": "Brexit", "Ash": "Ashfield Ind"}
NAMES = {  # the encoding spoilt them
    ("parl.2015-05-07", "Bury South"): {"SÃ©amus Martin": "Séamus Martin"},
    ("parl.2015-05-07", "North Antrim"): {"Daithí\N{SOFT HYPHEN} McKay": "Daithí McKay"},
    ("parl.2015-05-07", "Sheffield, Brightside and Hillsborough"): {"Elise DÃ¼nweber": "Elise Dünweber"},
    ("parl.2015-05-07", "Sherwood"): {"LÃ©onie Mathers": "Léonie Mathers"},
    ("parl.2024-07-04", "Belfast South and Mid Down"): {"Ã\x81ine Groogan": "Áine Groogan"},
}


@dataclass(frozen=True)
class Published:
    """One contest as published, and as emvote has it."""

    place: Place
    contest: Row
    candidates: list[tuple[str, int]]
    """Name without outer and double spaces, and votes: two Greg Smiths stood in Mid Buckinghamshire in 2024."""
    computed: SeatResult


def _words(*parts: str) -> str:
    return " ".join(" ".join(parts).split())


def _spelt(text: str, spellings: Mapping[str, str]) -> str:
    for published, ours in spellings.items():
        text = text.replace(published, ours)
    return text


def _files(raw: Raw, year: str) -> tuple[list[Row], list[Row]]:
    kinds = ("constituencies", "candidacies")
    names = [f"{year}-{kind}" if year == BY_ELECTIONS else f"{kind}-{year}" for kind in kinds]
    contests, candidates = (raw(f"general-elections/{name}.csv") for name in names)
    return contests, candidates


def _published(raw: Raw, uk: Dataset, year: str) -> Iterator[Published]:
    contests, candidates = _files(raw, year)
    standing: dict[Place, list[tuple[str, int]]] = {}
    for row in candidates:
        name = _words(row["candidate_first_name"], row["candidate_surname"])
        standing.setdefault((row["election_date"], row["ons_id"]), []).append((name, int(row["votes"])))
    fought = {
        (str(uk.elections[contest.election].date), contest.seat): contest
        for contest in uk.record.contests
        if uk.elections[contest.election].kind in FOUGHT
    }
    for row in contests:
        key = (row["election_date"], row["ons_id"])
        place = (fought[key].election, row["constituency_name"])
        yield Published(place, row, standing[key], seat_result(uk, fought[key]))


@pytest.fixture(scope="module")
def published(raw: Raw, uk: Dataset) -> list[Published]:
    """Every contest of the five general elections, and the by-elections."""
    return [each for year in (*YEARS, BY_ELECTIONS) for each in _published(raw, uk, year)]


# --- as published ---------------------------------------------------------------------------------------------------


def test_all_contests_are_there_and_no_other(published: list[Published], uk: Dataset) -> None:
    """650 seats five times, and 65 by-elections."""
    assert len(published) == 5 * 650 + 65
    fought = {key for key in uk.contests if uk.elections[key[0]].kind in FOUGHT}
    assert {(each.place[0], each.contest["ons_id"]) for each in published} == fought


def test_outcomes_are_those_that_parliament_published(published: list[Published]) -> None:
    """Hold and gain against the last general election or its notional result."""
    assert {
        each.place: (each.contest["result"], each.computed.outcome)
        for each in published
        if each.computed.outcome != _spelt(each.contest["result"], SPELLINGS)
    } == OUTCOMES


def test_majorities_are_those_that_parliament_published(published: list[Published]) -> None:
    """First less second, in votes."""
    assert {
        each.place: (int(each.contest["majority"]), each.computed.majority_votes)
        for each in published
        if each.computed.majority_votes != int(each.contest["majority"])
    } == MAJORITIES


def test_electorates_votes_and_turnouts_are_as_published(published: list[Published]) -> None:
    """Turnout is valid votes over the electorate; with the rejected ballots where those are known."""
    unknown = set()
    for each in published:
        electorate, valid = int(each.contest["electorate"]), int(each.contest["valid_votes"])
        contest = each.computed.contest
        assert (contest.electorate, contest.valid_votes) == (electorate, valid), each.place
        assert each.computed.turnout_pct == pytest.approx(100 * valid / electorate, abs=1e-12), each.place
        if each.contest["invalid_votes"] == "[x]":
            assert (contest.invalid_votes, each.computed.turnout_ballot_pct) == (None, None), each.place
            unknown.add(each.place)
        else:
            ballots = valid + int(each.contest["invalid_votes"])
            assert each.computed.turnout_ballot_pct == pytest.approx(100 * ballots / electorate, abs=1e-12), each.place
    assert unknown == INVALID_VOTES


def test_candidates_and_their_votes_are_as_published(published: list[Published]) -> None:
    """By name, 19,928 of them."""
    number = 0
    for each in published:
        names, votes = NAMES.get(each.place, {}), VOTES.get(each.place, {})
        assert names.keys() <= {name for name, _ in each.candidates}, f"no longer spoilt: {names}"
        assert votes.keys() <= {count for _, count in each.candidates}, f"no longer wrong: {votes}"
        expected = [(names.get(name, name), votes.get(count, count)) for name, count in each.candidates]
        found = [(str(standing.candidate), standing.votes) for standing in each.computed.standings]
        assert sorted(found) == sorted(expected), each.place
        number += len(expected)
    assert number == 4150 + 3971 + 3304 + 3320 + 4515 + 668


def test_the_winner_is_the_member_whom_parliament_names(published: list[Published], uk: Dataset) -> None:
    """By name and by party; the second party likewise, where the files do not contradict each other."""
    second = {}
    for each in published:
        winner, runner_up = each.computed.winner, each.computed.runner_up
        assert winner is not None, each.place
        assert runner_up is not None, each.place
        assert winner.candidate == _words(each.contest["member_first_name"], each.contest["member_surname"])
        assert uk.abbreviation(winner.party) == _spelt(each.contest["first_party"], PARTY_SPELLINGS), each.place
        ours, theirs = uk.abbreviation(runner_up.party), each.contest["second_party"]
        assert ours == PARTY_SPELLINGS.get(theirs, theirs), each.place
        if theirs in {"Ash", "Brexit"}:
            second[each.place] = (theirs, ours)
    assert second == SECOND_PARTIES


def test_seats_have_the_names_regions_and_counties_that_parliament_gives(published: list[Published]) -> None:
    """Capitals as in the register; counties are left blank by the source from 2024 and at most by-elections."""
    for each in published:
        found = each.computed.seat
        assert found.name.casefold() == each.contest["constituency_name"].casefold()
        assert found.region == each.contest["region_name"].strip() or each.contest["region_name"] == "East", each.place
        if each.contest["county_name"]:
            assert found.counties == (each.contest["county_name"],)


@pytest.mark.parametrize(
    ("name", "key", "election"),
    [
        ("notional-2005-on-2010-boundaries", "constituency_id", "parl.2005-05-05.notional"),
        ("notional-2019-on-2024-boundaries", "ons_id", "parl.2019-12-12.notional"),
    ],
)
def test_notional_results_are_the_published_ones(raw: Raw, uk: Dataset, name: str, key: str, election: str) -> None:
    """Votes of each of the 650 seats; rows that add others up are left out, and five codes of Scotland are new."""
    rows: dict[str, list[int]] = {}
    for row in raw(f"general-elections/{name}.csv"):
        if row.get("party_column_code") not in {"TOTOTHV", "MAXOTHV"}:
            rows.setdefault(row[key], []).append(int(row["votes"]))
    ours = {contest.seat: sorted(tally.votes for tally in contest.tallies) for contest in uk.contests_at(election)}
    assert len(ours) == len(rows) == 650
    recoded = {seat for seat in rows if seat not in ours}
    assert recoded == (set() if "2005" in name else {f"S140000{number}" for number in ("06", "08", "10", "40", "58")})
    assert all(ours[seat] == sorted(votes) for seat, votes in rows.items() if seat not in recoded)
    assert sorted(map(sum, ours.values())) == sorted(map(sum, rows.values()))


# --- how it was made ------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not RAW.is_dir(), reason="the raw files of the publishers are not here; see EMVOTE_RAW")
def test_building_again_gives_the_committed_file_to_the_byte(tool: Callable[[str], ModuleType]) -> None:
    """Nothing in the file was edited by hand, and nothing in it depends on the day or the machine."""
    _raw, record = tool("uk").build_uk(RAW)
    assert dump_record(record).encode() == FILE.read_bytes()


@pytest.mark.skipif(not RAW.is_dir(), reason="the raw files of the publishers are not here; see EMVOTE_RAW")
@pytest.mark.parametrize(
    ("path", "before", "after", "complaint"),
    [
        ("by-elections-candidacies", ",4571,14987,", ",4571,14087,", "votes is '14087', not '14987'"),
        ("by-elections-constituencies", ",57,5178,", ",57,5278,", "majority is '5278', not '5178'"),
        ("candidacies-2010", ",Ringland,Male,No,No,,7305,", ",Ringland,Male,No,No,,7306,", "votes in uup, nobody"),
        ("candidacies-2015", "SÃ©amus", "Seamus", "is not in the source any more"),
        ("candidacies-2024", ",Alba,PP12700,1034,", ",Alba,PP12700,9999,", "not in the register of parties"),
    ],
)
def test_a_raw_figure_that_does_not_fit_stops_the_build(
    tool: Callable[[str], ModuleType], tmp_path: Path, path: str, before: str, after: str, complaint: str
) -> None:
    """A corrected or damaged source is looked at by a person, never taken in silently."""
    for folder in ("general-elections", "parties"):
        (tmp_path / folder).mkdir()
        for source in (RAW / folder).iterdir():
            (tmp_path / folder / source.name).symlink_to(source)
    damaged = tmp_path / "general-elections" / f"{path}.csv"
    text = damaged.read_text(encoding="utf-8")
    assert before in text
    damaged.unlink()
    damaged.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(tool("raw").Unexpected, match=complaint):
        tool("uk").build_uk(tmp_path)


def test_the_file_is_sound_and_canonical() -> None:
    """It keeps every rule, and writing what was read gives the same text."""
    dataset, problems = examine("uk")
    assert dataset is not None
    assert (problems, [*labels(dataset)]) == ((), [])
    assert dump_record(dataset.record) == FILE.read_text(encoding="utf-8")


def test_nothing_in_it_is_under_a_share_alike_licence(uk: Dataset) -> None:
    """Parliament's licence alone; the colours of the regional dataset come from elsewhere."""
    assert uk.record.licence == "Open Parliament Licence v3.0"
    assert all(source.licence.startswith("Open Parliament Licence v3.0") for source in uk.record.sources)
    assert not any("BY-SA" in source.licence for source in uk.record.sources)
    assert {party.colour for party in uk.record.parties} == {None}


def _flags(uk: Dataset) -> Iterator[tuple[Contest, Flag]]:
    return ((contest, flag) for contest in uk.record.contests for flag in contest.flags)


def test_every_flag_has_a_meaning_and_is_a_sentence(uk: Dataset, tool: Callable[[str], ModuleType]) -> None:
    """And every meaning that only this dataset needs is used."""
    codes = {flag.code for _, flag in _flags(uk)}
    assert codes <= tool("flags").MEANINGS.keys()
    assert tool("flags").UK_CODES.keys() <= codes
    for contest, flag in _flags(uk):
        assert flag.note.endswith("."), (contest.seat, flag)
        assert flag.note[0].isupper(), (contest.seat, flag)


def test_the_by_elections_with_errors_say_so(uk: Dataset) -> None:
    """Each of them, and nothing else, is overridden or has a shifted column."""
    marked = {
        (contest.election, flag.code) for contest, flag in _flags(uk) if flag.code in {"override", "column-shift"}
    }
    assert marked == {
        ("parl.sheffield-brightside-and-hillsborough.by.2016-05-05", "override"),
        ("parl.arbroath-and-broughty-ferry.by.2026-06-18", "override"),
        ("parl.clacton.by.2026-08-13", "column-shift"),
        ("parl.newark.by.2014-06-05", "column-shift"),
    }


# --- the same as the region's ---------------------------------------------------------------------------------------


def test_the_region_is_the_same_in_both_datasets(uk: Dataset, shipped: Dataset) -> None:
    """Seats, what continues what, and every vote since the notional result of 2005."""
    ours = {seat.id: seat for seat in shipped.record.seats if seat.boundaries in {"2010", "2024"}}
    assert len(ours) == 46 + 47
    for seat_id, ours_ in ours.items():
        theirs = uk.seats[seat_id]
        assert (theirs.name, theirs.counties, theirs.region) == (ours_.name, ours_.counties, ours_.region)
        before = ours_.predecessor if ours_.boundaries == "2024" else None  # the country's seats begin in 2010
        assert (theirs.predecessor, theirs.successor) == (before or theirs.predecessor, ours_.successor)
    contests = {key: contest for key, contest in shipped.contests.items() if key[1] in ours}
    assert len(contests) == 46 * 5 + 47 * 2 + 5
    for key, contest in contests.items():
        theirs_ = uk.contests[key]
        assert (contest.electorate, contest.valid_votes, contest.majority, contest.outcome) == (
            *(theirs_.electorate, theirs_.valid_votes, theirs_.majority, theirs_.outcome),
        )
        assert [(e.party, e.votes) for e in contest.entries] == [(e.party, e.votes) for e in theirs_.entries], key


def test_parties_of_the_region_have_the_same_names_in_the_country(uk: Dataset, shipped: Dataset) -> None:
    """The Greens are one party of three registers: their four seats of 2024 are in England, not in Northern Ireland."""
    both = shipped.parties.keys() & uk.parties.keys()
    assert {"con", "lab", "ld", "green", "ukip", "brexit", "reform"} <= both
    assert [(uk.parties[party].name, uk.parties[party].abbreviation) for party in sorted(both)] == [
        (shipped.parties[party].name, shipped.parties[party].abbreviation) for party in sorted(both)
    ]
    for typed in ("Greens", "Grn", "Green Party Northern Ireland", "Green Party of England and Wales"):
        assert uk.find_party(typed).id == "green"


def test_parties_have_the_same_ids_in_both_datasets(uk: Dataset, shipped: Dataset) -> None:
    """By their numbers in Parliament's register."""
    ours = {number: party for party in shipped.record.parties for number in party.mnis_ids}
    theirs = {number: party for party in uk.record.parties for number in party.mnis_ids}
    shared = ours.keys() & theirs.keys()
    assert len(shared) > 50
    assert {number: ours[number].id for number in shared} == {number: theirs[number].id for number in shared}
    assert {number: ours[number].abbreviation for number in shared} == {n: theirs[n].abbreviation for n in shared}


# --- facts ----------------------------------------------------------------------------------------------------------

SEATS = {
    "2010": "con 306 lab 258 ld 57 dup 8 snp 6 sf 5 pc 3 sdlp 3 green 1 apni 1 ind 1 spk 1",
    "2015": "con 330 lab 232 snp 56 ld 8 dup 8 sf 4 pc 3 sdlp 3 uup 2 green 1 ukip 1 ind 1 spk 1",
    "2017": "con 317 lab 262 snp 35 ld 12 dup 10 sf 7 pc 4 green 1 ind 1 spk 1",
    "2019": "con 365 lab 202 snp 48 ld 11 dup 8 sf 7 pc 4 sdlp 2 green 1 apni 1 spk 1",
    "2024": "lab 411 con 121 ld 72 snp 9 sf 7 ind 6 reform 5 dup 5 green 4 pc 4 sdlp 2 apni 1 uup 1 tuv 1 spk 1",
}
"""As the House of Commons Library counts them, the Speaker apart."""
SEATS_BEFORE = "con 372 lab 200 snp 48 ld 8 dup 8 sf 7 pc 2 sdlp 2 green 1 apni 1 spk 1"
"""The notional result of 2019."""


@pytest.mark.parametrize("year", SEATS)
def test_seats_won_by_party(uk: Dataset, year: str) -> None:
    """650 seats, and the number that each party won."""
    results = seats(uk, year).results
    words = SEATS[year].split()
    assert len(results) == 650
    assert len({result.seat.id for result in results}) == 650
    won = Counter(result.winner.party for result in results if result.winner)
    assert won == {party: int(number) for party, number in zip(words[::2], words[1::2], strict=True)}


@pytest.mark.parametrize(
    ("year", "valid", "turnout", "changed"),
    [
        ("2010", 29687604, 65.11, 116),
        ("2015", 30697525, 66.22, 111),
        ("2017", 32204184, 68.76, 70),
        ("2019", 32014110, 67.31, 81),
        ("2024", 28809340, 59.7, 303),
    ],
)
def test_votes_turnouts_and_seats_that_changed_hands(
    uk: Dataset, year: str, valid: int, turnout: float, changed: int
) -> None:
    """Valid votes over electors, and seats won by another party than at the baseline."""
    answer = seats(uk, year)
    votes = sum(result.contest.valid_votes or 0 for result in answer.results)
    electors = sum(result.contest.electorate or 0 for result in answer.results)
    assert (votes, round(100 * votes / electors, 2)) == (valid, turnout)
    assert sum(result.change == "gain" for result in answer.results) == changed


def _compared(uk: Dataset, earlier: str, later: str) -> tuple[ElectionsCompared, dict[str, int]]:
    answer = compare(uk, [earlier, later])
    assert isinstance(answer, ElectionsCompared)
    return answer, {row.party: row.seats_net for row in answer.rows if row.seats_net}


def test_the_gains_of_2019(uk: Dataset) -> None:
    """The Conservatives 48 up, Labour 60 down, the SNP 13 up; 81 seats changed hands."""
    answer, net = _compared(uk, "2017", "2019")
    assert net == {"con": 48, "lab": -60, "snp": 13, "ld": -1, "dup": -2, "sdlp": 2, "apni": 1, "ind": -1}
    shares = {row.party: row.share_to_pct for row in answer.rows}
    assert shares["con"] == pytest.approx(43.63, abs=0.005)
    assert shares["lab"] == pytest.approx(32.08, abs=0.005)
    assert (answer.seats, len(answer.changed_hands)) == (650, 81)


def test_the_gains_of_2024_against_the_notional_result(uk: Dataset) -> None:
    """From 372, 200 and 8 seats; a bare 2019 is replaced by its notional result, and the answer says so."""
    answer, net = _compared(uk, "2019-notional", "2024")
    before = {row.party: row.seats_from for row in answer.rows if row.seats_from}
    words = [
        "con",
        "372",
        "lab",
        "200",
        "snp",
        "48",
        "ld",
        "8",
        "dup",
        "8",
        "sf",
        "7",
        "pc",
        "2",
        "sdlp",
        "2",
        "green",
        "1",
        "apni",
        "1",
        "spk",
        "1",
    ]
    assert before == {party: int(number) for party, number in zip(words[::2], words[1::2], strict=True)}
    assert (net["lab"], net["con"], net["ld"], net["snp"], net["reform"]) == (211, -251, 64, -39, 5)
    assert sum(net.values()) == 0
    assert (answer.seats, len(answer.changed_hands)) == (650, 303)
    assert _compared(uk, "2019", "2024")[1] == net


def test_swings_of_the_country(uk: Dataset) -> None:
    """From Labour to the Conservatives in 2019, back in 2024, computed from totals."""
    to_con = swing(uk, earlier="2017", later="2019", between=("lab", "con"))
    assert to_con.region.butler_pp == pytest.approx(4.60, abs=0.01)
    to_lab = swing(uk, earlier="2019", later="2024", between=("con", "lab"))
    assert to_lab.region.butler_pp == pytest.approx(10.77, abs=0.01)
    assert len(to_lab.rows) == 650


# --- what is odd about some seats -----------------------------------------------------------------------------------


def test_no_swing_in_the_speakers_seat(uk: Dataset) -> None:
    """Neither where the Speaker stands nor at the next contest; the other parties of such a seat neither."""
    buckingham = {result.election.id: result for result in seat(uk, "Buckingham").results}
    assert [result.outcome for result in buckingham.values()] == [
        *("Con gain from Spk", "Spk hold", "Spk hold", "Spk gain from Con"),
    ]
    chorley = seat(uk, "Chorley").results
    assert [result.outcome for result in chorley[:2]] == ["Spk hold", "Spk gain from Lab"]
    for result in (*buckingham.values(), *chorley[:2]):
        assert result.swing is None
        assert any("the Speaker sought re-election" in note for note in result.notes)
    asked = swing(uk, ["Buckingham"], earlier="2015", later="2017", between=("ukip", "green")).rows[0]
    assert (asked.swing.butler_pp, asked.swing.steed_pp) == (None, None)
    assert "Speaker" in (asked.note or "")


def test_glasgow_north_east_was_the_speakers_in_2005(uk: Dataset) -> None:
    """The notional result names him, so that the winner before is known."""
    first = seat(uk, "Glasgow North East").results[-1]
    assert (first.outcome, first.previous_party, first.change) == ("Lab gain from Spk", "spk", "gain")


def test_the_joint_candidates_of_2010(uk: Dataset) -> None:
    """17 of the 18 seats of Northern Ireland, second in six of them, 102,361 votes; compared with nobody."""
    joint = [
        (result, standing)
        for result in seats(uk, "2010").results
        for standing in result.standings
        if standing.party == "ucunf"
    ]
    assert len(joint) == 17
    assert sum(standing.votes or 0 for _, standing in joint) == 102361
    assert sum(result.runner_up is standing for result, standing in joint) == 6
    assert all("joint-candidate" in {flag.code for flag in result.contest.flags} for result, _ in joint)
    assert all(standing.change_pp is None for _, standing in joint)
    assert not any(standing.party == "uup" for result in seats(uk, "2010").results for standing in result.standings)


def test_five_seats_of_scotland_were_not_redrawn(uk: Dataset) -> None:
    """One seat each, with results on both sides of 2024."""
    general = {election.id for election in uk.record.elections if election.kind is ElectionKind.GENERAL}
    fought = Counter(seat_id for election, seat_id in uk.contests if election in general)
    kept = {uk.seats[seat_id].name for seat_id, times in fought.items() if times == 5}
    assert kept == {
        *("East Renfrewshire", "Midlothian", "Na h-Eileanan an Iar", "North Ayrshire and Arran", "Orkney and Shetland"),
    }
    assert len(uk.seats) == 650 + 645
    answer = seat(uk, "Orkney and Shetland")
    assert [result.polling_date.year for result in answer.results] == [2024, 2019, 2017, 2015, 2010]
    assert answer.held is not None
    assert (answer.held.party, answer.held.elections) == ("ld", 5)
    renfrewshire = swing(uk, ["East Renfrewshire"]).rows[0]
    assert renfrewshire.swing.butler_pp == pytest.approx(24.66, abs=0.01)


def test_two_by_elections_of_one_seat_are_told_apart(uk: Dataset) -> None:
    """Batley and Spen voted in 2016 and in 2021."""
    assert uk.find_election("batley and spen 2016").id == "parl.batley-and-spen.by.2016-10-20"
    assert uk.find_election("batley and spen 2021").id == "parl.batley-and-spen.by.2021-07-01"
    by = [election for election in uk.record.elections if election.kind is ElectionKind.BY_ELECTION]
    assert len(by) == len({election.id for election in by}) == 65
    assert [election.id for election in by][-1] == "parl.clacton.by.2026-08-13"
    assert Counter(election.boundaries for election in by) == {"2010": 59, "2024": 6}
    assert all(earlier.date <= later.date for earlier, later in pairwise(by))


def test_links_between_seats_lead_both_ways(uk: Dataset) -> None:
    """A seat that continues another is continued by it; what nothing continues says where its people went."""
    for each in uk.record.seats:
        if each.predecessor:
            assert uk.seats[each.predecessor].successor == each.id
        if each.successor:
            assert uk.seats[each.successor].predecessor == each.id
        if each.until and not each.successor:
            assert "No seat of 2024 continues it" in (each.note or ""), each.name
    assert Counter(each.region for each in uk.record.seats if each.boundaries == "2024")["South East"] == 91


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "name", "results"),
    [
        ("Hexham", "Hexham", 5),
        ("ynys mon", "Ynys Môn", 5),
        ("montgomeryshire and glyndwr", "Montgomeryshire and Glyndŵr", 1),
        ("na h-eileanan an iar", "Na h-Eileanan an Iar", 5),
        ("birmingham erdington", "Birmingham Erdington", 6),
        ("City of Durham", "City of Durham", 5),
        ("durham", "City of Durham", 5),
        ("The Wrekin", "The Wrekin", 5),
        ("S14000051", "Orkney and Shetland", 5),
    ],
)
def test_names_as_people_type_them(uk: Dataset, typed: str, name: str, results: int) -> None:
    """No accents, capitals or commas needed."""
    answer = seat(uk, typed)
    assert (answer.name, len(answer.results)) == (name, results)


def test_every_seat_answers_to_its_name(uk: Dataset) -> None:
    """A name belongs to one seat on each set of boundaries."""
    for name in {each.name for each in uk.record.seats}:
        assert {normalise(each.name) for each in uk.find_seats(name)} == {normalise(name)}
    assert max(Counter((normalise(each.name), each.boundaries) for each in uk.record.seats).values()) == 1


def test_parties_of_the_country(uk: Dataset) -> None:
    """Each by its id, its abbreviation and what people call it."""
    for typed, party in (
        *(("SNP", "snp"), ("Plaid Cymru", "pc"), ("plaid", "pc"), ("Sinn Fein", "sf"), ("Alliance", "apni")),
        *(
            ("Tory", "con"),
            ("Lib Dem", "ld"),
            ("Scottish Greens", "green"),
            ("Brexit Party", "brexit"),
            ("RUK", "reform"),
        ),
        *(("UCUNF", "ucunf"), ("the Speaker", "spk"), ("TUV", "tuv"), ("Respect", "respect"), ("Res", "respect")),
    ):
        assert uk.find_party(typed).id == party
    assert not uk.is_party("spk")
    assert len(uk.record.parties) > 300


# --- the commands ---------------------------------------------------------------------------------------------------


def _answer(emvote: Emvote, *arguments: str) -> Any:
    done = emvote(*arguments, "--data", "uk", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_the_commands_answer_for_the_whole_country(emvote: Emvote) -> None:
    """The same commands with `--data uk`."""
    assert len(_answer(emvote, "seats", "--election", "2019")["rows"]) == 650
    assert len(_answer(emvote, "seats", "--changed")["rows"]) == 303
    hexham = _answer(emvote, "seat", "Hexham")["rows"]
    assert [(row["election"], row["outcome"]) for row in hexham[:2]] == [
        ("parl.2024-07-04", "Lab gain from Con"),
        ("parl.2019-12-12", "Con hold"),
    ]
    rows = _answer(emvote, "compare", "2019-notional", "2024")["rows"]
    assert (rows[0]["party"], rows[0]["seats_to"]) == ("lab", 411)
    assert len(_answer(emvote, "swing")["rows"]) == 650
    assert len(_answer(emvote, "seats", "--county", "Scotland")["rows"]) == 57
    assert emvote("check", "uk").returncode == 0


def test_a_local_election_is_said_not_to_be_in_the_dataset(uk: Dataset) -> None:
    """It is no misspelling, and nothing else is suggested."""
    with pytest.raises(UnknownName, match=r"no election called 'local-2019': the dataset '.*' has no local elections$"):
        uk.find_election("local-2019")


def test_a_dataset_without_local_elections_does_not_ask_for_one(uk: Dataset) -> None:
    """There is none that could be named."""
    with pytest.raises(UsageProblem, match=r"^the dataset '.*' has no local elections$"):
        councils(uk)
