"""What emvote needs at run time, as pyproject.toml says it: what pip installs, and the oldest releases of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def project() -> dict[str, Any]:
    """The table `project` of pyproject.toml."""
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def with_extras() -> str:
    """The folder of the project with all of its extras, as pip is told of it."""
    return f".[{','.join(project()['optional-dependencies'])}]"


def needed() -> list[str]:
    """The requirements, those of the extras too."""
    table = project()
    return [*table["dependencies"], *(each for extra in table["optional-dependencies"].values() for each in extra)]


def oldest_python() -> int:
    """The 11 of `>=3.11`."""
    return int(project()["requires-python"].removeprefix(">=3."))


def lower_bounds(requirements: Sequence[str]) -> list[str]:
    """Constraints to the oldest release of each.

    Raises:
        SystemExit: one of them has no lower bound.

    >>> lower_bounds(["typer>=0.27.2,<0.29", "rich>=14.3"])
    ['typer==0.27.2', 'rich==14.3']
    """
    found = [re.match(r"([\w.-]+)\s*>=\s*([\w.]+)", each) for each in requirements]
    missing = [each for each, bound in zip(requirements, found, strict=True) if not bound]
    if missing:
        raise SystemExit(f"no lower bound: {', '.join(missing)}")
    return [f"{bound[1]}=={bound[2]}" for bound in found if bound]


def constrained(file: Path, *, lowest: bool) -> tuple[str, str]:
    """The words that tell pip which releases to take: the oldest, or, constrained by nothing, the newest."""
    file.write_text("\n".join(lower_bounds(needed()) if lowest else ()), encoding="utf-8")
    return "--constraint", str(file)
