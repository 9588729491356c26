"""From the bytes of a file to its rows of cells: encodings, separators, line ends, and what was odd about them.

Only three encodings are met in these files, and which one it is can be decided instead of guessed: a mark at the
beginning, text that is valid UTF-8, or else Windows-1252.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from emvote.errors import BadData, Problem
from emvote.store.importers.rows import Row

SEPARATORS = ",\t;"
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with a byte-order mark"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
ARCHIVE = b"PK\x03\x04"
"""Beginning of a zip archive, which a workbook is too."""
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
LONGEST_CELL = 10_000_000
"""Characters of a cell that the parser takes: a quotation mark that is never closed is told, not a parser's limit."""

SAMPLE = 5
"""Lines from which the separator is told."""
MOST_COLUMNS = 1_000
MOST_ROWS = 500_000
"""Of one file: every candidate at twenty years of local elections."""


class Cells(Struct, frozen=True):
    """One row as cells."""

    line: int
    """Line on which it begins."""
    last: int
    """Line on which it ends: a quoted cell may hold line breaks."""
    values: list[str]


class Table(Struct):
    """A file as rows of cells, the header among them."""

    file: str
    rows: list[Cells]
    encoding: str = "UTF-8"
    odd: list[tuple[int | None, str]] = field(default_factory=list)
    """What was odd about the file as a whole: line where there is one, and what was done."""

    def under(self, header: Sequence[str], rows: Sequence[Cells]) -> Iterator[Row]:
        """Rows as records under the names of their columns; each has as many cells as there are columns."""
        for row in rows:
            yield Row(f"{self.file}:{row.line}", dict(zip(header, row.values, strict=True)), row.line, self.file)


def read_table(content: bytes, file: str) -> Table:
    """The rows of a file; those without any text are left out, and are no oddity.

    Raises:
        BadData: it is no text, or no table.
    """
    text, encoding, odd = decode(content, file)
    if "\x00" in text:
        raise _bad(file, "", "expected text, found binary data")
    beginning = "\n".join(text.split("\n", SAMPLE)[:SAMPLE])  # the first line may be a title without any
    separator = max(SEPARATORS, key=beginning.count)
    if separator != ",":
        named = "tabs" if separator == "\t" else "semicolons"
        odd.append((None, f"cells are separated by {named}"))
    table = Table(file, [], encoding, odd)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    before = 0
    try:
        for values in reader:
            if len(values) > MOST_COLUMNS or len(table.rows) >= MOST_ROWS:
                expected = f"expected at most {MOST_COLUMNS:,} columns and {MOST_ROWS:,} rows: import it in parts"
                raise _bad(file, f"line {before + 1}", expected)
            if any(value.strip() for value in values):
                table.rows.append(Cells(before + 1, reader.line_num, values))
            before = reader.line_num
    except csv.Error as error:
        raise _bad(file, f"line {before + 1}", f"not a table of cells: {error}") from None
    if not table.rows:
        raise _bad(file, "", "expected a table, found nothing in it")
    return table


def decode(content: bytes, file: str) -> tuple[str, str, list[tuple[int | None, str]]]:
    """The text of a file, its encoding, and what is to be said of that.

    Raises:
        BadData: it is no text in any encoding that these files have.
    """
    if content.startswith((ARCHIVE, OLD_WORKBOOK)):
        raise _bad(file, "", f"expected CSV, found {_packed(content)}")
    for mark, encoding, name in MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), name, [(None, f"read as {name}")]
            except UnicodeDecodeError as error:
                raise _bad(file, "", f"begins as {name} and is not: {error.reason}") from None
    try:
        return content.decode("utf-8"), "UTF-8", []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = f"0x{content[error.start]:02X}"
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = f"0x{content[error.start]:02X}"
        raise _bad(file, f"line {line}", f"neither UTF-8 nor Windows-1252: byte {byte}") from None
    return text, "Windows-1252", [(line, f"read as Windows-1252: byte {byte} is not UTF-8")]


MOST_NAMES = 3
"""Files of an archive that a message names."""
LONGEST_NAME = 60
"""Characters of such a name that it shows."""
WORKBOOK_PARTS = frozenset({"[Content_Types].xml", "mimetype"})
"""One of these is in every workbook, of Excel or of LibreOffice."""


def _packed(content: bytes) -> str:
    """What a file is that holds others, and what to do about it."""
    import zipfile  # not with the module: nearly every file is text

    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist() if content.startswith(ARCHIVE) else [*WORKBOOK_PARTS]
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return "a damaged zip archive or workbook"
    if WORKBOOK_PARTS.intersection(names):
        return "a workbook: save each sheet as CSV (UTF-8) and import those files"
    shown = [repr(name[:LONGEST_NAME]) for name in names[:MOST_NAMES]] + ["…"] * (len(names) > MOST_NAMES)
    held = f" ({', '.join(shown)})" if names else ""
    return f"a zip archive: unpack it and import the files in it{held}"


def _bad(file: str, place: str, expected: str) -> BadData:
    return BadData((Problem(file, place, "import", "", expected),))
