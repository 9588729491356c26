"""One relation of an export, as its format reports it."""

from __future__ import annotations

from typing import NamedTuple


class Written(NamedTuple):
    """One relation as written."""

    relation: str
    rows: int
    file: str
    """Its file or folder, relative to what was exported; of a database, the table."""
