"""A dataset in other tools' formats: SQLite, CSV with a data package, Parquet. One schema: `emvote.relations`.

Everything is written beside its target first and moved there whole, so that a failure leaves nothing half-written.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple, assert_never

from emvote.dataset import Dataset
from emvote.errors import OutputProblem
from emvote.store.export.written import Written
from emvote.store.whole import TRIES, as_before, exchange, folder_beside, found, put

METADATA: Final = ".metadata.json"
"""Ending of the metadata for Datasette beside a database."""


class Target(StrEnum):
    """A format to export to."""

    SQLITE = "sqlite"
    """One database file, and its metadata for Datasette beside it."""
    CSV = "csv"
    """A folder of CSV files with a Frictionless `datapackage.json`."""
    PARQUET = "parquet"
    """A folder of Parquet files, results divided by kind and year of the election."""


def target_of(path: Path) -> Target:
    """The format that a name asks for: a database by its ending, else a folder of CSV files."""
    return Target.SQLITE if path.suffix.lower() in {".sqlite", ".sqlite3", ".db"} else Target.CSV


class _Kind(StrEnum):
    """What stands at a place of an export."""

    FOLDER = "folder"
    DATABASE = "database"
    METADATA = "metadata"


class _Place(NamedTuple):
    """Where something of an export goes."""

    path: Path
    """No link."""
    shown: str
    """What messages call it."""
    kind: _Kind


def export(dataset: Dataset, path: Path, target: Target, *, force: bool = False) -> tuple[Written, ...]:
    """Write a whole dataset.

    Args:
        dataset: what to write.
        path: file or folder to write to.
        target: format.
        force: whether an export that is there may be replaced; nothing else ever is.

    Raises:
        OutputProblem: something is there, or it cannot be written.
    """
    from emvote.store.export.ours import Foreign

    try:
        found(path)  # a loop of links is told here
        # a link is followed: what it leads to is replaced, and it stays; fails in a working folder that has gone
        places = _places(path, path.resolve(), target)
        for place in places:
            _require_free(place, force=force)
        with folder_beside(places[-1].path) as part:
            return _written(dataset, part, places, target, force=force)
    except Foreign as error:
        raise OutputProblem(str(error)) from None
    except (OSError, RuntimeError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputProblem(f"cannot write to '{path}': {reason.lower()}") from error


def _places(path: Path, place: Path, target: Target) -> tuple[_Place, ...]:
    """Everything that is to be written; what counts comes last."""
    if target is not Target.SQLITE:
        return (_Place(place, str(path), _Kind.FOLDER),)
    beside = place.with_suffix(METADATA)
    shown = str(path.with_name(beside.name))
    return _Place(beside, shown, _Kind.METADATA), _Place(place, str(path), _Kind.DATABASE)


def _require_free(place: _Place, *, force: bool) -> None:
    """Stop before anything is written where it is known that it cannot stay.

    Raises:
        OutputProblem: something is there that is not to be replaced.
        Foreign: emvote did not write it.
    """
    from emvote.store.export.ours import require_none_beside

    if os.path.lexists(place.path):
        if not force:
            raise _taken(place)
        if place.path.is_dir() and Path.cwd().is_relative_to(place.path):
            raise OutputProblem(f"'{place.shown}' is the folder that you are in, which is not replaced: name another")
        with _held(place):
            pass
    if place.kind is _Kind.DATABASE:
        require_none_beside(place.path, place.shown)


def _taken(place: _Place) -> OutputProblem:
    return OutputProblem(f"'{place.shown}' is there already: choose another name, or replace it with --force")


@contextmanager
def _held(place: _Place) -> Iterator[None]:
    """Keep what stands at a place, which emvote wrote.

    Raises:
        Foreign: emvote did not write it.
    """
    from emvote.store.export import ours

    match place.kind:
        case _Kind.FOLDER:
            ours.require_folder(place.path, place.shown)
        case _Kind.METADATA:
            ours.require_metadata(place.path, place.shown)
        case _Kind.DATABASE:
            from emvote.store.export.sqlite import VIEWS

            with ours.held(place.path, place.shown, frozenset(VIEWS)):
                yield
            return
        case _:
            assert_never(place.kind)
    yield


def _written(
    dataset: Dataset, part: Path, places: Sequence[_Place], target: Target, *, force: bool
) -> tuple[Written, ...]:
    """Write everything beside its place, and put all of it there or nothing."""
    new = [part / place.path.name for place in places]
    try:
        written = _writer(target)(dataset, new[-1])
        if target is Target.SQLITE:
            from emvote.store.export.sqlite import metadata

            new[0].write_bytes(metadata(dataset, places[-1].path.stem))
        if target is Target.PARQUET:
            from emvote.store.export.ours import MANIFEST, manifest

            (new[-1] / MANIFEST).write_bytes(manifest(new[-1]))
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    own = {_identity(file) for file in new}
    try:
        with ExitStack() as undo:
            for file, place in zip(new, places, strict=True):
                _put_in_place(file, place, force=force)
                undo.callback(_take_back, file, place.path)
            undo.pop_all()
    finally:
        for file, place in zip(new, places, strict=True):
            _remove(file, place, own)
    return written


def _identity(path: Path) -> tuple[int, int]:
    about = path.lstat()
    return about.st_dev, about.st_ino


def _put_in_place(new: Path, place: _Place, *, force: bool) -> None:
    """Move what was written to its place, or exchange it for the export that is there.

    Raises:
        OutputProblem: something is there, and is not to be replaced.
        Foreign: emvote did not write it.
        OSError: it cannot be done.
    """
    for _ in range(TRIES):
        try:
            if not os.path.lexists(place.path):
                return put(new, place.path)
            if not force:
                raise _taken(place)
            return _exchange(new, place)
        except FileExistsError:  # another process has put something there
            if not force:
                raise _taken(place) from None
        except FileNotFoundError:  # or has taken it away
            continue
    raise OSError("it was replaced each time")


def _exchange(new: Path, place: _Place) -> None:
    """Exchange an export for an older one, and look once more at what has been taken away."""
    from emvote.store.export.ours import require_none_beside

    with _held(place):
        _keep_permissions(new, place.path)
        if place.kind is _Kind.DATABASE:
            require_none_beside(place.path, place.shown)
        exchange(new, place.path)
        try:
            _require_ours(new, place)
        except BaseException:
            exchange(new, place.path)
            raise


def _require_ours(old: Path, place: _Place) -> None:
    """Look at what has been taken away; a database has been looked at, and is held."""
    from emvote.store.export import ours

    if place.kind is _Kind.FOLDER:
        ours.require_folder(old, place.shown)
    elif place.kind is _Kind.METADATA:
        ours.require_metadata(old, place.shown)
    else:
        ours.require_database(old, place.shown)


def _keep_permissions(new: Path, old: Path) -> None:
    """Give each file and folder the permissions of the one that it replaces."""
    for folder, _, files in os.walk(new):
        for each in (Path(folder), *(Path(folder, name) for name in files)):
            before = old / each.relative_to(new)
            if os.path.lexists(before):
                as_before(each, before.lstat())
    if new.is_file():
        as_before(new, old.lstat())


def _take_back(new: Path, place: Path) -> None:
    """Undo what was put in place, where something else could not be."""
    if os.path.lexists(new):
        exchange(new, place)
    else:
        place.rename(new)


def _remove(left: Path, place: _Place, own: set[tuple[int, int]]) -> None:
    """Remove what was not put in place, or the export that was taken away; nothing that came to it since.

    Raises:
        OutputProblem: something did.
    """
    from emvote.store.export.ours import Foreign, remove_folder, require_folder

    if not os.path.lexists(left):
        return
    try:
        if place.kind is not _Kind.FOLDER:
            _require_ours(left, place)
            left.unlink()
        elif _identity(left) in own:
            shutil.rmtree(left)
        else:
            remove_folder(left, require_folder(left, place.shown))
    except Foreign:
        pass
    if os.path.lexists(left):
        raise OutputProblem(f"what came to '{place.shown}' while it was replaced is in '{left}'")


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
