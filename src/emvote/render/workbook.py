"""An answer as an Excel workbook: sheets of rows, notes and sources.

Every figure is in full, and a format of its cell rounds it for the eye. Text is written as text, so that none is ever a
formula or a link.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from emvote.errors import UsageProblem
from emvote.render import records
from emvote.render.colours import ink
from emvote.render.delimited import BETWEEN_TEXTS
from emvote.render.json import bare
from emvote.version import __version__
from emvote.views.values import Kind

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format as CellFormat
    from xlsxwriter.worksheet import Worksheet

    from emvote.render import Options
    from emvote.views.view import View, Working

MOST_ROWS: Final = 1_048_575
"""Rows of a sheet below its header."""
LONGEST_TEXT: Final = 32_767
"""Characters of a cell."""
WIDTHS: Final = (8, 60)
"""Of the narrowest and the widest column, in characters."""
LOOKED_AT: Final = 200
"""Rows that decide how wide a column is."""
NUMBERS: Final = {
    Kind.COUNT: "#,##0",
    Kind.YEAR: "0",
    Kind.CHANGE: "+#,##0;-#,##0;0",
    Kind.PCT: "0.0",
    Kind.PP: "+0.0;-0.0;0.0",
    Kind.PP2: "+0.00;-0.00;0.00",
    Kind.NUMBER: "0.00",
    Kind.DATE: "yyyy-mm-dd",
}
"""How Excel shows a number of each kind."""
SAFE: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
ALWAYS: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Date of creation of every workbook: the same answer gives the same bytes."""

FIRST_DAY: Final = date(1901, 1, 1)
"""Excel's days begin a year earlier, but it takes 1900 for a leap year."""

Column = tuple[str, Kind]
"""A heading and what is below it."""
WORKING: Final = (
    ("figure", Kind.TEXT),
    ("formula", Kind.TEXT),
    ("numbers put in", Kind.TEXT),
    ("result", Kind.ANY),
    ("rule", Kind.TEXT),
)


def render_workbook(view: View, options: Options) -> bytes:
    """Return the workbook.

    The sheet of rows has the fields of CSV; a list of records, as candidates, a sheet with a line for each.

    Raises:
        UsageProblem: there are more rows than a sheet holds.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, SAFE) as book:
        book.set_properties({"title": f"emvote {view.command}", "created": ALWAYS})
        sheets = Sheets(book, view)
        sheets.flat("Answer", records.flatten(view, options.columns, long=options.long))
        listed = next((field for field in records.lists(view) if any(row[field.key] for row in view.rows)), None)
        if listed and not (options.long or options.columns):
            sheets.flat(listed.key.replace("_", " ").title(), records.flatten(view, long=True))
        if view.summary:
            sheets.add("Summary", (("figure", Kind.TEXT), ("value", Kind.ANY)), _leaves(view.summary))
        if options.explain:
            sheets.add("Workings", WORKING, map(_working, view.workings))
        sheets.add("Notes", (("note", Kind.TEXT),), ((note,) for note in view.notes))
        cited = tuple((key, Kind.TEXT) for key in ("id", "title", "publisher", "licence", "url"))
        sheets.add("Sources", cited, ([source[key] for key, _ in cited] for source in view.sources))
        sheets.add("About", (("about", Kind.TEXT), ("value", Kind.ANY)), _leaves(_about(view)))
    return out.getvalue()


class Sheets:
    """The sheets of a workbook, with the formats of their cells."""

    def __init__(self, book: Workbook, view: View) -> None:
        self._book = book
        self._label = view.label or (lambda _: None)
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._formats = {kind: book.add_format({"num_format": form}) for kind, form in NUMBERS.items()}
        self._painted = cache(self._paint)

    def flat(self, name: str, flat: records.Flat) -> None:
        """Add a sheet of flat rows."""
        columns = [(".".join(column.path), column.kind) for column in flat.columns]
        self.add(name, columns, flat.rows)

    def add(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
        """Add a sheet: a header that stays, and a row for each.

        Raises:
            UsageProblem: there are more rows than a sheet holds.
        """
        kept = tuple(rows)
        if len(kept) > MOST_ROWS:
            raise UsageProblem(f"a sheet has room for {MOST_ROWS:,} rows, not {len(kept):,}: ask for csv, or --limit")
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for at, (heading, _) in enumerate(columns):
            sheet.write_string(0, at, heading, self._head)
            sheet.set_column(at, at, _width(heading, (row[at] for row in kept[:LOOKED_AT])))
        for number, row in enumerate(kept, start=1):
            for at, value in enumerate(row):
                self._write(sheet, (number, at), value, columns[at][1])
        if kept:
            sheet.autofilter(0, 0, len(kept), len(columns) - 1)

    def _write(self, sheet: Worksheet, place: tuple[int, int], value: Any, kind: Kind) -> None:
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(*place, value)
        elif isinstance(value, (int, float)):
            sheet.write_number(*place, value, self._formats.get(kind))
        elif kind is Kind.DATE and (day := _day(value)):
            sheet.write_datetime(*place, day, self._formats[kind])
        else:
            colour = self._colour(value) if kind is Kind.PARTY else None
            sheet.write_string(*place, _text(value), self._painted(colour) if colour else None)

    def _colour(self, party: Any) -> str | None:
        label = self._label(party)
        return label.colour if label else None

    def _paint(self, colour: str) -> CellFormat:
        return self._book.add_format({"bg_color": colour, "font_color": ink(colour)})


def _day(value: Any) -> date | None:
    """Return a date that Excel can hold; others stay text."""
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return day if day >= FIRST_DAY else None


def _text(value: Any) -> str:
    text = BETWEEN_TEXTS.join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def _width(heading: str, values: Iterable[Any]) -> int:
    narrowest, widest = WIDTHS
    longest = max((len(_text(value)) for value in values if value is not None), default=0)
    return max(narrowest, min(widest, max(longest, len(heading)) + 2))


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every single value in nested data with the path to it."""
    if isinstance(value, Mapping):
        for key, below in value.items():
            yield from _leaves(below, f"{path}.{key}" if path else str(key))
    elif isinstance(value, (list, tuple)) and any(isinstance(item, (Mapping, list, tuple)) for item in value):
        for number, each in enumerate(value, start=1):
            yield from _leaves(each, f"{path}.{number}")
    else:
        yield path, value


def _about(view: View) -> dict[str, Any]:
    return {
        "command": view.command,
        "query": view.query,
        "dataset": view.dataset,
        "baseline": view.baseline,
        "program": f"emvote {__version__}",
    }


def _working(working: Working) -> tuple[Any, ...]:
    inputs = "; ".join(f"{name} = {bare(value)}" for name, value in working.inputs)
    return working.name, working.formula, inputs, bare(working.result), working.rule or None
