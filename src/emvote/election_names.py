"""What elections are called by those who type them: `ge2019`, `feb1974`, `local-2019`, a by-election by its seat."""

from __future__ import annotations

from typing import Final

from emvote import names
from emvote.model import Election, ElectionKind

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS_IN_FULL: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def told_apart(election: Election) -> str:
    """The short form that tells two general elections of a year apart: `feb1974`."""
    if election.kind is ElectionKind.GENERAL:
        return f"{MONTHS[election.date.month - 1]}{election.date.year}"
    return election.id


def short_forms(election: Election) -> frozenset[str]:
    """The forms without spaces, in lower case."""
    year, month = election.date.year, MONTHS[election.date.month - 1]
    match election.kind:
        case ElectionKind.GENERAL:
            return frozenset({f"{year}", f"ge{year}", f"ge-{year}", f"{month}{year}", f"ge{month}{year}"})
        case ElectionKind.NOTIONAL:
            return frozenset(
                {
                    f"{year}-notional",
                    f"ge{year}-notional",
                    f"notional-{year}",
                    f"{month}{year}-notional",
                    f"{year}notional",
                }
            )
        case ElectionKind.LOCAL:
            return frozenset({f"{year}", f"local-{year}", f"local{year}", f"local.{year}"})
        case ElectionKind.LOCAL_LATER:
            return frozenset({f"local-{month}-{year}", f"local-{month}{year}"})
        case ElectionKind.MAYOR:
            return frozenset({f"{year}", f"mayor-{_second_part(election.id)}-{year}"})
        case ElectionKind.BY_ELECTION:
            return frozenset()


def worded_forms(election: Election) -> frozenset[str]:
    """An election in words: a by-election by its seat, with or without its year; a general one by month and year."""
    year, month = str(election.date.year), election.date.month - 1
    match election.kind:
        case ElectionKind.GENERAL:
            when = [f"{each} {year}" for each in (MONTHS[month], MONTHS_IN_FULL[month])]
            when += [f"{year} {each}" for each in (MONTHS[month], MONTHS_IN_FULL[month])]
            words = [f"{kind} {each}" for kind in ("ge", "general election") for each in (year, *when)]
            return frozenset({*when, *words, f"{year} general election", f"{year} ge"})
        case ElectionKind.NOTIONAL:
            return frozenset({f"{year} notional", f"notional {year}"})
        case ElectionKind.LOCAL:
            kinds = ("local", "local election", "local elections")
            return frozenset(form for kind in kinds for form in (f"{kind} {year}", f"{year} {kind}"))
        case ElectionKind.BY_ELECTION:
            return _by_election_forms(election, year)
        case _:
            return frozenset()


def _by_election_forms(election: Election, year: str) -> frozenset[str]:
    seat = names.normalise(_second_part(election.id))
    if not seat:
        return frozenset()
    forms = (seat, f"{seat} {year}", f"{seat} by {year}", f"{seat} by election", f"{seat} by election {year}")
    return frozenset({*forms, f"{year} {seat} by election", f"{seat} by {election.date.isoformat().replace('-', ' ')}"})


def _second_part(election_id: str) -> str:
    """The seat or office in an id as the Democracy Club writes them; empty where an id is of another form."""
    return (*election_id.split("."), "")[1]
