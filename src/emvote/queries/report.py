"""What a report is made of: for each thing that is asked for, the questions that tell about it.

Every part of a report is the answer to a command line, so that each figure in it is one that a reader can ask for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from enum import StrEnum

from msgspec import Struct

from emvote.command_line import question, quoted
from emvote.dataset import LOCAL, MAYOR, PARLIAMENT, Dataset
from emvote.errors import AmbiguousName, NameProblem, UnknownName, UsageProblem
from emvote.model import Council, Election, ElectionKind, Seat
from emvote.queries.compare import find_place
from emvote.queries.map import map_of
from emvote.queries.places import typed_name

ARTICLES = "The articles, checked"
RECENT = 2
"""General elections in a report that names nothing."""


class Drawing(StrEnum):
    """The chart that goes with a part."""

    SHARES = "votes and seats"
    """Of a scoreboard: shares of the votes beside shares of the seats."""
    SWING = "swing"
    """Of every seat, one party's change against another's."""
    NET = "net seats"
    """Of local elections: seats won less those of the baseline."""
    COUNCIL = "composition"
    """Of one council: seats by party, year by year."""
    SEAT = "shares of the vote"
    """Of one seat: shares by party, election by election."""


class Part(Struct, frozen=True):
    """One question of a report."""

    group: str
    """Heading that it stands under."""
    title: str
    line: str
    """The command line, without the program's name."""
    drawing: Drawing | None = None


Subject = Election | Seat | Council


def subjects(dataset: Dataset, given: Sequence[str], articles: Iterable[str] = ()) -> tuple[Subject, ...]:
    """The elections, councils and seats that a report is about.

    Args:
        dataset: where to look.
        given: each as typed; `council:` and `seat:` tell a name that both have. Empty: the default local election, the
            last general elections, and the seats that articles are about.
        articles: names of those seats.

    Raises:
        NameProblem: a name is unknown or ambiguous.
        UsageProblem: an election of a mayor, which has a command of its own; or nothing to report on.
    """
    if given:
        by_id = {each.id: each for each in (_subject(dataset, name) for name in given)}
        return tuple(by_id.values())
    found: list[Subject] = []
    if dataset.record.default_local is not None:
        found.append(dataset.elections[dataset.record.default_local])
    generals = [each for each in dataset.record.elections if each.kind is ElectionKind.GENERAL]
    found += sorted(generals, key=lambda each: each.date)[-RECENT:]
    for name in dict.fromkeys(articles):
        # an article may speak of a seat elsewhere in the country
        with suppress(NameProblem):
            found.append(dataset.find_seats(name)[0])
    if not found:
        raise UsageProblem("this dataset has no election to report on")
    return tuple(found)


def _subject(dataset: Dataset, given: str) -> Subject:
    """An election, else a place: a place's name is no election's, but a year is no place's."""
    try:
        return find_place(dataset, given)
    except UnknownName as problem:
        nearer = problem
    except AmbiguousName as problem:
        try:
            return _election(dataset, given)
        except UnknownName:
            raise problem from None
    try:
        return _election(dataset, given)
    except UnknownName as problem:
        raise max(problem, nearer, key=lambda each: len(each.suggestions)) from None


def _election(dataset: Dataset, given: str) -> Election:
    kinds = PARLIAMENT if given.strip().isdecimal() else PARLIAMENT | LOCAL | MAYOR
    found = dataset.find_election(given, kinds)
    if found.kind is ElectionKind.MAYOR:
        raise UsageProblem("a report is about general or local elections, councils and seats; see emvote mayor --help")
    return found


def parts(dataset: Dataset, about: Iterable[Subject]) -> Iterator[Part]:
    """The questions of a report, in reading order: elections as they were asked for, then councils, then seats."""
    every = tuple(about)
    for each in every:
        if isinstance(each, Election):
            yield from _local(dataset, each) if each.kind in LOCAL else _parliamentary(dataset, each)
    for council in every:
        if isinstance(council, Council):
            yield Part(council.name, "Who sat on it", quoted(question("council", council.name)), Drawing.COUNCIL)
    for seat in every:
        if isinstance(seat, Seat):
            yield Part(seat.name, "Results", quoted(question("seat", typed_name(dataset, seat))), Drawing.SEAT)


def _local(dataset: Dataset, election: Election) -> Iterator[Part]:
    group, named = election.name, ("--election", election.id)
    yield Part(group, "Scoreboard", quoted(question("results", election.id)), Drawing.NET)
    if any(poll.after is not None or poll.won for poll in dataset.polls_at(election.id)):
        yield Part(group, "Councils that changed control", quoted(("councils", *named, "--changed-control")))
        if map_of(dataset, election):
            yield Part(group, "Map", quoted(question("map", election.id, options=("--by", "change"))))
        yield Part(group, "Every council", quoted(("councils", *named)))


def _parliamentary(dataset: Dataset, election: Election) -> Iterator[Part]:
    group, named = election.name, ("--election", election.id)
    yield Part(group, "Scoreboard", quoted(question("results", election.id)), Drawing.SHARES)
    previous = election.previous
    compared = previous is not None
    if compared and election.kind is not ElectionKind.NOTIONAL:
        yield Part(group, "Seats that changed hands", quoted(("seats", *named, "--changed")))
    if dataset.contests_at(election.id) and map_of(dataset, election):
        yield Part(group, "Map", quoted(question("map", election.id)))
    if previous is not None and election.kind is ElectionKind.GENERAL:
        line = quoted(("swing", "--from", previous, "--to", election.id))
        yield Part(group, "Swing", line, Drawing.SWING)
    yield Part(group, "Every seat", quoted(("seats", *named)))
