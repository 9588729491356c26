"""What a view has drawn: maps of hexagons, bars, lines of history, charts.

How they are drawn is the renderer's affair.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from emvote.views.values import Kind, PartyLabel, Sentence, Value


class Scale(StrEnum):
    """How the tiles of a picture get their colours."""

    PARTY = "party"
    """The colour of the tile's party."""
    CHANGED = "changed"
    """The colour of the tile's party where `marked`, grey elsewhere."""
    DIVERGING = "diverging"
    """By value, from one colour over a pale middle to another: signs differ."""
    SEQUENTIAL = "sequential"
    """By value, from pale to dark."""


class Tile(Struct, frozen=True):
    """One hexagon of a picture."""

    column: int
    row: int
    """From the top."""
    code: str
    """Initials: unique in the picture."""
    name: str
    party: PartyLabel | None = None
    value: Value | None = None
    """What its colour tells, where that is a number."""
    marked: bool = False
    """Whether it changed hands."""


class Picture(Struct, frozen=True):
    """A map of hexagons.

    Tiles of odd rows stand half a tile further right where `odd_right`, else those of even ones.
    """

    title: str
    tiles: tuple[Tile, ...]
    scale: Scale
    breaks: tuple[float, ...] = ()
    """Where one colour gives way to the next, ascending; each class holds its lower end."""
    unit: Kind = Kind.NUMBER
    """Kind of the values and the breaks."""
    odd_right: bool = True
    legend: tuple[Sentence, ...] = ()
    """What marks and colours mean, in words, and what is not drawn."""
    omitted: str = ""
    """Places of the answer that have no tile, in words."""


class SeatBar(Struct, frozen=True):
    """The seats of a council, with the half that a majority has to pass."""

    parts: tuple[tuple[PartyLabel, str, int], ...]
    """Party, its letter in this table, its seats: most seats first."""
    size: int
    """All seats, vacancies and those not accounted for counted in."""


class ShareBar(Struct, frozen=True):
    """A share of the votes, 0 to 100."""

    share_pct: float
    party: PartyLabel | None


class Sketch(Struct, frozen=True):
    """A figure through time, a sign for each election, oldest first."""

    title: str
    values: tuple[float | None, ...]
    """`None`: not known."""
    winners: tuple[tuple[PartyLabel, str] | None, ...]
    """Whose it is, with a letter for it; `None`: not known."""
    breaks: frozenset[int]
    """Indexes before which the boundaries changed."""


class ChartKind(StrEnum):
    """How a chart draws its series."""

    BARS = "bars"
    """A bar of each series beside the others at each label."""
    STACKED = "stacked"
    """The bars of a label on top of each other."""
    LINES = "lines"
    """A line through the points of each series."""
    DOTS = "dots"
    """A dot for each point, at its `x` and `y`."""


class Point(Struct, frozen=True):
    """One value of a chart."""

    y: float | None
    """`None`: not known, and left out."""
    x: float | None = None
    """Of dots and lines; bars stand at their labels."""
    name: str = ""
    """What it is: a seat, say."""


class Series(Struct, frozen=True):
    """The values that belong together."""

    name: str
    points: tuple[Point, ...]
    colour: str | None = None


class Chart(Struct, frozen=True):
    """A chart with labelled axes; its figures are those of the table beside it."""

    kind: ChartKind
    title: str
    x_label: str
    y_label: str
    series: tuple[Series, ...]
    labels: tuple[str, ...] = ()
    """Of bars, one for each."""
    alt: str = ""
    """What it shows, in words, for those who do not see it."""
