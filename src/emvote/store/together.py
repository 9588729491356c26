"""A dataset's own file and the ward results beside it, which are replaced together though no system can do so at once.

What emvote writes as a pair begins with the same mark in both files. First the new ward results are put beside the old
ones, under a name that says to which dataset they belong and what they replace (`.NAME.MARK.OLD.next`); then the
dataset's file is replaced, which is the step that counts; then the ward results take their place. Whoever reads between
the last two, or after a process was killed there, finds by the mark of the dataset's file the ward results that belong
to it. Files without marks are those of people, and belong together as they stand.
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
"""How the first line of both begins; a digest of both follows."""
_DIGITS: Final = 16
_BYTES: Final = _DIGITS // 2
NEXT: Final = ".next"
NOTHING: Final = "none"
"""In place of a digest, where there was no file."""


class Apart(Exception):
    """The two files were not written together, and neither is the other half anywhere."""


def marked(results: bytes, wards: bytes) -> tuple[bytes, bytes]:
    """The contents of the two files with the mark of the pair before them: the same for the same contents."""
    line = MARK + digest((results, wards), _BYTES).encode() + b"\n"
    return line + results, line + wards


def mark_of(content: bytes) -> str:
    """The mark of a file, empty where it has none."""
    if not content.startswith(MARK):
        return ""
    found = content[len(MARK) : len(MARK) + _DIGITS]
    return found.decode("ascii", "replace") if found.isalnum() else ""


def next_to(companion: Path, mark: str, old: bytes | None) -> Path:
    """Where the ward results of a marked dataset wait to take the place of those, or of none."""
    place = companion.resolve()
    replaced = NOTHING if old is None else digest((old,), _BYTES)
    return place.with_name(f".{beginning(place.name)}.{mark}.{replaced}{NEXT}")


def belonging(results: bytes, companion: Path, wards: bytes | None, read: Callable[[Path], bytes]) -> bytes | None:
    """The ward results that belong to a dataset's file: those in their place, or those that still wait beside it.

    Args:
        results: the dataset's file.
        companion: the place of its ward results.
        wards: what is there; `None`: nothing.
        read: reads a file.

    Raises:
        Apart: what is there was written with another dataset. It may be that all was well a moment later.
    """
    mark = mark_of(results)
    if not mark or (wards is not None and mark_of(wards) == mark):
        return wards
    waiting = next_to(companion, mark, wards)
    if waiting.exists():
        return read(waiting)
    if wards is not None and mark_of(wards):
        raise Apart
    return wards


def write_together(files: Sequence[tuple[Path, bytes]], unchanged: Callable[[], bool] = lambda: True) -> bool:
    """Replace a dataset's file, and the ward results beside it, so that a reader has the old of both or the new.

    Args:
        files: the dataset's file with its content, and where there are ward results theirs.
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
            ((companion, beside),) = others
            _write_both(main, companion, *marked(own, beside))
        else:
            write_whole(main, own)
    return True


def _write_both(main: Path, companion: Path, own: bytes, beside: bytes) -> None:
    from emvote.store.whole import put_beside, write_whole

    place = companion.resolve()
    old = place.read_bytes() if place.exists() else None
    waiting = next_to(companion, mark_of(own), old)
    put_beside(place, waiting, beside)
    try:
        write_whole(main, own)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    waiting.replace(place)
    with suppress(OSError):
        for left in _waiting(place):
            left.unlink()


def _waiting(place: Path) -> Iterator[Path]:
    """What imports that were killed left beside a file of ward results."""
    start = f".{beginning(place.name)}."
    for each in place.parent.iterdir():
        middle = each.name.removeprefix(start).removesuffix(NEXT)
        if each.name == f"{start}{middle}{NEXT}" and middle.count(".") == 1:
            yield each


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Until the end, no other emvote that asks for the same writes a pair of files in the folder of a file.

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
