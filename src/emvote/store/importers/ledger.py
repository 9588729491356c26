"""What an import read, what it set aside and what it read otherwise than written: each with its lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from emvote.store.importers.kinds import FileKind, Sheet
from emvote.store.importers.rows import Row


class Action(StrEnum):
    """What was done about some rows."""

    SET_ASIDE = "set aside"
    """They are not in the result."""
    READ_AS = "read as"
    """A value of them is read otherwise than it is written."""
    NOTED = "noted"
    """Something to know about the file as a whole or about rows that are used."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was done about some rows of a file, and why."""

    file: str
    lines: tuple[int, ...]
    """Lines on which they begin, in order; none where it is about the whole file."""
    action: Action
    what: str
    """What it is about: a seat, a ward, a column, a value."""
    why: str
    suggestions: tuple[str, ...] = ()
    """Known names that are near an unknown one."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file, as it was read."""

    file: str
    kind: FileKind
    how: str
    """How its kind was recognised."""
    encoding: str
    rows: int
    """Without the header, and without rows that are empty."""


@dataclass(slots=True)
class Ledger:
    """Everything that is to be told of an import, collected on the way."""

    files: list[FileRead] = field(default_factory=list)
    _found: dict[tuple[str, Action, str, str], tuple[set[int], tuple[str, ...]]] = field(default_factory=dict)

    def copy(self) -> Ledger:
        """The same so far, to which more can be added apart from this one."""
        return Ledger([*self.files], {key: ({*lines}, near) for key, (lines, near) in self._found.items()})

    def opened(self, sheet: Sheet) -> None:
        """A file whose kind is known, with what is odd about it as a whole."""
        table = sheet.table
        rows = len(sheet.rows) + len(sheet.ragged)
        self.files.append(FileRead(table.file, sheet.kind, sheet.how, table.encoding, rows))
        for line, why in table.odd:
            self.add(table.file, [] if line is None else [line], Action.NOTED, "encoding and separators", why)
        for row in sheet.titles:
            text = " ".join(value.strip() for value in row.values if value.strip())
            self.add(table.file, [row.line], Action.NOTED, "title", f"{text!r} stands above the header, left out")
        for row in sheet.ragged:
            until = f" to line {row.last}" if row.last > row.line else ""
            hint = "; is a quotation mark opened and not closed?" if row.last > row.line else ""
            why = f"{len(row.values)} cells{until}, expected {len(sheet.header)} as there are columns{hint}"
            if len(row.values) == len(sheet.header):
                why = f"a cell holds other rows{until}{hint}"
            self.add(table.file, [row.line], Action.SET_ASIDE, "row", why)

    def add(
        self, file: str, lines: Iterable[int], action: Action, what: str, why: str, suggestions: tuple[str, ...] = ()
    ) -> None:
        """One more; the same about other lines of the file is one finding."""
        known, near = self._found.setdefault((file, action, what, why), (set(), suggestions))
        known.update(lines)
        if near != suggestions:
            self._found[file, action, what, why] = (known, near or suggestions)

    def set_aside(self, rows: Iterable[Row], what: str, why: str, suggestions: tuple[str, ...] = ()) -> None:
        """Rows that are not used."""
        by_file: dict[str, list[int]] = {}
        for row in rows:
            by_file.setdefault(row.file, []).append(row.line)
        for file, lines in by_file.items():
            self.add(file, lines, Action.SET_ASIDE, what, why, suggestions)

    def read_as(self, row: Row, what: str, why: str) -> None:
        """A value that is read otherwise than written."""
        self.add(row.file, [row.line], Action.READ_AS, what, why)

    def noted(self, rows: Iterable[Row], what: str, why: str) -> None:
        """Rows that are used as they are written, and something to know about what they make."""
        for row in rows:
            self.add(row.file, [row.line], Action.NOTED, what, why)

    def findings(self) -> tuple[Finding, ...]:
        """All of them: file by file, by their first lines."""
        order = {each.file: i for i, each in enumerate(self.files)}
        found = [
            Finding(file, tuple(sorted(lines)), action, what, why, near)
            for (file, action, what, why), (lines, near) in self._found.items()
        ]
        return tuple(sorted(found, key=lambda each: (order.get(each.file, len(order)), each.lines[:1], each.action)))

    def lines(self, file: str, action: Action) -> int:
        """How many rows of a file something was done about."""
        lines: set[int] = set()
        for (where, done, _, _), (those, _) in self._found.items():
            if (where, done) == (file, action):
                lines |= those
        return len(lines)
