"""Corners of the import: single rows of published files, each as a whole answer (docs/reliability.md, Figures)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from emvote.model import (
    Candidacy,
    Contest,
    CouncilType,
    Flag,
    Party,
    PartyKind,
    Tally,
    WardCandidacy,
    WardContest,
)
from emvote.store.importers import compositions, dirt, history, leap, leh, parliament
from emvote.store.importers.rows import Row, Unexpected

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
    from emvote.frozen import replace

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
    from emvote.frozen import replace

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
    "election": "1950", "boundary_set": "1950-1951",
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
        election="e", seat="s", electorate=1250, unopposed=True, winner_unknown=history.LUMPED_WINNER, flags=(note,)
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
        ({"nat_sw_votes": 3}, "votes for a party of Scotland or Wales"),
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
    from emvote.frozen import replace

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
    with pytest.raises(Unexpected, match="seats in"):
        compositions.counted(row({"con": 3, "snp": 1, "other": 0}))


def test_a_composition_is_of_the_day_that_the_source_lets_know() -> None:
    """In 2015 that of the elections, but for counties, which did not vote; from 2016 on some day in May."""
    assert compositions.day(2014, CouncilType.DISTRICT) is None
    assert compositions.day(2015, CouncilType.DISTRICT) == "2015-05-07"
    assert compositions.day(2015, CouncilType.COUNTY) is None
    assert compositions.day(2016, CouncilType.COUNTY) == "2016-05"


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
