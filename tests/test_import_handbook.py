"""Sheets of the Local Elections Handbook as they are published: titles, gaps, wards without a poll, its own keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from emvote.errors import BadData
from emvote.store.importers import handbook_key
from emvote.store.importers.files import Import, Order, Target, run
from emvote.store.read import open_dataset

CANDIDATES = (
    "Local authority code,Local authority name,Ward code,Ward name,Year,Type,Vacancies,Candidate name,Votes,Elected,"
    "Party name,Total valid votes\n"
)
WARDS = (
    "Local authority code,Local authority name,Ward code,Ward name,Vacancies,Type,Electorate,Turnout (%),CON,LAB,BIG\n"
)
ABBEY = "E07000138,Lincoln,E05010784,Abbey"
PLACES = {"Abbey": ABBEY, "Birchwood": "E07000138,Lincoln,E05010785,Birchwood"}


def stood(place: str, name: str, votes: Any, elected: int, party: str, seats: Any = 1) -> str:
    """A row of the sheet of candidates of 2022."""
    return f"{PLACES.get(place, place)},2022,SDT,{seats},{name},{votes},{elected},{party},0\n"


def ward(place: str, seats: Any = 1, electorate: Any = 5000, turnout: Any = 26.3) -> str:
    """A row of the sheet of wards of 2022."""
    return f"{PLACES.get(place, place)},{seats},SDT,{electorate},{turnout},0,0,0\n"


FOUGHT = stood("Abbey", "Ash A.", 900, 1, "LAB") + stood("Abbey", "Birch B.", 400, 0, "CON")


def imported(folder: Path, *contents: str, **more: Any) -> Import:
    """Files imported into a new dataset."""
    folder.mkdir(exist_ok=True)
    files = []
    for number, content in enumerate(contents):
        (folder / f"file{number}.csv").write_text(content, encoding="utf-8")
        files.append(str(folder / f"file{number}.csv"))
    done = run(Order(tuple(files), Target(new=str(folder / "new.toml")), **more))
    for path, made in done.outputs:
        Path(path).write_bytes(made)
    return done


def written(folder: Path) -> dict[str, Any]:
    """The wards that were written, by name."""
    return {each.ward: each for each in open_dataset(str(folder / "new.toml"), wards=True).record.wards}


def told(done: Import) -> list[tuple[tuple[int, ...], str, str]]:
    """Lines, action and reason of every finding."""
    return [(each.lines, each.action.value, each.why) for each in done.findings]


@pytest.mark.parametrize(
    "title",
    [
        ',"Local election results, 2022",,,,,,,,,\n',
        "Local election results 2022\n",
        '"House, of Commons",,\n[Note 1] [Note 2],,\n',
    ],
)
def test_titles_above_a_header_are_left_out_and_told(tmp_path: Path, title: str) -> None:
    """The workbooks have them; lines are counted from the first of them."""
    done = imported(tmp_path, title + CANDIDATES + FOUGHT, title + WARDS + ward("Abbey"))
    rows = title.count("\n")
    assert [(each.lines, each.action.value) for each in done.findings] == [((n + 1,), "noted") for n in range(rows)] * 2
    assert all("stands above the header, left out" in each.why for each in done.findings)
    assert [(each.rows, each.used) for each in done.files] == [(2, 2), (1, 1)]
    assert [one.votes for one in written(tmp_path)["Abbey"].candidates] == [900, 400]


def test_rows_of_data_above_a_header_are_no_titles(tmp_path: Path) -> None:
    """A header that was sorted in among its rows leaves none of them out in silence."""
    with pytest.raises(BadData, match="expected the header"):
        imported(tmp_path, FOUGHT + CANDIDATES + FOUGHT)


def test_a_title_without_separators_does_not_hide_them(tmp_path: Path) -> None:
    """The separator is told from several lines."""
    done = imported(
        tmp_path,
        *(("Results, by place\n" + each).replace(",", "\t") for each in (CANDIDATES + FOUGHT, WARDS + ward("Abbey"))),
    )
    assert done.changed == 1


@pytest.mark.parametrize("absent", ["NA", "n/a", "#N/A", ""])
def test_a_figure_that_a_result_does_not_need_may_be_unknown(tmp_path: Path, absent: str) -> None:
    """A turnout or an electorate that is not there stays unknown, and a word in its place is told."""
    done = imported(tmp_path, CANDIDATES + FOUGHT, WARDS + ward("Abbey", electorate=absent, turnout=absent))
    found = written(tmp_path)["Abbey"]
    assert (found.electorate, found.turnout_pct, found.seats_up) == (None, None, 1)
    assert sorted(told(done)) == ([((2,), "read as", f"{absent!r} read as not known")] * 2 if absent else [])


def test_a_ward_where_nobody_voted_is_in_the_sheet_of_candidates_only(tmp_path: Path) -> None:
    """Its votes are unknown, not 0; fewer candidates than seats leave a vacancy."""
    unopposed = stood("Birchwood", "Cedar C.", 0, 1, "CON", seats=2)
    done = imported(tmp_path, CANDIDATES + FOUGHT + unopposed, WARDS + ward("Abbey"))
    assert done.complete
    found = written(tmp_path)
    assert not found["Abbey"].uncontested
    assert (found["Birchwood"].uncontested, found["Birchwood"].seats_up) == (True, 2)
    assert [(one.name, one.votes, one.elected) for one in found["Birchwood"].candidates] == [("C. Cedar", None, True)]


def test_seats_that_no_sheet_tells_are_flagged(tmp_path: Path) -> None:
    """As many as were elected."""
    imported(tmp_path, CANDIDATES + FOUGHT + stood("Birchwood", "Cedar C.", 0, 1, "CON", "NA"), WARDS + ward("Abbey"))
    assert [flag.code for flag in written(tmp_path)["Birchwood"].flags] == ["seats-missing"]


def test_candidates_with_votes_and_no_ward_are_set_aside(tmp_path: Path) -> None:
    """Electorate and turnout are in the other sheet."""
    fought = stood("Birchwood", "Cedar C.", 5, 1, "CON") + stood("Birchwood", "Date D.", 4, 0, "LAB")
    done = imported(tmp_path, CANDIDATES + FOUGHT + fought, WARDS + ward("Abbey"))
    assert [(lines, why[:23]) for lines, _, why in told(done)] == [((4, 5), "no row of this ward: im")]


def test_a_code_of_two_wards_tells_neither(tmp_path: Path) -> None:
    """The rows are told apart by the name, and no code is kept."""
    wick = "E07000138,Lincoln,E05010784,Abbey Wick"
    more = stood(wick, "Elm E.", 50, 1, "LAB") + stood(wick, "Fir F.", 40, 0, "CON")
    imported(tmp_path, CANDIDATES + FOUGHT + more, WARDS + ward("Abbey") + ward(wick))
    found = written(tmp_path)
    assert {name: (each.ward_id, [one.votes for one in each.candidates]) for name, each in found.items()} == {
        "Abbey": (None, [900, 400]),
        "Abbey Wick": (None, [50, 40]),
    }
    assert {flag.code for each in found.values() for flag in each.flags} == {"ward-code-shared"}


def test_one_ward_spelt_in_two_ways_is_one_ward(tmp_path: Path) -> None:
    """A candidate with votes under another name has the code of the ward."""
    imported(tmp_path, CANDIDATES + FOUGHT + stood(f"{ABBEY} Ward", "Elm E.", 50, 0, "LD"), WARDS + ward("Abbey"))
    assert [one.votes for one in written(tmp_path)["Abbey"].candidates] == [900, 400, 50]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("BIG", "no party called 'Barnsley Independent Group', which BIG stands for in the Handbook of 2022"),
        ("RES", "no party called 'Residents Association', which RES stands for in the Handbook of 2022"),
        ("SKEG UDS", "the Local Elections Handbook of 2022 has no key for 'SKEG UDS'"),
        ("ASHFIELD IND", "the Local Elections Handbook of 2022 has no key for 'ASHFIELD IND'"),
    ],
)
def test_an_abbreviation_is_what_the_key_of_its_year_says(tmp_path: Path, code: str, why: str) -> None:
    """Not what it means in another year, or in the dataset: the ward is set aside."""
    done = imported(tmp_path, CANDIDATES + FOUGHT.replace("CON", code), WARDS + ward("Abbey"))
    assert {each.why for each in done.findings} == {why}
    assert done.useless


def test_the_same_abbreviation_means_two_parties_in_two_years() -> None:
    """FREE was the Freedom Alliance until 2022."""
    assert [handbook_key.in_full(year, "FREE") for year in (2021, 2022, 2024)] == [
        "Freedom Alliance",
        "Freedom Alliance",
        "Freedom Party",
    ]


def test_a_dataset_may_call_a_large_party_otherwise(tmp_path: Path) -> None:
    """`LAB` is Labour whatever its name is in full; `RES` is no party that merely abbreviates itself so."""
    base = tmp_path / "base.toml"
    base.write_text(BASE, encoding="utf-8")
    rows = FOUGHT.replace("CON", "IND")
    imported(tmp_path, CANDIDATES + rows, WARDS + ward("Abbey"), reference=str(base))
    assert [one.party for one in written(tmp_path)["Abbey"].candidates] == ["lab", "ind"]
    done = imported(
        tmp_path / "other", CANDIDATES + rows.replace("IND", "RES"), WARDS + ward("Abbey"), reference=str(base)
    )
    assert done.useless


BASE = """
schema = 1
title = "A city"
version = "1"
licence = "CC0-1.0"
attribution = "Invented"
region = "South East"
sources = [{ id = "me", title = "Register", publisher = "me", licence = "CC0-1.0" }]
parties = [
  { id = "lab", name = "Workers United", abbreviation = "Lab", kind = "national", source = "me" },
  { id = "respect", name = "Respect Party", abbreviation = "Res", kind = "national", source = "me" },
  { id = "ind", name = "Non-party", abbreviation = "Ind", kind = "independent", source = "me" },
]

[[councils]]
id = "E07000138"
name = "Lincoln"
full_name = "Lincoln Council"
type = "district"
county = "Lincolnshire"
region = "South East"
cycles = [{ cycle = "all" }]
created = 1974-04-01
source = "me"
"""
