"""Every result that emvote computes is the one that Parliament published.

The files of UK Parliament give each contest its outcome, majority and members beside the votes; emvote works them out
from the votes alone. Where the two differ the difference is listed here with its reason, and a difference that is no
longer there fails too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest

from emvote.dataset import FOUGHT, Dataset
from emvote.queries.contest import SeatResult, Standing, seat_result

EAST_MIDLANDS = "E12000004"
YEARS = ("2010", "2015", "2017", "2019", "2024")
BY_ELECTIONS = "by-elections"
SHARE_TOLERANCE = 0.06
"""Percentage points: some shares are published as 0.123."""
CHANGE_TOLERANCE = 0.08
"""Percentage points: changes are published as 0.123, some as the difference of two such shares."""

Row = dict[str, str]
Raw = Callable[[str], list[Row]]
Place = tuple[str, str]
"""Election id and the published name of the seat."""


@dataclass(frozen=True)
class Published:
    """One contest as published, and as emvote has it."""

    place: Place
    contest: Row
    candidates: Mapping[str, Row]
    """By full name, without outer and double spaces."""
    computed: SeatResult

    @property
    def standings(self) -> Mapping[str, Standing]:
        """The computed candidates by name."""
        return {str(standing.candidate): standing for standing in self.computed.standings}


# --- what differs, and why ----------------------------------------------------------------------------------------

SECOND_PARTY = {
    ("parl.2019-12-12", "Ashfield"): "the file abbreviates Ashfield Independents to Ash, emvote to Ashfield Ind",
}
INVALID_VOTES = {
    ("parl.leicester-south.by.2011-05-05", "Leicester South"): "published as [x]: not known, so null",
}
NAMES = {
    ("parl.2015-05-07", "Sherwood"): ("LÃ©onie Mathers", "Léonie Mathers"),  # UTF-8 read as Latin-1
}
LABELS = {
    ("parl.2024-07-04", "Grantham and Bourne"): "Linconshire Independents",  # [sic]; the party's own name is given
    ("parl.2024-07-04", "Sleaford and North Hykeham"): "Linconshire Independents",
}
CHANGES = {
    # the published changes do not follow from the published notional result of 2005
    ("parl.2010-05-06", "Charnwood", "con"): (1.3, 3.029),
    ("parl.2010-05-06", "Charnwood", "lab"): (-9.9, -8.853),
    ("parl.2010-05-06", "Charnwood", "ld"): (2.5, 3.226),
    ("parl.2010-05-06", "Charnwood", "ukip"): (0.3, 0.418),
    ("parl.2010-05-06", "Harborough", "con"): (7.5, 5.997),
    ("parl.2010-05-06", "Harborough", "lab"): (-5.9, -6.616),
    ("parl.2010-05-06", "Harborough", "ld"): (-2.3, -3.456),
    ("parl.2010-05-06", "Harborough", "ukip"): (-0.4, -0.496),
}
"""Published and computed change, where both are there and differ."""
UNPUBLISHED_CHANGES = {
    ("parl.2010-05-06", "Charnwood", "bnp"): 2.180,  # the notional result has the party; the change is left blank
    ("parl.2015-05-07", "Louth and Horncastle", "lincsind"): 0.168,  # stood under the same registration in 2010
    ("parl.2015-05-07", "Sleaford and North Hykeham", "lincsind"): -1.174,
}
"""Changes that emvote has and the file has not."""


# --- reading ------------------------------------------------------------------------------------------------------


def _files(year: str) -> tuple[str, str]:
    if year == BY_ELECTIONS:
        names = ("by-elections-constituencies", "by-elections-candidacies")
    else:
        names = (f"constituencies-{year}", f"candidacies-{year}")
    return f"general-elections/{names[0]}.csv", f"general-elections/{names[1]}.csv"


def _words(*parts: str) -> str:
    return " ".join(" ".join(parts).split())


def _published(raw: Raw, shipped: Dataset, year: str) -> Iterator[Published]:
    contests, candidacies = _files(year)
    candidates: dict[Place, dict[str, Row]] = defaultdict(dict)
    for row in raw(candidacies):
        name = _words(row["candidate_first_name"], row["candidate_surname"])
        candidates[row["election_date"], row["ons_id"]][name] = row
    elections = {str(each.date): each for each in shipped.record.elections if each.kind in FOUGHT}
    for row in raw(contests):
        if row["ons_region_id"] != EAST_MIDLANDS:
            continue
        election = elections[row["election_date"]].id
        yield Published(
            place=(election, row["constituency_name"]),
            contest=row,
            candidates=candidates[row["election_date"], row["ons_id"]],
            computed=seat_result(shipped, shipped.contests[election, row["ons_id"]]),
        )


@pytest.fixture(scope="module")
def published(raw: Raw, shipped: Dataset) -> list[Published]:
    """Every East Midlands contest of the five general elections, and the by-elections."""
    return [each for year in (*YEARS, BY_ELECTIONS) for each in _published(raw, shipped, year)]


# --- contests -----------------------------------------------------------------------------------------------------


def test_all_contests_of_the_region_are_there_and_no_other(published: list[Published], shipped: Dataset) -> None:
    """46 seats four times, 47 in 2024, and five by-elections."""
    assert len(published) == 46 * 4 + 47 + 5
    elections = {each.id for each in shipped.record.elections if each.kind in FOUGHT and each.date.year >= 2010}
    fought = {key for key in shipped.contests if key[0] in elections}
    assert {(each.place[0], each.contest["ons_id"]) for each in published} == fought


def test_outcomes_are_those_that_parliament_published(published: list[Published]) -> None:
    """Hold and gain against the last general election or its notional result; `Lab Coop` is Labour."""
    differing = {
        each.place: (each.computed.outcome, each.contest["result"])
        for each in published
        if each.computed.outcome != each.contest["result"].replace("Lab Coop", "Lab")
    }
    assert differing == {}


def test_majorities_are_those_that_parliament_published(published: list[Published]) -> None:
    """First less second, in votes."""
    assert {
        each.place: each.computed.majority_votes
        for each in published
        if each.computed.majority_votes != int(each.contest["majority"])
    } == {}


@pytest.mark.parametrize("column", ["electorate", "valid_votes"])
def test_electorates_and_valid_votes_are_as_published(published: list[Published], column: str) -> None:
    """They are given, not computed, so this holds the shipped dataset to its source."""
    assert {
        each.place: getattr(each.computed.contest, column)
        for each in published
        if getattr(each.computed.contest, column) != int(each.contest[column])
    } == {}


def test_rejected_ballots_are_as_published_or_unknown(published: list[Published]) -> None:
    """What the source marks as missing is unknown, never nought."""
    differing = {
        each.place for each in published if str(each.computed.contest.invalid_votes) != each.contest["invalid_votes"]
    }
    assert differing == set(INVALID_VOTES)
    unknown = {each.place for each in published if each.computed.contest.invalid_votes is None}
    assert unknown == set(INVALID_VOTES)
    assert all(each.computed.turnout_ballot_pct is None for each in published if each.place in unknown)


def test_turnouts_follow_from_the_published_columns(published: list[Published]) -> None:
    """Valid votes over the electorate; with the rejected ones where those are known."""
    for each in published:
        valid, electorate = int(each.contest["valid_votes"]), int(each.contest["electorate"])
        assert each.computed.turnout_pct == pytest.approx(100 * valid / electorate, abs=1e-12)
        if each.place not in INVALID_VOTES:
            ballots = valid + int(each.contest["invalid_votes"])
            assert each.computed.turnout_ballot_pct == pytest.approx(100 * ballots / electorate, abs=1e-12)


def test_the_winner_is_the_member_whom_parliament_names(published: list[Published]) -> None:
    """By name and by party."""
    for each in published:
        winner = each.computed.winner
        assert winner is not None, each.place
        assert winner.candidate == _words(each.contest["member_first_name"], each.contest["member_surname"])
        assert winner.elected, each.place
        assert winner.votes == max(int(row["votes"]) for row in each.candidates.values())


def test_first_and_second_party_are_as_published(published: list[Published], shipped: Dataset) -> None:
    """In the abbreviations of the House of Commons Library, but for the one that says too little."""
    for each in published:
        winner, second = each.computed.winner, each.computed.runner_up
        assert winner is not None, each.place
        assert second is not None, each.place
        assert shipped.abbreviation(winner.party) == each.contest["first_party"].replace("Lab Coop", "Lab")
        same = shipped.abbreviation(second.party) == each.contest["second_party"].replace("Lab Coop", "Lab")
        assert same == (each.place not in SECOND_PARTY), each.place


def test_seats_have_the_names_and_counties_that_parliament_gives(published: list[Published]) -> None:
    """Counties are left blank by the source from 2024 and at most by-elections."""
    for each in published:
        assert each.computed.seat.name == each.contest["constituency_name"]
        if each.contest["county_name"]:
            assert each.computed.seat.counties == (each.contest["county_name"],)


# --- candidates ---------------------------------------------------------------------------------------------------


def test_candidates_are_those_on_the_ballot_papers(published: list[Published]) -> None:
    """The names are the source's, but for one that its own encoding spoilt."""
    for each in published:
        repaired = dict([NAMES[each.place]]) if each.place in NAMES else {}
        assert set(repaired) <= set(each.candidates), f"no longer spoilt: {repaired}"
        assert {repaired.get(name, name) for name in each.candidates} == set(each.standings), each.place


def _pairs(published: list[Published]) -> Iterator[tuple[Published, Row, Standing]]:
    """Each candidate as published and as computed."""
    for each in published:
        repaired = dict([NAMES[each.place]]) if each.place in NAMES else {}
        for name, row in each.candidates.items():
            yield each, row, each.standings[repaired.get(name, name)]


def test_votes_and_shares_are_as_published(published: list[Published]) -> None:
    """Votes exactly; shares, published as parts of one, to the places that they are given."""
    pairs = list(_pairs(published))
    assert len(pairs) == 285 + 258 + 229 + 226 + 315 + 51
    for each, row, standing in pairs:
        assert standing.votes == int(row["votes"]), (each.place, standing.candidate)
        assert standing.share_pct == pytest.approx(100 * float(row["share"]), abs=SHARE_TOLERANCE), each.place


def test_parties_and_ballot_paper_labels_are_as_published(published: list[Published], shipped: Dataset) -> None:
    """A party by its number in Parliament's register; `Labour and Co-operative` stays on the label."""
    by_number = {str(number): party.id for party in shipped.record.parties for number in party.mnis_ids}
    misspelt = set()
    for each, row, standing in _pairs(published):
        assert standing.party == by_number[row["mnis_party_id"]], (each.place, standing.candidate)
        if standing.party_label != row["party_name"].strip():
            assert LABELS[each.place] == row["party_name"], (each.place, standing.party_label)
            misspelt.add(each.place)
    assert misspelt == set(LABELS)


def test_sitting_members_are_those_that_parliament_marks(published: list[Published]) -> None:
    """The mark is `Yes`, with or without a space after it; a blank that is not empty is no mark."""
    for each, row, standing in _pairs(published):
        assert standing.sitting_mp == (row["sitting_mp"].strip() == "Yes"), (each.place, standing.candidate)


def test_the_elected_candidate_is_one_and_deposits_are_lost_at_five_per_cent(published: list[Published]) -> None:
    """At most a twentieth of the valid votes: exactly a twentieth is lost too."""
    for each in published:
        assert sum(bool(standing.elected) for standing in each.computed.standings) == 1, each.place
    for each, row, standing in _pairs(published):
        assert standing.deposit_lost == (20 * int(row["votes"]) <= int(each.contest["valid_votes"]))


def test_share_changes_differ_from_the_published_ones_only_where_listed(published: list[Published]) -> None:
    """In two seats of 2010 the published changes do not follow from the published notional votes."""
    differing = {}
    for each, row, standing in _pairs(published):
        if row["change"].strip() and standing.change_pp is not None:
            change = 100 * float(row["change"])
            if abs(change - standing.change_pp) > CHANGE_TOLERANCE:
                differing[*each.place, standing.party] = (round(change, 3), round(standing.change_pp, 3))
    assert differing == CHANGES


def test_no_published_share_change_is_unknown_to_emvote(published: list[Published]) -> None:
    """Not even for Reform UK in 2024, whose change is from the Brexit Party's share."""
    unknown = [
        (each.place, standing.party)
        for each, row, standing in _pairs(published)
        if row["change"].strip() and standing.change_pp is None
    ]
    assert unknown == []
    joined = [s for each, row, s in _pairs(published) if s.party == "reform" and row["change"].strip()]
    assert len(joined) > 10


def test_share_changes_that_nobody_published_are_listed_here(published: list[Published]) -> None:
    """A party that was in the earlier result has a change even where the file leaves it blank."""
    own = {
        (*each.place, standing.party): round(standing.change_pp, 3)
        for each, row, standing in _pairs(published)
        if not row["change"].strip() and standing.change_pp is not None
    }
    assert own == UNPUBLISHED_CHANGES


def test_an_independent_never_has_a_share_change(published: list[Published]) -> None:
    """One independent is not another, and the source agrees."""
    independents = [(row, standing) for _, row, standing in _pairs(published) if standing.party == "ind"]
    assert len(independents) > 50
    for row, standing in independents:
        assert standing.change_pp is None
        assert not row["change"].strip()


# --- estimates ----------------------------------------------------------------------------------------------------


def test_the_notional_result_of_2019_is_the_published_one(raw: Raw, shipped: Dataset) -> None:
    """Votes by party, electorate, valid votes and majority in each of the 47 seats of 2024."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in raw("general-elections/notional-2019-on-2024-boundaries.csv"):
        # the two sums repeat the votes of other rows
        if row["country_or_region_code"] == "EM" and row["party_column_code"] not in {"TOTOTHV", "MAXOTHV"}:
            rows[row["ons_id"]].append(row)
    assert len(rows) == 47
    for seat, votes in rows.items():
        contest = shipped.contests["parl.2019-12-12.notional", seat]
        assert contest.electorate == int(votes[0]["electorate"])
        assert contest.valid_votes == int(votes[0]["valid_votes"])
        assert sorted(t.votes for t in contest.tallies if t.votes) == sorted(
            int(row["votes"]) for row in votes if int(row["votes"])
        ), seat
        assert seat_result(shipped, contest).majority_votes == int(votes[0]["majority"])


def test_the_notional_result_of_2005_is_the_published_one(raw: Raw, shipped: Dataset) -> None:
    """Votes by party in each of the 46 seats of 2010; the source's `NA` is others together."""
    rows: dict[str, list[Row]] = defaultdict(list)
    ours = {key[1] for key in shipped.contests if key[0] == "parl.2005-05-05.notional"}
    for row in raw("general-elections/notional-2005-on-2010-boundaries.csv"):
        if row["constituency_id"] in ours:
            rows[row["constituency_id"]].append(row)
    assert len(rows) == len(ours) == 46
    for seat, votes in rows.items():
        contest = shipped.contests["parl.2005-05-05.notional", seat]
        assert contest.electorate == int(votes[0]["electorate"])
        assert contest.valid_votes == int(votes[0]["total_votes"])
        assert sorted(t.votes for t in contest.tallies) == sorted(int(row["votes"]) for row in votes), seat
