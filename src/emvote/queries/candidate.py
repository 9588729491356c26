"""Every candidacy of a name: in constituencies, wards and for mayor.

What answers to exactly the name that was typed is listed, with where it was, so that namesakes can be told apart. Some
sources number people: Parliament everybody who was ever a member, the Democracy Club the candidates of 2024 and of
by-elections. The same number is the same person, under whatever name; two numbers are two people; without one nobody
knows. Ward results of some years have initials in place of first names: such a candidacy is listed too where surname,
initial, party and council agree with the name and with nobody else's, and it says so. Names that are only near are
suggested and never counted in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from emvote import measures, names
from emvote.dataset import Dataset
from emvote.errors import UnknownName
from emvote.keys import numbers_of
from emvote.model import OTHER, Contest, Election, ElectionKind, Flag
from emvote.queries.declared import Declared, declared_and_out
from emvote.queries.mayor import SECOND, mayor_result
from emvote.queries.sitting import changed_parties, sentence

if TYPE_CHECKING:
    from emvote.model import MayorContest, WardContest

BY_NAME, BY_NUMBER, BY_INITIAL = "name", "number", "initial"
"""On what ground a candidacy is listed."""
MEMBER = "other candidates are not on record by name; votes are those of the party"
"""Of a member who is known where the candidates are not."""
HINT = "a name as on the ballot paper, first name first; some sources have initials only"


class Round(Struct, frozen=True):
    """The votes that a position is of: those of the second round of a mayor's election, where one was held."""

    own: int | None
    everybody: tuple[int | None, ...]
    position: int | None
    """Place by votes; those with the same votes share it."""

    @property
    def ahead(self) -> tuple[int, ...]:
        """The votes of those who have more, most first."""
        if self.own is None:
            return ()
        known = (votes for votes in self.everybody if votes is not None)
        return tuple(sorted((votes for votes in known if votes > self.own), reverse=True))


def _rounds(everybody: tuple[int | None, ...]) -> Callable[[int | None], Round]:
    """Makes the `Round` of one candidate's votes: all are put in order once."""
    known = sorted(votes for votes in everybody if votes is not None)

    def made(own: int | None) -> Round:
        return Round(own, everybody, None if own is None else 1 + len(known) - bisect_right(known, own))

    return made


class CandidacyRow(Struct, frozen=True, kw_only=True):
    """One candidacy of the name."""

    candidate: str
    election: Election
    place: str
    """The seat, the ward with its council, or what the mayor is of."""
    place_id: str | None
    counties: tuple[str, ...]
    """Ceremonial counties that the place lies in."""
    party: str
    party_label: str
    votes: int | None
    share_pct: float | None
    position: int | None
    """1 for the most votes, in the round that decided; `None` where votes are not known."""
    seats_up: int
    candidates: int | None
    """Absent where the record does not name them."""
    elected: bool | None
    """`None` while the result is not declared."""
    sitting_mp: bool | None
    """`None` where the sources do not say: wards and mayors."""
    uncontested: bool
    group: int
    """The same for candidacies whose places share a county: no proof of one person, but others are likely namesakes."""
    mnis_id: int | None = None
    dc_id: int | None = None
    person: int | None = None
    """The same for candidacies that the sources' numbers show to be one person's; `None` without a number."""
    source: str
    flags: tuple[Flag, ...]
    note: str | None
    share_of: int | None
    """All votes that the share is of; `None`: the share is as published, or there is none."""
    round: Round
    """What the position is worked out from."""
    votes_from: tuple[str, ...]
    """Ids of the sources of the votes."""
    council: str | None = None
    """Id of the ward's council."""
    listed_by: str = BY_NAME
    """On what ground it is listed: its name, a number of the sources, or an initial."""


class Similar(Struct, frozen=True, kw_only=True):
    """A name near the one that was asked for."""

    name: str
    candidacies: int


class CandidateAnswer(Struct, frozen=True, kw_only=True):
    """The candidacies of a name, latest first."""

    name: str
    rows: tuple[CandidacyRow, ...]
    groups: int
    similar: tuple[Similar, ...]
    declared: Declared
    """In how many of the contests the result is declared."""
    notes: tuple[str, ...]


def candidate(dataset: Dataset, given: str) -> CandidateAnswer:
    """Every candidacy of a name, latest first.

    Args:
        dataset: where to look; opened with its ward results.
        given: the name, in any case, with or without accents; all of its words count.

    Raises:
        UnknownName: nobody of exactly that name is on record; near names are suggested.
    """
    wanted = names.normalise(given)
    found: list[CandidacyRow] = []
    near: dict[str, int] = {}
    for stood, made in _candidates(dataset, dataset.contests_with(given), dataset.wards_with(given)):
        same = {name for name in stood if names.normalise(name) == wanted}
        if same:
            found.extend(row for row in made() if row.candidate in same)
        for name in stood:
            if name not in same and _similar(wanted, names.normalise(name)):
                near[name] = near.get(name, 0) + 1
    if not found:
        raise _unknown(dataset, given, near)
    for row in (*_joined(dataset, found, wanted), *_by_initial(dataset, found, given)):
        found.append(row)
        near[row.candidate] = near.get(row.candidate, 0) - 1
    near = {name: number for name, number in near.items() if number > 0}
    rows = _grouped(_numbered(sorted(found, key=lambda row: (-row.election.date.toordinal(), row.place))))
    groups = len({row.group for row in rows})
    similar = tuple(Similar(name=name, candidacies=number) for name, number in sorted(near.items()))
    notes = tuple(_notes(rows, groups, similar))
    name = next(row.candidate for row in rows if names.normalise(row.candidate) == wanted)
    out = [row.place for row in rows if row.elected is None]
    return CandidateAnswer(
        name=name,
        rows=rows,
        groups=groups,
        similar=similar,
        declared=declared_and_out(len(rows) - len(out), out),
        notes=notes,
    )


Rows = Callable[[], Iterator[CandidacyRow]]


def _candidates(
    dataset: Dataset, contests: Iterable[Contest], wards: Iterable[WardContest]
) -> Iterator[tuple[Iterable[str], Rows]]:
    """The names in some contests, and in all for mayor, each once, with how to make the rows of that contest.

    So only those of a match are made.
    """
    for contest in contests:
        named = (*(each.name for each in contest.candidates), *contest.winners)
        yield dict.fromkeys(named), partial(_of_contest, dataset, contest)
    for ward in wards:
        yield dict.fromkeys(each.name for each in ward.candidates), partial(_of_ward, dataset, ward)
    for mayor in dataset.record.mayor_contests:
        yield dict.fromkeys(each.name for each in mayor.candidates), partial(_of_mayor, dataset, mayor)


# --- rows ----------------------------------------------------------------------------------------------------------


def _of_contest(dataset: Dataset, contest: Contest) -> Iterator[CandidacyRow]:
    seat, election = dataset.seats[contest.seat], dataset.elections[contest.election]
    notes = {change.candidacy.name: sentence(dataset, change) for change in changed_parties(dataset, contest)}
    votes = tuple(each.votes for each in contest.candidates)
    polled = _rounds(votes)
    yield from (_of_member(dataset, contest, name) for name in contest.winners)
    for each in contest.candidates:
        round_ = polled(each.votes)
        yield CandidacyRow(
            candidate=each.name,
            election=election,
            place=seat.name,
            place_id=seat.id,
            counties=seat.counties,
            party=each.party,
            party_label=each.label or dataset.parties[each.party].ballot_label,
            votes=each.votes,
            share_pct=None if not contest.valid_votes else measures.share_pct(each.votes, contest.valid_votes),
            position=round_.position,
            seats_up=contest.members,
            candidates=len(votes),
            elected=each.elected,
            sitting_mp=each.sitting_mp,
            uncontested=contest.unopposed,
            group=0,
            source=contest.source or election.source,
            flags=contest.flags,
            note=notes.get(each.name),
            mnis_id=each.mnis_id,
            dc_id=each.dc_id,
            share_of=contest.valid_votes,
            round=round_,
            votes_from=(contest.source or election.source,),
        )


def _of_member(dataset: Dataset, contest: Contest, name: str) -> CandidacyRow:
    """A member whose rivals the record does not name: party and votes are those of the party that won."""
    seat, election = dataset.seats[contest.seat], dataset.elections[contest.election]
    everybody = tuple(each.votes for each in contest.tallies)
    first = max(contest.tallies, key=lambda each: each.votes, default=None)
    party = contest.returned[0] if contest.returned else first.party if first else OTHER
    votes = first.votes if first is not None and first.party == party else None
    return CandidacyRow(
        candidate=name,
        election=election,
        place=seat.name,
        place_id=seat.id,
        counties=seat.counties,
        party=party,
        party_label=dataset.parties[party].ballot_label,
        votes=votes,
        share_pct=None if votes is None or not contest.valid_votes else measures.share_pct(votes, contest.valid_votes),
        position=None if votes is None else 1,
        seats_up=contest.members,
        candidates=None,
        elected=True,
        sitting_mp=None,
        uncontested=contest.unopposed,
        group=0,
        source=contest.source or election.source,
        flags=contest.flags,
        note=MEMBER,
        share_of=contest.valid_votes,
        round=_rounds(everybody)(votes),
        votes_from=(contest.source or election.source, *filter(None, (contest.winners_source,))),
    )


def _of_ward(dataset: Dataset, ward: WardContest) -> Iterator[CandidacyRow]:
    council, election = dataset.councils[ward.council], dataset.elections[ward.election]
    votes = tuple(each.votes for each in ward.candidates)
    total = sum(number or 0 for number in votes)
    polled = _rounds(votes)
    for each in ward.candidates:
        round_ = polled(each.votes)
        yield CandidacyRow(
            candidate=each.name,
            election=election,
            place=f"{ward.ward}, {council.name}",
            place_id=ward.ward_id,
            counties=(council.county,),
            party=each.party,
            party_label=each.label or dataset.parties[each.party].ballot_label,
            votes=each.votes,
            share_pct=None if each.votes is None else measures.share_pct(each.votes, total),
            position=round_.position,
            seats_up=ward.seats_up,
            candidates=len(votes),
            elected=each.elected if ward.declared else None,
            sitting_mp=None,
            uncontested=ward.uncontested,
            group=0,
            source=ward.source or election.source,
            flags=ward.flags,
            note="by-election" if ward.by_election else None,
            share_of=total,
            round=round_,
            votes_from=(ward.source or election.source,),
            council=council.id,
        )


def _of_mayor(dataset: Dataset, contest: MayorContest) -> Iterator[CandidacyRow]:
    result = mayor_result(dataset, contest)
    known = contest.complete and all(each.votes is not None for each in contest.candidates)
    votes = tuple(each.votes for each in contest.candidates)
    second = {each.candidate: each.votes for each in result.standings if each.round == SECOND}
    first = {each.candidate: each for each in reversed(result.standings)}
    polled, last = _rounds(votes), _rounds((*second.values(),))
    for each in contest.candidates:
        round_ = last(second[each.name]) if each.name in second else polled(each.votes)
        again = f"{second[each.name]:,} votes after the second round" if each.name in second else None
        yield CandidacyRow(
            candidate=each.name,
            election=result.election,
            place=result.mayoralty.name,
            place_id=result.mayoralty.id,
            counties=_counties_of(dataset, contest),
            party=each.party,
            party_label=each.label or dataset.parties[each.party].ballot_label,
            votes=each.votes,
            share_pct=first[each.name].share_pct,
            position=round_.position if known else None,
            seats_up=1,
            candidates=len(votes),
            elected=each.elected,
            sitting_mp=None,
            uncontested=False,
            group=0,
            source=result.election.source,
            flags=contest.flags,
            note=again,
            share_of=first[each.name].share_of,
            round=round_,
            votes_from=contest.sources or (result.election.source,),
        )


def _counties_of(dataset: Dataset, contest: MayorContest) -> tuple[str, ...]:
    """The counties that a mayor's area lies in: its council's, or those that its words name."""
    mayoralty = next(each for each in dataset.record.mayoralties if each.id == contest.mayoralty)
    if mayoralty.council is not None:
        return (dataset.councils[mayoralty.council].county,)
    known = dict.fromkeys(council.county for council in dataset.record.councils)
    words = mayoralty.area.replace(",", " ").split()
    return tuple(county for county in known if county in words)


# --- people ---------------------------------------------------------------------------------------------------------


def _joined(dataset: Dataset, found: Sequence[CandidacyRow], wanted: str) -> tuple[CandidacyRow, ...]:
    """The candidacies under other names of people who have a number and stood under this one."""
    numbers = {number for row in found for number in numbers_of(row)}
    return tuple(
        replace(row, listed_by=BY_NUMBER)
        for contest in dataset.contests_of_people(numbers)
        for row in _of_contest(dataset, contest)
        if numbers.intersection(numbers_of(row)) and names.normalise(row.candidate) != wanted
    )


def _by_initial(dataset: Dataset, found: Sequence[CandidacyRow], given: str) -> Iterator[CandidacyRow]:
    """The ward candidacies with initials that can be of nobody else on record but this name's."""
    wanted = names.normalise(given)
    own = {(row.council, row.party) for row in found if row.council is not None}
    if not own:
        return
    stood = {(row.council, row.election.id) for row in found}
    short: dict[tuple[str | None, str, str], list[CandidacyRow]] = {}
    others: set[tuple[str | None, str]] = set()
    for ward in dataset.wards_with(given):
        for row in _of_ward(dataset, ward):
            name = names.normalise(row.candidate)
            if not name or name == wanted or (row.council, row.party) not in own:
                continue  # a name of signs alone has no words
            if not _initials_agree(wanted, name):
                continue
            if _is_short(name):
                short.setdefault((row.council, row.party, row.election.id), []).append(row)
            elif name.split()[0] != wanted.split()[0]:
                others.add((row.council, row.party))
    for (council, party, election), rows in short.items():
        # two of one day are two people, and so is one of a day on which the full name stood in the same council
        if len(rows) == 1 and (council, party) not in others and (council, election) not in stood:
            ground = f"listed as {rows[0].candidate}: initial, surname, party and council agree, no number proves it"
            yield replace(rows[0], listed_by=BY_INITIAL, note="; ".join(filter(None, (rows[0].note, ground))))


def _initials_agree(one: str, other: str) -> bool:
    """Whether two normalised names have one surname, and given names whose initials agree as far as both go.

    >>> _initials_agree("ben bradley", "b bradley"), _initials_agree("marianne overton", "m j overton")
    (True, True)
    >>> _initials_agree("ben bradley", "c bradley"), _initials_agree("ann jane lee", "a m lee")
    (False, False)
    """
    (*ours, surname), (*theirs, same) = one.split(), other.split()
    agree = all(left[0] == right[0] for left, right in zip(ours, theirs, strict=False))
    return surname == same and bool(ours) and bool(theirs) and agree and not _is_short(one)


def _is_short(name: str) -> bool:
    """Whether a normalised name has initials alone before its surname."""
    (*given, _) = name.split()
    return bool(given) and all(len(part) == 1 for part in given)


def _numbered(rows: Sequence[CandidacyRow]) -> tuple[CandidacyRow, ...]:
    """The rows, each with the number of its person in this answer: those that share any number of a source are one."""
    people = _connected([numbers_of(row) for row in rows])
    return tuple(replace(row, person=person) for row, person in zip(rows, people, strict=True))


def _connected(links: Sequence[Collection[Hashable]]) -> list[int | None]:
    """Numbers of groups, in the order in which they appear: those that share a link, by way of others too, are one.

    >>> _connected([("a",), ("b", "c"), (), ("c", "a"), ("d",)])
    [1, 1, None, 1, 2]
    """
    parent: dict[Hashable, Hashable] = {}

    def root(link: Hashable) -> Hashable:
        path = [link]
        while (above := parent.setdefault(path[-1], path[-1])) != path[-1]:
            path.append(above)
        parent.update(dict.fromkeys(path, path[-1]))
        return path[-1]

    for own in links:
        first, *others = own or (None,)
        parent.update((root(each), root(first)) for each in others)
    order: dict[Hashable, int] = {}
    return [order.setdefault(root(next(iter(own))), len(order) + 1) if own else None for own in links]


# --- namesakes -----------------------------------------------------------------------------------------------------


def _grouped(rows: Sequence[CandidacyRow]) -> tuple[CandidacyRow, ...]:
    """The rows, numbered so that those whose places are linked by a common county have one number."""
    groups = _connected([_links(row) for row in rows])
    return tuple(replace(row, group=group or 0) for row, group in zip(rows, groups, strict=True))


def _links(row: CandidacyRow) -> set[str]:
    """What links a candidacy to others: its counties, or its place where the record names none; and its person."""
    person = set() if row.person is None else {f"person {row.person}"}
    return person | (set(row.counties) or {row.place})


def _similar(wanted: str, name: str) -> bool:
    """Whether two names differ only in middle names, or in a first name that is an initial in one.

    >>> _similar("claire ward", "claire margaret ward"), _similar("emily hume", "e hume"), _similar("ann lee", "al lee")
    (True, True, False)
    """
    ours, theirs = wanted.split(), name.split()
    if len(ours) < 2 or len(theirs) < 2 or ours[-1] != theirs[-1]:  # noqa: PLR2004 (a first and a last name)
        return False
    first, other = ours[0], theirs[0]
    return first == other or (1 in (len(first), len(other)) and first[0] == other[0])


def _unknown(dataset: Dataset, given: str, near: dict[str, int]) -> UnknownName:
    if near:
        options = tuple(near)[: names.MOST_SUGGESTIONS]
        listed = " or ".join(f"'{name}'" for name in options)
        text = f"no candidate called '{given}'; did you mean {listed}? ({HINT})"
        return UnknownName(text, kind="candidate", given=given, suggestions=options)
    contests = _candidates(dataset, dataset.record.contests, dataset.record.wards)
    everybody = dict.fromkeys(name for stood, _ in contests for name in stood)
    return names.unknown(given, "candidate", everybody, hint=HINT)


def _notes(rows: Sequence[CandidacyRow], groups: int, similar: Sequence[Similar]) -> Iterator[str]:
    out = [f"{row.place} {row.election.date.year}" for row in rows if row.elected is None]
    if out:
        yield f"not declared yet: {', '.join(out)}"
    for row in rows:
        if row.note and row.sitting_mp:
            yield f"{row.place} {row.election.date.year}: {row.note}"
    yield from _unopposed(rows)
    yield from _people(rows)
    unknown = [row for row in rows if row.person is None]
    if groups > 1 and unknown:
        yield (
            f"these places are in {groups} unconnected groups of counties: where no number of the sources tells, "
            "they may be namesakes"
        )
    elif len(rows) > 1 and len(unknown) == len(rows):
        yield "no source numbers these people: candidacies of one name are listed together, whoever they were"
    for day, places in _twice(rows):
        yield f"{day}: stood in {' and in '.join(places)}, which points to different people"
    if similar:
        listed = ", ".join(f"{each.name} ({each.candidacies})" for each in similar)
        yield f"not counted in, but near: {listed}"


def _unopposed(rows: Sequence[CandidacyRow]) -> Iterator[str]:
    """Why there are no votes where nobody else stood."""
    number = sum(row.uncontested for row in rows)
    if number:
        often = "" if len(rows) == 1 else " each time" if number == len(rows) else f" in {number} of {len(rows)}"
        yield f"returned unopposed{often}: nobody voted, so there are no votes, no share and no place by votes"


def _people(rows: Sequence[CandidacyRow]) -> Iterator[str]:
    """What the sources' numbers tell of the people behind the rows."""
    people = {row.person for row in rows if row.person is not None}
    others = dict.fromkeys(row.candidate for row in rows if row.listed_by == BY_NUMBER)
    if others:
        yield f"also stood as {', '.join(others)}: the sources give the same number"
    short = [f"{row.candidate} ({row.place}, {row.election.date.year})" for row in rows if row.listed_by == BY_INITIAL]
    if short:
        yield f"listed by initial, surname, party and council, which is likely but no proof: {', '.join(short)}"
    if len(people) > 1:
        yield f"the numbers that sources give to people tell {len(people)} apart: see person"
    missing = sum(row.person is None for row in rows)
    if people and missing:
        have = "has" if missing == 1 else "have"
        yield f"{missing} of these candidacies {have} no number of a source: whose they are is not known"


def _twice(rows: Sequence[CandidacyRow]) -> Iterator[tuple[str, list[str]]]:
    """General elections at which the name stood in more than one seat, with the seats."""
    seats: dict[str, list[str]] = {}
    for row in rows:
        if row.election.kind is ElectionKind.GENERAL:
            seats.setdefault(row.election.date.isoformat(), []).append(row.place)
    yield from ((day, places) for day, places in seats.items() if len(places) > 1)
