"""What was read, put into a dataset: added, or in the place of what is on record where that is asked for."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

from emvote import schema
from emvote.model import OTHER, Composition, Contest, Council, Election, Party, PartyKind, Source, WardContest
from emvote.model.record import Record
from emvote.store.importers.kinds import PUBLISHERS, Publisher
from emvote.store.importers.ledger import Ledger
from emvote.store.importers.made import INFERRED, Found
from emvote.store.importers.rows import Row
from emvote.store.importers.same import Polls, WardPolls, as_known, contest_key, ward_key

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
    made: Mapping[tuple[str, Any], tuple[Sequence[Row], str]] = field(default_factory=dict)
    """Table and key of each result that is here by this import, with the rows that make it and what it is about."""

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
        self.own: dict[tuple[str, Any], tuple[Sequence[Row], str]] = {}
        """What was put here by this import, with its rows and what it is about."""

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

    def put(
        self, sort: str, table: dict[Any, Thing], key: Any, made: Thing, rows: Sequence[Row], what: str, how: str = ""
    ) -> bool:
        """One result in its table.

        Args:
            sort: the table's name.
            table: the results on record.
            key: of the result.
            made: it.
            rows: that make it.
            what: it is about.
            how: under what else than its own name, day and sort of poll it is on record.

        Returns:
            Whether it is new there.
        """
        tally, known = self.tallies[sort], table.get(key)
        made = made if known is None else _completed(made, known)
        if known is not None and _declared(known) and not _declared(made):
            tally.unchanged += 1
            self.ledger.noted(rows, what, "declared on record already, and left so")
            return False
        same = known is not None and _figures(known) == _figures(made)
        declared_now = known is not None and _declared(made) and not _declared(known)
        if known is None or (not same and (self.force or declared_now) and (sort, key) not in self.own):
            tally.added += known is None
            tally.replaced += known is not None
            table[key] = made
            self.own[sort, key] = rows, what
            return known is None
        if same:
            tally.unchanged += 1
            if how:
                self.ledger.noted(rows, what, f"on record already {how}")
            return False
        tally.differing += 1
        if (sort, key) in self.own:
            why = f"another row makes the same result with {_differing(known, made)}"
        else:
            already = " ".join(filter(None, ["on record already", how]))
            why = f"{already} with other figures: {_differing(known, made)} (--force replaces it)"
        self.ledger.set_aside(rows, what, why)
        return False


def _declared(thing: Any) -> bool:
    """Whether a result is declared; a composition always is."""
    return getattr(thing, "declared", True)


def _figures(thing: Any) -> Any:
    """A result without what is said about it."""
    return replace(thing, flags=(), source=None)


UNSAID: Final = ("electorate", "ward_id")
"""Fields of a result that are absent where a file does not have them."""
OF_VOTES: Final = ("valid_votes", "invalid_votes", "majority", "outcome", "turnout_pct")
"""Likewise, and true of the same votes only."""


def _adds_up(known: Contest, made: Contest) -> bool:
    """Whether totals of parties that were read are those of the candidates on record, who say more."""
    if not (known.candidates and made.tallies):
        return False
    votes = Counter({OTHER: 0})
    apart = {tally.party for tally in made.tallies}
    for candidacy in known.candidates:
        votes[candidacy.party if candidacy.party in apart else OTHER] += candidacy.votes
    totals = Counter({OTHER: 0}) + Counter({tally.party: tally.votes for tally in made.tallies})
    return +votes == +totals


def _completed(made: Any, known: Any) -> Any:
    """A result with what its file leaves out and the record knows: it is no difference, and never taken away."""
    if isinstance(made, Contest) and isinstance(known, Contest) and _adds_up(known, made):
        made = replace(made, candidates=known.candidates, tallies=())
    same_votes: bool = getattr(made, "entries", ()) == getattr(known, "entries", ())
    keys = (*UNSAID, *(OF_VOTES if same_votes else ()))
    unsaid = [key for key in keys if getattr(made, key, 0) is None]
    if any(flag.code == INFERRED for flag in made.flags):
        unsaid.append("seats_up")
        made = replace(made, flags=tuple(flag for flag in made.flags if flag.code != INFERRED))
    return replace(made, **{key: getattr(known, key) for key in unsaid})


def _differing(known: Any, made: Any) -> str:
    """Which fields differ, with both values where they are short."""
    found = []
    for key in (each.name for each in dataclasses.fields(known)):
        was, now = getattr(known, key), getattr(made, key)
        if was != now and now is not None and key not in {"flags", "source"}:
            short = all(value is None or isinstance(value, (int, str, float)) for value in (was, now))
            found.append(f"{key} {was} on record, {now} here" if short else key)
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
    contests, wards = _contests(base, found, merger, new), _wards(base, found, merger, new)
    councils = _councils(base, found, merger)
    used = {each.election for each in _results(contests, wards)}
    added = [_dated(each, merger) for each in new.values() if each.id in used]
    elections = sorted((*base.elections, *added), key=lambda each: (each.date, each.id)) if added else base.elections
    cited = [_source(each) for key, each in merger.publishers.items() if key not in merger.sources]
    record = replace(
        base,
        sources=(*base.sources, *cited),
        elections=tuple(elections),
        contests=contests,
        wards=wards,
        councils=councils,
    )
    return Merged(record, merger.tallies, merger.own)


def _contests(base: Record, found: Found, merger: _Merger, new: dict[str, Election]) -> tuple[Contest, ...]:
    table = {contest_key(each): each for each in base.contests}
    polls = Polls(base.contests, (*base.elections, *new.values()))
    for contest, rows in found.contests:
        key = polls.same(contest)
        made = _with_source(replace(contest, election=key[0]), merger, new, rows)
        what = rows[0].values.get("constituency_name", rows[0].values.get("constituency", contest.seat))
        if merger.put("contests", table, key, made, rows, what):
            polls.add(made)
    return tuple(table.values())


def _wards(base: Record, found: Found, merger: _Merger, new: dict[str, Election]) -> tuple[WardContest, ...]:
    table = {ward_key(each): each for each in base.wards}
    polls = WardPolls(base.wards, (*base.elections, *new.values()))
    for ward, rows in found.wards:
        same = polls.same(ward)
        how = polls.how(same, ward) if same else ""
        made = _with_source(as_known(same, ward) if same else ward, merger, new, rows)
        if merger.put("wards", table, ward_key(made), made, rows, ward.ward, how):
            if again := polls.again(made):
                why = f"the same figures are on record for {again}: is the election right?"
                merger.ledger.noted(rows, ward.ward, why)
            polls.add(made)
    return tuple(table.values())


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
    tables = {council.id: {(council.id, each.year): each for each in council.compositions} for council in base.councils}
    councils = {council.id: council for council in base.councils}
    touched = set()
    for council_id, composition, rows in found.compositions:
        council = councils[council_id]
        composition = replace(  # noqa: PLW2901 (the same, completed)
            composition, source=merger.own_source(rows, council.compositions_source)
        )
        what = f"{council.name} {composition.year}"
        merger.put("compositions", tables[council_id], (council_id, composition.year), composition, rows, what)
        touched.add(council_id)
    return tuple(
        replace(council, compositions=tuple(tables[council.id][key] for key in sorted(tables[council.id])))
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
    sat = {each.id for each in record.councils if each.compositions}
    councils = _kept("councils", record.councils, sat | {ward.council for ward in record.wards})
    seats = _kept("seats", record.seats, {contest.seat for contest in record.contests})
    held = {each.election for each in _results(record.contests, record.wards)}
    elections = _kept("elections", record.elections, held)
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
    cited = {pointer.id for pointer in schema.references(slim, "sources")}
    return replace(slim, sources=tuple(each for each in record.sources if each.id in cited))


def _kept(table: str, rows: Iterable[Any], used: set[str]) -> tuple[Any, ...]:
    """The rows of some ids, with their references to others of their table as far as these are kept."""
    links = [field.name for field in schema.fields(schema.TABLES[table]).values() if field.table == table]
    return tuple(
        replace(row, **{link: _among(getattr(row, link), used) for link in links}) for row in rows if row.id in used
    )


def _among(ids: tuple[str, ...] | str | None, used: set[str]) -> tuple[str, ...] | str | None:
    if isinstance(ids, tuple):
        return tuple(each for each in ids if each in used)
    return ids if ids in used else None


def _kept_parties(record: Record, councils: Iterable[Council]) -> tuple[Party, ...]:
    holders = (*_results(record.contests, record.wards), *councils)
    used = {pointer.id for each in holders for pointer in schema.references(each, "parties")}
    by_id = {party.id: party for party in record.parties}
    for party_id in tuple(used):
        before = by_id[party_id].predecessor
        while before is not None and before not in used:
            used.add(before)
            before = by_id[before].predecessor
    used |= {party.id for party in record.parties if party.kind in (PartyKind.INDEPENDENT, PartyKind.AGGREGATE)}
    return tuple(party for party in record.parties if party.id in used)
