"""Renderers: pure functions from a `View` to text, imported on demand."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from emvote.errors import UsageProblem
from emvote.views.columns import Table
from emvote.views.values import Kind
from emvote.views.view import Workings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from emvote.views.view import Layout, View, Working


class Format(StrEnum):
    """The forms an answer can take."""

    TABLE = "table"
    """For a terminal; in a pipe without colour and without limit of width."""
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    MARKDOWN = "markdown"
    HTML = "html"
    LATEX = "latex"
    WIKI = "wiki"
    PLAIN = "plain"
    SENTENCE = "sentence"
    """One sentence that can be printed; what a reader must know beside it goes to standard error."""
    SVG = "svg"
    """Maps only."""
    XLSX = "xlsx"
    """An Excel workbook: bytes, where every other format is text."""


EVERYWHERE: Final = tuple(format_ for format_ in Format if format_ not in (Format.SVG, Format.SENTENCE, Format.XLSX))
"""Texts that every answer has."""
ROWS_ONLY: Final = frozenset({Format.JSONL, Format.CSV, Format.TSV})
"""Formats with no room for sentences: citations and workings go to standard error."""
MACHINE: Final = ROWS_ONLY | {Format.JSON}
"""Formats for programs: full precision, always UTF-8."""


class Options(Struct, frozen=True):
    """How an answer is to be written."""

    format: Format = Format.TABLE
    columns: tuple[str, ...] = ()
    """Fields to show, dotted paths allowed; empty: all, or the table arranged for people."""
    long: bool = False
    """A line for each record of a list, in flat formats."""
    excel: bool = False
    """CSV and TSV that a spreadsheet opens safely."""
    notes: bool = False
    """All notes, where people see the first few."""
    sources: bool = False
    explain: bool = False
    width: int | None = None
    """Columns of the terminal; None: no limit."""
    color: bool = False


WRITERS: Final[Mapping[Format, tuple[str, str]]] = {
    Format.TABLE: ("terminal", "render_terminal"),
    Format.JSON: ("json", "render_json"),
    Format.JSONL: ("json", "render_jsonl"),
    Format.CSV: ("delimited", "render_csv"),
    Format.TSV: ("delimited", "render_tsv"),
    Format.MARKDOWN: ("tabular", "render_markdown"),
    Format.HTML: ("tabular", "render_html"),
    Format.LATEX: ("tabular", "render_latex"),
    Format.WIKI: ("tabular", "render_wiki"),
    Format.PLAIN: ("tabular", "render_plain"),
    Format.SENTENCE: ("text", "render_sentence"),
    Format.SVG: ("hexagons", "render_svg"),
}
"""Format to the module and the function that writes it; imported only when it is asked for."""
DOCUMENTS: Final[Mapping[Format, tuple[str, str]]] = {
    Format.HTML: ("report", "render_report"),
    Format.MARKDOWN: ("report", "render_report_markdown"),
}
"""Likewise for a report, which in these formats is a document of its own; in others it is the list of its parts."""
PIPED: Final = ("piped", "render_piped")
"""Writes the table where no terminal limits its width."""


def render(view: View, options: Options) -> str:
    """The answer as text in its format, ending in a newline."""
    module, name = _writer(view, options)
    write: Callable[[View, Options], str] = getattr(import_module(f"emvote.render.{module}"), name)
    return write(view, options)


def _writer(view: View, options: Options) -> tuple[str, str]:
    if view.report and options.format in DOCUMENTS:
        return DOCUMENTS[options.format]
    piped = options.format is Format.TABLE and options.width is None and not options.color
    return PIPED if piped else WRITERS[options.format]


def arrange(view: View, sort: str | None = None, *, desc: bool = False, limit: int | None = None) -> View:
    """The view with its rows sorted or cut, and its table alike.

    Rows whose value is not known come last in either direction. A note says what a limit left out.

    Args:
        view: the answer.
        sort: one or more fields with commas between them, the first of which counts most; each as people name it.
        desc: whether the largest comes first.
        limit: how many rows to keep.

    Raises:
        UsageProblem: there is no such field, or it holds no single value to sort by.
    """
    if sort is None and not desc and limit is None:
        return view
    order: Sequence[int] = range(len(view.rows))
    paths: tuple[str, ...] = ()
    if sort is not None:
        from emvote.render.naming import sort_paths

        paths = sort_paths(view, sort)
        order = _sorted(view, paths, desc=desc)
    elif desc:
        order = order[::-1]
    kept = order[:limit]
    cut = (f"{len(kept)} of {len(order)} rows shown (--limit)",) if len(kept) < len(order) else ()
    return replace(
        view,
        rows=tuple(view.rows[index] for index in kept),
        laid_out=lambda: _cut(view, kept, cut, paths, in_order=sort is None and not desc),
        notes=(*view.notes, *cut),
        workings=Workings(lambda: _shown_workings(view.workings, kept)),
    )


def _shown_workings(workings: Sequence[Working], kept: Sequence[int]) -> Iterator[Working]:
    """Workings of the rows kept, in place of those of all rows."""
    places = {index: place for place, index in enumerate(kept)}
    of_rows = []
    for each in workings:
        own = () if each.row is None else range(each.row, each.row + each.rows)
        place = min((places[index] for index in own if index in places), default=None)
        if place is not None:
            of_rows.append((place, each))
    of_rows.sort(key=lambda placed: placed[0])
    first = next((at for at, each in enumerate(workings) if each.row is not None), len(workings))
    yield from (working for working in workings[:first])
    yield from (each for _, each in of_rows)
    yield from (working for working in workings[first:] if working.row is None)


def _sorted(view: View, paths: Sequence[str], *, desc: bool) -> list[int]:
    order = list(range(len(view.rows)))
    for path in reversed(paths):
        values = _values(view, path)
        known = [index for index in order if values[index] is not None]
        unknown = [index for index in order if values[index] is None]
        order = sorted(known, key=values.__getitem__, reverse=desc) + unknown
    return order


def _values(view: View, path: str) -> list[Any]:
    """What each row is sorted by."""
    from emvote.render.records import at, find_field

    trail = find_field(view.fields, path, view.key_names)
    if trail[-1].kind is Kind.ANY:
        raise UsageProblem(f"cannot sort by {path!r}: it holds numbers, texts and lists, which have no common order")
    keys = tuple(field.key for field in trail)
    return [_sortable(at(row, keys, trail[-1].absent, trail[-1].aggregate)) for row in view.rows]


def _sortable(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return tuple(map(str, value))
    return (value.casefold(), value) if isinstance(value, str) else value


def _cut(view: View, kept: Sequence[int], notes: tuple[str, ...], paths: Sequence[str], *, in_order: bool) -> Layout:
    """The layout of the rows kept, with a word on the others."""
    layout, table = view.layout, view.layout.table
    if table and paths:
        from emvote.render.naming import with_sorted

        table = with_sorted(view, table, paths)
    return replace(
        layout,
        table=table and _rearranged(table, kept, in_order=in_order),
        shown=None,
        brief=layout.brief if not notes else (*notes, *(view.notes if layout.brief is None else layout.brief)),
    )


def _rearranged(table: Table, kept: Sequence[int], *, in_order: bool) -> Table:
    """The table of the rows kept; without its rules when sorted."""
    rules = frozenset(index for index in table.rules if index < len(kept)) if in_order else frozenset()
    narrow = table.narrow and _rearranged(table.narrow, kept, in_order=in_order)
    return replace(table, rows=tuple(table.rows[index] for index in kept), rules=rules, narrow=narrow)
