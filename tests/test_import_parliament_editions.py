"""The Commons Library's candidate files in their editions: first headers, no numbers of parties, misspelt names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from emvote.dataset import Dataset
from emvote.store.importers.files import Import, Order, Target, run
from emvote.store.importers.known import Known
from emvote.store.read import open_dataset

FIRST = (
    "ons_id,ons_region_id,constituency_name,party_name,party_abbreviation,firstname,surname,gender,sitting_mp,votes\n"
)
RESULTS = (
    "ons_id,ons_region_id,constituency_name,result,first_party,electorate,valid_votes,invalid_votes,majority,"
    "con,lab,ld,brexit,green,snp,pc,dup,sf,sdlp,uup,alliance,other,other_winner{}\n"
)
DERBY = "E14000662,E12000004,Derby North"


def stood(first: str, last: str, party: str, votes: int, place: str = DERBY) -> str:
    """A row of a first edition."""
    return f"{place},{party},{first},{last},Female,No,{votes}\n"


CANDIDATES = (
    stood("Ann", "Ash", "Conservative,Con", 300)
    + stood("Bea", "Birch", "Labour,Lab", 200)
    + stood("Cat", "Cedar", "Green,Green", 50)
    + stood("Dot", "Date", "The Brexit Party,Brexit", 40)
)
RESULT = f"{DERBY},Con gain from Lab,Con,1000,590,5,100,300,200,0,40,50,0,0,0,0,0,0,0,0,0"


@pytest.fixture(scope="module")
def uk() -> Dataset:
    """The dataset of the whole country."""
    return open_dataset("uk")


def imported(folder: Path, *contents: str, **more: Any) -> Import:
    """Files imported into a new dataset."""
    files = []
    for number, content in enumerate(contents):
        (folder / f"file{number}.csv").write_text(content, encoding="utf-8")
        files.append(str(folder / f"file{number}.csv"))
    more = {"election": "parl.2019-12-12", "reference": "uk", **more}
    done = run(Order(tuple(files), Target(new=str(folder / "new.toml"), force=True), **more))
    for path, made in done.outputs:
        Path(path).write_bytes(made)
    return done


def only(folder: Path) -> Any:
    """The one contest that was written."""
    (contest,) = open_dataset(str(folder / "new.toml")).record.contests
    return contest


@pytest.mark.parametrize("members", [(",mp_firstname,mp_surname", ",Ann,Ash"), ("", "")])
def test_the_first_editions_are_read(tmp_path: Path, members: tuple[str, str]) -> None:
    """Their columns have other names, parties no number; that of 2017 names no members."""
    results = RESULTS.format(members[0]) + RESULT + members[1] + "\n"
    done = imported(tmp_path, FIRST + CANDIDATES, results)
    assert done.complete, done.findings
    assert [(one.name, one.party, one.votes) for one in only(tmp_path).candidates] == [
        ("Ann Ash", "con", 300),
        ("Bea Birch", "lab", 200),
        ("Cat Cedar", "green", 50),
        ("Dot Date", "brexit", 40),
    ]
    assert (only(tmp_path).electorate, only(tmp_path).invalid_votes, only(tmp_path).majority) == (1000, 5, 100)


def test_columns_of_a_first_edition_are_held_against_the_candidates(tmp_path: Path) -> None:
    """`brexit` and `alliance` are those of the Brexit Party and the Alliance Party."""
    done = imported(tmp_path, FIRST + CANDIDATES, RESULTS.format("") + RESULT.replace(",40,50", ",41,50") + "\n")
    assert {each.why for each in done.findings} == {"file1.csv:2: brx is 41, its candidates have [40] (Derby North)"}


@pytest.mark.parametrize(
    ("name", "abbreviation", "party"),
    [
        ("Alliance", "Alliance", "apni"),  # not the SDP–Liberal Alliance, which has no number
        ("Humanity Party", "Humanity", "humanity"),
        ("Linconshire Independents", "Lincs Ind", "lincsind"),
        ("Respect", "Respect", "respect"),
        ("Shropshire Prty", "Shropshire Prty", None),
        ("Residents", "Res", None),  # the abbreviation of Respect, and another name
    ],
)
def test_a_party_without_a_number_is_known_by_its_name(
    uk: Dataset, name: str, abbreviation: str, party: str | None
) -> None:
    """Its abbreviation alone makes it no party."""
    found = Known(uk, None)._by_name_and_abbreviation(name.casefold(), abbreviation.casefold())  # noqa: SLF001
    assert (found.id if found else None) == party


@pytest.mark.parametrize("spelling", ["DerbyNorth", "Derby Nroth", "Darby North"])
def test_a_misspelt_seat_is_read_by_its_code(tmp_path: Path, spelling: str) -> None:
    """The name as the source has it is told and flagged."""
    done = imported(tmp_path, FIRST + CANDIDATES.replace("Derby North", spelling))
    assert done.complete
    assert {(each.action.value, each.why) for each in done.findings} == {
        ("read as", f"{spelling!r} read as 'Derby North': the code is that seat's")
    }
    assert [flag.note for flag in only(tmp_path).flags if flag.code == "name-variant"] == [
        f"The source spells the seat {spelling!r}."
    ]


@pytest.mark.parametrize("name", ["Derby South", "Mid Derbyshire", "Battersea", "Somewhere Else"])
def test_the_code_of_one_seat_with_the_name_of_another_is_set_aside(tmp_path: Path, name: str) -> None:
    """Nobody can tell which of the two is wrong."""
    done = imported(tmp_path, FIRST + CANDIDATES.replace("Derby North", name))
    assert {each.why.partition(": ")[2] for each in done.findings} == {
        f"the seat is {name!r} here, 'Derby North' on record"
    }
    assert done.useless
