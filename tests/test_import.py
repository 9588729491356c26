"""`emvote import`: published files, clean and damaged, as a dataset; what is set aside or read otherwise is told."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import jsonschema
import pytest

from emvote.dataset import Dataset
from emvote.errors import BadData, UsageProblem
from emvote.model import Contest, WardContest
from emvote.model.record import Record
from emvote.store.importers import kinds
from emvote.store.importers.files import Import, Order, Target, run
from emvote.store.importers.kinds import FileKind
from emvote.store.read import locate, open_dataset
from emvote.store.together import write_together

Emvote = Callable[..., CompletedProcess[str]]
RAW = Path(__file__).parents[2] / "shared" / "data"
HEADS = {
    FileKind.CANDIDATES: (*kinds.ADDED, *kinds.CANDIDATES, "dc_person_id"),
    FileKind.CONSTITUENCIES: (*kinds.ADDED, *kinds.RESULT, *kinds.COMPILED, *kinds.TAIL, kinds.OTHER_WINNER),
}
SOURCE_HEADER = (
    "ONS ID,ONS region ID,Constituency name,County name,Region name,Country name,Constituency type,Party name,"
    "Party abbreviation,Electoral Commission party ID,MNIS party ID,Electoral Commission adjunct party ID,"
    "Candidate first name,Candidate surname,Candidate gender,Sitting MP,Former MP,Member MNIS ID,Votes,Share,Change"
)
"""As Parliament's site writes it."""
LEAP = """council_name,council_ons,ward_name,ward_ons,candidate_name,party_short,votes,elected_flag
Boston,E07000136,Coastal,E05005682,Anne Ash,C,1012,1
Boston,E07000136,Coastal,E05005682,Ben Birch,Lab,400,0
Boston,E07000136,Fenside,E05005683,Clare Cedar,Lab,300,1
Boston,E07000136,Fenside,E05005683,Dan Dogwood,Ind,200,0
"""


def text(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """CSV."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([header, *rows])
    return stream.getvalue()


@pytest.fixture(scope="module")
def derby(shipped: Dataset) -> Contest:
    """Derby North at the general election of 2019."""
    return next(
        contest
        for contest in shipped.contests_at("parl.2019-12-12")
        if shipped.seats[contest.seat].name == "Derby North"
    )


def rows_of(dataset: Dataset, contest: Contest) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """A contest as the rows of Parliament's two files: column to value."""
    seat = dataset.seats[contest.seat]
    place = {
        "parliament": 58,
        "election_date": dataset.elections[contest.election].date,
        "ons_id": seat.id,
        "ons_region_id": "E12000004",
        "constituency_name": seat.name,
        "region_name": seat.region,
        "country_name": "England",
        "constituency_type": "Borough",
    }
    candidates = []
    for candidacy in contest.candidates:
        party = dataset.parties[candidacy.party]
        first, _, last = candidacy.name.partition(" ")
        facts = {
            "party_name": candidacy.label or party.ballot_label,
            "party_abbreviation": party.abbreviation,
            "mnis_party_id": party.mnis_ids[0],
            "candidate_first_name": first,
            "candidate_surname": last,
            "sitting_mp": "Yes" if candidacy.sitting_mp else "No",
            "member_mnis_id": candidacy.mnis_id or "",
            "dc_person_id": candidacy.dc_id or "",
            "votes": candidacy.votes,
        }
        candidates.append({**place, **facts})
    first, _, last = contest.candidates[0].name.partition(" ")
    result = {
        **place,
        "member_first_name": first,
        "member_surname": last,
        "result": contest.outcome,
        "electorate": contest.electorate,
        "valid_votes": contest.valid_votes,
        "invalid_votes": contest.invalid_votes,
        "majority": contest.majority,
        "all_other_candidates": 0,
    }
    return candidates, result


def sheet(kind: FileKind, rows: Iterable[dict[str, Any]]) -> str:
    """Rows as a file of a kind."""
    head = HEADS[kind]
    return text(head, [[row.get(column, "") for column in head] for row in rows])


class Desk:
    """A folder of files to import, and what came of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, content: str | bytes) -> str:
        """A file; its path."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def run(self, *contents: str | bytes, **options: Any) -> Import:
        """Files imported into a new dataset, dry unless it is named."""
        files = tuple(self.write(f"file{i}.csv", content) for i, content in enumerate(contents))
        keys = ("into", "new", "title", "force", "strict", "dry_run")
        target = Target(**{key: options.pop(key) for key in keys if key in options})
        if target.new is None and target.into is None:
            target = replace(target, new=str(self.folder / "new.toml"))
        done = run(Order(files, target, **options))
        if done.outputs:
            write_together([(Path(path), content) for path, content in done.outputs])
        return done

    def record(self, name: str = "new.toml") -> Record:
        """The dataset that was written, read through every rule."""
        return open_dataset(str(self.folder / name), wards=True).record


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty folder."""
    return Desk(tmp_path)


def told(done: Import) -> list[tuple[str, str, str]]:
    """Lines, action and reason of every finding."""
    from emvote.views.import_ import spans

    return [(spans(each.lines), each.action.value, each.why) for each in done.findings]


def figures(contest: Any) -> Any:
    """A result without what is said about it."""
    return replace(contest, flags=(), source=None)


# --- Parliament -----------------------------------------------------------------------------------------------------


def test_a_general_election_is_read_as_it_is_on_record(shipped: Dataset, desk: Desk) -> None:
    """All 46 seats of 2019 from rows in the order of Parliament's files; what is in the file is sound and complete."""
    contests = shipped.contests_at("parl.2019-12-12")
    both = [rows_of(shipped, contest) for contest in contests]
    candidates = sheet(FileKind.CANDIDATES, [row for rows, _ in both for row in rows])
    results = sheet(FileKind.CONSTITUENCIES, [row for _, row in both])
    done = desk.run(candidates, results)
    assert [(each.kind, each.rows, each.used) for each in done.files] == [
        ("parliament-candidates", 226, 226),
        ("parliament-constituencies", 46, 46),
    ]
    assert (done.findings, done.complete, done.tallies["contests"].added) == ((), True, 46)
    record = desk.record()
    assert {(each.seat): figures(each) for each in record.contests} == {
        each.seat: replace(figures(each), candidates=each.candidates) for each in contests
    }
    assert {seat.id for seat in record.seats} == {contest.seat for contest in contests}
    assert [election.id for election in record.elections] == ["parl.2019-12-12"]


def _with_source_header(content: str) -> str:
    lines = [line.split(",", 2)[2].rsplit(",", 1)[0] for line in content.splitlines()[1:]]
    return "\n".join([SOURCE_HEADER, *lines]) + "\n"


def _without_header(content: str) -> str:
    return content.partition("\n")[2]


FORMS: dict[str, Callable[[str], bytes]] = {
    "as compiled": str.encode,
    "without a header": lambda content: _without_header(content).encode(),
    "with the header of the site": lambda content: _with_source_header(content).encode(),
    "the columns of the site without a header": lambda content: _without_header(_with_source_header(content)).encode(),
    "with a byte-order mark": lambda content: content.encode("utf-8-sig"),
    "with the line ends of Windows": lambda content: content.replace("\n", "\r\n").encode(),
    "in UTF-16": lambda content: content.encode("utf-16"),
    "with tabs between the cells": lambda content: content.replace(",", "\t").encode(),
    "with semicolons between the cells": lambda content: content.replace(",", ";").encode(),
    "with empty cells at the end of each row": lambda content: content.replace("\n", ",,\n").encode(),
    "with empty lines": lambda content: content.replace("\n", "\n\n,,\n").encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_rows_in_any_form_make_the_same_result(
    shipped: Dataset, derby: Contest, desk: Desk, form: str
) -> None:
    """With or without a header, in the encodings and with the separators that are met."""
    candidates, result = rows_of(shipped, derby)
    done = desk.run(
        FORMS[form](sheet(FileKind.CANDIDATES, candidates)), sheet(FileKind.CONSTITUENCIES, [result]), election="ge2019"
    )
    assert done.complete, told(done)
    assert [figures(each) for each in desk.record().contests] == [figures(derby)]


DAMAGES: dict[str, tuple[Callable[[str], str], str, str]] = {
    "thousands": (lambda content: content.replace(",21259,", ',"21,259",'), "read as", "'21,259' read as 21259"),
    "a tab": (lambda content: content.replace("Solloway", "Solloway\t"), "read as", "a tab before or after the value"),
    "a blank": (
        lambda content: content.replace(",21259,", ",,"),
        "set aside",
        "votes is blank, expected a whole number",
    ),
    "a word": (lambda content: content.replace(",21259,", ",many,"), "set aside", "votes is 'many'"),
    "a wrong sum": (lambda content: content.replace(",21259,", ",21260,"), "set aside", "valid votes are 47017"),
    "a repeated row": (
        lambda content: content + content.splitlines()[1] + "\n",
        "set aside",
        "the same as line 2",
    ),
    "somebody twice": (
        lambda content: content + content.splitlines()[1].replace("21259", "9") + "\n",
        "set aside",
        "Amanda Solloway is a candidate twice, with different figures",
    ),
    "a row too short": (lambda content: content + "58,2019-12-12,E1\n", "set aside", "3 cells, expected 24"),
    "a quotation mark": (
        lambda content: content + '58,2019-12-12,"E1\n1\n',
        "set aside",
        "is a quotation mark opened and not closed?",
    ),
    "a seat that is not known": (
        lambda content: content.replace("E14000662", "E14999999"),
        "set aside",
        "no seat of code E14999999 (Derby North)",
    ),
    "a party that is not known": (
        lambda content: content.replace(",4,,Amanda", ",9999,,Amanda").replace(",Conservative,Con,", ",Conservatve,X,"),
        "set aside",
        "no party of number 9999 or name 'Conservatve'",
    ),
    "another region": (
        lambda content: content.replace("E14000662", "E14999999").replace("East Midlands", "North West"),
        "set aside",
        "in North West, where the dataset has no seats",
    ),
    "a date that is none": (
        lambda content: content.replace("2019-12-12", "12 Dec"),
        "set aside",
        "expected a date (2019-12-12 or 12/12/2019)",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_told_with_its_line(shipped: Dataset, derby: Contest, desk: Desk, damage: str) -> None:
    """A value is read where it can be, and said; else the whole contest is set aside, as its shares would be wrong."""
    candidates, result = rows_of(shipped, derby)
    spoil, action, why = DAMAGES[damage]
    spoilt = spoil(sheet(FileKind.CANDIDATES, candidates))
    done = desk.run(spoilt, sheet(FileKind.CONSTITUENCIES, [result]))
    found = [(lines, reason) for lines, did, reason in told(done) if did == action and why in reason]
    assert found, told(done)
    assert all(lines for lines, _ in found)
    whole = action == "read as" or damage in {"a repeated row", "a row too short", "a quotation mark"}
    assert done.tallies["contests"].added == whole
    if whole:
        assert [figures(each) for each in desk.record().contests] == [figures(derby)]


LEAP_TORN: dict[str, tuple[str, str, str]] = {
    "a row that breaks off": ("Ben Birch,Lab,400,0", "Ben Birch", "line 3 is no row of the table"),
    "a row with a cell more": ("Ben Birch,Lab", "Birch, Ben,Lab", "line 3 is no row of the table"),
    "a row without its code": (
        "Coastal,E05005682,Ben Birch",
        "Coastal,,Ben Birch",
        "rows of this name have several codes",
    ),
}


@pytest.mark.parametrize("damage", LEAP_TORN)
def test_a_ward_is_not_read_without_the_candidate_whose_row_is_damaged(desk: Desk, damage: str) -> None:
    """Its shares would be wrong, and its winners perhaps; the ward beside it is read."""
    was, now, why = LEAP_TORN[damage]
    assert was in LEAP
    done = desk.run(LEAP.replace(was, now), election="local-2019")
    assert [ward.ward for ward in desk.record().wards] == ["Fenside"]
    assert any(why in reason for _, action, reason in told(done) if action == "set aside"), told(done)


def test_a_line_of_no_place_may_belong_to_the_rows_before_it_or_after_it(desk: Desk) -> None:
    """Here the second candidate of the one ward or the first of the other; neither ward is read."""
    done = desk.run(
        LEAP.replace("Boston,E07000136,Coastal,E05005682,Ben Birch,Lab,400,0", "Bos"), election="local-2019"
    )
    assert done.useless
    assert [lines for lines, _, why in told(done) if "line 3 is no row of the table" in why] == ["2", "4-5"]


SPOILT: dict[str, tuple[Callable[[list[str]], list[str]], str]] = {
    "a row that breaks off": (
        lambda lines: [*lines[:2], ",".join(lines[2].split(",")[:6]), *lines[3:]],
        "line 3 is no row of the table",
    ),
    "a row with a date that is none": (
        lambda lines: [*lines[:2], lines[2].replace("2019-12-12", "12 Dec"), *lines[3:]],
        "the date of line 3 cannot be read",
    ),
    "a row with the code of no seat": (
        lambda lines: [*lines[:2], lines[2].replace("E14000662", "E14999999"), *lines[3:]],
        "rows of this name have several codes",
    ),
    "a quotation mark that is closed three rows later": (
        lambda lines: [*lines[:2], lines[2].replace(",Derby North,", ',"Derby North,'), lines[3], lines[4] + '"'],
        "is no row of the table",
    ),
    "all rows lost but one": (lambda lines: lines[:2], "one candidate with votes and no other"),
}


@pytest.mark.parametrize("damage", SPOILT)
def test_candidates_alone_make_no_result_where_one_may_be_missing(
    shipped: Dataset, derby: Contest, desk: Desk, damage: str
) -> None:
    """No total tells that somebody is missing, so that a row that cannot be read puts its contest aside."""
    candidates, _ = rows_of(shipped, derby)
    spoil, why = SPOILT[damage]
    done = desk.run("\n".join(spoil(sheet(FileKind.CANDIDATES, candidates).splitlines())) + "\n")
    assert done.useless
    assert any(why in reason for _, action, reason in told(done) if action == "set aside"), told(done)


def test_near_names_are_suggested_and_not_used(shipped: Dataset, derby: Contest, desk: Desk) -> None:
    """For a party as for a seat."""
    candidates, result = rows_of(shipped, derby)
    spoil, _, _ = DAMAGES["a party that is not known"]
    done = desk.run(spoil(sheet(FileKind.CANDIDATES, candidates)), sheet(FileKind.CONSTITUENCIES, [result]))
    assert {each.suggestions[0] for each in done.findings} == {"Conservative"}
    assert done.useless


def test_a_name_that_was_decoded_wrongly_is_put_right_with_a_flag(shipped: Dataset, derby: Contest, desk: Desk) -> None:
    """In the dataset as in the answer: the source's spelling is not lost."""
    candidates, result = rows_of(shipped, derby)
    candidates[1] |= {"candidate_first_name": "LÃ©onie"}
    done = desk.run(sheet(FileKind.CANDIDATES, candidates), sheet(FileKind.CONSTITUENCIES, [result]))
    assert told(done) == [("3", "read as", "'LÃ©onie' is wrongly decoded, read as 'Léonie'")]
    (contest,) = desk.record().contests
    assert contest.candidates[1].name.startswith("Léonie ")
    assert [flag.code for flag in contest.flags] == ["name-repaired"]
    assert "LÃ©onie" in contest.flags[0].note


def test_windows_1252_is_read_and_said_with_the_first_line(shipped: Dataset, derby: Contest, desk: Desk) -> None:
    """No guess: it is neither marked nor valid UTF-8."""
    candidates, result = rows_of(shipped, derby)
    candidates[2] |= {"candidate_first_name": "Zoë"}
    done = desk.run(sheet(FileKind.CANDIDATES, candidates).encode("cp1252"), sheet(FileKind.CONSTITUENCIES, [result]))
    assert told(done) == [("4", "noted", "read as Windows-1252: byte 0xEB is not UTF-8")]
    assert [each.encoding for each in done.files] == ["Windows-1252", "UTF-8"]
    assert desk.record().contests[0].candidates[2].name.startswith("Zoë ")


def test_invisible_characters_are_left_out_and_told(shipped: Dataset, derby: Contest, desk: Desk) -> None:
    """A soft hyphen in a name makes it another name for every comparison, and the same for every reader."""
    candidates, result = rows_of(shipped, derby)
    candidates[0] |= {"candidate_surname": "Sollo\u00adway"}
    done = desk.run(sheet(FileKind.CANDIDATES, candidates), sheet(FileKind.CONSTITUENCIES, [result]))
    assert [each[:2] for each in told(done)] == [("2", "read as")]
    assert desk.record().contests[0].candidates[0].name == "Amanda Solloway"


def test_candidates_alone_make_a_result_that_says_what_is_missing(shipped: Dataset, derby: Contest, desk: Desk) -> None:
    """No electorate, and so no turnout: unknown, and not 0."""
    candidates, _ = rows_of(shipped, derby)
    desk.run(sheet(FileKind.CANDIDATES, candidates))
    (contest,) = desk.record().contests
    assert (contest.electorate, contest.invalid_votes, contest.outcome) == (None, None, None)
    assert contest.valid_votes == derby.valid_votes
    assert [flag.code for flag in contest.flags] == ["constituency-missing"]


def test_a_constituency_with_two_rows_is_not_chosen_from(shipped: Dataset, derby: Contest, desk: Desk) -> None:
    """Nor is one without candidates, nor candidates without it."""
    candidates, result = rows_of(shipped, derby)
    twice = desk.run(
        sheet(FileKind.CANDIDATES, candidates), sheet(FileKind.CONSTITUENCIES, [result, {**result, "majority": 1}])
    )
    assert {each.why for each in twice.findings} == {
        "file1.csv:2: two rows of the constituency, with different figures: lines 2 and 3"
    }
    alone = desk.run(sheet(FileKind.CONSTITUENCIES, [result]))
    assert [each.why for each in alone.findings] == ["no candidates of this contest in the files"]
    assert alone.useless


def test_a_by_election_that_is_not_on_record_becomes_an_election(shipped: Dataset, derby: Contest, desk: Desk) -> None:
    """With the id of the standard, its boundaries, and what it is compared with where that is in the dataset."""
    candidates, result = rows_of(shipped, derby)
    day = {"election_date": "05/03/2020"}
    done = desk.run(
        sheet(FileKind.CANDIDATES, [{**row, **day} for row in candidates]),
        sheet(FileKind.CONSTITUENCIES, [{**result, **day}]),
    )
    assert done.elections == ("parl.derby-north.by.2020-03-05",)
    (election,) = desk.record().elections
    assert (election.name, election.kind, election.boundaries, election.previous) == (
        "Derby North by-election, 5 March 2020",
        "by-election",
        "2010",
        None,
    )


# --- wards ----------------------------------------------------------------------------------------------------------


def test_wards_go_beside_the_dataset_and_know_their_election(desk: Desk) -> None:
    """A local election that is not on record is added, with the publisher as its source."""
    done = desk.run(LEAP, election="local.2027-05-06")
    assert (done.elections, done.tallies["wards"].added) == (("local.2027-05-06",), 2)
    assert [Path(path).name for path, _ in done.outputs] == ["new.toml", "new.wards.toml"]
    record = desk.record()
    assert [(each.ward, each.seats_up, [one.votes for one in each.candidates]) for each in record.wards] == [
        ("Coastal", 1, [1012, 400]),
        ("Fenside", 1, [300, 200]),
    ]
    assert [(each.id, each.source) for each in record.elections] == [("local.2027-05-06", "imported-leap")]
    assert [source.licence for source in record.sources if source.id == "imported-leap"] == ["CC BY-SA 3.0"]


WARD_DAMAGES = {
    "no contest": (
        "300,1\nBoston,E07000136,Fenside,E05005683,Dan Dogwood,Ind,200,0",
        "300,1",
        "votes without a contest",
    ),
    "a mayor": ("Ind,200,0", "Ind,200,NULL", "the place of an elected mayor, and no candidate of a ward"),
    "a council": (",Fenside,E05005683,Dan", "X,Fenside,E05005683,Dan", "no council of code E07000136X (Boston)"),
    "a party": ("Dogwood,Ind", "Dogwood,Indep", "no party called 'Indep'"),
    "two names": (
        "Fenside,E05005683,Dan",
        "Fenside East,E05005683,Dan",
        "one ward, two names ['Fenside', 'Fenside East']",
    ),
    "votes": ("Ind,200,0", "Ind,-5,0", "votes is '-5', expected a whole number"),
}


@pytest.mark.parametrize("damage", WARD_DAMAGES)
def test_a_ward_is_read_whole_or_not_at_all(desk: Desk, damage: str) -> None:
    """The other ward of the file is."""
    old, new, why = WARD_DAMAGES[damage]
    assert LEAP.count(old) == 1
    done = desk.run(LEAP.replace(old, new), election="local.2027-05-06")
    assert any(why in each.why for each in done.findings), told(done)
    assert "Coastal" in {each.ward for each in desk.record().wards}


def test_votes_of_an_uncontested_ward_are_unknown(desk: Desk) -> None:
    """The source writes 0, where everybody is elected."""
    desk.run(LEAP.replace("400,0", "0,1").replace("1012", "0"), election="local.2027-05-06")
    ward = next(each for each in desk.record().wards if each.ward == "Coastal")
    assert (ward.uncontested, ward.seats_up, [one.votes for one in ward.candidates]) == (True, 2, [None, None])


def test_every_candidate_of_no_known_party_is_told_at_once(desk: Desk) -> None:
    """And whatever else is wrong with a ward, each with its line; a name is told once."""
    unknown = LEAP.replace("Ash,C,", "Ash,QqParty,").replace("Birch,Lab,400", "Birch,ZzParty,many")
    unknown += "Boston,E07000136,Coastal,E05005682,Cal Cedar,ZzParty,10,0\n"
    done = desk.run(unknown, election="local.2027-05-06")
    assert told(done) == [
        ("2-3, 6", "set aside", "line 2: no party called 'QqParty'; line 3: no party called 'ZzParty'"),
    ]
    done = desk.run(LEAP.replace("1012", "").replace("400", "many"), election="local.2027-05-06", force=True)
    (_, _, why) = told(done)[0]
    assert why == (
        "line 2: votes is blank, expected a whole number: not known, and not 0; "
        "line 3: votes is 'many', expected a whole number"
    )


def test_the_code_of_a_ward_tells_it_however_its_name_is_spelt(desk: Desk) -> None:
    """One ward, under the first spelling; the other is told."""
    done = desk.run(LEAP.replace("Coastal,E05005682,Ben", "COASTAL.,E05005682,Ben"), election="local.2027-05-06")
    assert [(each.ward, len(each.candidates)) for each in desk.record().wards] == [("Coastal", 2), ("Fenside", 2)]
    assert told(done) == [("3", "read as", "'COASTAL.' read as 'Coastal': the code is the same")]


def test_seats_up_that_are_taken_from_who_was_elected_are_flagged(desk: Desk) -> None:
    """Where nobody was beaten there may have been more; a ward with a contest filled them all."""
    done = desk.run(LEAP.replace("400,0", "0,1").replace("1012", "0"), election="local.2027-05-06")
    found = {each.ward: [flag.code for flag in each.flags] for each in desk.record().wards}
    assert found == {"Coastal": ["seats-inferred"], "Fenside": []}
    ((lines, action, why),) = told(done)
    assert (lines, action) == ("2-3", "noted")
    assert why.startswith("seats up taken to be 2, as many as were elected: the source has no number of seats")


def test_liberals_of_the_archive_are_those_of_today(desk: Desk) -> None:
    """Not the party that ended in 1988, whose abbreviation is the same."""
    desk.run(LEAP.replace("Ash,C,", "Ash,Lib,"), election="local.2027-05-06")
    assert desk.record().wards[0].candidates[0].party == "liberal1989"


BEATEN = LEAP.replace("300,1", "190,1")
"""The winner in Fenside has fewer votes than the loser."""


def test_a_result_that_breaks_a_rule_is_set_aside_and_the_rest_is_read(desk: Desk) -> None:
    """With its lines and the rule; a file of nothing else makes nothing."""
    done = desk.run(BEATEN, election="local.2027-05-06")
    why = "a candidate with 200 votes is not elected (Fenside, local.2027-05-06), got 190 [ward-winners]"
    assert told(done) == [("4-5", "set aside", why)]
    assert [each.ward for each in desk.record().wards] == ["Coastal"]
    assert (done.tallies["wards"].added, [each.used for each in done.files], done.complete) == (1, [2], False)
    rows = BEATEN.splitlines(keepends=True)
    done = desk.run("".join((rows[0], *rows[3:])), election="local.2027-05-06", new=str(desk.folder / "other.toml"))
    assert (done.useless, done.outputs) == (True, ())


def test_a_contest_or_composition_that_breaks_a_rule_is_set_aside_too(desk: Desk) -> None:
    """More votes than electors, a council of no seats."""
    row = "{0},1,{1},East Midlands,{2},21607,,2262,,23622,,,,1181,,48672,,2017,2010-2017,\n"
    rows = row.format("E14000662", "DERBY NORTH", 5) + row.format("E14000663", "DERBY SOUTH", 69919)
    done = desk.run(PUBLISHED_HISTORY.format("") + rows)
    assert told(done) == [("2", "set aside", "expected at least the 48672 votes cast, got 5 [counts]")]
    assert [each.seat for each in desk.record().contests] == ["E14000663"]
    rows = "1,1,Derby,2027,0,0,0,0,0,0,0,0,0,0,NOC\n2,2,Lincoln,2027,33,6,27,0,0,0,0,0,0,0,LAB\n"
    done = desk.run(OCD + rows, force=True)
    assert [(lines, why.rpartition(" ")[2]) for lines, _, why in told(done)] == [("2", "[composition]")]
    assert [each.name for each in desk.record().councils] == ["Lincoln"]


def test_a_rule_that_is_ignored_keeps_the_result_and_says_so(desk: Desk) -> None:
    """The file is written where it takes the place of no other: it has to be mended first."""
    ignore = frozenset({"ward-winners"})
    done = desk.run(BEATEN, election="local.2027-05-06", ignore=ignore)
    assert [(lines, action, why.partition(":")[0]) for lines, action, why in told(done)] == [
        ("4-5", "noted", "kept with --ignore")
    ]
    assert (done.ignored, len(done.outputs)) == (("ward-winners",), 2)
    with pytest.raises(BadData, match="ward-winners"):
        desk.record()
    mine = str(desk.folder / "mine.toml")
    desk.run(LEAP, election="local.2026-05-07", new=mine)
    before = Path(mine).read_bytes()
    with pytest.raises(UsageProblem, match="could not be read any more"):
        desk.run(BEATEN, election="local.2027-05-06", into=mine, ignore=ignore)
    assert Path(mine).read_bytes() == before
    assert desk.run(BEATEN, election="local.2027-05-06", into=mine, dry_run=True, ignore=ignore).changed == 2
    assert desk.run(LEAP, election="local.2027-05-06", into=mine, ignore=ignore).ignored == ()


DIVISION = "Ward/ County Electoral District name,ONS ward code"
HANDBOOK_WARDS = f"""{DIVISION},Upper tier authority,Seats,Electorate,Turnout (EC method)
Alfreton & Somercotes,E58001858,Derbyshire,1,10339,0.284
"""
HANDBOOK_CANDIDATES = f"""{DIVISION},Candidate name,Party name,Votes cast,Elected
Alfreton & Somercotes,E58001858,Ann Alder,Reform UK,1476,TRUE
Alfreton & Somercotes,E58001858,Bob Beech,Labour and Co-operative Party,622,FALSE
"""


def test_the_two_sheets_of_the_handbook_are_read_together(desk: Desk) -> None:
    """Its layout tells its year, and so the day; ballot papers in per cent have one decimal."""
    done = desk.run(HANDBOOK_WARDS, HANDBOOK_CANDIDATES)
    assert done.complete, told(done)
    (ward,) = desk.record().wards
    assert (ward.election, ward.ward, ward.electorate, ward.turnout_pct) == (
        "local.2025-05-01",
        "Alfreton and Somercotes",
        10339,
        28.4,
    )
    assert [(one.name, one.party, one.votes, one.elected) for one in ward.candidates] == [
        ("Ann Alder", "reform", 1476, True),
        ("Bob Beech", "lab", 622, False),
    ]


def test_the_handbook_contradicting_itself_is_set_aside(desk: Desk) -> None:
    """Two elected for one seat, and a sheet without the other."""
    done = desk.run(HANDBOOK_WARDS, HANDBOOK_CANDIDATES.replace("FALSE", "TRUE"))
    assert {each.why for each in done.findings} == {"file0.csv:2: 2 elected for 1 seats (Alfreton and Somercotes)"}
    alone = desk.run(HANDBOOK_CANDIDATES)
    assert "import the sheet of wards of the same year" in alone.findings[0].why


def test_totals_of_wards_are_tallies_and_not_candidates(desk: Desk) -> None:
    """2023: votes that do not add up are set aside; a code without a key is flagged."""
    content = (
        "COUNTYNAME,DISTRICTNAME,WARDNAME,VACS,TYPE,ELECT,TURNOUT,CON,LAB,GAINS IND,Grand Total\n"
        'Lincolnshire,West Lindsey,GAINSBOROUGH EAST,2,SDA,"5,000",21.5,300,200,100,600\n'
        "Lincolnshire,West Lindsey,HEMSWELL,1,SDA,2000,30.1,300,200,,501\n"
    )
    done = desk.run(content)
    assert [each[:2] for each in told(done)] == [("2", "read as"), ("3", "set aside")]
    (ward,) = desk.record().wards
    assert (ward.ward, ward.electorate, [(one.party, one.votes) for one in ward.tallies]) == (
        "Gainsborough East",
        5000,
        [("con", 300), ("lab", 200), ("gainsind", 100)],
    )
    assert [flag.code for flag in ward.flags] == ["party-doubtful"]


# --- councils and the past ------------------------------------------------------------------------------------------


def test_compositions_are_read_with_their_label(desk: Desk) -> None:
    """Names with `&`; a label that the seats deny is flagged, seats that do not add up are set aside."""
    content = (
        "id,council_id,authority,year,total,con,lab,ld,green,ukip,ref,pc,snp,other,majority\n"
        "1,9,Hinckley & Bosworth,2019,34,11,2,21,0,0,0,0,0,0,LD\n"
        "2,9,Ashfield,2019,35,3,2,0,0,0,0,0,0,30,Con\n"
        "3,9,Boston,2019,30,16,2,0,0,0,0,0,0,11,Con\n"
        "4,9,Bath,2019,30,16,3,0,0,0,0,0,0,11,Con\n"
    )
    done = desk.run(content)
    councils = {each.name: each.compositions for each in desk.record().councils}
    assert {name: dict(found[0].seats) for name, found in councils.items()} == {
        "Hinckley and Bosworth": {"con": 11, "lab": 2, "ld": 21},
        "Ashfield": {"con": 3, "lab": 2, "other": 30},
    }
    assert [flag.code for flag in councils["Ashfield"][0].flags] == ["control-label"]
    assert [(each.lines, each.why) for each in done.findings] == [
        ((4,), "seats add up to 29, the total is 30"),
        ((5,), "no council called 'Bath'"),
    ]


OCD = "id,council id,authority,year,total,con,lab,ld,green,ukip,ref,pc,snp,other,majority\n"


def test_seats_of_nationalists_are_read_where_the_party_is_known(desk: Desk) -> None:
    """Else every party that is not is told; what a label of control may mean is told beside the seats."""
    shipped = locate("results")
    parties = "".join(
        f'\n[[parties]]\nid = "{id_}"\nname = "{name}"\nabbreviation = "{short}"\nkind = "national"\n'
        'source = "party-register"\n'
        for id_, name, short in (("snp", "Scottish National Party", "SNP"), ("pc", "Plaid Cymru", "PC"))
    )
    rows = "1,30,Derby,2027,51,10,20,5,0,0,6,1,2,7,NULL\n2,31,Lincoln,2027,33,6,27,0,0,0,0,0,0,0,Aspire Mayor\n"
    done = desk.run(OCD + rows)
    assert told(done) == [("2", "set aside", "no party called 'pc'; no party called 'snp'")]
    (lincoln,) = desk.record().councils
    assert [flag.code for flag in lincoln.compositions[0].flags] == ["control-label"]
    reference = desk.write("with.toml", shipped.read_text(encoding="utf-8") + parties)
    done = desk.run(OCD + rows, reference=reference, force=True)
    derby = desk.record().councils[0].compositions[0]
    assert (told(done), derby.published, derby.flags) == ([], None, ())
    assert derby.seats == {"con": 10, "lab": 20, "ld": 5, "reform": 6, "snp": 2, "pc": 1, "other": 7}


def test_of_two_councils_of_one_name_neither_is_taken_for_the_other(desk: Desk) -> None:
    """The first row is no better than the second; where both say the same they are one."""
    rows = "1,30,Derby,2018,51,10,41,0,0,0,0,0,0,0,Lab\n2,31,Derby,2018,63,10,53,0,0,0,0,0,0,0,Lab\n"
    again = "3,30,Derby,2017,51,10,41,0,0,0,0,0,0,0,Lab\n4,99,Derby,2017,51,10,41,0,0,0,0,0,0,0,Lab\n"
    done = desk.run(OCD + rows + again)
    assert told(done) == [("2-3", "set aside", "2 rows of a council of this name in 2018, with different figures")]
    (derby,) = desk.record().councils
    assert [each.year for each in derby.compositions] == [2017]


PUBLISHED_HISTORY = (
    "constituency_id,seats,constituency{},country/region,electorate,con_votes,con_share,lib_votes ,lib_share,"
    "lab_votes,lab_share,natSW_votes,natSW_share,oth_votes,oth_share,total_votes,turnout ,election,boundary_set,\n"
)
"""Header of the House of Commons Library's file, as it is published."""


def test_results_since_1918_are_read_in_both_editions(desk: Desk) -> None:
    """Up to 2017 in capitals, up to 2019 not: another name of a column, and of the last boundaries."""
    row = "E14000662,1,{},East Midlands,69919,21607,0.444,2262,0.046,23622,0.485,,,1181,0.024,48672,0.696,2017,{},\n"
    for suffix, name, drawn in (("", "DERBY NORTH", "2010-2017"), ("_name", "Derby North", "2010-2019")):
        done = desk.run(PUBLISHED_HISTORY.format(suffix) + row.format(name, drawn), force=True)
        (contest,) = desk.record().contests
        assert (contest.seat, contest.valid_votes, told(done)) == ("E14000662", 48672, [])
    older = ",1,Derbyshire Bolsolver,East Midlands,5,3,1,,,,,,,,,3,0.6,1950,1950-1951,\n"
    desk.run(PUBLISHED_HISTORY.format("_name") + older, force=True)
    (contest,) = desk.record().contests
    assert (contest.seat, [flag.code for flag in contest.flags]) == ("bolsover.1950", ["name-repaired"])


HISTORY_HEADER = (
    ",".join(kinds.HISTORY).replace("country_or_region", "country/region").replace("lib_votes", "lib_votes ")
)


def test_results_since_1918_are_found_under_every_spelling(desk: Desk) -> None:
    """Misspelt, unopposed, and a seat of the same name in another country."""
    content = (
        HISTORY_HEADER
        + "\n"
        + (
            "1,1,DEBRY SOUTH,East Midlands,60000,20000,0.5,,,20001,0.5,,,,,40001,0.667,1950,1950-1951\n"
            "2,1,DERBYSHIRE BELPER,East Midlands,30000,,,,,-1,,,,,,-1,,1918,1918-1935\n"
            "3,1,LOUTH,Ireland,29176,,,,,,,,,21285,1.0,21285,0.730,1918,1918-1935\n"
            "4,1,BATTERSEA NORTH,London,38552,,,,,5634,0.334,,,11231,0.666,16865,0.437,1918,1918-1935\n"
            "5,1,DERBY NORTH,East Midlands,60000,20000,0.9,,,20001,0.5,,,,,40001,0.667,1950,1950-1951\n"
        )
    )
    done = desk.run(content)
    contests = {each.seat: each for each in desk.record().contests}
    assert set(contests) == {"derby-south.1950", "belper.1918"}
    assert [flag.code for flag in contests["derby-south.1950"].flags] == ["name-repaired"]
    assert (contests["belper.1918"].unopposed, contests["belper.1918"].returned) == (True, ("lab",))
    assert told(done) == [
        ("4", "set aside", "in Ireland, where the dataset has no seats"),
        ("5", "set aside", "in London, where the dataset has no seats"),
        ("6", "set aside", "con_share is 0.9, computed 0.5000"),
    ]


# --- into a dataset -------------------------------------------------------------------------------------------------


def test_a_merge_adds_and_leaves_what_is_on_record(desk: Desk) -> None:
    """The same again changes nothing; other figures are set aside unless force replaces them."""
    desk.run(LEAP.partition("Boston,E07000136,Fenside")[0], election="local.2027-05-06")
    mine = str(desk.folder / "new.toml")
    (desk.folder / "new.toml").write_text("# my file\n" + Path(mine).read_text(encoding="utf-8"), encoding="utf-8")
    done = desk.run(LEAP.replace("400", "401"), into=mine, election="local.2027-05-06")
    assert (done.tallies["wards"].added, done.tallies["wards"].differing, done.comments) == (1, 1, 1)
    assert [each.why for each in done.findings] == [
        "on record already with other figures: candidates (--force replaces it)"
    ]
    assert [each.ward for each in desk.record().wards] == ["Coastal", "Fenside"]
    again = desk.run(LEAP, into=mine, election="local.2027-05-06")
    assert (again.tallies["wards"].unchanged, again.outputs, again.useless) == (2, (), False)
    forced = desk.run(LEAP.replace("400", "401"), into=mine, election="local.2027-05-06", force=True)
    assert (forced.tallies["wards"].replaced, forced.complete) == (1, True)
    assert desk.record().wards[0].candidates[1].votes == 401


def archive_rows(ward: WardContest, code: str | None = "", name: str | None = None) -> str:
    """A ward's result as the archive has it, under a code and a name of its own where they are said."""
    council = ward.council
    codes = {"con": "C", "lab": "Lab", "ld": "LD", "green": "Grn", "ukip": "UKIP", "ind": "Ind", "tusc": "TUSC"}
    return "".join(
        f"Council,{council},{name or ward.ward},{code or ward.ward_id},{each.name},"
        f"{codes.get(each.party, each.party)},{each.votes or 0},{int(each.elected)}\n"
        for each in ward.candidates
    )


ARCHIVE_HEADER = LEAP.partition("\n")[0] + "\n"


def on_record(dataset: Dataset, election: str, ward: str) -> WardContest:
    """A ward's result."""
    return next(each for each in dataset.record.wards if (each.election, each.ward) == (election, ward))


@pytest.mark.parametrize(
    ("election", "ward", "told_as"),
    [
        ("local.2017-05-04", "Ollerton", "as a by-election"),
        ("local.2019-06-13", "Stapleford South East", "as polled on 13 June 2019"),
    ],
)
def test_a_poll_that_the_archive_files_otherwise_is_not_stored_twice(
    shipped_wards: Dataset, desk: Desk, election: str, ward: str, told_as: str
) -> None:
    """A by-election on the day, and a poll that was put off: the same figures, others, and others by force."""
    known = on_record(shipped_wards, election, ward)
    day = election.replace("2019-06-13", "2019-05-02")
    rows = ARCHIVE_HEADER + archive_rows(known)
    done = desk.run(rows, into="results", new=str(desk.folder / "new.toml"), election=day)
    assert (done.tallies["wards"].unchanged, done.changed, done.outputs) == (1, 0, ())
    assert [(action, why) for _, action, why in told(done)] == [("noted", f"on record already {told_as}")]
    winner = max(known.candidates, key=lambda each: each.votes or 0)
    other = rows.replace(f",{winner.votes},1", f",{(winner.votes or 0) + 1},1")
    done = desk.run(other, into="results", new=str(desk.folder / "new.toml"), election=day)
    assert (done.tallies["wards"].differing, done.changed) == (1, 0)
    assert [(action, why) for _, action, why in told(done)] == [
        ("set aside", f"on record already {told_as} with other figures: candidates (--force replaces it)")
    ]
    done = desk.run(other, into="results", new=str(desk.folder / "new.toml"), election=day, force=True)
    assert done.tallies["wards"].replaced == 1
    found = [
        each
        for each in desk.record().wards
        if (each.council, each.ward) == (known.council, ward) and each.election in (day, election)
    ]
    assert [(each.election, each.by_election) for each in found] == [(known.election, known.by_election)]
    assert sum(each.votes or 0 for each in found[0].candidates) == sum(each.votes or 0 for each in known.candidates) + 1


def test_the_code_of_a_ward_tells_which_result_is_on_record(desk: Desk) -> None:
    """Under any spelling, and with the seats up of the record where the source has no number of its own."""
    mine = str(desk.folder / "mine.toml")
    alone = LEAP.replace("Boston,E07000136,Coastal,E05005682,Ben Birch,Lab,400,0\n", "").replace("1012", "0")
    desk.run(alone, election="local.2027-05-06", new=mine)
    companion = desk.folder / "mine.wards.toml"
    wards = companion.read_text(encoding="utf-8")
    assert wards.count("seats_up = 1\nuncontested = true") == 1
    companion.write_text(wards.replace("seats_up = 1\nuncontested", "seats_up = 2\nuncontested"), encoding="utf-8")
    spelt = alone.replace("Fenside", "Fen-Side and Marsh").replace("Coastal", "COASTAL")
    for force in (False, True):
        done = desk.run(spelt, into=mine, election="local.2027-05-06", force=force)
        assert (done.tallies["wards"].unchanged, done.changed) == (2, 0)
        noted = [(each.what, each.why) for each in done.findings if "already" in each.why]
        assert noted == [
            ("COASTAL", "on record already as 'Coastal'"),
            ("Fen-Side and Marsh", "on record already as 'Fenside'"),
        ]


def test_figures_that_a_file_leaves_out_are_no_difference_and_are_not_taken_away(
    shipped: Dataset, derby: Contest, desk: Desk
) -> None:
    """The file of candidates alone has no electorate: by force it replaces the votes and nothing else."""
    mine = str(desk.folder / "mine.toml")
    candidates, result = rows_of(shipped, derby)
    desk.run(sheet(FileKind.CANDIDATES, candidates), sheet(FileKind.CONSTITUENCIES, [result]), new=mine)
    done = desk.run(sheet(FileKind.CANDIDATES, candidates), into=mine)
    assert (done.tallies["contests"].unchanged, done.changed) == (1, 0)
    candidates[0]["votes"] += 1
    desk.run(sheet(FileKind.CANDIDATES, candidates), into=mine, force=True)
    (contest,) = desk.record("mine.toml").contests
    assert (contest.electorate, contest.majority, contest.valid_votes) == (
        derby.electorate,
        None,
        (derby.valid_votes or 0) + 1,
    )


def test_totals_of_parties_do_not_take_the_place_of_candidates(derby: Contest, desk: Desk) -> None:
    """Where they add up to the same; a figure that differs is replaced alone, other votes are told."""
    row = "E14000662,1,DERBY NORTH,East Midlands,{},21259,,3450,,18719,,,,{},,{},,2019,2010-2019,\n"
    others = 47017 - 21259 - 3450 - 18719
    new = str(desk.folder / "new.toml")

    def read(electorate: int, others: int, *, force: bool = False) -> Import:
        total = 21259 + 3450 + 18719 + others
        rows = PUBLISHED_HISTORY.format("") + row.format(electorate, others, total)
        return desk.run(rows, into="results", new=new, force=force)

    done = read(73199, others)
    assert (done.tallies["contests"].unchanged, done.changed, told(done)) == (1, 0, [])
    already = "on record already with other figures: "
    assert [why for _, _, why in told(read(73200, others))] == [
        f"{already}electorate 73199 on record, 73200 here (--force replaces it)"
    ]
    assert [why.partition(",")[0] for _, _, why in told(read(73199, others + 1))] == [
        f"{already}valid_votes 47017 on record"
    ]
    read(73200, others, force=True)
    (contest,) = (each for each in desk.record().contests if (each.election, each.seat) == (derby.election, derby.seat))
    assert replace(contest, electorate=73199, source=derby.source, flags=derby.flags) == derby


def test_the_same_figures_for_another_election_are_told(desk: Desk) -> None:
    """They are added, as the election was said; but figures do not happen twice."""
    mine = str(desk.folder / "mine.toml")
    desk.run(LEAP, election="local.2027-05-06", new=mine)
    done = desk.run(LEAP, into=mine, election="local.2028-05-04")
    assert done.tallies["wards"].added == 2
    why = "the same figures are on record for Local elections, 6 May 2027: is the election right?"
    assert told(done) == [("2-3", "noted", why), ("4-5", "noted", why)]
    done = desk.run(LEAP, into=mine, election="local.2027-06-17")
    assert done.changed == 0
    assert {why for _, _, why in told(done)} == {"on record already as polled on 6 May 2027"}


def test_a_parliamentary_poll_is_told_by_its_seat_and_day(shipped: Dataset, desk: Desk) -> None:
    """Whatever election it is said to be of."""
    newark = next(iter(shipped.contests_at("parl.newark.by.2014-06-05")))
    candidates, result = rows_of(shipped, newark)
    files = sheet(FileKind.CANDIDATES, candidates), sheet(FileKind.CONSTITUENCIES, [result])
    done = desk.run(*files, into="results", new=str(desk.folder / "new.toml"), election="parl.2014-06-05")
    tally = done.tallies["contests"]
    assert (tally.added, tally.unchanged + tally.differing, done.elections) == (0, 1, ())


def test_a_shipped_dataset_is_copied_and_never_written_to(shipped_wards: Dataset, desk: Desk) -> None:
    """`--into results --new FILE`: everything that is shipped and what was read."""
    desk.run(LEAP, into="results", new=str(desk.folder / "all.toml"), election="local.2027-05-06")
    record = desk.record("all.toml")
    assert record.contests == shipped_wards.record.contests
    assert record.wards[:-2] == shipped_wards.record.wards
    assert [each.election for each in record.wards[-2:]] == ["local.2027-05-06"] * 2


# --- the command ----------------------------------------------------------------------------------------------------

USAGE: dict[str, tuple[tuple[str, ...], int, str]] = {
    "no target": (
        ("leap.csv", "--election", "local-2019"),
        2,
        "say where to: --new FILE, --into DATASET, or --dry-run",
    ),
    "no date": (("leap.csv", "--dry-run"), 2, "leap.csv has no date: say which election it is"),
    "an overlay": (("leap.csv", "--dry-run", "--overlay", "x.toml"), 2, "import takes no --overlay"),
    "a shipped dataset": (("leap.csv", "--into", "results"), 2, "is a shipped dataset, which is not written to"),
    "no such kind": (("leap.csv", "--dry-run", "--as", "excel"), 2, "'excel' is not one of"),
    "a file twice": (("leap.csv", "leap.csv", "--dry-run"), 2, "is named twice"),
    "no such election": (("leap.csv", "--dry-run", "--election", "2031"), 3, "no local elections in 2031 on record"),
    "another kind": (("leap.csv", "--dry-run", "--as", "leh-wards"), 4, "expected leh-wards, found leap by its header"),
    "no such file": (("none.csv", "--dry-run"), 4, "none.csv: cannot be read: no such file or directory"),
    "a workbook": (("book.xlsx", "--dry-run"), 4, "found a workbook: save each sheet as CSV"),
    "no text": (("binary.csv", "--dry-run"), 4, "expected text, found binary data"),
    "nothing": (("empty.csv", "--dry-run"), 4, "expected a table, found nothing in it"),
    "no kind": (("other.csv", "--dry-run"), 4, "expected the header or the rows of a kind that emvote reads"),
    "it is there": (("leap.csv", "--election", "local-2019", "--new", "there.toml"), 6, "replace it with --force"),
    "no folder": (("leap.csv", "--election", "local.2027-05-06", "--new", "no/such.toml"), 6, "cannot write to"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of awkward files, to be in."""
    monkeypatch.chdir(tmp_path)
    contents = {
        "leap.csv": LEAP.encode(),
        "book.xlsx": b"\xd0\xcf\x11\xe0rest",
        "binary.csv": b"a,b\x00c\n",
        "empty.csv": b"\n \n",
        "other.csv": b"name,colour\nAsh,green\n",
        "there.toml": b"precious",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.mark.parametrize("case", USAGE)
def test_what_cannot_be_done_is_said_and_nothing_is_written(emvote: Emvote, folder: Path, case: str) -> None:
    """Each with the code of its sort."""
    arguments, code, words = USAGE[case]
    before = sorted(path.name for path in folder.iterdir())
    done = emvote("import", *arguments)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert words in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == before
    assert (folder / "there.toml").read_bytes() == b"precious"


def test_the_answer_fits_its_schema_and_a_dry_run_writes_nothing(emvote: Emvote, folder: Path) -> None:
    """Rows with file, line, what and why; counts in the summary."""
    (folder / "leap.csv").write_text(LEAP.replace("1012", '"1,012"').replace("200", ""), encoding="utf-8")
    done = emvote("import", "leap.csv", "--election", "local.2027-05-06", "--new", "mine.toml", "--dry-run", "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, (folder / "mine.toml").exists()) == (0, False)
    jsonschema.Draft202012Validator(json.loads(emvote("schema", "import").stdout)).validate(answer)
    assert [(row["file"], row["line"], row["action"], row["what"]) for row in answer["rows"]] == [
        ("leap.csv", 2, "read as", "votes"),
        ("leap.csv", 4, "set aside", "Fenside, Boston"),
    ]
    assert answer["rows"][1]["why"].startswith("leap.csv:5: votes is blank")
    assert answer["rows"][1]["lines"] == "4-5"
    (file,) = answer["summary"]["files"]
    assert (file["rows"], file["used"], file["set_aside"], file["read_as"]) == (4, 2, 2, 1)
    assert (answer["summary"]["written"], answer["summary"]["complete"]) == ([], False)


def test_strict_writes_nothing_where_a_row_is_set_aside(emvote: Emvote, folder: Path) -> None:
    """Exit code 5 with the answer; without rows set aside it is as ever."""
    options = ("--election", "local.2027-05-06", "--new", "mine.toml", "--strict")
    assert emvote("import", "leap.csv", *options, "--dry-run").returncode == 0
    (folder / "leap.csv").write_text(LEAP.replace("200", ""), encoding="utf-8")
    done = emvote("import", "leap.csv", *options)
    assert (done.returncode, (folder / "mine.toml").exists()) == (5, False)
    assert "Nothing was written." in done.stdout


def test_files_of_which_nothing_is_used_end_with_code_4(emvote: Emvote, folder: Path) -> None:
    """A script must not go on as if there were a result."""
    (folder / "leap.csv").write_text(LEAP.replace("E07000136", "E07999999"), encoding="utf-8")
    done = emvote("import", "leap.csv", "--election", "local.2027-05-06", "--new", "mine.toml")
    assert (done.returncode, (folder / "mine.toml").exists()) == (4, False)
    assert "did you mean Boston?" in done.stdout


@pytest.mark.usefixtures("folder")
def test_the_dataset_that_is_written_answers_and_is_sound(emvote: Emvote) -> None:
    """Import, check, ask."""
    assert emvote("import", "leap.csv", "--election", "local.2027-05-06", "--new", "mine.toml").returncode == 0
    assert emvote("check", "mine.toml").returncode == 0
    answer = json.loads(emvote("wards", "Boston", "--data", "mine.toml", "--election", "2027", "--json").stdout)
    assert [(row["ward"], row["votes"]) for row in answer["rows"] if row["elected"]] == [
        ("Coastal", 1012),
        ("Fenside", 300),
    ]


def test_a_bar_is_shown_only_to_people_and_only_when_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing on a pipe; on a terminal nothing within the first second."""
    from emvote.cli import progress, streams

    with progress.shown() as tell:
        tell("file", 1, 2)
        assert tell is progress._ignore  # noqa: SLF001 (what is not on a terminal)
    monkeypatch.setattr(streams, "errors_are_on_a_terminal", lambda: True)
    clock = iter([0.0, 0.5, 1.5])
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    started: list[str] = []

    def start(bar: Any) -> None:
        started.append("bar")
        bar._bar = _Silent()  # noqa: SLF001 (in place of Rich's)

    monkeypatch.setattr(progress._Bar, "_start", start)  # noqa: SLF001 (likewise)
    with progress.shown() as tell:
        tell("file", 1, 2)
        assert started == []
        tell("file", 2, 2)
        assert started == ["bar"]


class _Silent:
    """A bar that shows nothing."""

    def update(self, *_: object, **__: object) -> None:
        """As Rich's."""

    def stop(self) -> None:
        """As Rich's."""


def test_an_election_that_the_rows_deny_is_not_believed(shipped: Dataset, derby: Contest, desk: Desk) -> None:
    """Results of 2019 do not become those of 2017 by a slip on the command line."""
    candidates, result = rows_of(shipped, derby)
    done = desk.run(sheet(FileKind.CANDIDATES, candidates), sheet(FileKind.CONSTITUENCIES, [result]), election="ge2017")
    assert {each.why for each in done.findings} == {
        "file1.csv:2: dated 2019-12-12, and --election says parl.2017-06-08"
    }
    assert done.useless


# --- the files of the publishers ------------------------------------------------------------------------------------

needs_raw = pytest.mark.skipif(not RAW.is_dir(), reason="the files of the publishers are not here")
GENERAL, WARDS = "general-elections", "ward-results"
PUBLISHED: dict[str, tuple[tuple[str, ...], str, list[tuple[int, int]], list[str]]] = {
    "2019": (
        (f"{GENERAL}/candidacies-2019.csv", f"{GENERAL}/constituencies-2019.csv"),
        "uk",
        [(3320, 3320), (650, 650)],
        [],
    ),
    # two labels of one party that the source misspells, and the build of the shipped dataset puts right
    "2024": (
        (f"{GENERAL}/candidacies-2024.csv", f"{GENERAL}/constituencies-2024.csv"),
        "results",
        [(4515, 315), (650, 47)],
        ["E14001253", "E14001476"],
    ),
    # three that contradict themselves are not read; the shipped dataset has them with corrections
    "by-elections": (
        (f"{GENERAL}/by-elections-candidacies.csv", f"{GENERAL}/by-elections-constituencies.csv"),
        "uk",
        [(668, 622), (65, 62)],
        [],
    ),
    # the ward polled on 13 June, and the one with fewer candidates than seats
    "leap": (
        (f"{WARDS}/leap-2019-em.csv",),
        "results",
        [(3614, 3612)],
        ["Billinghay, Martin and North Kyme", "Stapleford South East"],
    ),
    "handbook 2021": (
        (f"{WARDS}/leh-2021-candidates-em.csv", f"{WARDS}/leh-2021-wards-em.csv"),
        "results",
        [(1774, 1774), (359, 359)],
        ["Campbell Park and Old Wroughton"],
    ),
    # 2023 is shipped by candidate, from another file; its build holds every total of the Handbook's to the candidates
    # Higham Ferrers has three elected for two seats, and is set aside; Mansfield North was polled on 12 June
    "handbook 2025": (
        (f"{WARDS}/leh-2025-candidates-em.csv", f"{WARDS}/leh-2025-wards-em.csv"),
        "results",
        [(2037, 2025), (309, 308)],
        ["Mansfield North"],
    ),
}


@needs_raw
@pytest.mark.parametrize("name", PUBLISHED)
def test_published_files_give_the_figures_that_are_shipped(desk: Desk, name: str) -> None:
    """But for what the build of the shipped datasets decides on other evidence: each of these is named here."""
    files, reference, counts, differing = PUBLISHED[name]
    target = Target(new=str(desk.folder / "new.toml"))
    done = run(Order(tuple(str(RAW / file) for file in files), target, reference=reference))
    for path, content in done.outputs:
        Path(path).write_bytes(content)
    assert [(each.rows, each.used) for each in done.files] == counts
    record, shipped = desk.record(), open_dataset(reference, wards=True).record
    known: dict[Any, Any] = {(each.election, each.seat): each for each in shipped.contests}
    known |= {(each.election, each.council, each.ward): each for each in shipped.wards}
    found = [
        each.seat for each in record.contests if figures(known.get((each.election, each.seat), each)) != figures(each)
    ]
    for ward in record.wards:
        same = known.get((ward.election, ward.council, ward.ward))
        if same is None or figures(same) != figures(ward):
            found.append(ward.ward)
    assert sorted(found) == differing


@needs_raw
def test_the_history_is_read_but_for_what_was_judged() -> None:
    """1,077 results; of those up to 2005 one electorate is doubtful in the shipped dataset. Peterborough is no seat."""
    file = str(RAW / "history" / "constituency-results-1918-2017.csv")
    done = run(Order((file,), Target(dry_run=True)))
    assert [(each.rows, each.used) for each in done.files] == [(17048, 1077)]
    unknown = [each.what for each in done.findings if each.why.startswith("no seat on the boundaries")]
    assert len(unknown) == 15
    assert all("PETERBOROUGH" in what for what in unknown)


@needs_raw
def test_every_council_of_the_region_is_found_in_the_compositions() -> None:
    """2,502 rows of 24,576; the largest parties are those that are shipped."""
    file = str(RAW / "councils" / "council-compositions-1973-2026.csv")
    done = run(Order((file,), Target(dry_run=True)))
    assert [(each.rows, each.used) for each in done.files] == [(24576, 2502)]
    assert {each.why.partition(" called ")[0] for each in done.findings} <= {"no council", "2 councils are"}


def test_a_licence_that_asks_the_same_of_the_result_is_told(desk: Desk) -> None:
    """Share-alike figures in a dataset that is under another licence; there is no word where both ask it."""
    assert desk.run(LEAP, election="local.2027-05-06").licences == ()
    mine = desk.folder / "new.toml"
    mine.write_text(mine.read_text(encoding="utf-8").replace("CC-BY-SA-4.0", "CC-BY-4.0"), encoding="utf-8")
    done = desk.run(LEAP, into=str(mine), election="local.2028-05-04")
    assert done.licences == ("CC BY-SA 3.0",)


def test_a_column_without_a_name_is_no_reason_to_set_rows_aside(desk: Desk) -> None:
    """Open Council Data has one for the codes of 2026; an empty one at the end of a header is nothing."""
    content = (
        "id,council_id,authority,year,total,con,lab,ld,green,ukip,ref,pc,snp,other,majority,,\n"
        "1,9,Ashfield,2026,35,3,2,0,0,0,0,0,0,30,IND,E07000170,\n"
        "2,9,Ashfield,2025,35,3,2,0,0,0,0,0,0,30,IND,,\n"
    )
    done = desk.run(content)
    assert (done.complete, done.tallies["compositions"].added) == (True, 2), told(done)


def test_a_header_without_rows_is_told(emvote: Emvote, tmp_path: Path) -> None:
    """Code 4, as of a file with nothing in it; not that every row is used."""
    (tmp_path / "leap.csv").write_text(LEAP.partition("\n")[0], encoding="utf-8")
    done = emvote("import", tmp_path / "leap.csv", "--new", tmp_path / "new.toml", "--election", "local.2027-05-06")
    assert (done.returncode, done.stderr) == (4, "emvote: there is no row in the files, so that nothing is imported\n")
    assert not (tmp_path / "new.toml").exists()


def test_an_exported_dataset_without_results_is_imported(emvote: Emvote, tmp_path: Path) -> None:
    """It is a dataset all the same: parties and seats of one's own, say, before the first election."""
    (tmp_path / "own.toml").write_text(
        'schema = 1\ntitle = "t"\nversion = "1"\nlicence = "l"\nattribution = "a"\nregion = "r"\n', encoding="utf-8"
    )
    assert emvote("export", tmp_path / "out", "--data", tmp_path / "own.toml").returncode == 0
    assert emvote("import", tmp_path / "out", "--new", tmp_path / "again.toml").returncode == 0
    assert (tmp_path / "again.toml").read_bytes() == (tmp_path / "own.toml").read_bytes()
