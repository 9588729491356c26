"""Runs the tests on every Python on the machine that emvote supports, with the newest and the lowest dependencies.

    python -m tools.platforms                              every Python, newest and lowest
    python -m tools.platforms --python 3.13 --lowest       one of them; a path to a Python will do as well
    python -m tools.platforms --environments               hostile environments instead: locales, encodings, no home, …
    python -m tools.platforms tests/test_package.py -x     what follows goes to pytest

Each run takes place in build/platforms, in a clone of the last commit with an environment of its own, and prints a row
of the table in docs/reliability.md. With the lowest dependencies every library that emvote needs at run time is as old
as pyproject.toml allows, those of the extras too; the tools of the tests stay new. Needs nothing but Python and git.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.requirements import ROOT, constrained, lower_bounds, needed, oldest_python, with_extras

BUILD = ROOT / "build" / "platforms"
BIN = "Scripts" if os.name == "nt" else "bin"
NEWEST_TRIED = 20
"""Python 3.20: names beyond it are not looked for."""
NEWEST, LOWEST = "newest", "lowest"
HEAD = (
    "| Python | dependencies | versions | passed | skipped | failed | seconds |\n|---|---|---|--:|--:|--:|--:|",
    "| environment | passed | skipped | failed | seconds |\n|---|--:|--:|--:|--:|",
)
ENVIRONMENTS = "tests/test_environments.py"


@dataclass(frozen=True)
class Outcome:
    """How a run of the tests ended."""

    passed: int
    skipped: int
    failed: int
    """With those that could not be set up."""
    seconds: float

    def cells(self) -> str:
        """The last cells of a row."""
        return f"{self.passed:,} | {self.skipped:,} | {self.failed:,} | {self.seconds:,.0f} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for, and print a row each; 1 where a test failed."""
    parser = argparse.ArgumentParser(prog="python -m tools.platforms", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--python", action="append", metavar="VERSION|PATH", help="one Python; may be given again")
    ages = parser.add_mutually_exclusive_group()
    ages.add_argument("--newest", action="store_const", dest="ages", const=(NEWEST,), default=(NEWEST, LOWEST))
    ages.add_argument("--lowest", action="store_const", dest="ages", const=(LOWEST,))
    parser.add_argument("--environments", action="store_true", help="hostile environments, with this very Python")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes of pytest")
    asked, words = parser.parse_known_args(arguments)
    found = dict(pythons(oldest_python(), asked.python or ()))
    if not found:
        parser.error("no such Python was found")
    print(f"Commit {git('rev-parse', '--short', 'HEAD')}\n\n{HEAD[asked.environments]}", flush=True)
    failed = 0
    if asked.environments:
        version, python = next(iter(found.items()))
        place = made(version, python, NEWEST)
        for name, changes in environments(place).items():
            outcome = tested(place, asked.jobs, words or [ENVIRONMENTS], changes)
            print(f"| {name} | {outcome.cells()}", flush=True)
            failed += outcome.failed
        return min(failed, 1)
    for version, python in found.items():
        for age in asked.ages:
            place = made(version, python, age)
            outcome = tested(place, asked.jobs, words, {})
            print(f"| {version} | {age} | {versions(place)} | {outcome.cells()}", flush=True)
            failed += outcome.failed
    return min(failed, 1)


def pythons(least: int, asked: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Version and path of each Python that was asked for, else of one of each minor version that emvote supports.

    Looked for under their names on the path, and where pyenv keeps them. Names that lead nowhere are passed over, and
    so is a Python without what environments are made with.
    """
    keeps = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    if asked:
        groups = [
            [each] if Path(each).is_file() else [f"python{each}", *map(str, keeps.glob(f"{each}*/bin/python"))]
            for each in asked
        ]
    else:
        groups = [
            [
                *([sys.executable] if sys.version_info[1] == minor else []),
                f"python3.{minor}",
                *sorted(map(str, keeps.glob(f"3.{minor}.*/bin/python")), reverse=True),
            ]
            for minor in range(least, NEWEST_TRIED + 1)
        ]
    for candidates in groups:
        for each in candidates:
            version = version_of(each)
            if version:
                yield version, each
                break


def version_of(python: str) -> str:
    """`3.12.1`; nothing where it does not run or cannot make environments."""
    script = "import ensurepip, sys, venv; print(*sys.version_info[:3], sep='.')"
    path = shutil.which(python)
    if not path:
        return ""
    done = subprocess.run([path, "-c", script], capture_output=True, text=True, check=False)  # noqa: S603 (what was found)
    return done.stdout.strip()


def git(*words: str) -> str:
    """What git says."""
    command = [shutil.which("git") or "git", *words]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603


def made(version: str, python: str, age: str) -> Path:
    """A folder with a clone of the last commit, `tree`, and an environment for it, `venv`."""
    place = BUILD / f"{version}-{age}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    git("clone", "--quiet", str(ROOT), str(place / "tree"))
    bounds = constrained(place / "constraints.txt", lowest=age == LOWEST)
    inside = str(place / "venv" / BIN / "python")
    install = (inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    for command in (
        (shutil.which(python) or python, "-m", "venv", str(place / "venv")),
        (*install, "--upgrade", "pip"),
        (*install, *bounds, "--editable", with_extras(), "--group", "test"),
    ):
        done = subprocess.run(command, cwd=place / "tree", check=False, capture_output=True, text=True)  # noqa: S603
        if done.returncode:
            raise SystemExit(f"{version}, {age}: {' '.join(command)}\n{done.stdout}{done.stderr}")
    return place


def tested(place: Path, jobs: int, words: Sequence[str], changes: dict[str, str | None]) -> Outcome:
    """Run the tests in such a folder; what pytest says is kept beside it in `log.txt`."""
    told = place / "outcome.xml"
    told.unlink(missing_ok=True)
    command = [place / "venv" / BIN / "python", "-m", "pytest", "-q", "-n", str(jobs), "--dist", "worksteal"]
    command += ["-p", "no:cacheprovider", f"--junit-xml={told}", *words]
    changed = {**os.environ, **changes}
    environment = {name: value for name, value in changed.items() if value is not None}
    began = time.monotonic()
    with (place / "log.txt").open("ab") as log:
        subprocess.run(  # noqa: S603 (the environment that was just made)
            list(map(str, command)), cwd=place / "tree", env=environment, stdout=log, stderr=log, check=False
        )
    seconds = time.monotonic() - began
    if not told.is_file():
        raise SystemExit(f"pytest did not come to an end: see {place / 'log.txt'}")
    suite = next(ET.parse(told).iter("testsuite"))  # noqa: S314 (pytest has just written it)
    every, failures, errors, skipped = (int(suite.attrib[key]) for key in ("tests", "failures", "errors", "skipped"))
    return Outcome(every - failures - errors - skipped, skipped, failures + errors, seconds)


def versions(place: Path) -> str:
    """The releases of what emvote needs at run time that are installed there."""
    listed = subprocess.run(  # noqa: S603 (the environment that was just made)
        [str(place / "venv" / BIN / "python"), "-m", "pip", "list", "--format", "json"],
        check=True,
        capture_output=True,
        text=True,
    )
    there = {each["name"].lower().replace("_", "-"): each["version"] for each in json.loads(listed.stdout)}
    names = [bound.partition("==")[0] for bound in lower_bounds(needed())]
    return ", ".join(f"{name} {there[name]}" for name in names)


def environments(place: Path) -> dict[str, dict[str, str | None]]:
    """The hostile environments of the tests, by name: variables to set, or None to take away."""
    script = "import json, test_environments as t; print(json.dumps(t.ENVIRONMENTS))"
    done = subprocess.run(  # noqa: S603 (the environment that was just made)
        [str(place / "venv" / BIN / "python"), "-c", script],
        cwd=place / "tree" / "tests",
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, dict[str, str | None]] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    raise SystemExit(main())
