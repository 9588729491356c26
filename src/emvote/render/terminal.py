"""The answer on a terminal, through Rich: the only module that imports it.

Rich lays out and colours; it never reads the data for markup, emoji or numbers to highlight. In a pipe the same layout
has no colour, no limit of width and no wrapping.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from emvote.render import text
from emvote.render.numbers import UNKNOWN
from emvote.views.columns import Column, Table
from emvote.views.values import IN_MAP, Kind, PartyLabel

if TYPE_CHECKING:
    from emvote.render import Options
    from emvote.render.bars import Piece
    from emvote.render.hexagons import Segment
    from emvote.views.picture import Picture, Sketch
    from emvote.views.view import View

BOX: Final = Box("    \n    \n ── \n    \n ── \n ── \n    \n    \n")
"""A line under the header and wherever a rule is asked for; columns are told apart by space alone."""
GAP: Final = 2
"""Spaces between columns."""
RULE: Final = "\N{BOX DRAWINGS LIGHT HORIZONTAL}"
FOLDABLE: Final = frozenset({Kind.TEXT, Kind.TEXTS, Kind.RECORD, *IN_MAP})
"""Kinds that may run over several lines, between words, where a terminal is narrow; names and numbers never do."""
LEAST_FOLDED: Final = 24
"""A folded column is no narrower, so that it still reads as text."""
SWATCH: Final = "\N{LEFT HALF BLOCK}"
"""Carries a party's colour beside its name: text in some of these colours is hard to read on some backgrounds."""
UNLIMITED: Final = 1_000_000


def render_terminal(view: View, options: Options) -> str:
    """The whole answer, laid out for the width of the terminal."""
    console = _console(options)
    before: text.Block | None = None
    with console.capture() as capture:
        for block in text.document(view, options):
            if before and not (isinstance(before, text.Paragraph) and isinstance(block, text.Paragraph)):
                console.print()
            _print(console, block, options)
            before = block
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def _console(options: Options) -> Console:
    if not options.color:
        return _writing(options, None)
    console = _writing(options, "auto")
    # where the terminal is not known to have colours, as in the logs of a build, those that all have
    return console if console.color_system else _writing(options, "standard")


def _writing(options: Options, colours: Literal["auto", "standard"] | None) -> Console:
    return Console(
        file=io.StringIO(),
        # the layout decides what fits; Rich would fold names to make a table fit
        width=UNLIMITED,
        force_terminal=options.color,
        color_system=colours,
        no_color=not options.color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def _print(console: Console, block: text.Block, options: Options) -> None:
    if isinstance(block, text.Paragraph):
        console.print(Text(block.text, style="bold" if block.lead else ""), width=options.width)
    elif isinstance(block, text.Listing):
        _print_listing(console, block, options)
    elif isinstance(block, Table):
        _print_table(console, block, options)
    else:
        _print_drawing(console, block, options)


def _print_listing(console: Console, listing: text.Listing, options: Options) -> None:
    console.print(Text(f"{listing.title}:", style="bold"), width=options.width)
    for item in listing.items:
        # expanded, it would be filled with spaces to the end of a line that has none in a pipe
        console.print(Padding(Text(item.text), (0, 0, 0, 2), expand=False), width=options.width)
        if item.url:  # never wrapped, or it could not be followed
            console.print(Text(f"    {item.url}"))


def _print_drawing(console: Console, block: Picture | Sketch, options: Options) -> None:
    from emvote.views.picture import Sketch

    if isinstance(block, Sketch):
        _print_sketch(console, block, options)
    else:
        _print_picture(console, block, options)


def _print_picture(console: Console, picture: Picture, options: Options) -> None:
    from emvote.render import hexagons

    drawn = hexagons.lines(picture, options.width)
    if not drawn:
        words = hexagons.too_narrow(picture, options.width or 0)
        console.print(Text(words, style="italic"), width=options.width)
        return
    for line in drawn:
        console.print(Text.assemble(*(_segment(part, options) for part in line)))
    if not options.color and not hexagons.tells_parties(picture):
        return  # a key to colours that are not there
    key = Text("  ").join(
        Text.assemble(("  ", f"on {colour}"), f" {words}") if options.color else Text(words)
        for colour, words in hexagons.key(picture)
    )
    console.print()
    console.print(key, width=options.width)


def _segment(segment: Segment, options: Options) -> tuple[str, str]:
    painted = options.color and segment.colour is not None
    return segment.text, f"{segment.ink} on {segment.colour}" if painted else ""


def _print_table(console: Console, table: Table, options: Options) -> None:
    cells = [[_cell(*cell, options) for cell in zip(row, table.columns, strict=True)] for row in table.rows]
    layout = fit(table.columns, [[cell.plain for cell in row] for row in cells], options.width)
    if table.narrow and any(column.kind is Kind.SEATS and i not in layout for i, column in enumerate(table.columns)):
        _print_table(console, table.narrow, options)
        return
    if table.title:
        console.print(Text(text.literal(table.title), style="bold"), width=options.width)
    console.print(_grid(table, cells, layout) if _folds(table, cells, layout) else _lines(table, cells, layout))
    shown = (index in layout or column.kind in text.DRAWN for index, column in enumerate(table.columns))
    dropped = [column.label for column, there in zip(table.columns, shown, strict=True) if not there and column.label]
    if dropped:
        console.print(
            Text(text.literal(f"Hidden at this width: {', '.join(dropped)}"), style="italic"), width=options.width
        )
    seat_bars = [row[index] for index in layout if table.columns[index].kind is Kind.SEAT_BAR for row in table.rows]
    if any(seat_bars):
        from emvote.render import bars

        console.print(Text(text.literal(bars.key(filter(None, seat_bars)))), width=options.width)


def _print_sketch(console: Console, sketch: Sketch, options: Options) -> None:
    from emvote.render import bars

    console.print(Text(text.literal(sketch.title)), width=options.width)
    for line in bars.sketch(sketch):
        console.print(_pieces(line, options))


def _pieces(pieces: Iterable[Piece], options: Options) -> Text:
    return Text.assemble(*((text.literal(piece.text), _style(piece) if options.color else "") for piece in pieces))


def _style(piece: Piece) -> str:
    paper = f"on {piece.background}" if piece.background else ""
    return " ".join(filter(None, (piece.ink, paper)))


def _folds(table: Table, cells: Sequence[Sequence[Text]], layout: Mapping[int, int]) -> bool:
    """Whether a cell runs over several lines, or the head of a column does."""
    heads = [Text(text.literal(column.label)) for column in table.columns]
    return any(row[index].cell_len > width for index, width in layout.items() for row in (heads, *cells))


def _lines(table: Table, cells: Sequence[Sequence[Text]], layout: Mapping[int, int]) -> Text:
    """The table where no cell folds, as Rich would draw it, but faster."""
    right = frozenset(index for index in layout if table.columns[index].kind in text.RIGHT)
    head = [Text(text.literal(column.label), style="bold") for column in table.columns]
    # as Rich does, which gives a last column room even if there is nothing in it
    rule = RULE * (_total(layout) + (0 in [*layout.values()][-1:]))
    parts: list[str | Text] = [*_line(head, layout, right), "\n", rule]
    for index, row in enumerate(cells, start=1):
        parts += ["\n", *_line(row, layout, right)]
        if index in table.rules and index < len(cells):
            parts += ["\n", rule]
    return Text.assemble(*parts, no_wrap=True, overflow="ignore")


def _line(cells: Sequence[Text], layout: Mapping[int, int], right: frozenset[int]) -> Iterator[str | Text]:
    gap = ""
    for index, width in layout.items():
        cell = cells[index]
        if index in right:
            cell.rstrip()
        room = " " * (width - cell.cell_len)
        yield from (gap, room, cell) if index in right else (gap, cell, room)
        gap = " " * GAP


def _grid(table: Table, cells: Sequence[Sequence[Text]], layout: Mapping[int, int]) -> Grid:
    grid = Grid(box=BOX, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0))
    for index, width in layout.items():
        column = table.columns[index]
        folds = column.kind in FOLDABLE
        grid.add_column(
            Text(text.literal(column.label)),
            justify="right" if column.kind in text.RIGHT else "left",
            width=width,
            no_wrap=not folds,
            # the others are as wide as their widest cell, so that nothing is ever cropped
            overflow="fold" if folds else "crop",
        )
    for index, row in enumerate(cells):
        grid.add_row(*(row[place] for place in layout), end_section=index + 1 in table.rules)
    return grid


def _cell(value: Any, column: Column, options: Options) -> Text:
    if column.kind in text.DRAWN:
        return _drawn(value, column.kind, options)
    written = text.cell(value, column.kind)
    if not options.color or column.kind is not Kind.PARTY:
        return Text(written)
    colour = value.colour if isinstance(value, PartyLabel) else None
    # a party of no known colour stands in line with the others
    return Text.assemble((SWATCH, colour) if colour else " ", written)


def _drawn(value: Any, kind: Kind, options: Options) -> Text:
    from emvote.render import bars

    if value is None:
        return Text(UNKNOWN)
    return _pieces(bars.seat_bar(value) if kind is Kind.SEAT_BAR else (bars.share_bar(value),), options)


def fit(columns: Sequence[Column], cells: Sequence[Sequence[str]], width: int | None) -> dict[int, int]:
    """Which columns fit, and their widths: the least important go first.

    Texts keep a width at which they still read as text, unless nothing else would fit; a word is never broken. A column
    of priority 0 always stays, even where the terminal is too narrow for it.
    """
    full = {index: _natural(column, [row[index] for row in cells]) for index, column in enumerate(columns)}
    if width is None:
        return full
    foldable = {index for index, column in enumerate(columns) if column.kind in FOLDABLE}
    least = {index: min(size, LEAST_FOLDED) if index in foldable else size for index, size in full.items()}
    while _total(least) > width and any(columns[index].priority for index in least):
        del least[max(least, key=lambda index: (columns[index].priority, index))]
    if _total(least) > width:  # nothing is left that could go
        least |= {
            index: min(least[index], _longest_word(columns[index], [row[index] for row in cells]))
            for index in foldable & least.keys()
        }
    layout = {index: full[index] for index in least}
    while _total(layout) > width and any(layout[index] > least[index] for index in layout):
        layout[max(layout, key=lambda index: layout[index] - least[index])] -= 1
    return layout


def _natural(column: Column, cells: Sequence[str]) -> int:
    return max(map(cell_len, (text.literal(column.label), *cells)))


def _longest_word(column: Column, cells: Sequence[str]) -> int:
    words = (word for cell in (text.literal(column.label), *cells) for word in cell.split())
    return max(map(cell_len, words), default=1)


def _total(layout: Mapping[int, int]) -> int:
    return sum(layout.values()) + GAP * (len(layout) - 1)
