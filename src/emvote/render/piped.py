"""The answer as a table in a pipe: no colour, any width.

Nothing has to be folded, dropped or coloured there, so that Rich, which takes longer than all the rest of an answer, is
not needed. A test holds every character equal to what Rich would have printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from emvote.render import text
from emvote.views.columns import Table

if TYPE_CHECKING:
    from emvote.render import Options
    from emvote.views.view import View

GAP: Final = "  "
"""Between columns."""
RULE: Final = "\N{BOX DRAWINGS LIGHT HORIZONTAL}"
NARROW: Final = frozenset("–—‘’“”−→")
"""Signs that answers are full of, and that take one column each like the letters of Latin scripts."""


def render_piped(view: View, options: Options) -> str:
    """The whole answer."""
    blocks = text.document(view, options)
    if not all(isinstance(block, text.Paragraph | text.Listing | Table) for block in blocks):
        from emvote.render.terminal import render_terminal

        return render_terminal(view, options)  # a drawing
    lines: list[str] = []
    before: text.Block | None = None
    for block in blocks:
        if before and not (isinstance(before, text.Paragraph) and isinstance(block, text.Paragraph)):
            lines.append("")
        lines += _lines(block)
        before = block
    return "".join([f"{line.rstrip()}\n" for line in lines])


def _lines(block: text.Block) -> Iterator[str]:
    if isinstance(block, text.Paragraph):
        yield block.text
    elif isinstance(block, text.Listing):
        yield f"{block.title}:"
        for item in block.items:
            yield f"  {item.text}"
            if item.url:
                yield f"    {item.url}"
    elif isinstance(block, Table):
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    if table.title:
        yield text.literal(table.title)
    kinds = [column.kind for column in table.columns]
    written = [[text.cell(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in table.rows]
    cells = [[text.literal(column.label) for column in table.columns], *written]
    widths = [[width(cell) for cell in row] for row in cells]
    full = [max(column) for column in zip(*widths, strict=True)]
    full[-1] = max(full[-1], 1)  # Rich shows a last column that has nothing in it
    right = [kind in text.RIGHT for kind in kinds]
    rule = RULE * (sum(full) + len(GAP) * (len(full) - 1))
    for index, row in enumerate(cells):
        yield _row(row, widths[index], full, right)
        # the header is row 0 here; a rule above row n of the table stands below row n of these
        if index == 0 or (index in table.rules and index < len(written)):
            yield rule


def _row(cells: Sequence[str], widths: Sequence[int], full: Sequence[int], right: Sequence[bool]) -> str:
    return GAP.join(
        [
            _to_right(cell, taken, most) if to_right else f"{cell}{' ' * (most - taken)}"
            for cell, taken, most, to_right in zip(cells, widths, full, right, strict=True)
        ]
    )


def _to_right(cell: str, taken: int, most: int) -> str:
    """The text at the right end of so many columns, without spaces behind it."""
    if cell[-1:].isspace():
        cell = cell.rstrip()
        taken = width(cell)
    return f"{' ' * (most - taken)}{cell}"


def width(cell: str) -> int:
    """Columns of a terminal that a text takes.

    >>> width("Ynys Môn"), width("–"), width("東")
    (8, 1, 2)
    """
    if cell.isascii() or all("\xad" < char < "\u0300" or char.isascii() or char in NARROW for char in cell):
        return len(cell)
    from rich.cells import cell_len

    return cell_len(cell)
