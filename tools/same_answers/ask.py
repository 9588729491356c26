"""Ask one build many command lines, each in a fork; write the answers.

Run by the Python in which that build is installed: `python ask.py FOLDER < lines.json > answers.json`. FOLDER holds the
files that the lines name. It needs nothing but emvote and the standard library.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import os
import pkgutil
import shlex
import shutil
import signal
import sys
import tempfile
from pathlib import Path

SECONDS = 60
"""A command that takes longer is stopped; its answer is the signal."""


def main() -> None:
    """Answer every line of standard input."""
    inputs = Path(sys.argv[1]).resolve()
    lines = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as home:
        os.environ.update({"HOME": home, "XDG_CACHE_HOME": home, "COLUMNS": "80", "LINES": "50", "TERM": "dumb"})
        os.environ.pop("EMVOTE_DATA", None)
        json.dump([_answer(line, inputs) for line in lines], sys.stdout)


def _answer(line: str, inputs: Path) -> dict[str, object]:
    """Exit code, both streams and every file that a command line left."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "here"
        shutil.copytree(inputs, folder)
        streams = [Path(parent) / name for name in ("out", "err")]
        process = os.fork()
        if not process:
            _run(line, folder, *streams)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        out, err = (stream.read_bytes().decode(errors="backslashreplace") for stream in streams)
        return {"code": code, "out": out, "err": err, "files": _left(folder, inputs)}


def _run(line: str, folder: Path, out: Path, err: Path) -> None:
    os.chdir(folder)
    for number, stream in ((1, out), (2, err)):
        os.dup2(os.open(stream, os.O_WRONLY | os.O_CREAT), number)
    # a word such as COLUMNS=60 before the command sets the environment, as in a shell
    words = shlex.split(line)
    while "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        os.environ[name] = value
    sys.argv = words
    sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 (it lives as long as the process)
    signal.alarm(SECONDS)
    from emvote.cli.entry import main as program

    try:
        program()
    except SystemExit as end:
        sys.stdout.flush()
        os._exit(end.code if isinstance(end.code, int) else 1)
    os._exit(0)


def _left(folder: Path, inputs: Path) -> dict[str, str]:
    """Every new file, with a digest of its content."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    names = ((path, path.relative_to(folder)) for path in files)
    return {str(name): _digest(path) for path, name in names if not (inputs / name).exists()}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _load() -> None:
    """Load all of emvote once, before the forks."""
    import emvote

    for module in pkgutil.walk_packages(emvote.__path__, "emvote."):
        if not module.name.endswith("__main__"):
            with contextlib.suppress(ImportError):  # of an extra
                importlib.import_module(module.name)
    for library in ("rich.table", "rich.console", "tabulate", "rtoml", "jinja2", "tomli_w", "sqlite3"):
        importlib.import_module(library)


if __name__ == "__main__":
    _load()
    main()
