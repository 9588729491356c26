"""What --explain prints: every computed figure of an answer, in its row, with its formula, numbers and sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from emvote.dataset import Dataset
from emvote.queries.candidate import candidate
from emvote.queries.changes import changes
from emvote.queries.compare import compare
from emvote.queries.council import council
from emvote.queries.map import Shade, hexmap
from emvote.queries.mayor import mayor
from emvote.queries.project import project
from emvote.queries.results import results
from emvote.queries.seat import seat
from emvote.queries.seats import seats
from emvote.queries.swing import swing
from emvote.queries.targets import targets
from emvote.queries.wards import wards
from emvote.store import open_dataset
from emvote.views.candidate import candidate_view
from emvote.views.compare import compare_view
from emvote.views.council import council_view
from emvote.views.map import map_view
from emvote.views.mayor import mayor_view
from emvote.views.project import project_view
from emvote.views.results import results_view
from emvote.views.seat import seat_view
from emvote.views.seats import seats_view
from emvote.views.swing import swing_view
from emvote.views.targets import targets_view
from emvote.views.view import View
from emvote.views.wards import wards_view

Told = tuple[str, dict[str, Any], Any]
WARDS = Path(__file__).parent / "data" / "valid" / "wards.toml"


@pytest.fixture(scope="module")
def place() -> Dataset:
    """A small council with wards, and a mayor elected in the second round."""
    return open_dataset(str(WARDS))


def told(view: View, row: int | None) -> list[Told]:
    """The workings of one row: name, inputs and result."""
    return [
        (each.name, {name: value.value for name, value in each.inputs}, each.result.value)
        for each in view.workings
        if each.row == row
    ]


def compared(dataset: Dataset, *things: str) -> View:
    """The view of things side by side."""
    return compare_view(dataset, compare(dataset, things), {})


def changed(what: str, votes: tuple[int, int], valid: tuple[int, int], pp: Any, before: str = "gazette") -> Told:
    """The working of a change of share."""
    inputs = {
        f"votes v1 [{before}]": votes[0],
        "votes v2 [gazette]": votes[1],
        f"valid votes T1 [{before}]": valid[0],
        "valid votes T2 [gazette]": valid[1],
    }
    return (f"change of share, {what}", inputs, pytest.approx(pp))


def shared(what: str, votes: int, valid: int) -> Told:
    """The working of a share."""
    inputs = {"votes v [gazette]": votes, "valid votes T [gazette]": valid}
    return (f"share, {what}", inputs, pytest.approx(100 * votes / valid))


def net(what: str, later: int, earlier: int, before: str = "gazette") -> Told:
    """The working of a net of seats."""
    return (
        f"net seats, {what}",
        {"seats, later [gazette]": later, f"seats, earlier [{before}]": earlier},
        later - earlier,
    )


def test_two_elections_are_worked_out_party_by_party(small: Dataset) -> None:
    """Both shares, the change and the net of seats in the row of the party; turnouts and swings of the whole."""
    view = compared(small, "2015", "2017")
    assert told(view, 1) == [
        shared("Blue, 2015", 41500, 100000),
        shared("Blue, 2017", 40900, 102000),
        changed("Blue", (41500, 40900), (100000, 102000), 100 * (40900 / 102000 - 0.415)),
        net("Blue", 1, 2),
    ]
    # independents are not the same people, and the Grove Party stood once
    assert [name for name, _, _ in told(view, 3)] == ["share, Ind, 2015", "share, Ind, 2017", "net seats, Ind"]
    assert told(view, 5) == [shared("Grove, 2015", 500, 100000), net("Grove", 0, 0)]
    turnouts = [each for each in told(view, None) if each[0].startswith("turnout")]
    assert turnouts == [
        (
            "turnout, Fenmark, 2015",
            {"valid votes T [gazette]": 100000, "electorate E [gazette]": 170000},
            pytest.approx(1000 / 17),
        ),
        (
            "turnout, Fenmark, 2017",
            {"valid votes T [gazette]": 102000, "electorate E [gazette]": 171000},
            pytest.approx(10200 / 171),
        ),
    ]
    assert [name for name, _, _ in told(view, None)][2:] == [
        "Butler swing, Fenmark: Blue (A) to Red (B)",
        "Steed swing, Fenmark: Blue (A) to Red (B)",
    ]


def test_a_series_is_worked_out_against_what_each_row_is_compared_with(small: Dataset) -> None:
    """A share is of all of its election; a change across new boundaries is from the estimate, which is cited."""
    view = compared(small, "2015", "2017", "2024")
    row = next(i for i, each in enumerate(view.rows) if (each["party"], each["election"]) == ("red", "parl.2024-07-04"))
    assert view.rows[row]["compared_with"] == "parl.2017-06-08.notional"
    assert told(view, row) == [
        shared("Red, 2024", 31001, 90000),
        changed("Red, 2024", (36000, 31001), (100000, 90000), 100 * (31001 / 90000 - 0.36), "estimates"),
        net("Red, 2024", 1, 1, "estimates"),
    ]
    assert told(view, row - 2) == [shared("Red, 2015", 39000, 100000)]
    assert [name for name, _, _ in told(view, None)] == [
        "turnout, Fenmark, 2015",
        "turnout, Fenmark, 2017",
        "Butler swing, Fenmark, 2017: Blue (A) to Red (B)",
        "Steed swing, Fenmark, 2017: Blue (A) to Red (B)",
        "turnout, Fenmark, 2024",
        "Butler swing, Fenmark, 2024: Red (A) to Blue (B)",
        "Steed swing, Fenmark, 2024: Red (A) to Blue (B)",
    ]


def test_a_ward_is_worked_out_before_its_rows(place: Dataset) -> None:
    """A ward without a contest has no votes to work with; where only the best are published, the rule says so."""
    view = wards_view(place, wards(place, "Aldermere"), {})
    east = [
        ("margin, Aldermere East", {"Ada Birch [gazette]": 250, "Cy Ash [gazette]": 250}, 0),
        shared("Bo Reed, Aldermere East", 300, 800),
    ]
    assert told(view, 0) == east
    assert [told(view, row) for row in (1, 2)] == [
        [shared("Ada Birch, Aldermere East", 250, 800)],
        [shared("Cy Ash, Aldermere East", 250, 800)],
    ]
    assert [row["ward"] for row in view.rows[3:]] == ["Aldermere Mill", "Aldermere Mill", "Aldermere North"]
    assert told(view, 3) == [shared("Blue Party, Aldermere Mill", 120, 200)]
    assert told(view, 5) == []
    rules = {each.row: each.rule for each in view.workings if each.name.startswith("share, ") and each.row}
    assert rules[1] == "of all votes of all candidates: not of voters, who have as many votes as there are seats"
    assert rules[3] == "of the votes of each party's best candidate, as others are not published"


def test_the_parties_are_worked_out_after_the_wards_where_all_count_in_one_way(place: Dataset) -> None:
    """All votes of some wards and the best candidates of others make no total: none is told, and a note says why."""
    both = wards_view(place, wards(place, "Aldermere"), {})
    assert (both.summary or {})["share_method"] is None
    assert {(each["votes"], each["share_pct"]) for each in (both.summary or {})["parties"]} == {(None, None)}
    assert told(both, None) == []
    assert "not added up" in " ".join(both.notes)
    one = wards_view(place, wards(place, "Aldermere", ward="Aldermere Mill"), {})
    assert told(one, None) == [shared("Blue, Aldermere", 120, 200), shared("Red, Aldermere", 80, 200)]


def test_the_rounds_of_a_mayors_election_are_worked_out_each_for_itself(place: Dataset) -> None:
    """The majority is of the round that decided."""
    view = mayor_view(place, mayor(place, "Fenmark"), {})
    decided = {"Ada Birch v1 [gazette]": 402, "Bo Reed v2 [gazette]": 400}
    name = "Mayor of Fenmark, 2019"
    assert told(view, 0) == [
        (f"majority, {name}, second round", decided, 2),
        (
            f"majority in per cent, {name}, second round",
            {**decided, "valid votes T [gazette]": 802},
            pytest.approx(200 / 802),
        ),
        shared(f"Bo Reed, {name}, first round", 300, 710),
    ]
    assert told(view, 3) == [shared(f"Ada Birch, {name}, second round", 402, 802)]


def test_control_of_a_council_is_worked_out_year_by_year(small: Dataset) -> None:
    """None where the record does not tell it; each poll says its day."""
    view = council_view(small, council(small, "Dunwick"), {})
    assert [row["control"] for row in view.rows][:2] == ["noc", None]
    assert told(view, 1) == []
    ((name, inputs, _),) = told(view, 0)
    assert (name, inputs["seats of the council N [almanac]"]) == ("control, Dunwick, 2019", 15)
    assert sum(value for key, value in inputs.items() if "N" not in key) == 15
    assert all(name.endswith((" 2 May 2019", " 4 May 2023")) for name, _, _ in told(view, None))


def test_a_projection_is_worked_out_seat_by_seat(small: Dataset) -> None:
    """Aldermere, 2017: Red 50% and Blue 45% before; of five points from Red to Blue half make a tie."""
    answer = project(small, changes(small, swings=["red:blue:5"]), "2017")
    view = project_view(small, answer, {})
    row = next(i for i, each in enumerate(view.rows) if each["seat"] == "Aldermere")
    found = {name: (inputs, result) for name, inputs, result in told(view, row)}
    source = {"source of the votes": "The Fenmark Gazette"}
    valid = {"valid votes T": 42000, **source}
    assert found["projection of Aldermere"][1] == "Blue"
    assert found["share of Blue after, Aldermere"] == ({"votes v": 18900, **valid}, pytest.approx(50))
    assert found["share of Red after, Aldermere"] == ({"votes v": 21000, **valid}, pytest.approx(45))
    majority = {"Blue": pytest.approx(50), "Red": pytest.approx(45), **source}
    assert found["majority after, Aldermere"] == (majority, pytest.approx(5))
    lacks = {"votes that the gainer lacks to tie for the seat n": 1050, **valid}
    assert found["swing at which it falls, Aldermere"] == (lacks, pytest.approx(2.5))


def test_a_seat_that_a_projection_leaves_as_it_was_says_so(polled: Callable[..., Dataset]) -> None:
    """The Speaker's, and one where nobody stood whom the swing is between."""
    dataset = polled(
        {"Ayton": {"spk": 60, "red": 40}, "Beeton": {"grn": 70, "gold": 30}, "Ceeton": {"red": 2, "blu": 3}}
    )
    view = project_view(dataset, project(dataset, changes(dataset, swings=["red:blu:5"])), {})
    formulas = {each.row: each.formula for each in view.workings if each.name.startswith("projection of")}
    changed = "100 × v/T, then: a swing of 5 points from Red to Blu; none below 0, all brought to 100"
    assert formulas == {0: "100 × v/T, unchanged", 1: "100 × v/T, unchanged", 2: changed}


def of_seat(dataset: Dataset, name: str) -> View:
    """The view of a seat."""
    return seat_view(dataset, seat(dataset, name), {})


def of_seats(dataset: Dataset, election: str) -> View:
    """The view of all seats."""
    return seats_view(dataset, seats(dataset, election), {})


def swung(dataset: Dataset, election: str) -> View:
    """The view of the swings to an election."""
    return swing_view(dataset, swing(dataset, later=election), {})


def board(dataset: Dataset, election: str) -> View:
    """The view of a scoreboard."""
    return results_view(dataset, results(dataset, election), {})


def mapped(dataset: Dataset, shade: str) -> View:
    """The view of a map of 2024."""
    return map_view(dataset, hexmap(dataset, "2024", Shade(shade), party="ld" if shade == "share" else None), {})


def projected(dataset: Dataset, loser: str, gainer: str) -> View:
    """The view of a projection of one swing."""
    return project_view(dataset, project(dataset, changes(dataset, swings=[f"{loser}:{gainer}:5"])), {})


def targeted(dataset: Dataset, party: str) -> View:
    """The view of the seats that a party does not hold."""
    return targets_view(dataset, targets(dataset, party), {})


def defended(dataset: Dataset, party: str) -> View:
    """The view of the seats that it holds."""
    return targets_view(dataset, targets(dataset, party, defend=True), {})


def warded(dataset: Dataset, election: str) -> View:
    """The view of Derby's wards."""
    return wards_view(dataset, wards(dataset, "Derby", election=election), {})


def of_mayor(dataset: Dataset, name: str) -> View:
    """The view of a mayor."""
    return mayor_view(dataset, mayor(dataset, name), {})


def stood(dataset: Dataset, name: str) -> View:
    """The view of a candidate."""
    return candidate_view(dataset, candidate(dataset, name), {})


QUESTIONS: tuple[tuple[Callable[..., View], tuple[str, ...]], ...] = (
    (of_seat, ("Derby North",)),
    *((of_seats, (election,)) for election in ("2024", "2017", "1951", "2019-notional")),
    (swung, ("2019",)),
    *((board, (election,)) for election in ("2019", "2024", "local-2019", "local-2023")),
    *((mapped, (shade.value,)) for shade in Shade),
    (targeted, ("lab",)),
    (projected, ("con", "lab")),
    (projected, ("lab", "reform")),
    (defended, ("con",)),
    *((warded, (election,)) for election in ("local-2019", "local-2023")),
    (of_mayor, ("Leicester",)),
    *((stood, (name,)) for name in ("Ben Bradley", "Peter Soulsby")),
    (compared, ("2017", "2019")),
    (compared, ("2019", "2024")),
    (compared, ("2015", "2017", "2019", "2024")),
    (compared, ("Derby North", "Derby South")),
    (compared, ("Derby North", "county:Derbyshire", "region")),
)
AS_PUBLISHED = {warded: {"turnout_pct"}, of_mayor: {"turnout_pct"}}
"""Figures that are not worked out, as they are published."""
WITHOUT_VOTES = {"mayor.leicester.2015-05-07", "mayor.leicester.2019-05-02"}
"""Elections with published shares where not everybody's votes were found."""


def figures(record: Any, key: str = "") -> Iterator[tuple[str, float]]:
    """The percentages, and differences of such, in a row and what is nested in it."""
    if isinstance(record, dict):
        for name, value in record.items():
            yield from figures(value, name if not key.endswith(("_pct", "_pp")) else key)
    elif isinstance(record, (list, tuple)):
        for each in record:
            yield from figures(each, key)
    elif isinstance(record, (int, float)) and key.endswith(("_pct", "_pp")):
        yield key, record


@pytest.mark.parametrize(
    ("ask", "words"), QUESTIONS, ids=lambda part: getattr(part, "__name__", None) or " ".join(part)
)
def test_every_percentage_of_a_row_is_the_result_of_one_of_its_workings(
    shipped_wards: Dataset, ask: Callable[..., View], words: tuple[str, ...]
) -> None:
    """To the last digit. A share for mayor that was published without votes, or of a part of them, has none."""
    view = ask(shipped_wards, *words)
    workings: dict[int, set[Any]] = {}
    for each in view.workings:
        for index in range(each.row, each.row + each.rows) if each.row is not None else ():
            workings.setdefault(index, set()).add(each.result.value)
    checked = 0
    for index, row in enumerate(view.rows):
        as_published = AS_PUBLISHED.get(ask, ())
        own = [
            each for each in figures(row) if each[0] not in as_published and row.get("election") not in WITHOUT_VOTES
        ]
        assert [each for each in own if each[1] not in workings.get(index, ())] == [], row
        checked += len(own)
    assert checked
