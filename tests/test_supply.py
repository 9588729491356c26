"""What emvote is made of and how it is packed."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_the_table_of_dependencies_names_each_of_them() -> None:
    """Those of the extras too, and nothing else."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    page = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    named = re.findall(r"^\| ([\w-]+) \|", page, re.MULTILINE)
    assert sorted(named) == sorted(["library", *(re.split(r"[<>=\[ ]", each)[0] for each in wanted)])


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_two_builds_give_the_same_bytes(tmp_path: Path, kind: str) -> None:
    """Of copies whose times and permissions differ."""
    pytest.importorskip("hatchling", reason="the build backend is not installed")
    from hatchling.builders.sdist import SdistBuilder
    from hatchling.builders.wheel import WheelBuilder

    found = []
    for number in range(2):
        copy = tmp_path / str(number)
        copy.mkdir()
        for name in ("src", "man", "docs"):
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "LICENSE-DATA.md"):
            shutil.copy(ROOT / name, copy / name)
        if number:
            for path in copy.rglob("*"):
                os.utime(path, (978307200, 978307200))
                path.chmod(0o700 if path.is_dir() else 0o600)
        builder = (WheelBuilder if kind == "wheel" else SdistBuilder)(str(copy))
        found += [Path(each).read_bytes() for each in builder.build(directory=str(tmp_path / f"out{number}"))]
    assert len(found) == 2
    assert found[0] == found[1]
