"""How the files of a dataset come in: whole, all of one time, and in bounded time and memory whatever is named."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import local
from typing import Final

from emvote.errors import BadData, Problem, UsageProblem

LARGEST_FILE: Final = 32
"""Megabytes of the largest file that is read, unless the environment says otherwise: ten times the country.

The worst of that size takes 2 GB to parse."""
LARGEST_FILE_VARIABLE: Final = "EMVOTE_MAX_MB"
MEGABYTE: Final = 1024 * 1024
PATIENCE: Final = 60.0
"""Seconds for which a pipe may be silent: one to which nobody ever writes would be waited for without end."""
TRIES: Final = 20
"""Times that a dataset of several files is read, where it is replaced each time."""
DEFAULT: Final = "results"
"""Name of the shipped dataset that answers unless another is named."""
COMPANION: Final = ".wards.toml"
"""Ending of the file that holds a dataset's ward results, beside the dataset's own: it is read only when asked for."""
PEOPLE: Final = ".people.toml"
"""Ending of the file that holds councillors and administrations, likewise."""
STREAM: Final = "-"
"""What other programs call standard input."""
NO_STREAM: Final = "standard input is not read by that name: name a file (on Unix /dev/stdin)"
_STREAMS: Final = frozenset({stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK})

Contents = tuple[tuple[bytes, str], ...]
"""The bytes of files, each with what messages call it."""


class _Noted(local):
    """Files that were read in a thread; `None` where nobody wants to know."""

    files: list[Path] | None = None


_noted: Final = _Noted()


@contextmanager
def noting() -> Iterator[list[Path]]:
    """Note the files that are read until the end, and those that belong to them: none may be written over."""
    before, _noted.files = _noted.files, []
    try:
        yield _noted.files
    finally:
        _noted.files = before


def note(path: Path) -> None:
    """Note that a file is read, where somebody wants to know."""
    noted().append(path)


def noted() -> list[Path]:
    """The files that have been read so far, where that is noted."""
    return [] if _noted.files is None else _noted.files


def is_one_of(path: Path, files: Iterable[Path]) -> bool:
    """Whether a path leads to one of some files: by its name, a link, or another name of the same file."""
    with suppress(OSError, ValueError):
        places = {os.path.realpath(file) for file in files}
        return os.path.realpath(path) in places or any(_is_same(path, file) for file in files)
    return False


def _is_same(path: Path, file: Path) -> bool:
    with suppress(OSError):
        return path.samefile(file)
    return False


def is_there(path: Path) -> bool:
    """Whether something is at a path; not where that cannot be: a name too long, a folder that may not be entered."""
    with suppress(OSError, ValueError):
        return path.exists()
    return False


def contents_of(path: Path, shown: str, *, wards: bool, people: bool = False) -> Contents:
    """The files of a dataset, with what messages call them; together they may be as large as one may be.

    Args:
        path: its own file or folder.
        shown: what messages call it.
        wards: also its ward results, where they are in a file beside it.
        people: also its councillors and administrations, likewise.

    Where there are several, they are of one time: what is replaced while it is read is read again.

    Raises:
        BadData: they cannot be read, are too large, or are not of one dataset.
    """
    try:
        return _contents_of(path, shown, wards=wards, people=people)
    except (OSError, ValueError, RuntimeError) as error:  # a folder that may not be entered, a name too long
        raise _unreadable(shown, error) from None


def _contents_of(path: Path, shown: str, *, wards: bool, people: bool) -> Contents:
    for ending in (COMPANION, PEOPLE):
        note(path.with_suffix(ending))
    if not (wards or people or path.is_dir()):
        return ((read_bytes(path, shown), shown),)
    for _ in range(TRIES):
        before = _versions(path)
        found: Contents | BadData
        try:
            found = _folder(path, shown) if path.is_dir() else _files(path, shown, wards=wards, people=people)
        except BadData as error:
            found = error
        if before[0] is None or before == _versions(path):
            break
    else:
        expected = f"it was replaced each of {TRIES} times that it was read: try again"
        raise BadData((Problem(shown, "", "readable", "", expected),))
    if isinstance(found, BadData):
        raise found
    return found


def _versions(path: Path) -> tuple[tuple[int, ...] | None, ...]:
    """What changes when a dataset is replaced: its folder, or its file or those beside that."""
    if path.is_dir():
        return (_version(path),)
    return (_version(path), *(_version(path.with_suffix(ending)) for ending in (COMPANION, PEOPLE)))


def _version(path: Path) -> tuple[int, ...] | None:
    """What changes when a file or folder is replaced; `None`: it is no such thing, or gone."""
    with suppress(OSError):
        about = path.stat()
        if stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode):
            return about.st_dev, about.st_ino, about.st_mtime_ns, about.st_size
    return None


def _folder(path: Path, shown: str) -> Contents:
    package = path / "datapackage.json"
    files = [package, *sorted(path.glob("*.csv"))] if package.exists() else sorted(path.glob("*.toml"))
    if not files:
        expected = "expected a folder with at least one .toml file, or one that emvote exported as CSV"
        raise BadData((Problem(shown, "", "exists", "", expected),))
    contents: list[tuple[bytes, str]] = []
    size = 0
    for file in files:
        name = f"{shown.rstrip('/')}/{file.name}"
        content = read_bytes(file, name)
        size += len(content)
        _stop_beyond_bounds(size, shown)
        contents.append((content, name))
    return tuple(contents)


def _files(path: Path, shown: str, *, wards: bool, people: bool) -> Contents:
    """A dataset's file, and of those beside it the ones that are asked for and belong to it."""
    contents = [(read_bytes(path, shown), shown)]
    for ending, wanted in ((COMPANION, wards), (PEOPLE, people)):
        if wanted:
            name = str(Path(shown).with_suffix(ending))
            beside = _belonging(contents[0][0], path.with_suffix(ending), shown, name)
            contents += [] if beside is None else [(beside, name)]
    _stop_beyond_bounds(sum(len(content) for content, _ in contents), shown)
    return tuple(contents)


def _belonging(own: bytes, companion: Path, shown: str, name: str) -> bytes | None:
    """The file beside a dataset's own that belongs to it, where there is one."""
    beside = read_bytes(companion, name) if is_there(companion) else None
    if own.startswith(b"#"):
        from emvote.store.together import Apart, belonging

        try:
            return belonging(own, companion, beside, lambda file: read_bytes(file, name))
        except Apart:
            expected = (
                f"it was not written with {shown}, nor that with it: bring back the one that is missing, "
                "or take the first line out of both if they belong together"
            )
            raise BadData((Problem(name, "line 1", "folder", "", expected),)) from None
    return beside


def _stop_beyond_bounds(size: int, shown: str) -> None:
    if size > largest_file():
        raise _too_large(shown)


def read_bytes(file: Path, name: str) -> bytes:
    """The content of a file, of a pipe or of a device that ends.

    Raises:
        BadData: it cannot be read, or is larger than any file that is read; `name` is what the message calls it.
    """
    note(file)
    try:
        content = _content(file)
    except (OSError, ValueError) as error:  # a name may hold what no name can: NUL
        raise _unreadable(name, error) from None
    if content is None:
        raise _too_large(name)
    return content


def _unreadable(name: str, error: Exception) -> BadData:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    expected = NO_STREAM if name == STREAM else f"cannot be read: {reason}"
    return BadData((Problem(name, "", "readable", "", expected),))


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


@cache
def shipped_folder() -> Path:
    """Folder of the datasets and claims files that come with emvote.

    A wheel carries them inside the package. In a checkout, an unpacked source archive and an editable installation
    they are in `data/` at the top of the project.
    """
    package = Path(__file__).parent.parent
    within = package / "data"
    return within if (within / f"{DEFAULT}.toml").exists() else package.resolve().parent.parent / "data"


def not_shipped(where: str, what: str, names: Iterable[str]) -> BadData:
    """The problem that nothing of a name is shipped, and that it is not written as a path."""
    there = f"no shipped {what} of that name; there are: {', '.join(names)} (a path needs a slash or an ending)"
    return BadData((Problem(where, "", "exists", "", NO_STREAM if where == STREAM else there),))


def _too_large(name: str) -> BadData:
    """The error for a file that is larger than any that is read."""
    expected = f"expected at most {largest_file() // MEGABYTE} MB; {LARGEST_FILE_VARIABLE} allows more"
    return BadData((Problem(name, "", "readable", "", expected),))


def _content(file: Path) -> bytes | None:
    """The content of a file, `None` where it is too large.

    Raises:
        OSError: it cannot be read, or nothing more comes out of it.
    """
    about = file.stat()
    # Opening a pipe would wait for somebody who writes to it; reading some files of the system for the next event.
    flags = (os.O_NONBLOCK | os.O_NOCTTY) if os.name == "posix" else getattr(os, "O_BINARY", 0)
    if about.st_size > largest_file() and stat.S_IFMT(about.st_mode) not in _STREAMS:
        return None
    descriptor = os.open(file, os.O_RDONLY | flags)
    try:
        if os.name == "posix" and stat.S_IFMT(about.st_mode) in _STREAMS:
            return _joined(_streamed(descriptor))
        # One byte more than it has, so that the end is seen; it may have grown.
        return _joined(_pieces(descriptor, about.st_size + 1))
    finally:
        os.close(descriptor)


def _joined(pieces: Iterable[bytes]) -> bytes | None:
    found, size, largest = [], 0, largest_file()
    for piece in pieces:
        size += len(piece)
        if size > largest:
            return None
        found.append(piece)
    return found[0] if len(found) == 1 else b"".join(found)


def _pieces(descriptor: int, size: int) -> Iterator[bytes]:
    """What a file holds; one that would wait for more, as the log of the system does, ends there."""
    with suppress(BlockingIOError):
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
