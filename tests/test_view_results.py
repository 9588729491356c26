"""The scoreboard as people and scripts read it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Emvote = Callable[..., CompletedProcess[str]]
SMALL = Path(__file__).parent / "data" / "small.toml"
NIGHT = Path(__file__).parent / "data" / "night.toml"


def lines(emvote: Emvote, *words: object) -> list[str]:
    """What people read."""
    done = emvote("results", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def answer(emvote: Emvote, *words: object) -> Any:
    """What scripts read."""
    done = emvote("results", *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_first_lines_can_be_quoted(emvote: Emvote) -> None:
    """What was held, of what, against what; then a sentence a party that won, lost, or had a twentieth of the votes."""
    first, against, *rest = lines(emvote, "2019")
    assert first.startswith("General election, 12 December 2019, East Midlands: the Conservatives 38 seats (up 7) and ")
    assert against == "Gains, losses and changes are against the general election, 8 June 2017."
    for said in (
        "The Conservatives won 38 of 46 seats, a net gain of seven, with 54.8% of the vote (up 4.0 points).",
        "Labour won 8 of 46 seats, a net loss of seven, with 31.7% of the vote (down 8.8 points).",
        "The Liberal Democrats won no seat, with 7.8% of the vote (up 3.5 points).",
    ):
        assert said in rest


def test_a_notional_baseline_is_said_in_headline_baseline_and_notes(emvote: Emvote) -> None:
    """And a notional election is of nobody who won."""
    assert ", an estimate." in lines(emvote, "2024")[1]
    found = answer(emvote, "2024")
    assert found["baseline"] == {"election": "parl.2019-12-12.notional", "type": "notional"}
    assert found["notes"][0].startswith("gains, losses and changes are against a notional result, an estimate")
    said = "The Conservatives would have won 39 of 47 seats, with "
    assert any(line.startswith(said) for line in lines(emvote, "2019-notional"))


def test_seats_that_are_not_known_exactly_are_at_least_so_many(emvote: Emvote) -> None:
    """In the sentence and the table; scripts have null, and apart what is certain."""
    text = lines(emvote, "1945")
    assert any(line.startswith("Labour won at least 25 of 37 seats, with 52.4% of the vote") for line in text)
    assert any(line.startswith("Lab     ≥ 25      –       –    –") for line in text)
    labour = answer(emvote, "1945")["rows"][0]
    assert (labour["seats"], labour["seats_known"], labour["net"]) == (None, 25, None)


def test_of_one_seat_it_is_said_who_gained_it_from_whom(emvote: Emvote) -> None:
    """A by-election has no net."""
    text = lines(emvote, "corby", "2012")
    assert "Labour gained the seat from the Conservatives, with 48.4% of the vote (up 9.7 points)." in text
    assert "The Conservatives did not win, with 26.6% of the vote (down 15.6 points)." in text
    held = "The Conservatives held the seat, with 45.0%"
    assert any(line.startswith(held) for line in lines(emvote, "newark 2014"))


def test_many_seats_that_changed_hands_are_counted_and_not_listed_to_people(emvote: Emvote) -> None:
    """303 in the whole country in 2024; scripts have each."""
    text = lines(emvote, "2024", "--scope", "uk", "--notes")
    assert not any(line.startswith("Seats that changed hands") for line in text)
    assert "  303 seats changed hands: emvote seats --changed, or --json" in text
    assert len(answer(emvote, "2024", "--scope", "uk")["summary"]["changed_hands"]) == 303


@pytest.mark.parametrize("question", [("2019",), ("2024",), ("local-2019",)], ids=" ".join)
def test_every_working_names_the_source_of_its_inputs(emvote: Emvote, question: tuple[str, ...]) -> None:
    """An id that the answer cites; swings have it from the scoreboard."""
    found = answer(emvote, *question, "--explain")
    known = {source["id"] for source in found["sources"]}
    workings = [each for each in found["explain"] if " swing, " not in each["name"]]
    assert len(workings) > len(found["rows"])
    for working in workings:
        named = [each["value"] for each in working["inputs"] if each["name"].startswith("source of ")]
        assert named, working["name"]
        assert {source for value in named for source in value.rpartition(" (")[0].split(", ")} <= known


def test_on_the_night_the_headline_says_how_many_have_declared(emvote: Emvote) -> None:
    """And the summary, for scripts."""
    assert "(2 of 4 declared)" in lines(emvote, "2029", "--data", NIGHT)[0]
    summary = answer(emvote, "2029", "--data", NIGHT)["summary"]
    assert (summary["seats"], summary["declared"], summary["of"]) == (2, 2, 4)
    assert "(2 of 4 declared)" in lines(emvote, "local-2029", "--data", NIGHT)[0]


def test_bands_count_every_seat_once_by_its_winner(emvote: Emvote) -> None:
    """A majority of exactly five per cent is in the upper of two bands; a tie is ultra-marginal."""
    bands = {
        each["band"]: (each["seats"], each["parties"])
        for each in answer(emvote, "2015", "--data", SMALL)["summary"]["bands"]
    }
    assert bands == {
        "ultra-marginal": (1, {"blu": 1}),
        "very marginal": (0, {}),
        "marginal": (0, {}),
        "fairly safe": (1, {"blu": 1}),
        "safe": (2, {"red": 1, "mill": 1}),
        "very safe": (0, {}),
    }


def test_a_local_scoreboard_says_its_method_and_both_baselines(emvote: Emvote) -> None:
    """Shares are of all votes; gross gains of seats are unknown, never the net in their place."""
    found = answer(emvote, "local-2019")
    assert found["baseline"] == {"control": "eve-of-poll", "seats": "last-election"}
    assert found["summary"]["share_method"] == "all-votes"
    assert {row["gains"] for row in found["rows"]} == {row["losses"] for row in found["rows"]} == {None}
    con = next(row for row in found["rows"] if row["party"] == "con")
    assert (con["councils_held"], con["councils_gained"], con["councils_lost"], con["councils_net"]) == (16, 1, 5, -4)
    assert (con["seats"], con["net"], con["change_pp"]) == (530, -98, None)
    changed = {each["council"]: each["outcome"] for each in found["summary"]["changed_control"]}
    assert changed["Ashfield"] == "Ashfield Ind gain from NOC"
    assert len(changed) == 8


@pytest.mark.parametrize("election", ["local-2019", "local-2023"])
@pytest.mark.parametrize("baseline", ["eve-of-poll", "last-election"])
def test_a_local_scoreboard_agrees_with_the_list_of_councils(emvote: Emvote, election: str, baseline: str) -> None:
    """The same query, so the same totals and the same word on what is not known, for either baseline."""
    rows = answer(emvote, election, "--baseline", baseline)["rows"]
    asked = ("councils", "--election", election, "--baseline", baseline, "--json")
    listed = json.loads(emvote(*asked).stdout)["summary"]["parties"]
    assert listed.keys() <= {row["party"] for row in rows}
    pairs = {"councils_held": "held", "councils_gained": "gained", "councils_lost": "lost", "seats": "seats_won"}
    pairs |= {"net": "seats_net", "net_known": "seats_net_known", "net_unknown_in": "unknown_in"}
    for row in rows:
        if row["party"] in listed:
            assert {key: row[key] for key in pairs} == {key: listed[row["party"]][own] for key, own in pairs.items()}


def test_the_one_sentence_says_at_least_too(emvote: Emvote) -> None:
    """Never nought where the record does not tell."""
    text = emvote("results", "1945", "--format", "sentence").stdout
    assert "Labour at least 25 seats and 52.4% of the votes" in text
    assert "others no known seat" in emvote("results", "1918", "--format", "sentence").stdout


def test_other_bounds_move_seats_between_bands_and_lose_none(emvote: Emvote) -> None:
    """The names stay, the answer says which bounds it has, and every seat is in the band of its majority."""
    usual, other = (answer(emvote, "2019", *given) for given in ((), ("--bands", "1,5,10,20,40")))
    bands = {each["band"]: each for each in other["summary"]["bands"]}
    assert [each["from_pct"] for each in bands.values()] == [0, 1, 5, 10, 20, 40]
    assert list(bands) == [each["band"] for each in usual["summary"]["bands"]]
    assert other["query"]["bands"] == "1,5,10,20,40"
    asked = ("seats", "--election", "2019", "--bands", "1,5,10,20,40", "--json")
    majorities = [row["majority_pct"] for row in json.loads(emvote(*asked).stdout)["rows"]]
    for band in bands.values():
        top = 101 if band["to_pct"] is None else band["to_pct"]
        assert band["seats"] == sum(band["from_pct"] <= majority < top for majority in majorities)
    assert sum(each["seats"] for each in bands.values()) == len(majorities) == 46


def test_a_target_is_in_a_band_by_the_bounds_asked_for(emvote: Emvote) -> None:
    """As a condition, as a field, and for twice the swing too."""
    asked = ("targets", "lab", "--bands", "1,2,3,4,5", "--json")
    rows = json.loads(emvote(*asked).stdout)["rows"]
    assert {row["band"] for row in rows if row["majority_pct"] is not None and row["majority_pct"] >= 5} == {
        "very safe"
    }
    kept = json.loads(emvote(*asked, "--band", "marginal").stdout)["rows"]
    assert kept == [row for row in rows if row["band"] == "marginal"]
    assert kept
