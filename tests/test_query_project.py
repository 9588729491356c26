"""Projections: votes changed as told, seat by seat, on whole numbers, and the laws that any such arithmetic keeps."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emvote.dataset import Dataset
from emvote.errors import UnknownName, UsageProblem
from emvote.model import SPEAKER
from emvote.queries.changes import Model, changes
from emvote.queries.project import ProjectAnswer, project
from emvote.queries.projection import Projected
from emvote.queries.targets import targets
from emvote.store import open_dataset

Polled = Callable[..., Dataset]
Emvote = Callable[..., CompletedProcess[str]]
Raw = Callable[[str], list[dict[str, str]]]

PLACES: dict[str, Any] = {
    "Ayton": {"blu": 500, "red": 400, "grn": 100},
    "Beck": {"blu": 450, "grn": 430, "red": 120},
    "Clay": {"red": 600, "blu": 390, "grn": 10},
    "Eden": {"blu": 900, "grn": 100},
}
"""Of 4,000 votes Blue has 2,240, or 56 per cent, Red 1,120, or 28, and Green 640, or 16."""


def projected(dataset: Dataset, *, on: str | None = None, **told: Any) -> ProjectAnswer:
    """A projection of changes as they are typed."""
    if isinstance(told.get("swings"), str):
        told["swings"] = [told["swings"]]
    return project(dataset, changes(dataset, **told), on)


def row(answer: ProjectAnswer, name: str) -> Projected:
    """The row of a seat."""
    return next(each for each in answer.every if each.seat.name == name)


def winners(answer: ProjectAnswer) -> dict[str, str | None]:
    """Who has most votes where."""
    return {each.seat.name: each.to_party for each in answer.every}


def seats(answer: ProjectAnswer) -> dict[str, tuple[int, int, int]]:
    """Party to seats before, after, and net."""
    return {total.party: (total.seats_before, total.seats_after, total.net) for total in answer.totals}


# --- swing between two parties ------------------------------------------------------------------------------------


def test_a_swing_moves_as_many_points_in_every_seat(polled: Polled) -> None:
    """From Blue to Red where both stood; Eden, without Red, is as it was."""
    answer = projected(polled(PLACES), swings="blu:red:10")
    assert row(answer, "Ayton").shares_pct == {"red": 50.0, "blu": 40.0, "grn": 10.0}
    assert row(answer, "Beck").shares_pct == {"grn": 43.0, "blu": 35.0, "red": 22.0}
    assert row(answer, "Eden").shares_pct == {"blu": 90.0, "grn": 10.0}
    assert winners(answer) == {"Ayton": "red", "Beck": "grn", "Clay": "red", "Eden": "blu"}
    assert [each.seat.name for each in answer.every if each.changed] == ["Ayton", "Beck"]
    assert [each.seat.name for each in answer.every if not each.standing] == ["Eden"]
    assert seats(answer) == {"red": (1, 2, 1), "blu": (3, 1, -2), "grn": (0, 1, 1)}


def test_exactly_the_swing_that_is_required_is_a_tie(polled: Polled) -> None:
    """Ayton needs 5: at 5 nobody has it, above it Red has."""
    place = polled(PLACES)
    tie = row(projected(place, swings="blu:red:5"), "Ayton")
    assert (tie.from_party, tie.to_party, tie.changed, tie.tied) == ("blu", None, None, ("blu", "red"))
    assert (tie.majority_pct, tie.note, tie.falls_at_pp) == (0.0, "an exact tie", 5.0)
    assert row(projected(place, swings="blu:red:4.999999"), "Ayton").to_party == "blu"
    assert row(projected(place, swings="blu:red:5.000001"), "Ayton").to_party == "red"
    assert projected(place, swings="blu:red:5").undecided_after == 1


def test_digits_typed_are_what_is_meant(polled: Polled) -> None:
    """A tenth has no exact float, and ten seats of ten parts tell: 0.1 of 1,000 votes is one vote."""
    place = polled({"Ayton": {"blu": 501, "red": 499}})
    assert row(projected(place, swings="blu:red:0.1"), "Ayton").tied == ("blu", "red")
    assert row(projected(place, swings="blu:red:0.10"), "Ayton").tied == ("blu", "red")


def test_loughborough_stays_at_a_rounded_swing(shipped: Dataset) -> None:
    """It needs 5.9025 on the notional result of 2019: 5.9 leaves it, 5.91 takes it."""
    for swing, changed in (("5.9", False), ("5.91", True)):
        answer = projected(shipped, on="2019-notional", swings=f"con:lab:{swing}")
        assert row(answer, "Loughborough").changed is changed


def test_nobody_goes_below_nought(polled: Polled) -> None:
    """Red has 12 to lose in Beck and is to lose 15: it is held at 0, and the shares are brought back to 100."""
    answer = projected(polled(PLACES), swings="red:grn:15")
    beck = row(answer, "Beck")
    assert beck.clamped == ("red",)
    assert beck.shares_pct == {"grn": pytest.approx(5800 / 103), "blu": pytest.approx(4500 / 103), "red": 0.0}
    assert [each.seat.name for each in answer.every if each.clamped] == ["Beck"]
    assert row(answer, "Clay").clamped == ()


def test_several_swings_are_added_up_before_anyone_is_held_at_nought(polled: Polled) -> None:
    """Red loses 15 and wins 5 in Beck: 2 are left."""
    beck = row(projected(polled(PLACES), swings=["red:grn:15", "blu:red:5"]), "Beck")
    assert (beck.clamped, beck.shares_pct) == ((), {"grn": 58.0, "blu": 40.0, "red": 2.0})


# --- new shares ---------------------------------------------------------------------------------------------------


def test_new_shares_change_every_seat_by_as_many_points(polled: Polled) -> None:
    """Blue from 56 to 46 is 10 points everywhere; Red from 28 to 38 is 10, where it stood."""
    answer = projected(polled(PLACES), shares="blu=46,red=38")
    assert row(answer, "Ayton").shares_pct == {"red": 50.0, "blu": 40.0, "grn": 10.0}
    assert row(answer, "Eden").shares_pct == {"blu": pytest.approx(8000 / 90), "grn": pytest.approx(1000 / 90)}
    assert answer.shares_before == {"blu": 56.0, "red": 28.0}
    assert answer.shares_of == "Fenmark"


def test_new_shares_in_proportion_multiply_votes(polled: Polled) -> None:
    """Red from 28 to 42 has half as many again; Green, from 16 to 8, half."""
    answer = projected(polled(PLACES), shares="red=42,grn=8", model=Model.PROPORTIONAL)
    assert row(answer, "Ayton").shares_pct == {
        "red": pytest.approx(60000 / 1150),
        "blu": pytest.approx(50000 / 1150),
        "grn": pytest.approx(5000 / 1150),
    }
    assert row(answer, "Eden").shares_pct == {"blu": pytest.approx(9000 / 95), "grn": pytest.approx(500 / 95)}


def test_in_proportion_to_nothing_is_points(polled: Polled) -> None:
    """Green stood and had no votes: nothing can be multiplied to 20 per cent, so 20 points are added."""
    place = polled({"Ayton": {"blu": 60, "red": 40, "grn": 0}})
    answer = projected(place, shares="grn=20", model=Model.PROPORTIONAL)
    assert row(answer, "Ayton").shares_pct == {
        "blu": pytest.approx(50),
        "red": pytest.approx(100 / 3),
        "grn": pytest.approx(50 / 3),
    }


def test_a_party_that_did_not_stand_stays_at_nought(polled: Polled) -> None:
    """Whatever share it is given."""
    for model in Model:
        answer = projected(polled(PLACES), shares="gold=20", model=model)
        assert [each.shares_pct.get("gold") for each in answer.every] == [None] * 4
        assert not any(each.changed for each in answer.every)
        assert answer.shares_before == {"gold": 0.0}


def test_shares_of_great_britain_leave_northern_ireland_alone() -> None:
    """Labour's share is of the votes of Great Britain, and so is the change in every seat of the region."""
    uk, shipped = open_dataset("uk"), open_dataset()
    british = [each for each in uk.contests_at("parl.2024-07-04") if not each.seat.startswith("N")]
    labour = sum(entry.votes for each in british for entry in each.candidates if entry.party == "lab")
    change = changes(shipped, shares="lab=44.7")
    answer = project(shipped, change, "2024", great_britain=uk)
    assert answer.shares_of == "Great Britain"
    assert answer.shares_before["lab"] == pytest.approx(100 * labour / sum(each.valid_votes or 0 for each in british))
    derby = row(answer, "Derby South")
    before = next(each.votes for each in derby.contest.candidates if each.party == "lab")
    gain = 44.7 - answer.shares_before["lab"]
    share = 100 * before / derby.votes
    assert derby.shares_pct["lab"] == pytest.approx(100 * (share + gain) / (100 + gain))
    whole = project(uk, change, "2024", great_britain=uk)
    assert not any(each.changed for each in whole.every if each.seat.region == "Northern Ireland")
    assert row(whole, "Derby South").shares_pct == derby.shares_pct


# --- copies and transfers -----------------------------------------------------------------------------------------


def test_a_copy_is_what_a_party_polled_there_then(polled: Polled) -> None:
    """New had 30 per cent of 2015's Ayton as Old; the others share 70 as five to four to one. In Beck nobody copied."""
    earlier = {"Ayton": {"red": 70, "old": 30}, "Beck": {"red": 60, "blu": 40}}
    place = polled({"Ayton": PLACES["Ayton"], "Beck": PLACES["Beck"]}, earlier)
    answer = projected(place, copies=["old@2015:gold"])
    assert row(answer, "Ayton").shares_pct == {
        "blu": pytest.approx(35), "gold": pytest.approx(30), "red": pytest.approx(28), "grn": pytest.approx(7),
    }  # fmt: skip
    beck = row(answer, "Beck")
    assert (beck.shares_pct.get("gold"), beck.standing, beck.changed) == (0.0, False, False)


def test_a_copy_takes_the_place_of_a_partys_own_votes_and_its_predecessors(polled: Polled) -> None:
    """Old polls 10 per cent; New, which continues it, polls 25 as Green did."""
    place = polled({"Ayton": {"red": 60, "blu": 30, "old": 10}}, {"Ayton": {"red": 75, "grn": 25}})
    shares = row(projected(place, copies=["grn@2015:new"]), "Ayton").shares_pct
    assert shares == {"red": pytest.approx(50), "blu": pytest.approx(25), "new": pytest.approx(25)}


def test_shares_are_copied_on_the_same_boundaries_only(shipped: Dataset) -> None:
    """Else the elections and their boundaries are named."""
    with pytest.raises(UsageProblem, match=r"parl\.2015-05-07 has the boundaries of 2010 and parl\.2024-07-04 those"):
        projected(shipped, copies=["ukip@2015:reform"])


def test_reform_with_the_votes_of_ukip_takes_no_seat_of_the_region(shipped: Dataset) -> None:
    """What ITV News asked in July 2024, on the result of 2019: the winner of every seat stays ahead."""
    answer = projected(shipped, on="2019", copies=["ukip@2015:reform"])
    assert not any(each.changed for each in answer.every)
    boston = row(answer, "Boston and Skegness")
    source = shipped.contests["parl.2015-05-07", boston.seat.id]
    ukip = next(each.votes for each in source.candidates if each.party == "ukip")
    assert boston.shares_pct["reform"] == pytest.approx(100 * ukip / (source.valid_votes or 0))


def test_a_transfer_moves_part_of_a_partys_own_votes_or_points_of_all(polled: Polled) -> None:
    """Half of Green's tenth in Ayton is 5 points; 5 points are half of that tenth."""
    place = polled(PLACES)
    for amount in ("50%", "50", "5pp"):
        answer = projected(place, transfers=[f"grn:red:{amount}"])
        assert row(answer, "Ayton").shares_pct == {"blu": 50.0, "red": 45.0, "grn": 5.0}, amount
    assert row(projected(place, transfers=["grn:red:50%"]), "Beck").shares_pct["grn"] == 21.5


def test_no_more_is_transferred_than_there_is(polled: Polled) -> None:
    """Green has 1 per cent in Clay and cannot give 5; the row says so, and the votes are all there."""
    clay = row(projected(polled(PLACES), transfers=["grn:red:5pp"]), "Clay")
    assert (clay.clamped, clay.shares_pct) == (("grn",), {"red": 61.0, "blu": 39.0, "grn": 0.0})


def test_a_transfer_to_nobody_does_not_happen(polled: Polled) -> None:
    """Red did not stand in Eden: Green keeps its votes."""
    eden = row(projected(polled(PLACES), transfers=["grn:red:50%"]), "Eden")
    assert (eden.shares_pct, eden.standing) == ({"blu": 90.0, "grn": 10.0}, False)


def test_a_transfer_follows_a_copy(polled: Polled) -> None:
    """What Gold polls as Old did, it can give."""
    place = polled({"Ayton": PLACES["Ayton"]}, {"Ayton": {"red": 70, "old": 30}})
    answer = projected(place, copies=["old@2015:gold"], transfers=["gold:blu:100%"])
    assert row(answer, "Ayton").shares_pct["blu"] == pytest.approx(65)


# --- what is left as it was ---------------------------------------------------------------------------------------


def test_independents_and_aggregates_are_nobodys_to_change(polled: Polled) -> None:
    """Each independent has a share of its own; where an aggregate leads nobody is known to win."""
    place = polled(
        {
            "Ayton": {"blu": 50, "ind": {"Ann Hill": 30, "Bob Lee": 10}, "red": 10},
            "Beck": {"blu": 45, "other": 40, "red": 15},
        },
        Beck={"tallies": True},
    )
    answer = projected(place, swings="blu:red:9")
    assert row(answer, "Ayton").shares_pct == {"blu": 41.0, "ind:hill": 30.0, "red": 19.0, "ind:lee": 10.0}
    beck = row(answer, "Beck")
    assert (beck.to_party, beck.changed, beck.note, beck.majority_pct) == (
        None, None, "not known who leads: votes of several are counted together", None,
    )  # fmt: skip


def test_the_speaker_and_seats_where_nobody_voted_stay(polled: Polled) -> None:
    """With the reason."""
    place = polled(
        {"Ayton": {"spk": 50, "grn": 40, "red": 10}, "Beck": {}, "Clay": {"grn": 5, "red": 4}},
        Beck={"unopposed": True, "returned": ("blu",), "valid_votes": None},
        Clay={"winner_unknown": "the count was lost"},
    )
    answer = projected(place, swings="grn:red:40")
    assert [(each.from_party, each.to_party, each.changed) for each in answer.every] == [
        (SPEAKER, SPEAKER, False), ("blu", "blu", False), (None, None, None),
    ]  # fmt: skip
    assert [each.note for each in answer.every] == [
        "as it was: the Speaker sought re-election",
        "as it was: returned unopposed",
        "as it was: the count was lost",
    ]


def test_one_elected_by_lot_keeps_the_seat_where_nothing_changes(polled: Polled) -> None:
    """A tie of the baseline that was decided is no tie of a projection by nothing."""
    place = polled({"Ayton": {"blu": 50, "red": 50}})
    assert row(projected(place, swings="blu:red:0"), "Ayton").to_party == "blu"


# --- tables and tipping seats -------------------------------------------------------------------------------------


def test_a_table_counts_seats_at_every_step(polled: Polled) -> None:
    """Ties are nobody's; the last step is the projection whose rows are shown."""
    answer = projected(polled(PLACES), swings="blu:red", table="0:10:5")
    assert [(step.swing.near, dict(step.seats), step.undecided, step.changed) for step in answer.steps] == [
        (0.0, {"blu": 3, "red": 1}, 0, 0),
        (5.0, {"red": 1, "grn": 1, "blu": 1}, 1, 1),
        (10.0, {"red": 2, "grn": 1, "blu": 1}, 0, 2),
    ]
    assert [(fall.seats, fall.row.seat.name, fall.row.falls_at_pp) for fall in answer.falls] == [(2, "Ayton", 5.0)]
    assert winners(answer) == winners(projected(polled(PLACES), swings="blu:red:10"))


def test_the_tipping_seat_takes_a_party_past_half(polled: Polled) -> None:
    """Red has Clay, ties in Ayton at 5 and in Beck at 31, past Green; three of four are more than half."""
    tipping = projected(polled(PLACES), swings="blu:red:1").tipping
    assert tipping is not None
    assert (tipping.party, tipping.against, tipping.needs) == ("red", "blu", 3)
    assert (tipping.seat and tipping.seat.name, tipping.swing_pp) == ("Beck", 31.0)


def test_without_one_swing_the_tipping_seat_is_that_of_the_largest_party(polled: Polled) -> None:
    """Blue has three of four and needs three: it can lose none, and Beck goes at 1."""
    tipping = projected(polled(PLACES), transfers=["grn:red:1%"]).tipping
    assert tipping is not None
    assert (tipping.party, tipping.against, tipping.seat and tipping.seat.name) == ("blu", None, "Beck")
    assert tipping.swing_pp == -1.0


def test_no_swing_wins_seats_where_a_party_did_not_stand(polled: Polled) -> None:
    """Then there is no tipping seat."""
    tipping = projected(polled({"Ayton": {"blu": 60, "red": 40}, "Beck": {"blu": 9}}), swings="blu:red:1").tipping
    assert tipping is not None
    assert (tipping.needs, tipping.seat, tipping.swing_pp) == (2, None, None)


# --- what makes no sense ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "a projection needs something to change"),
        ({"swings": ["blu:red"]}, r"FROM:TO:POINTS \(con:lab:5\.9\), not 'blu:red'"),
        ({"swings": ["blu:red:x"]}, r"FROM:TO:POINTS \(con:lab:5\.9\), not 'x'"),
        ({"swings": ["blu:red:-5"]}, "for a swing the other way write red:blu:5"),
        ({"swings": ["blu:red:101"]}, "no more than 100"),
        ({"swings": ["blu:blu:5"]}, "one party on both sides"),
        ({"swings": ["old:new:5"]}, "one party on both sides"),
        ({"swings": ["ind:red:5"]}, "no one party"),
        ({"shares": ""}, "PARTY=PERCENT"),
        ({"shares": "red"}, "PARTY=PERCENT"),
        ({"shares": "red=nan"}, "PARTY=PERCENT"),
        ({"shares": "red=60,blu=40.1"}, "add up to 100.1: no more than 100"),
        ({"shares": "red=6,Red=4"}, "two shares"),
        ({"shares": "new=6,old=4"}, "two shares"),
        ({"shares": "red=6", "copies": ["blu@2015:red"]}, "two shares"),
        ({"copies": ["blu@2015"]}, r"PARTY@ELECTION:PARTY \(ukip@2015:reform\)"),
        ({"copies": ["blu:red"]}, r"PARTY@ELECTION:PARTY"),
        ({"transfers": ["blu:red"]}, "FROM:TO:AMOUNT"),
        ({"transfers": ["blu:red:half"]}, "FROM:TO:AMOUNT"),
        ({"swings": ["blu:red"], "table": "0:10"}, "FROM:TO:STEP"),
        ({"swings": ["blu:red"], "table": "0:10:0"}, "FROM:TO:STEP"),
        ({"swings": ["blu:red"], "table": "10:0:1"}, "FROM:TO:STEP"),
        ({"swings": ["blu:red"], "table": "0:100:0.001"}, "more than 1,000 steps"),
        ({"shares": "red=6", "table": "0:10:1"}, "--table goes with one --swing"),
        ({"swings": ["blu:red:1"], "model": Model.PROPORTIONAL}, "give them with --shares"),
    ],
)
def test_what_makes_no_sense_is_told_with_what_would(polled: Polled, told: dict[str, Any], words: str) -> None:
    """What was given, what was expected, what to type."""
    with pytest.raises(UsageProblem, match=words):
        changes(polled(PLACES), **told)


def test_names_that_lead_nowhere_are_told(polled: Polled) -> None:
    """Parties and elections."""
    place = polled(PLACES)
    for told in ({"swings": ["blu:violet:1"]}, {"shares": "violet=1"}, {"copies": ["blu@2091:red"]}):
        with pytest.raises(UnknownName):
            changes(place, **told)


# --- laws ---------------------------------------------------------------------------------------------------------

counts = st.integers(0, 80)
votes_of_a_place = st.fixed_dictionaries({"red": counts, "blu": counts, "grn": counts, "gold": counts}).filter(
    lambda votes: max(votes.values()) > 0
)
results = st.lists(votes_of_a_place, min_size=1, max_size=6)
amounts = st.decimals(0, 40, places=2).map(str)


def places(votes: list[dict[str, int]]) -> dict[str, dict[str, int]]:
    """Places with names."""
    return {f"Place{i}": each for i, each in enumerate(votes)}


def shares(answer: ProjectAnswer) -> list[dict[str, Fraction]]:
    """Exact shares of every seat."""
    return [
        {key: Fraction(weight, sum(each.weights)) for key, weight in zip(each.keys, each.weights, strict=True)}
        for each in answer.every
    ]


@given(results, st.sampled_from(["swings", "transfers", "shares", "proportional"]))
def test_a_projection_by_nothing_changes_nothing(polled: Polled, votes: list[dict[str, int]], how: str) -> None:
    """No swing, no transfer, or the shares that the parties had, where those can be typed."""
    place = polled(places(votes))
    total = sum(sum(each.values()) for each in votes)
    red = Fraction(100 * sum(each["red"] for each in votes), total)
    told: dict[str, Any] = {how: ["blu:red:0"]}
    if how in ("shares", "proportional"):
        if Fraction(f"{float(red):.6f}") != red:
            return
        told = {"shares": f"red={float(red):.6f}", "model": Model.UNIFORM if how == "shares" else Model.PROPORTIONAL}
    answer = projected(place, **told)
    for each, before in zip(answer.every, votes, strict=True):
        assert each.changed is False
        assert shares(answer)[answer.every.index(each)] == {
            party: Fraction(number, sum(before.values())) for party, number in before.items()
        }
    assert all(total.net == 0 for total in answer.totals)


@given(results, amounts)
def test_there_and_back_is_where_it_was(polled: Polled, votes: list[dict[str, int]], amount: str) -> None:
    """Where nobody was held at nought on the way."""
    place = polled(places(votes))
    there = projected(place, swings=f"blu:red:{amount}")
    back = projected(place, swings=[f"blu:red:{amount}", f"red:blu:{amount}"])
    for each, again, before in zip(there.every, shares(back), votes, strict=True):
        assert again == {party: Fraction(number, sum(before.values())) for party, number in before.items()}
        if not each.clamped:
            moved = dict(zip(each.keys, each.weights, strict=True))
            points = Fraction(amount) / 100
            total = sum(each.weights)
            assert Fraction(moved["blu"], total) + points == again["blu"]
            assert Fraction(moved["red"], total) - points == again["red"]


@given(results)
def test_every_target_falls_at_its_own_swing_and_not_below_it(polled: Polled, votes: list[dict[str, int]]) -> None:
    """From its holder: a tie at exactly that, the challenger above it, the seat not won below."""
    place = polled(places(votes))
    for target in targets(place, "red").every:
        if target.half_votes is None or target.holder_party is None or target.half_votes == 0:
            continue
        exact = Fraction(50 * target.half_votes, target.contest.valid_votes or 1)
        near = int(exact * 10**6)
        name = target.seat.name
        for millionths, wins in ((near - 1, False), (near + 1, True)):
            swing = f"{millionths // 10**6}.{millionths % 10**6:06d}"
            if Fraction(swing) == exact or millionths < 0:
                continue
            after = row(projected(place, swings=f"{target.holder_party}:red:{swing}"), name)
            assert (after.to_party == "red") is wins, (swing, exact)
        if exact.denominator in (1, 2, 4, 5, 10, 20, 25, 50, 100):
            after = row(projected(place, swings=f"{target.holder_party}:red:{float(exact):.2f}"), name)
            assert after.to_party is None
            assert "red" in after.tied


@given(results, amounts, st.sampled_from(["swings", "transfers", "shares", "proportional", "copies"]))
def test_shares_make_a_hundred_and_nets_make_nothing(
    polled: Polled, votes: list[dict[str, int]], amount: str, how: str
) -> None:
    """Whatever changes; a seat that nobody has counts as nobody's."""
    told: dict[str, Any] = {how: [f"blu:red:{amount}"]}
    if how in ("shares", "proportional"):
        told = {"shares": f"red={amount},blu=20", "model": Model.UNIFORM if how == "shares" else Model.PROPORTIONAL}
    if how == "copies":
        told = {"copies": ["grn@2015:gold"]}
    answer = projected(polled(places(votes), places(votes[::-1])), **told)
    for each in answer.every:
        if sum(each.weights):
            assert sum(each.shares_pct.values()) == pytest.approx(100)
            assert min(each.weights) >= 0
    assert sum(total.net for total in answer.totals) + answer.undecided_after - answer.undecided_before == 0
    assert sum(total.share_after_pct or 0 for total in answer.totals) == pytest.approx(100) or any(
        not sum(each.weights) for each in answer.every
    )


@given(results, amounts, st.sampled_from(["%", "pp"]))
def test_transfers_lose_no_votes(polled: Polled, votes: list[dict[str, int]], amount: str, unit: str) -> None:
    """What the two parties have together is the same, and nobody else's share changes."""
    answer = projected(polled(places(votes)), transfers=[f"blu:red:{amount}{unit}"])
    for after, before in zip(shares(answer), votes, strict=True):
        total = sum(before.values())
        assert after["blu"] + after["red"] == Fraction(before["blu"] + before["red"], total)
        assert all(after[party] == Fraction(before[party], total) for party in ("grn", "gold"))
        assert after["blu"] <= Fraction(before["blu"], total)


@given(results, st.decimals(1, 90, places=1).map(str))
def test_uniform_change_is_that_of_fractions(polled: Polled, votes: list[dict[str, int]], share: str) -> None:
    """Worked out again: every share plus the change of the whole, none below 0, and brought back to 1."""
    answer = projected(polled(places(votes)), shares=f"blu={share}")
    total = sum(sum(each.values()) for each in votes)
    change = Fraction(share) / 100 - Fraction(sum(each["blu"] for each in votes), total)
    for after, before in zip(shares(answer), votes, strict=True):
        raw = {party: Fraction(number, sum(before.values())) for party, number in before.items()}
        raw["blu"] = max(raw["blu"] + change, Fraction(0))
        if sum(raw.values()):
            assert after == {party: part / sum(raw.values()) for party, part in raw.items()}


@given(results, st.integers(0, 30))
def test_a_total_is_reached_where_its_seat_falls(polled: Polled, votes: list[dict[str, int]], last: int) -> None:
    """Counted at every step of a table, the gainer's seats are those that have fallen and those it held."""
    place = polled(places(votes))
    answer = projected(place, swings="blu:red", table=f"0:{last}:1")
    held = sum(each.from_party == "red" for each in answer.every)
    for step in answer.steps:
        if step.swing.top == 0:
            continue
        fallen = sum((fall.row.falls_at_pp or 0) < step.swing.near for fall in answer.falls)
        assert step.seats.get("red", 0) == held + fallen


# --- the raw files -------------------------------------------------------------------------------------------------


def raw_seats(rows: list[dict[str, str]]) -> dict[str, dict[str, int]]:
    """Seats of the region as published: candidate, or party where it is one of three, to votes."""
    found: dict[str, dict[str, int]] = {}
    for each in rows:
        if each["region_name"] == "East Midlands":
            party = {"Con": "con", "Lab": "lab", "RUK": "reform"}.get(each["party_abbreviation"])
            key = party or f"{each['candidate_first_name']} {each['candidate_surname']} {each['votes']}"
            found.setdefault(each["constituency_name"], {})[key] = int(each["votes"])
    return found


@pytest.mark.parametrize(("told", "points"), [("lab:con:4.56", "4.56"), ("lab:con:7", "7"), ("lab:con:20", "20")])
def test_a_projection_is_that_of_the_raw_file(raw: Raw, shipped: Dataset, told: str, points: str) -> None:
    """Worked out again with fractions from the candidates of 2024 as published."""
    seats = raw_seats(raw("general-elections/candidacies-2024.csv"))
    answer = projected(shipped, on="2024", swings=told)
    assert len(seats) == len(answer.every) == 47
    for name, votes in seats.items():
        total = sum(votes.values())
        after = {key: Fraction(number, total) for key, number in votes.items()}
        after["con"], after["lab"] = after["con"] + Fraction(points) / 100, after["lab"] - Fraction(points) / 100
        leader = max(after, key=lambda key: after[key])
        to_party = row(answer, name).to_party
        assert to_party == leader or (leader not in ("con", "lab", "reform") and to_party == "ind"), name


@pytest.mark.parametrize("model", Model)
def test_new_shares_are_those_of_the_raw_file(raw: Raw, shipped: Dataset, model: Model) -> None:
    """Seats of three parties, worked out again from all candidates of 2024 as published."""
    seats = raw_seats(raw("general-elections/candidacies-2024.csv"))
    valid = sum(sum(votes.values()) for votes in seats.values())
    new = {"lab": Fraction("0.315"), "con": Fraction("0.24"), "reform": Fraction("0.27")}
    before = {party: Fraction(sum(votes[party] for votes in seats.values() if party in votes), valid) for party in new}
    answer = projected(shipped, on="2024", shares="lab=31.5,con=24,reform=27", model=model)
    for name, votes in seats.items():
        total = sum(votes.values())
        after = {key: Fraction(number, total) for key, number in votes.items()}
        for party, share in new.items():
            if party in after and model is Model.UNIFORM:
                after[party] = max(after[party] + share - before[party], Fraction(0))
            elif party in after:
                after[party] *= share / before[party]
        shares = row(answer, name).shares_pct
        for party in new:
            assert shares.get(party, 0.0) == pytest.approx(float(100 * after.get(party, 0) / sum(after.values())))


# --- at the command line ------------------------------------------------------------------------------------------


def test_while_seats_are_out_there_is_no_tipping_seat(emvote: Emvote) -> None:
    """Two of four have declared: the scoreboard is of those, and the first lines say so."""
    words = ("project", "--swing", "blu:red:5", "--data", Path(__file__).parent / "data" / "night.toml")
    answer = json.loads(emvote(*words, "--json").stdout)
    assert (answer["summary"]["seats"], answer["summary"]["tipping"]) == (2, None)
    assert "2 of 4 declared; not declared, and in no figure here: Cedar, Damson" in answer["notes"]
    assert "(2 of 4 declared)" in emvote(*words).stdout.splitlines()[1]


def test_the_answer_says_that_it_is_arithmetic(emvote: Emvote) -> None:
    """First of all."""
    assert emvote("project", "--swing", "con:lab:1").stdout.startswith("Arithmetic, not a forecast: ")


def test_json_holds_the_scoreboard_and_the_tipping_seat(emvote: Emvote) -> None:
    """On the notional result of 2019, at 5.91 to Labour: Con 39 to 31, Lab 8 to 16."""
    done = emvote("project", "--baseline", "2019-notional", "--swing", "con:lab:5.91", "--changed", "--json")
    answer = json.loads(done.stdout)
    parties = {each["party"]: each for each in answer["summary"]["parties"]}
    assert [(parties[p]["seats_before"], parties[p]["seats_after"], parties[p]["net"]) for p in ("con", "lab")] == [
        (39, 31, -8),
        (8, 16, 8),
    ]
    assert (answer["summary"]["seats"], answer["summary"]["shown"], answer["summary"]["changed"]) == (47, 8, 8)
    assert answer["summary"]["tipping"]["seat"] == "Harborough, Oadby and Wigston"
    assert answer["summary"]["clamped_seats"] == 0
    assert answer["baseline"] == {"election": "parl.2019-12-12.notional", "type": "notional"}


def test_shares_of_great_britain_need_no_other_option(emvote: Emvote) -> None:
    """The dataset of the country is opened beside the region's; what is not in it is told."""
    answer = json.loads(emvote("project", "--shares", "lab=39,con=24", "--shares-of", "gb", "--json").stdout)
    assert (answer["summary"]["scope"], answer["query"]["shares_of"]) == ("East Midlands", "gb")
    small = str(Path(__file__).parent / "data" / "small.toml")
    wrong = emvote("project", "--shares", "red=39", "--shares-of", "gb", "--baseline", "2015", "--data", small)
    assert (wrong.returncode, "Red Party had no votes in Great Britain" in wrong.stderr) == (2, True)
    wrong = emvote("project", "--shares", "red=39", "--shares-of", "gb", "--baseline", "feb1974", "--data", small)
    assert (wrong.returncode, "has no parl.1974-02-28" in wrong.stderr) == (2, True)
