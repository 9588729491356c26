"""Who controls a council, from the seats held on it.

Rules: one party controls with more than half of all seats of the council, vacancies counted in (BBC 2023: "more than
half of the councillors"); otherwise there is no overall control. Independents of no party are not a party, so together
they never control. Exactly half is no control, whatever a mayor's casting vote does.
"""

from __future__ import annotations

from collections.abc import Mapping

from emvote.dataset import Dataset
from emvote.model import NOC, PartyKind, Seats

Held = Mapping[str, int | None]
"""Party id to seats; `None` where a party's part is not known."""


def control(dataset: Dataset, seats: Held, size: int) -> str | None:
    """The party in control, `noc`, or `None` where a lump of parties and independents is itself a majority."""
    lumped = 0
    for party, number in seats.items():
        if 2 * (number or 0) > size:
            if dataset.is_party(party):
                return party
            lumped += (number or 0) if dataset.parties[party].kind is PartyKind.AGGREGATE else 0
    return None if 2 * lumped > size else NOC


def largest(dataset: Dataset, seats: Held) -> str | None:
    """The party, or the independents, with the most seats; `None` on a tie or where an unsplit lump may hold more."""
    known = {party: number for party, number in seats.items() if number}
    lumps = [known.pop(party) for party in tuple(known) if dataset.parties[party].kind is PartyKind.AGGREGATE]
    if not known:
        return None
    most = max(known.values())
    leaders = [party for party, number in known.items() if number == most]
    if len(leaders) > 1 or sum(lumps) >= most:
        return None
    return leaders[0]


def joint_largest(dataset: Dataset, seats: Held) -> tuple[str, ...]:
    """The parties that tie for the most seats; empty where one leads."""
    known = {p: n for p, n in seats.items() if n and dataset.parties[p].kind is not PartyKind.AGGREGATE}
    most = max(known.values(), default=0)
    leaders = tuple(party for party, number in known.items() if number == most)
    return leaders if len(leaders) > 1 else ()


def exactly_half(dataset: Dataset, seats: Held, size: int) -> str | None:
    """The party that holds exactly half of the seats, one short of control."""
    return next((p for p, n in seats.items() if n is not None and 2 * n == size and dataset.is_party(p)), None)


def is_control(dataset: Dataset, value: str | None) -> bool:
    """Whether a control is that of a party."""
    return value is not None and value != NOC and dataset.is_party(value)


def change(dataset: Dataset, before: str | None, after: str | None) -> str | None:
    """`hold`, `gain`, `loss` (to no overall control) or `none` (no control before and after); `None` if unknown."""
    if before is None or after is None:
        return None
    if is_control(dataset, after):
        return "hold" if before == after else "gain"
    return "loss" if is_control(dataset, before) else "none"


def outcome(dataset: Dataset, before: str | None, after: str | None) -> str | None:
    """The phrase that the press uses: `Con hold`, `Lab gain from Con`, `Con lose to NOC`, `NOC no change`."""
    match change(dataset, before, after):
        case "hold":
            return f"{_name(dataset, after)} hold"
        case "gain":
            return f"{_name(dataset, after)} gain from {_name(dataset, before)}"
        case "loss":
            return f"{_name(dataset, before)} lose to NOC"
        case "none":
            return "NOC no change"
    return None


def _name(dataset: Dataset, party: str | None) -> str:
    return "NOC" if party in (None, NOC) else dataset.abbreviation(str(party))


def ordered(dataset: Dataset, seats: Mapping[str, int | None] | Seats) -> dict[str, int | None]:
    """A map of seats in the record's order of parties."""
    return dict(sorted(seats.items(), key=lambda item: dataset.party_order(item[0])))
