"""Corners of the import: single rows of published files, each as a whole answer (docs/reliability.md, Figures)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from emvote.dataset import Dataset
from emvote.errors import BadData, UnknownName, UsageProblem
from emvote.model import (
    Candidacy,
    Contest,
    CouncilType,
    Election,
    ElectionKind,
    Flag,
    Party,
    PartyKind,
    Tally,
    WardCandidacy,
    WardContest,
)
from emvote.model.record import Record
from emvote.store.importers import compositions, dirt, history, kinds, leap, leh, parliament, table, ward_names
from emvote.store.importers.files import Order, Target, run
from emvote.store.importers.kinds import LAYOUTS, FileKind, Sheet, recognise
from emvote.store.importers.known import Elsewhere, Known, NotKnown
from emvote.store.importers.ledger import Action, FileRead, Finding, Ledger
from emvote.store.importers.made import Found
from emvote.store.importers.merge import Merged, merge, pruned, without_results
from emvote.store.importers.merge import Tally as Became
from emvote.store.importers.rows import Row, Unexpected
from emvote.store.importers.table import read_table

DAY = date(2019, 12, 12)


def row(values: Mapping[str, Any], line: int = 2) -> Row:
    """A row of a file."""
    return Row(f"f.csv:{line}", {key: str(value) for key, value in values.items()}, line, "f.csv")


# --- Parliament -----------------------------------------------------------------------------------------------------

PARTIES = tuple(
    Party(id=id_, name=name, abbreviation=short, kind=PartyKind.NATIONAL, mnis_ids=(number,), source="s")
    for number, (id_, name, short) in enumerate(
        [
            ("con", "Conservative", "Con"), ("lab", "Labour", "Lab"), ("ind", "Independent", "Ind"),
            ("uup", "Ulster Unionist Party", "UUP"), ("ucunf", "Conservatives and Unionists", "UCUNF"),
            ("mill", "The Mill", "Mill"),
        ],
        start=1,
    )
)  # fmt: skip
NUMBER = {party.id: party.mnis_ids[0] for party in PARTIES}
READER = parliament.Reader(
    parties=PARTIES,
    party=lambda line: next(party for party in PARTIES if line.whole("mnis_party_id") in party.mnis_ids),
    names={"E1": "Ayton"},
    same_name=lambda ours, theirs: ours == theirs,
)
RESULT = {
    "ons_id": "E1", "constituency_name": "Ayton", "electorate": 1000, "valid_votes": 350, "invalid_votes": 5,
    "majority": 100, "result": "Con hold", "member_first_name": "Ann", "member_surname": "Ash", "con": 200, "lab": 100,
    "ld": "", "uup": "",
}  # fmt: skip


def stood(first: str, last: str, party: str, number: int, **more: Any) -> Row:
    """The row of a candidate."""
    name = next(each.name for each in PARTIES if each.id == party)
    facts = {
        "ons_id": "E1", "constituency_name": "Ayton", "candidate_first_name": first, "candidate_surname": last,
        "party_name": name, "mnis_party_id": NUMBER[party], "votes": number, "sitting_mp": "No",
        "member_mnis_id": "", "dc_person_id": "",
    }  # fmt: skip
    return row({**facts, **more})


CANDIDATES = (
    stood("Bob", "Beech", "lab", 100),
    stood("Ann", "Ash", "con", 200, sitting_mp="Yes", member_mnis_id=4711, dc_person_id=12),
    stood("Cat", "Cedar", "ind", 50, party_name="Save the Mill"),
)
CONTEST = Contest(
    election="e", seat="E1", electorate=1000, valid_votes=350, invalid_votes=5, majority=100, outcome="Con hold",
    candidates=(
        Candidacy(name="Ann Ash", party="con", votes=200, elected=True, sitting_mp=True, mnis_id=4711, dc_id=12),
        Candidacy(name="Bob Beech", party="lab", votes=100),
        Candidacy(name="Cat Cedar", party="ind", votes=50, label="Save the Mill"),
    ),
)  # fmt: skip


SHIFTED = (
    "The source's constituency row has 50 votes in the column of another country's party (snp); they are "
    "those of Cat Cedar (ind), as in its row of the candidate."
)


def read(result: Mapping[str, Any] = RESULT, candidates: Sequence[Row] = CANDIDATES, day: date = DAY) -> Contest:
    """A contest of the two files of Parliament."""
    return parliament.contest("e", day, row(result), candidates, READER)


def changed(contest: Contest, **fields: Any) -> Contest:
    """The same contest with other fields."""
    return replace(contest, **fields)


def test_a_contest_is_every_figure_of_its_rows() -> None:
    """Most votes first, whatever the order of the rows; what is said of the rows before stays."""
    assert read() == CONTEST
    before = Flag(code="name-repaired", note="Before.")
    assert parliament.contest("e", DAY, row(RESULT), CANDIDATES, READER, [before]) == changed(CONTEST, flags=(before,))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"valid_votes": 351}, "candidates have 350 votes, valid votes are 351 (Ayton)"),
        ({"majority": 99}, "majority is 99, first less second 100 (Ayton)"),
        ({"electorate": 354}, "more votes than electors (Ayton)"),
        ({"member_surname": "Beech"}, "most votes for Ann Ash, member is Ann Beech (Ayton)"),
        ({"result": "Lab hold"}, "outcome 'Lab hold', winner con (Ayton)"),
        ({"result": "Con win"}, "outcome 'Con win', winner con (Ayton)"),
        ({"con": 199}, "con is 199, its candidates have [200] (Ayton)"),
        ({"ld": 1}, "ld is 1, its candidates have [] (Ayton)"),
        ({"constituency_name": "Beeton"}, "the seat is 'Beeton' here, 'Ayton' on record"),
        ({"uup": 77}, "77 votes in uup, nobody's"),
        ({"invalid_votes": "some"}, "invalid_votes is 'some', expected a whole number"),
    ],
)
def test_a_row_that_contradicts_its_candidates_is_not_read(change: dict[str, Any], said: str) -> None:
    """Every figure is held against its twin, and the message has the place and both."""
    with pytest.raises(Unexpected) as error:
        read({**RESULT, **change})
    assert (str(error.value), error.value.place, error.value.why) == (f"f.csv:2: {said}", "f.csv:2", said)


def test_figures_at_the_edge_of_a_contradiction_are_read() -> None:
    """As many ballot papers as electors; a column that is blank or not there; a single candidate leads by all votes."""
    assert read({**RESULT, "electorate": 355}) == changed(CONTEST, electorate=355)
    assert read({key: value for key, value in RESULT.items() if key not in {"con", "lab", "ld", "uup"}}) == CONTEST
    alone = {**RESULT, "valid_votes": 200, "majority": 200, "lab": ""}
    first = (CONTEST.candidates[0],)
    assert read(alone, CANDIDATES[1:2]) == changed(CONTEST, valid_votes=200, majority=200, candidates=first)
    with pytest.raises(Unexpected, match="no candidates in the other file"):
        read(RESULT, ())


@pytest.mark.parametrize(
    ("change", "fields", "flag"),
    [
        (
            {"invalid_votes": "[x]"},
            {"invalid_votes": None},
            ("invalid-votes-missing", "The source has [x] for the invalid votes: not published, left absent."),
        ),
        (
            {"invalid_votes": " "},
            {"invalid_votes": None},
            ("invalid-votes-missing", "The source has a blank for the invalid votes: not published, left absent."),
        ),
        (
            {"result": "Con Hold"},
            {"outcome": "Con hold"},
            ("outcome-spelling", "The source has the outcome as 'Con Hold': given as 'Con hold'."),
        ),
        (
            {"result": "Con gain from Lab Coop"},
            {"outcome": "Con gain from Lab"},
            (
                "outcome-spelling",
                "The source has the outcome as 'Con gain from Lab Coop': given as 'Con gain from Lab'.",
            ),
        ),
        (
            {"snp": 50},
            {},
            (
                "column-shift",
                SHIFTED,
            ),
        ),
    ],
)
def test_what_is_read_otherwise_than_it_is_written_has_a_flag(
    change: dict[str, Any], fields: dict[str, Any], flag: tuple[str, str]
) -> None:
    """With the source's own spelling; every other figure is as it would be."""
    assert read({**RESULT, **change}) == changed(CONTEST, **fields, flags=(Flag(code=flag[0], note=flag[1]),))


@pytest.mark.parametrize(
    ("change", "field", "flag"),
    [
        ({"candidate_surname": "Ash\t"}, {}, "name-repaired"),
        ({"sitting_mp": "\xa0"}, {"sitting_mp": False}, "blank-sitting-mp"),
    ],
)
def test_spaces_in_the_row_of_a_candidate_are_left_out_with_a_flag(
    change: dict[str, Any], field: dict[str, Any], flag: str
) -> None:
    """A tab beside a name, and a no-break space for whether somebody sat."""
    facts = {"sitting_mp": "Yes", "member_mnis_id": 4711, "dc_person_id": 12, **change}
    found = read(
        RESULT, (CANDIDATES[0], CANDIDATES[2], stood("Ann", facts.pop("candidate_surname", "Ash"), "con", 200, **facts))
    )
    first, *rest = CONTEST.candidates
    assert found == changed(CONTEST, candidates=(replace(first, **field), *rest), flags=found.flags)
    assert [each.code for each in found.flags] == [flag]
    assert "Ann Ash" in found.flags[0].note


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"candidate_first_name": "CÃ©line"}, "name 'CÃ©line Cedar'"),
        ({"candidate_first_name": "C  D"}, "name 'C  D Cedar'"),
        ({"candidate_first_name": "C\u200bD"}, "name 'C\\u200bD Cedar'"),
        ({"sitting_mp": ""}, "sitting_mp is '', expected Yes or No"),
        ({"sitting_mp": "yes"}, "sitting_mp is 'yes', expected Yes or No"),
        ({"votes": ""}, "votes is blank, expected a whole number: not known, and not 0"),
    ],
)
def test_a_candidate_whose_row_cannot_be_read_stops_the_contest(change: dict[str, Any], said: str) -> None:
    """One that is missing would make every share wrong."""
    with pytest.raises(Unexpected) as error:
        read(RESULT, (*CANDIDATES[:2], stood("Cat", "Cedar", "ind", 50, **{"party_name": "Save the Mill", **change})))
    assert error.value.why == said


def test_joint_candidates_of_2010_are_those_that_the_source_counts_for_the_ulster_unionists() -> None:
    """Independents with the same votes; in no other year, and not beside a candidate of its own."""
    result = {**RESULT, "uup": 50}
    found = read(result, day=date(2010, 5, 6))
    assert found.candidates[2] == Candidacy(name="Cat Cedar", party="ucunf", votes=50)
    assert [flag.code for flag in found.flags] == ["joint-candidate"]
    assert "counts the same 50 votes under the Ulster Unionists" in found.flags[0].note
    with pytest.raises(Unexpected, match="joint candidates only in 2010"):
        read(result)
    own = stood("Dan", "Dale", "uup", 50)
    four = read({**result, "valid_votes": 400}, (*CANDIDATES, own), day=date(2010, 5, 6))
    assert [(each.party, each.votes) for each in four.candidates] == [
        ("con", 200), ("lab", 100), ("ind", 50), ("uup", 50),
    ]  # fmt: skip
    assert four.flags == ()


def test_candidates_alone_make_no_result_where_the_first_is_not_known() -> None:
    """Two with the most votes; one alone; a seat of another name."""
    found = parliament.contest_of_candidates("e", CANDIDATES, READER)
    unknown = {"electorate": None, "invalid_votes": None, "majority": None, "outcome": None}
    assert found == changed(CONTEST, **unknown, flags=(Flag(code="constituency-missing", note=parliament.MISSING_ROW),))
    for rows, said in (
        ((CANDIDATES[1], stood("Bob", "Beech", "lab", 200)), "two candidates share the most votes"),
        (CANDIDATES[:1], "one candidate with votes and no other: the others are missing"),
        (
            (*CANDIDATES, stood("D", "Dale", "mill", 1, constituency_name="B")),
            "the seat is 'B' here, 'Ayton' on record",
        ),
    ):
        with pytest.raises(Unexpected, match=said):
            parliament.contest_of_candidates("e", rows, READER)


# --- results since 1918 ---------------------------------------------------------------------------------------------

PAST = {
    "seats": 1, "con_votes": 400, "con_share": "0.400", "lib_votes": 100, "lib_share": "0.100", "lab_votes": 500,
    "lab_share": "0.500", "nat_sw_votes": "", "oth_votes": 0, "oth_share": "", "total_votes": 1000, "turnout": "0.800",
    "election": "1950", "boundary_set": "1950-1951", "country_or_region": "East Midlands",
}  # fmt: skip


def past(**change: Any) -> Contest:
    """A row of the file since 1918."""
    return history.contest("e", "s", row({**PAST, **change}), 1250)


def tallies(**votes: int) -> tuple[Tally, ...]:
    """Votes by party."""
    return tuple(Tally(party=party, votes=number) for party, number in votes.items())


def test_a_row_since_1918_is_tallies_of_the_parties_of_its_year() -> None:
    """The Liberals' column is the Alliance's in the eighties and the Liberal Democrats' after; nought is none."""
    usual = Contest(
        election="e", seat="s", electorate=1250, valid_votes=1000, tallies=tallies(lab=500, con=400, liberal=100)
    )
    assert past() == usual
    for year, party in (
        ("1979", "liberal"),
        ("1983", "alliance"),
        ("1987", "alliance"),
        ("1992", "ld"),
        ("2015", "ld"),
    ):
        expected = tallies(**{"lab": 500, "con": 400, party: 100})
        assert past(election=year) == changed(usual, tallies=expected), year


def test_a_seat_returned_unopposed_has_no_votes() -> None:
    """The party is known, unless the source counts it among all others."""
    blank = {"con_votes": "", "con_share": "", "lib_votes": "", "lib_share": "", "lab_share": "", "total_votes": ""}
    note = Flag(code="unopposed", note="Returned unopposed, as the source says with -1 for the votes: nobody voted.")
    found = past(**blank, lab_votes=-1)
    assert found == Contest(election="e", seat="s", electorate=1250, unopposed=True, returned=("lab",), flags=(note,))
    other = past(**{**blank, "total_votes": -1}, lab_votes="", oth_votes=-1)
    assert other == Contest(
        election="e", seat="s", electorate=1250, unopposed=True, winner_unknown=history.UNKNOWN_WINNER, flags=(note,)
    )


def test_two_members_have_halved_votes_that_may_miss_the_total_by_one() -> None:
    """And nobody is said to have won."""
    found = past(seats=2, lab_votes=501)
    halved = Flag(code="halved-votes", note=history.HALVED)
    assert found == Contest(
        election="e", seat="s", electorate=1250, valid_votes=1000, members=2, winner_unknown=history.HALVED_WINNER,
        tallies=tallies(lab=501, con=400, liberal=100), flags=(halved,),
    )  # fmt: skip
    assert past(seats=2, lab_votes=499).valid_votes == 1000


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"lab_votes": 501}, "votes add up to 1001, the total is 1000"),
        ({"lab_votes": 499}, "votes add up to 999, the total is 1000"),
        ({"lab_votes": 502, "seats": 2}, "votes add up to 1002, the total is 1000"),
        ({"con_votes": 450, "lab_votes": 450}, "two columns with the same votes"),
        ({"con_share": "0.402"}, "con_share is 0.402, computed 0.4000"),
        ({"con_share": "0.398"}, "con_share is 0.398, computed 0.4000"),
        ({"lib_share": "0.2"}, "lib_share is 0.2, computed 0.1000"),
        ({"oth_share": "0.2"}, "oth_share is 0.2, computed 0.0000"),
        ({"con_share": "0.41", "election": "1974F"}, "con_share is 0.41, computed 0.4000"),
        ({"nat_sw_votes": 3}, "votes for a party of Scotland or Wales, in neither"),
        (
            {
                "nat_sw_votes": 1,
                "oth_votes": "",
                "total_votes": 1001,
                "country_or_region": "Wales",
                "nat_sw_share": 0.3,
            },
            "nat_sw_share is 0.3, computed 0.0010",
        ),
        ({"con_votes": "many"}, "votes 'many', expected a whole number"),
        ({"con_votes": "-2"}, "votes '-2', expected a whole number"),
        ({"con_votes": "-1"}, "unopposed with {'con': '-1', 'lab': '500', 'liberal': '100'}"),
        ({"total_votes": "all"}, "total_votes is 'all', expected a whole number"),
    ],
)
def test_a_row_since_1918_that_contradicts_itself_is_not_read(change: dict[str, Any], said: str) -> None:
    """The sum, the shares as far as they are printed, and what stands in the columns."""
    with pytest.raises(Unexpected) as error:
        past(**change)
    assert error.value.why == said


@pytest.mark.parametrize("change", [{"con_share": "0.401"}, {"con_share": "0.405", "election": "1974F"}])
def test_printed_shares_may_be_rounded(change: dict[str, Any]) -> None:
    """To three places, and in February 1974 to two."""
    assert past(**change).valid_votes == 1000


@pytest.mark.parametrize(
    ("turnout", "electorate", "differs"),
    [("0.800", 1250, False), ("0.801", 1250, False), ("0.802", 1250, True), ("0.798", 1250, True), ("", 1250, False),
     ("0.800", 0, False)],
)  # fmt: skip
def test_a_printed_turnout_is_held_against_the_figures(turnout: str, electorate: int, differs: bool) -> None:
    """As far as it is printed, and where there is an electorate."""
    assert history.turnout_differs(row({"turnout": turnout, "electorate": electorate}), past()) is differs


# --- wards ----------------------------------------------------------------------------------------------------------

WARD = {"Ward/ED code": "W1", "Ward/ED name": "North & South", "Vacancies": 1, "Electorate": 900, "Turnout (%)": 31.5,
        "Local authority name": "Ayton", "Type": "SD", "County name": "Ayshire"}  # fmt: skip


class Names:
    """What the sheets of the handbook name: anything, under its own name."""

    def council(self, name: str) -> str:
        """A council."""
        return f"council of {name}"

    def party(self, code: str) -> str:
        """A party."""
        return {"ND": "ind"}.get(code, code.casefold())

    def named(self, name: str) -> str:
        """A party by its name."""
        return {"Labour Party": "lab", "Labour and Co-operative Party": "lab"}[name]

    def is_plain(self, _party_id: str, name: str) -> bool:
        """Whether a name is the usual one."""
        return name == "Labour Party"

    def key(self, _year: int, _code: str) -> str:
        """The words of a code."""
        return "No Description"

    def ward(self, _election: str, _council: str, raw: str) -> tuple[str, tuple[Flag, ...]]:
        """A ward's name."""
        return raw, ()

    def doubts(self, _code: str) -> tuple[Flag, ...]:
        """Nothing is doubtful."""
        return ()

    def settle(
        self, _election: str, _code: str, candidates: tuple[WardCandidacy, ...]
    ) -> tuple[tuple[WardCandidacy, ...], tuple[Flag, ...]]:
        """Nothing is to be settled."""
        return candidates, ()


def ward_candidate(name: str, party: str, votes: Any, elected: Any) -> Row:
    """A candidate in the sheets of 2021."""
    return row(
        {"Candidate name": name, "Party name": party, "Votes": votes, "Elected": elected, "Ward/ED name": "Nrth"}
    )


def test_a_ward_of_the_handbook_is_every_figure_of_its_sheets() -> None:
    """Initials first, most votes first; a candidate without a party has the words of the ballot paper."""
    rows = [ward_candidate("Beech B.", "LAB", 200, 0), ward_candidate("Ash, A.", "ND", 300, 1)]
    expected = WardContest(
        election="e", council="council of Ayton", ward="Nrth", ward_id="W1", seats_up=1, electorate=900,
        turnout_pct=31.5,
        candidates=(
            WardCandidacy(name="A. Ash", party="ind", votes=300, label="No Description", elected=True),
            WardCandidacy(name="B. Beech", party="lab", votes=200, elected=False),
        ),
    )  # fmt: skip
    assert leh.contest("e", 2021, row(WARD), rows, Names()) == expected
    county = row({**WARD, "Type": "SC"})
    assert leh.contest("e", 2021, county, rows, Names()) == replace(expected, council="council of Ayshire")
    missing = leh.contest("e", 2021, row({**WARD, "Vacancies": "NA"}), rows, Names())
    note = "The source leaves out how many seats were up: as many as were elected."
    assert missing == replace(expected, flags=(Flag(code="seats-missing", note=note),))
    with pytest.raises(Unexpected, match=r"f\.csv:2: 1 elected for 2 seats \(Nrth\)"):
        leh.contest("e", 2021, row({**WARD, "Vacancies": 2}), rows, Names())
    with pytest.raises(Unexpected, match="Elected is 'yes'"):
        leh.contest("e", 2021, row(WARD), [ward_candidate("Ash A.", "LAB", 1, "yes")], Names())


def test_a_turnout_of_valid_votes_is_no_turnout() -> None:
    """The sheets of 2024 have no other; those of 2025 a fraction of one, with one decimal as a share in per cent."""
    ward = {**WARD, "Ward code": "W1", "Ward name": "North", "Turnout (EC method)": "0.2846", "ONS ward code": "W1",
            "Upper tier authority": "Ayshire", "Seats": 0}  # fmt: skip
    of_2024 = row({"Name": "Ash A.", "Party name": "LAB", "Votes": 1, "Elected": "1", "Ward name": "North"})
    assert leh.contest("e", 2024, row(ward), [of_2024], Names()).turnout_pct is None
    layout = "Ward/ County Electoral District name"
    names = ("Labour Party", "Labour and Co-operative Party")
    of_2025 = [
        row({"Candidate name": "Ann  Ash", "Party name": name, "Votes cast": 9, "Elected": "FALSE", layout: "North"})
        for name in names
    ]
    found = leh.contest("e", 2025, row(ward), of_2025, Names())
    assert (found.turnout_pct, found.council) == (28.5, "council of Ayshire")
    assert found.candidates == (
        WardCandidacy(name="Ann Ash", party="lab", votes=9),
        WardCandidacy(name="Ann Ash", party="lab", votes=9, label="Labour and Co-operative Party"),
    )


def test_totals_of_a_ward_are_its_parties_with_votes() -> None:
    """Most votes first, those of as many in the order of the record; the columns of the ward are no party."""
    values = {
        "COUNTYNAME": "Ayshire", "DISTRICTNAME": "Ayton", "WARDNAME": "North", "VACS": 2, "TYPE": "SDA", "ELECT": 5000,
        "TURNOUT": 21.5, "CON": 200, "LAB": 200, "LD": 300, "GREEN": 0, "UKIP": "", "Grand Total": 700,
    }  # fmt: skip
    rank = {"lab": 0, "con": 1, "ld": 2}
    assert leh.totals("e", row(values), Names(), rank) == WardContest(
        election="e", council="council of Ayton", ward="North", seats_up=2, electorate=5000, turnout_pct=21.5,
        tallies=tallies(ld=300, lab=200, con=200),
    )  # fmt: skip
    with pytest.raises(Unexpected, match="votes add up to 700, the total is 701"):
        leh.totals("e", row({**values, "Grand Total": 701}), Names(), rank)


def test_a_ward_of_the_archive_is_every_figure_of_its_rows() -> None:
    """As many seats as were elected; who was elected is said with 1 or 0 and nothing else."""
    ward = {"council_ons": "C1", "ward_ons": "W1", "ward_name": "North & South"}

    def stands(name: str, votes: int, flag: str) -> Row:
        return row({**ward, "candidate_name": name, "votes": votes, "elected_flag": flag})

    rows = [stands("Ann  Ash", 300, "1"), stands("Bob Beech", 200, "0")]
    assert leap.contest("e", rows, lambda _: "lab") == WardContest(
        election="e", council="C1", ward="North and South", ward_id="W1", seats_up=1,
        candidates=(
            WardCandidacy(name="Ann Ash", party="lab", votes=300, elected=True),
            WardCandidacy(name="Bob Beech", party="lab", votes=200, elected=False),
        ),
    )  # fmt: skip
    with pytest.raises(Unexpected, match="elected_flag is 'y', expected 0 or 1"):
        leap.contest("e", [rows[0], stands("Bob Beech", 200, "y")], lambda _: "lab")


# --- compositions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "seats", "right"),
    [
        ("Con", {"con": 6, "lab": 4}, True),
        ("Con", {"con": 5, "lab": 5}, False),
        ("Con Mayor", {"con": 6, "lab": 4}, True),
        ("LAB", {"con": 6, "lab": 4}, False),
        ("REF", {"reform": 6, "lab": 4}, True),
        ("IND", {"ashind": 4, "ind": 2, "lab": 4}, True),
        ("NOC", {"con": 5, "lab": 5}, True),
        ("NOC", {"con": 6, "lab": 4}, False),
        ("NOC (Con plurality)", {"con": 5, "lab": 4, "ld": 1}, True),
        ("LAB min", {"con": 5, "lab": 5}, True),
        ("LAB/LD", {"con": 5, "lab": 5}, True),
        ("IND/LAB", {"ashind": 6, "lab": 4}, True),
        ("LAB/IND", {"ashind": 6, "lab": 4}, False),
        ("IND/LAB", {"con": 6, "lab": 4}, False),
        ("Plaid", {"pc": 6, "lab": 4}, True),
        ("SNP", {"snp": 5, "lab": 5}, False),
        ("GRN", {"green": 6, "lab": 4}, True),
    ],
)
def test_a_label_of_control_is_held_against_the_seats(label: str, seats: dict[str, int], right: bool) -> None:
    """A majority is more than half of ten; parties without a column count as others."""
    assert compositions.bears_out(label, seats, 10, row({})) is right


def test_a_label_of_control_that_nobody_knows_is_told() -> None:
    """It would be taken for no majority."""
    with pytest.raises(Unexpected, match=r"label of control 'Labour\?'"):
        compositions.bears_out("Labour?", {"con": 5, "lab": 5}, 10, row({}))


def test_seats_of_a_council_are_those_of_its_columns() -> None:
    """A blank is none; the largest party stands beside the label where they differ; seats elsewhere are told."""
    held = row({"con": 3, "lab": "", "ref": 2, "pc": 0, "snp": "", "other": 1, "majority": "NOC", "plurality": "Con"})
    assert compositions.counted(held) == {"con": 3, "reform": 2, "other": 1}
    assert compositions.published(held) == "NOC (Con)"
    for majority, plurality in (("Con", "Con"), ("Con", "")):
        assert compositions.published(row({"majority": majority, "plurality": plurality})) == "Con"
    assert compositions.published(row({"majority": "Con"})) == "Con"


def test_nationalists_are_the_party_of_their_country() -> None:
    """A column each since 2016; before, one column for both, which says nothing of a council in England."""
    since = row({"con": 3, "pc": 2, "snp": 1, "other": 0})
    assert compositions.counted(since) == {"con": 3, "pc": 2, "snp": 1, "other": 0}
    before = row({"con": 3, "nat": 2, "other": 0})
    assert compositions.counted(before, "S12000033") == {"con": 3, "snp": 2, "other": 0}
    assert compositions.counted(before, "W06000001") == {"con": 3, "pc": 2, "other": 0}
    with pytest.raises(Unexpected, match="2 seats of nationalists, of whom there are none outside Scotland and Wales"):
        compositions.counted(before, "E07000136")
    votes = {"nat_sw_votes": 300, "nat_sw_share": "0.300", "total_votes": 1300, "oth_votes": ""}
    shares = {"con_share": "", "lib_share": "", "lab_share": "", "nat_sw_share": ""}
    for country, party in (("Scotland", "snp"), ("Wales", "pc")):
        found = past(**votes | shares, country_or_region=country)
        assert found.tallies == tallies(lab=500, con=400, **{party: 300}, liberal=100)


def test_a_composition_is_of_the_day_that_the_source_lets_know() -> None:
    """In 2015 that of the elections, but for counties, which did not vote; from 2016 on some day in May."""
    assert compositions.day(2014, CouncilType.DISTRICT) is None
    assert compositions.day(2015, CouncilType.DISTRICT) == "2015-05-07"
    assert compositions.day(2015, CouncilType.COUNTY) is None
    assert compositions.day(2016, CouncilType.COUNTY) == "2016-05"


def made(text: str, tmp_path: Path) -> tuple[dict[str, int], list[tuple[tuple[int, ...], str]]]:
    """What a file makes: results of each sort, and what is set aside with its lines."""
    file = tmp_path / "rows.csv"
    file.write_text(text, encoding="utf-8")
    done = run(Order((str(file),), Target(dry_run=True), election="local.2027-05-06"))
    counts = {sort: tally.added for sort, tally in done.tallies.items() if tally.added}
    return counts, [(each.lines, each.why) for each in done.findings]


def test_the_code_of_a_council_is_held_against_its_name(tmp_path: Path) -> None:
    """Where the source has one."""
    text = (
        "gss_code,authority,year,total,con,lab,ld,green,ukip,ref,pc,snp,other,majority\n"
        "E07000170,Ashfield,2019,35,3,2,0,0,0,0,0,0,30,IND\n"
        ",Ashfield,2018,35,3,2,0,0,0,0,0,0,30,IND\n"
        "E07000171,Ashfield,2017,35,3,2,0,0,0,0,0,0,30,IND\n"
        "E07000170,Ashfield,0,35,3,2,0,0,0,0,0,0,30,IND\n"
    )
    counts, aside = made(text, tmp_path)
    assert counts == {"compositions": 2}
    assert aside == [
        ((4,), "code E07000171, the dataset has E07000170 for Ashfield"),
        ((5,), "year is '0', expected a year"),
    ]


def test_rows_of_the_archive_without_a_header_are_known_by_both_codes(tmp_path: Path) -> None:
    """And by what says who was elected; a file in which one is missing is of no kind."""
    line = "Boston,E07000136,Coastal,E05005682,Anne Ash,C,1012,1\nBoston,E07000136,Coastal,E05005682,Bo Elm,Lab,9,0\n"
    assert made(line, tmp_path) == ({"wards": 1}, [])
    for was, now in (("E07000136", "Boston"), ("E05005682", "E0500568"), (",1\n", ",yes\n")):
        with pytest.raises(BadData, match="expected the header or the rows of a kind"):
            made(line.replace(was, now), tmp_path)


def test_a_row_that_is_set_aside_says_what_it_is_about(tmp_path: Path) -> None:
    """A date that is none, or the place of a mayor; scripts read the word."""
    text = (
        f"election_date,{LEAP_HEADER}\n"
        "2027-05-06,Boston,E07000136,Coastal,E05005682,Anne Ash,C,1012,1\n"
        "2027-05-06,Boston,E07000136,Coastal,E05005682,Bo Elm,Lab,9,0\n"
        "6 May,Boston,E07000136,Fenside,E05005683,Cy Fir,Lab,9,1\n"
        "2027-05-06,Boston,E07000136,Mayor,E05005684,Di Oak,Lab,9,NULL\n"
    )
    file = tmp_path / "rows.csv"
    file.write_text(text, encoding="utf-8")
    done = run(Order((str(file),), Target(dry_run=True)))
    assert [(each.lines, each.what, each.action) for each in done.findings] == [
        ((4,), "date", Action.SET_ASIDE),
        ((5,), "Mayor", Action.SET_ASIDE),
    ]
    columns = ",".join(kinds.HISTORY)
    text = f"{columns}\n4,1,BATTERSEA NORTH,London,38552,,,,,5634,0.334,,,11231,0.666,16865,0.437,1918,1918-1935\n"
    file.write_text(text, encoding="utf-8")
    (finding,) = run(Order((str(file),), Target(dry_run=True))).findings
    assert (finding.what, finding.why) == ("place", "in London, where the dataset has no seats")


@pytest.mark.parametrize(("places", "election"), [(100, "parl.2029-05-03"), (99, "parl.derby-north.by.2029-05-03")])
def test_a_day_with_a_hundred_contests_is_a_general_election(tmp_path: Path, places: int, election: str) -> None:
    """Of which the record knows nothing; with fewer they are by-elections."""
    columns = "election_date,ons_id,constituency_name,party_name,mnis_party_id,candidate_first_name,candidate_surname,"
    lines = [f"{columns}sitting_mp,votes"]
    for code in ("E14000662", *(f"E149{number:05}" for number in range(places - 1))):
        name = "Derby North" if code == "E14000662" else f"Place {code}"
        for party, number, who, votes in (("Labour", 15, "Ash", 20), ("Conservative", 4, "Elm", 10)):
            lines.append(f"2029-05-03,{code},{name},{party},{number},Ann,{who},No,{votes}")
    file = tmp_path / "rows.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run(Order((str(file),), Target(dry_run=True)))
    assert (done.elections, done.tallies["contests"].added) == ((election,), 1)


# --- dirt -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (" Ash", "a space before or after the value, left out"),
        ("Ash\t ", "a space and tab before or after the value, left out"),
        ("\xa0Ash", "a no-break space before or after the value, left out"),
        ("\nAsh\r", "a line break before or after the value, left out"),
        ("\u2003Ash", "a space of another kind before or after the value, left out"),
        (" \t", "a space and tab and nothing else, read as blank"),
    ],
)
def test_space_around_a_value_is_told_by_its_kind(raw: str, said: str) -> None:
    """Nobody sees it in the file."""
    assert dirt._around(raw) == said  # noqa: SLF001 (its words)


@pytest.mark.parametrize(
    ("raw", "value", "said"),
    [
        ("12,345", "12345", "'12,345' read as 12345"),
        ("1\xa0234\xa0567 ", "1234567", "'1\\xa0234\\xa0567' read as 1234567"),
        ("12345.0", "12345", "'12345.0' read as 12345"),
        ("12345", "12345", None),
        ("12345.5", "12345.5", None),
        ("1,23", "1,23", None),
        ("", "", None),
    ],
)
def test_a_figure_written_in_another_way_is_read_and_told(raw: str, value: str, said: str | None) -> None:
    """Separators between thousands, and the nought that spreadsheets add; nothing that could mean another number."""
    ledger = Ledger()
    (found,) = dirt.cleaned(sheet_of(f'{LEAP_HEADER}\nC,E07000136,W,E05000001,Ann Ash,Lab,"{raw}",1\n'), ledger)
    assert found.values["votes"] == value if said else found.raw("votes") == raw
    assert [(each.lines, each.action, each.what, each.why) for each in ledger.findings()] == (
        [((2,), Action.READ_AS, "votes", said)] if said else []
    )


@pytest.mark.parametrize(
    ("raw", "value", "said", "repairs"),
    [
        ("Ann\nAsh", "Ann Ash", "a line break inside 'Ann Ash', read as a space", ()),
        (
            "Ann A\u200bsh",
            "Ann Ash",
            "an invisible character inside 'Ann Ash', left out",
            ("The source has an invisible character inside 'Ann Ash': left out.",),
        ),
        (
            "ZoÃ« Ash",
            "Zoë Ash",
            "'ZoÃ« Ash' is wrongly decoded, read as 'Zoë Ash'",
            ("The source has 'ZoÃ« Ash', which is 'Zoë Ash' decoded wrongly.",),
        ),
        ("Zoë Ash", "Zoë Ash", None, ()),
    ],
)
def test_a_name_that_is_damaged_is_put_right_and_told(
    raw: str, value: str, said: str | None, repairs: tuple[str, ...]
) -> None:
    """With what the source has, for the record; a name that is only rare is left alone."""
    ledger = Ledger()
    (found,) = dirt.cleaned(sheet_of(f'{LEAP_HEADER}\nC,E07000136,W,E05000001,"{raw}",Lab,1,1\n'), ledger)
    assert (found.values["candidate_name"], found.repairs, found.line) == (value, repairs, 2)
    assert [(each.what, each.why) for each in ledger.findings()] == ([("candidate_name", said)] if said else [])


def test_the_same_row_again_is_set_aside() -> None:
    """But for spaces; the lines of a finding are all on which it is so."""
    line = "C,E07000136,W,E05000001,Ann Ash,Lab,1,1"
    ledger = Ledger()
    found = [*dirt.cleaned(sheet_of(f"{LEAP_HEADER}\n{line}\n{line} \n{line}\n{line[:-1]}0\n"), ledger)]
    assert [each.line for each in found] == [2, 5]
    assert ledger.findings() == (Finding("f.csv", (3, 4), Action.SET_ASIDE, "row", "the same as line 2"),)
    assert ledger.lines("f.csv", Action.SET_ASIDE) == 2
    assert ledger.lines("f.csv", Action.READ_AS) == 0


def test_findings_are_told_file_by_file_in_the_order_of_their_lines() -> None:
    """As the files were named, whatever was found first; one thing about several lines is one finding."""
    ledger = Ledger([FileRead(name, FileKind.LEAP, "", "UTF-8", 9) for name in ("z.csv", "a.csv")])
    for file, line in (("a.csv", 2), ("z.csv", 7), ("z.csv", 3), ("a.csv", 1)):
        ledger.add(file, [line], Action.SET_ASIDE, "row", f"line {line}")
    ledger.add("z.csv", [9], Action.SET_ASIDE, "row", "line 7")
    ledger.add("z.csv", [3], Action.READ_AS, "votes", "line 3")
    assert [(each.file, each.lines, each.action) for each in ledger.findings()] == [
        ("z.csv", (3,), Action.READ_AS), ("z.csv", (3,), Action.SET_ASIDE), ("z.csv", (7, 9), Action.SET_ASIDE),
        ("a.csv", (1,), Action.SET_ASIDE), ("a.csv", (2,), Action.SET_ASIDE),
    ]  # fmt: skip
    assert (ledger.lines("z.csv", Action.SET_ASIDE), ledger.lines("z.csv", Action.READ_AS)) == (3, 1)


def test_what_is_odd_about_a_file_is_told_with_the_file_and_how_far_it_goes() -> None:
    """A row of another width, and one that runs over several lines, as a quotation mark was left open."""
    line = "C,E07000136,W,E05000001,Ann Ash,Lab,1,1"
    text = f'{LEAP_HEADER}\n{line}\nC,E07000136\nC,"E07000136\n2\n3"\n{line[:-1]}0\n'
    ledger = Ledger()
    ledger.opened(recognise(read_table(text.encode("utf-8-sig"), "f.csv"), None, None))
    assert [(each.file, each.rows, each.encoding) for each in ledger.files] == [
        ("f.csv", 4, "UTF-8 with a byte-order mark")
    ]
    assert [(each.file, each.lines, each.action, each.why) for each in ledger.findings()] == [
        ("f.csv", (), Action.NOTED, "read as UTF-8 with a byte-order mark"),
        ("f.csv", (3,), Action.SET_ASIDE, "2 cells, expected 8 as there are columns"),
        (
            "f.csv", (4,), Action.SET_ASIDE,
            "2 cells to line 6, expected 8 as there are columns; is a quotation mark opened and not closed?",
        ),
    ]  # fmt: skip


# --- files as tables ------------------------------------------------------------------------------------------------

LEAP_HEADER = "council_name,council_ons,ward_name,ward_ons,candidate_name,party_short,votes,elected_flag"


def sheet_of(text: str, said: FileKind | None = None, day: date | None = None) -> Sheet:
    """A file that is recognised."""
    return recognise(read_table(text.encode(), "f.csv"), said, day)


def refusal(content: bytes) -> tuple[str, str]:
    """Place and reason for which a file is refused."""
    with pytest.raises(BadData) as error:
        read_table(content, "f.csv")
    (problem,) = error.value.problems
    assert (problem.file, problem.rule, problem.value) == ("f.csv", "import", "")
    return problem.place, problem.expected


@pytest.mark.parametrize(
    ("content", "encoding", "odd"),
    [
        ("a,é\n1,2\n".encode(), "UTF-8", []),
        (
            "a,é\n1,2\n".encode("utf-8-sig"),
            "UTF-8 with a byte-order mark",
            [(None, "read as UTF-8 with a byte-order mark")],
        ),
        ("\ufeffa,é\n1,2\n".encode("utf-16-le"), "UTF-16", [(None, "read as UTF-16")]),
        ("\ufeffa,é\n1,2\n".encode("utf-16-be"), "UTF-16", [(None, "read as UTF-16")]),
        ("a,é\n1,2\n".encode("cp1252"), "Windows-1252", [(1, "read as Windows-1252: byte 0xE9 is not UTF-8")]),
        ("a;é\n1;2\n".encode(), "UTF-8", [(None, "cells are separated by semicolons")]),
        ("a\té\n1\t2\n".encode(), "UTF-8", [(None, "cells are separated by tabs")]),
    ],
)
def test_a_table_is_the_same_in_any_encoding(content: bytes, encoding: str, odd: list[tuple[int | None, str]]) -> None:
    """And what is not plain UTF-8 with commas is told."""
    found = read_table(content, "f.csv")
    assert [(each.line, each.last, each.values) for each in found.rows] == [(1, 1, ["a", "é"]), (2, 2, ["1", "2"])]
    assert (found.file, found.encoding, found.odd) == ("f.csv", encoding, odd)


def test_a_row_knows_the_lines_from_which_it_was_read() -> None:
    """Cells may hold line breaks, and rows without text count as lines."""
    found = read_table(b'a,b\n"1\n2",3\n , \n\n4,5\n', "f.csv")
    assert [(each.line, each.last) for each in found.rows] == [(1, 1), (2, 3), (6, 6)]


def zipped(*names: str) -> bytes:
    """A zip archive of files of these names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "a,b\n")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        (
            zipped("[Content_Types].xml", "xl/workbook.xml"),
            "",
            "expected CSV, found a workbook: save each sheet as CSV (UTF-8) and import those files",
        ),
        (
            zipped("leap-2016-05-05.csv"),
            "",
            "expected CSV, found a zip archive: unpack it and import the files in it ('leap-2016-05-05.csv')",
        ),
        (
            zipped("1", "2", "3", "4" * 70),
            "",
            "expected CSV, found a zip archive: unpack it and import the files in it ('1', '2', '3', …)",
        ),
        (b"PK\x03\x04rest", "", "expected CSV, found a damaged zip archive or workbook"),
        (
            b"\xd0\xcf\x11\xe0",
            "",
            "expected CSV, found a workbook: save each sheet as CSV (UTF-8) and import those files",
        ),
        (b"a,b\n1,\x81\n", "line 2", "neither UTF-8 nor Windows-1252: byte 0x81"),
        (b"\xff\xfea", "", "begins as UTF-16 and is not: truncated data"),
        (b"a,\x00\n", "", "expected text, found binary data"),
        (b"\n , \n", "", "expected a table, found nothing in it"),
    ],
)
def test_what_is_no_table_is_told_with_its_line(content: bytes, place: str, said: str) -> None:
    """Where there is one."""
    assert refusal(content) == (place, said)


def test_a_table_has_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of rows, of columns and of a cell; at the bound it is read."""
    monkeypatch.setattr(table, "MOST_COLUMNS", 2)
    monkeypatch.setattr(table, "MOST_ROWS", 3)
    said = "expected at most 2 columns and 3 rows: import it in parts"
    assert len(read_table(b"a,b\n1,2\n3,4\n", "f.csv").rows) == 3
    assert refusal(b"a,b\n1,2\n3,4\n5,6\n") == ("line 4", said)
    assert refusal(b"a,b\n1,2,3\n") == ("line 2", said)
    monkeypatch.setattr(table, "LONGEST_CELL", 10)
    place, told = refusal(b"a,b\n1,01234567890\n")
    assert (place, told.partition(": ")[0]) == ("line 2", "not a table of cells")
    monkeypatch.undo()
    read_table(b"a,b\n", "f.csv")


# --- kinds of file --------------------------------------------------------------------------------------------------

HANDBOOK_OF = {
    2021: ("Ward/ED code,Ward/ED name", "Local authority type,Vacancies"),
    2022: ("Ward code,Ward name", "Vacancies"),
    2024: ("Ward code,Ward name", "Local authority type,Vacancies"),
    2025: ("ONS ward code,Ward/ County Electoral District name", "Seats"),
}


@pytest.mark.parametrize("year", HANDBOOK_OF)
def test_sheets_of_the_handbook_tell_their_year_by_their_columns(year: int) -> None:
    """Those of wards and those of candidates."""
    ward, seats = HANDBOOK_OF[year]
    found = sheet_of(f"{ward},{seats},Electorate\n")
    assert (found.kind, found.year, found.how) == (FileKind.LEH_WARDS, year, "by its header")
    layout = LAYOUTS[year]
    kind = ",Local authority type" if "type" in seats else ""
    found = sheet_of(f"{ward},{layout.candidate},{layout.votes},Elected{kind}\n")
    assert (found.kind, found.year) == (FileKind.LEH_CANDIDATES, year)


def results_row(columns: Sequence[str]) -> str:
    """A row in the shape of a file of constituencies."""
    codes = {"ons_id": "E14000001", "ons_region_id": "E12000004", "election_date": "2019-12-12"}
    figures = {"electorate": "1,000", "valid_votes": "600", "majority": ""}
    return ",".join(f'"{codes.get(each, figures.get(each, "x"))}"' for each in columns)


@pytest.mark.parametrize(
    ("day", "fourth"),
    [(None, "ruk"), (date(2017, 6, 8), "ukip"), (date(2019, 12, 12), "brx"), (date(2020, 1, 1), "ruk")],
)
def test_a_file_without_a_header_has_the_columns_of_its_day(day: date | None, fourth: str) -> None:
    """The column after the Liberal Democrats is another party's from time to time."""
    columns = (*kinds.RESULT, fourth, *kinds.TAIL, kinds.OTHER_WINNER)
    found = sheet_of(results_row(columns) + "\n", day=day)
    assert (found.kind, found.header, len(found.rows)) == (FileKind.CONSTITUENCIES, columns, 1)
    assert found.how == f"by the shape of its {len(columns)} columns, as it has no header"
    dated = ("election_date", *columns)
    assert sheet_of(results_row(dated) + "\n", day=day).header == dated


def test_rows_that_look_like_no_kind_are_refused_with_the_first() -> None:
    """Codes where codes are, numbers where numbers are; six cells are shown."""
    columns = (*kinds.RESULT, "ukip", *kinds.TAIL)
    good = results_row(columns)
    assert sheet_of(good + "\n").kind is FileKind.CONSTITUENCIES
    for was, now in (("E14000001", "E1400000"), ("E12000004", "here"), ("600", "many"), ("1,000", "1.5")):
        with pytest.raises(BadData, match=r"line 1: expected the header or the rows of a kind that emvote reads"):
            sheet_of(good.replace(was, now) + "\n")
    with pytest.raises(BadData) as error:
        sheet_of("a,b,c,d,e,f,g\n")
    assert error.value.problems[0].value == "'a, b, c, d, e, f, …'"
    with pytest.raises(BadData) as error:
        sheet_of("a,b,c,d,e,f\n")
    assert error.value.problems[0].value == "'a, b, c, d, e, f'"
    with pytest.raises(BadData, match="expected leh-wards, found leap by its header"):
        sheet_of(LEAP_HEADER + "\n", FileKind.LEH_WARDS)
    assert sheet_of(LEAP_HEADER + "\n", FileKind.LEAP).kind is FileKind.LEAP


@pytest.mark.parametrize(
    "odd", ["C,E07000136,W,E05000001,Dan Elm,Lab,1,", "C,E07000136,W,E05000001,Dan Elm,Lab,1", "1"]
)
@pytest.mark.parametrize("place", [0, 1, 4])
def test_one_odd_row_does_not_hide_what_a_file_without_a_header_is(odd: str, place: int) -> None:
    """Most of the first rows tell the kind; a file said to be of it needs one row that fits."""
    rows = [f"C,E07000136,W,E05000001,Ann Ash,Lab,{votes},0" for votes in range(4)]
    rows.insert(place, odd)
    found = sheet_of("\n".join(rows) + "\n")
    assert (found.kind, len(found.rows) + len(found.ragged)) == (FileKind.LEAP, 5)
    with pytest.raises(BadData):
        sheet_of("\n".join([*rows[:2], *[odd] * 3]) + "\n" if place > 1 else f"{rows[0]}\n{odd}\n{odd}\n")
    assert sheet_of(f"{rows[3]}\n{rows[2]}\n{odd}\n", FileKind.LEAP).kind is FileKind.LEAP


def test_a_header_of_other_names_is_not_taken_for_an_odd_row() -> None:
    """Its columns may stand in another order."""
    line = "C,E07000136,W,E05000001,Ann Ash,Lab,1,1"
    with pytest.raises(BadData, match="line 1: expected the header"):
        sheet_of(f"Council,Code,Ward,Ward code,Party,Name,Votes,Won\n{line}\n{line}\n", FileKind.LEAP)


def test_cells_beyond_the_columns_are_cut_off_where_they_are_blank() -> None:
    """Else the row is none of the table; columns without a name that hold something have a number for a name."""
    line = "C,E07000136,W,E05000001,Ann Ash,Lab,1,1"
    found = sheet_of(f"{LEAP_HEADER},,\n{line},,\n{line},, \n{line}\n")
    assert found.header == tuple(LEAP_HEADER.split(","))
    assert ([each.line for each in found.rows], found.ragged) == ([2, 3, 4], ())
    found = sheet_of(f"{LEAP_HEADER},,\n{line},x,\n{line}\n")
    assert found.header == (*LEAP_HEADER.split(","), "unnamed_9")
    assert ([each.line for each in found.rows], [each.line for each in found.ragged]) == ([2], [3])
    swallowed = line.replace("Ann Ash", '"Ann Ash\nE05000002"')
    assert [each.line for each in sheet_of(f"{LEAP_HEADER}\n{swallowed}\n{line}\n").ragged] == [2]


def test_two_columns_of_one_name_must_say_the_same() -> None:
    """Or nobody can tell which is meant."""
    line = "C,E07000136,W,E05000001,Ann Ash,Lab,1,1"
    assert len(sheet_of(f"{LEAP_HEADER},Votes\n{line},1 \n").rows) == 1
    with pytest.raises(BadData, match=r"f\.csv: line 3: two columns are called 'votes' and differ \[import\]"):
        sheet_of(f"{LEAP_HEADER},Votes\n{line},1\n{line},2\n")


# --- names that the dataset knows -----------------------------------------------------------------------------------


def test_a_candidates_party_is_known_by_its_number_or_else_by_its_name(small: Dataset) -> None:
    """By any name that it has; near names are suggested."""
    known = Known(small, None)
    for name in ("Blue Party", "azures", "B", "blu"):
        assert known.numbered(row({"mnis_party_id": 999, "party_name": name})).id == "blu"
    assert known.named(row({}), "Red Party (deregistered 2019)") == "red"
    assert known.named(row({}), "Red Party Candidate") == "red"
    with pytest.raises(NotKnown) as error:
        known.numbered(row({"mnis_party_id": 999, "party_name": "Blu Party"}))
    assert error.value.why == "no party of number 999 or name 'Blu Party'"
    assert (
        str(error.value)
        == f"f.csv:2: {error.value.why}; did you mean {' or '.join(map(repr, error.value.suggestions))}?"
    )
    assert error.value.suggestions[0] == "Blue Party"
    assert known.coded(row({}), "Bl", {"Bl": "blu"}) == "blu"
    assert known.coded(row({}), "Red", {"Red": "nobody"}) == "red"
    with pytest.raises(NotKnown, match="no party called 'Purple'"):
        known.coded(row({}), "Purple", {})


def test_a_general_election_since_1918_is_known_by_year_and_letter(small: Dataset) -> None:
    """1974 had two."""
    known = Known(small, None)
    for code, id_ in (("1974F", "parl.1974-02-28"), ("1974O", "parl.1974-10-10"), ("2015", "parl.2015-05-07")):
        assert known.past(row({"election": code})).id == id_
    for code in ("1974", "2016", "2019"):
        with pytest.raises(NotKnown, match=f"no general election '{code}' in the dataset"):
            known.past(row({"election": code}))


def test_a_parliamentary_election_is_the_one_on_record_or_a_new_one(small: Dataset) -> None:
    """Of a day with as many contests as only a general election has, one of those; else a by-election."""
    known = Known(small, None)
    seats = small.seats
    assert known.parliamentary(date(2017, 6, 8), seats["S10000001"], "f").id == "parl.2017-06-08"
    assert known.parliamentary(date(2016, 11, 10), seats["S10000003"], "f").id == "parl.westmarsh.by.2016-11-10"
    assert known.new == {}
    day = date(2016, 11, 10)
    other = known.parliamentary(day, seats["S10000004"], "f")
    assert (other.id, other.name, other.kind, other.date) == (
        "parl.nether-vale.by.2016-11-10", "Nether Vale by-election, 10 November 2016", ElectionKind.BY_ELECTION, day,
    )  # fmt: skip
    known.per_day[date(2029, 5, 3)] = 99
    assert known.parliamentary(date(2029, 5, 3), seats["S24000001"], "f").kind is ElectionKind.BY_ELECTION
    known.per_day[date(2029, 5, 3)] = 100
    general = known.parliamentary(date(2029, 5, 3), seats["S24000001"], "f")
    assert (general.id, general.name) == ("parl.2029-05-03", "General election, 3 May 2029")
    assert set(known.new) == {other.id, "parl.aldermere.by.2029-05-03", general.id}
    with pytest.raises(UsageProblem, match="f has no date: say which election it is, --election parl"):
        known.parliamentary(None, seats["S24000001"], "f")
    assert Known(small, "ge2017").parliamentary(day, seats["S10000001"], "f").id == "parl.2017-06-08"
    assert Known(small, "ge2017").said_day == date(2017, 6, 8)
    assert (Known(small, None).said_day, known.said_day) == (None, None)


def test_a_local_election_is_the_one_on_record_or_a_new_one(small: Dataset) -> None:
    """That which was said goes before the day; a full id need not be on record, in the right kind."""
    assert Known(small, None).local(date(2019, 5, 2), "f").name == "Local elections, 2 May 2019"
    known = Known(small, None)
    new = known.local(date(2027, 5, 6), "f")
    assert (new.id, new.name, new.kind) == ("local.2027-05-06", "Local elections, 6 May 2027", ElectionKind.LOCAL)
    assert known.local(date(2027, 5, 6), "f") is new
    assert Known(small, "local.2023-05-04").local(date(2019, 5, 2), "f").id == "local.2023-05-04"
    assert Known(small, " LOCAL.2027-05-06 ").local(None, "f").id == "local.2027-05-06"
    assert Known(small, "parl.2027-05-06").said_day == date(2027, 5, 6)
    for said in ("parl.2027-05-06", "local.2027-05", "mayor.2027-05-06"):
        with pytest.raises(UnknownName):
            Known(small, said).local(None, "f")
    with pytest.raises(UnknownName):
        _ = Known(small, "local.2027-05-06").said_day
    with pytest.raises(UsageProblem, match="f has no date: say which election it is, --election local"):
        Known(small, None).local(None, "f")


def test_of_councils_of_one_name_that_of_the_day_is_meant(small: Dataset) -> None:
    """The day of an end is the first of what follows; without a day nobody can tell."""
    first = replace(small.record.councils[0], id="C1", created=date(1974, 4, 1), abolished=date(2019, 4, 1))
    second = replace(first, id="C2", created=date(2019, 4, 1), abolished=None)
    known = Known(Dataset(replace(small.record, councils=(first, second), council_polls=(), wards=())), None)
    for day, id_ in (
        (date(1974, 4, 1), "C1"), (date(2019, 3, 31), "C1"), (date(2019, 4, 1), "C2"), (date(2020, 1, 1), "C2"),
    ):  # fmt: skip
        assert known.council(row({}), first.name, day).id == id_
        assert known.council(row({}), first.full_name.upper(), day).id == id_
    with pytest.raises(NotKnown, match=f"2 councils are called '{first.name}'"):
        known.council(row({}), first.name)
    with pytest.raises(NotKnown, match=f"no council called '{first.name}'"):
        known.council(row({}), first.name, date(1974, 3, 31))


def test_only_a_row_that_names_a_region_can_be_of_another(small: Dataset) -> None:
    """Without the column, or with a blank in it, nothing is known against the row."""
    known = Known(small, None)
    for values in ({}, {"region_name": " "}, {"region_name": "FENMARK"}, {"region_name": "Elsewhere"}):
        known.outside(row(values), "region_name")
    with pytest.raises(Elsewhere, match="in Wales, where the dataset has no seats"):
        known.outside(row({"region_name": "Wales"}), "region_name")


def test_names_in_capitals_are_written_as_people_write_them() -> None:
    """Small words inside are small, and so is the letter after an apostrophe of possession."""
    for raw, name in (
        ("ST JOHN'S & THE MEADOWS", "St John's and the Meadows"),
        ("THE PARK", "The Park"),
        ("ASHBY-DE-LA-ZOUCH", "Ashby-De-La-Zouch"),
        ("Isle Of Axholme", "Isle of Axholme"),
    ):
        assert ward_names.ward_name("x", raw, {}) == name
    known = ward_names.spellings([("x", "Ashby-de-la-Zouch"), ("x", "ASHBY DE LA ZOUCH"), ("y", "PARK")])
    assert ward_names.ward_name("x", "ASHBY DE LA ZOUCH", known) == "Ashby-de-la-Zouch"
    assert ward_names.ward_name("y", "ASHBY DE LA ZOUCH", known) == "Ashby de la Zouch"


def test_a_year_in_a_sheet_of_the_handbook_is_held_against_the_election(tmp_path: Path) -> None:
    """Where its rows have one."""
    place = "Ward/ County Electoral District name,ONS ward code"
    wards = tmp_path / "wards.csv"
    wards.write_text(
        f"{place},Upper tier authority,Seats,Electorate,Turnout (EC method)\n"
        "Alfreton,E58001858,Derbyshire,1,10339,0.284\n",
        encoding="utf-8",
    )
    for year, why in (("2025", None), ("", None), ("2024", "f.csv:2: of 2024, and --election says local.2025-05-01")):
        candidates = tmp_path / "f.csv"
        candidates.write_text(
            f"{place},Candidate name,Party name,Votes cast,Elected,Year\n"
            f"Alfreton,E58001858,Ann Alder,Reform UK,1476,TRUE,{year}\n",
            encoding="utf-8",
        )
        done = run(Order((str(wards), str(candidates)), Target(dry_run=True)))
        assert done.tallies["wards"].added == (why is None)
        assert {each.why.replace(f"{tmp_path}/", "") for each in done.findings} == ({why} if why else set())


# --- merging --------------------------------------------------------------------------------------------------------


def found_contest(**change: Any) -> Contest:
    """A result of Aldermere in 2015, with the figures on record."""
    values = {
        "election": "parl.2015-05-07", "seat": "S10000001", "electorate": 60000, "valid_votes": 40000,
        "tallies": (Tally(party="blu", votes=30000), Tally(party="red", votes=10000)),
    }  # fmt: skip
    return Contest(**{**values, **change})


def merged(
    base: Record,
    *results: Contest,
    force: bool = False,
    kind: FileKind = FileKind.CANDIDATES,
    new: Sequence[Election] = (),
) -> tuple[Merged, list[str]]:
    """Results merged, each from a row of its own, and why rows were set aside."""
    ledger = Ledger([FileRead("f.csv", kind, "", "UTF-8", len(results))])
    lines = [row({"constituency_name": "Aldermere"}, number) for number in range(2, 2 + len(results))]
    found = Found(contests=[(each, [line]) for each, line in zip(results, lines, strict=True)], elections=[*new])
    done = merge(base, found, ledger, force=force)
    assert all((each.what, each.action) == ("Aldermere", Action.SET_ASIDE) for each in ledger.findings())
    return done, [each.why for each in ledger.findings()]


def counted(done: Merged) -> dict[str, int]:
    """How many contests became what, but for none."""
    tally = done.tallies["contests"]
    counts = {key: getattr(tally, key) for key in ("added", "replaced", "unchanged", "differing")}
    return {key: number for key, number in counts.items() if number}


@pytest.fixture
def bare(small: Dataset) -> Record:
    """A record that knows what there is, and of no result."""
    return without_results(small.record)


def test_a_merge_counts_what_became_of_every_result(bare: Record) -> None:
    """Added, the same, with other figures, or replaced where that is asked for; how often it is read is no matter."""
    first, second = found_contest(), found_contest(electorate=60001)
    sourced = [replace(each, source="imported-parliament") for each in (first, second)]
    done, why = merged(bare, first, first)
    assert (counted(done), why, done.record.contests) == ({"added": 1, "unchanged": 1}, [], (sourced[0],))
    assert (done.changed, done.tallies["wards"], done.tallies["compositions"]) == (1, Became(), Became())
    done, why = merged(bare, first, second, force=True)
    assert (counted(done), done.record.contests) == ({"added": 1, "differing": 1}, (sourced[0],))
    assert why == ["another row makes the same result with electorate 60000 on record, 60001 here"]
    record = replace(bare, contests=(first,))
    done, why = merged(record, second)
    assert (counted(done), done.record.contests, done.changed) == ({"differing": 1}, (first,), 0)
    assert why == ["on record already with other figures: electorate 60000 on record, 60001 here (--force replaces it)"]
    done, why = merged(record, second, force=True)
    assert (counted(done), why, done.record.contests, done.changed) == ({"replaced": 1}, [], (sourced[1],), 1)
    others = [found_contest(seat="S10000002"), found_contest(seat="S10000003")]
    done, _ = merged(
        replace(record, contests=(first, *others)), second, *(replace(each, members=2) for each in others), force=True
    )
    assert counted(done) == {"replaced": 3}
    done, _ = merged(record, *others)
    assert counted(done) == {"added": 2}
    done, why = merged(record, replace(first, flags=(Flag(code="lot", note="Lot."),)))
    assert (counted(done), why, done.record) == ({"unchanged": 1}, [], done.record)
    done, why = merged(record, found_contest(tallies=()))
    assert why == ["on record already with other figures: tallies (--force replaces it)"]


def test_a_result_has_a_source_of_its_own_where_its_election_has_another(bare: Record) -> None:
    """A publisher is cited once, and a new election has that of its first result."""
    done, _ = merged(bare, found_contest(), found_contest(seat="S10000002"))
    assert {each.source for each in done.record.contests} == {"imported-parliament"}
    (cited,) = done.record.sources[len(bare.sources) :]
    assert (cited.id, cited.publisher, cited.licence) == (
        "imported-parliament", "UK Parliament (House of Commons Library)", "Open Parliament Licence v3.0",
    )  # fmt: skip
    assert (cited.title, cited.url) == (
        "Results of elections to the House of Commons", "https://electionresults.parliament.uk/",
    )  # fmt: skip
    assert cited.note == "Imported from a file of this publisher."
    again, _ = merged(done.record, found_contest(seat="S10000003"))
    assert again.record.sources == done.record.sources
    assert again.record.contests[-1].source == "imported-parliament"
    same = replace(bare, sources=tuple(replace(each, publisher=cited.publisher) for each in bare.sources))
    assert merged(same, found_contest())[0].record.contests[0].source is None


def test_an_election_that_is_new_is_put_in_its_place_by_date(bare: Record) -> None:
    """With what it is compared with only where that is on record; one without a result is not added."""
    new = Election(
        id="parl.aldermere.by.2016-01-07", name="By-election", kind=ElectionKind.BY_ELECTION, date=date(2016, 1, 7),
        boundaries="2010", previous="parl.2015-05-07", source="",
    )  # fmt: skip
    lost = replace(new, id="parl.aldermere.by.2016-01-08", previous="parl.1066")
    done, _ = merged(bare, found_contest(election=new.id), new=[new, lost])
    assert done.record.contests[0].source is None
    ids = [each.id for each in done.record.elections]
    assert ids == [each.id for each in sorted((*bare.elections, new), key=lambda each: (each.date, each.id))]
    assert done.record.elections[ids.index(new.id)] == replace(new, source="imported-parliament")
    done, _ = merged(bare, found_contest(election=lost.id), new=[new, lost])
    (added,) = [each for each in done.record.elections if each not in bare.elections]
    assert (added.id, added.previous) == (lost.id, None)
    assert merged(bare, found_contest())[0].record.elections == bare.elections


def test_a_new_dataset_has_what_its_results_need_and_no_more(small: Dataset, bare: Record) -> None:
    """Parties with those that they continue, seats and elections with links among themselves, and what is cited."""
    votes = (Tally(party="new", votes=30000), Tally(party="red", votes=10000))
    contests = (
        found_contest(tallies=votes),
        found_contest(election="parl.2017-06-08", seat="S24000001", unopposed=True, returned=("grn",), tallies=()),
    )
    found = pruned(replace(bare, version="9", contests=contests), "Mine")
    assert (found.title, found.version, found.default_local) == ("Mine", "1", None)
    assert [each.id for each in found.parties] == ["red", "old", "new", "grn", "ind", "other"]
    assert [(each.id, each.predecessor, each.successor) for each in found.seats] == [
        ("S10000001", None, "S24000001"), ("S24000001", "S10000001", None),
    ]  # fmt: skip
    assert [(each.id, each.previous) for each in found.elections] == [
        ("parl.2015-05-07", None), ("parl.2017-06-08", "parl.2015-05-07"),
    ]  # fmt: skip
    assert ([each.id for each in found.sources], found.councils) == (["gazette"], ())
    alone = pruned(replace(bare, contests=(replace(contests[0], source="almanac"),)), "Mine")
    assert [(each.id, each.predecessor, each.successor) for each in alone.seats] == [("S10000001", None, None)]
    assert [each.id for each in alone.sources] == ["gazette", "almanac"]
    flagged = replace(contests[0], flags=(Flag(code="lot", note="Lot.", source="estimates"),))
    assert [each.id for each in pruned(replace(bare, contests=(flagged,)), "Mine").sources] == ["gazette", "estimates"]
    councils = pruned(replace(bare, councils=small.record.councils), "Mine")
    held = [each for each in small.record.councils if each.compositions]
    assert [each.id for each in councils.councils] == [each.id for each in held]
    seats = {party for each in held for one in each.compositions for party in one.seats}
    assert {each.id for each in councils.parties} == seats | {"ind", "other"} | ({"old"} if "new" in seats else set())
