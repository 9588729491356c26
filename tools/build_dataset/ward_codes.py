"""GSS codes of wards where the source of the votes has none: from other results, and a lookup of the wards of 2023.

A ward whose boundaries change gets another code, so that a code tells whether a ward of the same name is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tools.build_dataset.raw import RawData

from emvote.model import WardContest
from emvote.store.importers.ward_names import compared, tidy

LOOKUP = "lookups/ward-to-constituency-2024-em.csv"
SINCE = "local.2023"
"""From these elections on the lookup's wards hold."""
UNTIL = "local.2016"
"""Elections before these have no codes of their own either."""
MADE_LATER = "E05010784"
"""From this code on wards were made for elections after 2015."""
NEAR = 60
"""Codes of a council's new wards run on: one further off belongs to another council."""


@dataclass(frozen=True, slots=True)
class Codes:
    """What is known of codes."""

    seen: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]
    """Council and ward, as compared, to elections and codes, in the order of time."""
    lookup: Mapping[str, frozenset[str]]
    """Name of a ward, as compared, to the codes of all wards of that name in 2023."""
    known: frozenset[str]
    """All codes that results have."""

    def before(self, council: str, ward: str, election: str) -> str | None:
        """The code of a ward of that name at the first election after one, if it can be as old."""
        codes = [code for when, code in self.seen.get((council, ward), ()) if when > election]
        return codes[0] if codes and codes[0] < MADE_LATER else None

    def named(self, council: str, ward: str) -> frozenset[str]:
        """The codes that a ward of 2023 may have: the one that it had, if that holds, else those of no other ward."""
        codes = self.lookup.get(ward, frozenset())
        had = [(when, code) for when, code in self.seen.get((council, ward), ())]
        for when, code in reversed(had):
            if code in codes or when > SINCE:
                return frozenset({code})
        return codes - self.known


def with_codes(raw: RawData, contests: Sequence[WardContest]) -> Iterator[WardContest]:
    """Every contest, with the code of its ward where that can be told."""
    codes = _codes(raw, contests)
    runs = _runs(contests, codes)
    for contest in contests:
        ward = compared(contest.ward)
        if contest.ward_id is not None:
            yield contest
        elif contest.election < UNTIL:
            yield replace(contest, ward_id=codes.before(contest.council, ward, contest.election))
        elif contest.election > SINCE:
            yield replace(contest, ward_id=_one(codes.named(contest.council, ward), runs.get(contest.council, ())))
        else:
            yield contest


def _codes(raw: RawData, contests: Sequence[WardContest]) -> Codes:
    seen: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for contest in sorted(contests, key=lambda each: each.election):
        if contest.ward_id is not None:
            seen.setdefault((contest.council, compared(contest.ward)), []).append((contest.election, contest.ward_id))
    lookup: dict[str, set[str]] = {}
    for row in raw.rows(LOOKUP):
        lookup.setdefault(compared(tidy(row.text("ward"))), set()).add(row.text("ward_code"))
    known = frozenset(code for found in seen.values() for _, code in found)
    return Codes(
        {place: tuple(found) for place, found in seen.items()},
        {name: frozenset(found) for name, found in lookup.items()},
        known,
    )


def _runs(contests: Sequence[WardContest], codes: Codes) -> dict[str, tuple[int, ...]]:
    """Council to the numbers of its wards of 2023 whose codes are not in doubt."""
    found: dict[str, list[int]] = {}
    for contest in contests:
        if contest.ward_id is None and contest.election > SINCE:
            named = codes.named(contest.council, compared(contest.ward))
            if len(named) == 1:
                found.setdefault(contest.council, []).extend(map(_number, named))
    return {council: tuple(numbers) for council, numbers in found.items()}


def _one(codes: frozenset[str], run: Sequence[int]) -> str | None:
    """The one code, or that of several which runs on with the other codes of the council."""
    near = [code for code in codes if any(abs(_number(code) - number) < NEAR for number in run)]
    found = near if len(codes) > 1 else [*codes]
    return found[0] if len(found) == 1 else None


def _number(code: str) -> int:
    return int(code[1:])
