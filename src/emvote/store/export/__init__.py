"""A dataset in other tools' formats: SQLite, CSV with a data package, Parquet. One schema: `emvote.relations`.

Everything is written beside its target first and moved there whole, so that a failure leaves nothing half-written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, assert_never

from emvote.dataset import Dataset
from emvote.errors import OutputProblem
from emvote.relations import RELATIONS
from emvote.store.whole import exchange, folder_beside, write_whole


class Target(StrEnum):
    """A format to export to."""

    SQLITE = "sqlite"
    """One database file, and its metadata for Datasette beside it."""
    CSV = "csv"
    """A folder of CSV files with a Frictionless `datapackage.json`."""
    PARQUET = "parquet"
    """A folder of Parquet files, results divided by kind and year of the election."""


class Written(NamedTuple):
    """One relation as written."""

    relation: str
    rows: int
    file: str
    """Its file or folder, relative to what was exported; of a database, the table."""


def target_of(path: Path) -> Target:
    """The format that a name asks for: a database by its ending, else a folder of CSV files."""
    return Target.SQLITE if path.suffix.lower() in {".sqlite", ".sqlite3", ".db"} else Target.CSV


def export(dataset: Dataset, path: Path, target: Target, *, force: bool = False) -> tuple[Written, ...]:
    """Write a whole dataset.

    Args:
        dataset: what to write.
        path: file or folder to write to.
        target: format.
        force: whether what is there may be replaced.

    Raises:
        OutputProblem: something is there, or it cannot be written.
    """
    taken = OutputProblem(f"'{path}' is there already: choose another name, or replace it with --force")
    if path.exists() and not force:
        raise taken
    if path.exists():
        _require_replaceable(path, target)
    write = _writer(target)
    try:
        # a link is followed: what it leads to is replaced, and it stays; fails in a working folder that has gone
        place = path.resolve()
        with folder_beside(place) as part:
            written = write(dataset, part / place.name)
            _replace(part / place.name, place, force=force)
        if target is Target.SQLITE:
            from emvote.store.export.sqlite import metadata

            write_whole(place.with_suffix(".metadata.json"), metadata(dataset, place.stem))
    except FileExistsError:  # since it was asked whether there is something
        raise taken from None
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputProblem(f"cannot write to '{path}': {reason.lower()}") from error
    return written


def _require_replaceable(path: Path, target: Target) -> None:
    """`--force` replaces a file by a file, and a folder that holds nothing or an export; never anything else.

    Raises:
        OutputProblem: it is something else.
    """
    if target is Target.SQLITE:
        if not path.is_file():
            raise OutputProblem(f"'{path}' is no file, and is not replaced by one: choose another name")
        return
    if not path.is_dir():
        raise OutputProblem(f"'{path}' is no folder, and is not replaced by one: choose another name")
    ours = {"datapackage.json", *(f"{each.name}{ending}" for each in RELATIONS for ending in ("", ".csv"))}
    others = sorted(each.name for each in path.iterdir() if each.name not in ours)
    if others:
        raise OutputProblem(f"'{path}' holds '{others[0]}', which is no part of an export: choose another folder")


def _writer(target: Target) -> Callable[[Dataset, Path], tuple[Written, ...]]:
    match target:
        case Target.SQLITE:
            from emvote.store.export.sqlite import write
        case Target.CSV:
            from emvote.store.export.csv_package import write
        case Target.PARQUET:
            from emvote.store.export.parquet import write
        case _:
            assert_never(target)
    return write


def _replace(part: Path, path: Path, *, force: bool) -> None:
    """Move what was written to its place; an older folder goes where that was.

    Raises:
        FileExistsError: another process has put something there, which is not to be replaced.
        OSError: it cannot be done.
    """
    if path.is_dir() and force:
        exchange(part, path)
    elif part.is_dir():
        try:
            part.replace(path)
        except OSError:
            if not path.is_dir():
                raise
            if not force:
                raise FileExistsError from None
            exchange(part, path)
    elif force or not _linked(part, path):
        if path.exists():
            part.chmod(path.stat().st_mode & 0o777)
        part.replace(path)


def _linked(part: Path, path: Path) -> bool:
    """Give a file its name where nothing has it; whether this file system can do that in one step.

    Raises:
        FileExistsError: something has it.
    """
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        return False
    return True
