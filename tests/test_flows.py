"""`emvote flows`: who took seats from whom."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from subprocess import CompletedProcess
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emvote.dataset import LOCAL, Dataset
from emvote.queries.flows import Basis, FlowFilter, FlowsAnswer, WardFlows, flows
from emvote.store import open_dataset

Emvote = Callable[..., CompletedProcess[str]]
HELD = st.dictionaries(st.sampled_from(("con", "lab", "ld", "ind", "green")), st.integers(1, 3), max_size=4)
"""Parties with seats in a ward."""


@pytest.fixture(scope="module")
def whole() -> Dataset:
    """The shipped dataset with its ward results and its councillors."""
    return open_dataset(wards=True, people=True)


@pytest.fixture(scope="module")
def of_2019(whole: Dataset) -> FlowsAnswer:
    """Of the local elections of 2019."""
    return flows(whole)


def in_council(answer: FlowsAnswer, name: str) -> dict[tuple[str, str], int]:
    """The certain flows of one council, added up."""
    found = Counter[tuple[str, str]]()
    for row in answer.rows:
        if row.council and row.council.name == name:
            found.update({(flow.from_party, flow.to_party): flow.seats for flow in row.flows or ()})
    return dict(found)


def ward(before: Mapping[str, int] | None, after: Mapping[str, int]) -> WardFlows:
    """A ward of these seats."""
    basis = Basis.NONE if before is None else Basis.RESULT
    return WardFlows(
        council=None,
        counties=(),
        ward_id=None,
        ward="A",
        seats_up=sum(after.values()),
        before=before,
        after=after,
        basis=basis,
        source=None,
    )


def test_chesterfield_by_list(of_2019: FlowsAnswer) -> None:
    """Labour lost seven seats to the Liberal Democrats and three to others; UKIP and an independent one each."""
    found = in_council(of_2019, "Chesterfield")
    assert found.pop(("lab", "ld")) == 7
    assert sum(seats for (loser, _), seats in found.items() if loser == "lab") == 3
    assert found["ukip", "ld"] == 1
    assert sum(seats for (loser, _), seats in found.items() if loser == "ind") == 1
    assert {row.basis for row in of_2019.rows if row.council and row.council.name == "Chesterfield"} == {Basis.LIST}


def test_nine_in_hinckley_and_bosworth(of_2019: FlowsAnswer) -> None:
    """The Liberal Democrats took nine seats of the Conservatives."""
    assert in_council(of_2019, "Hinckley and Bosworth")["con", "ld"] == 9


def test_where_several_lost_and_several_gained_nothing_is_told() -> None:
    """Nobody can say who took what from whom; nor where nothing is on record, or seats were vacant."""
    several = ward({"con": 1, "lab": 1}, {"ld": 1, "green": 1})
    assert (several.certain, several.flows) == (False, None)
    assert ward(None, {"ld": 1}).flows is None
    assert ward({"con": 1}, {"con": 2}).flows is None
    assert ward({"con": 1}, {"con": 1}).flows == ()


@given(HELD, HELD)
def test_flows_add_up_to_what_changed(before: dict[str, int], after: dict[str, int]) -> None:
    """Each party's gains less its losses are its seats after less before, wherever flows are given."""
    row = ward(before, after)
    if row.flows is None:
        return
    moved = Counter[str]()
    for flow in row.flows:
        assert flow.seats > 0
        moved[flow.to_party] += flow.seats
        moved[flow.from_party] -= flow.seats
    for party in before.keys() | after.keys():
        assert moved[party] == after.get(party, 0) - before.get(party, 0)


@pytest.mark.parametrize("year", ["2017", "2021", "2023", "2025"])
def test_where_every_ward_has_its_result_flows_are_the_councils_net(whole: Dataset, year: str) -> None:
    """Council by council, against the seats baseline of the last election."""
    polls = {poll.council: poll for poll in whole.polls_at(whole.find_election(f"local-{year}", LOCAL).id)}
    by_council: dict[str, list[WardFlows]] = {}
    for row in flows(whole, f"local-{year}").rows:
        if row.council:
            by_council.setdefault(row.council.id, []).append(row)
    for council, rows in by_council.items():
        poll = polls.get(council)
        if poll is None or poll.last_election is None or any(row.basis is not Basis.RESULT for row in rows):
            continue
        net = Counter(poll.won)
        net.subtract(poll.last_election.seats)
        mine = Counter[str]()
        for row in rows:
            mine.update(row.after)
            mine.subtract(row.before or {})
        if sum(row.seats_up for row in rows) == poll.last_election.size:
            assert {p: n for p, n in mine.items() if n} == {p: n for p, n in net.items() if n}, council


def test_conditions_are_of_those_who_lost_and_gained(whole: Dataset, of_2019: FlowsAnswer) -> None:
    """From the Conservatives to the Liberal Democrats, in one council."""
    kept = flows(whole, None, FlowFilter(council="Hinckley and Bosworth", from_="con", to="ld")).rows
    mine = [row for row in of_2019.rows if row.council and row.council.name == "Hinckley and Bosworth"]
    assert [row.ward for row in kept] == [row.ward for row in mine if row.net["con"] < 0 < row.net["ld"]]
    assert all(row.net["con"] < 0 < row.net["ld"] for row in kept)
    assert len(kept) == 4


def test_a_general_election_has_a_row_a_seat(whole: Dataset) -> None:
    """Each against its own winner before."""
    rows = flows(whole, "ge2019").rows
    assert len(rows) == 46
    assert Counter((flow.from_party, flow.to_party) for row in rows for flow in row.flows or ())["lab", "con"] == 7


def test_the_answer_fits_its_schema(emvote: Emvote) -> None:
    """With its summary."""
    answer: dict[str, Any] = json.loads(emvote("flows", "local-2019", "--council", "chesterfield", "--json").stdout)
    jsonschema.validate(answer, json.loads(emvote("schema", "flows").stdout))
    assert {row["council"] for row in answer["rows"]} == {"Chesterfield"}
    assert {"from_party": "lab", "to_party": "ld", "seats": 7} in answer["summary"]["flows"]
