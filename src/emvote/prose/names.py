"""Names of an article: seats, councils, parties and people of the dataset, as newspapers write them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import Final, Literal

from msgspec import Struct

from emvote.dataset import Dataset
from emvote.model import ElectionKind
from emvote.parties import is_aggregate

MOST_WORDS: Final = 7
Kind = Literal["place", "party", "person"]
_WORD: Final = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*|&")
PAPERS: Final = {
    "con": ("Conservatives", "Conservative Party", "Tory", "Tories", "Tory Party"),
    "lab": ("Labour Party", "Labour and Co-operative", "Labour and Co-operative Party"),
    "ld": ("Lib Dems", "Lib Dem", "Liberal Democrats", "Liberal Democrat"),
    "green": ("Greens", "Green Party"),
    "reform": ("Reform", "Reform UK"),
    "ind": ("independents", "independent", "Independents"),
    "ukip": ("Ukip",),
}
"""Parties as newspapers write them, beside their names and aliases."""
SHORTEST: Final = 3
"""Letters of a party's alias that is looked for: shorter ones are words."""


class Name(Struct, frozen=True):
    """A name in the text, and what it may be."""

    start: int
    end: int
    kind: Kind
    seat: str | None = None
    """Name of the seat."""
    council: str | None = None
    """Id of the council."""
    party: str | None = None
    person: str | None = None


class Names(Struct, frozen=True, dict=True):
    """The names of a dataset."""

    dataset: Dataset

    @cached_property
    def _places(self) -> dict[tuple[str, ...], tuple[str | None, str | None]]:
        found: dict[tuple[str, ...], tuple[str | None, str | None]] = {}
        for seat in self.dataset.record.seats:
            found[_key(seat.name)] = (seat.name, None)
        for council in self.dataset.councils.values():
            key = _key(council.name)
            found[key] = (found.get(key, (None, None))[0], council.id)
            if "and" in key or "Northamptonshire" in council.name:
                short = _key(council.name.replace("Northamptonshire", "Northants"))
                found.setdefault(short, (None, council.id))
        return found

    @cached_property
    def _parties(self) -> dict[tuple[str, ...], str]:
        found: dict[tuple[str, ...], str] = {}
        for party in self.dataset.parties.values():
            if not is_aggregate(party):
                for name in (party.name, party.abbreviation, *party.aliases):
                    if len(name) >= SHORTEST:
                        found.setdefault(_key(name), party.id)
        return found | {_key(name): party for party, names in PAPERS.items() for name in names}

    @cached_property
    def people(self) -> dict[tuple[str, ...], str]:
        """Everybody who stood for Parliament or for mayor in the region."""
        contests = [*self.dataset.record.contests, *self.dataset.record.mayor_contests]
        full = {_key(one.name): one.name for each in contests for one in getattr(each, "candidates", ())}
        short = {(key[0], key[-1]): name for key, name in full.items() if len(key) > 1}
        return short | full

    @cached_property
    def seats(self) -> dict[str, list[str]]:
        """Seats by person: the names of those that they stood in."""
        found: dict[str, list[str]] = defaultdict(list)
        for contest in self.dataset.record.contests:
            for one in contest.candidates:
                name = self.dataset.seats[contest.seat].name
                if name not in found[one.name]:
                    found[one.name].append(name)
        return found

    def find(self, text: str, start: int, end: int, known: Iterable[str] = ()) -> Iterator[Name]:
        """The names between two places, longest first; surnames of people who are known already."""
        words = [(match.start(), match.end(), match.group()) for match in _WORD.finditer(text, start, end)]
        surnames = {_key(person)[-1]: person for person in known}
        at = 0
        while at < len(words):
            for size in range(min(MOST_WORDS, len(words) - at), 0, -1):
                group = words[at : at + size]
                found = self._match(tuple(word for _, _, word in group), surnames)
                if found and _together(text, group):
                    kind, seat, council, party, person = found
                    yield Name(group[0][0], group[-1][1], kind, seat, council, party, person)
                    at += size - 1
                    break
            at += 1

    def _match(
        self, words: tuple[str, ...], surnames: dict[str, str]
    ) -> tuple[Kind, str | None, str | None, str | None, str | None] | None:
        key = tuple(_plain(word) for word in words)
        if not words[0][:1].isupper() and key not in {("independent",), ("independents",)}:
            return None
        if key in self._places:
            return ("place", *self._places[key], None, None)
        if key in self._parties:
            return "party", None, None, self._parties[key], None
        if len(key) > 1 and key in self.people:
            return "person", None, None, None, self.people[key]
        if len(key) == 1 and key[0] in surnames:
            return "person", None, None, None, surnames[key[0]]
        return None


def _together(text: str, group: list[tuple[int, int, str]]) -> bool:
    """Whether nothing but spaces stands between words: `Northampton, South Northamptonshire` is two names."""
    gaps = (text[one[1] : two[0]] for one, two in pairwise(group))
    return all(gap.strip(" \u00a0-,") == "" and "\n" not in gap and ("," not in gap) for gap in gaps)


def _key(name: str) -> tuple[str, ...]:
    return tuple(_plain(match.group()) for match in _WORD.finditer(name))


def _plain(word: str) -> str:
    """A word without case and without the `'s` of its owner."""
    folded = word.casefold().replace("\u2019", "'").removesuffix("'s")
    return "and" if folded == "&" else folded


def general_elections(dataset: Dataset) -> dict[int, str]:
    """Years of general elections with one: what `--election` takes."""
    found: dict[int, list[str]] = defaultdict(list)
    for election in dataset.elections.values():
        if election.kind is ElectionKind.GENERAL:
            found[election.date.year].append(election.id)
    return {year: ids[0] for year, ids in found.items() if len(ids) == 1}
