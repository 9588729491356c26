"""A sentence with its names, figures and what is known from the text around it; and the statements found in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec import Struct

from emvote.claims import Alternative, Wording
from emvote.dataset import Dataset
from emvote.prose.figures import Figure
from emvote.prose.names import Name

REACH: Final = 90
"""Characters around a figure in which the words that say what it is are looked for."""
_NOT_FACT: Final = re.compile(
    r"\b(?:if|would|could|might|may have|poll(?:s|ster)?|predict(?:s|ed|ion)?|forecast|target|hopes?|expected|aims?)\b",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"\b(?:not|never|n't|without|failed|nor|neither|unlike|denied)\b|n['\u2019]t\b", re.IGNORECASE
)


class Setting(Struct, frozen=True):
    """What a sentence takes from the text around it."""

    dataset: Dataset
    seat: str | None = None
    council: str | None = None
    """Id of the council."""
    person: str | None = None
    mayor: str | None = None
    """Mayoralty that is told about: its name as `emvote mayor` takes it."""
    told: bool = False
    """Whether the reader said which general election it is."""
    year: int | None = None
    """Year of the general election that was named last."""
    local: str | None = None
    """Local election that the article is about."""
    generals: Mapping[int, str] = {}
    locals_: Mapping[int, str] = {}
    stood: Mapping[str, list[str]] = {}
    """Seats by the person who stood in them."""


class Sentence(Struct, frozen=True):
    """A sentence, ready to be read."""

    text: str
    """The whole article."""
    start: int
    end: int
    names: tuple[Name, ...]
    figures: tuple[Figure, ...]
    setting: Setting
    firm: bool
    """Whether its place is named in the sentence itself, or is that of its section."""

    @property
    def words(self) -> str:
        """The sentence."""
        return self.text[self.start : self.end]

    @property
    def is_fact(self) -> bool:
        """Whether it tells what happened, not what may."""
        return not _NOT_FACT.search(self.words)

    @property
    def is_denied(self) -> bool:
        """Whether it says that something was not so."""
        return bool(_DENIED.search(self.words))

    def before(self, figure: Figure) -> str:
        """The words before a figure, back to the figure before it."""
        start = max([self.start, figure.start - REACH, *(f.end for f in self.figures if f.end <= figure.start)])
        return self.text[start : figure.start]

    def after(self, figure: Figure) -> str:
        """The words after a figure, up to the next one."""
        stop = min([self.end, figure.end + REACH, *(f.start for f in self.figures if f.start >= figure.end)])
        return self.text[figure.end : stop]

    def year_of(self, figure: Figure | None) -> tuple[int | None, bool]:
        """The year of the general election that a figure is of, and whether the sentence says it."""
        years = [each for each in self.figures if each.year in self.setting.generals]
        if figure is not None and years:
            after = [each for each in years if each.start > figure.end]
            near = [each for each in after if each.start - figure.end <= len(" in the general election of ")]
            nearest = near[:1] or [each for each in years if each.end < figure.start][-1:] or after[:1]
            return nearest[0].year, True
        if years:
            return years[0].year, len(years) == 1
        return self.setting.year, False

    def people(self, end: int) -> list[Name]:
        """People and parties named before a place, nearest first."""
        return [each for each in reversed(self.names) if each.end <= end and each.kind in ("person", "party")]


class Statement(Struct, frozen=True, kw_only=True):
    """What a sentence states, and the question that decides it."""

    start: int
    end: int
    kind: str
    subject: str
    measure: str
    stated: Any
    query: str
    take: str
    where: Mapping[str, Any] = {}
    election: str | None = None
    wording: Wording = Wording.EXACTLY
    places: int | None = None
    tolerance: float | None = None
    definitions: tuple[Alternative, ...] = ()
    """Other definitions or baselines in use: right by one of them is approximate."""
    others: tuple[Statement, ...] = ()
    """Where the election is not said: the same of the others that it may be; right of one of them is right."""
    confusions: tuple[Alternative, ...] = ()
    """Other things of the same place: right for one of them is contradicted, and said."""
    firm: bool = True
    """Whether the sentence leaves no doubt what it is about: only then is it ever contradicted."""


Grammar = Callable[[Sentence], "list[Statement]"]


def quoted(text: str) -> str:
    """A name inside a path or a command line."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def seat_query(seat: str, year: int) -> str:
    """The command line for the result of a seat."""
    from emvote.command_line import printed

    return printed(["seat", seat, "--election", str(year)]).removeprefix("emvote ")
