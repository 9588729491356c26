"""People: every candidacy of a name, namesakes, near names, and who sat for another party than had won."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import jsonschema
import pytest

from emvote import names
from emvote.dataset import Dataset
from emvote.model import Candidacy
from emvote.names import normalise
from emvote.queries.candidate import candidate
from emvote.queries.contest import seat_result
from emvote.queries.sitting import changed_parties
from emvote.store import open_dataset
from emvote.views.candidate import FIELDS, SUMMARY
from emvote.views.schema import json_schema

Run = Callable[..., CompletedProcess[str]]
SMALL = Path(__file__).parent / "data" / "valid" / "wards.toml"


def answered(run: CompletedProcess[str]) -> dict[str, Any]:
    """A JSON answer."""
    assert run.returncode == 0, run.stderr
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def test_every_candidacy_of_a_name(emvote: Run) -> None:
    """Andrew Bridgen, five times in North West Leicestershire, the last time for no party."""
    answer = answered(emvote("candidate", "andrew", "bridgen", "--json"))
    keys = ("polling_date", "party", "votes", "result")
    assert [tuple(row[key] for key in keys) for row in answer["rows"]] == [
        ("2024-07-04", "ind", 1568, "6th of 7"),
        ("2019-12-12", "con", 33811, "elected"),
        ("2017-06-08", "con", 31153, "elected"),
        ("2015-05-07", "con", 25505, "elected"),
        ("2010-05-06", "con", 23147, "elected"),
    ]
    assert {row["place"] for row in answer["rows"]} == {"North West Leicestershire"}
    summary = answer["summary"]
    assert (summary["candidacies"], summary["elected"]) == (5, 4)
    assert (summary["first"], summary["last"]) == ("2010-05-06", "2024-07-04")


def test_wards_and_mayors_count_too(shipped_wards: Dataset) -> None:
    """Ben Bradley: two county divisions, Mansfield, and the mayor of the East Midlands."""
    found = candidate(shipped_wards, "Ben Bradley").rows
    assert [(row.election.kind, row.place) for row in found] == [
        ("general", "Mansfield"),
        ("mayor", "Mayor of the East Midlands"),
        ("local", "Mansfield North, Nottinghamshire"),
        ("general", "Mansfield"),
        ("general", "Mansfield"),
        ("local", "Hucknall North, Nottinghamshire"),
    ]
    assert [row.sitting_mp for row in found] == [True, None, None, True, False, None]


def test_namesakes_are_told_apart_where_places_allow(shipped_wards: Dataset) -> None:
    """Counties that nothing links make groups of their own, and the answer says why."""
    answer = candidate(shipped_wards, "David Smith")
    assert answer.groups > 1
    assert len({row.group for row in answer.rows}) == answer.groups
    for row in answer.rows:
        for other in answer.rows:
            if set(row.counties) & set(other.counties):
                assert row.group == other.group
    assert any("may be namesakes" in note for note in answer.notes)


def test_two_seats_on_one_day_point_to_two_people(shipped_wards: Dataset) -> None:
    """Alan Graves stood in Derby North and in High Peak in 2019."""
    notes = candidate(shipped_wards, "Alan Graves").notes
    assert "2019-12-12: stood in Derby North and in High Peak, which points to different people" in notes


def test_near_names_are_suggested_and_never_counted(shipped_wards: Dataset) -> None:
    """Middle names and initials may be the same person; nobody knows."""
    answer = candidate(shipped_wards, "Marianne Overton")
    assert [each.name for each in answer.similar] == ["Marianne Jane Overton"]
    assert {row.candidate for row in answer.rows if row.listed_by == "name"} == {"Marianne Overton"}


def test_an_initial_is_listed_where_it_can_be_nobody_else(emvote: Run) -> None:
    """B. Bradley, Mansfield North 2021: the same surname, party and council; the answer says that this is no proof."""
    answer = answered(emvote("candidate", "Ben", "Bradley", "--json"))
    (row,) = [row for row in answer["rows"] if row["candidate"] != "Ben Bradley"]
    assert (row["candidate"], row["place"], row["polling_date"]) == (
        "B. Bradley",
        "Mansfield North, Nottinghamshire",
        "2021-05-06",
    )
    assert (row["listed_by"], row["elected"], row["person"]) == ("initial", True, None)
    assert "no number proves it" in row["note"]
    assert any("likely but no proof: B. Bradley (Mansfield North" in note for note in answer["notes"])
    assert answer["summary"]["similar"] == []


WARD = """
[[wards]]
election = "local.2019-05-02"
council = "C1"
ward = "{ward}"
seats_up = 1
electorate = 900
turnout_pct = 40.5
candidates = [
  {{ name = "{name}", party = "{party}", votes = 300, elected = true }},
  {{ name = "Zo Gray", party = "blue", votes = 30 }},
]
"""


@pytest.mark.parametrize(
    ("name", "party", "why"),
    [
        ("A. Birch", "red", "another party"),
        ("B. Birch", "blue", "another initial"),
        ("A. Birch", "blue", "the same day, in another ward"),
        ("Ann Birch", "blue", "a full name"),
    ],
)
def test_what_does_not_agree_is_not_listed(tmp_path: Path, name: str, party: str, why: str) -> None:
    """Two people are never joined for an initial alone."""
    file = tmp_path / "more.toml"
    file.write_text(
        SMALL.read_text(encoding="utf-8") + WARD.format(ward="Far", name=name, party=party), encoding="utf-8"
    )
    answer = candidate(open_dataset(str(file), wards=True), "Ada Birch")
    assert {row.candidate for row in answer.rows} == {"Ada Birch"}, why


def test_an_initial_of_two_people_is_listed_with_neither(shipped_wards: Dataset) -> None:
    """Where the council has two full names of one party that it fits, nobody knows whose it is."""
    short = {
        (ward.council, each.party, names.normalise(each.name).partition(" ")[2], each.name)
        for ward in shipped_wards.record.wards
        for each in ward.candidates
        if names.normalise(each.name)[1:2] == " "
    }
    full: dict[tuple[str, str, str], set[str]] = {}
    for ward in shipped_wards.record.wards:
        for each in ward.candidates:
            first, *_, surname = names.normalise(each.name).split() * 2
            if len(first) > 1:
                full.setdefault((ward.council, each.party, surname), set()).add(each.name)
    shared = [
        (person, name)
        for council, party, surname, name in sorted(short)
        for person in full.get((council, party, surname), ())
        if len({other.split()[0] for other in full[council, party, surname] if other[0] == name[0]}) > 1
        and person[0] == name[0]
    ]
    assert shared
    for person, name in shared[:10]:
        rows = candidate(shipped_wards, person).rows
        assert not [row for row in rows if row.candidate == name and row.listed_by == "initial"], (person, name)


def test_a_name_matches_in_any_case_and_without_accents(shipped_wards: Dataset) -> None:
    """As names of places do."""
    assert candidate(shipped_wards, "leonie mathers").name == "Léonie Mathers"
    assert candidate(shipped_wards, "ANDRE GONZALEZ DE SAVAGE").rows


@pytest.mark.parametrize(
    ("seat", "election", "name", "won_for", "stood_for"),
    [
        ("Derby North", "parl.2019-12-12", "Chris Williamson", "lab", "ind"),
        ("Broxtowe", "parl.2019-12-12", "Anna Soubry", "con", "igc"),
        ("Nottingham East", "parl.2019-12-12", "Chris Leslie", "lab", "igc"),
        ("Ashfield", "parl.2024-07-04", "Lee Anderson", "con", "reform"),
        ("North West Leicestershire", "parl.2024-07-04", "Andrew Bridgen", "con", "ind"),
        ("Leicester East", "parl.2024-07-04", "Claudia Webbe", "lab", "ind"),
    ],
)
def test_who_sat_for_another_party_than_had_won(
    shipped: Dataset, seat: str, election: str, name: str, won_for: str, stood_for: str
) -> None:
    """The whip lost, or a change of party: the candidacy itself is the evidence."""
    places = {each.id for each in shipped.find_seats(seat)}
    (contest,) = [each for each in shipped.record.contests if each.election == election and each.seat in places]
    (change,) = changed_parties(shipped, contest)
    assert (change.candidacy.name, change.elected_for, change.candidacy.party) == (name, won_for, stood_for)


def test_nobody_else_of_the_region_did(shipped: Dataset) -> None:
    """Since 2010 there are these six."""
    found = [change for contest in shipped.record.contests for change in changed_parties(shipped, contest)]
    assert len(found) == 6


def test_the_seat_says_so_too(emvote: Run) -> None:
    """As a note, under the year."""
    notes = answered(emvote("seat", "Derby North", "--json"))["notes"]
    assert (
        "Derby North, 2019: Chris Williamson, elected for Labour in 2017, sat here at the dissolution and stood again "
        "for no party"
    ) in notes


def test_a_whole_answer(emvote: Run) -> None:
    """On a small council with a mayor."""
    answer = answered(emvote("candidate", "Bo Reed", "--data", SMALL, "--json"))
    keys = ("kind", "place", "votes", "share_pct", "position", "candidates_total", "seats_up", "result", "group")
    assert [tuple(row[key] for key in keys) for row in answer["rows"]] == [
        ("local", "Aldermere East, Aldermere", 300, 37.5, 1, 3, 2, "elected", 1),
        ("local", "Aldermere North, Aldermere", None, None, None, 1, 2, "unopposed", 1),
        ("mayor", "Mayor of Fenmark", 300, 100 * 300 / 710, 2, 3, 1, "2nd of 3", 2),
    ]
    assert answer["rows"][2]["note"] == "400 votes after the second round"
    assert answer["summary"] == {
        "candidate": "Bo Reed",
        "candidacies": 3,
        "elected": 2,
        "first": "2019-05-02",
        "last": "2019-05-02",
        "people": 0,
        "groups": 2,
        "similar": [],
    }


def test_another_name_of_the_same_member_is_joined(shipped_wards: Dataset) -> None:
    """Parliament gives Jon and Jonathan Ashworth one number; either name finds all five candidacies."""
    for given in ("Jonathan Ashworth", "jon ashworth"):
        answer = candidate(shipped_wards, given)
        assert [(row.election.date.year, row.candidate) for row in answer.rows] == [
            (2024, "Jonathan Ashworth"),
            (2019, "Jonathan Ashworth"),
            (2017, "Jonathan Ashworth"),
            (2015, "Jon Ashworth"),
            (2011, "Jon Ashworth"),
        ]
        assert {(row.person, row.mnis_id) for row in answer.rows} == {(1, 4244)}
        assert [each.name for each in answer.similar if "Ashworth" in each.name] == []
        other = "Jon Ashworth" if given == "Jonathan Ashworth" else "Jonathan Ashworth"
        assert answer.name.casefold() == given.casefold()
        assert f"also stood as {other}: the sources give the same number" in answer.notes


def test_two_members_of_one_name_are_two_people() -> None:
    """Mike Wood sat for Batley and Spen, and another for Dudley South."""
    answer = candidate(open_dataset("uk"), "Mike Wood")
    assert {(row.person, row.place) for row in answer.rows} == {
        (1, "Kingswinford and South Staffordshire"),
        (1, "Dudley South"),
        (2, "Batley and Spen"),
    }
    assert "the numbers that sources give to people tell 2 apart: see person" in answer.notes


def test_who_has_no_number_is_joined_with_nobody(shipped_wards: Dataset) -> None:
    """Ben Bradley the member has one; the county councillor and the candidate for mayor of that name have not."""
    answer = candidate(shipped_wards, "Ben Bradley")
    assert {row.election.kind.value: row.person for row in answer.rows} == {"general": 1, "mayor": None, "local": None}
    assert "3 of these candidacies have no number of a source: whose they are is not known" in answer.notes


WARD_SHARE = "of all votes in the ward: not of voters, who have as many votes as there are seats"
OF_SMALL = ("--data", str(SMALL), "--json", "--explain")
TIED = "candidates with the same votes share a position"


def test_share_and_position_are_worked_out_row_by_row(emvote: Run) -> None:
    """A ward with two seats, and a mayor's election: the share is of the first round, the position of the second."""
    working = answered(emvote("candidate", "Ada Birch", "--data", SMALL, "--json", "--explain"))["explain"]
    told = [
        (each["name"], {one["name"]: one["value"] for one in each["inputs"]}, each["result"], each["rule"])
        for each in working
    ]
    ward = "Ada Birch, Aldermere East, Aldermere, 2 May 2019"
    mayor = "Ada Birch, Mayor of Fenmark, 2 May 2019"
    assert told == [
        (f"share, {ward}", {"votes v [gazette]": 250, "valid votes T [gazette]": 800}, 31.25, WARD_SHARE),
        (
            f"position, {ward}",
            {"votes [gazette]": 250, "votes of those with more [gazette]": "300", "candidates": 3},
            2,
            TIED,
        ),
        (
            f"share, {mayor}",
            {"votes v [gazette]": 280, "valid votes T [gazette]": 710},
            100 * 280 / 710,
            "of all votes of the first round",
        ),
        (
            f"position, {mayor}",
            {"votes [gazette]": 402, "votes of those with more [gazette]": "nobody has more", "candidates": 2},
            1,
            TIED,
        ),
    ]


def test_what_is_not_known_has_no_working(emvote: Run) -> None:
    """Unopposed in one of two wards, Bo Reed has no votes there; of one row that is shown, only its own are."""
    names = [each["name"] for each in answered(emvote("candidate", "Bo Reed", *OF_SMALL))["explain"]]
    assert [name.rpartition(", ")[0] for name in names] == [
        "share, Bo Reed, Aldermere East, Aldermere",
        "position, Bo Reed, Aldermere East, Aldermere",
        "share, Bo Reed, Mayor of Fenmark",
        "position, Bo Reed, Mayor of Fenmark",
    ]
    last = answered(emvote("candidate", "Bo Reed", *OF_SMALL, "--sort", "place", "--desc", "--limit", "1"))["explain"]
    assert [each["name"] for each in last] == names[2:]


@pytest.mark.parametrize(
    ("name", "headline", "note"),
    [
        ("June Fox", "June Fox: 1 candidacy under that name on record, 1 successful; ", "returned unopposed"),
        (
            "Martin Foster",
            "Martin Foster: 2 candidacies under that name on record, 2 successful; ",
            "returned unopposed each time",
        ),
    ],
)
def test_of_who_was_never_opposed_it_is_said_why_there_are_no_votes(
    emvote: Run, name: str, headline: str, note: str
) -> None:
    """Nothing is worked out then."""
    text = emvote("candidate", name, "--explain").stdout
    assert text.startswith(headline)
    assert f"  {note}: nobody voted, so there are no votes, no share and no place by votes" in text.splitlines()
    assert "worked out" not in text
    some = answered(emvote("candidate", "Bo Reed", *OF_SMALL))["notes"]
    why = "nobody voted, so there are no votes, no share and no place by votes"
    assert f"returned unopposed in 1 of 3: {why}" in some


def test_votes_for_a_mayor_are_cited_where_they_come_from(emvote: Run) -> None:
    """Not only where the election is on record; every source of a working is among those of the answer."""
    answer = answered(emvote("candidate", "Ben Bradley", "--json", "--explain"))
    cited = {source["id"] for source in answer["sources"]}
    named = {one["name"].partition(" [")[2].rstrip("]") for each in answer["explain"] for one in each["inputs"]} - {""}
    assert named <= cited
    assert "web-mayor-east-midlands-2024" in named


def test_the_answer_fits_its_schema(emvote: Run) -> None:
    """Unknown values included."""
    for name in ("Bo Reed", "Cy Ash"):
        answer = answered(emvote("candidate", name, "--data", SMALL, "--json"))
        jsonschema.validate(answer, json_schema("candidate", FIELDS, SUMMARY))
    for name in ("Peter Soulsby", "Marianne Overton"):
        jsonschema.validate(answered(emvote("candidate", name, "--json")), json_schema("candidate", FIELDS, SUMMARY))


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("Claire", "Ward"), 3, "did you mean 'Claire Margaret Ward'?"),
        (("Bridgen",), 3, "'Andrew Bridgen'"),
        (("Andrew", "Bridgin"), 3, "'Andrew Bridgen'"),
        (("Qqqq", "Zzzz"), 3, "no candidate called 'Qqqq Zzzz'"),
        (("Andrew", "Bridgen", "--election", "2019"), 2, "--election"),
        ((), 2, "NAME"),
        (("Andrew", "Bridgen", "--sort", "age"), 2, "age"),
    ],
)
def test_what_is_wrong_is_said(emvote: Run, arguments: tuple[str, ...], code: int, words: str) -> None:
    """Names that are unknown or only near, options that there are not."""
    done = emvote("candidate", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr


# --- many of one name -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Joe Bloggs", "Joe{}Bloggs"], ids=["one spelling", "many spellings"])
def test_thousands_of_one_name_are_each_looked_at_once(polled: Callable[..., Dataset], name: str) -> None:
    """Twice as many take about twice the time, not four or eight times: in the seat and under the name."""

    def seconds(number: int) -> float:
        between = (f" {i:b}".replace("0", " ").replace("1", "-") for i in range(number))  # as short as they can differ
        people = tuple(
            Candidacy(name=name.format(signs), party="ind", votes=number - i, elected=not i)
            for i, signs in enumerate(between)
        )
        dataset = polled({"Ayton": {"blu": 1}}, Ayton={"candidates": people, "valid_votes": number * (number + 1) // 2})
        normalise.cache_clear()
        begun = time.process_time()
        assert len({standing.key for standing in seat_result(dataset, dataset.record.contests[0]).standings}) == number
        rows = candidate(dataset, "joe bloggs").rows
        assert [row.position for row in rows] == [*range(1, number + 1)]
        return time.process_time() - begun

    seconds(100)  # what is loaded once
    assert min(seconds(2000) for _ in range(3)) < 3.5 * min(seconds(1000) for _ in range(3)) + 0.1
