"""Directly elected mayors: published figures, rounds, and what was not found."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import jsonschema
import pytest

from emvote.dataset import Dataset
from emvote.errors import BadData
from emvote.queries.mayor import mayor
from emvote.store import open_dataset
from emvote.views.mayor import FIELDS, SUMMARY
from emvote.views.schema import json_schema

Run = Callable[..., CompletedProcess[str]]
SMALL = Path(__file__).parent / "data" / "valid" / "wards.toml"


def answered(run: CompletedProcess[str]) -> dict[str, Any]:
    """A JSON answer."""
    assert run.returncode == 0, run.stderr
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def test_the_east_midlands_elected_claire_ward(emvote: Run) -> None:
    """181,040 votes, 40.27%, in May 2024."""
    answer = answered(emvote("mayor", "East Midlands", "--json"))
    first = answer["rows"][0]
    assert (first["election"], first["candidate"], first["party"], first["elected"]) == (
        "mayor.east-midlands-cca.2024-05-02",
        "Claire Margaret Ward",
        "lab",
        True,
    )
    assert first["votes"] == 181040
    assert round(first["share_pct"], 2) == 40.27
    assert answer["summary"]["elections"][0]["majority_votes"] == 181040 - 129332
    assert any("50,660" in note for note in answer["notes"])


def test_greater_lincolnshire_elected_andrea_jenkyns(shipped: Dataset) -> None:
    """104,133 votes, 42.0%, in May 2025."""
    (result,) = mayor(shipped, "greater lincolnshire").results
    assert result.winner is not None
    assert (result.winner.candidate, result.winner.votes, result.winner.party) == ("Andrea Jenkyns", 104133, "reform")
    assert round(result.winner.share_pct or 0, 1) == 42.0
    assert result.contest.invalid_votes == 2011


def test_two_votes_decided_mansfield(emvote: Run) -> None:
    """In the second round of 2019; the first elected nobody."""
    found = answered(emvote("mayor", "Mansfield", "--election", "2019", "--json"))["rows"]
    assert [
        (row["round"], row["candidate"], row["votes"], row["elected"]) for row in found if row["round"] == "second"
    ] == [
        ("second", "Andy Abrahams", 7930, True),
        ("second", "Kate Allsop", 7928, False),
    ]
    assert not any(row["elected"] for row in found if row["round"] == "first")
    summary = answered(emvote("mayor", "Mansfield", "--election", "2019", "--json"))["summary"]["elections"]
    assert [(each["round"], each["majority_votes"]) for each in summary] == [("second", 2)]


def test_every_first_preference_is_known(shipped: Dataset) -> None:
    """Of all twelve elections, so that shares follow from votes: Leicester 2011, 55.1%."""
    results = [each for place in ("Leicester", "Mansfield") for each in mayor(shipped, place).results]
    assert all(standing.votes for result in results for standing in result.standings)
    assert all(result.majority_votes for result in results)
    leicester = {each.election.date.year: each.standings for each in mayor(shipped, "Leicester").results}
    assert sum(standing.votes or 0 for standing in leicester[2011]) == 85129
    assert [round(standing.share_pct or 0, 1) for standing in leicester[2011][:3]] == [55.1, 11.4, 9.0]
    assert (leicester[2011][2].candidate, leicester[2011][2].votes) == ("Rick Moore", 7635)
    assert [standing.votes for standing in leicester[2015][4:]] == [8315, 3028, 2662]
    assert [len(leicester[year]) for year in (2023, 2019, 2015, 2011)] == [6, 7, 7, 11]


def test_second_preferences_made_the_second_the_mayor(shipped: Dataset) -> None:
    """Of Mansfield in 2002, and in 2011 by 67 votes."""
    by_year = {result.election.date.year: result for result in mayor(shipped, "Mansfield").results}
    assert {year: by_year[year].majority_votes for year in (2002, 2007, 2011, 2015, 2019)} == {
        2002: 588,
        2007: 4982,
        2011: 67,
        2015: 2880,
        2019: 2,
    }
    assert [by_year[year].standings[1].candidate for year in (2002, 2011)] == ["Tony Egginton"] * 2
    assert [by_year[year].standings[-2].elected for year in (2002, 2011)] == [True, True]


def test_without_the_second_round_the_majority_is_unknown(tmp_path: Path) -> None:
    """A winner who was second in the first round is accepted, where there may have been another round."""
    text = re.sub(r", second_round = \d+", "", SMALL.read_text(encoding="utf-8"))
    (tmp_path / "first.toml").write_text(text, encoding="utf-8")
    (result,) = mayor(open_dataset(str(tmp_path / "first.toml")), "fenmark").results
    assert result.winner is not None
    assert (result.winner.candidate, result.majority_votes, result.majority_pct) == ("Ada Birch", None, None)
    notes = mayor(open_dataset(str(tmp_path / "first.toml")), "fenmark").notes
    assert any("second round, which decided, is not on record" in note for note in notes)
    # the third of the first round cannot have been in the second
    third = text.replace("votes = 280, elected = true", "votes = 280").replace(
        "votes = 130", "votes = 130, elected = true"
    )
    (tmp_path / "third.toml").write_text(third, encoding="utf-8")
    with pytest.raises(BadData, match="somebody else has more votes"):
        open_dataset(str(tmp_path / "third.toml"))


def test_every_election_of_a_mayor_has_one_result(shipped: Dataset) -> None:
    """Twelve of them, of four offices."""
    elections = [each.id for each in shipped.record.elections if each.kind == "mayor"]
    assert sorted(elections) == sorted(contest.election for contest in shipped.record.mayor_contests)
    assert (len(elections), len(shipped.record.mayoralties)) == (12, 4)
    assert all(election.split(".")[1] in {each.id for each in shipped.record.mayoralties} for election in elections)


def test_a_whole_answer(emvote: Run) -> None:
    """Round by round, most votes first."""
    answer = answered(emvote("mayor", "fenmark", "--data", SMALL, "--json"))
    keys = ("round", "candidate", "party", "votes", "elected")
    assert [tuple(row[key] for key in keys) for row in answer["rows"]] == [
        ("first", "Bo Reed", "red", 300, False),
        ("first", "Ada Birch", "blue", 280, False),
        ("first", "Cy Ash", "red", 130, False),
        ("second", "Ada Birch", "blue", 402, True),
        ("second", "Bo Reed", "red", 400, False),
    ]
    assert answer["summary"]["elections"] == [
        {
            "election": "mayor.fenmark.2019-05-02",
            "winner": "Ada Birch",
            "winner_party": "blue",
            "round": "second",
            "majority_votes": 2,
            "majority_pct": 100 * 2 / 802,
        }
    ]


def test_a_tie_is_a_majority_of_nothing(tmp_path: Path) -> None:
    """The lot decided, and the answer says so."""
    text = SMALL.read_text(encoding="utf-8").replace("second_round = 402", "second_round = 400")
    (tmp_path / "tie.toml").write_text(text, encoding="utf-8")
    answer = mayor(open_dataset(str(tmp_path / "tie.toml")), "fenmark")
    assert (answer.results[0].majority_votes, answer.results[0].decided_by_lot) == (0, True)
    assert "2019: decided by lot" in answer.notes


def test_the_answer_fits_its_schema(emvote: Run) -> None:
    """Every office, and the contract's fields."""
    for name in ("Leicester", "Mansfield", "EMCCA", "greater-lincolnshire-cca"):
        jsonschema.validate(answered(emvote("mayor", name, "--json")), json_schema("mayor", FIELDS, SUMMARY))
    named = "mayoralty election polling_date round candidate party votes share_pct elected"
    assert {field.key for field in FIELDS} >= set(named.split())


def test_a_sentence_for_people(emvote: Run) -> None:
    """Who was elected last."""
    shown = emvote("mayor", "east", "midlands").stdout
    assert "Claire Margaret Ward (Labour) elected with 181,040 votes (40.3%), a majority of 51,708" in shown


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("Nottingham",), 3, "mayor"),
        (("Mansfeld",), 3, "'Mansfield'"),
        (("Mansfield", "--election", "2020"), 3, "no election in 2020 on record"),
        (("Leicester", "--election", "mayor.mansfield.2019-05-02"), 3, "no election"),
        (("Leicester", "--ward", "x"), 2, "--ward"),
    ],
)
def test_what_is_wrong_is_said(emvote: Run, arguments: tuple[str, ...], code: int, words: str) -> None:
    """Names that are unknown, options that there are not."""
    done = emvote("mayor", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr


def test_a_dataset_without_mayors_knows_none(emvote: Run) -> None:
    """Then every name is unknown."""
    other = SMALL.parent / "parliament.toml"
    assert emvote("mayor", "Leicester", "--data", other).returncode == 3
