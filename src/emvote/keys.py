"""The keys by which rows of a record are looked up without going through all of them.

A snapshot holds these maps ready; of a record that was read from its file each is made when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from emvote import names

Find = Callable[[str, str, str], tuple[Any, ...]]
"""Table, name of a key and its value to the rows that have it, in the record's order."""


def result(election_id: str, seat_id: str) -> str:
    """The key of one seat's result at one election."""
    return f"{election_id}\n{seat_id}"


def numbers_of(one: Any) -> tuple[tuple[str, int], ...]:
    """The numbers that registers of people give to a candidate, each with its register: `mnis`, `dc`.

    The first is that of Parliament's members, the second that of the Democracy Club.
    """
    known = (("mnis", one.mnis_id), ("dc", one.dc_id))
    return tuple((register, number) for register, number in known if number is not None)


def numbered(register: str, number: int) -> str:
    """The key of a person by one of `numbers_of`."""
    return f"{register} {number}"


def _surnames(contest: Any) -> Iterable[str]:
    return dict.fromkeys([names.last_word(candidate.name) for candidate in contest.candidates])


def _numbers(contest: Any) -> Iterable[str]:
    found = [numbered(*number) for candidate in contest.candidates for number in numbers_of(candidate)]
    return dict.fromkeys(found)


def _field(name: str) -> Callable[[Any], Iterable[str]]:
    return lambda row: (getattr(row, name),)


KEYS: Final[Mapping[str, Mapping[str, Callable[[Any], Iterable[str]]]]] = {
    "seats": {"id": lambda seat: (seat.id.casefold(),), "name": lambda seat: (names.normalise(seat.name),)},
    "contests": {
        "result": lambda contest: (result(contest.election, contest.seat),),
        "election": _field("election"),
        "seat": _field("seat"),
        "surname": lambda contest: dict.fromkeys([*_surnames(contest), *map(names.last_word, contest.winners)]),
        "number": _numbers,
    },
    "council_polls": {"council": _field("council"), "election": _field("election")},
    "wards": {"council": _field("council"), "election": _field("election"), "surname": _surnames},
    "ward_councillors": {
        "council": _field("council"),
        "surname": lambda ward: dict.fromkeys(
            [names.last_word(each.name) for each in ward.councillors if each.name is not None]
        ),
    },
    "council_administrations": {
        "council": _field("council"),
        "surname": lambda row: (names.last_word(row.leader),) if row.leader else (),
    },
}
"""Table to its keys, each with the values that a row has for it."""


def places(table: str, key: str, rows: Iterable[Any]) -> dict[str, list[int]]:
    """The places of the rows that have each value of a key, in the order of the table."""
    values, found = KEYS[table][key], dict[str, list[int]]()
    for place, row in enumerate(rows):
        for value in values(row):
            found.setdefault(value, []).append(place)
    return found


def finding(record: Any) -> Find:
    """How rows of a record are found that is in memory."""
    known: dict[tuple[str, str], dict[str, list[int]]] = {}

    def find(table: str, key: str, value: str) -> tuple[Any, ...]:
        rows = getattr(record, table)
        if (table, key) not in known:
            known[table, key] = places(table, key, rows)
        return tuple([rows[place] for place in known[table, key].get(value, ())])

    return find
