"""A dataset to ask: the record with its indexes, and names resolved to the things they mean.

Everything is immutable and built when first wanted, so a question about one seat does not pay for the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from emvote import election_names, names
from emvote.errors import AmbiguousName, OtherKind, UnknownName, UsageProblem
from emvote.keys import Find, finding, numbered, result
from emvote.model import SPEAKER, UNITED_KINGDOM, Election, ElectionKind, Party, PartyKind, Source

if TYPE_CHECKING:
    from emvote.model import (
        Candidacy,
        Contest,
        Council,
        CouncilAdministration,
        CouncilPoll,
        Government,
        Mayoralty,
        MayorContest,
        Seat,
        WardContest,
        WardCouncillors,
    )
    from emvote.model.record import Record

GENERAL = frozenset({ElectionKind.GENERAL})
FOUGHT = frozenset({ElectionKind.GENERAL, ElectionKind.BY_ELECTION})
PARLIAMENT = frozenset({ElectionKind.GENERAL, ElectionKind.BY_ELECTION, ElectionKind.NOTIONAL})
LOCAL = frozenset({ElectionKind.LOCAL, ElectionKind.LOCAL_LATER})
MAYOR = frozenset({ElectionKind.MAYOR})
YEAR_MEANS = (ElectionKind.GENERAL, ElectionKind.LOCAL, ElectionKind.MAYOR)
"""Kinds of election that a bare year may mean, the first that the year has."""
Key = TypeVar("Key")
Row = TypeVar("Row")


class _Lazy(Mapping[Key, Row]):
    """Rows by key, each found when it is first asked for."""

    def __init__(self, find: Callable[[Key], Row | None], keys: Callable[[], Iterable[Key]]) -> None:
        self._find, self._all = find, keys
        self._known: dict[Key, Row | None] = {}

    def __getitem__(self, key: Key) -> Row:
        if key not in self._known:
            self._known[key] = self._find(key)
        row = self._known[key]
        if row is None:
            raise KeyError(key)
        return row

    def __iter__(self) -> Iterator[Key]:
        return iter(dict.fromkeys(self._all()))

    def __len__(self) -> int:
        return len(dict.fromkeys(self._all()))


class Dataset:
    """A record that can be asked.

    Attributes:
        record: the facts.
        file: where they were read from, as named by the user.
        sha256: of the file's bytes; with an overlay, of both files'.
        overlay: the file laid over it, as named by the user; empty: none.
        find: finds rows without reading the rest of the record; absent: the record is in memory.
    """

    def __init__(
        self, record: Record, *, file: str = "", sha256: str = "", overlay: str = "", find: Find | None = None
    ) -> None:
        self.record = record
        self.file = file
        self.sha256 = sha256
        self.overlay = overlay
        self._find = find or finding(record)

    def meta(self) -> Mapping[str, str]:
        """Title, version and sha256: which dataset answered."""
        title = f"{self.record.title}, with {self.overlay} laid over it" if self.overlay else self.record.title
        return {"title": title, "version": self.record.version, "sha256": self.sha256}

    def counts(self) -> Mapping[str, int]:
        """How many results of each sort the record holds: wards only where they were read."""
        return {
            "contests": len(self.record.contests),
            "compositions": sum(len(council.compositions) for council in self.record.councils),
            "polls": len(self.record.council_polls),
            "wards": len(self.record.wards),
            "mayors": len(self.record.mayor_contests),
            "councillors": len(self.record.ward_councillors),
            "administrations": len(self.record.council_administrations),
        }

    # --- the region ---------------------------------------------------------------------------------------------

    @cached_property
    def is_national(self) -> bool:
        """Whether the dataset's region is the whole country."""
        return self.record.region == UNITED_KINGDOM

    def seat_in_region(self, seat_id: str) -> bool:
        """Whether a seat counts in the totals of the dataset's region."""
        return self._in_region(self.seats, seat_id)

    def council_in_region(self, council_id: str) -> bool:
        """Whether a council counts in the totals of the dataset's region."""
        return self._in_region(self.councils, council_id)

    def _in_region(self, places: Mapping[str, Seat] | Mapping[str, Council], place_id: str) -> bool:
        """Whether a place is in the dataset's region; in a dataset of the country every place is."""
        return self.is_national or places[place_id].region == self.record.region

    # --- things by id -------------------------------------------------------------------------------------------

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Sources by id, in the record's order."""
        return {source.id: source for source in self.record.sources}

    @cached_property
    def parties(self) -> Mapping[str, Party]:
        """Parties by id, in the record's order: the order in which tables list them."""
        return {party.id: party for party in self.record.parties}

    @cached_property
    def elections(self) -> Mapping[str, Election]:
        """Elections by id."""
        return {election.id: election for election in self.record.elections}

    @cached_property
    def seats(self) -> Mapping[str, Seat]:
        """Seats by id."""
        return _Lazy(self._seat, lambda: [seat.id for seat in self.record.seats])

    def _seat(self, seat_id: str) -> Seat | None:
        found = reversed(self._find("seats", "id", seat_id.casefold()))
        return next((seat for seat in found if seat.id == seat_id), None)

    @cached_property
    def councils(self) -> Mapping[str, Council]:
        """Councils by id."""
        return {council.id: council for council in self.record.councils}

    @cached_property
    def contests(self) -> Mapping[tuple[str, str], Contest]:
        """Parliamentary results by election id and seat id: only those declared, as in everything below."""
        return _Lazy(
            self._contest,
            lambda: [(contest.election, contest.seat) for contest in self.record.contests if contest.declared],
        )

    def _contest(self, key: tuple[str, str]) -> Contest | None:
        found = reversed(self._find("contests", "result", result(*key)))
        return next((contest for contest in found if contest.declared), None)

    @cached_property
    def polls(self) -> Mapping[tuple[str, str], CouncilPoll]:
        """Council polls by election id and council id: only those declared."""
        return {(poll.election, poll.council): poll for poll in self.record.council_polls if poll.declared}

    @cached_property
    def governments(self) -> Mapping[str, Government]:
        """Who formed the government after a general election, by election id."""
        return {government.election: government for government in self.record.governments}

    def contests_of(self, seat_ids: Iterable[str]) -> tuple[Contest, ...]:
        """Every result of some seats, latest boundaries first, on each the latest polling day."""
        found = [contest for contest in self._contests_in(seat_ids) if contest.declared]
        return tuple(sorted(found, key=self._newest_first))

    def undeclared_of(self, seat_ids: Iterable[str]) -> tuple[Contest, ...]:
        """The contests of some seats that have not declared yet, in the record's order for each seat."""
        return tuple(contest for contest in self._contests_in(seat_ids) if not contest.declared)

    def results_of(self, seat_id: str) -> list[Contest]:
        """Every declared result of one seat, in the record's order."""
        return [contest for contest in self._find("contests", "seat", seat_id) if contest.declared]

    def _contests_in(self, seat_ids: Iterable[str]) -> Iterator[Contest]:
        for seat_id in dict.fromkeys(seat_ids):
            yield from self._find("contests", "seat", seat_id)

    def _newest_first(self, contest: Contest) -> tuple[int, int, bool]:
        """Latest boundaries first, so that an estimate on new ones stands with them."""
        election, seat = self.elections[contest.election], self.seats[contest.seat]
        return (-seat.since.toordinal(), -election.date.toordinal(), election.kind is ElectionKind.NOTIONAL)

    def contests_at(self, election_id: str) -> tuple[Contest, ...]:
        """Every declared result of one election, in the record's order: what figures are of."""
        return tuple(contest for contest in self._find("contests", "election", election_id) if contest.declared)

    def undeclared_at(self, election_id: str) -> tuple[Contest, ...]:
        """The contests of one election that have not declared yet, in the record's order."""
        return tuple(contest for contest in self._find("contests", "election", election_id) if not contest.declared)

    def polls_at(self, election_id: str) -> tuple[CouncilPoll, ...]:
        """What one local election did to each council that has declared, in the record's order."""
        return tuple(poll for poll in self._find("council_polls", "election", election_id) if poll.declared)

    def undeclared_polls_at(self, election_id: str) -> tuple[CouncilPoll, ...]:
        """The councils' polls of one local election that have not declared yet, in the record's order."""
        return tuple(poll for poll in self._find("council_polls", "election", election_id) if not poll.declared)

    def polls_of(self, council_id: str) -> tuple[CouncilPoll, ...]:
        """Every declared poll of one council, latest first."""
        found = [poll for poll in self._find("council_polls", "council", council_id) if poll.declared]
        return tuple(sorted(found, key=lambda poll: self.elections[poll.election].date, reverse=True))

    def wards_of(self, council_id: str) -> tuple[WardContest, ...]:
        """Every ward contest of one council that was read, declared or not, in the record's order."""
        return self._find("wards", "council", council_id)

    def wards_at(self, election_id: str) -> tuple[WardContest, ...]:
        """Every ward contest of one election that was read, declared or not, in the record's order."""
        return self._find("wards", "election", election_id)

    def councillors_of(self, council_id: str) -> tuple[WardCouncillors, ...]:
        """Every ward of one council in the lists of councillors that were read, in the record's order."""
        return self._find("ward_councillors", "council", council_id)

    def councillors_with(self, name: str) -> tuple[WardCouncillors, ...]:
        """Every ward in the lists that were read for which somebody of the surname of that name sat."""
        return self._find("ward_councillors", "surname", names.last_word(name))

    def administrations_of(self, council_id: str) -> tuple[CouncilAdministration, ...]:
        """Who ran one council, oldest first, where that was read."""
        return self._find("council_administrations", "council", council_id)

    def administrations_with(self, name: str) -> tuple[CouncilAdministration, ...]:
        """Every administration that was read whose leader has the surname of that name."""
        return self._find("council_administrations", "surname", names.last_word(name))

    def contests_with(self, name: str) -> tuple[Contest, ...]:
        """Every parliamentary contest, declared or not, in which somebody has the surname of that name."""
        return self._find("contests", "surname", names.last_word(name))

    def wards_with(self, name: str) -> tuple[WardContest, ...]:
        """Every ward contest that was read, declared or not, in which somebody has the surname of that name."""
        return self._find("wards", "surname", names.last_word(name))

    def contests_of_people(self, numbers: Iterable[tuple[str, int]]) -> tuple[Contest, ...]:
        """Every parliamentary contest of people by the numbers that registers give them: see `numbers_of`."""
        found = [each for number in sorted(numbers) for each in self._find("contests", "number", numbered(*number))]
        return tuple(dict.fromkeys(found))

    def mayor_contests_of(self, mayoralty_id: str) -> tuple[MayorContest, ...]:
        """Every election of one mayor, latest first."""
        found = [contest for contest in self.record.mayor_contests if contest.mayoralty == mayoralty_id]
        return tuple(sorted(found, key=lambda contest: self.elections[contest.election].date, reverse=True))

    def short_year(self, election: Election) -> str:
        """The year of an election; with its month where two general elections share the year: `Feb 1974`."""
        year = election.date.year
        if election.kind is not ElectionKind.GENERAL or self._generals_by_year[year] <= 1:
            return str(year)
        return f"{election_names.MONTHS[election.date.month - 1].capitalize()} {year}"

    @cached_property
    def _generals_by_year(self) -> Counter[int]:
        """How many general elections each year had."""
        return Counter(each.date.year for each in self.record.elections if each.kind is ElectionKind.GENERAL)

    def latest_general(self) -> Election:
        """The last general election in the record.

        Raises:
            UsageProblem: the dataset holds none.
        """
        generals = [election for election in self.record.elections if election.kind is ElectionKind.GENERAL]
        if not generals:
            raise UsageProblem("this dataset holds no general election")
        return max(generals, key=lambda election: election.date)

    # --- parties ------------------------------------------------------------------------------------------------

    def abbreviation(self, party_id: str) -> str:
        """A party as outcomes write it (`Con`); an independent's own key (`ind:adam`) is `Ind`."""
        party = self.parties.get(party_id.partition(":")[0])
        return party.abbreviation if party else party_id

    def is_party(self, party_id: str) -> bool:
        """Whether an id stands for one party, which can win control; independents and aggregates cannot."""
        return party_id in self.single_parties

    @cached_property
    def single_parties(self) -> frozenset[str]:
        """The ids that stand for one party each, as `is_party` says of one."""
        one = (PartyKind.NATIONAL, PartyKind.LOCAL)
        return frozenset([party_id for party_id, party in self.parties.items() if party.kind in one])

    @cached_property
    def alone(self) -> frozenset[str]:
        """The ids under which every candidate stands alone: independents, but not the Speaker."""
        independent = [party_id for party_id, party in self.parties.items() if party.kind is PartyKind.INDEPENDENT]
        return frozenset(independent) - {SPEAKER}

    def independents_in(self, contest: Contest) -> list[int]:
        """Places of the independents among a contest's candidates, whatever their order in the file: see `_rank`."""
        places = [place for place, one in enumerate(contest.candidates) if one.party in self.alone]
        return sorted(places, key=lambda place: _rank(contest.candidates[place]))

    def candidate_keys(self, contest: Contest) -> tuple[str, ...]:
        """The key of each candidate of a contest: the party's id, but each independent's own (`ind:adam`)."""
        keys = [one.party for one in contest.candidates]
        places = self.independents_in(contest)
        for place, own in zip(places, own_keys(contest.candidates[place].name for place in places), strict=True):
            keys[place] = f"{keys[place]}:{own}"
        return tuple(keys)

    def is_contender(self, party_id: str) -> bool:
        """Whether votes under an id are those of one contender: a party's, or the Speaker's."""
        return party_id in self.single_parties or party_id == SPEAKER

    def with_predecessors(self, party_id: str) -> tuple[str, ...]:
        """A party and the parties that it continues, latest first (`reform`, `brexit`)."""
        return self._joined.get(party_id) or (party_id,)

    @cached_property
    def _joined(self) -> Mapping[str, tuple[str, ...]]:
        """Of each party that continues one."""
        return {party_id: self._followed(party_id) for party_id, party in self.parties.items() if party.predecessor}

    def _followed(self, party_id: str) -> tuple[str, ...]:
        line, last = {party_id: None}, party_id
        while (party := self.parties.get(last)) and party.predecessor and party.predecessor not in line:
            last = party.predecessor
            line[last] = None
        return tuple(line)

    def party_order(self, party_id: str) -> int:
        """Where a party stands in the record's order; those that are not in it come last."""
        place = self._order.get(party_id)
        return self._order.get(party_id.partition(":")[0], len(self._order)) if place is None else place

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {party_id: i for i, party_id in enumerate(self.parties)}

    # --- names --------------------------------------------------------------------------------------------------

    def find_party(self, given: str) -> Party:
        """The party of that id, name, abbreviation or alias, in any case.

        Raises:
            UnknownName, AmbiguousName: not exactly one party has it.
        """
        return names.resolve(
            given,
            self.record.parties,
            kind="party",
            names=lambda party: (party.id, party.name, party.abbreviation, party.ballot_label, *party.aliases),
            shown=lambda party: party.name,
            hint="list them: emvote parties",
        )

    def find_seats(self, given: str) -> tuple[Seat, ...]:
        """The seats of that name, latest boundaries first: the same name on new boundaries is another seat.

        Raises:
            UnknownName, AmbiguousName: not exactly one name has it.
        """
        given = _unprefixed(given, "seat")
        for seat in self._find("seats", "id", given.strip().casefold()):
            return (seat,)
        exact = self._named(given)
        if exact and not is_past(exact[0]):
            return exact
        living = [group for group in self._seats_by_name.values() if not is_past(group[0])]
        if exact:
            self._stop_at_wider_names(given, exact[0], living)
            return exact
        try:
            return _one_group(given, living)
        except UnknownName as problem:
            past = [group for group in self._seats_by_name.values() if is_past(group[0])]
            words = sorted(names.in_full(given).split())
            same = any(words == sorted(names.normalise(group[0].name).split()) for group in past)
            if not past or (problem.suggestions and not same):
                raise
            return _one_group(given, past)

    def namesakes(self, seat: Seat) -> tuple[Seat, ...]:
        """The seats of one seat's name, itself among them, latest boundaries first."""
        return self._named(seat.name)

    def _named(self, name: str) -> tuple[Seat, ...]:
        """The seats of a name, latest boundaries first."""
        return _latest_first(self._find("seats", "name", names.normalise(name)))

    @cached_property
    def _seats_by_name(self) -> Mapping[str, tuple[Seat, ...]]:
        """Normalised name to the seats that have it, latest boundaries first."""
        groups: dict[str, list[Seat]] = {}
        for seat in self.record.seats:
            groups.setdefault(names.normalise(seat.name), []).append(seat)
        return {name: _latest_first(group) for name, group in groups.items()}

    def _stop_at_wider_names(self, given: str, past: Seat, living: Iterable[tuple[Seat, ...]]) -> None:
        """A name that only seats of the past had exactly may stand for a later seat: `Derby` for Derby North.

        Raises:
            AmbiguousName: later seats have all of its words in their names.
        """
        words = set(names.normalise(given).split())
        wider = [group[0].name for group in living if words <= set(names.normalise(group[0].name).split())]
        if wider:
            problem = names.ambiguous(given, "seat", wider)
            hint = f"{problem} (for the seat of that name in the past: {past.id})"
            raise AmbiguousName(hint, kind="seat", given=given, suggestions=problem.suggestions)

    def find_council(self, given: str) -> Council:
        """The council of that name, full name, former name or GSS code.

        Raises:
            UnknownName, AmbiguousName: not exactly one council has it.
        """
        return names.resolve(
            _unprefixed(given, "council"),
            self.record.councils,
            kind="council",
            names=lambda each: (*names.with_short_forms(each.name), each.full_name, each.id, *each.former_names),
            shown=lambda council: council.name,
            hint="list them: emvote councils --all --outside",
        )

    def find_mayoralty(self, given: str) -> Mayoralty:
        """The mayoralty of that name, area, id or other name.

        Raises:
            UnknownName, AmbiguousName: not exactly one mayoralty has it.
        """
        return names.resolve(
            given,
            self.record.mayoralties,
            kind="mayor",
            names=lambda each: (each.id, each.name, each.name.rpartition(" of ")[2], each.area, *each.aliases),
            shown=lambda each: each.name.rpartition(" of ")[2],
            hint="list them: emvote elections --kind mayor",
        )

    def find_county(self, given: str) -> str:
        """The ceremonial county of that name, or of its short form (`Notts`).

        Raises:
            UnknownName: no seat or council is in a county of that name.
        """
        seat_counties = (county for seat in self.record.seats for county in seat.counties)
        council_counties = (council.county for council in self.record.councils)
        counties = sorted({*seat_counties, *council_counties})
        hint = f"there are: {', '.join(counties)}"
        return names.resolve(given, counties, kind="county", names=names.with_short_forms, shown=str, hint=hint)

    def find_source(self, given: str) -> Source:
        """The source of that id.

        Raises:
            UnknownName: no source has it.
        """
        return names.resolve(
            given,
            self.record.sources,
            kind="source",
            names=lambda source: (source.id,),
            shown=lambda source: source.id,
            hint="list them: emvote sources",
        )

    def find_election(
        self, given: str, kinds: frozenset[ElectionKind] = PARLIAMENT, *, among: frozenset[str] | None = None
    ) -> Election:
        """The election of that id or short form, among those of some kinds.

        A bare year is the general election as fought; in a year without one, or where they are not meant, the local
        elections of that year, then those of mayors. `ge2019`, `2019-notional`, `local-2019`, `feb1974` and a
        by-election by its seat and year work too, as do their words: `February 1974`.

        Raises:
            UnknownName, AmbiguousName: not exactly one election has it; two general elections in one year must be
                told apart.
            OtherKind: it is an election of another kind.
        """
        candidates = [
            election
            for election in self.record.elections
            if election.kind in kinds and (among is None or election.id in among)
        ]
        wanted = given.strip().casefold()
        for election in candidates:
            if election.id.casefold() == wanted:
                return election
        found = [election for election in candidates if wanted in election_names.short_forms(election)]
        if wanted.isdecimal():  # a bare year means the first of these kinds that has an election in it
            kinds_found = {election.kind for election in found}
            first = next((kind for kind in YEAR_MEANS if kind in kinds_found), None)
            found = [election for election in found if election.kind is first]
        if len(found) > 1:
            raise names.ambiguous(given, "election", [election_names.told_apart(election) for election in found])
        if found:
            return found[0]
        words = names.normalise(given)
        by_words = [election for election in candidates if words in election_names.worded_forms(election)]
        if len(by_words) == 1:
            return by_words[0]
        if by_words:
            raise names.ambiguous(given, "election", [election_names.told_apart(election) for election in by_words])
        if wanted.isdecimal() and len(wanted) == len("2019"):
            raise _no_such_year(given, candidates, kinds)
        self._tell_other_kind(given, kinds)
        if wanted.startswith("local") and not any(each.kind in LOCAL for each in self.record.elections):
            text = f"no election called '{given}': the dataset '{self.record.title}' has no local elections"
            raise UnknownName(text, kind="election", given=given)
        raise names.unknown(
            given, "election", [election.id for election in candidates], hint="list them: emvote elections"
        )

    def find_or_latest(self, given: str | None, kinds: frozenset[ElectionKind] = PARLIAMENT) -> Election:
        """The election as typed, see `find_election`; the latest general election for `None`.

        Raises:
            UnknownName, AmbiguousName, OtherKind: not exactly one election of these kinds has that name.
            UsageProblem: none was typed, and the dataset holds no general election.
        """
        return self.latest_general() if given is None else self.find_election(given, kinds)

    def is_local_year(self, given: str) -> bool:
        """Return whether a bare year means local elections: it has no general election."""
        found = {each.kind for each in self.record.elections if str(each.date.year) == given.strip()}
        return ElectionKind.LOCAL in found and ElectionKind.GENERAL not in found

    def _tell_other_kind(self, given: str, kinds: frozenset[ElectionKind]) -> None:
        """Say so where an election exists and is of a kind that the question is not about."""
        wanted, words = given.strip().casefold(), names.normalise(given)
        for election in self.record.elections:
            forms = {election.id.casefold(), *election_names.short_forms(election)}
            said = wanted in forms or words in election_names.worded_forms(election)
            if said and election.kind not in kinds:
                asked = ", ".join(sorted(kinds))
                text = f"'{given}' is {election.id}, of kind {election.kind}; asked for is an election of kind {asked}"
                raise OtherKind(text, kind="election", given=given)


def _latest_first(seats: Iterable[Seat]) -> tuple[Seat, ...]:
    return tuple(sorted(seats, key=lambda seat: seat.since, reverse=True))


def is_past(seat: Seat) -> bool:
    """Whether a seat is of before 2010, so that its id is no GSS code."""
    return not (seat.id[:1].isalpha() and seat.id[1:].isdecimal())


def _unprefixed(given: str, kind: str) -> str:
    """A name without the `seat:` or `council:` that tells a seat from the council of its name.

    Raises:
        UnknownName: it says that it is of the other kind.
    """
    said, colon, name = given.partition(":")
    if not colon or said.strip().casefold() not in {"seat", "council"}:
        return given
    if said.strip().casefold() == kind:
        return name
    raise UnknownName(f"'{given}' is no {kind}, by its own words", kind=kind, given=given)


def _one_group(given: str, groups: Iterable[tuple[Seat, ...]]) -> tuple[Seat, ...]:
    return names.resolve(
        given,
        groups,
        kind="seat",
        names=lambda seats: (seats[0].name,),
        shown=lambda seats: seats[0].name,
        hint="list them: emvote seats",
    )


def _no_such_year(given: str, candidates: Iterable[Election], kinds: frozenset[ElectionKind]) -> UnknownName:
    """The error for a bare year without an election of the kind meant; the nearest before and after are told."""
    general, year = not kinds.isdisjoint(GENERAL), int(given)
    meant = GENERAL if general else kinds - {ElectionKind.LOCAL_LATER}
    among = sorted((each for each in candidates if each.kind in meant), key=lambda each: each.date)
    years = [each.date.year for each in among]
    before = [each for each in among if each.date.year < year][-1:]
    after = [each for each in among if each.date.year > year][:1]
    near = tuple(
        election_names.told_apart(each) if general and years.count(each.date.year) > 1 else str(each.date.year)
        for each in (*before, *after)
    )
    what = "general election" if general else "local elections" if kinds <= LOCAL else "election"
    text = f"no {what} in {given} on record"
    if near:
        text += f"; the nearest: {' and '.join(repr(name) for name in near)}"
    return UnknownName(f"{text} (list them: emvote elections)", kind="election", given=given, suggestions=near)


def own_keys(people: Iterable[str]) -> list[str]:
    """Keys of independents in one contest, by name, in the order in which they choose.

    The last word of a name; where that is taken all of its words, and then a number.

    >>> own_keys(["Shockat Adam", "Ann Adam", "Ann Adam", "Ann Adam"])
    ['adam', 'ann-adam', 'ann-adam-2', 'ann-adam-3']
    """
    taken: set[str] = set()
    numbers: dict[str, Iterator[int]] = {}
    keys = []
    for name in people:
        words = names.normalise(name).split() or ["unnamed"]
        whole = "-".join(words)
        key = whole if words[-1] in taken else words[-1]
        while key in taken:
            key = f"{whole}-{next(numbers.setdefault(whole, count(2)))}"
        taken.add(key)
        keys.append(key)
    return keys


def _rank(one: Candidacy) -> tuple[int, bool, str, str, int, int]:
    """Most votes first, then the elected, then by name: never by the order in the file."""
    return (-one.votes, not one.elected, one.name, one.label or "", one.mnis_id or 0, one.dc_id or 0)
