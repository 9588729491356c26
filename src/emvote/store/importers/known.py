"""What the files name, looked up in the dataset that knows it: parties, seats, councils, wards, elections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from emvote import names
from emvote.dataset import FOUGHT, LOCAL, Dataset
from emvote.errors import UnknownName, UsageProblem
from emvote.model import Council, Election, ElectionKind, Flag, Party, Seat, WardCandidacy
from emvote.store.importers import handbook_key
from emvote.store.importers.democracy import NO_REGISTRATION
from emvote.store.importers.history import boundaries
from emvote.store.importers.history_names import DAMAGED, VARIANTS
from emvote.store.importers.parliament import slug, spoken
from emvote.store.importers.rows import Row, Unexpected
from emvote.store.importers.ward_names import Spellings, spellings, ward_name

CONTESTS_OF_A_GENERAL_ELECTION = 100
"""A day with fewer contests than this, of which the record knows nothing, is one of by-elections."""


class NotKnown(Unexpected):
    """A name or code that the dataset does not have.

    Attributes:
        suggestions: near names.
    """

    def __init__(self, row: Row, why: str, suggestions: tuple[str, ...] = ()) -> None:
        near = f"; did you mean {' or '.join(repr(name) for name in suggestions)}?" if suggestions else ""
        super().__init__(f"{row.place}: {why}{near}", place=row.place, why=why)
        self.suggestions = suggestions


class Elsewhere(NotKnown):
    """A place that lies in no region of the dataset."""


class Known:
    """The names of one dataset, and the elections that an import adds to it."""

    def __init__(self, dataset: Dataset, said: str | None) -> None:
        self.dataset = dataset
        self.said = said
        self.new: dict[str, Election] = {}
        """Elections that the dataset does not have."""
        self.per_day: dict[date, int] = {}
        """Contests of each day in the files."""
        self._first_editions: dict[tuple[str, str], Party | None] = {}
        self._near: dict[tuple[str, str], tuple[str, ...]] = {}

    # --- parties ----------------------------------------------------------------------------------------------------

    @cached_property
    def _numbered(self) -> Mapping[int, Party]:
        return {number: party for party in self.dataset.record.parties for number in party.mnis_ids}

    @cached_property
    def _named(self) -> Mapping[str, Party]:
        found: dict[str, Party] = {}
        for party in self.dataset.record.parties:
            for name in (party.id, party.name, party.abbreviation, party.ballot_label, *party.aliases):
                found.setdefault(names.normalise(name), party)
        return found

    @cached_property
    def _in_full(self) -> Mapping[str, Party]:
        found: dict[str, Party] = {}
        for party in self.dataset.record.parties:
            for name in _full_names(party):
                found.setdefault(name, party)
        return found

    def numbered(self, row: Row) -> Party:
        """The party of a candidate's row: by its number in Parliament's register, else by its name."""
        if not row.has("mnis_party_id"):
            return self._of_first_edition(row)
        number = row.whole("mnis_party_id")
        found = self._numbered.get(number) or self._named.get(names.normalise(row.text("party_name")))
        if found is None:
            name = row.text("party_name")
            raise self._missing(row, "parties", name, f"no party of number {number} or name {name!r}")
        return found

    def _of_first_edition(self, row: Row) -> Party:
        """The party of a row without its number: by its name in full, among those that have a number."""
        key = (names.normalise(row.text("party_name")), names.normalise(row.text("party_abbreviation")))
        if key not in self._first_editions:
            self._first_editions[key] = self._by_name_and_abbreviation(*key)
        found = self._first_editions[key]
        if found is None:
            written = row.text("party_name")
            raise self._missing(row, "parties", written, f"no party called {written!r}")
        return found

    def _by_name_and_abbreviation(self, name: str, abbreviation: str) -> Party | None:
        """The one party with a number of this name, or nearly and with this abbreviation."""
        numbered = [party for party in self.dataset.record.parties if party.mnis_ids]
        same = [party for party in numbered if name in _full_names(party)]
        nearly = [party for party in numbered if _less_party(name) in map(_less_party, _full_names(party))]
        short = [party for party in numbered if abbreviation in {names.normalise(party.abbreviation), party.id}]
        short = [party for party in short if party.name in names.suggestions(name, (party.name,))]
        return next((found[0] for found in (same, nearly, short) if len(found) == 1), None)

    def registered(self, row: Row, number: str) -> str:
        """The id of a party by its registration; of several with one, as after a new name, the one called so."""
        name = row.text("party_name")
        if number in NO_REGISTRATION:
            if NO_REGISTRATION[number] not in self.dataset.parties:
                raise NotKnown(row, f"no party {NO_REGISTRATION[number]!r} ({name})")
            return NO_REGISTRATION[number]
        same = [party for party in self.dataset.record.parties if number in party.ec_ids]
        called = [party for party in same if names.normalise(name) in _full_names(party)]
        if len(called or same) == 1:
            return (called or same)[0].id
        if same:
            raise NotKnown(row, f"{len(same)} parties have the registration {number}, and none is called {name!r}")
        return self.in_full(row, name)

    def named(self, row: Row, name: str) -> str:
        """The id of a party by its name."""
        found = self._named.get(names.normalise(name.partition(" (deregistered")[0]))
        if found is None:
            raise self._missing(row, "parties", name, f"no party called {name!r}")
        return found.id

    def in_full(self, row: Row, name: str, why: str = "") -> str:
        """The id of a party by its name in full, which no other party's abbreviation can be."""
        found = self._in_full.get(names.normalise(name.partition(" (deregistered")[0]))
        if found is None:
            raise self._missing(row, "parties", name, f"no party called {name!r}{why}")
        return found.id

    def of_handbook(self, row: Row, year: int, code: str) -> str:
        """The id of the party of an abbreviation, by the key of the year's sheets."""
        name = handbook_key.in_full(year, code)
        if name is None:
            raise NotKnown(row, f"the Local Elections Handbook of {year} has no key for {code!r}")
        if code == handbook_key.NO_PARTY:
            code = name = "IND"
        by_code = self._named.get(names.normalise(code)) if code in handbook_key.LARGE else None
        if by_code is not None and names.normalise(name) not in self._in_full:
            return by_code.id
        return self.in_full(row, name, f", which {code} stands for in the Handbook of {year}")

    def label_of(self, party_id: str, name: str) -> str | None:
        """A party's name as a source has it, where that says more than its label in the dataset."""
        party = self.dataset.parties[party_id]
        return None if name in {party.ballot_label, party.name} else name

    def coded(self, row: Row, code: str, publishers: Mapping[str, str]) -> str:
        """The id of a party by a publisher's code."""
        if publishers.get(code) in self.dataset.parties:
            return publishers[code]
        return self.named(row, code)

    def _missing(self, row: Row, table: str, name: str, why: str) -> NotKnown:
        """The error that no row of a table has a name, with near names."""
        known = (each.name for each in getattr(self.dataset.record, table))
        return NotKnown(row, why, self._suggested(table, name, known))

    def _suggested(self, kind: str, name: str, known: Iterable[str]) -> tuple[str, ...]:
        if (kind, name) not in self._near:
            self._near[kind, name] = names.suggestions(name, known)
        return self._near[kind, name]

    # --- seats ------------------------------------------------------------------------------------------------------

    @cached_property
    def _regions(self) -> frozenset[str]:
        return frozenset(names.normalise(seat.region) for seat in self.dataset.record.seats)

    def outside(self, row: Row, column: str) -> None:
        """Stop where a row says that it is of a region in which the dataset has no seat."""
        region = row.text(column) if column in row.values else ""
        if region and names.normalise(region) not in self._regions:
            raise Elsewhere(row, f"in {region}, where the dataset has no seats")

    @cached_property
    def _seats_called(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for seat in self.dataset.record.seats:
            key = names.normalise(seat.name)
            found[key] = (*found.get(key, ()), seat.name)
        return found

    def may_be_called(self, ours: str, theirs: str) -> bool:
        """Whether a source that has the code of a seat may mean it by a name: spelt so, or nearly, and no other's."""
        near = names.normalise(theirs)
        return names.normalise(ours) == near or (
            near not in self._seats_called and ours in self._suggested("spelling of a seat", theirs, (ours,))
        )

    def seat(self, row: Row) -> Seat:
        """The seat of a code."""
        found = self.dataset.seats.get(row.text("ons_id"))
        if found is None:
            self.outside(row, "region_name")
            name = row.text("constituency_name")
            raise self._missing(row, "seats", name, f"no seat of code {row.text('ons_id')} ({name})")
        return found

    @cached_property
    def _spelt(self) -> Mapping[tuple[str, str], Seat]:
        """First year of the boundaries and every spelling of the House of Commons Library's file to the seat."""
        found: dict[tuple[str, str], Seat] = {}
        for seat in self.dataset.record.seats:
            counties = (f"{county} {seat.name}" for county in seat.counties)
            for spelling in (seat.name, *counties, *VARIANTS.get(seat.name, ()), *DAMAGED.get(seat.name, ())):
                found[seat.boundaries, spelling.casefold()] = seat
        return found

    def seat_of_slug(self, row: Row, place: str, day: date) -> Seat:
        """The seat of a name as ids of ballot papers have it, on the boundaries of a day."""
        wanted = names.normalise(place.replace("-", " "))
        found = [
            seat
            for seat in self.dataset.record.seats
            if seat.since <= day and (seat.until is None or day <= seat.until) and names.normalise(seat.name) == wanted
        ]
        if len(found) != 1:
            raise self._missing(row, "seats", place, f"no seat called {place!r} on {day}")
        return found[0]

    def past_seat(self, row: Row) -> tuple[Seat, tuple[Flag, ...]]:
        """The seat of a row since 1918, with a flag where the file spells it otherwise."""
        drawn, spelling = boundaries(row), row.text("constituency")
        found = self._spelt.get((drawn, spelling.casefold()))  # one edition has capitals only, another has not
        # Louth lies in Lincolnshire, and another in Ireland
        if found is not None and names.normalise(found.region) != _region(row):
            found = None
        found = found or self.dataset.seats.get(row.text("constituency_id"))
        if found is None:
            same = [seat.name for seat in self.dataset.record.seats if seat.boundaries == drawn]
            if not same:
                raise Elsewhere(row, f"on the boundaries of {drawn}, of which the dataset has no seats")
            self.outside(row, "country_or_region")
            near = self._suggested(f"seat of {drawn}", spelling, same)
            raise NotKnown(row, f"no seat on the boundaries of {drawn} called {spelling!r}", near)
        if _among(spelling, DAMAGED.get(found.name, ())):
            return found, (Flag(code="name-repaired", note=f"The source has {spelling!r} [sic]."),)
        if _among(spelling, VARIANTS.get(found.name, ())):
            return found, (Flag(code="name-variant", note=f"The source spells the seat {spelling!r}."),)
        return found, ()

    # --- councils and wards -----------------------------------------------------------------------------------------

    @cached_property
    def _councils(self) -> Mapping[str, list[Council]]:
        found: dict[str, list[Council]] = {}
        for council in self.dataset.record.councils:
            for name in {names.normalise(each) for each in (council.name, council.full_name, *council.former_names)}:
                found.setdefault(name, []).append(council)
        return found

    def council(self, row: Row, name: str, day: date | None = None) -> Council:
        """The council of a name, where there are several the one that there was on a day."""
        found = self._councils.get(names.normalise(name), [])
        if len(found) > 1 and day is not None:
            found = [each for each in found if each.created <= day and (each.abolished is None or day < each.abolished)]
        if len(found) != 1:
            why = f"no council called {name!r}" if not found else f"{len(found)} councils are called {name!r}"
            raise self._missing(row, "councils", name, why)
        return found[0]

    def council_of_code(self, row: Row) -> Council:
        """The council of a code, of a row that has its name too."""
        found = self.dataset.councils.get(row.text("council_ons"))
        if found is None:
            name = row.text("council_name")
            raise self._missing(row, "councils", name, f"no council of code {row.text('council_ons')} ({name})")
        return found

    @cached_property
    def spellings(self) -> Spellings:
        """How the dataset spells its wards."""
        return spellings((ward.council, ward.ward) for ward in reversed(self.dataset.record.wards))

    # --- elections --------------------------------------------------------------------------------------------------

    def _of_words(self, kinds: frozenset[ElectionKind]) -> Election | None:
        """The election that was said, among those of some kinds; a full id need not be known."""
        if self.said is None:
            return None
        try:
            return self.dataset.find_election(self.said, kinds)
        except UnknownName:
            sort, _, rest = self.said.strip().casefold().partition(".")
            day = _day(rest)
            if day is None or sort not in {"parl", "local"} or (sort == "local") != (kinds == LOCAL):
                raise
            return self._made(day, ElectionKind.LOCAL if sort == "local" else ElectionKind.GENERAL)

    @property
    def said_day(self) -> date | None:
        """The polling day of the parliamentary election that was said."""
        said = None if self.said is None else self._of_words(FOUGHT)
        return None if said is None else said.date

    def local(self, day: date | None, file: str) -> Election:
        """The ordinary local elections of a day.

        Raises:
            UsageProblem: nothing tells the day.
        """
        said = self._of_words(LOCAL)
        if said is not None:
            return said
        if day is None:
            raise UsageProblem(f"{file} has no date: say which election it is, --election local.YYYY-MM-DD")
        return self.dataset.elections.get(f"local.{day}") or self._made(day, ElectionKind.LOCAL)

    def parliamentary(self, day: date | None, seat: Seat, file: str) -> Election:
        """The general election or by-election of a day in a seat.

        Raises:
            UsageProblem: nothing tells the day.
        """
        said = self._of_words(FOUGHT)
        if said is not None:
            return self.new.get(said.id, said)
        if day is None:
            raise UsageProblem(f"{file} has no date: say which election it is, --election parl.YYYY-MM-DD")
        general = self.dataset.elections.get(f"parl.{day}")
        if general is not None:
            return general
        same = [each for each in self._by_elections if each.date == day and f".{slug(seat.name)}." in each.id]
        if same:
            return same[0]
        if self.per_day.get(day, 0) >= CONTESTS_OF_A_GENERAL_ELECTION:
            return self._made(day, ElectionKind.GENERAL)
        return self._made(day, ElectionKind.BY_ELECTION, seat)

    @cached_property
    def _by_elections(self) -> tuple[Election, ...]:
        return tuple(each for each in self.dataset.record.elections if each.kind is ElectionKind.BY_ELECTION)

    def general(self, day: date) -> Election:
        """The general election of a day."""
        said = self._of_words(FOUGHT)
        if said is not None:
            return self.new.get(said.id, said)
        return self.dataset.elections.get(f"parl.{day}") or self._made(day, ElectionKind.GENERAL)

    def _made(self, day: date, kind: ElectionKind, seat: Seat | None = None) -> Election:
        """An election that the dataset does not have; its source and boundaries are told later."""
        if kind is ElectionKind.LOCAL:
            id_, name = f"local.{day}", f"Local elections, {spoken(day)}"
        elif seat is None:
            id_, name = f"parl.{day}", f"General election, {spoken(day)}"
        else:
            id_, name = f"parl.{slug(seat.name)}.by.{day}", f"{seat.name} by-election, {spoken(day)}"
        return self.new.setdefault(id_, Election(id=id_, name=name, kind=kind, date=day, source=""))

    def past(self, row: Row) -> Election:
        """The general election of a row since 1918: `1950`, `1974F`, `1974O`."""
        code = row.text("election")
        months = {"F": 2, "O": 10}
        year, month = code[:4], months.get(code[4:])
        found = [
            each
            for each in self.dataset.record.elections
            if each.kind is ElectionKind.GENERAL and str(each.date.year) == year and month in {None, each.date.month}
        ]
        if len(found) != 1:
            raise NotKnown(row, f"no general election {code!r} in the dataset")
        return found[0]


def _full_names(party: Party) -> tuple[str, ...]:
    """The names of a party as they are compared, without its id and abbreviation."""
    return tuple(names.normalise(name) for name in (party.name, party.ballot_label, *party.aliases))


def _less_party(name: str) -> str:
    """A name as compared, without the word that one edition writes and another does not."""
    return " ".join(word for word in name.split() if word != "party")


def _among(spelling: str, others: Iterable[str]) -> bool:
    """Whether a spelling is one of some others, in capitals or not."""
    return spelling.casefold() in {each.casefold() for each in others}


def _region(row: Row) -> str:
    """The region of a row since 1918, in the words of today."""
    region = names.normalise(row.text("country_or_region"))
    return {"eastern": "east of england"}.get(region, region)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class HandbookNames:
    """What the sheets of the Local Elections Handbook name, looked up for one row."""

    def __init__(self, known: Known, row: Row, day: date, year: int) -> None:
        self._known, self._row, self._day, self._year = known, row, day, year

    def council(self, name: str) -> str:
        """The GSS code of a council."""
        return self._known.council(self._row, name, self._day).id

    def party(self, code: str) -> str:
        """The id of the party of a code."""
        return self._known.of_handbook(self._row, self._year, code)

    def named(self, name: str) -> str:
        """The id of the party of a name in full."""
        return self._known.in_full(self._row, name)

    def is_plain(self, party_id: str, name: str) -> bool:
        """Whether a name is what a party is called where nothing else is said."""
        party = self._known.dataset.parties[party_id]
        return name in {party.ballot_label, party.name}

    def key(self, year: int, code: str) -> str:
        """What a code stands for, as the sheets of a year explain it."""
        return handbook_key.in_full(year, code) or code

    def ward(self, election: str, council: str, raw: str) -> tuple[str, tuple[Flag, ...]]:  # noqa: ARG002
        """A ward's name as the dataset or else people write it."""
        return ward_name(council, raw, self._known.spellings), ()

    def doubts(self, code: str) -> tuple[Flag, ...]:
        """What is not certain about the party of a code."""
        if code not in handbook_key.DOUBTFUL:
            return ()
        name = self._known.dataset.parties[self.party(code)].name
        note = f"The source's column {code} has no key; it is read as {name}."
        return (Flag(code="party-doubtful", note=note),)

    def settle(
        self,
        election: str,  # noqa: ARG002
        code: str,  # noqa: ARG002
        candidates: tuple[WardCandidacy, ...],
    ) -> tuple[tuple[WardCandidacy, ...], tuple[Flag, ...]]:
        """The candidates as the source has them."""
        return candidates, ()
