"""A report as one HTML file that needs nothing else, or as Markdown.

The page is a Jinja template that escapes whatever it is given; only drawings, whose texts are escaped where they are
made, go in as they are. It asks no network for anything, and says so to the browser.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec.structs import replace

from emvote.errors import UsageProblem
from emvote.render import charts, hexagons, text
from emvote.views.columns import Column, Table
from emvote.views.picture import Sketch
from emvote.views.values import Kind, PartyLabel, SeatsChange, Value
from emvote.views.view import Report, ReportPart

if TYPE_CHECKING:
    from emvote.render import Options
    from emvote.views.view import View

TEMPLATE: Final = "report.html"
LONG_TEXT: Final = 32
"""Characters from which a cell may run over several lines."""
LONG: Final = 60
"""Rows after which a table starts folded: a page with everything open is hard to read."""


class Cell(NamedTuple):
    """One cell of a table on the page."""

    text: str
    sort: str
    """What the column is sorted by."""
    colour: str | None
    long: bool
    """Whether it may run over several lines."""


def render_report(view: View, options: Options) -> str:
    """The page.

    Raises:
        UsageProblem: the answer is no report.
    """
    from jinja2 import Environment, StrictUndefined

    report = _report(view)
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_asset(TEMPLATE))
    return template.render(
        report=report,
        groups=list(_groups(report)),
        dataset=view.dataset,
        blocks=lambda part: list(_blocks(part, options)),
        charts=lambda part: [charts.svg(chart) for chart in part.charts],
        sentence=text.sentence,
        literal=text.literal,
        is_web_address=text.is_web_address,
        style=_asset("report.css"),
        script=_asset("report.js"),
        script_hash=_hash(_asset("report.js")),
        style_hash=_hash(_asset("report.css")),
    )


def _report(view: View) -> Report:
    if view.report is None:
        raise UsageProblem("this answer is no report")
    return view.report


@cache
def _asset(name: str) -> str:
    return (files("emvote.render") / "templates" / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    """How the page's policy names its one script or style sheet."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _groups(report: Report) -> Iterator[tuple[str, list[ReportPart]]]:
    """Neighbouring parts under one heading."""
    group: list[ReportPart] = []
    for part in report.parts:
        if group and group[0].group != part.group:
            yield group[0].group, group
            group = []
        group.append(part)
    if group:
        yield group[0].group, group


def _blocks(part: ReportPart, options: Options) -> Iterator[Mapping[str, Any]]:
    """The parts of one answer, as the template lays them out."""
    for block in text.document(part.view, replace(options, width=None, columns=(), long=False)):
        if isinstance(block, text.Paragraph):
            yield {"kind": "paragraph", "text": block.text, "lead": block.lead}
        elif isinstance(block, Table):
            yield _table(block)
        elif isinstance(block, text.Listing):
            yield {"kind": "listing", "title": block.title, "items": block.items}
        elif isinstance(block, Sketch):
            continue
        else:
            yield {"kind": "picture", "svg": hexagons.svg(block)}


def _table(table: Table) -> Mapping[str, Any]:
    return {
        "kind": "table",
        "title": text.literal(table.title or ""),
        "columns": [
            {"label": text.literal(column.label), "right": column.kind in text.RIGHT} for column in table.columns
        ],
        "rows": [[_cell(*cell) for cell in zip(row, table.columns, strict=True)] for row in table.rows],
        "folded": len(table.rows) > LONG,
        "rules": sorted(table.rules),
    }


def _cell(value: Any, column: Column) -> Cell:
    kind, raw = (value.kind, value.value) if isinstance(value, Value) else (column.kind, value)
    colour = raw.colour if isinstance(raw, PartyLabel) else None
    words = text.cell(value, column.kind)
    return Cell(words, _sortable(raw, kind), colour, long=len(words) > LONG_TEXT)


def _sortable(raw: Any, kind: Kind) -> str:
    """What the script sorts by: a number, or text in small letters."""
    if isinstance(raw, SeatsChange):
        raw = raw.seats
    if raw is None:
        return ""
    if isinstance(raw, (int, float)):
        return repr(raw)
    return text.cell(raw, kind).casefold()


def render_report_markdown(view: View, options: Options) -> str:
    """The report as Markdown, without the charts."""
    report = _report(view)
    plain = replace(options, columns=(), long=False)
    return "\n".join((*_markdown(report, view, plain),))


def _markdown(report: Report, view: View, options: Options) -> Iterator[str]:
    from emvote.render.tabular import MARKDOWN, fenced, render_markdown

    escape = MARKDOWN.escape
    yield f"# {escape(text.literal(report.title))}\n"
    for group, parts in _groups(report):
        yield f"## {escape(text.literal(group))}\n"
        for part in parts:
            yield f"### {escape(text.literal(part.title))}\n"
            yield fenced(f"$ {text.literal(part.line)}", "console") + "\n"
            yield render_markdown(part.view, options)
    yield "## Method\n"
    yield "".join(f"- {escape(text.sentence(sentence))}\n" for sentence in report.method)
    yield "## Sources\n"
    for source in report.sources:
        told = ", ".join(str(source[key]) for key in ("title", "publisher", "licence") if source.get(key))
        url = source.get("url")
        yield f"- {escape(text.literal(told))}" + (f" <{url}>" if text.is_web_address(url) else "")
    yield (
        f"\nDataset: {escape(text.literal(str(view.dataset.get('title', ''))))}, version "
        + escape(text.literal(str(view.dataset.get("version", ""))))
        + ".\n"
    )
