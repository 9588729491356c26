"""What part of the country a dataset is about, and what the readers of parliamentary results need of its parties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from tools.build_dataset.raw import EAST_MIDLANDS, Row

from emvote.model import Party


@dataclass(frozen=True, slots=True)
class Area:
    """A region, or the whole country."""

    region: str | None
    """GSS code; `None`: the whole country."""

    def has(self, row: Row) -> bool:
        """Whether a row of a constituency or candidate is inside."""
        return self.region is None or row.text("ons_region_id") == self.region

    def same_name(self, register: str, results: str) -> bool:
        """Whether the results spell a seat as the register does; over the country some differ in capitals only."""
        return register == results or (self.region is None and register.casefold() == results.casefold())


REGION = Area(EAST_MIDLANDS)
COUNTRY = Area(None)


class Roll(Protocol):
    """The parties of a dataset, as the readers of parliamentary results see them."""

    @property
    def all(self) -> tuple[Party, ...]:
        """Every party."""

    @property
    def by_mnis(self) -> Mapping[int, Party]:
        """By their numbers in Parliament's register."""

    @property
    def rank(self) -> Mapping[str, int]:
        """Place of an id in the order of the parties."""
