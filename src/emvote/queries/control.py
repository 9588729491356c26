"""Who controls a council, from the seats held on it.

Rules: one party controls with more than half of all seats of the council, vacancies counted in (BBC 2023: "more than
half of the councillors"); otherwise there is no overall control. Independents of no party are not a party, so together
they never control. Exactly half is no control, whatever a mayor's casting vote does.
"""

from __future__ import annotations

from collections.abc import Mapping

from emvote.dataset import Dataset
from emvote.model import NOC, Flag, Seats
from emvote.parties import continues, is_aggregate

Held = Mapping[str, int | None]
"""Party id to seats; `None` where a party's part is not known."""


def control(dataset: Dataset, seats: Held, size: int) -> str | None:
    """The party in control, `noc`, or `None` where seats that are not told apart may be one party's majority."""
    for party, number in seats.items():
        if number is not None and 2 * number > size and dataset.is_party(party):
            return party
    untold = [party for party, number in seats.items() if number is None and dataset.is_party(party)]
    return None if 2 * _not_told(dataset, seats, size, unaccounted=bool(untold)) > size else NOC


def _not_told(dataset: Dataset, seats: Held, size: int, *, unaccounted: bool) -> int:
    """Seats of unknown party: aggregates and, where a party's part is not known, seats of nobody."""
    together = [number or 0 for party, number in seats.items() if is_aggregate(dataset.parties[party])]
    rest = size - sum(number or 0 for number in seats.values()) if unaccounted else 0
    return sum(together) + max(rest, 0)


def largest(dataset: Dataset, seats: Held, size: int) -> str | None:
    """The party, or the independents, with the most seats; `None` on a tie or where others may have more."""
    leaders = _leaders(dataset, seats, size)
    return leaders[0] if len(leaders) == 1 else None


def joint_largest(dataset: Dataset, seats: Held, size: int) -> tuple[str, ...]:
    """Those that tie for the most seats; empty where one leads, or where one not told apart may."""
    leaders = _leaders(dataset, seats, size)
    return leaders if len(leaders) > 1 else ()


def _leaders(dataset: Dataset, seats: Held, size: int) -> tuple[str, ...]:
    """Whoever has the most seats; nobody where as many are not told apart."""
    known = {p: n for p, n in seats.items() if n and not is_aggregate(dataset.parties[p])}
    most = max(known.values(), default=0)
    if _not_told(dataset, seats, size, unaccounted=None in seats.values()) >= most:
        return ()
    return tuple(party for party, number in known.items() if number == most)


def half_flags(dataset: Dataset, seats: Held, size: int) -> tuple[Flag, ...]:
    """`exactly-half` where a party holds half of the seats, or two hold half each: no overall control."""
    halves = [p for p, n in seats.items() if n is not None and 2 * n == size and dataset.is_party(p)]
    if not halves:
        return ()
    names = " and ".join(dataset.abbreviation(party) for party in halves)
    each = " each" if len(halves) > 1 else ""
    note = f"{names} hold exactly half of the {size} seats{each}, one short of control."
    return (Flag(code="exactly-half", note=note),)


def is_control(dataset: Dataset, value: str | None) -> bool:
    """Whether a control is that of a party."""
    return value is not None and value != NOC and dataset.is_party(value)


def control_change(dataset: Dataset, before: str | None, after: str | None, *, new: bool = False) -> str | None:
    """`hold`, `gain`, `loss` (to no overall control) or `none` (no control before and after); `None` if unknown.

    `new` is the first election of a council, which nobody held before.
    """
    if new:
        return "new"
    if before is None or after is None:
        return None
    if is_control(dataset, after):
        return "hold" if continues(dataset, str(after), before) else "gain"
    return "loss" if is_control(dataset, before) else "none"


def outcome(dataset: Dataset, before: str | None, after: str | None, *, new: bool = False) -> str | None:
    """The phrase that the press uses: `Con hold`, `Lab gain from Con`, `Con lose to NOC`, `NOC no change`.

    Of a new council it is `Con win`, or `NOC`; where control before is not known `Con win (before: not known)`, or
    `NOC`. `None` where control after is not known.
    """
    if after is None:
        return None
    winner = _name(dataset, after) if is_control(dataset, after) else None
    if new or before is None:
        unknown = "" if new else " (before: not known)"
        return f"{winner} win{unknown}" if winner else "NOC"
    if winner:
        held = control_change(dataset, before, after) == "hold"
        return f"{winner} hold" if held else f"{winner} gain from {_name(dataset, before)}"
    return f"{_name(dataset, before)} lose to NOC" if is_control(dataset, before) else "NOC no change"


def _name(dataset: Dataset, party: str | None) -> str:
    return "NOC" if party in (None, NOC) else dataset.abbreviation(str(party))


def ordered(dataset: Dataset, seats: Mapping[str, int | None] | Seats) -> dict[str, int | None]:
    """A map of seats in the record's order of parties."""
    return dict(sorted(seats.items(), key=lambda item: dataset.party_order(item[0])))
