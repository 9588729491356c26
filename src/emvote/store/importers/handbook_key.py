"""What abbreviations of parties stand for in the Local Elections Handbook, as its own keys say: `handbook_key.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

SHORTER: Final = {
    "Communist": "Communist Party of Britain",
    "English Democrat": "English Democrats",
    "Green": "Green Party",
    "Heritage": "Heritage Party",
    "Libertarian": "Libertarian Party",
    "Social Democrat Party": "Social Democratic Party",
    "Socialist Labour": "Socialist Labour Party",
    "Workers Part of Britain": "Workers Party of Britain",
}
"""Names of the keys that leave out a word, or misspell one, to the party's own name."""
LARGE: Final = frozenset({"CON", "LAB", "LD", "GREEN", "UKIP", "REF", "PC", "SNP", "IND"})
"""Abbreviations that mean one party everywhere, whatever a dataset calls it in full."""
NO_PARTY: Final = "ND"
"""Abbreviation of candidates without a description."""
DOUBTFUL: Final = frozenset({"RD & R", "GAINS IND", "BREAK"})
"""Abbreviations of 2023 of which no other year's key tells anything: what they are read as is not confirmed."""


def in_full(year: int, code: str) -> str | None:
    """The name in full of an abbreviation in the sheets of a year; `None`: its key lacks it.

    >>> in_full(2021, "BIG"), in_full(2024, "B and D IND"), in_full(2024, "FREE"), in_full(2021, "XYZ")
    ('Barnsley Independents Group', 'Basingstoke & Deane Independents', 'Freedom Party', None)
    """
    name = _names().get((year, _folded(code)))
    return SHORTER.get(name, name) if name else None


def _folded(code: str) -> str:
    """A code without what the key and the sheets of one workbook write differently."""
    return code.upper().replace("&", "AND").replace(" ", "")


@cache
def _names() -> Mapping[tuple[int, str], str]:
    """Year of the sheets, and folded code, to the name of the party in full."""
    keys = tomllib.loads(files(__package__).joinpath("handbook_key.toml").read_text("utf-8"))
    return {(int(year), _folded(code)): name for year, key in keys.items() for code, name in key.items()}
