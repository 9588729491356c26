"""Who runs the councils of today, by the latest composition and the latest administration on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Annotated

from msgspec import Struct

from emvote.dataset import Dataset
from emvote.model import NOC, Composition, Council, CouncilAdministration, CouncilType, Current, ElectionKind
from emvote.queries import control as rules
from emvote.queries.conditions import COUNTY, PARTY, condition, resolved

OLDER = "older than the composition"
"""Flag of an administration that the latest composition contradicts."""
UNTOLD = "control not told apart"
"""Flag of a council whose control is not known, as its largest parties are counted together."""
TERM = 4
"""Years for which a councillor is elected."""


class NowFilter(Struct, frozen=True):
    """Which councils are wanted; all conditions must hold."""

    control: Annotated[str | None, condition("Only councils that this party controls, or noc.", "PARTY|noc")] = None
    run_by: Annotated[str | None, condition("Only councils that this party runs, alone or with others.", PARTY)] = None
    county: Annotated[str | None, condition("Only councils of this county.", COUNTY)] = None
    type: Annotated[CouncilType | None, condition("Only councils of this tier.")] = None
    next: Annotated[int | None, condition("Only councils that vote next in this year.", "YEAR")] = None


class NowRow(Struct, frozen=True, kw_only=True):
    """One council as it is today, as far as the record knows."""

    council: Council
    as_of: str
    """When its composition was recorded."""
    seats_total: int
    seats: Mapping[str, int]
    control: str | None
    published_control: str | None
    largest: str | None
    administration: CouncilAdministration | None
    last_election: str | None
    next_election: date | None
    due: Mapping[int, int]
    """Seats by the year in which they are next due."""
    flags: tuple[str, ...]

    @property
    def vacancies(self) -> int:
        """Seats of nobody."""
        return self.seats_total - sum(self.seats.values())

    @property
    def today(self) -> CouncilAdministration | None:
        """The administration; `None` where the composition contradicts the last one known."""
        return None if OLDER in self.flags else self.administration

    @property
    def seats_due(self) -> int | None:
        """Seats due at the next election; `None`: not known."""
        return None if self.next_election is None else self.due[self.next_election.year]


class NowAnswer(Struct, frozen=True):
    """The councils, in the record's order."""

    keep: NowFilter
    rows: tuple[NowRow, ...]
    sources: tuple[str, ...]

    def controls(self) -> Mapping[str, int]:
        """Councils by control; `unknown` where it cannot be told."""
        return Counter(row.control or "unknown" for row in self.rows)

    def councillors(self) -> Mapping[str, int]:
        """Councillors by party."""
        found: Counter[str] = Counter()
        for row in self.rows:
            found.update(row.seats)
        return found

    def due(self) -> Mapping[str, int]:
        """Seats due by year."""
        found: Counter[str] = Counter()
        for row in self.rows:
            found.update({str(year): number for year, number in row.due.items()})
        return dict(sorted(found.items()))


def now(dataset: Dataset, name: str | None, keep: NowFilter) -> NowAnswer:
    """The councils that exist today, or one of them.

    Args:
        dataset: with councillors and administrations.
        name: of one council; `None`: every one of the region.
        keep: conditions.

    Raises:
        NameProblem: the name of the council, a party or a county is unknown or ambiguous.
    """
    wanted = keep.control
    if wanted is not None and wanted.casefold() != NOC:
        wanted = dataset.find_party(wanted).id
    keep = resolved(dataset, NowFilter(wanted and wanted.casefold(), keep.run_by, keep.county, keep.type, keep.next))
    councils = dataset.record.councils if name is None else (dataset.find_council(name),)
    living = [
        each
        for each in councils
        if each.abolished is None and each.compositions and (name or dataset.council_in_region(each.id))
    ]
    rows = tuple(row for row in (_row(dataset, each) for each in living) if _matches(row, keep))
    lists = {ward.source for row in rows for ward in dataset.councillors_of(row.council.id)}
    ran = {row.administration.source for row in rows if row.administration}
    held = {row.council.compositions_source or row.council.source for row in rows}
    return NowAnswer(keep, rows, tuple(sorted(lists | ran | held)))


def _row(dataset: Dataset, council: Council) -> NowRow:
    latest = max(council.compositions, key=lambda each: each.year)
    control = rules.control(dataset, latest.seats, latest.size)
    administration = _administration(dataset, council.id)
    due = _due(dataset, council.id, latest)
    after = sorted(day for day in due if day > _day(latest))
    years: Counter[int] = Counter()
    for day, number in due.items():
        years[day.year if day > _day(latest) else day.year + TERM] += number
    ordinary = [
        poll.election
        for poll in dataset.polls_of(council.id)
        if dataset.elections[poll.election].kind is ElectionKind.LOCAL
    ]
    flags = [each.code for each in latest.flags]
    if control is None:
        flags.append(UNTOLD)
    if administration is not None and administration.current is Current.DOUBTFUL:
        flags.append(OLDER)
    return NowRow(
        council=council,
        as_of=latest.date or str(latest.year),
        seats_total=latest.size,
        seats=latest.seats,
        control=control,
        published_control=latest.published,
        largest=rules.largest(dataset, latest.seats, latest.size),
        administration=administration,
        last_election=ordinary[0] if ordinary else None,
        next_election=after[0] if after else None,
        due=years,
        flags=tuple(flags),
    )


def _day(latest: Composition) -> date:
    """The last day of the month of a composition: polls up to then have been held."""
    return date(latest.year, 5, 31)


def _administration(dataset: Dataset, council_id: str) -> CouncilAdministration | None:
    """The latest that holds today, or the last known where a later composition contradicts that."""
    found = [row for row in dataset.administrations_of(council_id) if row.current in (Current.YES, Current.DOUBTFUL)]
    return found[-1] if found else None


def _due(dataset: Dataset, council_id: str, latest: Composition) -> Mapping[date, int]:
    """Seats by the day on which they are next due, by the latest list of councillors up to a composition."""
    wards = dataset.councillors_of(council_id)
    year = max((one.last for ward in wards for one in ward.councillors if one.last <= latest.year), default=None)
    found: Counter[date] = Counter()
    for ward in wards:
        for one in ward.councillors:
            if year is not None and one.first <= year <= one.last and one.due is not None:
                found[one.due] += one.seats
    return found


def _matches(row: NowRow, keep: NowFilter) -> bool:
    hung = row.control == NOC or (row.control is None and _is_hung(row.published_control))
    return (
        (keep.control is None or (hung if keep.control == NOC else row.control == keep.control))
        and (keep.run_by is None or (row.today is not None and keep.run_by in row.today.parties))
        and keep.county in (None, row.council.county)
        and keep.type in (None, row.council.type)
        and (keep.next is None or (row.next_election is not None and row.next_election.year == keep.next))
    )


def _is_hung(label: str | None) -> bool:
    """Whether a published label of control is that of a minority, a coalition or of no control."""
    return label is not None and (label.endswith(" min") or "/" in label or label.startswith("NOC"))
