"""What a view has drawn: maps of hexagons, bars, lines of history; how they are drawn is the renderer's affair.

Named tuples, not dataclasses: they are defined in a fraction of the time, and every command would pay for that.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from emvote.frozen import dataclass
from emvote.views.view import Kind, PartyLabel, Sentence, Value


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


@dataclass(frozen=True)
class Tile:
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


@dataclass(frozen=True)
class Picture:
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
    """What marks and colours mean, in words."""


class SeatBar(NamedTuple):
    """The seats of a council, with the half that a majority has to pass."""

    parts: tuple[tuple[PartyLabel, str, int], ...]
    """Party, its letter in this table, its seats: most seats first."""
    size: int
    """All seats, vacancies and those not accounted for counted in."""


class ShareBar(NamedTuple):
    """A share of the votes, 0 to 100."""

    share_pct: float
    party: PartyLabel | None


class Sketch(NamedTuple):
    """A figure through time, a sign for each election, oldest first."""

    title: str
    values: tuple[float | None, ...]
    """`None`: not known."""
    winners: tuple[tuple[PartyLabel, str] | None, ...]
    """Whose it is, with a letter for it; `None`: not known."""
    breaks: frozenset[int]
    """Indexes before which the boundaries changed."""
