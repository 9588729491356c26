"""What emvote needs, the page that accounts for it, and the scripts that try and audit it."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT))  # tools are no part of what is installed

from tools.audit.advisories import concerns, known, normal, served  # noqa: E402 (found by the line above)
from tools.platforms.__main__ import pythons  # noqa: E402
from tools.requirements import constrained, lower_bounds, needed, oldest_python, with_extras  # noqa: E402

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NEEDED = [Requirement(each) for each in needed()]
LICENCES = {"MIT": "MIT", "BSD-3-Clause": "BSD", "Apache-2.0": "Apache", "LGPL-3.0-or-later": "LGPL"}
"""Those that let anybody pass emvote on, and a word of each in any spelling; another has to be thought about."""


def table() -> dict[str, dict[str, str]]:
    """The table of dependencies in the docs: a row each, by the heads of its columns."""
    page = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
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
    """In the page for contributors and in the scripts."""
    groups = set(PROJECT["dependency-groups"])
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {each for each in groups if f"`{each}`" in page} == groups
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "dev.py", *(ROOT / "tools").rglob("*.py")))
    asked = set(re.findall(r'--group(?: |", ")([a-z]+)', text))
    assert {"mutation", "test", "bench"} <= asked <= groups


def test_the_lowest_releases_are_the_bounds_of_the_project() -> None:
    """What names no lower bound cannot be tried at it."""
    bounds = lower_bounds(["typer>=0.27.2,<0.29", "tomli-w>=1.0"])
    assert bounds == ["typer==0.27.2", "tomli-w==1.0"]
    with pytest.raises(SystemExit, match="no lower bound: rich"):
        lower_bounds(["rich<15"])


def test_what_is_tried_and_audited_is_the_project_with_all_its_extras() -> None:
    """An extra that is added is tried and audited without being named anywhere else."""
    extras = PROJECT["project"]["optional-dependencies"]
    assert with_extras() == f".[{','.join(extras)}]"
    assert needed() == [*PROJECT["project"]["dependencies"], *(each for extra in extras.values() for each in extra)]
    assert PROJECT["project"]["requires-python"] == f">=3.{oldest_python()}"


def test_pip_is_told_the_oldest_releases_or_nothing(tmp_path: Path) -> None:
    """In a file of constraints, one for each that emvote needs."""
    file = tmp_path / "constraints.txt"
    assert constrained(file, lowest=True) == ("--constraint", str(file))
    told = [Requirement(each) for each in file.read_text(encoding="utf-8").splitlines()]
    assert [each.name for each in told] == [each.name for each in NEEDED]
    assert all(str(each.specifier).startswith("==") for each in told)
    constrained(file, lowest=False)
    assert file.read_text(encoding="utf-8") == ""


def test_a_python_is_found_by_its_path_and_among_all() -> None:
    """Names that lead nowhere are passed over."""
    version = ".".join(map(str, sys.version_info[:3]))
    asked = dict(pythons(11, [sys.executable, "no such Python"]))
    if not asked:
        pytest.skip("this Python cannot make environments")
    assert asked == {version: sys.executable}
    assert version in dict(pythons(sys.version_info[1], ()))


ADVISORY = """id: PYSEC-0000-1
affected:
- package: {name: Tomli_W, ecosystem: PyPI}
  ranges:
  - type: GIT
    events: [{introduced: '0'}]
  - type: ECOSYSTEM
    events: [{introduced: '1.2'}, {fixed: '1.10'}, {introduced: '2.0'}, {last_affected: '2.1'}]
  versions: ['0.9']
"""


@pytest.mark.parametrize(
    ("version", "affected"),
    [("0.9", True), ("1.1", False), ("1.2", True), ("1.9.9", True), ("1.10", False), ("2.1", True), ("2.1.1", False)],
)
def test_an_advisory_concerns_the_versions_that_it_lists_and_those_in_its_ranges(
    tmp_path: Path, version: str, *, affected: bool
) -> None:
    """Compared as versions, not as texts; ranges of commits say nothing of them; names are spelt in many ways."""
    pytest.importorskip("yaml", reason="PyYAML is not installed")
    folder = tmp_path / "vulns" / "tomli-w"
    folder.mkdir(parents=True)
    (folder / "PYSEC-0000-1.yaml").write_text(ADVISORY, encoding="utf-8")
    found = known(tmp_path, [f"tomli_w=={version}", "rich==15.0.0"])
    assert found["rich"] == []
    assert [each["id"] for each in found["tomli-w"]] == (["PYSEC-0000-1"] if affected else [])
    assert not concerns({"affected": [{"package": {"name": "other"}, "versions": [version]}]}, "tomli-w", version)


def test_a_package_that_the_database_was_not_asked_about_is_no_clean_answer() -> None:
    """The service fails for it, and pip-audit with it."""
    server = served({"rich": [], "tomli-w": [{"id": "PYSEC-0000-1"}]})
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        assert _asked(server.server_port, "rich") == {}
        assert _asked(server.server_port, normal("tomli_W")) == {"vulns": [{"id": "PYSEC-0000-1"}]}
        with pytest.raises(HTTPError) as error:
            _asked(server.server_port, "typer")
        error.value.close()
    finally:
        server.shutdown()
        server.server_close()


def _asked(port: int, name: str) -> Any:
    question = json.dumps({"package": {"name": name, "ecosystem": "PyPI"}, "version": "1"}).encode()
    with urlopen(Request(f"http://127.0.0.1:{port}/v1/query", data=question)) as answer:
        return json.loads(answer.read())
