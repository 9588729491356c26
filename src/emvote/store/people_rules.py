"""The rules for people in office: lists of councillors, and who ran a council.

`emvote.store.rules` names them with the others; each yields key path, offending value, and what was expected.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from emvote.model import CouncilAdministration, Councillor, Current, WardCouncillors
from emvote.model.record import Record

Finding = tuple[str, str, str]


def identities(record: Record) -> Iterator[tuple[str, str]]:
    """Every ward of the lists and every administration: its key path and its identity."""
    for i, ward in enumerate(record.ward_councillors):
        yield f"ward_councillors[{i}]", f"ward_councillors: {ward.council}, {ward.ward}, {ward.since}"
    for i, row in enumerate(record.council_administrations):
        yield f"council_administrations[{i}]", f"council_administrations: {row.council}, {row.number}"


def councillors(record: Record) -> Iterator[Finding]:
    """A councillor has a name and a party, or the seat is vacant; years are those of the ward's lists."""
    for i, ward in enumerate(record.ward_councillors):
        path, where = f"ward_councillors[{i}]", f"({ward.ward}, {ward.council})"
        if ward.until < ward.since:
            yield f"{path}.until", str(ward.until), f"expected no year before {ward.since} {where}"
        if not ward.councillors:
            yield f"{path}.councillors", "[]", f"expected those who sat {where}"
        for j, one in enumerate(ward.councillors):
            yield from _councillor(f"{path}.councillors[{j}]", one, ward, where)


def _councillor(path: str, one: Councillor, ward: WardCouncillors, where: str) -> Iterator[Finding]:
    if (one.name is None) != (one.party is None):
        yield path, repr(one.name or one.party), f"expected a name and a party, or neither: a vacant seat {where}"
    if not ward.since <= one.first <= one.last <= ward.until:
        yield path, f"{one.first}, {one.last}", f"expected years within {ward.since} to {ward.until} {where}"
    if one.seats < 1:
        yield f"{path}.seats", str(one.seats), f"expected a positive number of seats {where}"
    if one.due is not None and one.due.year < one.first:
        yield f"{path}.due", str(one.due), f"expected no day before {one.first} {where}"


def administrations(record: Record) -> Iterator[Finding]:
    """An administration ends after it begins, and one of a council at most holds today."""
    holds: dict[str, str] = {}
    for i, row in enumerate(record.council_administrations):
        path, where = f"council_administrations[{i}]", f"({row.council}, {row.number})"
        if row.current is Current.YES:
            first = holds.setdefault(row.council, path)
            if first != path:
                yield f"{path}.current", "'yes'", f"one that holds today is at {first} already {where}"
        yield from _days(path, row, where)
        if row.leader_party is not None and row.leader is None:
            yield f"{path}.leader_party", repr(row.leader_party), f"expected a leader {where}"


def _days(path: str, row: CouncilAdministration, where: str) -> Iterator[Finding]:
    given = [(key, day) for key in ("since", "until") if (day := getattr(row, key)) is not None]
    for key, day in given:
        if not is_day(day):
            yield f"{path}.{key}", repr(day), f"expected an ISO date, month or year {where}"
            return
    if row.since is not None and row.until is not None:
        shared = min(len(row.since), len(row.until))
        if row.until[:shared] < row.since[:shared]:
            yield f"{path}.until", repr(row.until), f"expected no day before {row.since} {where}"
    if row.until is not None and row.current is Current.YES:
        yield f"{path}.current", "'yes'", f"expected no end of one that holds today {where}"


def is_day(text: str) -> bool:
    """Whether a text is an ISO date, or its month or year alone.

    >>> [is_day(text) for text in ("2024", "2024-05", "2024-05-16", "2024-13", "May 2024")]
    [True, True, True, False, False]
    """
    whole = text + "0000-01-01"[len(text) :]
    try:
        return len(text) in (len("2024"), len("2024-05"), len("2024-05-16")) and date.fromisoformat(whole).year > 0
    except ValueError:
        return False
