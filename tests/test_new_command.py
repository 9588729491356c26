"""A command is four files, and nothing else has to know of it: one is added to a copy of the project.

Its files are those that CONTRIBUTING shows.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from tools.pages.commands import NEW_COMMAND

ROOT = Path(__file__).parents[1]
OF_EVERY_COMMAND = (
    *(
        "test_architecture",
        "test_cli_commands",
        "test_cli_framework",
        "test_complete",
        "test_docs",
        "test_environments",
    ),
    *("test_given_once", "test_look", "test_manual", "test_nasty", "test_no_network", "test_pager", "test_startup"),
)
"""Tests that go over the commands."""

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a command more."""
    copy = tmp_path_factory.mktemp("project")
    for folder in ("src", "tests", "docs", "tools"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", ".hypothesis"))
    for file in ("pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"):
        shutil.copy(ROOT / file, copy / file)
    (copy / "data").symlink_to(ROOT / "data")
    for name, place in NEW_COMMAND.items():
        shutil.copy(copy / "docs" / "new-command" / name, copy / place)
    return copy


@pytest.fixture(scope="module")
def run(copy: Path) -> Run:
    """Runs Python in the copy, and returns how it ended."""
    environment = {**os.environ, "PYTHONPATH": f"{copy / 'src'}{os.pathsep}{copy}", "PYTHONDONTWRITEBYTECODE": "1"}

    def python(*words: str) -> CompletedProcess[str]:
        command = [sys.executable, *words]
        return subprocess.run(command, cwd=copy, env=environment, capture_output=True, encoding="utf-8", check=False)

    return python


def test_it_answers_in_every_way(run: Run) -> None:
    """As a table, as JSON and in one sentence; with the last word as its election."""
    assert "\nDerbyshire " in run("-m", "emvote", "counties").stdout
    rows = json.loads(run("-m", "emvote", "counties", "2019", "--json").stdout)["rows"]
    assert sum(row["seats"] for row in rows) >= 46
    assert "has most seats" in run("-m", "emvote", "counties", "--sentence").stdout


def test_it_is_in_the_help_and_has_a_schema(run: Run) -> None:
    """Under its group, with the first line of its docstring."""
    _, _, group = run("-m", "emvote", "--help").stdout.partition("An election:")
    assert "counties " in group.partition("\n\n")[0]
    schema = json.loads(run("-m", "emvote", "schema", "counties").stdout)
    assert set(schema["properties"]["rows"]["items"]["properties"]) == {"county", "seats", "electorate"}
    assert "counties" in run("-m", "emvote", "elections", "--sentence").stderr


def test_its_name_options_and_values_are_completed(run: Run) -> None:
    """By the scripts that are installed already."""
    complete = ("-m", "emvote", "__complete", "words")
    assert "\ncounties\t" in run(*complete, "counti").stdout
    assert "\n--election\t" in run(*complete, "counties", "--el").stdout
    assert "\n2019\t" in run(*complete, "counties", "--election", "201").stdout
    assert "\nelectorate\t" in run(*complete, "counties", "--sort", "").stdout


def test_it_is_in_the_man_page_and_on_the_site(run: Run) -> None:
    """With its options, its example and its fields."""
    page = run("-c", "from tools.wheel.manual import manual; print(manual())").stdout
    assert '.SS "emvote counties \\fI[ELECTION]\\fR"' in page
    section = run("-c", "from tools.pages.commands import sections_of_others; print(sections_of_others())").stdout
    assert "## emvote counties" in section
    assert "$ emvote counties\nGeneral election" in section
    assert "| `electorate` | whole number | yes |" in section


def test_it_is_a_method_in_python_and_a_tool_for_agents(run: Run) -> None:
    """Editors are told of it by a file that is written again, not by hand."""
    ask = "import emvote; print(emvote.open().counties(election='2019').rows[0].county)"
    assert run("-c", ask).stdout == "Derbyshire\n"
    assert "def counties(" in run("-c", "from tools.stub import text; print(text())").stdout
    tools = run("-c", "from emvote.cli.agents import tools; print([tool.name for tool in tools()])")
    assert "counties'" in tools.stdout or "No module named 'mcp'" in tools.stderr


def test_every_test_that_goes_over_the_commands_passes_for_it(run: Run) -> None:
    """And so does its own; no list in any of them needs a line."""
    tests = [f"tests/{name}.py" for name in (*OF_EVERY_COMMAND, "test_counties")]
    done = run("-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "counties", *tests)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "skipped" not in done.stdout.splitlines()[-1]


def test_its_files_are_as_the_formatter_and_the_linter_want_them(run: Run) -> None:
    """So what a reader copies can be committed."""
    pytest.importorskip("ruff", reason="the linter is not installed")
    for check in (("check",), ("format", "--check")):
        done = run("-m", "ruff", *check, *NEW_COMMAND.values())
        assert done.returncode == 0, done.stdout


def test_a_reader_has_to_know_twelve_things() -> None:
    """The list in CONTRIBUTING grows no longer than that."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    things = page.partition("\n## Adding a command\n")[2].partition("\n## ")[0]
    assert re.findall(r"^(\d+)\. \*\*", things, flags=re.MULTILINE) == [str(number) for number in range(1, 13)]
