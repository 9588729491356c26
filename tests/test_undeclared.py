"""On the night: what has not declared counts in no figure, and every answer says how many have declared."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from emvote.dataset import Dataset
from emvote.errors import BadData, UsageProblem
from emvote.queries.compare import compare
from emvote.queries.compare_areas import compare_areas
from emvote.queries.council_results import council_results
from emvote.queries.councils import CouncilFilter, councils
from emvote.queries.declared import Declared, declared_councils, declared_seats
from emvote.queries.diff import diff
from emvote.queries.seat import seat
from emvote.queries.seats import seats
from emvote.queries.swing import swing
from emvote.store import open_dataset

Emvote = Callable[..., CompletedProcess[str]]
NIGHT = Path(__file__).parent / "data" / "night.toml"
OUT = "2 of 4 declared; not declared, and in no figure here: "
CAT = "rows[0].candidates[?candidate=='Cat Blue'].party | [0]"
NOTHING = "Cedar has not declared at parl.2029-05-03: there is nothing to compare yet."
ASH = """
[[contests]]
election = "parl.2029-05-03"
seat = "E14000003"
electorate = 2000
valid_votes = 1000
candidates = [
  { name = "Cal Red", party = "red", votes = 501, elected = true },
  { name = "Cat Blue", party = "blu", votes = 499 },
]
"""


@pytest.fixture(scope="module")
def night() -> Dataset:
    """Two of four seats, councils and wards have declared."""
    return open_dataset(str(NIGHT), wards=True)


@pytest.fixture
def answer(emvote: Emvote) -> Callable[..., Any]:
    """The JSON of a command on that night."""

    def asked(*words: str) -> Any:
        done = emvote(*words, "--data", NIGHT, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return asked


def test_a_caller_learns_how_many_have_declared_and_which_have_not(night: Dataset) -> None:
    """Seats and councils are counted for the region, with the names of those still out in alphabetical order."""
    assert declared_seats(night, "parl.2029-05-03") == Declared(2, 4, ("Cedar", "Damson"))
    assert declared_seats(night, "parl.2024-07-04") == Declared(4, 4, ())
    assert declared_councils(night, "local.2029-05-03") == Declared(2, 4, ("Grimoor", "Highmoor"))
    assert declared_seats(night, "parl.2024-07-04").complete


def test_a_council_that_is_out_adds_no_votes_of_the_wards_that_have_declared(night: Dataset) -> None:
    """The scoreboard is of the councils that have declared, its votes and candidates as its seats."""
    out = next(poll.council for poll in night.undeclared_polls_at("local.2029-05-03"))
    ward = next(ward for ward in night.record.wards if ward.declared)
    more = Dataset(replace(night.record, wards=(*night.record.wards, replace(ward, council=out, ward="Elm"))))
    before, after = (council_results(each, each.elections["local.2029-05-03"]) for each in (night, more))
    assert (after.wards, after.rows) == (before.wards, before.rows)


def test_a_dataset_gives_declared_results_only(night: Dataset) -> None:
    """Whoever asks for results by election, seat or council gets none that has no figures yet."""
    assert [contest.seat for contest in night.contests_at("parl.2029-05-03")] == ["E14000001", "E14000002"]
    assert [contest.seat for contest in night.undeclared_at("parl.2029-05-03")] == ["E14000003", "E14000004"]
    assert ("parl.2029-05-03", "E14000003") not in night.contests
    assert [contest.election for contest in night.contests_of(["E14000003"])] == ["parl.2024-07-04"]
    assert ("local.2029-05-03", "E07000003") not in night.polls
    assert night.polls_of("E07000003") == ()


def test_seats_lists_and_counts_the_declared_ones(night: Dataset, answer: Callable[..., Any]) -> None:
    """The Blue Party held one and lost one of the two; the seats still out are named, and in no total."""
    assert [(each.seat.name, each.outcome) for each in seats(night).results] == [
        ("Ash", "Blue hold"),
        ("Birch", "Red gain from Blue"),
    ]
    found = answer("seats")
    assert found["summary"] == {
        "seats": 2,
        "shown": 2,
        "unsettled": 0,
        "declared": 2,
        "of": 4,
        "parties": [
            {"party": "blu", "seats": 1, "held": 1, "gained": 0, "lost": 1, "net": -1},
            {"party": "red", "seats": 1, "held": 0, "gained": 1, "lost": 0, "net": 1},
        ],
    }
    assert found["notes"][0] == f"{OUT}Cedar, Damson"


def test_people_read_how_many_have_declared_in_the_first_line(emvote: Emvote) -> None:
    """Every headline over totals says it; of a complete election none does."""
    for words in (
        ["seats"],
        ["swing"],
        ["compare", "2024", "2029"],
        ["compare", "Ash", "region"],
        ["councils"],
        ["wards", "Eastmoor"],
    ):
        first = emvote(*words, "--data", NIGHT).stdout.splitlines()[0]
        assert "2 of 4 declared" in first, first
    assert "declared" not in emvote("seats", "--election", "2024", "--data", NIGHT).stdout


@pytest.mark.parametrize(
    "words",
    [
        ["seats"],
        ["councils"],
        ["results"],
        ["results", "local-2029"],
        ["swing"],
        ["compare", "2024", "2029"],
        ["compare", "Ash", "region"],
        ["targets", "red"],
        ["targets", "red", "--defend"],
        ["project", "--swing", "blu:red:3"],
        ["wards", "Eastmoor"],
        ["map"],
    ],
    ids=" ".join,
)
def test_a_sentence_that_is_quoted_says_how_many_have_declared(emvote: Emvote, words: list[str]) -> None:
    """It stands alone: a list of targets or a projection reads as one of all seats without it."""
    done = emvote(*words, "--sentence", "--data", NIGHT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(" (2 of 4 declared)") == 1


def test_a_sentence_on_a_name_says_in_how_many_contests_it_is_declared(emvote: Emvote) -> None:
    """Of three candidacies one is out: one success is not yet one of three."""
    told = emvote("candidate", "Bea", "Blue", "--sentence", "--data", NIGHT).stdout
    assert told.startswith("Bea Blue: 3 candidacies under that name on record (2 of 3 declared), 1 successful;")


def test_a_sentence_on_a_series_says_it_of_the_election_that_is_out(emvote: Emvote, tmp_path: Path) -> None:
    """And of none that is complete."""
    over = tmp_path / "night.toml"
    over.write_text(
        "[[contests]]\nelection = 'parl.2024-07-04'\nseat = 'E14001066'\ndeclared = false\n", encoding="utf-8"
    )
    told = emvote("compare", "2017", "2019", "2024", "--sentence", "--overlay", over).stdout
    assert "12 December 2019; General election, 4 July 2024 (46 of 47 declared): " in told
    assert told.count("declared") == 1


def test_a_swing_compares_the_same_seats_at_both_elections(night: Dataset, answer: Callable[..., Any]) -> None:
    """From Ash and Birch alone: red 880 then 1,020 of 2,000, so 7.0 points; with all four of 2024 it would be 6.5."""
    found = swing(night)
    assert [row.seat.name for row in found.rows] == ["Birch", "Ash"]
    assert found.region.butler_pp == pytest.approx(-7.0)
    assert (found.region_votes[0].valid, found.region_votes[1].valid) == (2000, 2000)
    assert found.declared == Declared(2, 4, ("Cedar", "Damson"))
    summary = answer("swing")["summary"]
    assert (summary["declared"], summary["of"], summary["seats_in_mean"]) == (2, 4, 2)


def test_a_comparison_of_elections_is_of_the_same_seats(night: Dataset, answer: Callable[..., Any]) -> None:
    """Seats and votes of 2024 are those of Ash and Birch only."""
    found = answer("compare", "2024", "2029")
    rows = [
        (row["party"], row["seats_from"], row["seats_to"], row["votes_from"], row["votes_to"]) for row in found["rows"]
    ]
    assert rows == [("red", 0, 1, 880, 1020), ("blu", 2, 1, 1120, 980)]
    assert {key: found["summary"][key] for key in ("seats", "declared", "of")} == {"seats": 2, "declared": 2, "of": 4}
    assert found["notes"] == [f"{OUT}Cedar, Damson"]
    with pytest.raises(UsageProblem, match="Cedar has not declared"):
        compare(night, ["Ash", "Cedar"])
    with pytest.raises(UsageProblem, match="Grimoor has not declared"):
        compare(night, ["Eastmoor", "Grimoor"])


def test_a_swing_where_nothing_can_be_compared_yet_says_so(night: Dataset) -> None:
    """A seat that is still out has no swing, and the message is not that it has no result."""
    with pytest.raises(UsageProblem, match=r"Cedar has not declared at parl\.2029-05-03"):
        swing(night, ["Cedar"])


def test_a_seat_that_is_out_shows_what_it_was(answer: Callable[..., Any]) -> None:
    """Its last declared result leads, and a note says that tonight's is not in; asked for tonight, there is no row."""
    found = answer("seat", "Cedar")
    assert [row["election"] for row in found["rows"]] == ["parl.2024-07-04"]
    assert found["summary"]["held"]["since"] == "2024-07-04"
    assert found["notes"][0] == "General election, 2029: not declared here yet, and in no figure"
    tonight = answer("seat", "Cedar", "--election", "2029")
    assert tonight["rows"] == []
    assert tonight["notes"][0] == "General election, 2029: not declared here yet, and in no figure"


def test_councils_counts_those_that_have_declared(night: Dataset, answer: Callable[..., Any]) -> None:
    """A council that is still out is neither held nor lost, in no total, and not among those without an election."""
    found = answer("councils")
    assert [(row["council"], row["outcome"]) for row in found["rows"]] == [
        ("Eastmoor", "Red gain from Blue"),
        ("Fenmoor", "Blue hold"),
    ]
    summary = found["summary"]
    assert {key: summary[key] for key in ("councils", "declared", "of", "seats_up", "noc")} == {
        "councils": 2,
        "declared": 2,
        "of": 4,
        "seats_up": 20,
        "noc": {"before": 0, "after": 0, "net": 0},
    }
    assert {party: (each["seats_won"], each["seats_net"]) for party, each in summary["parties"].items()} == {
        "blu": (11, -3),
        "red": (9, 3),
    }
    assert f"{OUT}Grimoor, Highmoor" in found["notes"]
    assert len(councils(night, CouncilFilter(all=True)).rows) == 2


def test_a_council_that_is_out_has_no_election_on_record_yet(answer: Callable[..., Any]) -> None:
    """Its answer has no poll, and a note says why."""
    found = answer("council", "Grimoor")
    assert found["summary"]["elections"] == []
    assert found["notes"][0] == "Local elections, 2029: not declared here yet, and in no figure"


def test_wards_lists_those_that_have_declared(answer: Callable[..., Any]) -> None:
    """Candidates of a ward that is out have no row, no seat and no vote."""
    found = answer("wards", "Eastmoor")
    assert [row["ward"] for row in found["rows"]] == ["Alder", "Alder", "Beck", "Beck"]
    summary = found["summary"]
    assert {key: summary[key] for key in ("wards", "declared", "of", "seats_up")} == {
        "wards": 2,
        "declared": 2,
        "of": 4,
        "seats_up": 2,
    }
    assert found["notes"] == [f"{OUT}Copse, Dale"]


def test_a_candidacy_without_a_declaration_is_neither_won_nor_lost(answer: Callable[..., Any]) -> None:
    """It is listed as not declared, with unknown votes, and not counted among the successful."""
    found = answer("candidate", "Bea Blue")
    assert [(row["place"], row["votes"], row["elected"], row["result"]) for row in found["rows"]] == [
        ("Birch", 430, False, "2nd of 2"),
        ("Copse, Eastmoor", None, None, "not declared"),
        ("Birch", 520, True, "elected"),
    ]
    assert found["summary"]["elected"] == 1
    assert found["notes"][0] == "not declared yet: Copse, Eastmoor 2029"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Bea Blue", "(2 of 3 declared), 1 successful; the last"),
        ("Gus Red", "on record (0 of 1 declared); the last"),
    ],
)
def test_an_undeclared_candidate_is_not_called_unsuccessful(emvote: Emvote, name: str, sentence: str) -> None:
    """The sentence, which is the first line too, says that the result is not declared."""
    asked = ("candidate", *name.split(), "--data", NIGHT)
    assert sentence in emvote(*asked, "--format", "plain").stdout
    assert sentence in emvote(*asked, "--sentence").stdout


def test_a_declaration_is_a_difference(night: Dataset, tmp_path: Path) -> None:
    """A file laid over the night's dataset that declares a seat changes it from undeclared, and adds its candidates."""
    over = tmp_path / "cedar.toml"
    over.write_text(ASH, encoding="utf-8")
    later = open_dataset(str(NIGHT), overlay=str(over), wards=True)
    assert declared_seats(later, "parl.2029-05-03") == Declared(3, 4, ("Damson",))
    changed = [(each.relation, each.column, each.old, each.new) for each in diff(night, later)]
    assert changed == [
        ("contests", "declared", False, True),
        ("contests", "valid_votes", None, 1000),
        ("candidacies", None, None, None),
        ("candidacies", None, None, None),
    ]


def test_an_export_keeps_what_is_not_declared_apart(emvote: Emvote, tmp_path: Path) -> None:
    """Undeclared rows say so, and no view makes a loss of them."""
    done = emvote("export", tmp_path / "night.sqlite", "--data", NIGHT)
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(tmp_path / "night.sqlite")) as database:

        def ask(query: str) -> list[Any]:
            return database.execute(query).fetchall()

        tonight = "FROM contests WHERE election = 'parl.2029-05-03' ORDER BY seat"
        assert ask(f"SELECT declared, valid_votes {tonight}") == [(1, 1000), (1, 1000), (0, None), (0, None)]
        assert ask("SELECT declared, vacancies FROM council_polls") == [(1, 0), (1, 0), (0, None), (0, None)]
        assert ask("SELECT council, party, seats_net FROM council_seats_net ORDER BY 1, 2") == [
            ("Eastmoor", "blu", -2),
            ("Eastmoor", "red", 2),
            ("Fenmoor", "blu", -1),
            ("Fenmoor", "red", 1),
        ]
        assert ask("SELECT control_after FROM council_changes WHERE council IN ('Grimoor', 'Highmoor')") == [
            (None,),
            (None,),
        ]
        assert ask("SELECT party, SUM(seats_won) FROM party_totals WHERE election LIKE 'parl.2029%' GROUP BY 1") == [
            ("blu", 1),
            ("red", 1),
        ]


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("declared = false\nelectorate = 2000", "declared = false\nvalid_votes = 10", "contests[6].valid_votes"),
        (
            'declared = false\ncycle = "third"',
            'declared = false\nwon = { blu = 3 }\ncycle = "third"',
            "council_polls[3].won",
        ),
        (
            '{ name = "Gus Red", party = "red" }',
            '{ name = "Gus Red", party = "red", votes = 1 }',
            "wards[2].candidates[0].votes",
        ),
        (
            '{ name = "Gus Red", party = "red" }',
            '{ name = "Gus Red", party = "red", elected = true }',
            "wards[2].candidates[0].elected",
        ),
    ],
)
def test_what_is_not_declared_has_no_result(
    before: str, after: str, place: str, dataset_from: Callable[[str], Dataset]
) -> None:
    """A figure beside `declared = false` is refused: nobody could tell which of the two is true."""
    text = NIGHT.read_text(encoding="utf-8")
    assert text.count(before) == 1
    with pytest.raises(BadData) as caught:
        dataset_from(text.replace(before, after))
    assert [(each.rule, each.place) for each in caught.value.problems] == [("declared", place)]


@pytest.mark.parametrize(
    ("before", "rule"),
    [
        ("declared = false\nelectorate = 2000", {"known", "counts"}),
        ('declared = false\ncycle = "third"', {"poll"}),
    ],
)
def test_what_is_declared_has_a_result(before: str, rule: set[str], dataset_from: Callable[[str], Dataset]) -> None:
    """Leaving out the figures is allowed only to what is not declared."""
    text = NIGHT.read_text(encoding="utf-8")
    with pytest.raises(BadData) as caught:
        dataset_from(text.replace(before, before.partition("\n")[2]))
    assert {each.rule for each in caught.value.problems} == rule


@pytest.mark.parametrize(
    ("keys", "verdict"),
    [
        # of one place: known as soon as that has declared
        ("query = 'councils'\nwhere = {council = 'Eastmoor'}\ntake = 'control_after'\nstated = 'red'", "confirmed"),
        ("query = 'councils'\nwhere = {council = 'Eastmoor'}\ntake = 'control_after'\nstated = 'blu'", "contradicted"),
        ("query = 'councils'\nwhere = {council = 'grimoor'}\ntake = 'control_after'\nstated = 'red'", "not checkable"),
        ("query = 'councils'\nwhere = {council_id = 'E07000003'}\ntake = 'seats_up'\nstated = 9", "not checkable"),
        ("query = 'councils'\nwhere = {council = 'Grimoor'}\ntake = \"type == 'x'\"\nstated = false", "not checkable"),
        ("query = 'councils --held'\nwhere = {council = 'Grimoor'}\ntake = 'type'\nstated = 'x'", "not checkable"),
        ("query = 'seats'\nwhere = {seat = 'Ash'}\ntake = 'winner_party'\nstated = 'Blue'", "confirmed"),
        ("query = 'seats'\nwhere = {seat = 'Cedar'}\ntake = 'winner_party'\nstated = 'Blue'", "not checkable"),
        ("query = 'seat Cedar --election 2029'\ntake = 'rows[0].winner'\nstated = 'Cat Blue'", "not checkable"),
        ("query = 'swing'\nwhere = {seat = 'Ash'}\ntake = 'butler_pp'\nstated = -5", "confirmed"),
        ("query = 'swing Cedar'\ntake = 'rows[0].butler_pp'\nstated = 5", "not checkable"),
        ("query = 'wards Eastmoor'\nwhere = {candidate = 'Eve Red'}\ntake = 'votes'\nstated = 30", "confirmed"),
        ("query = 'wards Eastmoor'\nwhere = {ward = 'Copse'}\ntake = 'votes'\nstated = 30", "not checkable"),
        ("query = 'targets red'\nwhere = {seat = 'Ash'}\ntake = 'swing_pp'\nstated = 5", "confirmed"),
        ("query = 'targets red'\nwhere = {seat = 'Ash'}\ntake = 'rank'\nstated = 1", "not checkable"),
        ("query = 'map'\nwhere = {place = 'Ash'}\ntake = 'party'\nstated = 'Blue'", "confirmed"),
        ("query = 'compare Ash region'\nwhere = {place = 'Ash'}\ntake = 'winner_party'\nstated = 'Blue'", "confirmed"),
        ("query = 'compare Ash region'\nwhere = {place = 'Nightmoor'}\ntake = 'seats'\nstated = 2", "not checkable"),
        ("query = 'candidate Bea Blue'\nwhere = {votes = 430}\ntake = 'result'\nstated = '2nd of 2'", "confirmed"),
        # of another election, or another year: settled long ago
        ("query = 'seat Cedar'\nwhere = {outcome = 'Blue win'}\ntake = 'winner_party'\nstated = 'blu'", "confirmed"),
        ("query = 'council Grimoor'\nwhere = {year = 2025}\ntake = 'control'\nstated = 'noc'", "confirmed"),
        ("query = 'seat Cedar'\ntake = 'rows[0].winner_party'\nstated = 'blu'", "not checkable"),
        ("query = 'seat Cedar --election 2024'\ntake = 'rows[0].winner_party'\nstated = 'blu'", "confirmed"),
        # of all: what has not declared may change it
        ("query = 'seats --held-by red'\ntake = 'length(rows)'\nstated = 1", "not checkable"),
        ("query = 'seats --held-by red'\ntake = 'length(rows)'\nstated = 1\nwording = 'at least'", "not checkable"),
        ("query = 'councils'\ntake = 'rows[].council'\nstated = ['Eastmoor', 'Fenmoor']", "not checkable"),
        ("query = 'councils'\ntake = \"rows[?council=='Grimoor'].type | [0]\"\nstated = 'x'", "not checkable"),
        ("query = 'councils'\ntake = \"contains(rows[].council, 'Grimoor')\"\nstated = false", "not checkable"),
        ("query = 'results'\nwhere = {party = 'red'}\ntake = 'seats'\nstated = 1", "not checkable"),
        ("query = 'swing'\ntake = 'summary.butler_pp'\nstated = -7", "not checkable"),
        ("query = 'compare 2024 2029'\nwhere = {party = 'red'}\ntake = 'seats_net'\nstated = 1", "not checkable"),
        # what is settled
        ("query = 'seats'\ntake = 'summary.declared'\nstated = 2", "confirmed"),
        ("query = 'seats'\ntake = 'query.election'\nstated = 'parl.2029-05-03'", "confirmed"),
        ("query = 'map'\ntake = 'summary.undeclared'\nstated = 2", "confirmed"),
        ("query = 'seats --election 2024'\ntake = 'length(rows)'\nstated = 4", "confirmed"),
    ],
)  # fmt: skip
def test_a_claim_is_judged_when_what_it_rests_on_has_declared(
    emvote: Emvote, tmp_path: Path, keys: str, verdict: str
) -> None:
    """Until then it is neither right nor wrong, and no fault of the file; one place's result stands for itself."""
    found = claim(emvote, tmp_path, keys)
    assert found.returncode == 0, found.stderr
    (row,) = json.loads(found.stdout)["rows"]
    assert row["verdict"] == verdict
    assert (row["computed"] is None) == (verdict == "not checkable")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("query = 'councils'\nwhere = {council = 'Grimor'}\ntake = 'type'\nstated = 'x'", "has council 'Grimor'"),
        ("query = 'councils'\nwhere = {council = 'Grimoor'}\ntake = 'tipe'\nstated = 'x'", "did you mean 'type'?"),
        ("query = 'councils'\nwhere = {council = 'Ash'}\ntake = 'type'\nstated = 'x'", "has council 'Ash'"),
        ("query = 'councils'\ntake = \"rows[?council=='Grimor'].type | [0]\"\nstated = 'x'", "is 'Grimor'"),
        ("query = 'seat Cedar --election 2029'\nwhere = {winer = 'x'}\ntake = 'seat'\nstated = 'x'", "mean 'winner'?"),
        ("query = 'swing Atlantis'\ntake = 'rows[0].butler_pp'\nstated = 5", "no seat called 'Atlantis'"),
        ("query = 'seats --election 2024'\nwhere = {seat = 'Elm'}\ntake = 'seat'\nstated = 'x'", "has seat 'Elm'"),
    ],
)  # fmt: skip
def test_a_claim_about_what_is_nowhere_is_a_fault_of_its_file_on_the_night_too(
    emvote: Emvote, tmp_path: Path, keys: str, said: str
) -> None:
    """A mistyped name is not taken for a place that is still out."""
    found = claim(emvote, tmp_path, keys)
    assert (found.returncode, found.stdout) == (4, "")
    assert said in found.stderr


@pytest.mark.parametrize(
    ("keys", "note"),
    [
        ("query = 'seats'\nwhere = {seat = 'Cedar'}\ntake = 'winner'", "Cedar has not declared."),
        ("query = 'councils'\nwhere = {council = 'grimoor'}\ntake = \"type == 'x'\"", "Grimoor has not declared."),
        ("query = 'councils'\nwhere = {council_id = 'E07000003'}\ntake = 'type'", "Grimoor has not declared."),
        ("query = 'map'\nwhere = {place = 'Cedar'}\ntake = 'party'", "Cedar has not declared."),
        ("query = 'seat Cedar --election 2029'\ntake = 'rows[0].winner'", "Cedar has not declared."),
        (f"query = 'seat Cedar --election 2029'\ntake = {CAT!r}", "Cedar has not declared."),
        ("query = 'seat Cedar --election 2029'\nwhere = {winner = 'x'}\ntake = 'outcome'", "Cedar has not declared."),
        ("query = 'compare Ash Cedar'\ntake = 'rows[0].winner'", NOTHING),
        ("query = 'compare Cedar region'\ntake = 'rows[0].winner_party'", NOTHING),
        (
            "query = 'candidate Bea Blue'\nwhere = {place = 'Copse, Eastmoor'}\ntake = 'votes'",
            "Copse, Eastmoor has not declared.",
        ),
        ("query = 'results'\ntake = 'rows[0].party'", "2 of 4 declared."),
        (
            "query = 'seats --election 2024'\ntake = 'rows[0].seat'\nalternatives = [{query = 'seats', means = 'Now'}]",
            "Now: 2 of 4 declared (emvote seats).",
        ),
        # the place has declared, and the record lacks the figure
        ("query = 'seats'\nwhere = {seat = 'Ash'}\ntake = 'decided_by'", "The record does not know this."),
        (
            "query = 'seat Cedar'\nwhere = {election = 'parl.2024-07-04'}\ntake = 'decided_by'",
            "The record does not know this.",
        ),
    ],
)
def test_a_claim_that_waits_says_for_whom(emvote: Emvote, tmp_path: Path, keys: str, note: str) -> None:
    """A reader learns whether a figure will come with a declaration, or is one that the record never had."""
    found = claim(emvote, tmp_path, f"{keys}\nstated = 'x'")
    assert found.returncode == 0, found.stderr
    (row,) = json.loads(found.stdout)["rows"]
    assert row["note"] == note


@pytest.mark.parametrize(
    "query",
    [
        "seats",
        "seats --held-by blu",
        "councils",
        "councils --lost-control",
        "swing",
        "compare 2024 2029",
        "compare county:Moorshire region",
        "results",
        "results local-2029",
        "targets red",
        "targets red --defend",
        "project --swing blu:red:3",
        "wards Eastmoor",
        "map",
        "bellwethers --until 2029",
        "candidate Bea Blue",
        "seat Cedar",
        "council Grimoor",
    ],
)
def test_how_many_rows_there_are_is_open_in_every_answer_with_places_out(
    emvote: Emvote, tmp_path: Path, query: str
) -> None:
    """Every command tells who is out, so that a count is held against none of its answers too early."""
    found = claim(emvote, tmp_path, f"query = {query!r}\ntake = 'length(rows)'\nstated = 1")
    assert found.returncode == 0, found.stderr
    (row,) = json.loads(found.stdout)["rows"]
    assert row["verdict"] == "not checkable"
    assert row["note"].endswith((" declared.", " has not declared."))


def test_totals_of_a_county_and_of_the_region_say_who_is_out(answer: Callable[..., Any]) -> None:
    """Places side by side name the seats that are in none of their totals; a complete election has no such note."""
    assert answer("compare", "Ash", "county:Moorshire")["notes"] == [f"Moorshire: {OUT}Cedar, Damson"]
    settled = answer("compare", "Ash", "county:Moorshire", "--election", "2024")["notes"]
    assert not any("declared" in note for note in settled)


def test_a_list_of_bellwethers_says_which_seats_it_cannot_have(answer: Callable[..., Any]) -> None:
    """A seat that is out is neither a bellwether nor a miss."""
    assert f"{OUT}Cedar, Damson" in answer("bellwethers", "--until", "2029")["notes"]
    assert not any("declared" in note for note in answer("bellwethers", "--until", "2024")["notes"])


def test_who_is_out_is_told_of_each_answer_once(night: Dataset) -> None:
    """A seat in a county and in the region is one seat; of a series every election counts."""
    areas = compare_areas(night, ["Ash", "county:Moorshire", "region"])
    assert areas.declared == Declared(2, 4, ("Cedar", "Damson"))
    assert seat(night, "Cedar").declared == Declared(1, 2, ("Cedar",))
    assert seat(night, "Cedar", election="2024").declared == Declared(1, 1, ())
    assert seat(night, "Cedar").declared.waiting == "Cedar has not declared"
    assert areas.declared.waiting == "2 of 4 declared"


def claim(emvote: Emvote, folder: Path, keys: str) -> CompletedProcess[str]:
    """The answer about one claim on that night."""
    file = folder / "claims.toml"
    head = "[article]\ntitle = 'Night'\n\n[[claims]]\nid = 'a'\nsubject = 's'\nclaim = 'c'\n"
    file.write_text(f"{head}{keys}\n", encoding="utf-8")
    return emvote("claims", file, "--data", NIGHT, "--json")
