"""What a command loads: start-up time is spent on imports, so heavy ones stay where they are needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("rich", "tabulate", "tomli_w", "pydantic", "importlib.metadata", "jsonschema")
"""What no answer for programs may load. Typer itself loads difflib, so its absence cannot be asked for."""


def loaded(*arguments: str) -> set[str]:
    """The modules in memory after a run."""
    script = "import sys; from emvote.cli.main import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    assert done.stdout
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [("elections", "--json"), ("elections", "--csv"), ("--help",)])
def test_an_answer_for_programs_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    """Neither does the help."""
    assert not loaded(*arguments) & set(HEAVY)


def test_json_is_written_without_the_renderers_for_people() -> None:
    """Nor does anything round for them."""
    modules = loaded("elections", "--json")
    assert not {"emvote.render.text", "emvote.render.terminal", "emvote.render.tabular", "csv"} & modules


def test_the_help_loads_no_command() -> None:
    """And no dataset, query, view or renderer."""
    answering = (
        "cli.command",
        "cli.commands",
        "cli.options",
        "dataset",
        "model",
        "queries",
        "render",
        "store",
        "views",
    )
    prefixes = tuple(f"emvote.{name}" for name in answering)
    assert not {name for name in loaded("--help") if name.startswith(prefixes)}


def test_a_command_loads_itself_only() -> None:
    """Its neighbours in the folder stay on disk."""
    prefix = "emvote.cli.commands."
    assert {name for name in loaded("elections", "--csv") if name.startswith(prefix)} == {f"{prefix}elections"}
