"""Numbers of a text, as digits and as words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from emvote.claims import Wording

UNITS: Final = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS: Final = (
    {"one": 1}
    | {word: number for number, word in enumerate(UNITS, 2)}
    | {word: number for number, word in zip(range(20, 100, 10), TENS, strict=True)}
    | {
        f"{ten}-{unit}": tens + number
        for tens, ten in zip(range(20, 100, 10), TENS, strict=True)
        for number, unit in enumerate(["one", *UNITS[:8]], 1)
    }
)
"""Numbers from one to ninety-nine, as they are written."""
_FIGURE: Final = re.compile(
    r"(?<![\w.,-])[\u00a3$\u20ac]?[0-9][0-9,]{0,14}(?:\.[0-9]{1,6})?(?:st|nd|rd|th)?(?:%| per ?cent| percent)?(?![\w])"
    rf"|\b(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})\b(?:%| per ?cent)?",
    re.IGNORECASE,
)
_LOOSE: Final = {
    "about": Wording.ABOUT,
    "around": Wording.ABOUT,
    "roughly": Wording.ABOUT,
    "some": Wording.ABOUT,
    "approximately": Wording.ABOUT,
    "nearly": Wording.NEARLY,
    "almost": Wording.NEARLY,
    "over": Wording.MORE_THAN,
    "more than": Wording.MORE_THAN,
    "at least": Wording.AT_LEAST,
    "under": Wording.LESS_THAN,
    "fewer than": Wording.LESS_THAN,
    "less than": Wording.LESS_THAN,
    "up to": Wording.AT_MOST,
}
_BEFORE: Final = re.compile(rf"\b({'|'.join(_LOOSE)})\s$", re.IGNORECASE)
FIRST_YEAR, LAST_YEAR = 1900, 2099


class Figure(Struct, frozen=True):
    """A number of a text."""

    start: int
    end: int
    text: str
    value: float | int
    places: int
    percent: bool
    ordinal: bool
    money: bool
    wording: Wording

    @property
    def year(self) -> int | None:
        """The year that it may be."""
        digits = self.text.isdigit() and len(self.text) == len("2019")
        return int(self.value) if digits and FIRST_YEAR <= self.value <= LAST_YEAR else None


def figures(text: str, start: int, end: int) -> Iterator[Figure]:
    """The numbers between two places.

    >>> [figure.value for figure in figures("thirteen seats, 21,259 votes, 5.9%, 61st", 0, 41)]
    [13, 21259, 5.9, 61]
    """
    for match in _FIGURE.finditer(text, start, end):
        found = match.group().rstrip(",")
        bare = re.sub(r"%| ?per ?cent| percent", "", found, flags=re.IGNORECASE).strip("\u00a3$\u20ac")
        number = bare.rstrip("stndrh") if bare[:1].isdigit() else bare
        value: float | None = WORDS.get(number.lower())
        if value is None:
            plain = number.replace(",", "")
            value = float(plain) if "." in plain else int(plain)
        loose = _BEFORE.search(text, max(start, match.start() - 16), match.start())
        yield Figure(
            match.start(),
            match.start() + len(found),
            found,
            value,
            len(number.partition(".")[2]),
            percent=bare != found and found[:1] not in "\u00a3$\u20ac",
            ordinal=number != bare,
            money=found[:1] in "\u00a3$\u20ac",
            wording=_LOOSE[loose.group(1).lower()] if loose else Wording.EXACTLY,
        )
