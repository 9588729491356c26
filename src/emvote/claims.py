"""What a claims file says: an article, and its statements with the questions that decide them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Wording(StrEnum):
    """How a figure is stated."""

    EXACTLY = "exactly"
    """The figure itself, to the places that it is written with."""
    ABOUT = "about"
    """That or near it: within the tolerance on either side."""
    NEARLY = "nearly"
    """That or a little less: within the tolerance below."""
    MORE_THAN = "more than"
    AT_LEAST = "at least"
    LESS_THAN = "less than"
    AT_MOST = "at most"


class Verdict(StrEnum):
    """What became of a claim."""

    CONFIRMED = "confirmed"
    """The record says the same, to the places stated."""
    APPROXIMATE = "approximate"
    """The record says something else, within what the wording or the tolerance allows."""
    CONTRADICTED = "contradicted"
    """The record says something else."""
    NOT_CHECKABLE = "not checkable"
    """The record cannot tell: an opinion, a forecast, something outside it, or a figure that is not known."""


@dataclass(frozen=True, kw_only=True)
class Article:
    """Where the claims come from."""

    title: str
    """Title of the article."""
    id: str = ""
    """Short name, which `--article` takes; the name of the file where it is left out."""
    publisher: str = ""
    """Who published it."""
    date: date | None = None
    """When it was published."""
    url: str = ""
    """Where it can be read."""


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """Another reading under which a claim might be right."""

    options: str = ""
    """Options to add to the claim's query, such as `--baseline eve-of-poll`."""
    query: str = ""
    """A command line in place of the claim's query."""
    where: Mapping[str, Any] | None = None
    """In place of the claim's `where`."""
    take: str = ""
    """In place of the claim's `take`."""
    means: str = ""
    """What this reading is, in words; the options where it is left out."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One statement, and how to decide it."""

    id: str
    """Short name, unique in the file."""
    subject: str
    """What it is about: a seat, a council, the region."""
    claim: str
    """What is stated, in words of one's own."""
    query: str = ""
    """The command line that answers it, such as `councils --lost-control --party con`."""
    where: Mapping[str, Any] = field(default_factory=dict)
    """The one row that matters, by its fields: `{ council = "Derby" }`; empty: the whole answer matters."""
    take: str = ""
    """What to take from that row, or from the answer: a field, or any JMESPath expression."""
    stated: Any = None
    """The value stated: a number, a text, true or false, a date, or a list of names."""
    wording: Wording = Wording.EXACTLY
    """How a number is stated: exactly, about, nearly, more than, at least, less than, at most."""
    tolerance: float | None = None
    """How far from it the figure may be and still be approximate, in its own unit; for a list how many names."""
    places: int | None = None
    """Decimal places that the number was stated with, where it was written with a last 0: 2 for 40.30."""
    alternatives: tuple[Alternative, ...] = ()
    """Other readings to try where it is not confirmed."""
    note: str = ""
    """What a reader should know."""
    not_checkable: str = ""
    """Why the record cannot decide it; in place of `query`, `take` and `stated`."""


@dataclass(frozen=True, kw_only=True)
class Claims:
    """The content of a claims file."""

    article: Article
    """Where the claims come from."""
    claims: tuple[Claim, ...]
    """The claims, in the order of the article."""


@dataclass(frozen=True)
class ClaimsFile:
    """A claims file that has been read."""

    file: str
    """As it was named."""
    article: Article
    claims: tuple[Claim, ...]
    lines: Mapping[str, int] = field(default_factory=dict)
    """Key path to line."""

    def place(self, index: int, key: str = "") -> str:
        """Where a claim, or a key of it, stands: line, key path and the claim's id."""
        path = f"claims[{index}].{key}" if key else f"claims[{index}]"
        claim = self.claims[index]
        return f"{located(path, self.lines)} (claim {claim.id})"


def located(path: str, lines: Mapping[str, int]) -> str:
    """A key path with its line, or with that of the nearest thing around it whose line is known.

    >>> located("claims[0].where.council", {"claims[0]": 4, "claims[0].where": 7})
    'line 7, claims[0].where.council'

    A list of tables is where its first one is:

    >>> located("claims", {"claims[0]": 4})
    'line 4, claims'
    """
    around = path
    while around:
        line = lines.get(around) or lines.get(f"{around}[0]")
        if line:
            return f"line {line}, {path}"
        around = around[: max(around.rfind("."), around.rfind("["), 0)]
    return path
