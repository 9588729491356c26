"""A record as relations: the one schema in which it leaves emvote, whatever the file format, and the way back.

Raw facts only, as in the TOML file and with its names; what follows from them (majorities, shares, control) is left to
whoever queries them, or to the views of the SQLite file. Every value may be null where the record does not say. What
the record leaves out because it goes without saying (the label of a party, the source of an election, a baseline that
equals another) is filled in here, and left out again on the way back.

Columns, types, keys and references are walked from the model. A column is described by the first sentence under its
field in the model; `RELATIONS` says where an export describes it otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final, NamedTuple

from emvote import schema
from emvote.dataset import Dataset
from emvote.model import Contest, CouncilPoll, Flag, Party, SeatsHeld
from emvote.model.record import Record

Line = dict[str, Any]
"""A row: names of columns or fields with their values."""
Tables = Mapping[str, Sequence[Line]]
"""Relations with their rows, by column."""
HEADER = ("schema", "title", "version", "licence", "attribution", "region", "default_local")
"""What describes a record as a whole, and is in no relation."""
LISTED: Final = "; "
"""Between the ids of a list in one cell."""
FIELDS: Final = {"candidate": "name", "party_label": "label"}
"""Columns that have another name than their field."""


class Type(StrEnum):
    """What a column holds."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    """A full ISO date."""


TYPES: Final = {int: Type.INTEGER, float: Type.NUMBER, bool: Type.BOOLEAN, date: Type.DATE}
"""Classes of a field's values; any other is text."""


class Column(NamedTuple):
    """One column of a relation."""

    name: str
    type: Type
    doc: str
    """Meaning, unit, and what null means."""
    table: str = ""
    """Table whose rows its ids name; empty: it has none."""


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
    partition: tuple[str, ...]
    """Derived columns by which a folder of Parquet files is divided: `kind` and `year` of the election."""
    identity: tuple[str, ...]
    """Columns that tell which thing a row is about in another version of the data."""
    path: tuple[str, ...]
    """Where its rows are in the record: a table, and a field of the things in it."""
    row: type | None
    """Class of the things in its rows; `None`: they are single values."""
    place: tuple[Column, ...]
    """How other relations refer to its rows."""
    defaults: Mapping[str, Default]
    """Fields that say what something else says, where nothing is said."""

    def rows(self, dataset: Dataset) -> Iterator[tuple[Any, ...]]:
        """Tuples in the order of the columns, in the record's order."""
        names = [FIELDS.get(column.name, column.name) for column in self.columns]
        for line in self._lines(dataset):
            yield tuple([_cell(line.get(name)) for name in names])

    def _lines(self, dataset: Dataset) -> Iterator[Line]:
        """The rows by field, with what goes without saying in the record."""
        for where, owner in things(dataset.record, self.path[:-1]):
            made = MADE[self.name](dataset, owner) if self.name in MADE else self._parts(getattr(owner, self.path[-1]))
            for position, part in enumerate(made, 1):
                line = {**where, "position": position, **part}
                for column, default in self.defaults.items():
                    line[column] = line.get(column) or default.found(getattr(dataset, default.table), line, getattr)
                yield line

    def _parts(self, held: Any) -> Iterator[Line]:
        if isinstance(held, Mapping):
            yield from ({"party": party, "seats": seats} for party, seats in held.items())
        elif self.row is None:
            yield from ({self.columns[-1].name: value} for value in held)
        elif held is not None:
            yield from map(_fields_of, held if isinstance(held, tuple) else [held])

    def place_of(self, thing: Any) -> Line:
        """How other relations refer to a thing, without what that is part of."""
        keys = schema.key(type(thing))
        return {column.name: getattr(thing, key) for column, key in zip(self.place[-len(keys) :], keys, strict=True)}


class Default(NamedTuple):
    """Where a value is found that goes without saying."""

    by: str
    """Field with the id of a row."""
    table: str
    fields: tuple[str, ...]
    """Fields of that row: the first that says something."""

    def found(self, rows: Mapping[str, Any], line: Line, read: Callable[..., Any]) -> Any:
        """The value for a line, `None` where there is no such row."""
        row = rows.get(line[self.by])
        return next((value for field in self.fields if row is not None and (value := read(row, field))), None)


LABEL: Final = Default("party", "parties", ("label", "name"))
"""That of an entry without a label."""
OF_ELECTION: Final = {"source": Default("election", "elections", ("source",))}
SOURCES: Final[Mapping[str, dict[str, Default]]] = {
    "contests": OF_ELECTION,
    "wards": OF_ELECTION,
    "mayor_contests": OF_ELECTION,
    "compositions": {"source": Default("council", "councils", ("compositions_source",))},
}
"""Relations in which a row without a source has that of something else."""


def header(record: Record) -> dict[str, Any]:
    """What describes a record, as an export keeps it beside the relations."""
    return {key: getattr(record, key) for key in HEADER}


def _fields(relation: Relation) -> Mapping[str, schema.Attribute]:
    return schema.fields(relation.row) if relation.row else {}


def _fields_of(thing: Any) -> Line:
    cls: type = type(thing)
    return {name: getattr(thing, name) for name in schema.fields(cls)}


def _cell(value: Any) -> Any:
    return LISTED.join(value) or None if isinstance(value, tuple) else value


def things(record: Record, path: Sequence[str]) -> Iterator[tuple[Line, Any]]:
    """Yield each thing at a path of the record, with how relations refer to it."""
    if not path:
        yield {}, record
        return
    relation = _BY_PATH[tuple(path)]
    for where, owner in things(record, path[:-1]):
        for thing in getattr(owner, path[-1]):
            yield {**where, **relation.place_of(thing)}, thing


# --- rows that are made of several fields -----------------------------------------------------------------------


def _registrations(_: Dataset, party: Party) -> Iterator[Line]:
    for register, numbers in (("ec", party.ec_ids), ("mnis", party.mnis_ids)):
        yield from ({"register": register, "number": str(number)} for number in numbers)


def _candidacies(dataset: Dataset, contest: Contest) -> Iterator[Line]:
    for candidacy, key in zip(contest.candidates, dataset.candidate_keys(contest), strict=True):
        yield {**_fields_of(candidacy), "key": key}


def _polls(_: Dataset, record: Record) -> Iterator[Line]:
    for poll in record.council_polls:
        yield {**_fields_of(poll), "vacancies": poll.vacancies if poll.declared else None}


def _baselines(_: Dataset, poll: CouncilPoll) -> Iterator[Line]:
    yield from ({"moment": moment, **_fields_of(held)} for moment, held in _held(poll))


def _poll_seats(_: Dataset, poll: CouncilPoll) -> Iterator[Line]:
    moments: list[tuple[str, Mapping[str, int | None]]] = [("won", poll.won)]
    moments.append(("after", poll.won if poll.after is None else poll.after))
    moments += [(moment, {**held.seats, **dict.fromkeys(held.unknown)}) for moment, held in _held(poll)]
    for moment, seats in moments:
        yield from ({"moment": moment, "party": party, "seats": number} for party, number in seats.items())


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


def flagged(dataset: Dataset) -> Iterator[tuple[Line, Flag]]:
    """Yield every flag, with how relations refer to what it stands beside."""
    for relation in _with_flags():
        for where, thing in things(dataset.record, relation.path):
            yield from ((where, flag) for flag in thing.flags)


def _with_flags() -> Iterator[Relation]:
    return (relation for relation in _BY_PATH.values() if relation.row and "flags" in schema.fields(relation.row))


def _flags(dataset: Dataset, _: Record) -> Iterator[Line]:
    for number, (where, flag) in enumerate(flagged(dataset), 1):
        yield {"id": number, **where, **_fields_of(flag)}


MADE: Final[Mapping[str, Callable[[Dataset, Any], Iterable[Line]]]] = {
    "party_registrations": _registrations,
    "candidacies": _candidacies,
    "council_polls": _polls,
    "council_poll_baselines": _baselines,
    "council_poll_seats": _poll_seats,
    "flags": _flags,
}
"""Relations whose rows are not just the fields of things: what makes them of that which they are part of."""


# --- the way back -----------------------------------------------------------------------------------------------


def plain(head: Line, tables: Tables) -> Line:
    """The data of a dataset as its file would have it, from what describes it and the rows of every relation."""
    back = _Back(tables)
    found = {key: head[key] for key in HEADER if head.get(key) is not None}
    for table in schema.TABLES:
        found[table] = [back.thing(_BY_PATH[table,], line) for line in tables[table]]
    return found


def whole_number(text: Any) -> Any:
    """A whole number that is kept as text; what is none is left for the structure to refuse."""
    try:
        number = int(text)
    except (TypeError, ValueError):
        return text or None
    return number if str(number) == text else text


class _Back:
    """Puts the rows of several relations together."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._grouped: dict[tuple[str, ...], dict[tuple[Any, ...], list[Line]]] = {}
        looked_up = {default.table for relation in RELATIONS for default in relation.defaults.values()}
        self._rows = {table: {line["id"]: line for line in tables[table]} for table in looked_up}
        self._cells = {relation.path: [*_own_cells(relation)] for relation in RELATIONS}
        self._parts = {relation.path: [*_parts_of(relation)] for relation in RELATIONS}

    def thing(self, relation: Relation, line: Line) -> Line:
        """A row with everything that is part of it."""
        found = self._own(relation, line)
        where = dict(zip((column.name for column in relation.place), (line[key] for key in relation.key), strict=False))
        for part, field in self._parts[relation.path]:
            lines = self.about(part.name, where)
            if lines or field.holds:
                found[field.name] = self._held(part, field, lines)
        if "flags" in _fields(relation):
            flags = self.about("flags", {column: where.get(column) for column in FLAGGED})
            found["flags"] = [self._own(RELATIONS[-1], line) for line in flags]
        if relation.name in RESTORED:
            RESTORED[relation.name](self, found, where)
        return found

    def about(self, relation: str, where: Line) -> list[Line]:
        """The rows of a relation about one thing, in their order."""
        columns = tuple(where)
        if (relation, *columns) not in self._grouped:
            groups = self._grouped[relation, *columns] = {}
            for line in self._tables[relation]:
                groups.setdefault(tuple([line[column] for column in columns]), []).append(line)
        return self._grouped[relation, *columns].get(tuple(where.values()), [])

    def _own(self, relation: Relation, line: Line) -> Line:
        """What a row says itself, but for what goes without saying."""
        found = {}
        for column, field, default in self._cells[relation.path]:
            value = line[column]
            if field.holds:
                found[field.name] = value.split(LISTED) if value else []
            elif value is not None and (
                default is None or value != default.found(self._rows[default.table], line, dict.get)
            ):
                found[field.name] = value
        return found

    def _held(self, part: Relation, field: schema.Attribute, lines: list[Line]) -> Any:
        """What a field holds."""
        if field.holds is Mapping:
            return seats_of(lines)
        if not field.is_part:
            return [line[part.columns[-1].name] for line in lines]
        found = [self.thing(part, line) for line in lines]
        return found if field.holds else found[-1]


def _own_cells(relation: Relation) -> Iterator[tuple[str, schema.Attribute, Default | None]]:
    """The columns that hold a field of the things in the rows."""
    fields = _fields(relation)
    for column in relation.columns:
        name = FIELDS.get(column.name, column.name)
        if name in fields:
            yield column.name, fields[name], relation.defaults.get(name)


def _parts_of(relation: Relation) -> Iterator[tuple[Relation, schema.Attribute]]:
    """The relations of what is in a field of the things in the rows."""
    fields = _fields(relation)
    return (
        (part, fields[part.path[-1]])
        for part in RELATIONS
        if part.path[:-1] == relation.path and part.path[-1] in fields
    )


def seats_of(lines: Iterable[Line]) -> Line:
    """Party to seats, of those whose number is known."""
    return {line["party"]: line["seats"] for line in lines if line["seats"] is not None}


def _numbers_back(back: _Back, party: Line, where: Line) -> None:
    numbers = back.about("party_registrations", where)
    party["ec_ids"] = [line["number"] for line in numbers if line["register"] == "ec"]
    party["mnis_ids"] = [whole_number(line["number"]) for line in numbers if line["register"] == "mnis"]


def _seats_back(back: _Back, poll: Line, where: Line) -> None:
    """Put the seats of a council's poll and its baselines back, without those that equal others."""
    whole = poll.get("size") == poll.get("seats_up")
    if poll.get("declared"):
        won, after = (
            seats_of(back.about("council_poll_seats", {**where, "moment": name})) for name in ("won", "after")
        )
        poll |= {"won": won} if whole and after == won else {"won": won, "after": after}
    held = {}
    for line in back.about("council_poll_baselines", where):
        lines = back.about("council_poll_seats", {**where, "moment": line["moment"]})
        unknown = [each["party"] for each in lines if each["seats"] is None]
        baseline = back.thing(_BY_PATH["council_polls", "baselines"], line)
        held[line["moment"]] = {**baseline, "seats": seats_of(lines), "unknown": unknown}
    for moment, same in (("last_council", "last_election"), ("eve_up", "eve")):
        if whole and held.get(moment) == held.get(same):
            held.pop(moment, None)
    poll |= held


RESTORED: Final = {"parties": _numbers_back, "council_polls": _seats_back}
"""Relations whose things have fields that `MADE` spread over rows: what puts these back."""


# --- the relations ----------------------------------------------------------------------------------------------

_BY_PATH: Final[dict[tuple[str, ...], Relation]] = {}
"""Relations by where their rows are in the record."""
WORDS: Final = {schema.word(table): table for table in schema.TABLES if schema.has_id(table)}
"""Columns that name a row of a table, by its word."""
OTHERS: Final = {
    **dict.fromkeys(("id", "position", "seats", "since", "year"), Type.INTEGER),
    "by_election": Type.BOOLEAN,
}
"""Types of columns that are no field of the things in their rows; any other is text."""
DOCS: Final = {
    "alias": "other name",
    "key": "the party, but each independent's own (`ind:adam`)",
    "name": "name",
    "note": "remark",
    "position": "place in the record",
    "source": "id of the source",
}
"""Descriptions of columns of which the model says nothing."""
BY_ELECTION: Final = ("kind", "year")


def _relation(name: str, doc: str, path: str = "", columns: str = "", **said: Any) -> Relation:
    """Declare a relation.

    Args:
        name: its name.
        doc: what it is.
        path: where its rows are in the record; absent: the table of its name.
        columns: of its own, where they are not those that tell rows apart and then all single fields.
        said: `row`, the class of the things in its rows, and `key` and `identity`, columns of its own that tell rows
            apart here and in another version of the data, where the path does not say so; and columns that an export
            describes otherwise than the model.
    """
    *above, last = (path or name).split(".")
    owner = _BY_PATH.get(tuple(above))
    held = schema.fields(owner.row if owner and owner.row else Record).get(last)
    row = held.type if held and held.is_part else said.get("row")
    place = tuple(column._replace(doc=said.get(column.name, column.doc)) for column in (owner.place if owner else ()))
    named = tuple(column.name for column in place)
    keys = tuple(said.get("key", "").split()) or _key(held, columns)
    own = tuple(
        _column(each, last, held, row, said) for each in columns.split() or dict.fromkeys((*keys, *_singles(row)))
    )
    references = [Reference((column.name,), column.table, ("id",)) for column in own if column.table]
    found = Relation(
        name,
        doc,
        columns=(*place, *own),
        key=(*named, *keys),
        references=(*([Reference(named, owner.name, owner.key)] if owner else []), *references),
        partition=BY_ELECTION
        if held and row and "candidates" in schema.fields(schema.TABLES[(*above, last)[0]])
        else (),
        identity=(*named, *(said.get("identity", "").split() or keys)),
        path=(*above, last),
        row=row,
        place=(*place, *_place(row, last, own)),
        defaults=SOURCES.get(name, {}) | ({"label": LABEL} if "party_label" in columns else {}),
    )
    return _BY_PATH.setdefault(found.path, found)


def _key(held: schema.Attribute | None, columns: str) -> tuple[str, ...]:
    """Columns that tell rows of one owner apart: those that a field of it holds."""
    if held is None or held.holds is None:
        return ()
    if held.holds is Mapping:
        return ("party",)
    return (schema.key(held.type) or ("position",)) if held.is_part else tuple(columns.split())


def _singles(row: type | None) -> Iterator[str]:
    fields = schema.fields(row).values() if row else ()
    return (field.name for field in fields if field.holds is None and not field.is_part)


def _place(row: type | None, table: str, own: Sequence[Column]) -> tuple[Column, ...]:
    """How others refer to a thing among those with one owner."""
    keys = schema.key(row) if row else ()
    if keys == ("id",):
        return (Column(schema.word(table), Type.TEXT, f"{schema.word(table)} id", table),)
    return tuple(column for column in own if column.name in keys)


def _column(name: str, last: str, held: schema.Attribute | None, row: type | None, said: Mapping[str, str]) -> Column:
    field = schema.fields(row).get(FIELDS.get(name, name)) if row else held
    if field is None or field.holds is (tuple if row else Mapping):  # a list in one cell, or a key or number of a map
        kind, table = OTHERS.get(name, Type.TEXT), WORDS.get(name, "")
    else:
        kind, table = TYPES.get(field.type, Type.TEXT), "" if field.beside else field.table
    doc = said.get(name) or (_sentence(row, field) if row and field else "") or DOCS.get(name)
    return Column(name, kind, doc or f"{schema.word(last if name == 'id' else table)} id", table)


def _sentence(row: type, field: schema.Attribute) -> str:
    """The first sentence under a field, as the description of a column."""
    words = schema.docs(row).get(field.name, "").partition("\n")[0].partition(". ")[0].removesuffix(".")
    lower = words[:1] if words[1:2].isupper() else words[:1].lower()
    return f"{lower}{words[1:]}".replace("absent", "null")


RELATIONS: Final = (
    _relation("sources", "Where figures come from."),
    _relation(
        "parties",
        "Parties, and what stands in the place of one.",
        kind="national, local, independent, or aggregate: a lump of several",
    ),
    _relation("party_aliases", "Other names that a party answers to.", "parties.aliases", "alias"),
    _relation(
        "party_registrations",
        "Numbers of a party in the registers of others.",
        "parties.registrations",
        "register number",
        key="register number",
        register="`ec`: the Electoral Commission's; `mnis`: Parliament's (Members' Names)",
        number="its number there",
    ),
    _relation(
        "elections",
        "Polling days of one kind, and estimates of them.",
        kind="general, by-election, notional, local, …",
    ),
    _relation(
        "seats",
        "Westminster constituencies, each on one set of boundaries.",
        columns="id name region boundaries since until predecessor successor source note",
    ),
    _relation(
        "seat_counties",
        "Ceremonial counties of seats: one that lies in two has two rows.",
        "seats.counties",
        "county",
        county="ceremonial county",
    ),
    _relation(
        "contests",
        "One election in one seat.",
        columns="election seat declared electorate valid_votes invalid_votes majority outcome members unopposed"
        " returned winners winners_source winner_unknown source",
    ),
    _relation(
        "candidacies",
        "One candidate in one contest.",
        "contests.candidates",
        "position candidate party key party_label votes elected sitting_mp mnis_id dc_id",
        identity="candidate party",
        position="place in the record: most votes first",
    ),
    _relation(
        "tallies",
        "Votes of a party in a contest whose candidates are not known.",
        "contests.tallies",
        "position party party_label votes",
        identity="party party_label",
    ),
    _relation("councils", "Principal local authorities.", type="district, unitary or county"),
    _relation(
        "council_cycles",
        "What part of a council is elected at a time, by period.",
        "councils.cycles",
        position="order of the periods",
        cycle="all, third or half",
    ),
    _relation("council_former_names", "Names that a council had before.", "councils.former_names", "name"),
    _relation(
        "council_predecessions",
        "Which councils a council replaced.",
        "councils.predecessors",
        "predecessor",
        council="council that began",
        predecessor="council that it replaced",
    ),
    _relation(
        "council_successions",
        "Which council replaced which.",
        "councils.successors",
        "successor",
        council="council that ended",
        successor="council that replaced it",
    ),
    _relation("compositions", "Who sat on a council in a year: a snapshot, not a result.", "councils.compositions"),
    _relation(
        "composition_seats",
        "Seats of a party in a composition.",
        "councils.compositions.seats",
        "party seats",
        party="party id; `other` is a lump",
        seats="seats held",
    ),
    _relation(
        "council_polls",
        "What a local election did to one council.",
        columns="election council cycle size seats_up declared vacancies published_before published_after",
    ),
    _relation(
        "council_poll_baselines",
        "The moments that a poll is compared with.",
        "council_polls.baselines",
        "moment date size control source note",
        row=SeatsHeld,
        key="moment",
        moment="last_election, last_council, eve, eve_up",
    ),
    _relation(
        "council_poll_seats",
        "Seats of a party won, after, or at a baseline of a poll.",
        "council_polls.moments",
        "moment party seats",
        key="moment party",
        moment="won, after, last_election, last_council, eve, eve_up",
        seats="seats; null: the party's part is not known",
    ),
    _relation(
        "administrations",
        "Who ran a council after a poll: decided weeks later, and not computed from seats.",
        "council_polls.administration",
        "type parties leader_party since source",
        type="majority, minority, coalition, rainbow or none",
        parties="party ids, with `; ` between them",
    ),
    _relation("council_poll_sources", "Sources of a poll.", "council_polls.sources", "source"),
    _relation("wards", "One local election in one ward or division."),
    _relation(
        "ward_candidacies",
        "One candidate in one ward.",
        "wards.candidates",
        "position candidate ballot_name party party_label votes elected",
        identity="candidate party",
    ),
    _relation(
        "ward_tallies",
        "Votes of the best candidate of a party in a ward whose candidates are not published.",
        "wards.tallies",
        "position party party_label votes",
        identity="party party_label",
        party_label="what the source calls the party",
        votes="votes of its best candidate",
    ),
    _relation("mayoralties", "Offices of directly elected mayors."),
    _relation("mayoralty_aliases", "Other names that an office answers to.", "mayoralties.aliases", "alias"),
    _relation(
        "mayor_contests",
        "Elections of mayors.",
        columns="election mayoralty electorate invalid_votes turnout_pct complete source",
    ),
    _relation(
        "mayor_candidacies",
        "Candidates for mayor.",
        "mayor_contests.candidates",
        "position candidate party party_label votes second_round share_pct elected",
        identity="candidate party",
    ),
    _relation(
        "mayor_contest_sources", "Further sources of the election of a mayor.", "mayor_contests.sources", "source"
    ),
    _relation(
        "hex_maps",
        "Maps on which every seat or council is one hexagon.",
        places="seats, councils (districts and unitaries) or upper-tier (counties and unitaries)",
    ),
    _relation("hexagons", "Where each seat or council stands on a map.", "hex_maps.hexagons"),
    _relation(
        "governments",
        "Who formed the government of the country after a general election.",
        form="majority, minority or coalition",
    ),
    _relation("ward_councillors", "Who sat for a ward, by the yearly lists of councillors: one set of boundaries."),
    _relation(
        "councillors",
        "One councillor over the years in which the lists say the same.",
        "ward_councillors.councillors",
        "position name party first last due seats",
        identity="name party first",
        party="party id; `other`: independents and small parties together",
    ),
    _relation(
        "council_administrations",
        "Who ran a council over some time, leader and parties.",
        columns="council number type parties leader leader_party since until current evidence note source",
        type="majority, minority, coalition, rainbow, elected mayor, commissioners or none",
        parties="party ids, with `; ` between them",
        current="whether it holds today: yes, no, doubtful or unknown",
    ),
    _relation(
        "flags",
        "What is to be known about a figure.",
        columns="id election seat council year ward by_election since mayoralty code note source",
        row=Flag,
        key="id",
        identity="election seat council year ward by_election since mayoralty code note",
        id="number in this export",
        **{word: f"{word} id, where it is about one" for word in ("election", "seat", "council", "mayoralty")},
        year="year of a composition",
        ward="name of the ward, where it is about one",
        by_election="whether it is about a ward's by-election",
        since="year of a ward's first list, where it is about its councillors",
    ),
)
"""Every relation, those that others refer to first."""
FLAGGED: Final = RELATIONS[-1].identity[:-2]
"""Columns of a flag that say what it stands beside."""
