"""Corners of the queries: each test holds a line whose change went unnoticed before (docs/reliability.md, Figures)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from emvote.dataset import Dataset
from emvote.errors import UsageProblem
from emvote.model import ElectionKind, HexPlaces
from emvote.queries.candidate import candidate
from emvote.queries.changes import changes
from emvote.queries.check import labels
from emvote.queries.compare_areas import compare_areas
from emvote.queries.compare_elections import compare_elections
from emvote.queries.compare_series import compare_series
from emvote.queries.contenders import contenders, winner_of
from emvote.queries.contest import Standing, seat_result
from emvote.queries.control_targets import control_targets
from emvote.queries.councils import CouncilFilter, council_row, councils
from emvote.queries.map import Shade, hexmap
from emvote.queries.mayor import mayor_result
from emvote.queries.paths import BadPath, Shape, take
from emvote.queries.places import Place, PlaceKind, matching, places
from emvote.queries.project import project
from emvote.queries.report import Drawing, Part, parts
from emvote.queries.wards import ward_result
from emvote.store import open_dataset

SMALL = Path(__file__).parent / "data" / "small.toml"
Polled = Callable[..., Dataset]
Emvote = Callable[..., CompletedProcess[str]]


def test_shares_with_unlike_decimals_are_added_up_exactly(shipped: Dataset) -> None:
    """39.55 and 60.5 are more than a hundred; 39.5 and 60.5 are not."""
    with pytest.raises(UsageProblem, match=r"add up to 100\.05: no more than 100"):
        changes(shipped, shares="lab=39.55,con=60.5")
    assert len(changes(shipped, shares="lab=39.5,con=60.5").shares) == 2


@pytest.mark.parametrize("text", ["ukip@:reform", "@2015:reform", "ukip@2015:", "ukip2015:reform", "ukip@2015"])
def test_a_copy_without_one_of_its_parts_is_told_how_it_is_written(shipped: Dataset, text: str) -> None:
    """Not that an election or a party of no name is unknown."""
    with pytest.raises(UsageProblem, match="a copy is PARTY@ELECTION:PARTY"):
        changes(shipped, copies=[text])


def test_one_party_on_both_sides_is_told_as_it_was_typed(shipped: Dataset) -> None:
    """The message quotes the whole swing."""
    with pytest.raises(UsageProblem, match="'lab:Labour:5' has one party on both sides"):
        changes(shipped, swings=["lab:Labour:5"])


def test_a_published_outcome_without_an_earlier_result_must_name_the_winner(polled: Polled) -> None:
    """Whether it was a hold or a gain cannot be told then, who won can."""
    places_of = {"Ayton": {"red": 90, "blu": 80}}
    assert list(labels(polled(places_of, Ayton={"outcome": "Red hold"}))) == []
    (problem,) = labels(polled(places_of, Ayton={"outcome": "Blu hold"}))
    assert (problem.place, problem.rule, problem.value) == ("contests[0].outcome", "outcome", "'Blu hold'")


def test_words_beside_a_county_are_joined_to_a_seat(emvote: Emvote) -> None:
    """`county:Derbyshire` is a thing of its own, `derby north` one of two words."""
    done = emvote("compare", "county:Derbyshire", "derby", "north", "--json")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["rows"]) == 2


def test_an_election_of_a_mayor_is_none_to_compare(emvote: Emvote) -> None:
    """It is known, and cannot be compared."""
    done = emvote("compare", "2019", "mayor.leicester.2019-05-02", "--json")
    assert (done.returncode, json.loads(done.stderr)["error"]["code"]) == (2, 2)


def test_only_counties_with_a_shared_seat_say_so(shipped: Dataset) -> None:
    """A seat in two counties counts in both."""
    counties = sorted(
        {county for seat in shipped.record.seats for county in seat.counties if seat.boundaries == "2024"}
    )
    answer = compare_areas(shipped, [f"county:{each}" for each in counties], election="2024")
    shared = {
        county
        for seat in shipped.record.seats
        if seat.boundaries == "2024" and seat.region == "East Midlands" and len(seat.counties) > 1
        for county in seat.counties
    }
    said = {note.partition(":")[0] for note in answer.notes if note.endswith("a seat in two counties counts in both")}
    assert said == shared
    assert 0 < len(said) < len(counties)


@pytest.mark.parametrize(("unknown", "seats"), [(("Ayton",), "1 seat"), (("Ayton", "Beck"), "2 seats")])
def test_seats_without_votes_are_counted_in_words(polled: Polled, unknown: tuple[str, ...], seats: str) -> None:
    """One is one seat, two are two seats."""
    result = {"Ayton": {"red": 90, "blu": 80}, "Beck": {"red": 70, "blu": 80}, "Clay": {"red": 70, "blu": 80}}
    later: dict[str, Any] = {name: {"valid_votes": None} for name in unknown}
    notes = compare_elections(polled(result, result, **later), "2015", "2017").notes
    why = "nobody voted there, or the total is not known"
    assert notes == (f"without the votes of {seats} at the later election: {why}",)


def test_a_series_has_the_swing_of_each_step(shipped: Dataset) -> None:
    """That of the comparison of the two, and none at its first election."""
    first, *later = compare_series(shipped, ["2015", "2017", "2019"]).elections
    assert first.swing is None
    for before, after in (("2015", "2017"), ("2017", "2019")):
        expected = compare_elections(shipped, before, after).swing
        assert expected is not None
        assert later.pop(0).swing == expected


def test_a_party_returned_unopposed_stands_alone_and_without_votes(polled: Polled) -> None:
    """Under its name on the ballot paper."""
    changed = {"unopposed": True, "returned": ("red",), "valid_votes": None, "candidates": ()}
    dataset = polled({"Ayton": {"red": 0}}, Ayton=changed)
    result = seat_result(dataset, dataset.record.contests[0])
    red = Standing(
        candidate=None, party="red", key="red", party_label="Red Party", votes=None, share_pct=None, change_pp=None,
        elected=True, deposit_lost=None, sitting_mp=None,
    )  # fmt: skip
    assert result.standings == (red,)
    assert (result.winner, result.runner_up, result.majority_votes) == (red, None, None)


def test_councils_to_win_can_be_those_of_one_county(shipped: Dataset) -> None:
    """Ranks stay those of the whole list."""
    every = {row.council.id: row for row in control_targets(shipped, "lab").rows}
    kept = control_targets(shipped, "lab", county="derbyshire").rows
    assert kept
    assert {row.council.county for row in kept} == {"Derbyshire"}
    assert all(every[row.council.id] == row for row in kept)
    assert {row.council.id for row in every.values() if row.council.county == "Derbyshire"} == {
        row.council.id for row in kept
    }


def test_a_council_that_did_not_vote_is_after_as_it_was_before(shipped: Dataset) -> None:
    """Everything is that of the latest record before the day."""
    rows = [row for row in councils(shipped, CouncilFilter(all=True)).rows if not row.voted]
    assert len(rows) > 5
    for row in rows:
        before = (row.control_before, row.largest_before, row.seats_before, row.published_before)
        assert before == (row.control_after, row.largest_after, row.seats_after, row.published_after)
        assert row.largest_after is not None
        assert row.published_after is not None
        assert (row.seats_up, row.change, row.outcome, row.cycle) == (0, None, "no election", None)
        assert (row.baseline_size, row.seats_won, row.seats_net, row.seats_last_election) == (0, {}, {}, {})
        assert row.vacancies == row.seats_total - sum(number or 0 for number in row.seats_after.values())


def test_a_map_of_shares_has_the_share_of_every_seat(shipped: Dataset) -> None:
    """Null where the party did not stand."""
    answer = hexmap(shipped, "2019", Shade.SHARE, party="brexit")
    expected = {
        contest.seat: next(
            (each.share_pct for each in seat_result(shipped, contest).standings if each.party == "brexit"), None
        )
        for contest in shipped.contests_at("parl.2019-12-12")
    }
    assert {spot.id: spot.share_pct for spot in answer.spots} == expected
    assert None in expected.values()


def test_the_map_of_councils_does_not_rest_on_the_order_of_maps(shipped_wards: Dataset) -> None:
    """It is that which shows most of those that voted, of the year's; without one the message names what there is."""
    record = shipped_wards.record
    turned = Dataset(replace(record, hex_maps=tuple(reversed(record.hex_maps))))
    for election in ("local.2017-05-04", "local.2019-05-02", "local.2021-05-06", "local.2023-05-04"):
        answer = hexmap(shipped_wards, election)
        assert answer.map.places is not HexPlaces.SEATS
        assert (answer.map, answer.spots) == (hexmap(turned, election).map, hexmap(turned, election).spots)
    seats_only = Dataset(replace(record, hex_maps=tuple(each for each in record.hex_maps if each.boundaries)))
    with pytest.raises(UsageProblem, match=r"no map for local\.2019-05-02; it has: \w+"):
        hexmap(seats_only, "local.2019-05-02")
    with pytest.raises(UsageProblem, match=r"no map for local\.2019-05-02; it has: none"):
        hexmap(Dataset(replace(record, hex_maps=())), "local.2019-05-02")


def test_a_map_of_councils_is_good_in_its_first_and_last_year(shipped_wards: Dataset) -> None:
    """And in no other year than from the one to the other."""
    record = shipped_wards.record
    (now,) = (each for each in record.hex_maps if each.id == "councils-2025")
    for since, until, good in ((2021, 2021, True), (2022, None, False), (None, 2020, False)):
        alone = Dataset(replace(record, hex_maps=(replace(now, since=since, until=until),)))
        if good:
            assert hexmap(alone, "local.2021-05-06").map.since == since
        else:
            with pytest.raises(UsageProblem, match=r"no map for local\.2021-05-06"):
                hexmap(alone, "local.2021-05-06")


def test_seats_fall_by_exact_fractions(polled: Polled) -> None:
    """10 of 1,000 votes are less than 10 of 999, although Ayton is the first by name."""
    result = {"Ayton": {"blu": 504, "red": 494, "grn": 1}, "Beck": {"blu": 505, "red": 495}}
    answer = project(polled(result), changes(polled(result), swings=["blu:red"], table="0:10:5"))
    assert [(fall.seats, fall.row.seat.name) for fall in answer.falls] == [(1, "Beck"), (2, "Ayton")]


def test_a_report_asks_these_questions_of_an_election(shipped: Dataset) -> None:
    """Of a local and of a general one, in reading order."""
    local, general = shipped.elections["local.2019-05-02"], shipped.elections["parl.2019-12-12"]
    assert list(parts(shipped, [local])) == [
        Part(local.name, "Scoreboard", "results local.2019-05-02", Drawing.NET),
        Part(local.name, "Councils that changed control", "councils --election local.2019-05-02 --changed-control"),
        Part(local.name, "Map", "map local.2019-05-02 --by change"),
        Part(local.name, "Every council", "councils --election local.2019-05-02"),
    ]
    assert list(parts(shipped, [general])) == [
        Part(general.name, "Scoreboard", "results parl.2019-12-12", Drawing.SHARES),
        Part(general.name, "Seats that changed hands", "seats --election parl.2019-12-12 --changed"),
        Part(general.name, "Map", "map parl.2019-12-12"),
        Part(general.name, "Swing", "swing --from parl.2017-06-08 --to parl.2019-12-12", Drawing.SWING),
        Part(general.name, "Every seat", "seats --election parl.2019-12-12"),
    ]


def test_every_place_is_listed_once(shipped: Dataset) -> None:
    """Seats of one name are one place; a council that ended has its year."""
    found = places(shipped)
    listed = [place for place in found if place.kind is PlaceKind.SEAT]
    assert len({place.typed for place in listed}) == len(listed)
    assert {place.name for place in listed} == {seat.name for seat in shipped.record.seats}
    corby = next(place for place in found if place.kind is PlaceKind.COUNCIL and place.name == "Corby")
    assert corby == Place(PlaceKind.COUNCIL, "Corby", "Corby", ("Northamptonshire",), 2021)
    assert Place(PlaceKind.COUNCIL, "Ashfield", "Ashfield", ("Nottinghamshire",), None) in found
    assert [place.kind for place in matching(found, "ashf nott")][:2] == [PlaceKind.SEAT, PlaceKind.COUNCIL]
    assert matching(found, " ") == found
    assert matching(found, "ashfield derbyshire") == ()


def test_a_poll_is_listed_against_the_eve_and_the_last_election(shipped: Dataset) -> None:
    """Unsaid, control is held against the one and seats against the other, in every council of the day."""
    for poll in shipped.polls_at("local.2019-05-02"):
        row = council_row(shipped, poll)
        assert poll.eve is not None
        assert row.baseline_date == poll.eve.date
        assert (row.baseline_size is None) == (poll.last_election is None)


def test_every_kind_of_parliamentary_election_has_a_scoreboard_in_its_report(shipped: Dataset) -> None:
    """A by-election is no swing of the region, and an estimate changes no hands."""
    for election in shipped.record.elections:
        if election.kind in (ElectionKind.BY_ELECTION, ElectionKind.NOTIONAL):
            titles = [part.title for part in parts(shipped, [election])]
            assert titles[0] == "Scoreboard"
            assert "Swing" not in titles
            assert ("Seats that changed hands" in titles) is (election.kind is ElectionKind.BY_ELECTION)


def test_rows_of_a_projection_can_be_those_that_a_party_loses(polled: Polled) -> None:
    """By whom they are held at the baseline, and only where they change."""
    result = {"Ayton": {"blu": 51, "red": 49}, "Beck": {"blu": 90, "red": 10}, "Clay": {"grn": 51, "red": 49}}
    dataset = polled(result)
    change = changes(dataset, swings=["blu:red:5", "grn:red:5"])
    assert [row.seat.name for row in project(dataset, change, lost_by="blu").rows] == ["Ayton"]
    assert [row.seat.name for row in project(dataset, change, lost_by="grn").rows] == ["Clay"]
    assert [row.seat.name for row in project(dataset, change, only_changed=True).rows] == ["Ayton", "Clay"]
    assert [row.second_party for row in project(dataset, change).every] == ["blu", "red", "grn"]


def test_a_majority_can_be_beyond_any_swing(polled: Polled) -> None:
    """Without one swing, the party with most seats after needs a seat where it did not stand: there is none."""
    result = {"Ayton": {"red": 60, "grn": 40}, "Beck": {"gold": 60, "grn": 40}, "Clay": {"mill": {"Ann Lee": 60}}}
    tipping = project(polled(result), changes(polled(result), transfers=["grn:red:50%"])).tipping
    assert tipping is None  # one seat each
    won = {"Ayton": {"red": 60, "grn": 40}, "Dene": {"red": 60, "grn": 40}, **{f"X{i}": {"gold": 60} for i in range(1)}}
    places_of = {**won, "Eden": {"blu": 60, "grn": 40}, "Fold": {"old": 60, "grn": 40}}
    found = project(polled(places_of), changes(polled(places_of), transfers=["grn:red:50%"])).tipping
    assert found is not None
    assert (found.party, found.against, found.needs, found.seat, found.swing_pp) == ("red", None, 3, None, None)


def test_seats_that_cannot_swing_count_towards_the_majority(polled: Polled) -> None:
    """Red holds one where blue did not stand, and needs one more of three."""
    result = {"Ayton": {"red": 60, "grn": 40}, "Beck": {"blu": 55, "red": 45}, "Clay": {"blu": 60, "red": 40}}
    tipping = project(polled(result), changes(polled(result), swings=["blu:red:1"])).tipping
    assert tipping is not None
    assert (tipping.needs, tipping.seat and tipping.seat.name, tipping.swing_pp) == (2, "Beck", 5.0)


def test_every_candidacy_in_a_ward_has_its_source_and_margin(shipped_wards: Dataset) -> None:
    """The source is the ward's own, else that of its election; a ward without a loser has no margin."""
    for ward in shipped_wards.record.wards:
        found = ward_result(shipped_wards, ward)
        lost = [each for each in ward.candidates if not each.elected]
        assert found.margin_votes is None or lost
    rows = candidate(shipped_wards, "Shockat Adam").rows
    assert rows
    assert all(row.source for row in rows)
    wards_of = [row for row in candidate(shipped_wards, "P. Smith").rows if row.seats_up]
    assert wards_of
    assert all(row.source for row in wards_of)


@pytest.mark.parametrize(
    ("path", "value", "kind"),
    [
        ("rows[0].name || rows[0].votes", "Ann", "text"),
        ("rows[0].name && rows[0].votes", 7, None),
        ("[rows[0].votes, rows[0].name] | [0]", 7, "count"),
        ('`[{"a": 1}]`[].a | [0]', 1, None),
        ('length(`[{"a": 1}]`[?a == `1`])', 1, "count"),
    ],
)
def test_what_an_expression_takes_is_of_the_kind_of_its_field(path: str, value: object, kind: str | None) -> None:
    """Of an alternative the first; a value that no field has is of no known kind, and is no mistake."""
    row = Shape(fields={"name": Shape("text"), "votes": Shape("count")})
    taken = take(path, {"rows": [{"name": "Ann", "votes": 7}]}, Shape(fields={"rows": Shape(each=row)}))
    assert (taken.value, taken.kind, taken.known) == (value, kind, True)


def test_only_a_sitting_member_who_changed_party_has_a_note_of_a_row(shipped_wards: Dataset) -> None:
    """Neither a member who did not, nor a candidate of a ward whose row says that it is a by-election."""
    (note,) = candidate(shipped_wards, "Anna Soubry").notes
    assert note.startswith("Broxtowe 2019: Anna Soubry, elected for Conservative in 2017, sat here at the dissolution")
    assert candidate(shipped_wards, "Robert Jenrick").notes == ()
    assert {row.note for row in candidate(shipped_wards, "Zeb Brigham").rows} == {"by-election"}
    assert candidate(shipped_wards, "Zeb Brigham").notes == ()


def test_a_party_without_seats_lacks_all_that_give_control(shipped: Dataset) -> None:
    """Each council's seats are those of its latest composition, none where the party has none."""
    rows = control_targets(shipped, "lab").rows
    latest = {row.council.id: max(row.council.compositions, key=lambda each: each.year) for row in rows}
    assert [row.seats for row in rows] == [latest[row.council.id].seats.get("lab", 0) for row in rows]
    assert [row.short for row in rows] == [
        latest[row.council.id].size // 2 + 1 - latest[row.council.id].seats.get("lab", 0) for row in rows
    ]
    assert 0 in [row.seats for row in rows]


def test_a_mistyped_local_election_is_suggested_beside_an_election(emvote: Emvote) -> None:
    """`compare` takes local elections too, so one of them may have been meant."""
    error = json.loads(emvote("compare", "2019", "locl-2019", "--json").stderr)["error"]
    assert error["code"] == 3
    assert "local.2019-05-02" in error["suggestions"]


@pytest.mark.parametrize(("option", "kind"), [("--subject", "subject"), ("--article", "article")])
def test_an_unknown_subject_or_article_is_told_as_what_it_is(emvote: Emvote, option: str, kind: str) -> None:
    """And not as a name of another kind."""
    done = emvote("claims", option, "nonsense")
    assert done.returncode == 3
    assert f"no {kind} called 'nonsense'" in done.stderr


def test_a_row_that_another_reading_does_not_have_is_told_at_the_claims_own_key(emvote: Emvote, tmp_path: Path) -> None:
    """Unless the reading names a row of its own."""
    text = (
        "[article]\ntitle = 't'\n\n[[claims]]\nid = 'a'\nsubject = 's'\nclaim = 'c'\nquery = 'seats'\n"
        "where = { seat = 'Aldermere' }\ntake = 'seat'\nstated = 'Brackwater'\n"
    )
    file = tmp_path / "mine.toml"
    for reading, key in (
        ("query = 'parties'", "line 9, claims[0].where (claim a)"),
        ("query = 'seats', where = { seat = 'Nowhere' }", "claims[0].alternatives[0].where (claim a)"),
    ):
        file.write_text(f"{text}alternatives = [{{ {reading} }}]\n", encoding="utf-8")
        done = emvote("claims", file, "--data", SMALL)
        assert key in done.stderr, done.stderr


def test_two_parties_with_as_many_votes_leave_the_winner_unknown(polled: Polled) -> None:
    """Where there are only their tallies, whether they are two or three; one vote more decides."""
    places_of: dict[str, dict[str, int | dict[str, int]]] = {
        "Ayton": {"red": 50, "blu": 50}, "Beck": {"red": 50, "blu": 50, "grn": 10}, "Clay": {"red": 51, "blu": 50},
        "Dene": {"red": 1},
    }  # fmt: skip
    tallied: dict[str, Any] = {name: {"tallies": True} for name in places_of}
    dataset = polled(places_of, **tallied)
    for contest in dataset.contests_at("parl.2017-06-08"):
        won = winner_of(contest, contenders(dataset, contest))
        result = seat_result(dataset, contest)
        party = {"clay": "red", "dene": "red"}.get(contest.seat)
        assert (won and won.party) == party
        assert (result.winner and result.winner.party) == party


def test_of_two_with_as_many_votes_the_mayor_who_was_elected_is_first(valid_wards: Dataset) -> None:
    """Wherever they stand in the record, and where no votes are known."""
    contest = valid_wards.record.mayor_contests[0]
    lost, won, _ = contest.candidates
    for votes in (300, None):
        pair = tuple(replace(each, votes=votes, second_round=None) for each in (lost, won))
        result = mayor_result(valid_wards, replace(contest, candidates=pair))
        assert [each.candidate for each in result.standings] == [won.name, lost.name]


@pytest.fixture
def valid_wards() -> Dataset:
    """A place with wards and a mayor."""
    return open_dataset(str(SMALL.parent / "valid" / "wards.toml"))


def test_a_key_that_a_map_does_not_have_is_told_with_those_that_it_has() -> None:
    """Near ones first, else all of them."""
    shape = Shape(fields={"won": Shape(each=Shape("count"), keys=("labour", "blue"))})
    for given, said in (
        ("won.labuor", "the map has no key 'labuor'; did you mean 'labour'?"),
        ("won.xyz", "the map has no key 'xyz'; there are: blue, labour"),
    ):
        with pytest.raises(BadPath) as error:
            take(given, {"won": {"labour": 1}}, shape)
        assert str(error.value) == said


@pytest.mark.parametrize("path", ["abs(rows[0].votes)", "sum([`3`, rows[0].votes])", "max([`3`, rows[0].votes])"])
def test_what_is_computed_from_something_unknown_is_unknown(path: str) -> None:
    """Alone or among others, and no mistake in the expression; with another type it is one."""
    row = Shape(fields={"name": Shape("text"), "votes": Shape("count")})
    taken = take(path, {"rows": [{"name": "Ann", "votes": None}]}, Shape(fields={"rows": Shape(each=row)}))
    assert (taken.value, taken.known) == (None, False)
    with pytest.raises(BadPath, match="not a path: "):
        take(path, {"rows": [{"name": "Ann", "votes": "many"}]}, Shape(fields={"rows": Shape(each=row)}))
