"""Asks pip-audit for known vulnerabilities of everything that emvote needs at run time, extras included.

    python -m tools.audit                        the newest releases; asks a service on the network
    python -m tools.audit --lowest               the oldest that pyproject.toml allows
    python -m tools.audit --advisories FOLDER    asks a clone of PyPA's advisory-database instead, without a network

Nothing is skipped: a package that cannot be asked about is a failure. What is audited and what audits are installed in
environments of their own, which are thrown away.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

from tools.audit.advisories import served
from tools.requirements import ROOT, constrained, with_extras

BIN = "Scripts" if os.name == "nt" else "bin"
STRICTLY = ("--strict", "--no-deps", "--disable-pip", "--progress-spinner", "off")


def main(arguments: Sequence[str] | None = None) -> int:
    """Audit; 0 where everything was asked about and nothing is known."""
    parser = argparse.ArgumentParser(prog="python -m tools.audit", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lowest", action="store_true")
    parser.add_argument("--advisories", type=Path, metavar="FOLDER")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        bounds = constrained(Path(folder) / "constraints.txt", lowest=asked.lowest)
        audited = made(Path(folder) / "audited", with_extras(), *bounds)
        auditing = made(Path(folder) / "auditing", "pip-audit", *(("pyyaml",) if asked.advisories else ()))
        installed = Path(folder) / "installed.txt"
        installed.write_text(said(audited, "-m", "pip", "freeze", "--exclude", "emvote"), encoding="utf-8")
        names = installed.read_text(encoding="utf-8").split()
        print(f"{len(names)} packages: {', '.join(names)}", flush=True)
        command = [str(auditing), "-m", "pip_audit", *STRICTLY, "--requirement", str(installed)]
        if asked.advisories:
            listed = said(auditing, "-m", "tools.audit.advisories", str(asked.advisories), *names)
            server = served(json.loads(listed))
            Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}/v1/query"
            command += ["--vulnerability-service", "osv", "--osv-url", address]
        return subprocess.run(command, check=False).returncode  # noqa: S603 (the environment that was just made)


def made(place: Path, *wanted: str) -> Path:
    """The Python of a new environment with what is wanted in it."""
    venv.create(place, with_pip=True)
    python = place / BIN / "python"
    said(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted)
    return python


def said(python: Path, *words: str) -> str:
    """What a run of it prints; a failure ends all."""
    done = subprocess.run([str(python), *words], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(f"{' '.join(words)}\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main())
