"""The shipped dataset is sound and whole: what is in it, for which years, and nothing under two names."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from emvote import names
from emvote.dataset import FOUGHT, Dataset
from emvote.model import Council, CouncilType, ElectionKind, Flag, PartyKind

Emvote = Callable[..., CompletedProcess[str]]

ROOT = Path(__file__).parents[1]
REGION = "East Midlands"
REFORM_OF_2021 = date(2021, 4, 1)
"""The day on which Northamptonshire's county and seven districts became two unitaries."""


def flags(dataset: Dataset) -> Iterator[Flag]:
    """Every flag of the record, wherever it stands."""
    record = dataset.record
    for things in (record.elections, record.contests, record.council_polls, record.wards, record.mayor_contests):
        for thing in things:
            yield from thing.flags
    for council in record.councils:
        for composition in council.compositions:
            yield from composition.flags


# --- sound --------------------------------------------------------------------------------------------------------


def test_check_finds_nothing_wrong(emvote: Emvote) -> None:
    """Every rule held against every figure, and every published label against what the figures say."""
    done = emvote("check", "--json")
    assert done.returncode == 0, done.stdout
    answer = json.loads(done.stdout)
    assert answer["rows"] == []
    assert answer["summary"]["sound"] is True
    assert len(answer["summary"]["rules"]) > 20
    assert not any(rule["problems"] for rule in answer["summary"]["rules"])


def test_the_version_and_the_digest_say_which_data_answered(emvote: Emvote, shipped: Dataset) -> None:
    """In every JSON answer and in `--version`."""
    meta = json.loads(emvote("seats", "--json").stdout)["dataset"]
    assert meta == dict(shipped.meta())
    assert re.fullmatch(r"\d{4}\.\d{1,2}\.\d+", meta["version"])
    assert re.fullmatch(r"[0-9a-f]{64}", meta["sha256"])
    told = emvote("--version").stdout
    assert meta["version"] in told
    assert meta["sha256"] in told


def test_every_flag_code_is_documented_in_the_format(shipped: Dataset) -> None:
    """In docs/dataset.md, in a code span."""
    page = (ROOT / "docs" / "dataset.md").read_text(encoding="utf-8")
    section = page.partition("\n## Flag\n")[2] or page.partition("\n### Flag\n")[2]
    codes = {flag.code for flag in flags(shipped)}
    assert len(codes) > 10
    assert section
    assert {code for code in codes if f"`{code}`" not in section.split("\n## ")[0]} == set()


def test_every_flag_says_what_was_found_in_a_sentence(shipped: Dataset) -> None:
    """Notes are printed as they stand; a code is the same short id for the same kind of finding."""
    sources = set(shipped.sources)
    for flag in flags(shipped):
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", flag.code)
        assert re.match(r"[A-ZÀ-Þ0-9']", flag.note), flag.note
        assert flag.note.endswith("."), flag.note
        assert len(flag.note.split()) >= 4, flag.note
        assert flag.source is None or flag.source in sources


# --- parliamentary results ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("election", "seats"),
    [
        ("parl.2010-05-06", 46),
        ("parl.2015-05-07", 46),
        ("parl.2017-06-08", 46),
        ("parl.2019-12-12", 46),
        ("parl.2024-07-04", 47),
        ("parl.2005-05-05.notional", 46),
        ("parl.2019-12-12.notional", 47),
        ("parl.leicester-south.by.2011-05-05", 1),
        ("parl.corby.by.2012-11-15", 1),
        ("parl.newark.by.2014-06-05", 1),
        ("parl.sleaford-and-north-hykeham.by.2016-12-08", 1),
        ("parl.wellingborough.by.2024-02-15", 1),
    ],
)
def test_every_election_has_the_result_of_every_seat(shipped: Dataset, election: str, seats: int) -> None:
    """46 seats before the boundaries of 2024 and 47 on them, and one at a by-election."""
    contests = shipped.contests_at(election)
    assert len(contests) == len({contest.seat for contest in contests}) == seats
    boundaries = shipped.elections[election].boundaries
    assert {shipped.seats[contest.seat].boundaries for contest in contests} == {boundaries}
    assert {shipped.seats[contest.seat].region for contest in contests} == {REGION}


def test_general_elections_since_2010_have_231_results_with_candidates(shipped: Dataset) -> None:
    """Each compared with an earlier result, on the same boundaries, in the same seat."""
    recent = [
        contest
        for contest in shipped.record.contests
        if shipped.elections[contest.election].kind is ElectionKind.GENERAL
        and shipped.elections[contest.election].date.year >= 2010
    ]
    assert len(recent) == 231
    assert all(contest.candidates and not contest.tallies for contest in recent)
    for contest in recent:
        assert (shipped.elections[contest.election].previous, contest.seat) in shipped.contests


def test_estimates_have_parties_and_nobody_elected(shipped: Dataset) -> None:
    """Nobody stood."""
    for contest in shipped.record.contests:
        if shipped.elections[contest.election].kind is ElectionKind.NOTIONAL:
            assert contest.tallies
            assert not contest.candidates


def test_seats_of_2024_continue_those_of_2010_both_ways(shipped: Dataset) -> None:
    """A predecessor names its successor, and the other way round."""
    for seat in shipped.record.seats:
        if seat.predecessor:
            assert shipped.seats[seat.predecessor].successor == seat.id
            assert shipped.seats[seat.predecessor].since < seat.since
        if seat.successor:
            assert shipped.seats[seat.successor].predecessor == seat.id
    kept = {seat.name for seat in shipped.record.seats if seat.boundaries == "2024" and seat.predecessor}
    assert {"Derby North", "Derby South", "Loughborough", "Ashfield"} <= kept


# --- councils -----------------------------------------------------------------------------------------------------


def councils_on(dataset: Dataset, day: date) -> Counter[CouncilType]:
    """How many councils of each tier the region has on a day."""
    return Counter(
        council.type
        for council in dataset.record.councils
        if council.region == REGION and council.created <= day and (not council.abolished or day < council.abolished)
    )


def test_the_region_had_47_councils_in_all(shipped: Dataset) -> None:
    """36 districts, 6 unitaries and 5 counties; two more of other regions stand beside them."""
    inside = [council for council in shipped.record.councils if council.region == REGION]
    assert Counter(council.type for council in inside) == {
        CouncilType.DISTRICT: 36,
        CouncilType.UNITARY: 6,
        CouncilType.COUNTY: 5,
    }
    outside = {council.name: council.region for council in shipped.record.councils if council.region != REGION}
    assert outside == {"Milton Keynes": "South East", "East Staffordshire": "West Midlands"}


@pytest.mark.parametrize(
    ("day", "tiers"),
    [
        (date(2019, 5, 2), (36, 4, 5)),
        (date(2021, 3, 31), (36, 4, 5)),
        (REFORM_OF_2021, (29, 6, 4)),
        (date(2026, 5, 7), (29, 6, 4)),
    ],
)
def test_northamptonshire_changed_the_number_of_councils(
    shipped: Dataset, day: date, tiers: tuple[int, int, int]
) -> None:
    """Districts, unitaries, counties: on the day itself the new ones are there."""
    counted = councils_on(shipped, day)
    assert (counted[CouncilType.DISTRICT], counted[CouncilType.UNITARY], counted[CouncilType.COUNTY]) == tiers


def test_what_ended_in_2021_was_followed_by_what_began(shipped: Dataset) -> None:
    """Predecessors and successors name each other."""
    ended = {council.name for council in shipped.record.councils if council.abolished == REFORM_OF_2021}
    assert ended == {
        "Corby", "Daventry", "East Northamptonshire", "Kettering", "Northampton", "South Northamptonshire",
        "Wellingborough", "Northamptonshire",
    }  # fmt: skip
    for council in shipped.record.councils:
        assert bool(council.successors) == bool(council.abolished), council.name
        for successor in council.successors:
            assert council.id in shipped.councils[successor].predecessors
            assert shipped.councils[successor].created == council.abolished


def years(council: Council) -> list[int]:
    """The years of a council's compositions, as they stand in the record."""
    return [composition.year for composition in council.compositions]


def test_every_council_has_a_composition_for_each_year_of_its_life(shipped: Dataset) -> None:
    """From the first elections of 1973, a year before the councils began, to 2026; no year twice or out of order."""
    for council in shipped.record.councils:
        first = 1973 if council.created == date(1974, 4, 1) else council.created.year
        last = council.abolished.year - 1 if council.abolished else 2026
        assert years(council) == list(range(first, last + 1)), council.name
    inside = [council for council in shipped.record.councils if council.region == REGION]
    # 37 councils are there all the time, eight end in 2021 and two begin
    assert sum(len(years(council)) for council in inside) == 37 * 54 + 8 * 48 + 2 * 6


def test_seats_of_every_composition_are_no_more_than_its_size(shipped: Dataset) -> None:
    """The rest are vacancies, and a vacancy is said."""
    for council in shipped.record.councils:
        for composition in council.compositions:
            vacant = composition.size - sum(composition.seats.values())
            assert vacant >= 0, (council.name, composition.year)
            assert not vacant or composition.flags, (council.name, composition.year)


def test_thirty_three_councils_of_the_region_and_two_others_polled_in_may_2019(shipped: Dataset) -> None:
    """And two of them again in June for the seats that were left."""
    may = [poll for poll in shipped.record.council_polls if poll.election == "local.2019-05-02"]
    june = [poll for poll in shipped.record.council_polls if poll.election == "local.2019-06-13"]
    assert Counter(shipped.councils[poll.council].region == REGION for poll in may) == {True: 33, False: 2}
    assert {shipped.councils[poll.council].name for poll in june} == {"Broxtowe", "North Kesteven"}
    assert sum(poll.vacancies for poll in may) == sum(poll.seats_up for poll in june) == 3
    assert shipped.record.default_local == "local.2019-05-02"


def test_who_won_in_may_2019_sat_on_the_council_of_that_year(shipped: Dataset) -> None:
    """The composition of the year has the same seats, but for those filled in June and Boston's one of UKIP."""
    named = {"con", "lab", "ld"}
    differing = {}
    for poll in shipped.record.council_polls:
        if poll.election != "local.2019-05-02":
            continue
        council = shipped.councils[poll.council]
        composition = next(each for each in council.compositions if each.year == 2019)
        after = poll.won if poll.after is None else poll.after
        ours = {party: n for party, n in after.items() if party in named and n}
        theirs = {party: n for party, n in composition.seats.items() if party in named and n}
        if ours != theirs:
            differing[council.name] = {party: theirs.get(party, 0) - ours.get(party, 0) for party in named}
    assert differing == {
        "Broxtowe": {"con": 0, "lab": 0, "ld": 2},
        "North Kesteven": {"con": 1, "lab": 0, "ld": 0},
    }


# --- names --------------------------------------------------------------------------------------------------------


def test_ids_are_unique_everywhere(shipped: Dataset) -> None:
    """Whatever cites one means one thing."""
    record = shipped.record
    for things in (record.sources, record.parties, record.elections, record.seats, record.councils):
        ids = [thing.id for thing in things]
        assert len(ids) == len(set(ids))
    assert len(shipped.contests) == len(record.contests)
    assert len(shipped.polls) == len(record.council_polls)


def test_no_two_councils_answer_to_one_name(shipped: Dataset) -> None:
    """Neither short nor full nor former; so every one of them finds its council."""
    for council in shipped.record.councils:
        for name in (council.name, council.full_name, council.id, *council.former_names):
            assert shipped.find_council(name) is council, name


def test_no_two_seats_of_the_same_boundaries_have_one_name(shipped: Dataset) -> None:
    """On new boundaries the same name is another seat, and both are found, the later first."""
    counted = Counter((names.normalise(seat.name), seat.boundaries) for seat in shipped.record.seats)
    assert set(counted.values()) == {1}
    for seat in shipped.record.seats:
        found = shipped.namesakes(seat)
        assert seat in found
        assert [each.since for each in found] == sorted((each.since for each in found), reverse=True)
        assert shipped.find_seats(seat.id) == (seat,)


def test_no_two_parties_answer_to_one_name(shipped: Dataset) -> None:
    """Id, name, abbreviation, ballot label or alias: each leads to its party and no other."""
    for party in shipped.record.parties:
        for name in (party.id, party.name, party.abbreviation, party.ballot_label, *party.aliases):
            assert shipped.find_party(name) is party, name


@pytest.mark.parametrize(
    ("typed", "party"),
    [
        ("Tory", "con"), ("C", "con"), ("Lib Dem", "ld"), ("liberal democrats", "ld"),
        ("Labour", "lab"), ("RUK", "reform"), ("Reform UK", "reform"), ("Green", "green"), ("Ashfield Ind", "ashind"),
    ],
)  # fmt: skip
def test_parties_are_found_as_people_call_them(shipped: Dataset, typed: str, party: str) -> None:
    """In any case."""
    assert shipped.find_party(typed).id == shipped.find_party(typed.upper()).id == party


def test_every_election_is_found_by_its_id_and_by_its_year(shipped: Dataset) -> None:
    """A bare year is the general election as fought; a by-election answers to its seat and year."""
    for election in shipped.record.elections:
        assert shipped.find_election(election.id, frozenset(ElectionKind)) is election
        if election.kind is ElectionKind.GENERAL and election.date.year >= 2010:
            assert shipped.find_election(str(election.date.year)) is election
        if election.kind is ElectionKind.BY_ELECTION:
            seat = election.id.split(".")[1].replace("-", " ")
            assert shipped.find_election(f"{seat} {election.date.year}") is election


def test_ids_of_elections_follow_the_standard_of_democracy_club(shipped: Dataset) -> None:
    """Kind, place, date; the polling day in the id is that of the record."""
    pattern = r"(parl|local|mayor)(\.[a-z-]+)?(\.by)?\.(\d{4}-\d\d-\d\d)(\.notional)?"
    for election in shipped.record.elections:
        match = re.fullmatch(pattern, election.id)
        assert match, election.id
        assert match[4] == election.date.isoformat()
        assert bool(match[3]) == (election.kind is ElectionKind.BY_ELECTION)
        assert bool(match[5]) == (election.kind is ElectionKind.NOTIONAL)


def test_results_compare_with_an_earlier_election_of_parliament(shipped: Dataset) -> None:
    """A by-election with the general election before it, never with another by-election."""
    for election in shipped.record.elections:
        if election.previous is not None:
            before = shipped.elections[election.previous]
            assert before.date < election.date
            assert before.boundaries == election.boundaries
            assert before.kind in {ElectionKind.GENERAL, ElectionKind.NOTIONAL}
    fought = [each for each in shipped.record.elections if each.kind in FOUGHT and each.date.year >= 2010]
    assert all(election.previous for election in fought)


def test_only_reform_uk_and_the_liberal_democrats_continue_other_parties(shipped: Dataset) -> None:
    """Joining more would make changes of parties that are not the same."""
    assert {party.id: party.predecessor for party in shipped.record.parties if party.predecessor} == {
        "ld": "alliance",
        "alliance": "liberal",
        "reform": "brexit",
    }
    assert {p.id for p in shipped.record.parties if p.kind is PartyKind.INDEPENDENT} == {"ind"}


def test_every_colour_is_one_and_every_source_has_its_licence(shipped: Dataset) -> None:
    """Six hexadecimal digits; publisher and terms beside each title."""
    assert all(party.colour is None or re.fullmatch(r"#[0-9A-F]{6}", party.colour) for party in shipped.record.parties)
    assert all(source.title and source.publisher and source.licence for source in shipped.record.sources)
