"""Maps of hexagons: as lines of text for a terminal, as SVG for a page.

Colour is never the only bearer of meaning: every tile says its party's initials or its number. The scales of colours
are ColorBrewer's PuOr and YlGnBu, which people who are colour-blind can tell apart.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from emvote.errors import UsageProblem
from emvote.render import numbers, text
from emvote.render.colours import NEUTRAL, ink
from emvote.views.picture import Picture, Scale, Tile
from emvote.views.values import Kind
from emvote.views.view import View

if TYPE_CHECKING:
    from emvote.render import Options

DIVERGING: Final = ("#b35806", "#f1a340", "#fee0b6", "#f7f7f7", "#d8daeb", "#998ec3", "#542788")
"""ColorBrewer PuOr: orange below, purple above."""
SEQUENTIAL: Final = ("#ffffcc", "#c7e9b4", "#7fcdbb", "#41b6c4", "#2c7fb8", "#253494")
"""ColorBrewer YlGnBu: pale to dark."""
WIDTHS: Final = (6, 8, 10)
"""How wide a tile may be, in characters: even, so that half a tile is whole characters."""
LONGEST: Final = 5
"""A longer abbreviation is shown by its initials."""


class Segment(NamedTuple):
    """A piece of one line."""

    text: str
    colour: str | None
    """Background, `#RRGGBB`; `None`: no tile."""
    ink: str = ""
    """Colour of the letters on it."""


Line = tuple[Segment, ...]


def lines(picture: Picture, width: int | None) -> tuple[Line, ...]:
    """The map as text, two lines a row; empty: no room."""
    size = _tile_width(picture, width)
    if size is None:
        return ()
    rows: dict[int, list[Tile]] = {}
    for tile in sorted(picture.tiles, key=lambda tile: tile.column):
        rows.setdefault(tile.row, []).append(tile)
    found: list[Line] = []
    for row in range(max(rows, default=-1) + 1):
        shift = size // 2 if (row % 2 == 1) == picture.odd_right else 0
        found += (_line(picture, rows.get(row, []), size, shift, lower=lower) for lower in (False, True))
    return tuple(found)


def too_narrow(picture: Picture, width: int) -> str:
    """What to say in place of a map that does not fit."""
    least = _needed(picture)
    return f"Too narrow for the map: it needs {_total(picture, least)} columns, and there are {width}."


def _tile_width(picture: Picture, width: int | None) -> int | None:
    least = _needed(picture)
    fitting = [size for size in WIDTHS if size >= least and (width is None or _total(picture, size) <= width)]
    # wider tiles only make room for nothing
    preferred = [size for size in fitting if size <= max(least, WIDTHS[1])]
    return max(preferred, default=None)


def _needed(picture: Picture) -> int:
    longest = max((len(part) for tile in picture.tiles for part in (tile.code, label(tile))), default=0)
    return next((size for size in WIDTHS if size - 2 >= longest), longest + 2 + longest % 2)


def _total(picture: Picture, size: int) -> int:
    return (max((tile.column for tile in picture.tiles), default=0) + 1) * size + size // 2


def _line(picture: Picture, tiles: Sequence[Tile], size: int, shift: int, *, lower: bool) -> Line:
    segments: list[Segment] = []
    at = 0
    for tile in tiles:
        start = tile.column * size + shift
        if start > at:
            segments.append(Segment(" " * (start - at), None))
        inside = f"{label(tile) if lower else text.literal(tile.code):^{size - 2}}"
        left, right = ("╲", "╱") if lower else ("╱", "╲")
        background = colour(picture, tile)
        segments.append(Segment(f"{left}{inside}{right}", background, ink(background)))
        at = start + size
    return tuple(segments)


def label(tile: Tile) -> str:
    """Second line of a tile: a number, or party and change.

    >>> from emvote.views.view import PartyLabel, Value
    >>> label(Tile(0, 0, "DN", "Derby North", PartyLabel("lab", "Lab"), None, True))
    'Lab*'
    >>> label(Tile(0, 0, "DN", "Derby North", None, Value(-2.25, Kind.PP)))
    '-2.3'
    """
    if tile.value is not None and tile.value.value is not None:
        return _number(tile.value.value, tile.value.kind)
    if tile.party is None:
        return "?"
    return f"{short(tile.party.text)}{'*' if tile.marked and tile.value is None else ''}"


def _number(value: float, kind: Kind) -> str:
    return text.cell(value, kind).removesuffix("%")


def short(words: str) -> str:
    """A party's abbreviation, or its initials where that is long.

    >>> short("Lab"), short("Ashfield Ind"), short("Independent")
    ('Lab', 'AI', 'Indep')
    """
    written = text.literal(words)
    if len(written) <= LONGEST:
        return written
    parts = written.split()
    return "".join(part[0] for part in parts)[:LONGEST] if len(parts) > 1 else written[:LONGEST]


def colour(picture: Picture, tile: Tile) -> str:
    """The background of a tile."""
    if tells_parties(picture):
        shown = picture.scale is Scale.PARTY or tile.marked
        return (tile.party.colour if tile.party and shown else None) or NEUTRAL
    if tile.value is None or tile.value.value is None:
        return NEUTRAL
    level: int = sum(tile.value.value >= limit for limit in picture.breaks)
    return _palette(picture)[level]


def _palette(picture: Picture) -> Sequence[str]:
    """A colour for each class: the two ends and what lies evenly between."""
    colours = DIVERGING if picture.scale is Scale.DIVERGING else SEQUENTIAL
    classes = len(picture.breaks) + 1
    if classes >= len(colours):
        return (*colours, *[colours[-1]] * (classes - len(colours)))
    step = (len(colours) - 1) / max(classes - 1, 1)
    return [colours[int(index * step)] for index in range(classes)]


def tells_parties(picture: Picture) -> bool:
    """Whether the colours are those of parties."""
    return picture.scale in (Scale.PARTY, Scale.CHANGED)


def key(picture: Picture) -> Iterator[tuple[str, str]]:
    """What each colour means: the colour, and words."""
    if tells_parties(picture):
        seen: dict[str, tuple[str, str, int]] = {}
        for tile in picture.tiles:
            if tile.party is not None:
                before = seen.get(tile.party.id, ("", "", 0))[2]
                seen[tile.party.id] = (tile.party.colour or NEUTRAL, tile.party.text, before + 1)
        for background, name, number in sorted(seen.values(), key=lambda each: -each[2]):
            initials = short(name)
            written = text.literal(name)
            words = written if initials == written else f"{initials} = {written}"
            yield background, f"{words} {numbers.count(number)}"
        return
    for background, words in zip(_palette(picture), _classes(picture), strict=True):
        yield background, words


def _classes(picture: Picture) -> Iterator[str]:
    limits = [_limit(limit, picture.unit) for limit in picture.breaks]
    if not limits:
        return
    yield f"under {limits[0]}"
    yield from (f"{low} to {high}" for low, high in pairwise(limits))
    yield f"{limits[-1]} and over"


def _limit(value: float, kind: Kind) -> str:
    """Where a class begins: without decimals, as all limits are whole."""
    signed = kind in (Kind.PP, Kind.CHANGE)
    return numbers.signed(value) if signed else numbers.count(value)


# --- SVG --------------------------------------------------------------------------------------------------------

RADIUS: Final = 40.0
"""From the middle of a hexagon to its corners, in SVG units."""
HALF: Final = RADIUS * 0.8660254037844386
"""From the middle to its upright sides."""
MARGIN: Final = 6.0
KEY_HEIGHT: Final = 26.0
KEY_WIDTH: Final = 150.0


def render_svg(view: View, options: Options) -> str:  # noqa: ARG001 (as every renderer)
    """The map of an answer as an SVG file of its own.

    Raises:
        UsageProblem: the answer has no map.
    """
    if view.layout.picture is None:
        raise UsageProblem("only a map can be written as SVG: emvote map -o map.svg")
    return svg(view.layout.picture, standalone=True)


def svg(picture: Picture, *, standalone: bool = False) -> str:
    """The map as SVG, with place and figure of each hexagon."""
    columns = max((tile.column for tile in picture.tiles), default=0) + 1
    rows = max((tile.row for tile in picture.tiles), default=0) + 1
    width = columns * 2 * HALF + HALF + 2 * MARGIN
    height = (rows - 1) * 1.5 * RADIUS + 2 * RADIUS + 2 * MARGIN
    keys = list(key(picture))
    per_line = max(int(width // KEY_WIDTH), 1)
    lines = -(-len(keys) // per_line)
    below = KEY_HEIGHT * (lines + bool(picture.omitted))
    title = html.escape(text.literal(picture.title))
    namespace = ' xmlns="http://www.w3.org/2000/svg"' if standalone else ""
    parts = [
        f'<svg{namespace} class="hexmap" viewBox="0 0 {_f(width)} {_f(height + below)}" role="img"',
        f'aria-label="{title}" font-family="sans-serif" text-anchor="middle">',
        f"<title>{title}</title>",
        *(_hexagon(picture, tile) for tile in picture.tiles),
        *(
            _key(each, MARGIN + index % per_line * KEY_WIDTH, height + index // per_line * KEY_HEIGHT)
            for index, each in enumerate(keys)
        ),
        *([_omitted(picture.omitted, height + lines * KEY_HEIGHT)] if picture.omitted else []),
        "</svg>",
    ]
    return "".join(f"{part}\n" for part in parts)


def _hexagon(picture: Picture, tile: Tile) -> str:
    right = (tile.row % 2 == 1) == picture.odd_right
    x = MARGIN + HALF + tile.column * 2 * HALF + (HALF if right else 0)
    y = MARGIN + RADIUS + tile.row * 1.5 * RADIUS
    corners = ((0, -RADIUS), (HALF, -RADIUS / 2), (HALF, RADIUS / 2), (0, RADIUS), (-HALF, RADIUS / 2))
    points = " ".join(f"{_f(x + dx)},{_f(y + dy)}" for dx, dy in (*corners, (-HALF, -RADIUS / 2)))
    background = colour(picture, tile)
    told = html.escape(f"{text.literal(tile.name)}: {_told(tile)}")
    return (
        f'<g fill="{ink(background)}"><title>{told}</title>'
        f'<polygon points="{points}" fill="{background}" stroke="#ffffff" stroke-width="2"/>'
        f'<text x="{_f(x)}" y="{_f(y - 3)}" font-size="17">{html.escape(text.literal(tile.code))}</text>'
        f'<text x="{_f(x)}" y="{_f(y + 17)}" font-size="15">{html.escape(label(tile))}</text></g>'
    )


def _told(tile: Tile) -> str:
    party = text.literal(tile.party.text) if tile.party else "not known"
    changed = ", changed" if tile.marked and tile.value is None else ""
    number = "" if tile.value is None else f", {text.cell(tile.value.value, tile.value.kind)}"
    return f"{party}{changed}{number}"


def _key(each: tuple[str, str], x: float, y: float) -> str:
    background, words = each
    return (
        f'<rect x="{_f(x)}" y="{_f(y + 4)}" width="16" height="16" fill="{background}" stroke="#888888"/>'
        f'<text x="{_f(x + 22)}" y="{_f(y + 17)}" font-size="14" text-anchor="start" fill="currentColor">'
        f"{html.escape(words)}</text>"
    )


def _omitted(words: str, y: float) -> str:
    """The line below the key on what is not drawn."""
    return (
        f'<text x="{_f(MARGIN)}" y="{_f(y + 17)}" font-size="14" text-anchor="start" fill="currentColor">'
        f"{html.escape(text.literal(f'not drawn: {words}'))}</text>"
    )


def _f(number: float) -> str:
    return f"{number:.1f}"
