"""Charts as SVG, through pygal, with labelled axes and a text alternative.

pygal draws; what it adds for pages of its own is taken out again: its script, its style sheet (the page has one for all
charts), and the id and the date that would make two runs differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final
from xml.etree import ElementTree as ET

from emvote.render import numbers, text
from emvote.render.colours import NEUTRAL
from emvote.views.picture import Chart, ChartKind, Series

WIDTH: Final = 860
HEIGHT: Final = 460
LEGEND: Final = 6
"""Series in a line of the legend."""
LEGEND_LINE: Final = 24
LONGEST: Final = 40
"""Signs of a name that are drawn; the tables beside the chart have the whole."""
FALLBACK: Final = ("#1b6ca8", "#b35806", "#4d4d4d", "#542788", "#2c7fb8", "#7a7a7a")
"""For series that are no party's."""
DASHES: Final = ("", "7 3", "2 3", "9 3 2 3", "4 2", "12 4")
"""So that lines differ without colour too."""
SVG: Final = "http://www.w3.org/2000/svg"
DROPPED: Final = frozenset({"script", "style", "desc"})
"""Parts that serve pygal's own script and style sheet."""


def svg(chart: Chart) -> str:
    """The chart as an SVG element to stand in a page."""
    drawn = _drawn(chart)
    for series in chart.series:
        points = [_point(chart, point) for point in series.points]
        drawn.add(_short(series.name), points)
    root = drawn.render_tree()
    _cleaned(root)
    _coloured(root, chart.series)
    _described(root, chart)
    written = ET.tostring(_plain(root), encoding="unicode")
    return f"{written}\n"


def _drawn(chart: Chart) -> Any:
    import pygal

    kinds = {
        ChartKind.BARS: pygal.Bar,
        ChartKind.STACKED: pygal.StackedBar,
        ChartKind.LINES: pygal.XY,
        ChartKind.DOTS: pygal.XY,
    }
    drawn = kinds[chart.kind](
        width=WIDTH,
        height=HEIGHT + LEGEND_LINE * ((len(chart.series) - 1) // LEGEND),
        js=(),
        css=(),
        disable_xml_declaration=True,
        show_legend=len(chart.series) > 1 and not _told_by_labels(chart),
        legend_at_bottom=True,
        legend_at_bottom_columns=LEGEND,
        allow_interruptions=True,
        x_title=_short(chart.x_label),
        y_title=_short(chart.y_label),
        stroke=chart.kind is ChartKind.LINES,
        dots_size=4 if chart.kind is ChartKind.DOTS else 2.5,
        show_dots=True,
        truncate_label=-1,
        truncate_legend=-1,
        value_formatter=_number,
        x_value_formatter=_year if chart.kind is ChartKind.LINES else _number,
        no_data_text="no figures on record",
        include_x_axis=chart.kind is not ChartKind.DOTS,
    )
    if chart.labels:
        drawn.x_labels = [_short(label) for label in chart.labels]
        drawn.x_label_rotation = 60 if len(chart.labels) > MANY_LABELS else 0
        if len(chart.labels) > MANY_LABELS:
            step = -(-len(chart.labels) // MANY_LABELS)
            drawn.x_labels_major = [each for index, each in enumerate(drawn.x_labels) if index % step == 0]
            drawn.show_minor_x_labels = False
    return drawn


def _short(name: str) -> str:
    """Shorten a name: pygal never ends where names leave no room.

    >>> _short("Con"), _short("x" * 50) == "x" * 39 + "…"
    ('Con', True)
    """
    written = text.literal(name)
    return written if len(written) <= LONGEST else f"{written[: LONGEST - 1]}…"


def _told_by_labels(chart: Chart) -> bool:
    """Whether each series is one bar with a label of its name."""
    return len(chart.labels) == len(chart.series) and all(
        series.name == label for series, label in zip(chart.series, chart.labels, strict=True)
    )


MANY_LABELS: Final = 14
"""More labels under the bars than that are turned, and only some of them written."""


def _number(value: float) -> str:
    places = 0 if float(value).is_integer() else 1
    return numbers.fixed(value, places)


def _year(value: float) -> str:
    return str(round(value))


def _point(chart: Chart, point: Any) -> Any:
    value = (point.x, point.y) if chart.kind in (ChartKind.LINES, ChartKind.DOTS) else point.y
    if point.y is None:
        return None
    return {"value": value, "label": text.literal(point.name)} if point.name else value


def _cleaned(root: Any) -> None:
    """Remove what only pygal's script needs; names of points become tooltips."""
    for parent in list(root.iter()):
        # the policy of the page lets no style act but its own sheet
        parent.attrib.pop("style", None)
        for child in list(parent):
            name = _name(child)
            if name == "desc" and (child.get("class") or "") == "label":
                title = ET.Element("title")
                title.text = child.text
                marks = [mark for mark in parent if _name(mark) in ("circle", "rect")]
                (marks[0] if marks else parent).append(title)
            if name in DROPPED or not isinstance(child.tag, str) or _is_tooltip(child):
                parent.remove(child)


def _is_tooltip(element: Any) -> bool:
    return "tooltip-overlay" in (element.get("class") or "")


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _coloured(root: Any, series: Sequence[Series]) -> None:
    """Colour each series and its legend by attributes, without a style sheet."""
    colours = [each.colour or FALLBACK[index % len(FALLBACK)] for index, each in enumerate(series)]
    for element in root.iter():
        classes = (element.get("class") or "").split()
        for index, colour in enumerate(colours):
            if f"serie-{index}" in classes or f"color-{index}" in classes:
                element.set("fill", colour or NEUTRAL)
                element.set("stroke", colour or NEUTRAL)
                _dashed(element, DASHES[index % len(DASHES)])


def _dashed(series: Any, pattern: str) -> None:
    """The lines of a series broken in its own way; its dots stay whole."""
    for element in series.iter():
        if pattern and "line" in (element.get("class") or "").split():
            element.set("stroke-dasharray", pattern)


def _described(root: Any, chart: Chart) -> None:
    _heightened(root)
    for key in [name for name in root.keys() if name not in ("viewBox", "class")]:  # noqa: SIM118 (an element)
        del root.attrib[key]
    for element in root.iter():
        element.attrib.pop("id", None)
    root.set("role", "img")
    root.set("aria-label", f"{text.literal(chart.title)}. {text.literal(chart.alt)}".strip())


def _heightened(root: Any) -> None:
    """Make room for the whole legend, as pygal reserves too little."""
    left, top, width, height = map(float, root.get("viewBox").split())
    for group in root.iter():
        if "legends" in (group.get("class") or "").split():
            start = float(group.get("transform").rpartition(",")[2].rstrip(") "))
            ends = [float(mark.get("y")) for mark in group.iter() if _name(mark) in ("rect", "text") and mark.get("y")]
            height = max(height, start + max(ends, default=0) + LEGEND_LINE)
    root.set("viewBox", f"{left:g} {top:g} {width:g} {height:g}")


def _plain(root: Any) -> ET.Element:
    """The tree with names free of a namespace, which a page does not need."""
    plain = ET.Element(_name(root), {key.rpartition("}")[2]: value for key, value in root.attrib.items()})
    plain.text, plain.tail = root.text, root.tail
    plain.extend(_children(root))
    return plain


def _children(root: Any) -> Iterator[ET.Element]:
    yield from (_plain(child) for child in root if isinstance(child.tag, str))
