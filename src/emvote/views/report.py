"""Many answers as one document for readers: parts, charts, sources and method."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from emvote.dataset import Dataset
from emvote.names import normalise
from emvote.queries.report import Drawing, Part
from emvote.views import common
from emvote.views.columns import Column, Field, records_of, table_of
from emvote.views.picture import Chart, ChartKind, Point, Series
from emvote.views.values import Kind
from emvote.views.view import Layout, Report, ReportPart, View

FIELDS = (
    Field("section", Kind.TEXT, "anchor of the part in the HTML document", of="anchor"),
    Field("group", Kind.TEXT, "heading that it stands under: an election, a council, a seat"),
    Field("title", Kind.TEXT, "what it tells"),
    Field("command", Kind.TEXT, "the command that gives the same answer", of="line"),
    Field("rows", Kind.COUNT, "rows of that answer", of=lambda part: len(part.view.rows)),
    Field("charts", Kind.COUNT, "charts drawn from it", of=lambda part: len(part.charts)),
)
SUMMARY = (
    Field("parts", Kind.COUNT, "parts of the report"),
    Field("title", Kind.TEXT, "title of the report"),
)
COLUMNS = (
    Column("About", Kind.TEXT, "group"),
    Column("Part", Kind.NAME, "title"),
    Column("Rows", Kind.COUNT, lambda part: len(part.view.rows), priority=1),
    Column("Command", Kind.TEXT, "line", priority=2),
)
FEW: Final = 6
"""Parties in a chart; the others have too few votes or seats to be seen."""
METHOD: Final[tuple[str, ...]] = (
    "Every figure is computed from the results on record, and the command beside each part gives the same answer.",
    "Shares and majorities are in per cent of valid votes; turnout is valid votes over the electorate.",
    "Control of a council is compared with the published eve of the poll, else with the latest composition before it.",
    "Its seats are compared with the last ordinary election for them.",
    "Seats of Parliament are compared with the general election before; on new boundaries, with its notional result.",
    "Swing is Butler's: the mean of one party's gain and the other's loss, in points of all valid votes.",
    "Figures are rounded half up, once, where they are printed. What is not known is shown as a dash, never as nought.",
)


def report_view(
    dataset: Dataset, title: str, answers: Sequence[tuple[Part, str, View]], query: Mapping[str, Any]
) -> View:
    """A report.

    Args:
        dataset: whose parties the charts name.
        title: of the document.
        answers: each part with the command line in full and its answer.
        query: what was asked.
    """
    parts = tuple(_parts(dataset, answers))
    return View(
        command="report",
        query=query,
        fields=FIELDS,
        rows=records_of(FIELDS, parts),
        summary={"parts": len(parts), "title": title},
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=((f"{title}: {len(parts)} {common.plural(len(parts), 'part')}.",),),
            table=table_of(COLUMNS, parts),
            closing=(("Write it to a file: emvote report … -o report.html, or report.md.",),),
        ),
        report=Report(title, parts, _sources(parts), tuple((words,) for words in METHOD)),
        sources=_sources(parts),
    )


def _sources(parts: Iterable[ReportPart]) -> tuple[Mapping[str, Any], ...]:
    found: dict[str, Mapping[str, Any]] = {}
    for part in parts:
        for source in part.view.sources:
            found.setdefault(source["id"], source)
    return tuple(found.values())


def _parts(dataset: Dataset, answers: Iterable[tuple[Part, str, View]]) -> Iterable[ReportPart]:
    used: dict[str, int] = {}
    for part, line, view in answers:
        anchor = _anchor(f"{part.group} {part.title}", used)
        charts = () if part.drawing is None or not view.rows else tuple(DRAWINGS[part.drawing](dataset, part, view))
        yield ReportPart(anchor, part.group, part.title, line, view, charts)


def _anchor(words: str, used: dict[str, int]) -> str:
    """Return an anchor that no part has yet, and note it, with the number that the next part of its name begins at."""
    base = "-".join(word for word in normalise(words).split() if word.isalnum()) or "part"
    number = used.get(base, 1)
    anchor = base
    while anchor in used:
        number += 1
        anchor = f"{base}-{number}"
    used[base] = number
    used.setdefault(anchor, 1)
    return anchor


# --- charts -----------------------------------------------------------------------------------------------------


def _colour(dataset: Dataset, party: str) -> str | None:
    label = common.party(dataset, party)
    return label.colour if label else None


def _shares(dataset: Dataset, part: Part, view: View) -> Iterable[Chart]:
    """Shares of the votes beside shares of the seats, party by party."""
    known = [row for row in view.rows if row["share_pct"] is not None][:FEW]
    if not known:
        return
    votes = Series("Share of votes", tuple(Point(row["share_pct"], name=_name(dataset, row)) for row in known))
    seats = Series("Share of seats", tuple(Point(row["seat_share_pct"], name=_name(dataset, row)) for row in known))
    yield Chart(
        ChartKind.BARS,
        f"{part.group}: votes and seats",
        "Party",
        "Per cent",
        (votes, seats),
        tuple(_name(dataset, row) for row in known),
        alt="For each party two bars: left its share of the votes, right that of the seats, as in the table.",
    )


def _name(dataset: Dataset, row: Mapping[str, Any]) -> str:
    return dataset.abbreviation(row["party"])


def _net(dataset: Dataset, part: Part, view: View) -> Iterable[Chart]:
    """Seats gained or lost by each party, as far as that is known."""
    changed = [row for row in view.rows if row["net_known"]]
    most = sorted(changed, key=lambda row: -abs(row["net_known"]))[: FEW + 2]
    known = [row for row in changed if row in most]
    if not known:
        return
    series = tuple(
        Series(
            _name(dataset, row),
            tuple(Point(row["net_known"] if other is row else None, name=_name(dataset, row)) for other in known),
            _colour(dataset, row["party"]),
        )
        for row in known
    )
    yield Chart(
        ChartKind.STACKED,
        f"{part.group}: seats won less those of the last ordinary election",
        "Party",
        "Net seats",
        series,
        tuple(_name(dataset, row) for row in known),
        alt=" ".join(
            ("Bars of the parties' net change in seats; the figures are in the table.", *_partly(dataset, view))
        ),
    )


def _partly(dataset: Dataset, view: View) -> Iterable[str]:
    """Whose net change is not known everywhere, and where it is not."""
    lacking = [row for row in view.rows if row["net"] is None and row["seats"]]
    partly = [row for row in lacking if row["net_known"]]
    for row in partly:
        yield f"{_name(dataset, row)} without {common.listed(row['net_unknown_in'])}, where it is not known."
    never = [_name(dataset, row) for row in lacking if row not in partly]
    if never:
        yield f"Not known, and not drawn: {common.listed(never)}."


def _swing(dataset: Dataset, part: Part, view: View) -> Iterable[Chart]:
    """One party's change against the other's: a dot a seat."""
    rows = [row for row in view.rows if row["from_change_pp"] is not None and row["to_change_pp"] is not None]
    pairs = {(row["from_party"], row["to_party"]) for row in rows}
    if len(pairs) != 1:
        return
    losing, gaining = pairs.pop()
    names = dataset.abbreviation(losing), dataset.abbreviation(gaining)
    points = tuple(Point(row["to_change_pp"], row["from_change_pp"], row["seat"]) for row in rows)
    yield Chart(
        ChartKind.DOTS,
        f"{part.group}: change of {names[0]} against change of {names[1]}, seat by seat",
        f"Change of {names[0]}'s share, points",
        f"Change of {names[1]}'s share, points",
        (Series("Seats", points, _colour(dataset, gaining)),),
        alt=f"One dot for each of {len(points)} seats; each seat's figures are in the table.",
    )


def _council(dataset: Dataset, part: Part, view: View) -> Iterable[Chart]:
    """Seats by party, year by year."""
    years = list(reversed(view.rows))
    totals: dict[str, int] = {}
    for row in years:
        for party, number in row["seats"].items():
            totals[party] = totals.get(party, 0) + (number or 0)
    parties = sorted((party for party in totals if totals[party]), key=lambda party: -totals[party])
    series = tuple(
        Series(
            dataset.abbreviation(party),
            tuple(Point(row["seats"].get(party) or None, name=f"{row['year']}") for row in years),
            _colour(dataset, party),
        )
        for party in parties
    )
    yield Chart(
        ChartKind.STACKED,
        f"{part.group}: seats by party",
        "Year",
        "Seats",
        series,
        tuple(str(row["year"]) for row in years),
        alt=f"Stacked bars of the council's seats from {years[0]['year']} to {years[-1]['year']}, as in the table.",
    )


def _seat(dataset: Dataset, part: Part, view: View) -> Iterable[Chart]:
    """Shares of the vote by party, election by election: a line ends where boundaries change or nobody stood."""
    rows = [row for row in reversed(view.rows) if row["kind"] == "general"]
    shares: dict[str, dict[int, float]] = {}
    newest: dict[str, str] = {}
    for index, row in enumerate(rows):
        for each in (*row["candidates"], *row["party_votes"]):
            if dataset.is_party(each["party"]) and each["share_pct"] is not None:
                first = dataset.with_predecessors(each["party"])[-1]
                newest[first] = each["party"]
                line = shares.setdefault(first, {})
                line[index] = line.get(index, 0) + each["share_pct"]
    kept = sorted(shares, key=lambda party: -max(shares[party].values()))[:FEW]
    if not kept:
        return
    yield Chart(
        ChartKind.LINES,
        f"{part.group}: shares of the vote",
        "General election",
        "Per cent of valid votes",
        tuple(
            Series(
                dataset.abbreviation(newest[party]), tuple(_line(rows, shares[party])), _colour(dataset, newest[party])
            )
            for party in kept
        ),
        alt="Lines of the parties' shares, as in the table; a line ends where boundaries changed or no one stood.",
    )


def _line(rows: Sequence[Mapping[str, Any]], shares: Mapping[int, float]) -> Iterable[Point]:
    """The points of one party, with gaps."""
    for index, row in enumerate(rows):
        when = _when(row["polling_date"])
        if index and rows[index - 1]["seat_id"] != row["seat_id"]:
            yield Point(None, when)
        yield Point(shares.get(index), when, row["polling_date"][:4])


def _when(day: str) -> float:
    """A day as a year with its part, so that two elections of one year stand apart."""
    year, month, _ = day.split("-")
    return int(year) + (int(month) - 1) / 12


DRAWINGS: Final[Mapping[Drawing, Callable[[Dataset, Part, View], Iterable[Chart]]]] = {
    Drawing.SHARES: _shares,
    Drawing.SWING: _swing,
    Drawing.NET: _net,
    Drawing.COUNCIL: _council,
    Drawing.SEAT: _seat,
}


def title_of(names: Sequence[str]) -> str:
    """What a report on some things is called.

    >>> title_of(["Derby North"]), title_of(["Derby", "Ashfield", "Corby", "Lincoln"])
    ('Derby North', 'Derby, Ashfield and 2 more')
    >>> title_of(["Local elections, 2 May 2019", "Derby"])  # commas in a name
    'Local elections, 2 May 2019; Derby'
    """
    most = 3
    if any("," in name for name in names):
        return "; ".join(names[:most]) + (f"; and {len(names) - most} more" if len(names) > most else "")
    if len(names) <= most:
        return common.listed(names)
    return f"{names[0]}, {names[1]} and {len(names) - 2} more"
