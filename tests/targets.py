"""Functions that put one hostile input to emvote, by the kind of the input.

Each takes any bytes, and raises where emvote ends with a traceback or with a message that names no place.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from unittest import mock

from emvote.cli import complete
from emvote.cli.exit_codes import ExitCode
from emvote.cli.main import run
from emvote.dataset import Dataset
from emvote.errors import BadData, EmvoteError
from emvote.queries.paths import BadPath, Shape, take
from emvote.store import open_dataset, snapshot
from emvote.store.export import Target, export
from emvote.store.importers import files
from emvote.store.importers.merge import without_results

SMALL: Final = Path(__file__).parent / "data" / "small.toml"
QUESTIONS: Final = (
    ("results",),
    ("seats",),
    ("councils", "--all"),
    ("parties",),
    ("elections",),
    ("compare", "2015", "2017"),
    ("wards", "Aldermere"),
    ("seat", "Aldermere", "--explain"),
    ("council", "Aldermere"),
    ("councils", "--baseline", "last-election", "--explain"),
    ("swing", "--from", "2015", "--to", "2017"),
    ("targets", "red", "--election", "2017"),
    ("project", "--swing", "red:blu:5", "--baseline", "2017"),
    ("bellwethers",),
    ("candidate", "Ada Birch"),
    ("map", "2017", "--by", "change"),
    ("check",),
)
"""Command lines for every dataset that is accepted."""
WRITING: Final = frozenset({"export", "import", "report", "cache", "completion", "browse", "mcp"})
BETWEEN_FILES: Final = b"\n===\n"
"""Separates the files of one import."""
KEEPING_NOTHING: Final = mock.patch.dict(os.environ, {"EMVOTE_NO_CACHE": "1"})
"""While it holds, no snapshot of an input is kept or read."""
PLACELESS: Final = frozenset({"exists", "readable", "import"})
"""Rules on a whole file, whose problems name no place in it."""


class Bug(Exception):
    """A traceback, or a problem without a place."""


@cache
def folder() -> Path:
    """Folder for inputs, removed when the process ends."""
    import atexit

    made = Path(tempfile.mkdtemp(prefix="emvote-fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))  # noqa: S108
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def put(name: str, content: bytes) -> Path:
    """Write a file, and return its path."""
    path = folder() / name
    path.write_bytes(content)
    return path


def ask(*words: str) -> int:
    """Run a command line, and return its exit code.

    Raises:
        Bug: it ends with a traceback.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with KEEPING_NOTHING, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = int(run(list(words)))
    if code == ExitCode.BUG:
        err.flush()
        raise Bug(err.buffer.getvalue().decode(errors="replace"))
    return code


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Hold every problem to naming its place and what was expected.

    Raises:
        Bug: one does not.
    """
    try:
        yield
    except BadData as error:
        for problem in error.problems:
            last = problem.expected.startswith("there are more problems")
            if not problem.expected or not (
                problem.place or problem.rule in PLACELESS or last or "TOML" in str(problem)
            ):
                raise Bug(f"no place: {problem!r}") from error
    except EmvoteError:
        pass


def _answers(*options: str) -> None:
    for question in QUESTIONS:
        ask(*question, *options)


def toml(content: bytes) -> None:
    """A dataset."""
    path = put("dataset.toml", content)
    with told():
        open_dataset(str(path), wards=True)
        _answers("--data", str(path), "--json")


def overlay(content: bytes) -> None:
    """A file laid over a dataset."""
    path = put("overlay.toml", content)
    with told():
        open_dataset(str(SMALL), overlay=str(path))
        _answers("--data", str(SMALL), "--overlay", str(path))


@cache
def _known() -> Dataset:
    return Dataset(without_results(open_dataset().record))


def published(content: bytes) -> None:
    """Files of results as publishers write them."""
    names = [str(put(f"file{i}.csv", each)) for i, each in enumerate(content.split(BETWEEN_FILES)[:3])]
    kept, files._base = files._base, lambda *_: _known()  # noqa: SLF001 (read once)
    try:
        for election in (None, "local.2027-05-06", "2019"):
            with told():
                files.run(files.Order(tuple(names), files.Target(new="made.toml", dry_run=True), election=election))
    finally:
        files._base = kept  # noqa: SLF001


def claims(content: bytes) -> None:
    """A claims file."""
    ask("claims", str(put("claims.toml", content)), "--data", str(SMALL))


@cache
def _answer() -> tuple[Mapping[str, Any], Shape]:
    row = {"seat": "Ayton", "votes": 12, "share_pct": 0.5, "swing": {"red": None, "blu": 2}, "flags": ["a", "b"]}
    fields = Shape(
        fields={
            "seat": Shape("text"),
            "votes": Shape("count"),
            "share_pct": Shape("percentage"),
            "swing": Shape(each=Shape("count"), keys=("red", "blu")),
            "flags": Shape(each=Shape("text")),
        }
    )
    rows = [row, {**row, "seat": "Beeby", "votes": 3, "flags": []}]
    return {"rows": rows, "summary": row}, Shape(fields={"rows": Shape(each=fields), "summary": fields})


def path(content: bytes) -> None:
    """A JMESPath expression of a claim."""
    data, shape = _answer()
    with contextlib.suppress(BadPath):
        take(content.decode("utf-8", "replace"), data, shape)


@cache
def exported() -> Path:
    """Folder of an exported dataset."""
    where = folder() / "package"
    export(open_dataset(str(SMALL), wards=True), where, Target.CSV)
    return where


def package(content: bytes) -> None:
    """An exported folder, one file of it replaced: the first line is the file's name."""
    name, _, rest = content.partition(b"\n")
    file = next((each for each in exported().iterdir() if each.name == name.decode("ascii", "replace")), None)
    if file is None:
        return
    before = file.read_bytes()
    try:
        file.write_bytes(rest)
        with told():
            open_dataset(f"{exported()}/")
            _answers("--data", f"{exported()}/")
    finally:
        file.write_bytes(before)


def database(content: bytes) -> None:
    """An exported SQLite database."""
    with told():
        open_dataset(str(put("data.sqlite", content)))


def kept(content: bytes) -> None:
    """A snapshot in the cache folder."""
    try:
        opened = snapshot.Kept(content)
    except snapshot.Damaged:
        return
    repr(opened.record)


def completion(content: bytes) -> None:
    """What a shell asks on Tab: a word a line."""
    _quietly(lambda: complete.answer(content.decode("utf-8", "surrogateescape").split("\n")))


def _quietly(do: Callable[[], object]) -> None:
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
    with KEEPING_NOTHING, contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        do()


def command(content: bytes) -> None:
    """A command line: a word a line; those that write files are left out."""
    words = content.decode("utf-8", "surrogateescape").replace("\0", "").split("\n")
    writes = any(word.startswith(("-o", "--o")) for word in words) or bool(WRITING & set(words))
    if not writes:
        ask(*words, "--data", str(SMALL))


TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = {
    "toml": toml,
    "overlay": overlay,
    "published": published,
    "claims": claims,
    "path": path,
    "package": package,
    "database": database,
    "kept": kept,
    "completion": completion,
    "command": command,
}
