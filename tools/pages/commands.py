"""The reference of a command: its help and the fields of its JSON answer, from `emvote schema`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tools.pages.dataset import sentence
from tools.pages.markdown import code, fence, grid
from tools.pages.shell import answer

from emvote.cli.registry import help_lines

Schema = Mapping[str, Any]
TYPES: Final = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "object",
    "array": "list",
}
HEADER: Final = ("field", "type", "null", "meaning")


def reference(name: str) -> None:
    """Print the help of a command and what its answer holds."""
    print(fence(f"$ emvote {name} --help\n{answer(f'emvote {name} --help').out}", "console"))
    asked = answer(f"emvote schema {name}")
    if asked.code:  # a command whose answer has no records
        return
    schema = json.loads(asked.out)["properties"]
    print(f"\nFields of each of `rows`:\n\n{grid(HEADER, walk(schema['rows']['items'], ''))}")
    summary = list(walk(schema["summary"], ""))
    if summary:
        print(f"\nFields of `summary`:\n\n{grid(HEADER, summary)}")


def walk(schema: Schema, path: str) -> Iterator[tuple[str, str, str, str]]:
    """Every field of an object and of what is nested in it: its path, type, whether it may be null, and meaning.

    Of several kinds of rows the first: the others are those of other commands.
    """
    schema = schema.get("anyOf", [schema])[0]
    for key, field in schema.get("properties", {}).items():
        yield from _field(field, f"{path}{key}")
    values = schema.get("additionalProperties")
    if isinstance(values, dict) and "description" in values:
        yield from _field(values, f"{path}*")


def _field(field: Schema, path: str) -> Iterator[tuple[str, str, str, str]]:
    types = field["type"] if isinstance(field["type"], list) else [field["type"]]
    yield code(path), _words(field, types), "yes" if "null" in types else "", sentence(field.get("description", ""))
    if "array" in types:
        yield from walk(field["items"], f"{path}[].")
    elif "object" in types:
        yield from walk(field, f"{path}.")


def _words(field: Schema, types: list[str]) -> str:
    kind, *more = (each for each in types if each != "null")
    if more:
        return ", ".join(TYPES[each] for each in (kind, *more))
    if "enum" in field:
        return "one of " + ", ".join(code(each) for each in field["enum"] if each is not None)
    if "pattern" in field:
        return "date"
    if kind == "array":
        return "list of objects" if field["items"]["type"] == "object" else "list of texts"
    values = field.get("additionalProperties")
    if kind == "object" and isinstance(values, dict):
        return "map of objects" if values["type"] == "object" else "map of numbers"
    return TYPES[kind]


def command_list() -> None:
    """Print every command with its line of help and a link to its section."""
    rows = [(f"[`{name}`](#emvote-{name})", sentence(line)) for name, line in help_lines().items()]
    print(grid(("command", "what it answers"), rows))
