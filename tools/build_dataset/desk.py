"""What the polls of 2019 and their flags are put together from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tools.build_dataset.books import Books
from tools.build_dataset.eves import Published
from tools.build_dataset.hoc import Differences
from tools.build_dataset.judgements import Judgements
from tools.build_dataset.parties import Parties

from emvote.model import Seats

DAY = date(2019, 5, 2)
"""Polling day."""
EVE = 2018
"""Year of the latest snapshot before it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that one council's poll needs."""

    books: Books
    parties: Parties
    judged: Judgements
    hoc: Differences
    winners: Mapping[str, Seats]
    """Council to the seats won on the day."""
    eves: Mapping[tuple[str, int], Published]
    """What was published of councils just before polls, by council and year."""
    by_url: Mapping[str, str]
    """Page to the id of its source."""
