"""One constituency: its results with their baselines, and who has held it since when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emvote.dataset import Dataset
from emvote.errors import AmbiguousName, UnknownName
from emvote.model import Candidacy, Contest, Election, ElectionKind, Party, PartyKind, Seat, Source, Tally
from emvote.model.record import Record
from emvote.queries.contest import SeatResult, Votes, seat_result, winner_party
from emvote.queries.seat import Held, seat
from emvote.views.columns import record_of
from emvote.views.seat import FIELDS, seat_view, sentence


def result(dataset: Dataset, name: str, election: str) -> SeatResult:
    """The only result of a seat at an election."""
    (only,) = seat(dataset, name, election=election).results
    return only


def changed(dataset: Dataset, election: str, seat_id: str, **changes: Any) -> Dataset:
    """The dataset with one of its contests changed."""
    contests = tuple(
        replace(each, **changes) if (each.election, each.seat) == (election, seat_id) else each
        for each in dataset.record.contests
    )
    assert contests != dataset.record.contests
    return Dataset(replace(dataset.record, contests=contests))


def test_a_result_is_told_whole(small: Dataset) -> None:
    """Winner, majority, turnout, outcome, change and swing of a gain where a party continues another."""
    told = result(small, "Aldermere", "2017")
    assert told.winner is not None
    assert told.runner_up is not None
    assert (told.winner.candidate, told.winner.party, told.winner.votes) == ("Bo Reed", "red", 21000)
    assert (told.runner_up.candidate, told.runner_up.sitting_mp) == ("Ada Birch", True)
    assert (told.majority_votes, told.majority_pct) == (2100, 5.0)
    assert told.turnout_pct == pytest.approx(100 * 42000 / 61000)
    assert told.turnout_ballot_pct == pytest.approx(100 * 42300 / 61000)
    assert (told.change, told.outcome, told.previous_party) == ("gain", "Red gain from Blue", "blu")
    assert told.baseline is not None
    assert told.baseline.id == "parl.2015-05-07"
    assert told.swing is not None
    assert (told.swing.from_party, told.swing.to_party, told.swing.butler_pp) == ("blu", "red", 8.75)
    assert told.swing.steed_pp == pytest.approx(100 * (21000 / 39900 - 15000 / 35000))
    assert [(each.party, each.share_pct, each.change_pp, each.deposit_lost) for each in told.standings] == [
        ("red", 50.0, 12.5, False),
        ("blu", 45.0, -5.0, False),
        ("new", 5.0, -2.5, True),
    ]
    assert told.notes == ("New Dawn is compared with its predecessor, Old Dawn",)


def test_unknown_invalid_votes_leave_the_ballot_box_turnout_unknown(small: Dataset) -> None:
    """None recorded is not none rejected: a recorded nought is."""
    assert result(small, "Brackwater", "2015").turnout_ballot_pct is None
    assert result(small, "Westmarsh", "2015").turnout_ballot_pct == 50.0


def test_exactly_five_per_cent_loses_the_deposit_and_a_vote_more_keeps_it(small: Dataset) -> None:
    """May Wood had 500 of 10,000; Flo Ash 1,001 of 20,000."""
    assert result(small, "Nether Vale", "2015").standings[-1].deposit_lost is True
    assert result(small, "Brackwater", "2024").standings[-1].deposit_lost is False


def test_deposits_before_the_rule_of_1985_are_not_judged(small: Dataset) -> None:
    """One in ten lost it then, at one eighth: emvote does not say."""
    assert {each.deposit_lost for each in result(small, "Aldermere", "feb1974").standings} == {None}


def test_two_independents_of_one_surname_keep_keys_of_their_own(small: Dataset) -> None:
    """And the label on the ballot paper is kept beside the party."""
    independents = [each for each in result(small, "Aldermere", "2015").standings if each.party == "ind"]
    assert [(each.key, each.party_label, each.votes) for each in independents] == [
        ("ind:fern", "Independent", 1500),
        ("ind:eli-fern", "Free the Fen", 500),
    ]


def test_an_independent_has_no_change_and_no_swing(small: Dataset) -> None:
    """Jo Fern stood in 2017 and in 2018: one independent is not held to be another."""
    told = result(small, "Nether Vale", "nether vale 2018")
    assert [(each.key, each.change_pp) for each in told.standings] == [("mill", 12.5), ("ind:fern", None)]
    assert told.swing is None
    assert told.notes == ("no swing: Jo Fern stood for no party, and an independent's change is not known",)


@pytest.mark.parametrize("later", ["Jo Fern", "Eli Fern"])
def test_one_independent_after_another_is_a_hold_by_ind_that_says_so(small: Dataset, later: str) -> None:
    """Outcomes name parties, and both are Ind; who reads of a hold must know that the member is another."""
    told = result(small, "Nether Vale", "nether vale 2018")
    assert told.baseline is not None
    contests = tuple(
        replace(
            each,
            candidates=(
                Candidacy(
                    name="Jo Fern" if each.election != told.election.id else later, party="ind", votes=9, elected=True
                ),
                Candidacy(name="Al Mill", party="mill", votes=8),
            ),
        )
        if each.seat == told.seat.id and each.election in {told.election.id, told.baseline.id}
        else each
        for each in small.record.contests
    )
    won = result(Dataset(replace(small.record, contests=contests)), "Nether Vale", "nether vale 2018")
    assert (won.outcome, won.change) == ("Ind hold", "hold")
    note = "Eli Fern is another independent than Jo Fern, who won before: a hold by Ind, which is no party"
    assert (note in won.notes) is (later == "Eli Fern")


def test_a_tie_for_second_has_a_majority_and_no_runner_up(small: Dataset) -> None:
    """Neither of the two is picked, and no swing is made of one."""
    told = result(small, "Brackwater", "2017")
    assert (told.majority_votes, told.majority_pct, told.runner_up, told.swing) == (3000, 10.0, None, None)
    assert told.notes == ("no swing: Flo Ash and Guy Lake share second place",)


def test_a_tie_decided_by_lot_has_the_winner_that_the_record_says(small: Dataset) -> None:
    """With a majority of 0, first among the candidates, whatever the order of the file."""
    told = result(small, "Westmarsh", "2015")
    assert told.winner is not None
    assert told.runner_up is not None
    assert (told.winner.candidate, told.runner_up.candidate) == ("Jon Moor", "Ivy Holt")
    assert (told.majority_votes, told.majority_pct) == (0, 0.0)
    assert [each.candidate for each in told.standings] == ["Jon Moor", "Ivy Holt"]
    assert [flag.code for flag in told.flags] == ["lot"]
    assert told.notes[0] == "decided by lot, as nobody had more votes"
    assert [record_of(FIELDS, each)["decided_by"] for each in (told, result(small, "Westmarsh", "2017"))] == [
        "lot",
        None,
    ]
    assert ", decided by lot" in sentence(seat_view(small, seat(small, "Westmarsh", election="2015"), {}), small)


def test_a_general_election_is_compared_with_the_last_one_and_not_with_the_by_election_between(small: Dataset) -> None:
    """Blue held Westmarsh in 2017, although Red had won the by-election of 2016."""
    told = result(small, "Westmarsh", "2017")
    assert (told.outcome, told.previous_party) == ("Blue hold", "blu")
    assert [each.change_pp for each in told.standings] == [5.0, -5.0]
    by_election = result(small, "Westmarsh", "westmarsh 2016")
    assert (by_election.outcome, by_election.baseline and by_election.baseline.id) == (
        "Red gain from Blue",
        "parl.2015-05-07",
    )


def test_across_a_boundary_change_the_notional_result_is_the_baseline(small: Dataset) -> None:
    """Aldermere's Red won in 2017 on both boundaries; the shares are those of the estimate."""
    told = result(small, "Aldermere", "2024")
    assert told.baseline is not None
    assert told.baseline.id == "parl.2017-06-08.notional"
    assert told.outcome == "New gain from Red"
    assert [each.change_pp for each in told.standings] == [35.0, -15.0, -20.0]
    assert told.swing is not None
    assert (told.swing.from_party, told.swing.to_party, told.swing.butler_pp) == ("red", "new", 25.0)


def test_a_party_that_an_estimate_gives_no_vote_did_not_stand_so_its_change_is_unknown(small: Dataset) -> None:
    """Estimates list parties that had no candidate in a seat with 0; a candidate whom nobody chose did stand."""
    tallies = (Tally(party="red", votes=22000), Tally(party="blu", votes=18000), Tally(party="new", votes=0))
    told = result(changed(small, "parl.2017-06-08.notional", "S24000001", tallies=tallies), "Aldermere", "2024")
    assert [(each.party, each.change_pp) for each in told.standings] == [("new", None), ("red", -20.0), ("blu", -20.0)]
    assert told.swing is None
    assert "no swing: New did not stand at the earlier election" in told.notes
    assert Votes.of(
        small,
        Contest(
            election="parl.2017-06-08",
            seat="S10000001",
            valid_votes=5,
            candidates=(Candidacy(name="Ann", party="red", votes=5), Candidacy(name="Bo", party="blu", votes=0)),
        ),
    ).by_party == {"red": 5, "blu": 0}


def test_the_first_result_on_record_is_new(small: Dataset) -> None:
    """Nothing is held or gained, and nothing has changed."""
    told = result(small, "Aldermere", "2015")
    assert (told.change, told.outcome, told.previous_party, told.baseline, told.swing) == (
        "new",
        "Blue win",
        None,
        None,
        None,
    )
    assert {each.change_pp for each in told.standings} == {None}
    assert told.notes == ("no swing: the record holds no earlier result for this seat",)


def test_an_estimate_has_no_outcome_and_no_deposits(small: Dataset) -> None:
    """Nobody stood; who leads is the winner for comparisons only."""
    told = result(small, "Aldermere", "2017-notional")
    assert told.winner is not None
    assert (told.winner.candidate, told.winner.party, told.winner.elected) == (None, "red", None)
    assert (told.change, told.outcome, told.majority_votes, told.candidates_known) == (None, None, 2000, False)
    assert {each.deposit_lost for each in told.standings} == {None}


def test_in_an_estimate_independents_together_are_no_runner_up(small: Dataset) -> None:
    """There may have been several: the lead over them is not a majority."""
    told = result(small, "Brackwater", "2017-notional")
    assert told.winner is not None
    assert (told.winner.party, told.runner_up, told.majority_votes) == ("mill", None, None)


def test_where_an_aggregate_leads_an_estimate_its_winner_and_the_next_change_are_unknown(small: Dataset) -> None:
    """Red won in 2024; from whom is not on record, and the shares of both still compare."""
    assert result(small, "Westmarsh and Thornley", "2017-notional").winner is None
    told = result(small, "Westmarsh and Thornley", "2024")
    assert (told.change, told.outcome, told.previous_party) == (None, "Red win", None)
    assert told.swing is not None
    assert (told.swing.from_party, told.swing.to_party) == ("blu", "red")
    assert told.swing.butler_pp == pytest.approx(50 * (8000 - 4000) / 30000)
    assert told.swing.steed_pp == pytest.approx(100 * (16 / 30 - 8 / 18))


def test_a_tie_for_first_in_an_estimate_has_no_winner(altered: Callable[..., Dataset]) -> None:
    """No lot was drawn there."""
    dataset = altered(
        ('{ party = "red", votes = 20000 },', '{ party = "red", votes = 19000 },'),
        ('{ party = "blu", votes = 18000 },', '{ party = "blu", votes = 19000 },'),
        ('outcome = "New gain from Red"\n', ""),
    )
    estimate = result(dataset, "Aldermere", "2017-notional")
    assert (estimate.winner, estimate.runner_up, estimate.majority_votes) == (None, None, None)
    assert result(dataset, "Aldermere", "2024").outcome == "New win"


def test_a_candidate_returned_unopposed_has_no_majority(small: Dataset) -> None:
    """No votes, no shares and no lost deposit; elected all the same."""
    alone = Candidacy(name="Kay Mills", party="mill", votes=0, elected=True)
    dataset = changed(small, "parl.nether-vale.by.2018-03-01", "S10000004", valid_votes=0, candidates=(alone,))
    told = result(dataset, "Nether Vale", "nether vale 2018")
    assert (told.majority_votes, told.majority_pct, told.runner_up, told.turnout_pct) == (None, None, None, 0.0)
    (only,) = told.standings
    assert (only.share_pct, only.change_pp, only.deposit_lost, only.elected) == (None, None, False, True)
    assert told.outcome == "Mill hold"


def test_the_results_of_a_name_are_on_all_of_its_boundaries_latest_first(small: Dataset) -> None:
    """Estimates only where they are asked for."""
    answer = seat(small, "aldermere")
    assert [(each.seat.id, each.election.id) for each in answer.results] == [
        ("S24000001", "parl.2024-07-04"),
        ("S10000001", "parl.2017-06-08"),
        ("S10000001", "parl.2015-05-07"),
        ("aldermere.1950", "parl.1974-10-10"),
        ("aldermere.1950", "parl.1974-02-28"),
    ]
    assert len(seat(small, "aldermere", notional=True).results) == 6
    assert answer.notes[0].startswith("boundaries changed in 2010, 2024")


def test_a_seat_without_that_election_has_an_empty_answer(small: Dataset) -> None:
    """It is no error: Nether Vale had ended by 2024."""
    answer = seat(small, "Nether Vale", election="2024")
    assert answer.results == ()
    assert "Nether Vale was divided among its neighbours in 2024." in answer.notes


def test_a_renamed_seat_points_to_its_other_name(small: Dataset) -> None:
    """From the old to the new, and back."""
    assert "Westmarsh is continued by Westmarsh and Thornley (2024 boundaries)" in seat(small, "Westmarsh").notes[0]
    assert "continues Westmarsh (2010 boundaries)" in seat(small, "Westmarsh and Thornley").notes[0]


def test_a_run_of_wins_follows_the_seat_across_boundaries(small: Dataset) -> None:
    """Mill won Brackwater in 2017 and its successor in 2024."""
    assert seat(small, "Brackwater").held == Held(
        party="mill", since=date(2017, 6, 8), elections=2, by_elections=(), from_start=False
    )


def test_by_elections_neither_lengthen_nor_break_a_run(small: Dataset) -> None:
    """They are told apart, and whether the run may be longer than the record is said."""
    assert seat(small, "Westmarsh").held == Held(
        party="blu",
        since=date(2015, 5, 7),
        elections=2,
        by_elections=(("parl.westmarsh.by.2016-11-10", "red"),),
        from_start=True,
    )
    assert "the record of this seat begins in 2015: the run may be longer" in seat(small, "Westmarsh").notes


def test_a_run_ends_at_a_gap_in_the_record(small: Dataset) -> None:
    """Had Mill won Brackwater in 2015 too, without a result of 2017 the run is that of 2024."""
    won = (
        Candidacy(name="Hal Mills", party="mill", votes=20000, elected=True),
        Candidacy(name="Flo Ash", party="red", votes=10000),
    )
    longer = changed(small, "parl.2015-05-07", "S10000002", candidates=won)
    held = seat(longer, "Brackwater").held
    assert held is not None
    assert (held.since, held.elections, held.from_start) == (date(2015, 5, 7), 3, True)
    kept = tuple(
        each for each in longer.record.contests if (each.election, each.seat) != ("parl.2017-06-08", "S10000002")
    )
    held = seat(Dataset(replace(longer.record, contests=kept)), "Brackwater").held
    assert held is not None
    assert (held.since, held.elections, held.from_start) == (date(2024, 7, 4), 1, False)


def test_a_party_that_continues_another_continues_its_run(small: Dataset) -> None:
    """Had Old Dawn won Aldermere in 2017, New Dawn's win of 2024 would be the second in a row."""
    won = (
        Candidacy(name="Cy Dawes", party="old", votes=22000, elected=True),
        Candidacy(name="Bo Reed", party="red", votes=20000),
    )
    held = seat(changed(small, "parl.2017-06-08", "S10000001", candidates=won), "Aldermere").held
    assert held is not None
    assert (held.party, held.since, held.elections) == ("new", date(2017, 6, 8), 2)


@pytest.mark.parametrize(("name", "election"), [("Aldermeer", None), ("Aldermere", "2016"), ("", None)])
def test_an_unknown_seat_or_election_is_an_error(small: Dataset, name: str, election: str | None) -> None:
    """Never an empty answer."""
    with pytest.raises(UnknownName):
        seat(small, name, election=election)


def test_a_year_with_two_general_elections_is_an_error(small: Dataset) -> None:
    """Which of the two is never guessed."""
    with pytest.raises(AmbiguousName):
        seat(small, "Aldermere", election="1974")


PARTIES = ("a", "b", "c", "ind")


@st.composite
def polls(draw: st.DrawFn, election: str) -> Contest:
    """A contest of two to five candidates, one of the first of them elected."""
    chosen = draw(st.lists(st.sampled_from(PARTIES), min_size=2, max_size=4, unique=True))
    numbers = draw(st.lists(st.integers(0, 1000), min_size=len(chosen), max_size=len(chosen)))
    first = numbers.index(max(numbers))
    return Contest(
        election=election,
        seat="s",
        electorate=5000,
        valid_votes=sum(numbers),
        candidates=tuple(
            Candidacy(name=f"N {party}", party=party, votes=number, elected=i == first)
            for i, (party, number) in enumerate(zip(chosen, numbers, strict=True))
        ),
    )


@st.composite
def records(draw: st.DrawFn) -> Dataset:
    """A seat at two general elections."""
    kinds = {"ind": PartyKind.INDEPENDENT}
    parties = tuple(
        Party(id=each, name=each, abbreviation=each, kind=kinds.get(each, PartyKind.NATIONAL), source="x")
        for each in PARTIES
    )
    days = {"one": date(2015, 5, 7), "two": date(2017, 6, 8)}
    elections = tuple(
        Election(
            id=each,
            name=each,
            kind=ElectionKind.GENERAL,
            date=day,
            boundaries="2010",
            previous="one" if each == "two" else None,
            source="x",
        )
        for each, day in days.items()
    )
    return Dataset(
        Record(
            schema=1,
            title="",
            version="",
            licence="",
            attribution="",
            region="R",
            sources=(Source(id="x", title="", publisher="", licence=""),),
            parties=parties,
            elections=elections,
            seats=(
                Seat(id="s", name="S", region="R", counties=(), boundaries="2010", since=date(2010, 5, 6), source="x"),
            ),
            contests=(draw(polls("one")), draw(polls("two"))),
        )
    )


@given(records())
def test_a_seat_is_held_exactly_where_the_same_party_won_before(dataset: Dataset) -> None:
    """And gained everywhere else, from whoever won it."""
    one, two = (seat_result(dataset, contest) for contest in dataset.record.contests)
    assert one.winner is not None
    assert two.winner is not None
    assert (two.change == "hold") == (one.winner.party == two.winner.party)
    assert two.change in {"hold", "gain"}
    assert two.previous_party == one.winner.party


@given(records())
def test_the_figures_of_a_contest_agree_with_each_other(dataset: Dataset) -> None:
    """Order, majority, shares and changes follow from the votes, and independents have no change."""
    one, two = (seat_result(dataset, contest) for contest in dataset.record.contests)
    earlier = {each.party: each.share_pct for each in one.standings}
    numbers = [each.votes or 0 for each in two.standings]
    assert numbers == sorted(numbers, reverse=True)
    assert two.majority_votes == numbers[0] - numbers[1]
    assert (two.runner_up is None) == (numbers.count(numbers[1]) > 1 + (numbers[0] == numbers[1]))
    for each in two.standings:
        then = earlier.get(each.party)
        if each.party == "ind" or then is None or each.share_pct is None:
            assert each.change_pp is None
        else:
            assert each.change_pp == pytest.approx(each.share_pct - then)


def test_a_year_with_only_a_by_election_here_is_that(shipped: Dataset) -> None:
    """The general election of a year comes first; a year with neither is unknown."""
    assert [each.election.id for each in seat(shipped, "Corby", election="2012").results] == [
        "parl.corby.by.2012-11-15"
    ]
    (result,) = seat(shipped, "Wellingborough", election="2024").results
    assert result.election.id == "parl.wellingborough.by.2024-02-15"
    with pytest.raises(UnknownName):
        seat(shipped, "Corby", election="2013")


def test_the_short_way_to_a_winner_leads_where_the_long_one_does(shipped: Dataset, small: Dataset) -> None:
    """In every contest: fought, unopposed, tied, notional, with two members, or of unknown winner."""
    for dataset in (shipped, small):
        for contest in dataset.record.contests:
            winner = seat_result(dataset, contest).winner
            expected = winner.party if winner else None
            assert winner_party(dataset, contest) == expected, (contest.election, contest.seat)


def test_every_figure_of_a_result_is_worked_out_in_its_row(small: Dataset) -> None:
    """Turnout, majority, outcome, both swings, and each candidate's share with its change: of every result shown."""
    view = seat_view(small, seat(small, "Westmarsh"), {})
    told = [
        (each.name, {name: value.value for name, value in each.inputs}, each.result.value)
        for each in view.workings
        if each.row == 1
    ]
    assert view.rows[1]["election"] == "parl.westmarsh.by.2016-11-10"
    where = "Westmarsh, 2016 by-election"
    blue = {"Blue votes A1 [gazette]": 10000, "Blue votes A2 [gazette]": 6000}
    red = {"Red votes B1 [gazette]": 10000, "Red votes B2 [gazette]": 9000}
    totals = {"valid votes T1 [gazette]": 20000, "valid votes T2 [gazette]": 15000}
    two = {"Ivy Holt v1 [gazette]": 9000, "Pam Moor v2 [gazette]": 6000}
    valid = {"valid votes T [gazette]": 15000}
    assert told == [
        (f"turnout, {where}", {**valid, "electorate E [gazette]": 41000}, 1500 / 41),
        (f"majority, {where}", two, 3000),
        (f"majority in per cent, {where}", {**two, **valid}, 20),
        (f"outcome, {where}", {"winner before [gazette]": "Blue", "winner [gazette]": "Red"}, "Red gain from Blue"),
        (f"Butler swing, {where}: Blue (A) to Red (B)", {**blue, **red, **totals}, 10),
        (f"Steed swing, {where}: Blue (A) to Red (B)", {**blue, **red}, 10),
        (f"share, Ivy Holt, {where}", {"votes v [gazette]": 9000, **valid}, 60),
        (
            f"change of share, Ivy Holt, {where}",
            {"votes v1 [gazette]": 10000, "votes v2 [gazette]": 9000, **totals},
            10,
        ),
        (f"share, Pam Moor, {where}", {"votes v [gazette]": 6000, **valid}, 40),
        (
            f"change of share, Pam Moor, {where}",
            {"votes v1 [gazette]": 10000, "votes v2 [gazette]": 6000, **totals},
            -10,
        ),
    ]
    assert {each.row for each in view.workings} == {0, 1, 2, None}
    assert [each.name for each in view.workings if each.row is None] == ["general elections won in a row, Westmarsh"]


def test_a_majority_over_two_who_tie_is_worked_out_over_both(small: Dataset) -> None:
    """There is no one runner-up, but the majority is known; and rejected papers count in a turnout of their own."""
    view = seat_view(small, seat(small, "Brackwater", election="2015"), {"election": "parl.2015-05-07"})
    told = {each.name: {name: value.value for name, value in each.inputs} for each in view.workings}
    assert told["majority, Brackwater, 2015"] == {
        "Flo Ash v1 [gazette]": 14000,
        "Guy Lake and Hal Mills, each v2 [gazette]": 8000,
    }
    view = seat_view(small, seat(small, "Aldermere", election="2015"), {"election": "parl.2015-05-07"})
    ballots = next(each for each in view.workings if each.name == "ballot-box turnout, Aldermere, 2015")
    assert ballots.result.value == view.rows[0]["turnout_ballot_pct"] == 67
    assert {name: value.value for name, value in ballots.inputs} == {
        "valid votes T [gazette]": 40000,
        "rejected ballot papers R [gazette]": 200,
        "electorate E [gazette]": 60000,
    }
