"""Councillors and administrations on record: complete, in step with the wards, apart from the dataset itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from emvote.dataset import Dataset
from emvote.model import Current
from emvote.store import open_dataset

Rows = Callable[[str], list[dict[str, str]]]
Emvote = Callable[..., CompletedProcess[str]]
LISTS = "councils/councillors-2016-2025.csv"


def seats(dataset: Dataset, year: int, *, outside: bool = False) -> Counter[int | None]:
    """The seats of one list by the year in which they are next due."""
    found: Counter[int | None] = Counter()
    for ward in dataset.record.ward_councillors:
        if outside or dataset.council_in_region(ward.council):
            for one in ward.councillors:
                if one.first <= year <= one.last:
                    found[one.due.year if one.due else None] += one.seats
    return found


def test_every_seat_of_2025_is_listed_with_its_next_election(shipped_whole: Dataset) -> None:
    """As many as the councils have, in the region and with the two outside."""
    assert seats(shipped_whole, 2025) == {2026: 11, 2027: 1322, 2028: 11, 2029: 399}
    assert seats(shipped_whole, 2025, outside=True).total() == 1837


@pytest.mark.parametrize("year", range(2016, 2026))
def test_a_list_has_as_many_seats_as_the_councils(shipped_whole: Dataset, year: int) -> None:
    """Council by council, against the sizes of the compositions."""
    listed: Counter[str] = Counter()
    for ward in shipped_whole.record.ward_councillors:
        listed[ward.council] += sum(one.seats for one in ward.councillors if one.first <= year <= one.last)
    sizes = {
        council.id: each.size
        for council in shipped_whole.record.councils
        for each in council.compositions
        if each.year == year
    }
    assert {council: number for council, number in listed.items() if number} == sizes


def test_every_line_of_the_lists_is_kept(shipped_whole: Dataset, raw: Rows) -> None:
    """Council, year and name, but for spaces."""
    names = {council.id: council.name for council in shipped_whole.record.councils}
    kept: Counter[tuple[str, str, str]] = Counter()
    for ward in shipped_whole.record.ward_councillors:
        for one in ward.councillors:
            for year in range(one.first, one.last + 1):
                kept[names[ward.council], str(year), one.name or "vacant"] += one.seats
    wanted = Counter(
        (
            row["council"],
            row["year"],
            "vacant" if row["party_name"] == "Vacant" else " ".join(row["councillor_name"].split()),
        )
        for row in raw(LISTS)
    )
    assert kept == wanted


def test_wards_of_the_lists_are_those_of_the_results(shipped_whole: Dataset) -> None:
    """By code, in every council that voted in 2025; by name in those of 2019 and 2023."""
    record = shipped_whole.record
    for day, year in (("local.2019-05-02", 2019), ("local.2023-05-04", 2023), ("local.2025-05-01", 2025)):
        voted = {(ward.council, ward.ward): ward.ward_id for ward in record.wards if ward.election == day}
        councils = {
            poll.council for poll in record.council_polls if poll.election == day and poll.seats_up == poll.size
        }
        listed = {
            (ward.council, ward.ward): ward.ward_id
            for ward in record.ward_councillors
            if ward.since <= year <= ward.until and ward.council in councils
        }
        later = {ward.ward for ward in record.wards if ward.election.startswith(f"local.{year}-06")}
        missing = {place: code for place, code in listed.items() if voted.get(place) != code}
        assert {ward for _, ward in missing} <= later, day
    assert len(listed) > 300


def test_a_wrong_party_and_an_impossible_day_are_put_right_and_flagged(shipped_whole: Dataset) -> None:
    """Stephen Eyre was never Labour; no seat is due in 2107."""
    (eyre,) = shipped_whole.councillors_with("Stephen Eyre")[-1:]
    assert {one.party for one in eyre.councillors if one.name == "Stephen Eyre"} == {"other"}
    codes = {flag.code for ward in shipped_whole.record.ward_councillors for flag in ward.flags}
    assert codes >= {"party-of-list", "due-misprint", "listed-twice", "listed-elsewhere", "list-late"}
    assert max(seats(shipped_whole, 2016)) == 2022  # type: ignore[type-var]


def test_every_council_of_today_has_one_administration_that_is_the_last_known(shipped_whole: Dataset) -> None:
    """Thirty-nine; where a later composition contradicts it, it is doubtful and not of today."""
    record = shipped_whole.record
    assert len(record.council_administrations) == 137
    last = Counter(
        row.council for row in record.council_administrations if row.current in (Current.YES, Current.DOUBTFUL)
    )
    living = {
        each.id for each in record.councils if each.abolished is None and shipped_whole.council_in_region(each.id)
    }
    assert last == dict.fromkeys(living, 1)
    doubtful = {row.council for row in record.council_administrations if row.current is Current.DOUBTFUL}
    assert {shipped_whole.councils[council].name for council in doubtful} == {"Amber Valley", "Blaby", "Harborough"}


def test_no_copy_of_an_article_is_named_as_a_source(shipped_whole: Dataset) -> None:
    """The article or the paper is; what rests on Wikipedia has its licence."""
    for row in shipped_whole.record.council_administrations:
        assert not any(copy in row.evidence.lower() for copy in ("cloudfront", "wikimili", "wikizero", "iiab", "copy"))
        licence = shipped_whole.sources[row.source].licence
        assert (licence == "CC BY-SA 4.0") == ("Wikipedia" in row.evidence)


def test_people_are_read_only_where_they_are_asked_for(tmp_path: Path) -> None:
    """In a file beside the dataset's own, which nothing else opens."""
    folder = Path(__file__).parent / "data"
    own = tmp_path / "small.toml"
    own.write_bytes((folder / "small.toml").read_bytes())
    (tmp_path / "small.people.toml").write_text(
        '[[council_administrations]]\ncouncil = "C01"\nnumber = 1\n'
        'current = "yes"\nevidence = "x"\nsource = "gazette"\n'
    )
    assert open_dataset(str(own), wards=True).record.council_administrations == ()
    dataset = open_dataset(str(own), people=True, snapshots=tmp_path / "kept")
    assert [row.evidence for row in dataset.administrations_of("C01")] == ["x"]
    again = open_dataset(str(own), people=True, snapshots=tmp_path / "kept")
    assert (again.sha256, again.administrations_of("C01")) == (dataset.sha256, dataset.administrations_of("C01"))
    assert open_dataset(str(own), snapshots=tmp_path / "kept").record.council_administrations == ()


def test_members_of_before_2010_have_names(emvote: Emvote, shipped: Dataset) -> None:
    """Skinner, Bolsover from 1970; Beckett, Derby South from 1983; Vaz, Leicester East from 1987."""
    for name, place, first in (
        ("Dennis Skinner", "Bolsover", "1970-06-18"),
        ("Margaret Beckett", "Derby South", "1983-06-09"),
        ("Keith Vaz", "Leicester East", "1987-06-11"),
    ):
        rows = json.loads(emvote("candidate", name, "--json").stdout)["rows"]
        won = [row for row in rows if row["elected"] and row["place"] == place]
        assert min(row["polling_date"] for row in won) == first
        assert [row["party"] for row in won] == ["lab"] * len(won)
    named = [contest for contest in shipped.record.contests if contest.winners]
    assert len(named) == 930
    assert all(len(contest.winners) == contest.members == 1 and not contest.candidates for contest in named)


def test_a_member_of_1918_to_2005_is_the_one_of_the_file(shipped: Dataset, raw: Rows) -> None:
    """By polling day, as often as the file has the name."""
    wanted = Counter(
        (row["general_election"], row["member"])
        for row in raw("history/mps-em.csv")
        if row["election_type"] == "general"
    )
    named = Counter(
        (contest.election.removeprefix("parl."), contest.winners[0])
        for contest in shipped.record.contests
        if contest.winners
    )
    assert named <= wanted
