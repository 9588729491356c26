"""Standard output, standard error and files: the only module that writes."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from errno import ENXIO
from pathlib import Path
from typing import Final, NoReturn

from emvote.cli import interrupts
from emvote.errors import OutputProblem

COMING: Final = 10.0
"""Seconds for which somebody who reads from a pipe is waited for."""
READING: Final = 60.0
"""Seconds after which somebody who reads from a pipe, and takes nothing, is given up."""
SIGNS: Final = str.maketrans(
    {
        **dict.fromkeys("\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}", "-"),
        **dict.fromkeys("\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}", "'"),
        **dict.fromkeys("\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}", '"'),
        "\N{HORIZONTAL ELLIPSIS}": "...",
        "\N{MULTIPLICATION SIGN}": "x",
        "\N{N-ARY SUMMATION}": "sum",
        "\N{GREEK CAPITAL LETTER SIGMA}": "sum",
        "\N{SQUARE ROOT}": "sqrt",
        "\N{SUPERSCRIPT TWO}": "^2",
        "\N{VULGAR FRACTION ONE HALF}": "1/2",
        "\N{LESS-THAN OR EQUAL TO}": "<=",
        "\N{GREATER-THAN OR EQUAL TO}": ">=",
        "\N{RIGHTWARDS ARROW}": ">",
        "\N{POUND SIGN}": "GBP ",
    }
)
"""What stands in for those of our own signs that the encoding of a stream lacks; those in tables are as wide."""
DRAWN: Final = str.maketrans(
    {
        "\N{BOX DRAWINGS LIGHT HORIZONTAL}": "-",
        "\N{BOX DRAWINGS LIGHT DIAGONAL UPPER RIGHT TO LOWER LEFT}": "/",
        "\N{BOX DRAWINGS LIGHT DIAGONAL UPPER LEFT TO LOWER RIGHT}": "\\",
        "\N{BOX DRAWINGS LIGHT VERTICAL}": "|",
        "\N{MIDDLE DOT}": ".",
        "\N{LEFT HALF BLOCK}": " ",
        # bars and lines of history
        **dict(zip("▏▎▍▋▊▉█", "..--==#", strict=True)),
        **dict(zip("▁▂▃▄▅▆▇", "_.-=+*%", strict=True)),
    }
)
"""What stands in for all that is drawn where the encoding lacks a part of it: half of a drawing cannot be read."""


def is_terminal() -> bool:
    """Whether a person reads standard output."""
    # there is none at all where it was closed
    return bool(sys.stdout and sys.stdout.isatty())


def is_a_screen() -> bool:
    """Whether all three streams are a terminal that can be drawn on."""
    every = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream and stream.isatty() for stream in every) and os.environ.get("TERM") != "dumb"


def errors_are_on_a_terminal() -> bool:
    """Whether a person reads standard error."""
    return bool(sys.stderr and sys.stderr.isatty())


def is_closed() -> bool:
    """Whether there is no standard output at all."""
    return sys.stdout is None


def is_conversation() -> bool:
    """Whether a person sits at both ends."""
    return is_terminal() and bool(sys.stdin and sys.stdin.isatty())


def write_stdout(text: str | bytes, encoding: str | None = None, *, pager: bool = False) -> None:
    """Write to standard output; stop quietly when the reader has gone.

    Args:
        text: all of it; bytes go out as they are.
        encoding: None: the stream's own, with plainer signs and escapes for what it lacks.
        pager: whether it may be shown page by page, where it is longer than the terminal that it goes to.

    Raises:
        OutputProblem: it cannot be written.
    """
    if sys.stdout is None:
        raise OutputProblem("cannot write the answer: standard output is closed")
    interrupts.stop_if_any()
    try:
        if isinstance(text, bytes) or not (pager and _paged(text, encoding)):
            _put(text, encoding)
    except BrokenPipeError:
        abandon_stdout()
    except OSError as error:
        abandon_stdout()
        raise OutputProblem(f"cannot write to standard output: {error.strerror}") from error


def _paged(text: str, encoding: str | None) -> bool:
    """Show it page by page where that is wanted; whether it was."""
    if not is_conversation():
        return False
    from emvote.cli import pager

    if not pager.is_long(text):
        return False
    content = text.encode(encoding, "backslashreplace") if encoding else _encoded(text, sys.stdout.encoding)
    try:
        return pager.show(content)
    except pager.PagerFailed as error:
        say(str(error))
        return False


def _put(text: str | bytes, encoding: str | None) -> None:
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:  # a stand-in that takes text only
        if isinstance(text, bytes):
            raise OutputProblem("standard output takes text only: name a file with -o")
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    if isinstance(text, bytes):
        stream.write(text)
    else:
        stream.write(text.encode(encoding, "backslashreplace") if encoding else _encoded(text, sys.stdout.encoding))
    stream.flush()


def _encoded(text: str, encoding: str) -> bytes:
    r"""The text in an encoding that may lack some of its signs.

    >>> _encoded("5 – 3 ★", "ascii")
    b'5 - 3 \\u2605'
    >>> _encoded("─ ½ ≤ 3", "cp437"), _encoded("─ ½ ╱", "cp437")
    (b'\xc4 \xab \xf3 3', b'- \xab /')
    """
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        lacking = {ord(char) for char in set(text) if not _has(encoding, char)}
        drawn = {} if lacking.isdisjoint(DRAWN) else DRAWN
        signs = {number: sign for number, sign in SIGNS.items() if number in lacking}
        return text.translate({**drawn, **signs}).encode(encoding, "backslashreplace")


def _has(encoding: str, char: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def writable(text: str) -> str:
    """The text in signs that standard output can carry, for Typer's help."""
    return _plainer(text, sys.stdout.encoding) if sys.stdout else text


def _plainer(text: str, encoding: str | None) -> str:
    """The text in signs that an encoding has; None takes any."""
    return _encoded(text, encoding).decode(encoding) if encoding else text


def abandon_stdout() -> None:
    """Drop what is still buffered, or Python would complain at exit."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def write_file(path: Path, content: bytes, read: Sequence[Path] = ()) -> None:
    """Write a file whole or not at all.

    A device or a pipe is written to; what a link leads to is replaced, as by the shell's `>`.

    Args:
        path: the file.
        content: all of it.
        read: what the answer was made from, which is never replaced by it.

    Raises:
        OutputProblem: it cannot be written.
    """
    from emvote.store.files import is_one_of
    from emvote.store.whole import found, write_whole

    interrupts.stop_if_any()
    if is_one_of(path, read):
        raise OutputProblem(f"'{path}' is read for this answer, and is not written over: choose another name")
    try:
        there = found(path)
        if there is not None and stat.S_ISDIR(there.st_mode):
            raise OutputProblem(f"cannot write to '{path}': it is a folder")
        if there is not None and not stat.S_ISREG(there.st_mode):
            _write_stream(path, content)
        else:
            write_whole(path, content)
    except (OSError, ValueError, RuntimeError) as error:
        raise _unwritten(path, error) from error


def _unwritten(path: Path, error: Exception) -> OutputProblem:
    return OutputProblem(f"cannot write to '{path}': {getattr(error, 'strerror', None) or error}")


def _write_stream(path: Path, content: bytes) -> None:
    """Write to a device or pipe while somebody reads it.

    Raises:
        OSError: it cannot be written, or nobody does.
    """
    if os.name != "posix":
        path.write_bytes(content)
        return
    import select

    descriptor = _opened(path)
    try:
        left = memoryview(content)
        while left:
            if not select.select([], [descriptor], [], READING)[1]:
                raise TimeoutError(f"nobody read from it for {READING:.0f} seconds")
            with suppress(BlockingIOError):
                left = left[os.write(descriptor, left) :]
    finally:
        os.close(descriptor)


def _opened(path: Path) -> int:
    """Open a device or pipe; wait a while for a reader."""
    import time

    end = time.monotonic() + COMING
    while True:
        try:
            return os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError as error:
            if error.errno != ENXIO or not path.is_fifo():
                raise
        if time.monotonic() > end:
            raise TimeoutError(f"nobody reads from it (waited for {COMING:.0f} seconds)")
        time.sleep(0.05)


def write_together(files: Sequence[tuple[Path, bytes]], unchanged: Callable[[], bool]) -> None:
    """Write a dataset and the files beside it: all new, or all old.

    Args:
        files: with their contents.
        unchanged: whether what they were made from is as it was.

    Raises:
        OutputProblem: they cannot be written, or something changed meanwhile.
    """
    from emvote.store import together

    interrupts.stop_if_any()
    path = files[0][0]
    try:
        for each, _ in files:
            if each.is_dir():
                raise OutputProblem(f"cannot write to '{each}': it is a folder")
        written = together.write_together(files, unchanged)
    except (OSError, ValueError, RuntimeError) as error:
        raise _unwritten(path, error) from error
    if not written:
        raise OutputProblem(f"'{path}' was changed while the files were read: run the import again")


def say(message: str) -> None:
    """Tell something on standard error, where it never mixes with the answer."""
    from emvote.render.text import literal

    to_stderr(f"emvote: {literal(message)}\n")


def to_stderr(text: str) -> None:
    """Write to standard error, as it is."""
    interrupts.stop_if_any()
    if text and sys.stderr is not None:
        # nobody is left to be told that nobody listens
        with suppress(OSError):
            sys.stderr.write(_plainer(text, sys.stderr.encoding))
            sys.stderr.flush()


def leave(code: int) -> NoReturn:
    """End the process at once, after flushing what was written.

    Python would first free every object one by one: up to a fifth of the time of a short answer.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError, ValueError):
                stream.flush()
    os._exit(interrupts.INTERRUPTED if interrupts.has_arrived() else code)
