"""Hold the answers of two builds against each other, byte for byte.

    python -m tools.same_answers OLD NEW [--lines 3000] [--show 5] [--data FOLDER] [--seed 1] [--only PATTERN]

OLD and NEW are the Pythons of two environments, each with a build of emvote; NEW unsaid is this one. Standard output,
standard error, exit code and files of each command line are compared. Exit code 1 where any differs.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tools.same_answers.lines import ROOT, documented, random_lines

ASK = Path(__file__).with_name("ask.py")
WIDEST = 300
"""Characters that are shown of a line that differs."""


def main() -> int:
    """Compare; 1 where an answer differs."""
    given = _arguments()
    with TemporaryDirectory() as folder:
        inputs = _inputs(Path(folder) / "inputs", given.data)
        every = dict.fromkeys((*documented(), *random_lines(given.lines, inputs, given.seed)))
        lines = [line for line in every if re.search(given.only, line)]
        with ThreadPoolExecutor(2) as both:
            old, new = both.map(lambda python: _answers(python, lines, inputs), (given.old, given.new))
    differing = [answers for answers in zip(lines, old, new, strict=True) if answers[1] != answers[2]]
    for line, before, after in differing[: given.show]:
        _show(line, before, after)
    for line, *_ in differing[given.show :]:
        print(f"differs: {line}")
    codes = [answer["code"] for answer in new]
    told = ", ".join(f"{codes.count(code)} ended with {code}" for code in sorted({*codes}))
    print(f"{len(lines)} command lines ({told}): {len(differing)} differ")
    return 1 if differing else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old")
    parser.add_argument("new", nargs="?", default=sys.executable)
    parser.add_argument("--lines", type=int, default=3000)
    parser.add_argument("--show", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="ask only the lines in which this regular expression is found")
    parser.add_argument("--data", type=Path, help="a folder of further datasets to ask")
    return parser.parse_args()


def _inputs(folder: Path, more: Path | None) -> Path:
    """A folder of the small datasets that the lines name."""
    shutil.copytree(ROOT / "tests" / "data" / "valid", folder)
    for path in (*(ROOT / "docs").glob("*.toml"), *(more.glob("*.toml") if more else ())):
        shutil.copy(path, folder)
    return folder


def _answers(python: str, lines: list[str], inputs: Path) -> list[dict[str, Any]]:
    environment = {key: value for key, value in os.environ.items() if key not in {"FORCE_COLOR", "PYTHONPATH"}}
    asked = subprocess.run(  # noqa: S603 (the Python that was named)
        [python, "-P", str(ASK), str(inputs)],
        input=json.dumps(lines),
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    answers: list[dict[str, Any]] = json.loads(asked.stdout)
    return answers


def _show(line: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    print(f"$ {line}")
    for part in ("code", "out", "err", "files"):
        was, is_now = (str(answer[part]).splitlines() for answer in (before, after))
        for told in difflib.unified_diff(was, is_now, f"old {part}", f"new {part}", lineterm="", n=1):
            print(told[:WIDEST])


if __name__ == "__main__":
    raise SystemExit(main())
