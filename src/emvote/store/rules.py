"""The rules that a dataset keeps beyond its structure: references, sums, winners, majorities, dates.

Each rule is a generator of problems; `RULES` names them all, and `docs/dataset.md` lists them from there. A dataset
that somebody brings is held against every rule before it answers anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from msgspec import Struct

from emvote import schema
from emvote.errors import Problem
from emvote.model import IND, NOC, OTHER, SPEAKER, Contest, CouncilPoll, ElectionKind, Party, PartyKind, SeatsHeld
from emvote.model.record import Record
from emvote.names import normalise
from emvote.parties import aggregates
from emvote.store import government_rules, map_rules, people_rules, ward_rules

SCHEMA = 1
"""The only version of the file format so far."""

STRUCTURE = (
    ("exists", "the file or folder is there"),
    ("readable", "it can be read"),
    ("folder", "the files of a folder do not contradict each other"),
    ("utf-8", "it is UTF-8 text"),
    ("toml", "it is TOML"),
    ("structure", "no key is missing, unknown or of the wrong type"),
)
"""What is checked before the rules below can be: id and demand."""

NO_BOUNDARIES = (ElectionKind.LOCAL, ElectionKind.LOCAL_LATER, ElectionKind.MAYOR)
"""Kinds of election that are fought on no constituency boundaries."""

RESERVED: Mapping[str, tuple[str, PartyKind | None]] = {
    NOC: ("no overall control", None),
    "no overall control": ("no overall control", None),
    IND: ("independents", PartyKind.INDEPENDENT),
    SPEAKER: ("the Speaker", PartyKind.INDEPENDENT),
    OTHER: ("several parties counted together", PartyKind.AGGREGATE),
}
"""Names that stand for something, what that is, and the kind of party that may have them; `None`: no party may."""
RESULT = (
    "valid_votes",
    "invalid_votes",
    "majority",
    "outcome",
    "candidates",
    "tallies",
    "unopposed",
    "returned",
    "winner_unknown",
)
"""What a contest has only once it is declared."""
POLL_RESULT = ("won", "after", "vacancies", "published_after", "administration")
"""What a council's poll has only once it is declared."""

Finding = tuple[str, str, str]
"""Key path, offending value, what was expected."""


class Rule(Struct, frozen=True):
    """One rule: its id, what it demands, and how its breaches are found."""

    id: str
    what: str
    find: Callable[[Record], Iterable[Finding]]


def problems(record: Record, file: str, *, only: str | None = None) -> Iterator[Problem]:
    """Every breach of every rule, or of one, in the order of the rules."""
    for rule in RULES if only is None else [rule for rule in RULES if rule.id == only]:
        for place, value, expected in rule.find(record):
            yield Problem(file, place, rule.id, value, expected)


# --- identity and references ------------------------------------------------------------------------------------


def _schema(record: Record) -> Iterator[Finding]:
    if record.schema != SCHEMA:
        yield "schema", str(record.schema), f"expected {SCHEMA}, the version of the format that this emvote reads"


def _identities(record: Record) -> Iterator[tuple[str, str]]:
    """Every record that must be unique: its key path and its identity."""
    yield from _own(record, "sources", "parties", "elections", "seats", "councils", "contests", "council_polls")
    for i, council in enumerate(record.councils):
        for j, composition in enumerate(council.compositions):
            yield f"councils[{i}].compositions[{j}].year", f"compositions: {council.id}, {composition.year}"
    yield from ward_rules.wards(record)
    yield from _own(record, "mayoralties")
    yield from ward_rules.mayor_contests(record)
    yield from map_rules.identities(record)
    yield from _own(record, "governments")
    yield from people_rules.identities(record)


def _own(record: Record, *tables: str) -> Iterator[tuple[str, str]]:
    """Rows of some tables by what tells them apart."""
    for table in tables:
        keys = schema.key(schema.TABLES[table])
        single = f".{keys[0]}" if len(keys) == 1 else ""
        for i, row in enumerate(getattr(record, table)):
            yield f"{table}[{i}]{single}", f"{table}: {', '.join(getattr(row, key) for key in keys)}"


def _unique(record: Record) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for place, identity in _identities(record):
        value = identity.partition(": ")[2]
        if identity in seen:
            yield place, repr(value), f"already given at {seen[identity]}; each needs its own"
        seen.setdefault(identity, place)
        if not value.strip():
            yield place, repr(value), "expected an id"
    for place, named in _lists(record):
        if len(set(named)) < len(named):
            counts = Counter(named)
            yield from ((place, repr(each), "expected it once in this list") for each in counts if counts[each] > 1)


def _lists(record: Record) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Every list in which each thing is named once: its key path, and what it names. An export has a row for each."""
    lists: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("parties", ("aliases", "ec_ids", "mnis_ids")),
        ("seats", ("counties",)),
        ("councils", ("predecessors", "successors", "former_names")),
        ("council_polls", ("sources",)),
        ("mayoralties", ("aliases",)),
        ("mayor_contests", ("sources",)),
    )
    for table, keys in lists:
        for i, thing in enumerate(getattr(record, table)):
            yield from ((f"{table}[{i}].{key}", named) for key in keys if len(named := getattr(thing, key)) > 1)
    for i, poll in enumerate(record.council_polls):
        yield from ((f"council_polls[{i}].{key}.unknown", held.unknown) for key, held in _baselines(poll))
        if poll.administration is not None:
            yield f"council_polls[{i}].administration.parties", poll.administration.parties
    for i, row in enumerate(record.council_administrations):
        yield f"council_administrations[{i}].parties", row.parties


def _party_names(record: Record) -> Iterator[Finding]:
    owner: dict[str, str] = {}
    for i, party in enumerate(record.parties):
        for name in dict.fromkeys(normalise(name) for _, name in _names(party)):
            if owner.setdefault(name, party.id) != party.id:
                yield f"parties[{i}]", repr(name), f"a name that party '{owner[name]}' answers to already"


def _reserved(record: Record) -> Iterator[Finding]:
    """Ids that mean something else, given to a party as an id or as a name by which it is found."""
    for i, party in enumerate(record.parties):
        if ":" in party.id:
            expected = "expected an id without a colon: that is how an independent's own key is written (ind:adam)"
            yield f"parties[{i}].id", repr(party.id), expected
        for place, name in _names(party):
            meaning, kind = RESERVED.get(normalise(name), ("", party.kind))
            if kind is not party.kind:
                only = f"only a party of kind {kind} may have it" if kind else "no party may have it"
                yield f"parties[{i}].{place}", repr(name), f"reserved for {meaning}: {only}"


def _names(party: Party) -> Iterator[tuple[str, str]]:
    """What a party answers to, each with its key."""
    yield from (("id", party.id), ("name", party.name), ("abbreviation", party.abbreviation))
    yield from ((f"aliases[{j}]", alias) for j, alias in enumerate(party.aliases))


def _references(record: Record) -> Iterator[Finding]:
    known = {table: {row.id for row in getattr(record, table)} for table in schema.TABLES if schema.has_id(table)}
    for place, table, target in chain(schema.references(record), map_rules.places(record)):
        if target not in known[table]:
            yield place, repr(target), f"no {schema.word(table)} of that id in this dataset"


def _baselines(poll: CouncilPoll) -> Iterator[tuple[str, SeatsHeld]]:
    for key in ("last_election", "last_council", "eve", "eve_up"):
        held = getattr(poll, key)
        if held is not None:
            yield key, held


def _sourced(record: Record) -> Iterator[Finding]:
    for i, council in enumerate(record.councils):
        if council.compositions_source is None:
            for j, composition in enumerate(council.compositions):
                if composition.source is None:
                    yield f"councils[{i}].compositions[{j}].source", "", "no source: give one, or compositions_source"
    for i, poll in enumerate(record.council_polls):
        if not poll.sources:
            yield f"council_polls[{i}].sources", "[]", "expected at least one source"


# --- parliamentary results --------------------------------------------------------------------------------------


def _namer(record: Record) -> Callable[[Contest], str]:
    """Return what names a contest in a message: by its seat, of several with one id the first, and its election."""
    names = {seat.id: seat.name for seat in reversed(record.seats)}
    return lambda contest: f"{names.get(contest.seat, contest.seat)}, {contest.election}"


def _contests(record: Record) -> Iterator[tuple[str, Contest, list[int]]]:
    for i, contest in enumerate(record.contests):
        yield f"contests[{i}]", contest, [entry.votes for entry in contest.entries]


def _whole(record: Record) -> Iterator[Finding]:
    named = _namer(record)
    for path, contest, _ in _contests(record):
        no_votes = contest.unopposed or not contest.declared
        if (contest.candidates and contest.tallies) or not (contest.entries or no_votes):
            yield path, "", f"expected either candidates or tallies ({named(contest)})"
        for key in ("electorate", "valid_votes", "invalid_votes", "majority"):
            number = getattr(contest, key)
            if number is not None and number < 0:
                yield f"{path}.{key}", str(number), "expected a number that is not negative"
        for key in ("candidates", "tallies"):
            for j, entry in enumerate(getattr(contest, key)):
                if entry.votes < 0:
                    yield f"{path}.{key}[{j}].votes", str(entry.votes), "expected a number that is not negative"
        if contest.valid_votes == 0 and contest.declared and not contest.unopposed:
            yield f"{path}.valid_votes", "0", f"expected votes where a poll was held ({named(contest)})"
        cast = (contest.valid_votes or 0) + (contest.invalid_votes or 0)
        if contest.electorate is not None and cast > contest.electorate:
            yield f"{path}.electorate", str(contest.electorate), f"expected at least the {cast} votes cast"


def _known(record: Record) -> Iterator[Finding]:
    named = _namer(record)
    for i, contest in enumerate(record.contests):
        path, where = f"contests[{i}]", f"({named(contest)})"
        if not contest.declared:
            continue
        wanted = ("electorate",) if contest.unopposed else ("electorate", "valid_votes")
        for key in wanted:
            if getattr(contest, key) is None and not contest.flags:
                yield f"{path}.{key}", "", f"missing: expected a number, or a flag that says why there is none {where}"


def _undeclared(record: Record) -> Iterator[Finding]:
    """What is not declared has no result: no votes, nobody elected, no seats won."""
    named = _namer(record)
    for i, contest in enumerate(record.contests):
        given = [key for key in RESULT if getattr(contest, key)] if not contest.declared else []
        for key in given:
            expected = f"expected nothing before the declaration ({named(contest)})"
            yield f"contests[{i}].{key}", _shown(getattr(contest, key)), expected
    names = {council.id: council.name for council in record.councils}
    for i, poll in enumerate(record.council_polls):
        given = [key for key in POLL_RESULT if getattr(poll, key)] if not poll.declared else []
        for key in given:
            expected = f"expected nothing before the declaration ({names.get(poll.council, poll.council)})"
            yield f"council_polls[{i}].{key}", _shown(getattr(poll, key)), expected
    for i, ward in enumerate(record.wards):
        if not ward.declared:
            for place in ward_rules.given_before_declaration(ward):
                yield f"wards[{i}].{place}", "", f"expected nothing before the declaration ({ward.ward})"


def _shown(value: Any) -> str:
    """A value as a problem shows it: of records how many there are."""
    if isinstance(value, tuple):
        return f"{len(value)} of them"
    return repr(value) if isinstance(value, str | int | dict) else ""


def _unopposed(record: Record) -> Iterator[Finding]:
    together = aggregates(record.parties)
    names = {seat.id: seat.name for seat in record.seats}
    for i, contest in enumerate(record.contests):
        path, where = f"contests[{i}]", f"({names.get(contest.seat, contest.seat)}, {contest.election})"
        if contest.members < 1:
            yield f"{path}.members", str(contest.members), f"expected at least one member {where}"
        if len(contest.returned) > contest.members or together & set(contest.returned):
            yield f"{path}.returned", repr(list(contest.returned)), f"expected parties, one a member at most {where}"
        if contest.winners and (contest.candidates or len(contest.winners) > contest.members):
            yield (
                f"{path}.winners",
                repr(list(contest.winners)),
                f"expected names where no candidates are known {where}",
            )
        if contest.returned and contest.winner_unknown is not None:
            yield f"{path}.winner_unknown", "", f"expected no reason where it says who was returned {where}"
        if not contest.unopposed:
            continue
        if contest.valid_votes is not None or any(entry.votes for entry in contest.entries):
            yield f"{path}.unopposed", "true", f"expected no votes where nobody voted {where}"
        if contest.declared and not (contest.candidates or contest.returned or contest.winner_unknown):
            yield f"{path}.returned", "[]", f"expected who was returned, or why that is not known {where}"


def _votes_sum(record: Record) -> Iterator[Finding]:
    named = _namer(record)
    for path, contest, votes in _contests(record):
        if contest.valid_votes is None or not votes:
            continue
        # Where electors had a vote for each member, sources divide the votes, and round what they get.
        rounding = len(votes) if contest.members > 1 and contest.tallies else 0
        if abs(sum(votes) - contest.valid_votes) > rounding:
            expected = f"expected the sum of the votes, {sum(votes)} ({named(contest)})"
            yield f"{path}.valid_votes", str(contest.valid_votes), expected


def _winner(record: Record) -> Iterator[Finding]:
    named = _namer(record)
    for path, contest, votes in _contests(record):
        elected = [j for j, candidacy in enumerate(contest.candidates) if candidacy.elected]
        if contest.candidates and len(elected) != contest.members:
            number = "one candidate" if contest.members == 1 else f"{contest.members} candidates"
            expected = f"expected {number} with elected = true ({named(contest)})"
            yield f"{path}.candidates", f"{len(elected)} elected", expected
        beaten = max((number for j, number in enumerate(votes) if j not in elected), default=0)
        for j in elected:
            if votes[j] < beaten:
                name = contest.candidates[j].name
                yield f"{path}.candidates[{j}].elected", repr(name), f"somebody else has more votes, {beaten}"


def _majority(record: Record) -> Iterator[Finding]:
    named = _namer(record)
    for path, contest, votes in _contests(record):
        if contest.majority is None or not contest.candidates or contest.members > 1:
            continue
        first, second = (*sorted(votes, reverse=True), 0, 0)[:2]
        if contest.majority != first - second:
            expected = f"expected the lead of the winner, {first - second} ({named(contest)})"
            yield f"{path}.majority", str(contest.majority), expected


def _chains(record: Record) -> Iterator[Finding]:
    """Chains that must end: a loop would make a history without a beginning."""
    links: tuple[tuple[str, str, dict[str, str | None]], ...] = (
        ("parties", "predecessor", {party.id: party.predecessor for party in record.parties}),
        ("elections", "previous", {election.id: election.previous for election in record.elections}),
        ("seats", "predecessor", {seat.id: seat.predecessor for seat in record.seats}),
        ("seats", "successor", {seat.id: seat.successor for seat in record.seats}),
    )
    for table, key, following in links:
        looped = _looped(following)
        for i, thing in enumerate(getattr(record, table)):
            if thing.id in looped and getattr(thing, key) is not None:
                yield f"{table}[{i}].{key}", repr(thing.id), "leads back to itself"
    for i, council in enumerate(record.councils):
        if council.id in (*council.predecessors, *council.successors):
            yield f"councils[{i}]", repr(council.id), "cannot succeed itself"


def _looped(following: Mapping[str, str | None]) -> set[str]:
    """Whatever stands on a loop; every step is taken once, however long the chains are."""
    walk: dict[str, int] = {}
    looped: set[str] = set()
    for number, start in enumerate(following):
        step: str | None = start
        while step is not None and step in following and step not in walk:
            walk[step] = number
            step = following[step]
        if step is not None and walk.get(step) == number:  # this walk has come back to where it was
            while step is not None and step not in looped:
                looped.add(step)
                step = following[step]
    return looped


def _dates(record: Record) -> Iterator[Finding]:
    dates = {election.id: election.date for election in record.elections}
    for i, election in enumerate(record.elections):
        before = dates.get(election.previous or "")
        if before is not None and before > election.date:
            yield f"elections[{i}].previous", repr(election.previous), "expected an election that is not later"
    for i, council in enumerate(record.councils):
        if council.abolished is not None and council.abolished <= council.created:
            yield f"councils[{i}].abolished", council.abolished.isoformat(), f"expected a day after {council.created}"
    for i, seat in enumerate(record.seats):
        if seat.until is not None and seat.until <= seat.since:
            yield f"seats[{i}].until", seat.until.isoformat(), f"expected a day after {seat.since}"


def _boundaries(record: Record) -> Iterator[Finding]:
    for i, election in enumerate(record.elections):
        if election.boundaries is None and election.kind not in NO_BOUNDARIES:
            yield f"elections[{i}].boundaries", "", "missing: a parliamentary election is fought on some boundaries"
    fought = {election.id: election.boundaries for election in record.elections}
    drawn = {seat.id: seat.boundaries for seat in record.seats}
    kept = {seat.id for seat in record.seats if seat.until is None}
    for i, contest in enumerate(record.contests):
        theirs, its = fought.get(contest.election), drawn.get(contest.seat)
        if theirs is not None and its is not None and theirs != its and not (its < theirs and contest.seat in kept):
            yield f"contests[{i}].seat", repr(contest.seat), f"a seat of {its} in an election on boundaries of {theirs}"


# --- councils ---------------------------------------------------------------------------------------------------


def _compositions(record: Record) -> Iterator[Finding]:
    for i, council in enumerate(record.councils):
        for j, composition in enumerate(council.compositions):
            path = f"councils[{i}].compositions[{j}]"
            where = f"({council.name} {composition.year})"
            if composition.size <= 0:
                yield f"{path}.size", str(composition.size), f"expected a positive number of seats {where}"
            yield from _not_negative(f"{path}.seats", composition.seats)
            if sum(composition.seats.values()) > composition.size:
                expected = f"expected at most the {composition.size} seats of the council {where}"
                yield f"{path}.seats", str(sum(composition.seats.values())), expected


def _not_negative(path: str, seats: Any) -> Iterator[Finding]:
    for party, number in seats.items():
        if number < 0:
            yield f"{path}.{party}", str(number), "expected a number that is not negative"


def _polls(record: Record) -> Iterator[Finding]:
    yield from _first_polls(record)
    names = {council.id: council.name for council in record.councils}
    together = aggregates(record.parties)
    kinds = {party.id: party.kind for party in record.parties}
    for i, poll in enumerate(record.council_polls):
        path, where = f"council_polls[{i}]", f"({names.get(poll.council, poll.council)}, {poll.election})"
        yield from _poll_numbers(path, poll, where)
        yield from _poll_sums(path, poll, where)
        for key, held in _baselines(poll):
            yield from _held(f"{path}.{key}", held, together, where)
            yield from _control_published(f"{path}.{key}.control", held, kinds, where)


def _poll_numbers(path: str, poll: CouncilPoll, where: str) -> Iterator[Finding]:
    for key in ("size", "seats_up"):
        if getattr(poll, key) <= 0:
            yield f"{path}.{key}", str(getattr(poll, key)), f"expected a positive number of seats {where}"
    if poll.vacancies < 0:
        yield f"{path}.vacancies", str(poll.vacancies), f"expected a number that is not negative {where}"
    yield from _not_negative(f"{path}.won", poll.won)
    yield from _not_negative(f"{path}.after", poll.after or {})
    if poll.seats_up > poll.size:
        yield f"{path}.seats_up", str(poll.seats_up), f"expected at most the size, {poll.size} {where}"
    part = poll.seats_up != poll.size
    for key in ("after", "last_council"):
        if getattr(poll, key) is None and part and (poll.declared or key != "after"):
            yield f"{path}.{key}", "", f"missing: not every seat was up {where}"
    if poll.eve is None:
        return
    wanted = ("last_election", "eve_up") if part else ("last_election",)
    for key in wanted:
        if getattr(poll, key) is None and not poll.flags:
            expected = f"missing: expected the seats now up, or a flag that says why they are not known {where}"
            yield f"{path}.{key}", "", expected


def _first_polls(record: Record) -> Iterator[Finding]:
    """Only the first election of a council has no eve, and then nothing else to be compared with."""
    years = {election.id: election.date.year for election in record.elections}
    councils = {council.id: council for council in reversed(record.councils)}
    first: dict[str, int] = {}
    for poll in record.council_polls:
        year = years.get(poll.election)
        if year is not None:
            first[poll.council] = min(year, first.get(poll.council, year))
    for i, poll in enumerate(record.council_polls):
        if poll.eve is not None or poll.election not in years:
            continue
        path, year = f"council_polls[{i}]", years[poll.election]
        for key, _ in _baselines(poll):
            yield f"{path}.{key}", "", "expected no baseline where there is no eve: a new council has none"
        council = councils.get(poll.council)
        sat = council is not None and any(each.year < year for each in council.compositions)
        if sat or first[poll.council] < year:
            expected = "missing: only the first election of a new council has none"
            yield f"{path}.eve", "", f"{expected} ({council.name if council else poll.council}, {poll.election})"


def _poll_sums(path: str, poll: CouncilPoll, where: str) -> Iterator[Finding]:
    if not poll.declared:
        return
    after = poll.won if poll.after is None else poll.after
    won, held = sum(poll.won.values()), sum(after.values())
    if held + poll.vacancies != poll.size:
        yield f"{path}.size", str(poll.size), f"expected {held} seats held and {poll.vacancies} vacant {where}"
        if poll.after is None and poll.seats_up == poll.size:  # the seats won are the council: the same fault again
            return
    if not poll.seats_up - poll.vacancies <= won <= poll.seats_up:
        expected = f"expected {poll.seats_up} seats up less at most {poll.vacancies} vacant {where}"
        yield f"{path}.won", str(won), expected
        return  # whose seats are too many cannot be told then
    for party, number in poll.won.items():
        if number > after.get(party, 0):
            expected = f"expected at most its {after.get(party, 0)} seats after the poll {where}"
            yield f"{path}.won.{party}", str(number), expected


def _held(path: str, held: SeatsHeld, together: frozenset[str], where: str) -> Iterator[Finding]:
    yield from _not_negative(f"{path}.seats", held.seats)
    total = sum(held.seats.values())
    if total > held.size:
        yield f"{path}.seats", str(total), f"expected at most the size, {held.size} {where}"
    for j, party in enumerate(held.unknown):
        if party in held.seats:
            yield f"{path}.unknown[{j}]", repr(party), f"expected a party that has no number of seats here {where}"
    uncertain = sum(number for party, number in held.seats.items() if party in together)
    if uncertain and not held.unknown:
        yield (
            f"{path}.unknown",
            "[]",
            f"expected the parties that may hold the {uncertain} seats counted together {where}",
        )


def _control_published(path: str, held: SeatsHeld, kinds: Mapping[str, PartyKind], where: str) -> Iterator[Finding]:
    """A published control that is no party's, or that the seats of the same moment contradict."""
    if held.control is None or held.control not in {NOC, *kinds}:  # another rule tells of unknown ids
        return
    single = {party for party, kind in kinds.items() if kind in {PartyKind.NATIONAL, PartyKind.LOCAL}}
    if held.control != NOC and held.control not in single:
        yield path, repr(held.control), f"expected one party or {NOC!r} {where}"
        return
    ahead = next((party for party, number in held.seats.items() if 2 * number > held.size and party in single), None)
    if (ahead is not None or not held.unknown) and held.control != (ahead or NOC):
        yield path, repr(held.control), f"expected {ahead or NOC!r}, as the seats of that moment say {where}"


def _local_parts(record: Record) -> Iterator[Finding]:
    kinds = {election.id: election.kind for election in record.elections}
    local = {ElectionKind.LOCAL, ElectionKind.LOCAL_LATER}
    for i, poll in enumerate(record.council_polls):
        if poll.election in kinds and kinds[poll.election] not in local:
            yield f"council_polls[{i}].election", repr(poll.election), "expected a local election"
    for i, contest in enumerate(record.contests):
        if kinds.get(contest.election) in local:
            yield f"contests[{i}].election", repr(contest.election), "expected a parliamentary election"
    if record.default_local in kinds and kinds[record.default_local] not in local:
        yield "default_local", repr(record.default_local), "expected a local election"


def _colours(record: Record) -> Iterator[Finding]:
    digits = frozenset("0123456789abcdefABCDEF")
    for i, party in enumerate(record.parties):
        colour = party.colour
        if colour is not None and (len(colour) != len("#rrggbb") or colour[0] != "#" or not digits >= set(colour[1:])):
            yield f"parties[{i}].colour", repr(colour), 'expected "#RRGGBB"'


def _aggregates(record: Record) -> Iterator[Finding]:
    """A candidate stands for a party or for none, never for an aggregate."""
    together = aggregates(record.parties)
    for i, contest in enumerate(record.contests):
        for j, candidacy in enumerate(contest.candidates):
            if candidacy.party in together:
                yield f"contests[{i}].candidates[{j}].party", repr(candidacy.party), "expected a party or ind"


RULES = (
    Rule("schema", "the format version is one that this emvote reads", _schema),
    Rule("unique", "ids are given, and given once", _unique),
    Rule("party-names", "no name, abbreviation or alias belongs to two parties", _party_names),
    Rule("reserved", "no party has an id or a name that stands for something else", _reserved),
    Rule("reference", "every id that is referred to exists", _references),
    Rule("sourced", "every record has a source", _sourced),
    Rule("chain", "predecessors, successors and previous elections form no loop", _chains),
    Rule("dates", "things end after they begin and are compared with what came before", _dates),
    Rule(
        "boundaries",
        "a seat is contested at elections on its own boundaries, or on later ones that left it as it was",
        _boundaries,
    ),
    Rule("local", "councils vote at local elections, seats at parliamentary ones", _local_parts),
    Rule("counts", "numbers are not negative and no more people vote than may", _whole),
    Rule("known", "a number that is not known is flagged", _known),
    Rule("declared", "what is not declared has no votes, nobody elected and no seats won", _undeclared),
    Rule("unopposed", "where nobody voted there are no votes, and it says who was returned", _unopposed),
    Rule("votes-sum", "votes add up to the valid votes", _votes_sum),
    Rule("winner", "one candidate is elected for each member, and nobody else has more votes", _winner),
    Rule("majority", "the declared majority is the first less the second", _majority),
    Rule("no-lump", "a candidate stands for a party or as an independent", _aggregates),
    Rule("composition", "seats held are at most the seats of the council", _compositions),
    Rule("poll", "seats won, held and vacant add up to the council", _polls),
    Rule("ward", "wards vote at local elections, mayors at their own", ward_rules.kinds),
    Rule("ward-counts", "numbers of wards and mayors make sense, and what is not known is said", ward_rules.counts),
    Rule("ward-winners", "in a ward those with the most votes are elected, as many as seats", ward_rules.ward_winners),
    Rule(
        "mayor-winner", "one mayor is elected, with the most votes of the round that decided", ward_rules.mayor_winners
    ),
    Rule(
        "government",
        "a government follows a general election, and its party is one, or it says why none is given",
        government_rules.governments,
    ),
    Rule("councillors", "a councillor has a name and a party, in years of the ward's lists", people_rules.councillors),
    Rule(
        "administrations",
        "who ran a council did so from a day to a later one, and one at most does today",
        people_rules.administrations,
    ),
    Rule("hexagons", "maps say what they show, and no hexagon covers another", map_rules.hexagons),
    Rule("colour", "colours are written #RRGGBB", _colours),
)
