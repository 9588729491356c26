"""How many seats a party needs for control of each council, or can lose before it has none.

Of the latest composition on record: a snapshot, with by-elections and changes of party since the last election in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from emvote import measures
from emvote.dataset import Dataset
from emvote.errors import UsageProblem
from emvote.model import Council, Cycle
from emvote.queries.council import CouncilYear, council_year
from emvote.queries.targets import TargetFilter


class ControlTarget(Struct, frozen=True, kw_only=True):
    """One council with what it takes to win or lose it."""

    rank: int | None
    """`None`: the party's seats are not known."""
    council: Council
    year: CouncilYear
    cycle: Cycle | None
    """What part of it is elected at once; `None`: not on record."""
    seats: int | None
    """The party's; `None`: they may be in an aggregate."""

    @property
    def needed(self) -> int:
        """Seats that give control."""
        return measures.seats_needed(self.year.seats_total)

    @property
    def short(self) -> int | None:
        """Seats that the party lacks; nought or less: it has control."""
        return None if self.seats is None else measures.seats_short(self.seats, self.year.seats_total)

    @property
    def seats_short(self) -> int | None:
        """Seats that the party lacks; `None`: it has control, or its seats are not known."""
        return self.short if self.short is not None and self.short > 0 else None

    @property
    def seats_to_lose(self) -> int | None:
        """Seats whose loss ends the party's control; `None`: it has none, or its seats are not known."""
        if self.seats is None or self.seats_short is not None:
            return None
        return measures.seats_to_lose(self.seats, self.year.seats_total)


class ControlTargets(Struct, frozen=True, kw_only=True):
    """The councils that a party does not control, or those that it does, nearest first."""

    party: str
    defend: bool
    rows: tuple[ControlTarget, ...]
    every: tuple[ControlTarget, ...]
    """Before filtering."""
    controlled: int
    councils: int
    without: tuple[str, ...]
    """Councils that have no composition on record."""


def control_targets(
    dataset: Dataset, party: str, *, defend: bool = False, holder: str | None = None, county: str | None = None
) -> ControlTargets:
    """The councils of the region by the seats that a party is short of control; with `defend`, can lose.

    Args:
        dataset: where to look.
        party: as typed.
        defend: those that it controls.
        holder: only those that this party controls, as typed.
        county: only those in this ceremonial county, as typed.

    Raises:
        NameProblem: a name is unknown or ambiguous.
        UsageProblem: the party is not one party; independents never control together.
    """
    wanted = dataset.find_party(party)
    if not dataset.is_party(wanted.id):
        raise UsageProblem(f"{wanted.name} is no one party and cannot control a council: name a party (emvote parties)")
    holder = None if holder is None else dataset.find_party(holder).id
    county = None if county is None else dataset.find_county(county)
    living = [each for each in dataset.record.councils if each.abolished is None and dataset.council_in_region(each.id)]
    line = dataset.with_predecessors(wanted.id)
    found = [_target(dataset, each, line) for each in living if each.compositions]
    controlled = [each for each in found if each.year.control in line]
    kept = controlled if defend else [each for each in found if each not in controlled]
    every = tuple(_ranked(kept, defend=defend))
    return ControlTargets(
        party=wanted.id,
        defend=defend,
        rows=tuple(
            each
            for each in every
            if (holder is None or each.year.control == holder) and (county is None or each.council.county == county)
        ),
        every=every,
        controlled=len(controlled),
        councils=len(found),
        without=tuple(each.name for each in living if not each.compositions),
    )


def councils_filter(keep: TargetFilter, *, seats_only: bool) -> dict[str, str | None]:
    """Of the conditions on seats those that councils can be held against.

    Raises:
        UsageProblem: there are others.
    """
    if seats_only or keep != TargetFilter(holder=keep.holder, county=keep.county):
        raise UsageProblem("--councils goes with --defend, --holder and --county: the other conditions are about seats")
    return {"holder": keep.holder, "county": keep.county}


def _target(dataset: Dataset, council: Council, line: tuple[str, ...]) -> ControlTarget:
    latest = max(council.compositions, key=lambda each: each.year)
    year = council_year(dataset, council, latest)
    parts = [year.seats_of(party) for party in line if party == line[0] or party in year.seats]
    cycle = next((each.cycle for each in reversed(council.cycles) if each.until is None), None)
    seats = None if None in parts else sum(part or 0 for part in parts)
    return ControlTarget(rank=None, council=council, year=year, cycle=cycle, seats=seats)


def _ranked(found: list[ControlTarget], *, defend: bool) -> Iterator[ControlTarget]:
    """Fewest seats first, those of as many sharing a rank, by name; where seats are not known last."""

    def key(target: ControlTarget) -> tuple[bool, int, str]:
        return target.short is None, -(target.short or 0) if defend else (target.short or 0), target.council.name

    ordered = sorted(found, key=key)
    for target in ordered:
        first = next(place for place, each in enumerate(ordered, start=1) if each.short == target.short)
        yield ControlTarget(
            rank=None if target.short is None else first,
            council=target.council,
            year=target.year,
            cycle=target.cycle,
            seats=target.seats,
        )
