"""Two elections side by side, party by party; or places side by side at one election."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from emvote.command_line import printed, question
from emvote.dataset import LOCAL, PARLIAMENT, Dataset, is_past
from emvote.errors import AmbiguousName, NameProblem, NotDeclared, UnknownName, UsageProblem
from emvote.model import Election, Seat
from emvote.names import ambiguous, regrouped
from emvote.queries.areas import is_area
from emvote.queries.compare_elections import ElectionsCompared, compare_elections
from emvote.queries.contest import SeatResult, seat_result

if TYPE_CHECKING:
    from emvote.model import Council

if TYPE_CHECKING:  # whatever else can be compared is loaded when it is
    from emvote.baselines import Baseline
    from emvote.queries.compare_areas import AreasCompared, Country
    from emvote.queries.compare_series import SeriesCompared
    from emvote.queries.councils import CouncilRow


class SeatsCompared(Struct, frozen=True, kw_only=True):
    """Seats side by side at one election."""

    election: Election
    results: tuple[SeatResult, ...]


class CouncilsCompared(Struct, frozen=True, kw_only=True):
    """Councils side by side at one local election."""

    election: Election
    baseline: Baseline
    rows: tuple[CouncilRow, ...]


EITHER: Final = "place"
"""Kind of an ambiguous name that is a seat's and a council's."""

if TYPE_CHECKING:
    Compared = ElectionsCompared | SeriesCompared | AreasCompared | SeatsCompared | CouncilsCompared


def compare(
    dataset: Dataset,
    things: Sequence[str],
    *,
    election: str | None = None,
    between: tuple[str, str] | None = None,
    country: Country | None = None,
) -> Compared:
    """Two or more elections, or two or more places, side by side.

    Args:
        dataset: where to look.
        things: elections as typed, or seats, or councils, or one seat and two elections; `seat:` and `council:` tell a
            shared name apart, which beside a seat is the seat's. Beside seats, or alone, `county:NAME`, `region` and
            `country` are places too. Words of names in several need no quotes where they can be put together in one
            way only.
        election: at which to compare places, which may also be the last of the things; unsaid: the latest general or
            the default local election.
        between: parties of the swing, where a county, the region or the country is compared.
        country: how to open a dataset of the whole country.

    Raises:
        NameProblem: a name is unknown, ambiguous, or both a seat's and a council's.
        UsageProblem: fewer than two things, things of different kinds, or elections that cannot be compared.
    """
    is_election = cache(partial(_is_election, dataset))  # to tell that no place has a name, near ones are looked for
    things = regrouped(things, lambda name: is_area(name) or is_election(name) or _is_place(dataset, name), least=2)
    things, election = _at_last_word(things, election, is_election)
    if len(things) < 2:  # noqa: PLR2004 - comparing needs two
        raise UsageProblem("compare needs two elections, or two or more places of one kind")
    if any(is_area(thing) for thing in things):
        from emvote.queries.compare_areas import compare_areas

        return compare_areas(dataset, things, election=election, between=between, country=country)
    if between is not None:
        raise UsageProblem("--between goes with county:NAME, region or country")
    elections = [is_election(thing) for thing in things]
    if all(elections):
        if election is not None:
            raise UsageProblem("--election is for places; elections say themselves when they were")
        if len(things) == 2:  # noqa: PLR2004 - more are a series
            return compare_elections(dataset, things[0], things[1])
        from emvote.queries.compare_series import compare_series

        return compare_series(dataset, things)
    if elections == [False, True, True] and election is None:
        return compare_elections(dataset, things[1], things[2], _one_seat(dataset, things[0]))
    if any(elections):
        raise _no_election(dataset, things[elections.index(False)])
    return _compare_places(dataset, things, election)


def _is_place(dataset: Dataset, name: str) -> bool:
    """Whether a name as typed leads to one seat or council, or to a seat and the council of its name."""
    try:
        find_place(dataset, name)
    except AmbiguousName as problem:
        return problem.kind == EITHER
    except NameProblem:
        return False
    return True


def _at_last_word(
    things: Sequence[str], election: str | None, is_election: Callable[[str], bool]
) -> tuple[Sequence[str], str | None]:
    """Places and the election at which to compare them, where that is their last word.

    Raises:
        UsageProblem: it is also given as an option, and differs.
    """
    places, last = things[:-1], "".join(things[-1:])
    if len(places) < 2 or not is_election(last) or any(map(is_election, places)):  # noqa: PLR2004 - places side by side
        return things, election
    if election is not None and election.strip().casefold() != last.casefold():
        raise UsageProblem(f"two elections: '{last}' as last word, and --election {election}; give one")
    return places, last


def _one_seat(dataset: Dataset, given: str) -> Seat:
    """The seat to compare at two elections.

    Raises:
        NameProblem: there is none of that name.
        UsageProblem: it is a council.
    """
    try:
        return dataset.find_seats(given)[0]
    except UnknownName:
        council = find_place(dataset, given)
    shown = printed(question("council", council.name))
    raise UsageProblem(f"{council.name} is a council: {shown} shows its elections side by side")


def _compare_places(dataset: Dataset, things: Sequence[str], election: str | None) -> SeatsCompared | CouncilsCompared:
    places = _places(dataset, things)
    seats = [place for place in places if isinstance(place, Seat)]
    if len(seats) == len(places):
        return _compare_seats(dataset, seats, election)
    councils = [place for place in places if not isinstance(place, Seat)]
    if len(councils) == len(places):
        return _compare_councils(dataset, councils, election)
    raise UsageProblem("compare takes seats or councils, not both: write seat: or council: before a name")


def _places(dataset: Dataset, things: Sequence[str]) -> list[Seat | Council]:
    """The seats or councils; beside a seat, a name that a council shares is the seat's.

    Raises:
        UnknownName, AmbiguousName: a name leads to no place, or stands beside none that tells which is meant.
    """
    found: list[Seat | Council | None] = []
    shared: AmbiguousName | None = None
    for thing in things:
        try:
            found.append(find_place(dataset, thing))
        except AmbiguousName as problem:
            if problem.kind != EITHER:
                raise
            shared = shared or problem
            found.append(None)
    if shared and not any(isinstance(place, Seat) for place in found):
        raise shared
    return [place or dataset.find_seats(thing)[0] for place, thing in zip(found, things, strict=True)]


def _is_election(dataset: Dataset, thing: str) -> bool:
    """Whether a name is an election's; that of a place is the place's, although a by-election may answer to it."""
    try:
        dataset.find_election(thing, PARLIAMENT | LOCAL)
    except UnknownName:
        return False
    except AmbiguousName:
        pass
    if _has_numeral(thing) and not any(map(_has_numeral, _names_of_places(dataset))):
        return True
    try:
        find_place(dataset, thing)
    except NameProblem as problem:
        return isinstance(problem, UnknownName)
    return False


def _has_numeral(name: str) -> bool:
    return any(char.isdigit() for char in name)


def _names_of_places(dataset: Dataset) -> Iterator[str]:
    yield from (seat.name for seat in dataset.record.seats)
    for council in dataset.record.councils:
        yield from (council.name, council.full_name, *council.former_names)


def _no_election(dataset: Dataset, given: str) -> NameProblem | UsageProblem:
    """What is wrong with something that stands beside an election and is none."""
    try:
        find_place(dataset, given)
    except UnknownName:
        try:
            dataset.find_election(given, PARLIAMENT | LOCAL)
        except UnknownName as problem:
            return problem
    except AmbiguousName:
        pass
    return UsageProblem(f"compare takes elections or places, not both: '{given}' is a place")


def find_place(dataset: Dataset, given: str) -> Seat | Council:
    """A seat or a council; a name that both have must say which (`seat:Ashfield`).

    A seat that ended before 2010 does not stand in the way of the council of its name.

    Raises:
        UnknownName, AmbiguousName: not exactly one place has it.
    """
    kind, colon, name = given.partition(":")
    if colon and kind.casefold() == "seat":
        return dataset.find_seats(name)[0]
    if colon and kind.casefold() == "council":
        return dataset.find_council(name)
    found: list[Seat | Council] = []
    problems: list[NameProblem] = []
    for find in (lambda: dataset.find_seats(given)[0], lambda: dataset.find_council(given)):
        try:
            found.append(find())
        except NameProblem as problem:
            problems.append(problem)
    if len(found) > 1 and isinstance(found[0], Seat) and is_past(found[0]):
        return found[1]
    if len(found) > 1:
        raise ambiguous(given, EITHER, [f"seat:{given}", f"council:{given}"])
    if not found:
        raise max(problems, key=lambda problem: len(problem.suggestions))
    return found[0]


def _compare_seats(dataset: Dataset, seats: Sequence[Seat], election: str | None) -> SeatsCompared:
    chosen = dataset.find_or_latest(election)
    results = []
    for seat in seats:
        on = next((each for each in dataset.namesakes(seat) if (chosen.id, each.id) in dataset.contests), None)
        if on is None:
            raise _no_result(dataset, seat, chosen)
        results.append(seat_result(dataset, dataset.contests[chosen.id, on.id]))
    return SeatsCompared(election=chosen, results=tuple(results))


def _no_result(dataset: Dataset, seat: Seat, chosen: Election) -> UsageProblem:
    same = {each.id for each in dataset.namesakes(seat)}
    if any(contest.seat in same for contest in dataset.undeclared_at(chosen.id)):
        return NotDeclared(f"{seat.name} has not declared at {chosen.id}: there is nothing to compare yet")
    return UsageProblem(f"{seat.name} has no result at {chosen.id}: name another election (--election)")


def _compare_councils(dataset: Dataset, chosen: Sequence[Council], election: str | None) -> CouncilsCompared:
    from emvote.queries.councils import CouncilFilter, councils

    answer = councils(dataset, CouncilFilter(all=True, outside=True), election=election)
    by_id = {row.council.id: row for row in answer.rows}
    out = {poll.council for poll in dataset.undeclared_polls_at(answer.election.id)}
    for council in chosen:
        if council.id in out:
            raise NotDeclared(f"{council.name} has not declared at {answer.election.id}: nothing to compare yet")
        if council.id not in by_id:
            raise UsageProblem(f"{council.name} did not exist at {answer.election.id}, or has no record before it")
    return CouncilsCompared(
        election=answer.election, baseline=answer.control_baseline, rows=tuple(by_id[council.id] for council in chosen)
    )
