"""Files written whole or not at all: what a failure, a full disk or a killed process leaves is the old file.

What is written is first written beside its target, under a name that nobody can know before (`.NAME.….part`), and then
takes its place in one step of the file system. A process that is killed leaves such a file behind at most; it is never
read and can be deleted. A link that stands where a file is to be written is followed, as by the shell's `>`: the file
that it leads to is replaced, and the link stays.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PART: Final = ".part"
TRIES: Final = 100
"""Names that are tried; each is taken by chance once in 2^48."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, with the permissions of the one that it replaces or those that the umask leaves.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    target = path.resolve()
    put_beside(target, target, content)


def put_beside(target: Path, place: Path, content: bytes) -> None:
    """Write what is to take the place of a file, with the permissions of that, under its name or another beside it.

    Args:
        target: the file that it is to replace; no link.
        place: where it is put now, in the same folder. A link there is replaced.
        content: all of it.

    Raises:
        OSError: it cannot be written, or the target may not be.
    """
    if target.exists():
        target.open("ab").close()  # replacing asks only the folder for leave; ask the file too
    part, descriptor = _new(target)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            _settle(file.fileno())
        if target.exists():
            shutil.copymode(target, part)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)


def _new(target: Path) -> tuple[Path, int]:
    """A new file beside the target; never one that is there, or that a link leads to."""
    for _ in range(TRIES):
        part = _beside(target)
        try:
            return part, os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        except FileExistsError:
            continue
    raise FileExistsError(17, "no free name for a file beside it")


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name[:100]}.{os.urandom(6).hex()}{PART}")


def _settle(descriptor: int) -> None:
    """Have the content on the disk before the name: else a power cut could leave an empty file in place of the old."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise


_NO_SYNC: Final = frozenset({22, 95})
"""EINVAL and ENOTSUP: a file system that has no such thing."""


@contextmanager
def folder_beside(path: Path) -> Iterator[Path]:
    """A new folder beside the target that nobody else may enter, gone at the end with all that is left in it.

    Raises:
        OSError: there can be none.
    """
    for _ in range(TRIES):
        part = _beside(path)
        try:
            part.mkdir(mode=0o700)
        except FileExistsError:
            continue
        break
    else:
        raise FileExistsError(17, "no free name for a folder beside it")
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def exchange(new: Path, old: Path) -> None:
    """Put a folder in the place of another, which goes where the first was.

    In one step where the system has one (Linux), so that there is a whole folder at that place at any time; else in
    three.

    Raises:
        OSError: it cannot be done; both are as they were.
    """
    if _exchanged_at_once(new, old):
        return
    aside = new.with_name(f"{new.name}.old")
    old.replace(aside)
    try:
        new.replace(old)
    except OSError:
        aside.replace(old)
        raise
    aside.replace(new)


def _exchanged_at_once(new: Path, old: Path) -> bool:
    import ctypes

    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    here, exchanging = -100, 2
    return bool(rename(here, os.fsencode(new), here, os.fsencode(old), exchanging) == 0)
