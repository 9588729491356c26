"""Whatever is wrong with a file is told at a place that is in that file, or would be had a key not been left out."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import rtoml

from emvote import schema
from emvote.errors import Problem
from emvote.store.read import broken_rules
from emvote.store.structure import convert

SMALL: Final = Path(__file__).parent / "data" / "small.toml"
INVALID: Final = sorted((Path(__file__).parent / "data" / "invalid").glob("*.toml"))
REST: Final = """
[[elections]]
id = "mayor.fen.2021-05-06"
name = "Mayor of the Fen, 2021"
kind = "mayor"
date = 2021-05-06
source = "gazette"

[[mayoralties]]
id = "fen"
name = "Mayor of the Fen"
area = "the Fen"
council = "C01"
aliases = ["the Fen"]
source = "gazette"

[[mayor_contests]]
election = "mayor.fen.2021-05-06"
mayoralty = "fen"
electorate = 99
candidates = [
  { name = "Ann Alder", party = "red", votes = 9, second_round = 12, elected = true },
  { name = "Ben Beech", party = "blu", votes = 8, second_round = 10 },
  { name = "Cat Cedar", party = "ind", votes = 5 },
]
sources = ["almanac"]
flags = [{ code = "read-as", note = "As read.", source = "gazette" }]

[[governments]]
election = "parl.2017-06-08"
party = "red"
prime_minister = "Ann Alder"
form = "majority"
source = "gazette"

[[wards]]
election = "local.2019-05-02"
council = "C01"
ward = "North"
ward_id = "E05000001"
seats_up = 1
electorate = 99
turnout_pct = 30.5
candidates = [
  { name = "Ann Alder", party = "red", votes = 9, elected = true },
  { name = "Ben Beech", party = "blu", votes = 8 },
]

[[wards]]
election = "local.2019-05-02"
council = "C01"
ward = "South"
ward_id = "E05000002"
seats_up = 1
tallies = [{ party = "red", votes = 9 }, { party = "blu", votes = 8 }]
source = "almanac"
"""
"""What the invented region lacks: a mayor, a government and wards."""
Path_ = tuple[str | int, ...]
WRONG: Final[tuple[Any, ...]] = (None, "zzz", "noc", -1, 10**6, [])
"""What stands in the place of each value in turn; `None`: the key is left out."""

MANY: Final = 60
"""References of one kind each, at least, that the invented region has."""


def whole() -> dict[str, Any]:
    """The invented region with all that it lacks."""
    return rtoml.loads(SMALL.read_text(encoding="utf-8") + REST)


def shown(path: Path_) -> str:
    """A place as a problem tells it."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def paths(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Every place in plain data."""
    if path:
        yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from paths(part, (*path, key))


def some(data: Mapping[str, Any]) -> list[Path_]:
    """A place of every kind, the last of each: its number is seldom 0."""
    return list({re.sub(r"\d+", "", shown(path)): path for path in paths(data)}.values())


def parent_of(data: Any, path: Path_) -> Any:
    """What holds the value at a place."""
    for part in path[:-1]:
        data = data[part]
    return data


def broken(data: dict[str, Any], path: Path_, value: Any) -> Iterator[None]:
    """The data with another value at a place, for one turn of a loop."""
    around, key = parent_of(data, path), path[-1]
    before = copy.copy(around)
    if value is None:
        del around[key]
    else:
        around[key] = copy.copy(value)
    try:
        yield
    finally:
        around.clear()
        around.update(before) if isinstance(around, dict) else around.extend(before)


def problems(data: Mapping[str, Any], file: str = "x.toml") -> tuple[Problem, ...]:
    """All that is wrong with plain data."""
    record, found = convert(data, file)
    return found or broken_rules(record, file)


def assert_each_place_is_there(found: tuple[Problem, ...], data: Mapping[str, Any]) -> None:
    """In the file, or below what is in it where the key is missing."""
    there = {shown(path) for path in paths(data)}
    for problem in found:
        assert problem.place, problem
        around = problem.place[: max(problem.place.rfind("."), problem.place.rfind("["), 0)]
        assert problem.place in there or (around in there | {""} and not problem.place.endswith("]")), problem


def test_every_broken_value_is_told_at_a_place_in_the_file() -> None:
    """Each kind of value, left out and replaced by each of many wrong ones."""
    data, told = whole(), 0
    assert problems(data) == ()
    for path in some(data):
        for value in WRONG:
            for _ in broken(data, path, value):
                found = problems(data)
                assert_each_place_is_there(found, data)
                told += bool(found)
    assert told > MANY


@pytest.mark.parametrize("file", INVALID, ids=lambda path: path.stem)
def test_every_broken_rule_is_told_at_a_place_in_the_file(file: Path) -> None:
    """Of the datasets that break each rule, those that are TOML at all."""
    try:
        data = rtoml.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return
    found = problems(data)
    assert found
    assert_each_place_is_there(found, data)


def test_a_broken_reference_is_told_at_its_own_place() -> None:
    """Every id that names something, replaced by one that names nothing."""
    data = whole()
    record, _ = convert(data, "x.toml")
    pointed = {pointer.place for pointer in schema.references(record)}
    tried = 0
    for path in some(data):
        if shown(path) not in pointed:
            continue
        around, name = parent_of(data, path), path[-1]
        as_key = isinstance(around[name], int)  # parties to seats: the id is the key
        place = (*path[:-1], "zzz") if as_key else path
        for _ in broken(data, place, around[name] if as_key else "zzz"):
            tried += 1
            found = {(each.place, each.rule, each.value) for each in problems(data)}
            assert (shown(place), "reference", "'zzz'") in found
    assert tried > MANY
