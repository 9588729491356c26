"""Every answer is computed a second time, in another language and from another file, and nothing differs.

The datasets are exported to SQLite. `independent.sql` computes from the tables there, with no formula, view or query of
emvote, what the queries answer: for every seat, council and election on record. docs/reliability.md says how much.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from emvote import measures
from emvote.baselines import Baseline
from emvote.dataset import Dataset
from emvote.model import ElectionKind
from emvote.queries.bellwethers import bellwethers
from emvote.queries.changes import Model, changes
from emvote.queries.compare_areas import compare_areas
from emvote.queries.compare_elections import compare_elections
from emvote.queries.compare_series import compare_series
from emvote.queries.contest import SeatResult, seat_result
from emvote.queries.control_targets import control_targets
from emvote.queries.council import council_year
from emvote.queries.council_results import CouncilsBoard
from emvote.queries.councils import CouncilFilter, councils
from emvote.queries.mayor import mayor_result
from emvote.queries.project import project
from emvote.queries.results import SeatsBoard, results
from emvote.queries.runs import history
from emvote.queries.seat import held, last_change, longest_hold
from emvote.queries.swing import swing
from emvote.queries.targets import targets
from emvote.queries.wards import ward_result, wards
from emvote.store import open_dataset
from emvote.store.export import Target, export

PARTS = re.split(
    r"^-- name: (.+)$", (Path(__file__).parent / "independent.sql").read_text(encoding="utf-8"), flags=re.MULTILINE
)
PREPARED, NAMED = PARTS[0], dict(zip(PARTS[1::2], PARTS[2::2], strict=True))
Rows = dict[tuple[Any, ...], tuple[Any, ...]]


class Twice:
    """A dataset, and the database that it was exported to; answers that several tests ask for are kept."""

    def __init__(self, dataset: Dataset, database: sqlite3.Connection) -> None:
        self.dataset = dataset
        self.database = database

    @cached_property
    def seats(self) -> tuple[SeatResult, ...]:
        """Every result of every seat."""
        return tuple(seat_result(self.dataset, contest) for contest in self.dataset.record.contests)

    @cached_property
    def boards(self) -> tuple[SeatsBoard, ...]:
        """The scoreboard of every parliamentary election that has one here: a by-election elsewhere has none."""
        found = [results(self.dataset, election) for election in parliamentary(self.dataset)]
        return tuple(board for board in found if isinstance(board, SeatsBoard) and board.results)

    def computed(self, name: str, keys: int, **values: Any) -> Rows:
        """What SQL answers: the first columns of a row are its key."""
        rows = self.database.execute(NAMED[name], values).fetchall()
        found = {row[:keys]: row[keys:] for row in rows}
        assert len(found) == len(rows), f"the keys of {name} do not tell its rows apart"
        return found


@pytest.fixture(scope="module", params=["results", "uk"])
def twice(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twice]:
    """Both shipped datasets, each as emvote reads it and as it leaves emvote."""
    dataset = open_dataset("uk") if request.param == "uk" else request.getfixturevalue("shipped_wards")
    path = tmp_path_factory.mktemp("independent") / "exported.sqlite"
    export(dataset, path, Target.SQLITE)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(PREPARED)
        yield Twice(dataset, database)


@pytest.fixture(scope="module")
def region(twice: Twice) -> Twice:
    """The region's dataset, for what only that holds."""
    if not twice.dataset.record.councils:
        pytest.skip("councils, wards, mayors and governments since 1918 are in the region's dataset")
    return twice


def same(answered: Mapping[Any, tuple[Any, ...]], computed: Mapping[Any, tuple[Any, ...]], least: int) -> None:
    """Nothing differs, and nothing is on one side alone; figures to twelve digits, for SQL adds floats up otherwise."""
    assert answered.keys() == computed.keys(), sorted(answered.keys() ^ computed.keys(), key=str)[:10]
    assert len(answered) >= least, f"only {len(answered)} answers"
    apart = [(key, values, computed[key]) for key, values in answered.items() if not equal(values, computed[key])]
    assert not apart, f"{len(apart)} of {len(answered)} differ: {apart[:5]}"


def equal(one: Iterable[Any], other: Iterable[Any]) -> bool:
    """Whether two rows are the same."""
    return all(alike(*pair) for pair in zip(one, other, strict=True))


def alike(one: Any, other: Any) -> bool:
    """Whether two values are the same; unknown is like nothing else."""
    if isinstance(one, float) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-10)
    return bool(one == other) if one is not None and other is not None else one is other


def test_every_result_of_every_seat(twice: Twice) -> None:
    """Winner, runner-up, majority, both turnouts, previous party, hold or gain, and both swings."""
    answered = {}
    for one in twice.seats:
        pair = f"{one.swing.from_party} to {one.swing.to_party}" if one.swing else None
        answered[one.election.id, one.seat.id] = (
            one.winner.candidate if one.winner else None,
            one.winner.party if one.winner else None,
            one.winner.votes if one.winner else None,
            one.runner_up.candidate if one.runner_up else None,
            one.runner_up.party if one.runner_up else None,
            one.majority_votes,
            one.majority_pct,
            one.turnout_pct,
            one.turnout_ballot_pct,
            one.previous_party,
            one.change,
            one.outcome,
            pair,
            one.swing.butler_pp if one.swing else None,
            one.swing.steed_pp if one.swing else None,
        )
    same(answered, twice.computed("seat", 2), 1200)


def test_every_candidate_of_every_seat(twice: Twice) -> None:
    """Votes, share, change of share, who was elected, who lost the deposit."""
    answered = {}
    for one in twice.seats:
        for each in one.standings if not one.contest.unopposed else ():
            figures = (each.share_pct, each.change_pp, each.elected, each.deposit_lost)
            key = (one.election.id, one.seat.id, each.key, each.candidate, each.votes)
            alone = next(number for number in count(1) if (*key, number) not in answered)  # aggregates of one size
            answered[*key, alone] = figures
    same(answered, twice.computed("standings", 6), 4500)


def test_who_has_held_every_seat_since_when(twice: Twice) -> None:
    """The current run of general-election wins, who held it before, by-elections since, and the longest run."""
    answered: Rows = {}
    longest: Rows = {}
    for seat in twice.dataset.record.seats:
        past = history(twice.dataset, seat)
        now, before = held(twice.dataset, past), last_change(past)
        if now is not None:
            between = "; ".join(f"{election} {party or ''}" for election, party in now.by_elections) or None
            since = now.since.isoformat()
            from_party = before.from_party if before else None
            answered[seat.id,] = (now.party, since, now.elections, now.from_start, from_party, between)
        most = longest_hold(past)
        if most is not None:
            days = (most.since.isoformat(), most.until.isoformat())
            longest[seat.id,] = (most.party, *days, most.elections, most.current, most.from_start)
    same(answered, twice.computed("held", 1), 250)
    same(longest, twice.computed("longest", 1), 250)


@pytest.mark.parametrize("misses", [0, 1, 2])
def test_every_bellwether_at_every_general_election(twice: Twice, misses: int) -> None:
    """How many general elections in a row each seat went with the government, and since when."""
    answered = {}
    for election in twice.dataset.record.elections:
        if election.kind is ElectionKind.GENERAL:
            found = bellwethers(twice.dataset, until=election.id, misses=misses, everything=True)
            for row in found.rows:
                answered[election.id, row.seat.id] = (len(row.called), row.since.isoformat() if row.since else None)
    same(answered, twice.computed("bellwethers", 2, misses=misses), 1100)


def test_every_swing_between_elections_on_the_same_boundaries(twice: Twice) -> None:
    """Butler, Steed and both changes of share, in every seat and from the region's totals; the mean of the seats."""
    computed = twice.computed("swings", 3)
    answered: Rows = {}
    for earlier, later in twice.database.execute("SELECT earlier, later FROM pairs"):
        found = swing(twice.dataset, earlier=earlier, later=later)
        for row in found.rows:
            pair = (row.swing.from_party, row.swing.to_party, row.swing.butler_pp, row.swing.steed_pp)
            answered[earlier, later, row.seat.id] = (*pair, row.from_change_pp, row.to_change_pp)
        total = found.region
        answered[earlier, later, "region"] = (total.from_party, total.to_party, total.butler_pp, total.steed_pp)
        inside = [values[2] for key, values in computed.items() if key[:2] == (earlier, later) and key[2] != "region"]
        known = [number for number in inside if number is not None]
        assert found.seats_in_mean == len(known)
        assert alike(found.mean_butler_pp, math.fsum(known) / len(known))
    for key in [key for key in computed if key[2] == "region"]:
        computed[key] = computed[key][:4]
    same(answered, computed, 2000)


def test_every_two_elections_party_by_party(twice: Twice) -> None:
    """Seats, votes and shares of every party at both, the change, seats that changed hands, and both turnouts."""
    answered: Rows = {}
    wholes: Rows = {}
    for earlier, later in twice.database.execute("SELECT earlier, later FROM pairs"):
        found = compare_elections(twice.dataset, earlier, later)
        wholes[earlier, later] = (
            found.seats,
            len(found.changed_hands),
            found.turnout_from_pct,
            found.turnout_to_pct,
        )
        for row in found.rows:
            seats, votes = (row.seats_from, row.seats_to), (row.votes_from, row.votes_to)
            shares = (row.share_from_pct, row.share_to_pct, row.share_change_pp)
            answered[earlier, later, row.party] = (*seats, *votes, *shares)
    same(answered, twice.computed("compared", 3), 200)
    same(wholes, twice.computed("compared wholes", 2), 10)


def test_a_series_of_every_general_election(twice: Twice) -> None:
    """What each is compared with, and seats, votes and shares of every party that stood."""
    days = [each.id for each in twice.dataset.record.elections if each.kind is ElectionKind.GENERAL]
    answered = {
        (row.election.id, row.stood_as): (
            row.compared_with.id if row.compared_with else None,
            row.seats,
            row.votes,
            row.share_pct,
        )
        for row in compare_series(twice.dataset, days).rows
        if row.votes is not None
    }
    same(answered, twice.computed("series", 2), 60)


def generals(dataset: Dataset) -> list[str]:
    """Ids of every general election and notional result."""
    return [each.id for each in dataset.record.elections if each.kind in (ElectionKind.GENERAL, ElectionKind.NOTIONAL)]


def parliamentary(dataset: Dataset) -> list[str]:
    """The same with by-elections."""
    kinds = (ElectionKind.GENERAL, ElectionKind.NOTIONAL, ElectionKind.BY_ELECTION)
    return [each.id for each in dataset.record.elections if each.kind in kinds]


def test_every_county_and_region(twice: Twice) -> None:
    """Electorate, turnout, shares and their change, at every general election since 2010."""
    computed = twice.computed("areas", 3)
    recent = {each for each in generals(twice.dataset) if twice.dataset.elections[each].date.year >= 2010}
    answered: Rows = {}
    for election in recent:
        areas = sorted({key[0] for key in computed if key[1] == election})
        for row, name in zip(compare_areas(twice.dataset, areas, election=election, between=("con", "lab")).rows, areas,
                             strict=True):  # fmt: skip
            for party in row.side.votes:
                figures = (row.electorate, row.turnout_pct, row.share_pct(party))
                change = row.change_pp(party) if twice.dataset.is_party(party) else None
                answered[name, election, party] = (*figures, change)
    same(answered, {key: values for key, values in computed.items() if key[1] in recent}, 150)


def test_every_scoreboard_party_by_party(twice: Twice) -> None:
    """Seats, gross gains and losses, votes, share and its change, candidates, lost deposits.

    Where a winner is not known, tests of small datasets say which seats and gains are not: here only that some are.
    """
    computed = twice.computed("results", 2)
    answered: Rows = {}
    for board in twice.boards:
        election = board.election.id
        for row in board.rows:
            unknown, untold = computed[election, row.party][-2:]
            seats, moves = (row.seats,), (row.gains, row.losses)
            votes = (row.votes, row.share_pct, row.change_pp, row.candidates, row.lost_deposits)
            answered[election, row.party] = (
                *((None,) if unknown else seats),
                *((None, None) if untold else moves),
                *votes,
                unknown,
                untold,
            )
    same(answered, computed, 200)


def test_every_scoreboard_as_a_whole(twice: Twice) -> None:
    """Effective numbers, Gallagher, Loosemore and Hanby, wasted votes, both turnouts."""
    computed = twice.computed("scoreboards", 1)
    answered: Rows = {}
    for board in twice.boards:
        election, found, wasted = board.election.id, board.indices, board.wasted
        values = computed[election,]
        of_seats = (found.enp_seats, found.gallagher, found.loosemore_hanby)
        answered[election,] = (
            found.enp_votes,
            *((None, None, None) if values[-1] else of_seats),  # seats without a poll are in no table of votes
            wasted.unrepresented,
            wasted.surplus,
            board.turnout.valid_pct,
            board.turnout.ballot_pct,
            values[-1],
        )
    same(answered, computed, 5)


def test_the_volatility_of_every_election(twice: Twice) -> None:
    """Pedersen's index, wherever no votes of several are counted together."""
    answered = {}
    for board in twice.boards:
        if board.distribution_before is not None and not (
            board.distribution.aggregates or board.distribution_before.aggregates
        ):
            answered[board.election.id,] = (board.indices.pedersen,)
    same(answered, twice.computed("volatility", 1), 3)


def test_the_band_of_every_majority_and_the_closest_seats(twice: Twice) -> None:
    """From whole numbers, so that a bound is a bound; the five closest and safest of every election by the same."""
    computed = twice.computed("bands", 2)
    answered = {}
    for one in twice.seats:
        if one.majority_pct is not None:
            answered[one.election.id, one.seat.id] = (measures.band(one.majority_pct),)
    same(answered, computed, 1100)
    majorities = {key: values[6] for key, values in twice.computed("seat", 2).items() if values[6] is not None}
    inside = {row[0] for row in twice.database.execute("SELECT DISTINCT seat FROM fought WHERE inside")}
    for board in twice.boards:
        when = board.election.id
        found = sorted(number for (day, seat), number in majorities.items() if day == when and seat in inside)
        assert equal([each.majority_pct for each in board.closest], found[:5])
        assert equal([each.majority_pct for each in board.safest], found[:-6:-1])


def test_every_target_of_every_party(twice: Twice) -> None:
    """Rank, swing and votes that eight parties need in every seat that they did not hold, at every election."""
    computed = twice.computed("targets", 3)
    answered: Rows = {}
    for party in {key[0] for key in computed}:
        for election in generals(twice.dataset):
            for row in targets(twice.dataset, party, election).every:
                answered[party, election, row.seat.id] = (row.holder_party, row.swing_pp, row.votes_needed, row.rank)
    same(answered, computed, 7000)


@pytest.mark.parametrize(("a", "b", "points"), [("con", "lab", "5.9"), ("lab", "con", "3.3"), ("con", "ld", "12.75")])
def test_every_seat_after_a_swing(twice: Twice, a: str, b: str, points: str) -> None:
    """Who wins, whether that is another, and the majority, on the result of every general election."""
    for election in generals(twice.dataset):
        found = project(twice.dataset, changes(twice.dataset, swings=[f"{a}:{b}:{points}"]), election)
        answered = {
            (row.seat.id,): (row.from_party, row.to_party, row.changed, row.majority_pct)
            for row in found.every
            if row.note is None or not row.note.startswith("as it was")
        }
        same(answered, twice.computed("swung", 1, a=a, b=b, points=float(points), election=election), 30)


@pytest.mark.parametrize("model", Model)
def test_every_seat_with_new_shares(twice: Twice, model: Model) -> None:
    """Winner and every share, where Labour and the Conservatives poll otherwise in the region."""
    change = changes(twice.dataset, shares="lab=39.5,con=31", model=model)
    for election in generals(twice.dataset):
        if twice.dataset.elections[election].date.year < 2010:
            continue
        answered: Rows = {}
        for row in project(twice.dataset, change, election).every:
            if row.note is None or not row.note.startswith("as it was"):
                for key, share in row.shares_pct.items():
                    answered[row.seat.id, key] = (row.from_party, row.to_party, share)
        proportional = model is Model.PROPORTIONAL
        same(
            answered, twice.computed("reshared", 2, election=election, lab=39.5, con=31, proportional=proportional), 200
        )


MOMENTS = {Baseline.EVE: ("eve", "eve_up"), Baseline.LAST: ("last_council", "last_election")}
LOCAL = (ElectionKind.LOCAL, ElectionKind.LOCAL_LATER)


@pytest.mark.parametrize("baseline", [None, *Baseline])
def test_every_council_at_every_local_election(region: Twice, baseline: Baseline | None) -> None:
    """Control and the largest party before and after, seats needed, outcome, and net seats, on either baseline."""
    control_at, seats_at = MOMENTS[baseline or Baseline.EVE][0], MOMENTS[baseline or Baseline.LAST][1]
    nets = region.computed("nets", 3, moment=seats_at)
    answered: Rows = {}
    net: Rows = {}
    for election in region.dataset.record.elections:
        if election.kind not in LOCAL:
            continue
        for row in councils(region.dataset, CouncilFilter(outside=True), election=election.id, baseline=baseline).rows:
            key = (election.id, row.council.id)
            figures = (row.control_before, row.control_after, row.largest_before, row.largest_after)
            answered[key] = (*figures, row.seats_needed, row.outcome, row.baseline_date)
            for party, number in (row.seats_net or {}).items():
                hidden = number is None and (*key, party) not in nets  # may be in the aggregate, and is named elsewhere
                if party != "other" and not hidden:
                    net[*key, party] = (number,)
    same(answered, region.computed("councils", 2, moment=control_at), 100)
    same(net, nets, 200)


def test_every_council_in_every_year(region: Twice) -> None:
    """Control, the largest party, size and vacancies since 1973."""
    answered = {}
    for council in region.dataset.record.councils:
        for composition in council.compositions:
            year = council_year(region.dataset, council, composition)
            answered[council.id, year.year] = (year.control, year.largest, year.seats_total, year.vacancies)
    same(answered, region.computed("compositions", 2), 2500)


def test_what_every_council_lacks_for_control(region: Twice) -> None:
    """Seats held, needed and lacking, and the rank, of the parties that every composition counts apart."""
    answered = {}
    for party in ("con", "lab", "ld"):
        for row in control_targets(region.dataset, party).every:
            answered[party, row.council.id] = (row.seats, row.needed, row.short, row.rank)
    same(answered, region.computed("control targets", 2), 80)


def test_every_candidate_of_every_ward(region: Twice) -> None:
    """Share, turnout and margin of every ward contest on record."""
    answered: Rows = {}
    for contest in region.dataset.record.wards:
        found = ward_result(region.dataset, contest)
        place = (contest.election, contest.council, contest.ward, contest.by_election)
        for each in found.standings:
            key = (*place, each.candidate, each.party, each.votes)
            alone = next(number for number in count(1) if (*key, number) not in answered)
            facts = (each.elected, contest.seats_up, contest.electorate)
            answered[*key, alone] = (each.share_pct, *facts, found.turnout_pct, found.margin_votes)
    same(answered, region.computed("wards", 8), 10000)


def test_every_party_in_the_wards_of_every_council(region: Twice) -> None:
    """Candidates, seats, votes and share."""
    answered: Rows = {}
    for council in region.dataset.record.councils:
        for election in {each.election for each in region.dataset.wards_of(council.id)}:
            for row in wards(region.dataset, council.id, election=election).parties:
                figures = (row.candidates, row.seats, row.votes, row.share_pct)
                answered[election, council.id, row.party] = figures
    same(answered, region.computed("ward parties", 3), 700)


def test_every_round_of_every_mayor(region: Twice) -> None:
    """Votes, share, who was elected and by how much."""
    answered: Rows = {}
    for contest in region.dataset.record.mayor_contests:
        found = mayor_result(region.dataset, contest)
        for each in found.standings:
            lead = (found.majority_votes, found.majority_pct) if each.elected else (None, None)
            key = (contest.election, each.round, each.candidate)
            answered[key] = (each.party, each.votes, each.share_pct, each.elected, *lead)
    same(answered, region.computed("mayors", 3), 50)


def test_the_votes_of_every_local_scoreboard(region: Twice) -> None:
    """Candidates, votes and share by party, where every ward of the councils that voted is on record."""
    answered: Rows = {}
    for election in region.dataset.record.elections:
        if election.kind in LOCAL:
            board = results(region.dataset, election.id)
            assert isinstance(board, CouncilsBoard)
            for row in board.rows if board.distribution else ():
                if row.candidates:
                    answered[election.id, row.party] = (row.candidates, row.votes, row.share_pct)
    computed = region.computed("local boards", 2)
    elections = {election for election, _ in answered}
    same(answered, {key: values for key, values in computed.items() if key[0] in elections}, 40)
