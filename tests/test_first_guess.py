"""What comes to mind first is understood: short names, places beside places, commands with nothing named."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from subprocess import CompletedProcess
from typing import Any

import pytest

from emvote.cli.registry import MEANT, command_names

Run = Callable[..., CompletedProcess[str]]


def asked(emvote: Run, *words: str) -> dict[str, Any]:
    """The answer of a line that must succeed."""
    done = emvote(*words, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize(
    ("short", "county"),
    [
        ("Notts", "Nottinghamshire"),
        ("derbys", "Derbyshire"),
        ("Lincs", "Lincolnshire"),
        ("LEICS", "Leicestershire"),
        ("Northants", "Northamptonshire"),
    ],
)
@pytest.mark.parametrize("command", [("seats",), ("councils", "2021"), ("results",), ("bellwethers", "--all")])
def test_a_county_has_the_short_form_in_use(command: tuple[str, ...], short: str, county: str, emvote: Run) -> None:
    """Wherever a county is taken; the answer names it in full."""
    answer = asked(emvote, *command, "--county", short)
    assert answer["query"]["county"] == county
    assert answer["rows"] == asked(emvote, *command, "--county", county)["rows"]


def test_a_short_form_inside_a_longer_name_is_suggested_only(emvote: Run) -> None:
    """NE Derbys is no name."""
    done = emvote("seat", "NE Derbys", "--json")
    assert done.returncode == 3
    assert json.loads(done.stderr)["error"]["suggestions"] == ["North East Derbyshire"]


def test_a_county_council_and_an_area_answer_to_the_short_form(emvote: Run) -> None:
    """The council is called as its county."""
    assert asked(emvote, "council", "notts")["summary"]["council"] == "Nottinghamshire"
    assert asked(emvote, "compare", "county:leics", "region")["rows"][0]["place"] == "Leicestershire"


@pytest.mark.parametrize(
    "words",
    [
        ("derby north", "mansfield"),
        ("derby", "north", "mansfield"),
        ("mansfield", "derby north"),
        ("seat:Mansfield", "derby north"),
    ],
)
def test_beside_a_seat_a_shared_name_is_the_seats(words: tuple[str, ...], emvote: Run) -> None:
    """Mansfield is a council too."""
    assert {row["seat"] for row in asked(emvote, "compare", *words)["rows"]} == {"Mansfield", "Derby North"}


def test_a_shared_name_beside_another_says_both(emvote: Run) -> None:
    """Exit code 3, with both names."""
    done = emvote("compare", "mansfield", "ashfield", "--json")
    assert done.returncode == 3
    assert json.loads(done.stderr)["error"]["suggestions"] == ["seat:mansfield", "council:mansfield"]


def test_a_seat_is_compared_at_two_elections(emvote: Run) -> None:
    """Derby North changed hands between 2017 and 2019: 23,622 votes for Labour, then 18,719."""
    answer = asked(emvote, "compare", "derby", "north", "2017", "2019")
    rows = {row["party"]: row for row in answer["rows"]}
    assert (rows["lab"]["votes_from"], rows["lab"]["votes_to"]) == (23622, 18719)
    assert (rows["con"]["seats_net"], rows["lab"]["seats_net"]) == (1, -1)
    assert [each["seat"] for each in answer["summary"]["changed_hands"]] == ["Derby North"]
    assert answer["query"]["place"] == "E14000662"


def test_across_new_boundaries_a_seat_is_compared_with_the_estimate(emvote: Run) -> None:
    """And the query says so; a name that a council shares is the seat's, as the elections are."""
    answer = asked(emvote, "compare", "mansfield", "2019", "2024")
    assert answer["query"]["from"] == "parl.2019-12-12.notional"
    assert answer["rows"][0]["party"] == "lab"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("blaby", "2017", "2019"), 2, "Blaby has no results at both"),
        (("council:Mansfield", "2017", "2019"), 2, "is a council: emvote council Mansfield"),
        (("north kesteven", "2017", "2019"), 2, "is a council: emvote council 'North Kesteven' shows"),
        (("derby north", "2017", "2023"), 2, "'2023' is local"),
        (("derby north", "lincoln", "2019", "--election", "2017"), 2, "two elections: '2019' as last word"),
        (("nowhere", "2017", "2019"), 3, "called 'nowhere'"),
    ],
)
def test_what_cannot_be_compared_is_told(words: tuple[str, ...], code: int, said: str, emvote: Run) -> None:
    """With nothing on standard output."""
    done = emvote("compare", *words)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr


def test_places_take_their_election_as_last_word(emvote: Run) -> None:
    """As with --election."""
    last = asked(emvote, "compare", "derby north", "lincoln", "2019")
    assert last["rows"] == asked(emvote, "compare", "derby north", "lincoln", "--election", "2019")["rows"]


def test_a_command_that_needs_a_name_lists_what_there_is(emvote: Run) -> None:
    """The councils of today, every mayor by the latest election, the constituencies."""
    councils = asked(emvote, "council")["rows"]
    assert (len(councils), councils[0]["council"]) == (39, "Amber Valley")
    mayors = {row["mayoralty"]: row["candidate"] for row in asked(emvote, "mayor")["rows"] if row["elected"]}
    assert mayors["Mayor of Greater Lincolnshire"] == "Andrea Jenkyns"
    assert len(mayors) == 4
    assert len(asked(emvote, "seat")["rows"]) == 47
    assert len(asked(emvote, "seat", "--election", "2019")["rows"]) == 46


def test_a_list_of_councils_is_said_in_a_sentence(emvote: Run) -> None:
    """Who controls how many."""
    assert emvote("council", "--sentence").stdout.startswith("Control of 39 councils: ")


def test_mayors_are_listed_by_the_election_that_is_asked_for(emvote: Run) -> None:
    """Only those of that day."""
    rows = asked(emvote, "mayor", "--election", "mayor.mansfield.2019-05-02")["rows"]
    assert {row["mayoralty"] for row in rows} == {"Mayor of Mansfield"}


@pytest.mark.parametrize(
    ("abbreviation", "term"),
    [
        ("FPTP", "first past the post"),
        ("SV", "supplementary vote"),
        ("NOC", "no overall control"),
        ("UNS", "uniform swing"),
    ],
)
def test_terms_answer_to_their_abbreviations(abbreviation: str, term: str, emvote: Run) -> None:
    """As newspapers write them."""
    assert asked(emvote, "explain", abbreviation)["rows"][0]["term"] == term


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("constituency derby north", "did you mean seat?"),
        ("history ashfield", "did you mean seat or council?"),
        ("Glossary", "did you mean explain?"),
        ("settings", "did you mean config?"),
        ("seats --year 2019", "no such option: --year; did you mean --election?"),
        ("seats --top 10", "did you mean --limit?"),
        ("seats --won-by lab", "did you mean --winner?"),
        ("councils --lost con", "did you mean --lost-control?"),
        ("seat --council ashfield", "did you mean emvote council NAME?"),
        ("seats --markdown", "did you mean --format markdown?"),
    ],
)
def test_what_other_programs_call_it_is_suggested(line: str, said: str, emvote: Run) -> None:
    """With exit code 2: what the command has, and no option that it lacks."""
    done = emvote(*line.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_every_command_that_is_meant_exists() -> None:
    """A suggestion that leads nowhere is worse than none."""
    meant = {command for commands in MEANT.values() for command in commands}
    assert meant <= set(command_names())
    assert not MEANT.keys() & set(command_names())


def test_the_councils_of_2019_say_so_and_how_to_ask_for_the_latest(emvote: Run) -> None:
    """On the first line, and only where nothing else was asked for."""
    first = emvote("councils").stdout.splitlines()[0]
    assert first.startswith("Local elections, 2 May 2019")
    assert "For the latest: emvote councils 2025." in first
    assert "For the latest" not in emvote("councils", "2023").stdout
    assert "For the latest" not in emvote("councils", "2025").stdout


def test_councils_have_the_same_columns_every_year_with_a_line_a_party(emvote: Run) -> None:
    """Without --long the columns are the parties of the year."""
    tables = [emvote("councils", year, "--long", "--csv").stdout.splitlines() for year in ("2016", "2019", "2023")]
    assert len({lines[0] for lines in tables}) == 1
    assert tables[0][0].endswith("party,seats_last_election,seats_before,seats_won,seats_after,seats_net")
    ashfield = [row for row in csv.DictReader(tables[1]) if (row["council"], row["party"]) == ("Ashfield", "ashind")]
    assert [(row["seats_won"], row["seats_net"]) for row in ashfield] == [("30", "30")]


def test_a_line_a_party_adds_up_to_the_seats_won(emvote: Run) -> None:
    """Nothing is lost on the way: 33 councils elected as many as their maps say."""
    done = emvote("councils", "--long", "--format", "csv", "--columns", "council,seats_won")
    lines = [line.split(",") for line in done.stdout.splitlines()]
    assert lines[0] == ["council", "party", "seats_won"]
    won = sum(sum(row["seats_won"].values()) for row in asked(emvote, "councils")["rows"])
    assert sum(int(line[2]) for line in lines[1:]) == won


@pytest.mark.parametrize("command", command_names())
def test_an_option_that_no_command_has_is_wrong_usage(command: str, emvote: Run) -> None:
    """Whatever else the command lacks."""
    done = emvote(command, "--no-such-option")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no such option: --no-such-option" in done.stderr


@pytest.mark.parametrize("command", ["seat", "council", "wards", "mayor", "swing", "targets", "compare", "explain"])
def test_a_name_that_nothing_has_is_told(command: str, emvote: Run) -> None:
    """Exit code 3, also where the command answers without a name."""
    words = ["qqqq xxxx", "zzzz"] if command == "compare" else ["qqqq xxxx"]
    done = emvote(command, *words)
    assert (done.returncode, done.stdout) == (3, "")


@pytest.mark.parametrize(
    "line",
    [
        "seats 2019 --gained-by green",
        "councils --lost-control --party green",
        "bellwethers --since 1979 --county rutland",
        "seats --second reform --winner green",
    ],
)
def test_an_empty_answer_is_an_answer(line: str, emvote: Run) -> None:
    """Exit code 0, no rows, and a word on standard error, which --quiet leaves out."""
    done = emvote(*line.split(), "--json")
    assert (done.returncode, json.loads(done.stdout)["rows"]) == (0, [])
    assert done.stderr.startswith("emvote: ")
    assert emvote(*line.split(), "--json", "--quiet").stderr == ""
