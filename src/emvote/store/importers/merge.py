"""What was read, put into a dataset: added, or in the place of what is on record where that is asked for."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from emvote.model import (
    Composition,
    Contest,
    Council,
    Election,
    Party,
    PartyKind,
    Record,
    Seat,
    Source,
    WardContest,
)
from emvote.store.importers.kinds import PUBLISHERS, Publisher
from emvote.store.importers.ledger import Ledger
from emvote.store.importers.made import Found
from emvote.store.importers.rows import Row

Thing = TypeVar("Thing", Contest, WardContest, Composition)
RESULTS: Final = ("contests", "wards", "compositions")


@dataclass(slots=True)
class Tally:
    """What became of the results of one sort."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    """On record already, with the same figures."""
    differing: int = 0
    """On record with other figures, and left as they are."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A record with what was read."""

    record: Record
    tallies: Mapping[str, Tally]

    @property
    def changed(self) -> int:
        """How many results were added or replaced."""
        return sum(tally.added + tally.replaced for tally in self.tallies.values())


def _results(contests: Iterable[Contest], wards: Iterable[WardContest]) -> tuple[Contest | WardContest, ...]:
    return (*contests, *wards)


class _Merger:
    """Puts results into tables of a record, one by one."""

    def __init__(self, base: Record, ledger: Ledger, *, force: bool) -> None:
        self.base, self.ledger, self.force = base, ledger, force
        self.kinds = {each.file: each.kind for each in ledger.files}
        self.publishers: dict[str, Publisher] = {}
        self.elections = {each.id: each for each in base.elections}
        self.sources = {each.id: each for each in base.sources}
        self.tallies = {name: Tally() for name in RESULTS}
        self.own: set[tuple[str, Any]] = set()
        """What was put here by this import."""

    def publisher(self, rows: Sequence[Row]) -> Publisher:
        """Who published some rows."""
        return PUBLISHERS[self.kinds[rows[0].file]]

    def own_source(self, rows: Sequence[Row], of: str | None) -> str | None:
        """The source to be named beside a result: none where it is the publisher's that stands there anyway."""
        publisher = self.publisher(rows)
        known = self.sources.get(of or "")
        if known is not None and known.publisher.startswith(publisher.name):
            return None
        self.publishers[publisher.id] = publisher
        return publisher.id

    def put(self, sort: str, table: dict[Any, Thing], key: Any, made: Thing, rows: Sequence[Row], what: str) -> None:
        """One result in its table."""
        tally, known = self.tallies[sort], table.get(key)
        same = known is not None and _figures(known) == _figures(made)
        if known is None or (not same and self.force and (sort, key) not in self.own):
            tally.added += known is None
            tally.replaced += known is not None
            table[key] = made
            self.own.add((sort, key))
        elif same:
            tally.unchanged += 1
        elif (sort, key) in self.own:
            tally.differing += 1
            self.ledger.set_aside(rows, what, f"another row makes the same result with {_differing(known, made)}")
        else:
            tally.differing += 1
            why = f"on record already with other figures: {_differing(known, made)} (--force replaces it)"
            self.ledger.set_aside(rows, what, why)


def _figures(thing: Any) -> Any:
    """A result without what is said about it."""
    return replace(thing, flags=(), source=None)


def _differing(known: Any, made: Any) -> str:
    """Which fields differ, with both values where they are short."""
    found = []
    for field in dataclasses.fields(known):
        was, now = getattr(known, field.name), getattr(made, field.name)
        if was != now and field.name not in {"flags", "source"}:
            short = all(value is None or isinstance(value, (int, str, float)) for value in (was, now))
            found.append(f"{field.name} {was} on record, {now} here" if short else field.name)
    return ", ".join(found)


def merge(base: Record, found: Found, ledger: Ledger, *, force: bool) -> Merged:
    """A record with what was read, all else as it is.

    Args:
        base: the record.
        found: what was read.
        ledger: where results are told that stay as they are on record.
        force: whether what was read takes the place of what is on record.
    """
    merger = _Merger(base, ledger, force=force)
    new = {each.id: each for each in found.elections}
    contests = {(each.election, each.seat): each for each in base.contests}
    for contest, rows in found.contests:
        contest = _with_source(contest, merger, new, rows)  # noqa: PLW2901 (the same, completed)
        what = rows[0].values.get("constituency_name", rows[0].values.get("constituency", contest.seat))
        merger.put("contests", contests, (contest.election, contest.seat), contest, rows, what)
    wards = {(each.election, each.council, each.ward, each.by_election): each for each in base.wards}
    for ward, rows in found.wards:
        ward = _with_source(ward, merger, new, rows)  # noqa: PLW2901 (likewise)
        merger.put("wards", wards, (ward.election, ward.council, ward.ward, ward.by_election), ward, rows, ward.ward)
    councils = _councils(base, found, merger)
    used = {each.election for each in _results(tuple(contests.values()), tuple(wards.values()))}
    added = [_dated(each, merger) for each in new.values() if each.id in used]
    elections = sorted((*base.elections, *added), key=lambda each: (each.date, each.id)) if added else base.elections
    cited = [_source(each) for key, each in merger.publishers.items() if key not in merger.sources]
    record = replace(
        base,
        sources=(*base.sources, *cited),
        elections=tuple(elections),
        contests=tuple(contests.values()),
        wards=tuple(wards.values()),
        councils=councils,
    )
    return Merged(record, merger.tallies)


Result = TypeVar("Result", Contest, WardContest)


def _with_source(made: Result, merger: _Merger, new: dict[str, Election], rows: Sequence[Row]) -> Result:
    """A result with its source; of a new election, whose source is that of its first result."""
    election = merger.elections.get(made.election) or new[made.election]
    if not election.source:
        publisher = merger.publisher(rows)
        merger.publishers[publisher.id] = publisher
        new[election.id] = replace(election, source=publisher.id)
        return made
    if election.source == merger.publisher(rows).id:
        return made
    return replace(made, source=merger.own_source(rows, election.source))


def _dated(election: Election, merger: _Merger) -> Election:
    """A new election, compared with one that is on record."""
    return election if election.previous in merger.elections else replace(election, previous=None)


def _councils(base: Record, found: Found, merger: _Merger) -> tuple[Council, ...]:
    tables = {
        council.id: {composition.year: composition for composition in council.compositions} for council in base.councils
    }
    councils = {council.id: council for council in base.councils}
    touched = set()
    for council_id, composition, rows in found.compositions:
        council = councils[council_id]
        composition = replace(  # noqa: PLW2901 (the same, completed)
            composition, source=merger.own_source(rows, council.compositions_source)
        )
        what = f"{council.name} {composition.year}"
        merger.put("compositions", tables[council_id], composition.year, composition, rows, what)
        touched.add(council_id)
    return tuple(
        replace(council, compositions=tuple(tables[council.id][year] for year in sorted(tables[council.id])))
        if council.id in touched
        else council
        for council in base.councils
    )


def _source(publisher: Publisher) -> Source:
    return Source(
        id=publisher.id,
        title=publisher.title,
        publisher=publisher.name,
        licence=publisher.licence,
        url=publisher.url,
        note="Imported from a file of this publisher.",
    )


# --- a new dataset --------------------------------------------------------------------------------------------------


def without_results(record: Record) -> Record:
    """A dataset that knows what there is, and of no result."""
    tables: dict[str, Any] = {
        field.name: ()
        for field in dataclasses.fields(record)
        if isinstance(getattr(record, field.name), tuple)
        and field.name not in {"sources", "parties", "elections", "seats", "councils"}
    }
    councils = tuple(replace(council, compositions=()) for council in record.councils)
    return replace(record, **tables, councils=councils, default_local=None)


def pruned(record: Record, title: str) -> Record:
    """A dataset with only those seats, parties, elections, councils and sources that its results need."""
    councils = _kept_councils(record)
    seats = _linked(record.seats, {contest.seat for contest in record.contests})
    elections = _linked_elections(record)
    parties = _kept_parties(record, councils)
    local = max((each.id for each in elections if each.id.startswith("local.")), default=None)
    slim = replace(
        record,
        title=title,
        version="1",
        elections=elections,
        seats=seats,
        councils=councils,
        parties=parties,
        default_local=local,
    )
    return replace(slim, sources=tuple(each for each in record.sources if each.id in _cited(slim)))


def _kept_councils(record: Record) -> tuple[Council, ...]:
    used = {ward.council for ward in record.wards} | {each.id for each in record.councils if each.compositions}
    return tuple(
        replace(
            council,
            predecessors=tuple(each for each in council.predecessors if each in used),
            successors=tuple(each for each in council.successors if each in used),
        )
        for council in record.councils
        if council.id in used
    )


def _linked(seats: Iterable[Seat], used: set[str]) -> tuple[Seat, ...]:
    return tuple(
        replace(
            seat,
            predecessor=seat.predecessor if seat.predecessor in used else None,
            successor=seat.successor if seat.successor in used else None,
        )
        for seat in seats
        if seat.id in used
    )


def _linked_elections(record: Record) -> tuple[Election, ...]:
    used = {each.election for each in _results(record.contests, record.wards)}
    return tuple(
        replace(each, previous=each.previous if each.previous in used else None)
        for each in record.elections
        if each.id in used
    )


def _kept_parties(record: Record, councils: Iterable[Council]) -> tuple[Party, ...]:
    used = {entry.party for each in _results(record.contests, record.wards) for entry in each.entries}
    used |= {party for contest in record.contests for party in contest.returned}
    used |= {party for council in councils for each in council.compositions for party in each.seats}
    by_id = {party.id: party for party in record.parties}
    for party_id in tuple(used):
        before = by_id[party_id].predecessor
        while before is not None and before not in used:
            used.add(before)
            before = by_id[before].predecessor
    used |= {party.id for party in record.parties if party.kind in (PartyKind.INDEPENDENT, PartyKind.AGGREGATE)}
    return tuple(party for party in record.parties if party.id in used)


def _cited(record: Record) -> set[str]:
    cited: set[str | None] = {each.source for each in record.parties}
    cited |= {each.source for each in record.elections} | {each.source for each in record.seats}
    cited |= {each.source for each in _results(record.contests, record.wards)}
    for council in record.councils:
        cited |= {council.source, council.compositions_source, *(each.source for each in council.compositions)}
        cited |= {flag.source for each in council.compositions for flag in each.flags}
    cited |= {flag.source for each in _results(record.contests, record.wards) for flag in each.flags}
    cited |= {flag.source for each in record.elections for flag in each.flags}
    return {each for each in cited if each is not None}
