"""Where answers go: the only module that writes to standard output or to the file of `-o`.

An answer is rendered in full before its first byte is written.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from emvote.errors import OutputProblem, UsageProblem
from emvote.render import MACHINE, ROWS_ONLY, Format, Options, arrange, render

if TYPE_CHECKING:
    from emvote.cli.options import Request
    from emvote.views.view import View

STDOUT: Final = "-"
"""As the file of `-o`: standard output."""
ENDINGS: Final = {
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".md": Format.MARKDOWN,
    ".html": Format.HTML,
    ".tex": Format.LATEX,
    ".txt": Format.PLAIN,
}
"""The format that the ending of a file asks for."""
PLAINER: Final = str.maketrans({"\N{BOX DRAWINGS LIGHT HORIZONTAL}": "-", "\N{EN DASH}": "-", "\N{MINUS SIGN}": "-"})
"""What stands in for our own signs where the terminal's encoding lacks them."""


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer that is text already and has one format only: a schema, a page, a dataset."""

    text: str
    format: Format


def emit(answer: View | Raw, request: Request) -> None:
    """Write an answer as it was asked for.

    Raises:
        UsageProblem: it cannot be written in that way: an unknown field, a format that it does not have.
        OutputProblem: it cannot be written there.
    """
    if isinstance(answer, Raw):
        _emit_raw(answer, request)
    else:
        _emit_view(answer, request)


def _emit_raw(answer: Raw, request: Request) -> None:
    if request.format not in (None, answer.format):
        raise UsageProblem(f"this answer has one format only: {answer.format}")
    _write(answer.text, answer.format, request)


def _emit_view(view: View, request: Request) -> None:
    options = _options(request)
    _require_fields(view, options.columns)
    listing = request.listing
    view = arrange(view, listing.sort, desc=listing.desc, limit=listing.limit)
    text = render(view, options)
    aside = _aside(view, options)
    _write(text, options.format, request)
    if not view.rows:
        say(view.empty)
    to_stderr(aside)


def _require_fields(view: View, columns: tuple[str, ...]) -> None:
    if columns:
        from emvote.render.records import find_field

        for name in columns:
            find_field(view.fields, name)


def _aside(view: View, options: Options) -> str:
    """The citations and workings that the format itself has no room for."""
    if options.format not in ROWS_ONLY or not (options.sources or options.explain):
        return ""
    from emvote.render.text import below, outline

    return outline(below(view, options))


def _options(request: Request) -> Options:
    chosen = request.format or _guessed(request.output)
    if request.excel and chosen not in (Format.CSV, Format.TSV):
        raise UsageProblem(f"--excel goes with csv or tsv, not with {chosen}")
    terminal = request.output in (None, STDOUT) and _is_terminal()
    return Options(
        format=chosen,
        columns=request.listing.columns,
        long=request.long,
        excel=request.excel,
        sources=request.sources,
        explain=request.explain,
        width=shutil.get_terminal_size().columns if terminal else None,
        color=terminal and request.color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb",
    )


def _guessed(output: str | None) -> Format:
    return ENDINGS.get(Path(output).suffix.lower(), Format.TABLE) if output else Format.TABLE


def _is_terminal() -> bool:
    # there is no standard output at all where it was closed
    return bool(sys.stdout and sys.stdout.isatty())


def _write(text: str, format: Format, request: Request) -> None:  # noqa: A002 (as everywhere)
    if request.output not in (None, STDOUT):
        write_file(Path(request.output), text.encode("utf-8", "backslashreplace"))
    elif format in MACHINE:
        write_stdout(_visible(text) if format in ROWS_ONLY and _is_terminal() else text, "utf-8")
    else:
        write_stdout(text)


def _visible(text: str) -> str:
    """Rows for programs that land on a terminal all the same: nothing in them may act there."""
    from emvote.render.text import literal

    return "\n".join("\t".join(map(literal, line.split("\t"))) for line in text.split("\n"))


def write_stdout(text: str, encoding: str | None = None) -> None:
    """Write to standard output, quietly giving up where the reader has gone (`| head -1`).

    Args:
        text: all of it.
        encoding: None: the stream's own, with plainer signs and escapes for what it lacks.

    Raises:
        OutputProblem: it cannot be written.
    """
    if sys.stdout is None:
        raise OutputProblem("cannot write the answer: standard output is closed")
    try:
        _put(text, encoding)
    except BrokenPipeError:
        abandon_stdout()
    except OSError as error:
        abandon_stdout()
        raise OutputProblem(f"cannot write to standard output: {error.strerror}") from error


def _put(text: str, encoding: str | None) -> None:
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:  # a stand-in that takes text only
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    stream.write(text.encode(encoding, "backslashreplace") if encoding else _encoded(text, sys.stdout.encoding))
    stream.flush()


def _encoded(text: str, encoding: str) -> bytes:
    r"""The text in an encoding that may lack some of its signs.

    >>> _encoded("5 – 3 ★", "ascii")
    b'5 - 3 \\u2605'
    """
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(PLAINER).encode(encoding, "backslashreplace")


def abandon_stdout() -> None:
    """Let what is still buffered vanish: Python would complain about it when it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, so that a failure never leaves half of it or harms an older one.

    Raises:
        OutputProblem: it cannot be written.
    """
    if path.is_dir():
        raise OutputProblem(f"cannot write to '{path}': it is a folder")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)  # a device or a pipe is written to, not replaced
        else:
            _replace(path.resolve(), content)
    except OSError as error:
        raise OutputProblem(f"cannot write to '{path}': {error.strerror}") from error


def _replace(target: Path, content: bytes) -> None:
    if target.exists():
        target.open("ab").close()  # replacing asks only the folder for leave; ask the file too
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def say(message: str) -> None:
    """Tell something on standard error, where it never mixes with the answer."""
    from emvote.render.text import literal

    to_stderr(f"emvote: {literal(message)}\n")


def to_stderr(text: str) -> None:
    """Write to standard error, as it is."""
    if text and sys.stderr is not None:
        # nobody is left to be told that nobody listens
        with suppress(OSError):
            sys.stderr.write(text)
            sys.stderr.flush()
