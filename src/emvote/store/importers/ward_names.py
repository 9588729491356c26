"""Names of wards and of candidates as people write them, from sources that write them in capitals or backwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from emvote.names import normalise

SMALL: Final = frozenset({"and", "by", "cum", "de", "in", "la", "le", "of", "on", "the", "under", "upon", "with"})
"""Words inside a name that have no capital."""

Spellings = Mapping[tuple[str, str], str]
"""Council, and a ward's name as compared, to the name as another source spells it."""


def spellings(named: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The first spelling that is not all capitals of each ward, from pairs of council and name."""
    found: dict[tuple[str, str], str] = {}
    for council, name in named:
        tidied = tidy(name)
        if not tidied.isupper():
            found.setdefault((council, compared(tidied)), _cased(tidied))
    return found


def ward_name(council: str, raw: str, known: Spellings) -> str:
    """A ward's name as another source spells it, else with `and` for `&` and with capitals only where words begin.

    >>> ward_name("x", "Alfreton And Somercotes", {}), ward_name("x", "ST. MARGARETS ", {})
    ('Alfreton and Somercotes', 'St. Margarets')
    """
    tidied = tidy(raw)
    return known.get((council, compared(tidied))) or _cased(tidied)


def tidy(name: str) -> str:
    """A name without spaces around and in a row, and with `and` for `&`, in capitals where all is.

    >>> tidy(" North  & South"), tidy("NORTH & SOUTH")
    ('North and South', 'NORTH AND SOUTH')
    """
    return " ".join(name.replace("&", " AND " if name.isupper() else " and ").split())


def compared(name: str) -> str:
    """A name as it is compared with others: two that differ in spelling only are the same.

    >>> compared("St. John's & Carlton-Hill") == compared("ST JOHNS AND CARLTON HILL")
    True
    """
    return normalise(name.replace("-", " "))


def _cased(name: str) -> str:
    words = name.title().replace("'S", "'s").split() if name.isupper() else name.split()
    first, *rest = words
    return " ".join((first, *(word.lower() if word.lower() in SMALL else word for word in rest)))


def forwards(name: str) -> str:
    """A candidate's name with the initials first.

    >>> forwards("Lloyd Jones J.i.E."), forwards("Smalley, C.")
    ('J.i.E. Lloyd Jones', 'C. Smalley')
    """
    surname, comma, initials = tidy(name).partition(", ")
    if not comma:
        surname, _, initials = surname.rpartition(" ")
    return f"{initials} {surname}"
