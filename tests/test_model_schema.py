"""What the model says of itself is all that is in a dataset: no reference is overlooked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from emvote.dataset import Dataset
from emvote.model import NOC
from emvote.model.record import Record
from emvote.schema import TABLES, has_id, references, word
from emvote.store.rules import problems

SINGLE = {
    "source": "sources",
    "compositions_source": "sources",
    "winners_source": "sources",
    "party": "parties",
    "leader_party": "parties",
    "election": "elections",
    "previous": "elections",
    "default_local": "elections",
    "seat": "seats",
    "council": "councils",
    "mayoralty": "mayoralties",
    "control": "parties",
}
LISTS = {
    "sources": "sources",
    "returned": "parties",
    "unknown": "parties",
    "parties": "parties",
    "predecessors": "councils",
    "successors": "councils",
}
MAPS = {"seats", "won", "after"}
"""Keys that hold references, in whatever table they stand, by the table that they name."""


def named(data: Any, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Every reference in plain data by the names of its keys: key path, table, id."""
    for name, value in data.items():
        place = f"{path}{name}"
        if name in SINGLE and isinstance(value, str) and value != NOC:
            yield place, SINGLE[name], value
        elif name in {"predecessor", "successor"} and isinstance(value, str):
            yield place, path.partition("[")[0], value
        elif name in MAPS and isinstance(value, dict):
            yield from ((f"{place}.{party}", "parties", party) for party in value)
        elif isinstance(value, dict):
            yield from named(value, f"{place}.")
        elif isinstance(value, list):
            for i, part in enumerate(value):
                if isinstance(part, dict):
                    yield from named(part, f"{place}[{i}].")
                elif name in LISTS:
                    yield f"{place}[{i}]", LISTS[name], part


@pytest.mark.parametrize("name", ["small", "shipped_wards"])
def test_every_reference_is_found_with_its_key_path(name: str, request: pytest.FixtureRequest) -> None:
    """Those of a whole dataset, and nothing that is none."""
    record: Record = request.getfixturevalue(name).record
    plain = msgspec.json.decode(msgspec.json.encode(record))
    assert sorted(references(record)) == sorted(named(plain))


def test_references_to_one_table_are_those_of_all(small: Dataset) -> None:
    """A walk for one table looks at nothing else."""
    every = [*references(small.record)]
    for table in filter(has_id, TABLES):
        assert [*references(small.record, table)] == [pointer for pointer in every if pointer.table == table], table


def broken(record: Record, place: str) -> Record:
    """A record with an id in it that names nothing."""
    data: Any = msgspec.json.decode(msgspec.json.encode(record))
    holder, steps = data, place.replace("[", ".").replace("]", "").split(".")
    for step in steps[:-1]:
        holder = holder[int(step) if isinstance(holder, list) else step]
    last = int(steps[-1]) if isinstance(holder, list) else steps[-1]
    if isinstance(holder, dict) and isinstance(holder[last], int):
        holder["nowhere"] = holder.pop(last)
    else:
        holder[last] = "nowhere"
    return msgspec.convert(data, Record)


@pytest.mark.parametrize("table", [*filter(has_id, TABLES)])
def test_an_id_that_names_nothing_is_told_at_its_key(small: Dataset, table: str) -> None:
    """The first of each key of the format."""
    first = {"".join(filter(str.isalpha, place)): place for place, *_ in references(small.record, table)}
    for place in first.values():
        expected = f"no {word(table)} of that id in this dataset"
        told = [each for each in problems(broken(small.record, place), "small.toml") if each.rule == "reference"]
        assert [(each.value, each.expected) for each in told] == [("'nowhere'", expected)], place
        assert told[0].place.rpartition(".")[0] == place.rpartition(".")[0]
