"""The reference of a command: help, and fields of its answer."""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from importlib import import_module
from typing import Any, Final

from tools.pages.dataset import file, sentence
from tools.pages.markdown import code, fence, grid
from tools.pages.shell import ROOT, answer, run

from emvote.cli.registry import help_lines, module_of

PAGE: Final = ROOT / "docs" / "commands.md"
NEW_COMMAND: Final = {
    "query.py": "src/emvote/queries/counties.py",
    "view.py": "src/emvote/views/counties.py",
    "command.py": "src/emvote/cli/commands/counties.py",
    "test.py": "tests/test_counties.py",
}
"""The files in `docs/new-command`, and where they belong."""
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
    """Path, type, null and meaning of every field, nested ones included.

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
    kind, *more = (type_ for type_ in types if type_ != "null")
    if more:
        return ", ".join(TYPES[type_] for type_ in (kind, *more))
    if "enum" in field:
        return "one of " + ", ".join(code(choice) for choice in field["enum"] if choice is not None)
    if "pattern" in field:
        return "date"
    if kind == "array":
        return "list of objects" if field["items"]["type"] == "object" else "list of texts"
    values = field.get("additionalProperties")
    if kind == "object" and isinstance(values, dict):
        return "map of objects" if values["type"] == "object" else "map of numbers"
    return TYPES[kind]


def command_list() -> None:
    """Print the commands of the page, with their help and links."""
    rows = [(f"[`{name}`](#emvote-{name})", sentence(line)) for name, line in help_lines().items() if has_section(name)]
    print(grid(("command", "what it answers"), rows))


def has_section(name: str) -> bool:
    """Whether somebody has written about the command in the page of commands."""
    return f"\n## emvote {name}\n" in PAGE.read_text(encoding="utf-8")


def sections_of_others() -> str:
    """Sections for the other commands, made of their help."""
    out = io.StringIO()
    with redirect_stdout(out):
        for name in help_lines():
            if not has_section(name):
                print(f"\n## emvote {name}\n")
                if not answer(f"emvote schema {name}").code:  # one that lists something
                    run(shlex.join(("emvote", *examples(name)[0])))
                    print()
                reference(name)
    return out.getvalue()


def new_command() -> None:
    """Print the four files of the worked example, each with its place."""
    for name, place in NEW_COMMAND.items():
        print(f"\n`{place}`:\n")
        file(f"docs/new-command/{name}", "python")


def examples(name: str) -> list[tuple[str, ...]]:
    """The examples of a command's help, from its name on, without pipes."""
    module = module_of(name)
    doc = getattr(import_module(f"emvote.cli.commands.{module}"), module).__doc__
    lines = re.findall(rf"^ +emvote ({name}(?: .*)?)$", doc, flags=re.MULTILINE)
    return [tuple(shlex.split(line.partition(" | ")[0])) for line in lines]
