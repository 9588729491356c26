#!/usr/bin/env python3
"""Set emvote up from nothing but Python, pip and git, and run it, its tests or its checks.

    python dev.py run councils --lost-control    set up if needed, and run emvote
    python dev.py test [PYTEST ARGUMENTS]        set up if needed, and run the tests
    python dev.py check                          formatting, lint, types, documentation, dataset
    python dev.py docs                           write README's, the docs' and the package's generated parts again
    python dev.py site                           build the site of docs/ in build/site
    python dev.py pictures                       make the pictures in docs/pictures again (needs Chromium)
    python dev.py data RAW                       make the datasets in data/ from the raw files
    python dev.py programs                       install programs that some tests need, where apt can: a browser, shells
    python dev.py bench [--quick] [--write]      how long answers take, beside other tools
    python dev.py wheel                          build the wheel, and try it in a fresh environment
    python dev.py platforms [--python 3.13]      run the tests on every Python, with newest and lowest dependencies
    python dev.py audit [-- PIP-AUDIT ARGUMENTS] known vulnerabilities of the dependencies; needs a network

Everything is installed into .venv beside this file; nothing else on the machine is touched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = "Scripts" if os.name == "nt" else "bin"
PYTHON = VENV / BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST_PIP = (25, 1)
"""The first pip that reads dependency groups."""
PROGRAMS = {"chromium": "chromium", "zsh": "zsh", "fish": "fish", "mandoc": "mandoc"}
"""Debian's packages that some tests need, and the program that tells whether each is there."""
GENERATED = ("README.md", "CONTRIBUTING.md", "docs/*.md")
SITE = ("-m", "sphinx", "-q", "-E", "-W", "--keep-going", "-b", "html", "docs", "build/site")
OLDEST_PYTHON = (3, 11)


def run(*command: str | Path, **environment: str) -> int:
    """Run a command from the root of the project; its exit code."""
    return subprocess.run(  # noqa: S603 (the commands are this script's own)
        [str(part) for part in command], cwd=ROOT, check=False, env={**os.environ, **environment}
    ).returncode


def must(*command: str | Path) -> None:
    """Run a command that has to succeed."""
    code = run(*command)
    if code:
        raise SystemExit(code)


def set_up(group: str) -> None:
    """An environment with emvote and a group of development tools; quick when it is up to date already."""
    stamp = VENV / f".ready-{group}"
    if stamp.exists() and stamp.stat().st_mtime >= (ROOT / "pyproject.toml").stat().st_mtime:
        return
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    must(PYTHON, "-m", "pip", "install", "--quiet", "--upgrade", f"pip>={OLDEST_PIP[0]}.{OLDEST_PIP[1]}")
    extra = ["--group", group] if group else []
    must(PYTHON, "-m", "pip", "install", "--quiet", "--editable", ".", *extra)
    stamp.touch()


def generated() -> list[str]:
    """The pages with generated parts."""
    pages = sorted(path for pattern in GENERATED for path in ROOT.glob(pattern))
    return [str(page.relative_to(ROOT)) for page in pages if "[[[cog" in page.read_text(encoding="utf-8")]


def check() -> int:
    """Every check but the tests; the first that fails ends it."""
    for command in (
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "ruff", "check", "."),
        ("-m", "mypy"),
        SITE,
        ("-m", "emvote", "check"),
        ("-m", "emvote", "check", "uk"),
    ):
        code = run(PYTHON, *command, COLUMNS="80")
        if code:
            return code
    return 0


def programs() -> int:
    """Install the programs that some tests need; tests say why they are skipped where this cannot."""
    missing = [package for package, program in PROGRAMS.items() if shutil.which(program) is None]
    if not missing:
        return 0
    if shutil.which("apt-get") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        print(f"not installed, for want of apt or of leave: {', '.join(missing)}")  # noqa: T201 (a script prints)
        return 0
    quiet = ("-qq", "-o", "Dpkg::Use-Pty=0")
    environment = {"DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", *quiet, "update", **environment)
    if run("apt-get", *quiet, "install", "--no-install-recommends", "-y", *missing, **environment):
        print(f"apt could not install: {', '.join(missing)}")  # noqa: T201 (a script prints)
    return 0


def wheel() -> int:
    """Build the wheel and ask it the four questions in an environment without the development tools."""
    with tempfile.TemporaryDirectory() as folder:
        must(PYTHON, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ".")
        built = next(Path(folder).glob("emvote-*.whl"))
        fresh = Path(folder) / "venv"
        venv.create(fresh, with_pip=True)
        must(fresh / BIN / "python", "-m", "pip", "install", "--quiet", built)
        emvote = fresh / BIN / "emvote"
        for question in (
            ("--version",),
            ("councils", "--lost-control"),
            ("seat", "Derby North", "--election", "2019"),
            ("swing", "Rushcliffe", "--from", "2017", "--to", "2019", "--between", "lab", "con"),
            ("compare", "2017", "2019"),
            ("check",),
        ):
            print("$ emvote", *question, flush=True)  # noqa: T201 (a script prints)
            must(emvote, *question)
        accept = ROOT.parent / "shared" / "accept.py"
        return run(sys.executable, accept, "core", EMVOTE=str(emvote)) if accept.exists() else 0


def bench(arguments: list[str]) -> int:
    """Measure the wheel in an environment of its own, with byte code, beside the tools of the `bench` group."""
    with tempfile.TemporaryDirectory() as folder:
        must(PYTHON, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ".")
        built = next(Path(folder).glob("emvote-*.whl"))
        fresh = Path(folder) / "venv"
        venv.create(fresh, with_pip=True)
        python = fresh / BIN / "python"
        must(python, "-m", "pip", "install", "--quiet", "--upgrade", f"pip>={OLDEST_PIP[0]}.{OLDEST_PIP[1]}")
        must(python, "-m", "pip", "install", "--quiet", "--compile", "--group", "bench", built)
        return run(python, "bench/run.py", *arguments)


def main(arguments: list[str]) -> int:  # noqa: PLR0911 (one return a command)
    """Do what is asked; the exit code."""
    if sys.version_info < OLDEST_PYTHON:
        print("emvote needs Python 3.11 or newer", file=sys.stderr)  # noqa: T201 (a script prints)
        return 2
    match arguments:
        case ["run", *rest]:
            set_up("")
            return run(PYTHON, "-m", "emvote", *rest)
        case ["test", *rest]:
            set_up("dev")
            # the suite on all cores; what is named runs alone, so that its output can be followed
            spread = [] if any(not word.startswith("-") for word in rest) else ["-n", "auto", "--dist", "worksteal"]
            return run(PYTHON, "-m", "pytest", *spread, *rest)
        case ["check"]:
            set_up("dev")
            return check()
        case ["docs"]:
            set_up("dev")
            must(PYTHON, "-m", "tools.stub")
            must(PYTHON, "-m", "ruff", "format", "--quiet", "src/emvote/api")
            return run(PYTHON, "-m", "cogapp", "-r", "-P", *generated(), COLUMNS="80")
        case ["site" | "pictures" as made]:
            set_up("dev")
            return run(PYTHON, *(SITE if made == "site" else ("-m", "tools.pictures")))
        case ["data", raw]:
            set_up("dev")
            return run(PYTHON, "-m", "tools.build_dataset", raw, "data/results.toml")
        case ["programs"]:
            return programs()
        case ["bench", *rest]:
            set_up("dev")
            return bench(rest)
        case ["wheel"]:
            set_up("dev")
            return wheel()
        case ["platforms" | "audit" as word, *rest]:
            set_up("dev")
            return run(PYTHON, "-m", "nox", "--session", "audit" if word == "audit" else "tests", *rest)
    print(__doc__, file=sys.stderr)  # noqa: T201 (a script prints)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
