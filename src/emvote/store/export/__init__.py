"""A dataset in other tools' formats: SQLite, CSV with a data package, Parquet. One schema: `emvote.relations`.

Everything is written beside its target first and moved there whole, so that a failure leaves nothing half-written.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, assert_never

from emvote.dataset import Dataset
from emvote.errors import OutputProblem


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
    if path.exists() and not force:
        raise OutputProblem(f"'{path}' is there already: choose another name, or replace it with --force")
    write = _writer(target)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        written = write(dataset, part)
        _replace(part, path)
    except OSError as error:
        raise OutputProblem(f"cannot write to '{path}': {(error.strerror or str(error)).lower()}") from error
    finally:
        _remove(part)
    if target is Target.SQLITE:
        from emvote.store.export.sqlite import write_metadata

        write_metadata(dataset, path)
    return written


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


def _replace(part: Path, path: Path) -> None:
    """Move what was written to its place; an older folder goes aside first, and comes back if that fails."""
    if not path.is_dir():
        part.replace(path)
        return
    aside = path.with_name(f".{path.name}.{os.getpid()}.old")
    path.replace(aside)
    try:
        part.replace(path)
    except OSError:
        aside.replace(path)
        raise
    _remove(aside)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
