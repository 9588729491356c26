"""A record as relations: the one schema in which it leaves emvote, whatever the file format.

Raw facts only, as in the TOML file and with its names; what follows from them (majorities, shares, control) is left to
whoever queries them, or to the views of the SQLite file. Every value may be null where the record does not say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from emvote.dataset import Dataset
from emvote.model import Contest, Council, CouncilPoll, Flag, Record, SeatsHeld, WardContest


class Type(StrEnum):
    """What a column holds."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    """A full ISO date."""


class Column(NamedTuple):
    """One column of a relation."""

    name: str
    type: Type
    doc: str
    """Meaning, unit, and what null means."""


class Reference(NamedTuple):
    """Columns that name a row of another relation."""

    columns: tuple[str, ...]
    relation: str
    keys: tuple[str, ...]


class Relation(NamedTuple):
    """One table of the schema."""

    name: str
    doc: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]
    rows: Callable[[Dataset], Iterator[tuple[Any, ...]]]
    """Tuples in the order of the columns, in the record's order."""
    partition: tuple[str, ...] = ()
    """Derived columns by which a folder of Parquet files is divided: `kind` and `year` of the election."""
    identity: tuple[str, ...] = ()
    """Columns that tell which thing a row is about in another version of the data; absent: the key."""


def _text(name: str, doc: str) -> Column:
    return Column(name, Type.TEXT, doc)


def _integer(name: str, doc: str) -> Column:
    return Column(name, Type.INTEGER, doc)


def _number(name: str, doc: str) -> Column:
    return Column(name, Type.NUMBER, doc)


def _boolean(name: str, doc: str) -> Column:
    return Column(name, Type.BOOLEAN, doc)


def _date(name: str, doc: str) -> Column:
    return Column(name, Type.DATE, doc)


def _to(column: str, relation: str, key: str = "id") -> Reference:
    return Reference((column,), relation, (key,))


HEADER = ("schema", "title", "version", "licence", "attribution", "region", "default_local")
"""What describes a record as a whole, and is in no relation."""


def header(record: Record) -> dict[str, Any]:
    """What describes a record, as an export keeps it beside the relations."""
    return {key: getattr(record, key) for key in HEADER}


CONTEST_KEY = ("election", "seat")
POLL_KEY = ("election", "council")
TO_CONTEST = Reference(CONTEST_KEY, "contests", CONTEST_KEY)
TO_POLL = Reference(POLL_KEY, "council_polls", POLL_KEY)
SOURCE = _text("source", "id of the source")
BY_ELECTION = ("kind", "year")


def _plain(table: str, *names: str) -> Callable[[Dataset], Iterator[tuple[Any, ...]]]:
    """Rows of a table of the record, attribute by attribute."""

    def rows(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
        for thing in getattr(dataset.record, table):
            yield tuple(getattr(thing, name) for name in names)

    return rows


def _aliases(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for party in dataset.record.parties:
        for alias in party.aliases:
            yield party.id, alias


def _registrations(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for party in dataset.record.parties:
        for register, numbers in (("ec", party.ec_ids), ("mnis", party.mnis_ids)):
            for number in numbers:
                yield party.id, register, str(number)


def _counties(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for seat in dataset.record.seats:
        for county in seat.counties:
            yield seat.id, county


def _candidacies(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for contest in dataset.record.contests:
        numbered = enumerate(zip(contest.candidates, dataset.candidate_keys(contest), strict=True), 1)
        for position, (candidacy, key) in numbered:
            label = candidacy.label or dataset.parties[candidacy.party].ballot_label
            facts = (candidacy.name, candidacy.party, key, label)
            ids = (candidacy.mnis_id, candidacy.dc_id)
            yield (*_contest(contest), position, *facts, candidacy.votes, candidacy.elected, candidacy.sitting_mp, *ids)


def _tallies(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for contest in dataset.record.contests:
        for position, tally in enumerate(contest.tallies, 1):
            label = tally.label or dataset.parties[tally.party].ballot_label
            yield (*_contest(contest), position, tally.party, label, tally.votes)


def _contest(contest: Contest) -> tuple[str, str]:
    return contest.election, contest.seat


def _cycles(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for council in dataset.record.councils:
        for position, period in enumerate(council.cycles, 1):
            yield council.id, position, period.cycle, period.since, period.until


def _former_names(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for council in dataset.record.councils:
        for name in council.former_names:
            yield council.id, name


def _predecessions(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for council in dataset.record.councils:
        for predecessor in council.predecessors:
            yield council.id, predecessor


def _successions(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for council in dataset.record.councils:
        for successor in council.successors:
            yield council.id, successor


def _compositions(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for council in dataset.record.councils:
        for each in council.compositions:
            source = each.source or council.compositions_source
            yield council.id, each.year, each.size, each.published, each.date, source


def _composition_seats(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for council in dataset.record.councils:
        for each in council.compositions:
            for party, seats in each.seats.items():
                yield council.id, each.year, party, seats


def _polls(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for poll in dataset.record.council_polls:
        facts = (poll.cycle, poll.size, poll.seats_up, poll.declared, poll.vacancies if poll.declared else None)
        yield (poll.election, poll.council, *facts, poll.published_before, poll.published_after)


def _baselines(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for poll in dataset.record.council_polls:
        for moment, held in _held(poll):
            yield (
                *(poll.election, poll.council, moment, held.date, held.size, held.control),
                *(held.source, held.note),
            )


def _poll_seats(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for poll in dataset.record.council_polls:
        after = poll.won if poll.after is None else poll.after
        for moment, seats in (("won", poll.won), ("after", after)):
            for party, number in seats.items():
                yield poll.election, poll.council, moment, party, number
        for moment, held in _held(poll):
            for party, known in ({**held.seats, **dict.fromkeys(held.unknown)}).items():
                yield poll.election, poll.council, moment, party, known


def _held(poll: CouncilPoll) -> Iterator[tuple[str, SeatsHeld]]:
    """The baselines of a poll that are known, those that equal another and are left out for that filled in."""
    whole = poll.seats_up == poll.size
    moments = (
        ("last_election", poll.last_election),
        ("last_council", poll.last_council or (poll.last_election if whole else None)),
        ("eve", poll.eve),
        ("eve_up", poll.eve_up or (poll.eve if whole else None)),
    )
    yield from ((moment, held) for moment, held in moments if held is not None)


def _administrations(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for poll in dataset.record.council_polls:
        who = poll.administration
        if who is not None:
            parties = "; ".join(who.parties) or None
            yield poll.election, poll.council, who.type, parties, who.leader_party, who.since, who.source


def _poll_sources(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for poll in dataset.record.council_polls:
        for source in dict.fromkeys(poll.sources):
            yield poll.election, poll.council, source


def _flags(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for number, (place, flag) in enumerate(flagged(dataset), 1):
        yield (number, *place, flag.code, flag.note, flag.source)


class Place(NamedTuple):
    """What a flag stands beside, as far as it is about such a thing."""

    election: str | None = None
    seat: str | None = None
    council: str | None = None
    year: int | None = None
    ward: str | None = None
    by_election: bool | None = None
    mayoralty: str | None = None


def flagged(dataset: Dataset) -> Iterator[tuple[Place, Flag]]:
    """Yield every flag with its place."""
    for place, flags in _flag_places(dataset):
        for flag in flags:
            yield place, flag


def _flag_places(dataset: Dataset) -> Iterator[tuple[Place, tuple[Flag, ...]]]:
    record = dataset.record
    yield from ((Place(each.id), each.flags) for each in record.elections)
    yield from ((Place(each.election, each.seat), each.flags) for each in record.contests)
    for council in record.councils:
        yield from ((Place(council=council.id, year=each.year), each.flags) for each in council.compositions)
    yield from ((Place(each.election, council=each.council), each.flags) for each in record.council_polls)
    for ward in record.wards:
        yield Place(ward.election, None, ward.council, None, ward.ward, ward.by_election), ward.flags
    yield from ((Place(each.election, mayoralty=each.mayoralty), each.flags) for each in record.mayor_contests)


WARD_KEY = ("election", "council", "ward", "by_election")
MAYOR_KEY = ("election", "mayoralty")


def _ward_key(each: WardContest) -> tuple[Any, ...]:
    return each.election, each.council, each.ward, each.by_election


def _wards(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for each in dataset.record.wards:
        source = each.source or dataset.elections[each.election].source
        yield (
            *_ward_key(each),
            each.ward_id,
            each.seats_up,
            each.declared,
            each.uncontested,
            each.electorate,
            each.turnout_pct,
            source,
        )


def _ward_candidacies(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for each in dataset.record.wards:
        for position, candidacy in enumerate(each.candidates, 1):
            label = candidacy.label or dataset.parties[candidacy.party].ballot_label
            facts = (candidacy.name, candidacy.party, label, candidacy.votes, candidacy.elected)
            yield (*_ward_key(each), position, *facts)


def _ward_tallies(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for each in dataset.record.wards:
        for position, tally in enumerate(each.tallies, 1):
            label = tally.label or dataset.parties[tally.party].ballot_label
            yield (*_ward_key(each), position, tally.party, label, tally.votes)


def _hexagons(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for each in dataset.record.hex_maps:
        for hexagon in each.hexagons:
            yield each.id, hexagon.place, hexagon.q, hexagon.r


def _mayoralty_aliases(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for each in dataset.record.mayoralties:
        for alias in each.aliases:
            yield each.id, alias


def _mayor_contest_sources(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for each in dataset.record.mayor_contests:
        for source in dict.fromkeys(each.sources):
            yield each.election, each.mayoralty, source


def _mayor_contests(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for each in dataset.record.mayor_contests:
        facts = (each.electorate, each.invalid_votes, each.turnout_pct, each.complete)
        yield (each.election, each.mayoralty, *facts, dataset.elections[each.election].source)


def _mayor_candidacies(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for each in dataset.record.mayor_contests:
        for position, one in enumerate(each.candidates, 1):
            label = one.label or dataset.parties[one.party].ballot_label
            votes = (one.votes, one.second_round, one.share_pct, one.elected)
            yield (each.election, each.mayoralty, position, one.name, one.party, label, *votes)


def _contest_rows(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for contest in dataset.record.contests:
        source = contest.source or dataset.elections[contest.election].source
        numbers = (contest.declared, contest.electorate, contest.valid_votes, contest.invalid_votes, contest.majority)
        how = (contest.members, contest.unopposed, "; ".join(contest.returned) or None, contest.winner_unknown)
        yield (*_contest(contest), *numbers, contest.outcome, *how, source)


def _council_rows(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    for each in dataset.record.councils:
        what = (each.id, each.name, each.full_name, each.type, each.county, each.region)
        yield (*what, *_life(each), each.source, each.compositions_source)


def _life(council: Council) -> tuple[Any, ...]:
    return council.created, council.abolished, council.elected_mayor_since, council.note


RELATIONS: tuple[Relation, ...] = (
    Relation(
        "sources",
        "Where figures come from.",
        (
            _text("id", "source id"),
            _text("title", "title of the work"),
            _text("publisher", "who published it"),
            _text("licence", "terms on which its figures may be used"),
            _text("url", "where it is"),
            _text("date", "what it says of its own date"),
            _text("note", "remark"),
        ),
        ("id",),
        (),
        _plain("sources", "id", "title", "publisher", "licence", "url", "date", "note"),
    ),
    Relation(
        "parties",
        "Parties, and what stands in the place of one.",
        (
            _text("id", "party id"),
            _text("name", "full name"),
            _text("abbreviation", "as in outcomes"),
            _text("kind", "national, local, independent, or aggregate: a lump of several"),
            _text("label", "label on ballot papers unless the candidacy says otherwise; null: the name"),
            _text("colour", "#RRGGBB"),
            _text("predecessor", "party that it continues"),
            SOURCE,
            _text("note", "remark"),
        ),
        ("id",),
        (_to("predecessor", "parties"), _to("source", "sources")),
        _plain("parties", "id", "name", "abbreviation", "kind", "label", "colour", "predecessor", "source", "note"),
    ),
    Relation(
        "party_aliases",
        "Other names that a party answers to.",
        (_text("party", "party id"), _text("alias", "other name")),
        ("party", "alias"),
        (_to("party", "parties"),),
        _aliases,
    ),
    Relation(
        "party_registrations",
        "Numbers of a party in the registers of others.",
        (
            _text("party", "party id"),
            _text("register", "`ec`: the Electoral Commission's; `mnis`: Parliament's (Members' Names)"),
            _text("number", "its number there"),
        ),
        ("party", "register", "number"),
        (_to("party", "parties"),),
        _registrations,
    ),
    Relation(
        "elections",
        "Polling days of one kind, and estimates of them.",
        (
            _text("id", "election id"),
            _text("name", "in words"),
            _text("kind", "general, by-election, notional, local, …"),
            _date("date", "polling day; of an estimate, that of the election it re-estimates"),
            _text("boundaries", "first year of the constituency boundaries; null for local elections"),
            _text("previous", "election that it is compared with"),
            SOURCE,
            _text("note", "remark"),
        ),
        ("id",),
        (_to("previous", "elections"), _to("source", "sources")),
        _plain("elections", "id", "name", "kind", "date", "boundaries", "previous", "source", "note"),
    ),
    Relation(
        "seats",
        "Westminster constituencies, each on one set of boundaries.",
        (
            _text("id", "GSS code; before 2010 name and first year of the boundaries"),
            _text("name", "name"),
            _text("region", "region of England, or nation"),
            _text("boundaries", "year of the first general election on its boundaries"),
            _date("since", "first day"),
            _date("until", "last day; null: still there"),
            _text("predecessor", "seat of earlier boundaries that it continues"),
            _text("successor", "seat of later boundaries that continues it"),
            SOURCE,
            _text("note", "remark"),
        ),
        ("id",),
        (_to("predecessor", "seats"), _to("successor", "seats"), _to("source", "sources")),
        _plain(
            "seats",
            "id",
            "name",
            "region",
            "boundaries",
            "since",
            "until",
            "predecessor",
            "successor",
            "source",
            "note",
        ),
    ),
    Relation(
        "seat_counties",
        "Ceremonial counties of seats: one that lies in two has two rows.",
        (_text("seat", "seat id"), _text("county", "ceremonial county")),
        ("seat", "county"),
        (_to("seat", "seats"),),
        _counties,
    ),
    Relation(
        "contests",
        "One election in one seat.",
        (
            _text("election", "election id"),
            _text("seat", "seat id"),
            _boolean("declared", "the result is declared"),
            _integer("electorate", "registered electors"),
            _integer("valid_votes", "valid votes; null: nobody voted, or not known"),
            _integer("invalid_votes", "ballot papers rejected at the count"),
            _integer("majority", "as declared"),
            _text("outcome", "as published"),
            _integer("members", "members returned"),
            _boolean("unopposed", "no poll was held"),
            _text("returned", "parties of the members where votes do not tell"),
            _text("winner_unknown", "why the record cannot tell who won"),
            SOURCE,
        ),
        CONTEST_KEY,
        (_to("election", "elections"), _to("seat", "seats"), _to("source", "sources")),
        _contest_rows,
        BY_ELECTION,
    ),
    Relation(
        "candidacies",
        "One candidate in one contest.",
        (
            _text("election", "election id"),
            _text("seat", "seat id"),
            _integer("position", "place in the record: most votes first"),
            _text("candidate", "name"),
            _text("party", "party id"),
            _text("key", "the party, but each independent's own (`ind:adam`)"),
            _text("party_label", "label on the ballot paper"),
            _integer("votes", "valid votes"),
            _boolean("elected", "won the seat"),
            _boolean("sitting_mp", "was a member of the Parliament before, for any seat"),
            _integer(
                "mnis_id", "number of the person among Parliament's members; null: never one, or not in the source"
            ),
            _integer("dc_id", "number of the person at the Democracy Club; null: not in the source"),
        ),
        (*CONTEST_KEY, "position"),
        (TO_CONTEST, _to("party", "parties")),
        _candidacies,
        BY_ELECTION,
        (*CONTEST_KEY, "candidate", "party"),
    ),
    Relation(
        "tallies",
        "Votes of a party in a contest whose candidates are not known.",
        (
            _text("election", "election id"),
            _text("seat", "seat id"),
            _integer("position", "place in the record"),
            _text("party", "party id"),
            _text("party_label", "label of the party there"),
            _integer("votes", "valid votes"),
        ),
        (*CONTEST_KEY, "position"),
        (TO_CONTEST, _to("party", "parties")),
        _tallies,
        BY_ELECTION,
        (*CONTEST_KEY, "party", "party_label"),
    ),
    Relation(
        "councils",
        "Principal local authorities.",
        (
            _text("id", "GSS code"),
            _text("name", "name"),
            _text("full_name", "name in full"),
            _text("type", "district, unitary or county"),
            _text("county", "ceremonial county"),
            _text("region", "region of England"),
            _date("created", "first day"),
            _date("abolished", "day from which it is no more"),
            _integer("elected_mayor_since", "year since which an elected mayor runs the executive"),
            _text("note", "remark"),
            SOURCE,
            _text("compositions_source", "id of the source of its compositions"),
        ),
        ("id",),
        (_to("source", "sources"), _to("compositions_source", "sources")),
        _council_rows,
    ),
    Relation(
        "council_cycles",
        "What part of a council is elected at a time, by period.",
        (
            _text("council", "council id"),
            _integer("position", "order of the periods"),
            _text("cycle", "all, third or half"),
            _integer("since", "first year; null: open"),
            _integer("until", "last year; null: open"),
        ),
        ("council", "position"),
        (_to("council", "councils"),),
        _cycles,
    ),
    Relation(
        "council_former_names",
        "Names that a council had before.",
        (_text("council", "council id"), _text("name", "name")),
        ("council", "name"),
        (_to("council", "councils"),),
        _former_names,
    ),
    Relation(
        "council_predecessions",
        "Which councils a council replaced.",
        (_text("council", "council that began"), _text("predecessor", "council that it replaced")),
        ("council", "predecessor"),
        (_to("council", "councils"), _to("predecessor", "councils")),
        _predecessions,
    ),
    Relation(
        "council_successions",
        "Which council replaced which.",
        (_text("council", "council that ended"), _text("successor", "council that replaced it")),
        ("council", "successor"),
        (_to("council", "councils"), _to("successor", "councils")),
        _successions,
    ),
    Relation(
        "compositions",
        "Who sat on a council in a year: a snapshot, not a result.",
        (
            _text("council", "council id"),
            _integer("year", "calendar year"),
            _integer("size", "all seats, vacancies counted in"),
            _text("published", "control as the source labels it"),
            _text("date", "ISO date or month; null: only the year is known"),
            SOURCE,
        ),
        ("council", "year"),
        (_to("council", "councils"), _to("source", "sources")),
        _compositions,
    ),
    Relation(
        "composition_seats",
        "Seats of a party in a composition.",
        (
            _text("council", "council id"),
            _integer("year", "calendar year"),
            _text("party", "party id; `other` is a lump"),
            _integer("seats", "seats held"),
        ),
        ("council", "year", "party"),
        (Reference(("council", "year"), "compositions", ("council", "year")), _to("party", "parties")),
        _composition_seats,
    ),
    Relation(
        "council_polls",
        "What a local election did to one council.",
        (
            _text("election", "election id"),
            _text("council", "council id"),
            _text("cycle", "part elected that day"),
            _integer("size", "all seats after the poll"),
            _integer("seats_up", "seats due to be filled"),
            _boolean("declared", "the result is declared"),
            _integer("vacancies", "seats left vacant"),
            _text("published_before", "control before, as the source labels it"),
            _text("published_after", "control after, likewise"),
        ),
        POLL_KEY,
        (_to("election", "elections"), _to("council", "councils")),
        _polls,
    ),
    Relation(
        "council_poll_baselines",
        "The moments that a poll is compared with.",
        (
            _text("election", "election id"),
            _text("council", "council id"),
            _text("moment", "last_election, last_council, eve, eve_up"),
            _text("date", "ISO date or month"),
            _integer("size", "seats that it covers"),
            _text("control", "control as published for that moment, a party id or noc; null: counted from the seats"),
            SOURCE,
            _text("note", "remark"),
        ),
        (*POLL_KEY, "moment"),
        (TO_POLL, _to("source", "sources")),
        _baselines,
    ),
    Relation(
        "council_poll_seats",
        "Seats of a party won, after, or at a baseline of a poll.",
        (
            _text("election", "election id"),
            _text("council", "council id"),
            _text("moment", "won, after, last_election, last_council, eve, eve_up"),
            _text("party", "party id"),
            _integer("seats", "seats; null: the party's part is not known"),
        ),
        (*POLL_KEY, "moment", "party"),
        (TO_POLL, _to("party", "parties")),
        _poll_seats,
    ),
    Relation(
        "administrations",
        "Who ran a council after a poll: decided weeks later, and not computed from seats.",
        (
            _text("election", "election id"),
            _text("council", "council id"),
            _text("type", "majority, minority, coalition, rainbow or none"),
            _text("parties", "party ids, with `; ` between them"),
            _text("leader_party", "party id of the leader"),
            _date("since", "first day"),
            SOURCE,
        ),
        POLL_KEY,
        (TO_POLL, _to("leader_party", "parties"), _to("source", "sources")),
        _administrations,
    ),
    Relation(
        "council_poll_sources",
        "Sources of a poll.",
        (_text("election", "election id"), _text("council", "council id"), SOURCE),
        (*POLL_KEY, "source"),
        (TO_POLL, _to("source", "sources")),
        _poll_sources,
    ),
    Relation(
        "wards",
        "One local election in one ward or division.",
        (
            _text("election", "election id"),
            _text("council", "council id"),
            _text("ward", "name of the ward or division"),
            _boolean("by_election", "held to fill a vacancy on a day of ordinary elections"),
            _text("ward_id", "GSS code"),
            _integer("seats_up", "seats to be filled"),
            _boolean("declared", "the result is declared"),
            _boolean("uncontested", "nobody voted"),
            _integer("electorate", "registered electors"),
            _number("turnout_pct", "as published: ballot papers in per cent of the electorate"),
            SOURCE,
        ),
        WARD_KEY,
        (_to("election", "elections"), _to("council", "councils"), _to("source", "sources")),
        _wards,
        BY_ELECTION,
    ),
    Relation(
        "ward_candidacies",
        "One candidate in one ward.",
        (
            _text("election", "election id"),
            _text("council", "council id"),
            _text("ward", "name of the ward or division"),
            _boolean("by_election", "held to fill a vacancy on a day of ordinary elections"),
            _integer("position", "place in the record"),
            _text("candidate", "name"),
            _text("party", "party id"),
            _text("party_label", "what the source calls the party"),
            _integer("votes", "votes; null: nobody voted"),
            _boolean("elected", "won a seat"),
        ),
        (*WARD_KEY, "position"),
        (Reference(WARD_KEY, "wards", WARD_KEY), _to("party", "parties")),
        _ward_candidacies,
        BY_ELECTION,
        (*WARD_KEY, "candidate", "party"),
    ),
    Relation(
        "ward_tallies",
        "Votes of the best candidate of a party in a ward whose candidates are not published.",
        (
            _text("election", "election id"),
            _text("council", "council id"),
            _text("ward", "name of the ward or division"),
            _boolean("by_election", "held to fill a vacancy on a day of ordinary elections"),
            _integer("position", "place in the record"),
            _text("party", "party id"),
            _text("party_label", "what the source calls the party"),
            _integer("votes", "votes of its best candidate"),
        ),
        (*WARD_KEY, "position"),
        (Reference(WARD_KEY, "wards", WARD_KEY), _to("party", "parties")),
        _ward_tallies,
        BY_ELECTION,
        (*WARD_KEY, "party", "party_label"),
    ),
    Relation(
        "mayoralties",
        "Offices of directly elected mayors.",
        (
            _text("id", "mayoralty id"),
            _text("name", "name"),
            _text("area", "places whose electors vote for it"),
            _text("council", "council whose executive the mayor runs"),
            _text("note", "remark"),
            SOURCE,
        ),
        ("id",),
        (_to("council", "councils"), _to("source", "sources")),
        _plain("mayoralties", "id", "name", "area", "council", "note", "source"),
    ),
    Relation(
        "mayoralty_aliases",
        "Other names that an office answers to.",
        (_text("mayoralty", "mayoralty id"), _text("alias", "other name")),
        ("mayoralty", "alias"),
        (_to("mayoralty", "mayoralties"),),
        _mayoralty_aliases,
    ),
    Relation(
        "mayor_contests",
        "Elections of mayors.",
        (
            _text("election", "election id"),
            _text("mayoralty", "mayoralty id"),
            _integer("electorate", "registered electors"),
            _integer("invalid_votes", "ballot papers rejected at the count"),
            _number("turnout_pct", "as published"),
            _boolean("complete", "every candidate is named"),
            SOURCE,
        ),
        MAYOR_KEY,
        (_to("election", "elections"), _to("mayoralty", "mayoralties"), _to("source", "sources")),
        _mayor_contests,
        BY_ELECTION,
    ),
    Relation(
        "mayor_candidacies",
        "Candidates for mayor.",
        (
            _text("election", "election id"),
            _text("mayoralty", "mayoralty id"),
            _integer("position", "place in the record"),
            _text("candidate", "name"),
            _text("party", "party id"),
            _text("party_label", "label of the party"),
            _integer("votes", "votes, first preferences where there were two"),
            _integer("second_round", "votes after the second round"),
            _number("share_pct", "as published, where votes are not"),
            _boolean("elected", "won"),
        ),
        (*MAYOR_KEY, "position"),
        (Reference(MAYOR_KEY, "mayor_contests", MAYOR_KEY), _to("party", "parties")),
        _mayor_candidacies,
        BY_ELECTION,
        (*MAYOR_KEY, "candidate", "party"),
    ),
    Relation(
        "mayor_contest_sources",
        "Further sources of the election of a mayor.",
        (_text("election", "election id"), _text("mayoralty", "mayoralty id"), SOURCE),
        (*MAYOR_KEY, "source"),
        (Reference(MAYOR_KEY, "mayor_contests", MAYOR_KEY), _to("source", "sources")),
        _mayor_contest_sources,
    ),
    Relation(
        "hex_maps",
        "Maps on which every seat or council is one hexagon.",
        (
            _text("id", "map id"),
            _text("title", "title"),
            _text("places", "seats, councils (districts and unitaries) or upper-tier (counties and unitaries)"),
            _text("boundaries", "first year of the constituency boundaries; null: a map of councils"),
            _integer("since", "first year whose councils it shows; null: any before until"),
            _integer("until", "last year whose councils it shows; null: any later one"),
            SOURCE,
        ),
        ("id",),
        (_to("source", "sources"),),
        _plain("hex_maps", "id", "title", "places", "boundaries", "since", "until", "source"),
    ),
    Relation(
        "hexagons",
        "Where each seat or council stands on a map.",
        (
            _text("map", "map id"),
            _text("place", "seat id or council id, as the map says"),
            _integer("q", "column"),
            _integer("r", "row, growing northwards; odd rows stand half a hexagon further right"),
        ),
        ("map", "place"),
        (_to("map", "hex_maps"),),
        _hexagons,
    ),
    Relation(
        "governments",
        "Who formed the government of the country after a general election.",
        (
            _text("election", "election id"),
            _text("party", "party of the Prime Minister; null: the results cannot tell its candidates from others"),
            _text("prime_minister", "name of the Prime Minister"),
            _text("form", "majority, minority or coalition"),
            _text("note", "what was special"),
            SOURCE,
        ),
        ("election",),
        (_to("election", "elections"), _to("party", "parties"), _to("source", "sources")),
        _plain("governments", "election", "party", "prime_minister", "form", "note", "source"),
    ),
    Relation(
        "flags",
        "What is to be known about a figure.",
        (
            _integer("id", "number in this export"),
            _text("election", "election id, where it is about one"),
            _text("seat", "seat id, where it is about one"),
            _text("council", "council id, where it is about one"),
            _integer("year", "year of a composition"),
            _text("ward", "name of the ward, where it is about one"),
            _boolean("by_election", "whether it is about a ward's by-election"),
            _text("mayoralty", "mayoralty id, where it is about one"),
            _text("code", "kind of finding"),
            _text("note", "what was found and done, with the evidence"),
            _text("source", "id of the source that is evidence, where not the record's own"),
        ),
        ("id",),
        (
            _to("election", "elections"),
            _to("seat", "seats"),
            _to("council", "councils"),
            _to("mayoralty", "mayoralties"),
            _to("source", "sources"),
        ),
        _flags,
        (),
        ("election", "seat", "council", "year", "ward", "by_election", "mayoralty", "code", "note"),
    ),
)
"""Every relation, those that others refer to first."""
