"""`elections`, `parties`, `sources` and `schema`: what a dataset holds, and how answers are made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from emvote.cli.main import run
from emvote.model import ElectionKind, PartyKind
from emvote.queries import listings
from emvote.store import open_dataset

if TYPE_CHECKING:
    from emvote.dataset import Dataset


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """What emvote prints, read as JSON."""
    assert run(list(arguments)) == 0
    return json.loads(capsys.readouterr().out)


def test_elections_stand_in_the_order_of_their_days(shipped: Dataset) -> None:
    """All of them, each with the results that the record holds of it."""
    listed = listings.elections(shipped)
    assert [each.election.date for each in listed] == sorted(each.date for each in shipped.record.elections)
    record = shipped.record
    held = len(record.contests) + len(record.council_polls) + len(record.mayor_contests)
    assert sum(each.contests for each in listed) == held


def test_elections_of_one_kind(capsys: pytest.CaptureFixture[str]) -> None:
    """The kind is named in the query as understood."""
    local = answer(capsys, "elections", "--kind", "local", "--json")
    assert local["query"] == {"kind": "local"}
    assert "local.2019-05-02" in [row["id"] for row in local["rows"]]
    assert {row["kind"] for row in local["rows"]} == {ElectionKind.LOCAL}


def test_parties_keep_the_order_of_the_tables(shipped: Dataset) -> None:
    """The record's own."""
    assert listings.parties(shipped) == shipped.record.parties
    assert {party.kind for party in listings.parties(shipped, PartyKind.LOCAL)} == {PartyKind.LOCAL}


def test_a_party_is_shown_as_it_can_be_typed(capsys: pytest.CaptureFixture[str]) -> None:
    """With its id, its abbreviation and its aliases."""
    rows = {row["party"]: row for row in answer(capsys, "parties", "--json")["rows"]}
    assert rows["con"]["abbreviation"] == "Con"
    assert rows["reform"]["predecessor"] == "brexit"


def test_every_source_is_used() -> None:
    """A source that nothing cites has no place in a dataset. Those of people count with what is beside it."""
    dataset = open_dataset(people=True)
    assert [each.source.id for each in listings.sources(dataset) if not each.used] == []


def test_one_source_is_asked_for_by_its_id(capsys: pytest.CaptureFixture[str], shipped: Dataset) -> None:
    """Its address and remark stand below it."""
    first = shipped.record.sources[0]
    assert [row["id"] for row in answer(capsys, "sources", first.id, "--json")["rows"]] == [first.id]
    assert run(["sources", first.id]) == 0
    assert (first.url or first.title) in capsys.readouterr().out


def test_an_unknown_source_is_exit_3(capsys: pytest.CaptureFixture[str], shipped: Dataset) -> None:
    """With near names."""
    known = shipped.record.sources[0].id
    assert run(["sources", f"{known}x", "--json"]) == 3
    assert known in json.loads(capsys.readouterr().err)["error"]["suggestions"]


@pytest.mark.parametrize(
    "question",
    [
        ("councils", "--all", "--outside"),
        ("council", "Derby"),
        ("seat", "Derby", "North"),
        ("seats",),
        ("swing", "Rushcliffe", "--from", "2017", "--to", "2019"),
        ("compare", "2017", "2019"),
        ("elections",),
        ("parties",),
        ("sources",),
        ("check",),
    ],
    ids=" ".join,
)
def test_an_answer_fits_the_schema_that_is_published_for_it(
    capsys: pytest.CaptureFixture[str], question: tuple[str, ...]
) -> None:
    """Of the shipped data, with workings too."""
    schema = answer(capsys, "schema", question[0])
    jsonschema.Draft202012Validator(schema).validate(answer(capsys, *question, "--json", "--explain"))


@pytest.mark.parametrize(("name", "message"), [("schema", "has no rows"), ("seets", "did you mean seats")])
def test_only_an_answer_with_rows_has_a_schema(capsys: pytest.CaptureFixture[str], name: str, message: str) -> None:
    """Anything else is wrong usage."""
    assert run(["schema", name]) == 2
    assert message in capsys.readouterr().err
