"""A dataset that emvote exported, read again: the folder of CSV files with its data package, or the SQLite database.

Every cell has the form in which an export writes it, and nothing in a database computes; what its rows say together is
for `emvote.relations`.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from emvote.errors import BadData, Problem
from emvote.relations import RELATIONS, Column, Line, Relation, Tables, Type, plain, whole_number
from emvote.store.bounds import MOST_PROBLEMS, limited
from emvote.store.structure import LONGEST_VALUE

if TYPE_CHECKING:
    import sqlite3

DESCRIPTION: Final = "datapackage.json"
"""The file that makes a folder a data package."""
SQLITE: Final = b"SQLite format 3\x00"
"""How a database begins."""
LONGEST_CELL: Final = 1_000_000
"""Bytes of a cell of a database that is read."""
SMALLEST_ROW: Final = 5
"""Bytes that SQLite takes for a row without a value: its place in the page, two lengths and its number."""
MOST_STEPS: Final = 8
"""Steps of SQLite's machine for a byte of the file: a row of the smallest size takes as many as five have here."""
PLAIN: Final = ("CREATE TABLE ", "CREATE INDEX ", "CREATE UNIQUE INDEX ", "CREATE VIEW ", "CREATE TRIGGER ")
"""How SQLite itself writes down what it made; a virtual table begins otherwise."""


def is_exported(contents: Sequence[tuple[bytes, str]]) -> bool:
    """Whether some files are a dataset that emvote exported."""
    content, name = contents[0]
    return content.startswith(SQLITE) or name.rpartition("/")[2] == DESCRIPTION


def plain_data(contents: Sequence[tuple[bytes, str]]) -> dict[str, Any]:
    """The data of an exported dataset as a dataset's file would have it.

    Args:
        contents: the database; or the description of the package and, after it, its files.

    Raises:
        BadData: something cannot be read; every problem is listed.
    """
    content, name = contents[0]
    head, tables = _from_database(content, name) if content.startswith(SQLITE) else _from_folder(contents)
    return plain(head, tables)


# --- reading --------------------------------------------------------------------------------------------------------


def _from_folder(contents: Sequence[tuple[bytes, str]]) -> tuple[Line, Tables]:
    description, name = contents[0]
    try:
        head = json.loads(description)["emvote"]
        json.dumps(head, ensure_ascii=False).encode()  # JSON can write half a character, which nobody can print
    except (ValueError, KeyError, TypeError, RecursionError):
        head = None
    if not isinstance(head, dict):
        expected = 'expected a data package that emvote exported: JSON with a key "emvote"'
        raise BadData((Problem(name, "", "readable", "", expected),))
    files = {each.rpartition("/")[2]: (content, each) for content, each in contents[1:]}
    problems: list[Problem] = []
    tables: dict[str, list[Line]] = {}
    for relation in RELATIONS:
        if f"{relation.name}.csv" not in files:
            problems.append(Problem(name, relation.name, "exists", "", f"expected {relation.name}.csv in the folder"))
            continue
        content, file = files[f"{relation.name}.csv"]
        tables[relation.name] = [*_lines(content, file, relation.columns, problems)]
    if problems:
        raise BadData(limited(problems))
    return head, tables


def _lines(content: bytes, file: str, columns: Sequence[Column], problems: list[Problem]) -> Iterator[Line]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        problems.append(Problem(file, f"line {number}", "utf-8", "", "expected UTF-8 text"))
        return
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        yield from _under(reader, file, columns, problems)
    except csv.Error as error:
        expected = f"not a table of cells: {error}"
        problems.append(Problem(file, f"line {reader.line_num}", "structure", "", expected))


def _under(reader: Any, file: str, columns: Sequence[Column], problems: list[Problem]) -> Iterator[Line]:
    """The rows of a file under its header."""
    header: list[str] = next(reader, [])
    missing = [column.name for column in columns if column.name not in header]
    twice = [column.name for column in columns if header.count(column.name) > 1]
    if missing or twice:
        expected = f"no column {', '.join(missing)}" if missing else f"column {', '.join(twice)} is there twice"
        problems.append(Problem(file, "line 1", "structure", "", expected))
        return
    places = [(column, header.index(column.name)) for column in columns]
    for values in reader:
        if len(problems) > MOST_PROBLEMS:
            return
        if len(values) != len(header):
            expected = f"expected {len(header)} cells, as there are columns"
            problems.append(Problem(file, f"line {reader.line_num}", "structure", str(len(values)), expected))
            continue
        line: Line = {}
        for column, place in places:
            try:
                line[column.name] = _value(values[place], column.type)
            except ValueError:
                where = f"line {reader.line_num}, column {column.name}"
                value = repr(values[place][:LONGEST_VALUE])
                problems.append(Problem(file, where, "structure", value, f"expected {_WORDS[column.type]}"))
        yield line


_WORDS: Final = {
    Type.TEXT: "text",
    Type.INTEGER: "a whole number (70000)",
    Type.NUMBER: "a number (62.5)",
    Type.BOOLEAN: "true or false",
    Type.DATE: "a date (2019-12-12)",
}
_READ: Final[Mapping[Type, Callable[[str], Any]]] = {
    Type.TEXT: str,
    Type.INTEGER: int,
    Type.NUMBER: float,
    Type.BOOLEAN: lambda text: text == "true",
    Type.DATE: date.fromisoformat,
}
WRITTEN: Final[Mapping[Type, Callable[[Any], str]]] = {
    Type.TEXT: str,
    Type.INTEGER: str,
    Type.NUMBER: repr,
    Type.BOOLEAN: lambda value: "true" if value else "false",
    Type.DATE: date.isoformat,
}
"""How an export writes a value; a cell in any other form is refused.

Python alone would read `70_000`, digits of other scripts, and a week for a date.
"""


def _value(text: str, kind: Type) -> Any:
    """The value of a cell; a blank is none.

    Raises:
        ValueError: it is not of the type, or not as an export writes it.
    """
    if text == "":
        return None
    value = _READ[kind](text)
    if WRITTEN[kind](value) != text or (kind is Type.NUMBER and not math.isfinite(value)):
        raise ValueError(text)
    return value


def _from_database(content: bytes, name: str) -> tuple[Line, Tables]:
    import sqlite3
    from contextlib import closing

    problems: list[Problem] = []
    try:
        with closing(sqlite3.connect(":memory:")) as database:
            _bound(database, len(content))
            database.deserialize(content)
            stored = _Stored(database, len(content))
            head = dict(stored.rows("dataset", ("key", "value")))
            tables = {relation.name: [*_stored_lines(stored, relation, name, problems)] for relation in RELATIONS}
    except (sqlite3.Error, ValueError, MemoryError) as error:
        expected = f"expected a database that emvote exported: {error}"
        raise BadData((Problem(name, "", "readable", "", expected),)) from None
    if problems:
        raise BadData(limited(problems))
    return {**head, "schema": whole_number(head.get("schema"))}, tables


STEPS: Final = 10_000
"""Steps of SQLite's machine between two looks at how many there were."""


def _bound(database: sqlite3.Connection, size: int) -> None:
    """Interrupt a database that takes more steps than one of its size can need, and refuse huge cells."""
    import sqlite3

    left = iter(range((1_000_000 + MOST_STEPS * size) // STEPS))
    database.set_progress_handler(lambda: next(left, None) is None, STEPS)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_CELL)


class _Stored:
    """The tables of a database, read as rows and nothing that computes.

    Views, virtual tables and computed columns are somebody else's programs. What a name leads to is asked of SQLite
    and not of the list of tables, which a file can forge: SQLite tells what each query reads, and in which view.
    """

    def __init__(self, database: sqlite3.Connection, size: int) -> None:
        self._database = database
        self._left = size
        self._reading = ""
        for (made,) in database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"):
            if not str(made).startswith(PLAIN):
                raise ValueError(f"{str(made)[:LONGEST_VALUE]!r} makes no plain table")
        database.set_authorizer(self._allowed)

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The rows of a table in their order.

        Raises:
            ValueError: it is no plain table, or gives more than the file holds.
        """
        self._reading = table
        if any(hidden for *_, hidden in self._database.execute(f"PRAGMA table_xinfo({table})")):
            raise ValueError(f"{table} has columns that are computed")
        order = "" if table == "dataset" else " ORDER BY rowid"
        for row in self._answers(table, f"SELECT {', '.join(columns)} FROM {table}{order}"):  # noqa: S608 (our names)
            self._left -= SMALLEST_ROW + sum(len(value) for value in row if isinstance(value, str | bytes))
            if self._left < 0:  # pages that lead to themselves: each is read again and again
                raise ValueError("it gives more rows than it holds")
            yield row

    def _answers(self, table: str, query: str) -> Iterator[tuple[Any, ...]]:
        """What SQLite answers, with its two refusals in our words."""
        import sqlite3

        words = {
            sqlite3.SQLITE_AUTH: f"{table} is no plain table",
            sqlite3.SQLITE_INTERRUPT: f"{table} takes more steps than a file of this size can need",
        }
        try:
            yield from self._database.execute(query)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode not in words:
                raise
            raise ValueError(words[error.sqlite_errorcode]) from None

    def _allowed(self, action: int, name: str | None, *where: str | None) -> int:
        """Whether SQLite may do something for the query: `where` ends with the view that it is for."""
        import sqlite3

        reads = action == sqlite3.SQLITE_SELECT or (
            action == sqlite3.SQLITE_READ and str(name).lower() == self._reading
        )
        asks = action == sqlite3.SQLITE_PRAGMA and name == "table_xinfo"
        return sqlite3.SQLITE_OK if asks or (reads and where[-1] is None) else sqlite3.SQLITE_DENY


def _stored_lines(stored: _Stored, relation: Relation, name: str, problems: list[Problem]) -> Iterator[Line]:
    """The rows of a table in their order."""
    columns = [column.name for column in relation.columns]
    for number, row in enumerate(stored.rows(relation.name, columns), start=1):
        line: Line = {}
        for column, value in zip(relation.columns, row, strict=True):
            try:
                line[column.name] = _stored(value, column.type)
            except ValueError:
                where = f"{relation.name}, row {number}, column {column.name}"
                shown = repr(value if isinstance(value, int | float) else value[:LONGEST_VALUE])
                problems.append(Problem(name, where, "structure", shown, f"expected {_WORDS[column.type]}"))
        if len(problems) > MOST_PROBLEMS:
            return
        yield line


_STORED: Final[Mapping[Type, tuple[type, ...]]] = {
    Type.TEXT: (str,),
    Type.INTEGER: (int,),
    Type.NUMBER: (int, float),
    Type.BOOLEAN: (int,),
    Type.DATE: (str,),
}
"""What SQLite keeps for each type: a column of its tables may hold anything."""


def _stored(value: Any, kind: Type) -> Any:
    """A value as it was before SQLite, which knows no dates and no booleans.

    Raises:
        ValueError: it is not of the type.
    """
    if value is None:
        return None
    expected: tuple[Any, ...] = _STORED[kind]
    if not isinstance(value, expected):
        raise ValueError(value)  # noqa: TRY004 (of the database, not of the program)
    if kind is Type.DATE:
        return _value(value, kind)
    if kind is Type.BOOLEAN:
        if value not in (0, 1):
            raise ValueError(value)
        return bool(value)
    return value
