"""What a command loads: start-up time is spent on imports, so heavy ones stay where they are needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import emvote
from emvote.cli.asking import parse

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


WARM = [
    ("seat", "Derby North", "--json"),
    ("seat", "Hexham", "--data", "uk", "--json"),
    ("seats", "--csv"),
    ("councils", "--lost-control"),
    ("seat", "Derby North"),
    ("targets", "lab", "--scope", "uk"),
    ("results", "--json"),
    ("compare", "2017", "2019", "--json"),
    ("bellwethers", "--json"),
    ("candidate", "Kenneth Clarke", "--json"),
]
"""The questions of `docs/performance.md`."""
SLOW = {"rich", "tabulate", "rtoml", "tomli_w", "_hashlib", "sqlite3", "tempfile", "duckdb", "pyarrow"}
"""What takes longer to load than any of these answers to make; `_hashlib` is OpenSSL."""


@pytest.mark.parametrize("question", WARM, ids=" ".join)
def test_a_question_that_was_asked_before_loads_no_parser_and_no_renderer_of_others(question: tuple[str, ...]) -> None:
    """Also a table, where it goes into a pipe; asked once, so that there is a snapshot."""
    loaded(*question)
    modules = loaded(*question)
    assert not modules & SLOW
    assert not {"emvote.store.structure", "emvote.store.rules", "emvote.relations"} & modules


@pytest.mark.parametrize(
    ("line", "wanted"), [(("results",), False), (("results", "2019"), False), (("results", "local-2019"), True)]
)
def test_a_scoreboard_reads_ward_results_where_they_can_count(line: tuple[str, ...], *, wanted: bool) -> None:
    """Only at a local election, and neither a bare year nor saying nothing means one."""
    assert parse(line).wards == wanted


def test_nothing_is_collected_from_the_first_line_on() -> None:
    """Loading Typer alone would set the collector off a dozen times."""
    script = (
        "import gc, sys\n"
        "from emvote.cli import entry, streams\n"
        "sys.argv[1:] = ['elections', '--json']\n"
        "before, collected = 'typer' in sys.modules, []\n"
        "gc.callbacks.append(lambda phase, _: collected.append(phase))\n"
        "streams.leave = lambda code: print(before, int(code), collected, file=sys.stderr)\n"
        "entry.main()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.split() == ["False", "0", "[]"]


def test_no_module_on_the_way_of_a_command_makes_dataclasses_the_slow_way() -> None:
    """`emvote.frozen` makes the same ones: what defines a frozen dataclass imports it from there."""
    package = Path(emvote.__file__).parent
    slow = "from dataclasses import dataclass"
    found = {path.relative_to(package).as_posix() for path in package.rglob("*.py") if slow in path.read_text("utf-8")}
    assert {each for each in found if not each.startswith("store/importers/")} == {"frozen.py"}


def test_a_first_run_keeps_what_the_second_opens(tmp_path: Path) -> None:
    """One snapshot, whichever question is asked, and none where none is wanted."""
    for variables, kept in (({}, 1), ({"EMVOTE_NO_CACHE": "1"}, 0)):
        folder = tmp_path / str(kept)
        environment = {**os.environ, "XDG_CACHE_HOME": str(folder), "LOCALAPPDATA": str(folder), **variables}
        for question in (("seats", "--json"), ("elections", "--json")):
            subprocess.run(
                [sys.executable, "-m", "emvote", *question], env=environment, check=True, capture_output=True
            )
        assert len([path for path in folder.rglob("*") if path.is_file()]) == kept
