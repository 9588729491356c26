"""Who sat on a council in each year, as Open Council Data's history has it: one row a council and year."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from emvote.model import OTHER, CouncilType, Seats
from emvote.store.importers.rows import Row

COLUMNS: Final = {
    "con": "con",
    "lab": "lab",
    "ld": "ld",
    "green": "green",
    "ukip": "ukip",
    "ref": "reform",
    "pc": "pc",
    "snp": "snp",
}
"""Columns that are parties, and their ids."""
NATIONALISTS: Final = "nat"
"""Column, up to 2015, of the Scottish National Party in Scotland and of Plaid Cymru in Wales."""
NATIONS: Final = {"S": "snp", "W": "pc"}
"""First letter of a council's code to the party of that column."""
FIRST_SNAPSHOT: Final = 2016
"""From this year on a row is the council of some day after the May elections."""
LAST_RESULTS: Final = 2015
"""In this year the row is the council elected on 7 May, except for counties."""
RESULTS_DAY: Final = "2015-05-07"
MAJORITIES: Final = {
    "Con": "con",
    "Lab": "lab",
    "LD": "ld",
    "UKIP": "ukip",
    "Green": "green",
    "SNP": "snp",
    "PC": "pc",
    "Plaid": "pc",
    "Ind": OTHER,
    "Other": OTHER,
    "CON": "con",
    "LAB": "lab",
    "GRN": "green",
    "REF": "reform",
    "IND": OTHER,
}
"""Labels of control that claim a majority, and whose."""
NO_MAJORITY: Final = re.compile(r"NOC( \(\w+ plurality\))?|\w+ plurality|[A-Z/]+ min|[A-Z]+(/[A-Z]+)+")
"""Labels of control that claim none: the largest party, a minority administration, a coalition."""


def counted(row: Row, council: str = "") -> dict[str, int]:
    """The seats of a composition as the row has them, `other` for the rest.

    Args:
        row: of one council in one year.
        council: its GSS code, which tells whose nationalists the years up to 2015 count.

    Raises:
        Unexpected: it counts nationalists outside Scotland and Wales.
    """
    present = {party: row.seats(column) for column, party in COLUMNS.items() if column in row.values}
    nationalists = row.seats(NATIONALISTS) if NATIONALISTS in row.values else 0
    if nationalists:
        party = NATIONS.get(council[:1])
        row.expect(party, f"{nationalists} seats of nationalists, of whom there are none outside Scotland and Wales")
        present[str(party)] = present.get(str(party), 0) + nationalists
    return {party: seats for party, seats in present.items() if seats} | {OTHER: row.seats("other")}


NO_LABEL: Final = frozenset({"", "NULL"})


def published(row: Row) -> str:
    """The label of control; the older rows give the largest party of a council without control apart."""
    majority, plurality = row.text("majority"), row.text("plurality") if "plurality" in row.values else ""
    if majority in NO_LABEL:
        return ""
    return majority if plurality in {"", majority} else f"{majority} ({plurality})"


def bears_out(label_as_published: str, seats: Seats, size: int, row: Row) -> bool:
    """Whether the seats support a label: a majority where it claims one, none where it does not.

    Raises:
        Unexpected: it is no label that is known.
    """
    pooled = _pooled(seats)
    majority = next((party for party, number in pooled.items() if number * 2 > size), None)
    label = label_as_published.removesuffix(" Mayor")
    if label in MAJORITIES:
        return majority == MAJORITIES[label]
    row.expect(NO_MAJORITY.fullmatch(label_as_published), f"label of control {label_as_published!r}")
    # A majority of independents and local parties together may well run the council as a minority or a coalition.
    return majority is None or (majority == OTHER and label_as_published.startswith("IND"))


def _pooled(seats: Seats) -> Seats:
    """Seats with parties that have no column counted under `other`, as the labels of control do."""
    pooled: Counter[str] = Counter()
    for party, number in seats.items():
        pooled[party if party in COLUMNS.values() else OTHER] += number
    return pooled


def day(year: int, kind: CouncilType) -> str | None:
    """When the snapshot was taken, as exactly as the source lets know."""
    if year >= FIRST_SNAPSHOT:
        return f"{year}-05"
    return RESULTS_DAY if year == LAST_RESULTS and kind is not CouncilType.COUNTY else None
