"""CSV and TSV: a line a row, figures in full, nesting flattened.

Text is literal unless `--excel` asks for a file that a spreadsheet opens without running any cell as a formula.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any, Final

from emvote.render import records

if TYPE_CHECKING:
    from collections.abc import Iterable

    from emvote.render import Options
    from emvote.views.view import View

BYTE_ORDER_MARK: Final = "\ufeff"
SIGNS: Final = r"=+\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
"""How a formula begins; all but the first four are signs of the same look, which some programs take for them."""
DIVIDERS: Final = r";,|\t\r\n"
"""Where a spreadsheet may end a cell: with the settings of another country also inside what is quoted."""
FORMULA: Final = re.compile(rf"(?:^|(?<=[{DIVIDERS}]))(?=[^\w{DIVIDERS}{SIGNS}]*[{SIGNS}])|^(?=[\t\r\n])")
"""The places before what a spreadsheet may run: before a sign that no letter and no digit stands before."""
BETWEEN_TEXTS: Final = "; "


def render_csv(view: View, options: Options) -> str:
    """Comma-separated values with a header."""
    return _render(view, options, ",")


def render_tsv(view: View, options: Options) -> str:
    """Tab-separated values with a header."""
    return _render(view, options, "\t")


def _render(view: View, options: Options, delimiter: str) -> str:
    flat = records.flatten(view, options.columns, long=options.long)
    out = io.StringIO()
    if options.excel:
        out.write(BYTE_ORDER_MARK)
    writer = csv.writer(_UnixLines(out), delimiter=delimiter, lineterminator="\r\n")
    header = (".".join(column.path) for column in flat.columns)
    writer.writerows(_line(row, excel=options.excel) for row in (header, *flat.rows))
    return out.getvalue()


class _UnixLines:
    """Make lines end in a line feed, with carriage returns quoted.

    Before Python 3.13 a writer only quotes the characters that end its own lines, so that a lone carriage return in a
    name would end a row for whoever reads it.
    """

    def __init__(self, out: io.StringIO) -> None:
        self._out = out

    def write(self, line: str) -> None:
        """Take a line as the writer ends it."""
        self._out.write(f"{line[:-2]}\n")


def _line(values: Iterable[Any], *, excel: bool) -> list[Any]:
    line = [_value(value) for value in values]
    return [_harmless(value) for value in line] if excel else line


def _value(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return BETWEEN_TEXTS.join(map(str, value))
    return value


def _harmless(value: Any) -> Any:
    """Put an apostrophe before what a spreadsheet might take for a formula.

    >>> _harmless("=1+1"), _harmless("x;=1+1; y"), _harmless("Stoke-on-Trent"), _harmless(-7)
    ("'=1+1", "x;'=1+1; y", 'Stoke-on-Trent', -7)
    """
    return FORMULA.sub("'", value) if isinstance(value, str) else value
