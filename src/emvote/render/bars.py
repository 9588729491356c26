"""Bars and sparklines in characters, with a letter for each party."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from emvote.render.colours import NEUTRAL, ink

if TYPE_CHECKING:
    from emvote.views.picture import SeatBar, ShareBar, Sketch

HALF: Final = 10
"""Characters on either side of the line at half of the seats."""
LINE: Final = "│"
VACANT: Final = "·"
PER_CENT: Final = 2.5
"""Of the votes, for each full block."""
EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
LEVELS: Final = "▁▂▃▄▅▆▇█"
UNKNOWN: Final = "?"


class Piece(NamedTuple):
    """Some characters, with their colours where the terminal has any."""

    text: str
    background: str | None = None
    ink: str | None = None


def seat_bar(bar: SeatBar) -> tuple[Piece, ...]:
    """A bar of seats, most first, with a line at the half."""
    cells: list[Piece] = []
    for (party, letter, _), width in zip(bar.parts, _widths(bar), strict=True):
        background = party.colour or NEUTRAL
        cells += [Piece(letter, background, ink(background))] * width
    cells += [Piece(VACANT)] * (2 * HALF - len(cells))
    return (*_joined(cells[:HALF]), Piece(LINE), *_joined(cells[HALF:]))


def _widths(bar: SeatBar) -> list[int]:
    """Characters for each party, by largest remainders."""
    whole = 2 * HALF
    exact = [number * whole / bar.size for _, _, number in bar.parts]
    widths = [int(width) for width in exact]
    spare = round(sum(exact)) - sum(widths)
    for index in sorted(range(len(exact)), key=lambda index: (widths[index] - exact[index], index))[:spare]:
        widths[index] += 1
    first = bar.parts[0][2]
    # rounding must not move the largest party across the line
    if 2 * first > bar.size and widths[0] <= HALF:
        widths = _taken(widths, HALF + 1)
    elif 2 * first <= bar.size and widths[0] > HALF:
        widths = _taken(widths, HALF)
    return widths


def _taken(widths: list[int], first: int) -> list[int]:
    """Set the first width; the next non-empty part absorbs the difference."""
    moved = widths[0] - first
    found = [first, *widths[1:]]
    for index in range(1, len(found)):
        if found[index] + moved >= 0:
            found[index] += moved
            break
    return found


def _joined(cells: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one colour as one piece."""
    before: Piece | None = None
    for cell in cells:
        if before is not None and before[1:] == cell[1:]:
            before = before._replace(text=before.text + cell.text)
        else:
            if before is not None:
                yield before
            before = cell
    if before is not None:
        yield before


def key(bars: Iterable[SeatBar]) -> str:
    """What the letters of some bars stand for.

    >>> from emvote.views.picture import SeatBar
    >>> from emvote.views.view import PartyLabel
    >>> key([SeatBar(((PartyLabel("ld", "LD"), "D", 3),), 5)])
    'D LD; │ half of the seats'
    """
    names = {letter: party.text for bar in bars for party, letter, _ in bar.parts}
    return "; ".join(
        (", ".join(f"{letter} {name}" for letter, name in sorted(names.items())), f"{LINE} half of the seats")
    )


def share_bar(bar: ShareBar) -> Piece:
    """A share as blocks, an eighth of a block exact.

    >>> from emvote.views.picture import ShareBar
    >>> share_bar(ShareBar(11.0, None)).text
    '████▍'
    """
    eighths = round(bar.share_pct / PER_CENT * 8)
    part = EIGHTHS[eighths % 8] if eighths % 8 else ""
    # the blocks are letters to a terminal: their colour is the ink
    return Piece("█" * (eighths // 8) + part, None, bar.party.colour if bar.party else None)


def sketch(line: Sketch) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """A sparkline of figures, and the letter of each winner below."""
    highest = max((value for value in line.values if value is not None), default=0) or 1
    above: list[Piece] = []
    below: list[Piece] = []
    for index, (value, winner) in enumerate(zip(line.values, line.winners, strict=True)):
        if index in line.breaks:
            above.append(Piece(LINE))
            below.append(Piece(LINE))
        level = UNKNOWN if value is None else LEVELS[min(int(value / highest * len(LEVELS)), len(LEVELS) - 1)]
        above.append(Piece(level))
        background = (winner[0].colour or NEUTRAL) if winner else None
        below.append(Piece(winner[1] if winner else UNKNOWN, background, ink(background) if background else None))
    return tuple(_joined(above)), tuple(_joined(below))
