"""Commands with their real output, on a terminal of 80 columns."""

from __future__ import annotations

import io
import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple
from unittest.mock import patch

from tools.pages.markdown import fence

ROOT: Final = Path(__file__).parents[2]
ENVIRONMENT: Final = {
    "COLUMNS": "80",
    "LINES": "50",
    "NO_COLOR": "1",
    "TERM": "dumb",
    "EMVOTE_NO_CACHE": "1",
    "EMVOTE_CONFIG": "",
}
WITHOUT: Final = ("EMVOTE_DATA", "FORCE_COLOR")
CUT: Final = "[…]"
"""In place of the lines that a page leaves out."""


class Ran(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


def answer(line: str, *, terminal: bool = True, folder: Path = ROOT) -> Ran:
    """Run a line that starts with `emvote`, in this process."""
    from emvote.cli import streams
    from emvote.cli.main import run as emvote

    program, *arguments = shlex.split(line)
    if program != "emvote":
        raise ValueError(f"only emvote is run here, not {program!r}")
    out, err, before = io.StringIO(), io.StringIO(), Path.cwd()
    environment = {key: value for key, value in os.environ.items() if key not in WITHOUT} | ENVIRONMENT
    os.chdir(folder)
    try:
        with (
            patch.dict(os.environ, environment, clear=True),
            patch.object(streams, "is_terminal", lambda: terminal),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = int(emvote(arguments))
    finally:
        os.chdir(before)
    return Ran(code, out.getvalue(), err.getvalue())


def run(line: str, *, until: str | None = None, code: int = 0, files: Mapping[str, str] | None = None) -> None:
    """Print a command and its output, run from the root of the project.

    Args:
        line: as a reader would type it.
        until: the first line that starts with this, and all below it, are left out; where there is none, nothing is.
        code: the exit code that it must end with; another one stops the page from being made.
        files: run in a folder that has these files, names to text, and is gone afterwards.
    """
    if files is None:
        ran = answer(line)
    else:
        with TemporaryDirectory() as folder:
            for name, content in files.items():
                (Path(folder) / name).write_text(content, encoding="utf-8")
            ran = answer(line, folder=Path(folder))
    _expect(ran, line, code)
    written = (ran.out + ran.err).rstrip("\n")
    if until is not None:
        written = _cut(written, until)
    print(fence(f"$ {line}\n{written}", "console"))


def working(line: str, *titles: str) -> None:
    """Print a command and the workings whose titles start as given."""
    blocks = _expect(answer(line), line, 0).out.rstrip("\n").split("\n\n")
    shown = [block for title in titles for block in blocks if block.startswith(f"How {title}")]
    if len(shown) < len(titles):
        raise ValueError(f"{line}: not every one of these is explained: {titles}")
    print(fence("\n".join([f"$ {line}", CUT, "\n\n".join(shown)]), "console"))


def pipe(line: str, program: str, stand_in: Callable[[Any], str]) -> None:
    """Print a command piped into jq, with the output.

    Where there is no jq the output is that of a stand-in: a function from the answer to text. Where there is one, the
    two must agree.
    """
    import json

    answered = _expect(answer(line, terminal=False), line, 0).out
    written = stand_in(json.loads(answered))
    jq = shutil.which("jq")
    if jq:
        arguments = shlex.split(program)[1:]
        command = [jq, *arguments]
        piped = subprocess.run(command, input=answered, capture_output=True, text=True, check=True).stdout  # noqa: S603 (our own pages)
        if piped.rstrip("\n") != written:
            raise ValueError(f"{line} | {program}: jq prints\n{piped}\nand not\n{written}")
    print(fence(f"$ {line} | {program}\n{written}", "console"))


def _expect(ran: Ran, line: str, code: int) -> Ran:
    if ran.code != code:
        raise ValueError(f"{line}: exit code {ran.code}, expected {code}: {ran.err}")
    return ran


def _cut(written: str, until: str) -> str:
    lines = written.splitlines()
    end = next((i for i, each in enumerate(lines) if each.startswith(until)), None)
    return written if end is None else "\n".join(lines[:end]).rstrip() + f"\n{CUT}"


def library(program: str) -> None:
    """Print a Python program and what it prints."""
    out = io.StringIO()
    with redirect_stdout(out):
        exec(compile(program, "README.md", "exec"), {})  # noqa: S102 (our own pages)
    print(fence(program.strip("\n"), "python"))
    print("\n" + fence(out.getvalue()))
