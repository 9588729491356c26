"""A dataset's own file and those beside it, which are replaced together though no system can do so at once.

What emvote writes together begins with the same mark in every file. First the new files beside it are put next to the
old ones, under names that say to which dataset they belong and what they replace (`.NAME.MARK.OLD.next`); then the
dataset's file is replaced, which is the step that counts; then the others take their places. Whoever reads between
the last two, or after a process was killed there, finds by the mark of the dataset's file the ones that belong to it.
Files without marks are those of people, and belong together as they stand.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from emvote.store.snapshot import digest
from emvote.store.whole import beginning

MARK: Final = b"# Written by emvote together with its other file: "
"""How the first line of each begins; a digest of all follows."""
_DIGITS: Final = 16
_BYTES: Final = _DIGITS // 2
NEXT: Final = ".next"
NOTHING: Final = "none"
"""In place of a digest, where there was no file."""


class Apart(Exception):
    """The two files were not written together, and neither is the other half anywhere."""


def marked(*contents: bytes) -> tuple[bytes, ...]:
    """The contents of some files with the mark of all before each: the same for the same contents."""
    line = MARK + digest(contents, _BYTES).encode() + b"\n"
    return tuple(line + content for content in contents)


def mark_of(content: bytes) -> str:
    """The mark of a file, empty where it has none."""
    if not content.startswith(MARK):
        return ""
    found = content[len(MARK) : len(MARK) + _DIGITS]
    return found.decode("ascii", "replace") if found.isalnum() else ""


def next_to(companion: Path, mark: str, old: bytes | None) -> Path:
    """Where a file beside a marked dataset waits to take the place of an older one, or of none."""
    place = companion.resolve()
    replaced = NOTHING if old is None else digest((old,), _BYTES)
    return place.with_name(f".{beginning(place.name)}.{mark}.{replaced}{NEXT}")


def belonging(results: bytes, companion: Path, beside: bytes | None, read: Callable[[Path], bytes]) -> bytes | None:
    """The file beside a dataset's own that belongs to it: the one in its place, or one that still waits there.

    Args:
        results: the dataset's file.
        companion: the place of the other.
        beside: what is there; `None`: nothing.
        read: reads a file.

    Raises:
        Apart: what is there was written with another dataset. It may be that all was well a moment later.
    """
    mark = mark_of(results)
    if not mark or (beside is not None and mark_of(beside) == mark):
        return beside
    waiting = next_to(companion, mark, beside)
    if waiting.exists():
        return read(waiting)
    if beside is not None and mark_of(beside):
        raise Apart
    return beside


def write_together(files: Sequence[tuple[Path, bytes]], unchanged: Callable[[], bool] = lambda: True) -> bool:
    """Replace a dataset's file, and those beside it, so that a reader has the old of all or the new.

    Args:
        files: the dataset's file with its content, and then those beside it.
        unchanged: whether what the contents were made from is as it was: asked when no other emvote can write there.

    Returns:
        Whether it was unchanged, and so has been written.

    Raises:
        OSError: they cannot be written. What was there is as it was.
    """
    from emvote.store.whole import write_whole  # not with the module: who reads needs none of it

    (main, own), *others = files
    with alone(main):
        if not unchanged():
            return False
        if others:
            content, *contents = marked(own, *(beside for _, beside in others))
            _write_all(main, content, [(path, new) for (path, _), new in zip(others, contents, strict=True)])
        else:
            write_whole(main, own)
    return True


def _write_all(main: Path, own: bytes, others: Sequence[tuple[Path, bytes]]) -> None:
    from emvote.store.whole import put_beside, write_whole

    waiting: list[tuple[Path, Path]] = []
    try:
        for companion, beside in others:
            place = companion.resolve()
            old = place.read_bytes() if place.exists() else None
            waiting.append((place, next_to(companion, mark_of(own), old)))
            put_beside(*waiting[-1], beside)
        write_whole(main, own)
    except BaseException:
        for _, left in waiting:
            left.unlink(missing_ok=True)
        raise
    for place, new in waiting:
        new.replace(place)
        with suppress(OSError):
            for left in _waiting(place):
                left.unlink()


def _waiting(place: Path) -> Iterator[Path]:
    """What imports that were killed left next to a file beside a dataset's own."""
    start = f".{beginning(place.name)}."
    for each in place.parent.iterdir():
        middle = each.name.removeprefix(start).removesuffix(NEXT)
        if each.name == f"{start}{middle}{NEXT}" and middle.count(".") == 1:
            yield each


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Until the end, no other emvote that asks for the same writes such files in the folder of a file.

    A lock on the folder itself, which leaves no file and ends with the process; without one where the system has none.
    """
    try:
        import fcntl

        descriptor = os.open(path.resolve().parent, os.O_RDONLY)
    except (ImportError, OSError):  # no such thing on Windows; and a folder may be written to and not read
        yield
        return
    try:
        with suppress(OSError):  # a file system that cannot
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
