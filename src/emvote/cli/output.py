"""Write an answer: rendered in full before the first byte goes out."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from emvote.cli import streams
from emvote.cli.options import Color, Listing, Request
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
    ".xlsx": Format.XLSX,
}
"""The format that the ending of a file asks for."""


class Raw(Struct, frozen=True):
    """An answer that is text in one format: a schema, a page."""

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
    other = request.format not in (None, answer.format) or Path(request.output or "").suffix.lower() == ".xlsx"
    if other or (request.query is not None and answer.format is not Format.JSON):
        raise UsageProblem(f"this answer has one format only: {answer.format}")
    _write(_queried(answer.text, request), answer.format, request, read)


def _emit_view(view: View, request: Request, read: Sequence[Path]) -> None:
    found = bool(view.rows)
    columns = _columns(view, request)
    options = replace(_options(request), columns=columns)
    view = arranged(view, request)
    if request.quiet and options.format is not Format.JSON:
        view = _without_notes(view)
    text = _rendered(view, options, request)
    aside = _aside(view, options)
    _write(text, options.format, request, read)
    if not found and not request.quiet:
        streams.say(view.empty)
    streams.to_stderr(aside)


def _rendered(view: View, options: Options, request: Request) -> str | bytes:
    if options.format is Format.XLSX:
        from emvote.render.workbook import render_workbook

        return render_workbook(view, options)
    return _queried(render(view, options), request)


def _queried(answer: str, request: Request) -> str:
    """The part of a JSON answer that `--query` takes, or all."""
    if request.query is None:
        return answer
    from emvote.render.query import render_query
    from emvote.render.text import literal

    found = render_query(answer, request.query)
    # a text stands there bare: nothing in it may act on a terminal
    return "\n".join(map(literal, found.split("\n"))) if streams.is_terminal() and request.output is None else found


def arranged(view: View, request: Request) -> View:
    """The answer with its rows sorted and cut as asked.

    Raises:
        UsageProblem: there is no such field.
    """
    listing = request.listing
    _columns(view, request)  # which are refused here where another command asks, as they are where they are shown
    return arrange(view, listing.sort, desc=listing.desc, limit=listing.limit)


def _without_notes(view: View) -> View:
    """The answer alone, for people; JSON always has its notes."""
    return replace(view, notes=(), laid_out=lambda: replace(view.layout, brief=None))


def _columns(view: View, request: Request) -> tuple[str, ...]:
    """Paths of the fields to show, typed by key, heading or party."""
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
    if request.query is not None:
        chosen = _of_a_query(request, chosen)
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
        notes=request.notes,
        sources=request.sources,
        explain=request.explain,
        width=shutil.get_terminal_size().columns if terminal else None,
        color=_colour(request, terminal=terminal),
    )


def _of_a_query(request: Request, chosen: Format) -> Format:
    """JSON, which is what a query is put to.

    Raises:
        UsageProblem: another format was asked for.
    """
    if chosen is not Format.JSON and (request.format or Path(request.output or "").suffix):
        raise UsageProblem(f"--query answers in JSON, not in {chosen}: leave out the format, or the query")
    return Format.JSON


def _colour(request: Request, *, terminal: bool) -> bool:
    """Whether to colour; a file never has any."""
    if request.color is Color.AUTO:
        return terminal and os.environ.get("TERM") != "dumb"
    return request.color is Color.ALWAYS and request.output in (None, STDOUT)


def _guessed(output: str | None) -> Format:
    """The format that a file's ending means; without one, the table.

    Raises:
        UsageProblem: the ending is of no format: better than a table in a file that promises something else.
    """
    ending = Path(output or "").suffix.lower()
    if ending and ending not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise UsageProblem(f"no format is known by the ending '{ending}': say which with --format, or use {known}")
    return ENDINGS.get(ending, Format.TABLE)


def _write(text: str | bytes, format: Format, request: Request, read: Sequence[Path]) -> None:  # noqa: A002 (as everywhere)
    if request.output not in (None, STDOUT):
        content = text.encode("utf-8", "backslashreplace") if isinstance(text, str) else text
        streams.write_file(Path(request.output), content, read)
    elif isinstance(text, bytes):
        if streams.is_terminal():
            raise UsageProblem("a workbook is no text for a terminal: name a file, as in -o answer.xlsx")
        streams.write_stdout(text)
    elif format in MACHINE:
        shown = _visible(text) if format in ROWS_ONLY and streams.is_terminal() else text
        streams.write_stdout(shown, "utf-8", pager=request.pager)
    else:
        streams.write_stdout(text, pager=request.pager)


def _visible(text: str) -> str:
    """Rows without what a terminal would obey."""
    from emvote.render.text import literal

    return "\n".join("\t".join(map(literal, line.split("\t"))) for line in text.split("\n"))
