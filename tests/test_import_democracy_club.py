"""The Democracy Club's CSV: results where there are votes, candidates where there are none yet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from emvote.cli.streams import write_together
from emvote.store.importers.files import Import, Order, Target, run
from emvote.store.read import open_dataset

RAW = Path(__file__).parents[2] / "shared" / "data"
COLUMNS = {
    "person_id": "1", "person_name": "Anne Ash", "election_id": "local.boston.2027-05-06",
    "ballot_paper_id": "local.boston.coastal.2027-05-06", "election_date": "2027-05-06", "election_current": "t",
    "party_name": "Labour Party", "party_id": "PP53", "post_label": "Coastal", "cancelled_poll": "f",
    "seats_contested": "1", "votes_cast": "", "elected": "", "tied_vote_winner": "", "rank": "",
    "turnout_reported": "", "spoilt_ballots": "", "total_electorate": "", "turnout_percentage": "",
    "results_source": "",
}  # fmt: skip
ASH = {"person_id": "1", "person_name": "Anne Ash", "votes_cast": "520", "elected": "t", "rank": "1"}
BIRCH = {"person_id": "2", "person_name": "Ben Birch", "votes_cast": "406", "elected": "f", "rank": "2"}
CON = {"party_name": "Conservative and Unionist Party", "party_id": "PP52"}
BLANK = {"votes_cast": "", "elected": "", "rank": ""}
DERBY = {
    "election_id": "parl.2024-07-04", "ballot_paper_id": "parl.derby-north.2024-07-04", "election_date": "2024-07-04",
    "post_label": "Derby North",
}  # fmt: skip


def imported(folder: Path, *rows: dict[str, str], columns: int | None = None, **more: Any) -> Import:
    """Rows imported into a new dataset."""
    head = [*COLUMNS, *sorted({key for row in rows for key in row} - {*COLUMNS})][:columns]
    lines = [",".join(head), *(",".join({**COLUMNS, **row}.get(key, "") for key in head) for row in rows)]
    (folder / "dc.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run(Order((str(folder / "dc.csv"),), Target(new=str(folder / "new.toml"), force=True), **more))
    if done.outputs:
        write_together([(Path(path), content) for path, content in done.outputs], done.unchanged)
    return done


def only_ward(folder: Path) -> Any:
    """The one ward that was written."""
    (ward,) = open_dataset(str(folder / "new.toml"), wards=True).record.wards
    return ward


def why(done: Import) -> set[str]:
    """The reasons of the rows that were set aside."""
    return {each.why.removeprefix("dc.csv:2: ") for each in done.findings if each.action.value == "set aside"}


def test_a_ballot_with_votes_is_a_result(tmp_path: Path) -> None:
    """Votes, winner, electorate and turnout; joint candidates of Labour are Labour's, with their label."""
    count = {"total_electorate": "3100", "turnout_percentage": "30.2", "spoilt_ballots": "4", "gss": "E05005682"}
    joint = {"party_name": "Labour and Co-operative Party", "party_id": "joint-party:53-119"}
    done = imported(tmp_path, {**ASH, **CON, **count}, {**BIRCH, **joint, **count})
    assert (done.complete, done.files[0].kind) == (True, "democracy-club")
    ward = only_ward(tmp_path)
    assert (ward.election, ward.council, ward.ward, ward.ward_id) == (
        "local.2027-05-06",
        "E07000136",
        "Coastal",
        "E05005682",
    )
    assert (ward.seats_up, ward.electorate, ward.turnout_pct, ward.declared, ward.by_election) == (
        1,
        3100,
        30.2,
        True,
        False,
    )
    assert [(one.name, one.party, one.votes, one.elected, one.label) for one in ward.candidates] == [
        ("Anne Ash", "con", 520, True, "Conservative and Unionist Party"),
        ("Ben Birch", "lab", 406, False, "Labour and Co-operative Party"),
    ]


@pytest.mark.parametrize("columns", [None, 11])
def test_a_ballot_without_votes_is_undeclared_with_its_candidates(tmp_path: Path, columns: int | None) -> None:
    """With the columns of results, still blank, or without them."""
    assert imported(tmp_path, {**ASH, **BLANK}, {**BIRCH, **BLANK, **CON}, columns=columns).complete
    ward = only_ward(tmp_path)
    assert (ward.declared, [(one.name, one.votes, one.elected) for one in ward.candidates]) == (
        False,
        [("Anne Ash", None, False), ("Ben Birch", None, False)],
    )


def test_results_take_the_place_of_candidates_and_never_the_other_way(tmp_path: Path) -> None:
    """The same file before and after the count, without `--force`; a declared result is not undone."""
    imported(tmp_path, {**ASH, **BLANK}, {**BIRCH, **BLANK, **CON})
    mine = tmp_path / "new.toml"
    for rows, outcome in (
        (({**ASH}, {**BIRCH, **CON}), "replaced"),
        (({**ASH, **BLANK}, {**BIRCH, **BLANK, **CON}), "unchanged"),
    ):
        lines = [",".join(COLUMNS), *(",".join({**COLUMNS, **row}[key] for key in COLUMNS) for row in rows)]
        (tmp_path / "later.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = run(Order((str(tmp_path / "later.csv"),), Target(into=str(mine))))
        assert getattr(done.tallies["wards"], outcome) == 1
        for path, content in done.outputs:
            Path(path).write_bytes(content)
        assert [one.votes for one in only_ward(tmp_path).candidates] == [520, 406]


def test_independents_and_old_ids_of_parties_are_read(tmp_path: Path) -> None:
    """`ynmp-party:2` is an independent, `party:63` the registration of the Greens."""
    green = {"party_name": "Green Party", "party_id": "party:63"}
    imported(tmp_path, {**ASH, "party_name": "Independent", "party_id": "ynmp-party:2"}, {**BIRCH, **green})
    assert [one.party for one in only_ward(tmp_path).candidates] == ["ind", "green"]


def test_one_registration_with_two_names_is_the_party_called_so(tmp_path: Path) -> None:
    """The Brexit Party became Reform UK under one number."""
    reform = {"party_name": "Reform UK", "party_id": "PP7931"}
    imported(tmp_path, {**ASH, **reform}, {**BIRCH, "party_name": "The Brexit Party", "party_id": "PP7931"})
    assert [one.party for one in only_ward(tmp_path).candidates] == ["reform", "brexit"]
    done = imported(tmp_path, {**ASH, "party_name": "Coastal Party", "party_id": "PP7931"}, BIRCH)
    assert why(done) == {"2 parties have the registration PP7931, and none is called 'Coastal Party'"}


@pytest.mark.parametrize(
    ("council", "ballot", "id_"),
    [
        ("local.city-of-lincoln", "abbey", "E07000138"),
        ("local.lincoln", "abbey", "E07000138"),
        ("local.hinckley-and-bosworth", "castle", "E07000132"),
    ],
)
def test_councils_are_known_by_their_slug(tmp_path: Path, council: str, ballot: str, id_: str) -> None:
    """With the words that others leave out."""
    paper = {"election_id": f"{council}.2027-05-06", "ballot_paper_id": f"{council}.{ballot}.2027-05-06"}
    imported(tmp_path, {**ASH, **paper}, {**BIRCH, **paper})
    assert only_ward(tmp_path).council == id_


def test_a_by_election_is_one(tmp_path: Path) -> None:
    """Its ballot paper says `by`."""
    paper = {"ballot_paper_id": "local.boston.coastal.by.2027-02-04", "election_date": "2027-02-04"}
    imported(tmp_path, {**ASH, **paper}, {**BIRCH, **paper})
    assert (only_ward(tmp_path).by_election, only_ward(tmp_path).election) == (True, "local.2027-02-04")


def test_a_cancelled_poll_with_enough_seats_is_uncontested(tmp_path: Path) -> None:
    """Its votes are unknown; with more candidates than seats it is held on another day."""
    cancelled = {**BLANK, "cancelled_poll": "t"}
    imported(tmp_path, {**ASH, **cancelled, "seats_contested": "2"})
    ward = only_ward(tmp_path)
    assert (ward.uncontested, ward.seats_up, [(one.votes, one.elected) for one in ward.candidates]) == (
        True,
        2,
        [(None, True)],
    )
    done = imported(tmp_path, {**ASH, **cancelled}, {**BIRCH, **cancelled})
    assert why(done) == {"the poll was cancelled, and is held on another day"}


def test_ties_are_decided_by_who_is_marked(tmp_path: Path) -> None:
    """Equal votes share a rank; a lot is told."""
    lot = {"votes_cast": "400", "rank": "1"}
    imported(tmp_path, {**ASH, **lot, "elected": "f"}, {**BIRCH, **lot, "elected": "t", "tied_vote_winner": "t"})
    ward = only_ward(tmp_path)
    assert {one.name: one.elected for one in ward.candidates} == {"Anne Ash": False, "Ben Birch": True}
    assert [flag.note for flag in ward.flags] == ["Ben Birch won a tie by lot."]


def test_winners_that_are_not_marked_follow_from_the_votes_alone(tmp_path: Path) -> None:
    """With a flag, and never where a tie leaves it open."""
    done = imported(tmp_path, {**ASH, "elected": ""}, {**BIRCH, "elected": ""})
    assert only_ward(tmp_path).candidates[0].elected
    assert [each.action.value for each in done.findings] == ["noted"]
    tied = imported(tmp_path, {**ASH, "elected": "", "votes_cast": "406"}, {**BIRCH, "elected": ""})
    assert why(tied) == {"a tie for the last seat, and nobody is marked as elected"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"votes_cast": ""}, "votes_cast is blank, expected a whole number: not known, and not 0"),
        ({"elected": "t"}, "2 elected for 1 seat"),
        ({"elected": "maybe"}, "elected is 'maybe', expected t or f"),
        ({"votes_cast": "900"}, "a candidate with 900 votes is not elected, one with 520 is"),
        ({"seats_contested": "2"}, "seats_contested is '1' and '2' on one ballot paper"),
        ({"person_id": "1"}, "person 1 stands twice on this ballot paper"),
        ({"party_name": "Coastal Party", "party_id": "PP99"}, "no party called 'Coastal Party'"),
    ],
)
def test_a_ballot_that_contradicts_itself_is_set_aside(tmp_path: Path, change: dict[str, str], said: str) -> None:
    """With what is wrong about it."""
    done = imported(tmp_path, ASH, {**BIRCH, **change})
    assert {each.removeprefix("dc.csv:3: ") for each in why(done)} == {said}


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        ("mayor.boston.2027-05-06", "a ballot paper of the kind 'mayor': only local and parl ones are read"),
        ("local.bosten.coastal.2027-05-06", "no council called 'bosten'"),
        ("local.boston.2027-05-06", "a ballot paper of a whole council, expected one of a ward"),
        ("local.boston.coastal.2027-05-05", "ballot_paper_id is 'local.boston.coastal.2027-05-05', and election_date"),
        ("coastal", "ballot_paper_id is 'coastal', expected an id such as local.boston.coastal.2027-05-06"),
    ],
)
def test_a_ballot_of_another_kind_is_set_aside(tmp_path: Path, paper: str, said: str) -> None:
    """Each with its reason; near councils are suggested."""
    done = imported(tmp_path, {**ASH, "ballot_paper_id": paper})
    (reason,) = why(done)
    assert reason.startswith(said)


def test_a_constituency_with_votes_is_a_result(tmp_path: Path) -> None:
    """The number of the person is kept; without an electorate there is a flag."""
    done = imported(tmp_path, {**ASH, **DERBY}, {**BIRCH, **CON, **DERBY}, reference="results")
    assert done.complete
    (contest,) = open_dataset(str(tmp_path / "new.toml")).record.contests
    assert (contest.election, contest.seat, contest.valid_votes) == ("parl.2024-07-04", "E14001193", 926)
    assert [(one.name, one.dc_id, one.elected) for one in contest.candidates] == [
        ("Anne Ash", 1, True),
        ("Ben Birch", 2, False),
    ]
    assert [flag.code for flag in contest.flags] == ["constituency-missing", "sitting-mp-missing"]


def test_a_constituency_without_votes_is_undeclared(tmp_path: Path) -> None:
    """A seat that has not declared holds no candidates."""
    imported(tmp_path, {**ASH, **BLANK, **DERBY}, {**BIRCH, **BLANK, **CON, **DERBY})
    (contest,) = open_dataset(str(tmp_path / "new.toml")).record.contests
    assert (contest.declared, contest.candidates) == (False, ())


@pytest.mark.skipif(not RAW.is_dir(), reason="the files of the publishers are not here")
def test_lincoln_2026_is_read_whole(tmp_path: Path) -> None:
    """Eleven wards: Labour 4, Reform UK 4, the Liberal Democrats 2, the Greens 1."""
    file = str(RAW / "ward-results" / "dc-2026-05-07-lincoln.csv")
    done = run(Order((file,), Target(new=str(tmp_path / "new.toml"))))
    for path, content in done.outputs:
        Path(path).write_bytes(content)
    assert [(each.rows, each.used) for each in done.files] == [(59, 59)]
    wards = open_dataset(str(tmp_path / "new.toml"), wards=True).record.wards
    won = sorted(one.party for ward in wards for one in ward.candidates if one.elected)
    assert won == [*["green"], *["lab"] * 4, *["ld"] * 2, *["reform"] * 4]
