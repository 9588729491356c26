"""What emvote needs, the page that accounts for it, and the sessions that try and audit it."""

from __future__ import annotations

import importlib
import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
NEEDED = [Requirement(line) for lines in (PROJECT["project"]["dependencies"], *EXTRAS.values()) for line in lines]
LICENCES = {
    "MIT": "MIT",
    "BSD-2-Clause": "BSD",
    "BSD-3-Clause": "BSD",
    "Apache-2.0": "Apache",
    "LGPL-3.0-or-later": "LGPL",
}
"""Those that let anybody pass emvote on, and a word of each in any spelling; another has to be thought about."""


def table() -> dict[str, dict[str, str]]:
    """The table of dependencies in the docs: a row each, by the heads of its columns."""
    page = (
        (ROOT / "docs" / "reliability.md")
        .read_text(encoding="utf-8")
        .partition("## Dependencies")[2]
        .partition("\n## ")[0]
    )
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("|")]
    head, _, *body = rows
    return {row[0]: dict(zip(head, row, strict=True)) for row in body}


def test_the_table_of_dependencies_is_that_of_the_project() -> None:
    """Each of them with its lower bound, those of the extras too, and nothing else."""
    assert {name: row["lowest"] for name, row in table().items()} == {
        each.name: next(bound.version for bound in each.specifier if bound.operator == ">=") for each in NEEDED
    }


@pytest.mark.parametrize("requirement", NEEDED, ids=lambda each: each.name)
def test_a_row_of_the_table_accounts_for_a_dependency(requirement: Requirement) -> None:
    """What it is for, the release that was measured with its day, its size, what its import costs, and its licence."""
    row = table()[requirement.name]
    assert all(row.values())
    release = re.fullmatch(r"([\d.]+), \d{4}-\d{2}-\d{2}", row["release"])
    assert release
    assert release[1] in requirement.specifier
    assert float(row["MB"]) > 0
    assert float(row["import, ms"]) > 0
    assert row["licence"] in LICENCES


@pytest.mark.parametrize("requirement", NEEDED, ids=lambda each: each.name)
def test_the_licence_in_the_table_is_the_one_that_the_package_states(requirement: Requirement) -> None:
    """As an expression, in a field of its own or among its classifiers."""
    try:
        stated = metadata(requirement.name)
    except PackageNotFoundError:
        pytest.skip(f"{requirement.name} is not installed")
    lines = [line for field in ("License-Expression", "License", "Classifier") for line in stated.get_all(field) or ()]
    assert any(LICENCES[table()[requirement.name]["licence"]] in line for line in lines), lines


def test_every_group_of_tools_that_is_spoken_of_is_there_and_the_other_way_round() -> None:
    """In the page for contributors, and where they are installed."""
    groups = set(PROJECT["dependency-groups"])
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {each for each in groups if f"`{each}`" in page} == groups
    scripts = ("dev.py", "noxfile.py", "docs/reliability.md")
    text = "".join((ROOT / script).read_text(encoding="utf-8") for script in scripts)
    asked = set(re.findall(r'--group(?: |", ")([a-z]+)', text))
    assert {"mutation", "test", "bench"} <= asked <= groups


class Session:
    """Stands in for a session of nox: keeps what would be installed and run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.posargs = ("-x",)
        self.installed: list[tuple[str, ...]] = []
        self.ran: list[tuple[str, ...]] = []

    def create_tmp(self) -> str:
        """A folder of the session."""
        return str(self.folder)

    def install(self, *words: str) -> None:
        """Keep what pip would be told."""
        self.installed.append(words)

    def run(self, *words: str, **_: Any) -> str:
        """Keep the command; what pip freeze would print."""
        self.ran.append(words)
        return "typer==0.28.0\n"


@pytest.fixture
def noxfile(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The sessions of nox."""
    pytest.importorskip("nox", reason="nox is not installed")
    monkeypatch.syspath_prepend(str(ROOT))
    return importlib.import_module("noxfile")


@pytest.mark.parametrize("age", ["newest", "lowest"])
@pytest.mark.parametrize("name", ["tests", "audit"])
def test_every_extra_is_tried_and_audited_at_its_age(noxfile: Any, tmp_path: Path, name: str, age: str) -> None:
    """Where the lowest is asked for, pip is told the lowest release of everything; else nothing."""
    session = Session(tmp_path)
    getattr(noxfile, name).func(session, age)
    (words,) = (words for words in session.installed if "--editable" in words)
    assert f".[{','.join(EXTRAS)}]" in words
    assert words[:2] == ("--constraint", str(tmp_path / "constraints.txt"))
    lines = (tmp_path / "constraints.txt").read_text(encoding="utf-8").splitlines()
    lowest = [f"{name}=={row['lowest']}" for name, row in table().items()]
    assert sorted(lines) == (sorted(lowest) if age == "lowest" else [])
    assert session.ran[-1][-1] == "-x", "what follows -- goes to the tool"


def test_what_is_audited_is_what_was_installed_without_the_auditor(noxfile: Any, tmp_path: Path) -> None:
    """And nothing that cannot be asked about is passed over."""
    session = Session(tmp_path)
    noxfile.audit.func(session, "newest")
    assert session.installed[-1] == ("pip-audit",)
    assert (tmp_path / "installed.txt").read_text(encoding="utf-8") == "typer==0.28.0\n"
    assert {"--strict", str(tmp_path / "installed.txt")} <= set(session.ran[-1])


def test_every_python_that_is_supported_is_tried(noxfile: Any) -> None:
    """The first of them is the oldest that installs."""
    assert f">={noxfile.PYTHONS[0]}" == PROJECT["project"]["requires-python"]
    assert noxfile.tests.python == noxfile.PYTHONS
