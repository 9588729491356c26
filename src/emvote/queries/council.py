"""One council: who sat on it in every year on record, and what each of its elections did."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from emvote.dataset import LOCAL, Dataset
from emvote.errors import UnknownName
from emvote.model import OTHER, Composition, Council, Election
from emvote.queries import control as rules
from emvote.queries.councils import CouncilRow, council_row
from emvote.queries.declared import Declared, declared_and_out

APART = frozenset({"con", "lab", "ld"})
"""Parties that every composition counts apart, so that one which is not named had no seat."""
APART_SINCE = (2016, frozenset({"green", "ukip", "reform"}))
"""First year from which compositions count further parties apart, and those."""


class CouncilYear(Struct, frozen=True, kw_only=True):
    """The council in one year: a snapshot, which by-elections and defections have moved since the last election."""

    year: int
    date: str | None
    control: str | None
    published_control: str | None
    seats: Mapping[str, int | None]
    seats_total: int
    vacancies: int
    largest: str | None
    note: str | None
    source: str | None
    flags: tuple[str, ...]

    def seats_of(self, party: str) -> int | None:
        """Seats of a party; `None` where it may be in the aggregate `other`, so that it is not known to have none."""
        apart = APART if self.year < APART_SINCE[0] or f"{party}-in-other" in self.flags else APART | APART_SINCE[1]
        if party in self.seats or not self.seats.get(OTHER) or party in apart:
            return self.seats.get(party, 0)
        return None


class CouncilAnswer(Struct, frozen=True, kw_only=True):
    """A council, its years latest first, and its polls on record latest first."""

    council: Council
    election: Election | None
    """The one asked for; `None`: every one, or only a year in which none is on record."""
    years: tuple[CouncilYear, ...]
    polls: tuple[CouncilRow, ...]
    declared: Declared
    """How many of its polls asked for have declared."""
    notes: tuple[str, ...]


def council(dataset: Dataset, name: str, *, election: str | None = None) -> CouncilAnswer:
    """A council year by year, latest first.

    Args:
        dataset: where to look.
        name: of the council, its full or former name, or its GSS code.
        election: only the year of this local election, as typed; or a year of which no election is on record, but who
            sat on the council then.

    Raises:
        NameProblem: the council or the election is unknown or ambiguous.
    """
    found = dataset.find_council(name)
    polls = dataset.polls_of(found.id)
    years = sorted(found.compositions, key=lambda each: each.year, reverse=True)
    chosen, year = _asked(dataset, found, election)
    if year is not None:
        polls = tuple(poll for poll in polls if chosen and poll.election == chosen.id)
        years = [each for each in years if each.year == year]
    rows = tuple(council_year(dataset, found, composition) for composition in years)
    out = [
        dataset.elections[poll.election]
        for poll in dataset.record.council_polls
        if poll.council == found.id and not poll.declared and (year is None or (chosen and poll.election == chosen.id))
    ]
    notes = [found.note] if found.note else []
    notes.extend(f"{each.name}: not declared here yet, and in no figure" for each in out)
    if any(row.control is None for row in rows):
        notes.append(
            "control is not computed where local parties and independents, counted together, hold a majority: "
            "the published label stands beside it"
        )
    return CouncilAnswer(
        council=found,
        election=chosen,
        years=rows,
        polls=tuple(council_row(dataset, poll) for poll in polls),
        declared=declared_and_out(len(polls), [found.name for _ in out]),
        notes=tuple(notes),
    )


def _asked(dataset: Dataset, found: Council, given: str | None) -> tuple[Election | None, int | None]:
    """The local election asked for and its year; of a year without one the year alone, where its council is on record.

    Raises:
        NameProblem: it is neither.
    """
    if given is None:
        return None, None
    try:
        chosen = dataset.find_election(given, LOCAL)
    except UnknownName:
        year = next((each.year for each in found.compositions if str(each.year) == given.strip()), None)
        if year is None:
            raise
        return None, year
    return chosen, chosen.date.year


def council_year(dataset: Dataset, found: Council, composition: Composition) -> CouncilYear:
    """A council in one year, with what follows from who sat on it."""
    seats = rules.ordered(dataset, composition.seats)
    flags = (*composition.flags, *rules.half_flags(dataset, seats, composition.size))
    return CouncilYear(
        year=composition.year,
        date=composition.date,
        control=rules.control(dataset, seats, composition.size),
        published_control=composition.published,
        seats=seats,
        seats_total=composition.size,
        vacancies=composition.size - sum(composition.seats.values()),
        largest=rules.largest(dataset, seats, composition.size),
        note=" ".join(flag.note for flag in flags) or None,
        source=composition.source or found.compositions_source,
        flags=tuple(flag.code for flag in flags),
    )


class CouncilListed(Struct, frozen=True):
    """A council of today as it was last recorded."""

    council: Council
    year: CouncilYear


def councils_of_today(dataset: Dataset) -> tuple[CouncilListed, ...]:
    """The councils of the region that exist, by name, each with its latest composition on record."""
    kept = [
        council
        for council in dataset.record.councils
        if council.abolished is None and council.compositions and dataset.council_in_region(council.id)
    ]
    return tuple(
        CouncilListed(council, council_year(dataset, council, max(council.compositions, key=lambda each: each.year)))
        for council in sorted(kept, key=lambda council: council.name)
    )
