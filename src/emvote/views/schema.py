"""The JSON Schema of a command's answer, built from the same fields that its rows are made of.

Every module of views names its fields as `FIELDS` and those of its summary as `SUMMARY`, so no data is needed. A
command whose answers may be something else names the modules of views with the fields of that as `VARIANTS`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from emvote.views.columns import EVERY_KEY, Field
from emvote.views.common import CITATION
from emvote.views.values import Kind

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
DATE_PATTERN: Final = r"^\d{4}(-\d{2}(-\d{2})?)?$"


Schema = dict[str, Any]

TYPES: Final[Mapping[Kind, Schema]] = {
    Kind.COUNT: {"type": "integer"},
    Kind.YEAR: {"type": "integer"},
    Kind.CHANGE: {"type": "integer"},
    Kind.PCT: {"type": "number"},
    Kind.PP: {"type": "number"},
    Kind.PP2: {"type": "number"},
    Kind.NUMBER: {"type": "number"},
    Kind.DATE: {"type": "string", "pattern": DATE_PATTERN},
    Kind.BOOL: {"type": "boolean"},
    Kind.COUNTS: {"type": "object", "additionalProperties": {"type": ["number", "null"]}},
    Kind.CHANGES: {"type": "object", "additionalProperties": {"type": ["number", "null"]}},
    Kind.PCTS: {"type": "object", "additionalProperties": {"type": ["number", "null"]}},
    Kind.PPS: {"type": "object", "additionalProperties": {"type": ["number", "null"]}},
    Kind.TEXTS: {"type": "array", "items": {"type": "string"}},
    Kind.ANY: {"type": ["number", "string", "boolean", "array"], "items": {"type": "string"}},
}
"""What JSON holds for each kind; a kind that is not here is text, or nested."""

TEXT: Final[Schema] = {"type": "string"}


def json_schema(
    command: str,
    fields: Sequence[Field],
    summary_fields: Sequence[Field] = (),
    variants: Sequence[tuple[Sequence[Field], Sequence[Field]]] = (),
) -> Schema:
    """The JSON Schema (2020-12) of everything that a command's `--json` prints.

    Fields may be added to answers later, so nothing forbids further ones; those listed are always there, unless
    `--columns` chose among them.
    """
    properties = _envelope(command, fields, summary_fields)
    if variants:
        properties["rows"]["items"] = {"anyOf": [_record(fields), *(_record(each) for each, _ in variants)]}
        others = [_record(each) for _, each in variants if each]
        properties["summary"] = {"anyOf": [properties["summary"], *others, {"type": "object", "maxProperties": 0}]}
    return {
        "$schema": DIALECT,
        "title": f"emvote {command} --json",
        "type": "object",
        "properties": properties,
        # only the working is not always there
        "required": [key for key in properties if key != "explain"],
    }


def _envelope(command: str, fields: Sequence[Field], summary_fields: Sequence[Field]) -> Schema:
    return {
        "schema_version": {"const": 1, "description": "rises when a field loses its name or its meaning"},
        "command": {"const": command},
        "query": {"type": "object", "description": "the question as understood, ids in place of names"},
        "dataset": {"type": "object", "description": "title, version and sha256 of the data that answered"},
        "baseline": {"type": ["object", "null"], "description": "what control and seats are compared with"},
        "rows": {"type": "array", "items": _record(fields)},
        "summary": _record(summary_fields),
        "notes": {"type": "array", "items": TEXT, "description": "what to know about these figures"},
        "sources": {"type": "array", "items": _record(CITATION), "description": "where these figures come from"},
        "explain": {"type": "array", "description": "with --explain: formulas and the numbers put in"},
    }


def _record(fields: Sequence[Field]) -> Schema:
    schema: Schema = {"type": "object"}
    if fields and fields[0].key == EVERY_KEY:
        schema["additionalProperties"] = _field(fields[0])
    elif fields:
        schema["properties"] = {field.key: _field(field) for field in fields}
        schema["required"] = [field.key for field in fields]
    return schema


def _field(field: Field) -> Schema:
    schema = _value(field) | {"description": field.doc}
    if field.null:
        types = schema["type"]
        schema["type"] = [*([types] if isinstance(types, str) else types), "null"]
        if field.choices:
            schema["enum"] = [*field.choices, None]
    return schema


def _value(field: Field) -> Schema:
    if field.kind is Kind.RECORD:
        return _record(field.fields)
    if field.kind is Kind.RECORDS:
        return {"type": "array", "items": _record(field.fields)}
    schema = dict(TYPES.get(field.kind, TEXT))
    if field.choices:
        schema["enum"] = list(field.choices)
    return schema
