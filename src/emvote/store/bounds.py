"""How much is read and told: whatever file is named, an answer or a message comes in bounded time and memory."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from emvote.errors import BadData, Problem, UsageProblem

LARGEST_FILE: Final = 32
"""Megabytes of the largest file that is read, unless the environment says otherwise: ten times the country.

The worst of that size takes 2 GB to parse."""
LARGEST_FILE_VARIABLE: Final = "EMVOTE_MAX_MB"
MEGABYTE: Final = 1024 * 1024
MOST_PROBLEMS: Final = 1_000
"""Problems of a dataset that are told; a file with more is of another kind, or damaged on every line."""
PATIENCE: Final = 60.0
"""Seconds for which a pipe may be silent: one to which nobody ever writes would be waited for without end."""
_STREAMS: Final = frozenset({stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK})


def largest_file() -> int:
    """Bytes of the largest file that is read.

    Raises:
        UsageProblem: the environment says what is no number of megabytes.
    """
    said = os.environ.get(LARGEST_FILE_VARIABLE, "")
    if not said:
        return LARGEST_FILE * MEGABYTE
    if not (said.isascii() and said.isdecimal() and len(said) <= len("999999")):
        raise UsageProblem(f"{LARGEST_FILE_VARIABLE} is a whole number of megabytes (32), not '{said}'")
    return int(said) * MEGABYTE


def too_large(name: str) -> BadData:
    """The error for a file that is larger than any that is read."""
    expected = f"expected at most {largest_file() // MEGABYTE} MB; {LARGEST_FILE_VARIABLE} allows more"
    return BadData((Problem(name, "", "readable", "", expected),))


def content_of(file: Path) -> bytes | None:
    """The content of a file, `None` where it is too large.

    Raises:
        OSError: it cannot be read, or nothing more comes out of it.
    """
    about = file.stat()
    if os.name == "posix" and stat.S_IFMT(about.st_mode) in _STREAMS:
        # Opening a pipe would wait for somebody who writes to it.
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
        try:
            return _joined(_streamed(descriptor))
        finally:
            os.close(descriptor)
    if about.st_size > largest_file():
        return None
    with file.open("rb", buffering=0) as opened:
        # One byte more than it has, so that the end is seen; it may have grown.
        return _joined(_pieces(opened.fileno(), about.st_size + 1))


def _joined(pieces: Iterable[bytes]) -> bytes | None:
    found, size, largest = [], 0, largest_file()
    for piece in pieces:
        size += len(piece)
        if size > largest:
            return None
        found.append(piece)
    return found[0] if len(found) == 1 else b"".join(found)


def _pieces(descriptor: int, size: int) -> Iterator[bytes]:
    while piece := os.read(descriptor, size):
        yield piece
        size = MEGABYTE


def _streamed(descriptor: int) -> Iterator[bytes]:
    """What comes out of a pipe or device, as long as something does."""
    import select

    while True:
        if not select.select([descriptor], [], [], PATIENCE)[0]:
            raise TimeoutError(f"nothing came out of it for {PATIENCE:.0f} seconds")
        try:
            piece = os.read(descriptor, MEGABYTE)
        except BlockingIOError:  # another reader was quicker
            continue
        if not piece:
            return
        yield piece


def limited(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems, and in place of those that are too many to read a last one that says so."""
    told = tuple(islice(found, MOST_PROBLEMS + 1))
    if len(told) <= MOST_PROBLEMS:
        return told
    expected = f"there are more problems than these {MOST_PROBLEMS:,}: mend them, and ask again"
    return (*told[:-1], Problem(told[-1].file, "", told[-1].rule, "", expected))
