"""The books on councils: the register, their compositions year by year, and the lists of their councillors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tools.build_dataset.raw import RawData, Row, expect, only


@dataclass(frozen=True, slots=True)
class Books:
    """The three books, for the councils of the register."""

    register: tuple[Row, ...]
    rows: Mapping[tuple[str, int], Row]
    """Council and year to the row of the compositions."""
    lists: Mapping[tuple[str, int], tuple[Row, ...]]
    """Council and year to its councillors."""

    def code(self, name: str) -> str:
        """The GSS code of the council of that name."""
        return only((row for row in self.register if row.text("name") == name), name).text("gss_code")


def read_books(raw: RawData) -> Books:
    """The books; to 2015 the names of the compositions have `&` for `and`."""
    register = tuple(raw.rows("councils/councils.csv"))
    codes = {row.text("name"): row.text("gss_code") for row in register}
    return Books(register, _compositions(raw, codes), _lists(raw, codes))


def _compositions(raw: RawData, codes: Mapping[str, str]) -> dict[tuple[str, int], Row]:
    rows: dict[tuple[str, int], Row] = {}
    outside = []
    for row in raw.rows("councils/council-compositions-1973-2026.csv"):
        council = codes.get(row.text("authority").replace("&", "and"))
        if council is None:
            outside.append(row)
            continue
        expect(row.text("gss_code") in {"", council}, f"{row.place}: {row.text('gss_code')} is not {council}")
        expect((council, row.whole("year")) not in rows, f"{row.place}: a second row for that year")
        rows[council, row.whole("year")] = row
    raw.leave_out("compositions of councils outside the register", outside)
    return rows


def _lists(raw: RawData, codes: Mapping[str, str]) -> dict[tuple[str, int], tuple[Row, ...]]:
    lists: dict[tuple[str, int], list[Row]] = {}
    for row in raw.rows("councils/councillors-2016-2025.csv"):
        council = codes[row.text("council").replace("&", "and")]
        lists.setdefault((council, row.whole("year")), []).append(row)
    return {key: tuple(found) for key, found in lists.items()}
