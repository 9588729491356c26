"""Who controls which council, before and after: against two baselines, and never guessing what is not on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emvote.baselines import Baseline
from emvote.dataset import Dataset
from emvote.errors import UnknownName, UsageProblem
from emvote.model import (
    NOC,
    UNITED_KINGDOM,
    Council,
    CouncilPoll,
    CouncilType,
    Cycle,
    Election,
    ElectionKind,
    Party,
    PartyKind,
    SeatsHeld,
)
from emvote.model.record import Record
from emvote.queries import control as rules
from emvote.queries.control_targets import control_targets
from emvote.queries.council_results import council_results
from emvote.queries.councils import CouncilFilter, CouncilRow, councils
from emvote.queries.declared import declared_councils


def rows(dataset: Dataset, baseline: Baseline | None = None, **options: Any) -> dict[str, CouncilRow]:
    """The rows by council's name."""
    answer = councils(dataset, CouncilFilter(**options), baseline=baseline)
    return {row.council.name: row for row in answer.rows}


def test_every_council_of_the_region_that_voted_is_told_by_name(small: Dataset) -> None:
    """Control against the eve of the poll, in the phrase of the press; unknown where an aggregate hides it."""
    assert [(name, row.change, row.outcome) for name, row in rows(small).items()] == [
        ("Aldermere", "gain", "Red gain from Blue"),
        ("Brackwater", "loss", "Blue lose to NOC"),
        ("Cold Hollow", "none", "NOC no change"),
        ("Dunwick", None, "NOC"),
        ("Eastholm", "hold", "Red hold"),
        ("Fallowby", "hold", "New hold"),
        ("Gorsefield", "gain", "Mill gain from NOC"),
    ]


def test_seats_are_compared_with_the_last_election_and_control_with_the_eve(small: Dataset) -> None:
    """A defection between the two moves one and not the other."""
    row = rows(small)["Aldermere"]
    assert (row.seats_last_election, row.seats_before) == ({"blu": 11, "red": 9}, {"blu": 11, "red": 8, "ind": 1})
    assert (row.seats_won, row.seats_after) == ({"blu": 8, "red": 12}, {"blu": 8, "red": 12})
    assert row.seats_net == {"blu": -3, "red": 3}
    assert (row.baseline_date, row.seats_needed, row.largest_before, row.largest_after) == ("2018-05", 11, "blu", "red")
    assert rows(small, Baseline.EVE)["Aldermere"].seats_net == {"blu": -3, "red": 4, "ind": -1}


def test_one_baseline_can_be_set_for_both(small: Dataset) -> None:
    """At its last election Brackwater was under no overall control, on the eve it was Blue's."""
    default, last, eve = (rows(small, each)["Brackwater"] for each in (None, Baseline.LAST, Baseline.EVE))
    assert (default.control_before, last.control_before, eve.control_before) == ("blu", NOC, "blu")
    assert (default.outcome, last.outcome) == ("Blue lose to NOC", "NOC no change")
    assert (default.seats_net, last.seats_net, eve.seats_net) == (
        {"blu": -2, "red": 2},
        {"blu": -2, "red": 2},
        {"blu": -3, "red": 3},
    )
    assert (last.baseline_date, eve.baseline_date) == ("2018-05-03", "2018-11")
    answer = councils(small)
    assert (answer.control_baseline, answer.seats_baseline) == (Baseline.EVE, Baseline.LAST)


def test_exactly_half_is_no_control(small: Dataset) -> None:
    """15 of 30, and a note says so; a third was up, the whole council decides."""
    row = rows(small)["Brackwater"]
    assert (row.seats_won, row.seats_after) == ({"blu": 4, "red": 6}, {"blu": 15, "red": 14, "ind": 1})
    assert (row.seats_total, row.seats_up, row.seats_needed, row.control_after) == (30, 10, 16, NOC)
    assert row.notes == ("Brackwater: Blue hold exactly half of the 30 seats, one short of control.",)


def test_independents_with_more_than_half_are_no_control(small: Dataset) -> None:
    """They are the largest group and no party."""
    row = rows(small)["Cold Hollow"]
    assert (row.control_before, row.control_after, row.largest_after) == (NOC, NOC, "ind")


def test_an_aggregate_with_more_than_half_leaves_control_unknown(small: Dataset) -> None:
    """The residents may have held nine of fifteen; their change is unknown too, and never 0."""
    row = rows(small, Baseline.EVE)["Dunwick"]
    assert (row.control_before, row.control_after, row.change, row.outcome) == (None, NOC, None, "NOC")
    assert row.seats_before == {"red": 6, "mill": None, "ind": None, "other": 9}
    assert row.seats_net == {"red": 1, "mill": None, "ind": None}
    assert row.largest_before is None
    assert any("not known for Mill, Ind (2018-05)" in note for note in row.notes)
    assert "Dunwick: Nine are not told apart." in row.notes


def test_the_last_election_can_tell_what_the_eve_does_not(small: Dataset) -> None:
    """There the residents held eight of fifteen."""
    row = rows(small, Baseline.LAST)["Dunwick"]
    assert (row.control_before, row.outcome, row.seats_net) == (
        "mill",
        "Mill lose to NOC",
        {"red": 1, "mill": -3, "ind": 2},
    )


def test_an_aggregate_below_half_hides_no_control(small: Dataset) -> None:
    """Red held 12 of 20 whoever the other five were; a ward without a poll is a vacancy and counts in the size."""
    row = rows(small)["Eastholm"]
    assert (row.control_before, row.control_after, row.outcome) == ("red", "red", "Red hold")
    assert (row.seats_up, row.vacancies, sum(filter(None, row.seats_won.values()))) == (20, 1, 19)
    assert row.seats_net == {"blu": 1, "red": -1, "harb": 2, "ind": None}
    assert rows(small, Baseline.EVE)["Eastholm"].seats_net == {"blu": 2, "red": -1, "harb": None, "ind": None}


def test_a_party_is_joined_with_its_predecessor_and_a_new_size_stands(small: Dataset) -> None:
    """New Dawn holds what was Old Dawn's; the nets add up to the three seats more."""
    row = rows(small)["Fallowby"]
    assert (row.control_before, row.control_after, row.change) == ("old", "new", "hold")
    assert row.seats_net == {"blu": 2, "new": 1}
    assert (row.seats_total, row.baseline_size, row.seats_needed) == (13, 10, 7)
    assert [flag.code for flag in row.flags] == ["size-changed"]
    assert "Fallowby: New Dawn is compared with its predecessor, Old Dawn" in row.notes


def test_a_local_party_can_win_control_and_a_tie_has_no_largest_party(small: Dataset) -> None:
    """Half of the council was up."""
    row = rows(small)["Gorsefield"]
    assert (row.cycle, row.largest_before, row.largest_after, row.outcome) == (
        Cycle.HALF,
        None,
        "mill",
        "Mill gain from NOC",
    )


def test_the_summary_is_of_the_region(small: Dataset) -> None:
    """Councils and seats per party; a net is unknown where one council's is, and says which."""
    answer = councils(small, CouncilFilter(outside=True))
    assert (answer.councils, answer.seats_up, answer.vacancies) == (7, 96, 1)
    assert [(t.party, t.held, t.gained, t.lost, t.net, t.seats_won, t.seats_net) for t in answer.parties] == [
        ("blu", 0, 0, 2, -2, 28, -5),
        ("red", 1, 1, 0, 1, 36, 2),
        ("new", 1, 0, 0, 0, 7, 1),
        ("mill", 0, 1, 0, 1, 10, 2),
        ("harb", 0, 0, 0, 0, 2, 2),
        ("ind", 0, 0, 0, 0, 12, None),
    ]
    assert (answer.parties[-1].seats_net_known, answer.parties[-1].unknown_in) == (3, ("Eastholm",))
    assert (answer.noc_before, answer.noc_after, answer.noc_net) == (2, 3, 0)


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ({"lost_control": True}, ["Aldermere", "Brackwater"]),
        ({"lost_control": True, "party": "blu"}, ["Aldermere", "Brackwater"]),
        ({"lost_control": True, "party": "red"}, []),
        ({"gained_control": True}, ["Aldermere", "Gorsefield"]),
        ({"gained_control": True, "party": "Red"}, ["Aldermere"]),
        ({"changed_control": True}, ["Aldermere", "Brackwater", "Gorsefield"]),
        ({"changed_control": True, "party": "mill"}, ["Gorsefield"]),
        ({"held": True}, ["Eastholm", "Fallowby"]),
        ({"held": True, "party": "new"}, ["Fallowby"]),
        ({"control": "noc"}, ["Brackwater", "Cold Hollow", "Dunwick"]),
        ({"control": "No overall control"}, ["Brackwater", "Cold Hollow", "Dunwick"]),
        ({"control": "red"}, ["Aldermere", "Eastholm"]),
        ({"county": "Brackshire", "cycle": Cycle.THIRD}, ["Brackwater"]),
        ({"type": CouncilType.UNITARY}, ["Brackwater"]),
        ({"lost_control": True, "gained_control": True}, ["Aldermere"]),
    ],
)
def test_conditions_add_up(small: Dataset, options: dict[str, Any], kept: list[str]) -> None:
    """A council whose control before is unknown has neither changed nor held."""
    assert list(rows(small, **options)) == kept


def test_councils_outside_the_region_are_shown_when_asked_for(small: Dataset) -> None:
    """And never counted."""
    answer = councils(small, CouncilFilter(outside=True))
    assert [row.council.name for row in answer.rows if not row.in_region] == ["Hartwick"]
    assert answer.councils == 7


def test_councils_that_did_not_vote_are_shown_as_last_recorded(small: Dataset) -> None:
    """The latest record before the poll, not the one of its month; the abolished one is gone, its successor there."""
    told = rows(small, all=True)
    assert "Kingsmarsh" not in told
    row = told["Ironfold"]
    assert (row.voted, row.cycle, row.change, row.outcome) == (False, None, None, "no election")
    assert (row.control_before, row.control_after, row.baseline_date) == ("blu", "blu", "2017-05-04")
    assert (row.seats_up, row.vacancies, row.seats_net, row.seats_won) == (0, 1, {}, {})
    assert (told["Langmarsh"].control_after, told["Langmarsh"].vacancies) == (NOC, 1)
    assert councils(small, CouncilFilter(all=True)).councils == 7
    assert list(rows(small, all=True, control="blu")) == ["Ironfold"]


def test_a_poll_held_later_is_an_election_of_its_own(small: Dataset) -> None:
    """One seat, vacant on the eve: the whole council is that of May."""
    (row,) = councils(small, election="local.2019-06-13").rows
    assert (row.seats_up, row.seats_won, row.seats_net) == (1, {"grn": 1}, {"blu": -1, "grn": 1})
    assert (row.control_before, row.control_after, row.vacancies) == ("red", "red", 0)
    (eve,) = councils(small, election="local.2019-06-13", baseline=Baseline.EVE).rows
    assert eve.seats_net == {"grn": 1}


def test_another_election_is_compared_with_its_own_baselines(small: Dataset) -> None:
    """That of 2023 with 2019."""
    (row,) = councils(small, election="2023").rows
    assert (row.outcome, row.seats_net, row.baseline_date) == ("Red hold", {"blu": -1, "red": 1}, "2022-05")


def test_everything_a_row_shows_is_cited(small: Dataset) -> None:
    """The poll, both baselines, and who runs the council."""
    sourced = small.record.council_polls[0].administration
    assert sourced is not None
    dataset = poll_changed(small, "C01", sources=("estimates",), administration=replace(sourced, source="almanac"))
    eve = rows(dataset, Baseline.EVE)["Aldermere"]
    assert set(eve.sources) == {"estimates", "almanac", "gazette"}
    assert eve.administration is not None
    assert eve.administration.leader_party == "red"


@pytest.mark.parametrize("options", [{"party": ""}, {"county": ""}, {"control": ""}, {"party": "Purple"}])
def test_an_empty_or_unknown_name_is_no_missing_condition(small: Dataset, options: dict[str, Any]) -> None:
    """`--party "$PARTY"` with nothing in it would otherwise list every council."""
    with pytest.raises(UnknownName):
        rows(small, **options)


@pytest.mark.parametrize("control", ["ind", "other"])
def test_independents_are_never_asked_for_as_in_control(small: Dataset, control: str) -> None:
    """The message says what to ask for."""
    with pytest.raises(UsageProblem, match="noc"):
        rows(small, control=control)


def test_without_a_default_one_must_name_the_election(altered: Callable[..., Dataset]) -> None:
    """Instead of some election."""
    dataset = altered(('default_local = "local.2019-05-02"\n', ""))
    with pytest.raises(UsageProblem, match="--election"):
        councils(dataset)
    assert councils(dataset, election="2019").councils == 7


# --- unknown parts, on their own


def poll_changed(dataset: Dataset, council: str, **changes: Any) -> Dataset:
    """The dataset with the poll of 2019 of one council changed."""
    polls = tuple(
        replace(poll, **changes) if (poll.election, poll.council) == ("local.2019-05-02", council) else poll
        for poll in dataset.record.council_polls
    )
    assert polls != dataset.record.council_polls
    return Dataset(replace(dataset.record, council_polls=polls))


def test_seats_that_nobody_is_known_to_hold_may_be_a_majority(small: Dataset) -> None:
    """Four of ten are Blue's and Red's part is unknown: Red may have held the other six."""
    unknown: dict[str, int | None] = {"blu": 4, "red": None}
    assert rules.control(small, unknown, 10) is None
    assert rules.largest(small, unknown, 10) is None
    assert rules.control(small, {"blu": 5, "red": None}, 10) == NOC
    assert rules.control(small, {"blu": 6, "red": None}, 10) == "blu"
    assert rules.control(small, {"blu": 4, "ind": None}, 10) == NOC
    assert rules.control(small, {"blu": 4, "red": 4}, 10) == NOC


def test_two_aggregates_may_together_be_one_party(small: Dataset) -> None:
    """Neither is more than half."""
    rest = Party(id="rest", name="The rest", abbreviation="Rest", kind=PartyKind.AGGREGATE, source="gazette")
    dataset = Dataset(replace(small.record, parties=(*small.record.parties, rest)))
    assert rules.control(dataset, {"other": 4, "rest": 4, "blu": 2}, 10) is None
    assert rules.control(dataset, {"other": 3, "rest": 2, "blu": 5}, 10) == NOC


def test_joint_largest_are_named_unless_an_aggregate_may_lead(small: Dataset) -> None:
    """A tie of five with an aggregate of four is a tie; with an aggregate of five nobody knows."""
    assert rules.joint_largest(small, {"blu": 5, "red": 5, "other": 4}, 14) == ("blu", "red")
    assert rules.joint_largest(small, {"blu": 5, "red": 5, "other": 5}, 15) == ()
    assert rules.joint_largest(small, {"blu": 6, "red": 5}, 11) == ()
    assert rules.largest(small, {}, 5) is None


def test_an_aggregate_among_the_seats_won_leaves_the_change_of_its_members_unknown(small: Dataset) -> None:
    """The residents had eight; how many of the aggregate are theirs now is not known, nor are the independents'."""
    dataset = poll_changed(small, "C04", won={"red": 7, "other": 8})
    row = rows(dataset)["Dunwick"]
    assert row.seats_net is not None
    assert {party: net for party, net in row.seats_net.items() if net is not None} == {"red": 1}
    assert {"mill", "ind", "other"} <= row.seats_net.keys()
    assert row.control_after is None


def test_an_aggregate_among_the_seats_won_hides_who_won_them(small: Dataset) -> None:
    """Whoever has seats anywhere at this election may be in it: unknown, not none, and in the totals said so."""
    dataset = poll_changed(small, "C04", won={"red": 7, "other": 8, "blu": 0})
    row = rows(dataset)["Dunwick"]
    assert (row.won_by("red"), row.won_by("blu"), row.won_by("mill"), row.won_by("ind")) == (7, 0, None, None)
    total = next(total for total in councils(dataset).parties if total.party == "ind")
    assert total.seats_won is None
    assert total.lumped_in == ("Dunwick",)
    assert total.seats_won_known == sum(each.won_by("ind") or 0 for each in rows(dataset).values() if each.in_region)


def test_where_both_stood_a_party_is_not_joined_with_its_predecessor(small: Dataset) -> None:
    """They are two parties then."""
    both = SeatsHeld(date="2015-05-07", size=10, seats={"old": 3, "new": 3, "blu": 4}, source="gazette")
    assert rows(poll_changed(small, "C06", last_election=both))["Fallowby"].seats_net == {"blu": 2, "old": -3, "new": 4}


def test_an_unknown_part_of_a_predecessor_is_an_unknown_change(small: Dataset) -> None:
    """Not a gain of all seats won."""
    pooled = SeatsHeld(date="2015", size=10, seats={"blu": 4, "other": 6}, unknown=("old", "ind"), source="gazette")
    assert rows(poll_changed(small, "C06", last_election=pooled))["Fallowby"].seats_net == {
        "blu": 2,
        "new": None,
        "ind": None,
    }


# --- laws, over whatever may be on record

NAMES = ("a", "b", "loc", "ind")
KINDS = {"loc": PartyKind.LOCAL, "ind": PartyKind.INDEPENDENT, "other": PartyKind.AGGREGATE}
ELECTION = Election(id="e", name="e", kind=ElectionKind.LOCAL, date=date(2019, 5, 2), source="x")


def region(polls: list[CouncilPoll]) -> Dataset:
    """As many councils as polls."""
    parties = tuple(
        Party(id=each, name=each, abbreviation=each, kind=KINDS.get(each, PartyKind.NATIONAL), source="x")
        for each in (*NAMES, "other")
    )
    found = tuple(
        Council(
            id=poll.council,
            name=poll.council,
            full_name=poll.council,
            type=CouncilType.DISTRICT,
            county="C",
            region="R",
            cycles=(),
            created=date(1974, 4, 1),
            source="x",
        )
        for poll in polls
    )
    record = Record(
        schema=1,
        title="",
        version="",
        licence="",
        attribution="",
        region="R",
        default_local="e",
        parties=parties,
        elections=(ELECTION,),
        councils=found,
        council_polls=tuple(polls),
    )
    return Dataset(record)


seat_maps = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 30), min_size=1)


@st.composite
def baselines(draw: st.DrawFn) -> SeatsHeld:
    """Some seats, some of them perhaps of an aggregate, some of them perhaps of nobody."""
    seats = dict(draw(seat_maps))
    unknown: tuple[str, ...] = ()
    if draw(st.booleans()):
        unknown = tuple(draw(st.sets(st.sampled_from(NAMES), min_size=1, max_size=3)))
        seats = {party: number for party, number in seats.items() if party not in unknown}
        seats["other"] = draw(st.integers(0, 30))
    size = max(1, sum(seats.values()) + draw(st.integers(0, 3)))
    return SeatsHeld(date="2018-05", size=size, seats=seats, unknown=unknown, source="x")


@st.composite
def council_polls(draw: st.DrawFn, council: str = "c") -> CouncilPoll:
    """Every seat was up."""
    won, vacancies = draw(seat_maps), draw(st.integers(0, 2))
    size = max(1, sum(won.values()) + vacancies)
    return CouncilPoll(
        election="e",
        council=council,
        cycle=Cycle.ALL,
        size=size,
        seats_up=size,
        vacancies=size - sum(won.values()),
        won=won,
        last_election=draw(baselines()),
        eve=draw(baselines()),
        sources=("x",),
    )


regions = st.lists(st.integers(), max_size=4).flatmap(
    lambda items: st.tuples(*(council_polls(f"c{i}") for i in range(len(items))))
)
either = st.sampled_from([None, Baseline.EVE, Baseline.LAST])


@given(council_polls(), either)
def test_known_nets_sum_to_the_change_in_the_seats_filled(poll: CouncilPoll, baseline: Baseline | None) -> None:
    """With nothing unknown; what is unknown is unknown in the net."""
    (row,) = councils(region([poll]), baseline=baseline).rows
    held = poll.eve if baseline is Baseline.EVE else poll.last_election
    assert held is not None
    assert row.seats_net is not None
    assert {party for party, net in row.seats_net.items() if net is None} == set(held.unknown)
    if not held.unknown:
        known = [net for net in row.seats_net.values() if net is not None]
        assert sum(known) == sum(poll.won.values()) - sum(held.seats.values())


@given(regions, either)
def test_net_councils_of_the_parties_and_of_no_overall_control_sum_to_nil(
    polls: tuple[CouncilPoll, ...], baseline: Baseline | None
) -> None:
    """Whatever somebody gains, somebody or nobody lost; a change that is not known is nobody's."""
    answer = councils(region(list(polls)), baseline=baseline)
    assert sum(total.net for total in answer.parties) + answer.noc_net == 0
    known = [row for row in answer.rows if row.change is not None]
    assert answer.noc_net == sum((row.control_after == NOC) - (row.control_before == NOC) for row in known)


@given(baselines())
def test_control_is_of_the_one_party_with_more_than_half(held: SeatsHeld) -> None:
    """Of nobody else, and unknown exactly where one of those not told may have it."""
    dataset = region([])
    seats: dict[str, int | None] = {**held.seats, **dict.fromkeys(held.unknown)}
    found = rules.control(dataset, seats, held.size)
    majority = [party for party in ("a", "b", "loc") if 2 * (seats.get(party) or 0) > held.size]
    assert len(majority) <= 1
    if majority:
        assert found == majority[0]
        return
    hidden = held.seats.get("other", 0)
    if set(held.unknown) - {"ind"}:
        hidden += held.size - sum(held.seats.values())
    assert found == (None if 2 * hidden > held.size else NOC)


@given(council_polls(), either)
def test_a_change_of_control_says_what_control_before_and_after_say(
    poll: CouncilPoll, baseline: Baseline | None
) -> None:
    """Hold where it is the same party, none where it is nobody twice, unknown where either is."""
    (row,) = councils(region([poll]), baseline=baseline).rows
    before, after = row.control_before, row.control_after
    if before is None or after is None:
        assert row.change is None
        assert row.outcome == {None: None, NOC: "NOC"}.get(after, f"{after} win (before: not known)")
    elif before == after:
        assert row.change == ("none" if before == NOC else "hold")
    else:
        assert row.change == ("loss" if after == NOC else "gain")
    assert row.seats_needed * 2 > row.seats_total


# --- whose councils count -----------------------------------------------------------------------------------------


def of_the_country(dataset: Dataset) -> Dataset:
    """The same record as a dataset of the whole country; its councils keep their regions."""
    return Dataset(replace(dataset.record, region=UNITED_KINGDOM))


def test_in_a_dataset_of_the_country_councils_of_every_region_count(small: Dataset) -> None:
    """As seats do: one rule says what is in the dataset's region."""
    country = of_the_country(small)
    assert set(rows(country)) == set(rows(small, outside=True)) > set(rows(small))
    assert all(row.in_region for row in rows(country).values())
    local = country.elections["local.2019-05-02"]
    board = council_results(country, local)
    assert (board.place, board.declared.declared) == (UNITED_KINGDOM, len(rows(country)))
    assert council_results(small, local).declared.declared < board.declared.declared


def test_every_question_on_councils_counts_those_of_the_country(small: Dataset) -> None:
    """Targets for control, maps, declarations and wards too."""
    country = of_the_country(small)
    assert set(control_targets(country, "red").without) - set(control_targets(small, "red").without) == {"Hartwick"}
    assert declared_councils(country, "local.2019-05-02") == declared_councils(small, "local.2019-05-02", outside=True)


def test_a_majority_counts_where_control_before_is_not_known(small: Dataset) -> None:
    """It is neither held nor gained: the party has it after the poll, and the outcome says that is all."""
    polls = [
        replace(poll, won={"red": 8, "mill": 4, "ind": 3}) if poll.council == "C04" else poll
        for poll in small.record.council_polls
    ]
    answer = councils(Dataset(replace(small.record, council_polls=tuple(polls))))
    row = next(row for row in answer.rows if row.council.name == "Dunwick")
    assert (row.control_before, row.control_after, row.change) == (None, "red", None)
    assert (row.outcome, row.gained_by, row.won_before_unknown_by) == ("Red win (before: not known)", None, "red")
    total = next(total for total in answer.parties if total.party == "red")
    assert (total.held, total.gained, total.lost, total.net, total.won_before_unknown) == (1, 1, 0, 1, 1)


def published(small: Dataset, **eve: Any) -> CouncilRow:
    """Cold Hollow with another eve."""
    held = SeatsHeld(date="2019-05-01", size=12, source="almanac", **eve)
    polls = [replace(poll, eve=held) if poll.council == "C03" else poll for poll in small.record.council_polls]
    answer = councils(Dataset(replace(small.record, council_polls=tuple(polls))))
    return next(row for row in answer.rows if row.council.name == "Cold Hollow")


def test_control_published_on_the_eve_needs_no_seats(small: Dataset) -> None:
    """Seats that were not published are unknown, and so are changes since."""
    row = published(small, seats={}, unknown=("blu", "ind"), control="blu")
    assert (row.control_before, row.outcome, row.largest_before) == ("blu", "Blue lose to NOC", None)
    assert row.seats_before == {"blu": None, "ind": None}
    assert row.baseline_date == "2019-05-01"
    assert any("only who was in control was published" in note for note in row.notes)


def test_parties_that_a_published_state_leaves_out_are_unknown(small: Dataset) -> None:
    """Those that it names are known, and control is as published."""
    row = published(small, seats={"blu": 5}, unknown=("red", "ind"), control=NOC)
    assert (row.control_before, row.outcome) == (NOC, "NOC no change")
    assert row.seats_before == {"blu": 5, "red": None, "ind": None}
