"""From an answer and how it was asked for to what is written: rendered in full before its first byte goes out."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from emvote.cli import streams
from emvote.cli.options import Listing, Request
from emvote.errors import UsageProblem
from emvote.render import MACHINE, ROWS_ONLY, Format, Options, arrange, render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from emvote.views.view import View

STDOUT: Final = "-"
"""As the file of `-o`: standard output."""
ENDINGS: Final = {
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".tex": Format.LATEX,
    ".wiki": Format.WIKI,
    ".mediawiki": Format.WIKI,
    ".txt": Format.PLAIN,
    ".svg": Format.SVG,
}
"""The format that the ending of a file asks for."""


class Raw(Struct, frozen=True):
    """An answer that is text already and has one format only: a schema, a page, a dataset."""

    text: str
    format: Format


def emit(answer: View | Raw, request: Request, read: Sequence[Path] = ()) -> None:
    """Write an answer as it was asked for.

    Args:
        answer: what to write.
        request: how it was asked for.
        read: files that it was made from, which it does not replace.

    Raises:
        UsageProblem: it cannot be written in that way: an unknown field, a format that it does not have.
        OutputProblem: it cannot be written there.
    """
    if isinstance(answer, Raw):
        _emit_raw(answer, request, read)
    else:
        _emit_view(answer, request, read)


def _emit_raw(answer: Raw, request: Request, read: Sequence[Path]) -> None:
    if request.format not in (None, answer.format):
        raise UsageProblem(f"this answer has one format only: {answer.format}")
    _write(answer.text, answer.format, request, read)


def _emit_view(view: View, request: Request, read: Sequence[Path]) -> None:
    found = bool(view.rows)
    columns = _columns(view, request)
    options = replace(_options(request), columns=columns)
    view = arranged(view, request)
    text = render(view, options)
    aside = _aside(view, options)
    _write(text, options.format, request, read)
    if not found:
        streams.say(view.empty)
    streams.to_stderr(aside)


def arranged(view: View, request: Request) -> View:
    """The answer with its rows sorted and cut as they were asked for.

    Raises:
        UsageProblem: there is no such field.
    """
    listing = request.listing
    _columns(view, request)  # which are refused here where another command asks, as they are where they are shown
    return arrange(view, listing.sort, desc=listing.desc, limit=listing.limit)


def _columns(view: View, request: Request) -> tuple[str, ...]:
    """The paths of the fields to show, as they were typed: by key, heading or party."""
    if not request.listing.columns:
        return ()
    from emvote.render.naming import understood

    return tuple(understood(view, name) for name in request.listing.columns)


def _aside(view: View, options: Options) -> str:
    """The citations and workings that the format itself has no room for."""
    if options.format is not Format.SENTENCE and (
        options.format not in ROWS_ONLY or not (options.sources or options.explain)
    ):
        return ""
    from emvote.render.text import below, noted, outline

    notes = noted(view, options) if options.format is Format.SENTENCE else ()
    return outline((*notes, *below(view, options)))


def _options(request: Request) -> Options:
    chosen = request.format or _guessed(request.output)
    if chosen is Format.SENTENCE and (request.long or request.listing != Listing()):
        raise UsageProblem(
            "a sentence is about the whole answer: leave out --sort, --desc, --limit, --columns and --long"
        )
    if request.excel and chosen not in (Format.CSV, Format.TSV):
        raise UsageProblem(f"--excel goes with csv or tsv, not with {chosen}")
    terminal = request.output in (None, STDOUT) and streams.is_terminal()
    return Options(
        format=chosen,
        long=request.long,
        excel=request.excel,
        sources=request.sources,
        explain=request.explain,
        width=shutil.get_terminal_size().columns if terminal else None,
        color=terminal and request.color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb",
    )


def _guessed(output: str | None) -> Format:
    """The format of a file's name; the table where there is no ending.

    Raises:
        UsageProblem: the ending is of no format: better than a table in a file that promises something else.
    """
    ending = Path(output or "").suffix.lower()
    if ending and ending not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise UsageProblem(f"no format is known by the ending '{ending}': say which with --format, or use {known}")
    return ENDINGS.get(ending, Format.TABLE)


def _write(text: str, format: Format, request: Request, read: Sequence[Path]) -> None:  # noqa: A002 (as everywhere)
    if request.output not in (None, STDOUT):
        streams.write_file(Path(request.output), text.encode("utf-8", "backslashreplace"), read)
    elif format in MACHINE:
        shown = _visible(text) if format in ROWS_ONLY and streams.is_terminal() else text
        streams.write_stdout(shown, "utf-8", pager=request.pager)
    else:
        streams.write_stdout(text, pager=request.pager)


def _visible(text: str) -> str:
    """Rows for programs that land on a terminal all the same: nothing in them may act there."""
    from emvote.render.text import literal

    return "\n".join("\t".join(map(literal, line.split("\t"))) for line in text.split("\n"))
