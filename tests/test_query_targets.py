"""Target lists: the swing that each seat takes, in order, and what has no place in the list."""

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
from emvote.model import SPEAKER, UNITED_KINGDOM
from emvote.queries.control_targets import control_targets, councils_filter
from emvote.queries.targets import TargetFilter, TargetsAnswer, targets
from emvote.render.numbers import fixed
from emvote.store import open_dataset

Polled = Callable[..., Dataset]
Emvote = Callable[..., CompletedProcess[str]]
Raw = Callable[[str], list[dict[str, str]]]

PLACES: dict[str, Any] = {
    "Ayton": {"blu": 500, "red": 400, "grn": 100},
    "Beck": {"blu": 450, "grn": 430, "red": 120},
    "Clay": {"red": 600, "blu": 390, "grn": 10},
    "Dene": {"grn": 301, "red": 300, "blu": 299},
    "Eden": {"blu": 900, "grn": 100},
    "Fold": {"blu": 1000, "red": 800, "grn": 200},
    "Gate": {"red": 500, "ind": {"Ann Hill": 460, "Bob Lee": 40}},
}


@pytest.fixture(scope="module")
def uk() -> Dataset:
    """The dataset of the whole country."""
    return open_dataset("uk")


def figures(answer: TargetsAnswer) -> list[tuple[int | None, str, float | None, int | None]]:
    """Rank, seat, swing and votes, row by row."""
    return [(row.rank, row.seat.name, row.swing_pp, row.votes_needed) for row in answer.rows]


def test_the_list_is_by_swing_and_exact_ties_share_a_rank(polled: Polled) -> None:
    """Ayton and Fold need exactly 5: both are second, after Dene, where one voter makes a win."""
    answer = targets(polled(PLACES), "red")
    assert figures(answer) == [
        (1, "Dene", pytest.approx(50 / 900), 1),
        (2, "Ayton", 5.0, 51),
        (2, "Fold", 5.0, 101),
        (4, "Beck", 31.0, 311),
        (None, "Eden", None, None),
    ]
    assert (answer.held, answer.seats, answer.rows[-1].note) == (2, 7, "did not stand")


def test_whoever_stands_between_is_passed_too(polled: Polled) -> None:
    """In Beck Red is third: 310 more than it has pass Green, and half of the 330 that Blue leads by do not."""
    row = targets(polled(PLACES), "red").rows[3]
    assert (row.seat.name, row.position, row.second, row.passes and row.passes.party) == ("Beck", 3, "grn", "grn")
    gap = targets(polled(PLACES), "red", gap_only=True).rows[3]
    assert (gap.swing_pp, gap.votes_needed, gap.passes) == (16.5, 166, None)


def test_a_party_between_that_is_passed_on_the_way_changes_nothing(polled: Polled) -> None:
    """In Dene Blue is third by one vote; it needs one from Green to tie with it, and is then past Red."""
    row = next(row for row in targets(polled(PLACES), "blu").rows if row.seat.name == "Dene")
    assert (row.half_votes, row.passes, row.votes_needed, row.position) == (2, None, 2, 3)


def test_votes_needed_win_and_one_fewer_does_not(polled: Polled) -> None:
    """With only the holder's votes going to the challenger."""
    for row in targets(polled(PLACES), "red").rows[:4]:
        votes = {
            entry.party: entry.votes
            for entry in row.contest.candidates
            if row.holder is not None and entry.party not in ("red", row.holder.party)
        }
        assert row.holder is not None
        assert row.challenger is not None
        assert row.votes_needed is not None
        for number, wins in ((row.votes_needed, True), (row.votes_needed - 1, False)):
            others = max([row.holder.votes - number, *votes.values()])
            assert (row.challenger.votes + number > others) is wins, row.seat.name


def test_filters_leave_ranks_as_they_are(polled: Polled) -> None:
    """They are those of the whole list."""
    place = polled(PLACES)

    def kept(**conditions: Any) -> list[tuple[int | None, str]]:
        return [(row.rank, row.seat.name) for row in targets(place, "red", keep=TargetFilter(**conditions)).rows]

    assert kept(holder="blu", stood=True) == [(2, "Ayton"), (2, "Fold"), (4, "Beck")]
    assert kept(second="grn") == [(4, "Beck"), (None, "Eden")]
    assert kept(county="Fshire") == [(2, "Fold")]
    assert kept(band="very-marginal") == [(4, "Beck")]
    assert kept(band="Fairly safe") == [(2, "Ayton"), (2, "Fold")]
    assert kept(swing_band="very safe") == [(4, "Beck")]
    assert kept(under="5.01") == [(1, "Dene"), (2, "Ayton"), (2, "Fold")]


def test_under_a_swing_is_below_it_exactly(polled: Polled) -> None:
    """A seat that needs 5 does not need less than 5."""
    rows = targets(polled(PLACES), "red", keep=TargetFilter(under="5")).rows
    assert [row.seat.name for row in rows] == ["Dene"]


@pytest.mark.parametrize("under", ["", "five", "-1", "nan", "1e1", "100.1", "5.", "٥", "9" * 40])
def test_a_swing_that_is_no_number_is_refused(polled: Polled, under: str) -> None:
    """With what was given and what is expected."""
    with pytest.raises(UsageProblem, match=r"--under takes a swing in points from 0 to 100 \(5\.9\), not '"):
        targets(polled(PLACES), "red", keep=TargetFilter(under=under))


def test_the_other_way_round_it_is_what_a_party_may_lose(polled: Polled) -> None:
    """To whoever is second, at half the majority."""
    answer = targets(polled(PLACES), "blu", defend=True)
    assert [(row.rank, row.seat.name, row.challenger_party, row.swing_pp, row.votes_needed) for row in answer.rows] == [
        (1, "Beck", "grn", 1.0, 11),
        (2, "Ayton", "red", 5.0, 51),
        (2, "Fold", "red", 5.0, 101),
        (4, "Eden", "grn", 40.0, 401),
    ]
    with pytest.raises(UsageProblem, match="--holder"):
        targets(polled(PLACES), "blu", keep=TargetFilter(holder="red"), defend=True)


def test_a_seat_is_lost_at_the_same_swing_as_its_runner_up_needs(polled: Polled) -> None:
    """Where one is second, one list is the other turned round."""
    place = polled(PLACES)
    lost = {(row.seat.name, row.half_votes) for row in targets(place, "blu", defend=True).rows}
    won = {(row.seat.name, row.half_votes) for row in targets(place, "red").rows if row.second == "red"}
    assert {each for each in won if each[0] in ("Ayton", "Fold")} <= lost


def test_where_two_are_second_nobody_is_named(polled: Polled) -> None:
    """The swing is known all the same."""
    row = targets(polled({"Ayton": {"red": 50, "blu": 30, "grn": 30}}), "red", defend=True).rows[0]
    assert (row.challenger_party, row.second, row.majority_votes) == (None, None, 20)
    assert row.swing_pp == pytest.approx(1000 / 110)


def test_an_independent_can_be_passed_and_can_take_a_seat(polled: Polled) -> None:
    """Each is one contender."""
    place = polled(PLACES)
    row = targets(place, "red", defend=True).rows[0]
    assert (row.seat.name, row.challenger_party, row.challenger and row.challenger.candidate) == (
        "Gate",
        "ind",
        "Ann Hill",
    )
    third = polled({"Ayton": {"blu": 50, "ind": {"Ann Hill": 45}, "red": 5}})
    assert targets(third, "red").rows[0].votes_needed == 41


def test_an_aggregate_of_votes_is_nobody_to_pass(polled: Polled) -> None:
    """One of those in it may have them all or few: where that matters the swing is not known, and the row says so."""
    aggregate = {"tallies": True}
    place = polled({"Ayton": {"blu": 50, "other": 45, "red": 5}, "Beck": {"blu": 50, "red": 30, "other": 20}},
                   Ayton=aggregate, Beck=aggregate)  # fmt: skip
    beck, ayton = targets(place, "red").rows
    assert (beck.seat.name, beck.swing_pp, ayton.swing_pp, ayton.position) == ("Beck", 10.0, None, None)
    assert ayton.note == "not known whether one of those counted together has more votes"
    assert targets(place, "red", gap_only=True).rows[1].swing_pp == 22.5
    assert targets(place, "grn").rows[0].note == "did not stand, or is not told apart from others"


def test_an_aggregate_that_the_published_majority_is_counted_over_is_one_contender(polled: Polled) -> None:
    """The source has then taken it for one: it can be second, has to be passed, and leaves the majority known."""
    place = polled({"Ayton": {"blu": 50, "ind": 44, "red": 6}, "Beck": {"blu": 50, "ind": 44, "red": 6}},
                   Ayton={"tallies": True, "majority": 6}, Beck={"tallies": True})  # fmt: skip
    ayton, beck = targets(place, "red").rows
    assert (ayton.swing_pp, ayton.second, ayton.majority_votes, ayton.position) == (38.0, "ind", 6, 3)
    assert ayton.passes is not None
    assert ayton.passes.party == "ind"
    assert (beck.swing_pp, beck.second, beck.majority_votes, beck.position) == (None, None, None, None)


def test_nobody_swings_against_the_speaker(polled: Polled) -> None:
    """Nor in a seat whose winner is not known, nor where nobody voted."""
    place = polled(
        {"Ayton": {"spk": 90, "grn": 10}, "Beck": {"red": 5, "grn": 4}, "Clay": {}},
        Beck={"winner_unknown": "the count was lost"},
        Clay={"unopposed": True, "returned": ("blu",), "valid_votes": None},
    )
    assert [(row.seat.name, row.rank, row.holder_party) for row in targets(place, "grn").rows] == [
        ("Ayton", None, SPEAKER),
        ("Beck", None, None),
        ("Clay", None, "blu"),
    ]


def test_a_party_has_the_votes_of_its_predecessor(polled: Polled) -> None:
    """New continues Old, which stood; the answer names it."""
    answer = targets(polled({"Ayton": {"red": 60, "old": 40}}), "new")
    assert (answer.rows[0].challenger_party, answer.rows[0].swing_pp, answer.joined) == ("old", 10.0, ("old",))


@pytest.mark.parametrize("party", ["ind", "other", "spk"])
def test_a_list_is_of_one_party(polled: Polled, party: str) -> None:
    """Independents and aggregates are none."""
    with pytest.raises(UsageProblem, match="a target list is of one party"):
        targets(polled(PLACES), party)


def test_names_that_lead_nowhere_are_told(polled: Polled) -> None:
    """Of parties, elections, counties; a band that there is none of is a usage error with the bands there are."""
    place = polled(PLACES)
    for arguments in (("violet",), ("red", "2091"), ("red", None, TargetFilter(county="Mars"))):
        with pytest.raises(UnknownName):
            targets(place, *arguments)
    with pytest.raises(UsageProblem, match="there are: ultra-marginal, very marginal"):
        targets(place, "red", keep=TargetFilter(band="wobbly"))


counts = st.integers(0, 60)
votes_of_a_place = st.fixed_dictionaries({"red": counts, "blu": counts, "grn": counts, "gold": counts}).filter(
    lambda votes: max(votes.values()) > 0
)


@given(st.lists(votes_of_a_place, min_size=1, max_size=8))
def test_every_list_is_that_of_exact_fractions(polled: Polled, results: list[dict[str, int]]) -> None:
    """Order, ranks and figures, worked out another way: by the first number of changing half votes that ties."""
    place = polled({f"Place{i}": votes for i, votes in enumerate(results)})
    expected = []
    for i, votes in enumerate(results):
        holder = max(votes, key=lambda party: votes[party])
        if holder == "red":
            continue
        moved = next(
            half
            for half in range(4 * 60)
            if 2 * votes["red"] + half
            >= max(2 * votes[holder] - half, *(2 * votes[each] for each in votes if each not in ("red", holder)))
        )
        expected.append((Fraction(50 * moved, sum(votes.values())), f"Place{i}"))
    expected.sort()
    rows = targets(place, "red").rows
    assert [(row.seat.name, row.swing_pp) for row in rows] == [(name, float(swing)) for swing, name in expected]
    assert [row.rank for row in rows] == [1 + sum(other < swing for other, _ in expected) for swing, _ in expected]


# --- councils -----------------------------------------------------------------------------------------------------


def test_councils_are_listed_by_the_seats_that_are_short(small: Dataset) -> None:
    """Of the latest composition on record: more than half of all seats less those that the party has."""
    answer = control_targets(small, "red")
    for row in answer.rows:
        latest = max(row.council.compositions, key=lambda each: each.year)
        assert row.needed == latest.size // 2 + 1
        assert row.seats == latest.seats.get("red", 0)
    assert [row.short for row in answer.rows] == sorted(row.needed - (row.seats or 0) for row in answer.rows)
    assert len(answer.rows) + answer.controlled == answer.councils
    assert answer.councils > answer.controlled > 0


def test_no_heading_reads_as_the_next_election(emvote: Emvote) -> None:
    """The cycle, and the year that the seats are of."""
    heading = emvote("targets", "lab", "--councils", "--format", "plain").stdout
    heading = next(line for line in heading.splitlines() if "Rank" in line)
    assert heading.split("  ")[-1] == "County"
    assert [word for word in ("Cycle", "Seats in", "Elected", "Year") if word in heading] == ["Cycle", "Seats in"]


def test_derby_is_labours_nearest_council(shipped: Dataset) -> None:
    """In May 2026 it had 24 of 51 seats there, and 26 give control; Lincoln, with 17 of 33, it loses with one seat."""
    first = control_targets(shipped, "lab").rows[0]
    assert (first.rank, first.council.name, first.seats, first.needed, first.short) == (1, "Derby", 24, 26, 2)
    lincoln = next(row for row in control_targets(shipped, "lab", defend=True).rows if row.council.name == "Lincoln")
    assert (lincoln.rank, lincoln.seats, lincoln.short) == (1, 17, 0)


def test_a_part_of_an_aggregate_is_not_known_and_has_no_rank(shipped: Dataset) -> None:
    """The record of 2026 has the Ashfield Independents among others: it is not said that they have no seat."""
    row = next(row for row in control_targets(shipped, "ashind").rows if row.council.name == "Ashfield")
    assert (row.rank, row.seats, row.short) == (None, None, None)


def test_conditions_on_seats_do_not_go_with_councils() -> None:
    """They are refused rather than left out of account."""
    assert councils_filter(TargetFilter(holder="lab"), seats_only=False) == {"holder": "lab", "county": None}
    for keep, seats_only in ((TargetFilter(under="5"), False), (TargetFilter(), True)):
        with pytest.raises(UsageProblem, match="--councils goes with --defend, --holder and --county"):
            councils_filter(keep, seats_only=seats_only)


# --- published lists ------------------------------------------------------------------------------------------------


def test_loughborough_is_61st_on_labours_list(uk: Dataset) -> None:
    """At 5.90, on the notional result of 2019: ITV News, "10 seats to watch in the East Midlands", July 2024."""
    row = next(row for row in targets(uk, "lab", "2019-notional").rows if row.seat.name == "Loughborough")
    assert (row.rank, row.votes_needed) == (61, 3046)
    assert row.swing_pp == pytest.approx(5.9025, abs=0.0001)


PUBLISHED = {
    # the Press Association's lists of 16 January 2024 on the notional results, as in the Shropshire Star of that day
    "lab": [
        ("Burnley", "0.13"), ("Leigh and Atherton", "0.33"), ("High Peak", "0.54"), ("Bangor Aberconwy", "0.77"),
        ("Wolverhampton West", "0.92"), ("Bury South", "0.94"), ("Bury North", "1.20"), ("Bolton North East", "1.28"),
        ("Watford", "1.35"), ("Chingford and Woodford Green", "1.47"), ("Wycombe", "1.59"),
        ("Birmingham Northfield", "1.69"), ("Leeds North West", "1.80"), ("Stroud", "2.03"),
        ("Keighley and Ilkley", "2.11"), ("Stoke-on-Trent Central", "2.11"), ("Whitehaven and Workington", "2.17"),
        ("Lothian East", "2.17"), ("Gedling", "2.22"), ("Walsall and Bloxwich", "2.40"), ("Peterborough", "2.47"),
        ("Vale of Glamorgan", "2.57"), ("West Bromwich", "2.60"), ("Mid Cheshire", "2.66"),
        ("Wakefield and Rothwell", "2.67"), ("Ynys Môn", "2.69"), ("Derby North", "2.70"), ("Bridgend", "2.73"),
        ("Clwyd North", "2.76"), ("Lancaster and Wyre", "3.05"),
    ],
    "con": [("Warrington South", "0.06")],
}  # fmt: skip
OF_2017 = {
    # before the election of 2019, on the result of 2017: lists collected by Wikipedia
    "con": [
        ("Perth and North Perthshire", "0.02"), ("Kensington", "0.03"), ("Dudley North", "0.03"),
    ],
    "lab": [
        ("Southampton, Itchen", "0.03"), ("Glasgow South West", "0.08"), ("Glasgow East", "0.10"), ("Arfon", "0.16"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("party", PUBLISHED)
def test_lists_come_out_as_the_press_association_published_them(uk: Dataset, party: str) -> None:
    """In the same order, to two decimals."""
    rows = targets(uk, party, "2019-notional").rows[: len(PUBLISHED[party])]
    assert [(row.seat.name, fixed(row.swing_pp or 0, 2)) for row in rows] == PUBLISHED[party]


@pytest.mark.parametrize("party", OF_2017)
def test_lists_on_a_result_as_fought_come_out_as_published(uk: Dataset, party: str) -> None:
    """On the boundaries of 2010."""
    rows = targets(uk, party, "2017").rows[: len(OF_2017[party])]
    assert [(row.seat.name, fixed(row.swing_pp or 0, 2)) for row in rows] == OF_2017[party]


@pytest.mark.parametrize(("party", "column"), [("lab", "LABV"), ("con", "CONV"), ("ld", "LDV"), ("green", "GRNV")])
def test_the_list_of_the_country_is_that_of_the_raw_file(raw: Raw, uk: Dataset, party: str, column: str) -> None:
    """Worked out again from the notional results as published, with fractions.

    The first column of independents is the largest of all others wherever that matters (`MAXOTHV`, left out here), and
    the published majority is the lead over it: so it is one contender.
    """
    seats: dict[str, dict[str, int]] = {}
    for row in raw("general-elections/notional-2019-on-2024-boundaries.csv"):
        if row["party_column_code"] not in ("TOTOTHV", "MAXOTHV"):
            seats.setdefault(row["ons_id"], {})[row["party_column_code"]] = int(row["votes"])
    assert len(seats) == 650
    expected = []
    for votes in seats.values():
        holder = max(votes, key=lambda each: votes[each])
        if column not in votes or holder == column or "Commons Speaker" in votes:
            continue
        others = {each: number for each, number in votes.items() if each not in (holder, column)}
        gap = Fraction(votes[holder] - votes[column], 2)
        most = max(others, key=lambda each: others[each], default=None)
        pass_other = Fraction(others[most] - votes[column]) if most else Fraction(0)
        expected.append(100 * max(gap, pass_other) / sum(votes.values()))
    rows = [row for row in targets(uk, party, "2019-notional").rows if row.rank is not None]
    assert [row.swing_pp for row in rows] == [float(each) for each in sorted(expected)]
    assert len(rows) > 200


def test_the_countrys_and_the_regions_lists_agree_on_what_a_seat_needs(uk: Dataset, shipped: Dataset) -> None:
    """Rank is of the list; swing and votes are of the seat."""
    country = {row.seat.id: row for row in targets(uk, "lab", "2019-notional").rows}
    assert uk.record.region == UNITED_KINGDOM
    for row in targets(shipped, "lab", "2019-notional").rows:
        other = country[row.seat.id]
        assert (row.half_votes, row.votes_needed, row.note) == (other.half_votes, other.votes_needed, other.note)
        assert row.rank is None or (other.rank is not None and row.rank <= other.rank)


# --- at the command line --------------------------------------------------------------------------------------------


def test_seats_that_are_still_out_have_no_place_in_the_list(emvote: Emvote) -> None:
    """Two of four have declared: the list is of those, and says how many are out."""
    words = ("targets", "red", "--data", Path(__file__).parent / "data" / "night.toml")
    answer = json.loads(emvote(*words, "--json").stdout)
    assert [(row["rank"], row["seat"]) for row in answer["rows"]] == [(1, "Ash")]
    assert "2 of 4 declared; not declared, and in no figure here: Cedar, Damson" in answer["notes"]
    assert "(2 of 4 declared)" in emvote(*words).stdout.splitlines()[0]


def test_scope_uk_is_the_dataset_of_the_country(emvote: Emvote) -> None:
    """Unless --data names another, which must be of the country."""
    answer = json.loads(emvote("targets", "lab", "--scope", "uk", "--election", "2019-notional", "--json").stdout)
    assert (answer["summary"]["scope"], answer["summary"]["listed"]) == ("United Kingdom", 450)
    assert answer["query"] == {"party": "lab", "election": "parl.2019-12-12.notional", "scope": "uk"}
    small = str(Path(__file__).parent / "data" / "small.toml")
    wrong = emvote("targets", "red", "--scope", "uk", "--data", small)
    assert (wrong.returncode, "--scope uk needs a dataset of the country" in wrong.stderr) == (2, True)
