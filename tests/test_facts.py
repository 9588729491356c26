"""Published figures, each asked for as a user would, from the shipped dataset alone.

A row of `facts.csv` is a fact: the command as typed, the row of its JSON answer (`party=con`; empty: the answer
itself), the field in it, and the figure with its source. Where the note begins with WRONG, the source is an article
that says something else, and `expected` is what is right.

A field is a dotted path. `#` is the length of a list, `[0]` its first element, `[*]` every element (the values joined
by `|`), `[party=con]` the one element that matches. `#rows` counts the rows.
"""

from __future__ import annotations

import csv
import json
import math
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Emvote = Callable[..., CompletedProcess[str]]
Fact = dict[str, str]

with (Path(__file__).parent / "facts.csv").open(encoding="utf-8", newline="") as _file:
    FACTS: list[Fact] = list(csv.DictReader(_file))

_answers: dict[str, Any] = {}
"""Answers by command: many facts ask the same."""


def ask(emvote: Emvote, command: str) -> Any:
    """The JSON answer of a command as typed."""
    if command not in _answers:
        done = emvote(*shlex.split(command), "--json")
        assert done.returncode == 0, done.stderr
        _answers[command] = json.loads(done.stdout)
    return _answers[command]


def chosen(things: list[Any], condition: str) -> Any:
    """The one element of a list that meets `key=value`, also with several conditions between semicolons."""
    pairs = [each.partition("=")[::2] for each in condition.split(";")]
    found = [thing for thing in things if all(str(thing[key]) == value for key, value in pairs)]
    assert len(found) == 1, f"{len(found)} elements have {condition}"
    return found[0]


def at(value: Any, path: str) -> Any:
    """The value at a path as facts are written; a path that leads nowhere is an error, not null."""
    if path == "#rows":
        return len(value["rows"])
    for step in re.findall(r"\[[^\]]*\]|[^.\[]+", path):
        if step == "#":
            value = len(value)
        elif step == "[*]":
            return "|".join(str(at(each, path.partition("[*].")[2])) for each in value)
        elif step.startswith("["):
            inside = step[1:-1]
            value = value[int(inside)] if inside.isdigit() else chosen(value, inside)
        else:
            value = value[step]
    return "|".join(value) if isinstance(value, list) else value


def expected(fact: Fact) -> Any:
    """The published figure: a number, null, or text."""
    text = fact["expected"]
    if text == "null":
        return None
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


@pytest.mark.parametrize("fact", FACTS, ids=[fact["id"] for fact in FACTS])
def test_every_published_fact_is_what_emvote_answers(emvote: Emvote, fact: Fact) -> None:
    """Counts exactly; measures to the places that were published."""
    answer = ask(emvote, fact["command"])
    where = chosen(answer["rows"], fact["row"]) if fact["row"] else answer
    got, want = at(where, fact["field"]), expected(fact)
    if fact["tolerance"]:
        assert abs(got - want) <= float(fact["tolerance"]), f"{got}, published {want}"
    else:
        assert got == want, f"{got!r}, published {want!r} ({fact['source']})"


def test_facts_are_many_have_names_of_their_own_and_name_their_source() -> None:
    """So that a failing one can be found and looked up."""
    assert len(FACTS) >= 400
    assert len({fact["id"] for fact in FACTS}) == len(FACTS)
    assert all(fact["source"] and fact["field"] and fact["expected"] for fact in FACTS)
    assert not any(fact["tolerance"] and expected(fact) is None for fact in FACTS)


def test_the_page_on_reliability_says_how_many_facts_were_published_as_they_stand() -> None:
    """Those that were counted or worked out from published figures say so in their source."""
    sources = [fact["source"] for fact in FACTS]
    counted = sum("counted" in source for source in sources)
    worked = sum("worked by hand" in source or "regional totals" in source for source in sources)
    page = (Path(__file__).parents[1] / "docs" / "reliability.md").read_text(encoding="utf-8")
    said = f"{len(FACTS) - counted - worked} were published as they stand, {counted} are counted from published labels"
    assert f"{said} of results, and {worked} were worked out by hand" in page


def test_figures_that_are_rounded_have_a_tolerance_of_half_their_last_place() -> None:
    """A tolerance that is wider than the rounding would hide a wrong figure; one has its reason."""
    wider = {"wellingborough-lab"}  # published as 0.1946, a difference of two rounded shares, and as 19.4
    for fact in FACTS:
        places = len(fact["expected"].partition(".")[2])
        if fact["tolerance"] and fact["id"] not in wider:
            assert float(fact["tolerance"]) <= 0.5 * 10**-places + 1e-12, fact["id"]
        if isinstance(expected(fact), float) and places:
            assert fact["tolerance"], fact["id"]


def test_rushcliffe_is_the_only_seat_where_the_two_swings_differ_in_sign(emvote: Emvote) -> None:
    """From 2017 to 2019 Butler and Steed disagree on the direction in one of the 46 seats."""
    rows = ask(emvote, "swing --from 2017 --to 2019 --between lab con")["rows"]
    apart = [row["seat"] for row in rows if math.copysign(1, row["butler_pp"]) != math.copysign(1, row["steed_pp"])]
    assert (len(rows), apart) == (46, ["Rushcliffe"])


def test_nets_of_2024_add_up_to_nothing_against_the_notional_result(emvote: Emvote) -> None:
    """They would add up to one against the 46 seats of 2019."""
    rows = ask(emvote, "compare 2019-notional 2024")["rows"]
    assert sum(row["seats_net"] for row in rows) == 0


def test_the_turnouts_of_the_region_are_those_of_the_library_and_of_returning_officers(emvote: Emvote) -> None:
    """67.17 of valid votes and 67.43 of ballots in 2019, added up from the rows of `seats`."""
    rows = ask(emvote, "seats --election 2019")["rows"]
    electorate, valid, invalid = (
        sum(row[key] for row in rows) for key in ("electorate", "valid_votes", "invalid_votes")
    )
    assert round(100 * valid / electorate, 2) == 67.17
    assert round(100 * (valid + invalid) / electorate, 2) == 67.43


def test_eighty_nine_deposits_were_lost_in_2019(emvote: Emvote) -> None:
    """Of 226 candidates: at most a twentieth of the valid votes."""
    seats = [row["seat"] for row in ask(emvote, "seats --election 2019")["rows"]]
    answers = [ask(emvote, f"seat '{seat}' --election 2019")["rows"][0]["candidates"] for seat in seats]
    candidates = [candidate for row in answers for candidate in row]
    assert len(candidates) == 226
    assert sum(candidate["deposit_lost"] for candidate in candidates) == 89
