"""A map as a view shows it: which tile stands where, and what it says; how it is drawn is the renderer's affair.

A module of its own, because few answers have a map.
"""

from __future__ import annotations

from enum import StrEnum

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
