"""The JSON Schema of answers."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from emvote.render import Format, Options, render
from emvote.views.columns import Field
from emvote.views.schema import json_schema
from emvote.views.values import Kind
from emvote.views.view import View

FIELDS = (
    Field("seat", Kind.NAME, "name of the seat"),
    Field("votes", Kind.COUNT, "valid votes; null: not known", null=True),
    Field("share_pct", Kind.PCT, "share"),
    Field("change", Kind.TEXT, "what happened", null=True, choices=("hold", "gain")),
    Field("polling_date", Kind.DATE, "polling day"),
    Field("gain", Kind.BOOL, "whether gained"),
    Field("won", Kind.COUNTS, "seats by party"),
    Field("flags", Kind.TEXTS, "codes"),
    Field("swing", Kind.RECORD, "swing", null=True, fields=(Field("butler_pp", Kind.PP, "Butler"),)),
    Field("candidates", Kind.RECORDS, "who stood", fields=(Field("candidate", Kind.NAME, "name"),)),
)
SUMMARY = (Field("seats", Kind.COUNT, "how many"),)
ROW: dict[str, Any] = {
    "seat": "Derby",
    "votes": None,
    "share_pct": 5.25,
    "change": None,
    "polling_date": "2018-05",
    "gain": True,
    "won": {"con": 1, "lab": None},
    "flags": [],
    "swing": {"butler_pp": -1},
    "candidates": [{"candidate": "Ann"}],
}


def problems(row: dict[str, Any], summary: dict[str, Any] | None = None) -> list[str]:
    """What the schema finds wrong with an answer of one row."""
    view = View(
        command="seats", query={}, fields=FIELDS, rows=(row,), summary={"seats": 1} if summary is None else summary
    )
    answer = json.loads(render(view, Options(format=Format.JSON, explain=True)))
    validator = jsonschema.Draft202012Validator(json_schema("seats", FIELDS, SUMMARY))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer)]


def test_the_schema_is_itself_valid() -> None:
    """By the rules of its own dialect."""
    jsonschema.Draft202012Validator.check_schema(json_schema("seats", FIELDS, SUMMARY))


def test_an_answer_fits_its_schema() -> None:
    """Unknown values included, where a field allows them."""
    assert problems(ROW) == []
    assert problems(ROW | {"swing": None, "change": "gain", "polling_date": "2019-12-12", "votes": 1}) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("seat", None),
        ("votes", 1.5),
        ("share_pct", "5%"),
        ("change", "lost"),
        ("polling_date", "May 2018"),
        ("gain", "yes"),
        ("won", {"con": "1"}),
        ("flags", None),
        ("swing", {}),
        ("candidates", [{"name": "Ann"}]),
    ],
)
def test_a_wrong_value_does_not_fit(key: str, value: object) -> None:
    """Each kind has its type, and a field that is not nullable is always known."""
    assert problems(ROW | {key: value})


def test_a_summary_has_its_fields() -> None:
    """They are as much part of the answer as the rows."""
    assert problems(ROW, {}) == ["$.summary: 'seats' is a required property"]


def test_a_record_may_be_a_map_of_records() -> None:
    """Its one field stands for every key: a summary by party, say."""
    totals = Field("*", Kind.RECORD, "one party", fields=(Field("held", Kind.COUNT, "councils held"),))
    schema = json_schema("councils", (), (Field("parties", Kind.RECORD, "per party", fields=(totals,)),))
    summary = jsonschema.Draft202012Validator(schema["properties"]["summary"])
    assert summary.is_valid({"parties": {"con": {"held": 1}, "lab": {"held": 0}}})
    assert summary.is_valid({"parties": {}})
    assert not summary.is_valid({"parties": {"con": {}}})


def test_every_field_says_what_it_means() -> None:
    """The description is the field's own."""
    row = json_schema("seats", FIELDS)["properties"]["rows"]["items"]
    assert {key: each["description"] for key, each in row["properties"].items()} == {f.key: f.doc for f in FIELDS}
    assert row["required"] == [field.key for field in FIELDS]
