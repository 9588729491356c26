"""What emvote has exported, told by a marker in it: nothing else is ever replaced.

A folder has a list of its files: the data package of CSV files, or `_emvote.json` beside Parquet files. A database has
a number in its head, and the metadata beside it say who wrote them. What holds nothing may be replaced as well.
"""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from errno import ENOENT
from pathlib import Path
from typing import Any, Final

from emvote.errors import BadData
from emvote.relations import RELATIONS
from emvote.store.files import read_bytes
from emvote.store.package import DESCRIPTION, SQLITE
from emvote.version import __version__

MANIFEST: Final = "_emvote.json"
"""List of the files of a folder that has no data package; readers of Parquet pass over names that begin so."""
APPLICATION: Final = 0x656D766F
"""`emvo`: the number by which SQLite tells whose a database is."""
_APPLICATION_AT: Final = 68
ABOUT: Final = "Exported by emvote"
"""How the metadata beside a database begin to say who wrote them."""
LEFT_BESIDE: Final = ("-wal", "-journal", "-shm")
"""What SQLite leaves beside a database that is in use, or was when its program was killed."""
PATIENCE: Final = 10.0
"""Seconds for which a database that another program uses is waited for."""


class Foreign(Exception):
    """Something is there that emvote did not write; its text says what and where."""


def said() -> str:
    """Who writes an export, for the metadata beside a database."""
    return f"{ABOUT} {__version__}"


def manifest(folder: Path) -> bytes:
    """The list of the files of a folder that has just been written."""
    files = sorted(name for name, _ in _below(folder))
    return f"{json.dumps({'emvote': __version__, 'files': [MANIFEST, *files]}, indent=2)}\n".encode()


def require_folder(folder: Path, shown: str) -> frozenset[str]:
    """The files of an exported folder, by their names below it; none where it is empty.

    Raises:
        Foreign: it holds something else, or is no folder.
    """
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise Foreign(f"'{shown}' is no folder, and is not replaced by one: choose another name")
    listed = _listed(folder)
    for name, kind in _below(folder):
        if name not in listed or not stat.S_ISREG(kind):
            raise Foreign(f"'{shown}' holds '{name}', which is no part of an export: choose another folder")
    return listed


def _listed(folder: Path) -> frozenset[str]:
    """The files that the marker of a folder names."""
    package = _object(folder / DESCRIPTION)
    if isinstance(package.get("emvote"), dict):
        resources = [each for each in _list(package.get("resources")) if isinstance(each, dict)]
        return frozenset({DESCRIPTION, *(str(each.get("path")) for each in resources)})
    return frozenset(map(str, _list(_object(folder / MANIFEST).get("files"))))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _object(file: Path) -> dict[str, Any]:
    """What a file holds as JSON; nothing where it is no plain file, or no such thing."""
    with suppress(OSError, BadData, ValueError, RecursionError):
        if stat.S_ISREG(file.lstat().st_mode):
            read = json.loads(read_bytes(file, file.name))
            return read if isinstance(read, dict) else {}
    return {}


def _below(folder: Path) -> Iterator[tuple[str, int]]:
    """Everything in a folder and what it is: a folder only where it holds nothing."""
    for name, folders, files in os.walk(folder):
        here = Path(name)
        links = [each for each in folders if (here / each).is_symlink()]
        if here != folder and not folders and not files:
            yield here.relative_to(folder).as_posix(), stat.S_IFDIR
        for each in sorted([*files, *links]):
            yield (here / each).relative_to(folder).as_posix(), (here / each).lstat().st_mode


def remove_folder(folder: Path, files: frozenset[str]) -> None:
    """Remove the files of an export with the folders that are then empty; anything else stays."""
    for name in files:
        with suppress(OSError):
            (folder / name).unlink()
    for name, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):
            Path(name).rmdir()


def require_metadata(file: Path, shown: str) -> None:
    """Stop at a file that is no metadata of ours.

    Raises:
        Foreign: it is not.
    """
    about = file.lstat()
    ours = str(_object(file).get("about", "")).startswith(ABOUT)
    if not (stat.S_ISREG(about.st_mode) and (ours or not about.st_size)):
        raise Foreign(f"'{shown}' was not written by emvote: choose another name")


def require_database(file: Path, shown: str) -> None:
    """Stop at a file that is no database of ours, without opening it as one.

    Raises:
        Foreign: it is not.
        OSError: it cannot be read.
    """
    about = file.lstat()
    if not stat.S_ISREG(about.st_mode):
        raise Foreign(f"'{shown}' is no file, and is not replaced by one: choose another name")
    if not about.st_size:
        return
    with file.open("rb") as opened:
        head = opened.read(_APPLICATION_AT + 4)
    if not (head.startswith(SQLITE) and head[_APPLICATION_AT:] == APPLICATION.to_bytes(4, "big")):
        raise Foreign(f"'{shown}' is no database that emvote exported: choose another name")


@contextmanager
def held(file: Path, shown: str, views: frozenset[str]) -> Iterator[None]:
    """Keep other programs out of a database of ours, with what SQLite left beside it taken into it.

    Raises:
        Foreign: it holds something else, or another program uses it.
        FileNotFoundError: it has gone meanwhile, or another stands in its place.
        OSError: it cannot be opened.
    """
    require_database(file, shown)
    before = file.stat()
    if not before.st_size:
        yield
        return
    try:
        where = f"{file.as_uri()}?mode=rw"
        with closing(sqlite3.connect(where, uri=True, timeout=PATIENCE, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode = DELETE")
            database.execute("BEGIN EXCLUSIVE")
            _require_tables(database, shown, views)
            if not os.path.samestat(before, file.stat()):
                raise FileNotFoundError(ENOENT, os.strerror(ENOENT))
            yield
    except sqlite3.OperationalError as error:
        file.stat()
        if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise Foreign(f"'{shown}' is used by another program: close that first") from None
        raise OSError(str(error)) from error


def _require_tables(database: sqlite3.Connection, shown: str, views: frozenset[str]) -> None:
    ours = {"dataset", *(relation.name for relation in RELATIONS), *views}
    query = (
        "SELECT name FROM sqlite_master WHERE type <> 'index' AND name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY name"
    )
    for (name,) in database.execute(query):
        if name not in ours:
            raise Foreign(f"'{shown}' holds '{name}', which is no part of an export: choose another name")


def require_none_beside(file: Path, shown: str) -> None:
    """Stop where SQLite would take for the new database what it left beside an older one.

    Raises:
        Foreign: something is there.
    """
    for ending in LEFT_BESIDE:
        beside = file.with_name(f"{file.name}{ending}")
        if os.path.lexists(beside):
            raise Foreign(f"'{shown}' has '{beside.name}' beside it, and SQLite would read both: remove that first")
