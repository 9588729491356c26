"""The sessions of nox: the tests on every Python with every age of dependency, and the audit of the dependencies.

    python dev.py platforms                            every Python, newest and lowest dependencies
    python dev.py platforms --python 3.13 -k lowest    some of them; what follows `--` goes to pytest
    python dev.py audit                                known vulnerabilities; what follows `--` goes to pip-audit

With the lowest dependencies every library that emvote needs at run time is as old as pyproject.toml allows, those of
the extras too; what the tests need besides is new.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import nox
from packaging.requirements import Requirement

PROJECT = nox.project.load_toml(Path(__file__).with_name("pyproject.toml"))
PYTHONS = nox.project.python_versions(PROJECT)
EXTRAS = PROJECT["project"]["optional-dependencies"]
NEEDED = [Requirement(line) for line in (*PROJECT["project"]["dependencies"], *chain(*EXTRAS.values()))]
"""Libraries that emvote needs at run time, those of its extras too."""

nox.options.sessions = ["tests"]
nox.options.envdir = "build/nox"
every_age = nox.parametrize("age", ["newest", "lowest"])


@nox.session(python=PYTHONS, venv_backend="venv")
@every_age
def tests(session: nox.Session, age: str) -> None:
    """Run the tests."""
    install(session, age, "--group", "test")
    session.run("python", "-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal", *session.posargs)


@nox.session(venv_backend="venv")
@every_age
def audit(session: nox.Session, age: str) -> None:
    """Ask pip-audit about everything that is installed with emvote; what it cannot ask about is a failure."""
    install(session, age)
    installed = Path(session.create_tmp()) / "installed.txt"
    installed.write_text(str(session.run("python", "-m", "pip", "freeze", "--exclude", "emvote", silent=True)))
    session.install("pip-audit")
    words = ("--strict", "--no-deps", "--disable-pip", "--progress-spinner", "off", "--requirement", str(installed))
    session.run("pip-audit", *words, *session.posargs)


def install(session: nox.Session, age: str, *more: str) -> None:
    """Install emvote with its extras, at the newest releases or at the lowest."""
    constraints = Path(session.create_tmp()) / "constraints.txt"
    constraints.write_text("\n".join(lower_bounds() if age == "lowest" else ()))
    session.install("--upgrade", "pip")
    session.install("--constraint", str(constraints), "--editable", f".[{','.join(EXTRAS)}]", *more)


def lower_bounds() -> list[str]:
    """Return the lowest release of each library that pyproject.toml allows, as constraints of pip."""
    return [f"{each.name}=={bound.version}" for each in NEEDED for bound in each.specifier if bound.operator == ">="]
