"""Files written whole or not at all: what a failure, a full disk or a killed process leaves is the old file.

What is written is first written beside its target, under a name that nobody can know before (`.NAME.….part`), and then
takes its place in one step of the file system. A process that is killed leaves such a file behind at most; it is never
read and can be deleted. A link that stands where a file is to be written is followed, as by the shell's `>`: the file
that it leads to is replaced, and the link stays.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EEXIST, EINVAL
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
    found(path)  # a loop of links is told here
    target = path.resolve()
    put_beside(target, target, content)


def found(path: Path) -> os.stat_result | None:
    """What is at a path, or at the end of a link; `None`: nothing.

    Raises:
        OSError: it cannot be looked at: a loop of links, a name too long, a folder that may not be entered.
    """
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def beginning(name: str) -> str:
    """As much of a file's name as leaves room for more: names have at most 255 bytes, and a character up to four."""
    return os.fsencode(name)[:100].decode(errors="ignore")


def as_before(new: Path, before: os.stat_result) -> None:
    """Give a file or folder the permissions, and where the system lets us the owner, of the one that it replaces."""
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(new, before.st_uid, before.st_gid)
    new.chmod(stat.S_IMODE(before.st_mode))


def put_beside(target: Path, place: Path, content: bytes) -> None:
    """Write what is to take the place of a file, with the permissions of that, under its name or another beside it.

    Args:
        target: the file that it is to replace; no link.
        place: where it is put now, in the same folder. A link there is replaced.
        content: all of it.

    Raises:
        OSError: it cannot be written, or the target may not be.
    """
    before = found(target)
    if before is not None:
        if not stat.S_ISREG(before.st_mode):
            raise OSError(EINVAL, "it is no file")
        target.open("ab").close()  # replacing asks only the folder for leave; ask the file too
    # nobody else may look into the new file before it has the permissions of the old one
    part, descriptor = _new(target, 0o666 if before is None else 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            _settle(file.fileno())
        if before is not None:
            as_before(part, before)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)


def _new(target: Path, mode: int) -> tuple[Path, int]:
    """A new file beside the target; never one that is there, or that a link leads to."""
    for _ in range(TRIES):
        part = _beside(target)
        try:
            return part, os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        except FileExistsError:
            continue
    raise FileExistsError(EEXIST, "no free name for a file beside it")


def _beside(target: Path) -> Path:
    return target.with_name(f".{beginning(target.name)}.{os.urandom(6).hex()}{PART}")


def _settle(descriptor: int) -> None:
    """Have the content on the disk before the name: else a power cut could leave an empty file in place of the old."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise


_NO_SYNC: Final = frozenset({EINVAL, 95})
"""EINVAL and ENOTSUP: a file system that has no such thing."""


@contextmanager
def folder_beside(path: Path) -> Iterator[Path]:
    """A new folder beside the target that nobody else may enter, gone at the end if nothing is left in it.

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
        raise FileExistsError(EEXIST, "no free name for a folder beside it")
    try:
        yield part
    finally:
        with suppress(OSError):
            part.rmdir()


def put(new: Path, place: Path) -> None:
    """Move a file or folder to a place where nothing stands.

    Raises:
        FileExistsError: something stands there.
        OSError: it cannot be done.
    """
    if _renamed(new, place, _NOTHING_THERE):
        return
    if os.path.lexists(place):
        raise FileExistsError(EEXIST, os.strerror(EEXIST))
    if new.is_file() and _linked(new, place):
        new.unlink()
    else:
        new.rename(place)


def _linked(new: Path, place: Path) -> bool:
    """Whether the file could be given its name in the one way that never replaces anything.

    Raises:
        FileExistsError: something has it.
    """
    try:
        place.hardlink_to(new)
    except FileExistsError:
        raise
    except OSError:
        return False
    return True


def exchange(new: Path, old: Path) -> None:
    """Put a file or folder in the place of another, which goes where the first was.

    In one step where the system has one (Linux), so that something whole is at that place at any time; else in three.

    Raises:
        OSError: it cannot be done; both are as they were.
    """
    if _renamed(new, old, _EXCHANGING):
        return
    aside = new.with_name(f"{beginning(new.name)}.old")
    old.rename(aside)
    try:
        new.rename(old)
    except OSError:
        aside.rename(old)
        raise
    aside.rename(new)


_NOTHING_THERE: Final = 1
_EXCHANGING: Final = 2


def _renamed(new: Path, old: Path, how: int) -> bool:
    """Whether the system could rename in that way.

    Raises:
        FileExistsError: it could, and something is there already.
    """
    import ctypes

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    here = -100
    if rename(here, os.fsencode(new), here, os.fsencode(old), how) == 0:
        return True
    if ctypes.get_errno() == EEXIST:
        raise FileExistsError(EEXIST, os.strerror(EEXIST))
    return False
